"""What of the other kind lies beside a workbook: an action that renews it goes on, and Start names the neighbour.

The sentence stands before what else the step found, and leaves it when the neighbour is gone.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.sharing import neighbours
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.host import Host

STEPS = {"working": "Import long list", "review": "Check before sharing"}  # the step of Start beside which it stands
_OURS = re.compile(r"Beside .+?(?:Move one of them|Move it away)\.\s*", re.DOTALL)


def look(host: Host) -> Look:
    """What lies beside the workbook before an action begins."""
    told = remembered(host) if host.kind == "working" else None
    return neighbours.beside_renewed(host.path, host.kind, told) if host.kind in STEPS else Look()


def remembered(host: Host) -> dict[str, str]:
    """Field -> heading of what this sample imported, from the sheet Headings of a working workbook."""
    table = host.read_table("Headings")
    pairs = zip(table["Field"], table["Heading"], strict=True)
    return {trimmed(field): trimmed(heading) for field, heading in pairs if trimmed(field)}


def note(host: Host, seen: Look, result: Result) -> None:
    """Name the neighbour on Start and in the result, which then needs a person; or take it off Start."""
    if host.kind not in STEPS:
        return
    told = neighbours.sentence(seen, host.path.name, host.kind)
    start = noted(host.read_table("Start"), told, host.kind)
    if start is not None:
        host.write_table("Start", start)
    neighbours.say_beside(seen, host.path.name, host.kind, result)


def noted(start: pd.DataFrame, told: str, kind: str) -> pd.DataFrame | None:
    """The table Start with the sentence before what the step found, or without it; None when it says so already."""
    cells = list(start["What it found"])
    at = next((at for at, what in enumerate(start["What to do"]) if what == STEPS[kind]), None)
    if at is None:
        return None
    rest = _OURS.sub("", trimmed(cells[at]))
    whole = f"{told} {rest}".strip() or None
    if whole == cells[at]:
        return None
    cells[at] = whole
    return start.assign(**{"What it found": pd.Series(cells, index=start.index, dtype=object)})


def in_review(start: pd.DataFrame, review: Path, seen: Look) -> pd.DataFrame | None:
    """`noted`, for a review workbook that Pseudonymise renews."""
    return noted(start, neighbours.sentence(seen, review.name, "review"), "review")
