"""Dates as councils' exports write them: day first, in every usual spelling, as serials, or as a month.

A cell is read on its own: one that only an American could mean (04/25/2010) is unreadable here. What its whole column
says of the order is in `date_order`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from xl_dipsample.domain.shared.cell import NOTHING_DAYS, by_unique, folded, is_nothing, trimmed

State = Literal["day", "month", "nothing", "unreadable"]

# In a column of dates these say that there is none. In other columns they are answers (see is_nothing).
NO_DATE_WORDS = frozenset(
    {"not known", "unknown", "not recorded", "not stated", "not available", "not applicable", "not given", "none"}
    | {"n/k", "nk", "n.k.", "missing", "no date", "blank", "ongoing", "current", "open"}
)
FIRST_SERIAL, LAST_SERIAL = 7306, 73050  # 1 January 1920 to 31 December 2099: what a case file can hold
SERIAL_EPOCH = date(1899, 12, 30)  # Excel's day 0, given that it believes in a 29 February 1900
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:length]: at for at, name in enumerate(_MONTH_NAMES, start=1) for length in (3, len(name))} | {
    "sept": 9
}

_YEAR = r"'?(?P<y>\d{4}|\d{2})"
_LONG_YEAR = r"(?P<y>\d{4})"
_NAME = r"(?P<b>[a-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_GAP = r"[ ,.\-/]{1,3}"
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<d>\d{{1,2}}) ?(?P<s>[/.\-\\ ]) ?(?P<m>\d{{1,2}}) ?(?P=s) ?{_YEAR}",
        r"(?P<y>\d{4})(?P<s>[/.\-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
        rf"{_DAY}(?: of)?{_GAP}{_NAME}{_GAP}{_YEAR}",
        rf"(?P<d>\d{{1,2}})(?P<b>[a-z]{{3,9}}){_YEAR}",
        rf"{_NAME}{_GAP}{_DAY}{_GAP}{_LONG_YEAR}",
        rf"{_LONG_YEAR}{_GAP}{_NAME}{_GAP}{_DAY}",
        # Eight digits are never both: the year's 19 or 20 is no month.
        r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>\d\d)",
        r"(?P<d>\d\d)(?P<m>0[1-9]|1[0-2])(?P<y>(?:19|20)\d\d)",
    )
)
_MONTHS_ONLY = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<m>\d{1,2}) ?[/.\-] ?(?P<y>\d{4})",
        r"(?P<y>\d{4}) ?[/.\-] ?(?P<m>\d{1,2})",
        rf"{_NAME}{_GAP}{_LONG_YEAR}",
        r"(?P<b>[a-z]{3,9})[\-'](?P<y>\d{2})",  # Excel's own format mmm-yy
        rf"{_LONG_YEAR}{_GAP}{_NAME}",
    )
)
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?[ ,.]+")
_AGE_BEHIND = re.compile(r" ?\((?:aged? )?\d{1,3} ?(?:y|years?|yrs?)?(?: old|,? ?\d{1,2} ?(?:m|months?|mths?))?\)$")
_TIME = re.compile(
    r"(?:t| |, ?| at )[ ]?(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d(?:[.,]\d{1,9})?)? ?(?:am|pm)?"
    r" ?(?:z|utc|gmt|bst|[+\-]\d\d:?\d\d)?$"
)
_SERIAL = re.compile(r"(?:\d{4,5}|[01])(?:\.\d+)?")


@dataclass(frozen=True)
class Read:
    """One cell as a date: the first and last day that it can mean, and how sure that is."""

    state: State
    first: date | None = None
    last: date | None = None


NOTHING, UNREADABLE = Read("nothing"), Read("unreadable")


def parse_dates(values: pd.Series) -> pd.DataFrame:
    """Each cell as a date, on its own; nothing is guessed and nothing fails.

    Returns a frame with the same index: `first` and `last` (datetime64, NaT where there is none) and `state`:
    "day", "month" (first is the 1st, last the last day of the month), "nothing" or "unreadable".

    >>> read = parse_dates(pd.Series(["3.4.10", "03/2010", "NULL", "04/25/2010"], dtype=object))
    >>> read["state"].tolist()
    ['day', 'month', 'nothing', 'unreadable']
    >>> read["last"].dt.strftime("%Y-%m-%d").tolist()[:2]
    ['2010-04-03', '2010-03-31']
    """
    codes, reads = by_unique(values, read_date)
    states = np.array([read.state for read in reads], dtype=object)
    first = np.array([read.first for read in reads], dtype="datetime64[D]").astype("datetime64[us]")
    last = np.array([read.last for read in reads], dtype="datetime64[D]").astype("datetime64[us]")
    return pd.DataFrame(
        {
            "first": pd.Series(first[codes], index=values.index),
            "last": pd.Series(last[codes], index=values.index),
            "state": pd.Series(states[codes], index=values.index, dtype=object),
        }
    )


def read_date(value: object) -> Read:
    """One cell as a date. Its time of day, if it has one, is left off.

    >>> read_date(datetime(2010, 4, 3, 23, 59)).first
    datetime.date(2010, 4, 3)
    """
    if is_nothing(value):
        return NOTHING
    if isinstance(value, date):
        return _day(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, str):
        return _read_text(value)
    if isinstance(value, np.datetime64):
        return _day(pd.Timestamp(value).date())
    if isinstance(value, (bool, np.bool_, time)):
        return UNREADABLE
    if isinstance(value, (int, float, np.integer, np.floating)):
        return _read_number(float(value))
    return UNREADABLE


@lru_cache(maxsize=50_000)
def _day(day: date) -> Read:
    return NOTHING if day in NOTHING_DAYS else Read("day", day, day)


def _read_number(number: float) -> Read:
    if number in (0, 1):  # 1 is 1 January 1900, an empty date
        return NOTHING
    if FIRST_SERIAL <= number < LAST_SERIAL + 1:
        return _day(SERIAL_EPOCH + timedelta(days=int(number)))
    if number.is_integer() and 19000101 <= number <= 20991231:
        return _read_words(f"{number:.0f}", _DAYS[6:7])
    return UNREADABLE


def _read_text(value: str) -> Read:
    text = folded(value).casefold().replace("\u2013", "-").replace("\u2014", "-").lstrip("'")
    if text in NO_DATE_WORDS:
        return NOTHING
    if _SERIAL.fullmatch(text):
        return _read_number(float(text))
    read = _read_words(text, _DAYS)
    if read is UNREADABLE and text:
        shorter = without_time(text)
        read = _read_words(shorter, _DAYS) if shorter != text else read
    return _read_month(text) if read is UNREADABLE else read


def without_time(text: str) -> str:
    """The small letters of a date without its day of the week, its time of day and an age behind it.

    >>> without_time("mon 04/03/2024 10:30"), without_time("04/03/2010 (15 years)")
    ('04/03/2024', '04/03/2010')
    """
    return _TIME.sub("", _WEEKDAY.sub("", _AGE_BEHIND.sub("", text)), count=1)


def _read_words(text: str, patterns: tuple[re.Pattern[str], ...]) -> Read:
    for pattern in patterns:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = _month_number(parts)
        try:
            return _day(date(_year(parts["y"]), month, int(parts["d"])))
        except ValueError:
            return UNREADABLE
    return UNREADABLE


def _read_month(text: str) -> Read:
    for pattern in _MONTHS_ONLY:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        year, month = _year(parts["y"]), _month_number(parts)
        if 1 <= month <= 12 and 1000 <= year <= 9999:
            return Read("month", date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return UNREADABLE
    return UNREADABLE


def _month_number(parts: dict[str, str]) -> int:
    return int(parts["m"]) if "m" in parts else _MONTHS.get(parts["b"], 0)


def _year(text: str) -> int:
    """A two-digit year is this century's when that is no later than next year: contacts and children are recent."""
    year = int(text)
    if len(text) == 4:
        return year if year >= 1000 or year == 1 else 0
    return 2000 + year if 2000 + year <= datetime.now(tz=UTC).year + 1 else 1900 + year


def month_text(value: object) -> str | None:
    """The month of birth that a cell of a month column holds, as "2010-03"; None when it holds none.

    A day in such a column is what Excel made of a month: only its month is known. Six digits are year and month.

    >>> month_text("201003"), month_text(date(2010, 3, 1)), month_text("n/a")
    ('2010-03', '2010-03', None)
    """
    six = re.fullmatch(r"((?:19|20)\d\d)(0[1-9]|1[0-2])", trimmed(value))
    if six:
        return f"{six[1]}-{six[2]}"
    first = read_date(value).first
    return None if first is None else f"{first.year:04d}-{first.month:02d}"
