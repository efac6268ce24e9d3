"""The funnel of a publication: the stages of narrowing down, how many rows left at each, how many remained."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.narrowing import stages
from xl_dipsample.domain.pseudonymise import review_rows
from xl_dipsample.domain.publication.feasible import Relation
from xl_dipsample.domain.publication.public_table import ALL, NO_CELL, PublicTable
from xl_dipsample.domain.shared.cell import excel_text

FUNNEL = "funnel"
TITLE = "From the long list to the sample"
NOT_DECIDED = "Not decided yet"
LONG_LIST_CELL = f"{FUNNEL}:rest:0"
_STAGES = (
    stages.LONG_LIST, stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE, stages.CATEGORY, stages.ANOTHER,
    stages.CASE_CHECK, NOT_DECIDED, review_rows.LEFT_DURING_REVIEW, stages.SAMPLE,
)  # fmt: skip


class FunnelCounts(NamedTuple):
    """The table, its true counts by cell, and what everybody knows of them."""

    table: PublicTable
    counts: dict[str, int]
    relations: list[Relation]


def funnel(frame: pd.DataFrame | None, left: int, in_sample: int) -> FunnelCounts | str:
    """The funnel with its last two stages as Review says now; otherwise, in words, why it is left out."""
    found = _steps(frame, left)
    if isinstance(found, str):
        return found
    if found[-1][2] != in_sample:
        return "it does not end with the number of cases in Review: run Pseudonymise again"
    return _with_cells(found)


def _steps(frame: pd.DataFrame | None, left: int) -> list[tuple[str, int, int]] | str:
    """Stage, how many left, how many remained; each stage's numbers follow from the one before."""
    if frame is None or not len(frame):
        return "the sheet Funnel is empty"
    made: list[tuple[str, int, int]] = []
    names = [excel_text(stage) for stage in frame["Stage"]]
    for name, out, rest in zip(names, frame["Excluded"], frame["Remaining"], strict=True):
        before = made[-1][2] if made else 0
        if name == review_rows.LEFT_DURING_REVIEW:
            made.append((name, left, before - left))
        elif name == stages.SAMPLE and made:
            made.append((name, 0, before))
        elif not made:
            made.append((name, 0, _number(rest)))
        else:
            made.append((name, max(_number(out), 0), _number(rest)))
            if before - made[-1][1] != made[-1][2]:
                return "its numbers do not add up: run Pseudonymise again"
    ordered = [_STAGES.index(name) for name in names if name in _STAGES]
    if ordered != sorted(set(ordered)) or len(ordered) != len(names) or names[0] != _STAGES[0]:
        return "it has stages that this version does not know: run Pseudonymise again"
    if names[-1] != stages.SAMPLE or min(rest for _, _, rest in made) < 0:
        return "its numbers do not add up: run Pseudonymise again"
    return made


def _number(value: object) -> int:
    """A count; -1 for anything else."""
    return int(value) if isinstance(value, (int, float)) and not pd.isna(value) and value == int(value) else -1


def _with_cells(found: list[tuple[str, int, int]]) -> FunnelCounts:
    counts: dict[str, int] = {}
    relations: list[Relation] = []
    lines: list[tuple[str, tuple[str, ...]]] = []
    before = ""
    for place, (name, out, rest) in enumerate(found):
        last = place == len(found) - 1
        here = ALL if last else f"{FUNNEL}:rest:{place}"
        gone = NO_CELL if last or not place else f"{FUNNEL}:out:{place}"
        counts[here] = rest
        if gone:
            counts[gone] = out
        if before:
            relations.append(Relation(((before, 1), (here, -1), *(((gone, -1),) if gone else ()))))
        lines.append((name, (gone, here)))
        before = here
    table = PublicTable(FUNNEL, TITLE, "Stage", ("Rows that left at this stage", "Rows that remained"), tuple(lines))
    return FunnelCounts(table, counts, relations)
