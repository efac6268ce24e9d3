"""The address of a figure: looked up in the sheet's own layout, so that it cannot drift from the sheet.

Cells of live sheets stay where they are while people type; so the layouts are made without any row of Review.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.sheets.parts.layout import Book, LiveCell
from xl_dipsample.workbook.sheets.parts.table_places import reference
from xl_dipsample.workbook.specs import defaults, spec


class Places:
    """Where figures stand in one workbook, given its tables by name."""

    def __init__(self, kind: Kind, tables: Mapping[str, pd.DataFrame]) -> None:
        frames = {
            table.name: tables[table.name] if table.name in tables else defaults.default(table)
            for table in spec.tables(kind)
        }
        self._book = Book(kind, {**frames, "Review": frames["Review"].iloc[:0]}, {})
        self._sheets = {sheet.name: sheet for sheet in spec.sheets(kind)}
        self._cells: dict[str, dict[tuple[int, int], LiveCell]] = {}
        self._headers: dict[str, dict[str, list[tuple[int, int]]]] = {}  # sheet -> words of a heading -> its cells

    def of_figure(self, sheet: str, head: str, line: str, column: str) -> str:
        """The cell below the heading `column`, right of `line`, in the table whose first heading is `head`.

        Capitals make no difference. "Summary!A1" for a table or a line that the sheet does not have.
        """
        cells = self._of_sheet(sheet)
        for row, first in self._heads(sheet, head):
            across = self._right_of(cells, row, first, column)
            down = self._below(cells, row, first, line)
            if across and down:
                return _address(sheet, xl_rowcol_to_cell(down - 1, across - 1))
        return _address(sheet, "A1")

    def of_cell(self, table: str, row: int, heading: str) -> str:
        """The cell of a table in row `row` of its body, from 0."""
        full = reference(self._book.kind, table, row, heading)
        return _address(spec.table(self._book.kind, table).sheet, full.rsplit("!", 1)[1].replace("$", ""))

    def _of_sheet(self, sheet: str) -> dict[tuple[int, int], LiveCell]:
        if sheet not in self._cells:
            made = sheets.layout(self._sheets[sheet].live, self._book)
            self._cells[sheet] = {(cell.row, cell.column): cell for cell in made.cells}
        return self._cells[sheet]

    def _heads(self, sheet: str, head: str) -> list[tuple[int, int]]:
        if sheet not in self._headers:
            found: dict[str, list[tuple[int, int]]] = {}
            self._headers[sheet] = found
            for place, cell in sorted(self._of_sheet(sheet).items()):
                if _is_header(cell) and isinstance(cell.value, str):
                    found.setdefault(cell.value.casefold(), []).append(place)
        return self._headers[sheet].get(head.casefold(), [])

    @staticmethod
    def _right_of(cells: Mapping[tuple[int, int], LiveCell], row: int, first: int, column: str) -> int:
        place = first + 1
        while (row, place) in cells and _is_header(cells[row, place]):
            if _same(cells[row, place], column):
                return place
            place += 1
        return 0

    @staticmethod
    def _below(cells: Mapping[tuple[int, int], LiveCell], row: int, first: int, line: str) -> int:
        place = row + 1
        while (place, first) in cells and not _is_header(cells[place, first]):
            if _same(cells[place, first], line):
                return place
            place += 1
        return 0


def _is_header(cell: LiveCell) -> bool:
    return cell.style.startswith("header")


def _same(cell: LiveCell, words: str) -> bool:
    return isinstance(cell.value, str) and cell.value.casefold() == words.casefold()


def _address(sheet: str, cell: str) -> str:
    return f"'{sheet}'!{cell}" if " " in sheet else f"{sheet}!{cell}"
