"""xlwings' remote engine as an Excel that only takes notes: every order becomes an action in a list.

Tests only: this engine belongs to the part of xlwings that needs a licence, and testing is no commercial use.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("XLWINGS_LICENSE_KEY", "noncommercial")

import xlwings as xw
from xlwings.pro import _xlremote

from xl_dipsample.workbook.hosts.closed_file import workbook_part as books
from xl_dipsample.workbook.hosts.closed_file.grid import read, workbook
from xl_dipsample.workbook.hosts.closed_file.references import Area, quoted
from xl_dipsample.workbook.hosts.closed_file.zip_members import Package

_SPARE = 3  # blank rows and columns around a sheet's cells


class Told(dict):  # type: ignore[type-arg]
    """The engine's own data with what Excel's object model would tell, under Excel's names."""

    def __init__(self, data: dict[str, Any], **told: Any) -> None:
        super().__init__(data)
        for name, value in told.items():
            setattr(self, name, value)


class _Ready:
    Ready = True


def _formula(cells: Any) -> Any:
    return cells.raw_value


# What Excel answers and Office.js does not.
_xlremote.App.api = property(lambda _: _Ready)
_xlremote.Range.formula = property(_formula, _xlremote.Range.formula.fset)
_xlremote.Range.number_format = property(lambda _: "General", _xlremote.Range.number_format.fset)


def opened(path: Path) -> xw.Book:
    """A workbook of ours in the engine that takes notes."""
    data = path.read_bytes()
    package = Package.of(data)
    part = books.read(package)
    calamine = workbook(data)
    sheets = []
    order = list(part.sheets)
    for name, member in part.sheets.items():
        rows = read(calamine, name, package.member(member))
        whole = _extent(rows, [table.area for table in part.tables.values() if table.sheet == name])
        cells = rows.area(whole)
        width = whole.right
        values = [[_told(value) for value in cells[at : at + width]] for at in range(0, len(cells), width)]
        tables = [_table(table) for table in part.tables.values() if table.sheet == name]
        sheets.append(Told({"name": name, "values": values, "tables": tables, "pictures": []}, ProtectContents=False))
    names = [_name(name, *place, order) for name, place in part.names.items() if place[0] in order]
    told = {
        "version": xw.__version__,
        "client": "Office.js",
        "book": {"name": path.name, "active_sheet_index": 0, "selection": "A1"},
        "sheets": sheets,
        "names": names,
    }
    app = _xlremote.App(_xlremote.Apps(), add_book=False)
    api = Told(told, FullName=str(path), ReadOnly=False, AutoSaveOn=False, PivotCaches=list, Sheets=[])
    book = _xlremote.Book(api=api, books=app.books)
    app.books.books.append(book)
    app.books._active = book
    return xw.Book(impl=book)


def _extent(rows: Any, tables: list[Area]) -> Area:
    filled = list(rows.outside([]))
    bottom = max([row for row, _ in filled] + [area.bottom for area in tables], default=1)
    right = max([column for _, column in filled] + [area.right for area in tables], default=1)
    return Area(1, 1, bottom + _SPARE, right + _SPARE)


def _told(value: Any) -> Any:
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        return f"{moment.isoformat()}.000Z"
    return "" if value is None else value


def _table(table: Any) -> Told:
    area, body = table.area, table.body
    data = {
        "name": table.name,
        "range_address": str(area),
        "header_row_range_address": str(Area(area.top, area.left, area.top, area.right)),
        "data_body_range_address": str(body),
        "total_row_range_address": None,
        "show_headers": True,
        "show_totals": False,
        "show_autofilter": True,
    }
    return Told(data, AutoFilter=None)


def _name(name: str, sheet: str, reference: str, order: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "sheet_index": order.index(sheet),
        "address": reference,
        "refers_to": f"={quoted(sheet)}!{reference}",
        "book_scope": True,
        "scope_sheet_name": None,
        "scope_sheet_index": None,
    }


def actions(book: xw.Book) -> list[dict[str, Any]]:
    """What the engine was told to do, in order."""
    return list(book.json()["actions"])
