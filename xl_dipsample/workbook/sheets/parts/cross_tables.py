"""Lists and cross tables of counts: the formulas and the numbers of their cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.analysis.tallies import Flags
from xl_dipsample.workbook.sheets.parts import count_formulas
from xl_dipsample.workbook.sheets.parts.blocks import Block
from xl_dipsample.workbook.sheets.parts.count_formulas import address
from xl_dipsample.workbook.sheets.parts.layout import LiveCell

ALL = "All cases in the sample"


def list_formulas(block: Block, first: int, whole: str, column: int = 2) -> list[str]:
    """The counting formula of every line of a block: labels from row `first` down in column 1, counts in `column`.

    `whole` is the address of the number of all cases, of which "Other words" is what the other lines leave.
    """
    tests = block.tests([address(first + place, 1) for place in range(len(block.words))])
    places = [address(first + place, column) for place in range(len(tests))]
    return [count_formulas.count(test) if test else _rest(whole, places, tests) for test in tests]


def _rest(whole: str, places: list[str], tests: list[str]) -> str:
    """What the lines that have a test leave of the whole."""
    return f"={whole}-({'+'.join(place for place, test in zip(places, tests, strict=True) if test)})"


def _with_everybody(flags: Flags) -> npt.NDArray[np.int64]:
    """1 where a row belongs to a line, one line of numbers per line; the first is 1 for every row."""
    made = np.ones((1 + flags.shape[0], flags.shape[1]), dtype=np.int64)
    made[1:] = flags
    return made


def values(cells: Iterable[LiveCell]) -> dict[tuple[int, int], int]:
    """The whole numbers among `cells`: (row, column) -> value."""
    return {(cell.row, cell.column): cell.value for cell in cells if isinstance(cell.value, int)}


@dataclass(frozen=True)
class CrossTable:
    """Counts of `down` by `across`, with the header in row `row`, labels in column 1, all cases in column 2.

    The line below the header counts all cases, whatever `down` says.
    """

    down: Block
    across: Block
    row: int
    title: str

    @property
    def first(self) -> int:
        """The row of the first word of `down`."""
        return self.row + 2

    @property
    def last(self) -> int:
        """The row of the last line."""
        return self.row + 1 + len(self.down.labels)

    def row_of(self, label: str) -> int:
        """The row of a line. Raises ValueError."""
        return self.first + self.down.labels.index(label)

    def column_of(self, label: str) -> int:
        """The column of a word of `across`. Raises ValueError."""
        return 3 + self.across.labels.index(label)

    @property
    def last_column(self) -> int:
        """The column of the last word of `across`."""
        return 2 + len(self.across.labels)

    def cells(self, rows: pd.DataFrame) -> list[LiveCell]:
        """Every cell, over `rows` that count."""
        made = [LiveCell(self.row, 1, self.title, None, "header"), LiveCell(self.row, 2, "All", None, "header_number")]
        made += [
            LiveCell(self.row, column, label, None, "header_number")
            for column, label in enumerate(self.across.labels, 3)
        ]
        made += [
            LiveCell(row, 1, label, None, "label_bold" if row == self.row + 1 else "label")
            for row, label in enumerate((ALL, *self.down.labels), self.row + 1)
        ]
        return made + self._counts(rows)

    def _counts(self, rows: pd.DataFrame) -> list[LiveCell]:
        down, across = [None, *self._down_tests()], [None, *self._across_tests()]
        numbers = (_with_everybody(self.down.flags(rows)) @ _with_everybody(self.across.flags(rows)).T).tolist()
        return [
            LiveCell(row, column, number, self._formula(row, column, test, other_test), "whole")
            for row, (test, line) in enumerate(zip(down, numbers, strict=True), self.row + 1)
            for column, (other_test, number) in enumerate(zip(across, line, strict=True), 2)
        ]

    def _down_tests(self) -> list[str]:
        return self.down.tests([address(self.first + place, 1) for place in range(len(self.down.words))])

    def _across_tests(self) -> list[str]:
        return self.across.tests([address(self.row, 3 + place) for place in range(len(self.across.words))])

    def _formula(self, row: int, column: int, test: str | None, other_test: str | None) -> str:
        """Count what passes both tests; None passes everything, '' is what the other lines leave."""
        if test == "":
            lines = [address(place, column) for place in range(self.first, self.last + 1)]
            return _rest(address(self.row + 1, column), lines, self._down_tests())
        if other_test == "":
            lines = [address(row, place) for place in range(3, self.last_column + 1)]
            return _rest(address(row, 2), lines, self._across_tests())
        return count_formulas.count(*(one for one in (test, other_test) if one))
