"""How a whole column writes its dates: where one cell leaves day and month open, the others say which comes first.

A reading that differs from ours (day first, the day of the stamp) is always told, never done in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

import numpy as np

from xl_dipsample.domain.shared.cell import folded, is_nothing
from xl_dipsample.domain.shared.dates import read_date, without_time

# swapped: a program turned day and month of some dates and left the others as text; mixed: both orders in one column;
# utc: each stamp is midnight here, told in another zone; changed: day and month of true dates have changed places;
# either: nobody can tell whether they have; early: no day of the report is after the 12th (see changed_places).
Order = Literal["day first", "month first", "year day month", "swapped", "mixed", "utc", "changed", "either", "early"]

_PARTS = re.compile(r"(?P<a>\d{1,2}) ?(?P<s>[/.\-\\ ]) ?(?P<b>\d{1,2}) ?(?P=s) ?'?(?P<y>\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<s>[/.\-])(?P<a>\d{1,2})(?P=s)(?P<b>\d{1,2})")
_STAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[t ](?P<hour>\d\d):00(?::00(?:\.0{1,9})?)?(?: ?(?:z|utc|gmt|\+00:?00))?", re.IGNORECASE
)
_SAYS_MONTH_FIRST = re.compile(r"\bm{1,2}[/.\- ]d{1,2}[/.\- ]y", re.IGNORECASE)
_MONTHS = 12
_LOOKED_AT = 20_000  # different cells of a column, evenly spread
_ENOUGH = 3  # different dates that only one order can mean: fewer are slips of the pen
_SOME = 0.05  # of the cells that say an order: fewer of the other one are slips
# Of days spread over the months, 12 of 30 are no later than the 12th; all on one side by chance is that rare.
_EARLY, _CHANCE = 0.4, 0.005
_SUMMER, _WINTER = range(4, 10), (11, 12, 1, 2)  # months in which the clocks do not change


class Written(NamedTuple):
    """`is_open`: all texts can be read with either order, so that another column of the report decides.

    `is_sure`: some texts can be read with the day first alone.
    """

    order: Order
    is_open: bool
    is_sure: bool = False


@dataclass(frozen=True)
class _Seen:
    """How many different cells of a column only one order can mean (`day`, `month`), any (`open`), and true dates."""

    day: int = 0
    month: int = 0
    open: int = 0
    true: int = 0
    true_late: int = 0  # true dates after the 12th
    year_month: int = 0
    year_day: int = 0


def date_order(different: Iterable[object], heading: str = "") -> Order:
    """`Written.order` of a column of these different cells.

    >>> date_order(["04/25/2024", "04/26/2024", "05/27/2024", "04/05/2024"]), date_order(["25/04/2024", "04/05/2024"])
    ('month first', 'day first')
    >>> date_order(["2024-07-01T23:00:00Z", "2024-07-02T23:00:00Z", "2024-08-01T23:00:00Z", "2024-12-02T00:00:00Z"])
    'utc'
    """
    return written(different, heading).order


def written(different: Iterable[object], heading: str = "") -> Written:
    """How a column of these different cells, under this heading, writes its dates."""
    cells = [cell for cell in different if not is_nothing(cell)]
    cells = cells[:: len(cells) // _LOOKED_AT + 1]
    if _are_utc(cells):
        return Written("utc", is_open=False)
    seen = _seen(cells)
    is_open = bool(seen.open) and not (seen.day or seen.month or seen.true)
    return Written(_order(seen, heading), is_open, is_sure=seen.day > 0)


def _order(seen: _Seen, heading: str) -> Order:
    if _half_swapped(seen):
        return "swapped"
    if seen.year_day >= _ENOUGH and not seen.year_month:
        return "year day month"
    if seen.month and not seen.day:
        if seen.month >= _ENOUGH or _SAYS_MONTH_FIRST.search(heading):
            return "month first"
        return "mixed" if seen.open else "day first"
    if seen.open and not seen.day and _SAYS_MONTH_FIRST.search(heading):
        return "month first"
    odd = min(seen.day, seen.month)
    if odd >= _ENOUGH and odd >= _SOME * (seen.day + seen.month):
        return "mixed"
    return "mixed" if min(seen.year_day, seen.year_month) >= _ENOUGH else "day first"


def in_order(value: object, order: Order) -> object:
    """The cell as a date where the order of its column differs from ours; else the cell itself.

    >>> in_order("04/05/2024", "month first"), in_order("2024-07-01T23:00:00Z", "utc")
    (datetime.date(2024, 4, 5), datetime.date(2024, 7, 2))
    """
    if order == "utc":
        stamp = _stamp(value)
        return value if stamp is None else (stamp + timedelta(hours=2)).date()
    if order not in ("month first", "year day month") or not isinstance(value, str):
        return value
    found = (_PARTS if order == "month first" else _YEAR_FIRST).fullmatch(_plain(value))
    if found is None:
        return value
    month, day = ("a", "b") if order == "month first" else ("b", "a")
    turned = read_date(f"{found[day]}/{found[month]}/{found['y']}").first
    return value if turned is None else turned


def may_be_date(value: object) -> bool:
    """Whether a cell is a date in one of the orders.

    >>> may_be_date("04/25/2024"), may_be_date("2024-25-04"), may_be_date("North")
    (True, True, False)
    """
    if read_date(value).state in ("day", "month"):
        return True
    return isinstance(value, str) and any(
        isinstance(in_order(value, order), date) for order in ("month first", "year day month")
    )


def _plain(text: str) -> str:
    return without_time(folded(text).casefold().lstrip("'"))


def _seen(cells: Iterable[object]) -> _Seen:
    day = month = either = true = late = year_month = year_day = 0
    for cell in cells:
        if not isinstance(cell, str):
            read = read_date(cell).first if isinstance(cell, (date, float, int, np.datetime64)) else None
            true += read is not None
            late += read is not None and read.day > _MONTHS
            continue
        text = _plain(cell)
        if found := _PARTS.fullmatch(text):
            first, second = int(found["a"]), int(found["b"])
            if max(first, second) <= _MONTHS:
                either += first != second
            elif min(first, second) <= _MONTHS:
                day, month = day + (first > _MONTHS), month + (second > _MONTHS)
        elif found := _YEAR_FIRST.fullmatch(text):
            first, second = int(found["a"]), int(found["b"])
            year_day += first > _MONTHS >= second
            year_month += second > _MONTHS >= first
    return _Seen(day, month, either, true, late, year_month, year_day)


def _half_swapped(seen: _Seen) -> bool:
    """True dates no later than the 12th, and texts that are all later: Excel turned what it could."""
    texts = max(seen.day, seen.month)
    alone = not (seen.open or seen.true_late or min(seen.day, seen.month))
    return alone and min(texts, seen.true) > 1 and _EARLY**seen.true * (1 - _EARLY) ** texts < _CHANCE


def _stamp(value: object) -> datetime | None:
    """The day and hour of a stamp on the hour."""
    if isinstance(value, datetime):
        return value if (value.minute, value.second, value.microsecond) == (0, 0, 0) else None
    found = _STAMP.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return None if found is None else datetime.fromisoformat(f"{found['day']}T{found['hour']}:00")
    except ValueError:
        return None


def _are_utc(cells: list[object]) -> bool:
    """Whether every cell is midnight of one place, an hour earlier in summer than in winter."""
    if not cells or not isinstance(cells[0], (str, datetime)):
        return False
    stamps = []
    for cell in cells:
        stamp = _stamp(cell)
        if stamp is None or stamp.hour not in (22, 23, 0):
            return False
        stamps.append(stamp)
    if sum(stamp.hour > 0 for stamp in stamps) < _ENOUGH:
        return False
    summer = {stamp.hour for stamp in stamps if stamp.month in _SUMMER}
    winter = {stamp.hour for stamp in stamps if stamp.month in _WINTER}
    if len(summer) > 1 or len(winter) > 1:
        return False
    return not (summer and winter) or (next(iter(summer)) + 1) % 24 == next(iter(winter))
