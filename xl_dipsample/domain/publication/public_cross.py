"""Outcomes by scenario, where enough cases allow it.

A cross table has many small numbers. So lines with few cases are put together as "All other", and the table is
published only when it can be made safe without hiding anything more elsewhere, and at least half of it can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.publication.feasible import Relation
from xl_dipsample.domain.publication.public_table import ALL, PublicTable
from xl_dipsample.domain.publication.suppression import Figures, Safe, suppress

NAME, TITLE = "cross", "Outcomes by scenario"
LEAST = (6, 15, 30, 60, 120)  # what a line of its own must be shown as, tried one after the other
OTHER_OUTCOMES, OTHER_SCENARIOS = "All other outcomes", "All other answers"


class _Group(NamedTuple):
    """A line or column: the cell of its own number, the cells it is made of, and the rows that count in it."""

    label: str
    cell: str
    parts: tuple[str, ...]
    mask: pd.Series


def add_cross(
    safe: Safe, outcomes: PublicTable, scenarios: PublicTable, masks: Mapping[str, pd.Series]
) -> tuple[Safe, PublicTable | None]:
    """The publication with the cross table, or as it was and None. `masks`: the rows that count in each cell.

    The fewest lines are put together that make it safe.
    """
    if outcomes.name not in safe.figures.tables or scenarios.name not in safe.figures.tables or ALL in safe.hidden:
        return safe, None
    for least in LEAST:
        more, table = _with_lines_of(least, safe, outcomes, scenarios, masks)
        if table is not None:
            return more, table
    return safe, None


def _with_lines_of(
    least: int, safe: Safe, outcomes: PublicTable, scenarios: PublicTable, masks: Mapping[str, pd.Series]
) -> tuple[Safe, PublicTable | None]:
    """The same, with lines of their own for what is shown as `least` or more."""
    counts, relations = dict(safe.figures.counts), list(safe.figures.relations)
    down, across = (
        [_known(group, counts, relations) for group in _groups(table, safe, masks, other, least)]
        for table, other in ((outcomes, OTHER_OUTCOMES), (scenarios, OTHER_SCENARIOS))
    )
    if min(len(down), len(across)) < 2:
        return safe, None
    inner = {(i, j): f"{NAME}:{i}:{j}" for i in range(len(down)) for j in range(len(across))}
    counts |= {cell: int((down[i].mask & across[j].mask).sum()) for (i, j), cell in inner.items()}
    for i, line in enumerate(down):
        relations.append(_adds_up(line.cell, [inner[i, j] for j in range(len(across))]))
    for j, column in enumerate(across):
        relations.append(_adds_up(column.cell, [inner[i, j] for i in range(len(down))]))
    table = PublicTable(
        NAME,
        TITLE,
        outcomes.heading,
        ("All", *(column.label for column in across)),
        (
            ("All cases in the sample", (ALL, *(column.cell for column in across))),
            *((line.label, (line.cell, *(inner[i, j] for j in range(len(across))))) for i, line in enumerate(down)),
        ),
    )
    return _if_worth_it(safe, table, set(inner.values()), counts, relations)


def _if_worth_it(
    safe: Safe, table: PublicTable, inner: set[str], counts: dict[str, int], relations: list[Relation]
) -> tuple[Safe, PublicTable | None]:
    before = safe.figures.published()
    figures = Figures(counts, tuple(relations), {**safe.figures.tables, NAME: table.cells}, safe.figures.dear)
    combined = {cell for cell in table.cells if cell not in inner}
    more = suppress(figures, rounded=safe.rounded, start=safe.hidden, fixed=before | combined)
    counted = [cell for cell in inner if counts[cell]]
    shown = [cell for cell in counted if cell not in more.hidden]
    if more.dropped or more.hidden - inner != safe.hidden or 2 * len(shown) < len(counted):
        return safe, None
    return Safe(more.figures, more.small, more.secondary, safe.dropped, safe.rounded), table


def _groups(table: PublicTable, safe: Safe, masks: Mapping[str, pd.Series], other: str, least: int) -> list[_Group]:
    """The lines with cases: their own, and put together those that are hidden or shown as less than `least`."""
    lines = [(label, cell) for label, (cell,) in table.lines if cell != ALL and safe.figures.counts[cell]]
    shown = {cell: number for _, cell in lines if isinstance(number := safe.shown(cell), int)}
    together = [cell for _, cell in lines if shown.get(cell, 0) < least]
    if len(together) == 1 and together[0] in shown:
        together = sorted(shown, key=lambda cell: shown[cell])[:2]  # one line is not "all other": the next joins it
    made = [_Group(label, cell, (cell,), masks[cell]) for label, cell in lines if cell not in together]
    if together:
        mask = pd.concat([masks[cell] for cell in together], axis=1).any(axis=1)
        made.append(_Group(other, f"{NAME}:{table.name}", tuple(together), mask))
    return made


def _known(group: _Group, counts: dict[str, int], relations: list[Relation]) -> _Group:
    """Add what everybody knows of lines that were put together."""
    if group.cell not in counts:
        counts[group.cell] = int(group.mask.sum())
        relations.append(_adds_up(group.cell, list(group.parts)))
    return group


def _adds_up(total: str, cells: list[str]) -> Relation:
    return Relation(((total, 1), *((cell, -1) for cell in cells)))
