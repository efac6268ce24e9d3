"""Variations: whether more cases are progressed for particular groups of young people."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result


def renew(tables: Mapping[str, pd.DataFrame], result: Result) -> dict[str, pd.DataFrame]:
    """The table Variations; the message says how many tests were made and how many differences are clear."""
    made = variations.variations_table(tables["Review"], Lists.of(tables))
    tests, clear = variations.number_of_tests(made), variations.number_clear(made)
    result.figures |= {"comparisons": tests, "clear_differences": clear}
    words = f"{plural(tests, 'comparison')} between groups; clear differences: {clear}."
    if not tests:
        words = "No group was compared with the others: that needs at least 10 cases on both sides."
    result.say("note", "variations", words, sheet="Variations")
    return {"Variations": made}
