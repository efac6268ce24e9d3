"""The few names of Excel's own object model that xlwings does not offer; everything else goes through xlwings.

Each function is one question or one order, safe to repeat.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from xl_dipsample.workbook.hosts.excel.busy import is_busy, is_from_excel, patient

_BY_VALUES = 7  # xlFilterValues
_NO_WORDS = (8, 9, 10, 12, 13)  # colours and icons: xlFilterCellColor and what follows it


@patient
def full_name(book: Any) -> str:
    """Where Excel says the workbook lies: a path, a web address, or a bare name when it was never saved."""
    return str(book.api.FullName)


@patient
def read_only(book: Any) -> bool:
    """Whether the workbook was opened only to be read."""
    return bool(book.api.ReadOnly)


@patient
def others(book: Any) -> int:
    """How many other people have the workbook open, as far as Excel tells; 0 where it does not."""
    try:
        return max(len(book.api.UserStatus) - 1, 0)
    except Exception as error:
        if is_busy(error):
            raise
        return 0


@patient
def ready(app: Any) -> bool:
    """Whether Excel takes orders: False while a cell is being edited."""
    return bool(app.api.Ready)


@patient
def sheet_names(book: Any) -> list[str]:
    """The names of all sheets, chart sheets included."""
    return [str(sheet.Name) for sheet in book.api.Sheets]


@patient
def is_protected(sheet: Any) -> bool:
    """Whether the sheet's cells are locked."""
    return bool(sheet.api.ProtectContents)


@patient
def auto_save(book: Any) -> bool | None:
    """Whether AutoSave is on; None where Excel does not know it (2016)."""
    try:
        return bool(book.api.AutoSaveOn)
    except Exception as error:
        if is_busy(error):
            raise
        return None


@patient
def set_auto_save(book: Any, *, on: bool) -> None:
    """Switch AutoSave; where a rule of the organisation forbids it, it stays as it is."""
    try:
        book.api.AutoSaveOn = on
    except Exception as error:
        if is_busy(error):
            raise


@patient
def save_copy_as(book: Any, path: str) -> None:
    """Write a copy of the workbook as it stands on the screen."""
    book.api.SaveCopyAs(path)


@patient
def refresh_pivots(book: Any) -> None:
    """Make every pivot table anew; connections to elsewhere are left alone."""
    for cache in book.api.PivotCaches():
        cache.Refresh()


@patient
def all_rows_show(cells: Any) -> bool:
    """Whether no row of a range is hidden."""
    rows = getattr(cells.api, "EntireRow", None)
    return rows is None or rows.Hidden is False


@patient
def clear_notes(cells: Any) -> None:
    """Take the notes off a range."""
    order = getattr(cells.api, "ClearComments", None)
    if order is not None:
        order()


@dataclass(frozen=True)
class Criterion:
    """One filtered column, counted from 1, as Excel keeps it."""

    field: int
    first: Any
    operator: int
    second: Any


@dataclass(frozen=True)
class Filter:
    """The criteria of one table's filter; `lost`: columns whose criteria Excel does not tell."""

    criteria: tuple[Criterion, ...]
    lost: tuple[int, ...]


@patient
def filter_of(table: Any) -> Filter | None:
    """The filter of a table; None when no row is hidden by it."""
    own = table.api.AutoFilter
    if own is None or not own.FilterMode:
        return None
    kept, lost = [], []
    for field in range(1, int(own.Filters.Count) + 1):
        one = own.Filters(field)
        if one.On:
            found = _criterion(field, one)
            if found is None:
                lost.append(field)
            else:
                kept.append(found)
    return Filter(tuple(kept), tuple(lost))


def _criterion(field: int, one: Any) -> Criterion | None:
    """What one column is filtered by; None for colours, icons and picked dates, which Excel gives to nobody."""
    operator = int(_told(one, "Operator") or 0)
    first = _told(one, "Criteria1")
    if operator in _NO_WORDS or first is None:
        return None
    second = _told(one, "Criteria2")
    if operator == _BY_VALUES:
        return None if second is not None else Criterion(field, first, operator, None)
    return Criterion(field, first, operator, second)


def _told(one: Any, name: str) -> Any:
    """A property that Excel refuses to tell for some sorts of filter; None then."""
    try:
        return getattr(one, name)
    except Exception as error:
        if is_busy(error):
            raise
        return None


@patient
def show_all(table: Any) -> None:
    """Show every row of a table; the arrows stay."""
    own = table.api.AutoFilter
    if own is not None and own.FilterMode:
        own.ShowAllData()


@patient
def apply_filter(table: Any, criterion: Criterion) -> bool:
    """Filter one column of a table; False when Excel does not take back what it told itself."""
    given: dict[str, Any] = {"Field": criterion.field, "Criteria1": criterion.first}
    if criterion.operator:
        given["Operator"] = criterion.operator
    if criterion.second is not None:
        given["Criteria2"] = criterion.second
    try:
        table.api.Range.AutoFilter(**given)
    except Exception as error:
        if is_busy(error) or not is_from_excel(error):
            raise
        return False
    return True


@patient
def calculate(app: Any) -> None:
    """Calculate what has to be calculated."""
    with suppress(NotImplementedError):
        app.calculate()
