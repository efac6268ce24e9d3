"""Values of cells, read one by one: nothing, text, dates, ages, case IDs (docs/design.md, section 8).

A value that cannot be read is said to be unreadable; it never hides others and never becomes a silent blank.
"""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

from xl_dipsample.domain.shared.cell import by_unique, folded, is_nothing, spread, trimmed
from xl_dipsample.domain.shared.dates import NO_DATE_WORDS, month_text, parse_dates, read_date

__all__ = ["case_ids", "is_nothing", "month_text", "parse_ages", "parse_dates", "read_age", "read_date", "trimmed"]

_EXACT = 2.0**53  # above it, a number of Excel no longer tells its last digit
OLDEST = 120  # years; what is above is an error in the data
_MONTH_UNIT = r"(?:months?|mths?|mos?|m)\.?"
_YEARS = re.compile(
    r"(?P<years>\d{1,3}(?:\.\d+)?)"
    rf"(?: ?(?:years?|yrs?|y/o|yo|y)\.?(?:,? ?(?:and |& )?\d{{1,2}}(?:\.\d+)? ?{_MONTH_UNIT})?(?: ?old)?)?"
)
_MONTHS = re.compile(rf"(?P<months>\d{{1,3}}(?:\.\d+)?) ?{_MONTH_UNIT}(?: ?old)?")
_WEEKS_OR_DAYS = re.compile(r"\d{1,3}(?:\.\d+)? ?(?:weeks?|wks?|w|days?|d)\.?(?: ?old)?")
_UNDER_ONE = re.compile(r"(?:under |less than |< ?)1(?: ?years?)?(?: ?old)?")
_WHOLE_WITH_POINT = re.compile(r"(\d+)[.,]0+")
_AS_FORMULA = re.compile(r"=\"([^\"]*)\"")  # how a .csv keeps the zeros at the front from Excel
# Characters that nobody sees, and the dashes that a word processor puts for a hyphen.
AS_SEEN: dict[int, str | None] = dict.fromkeys(
    (0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF)
) | dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.0+)?")


def parse_ages(values: pd.Series) -> pd.DataFrame:
    """Ages in whole years: "13.5", 13.97 and "13y 4m" are 13; below 0 or above 120 is unreadable.

    Returns a frame with the same index: `years` (float, NaN when none) and `state` ("ok", "nothing", "unreadable").

    >>> parse_ages(pd.Series([13.97, "13y 4m", "-", "minus one"], dtype=object))["state"].tolist()
    ['ok', 'ok', 'nothing', 'unreadable']
    """
    codes, reads = by_unique(values, read_age)
    years = np.array([years for years, _ in reads], dtype=float)
    states = np.array([state for _, state in reads], dtype=object)
    return pd.DataFrame(
        {
            "years": pd.Series(years[codes], index=values.index),
            "state": pd.Series(states[codes], index=values.index, dtype=object),
        }
    )


def read_age(value: object) -> tuple[float, str]:
    """One age in whole years (NaN when there is none), and "ok", "nothing" or "unreadable"."""
    if is_nothing(value):
        return math.nan, "nothing"
    if isinstance(value, str):
        text = folded(value).casefold()
        if text in NO_DATE_WORDS:
            return math.nan, "nothing"
        number = _age_in_words(text)
    elif isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        number = float(value)
    else:
        number = None
    if number is None or not 0 <= number < OLDEST + 1:
        return math.nan, "unreadable"
    return float(math.floor(number)), "ok"


def _age_in_words(text: str) -> float | None:
    if found := _YEARS.fullmatch(text):
        return float(found["years"])
    if found := _MONTHS.fullmatch(text):
        return float(found["months"]) // 12
    return 0.0 if _WEEKS_OR_DAYS.fullmatch(text) or _UNDER_ONE.fullmatch(text) else None


def case_ids(values: pd.Series) -> pd.Series:
    """Case IDs as text: trimmed, 12.0 read as "12", leading zeros kept; None where there is none.

    What a program has made of an ID is undone: "4630516.0", "4,251,750", '="0051215"'.

    Returns a column of Python objects with the same index.

    >>> case_ids(pd.Series([12.0, " 0012 ", None, '="0051215"', "4,251,750"], dtype=object)).tolist()
    ['12', '0012', None, '0051215', '4251750']
    """
    if set(map(type, values)) == {float}:  # as .xlsx stores numbers; the hot path of 100,000 rows
        numbers = values.to_numpy(dtype=float)
        if (np.isfinite(numbers) & (np.abs(numbers) < _EXACT) & (numbers == np.floor(numbers))).all():
            return pd.Series(list(map(str, numbers.astype(np.int64).tolist())), index=values.index, dtype=object)
    codes, answers = by_unique(values, _read_case_id)
    return spread(codes, answers, values.index)


def _read_case_id(value: object) -> str | None:
    if isinstance(value, str) and value.isdigit():  # nearly all are
        return value
    if type(value) is float and value.is_integer():  # as an export has them
        return trimmed(value)
    if is_nothing(value):
        return None
    return plain_id(trimmed(value)) or None


def plain_id(text: str) -> str:
    r"""The ID that a text stands for, without what programs write around or into it.

    Characters that nobody sees go, as does the apostrophe that marks a text; every kind of dash is a hyphen.

    >>> plain_id("4630516.0"), plain_id("P-12/3"), plain_id("LL\u2013123\u200e"), plain_id("'0012")
    ('4630516', 'P-12/3', 'LL-123', '0012')
    """
    if not text.isascii():
        text = trimmed(text.translate(AS_SEEN))
    if text[:1] == "'" and text[1:2].isalnum():
        text = trimmed(text[1:])
    formula = _AS_FORMULA.fullmatch(text)
    text = trimmed(formula[1]) if formula else text
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    whole = _WHOLE_WITH_POINT.fullmatch(text)
    return whole[1] if whole else text
