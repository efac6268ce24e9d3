"""xlwings' sheet over LibreOffice."""

from __future__ import annotations

import numbers
import re
from typing import Any

from xlwings import base_classes

from tests.engines import calc_api
from tests.engines.calc_book import Book
from tests.engines.calc_names import Names
from tests.engines.calc_range import Range
from tests.engines.calc_tables import Tables
from tests.engines.coercion import Refused
from tests.engines.counting import Counted
from tests.engines.formulas import column_number

_ADDRESS = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[\w.]+))!)?"
    r"\$?(?P<c1>[A-Za-z]{1,3})?\$?(?P<r1>\d+)?(?::\$?(?P<c2>[A-Za-z]{1,3})?\$?(?P<r2>\d+)?)?"
)
_PART_OF_TABLE = re.compile(r"(?P<table>[A-Za-z_]\w*)(?:\[(?P<part>#?[^\[\]]+)\])?")
ROWS, COLUMNS = 1_048_576, 16_384


class Sheet(Counted, base_classes.Sheet):
    """A sheet of an open workbook."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self.calc = book, sheet

    @property
    def xl(self) -> Any:
        return self.calc

    @property
    def api(self) -> Any:
        return calc_api.Worksheet(self)

    @property
    def name(self) -> str:
        return str(self.calc.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.calc.setName(value)

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def index(self) -> int:
        return int(self.calc.getRangeAddress().Sheet) + 1

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def charts(self) -> Any:
        return calc_api.Listed(self.calc.getCharts())

    @property
    def cells(self) -> Range:
        return Range(self, 1, 1, ROWS, COLUMNS)

    @property
    def used_range(self) -> Range:
        cursor = self.calc.createCursor()
        cursor.gotoStartOfUsedArea(False)  # noqa: FBT003
        cursor.gotoEndOfUsedArea(True)  # noqa: FBT003
        return Range.of_address(self._book, cursor.getRangeAddress())

    @property
    def visible(self) -> bool:
        return bool(self.calc.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.calc.IsVisible = bool(value)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, numbers.Number) and isinstance(arg2, numbers.Number):
            arg1, arg2 = (arg1, arg2), None
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, *arg1)
        first = self._place(arg1)
        if arg2 is None:
            return first
        second = self._place(arg2)
        top, left = min(first.first_row, second.first_row), min(first.first_column, second.first_column)
        bottom = max(first.first_row + first.row_count, second.first_row + second.row_count)
        right = max(first.first_column + first.column_count, second.first_column + second.column_count)
        return Range(self, top, left, bottom - top, right - left)

    def _place(self, place: Any) -> Range:
        if isinstance(place, Range):
            return place
        if isinstance(place, tuple):
            if 0 in place:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Range(self, place[0], place[1], 1, 1)
        found = _ADDRESS.fullmatch(place)
        if found and (found["c1"] or found["r1"]) and (found["r1"] or found["c2"]):
            other = found["quoted"].replace("''", "'") if found["quoted"] else found["sheet"]
            return _of_parts(self._book.sheets(other) if other else self, found)
        return self._named(place)

    def _named(self, place: str) -> Range:
        for names in (self.names, self._book.names):
            if names.contains(place):
                return names(place).refers_to_range
        found = _PART_OF_TABLE.fullmatch(place)
        for sheet in self._book.sheets if found else ():
            if found and found["table"] in sheet.tables:
                return _of_table(sheet.tables(found["table"]), found["part"])
        raise Refused("There is no such cell or name.")

    def activate(self) -> None:
        self._book.document.getCurrentController().setActiveSheet(self.calc)

    select = activate

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def clear(self) -> None:
        self.used_range.clear()

    def autofit(self, axis: Any = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        self._book.kept.sheets.removeByName(self.name)
        self._book.kept.forget()


def _of_parts(sheet: Any, found: re.Match[str]) -> Range:
    """A range from the parts of its address; whole columns and rows have no row or no column."""
    c1, r1 = found["c1"] or "A", int(found["r1"] or 1)
    if ":" in found[0]:
        c2, r2 = found["c2"] or "XFD", int(found["r2"] or ROWS)
    else:
        c2, r2 = c1, r1
    left, right = sorted((column_number(c1), column_number(c2)))
    top, bottom = sorted((r1, r2))
    return Range(sheet, top, left, bottom - top + 1, right - left + 1)


def _of_table(table: Any, part: str | None) -> Range:
    """`Table`, `Table[#All]`, `Table[#Headers]` or `Table[Column]`."""
    if part == "#All":
        return table.range  # type: ignore[no-any-return]
    if part == "#Headers":
        return table.header_row_range  # type: ignore[no-any-return]
    body = table.data_body_range
    if part in (None, "#Data"):
        return body  # type: ignore[no-any-return]
    headings = [str(one).lower() for one in table.headings()]
    if str(part).lower() not in headings:
        raise Refused("The table has no such column.")
    return Range(body.sheet, body.first_row, body.first_column + headings.index(str(part).lower()), body.row_count, 1)
