"""Blocks of cells in and out, each in one call whatever its size. Sheets by name, places as areas."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xl_dipsample.workbook.hosts.closed_file import cell_values, grid
from xl_dipsample.workbook.hosts.closed_file.references import LAST_ROW, Area, sheet_and_area
from xl_dipsample.workbook.hosts.closed_file.table_parts import TableColumn, TablePart
from xl_dipsample.workbook.hosts.excel import com, convert
from xl_dipsample.workbook.hosts.excel.busy import patient

_FIRST_BELOW = 64  # rows below a table that are read when the first of them is filled; then as many again


@patient
def table_sheets(book: Any) -> dict[str, str]:
    """The sheet of every table, sheet by sheet."""
    return {str(table.name): str(sheet.name) for sheet in book.sheets for table in sheet.tables}


@patient
def name_place(book: Any, name: str) -> tuple[str, str] | None:
    """Sheet and cell of a named cell; None when there is no such name or it is something else."""
    if name not in book.names:
        return None
    place = sheet_and_area(str(book.names[name].refers_to))
    return (place[0], place[1].replace("$", "").partition(":")[0]) if place else None


def table_part(book: Any, sheet: str, name: str) -> TablePart:
    """Where a table stands and what its headings are."""
    area, shown, totals = _place(book, sheet, name)
    if shown:
        headings = read(book, sheet, Area(area.top, area.left, area.top, area.right))[0]
    else:
        headings = _hidden_headings(book, sheet, name)
    columns = tuple(TableColumn(str(heading), "", "") for heading in headings)
    return TablePart(name, sheet, "", area, columns, has_headings=shown, has_totals=totals, xml="")


@patient
def _place(book: Any, sheet: str, name: str) -> tuple[Area, bool, bool]:
    table = find_table(book, sheet, name)
    return Area.of(table.range.address), bool(table.show_headers), bool(table.show_totals)


@patient
def _hidden_headings(book: Any, sheet: str, name: str) -> list[str]:
    return [str(column.name) for column in find_table(book, sheet, name).columns]


def find_table(book: Any, sheet: str, name: str) -> Any:
    """A table as xlwings has it."""
    return book.sheets[sheet].tables[name]


def _range(book: Any, sheet: str, area: Area) -> Any:
    return book.sheets[sheet].range(str(area))


@patient
def read(book: Any, sheet: str, area: Area) -> list[list[Any]]:
    """The values of an area, row by row; '' for a blank cell, errors in their words."""
    found = _range(book, sheet, area).options(ndim=2, empty="", err_to_str=True, chunksize=None).value
    return [list(row) for row in found]


def read_one(book: Any, sheet: str, area: Area) -> Any:
    """The value of one cell as the hosts hold it."""
    return cell_values.one(convert.from_excel(read(book, sheet, area)[0])[0])


@patient
def read_formulas(book: Any, sheet: str, area: Area) -> list[list[str]]:
    """What stands in an area's cells: a formula, or the value as text."""
    found = _range(book, sheet, area).formula
    if isinstance(found, str) or not isinstance(found, Sequence):
        found = [[found]]
    return [["" if one is None else str(one) for one in (row if isinstance(row, Sequence) else [row])] for row in found]


@patient
def write(book: Any, sheet: str, area: Area, columns: Sequence[Sequence[Any]]) -> None:
    """Write an area, given column by column as `convert.to_excel` makes them."""
    rows = [list(row) for row in zip(*columns, strict=True)]
    _range(book, sheet, area).options(chunksize=None).value = rows


@patient
def fill(book: Any, sheet: str, area: Area, formula: str) -> None:
    """Put one formula into every cell of an area; references follow the rows."""
    _range(book, sheet, area).formula = formula


@patient
def number_format(book: Any, sheet: str, area: Area) -> str | None:
    """The number format of an area; None when its cells differ."""
    found = _range(book, sheet, area).number_format
    return None if found is None else str(found)


@patient
def set_number_format(book: Any, sheet: str, area: Area, number_format: str) -> None:
    """Give every cell of an area a number format."""
    _range(book, sheet, area).number_format = number_format


@patient
def clear(book: Any, sheet: str, area: Area) -> None:
    """Empty the cells of an area, looks and all."""
    _range(book, sheet, area).clear()


@patient
def resize(book: Any, sheet: str, name: str, area: Area) -> None:
    """Give a table another size."""
    find_table(book, sheet, name).resize(_range(book, sheet, area))


@patient
def copy(book: Any, sheet: str, source: Area, target: Area) -> None:
    """Copy one row or column, looks and drop-downs but no notes, over every row or column of a larger area."""
    _range(book, sheet, source).copy(_range(book, sheet, target))
    com.clear_notes(_range(book, sheet, target))


@patient
def set_width(book: Any, sheet: str, area: Area, width: float) -> None:
    """Give columns a width, in characters."""
    _range(book, sheet, area).column_width = width


@patient
def autofit(book: Any, sheet: str, area: Area) -> None:
    """Make rows as high as their text needs; not when a person hid some of them, for Excel would show those."""
    rows = _range(book, sheet, area)
    if com.all_rows_show(rows):
        rows.rows.autofit()


@patient
def _used(book: Any, sheet: str) -> Area:
    return Area.of(book.sheets[sheet].used_range.address)


def filled(book: Any, sheet: str, areas: Sequence[Area]) -> list[tuple[int, int]]:
    """Row and column of the filled cells of some areas, one call for each that can hold any."""
    used = _used(book, sheet)
    found = []
    for area in areas:
        bottom, right = min(area.bottom, used.bottom), min(area.right, used.right)
        if bottom < area.top or right < area.left:
            continue
        rows = read(book, sheet, Area(area.top, area.left, bottom, right))
        for row, cells in enumerate(rows, area.top):
            found += [(row, column) for column, value in enumerate(cells, area.left) if value != ""]
    return found


@dataclass
class TableRows:
    """A table's cells, read in one call with the row below; more only when that row is filled (`grid.Rows`)."""

    book: Any
    table: TablePart
    cells: list[list[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        grid.refuse_too_large(self.table, self.table.body)  # before Excel hands over a single cell
        self._read_to(self.table.body.bottom + 1)

    def _read_to(self, bottom: int) -> None:
        body = self.table.body
        top, bottom = body.top + len(self.cells), min(bottom, LAST_ROW)
        if bottom >= top:
            self.cells += read(self.book, self.table.sheet, Area(top, body.left, bottom, body.right))

    def filled(self, row: int, left: int, right: int) -> bool:
        """Whether a cell of a row between two columns is filled."""
        body = self.table.body
        at = row - body.top
        if at >= len(self.cells) and row <= _used(self.book, self.table.sheet).bottom:
            self._read_to(row + max(_FIRST_BELOW, len(self.cells)))
        cells = self.cells[at][left - body.left : right - body.left + 1] if at < len(self.cells) else []
        return any(value != "" for value in cells)

    def columns(self, area: Area, moments: Sequence[bool]) -> list[cell_values.Column]:
        """The values of an area, column by column; `moments`: whose dates keep their time of day."""
        body = self.table.body
        rows = self.cells[area.top - body.top : area.bottom - body.top + 1]
        by_column = itertools.islice(zip(*rows, strict=True), area.left - body.left, None)
        return [
            cell_values.column(convert.from_excel(cells), moments=keeps)
            for cells, keeps in zip(by_column, moments, strict=False)
        ]
