"""xlwings' tables over LibreOffice, where Excel's tables are database ranges."""

from __future__ import annotations

import numbers
from typing import Any

from xlwings import base_classes

from tests.engines import calc_api_tables
from tests.engines.calc_filters import AutoFilter
from tests.engines.calc_range import Range
from tests.engines.coercion import Refused
from tests.engines.counting import Counted


class Tables(Counted, base_classes.Tables):
    """The tables of a sheet, in the order in which they stand there."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self

    def _all(self) -> list[Table]:
        number = self._sheet.calc.getRangeAddress().Sheet
        return [Table(self._sheet, one) for one in self._sheet.book.kept.tables_of(number)]

    def __call__(self, name_or_index: Any) -> Table:
        every = self._all()
        if isinstance(name_or_index, numbers.Number):
            if 1 <= int(str(name_or_index)) <= len(every):
                return every[int(str(name_or_index)) - 1]
        else:
            for table in every:
                if table.name.lower() == str(name_or_index).lower():
                    return table
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Any:
        return iter(self._all())

    def __contains__(self, key: Any) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True

    def add(
        self, source_type: Any = None, source: Any = None, link_source: Any = None, has_headers: Any = None,
        destination: Any = None, table_style_name: Any = None, name: str | None = None,
    ) -> Table:  # fmt: skip
        if has_headers is False:
            raise NotImplementedError
        ranges = self._sheet.book.kept.ranges
        name = name or next(f"Table{n}" for n in range(1, 10_000) if not ranges.hasByName(f"Table{n}"))
        ranges.addNewByName(name, source.impl.calc.getRangeAddress())
        self._sheet.book.kept.forget()
        made = ranges.getByName(name)
        made.ContainsHeader = made.AutoFilter = True
        return Table(self._sheet, made)


class Table(Counted, base_classes.Table):
    """One table."""

    def __init__(self, sheet: Any, database_range: Any) -> None:
        self._sheet, self.database = sheet, database_range

    @property
    def api(self) -> Any:
        return calc_api_tables.ListObject(self)

    @property
    def name(self) -> str:
        return str(self.database.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.database.setName(value)

    display_name = name

    @property
    def parent(self) -> Any:
        return self._sheet

    @property
    def range(self) -> Range:
        return Range.of_address(self._sheet.book, self.database.DataArea)

    @property
    def header_row_range(self) -> Range:
        whole = self.range
        return Range(self._sheet, whole.first_row, whole.first_column, 1, whole.column_count)

    @property
    def data_body_range(self) -> Range | None:
        whole = self.range
        rows = whole.row_count - 1 - self.show_totals
        return (
            Range(self._sheet, whole.first_row + 1, whole.first_column, rows, whole.column_count) if rows > 0 else None
        )

    @property
    def totals_row_range(self) -> Range | None:
        whole = self.range
        if not self.show_totals:
            return None
        return Range(self._sheet, whole.first_row + whole.row_count - 1, whole.first_column, 1, whole.column_count)

    @property
    def insert_row_range(self) -> None:
        return None

    @property
    def show_totals(self) -> bool:
        return bool(self.database.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if value != self.show_totals:
            area = self.database.DataArea
            area.EndRow += 1 if value else -1
            self.database.setDataArea(area)
            self.database.TotalsRow = value

    @property
    def show_headers(self) -> bool:
        return bool(self.database.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self.database.ContainsHeader = value

    @property
    def show_autofilter(self) -> bool:
        return bool(self.database.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if not value:
            self.autofilter.clear(None)
        self.database.AutoFilter = value

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self)

    @property
    def columns(self) -> Columns:
        return Columns(self)

    def headings(self) -> list[Any]:
        return list(self.header_row_range.calc.getDataArray()[0])

    def holds(self, place: Range) -> bool:
        """Whether a range begins inside the table."""
        whole = self.range
        return (
            whole.first_row <= place.first_row < whole.first_row + whole.row_count
            and whole.first_column <= place.first_column < whole.first_column + whole.column_count
        )

    def resize(self, range: Any) -> None:  # noqa: A002  # xlwings calls it so
        """As Excel: the headings stay where they are, cells keep what they hold. Raises Refused."""
        wanted = range.impl if hasattr(range, "impl") else range
        whole = self.range
        if wanted.first_row != whole.first_row or wanted.row_count < 2 or wanted.sheet.name != self._sheet.name:
            raise Refused("The headings of a table must stay in their row, with a row below them.")
        if (
            wanted.first_column + wanted.column_count <= whole.first_column
            or whole.first_column + whole.column_count <= wanted.first_column
        ):
            raise Refused("The table must overlap what it was.")
        for other in self._sheet.tables:
            if other.name != self.name and _meet(other.range, wanted):
                raise Refused("A table cannot overlap another table.")
        if self._sheet.calc.isProtected():
            raise Refused("The sheet is protected.")
        self.database.setDataArea(wanted.calc.getRangeAddress())
        self._name_columns()

    def _name_columns(self) -> None:
        """A column without a heading gets one."""
        header, headings = self.header_row_range, self.headings()
        for index, heading in enumerate(headings):
            if heading in ("", None):
                made = next(f"Column{n}" for n in range(1, 20_000) if f"Column{n}" not in headings)
                headings[index] = made
                header.calc.getCellByPosition(index, 0).setString(made)


def _meet(one: Range, other: Range) -> bool:
    return (
        one.first_row < other.first_row + other.row_count
        and other.first_row < one.first_row + one.row_count
        and one.first_column < other.first_column + other.column_count
        and other.first_column < one.first_column + one.column_count
    )


class Columns(Counted, base_classes.TableColumns):
    """The columns of a table."""

    def __init__(self, table: Table) -> None:
        self.parent = table

    @property
    def api(self) -> Any:
        return self

    def __len__(self) -> int:
        return self.parent.range.column_count

    def __iter__(self) -> Any:
        return iter([Column(self.parent, index) for index in range(1, len(self) + 1)])

    def __contains__(self, key: Any) -> bool:
        return key in self.parent.headings()

    def __call__(self, key: Any) -> Column:
        if isinstance(key, numbers.Number):
            return Column(self.parent, int(str(key)))
        if key not in self.parent.headings():
            raise KeyError(key)
        return Column(self.parent, self.parent.headings().index(key) + 1)


class Column(Counted, base_classes.TableColumn):
    """One column of a table."""

    def __init__(self, table: Table, index: int) -> None:
        self.parent, self._index = table, index

    @property
    def index(self) -> int:
        return self._index

    @property
    def name(self) -> str:
        return str(self.parent.headings()[self._index - 1])

    @property
    def range(self) -> Range:
        whole = self.parent.range
        return Range(self.parent.parent, whole.first_row, whole.first_column + self._index - 1, whole.row_count, 1)

    @property
    def data_body_range(self) -> Range | None:
        body = self.parent.data_body_range
        return (
            Range(self.parent.parent, body.first_row, body.first_column + self._index - 1, body.row_count, 1)
            if body
            else None
        )
