"""Whether what Refresh analysis copied out of Review still stands there.

The sheets of values keep words that were taken out of Review by hand, until Refresh analysis is pressed again: a name
that is gone from an extract may still stand on Thresholds. So the tables are made anew, and compared.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.actions.renewing import renew_harms, renew_language, renew_thresholds, renew_variations
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.result import Result

_PARTS = (renew_harms.renew, renew_thresholds.renew, renew_variations.renew, renew_language.renew)
# The columns that hold words of Review or of Terms; what the others hold is ours, or a figure.
_COPIED = {
    "Harms": ("Unique ID", "Type of harm", "Outcome"),
    "Thresholds": ("Unique ID", "Type of harm", "Summary of harm", "Outcome", "Reason for closure or progression"),
    "Variations": ("Group",),
    "Language": (
        "Unique ID", "Column", "Words before", "Term", "Words after", "Around it", "Concern", "Why it matters",
        "Consider instead",
    ),
    "LanguagePatterns": ("Group", "Concern"),
    "TypicalWords": ("Word",),
    "Collocations": ("Word", "Beside it"),
}  # fmt: skip


def tables_with_older_words(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The tables in which words stand that Refresh analysis would not write now; none when it was never pressed."""
    there = dict(tables)
    if not any(_words(there.get(name), columns) for name, columns in _COPIED.items()):
        return []
    now = dict(tables)
    for renew in _PARTS:
        now |= renew(now, Result("analyse"))
    return [
        name for name, columns in _COPIED.items() if _words(there.get(name), columns) - _words(now.get(name), columns)
    ]


def _words(table: pd.DataFrame | None, columns: tuple[str, ...]) -> set[tuple[str, str]]:
    """Column and text of every cell that is filled in."""
    if table is None:
        return set()
    return {(heading, cell) for heading in columns for cell in review_rules.texts(table, heading) if cell}
