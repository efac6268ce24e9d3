"""The filter of a table: Excel's criteria on one side, the fields of LibreOffice's filter on the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlwings import base_classes

from tests.engines.coercion import Refused
from tests.engines.counting import Counted

AND, OR, TOP, BOTTOM, TOP_PERCENT, BOTTOM_PERCENT, VALUES = range(1, 8)  # XlAutoFilterOperator
_EMPTY, _NOT_EMPTY, _EQUAL = 0, 1, 2  # FilterOperator2
_COMPARED = {"<>": 3, ">=": 5, ">": 4, "<=": 7, "<": 6, "=": 2}
_SIGNS = {number: sign for sign, number in _COMPARED.items()}
_RANKED = {TOP: 8, TOP_PERCENT: 9, BOTTOM: 10, BOTTOM_PERCENT: 11}
_RANKS = {number: operator for operator, number in _RANKED.items()}
_WORDS = {(True, True): (12, 13), (False, True): (14, 15), (True, False): (16, 17)}  # contains, begins, ends
_PATTERNS = {12: "=*{}*", 13: "<>*{}*", 14: "={}*", 15: "<>{}*", 16: "=*{}", 17: "<>*{}"}

_JOINS = {AND: "and", OR: "or"}
_TYPES = {
    VALUES: "values", TOP: "top_items", BOTTOM: "bottom_items", TOP_PERCENT: "top_percent",
    BOTTOM_PERCENT: "bottom_percent",
}  # fmt: skip
_WORDED_SIGNS = {
    "equal_to": "=", "not_equal_to": "<>", "greater_than": ">", "less_than": "<", "greater_than_or_equal": ">=",
    "less_than_or_equal": "<=",
}  # fmt: skip

Criterion = tuple[Any, int, Any]  # Criteria1, Operator, Criteria2, as Excel keeps them


def criteria(table: Any) -> dict[int, Criterion]:
    """What each filtered column is filtered by; columns count from 1."""
    fields: dict[int, list[Any]] = {}
    for field in table.database.getFilterDescriptor().getFilterFields3():
        fields.setdefault(field.Field + 1, []).append(field)
    return {column: _told(found) for column, found in fields.items()}


def _told(fields: Sequence[Any]) -> Criterion:
    first = fields[0]
    values = first.Values
    if first.Operator in _RANKS:
        return _text(values[0]), _RANKS[first.Operator], None
    if first.Operator == _EQUAL and len(values) == 2:
        return f"={_text(values[0])}", OR, f"={_text(values[1])}"
    if first.Operator == _EQUAL and len(values) > 2:
        return tuple(f"={_text(value)}" for value in values), VALUES, None
    if len(fields) > 1:
        join = OR if fields[1].Connection.value == "OR" else AND
        return _one(first), join, _one(fields[1])
    return _one(first), 0, None


def _one(field: Any) -> str:
    if field.Operator in (_EMPTY, _NOT_EMPTY):
        return "=" if field.Operator == _EMPTY else "<>"
    text = _text(field.Values[0])
    if field.Operator in _PATTERNS:
        return _PATTERNS[field.Operator].format(text)
    return f"{_SIGNS.get(field.Operator, '=')}{text}"


def _text(value: Any) -> str:
    return f"{value.NumericValue:.15g}" if value.IsNumeric and not value.StringValue else str(value.StringValue)


def apply(table: Any, column: int, first: Any, operator: int, second: Any) -> None:
    """Filter one column, or show all of it when there is no criterion. Raises Refused."""
    if not 1 <= column <= table.range.column_count:
        raise Refused("The table has no such column.")
    if table.parent.calc.isProtected():
        raise Refused("The sheet is protected.")
    descriptor = table.database.getFilterDescriptor()
    kept = [field for field in descriptor.getFilterFields3() if field.Field != column - 1]
    made = _fields(table.parent.book.app.office, column - 1, first, operator, second)
    if not kept and not made:
        clear(table)
        return
    descriptor.ContainsHeader = True
    descriptor.setFilterFields3((*kept, *made))
    table.database.AutoFilter = True
    table.database.refresh()


def clear(table: Any) -> None:
    """Show every row; the arrows stay."""
    table.database.getFilterDescriptor().setFilterFields3(())
    cells = table.range.calc
    descriptor = cells.createFilterDescriptor(True)  # noqa: FBT003
    descriptor.ContainsHeader = True  # otherwise the table loses its headings
    cells.filter(descriptor)  # a refresh alone keeps rows hidden


def _fields(office: Any, column: int, first: Any, operator: int, second: Any) -> list[Any]:
    if first is None:
        return []
    if isinstance(first, list | tuple):
        texts = [str(one).removeprefix("=") for one in first]
        return [_field(office, column, _EQUAL, *texts)]
    if operator in _RANKED:
        return [_field(office, column, _RANKED[operator], str(first).removeprefix("="))]
    if operator == OR and _is_equal(first) and _is_equal(second):
        return [_field(office, column, _EQUAL, str(first).removeprefix("="), str(second).removeprefix("="))]
    fields = [_compared(office, column, str(first))]
    if second is not None:
        fields.append(_compared(office, column, str(second)))
        fields[1].Connection = office.uno.Enum("com.sun.star.sheet.FilterConnection", "OR" if operator == OR else "AND")
    return fields


def _is_equal(criterion: Any) -> bool:
    text = str(criterion)
    return criterion is not None and not text.startswith(("<", ">")) and "*" not in text and len(text) > 1


def _compared(office: Any, column: int, criterion: str) -> Any:
    sign = next((one for one in _COMPARED if criterion.startswith(one)), "")
    operand = criterion[len(sign) :]
    if not operand:
        return _field(office, column, _NOT_EMPTY if sign == "<>" else _EMPTY)
    stars = operand.startswith("*"), operand.endswith("*")
    if sign in ("", "=", "<>") and stars in _WORDS:
        return _field(office, column, _WORDS[stars][sign == "<>"], operand.strip("*"))
    return _field(office, column, _COMPARED[sign or "="], operand)


def _field(office: Any, column: int, operator: int, *texts: str) -> Any:
    values = []
    for text in texts:
        value = office.struct("sheet.FilterFieldValue", StringValue=text, FilterType=1)
        if operator != _EQUAL or not text:
            value = _numeric(office, text)
        values.append(value)
    return office.struct("sheet.TableFilterField3", Field=column, Operator=operator, Values=tuple(values))


def _numeric(office: Any, text: str) -> Any:
    """A number is compared as a number, anything else as text."""
    try:
        return office.struct("sheet.FilterFieldValue", IsNumeric=True, NumericValue=float(text), FilterType=0)
    except ValueError:
        return office.struct("sheet.FilterFieldValue", StringValue=text, FilterType=1)


class AutoFilter(Counted, base_classes.AutoFilter):
    """xlwings' own view of a table's filter."""

    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        found = criteria(self._table)
        snapshots = []
        for column in range(1, self._table.range.column_count + 1):
            if column not in found:
                snapshots.append(base_classes.empty_autofilter_criteria(column))
                continue
            first, operator, second = found[column]
            type_ = _TYPES.get(operator, "comparison")
            join = _JOINS.get(operator)
            snapshots.append(base_classes.autofilter_criteria_snapshot(column, type_, first, second, join))
        return snapshots

    def apply_values(self, field: int, values: Any) -> None:
        apply(self._table, field, list(values), VALUES, None)

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        if operator in ("between", "not_between"):
            low, high, join = (">=", "<=", AND) if operator == "between" else ("<", ">", OR)
            apply(self._table, field, f"{low}{value1}", join, f"{high}{value2}")
        else:
            apply(self._table, field, f"{_WORDED_SIGNS[operator]}{'' if value1 is None else value1}", 0, None)

    def apply_top_items(self, field: int, count: Any) -> None:
        apply(self._table, field, str(count), TOP, None)

    def apply_bottom_items(self, field: int, count: Any) -> None:
        apply(self._table, field, str(count), BOTTOM, None)

    def apply_top_percent(self, field: int, percent: Any) -> None:
        apply(self._table, field, str(percent), TOP_PERCENT, None)

    def apply_bottom_percent(self, field: int, percent: Any) -> None:
        apply(self._table, field, str(percent), BOTTOM_PERCENT, None)

    def clear(self, field: int | None) -> None:
        if field is None:
            clear(self._table)
        else:
            apply(self._table, field, None, 0, None)
