"""A table of a publication: its lines and, for each number in it, the cell that it shows."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.publication.suppression import SYMBOL, Safe
from xl_dipsample.domain.shared.statistics import FEW

ALL = "all"  # the cell that counts every case in the sample
NO_CELL = ""  # where a number would mean nothing
NOT_APPLICABLE = "z"
PERCENTAGE = "Percentage of cases"


@dataclass(frozen=True)
class PublicTable:
    """`lines`: a label, and the cell of each of the `columns`. `shares`: with a percentage of all cases.

    `zeros`: cells that have no line because they are 0, which everybody then knows.
    """

    name: str
    title: str
    heading: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    shares: bool = False
    several: bool = False
    zeros: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell that the table gives away."""
        return tuple(dict.fromkeys([cell for _, cells in self.lines for cell in cells if cell] + [*self.zeros]))

    def body(self, safe: Safe) -> pd.DataFrame:
        """The table as it is published."""
        columns: dict[str, list[object]] = {self.heading: [label for label, _ in self.lines]}
        for place, heading in enumerate(self.columns):
            columns[heading] = [safe.shown(cells[place]) if cells[place] else NOT_APPLICABLE for _, cells in self.lines]
        shares = [percentage(safe, cells[0]) for _, cells in self.lines] if self.shares else [None]
        if None not in shares:
            columns[PERCENTAGE] = list(shares)
        return pd.DataFrame(columns, dtype=object)


def percentage(safe: Safe, cell: str) -> int | str | None:
    """The share of all cases in whole per cents, only from two numbers that both are shown; None below 10 cases."""
    whole, part = safe.shown(ALL), safe.shown(cell)
    if isinstance(whole, str) or isinstance(part, str):
        return SYMBOL
    return (200 * part + whole) // (2 * whole) if whole >= FEW else None
