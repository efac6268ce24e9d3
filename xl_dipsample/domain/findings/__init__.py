"""Findings: cautious sentences made from the numbers, in the order of the method's guide (section 5).

Each says counts first and of how many, and names the cell of its first number. None says why something is so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from xl_dipsample.domain.findings import about_harms, about_outcomes, from_other_sheets
from xl_dipsample.domain.findings.sentences import Cell, Figure, Finding, data
from xl_dipsample.domain.findings.what_is_counted import Sample

__all__ = ["Cell", "Figure", "Finding", "findings"]

_BEFORE: tuple[Callable[[Sample], Finding | None], ...] = (
    about_harms.progress,
    about_harms.size,
    about_harms.most_common,
    about_harms.screened_out,
    about_harms.never_recorded,
    about_outcomes.most_common,
    about_outcomes.ended,
    about_outcomes.hard_to_find,
    about_harms.no_further_action,
)
_THRESHOLDS: tuple[Callable[[Sample], Finding | None], ...] = (
    about_outcomes.child_protection,
    about_outcomes.significant_without_concerns,
    about_outcomes.follows,
    about_outcomes.no_service,
)
_AFTER: tuple[Callable[[Sample], Finding | None], ...] = (from_other_sheets.language, from_other_sheets.second_reader)


def findings(tables: Mapping[str, pd.DataFrame], words: Sequence[str]) -> list[Finding]:
    """What can be said about the sample: `tables` of the review workbook by name, `words` its types of harm in order.

    At most `most` of findings.toml: clear differences and changes fill the room that the others leave, at least one
    of each. Nothing is said about a sample without cases.
    """
    sample = Sample(tables, words)
    if not sample.n:
        return []
    before, thresholds, after = (_said(part, sample) for part in (_BEFORE, _THRESHOLDS, _AFTER))
    room = data()["most"] - len(before) - len(thresholds) - len(after)
    changes = from_other_sheets.compared(sample)
    variations = from_other_sheets.variations(sample)[: max(1, room - min(1, len(changes)))]
    changes = changes[: max(1, room - len(variations))]
    return [*before, *variations, *thresholds, *after, *changes]


def _said(part: Sequence[Callable[[Sample], Finding | None]], sample: Sample) -> list[Finding]:
    return [one for one in (make(sample) for make in part) if one is not None]
