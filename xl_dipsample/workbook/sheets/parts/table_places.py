"""Where the tables' cells stand, for formulas that point at one of them."""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.sheets.parts.layout import Book, LiveCell
from xl_dipsample.workbook.specs import spec


def table_row(book: Book, table: str, key: str) -> int | None:
    """The position of the row whose first column holds `key`, from 0; None when there is none."""
    frame = book.tables[table]
    column = frame[spec.table(book.kind, table).key[0]].tolist()
    return column.index(key) if key in column else None


def cell(book: Book, table: str, key: str, heading: str) -> str | None:
    """The absolute reference of a cell of a table, such as 'Focus'!$B$6."""
    row = table_row(book, table, key)
    if row is None:
        return None
    return reference(book.kind, table, row, heading)


def reference(kind: Kind, table: str, row: int, heading: str) -> str:
    """The absolute reference of the cell in body row `row` (from 0) and column `heading`."""
    where = spec.table(kind, table)
    first, left = xl_cell_to_rowcol(where.anchor)
    address = xl_rowcol_to_cell(first + 1 + row, left + where.headings.index(heading), row_abs=True, col_abs=True)
    return f"'{where.sheet}'!{address}"


def setting(book: Book, table: str, key: str) -> CellValue:
    """The value of a setting on Focus or Criteria; None for blank."""
    row = table_row(book, table, key)
    return None if row is None else book.tables[table]["Value"].tolist()[row]


def state(formula: str, value: CellValue) -> LiveCell:
    """The state of a sheet, in A3."""
    return LiveCell(3, 1, value, formula, "state")


def true_where(condition: str) -> str:
    """A condition over a column as TRUE and FALSE; FALSE where a cell shows an error.

    Somebody who types "-no concerns" gets #NAME?, and one such cell would spoil the whole sum.
    """
    return f"ISNUMBER(1/({condition}))"
