"""Dates of birth in every British spelling, and as the serial numbers that a workbook holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(f"{full}|{full[:3]}t?" for full in _MONTHS) + r")\.?"
_SHORT = tuple(full[:3] for full in _MONTHS)
_YEAR = r"'?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|th))?"
_GAP = r"(?:\s|[,.\-/]){0,3}"
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<day>[0-3]?\d)\s{{0,2}}(?P<s>[/.\-\\ ])\s{{0,2}}(?P<month>[01]?\d)\s{{0,2}}(?P=s)\s{{0,2}}{_YEAR}",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<s>[/.\-])(?P<month>[01]?\d)(?P=s)(?P<day>[0-3]?\d)(?!\d)",
        rf"{_DAY}(?:\s(?:day\s)?of)?{_GAP}{_MONTH}{_GAP}{_YEAR}",
        rf"(?<![^\W_]){_MONTH}\s{{0,2}}{_DAY}[\s,]{{1,3}}{_YEAR}",
        r"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>(?:19|20)\d\d|\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
    )
)
_SERIAL = re.compile(r"(?<![\d.,/])\d{4,5}(?![\d/]|[.,]\d)")
_CENTURIES = (1900, 2000)
_EPOCHS = (dt.date(1899, 12, 30), dt.date(1904, 1, 1))  # day 0 of the two calendars that workbooks count in


def serials(days: Collection[dt.date]) -> frozenset[int]:
    """Both serial numbers, 1900 and 1904, of each date.

    >>> sorted(serials([dt.date(2012, 2, 1)]))
    [39478, 40940]
    """
    return frozenset((day - epoch).days for day in days for epoch in _EPOCHS)


def by_serial(days: Collection[dt.date]) -> dict[int, dt.date]:
    """The date that each serial number stands for."""
    return {(day - epoch).days: day for epoch in _EPOCHS for day in days}


def dates_in(
    folded: str, wanted: Callable[[dt.date], bool], of_serial: dict[int, dt.date]
) -> Iterator[tuple[int, int, dt.date]]:
    """Start, end and day of every date in a folded text that is wanted, also as a serial number.

    >>> list(dates_in("born 1st of february 2012", lambda day: True, {}))
    [(5, 25, datetime.date(2012, 2, 1))]
    """
    for spelling in _SPELLINGS:
        for match in spelling.finditer(folded):
            for one in _days(match):
                if wanted(one):
                    yield match.start(), match.end(), one
    for match in _SERIAL.finditer(folded) if of_serial else ():
        day = of_serial.get(int(match.group()))
        if day is not None:
            yield match.start(), match.end(), day


def _days(match: re.Match[str]) -> Iterator[dt.date]:
    """The days that a date can mean: two figures for the year are of either century."""
    month_text, year = match["month"], int(match["year"])
    month = int(month_text) if month_text.isdigit() else _SHORT.index(month_text[:3]) + 1
    for century in _CENTURIES if len(match["year"]) == 2 else (0,):
        try:
            yield dt.date(century + year, month, int(match["day"]))
        except ValueError:
            continue
