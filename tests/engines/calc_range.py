"""xlwings' range over LibreOffice: values go in and out in one call of UNO each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from xlwings import base_classes

from tests.engines import calc_api_tables, calc_values
from tests.engines.coercion import Refused
from tests.engines.counting import Counted
from tests.engines.formulas import column_letters, to_calc

_CONTENTS = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
_LAST_COLUMN = 16_383
_NOTES, _LOOKS = 8, 32 | 64
_HUNDREDTHS = 2540 / 72  # LibreOffice's hundredths of a millimetre in a point
_CHARACTER = 190.0  # about as wide as a character of the standard font


class Range(Counted, base_classes.Range):
    """A rectangle of cells; rows and columns count from 1. Without rows or columns it is nowhere."""

    def __init__(self, sheet: Any, top: int, left: int, rows: int, columns: int) -> None:
        self._sheet, self.first_row, self.first_column, self.row_count, self.column_count = (
            sheet,
            top,
            left,
            rows,
            columns,
        )
        self.options: dict[str, Any] = {}

    @classmethod
    def of_address(cls, book: Any, address: Any) -> Range:
        """From a CellRangeAddress of LibreOffice."""
        return cls(
            book.sheets(address.Sheet + 1), address.StartRow + 1, address.StartColumn + 1,
            address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1,
        )  # fmt: skip

    @property
    def calc(self) -> Any:
        """LibreOffice's own range; None when there are no cells."""
        if not self.row_count or not self.column_count:
            return None
        return self._sheet.calc.getCellRangeByPosition(
            self.first_column - 1,
            self.first_row - 1,
            self.first_column + self.column_count - 2,
            self.first_row + self.row_count - 2,
        )

    @property
    def xl(self) -> Any:
        return self.calc

    @property
    def api(self) -> Any:
        return calc_api_tables.Cells(self) if self.row_count and self.column_count else None

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        return self._sheet, self.first_row, self.first_column, self.row_count, self.column_count

    @property
    def sheet(self) -> Any:
        return self._sheet

    @property
    def row(self) -> int:
        return self.first_row

    @property
    def column(self) -> int:
        return self.first_column

    @property
    def shape(self) -> tuple[int, int]:
        return self.row_count, self.column_count

    def __len__(self) -> int:
        return self.row_count * self.column_count

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        if arg2 is None:
            down, right = divmod(arg1 - 1, self.column_count)
        else:
            down, right = arg1 - 1, arg2 - 1
        return Range(self._sheet, self.first_row + down, self.first_column + right, 1, 1)

    # ---- values

    @property
    def raw_value(self) -> Any:
        if not len(self):
            return None
        rows = calc_values.read(self)
        return rows[0][0] if self.shape == (1, 1) else tuple(tuple(row) for row in rows)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if len(self):
            with self._refusing():
                calc_values.write(self, data)

    @property
    def formula(self) -> Any:
        if not len(self):
            return None
        rows = calc_values.formulas(self)
        return rows[0][0] if self.shape == (1, 1) else tuple(tuple(row) for row in rows)

    @formula.setter
    def formula(self, value: Any) -> None:
        """One formula fills the range, its references moving along; rows of formulas are taken one by one."""
        with self._refusing():
            if isinstance(value, str) and value.startswith("="):
                calc_values.fill_formula(self, value)
            else:
                calc_values.write(self, value)

    formula2 = formula

    @property
    def formula_array(self) -> Any:
        return self.calc.getArrayFormula() or None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        with self._refusing():
            self.calc.setArrayFormula(to_calc(value))

    @property
    def has_array(self) -> bool:
        return bool(self.calc.getArrayFormula())

    def clear_contents(self) -> None:
        if len(self):
            with self._refusing():
                self.calc.clearContents(_CONTENTS)

    def clear_notes(self) -> None:
        with self._refusing():
            self.calc.clearContents(_NOTES)

    def clear_formats(self) -> None:
        self.calc.clearContents(_LOOKS)

    def clear(self) -> None:
        if len(self):
            with self._refusing():
                self.calc.clearContents(_CONTENTS | _NOTES | _LOOKS)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """A protected sheet refuses as Excel does."""
        try:
            yield
        except Refused:
            raise
        except Exception as error:
            if self._sheet.calc.isProtected():
                raise Refused("The sheet is protected.") from error
            raise

    # ---- formats

    @property
    def number_format(self) -> str | None:
        """None when the cells differ."""
        if not len(self):
            return ""
        formats = self._sheet.book.formats
        found = {formats.excel(key) for key, _ in calc_values.format_areas(self)}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        if len(self):
            with self._refusing():
                self.calc.NumberFormat = self._sheet.book.formats.key(value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        found = self.calc.CellBackColor
        return None if found in (None, -1) else (found >> 16 & 255, found >> 8 & 255, found & 255)

    @color.setter
    def color(self, value: Any) -> None:
        if isinstance(value, tuple):
            value = value[0] << 16 | value[1] << 8 | value[2]
        elif isinstance(value, str):
            value = int(value.lstrip("#"), 16)
        self.calc.CellBackColor = -1 if value is None else value

    @property
    def wrap_text(self) -> Any:
        return self.calc.IsTextWrapped

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.calc.IsTextWrapped = value

    @property
    def row_height(self) -> float | None:
        """0 for hidden rows, None when they differ."""
        return _size(self.calc.Rows, self.row_count, "Height", _HUNDREDTHS)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.calc.Rows.Height = round(value * _HUNDREDTHS)

    @property
    def column_width(self) -> float | None:
        """0 for hidden columns, None when they differ."""
        return _size(self.calc.Columns, self.column_count, "Width", _CHARACTER)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.calc.Columns.Width = round(value * _CHARACTER)

    def autofit(self, axis: Any = None) -> None:
        if axis in (None, "rows", "r"):
            self.calc.Rows.OptimalHeight = True
        if axis in (None, "columns", "c"):
            self.calc.Columns.OptimalWidth = True

    @property
    def row_hidden(self) -> bool | None:
        """None when some are hidden. One question for all rows, asked of a column at the sheet's far edge."""
        first, last = self.first_row - 1, self.first_row + self.row_count - 2
        edge = self._sheet.calc.getCellRangeByPosition(_LAST_COLUMN, first, _LAST_COLUMN, last)
        seen = sum(one.EndRow - one.StartRow + 1 for one in edge.queryVisibleCells().RangeAddresses)
        return seen == 0 if seen in (0, self.row_count) else None

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.calc.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        return _hidden(self.calc.Columns, self.column_count)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.calc.Columns.IsVisible = not value

    # ---- places

    def get_address(self, row_absolute: Any, col_absolute: Any, external: Any) -> str:
        def one(row: int, column: int) -> str:
            return f"{'$' * col_absolute}{column_letters(column)}{'$' * row_absolute}{row}"

        first = one(self.first_row, self.first_column)
        last = one(self.first_row + self.row_count - 1, self.first_column + self.column_count - 1)
        address = first if self.shape == (1, 1) else f"{first}:{last}"
        return f"'[{self._sheet.book.name}]{self._sheet.name}'!{address}" if external else address

    @property
    def address(self) -> str:
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    @property
    def current_region(self) -> Range:
        cursor = self._sheet.calc.createCursorByRange(self.calc)
        cursor.collapseToCurrentRegion()
        return Range.of_address(self._sheet.book, cursor.getRangeAddress())

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow key lead."""
        down, right = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}[direction]
        used = self._sheet.used_range
        filled = calc_values.filled(used)
        here = self.first_row, self.first_column
        limits = max(used.first_row + used.row_count, here[0]), max(used.first_column + used.column_count, here[1])

        def inside(place: tuple[int, int]) -> bool:
            return bool(1 <= place[0] <= limits[0] and 1 <= place[1] <= limits[1])

        def after(place: tuple[int, int]) -> tuple[int, int]:
            return place[0] + down, place[1] + right

        goal = here
        if goal in filled and after(goal) in filled:
            while after(goal) in filled:
                goal = after(goal)
            return Range(self._sheet, *goal, 1, 1)
        goal = after(goal)
        while inside(goal) and goal not in filled:
            goal = after(goal)
        if goal not in filled:  # the edge of the sheet
            edge = {"down": (1_048_576, here[1]), "up": (1, here[1]), "right": (here[0], 16_384), "left": (here[0], 1)}
            goal = edge[direction]
        return Range(self._sheet, *goal, 1, 1)

    @property
    def name(self) -> Any:
        for _, name in self._sheet.book.names.snapshot():
            if name.refers_to == f"={self._sheet.name}!{self.address}":
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        sheet = self._sheet.name.replace("'", "''")
        self._sheet.book.names.add(value, f"='{sheet}'!{self.address}")

    @property
    def table(self) -> Any:
        for table in self._sheet.tables:
            if table.holds(self):
                return table
        return None

    def select(self) -> None:
        self._sheet.book.document.getCurrentController().select(self.calc)

    def insert(self, shift: Any = None, copy_origin: Any = None) -> None:
        mode = self._sheet.book.app.office.uno.Enum("com.sun.star.sheet.CellInsertMode", (shift or "down").upper())
        self._sheet.calc.insertCells(self.calc.getRangeAddress(), mode)

    def delete(self, shift: Any = None) -> None:
        mode = self._sheet.book.app.office.uno.Enum("com.sun.star.sheet.CellDeleteMode", (shift or "up").upper())
        self._sheet.calc.removeRange(self.calc.getRangeAddress(), mode)

    def copy(self, destination: Any = None) -> None:
        """Everything that is in the cells; a taller destination is filled with repetitions."""
        if destination is None:
            raise NotImplementedError
        to = destination.impl if hasattr(destination, "impl") else destination
        done = 0
        with to._refusing():
            while done < max(to.row_count, self.row_count):
                # What is filled already is the next source, so that the calls hardly grow with the rows.
                rows = min(done or self.row_count, max(to.row_count - done, self.row_count))
                source = Range(to.sheet, to.first_row, to.first_column, rows, self.column_count) if done else self
                goal = to.calc.getCellByPosition(0, done).getCellAddress()
                to.sheet.calc.copyRange(goal, source.calc.getRangeAddress())
                done += rows


def _size(lines: Any, count: int, name: str, unit: float) -> float | None:
    found = {
        round(getattr(line, name) / unit, 2) if line.IsVisible else 0.0
        for line in (lines.getByIndex(index) for index in range(count))
    }
    return found.pop() if len(found) == 1 else None


def _hidden(lines: Any, count: int) -> bool | None:
    found = {bool(lines.getByIndex(index).IsVisible) for index in range(count)}
    return None if len(found) > 1 else not found.pop()
