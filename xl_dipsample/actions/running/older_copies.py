"""Copies of a review workbook that lie beside it in the share: Start names them until they are gone.

Earlier versions of this tool left the old workbook there (`… until DATE TIME.xlsx`), and sync clients leave copies of
their own. Somebody may still type in one of them, and whoever reaches the share can open it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from xl_dipsample.privacy.key import conflicts
from xl_dipsample.workbook.host import Host

STEP = "Review"  # the step of Start beside which they stand: reviewers look there
BEGINNING = "Older copies lie beside this workbook"
MOST_NAMED = 3


def sentence(path: Path) -> str:
    """What Start says of the copies beside the review workbook; '' when there are none.

    Only names that begin with the workbook's own are shown: another file's name may be a child's.
    """
    found = [*conflicts.earlier_versions(path), *conflicts.conflict_copies(path)]
    if not found:
        return ""
    ours = [one.name for one in found if one.name.startswith(path.stem)][:MOST_NAMED]
    more = len(found) - len(ours)
    named = f": {', '.join(ours)}" + (f" and {more} more" if more else "")
    which = named if ours else f" ({len(found)})"
    return f"{BEGINNING}{which}. Type only here. Delete them, or move them to a restricted folder."


def noted(start: pd.DataFrame, told: str) -> pd.DataFrame | None:
    """The table Start with that sentence beside its step, or without it; None when it says so already."""
    cells, changed = list(start["What it found"]), False
    for at, what in enumerate(start["What to do"]):
        ours = cells[at] is None or str(cells[at]).startswith(BEGINNING)
        if what == STEP and ours and (cells[at] or "") != told:
            cells[at], changed = told or None, True
    return start.assign(**{"What it found": pd.Series(cells, index=start.index, dtype=object)}) if changed else None


def note_on_start(host: Host) -> None:
    """Write on Start of a review workbook which copies lie beside it, or that there are none any more."""
    if host.kind == "review":
        start = noted(host.read_table("Start"), sentence(host.path))
        if start is not None:
            host.write_table("Start", start)
