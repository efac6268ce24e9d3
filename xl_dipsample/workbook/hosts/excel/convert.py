"""Values as Excel gives and takes them over COM, and as the hosts hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

_DAY_ZERO = dt.date(1899, 12, 30)
_DAY = 86_400
# Excel believes in 29 February 1900, COM does not: before it, the two count days differently by one.
_AGREE_FROM = dt.datetime(1900, 3, 1)  # noqa: DTZ001
# The error values that xlwings does not know.
_ERRORS = {
    -2146828288 + number: words
    for number, words in {
        2043: "#GETTING_DATA",
        2045: "#SPILL!",
        2046: "#CONNECT!",
        2047: "#BLOCKED!",
        2048: "#UNKNOWN!",
        2049: "#FIELD!",
        2050: "#CALC!",
        2051: "#BUSY!",
    }.items()
}


def from_excel(cells: Sequence[Any]) -> Sequence[Any]:
    """One column as xlwings read it, with dates, times of day and error values as FileHost reads them.

    >>> from_excel([dt.datetime(1899, 12, 31), dt.datetime(1899, 12, 30, 14, 30), -2146826243])
    [datetime.datetime(1900, 1, 1, 0, 0), datetime.time(14, 30), '#SPILL!']
    """
    sorts = set(map(type, cells))
    if dt.datetime not in sorts and int not in sorts:
        return cells
    return [_read(value) for value in cells]


def _read(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        value = _whole_milliseconds(value)
        if value >= _AGREE_FROM:
            return value
        return value.time() if value.date() == _DAY_ZERO else value + dt.timedelta(days=1)
    return _ERRORS.get(value, value) if type(value) is int else value


def _whole_milliseconds(value: dt.datetime) -> dt.datetime:
    """A moment without the noise of a day's fraction."""
    if not value.microsecond:
        return value
    off = value.microsecond % 1000
    return value + dt.timedelta(microseconds=1000 - off if off >= 500 else -off)


def to_excel(cells: Sequence[Any], *, prefixed: bool = False) -> list[Any]:
    """One column as Excel takes it; `prefixed`: texts get the apostrophe that makes them texts in any format.

    >>> to_excel(["0012", 3, None, dt.time(6)], prefixed=True)
    ["'0012", 3.0, None, 0.25]
    """
    sorts = set(map(type, cells)) - {type(None)}
    if sorts <= {str} and not prefixed:
        return list(cells)
    return [_written(value, prefixed=prefixed) for value in cells]


def _written(value: Any, *, prefixed: bool) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return f"'{value}" if prefixed else value
    if isinstance(value, dt.datetime):
        return value if value >= _AGREE_FROM else value - dt.timedelta(days=1)
    if isinstance(value, dt.date):
        moment = dt.datetime.combine(value, dt.time())
        return moment if moment >= _AGREE_FROM else moment - dt.timedelta(days=1)
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / _DAY
    return value.total_seconds() / _DAY if isinstance(value, dt.timedelta) else float(value)
