"""Dates of birth in every British spelling, and as the serial numbers that a workbook holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from xl_dipsample.privacy.names.normalise import holds_a_figure

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(f"{full}|{full[:3]}t?" for full in _MONTHS) + r")\.?"
_SHORT = tuple(full[:3] for full in _MONTHS)
_YEAR = r"'?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_ORDINALS = dict(zip(_UNITS, range(1, 21), strict=True)) | {"thirtieth": 30}
_ORDINALS |= {f"twenty{gap}{unit}": 20 + n for n, unit in enumerate(_UNITS[:9], 1) for gap in (" ", "-", "")}
_ORDINALS |= {f"thirty{gap}first": 31 for gap in (" ", "-", "")}
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_WORD_YEARS = {"two thousand": 2000} | {
    f"{before}{word}": 2000 + n
    for n, word in enumerate(_NUMBERS, 1)
    for before in ("two thousand ", "two thousand and ")
}
_WORD_YEARS |= {f"twenty {word}": 2000 + n for n, word in enumerate(_NUMBERS, 1) if n >= 10}
_WORD_DAY = r"(?<![^\W_])(?P<day>" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r")(?![^\W_])"
_WORD_YEAR = "|".join(sorted(_WORD_YEARS, key=len, reverse=True))
_ANY_YEAR = rf"(?:'?(?P<year>(?:19|20)\d\d|\d\d|{_WORD_YEAR})(?![^\W_]))"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|th))?"
_GAP = r"(?:\s|[,.\-/]){0,3}"
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<day>[0-3]?\d)\s{{0,2}}(?P<s>[/.\-\\ ])\s{{0,2}}(?P<month>[01]?\d)\s{{0,2}}(?P=s)\s{{0,2}}{_YEAR}",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<s>[/.\-])(?P<month>[01]?\d)(?P=s)(?P<day>[0-3]?\d)(?!\d)",
        rf"{_DAY}(?:\s(?:day\s)?of)?{_GAP}{_MONTH}{_GAP}{_YEAR}",
        rf"(?<![^\W_]){_MONTH}\s{{0,2}}{_DAY}[\s,]{{1,3}}{_YEAR}",
        rf"{_WORD_DAY}(?:\s(?:day\s)?of)?{_GAP}{_MONTH}{_GAP}{_ANY_YEAR}",
        rf"(?<![^\W_]){_MONTH}\s(?:the\s)?{_WORD_DAY}[\s,]{{1,3}}{_ANY_YEAR}",
        rf"{_DAY}(?:\s(?:day\s)?of)?{_GAP}{_MONTH}{_GAP}(?P<year>{_WORD_YEAR})(?![^\W_])",
        r"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>(?:19|20)\d\d|\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
    )
)
_IN_FIGURES = (_SPELLINGS[0], _SPELLINGS[1], _SPELLINGS[7], _SPELLINGS[8])
_IN_WORDS = (*_SPELLINGS[2:7],)
_DAYS_IN_WORDS = (*_UNITS, "thirtieth")
_BESIDE, _AROUND = 24, 64  # characters: where a day stands, and what a date can be long
# As Americans write it. A day above the twelfth cannot be a British date; others can, and wait for a person.
_MONTH_FIRST = re.compile(
    rf"(?<!\d)(?P<month>[01]?\d)\s{{0,2}}(?P<s>[/.\-])\s{{0,2}}(?P<day>[0-3]?\d)\s{{0,2}}(?P=s)\s{{0,2}}{_YEAR}"
)
_LAST_MONTH = 12
_NO_YEAR_FOLLOWS = rf"(?!{_GAP}(?:'?\d|two\sthousand|twenty\s))"
_BIRTHDAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}(?:\s(?:day\s)?of)?\s{{1,2}}{_MONTH}(?![^\W_]){_NO_YEAR_FOLLOWS}",
        rf"{_WORD_DAY}(?:\s(?:day\s)?of)?\s{{1,2}}{_MONTH}(?![^\W_]){_NO_YEAR_FOLLOWS}",
        rf"(?<![^\W_]){_MONTH}\s{{1,2}}(?:the\s)?{_DAY}(?![^\W_]){_NO_YEAR_FOLLOWS}",
        rf"(?<![^\W_]){_MONTH}\s{{1,2}}(?:the\s)?{_WORD_DAY}{_NO_YEAR_FOLLOWS}",
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
    says_number = holds_a_figure(folded)
    where = [(spelling, 0, len(folded)) for spelling in (_IN_FIGURES if says_number else ())]
    where += [(spelling, *part) for part in _beside_months(folded) for spelling in _IN_WORDS]
    for spelling, first, last in where:
        for match in spelling.finditer(folded, first, last):
            for one in _days(match):
                if wanted(one):
                    yield match.start(), match.end(), one
    for match in _MONTH_FIRST.finditer(folded) if says_number else ():
        if int(match["day"]) > _LAST_MONTH:
            yield from ((match.start(), match.end(), one) for one in _days(match) if wanted(one))
    for match in _SERIAL.finditer(folded) if of_serial and says_number else ():
        day = of_serial.get(int(match.group()))
        if day is not None:
            yield match.start(), match.end(), day


def maybe_dates_in(
    folded: str, wanted: Callable[[dt.date], bool], own: Collection[dt.date]
) -> Iterator[tuple[int, int, dt.date]]:
    """Start, end and day of what may be a date that is wanted: month before day, or one of `own` without its year.

    >>> list(maybe_dates_in("on 02/01/2012", lambda day: day == dt.date(2012, 2, 1), []))
    [(3, 13, datetime.date(2012, 2, 1))]
    >>> list(maybe_dates_in("is seven on the first of february", lambda day: True, [dt.date(2012, 2, 1)]))
    [(16, 33, datetime.date(2012, 2, 1))]
    """
    for match in _MONTH_FIRST.finditer(folded) if holds_a_figure(folded) else ():
        if int(match["day"]) <= _LAST_MONTH:
            yield from ((match.start(), match.end(), one) for one in _days(match) if wanted(one))
    where = [(pattern, *part) for part in (_beside_months(folded) if own else ()) for pattern in _BIRTHDAYS]
    for pattern, first, last in where:
        for match in pattern.finditer(folded, first, last):
            day, month = _day_of(match["day"]), _month_of(match["month"])
            yield from ((match.start(), match.end(), one) for one in own if (one.day, one.month) == (day, month))


@lru_cache(maxsize=1)  # the dates that are sure and those that may be ask for the same text
def _beside_months(folded: str) -> list[tuple[int, int]]:
    """The parts of a text that hold a month with something like a day beside it; only there can a date in words be."""
    parts: list[tuple[int, int]] = []
    for at in sorted(at for month in _SHORT for at in _places_of(month, folded)):
        beside = folded[max(0, at - _BESIDE) : at + len(_SHORT[0]) + _BESIDE]
        if holds_a_figure(beside) or any(word in beside for word in _DAYS_IN_WORDS):
            first, last = max(0, at - _AROUND), min(len(folded), at + len(_SHORT[0]) + _AROUND)
            if parts and first <= parts[-1][1]:
                first, _ = parts.pop()
            parts.append((first, last))
    return parts


def _places_of(word: str, text: str) -> Iterator[int]:
    """Where a word begins in a text, within other words too: many times as fast as a pattern of twelve."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _day_of(text: str) -> int:
    return int(text) if text.isdigit() else _ORDINALS[text]


def _month_of(text: str) -> int:
    return int(text) if text.isdigit() else _SHORT.index(text[:3]) + 1


def _days(match: re.Match[str]) -> Iterator[dt.date]:
    """The days that a date can mean: two figures for the year are of either century."""
    said = match["year"]
    year = int(said) if said.isdigit() else _WORD_YEARS[said]
    for century in _CENTURIES if len(said) == 2 else (0,):
        try:
            yield dt.date(century + year, _month_of(match["month"]), _day_of(match["day"]))
        except ValueError:
            continue
