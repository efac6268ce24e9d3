"""What Excel makes of a value that is written over COM: "12" becomes a number, "1/2/2026" a date, "=A1" a formula.

Only a cell with the format '@' keeps text as it is. No LibreOffice is needed here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

LONGEST = 32_767  # characters in a cell
DATE, MOMENT, TIME = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm:ss"
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # Excel knows no time zones
ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}  # as COM hands them to xlwings
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?")
_DATE = re.compile(r"(\d{1,4})[/-](\d{1,2})(?:[/-](\d{1,4}))?(?:[ T](\d{1,2}:\d\d(?::\d\d)?))?")
_WORDED = re.compile(r"(\d{1,2})[ /-]([A-Za-z]{3})[a-z]*(?:[ /-](\d{2,4}))?")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Refused(Exception):
    """Excel would raise a COM error here: the same numbers, and a sentence for the reader of a failed test."""

    hresult = -2147352567  # DISP_E_EXCEPTION
    code = -2146827284  # 0x800A03EC, what Excel says when it does not want to

    def __init__(self, reason: str) -> None:
        super().__init__(self.hresult, reason, (0, "Microsoft Excel", reason, None, 0, self.code), None)


@dataclass(frozen=True)
class Shown:
    """A number that brings its format with it, unless the cell has one already."""

    number: float
    number_format: str


@dataclass(frozen=True)
class Flag:
    """TRUE or FALSE."""

    true: bool


@dataclass(frozen=True)
class Formula:
    """A formula in Excel's notation, with its '='."""

    text: str


Written = str | float | Shown | Flag | Formula


def serial(moment: dt.datetime | dt.date) -> float:
    """The number that Excel keeps for a date."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    passed = moment.replace(tzinfo=None) - EPOCH
    return passed.days + (passed.seconds + passed.microseconds / 1e6) / 86400


def moment(number: float) -> dt.datetime:
    """What Excel hands out for such a number, with the time zone that pywin32 puts on it."""
    return (EPOCH + dt.timedelta(milliseconds=round(number * 86_400_000))).replace(tzinfo=dt.UTC)


def written(value: Any, number_format: str) -> Written:
    """What stands in the cell afterwards; '' for an empty cell. Raises Refused."""
    if value is None or value == "":
        return ""
    text_cell = number_format == "@"
    if isinstance(value, bool):
        return str(value).upper() if text_cell else Flag(value)
    if isinstance(value, int | float):
        return f"{value:.15g}" if text_cell else float(value)
    if isinstance(value, dt.date):
        return _dated(value, text_cell=text_cell)
    if not isinstance(value, str):
        raise Refused(f"Excel cannot be given a {type(value).__name__}.")
    if len(value) > LONGEST:
        raise Refused("Excel refuses a text that is too long for a cell.")
    return value if text_cell else _typed(value)


def _dated(value: dt.date, *, text_cell: bool) -> Written:
    time_too = isinstance(value, dt.datetime) and (value.hour or value.minute or value.second)
    if text_cell:
        return f"{value:%d/%m/%Y %H:%M}" if time_too else f"{value:%d/%m/%Y}"
    return Shown(serial(value), MOMENT if time_too else DATE)


def _typed(text: str) -> Written:
    """A string into a cell that is not '@', as if somebody typed it."""
    if text.startswith("'"):
        return text[1:]
    if text.startswith("=") and len(text) > 1:
        return Formula(text)
    bare = text.strip()
    if not bare:
        return text
    found = _number(bare) or _date(bare) or _worded(bare) or _clock(bare)
    if found is not None:
        return found
    if bare.upper() in ("TRUE", "FALSE"):
        return Flag(bare.upper() == "TRUE")
    if bare.upper() in ERRORS:
        return Formula(f"={bare.upper()}")
    if text[0] in "+-@" and len(text) > 1:
        return _sign_first(text)
    return text


def _sign_first(text: str) -> Written:
    """Excel takes +, - or @ in front for a formula, and refuses it when it is none."""
    if re.fullmatch(r"[+-][\w.()$!+*/^-]+", text):
        return Formula(f"={text}")
    raise Refused("Excel takes this text for a formula and refuses it.")


def _number(text: str) -> Written | None:
    bare, shown = text, ""
    if bare.endswith("%"):
        bare, shown = bare[:-1], "0%"
    elif bare.startswith(("£", "-£")):
        bare, shown = bare.replace("£", "", 1), "£#,##0.00"
    elif bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    if not re.search(r"\d", bare) or not _NUMBER.fullmatch(bare):
        return None
    number = float(bare.replace(",", ""))
    if shown == "0%":
        number /= 100
    return Shown(number, shown) if shown else number


def _date(text: str) -> Written | None:
    """Over COM Excel reads month/day first, then day/month; year first is always understood."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    first, second, third = (int(part) if part else None for part in found.group(1, 2, 3))
    assert first is not None
    assert second is not None
    if third is None:
        orders = [(dt.date.today().year, first, second), (dt.date.today().year, second, first)]  # noqa: DTZ011
    elif first > 31:
        orders = [(first, second, third)]
    else:
        orders = [(_year(third), first, second), (_year(third), second, first)]
    day = next((made for made in (_day(*order) for order in orders) if made), None)
    if day is None:
        return None
    clock = _clock(found[4]) if found[4] else None
    if isinstance(clock, Shown):
        return Shown(serial(day) + clock.number, MOMENT)
    return Shown(serial(day), DATE)


def _worded(text: str) -> Written | None:
    found = _WORDED.fullmatch(text)
    if not found or found[2].lower() not in _MONTHS:
        return None
    year = _year(int(found[3])) if found[3] else dt.date.today().year  # noqa: DTZ011
    day = _day(year, _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    return Shown(serial(day), "dd-mmm-yy" if found[3] else "dd-mmm") if day else None


def _clock(text: str) -> Written | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return Shown((hours * 3600 + minutes * 60 + seconds) / 86400, TIME)


def _year(year: int) -> int:
    return year if year > 99 else year + (2000 if year < 30 else 1900)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None
