"""What `.api` gives of ranges, tables and their filters, spelt as Excel spells it."""
# ruff: noqa: N802, N803

from __future__ import annotations

from typing import Any

from tests.engines import calc_filters, calc_values
from tests.engines.coercion import Refused
from tests.engines.counting import Counted


class Cells(Counted):
    """Range: a rectangle of cells."""

    def __init__(self, place: Any) -> None:
        self._place = place

    @property
    def Address(self) -> str:
        return str(self._place.address)

    @property
    def Value(self) -> Any:
        return self._place.raw_value

    @Value.setter
    def Value(self, value: Any) -> None:
        self._place.raw_value = value

    @property
    def HasFormula(self) -> bool | None:
        """None when some cells have one and others have none."""
        found = calc_values.formula_count(self._place)
        return bool(found) if found in (0, len(self._place)) else None

    @property
    def Text(self) -> str | None:
        """What the cell shows."""
        return str(self._place.calc.getCellByPosition(0, 0).String) if len(self._place) == 1 else None

    @property
    def EntireRow(self) -> Lines:
        return Lines(self._place, "row_hidden")

    @property
    def EntireColumn(self) -> Lines:
        return Lines(self._place, "column_hidden")

    def ClearComments(self) -> None:
        self._place.clear_notes()

    def AutoFilter(
        self, Field: int | None = None, Criteria1: Any = None, Operator: int = 0, Criteria2: Any = None
    ) -> None:
        table = self._place.table
        if table is None or Field is None:
            raise NotImplementedError
        calc_filters.apply(table, int(Field), Criteria1, int(Operator or 0), Criteria2)


class Lines(Counted):
    """The whole rows or columns of a range."""

    def __init__(self, place: Any, hidden: str) -> None:
        self._place, self._hidden = place, hidden

    @property
    def Hidden(self) -> bool | None:
        """None when they differ."""
        found: bool | None = getattr(self._place, self._hidden)
        return found

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        setattr(self._place, self._hidden, value)


class ListObject(Counted):
    """A table."""

    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def Name(self) -> str:
        return str(self._table.name)

    @property
    def Range(self) -> Cells:
        return Cells(self._table.range)

    @property
    def DataBodyRange(self) -> Cells | None:
        body = self._table.data_body_range
        return Cells(body) if body else None

    @property
    def HeaderRowRange(self) -> Cells:
        return Cells(self._table.header_row_range)

    @property
    def ShowTotals(self) -> bool:
        return bool(self._table.show_totals)

    @property
    def ShowAutoFilter(self) -> bool:
        return bool(self._table.show_autofilter)

    @ShowAutoFilter.setter
    def ShowAutoFilter(self, value: bool) -> None:
        self._table.show_autofilter = value

    @property
    def AutoFilter(self) -> AutoFilter | None:
        return AutoFilter(self._table) if self._table.show_autofilter else None


class AutoFilter(Counted):
    """The filter of a table."""

    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def FilterMode(self) -> bool:
        return bool(calc_filters.criteria(self._table))

    @property
    def Filters(self) -> Filters:
        return Filters(self._table)

    @property
    def Range(self) -> Cells:
        return Cells(self._table.range)

    def ShowAllData(self) -> None:
        calc_filters.clear(self._table)

    def ApplyFilter(self) -> None:
        self._table.database.refresh()


class Filters(Counted):
    """The columns of a filter."""

    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def Count(self) -> int:
        return int(self._table.range.column_count)

    def __call__(self, field: int) -> Filter:
        return Filter(calc_filters.criteria(self._table).get(field))

    Item = __call__


class Filter(Counted):
    """One column of a filter; what it has not got raises, as in Excel."""

    def __init__(self, criterion: calc_filters.Criterion | None) -> None:
        self._criterion = criterion

    @property
    def On(self) -> bool:
        return self._criterion is not None

    @property
    def Criteria1(self) -> Any:
        return self._told(0)

    @property
    def Operator(self) -> int:
        return int(self._criterion[1]) if self._criterion else 0

    @property
    def Criteria2(self) -> Any:
        return self._told(2)

    def _told(self, part: int) -> Any:
        if self._criterion is None or self._criterion[part] is None:
            raise Refused("There is no such criterion.")
        return self._criterion[part]
