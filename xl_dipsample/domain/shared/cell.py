"""What stands in one cell, before anybody asks what it means.

Reading never fails: a cell is text, a number, a date, or one of the many ways in which systems say "nothing".
Source of the words for nothing: docs/design.md, section 8.

A cell is read as text in two ways, which differ on purpose. `trimmed` is what a person meant: any blank at the ends
goes, no-break ones too, and what is inside stays. `excel_text` is what a formula of ours sees: TRIM and `=` take spaces
alone, run together inside as well, and a cell that shows an error has no words. Sheets and what is counted from Review
read as their formulas do, so that both give one figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

BLANKS = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\ufeff"  # no-break and zero-width ones included
MANY_BLANKS = re.compile(f"[{BLANKS}]+")

ERRORS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
NOTHING_WORDS = frozenset(
    {"null", "(null)", "[null]", "<null>", "\\n", "nan", "nat", "n/a", "n.a.", "na", "(blank)", "#empty"}
    | {"#n/a", "#n/a n/a", "#na", "#value!", "#ref!", "#div/0!", "#num!", "#name?", "#null!", "#error", "#error!"}
    | {"#unavailable", "#getting_data", "#spill!", "#calc!", "#multivalue", "#multivalue!"}
    | {"-", "--", "---", "\u2013", "\u2014"}
    | {"00/00/0000", "0000-00-00", "00-00-0000", "00.00.0000", "0000-00-00 00:00:00", "00:00:00"}
)
# The first day that a date system knows is how that system writes an empty date: Excel, SQL Server, .NET.
NOTHING_DAYS = frozenset({date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1753, 1, 1), date(1, 1, 1)})
_NOTHING_DAY_TEXT = re.compile(
    r"(?:0?1[/.\- ](?:0?1|jan(?:uary)?)[/.\- ](?:1900|1753|0001)|(?:1900|1753|0001)[/.\-]0?1[/.\-]0?1)"
    r"(?:[t ]+[0:. ]+z?)?$"
)


def is_nothing(value: object) -> bool:
    r"""Whether a cell holds nothing, in any of the ways in which systems say so.

    Only clear words of systems count. "Missing", "None" and "Unknown" do not: in a column of harm, services or
    gender they are answers.

    >>> [is_nothing(value) for value in (None, "\xa0", "NULL", "#MULTIVALUE", "01/01/1900", "Missing", 0)]
    [True, True, True, True, True, False, False]
    """
    if isinstance(value, str):
        text = value.strip(BLANKS)
        if len(text) > 24:
            return False
        text = text.casefold()
        if not text or text in NOTHING_WORDS:
            return True
        return text[0] in "01" and _NOTHING_DAY_TEXT.match(text) is not None
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    if isinstance(value, datetime):
        return value.date() in NOTHING_DAYS
    if isinstance(value, date):
        return value in NOTHING_DAYS
    if isinstance(value, time):
        return value == time()
    return isinstance(value, float) and value != value


def trimmed(value: object) -> str:
    r"""The text of a cell, without spaces and no-break spaces at both ends; "" for an empty cell.

    A whole number has no ".0", a date is ISO (with its time of day only when it has one).

    >>> [trimmed(value) for value in (" \xa0A b ", 12.0, datetime(2010, 4, 3), True, None)]
    ['A b', '12', '2010-04-03', 'TRUE', '']
    """
    if isinstance(value, str):
        return value.strip(BLANKS)
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (float, np.floating)):
        return _number_text(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return str(value)


def excel_text(value: object) -> str:
    """A cell as Excel's TRIM shows it; '' for a blank cell or one that shows an error.

    >>> [excel_text(value) for value in ("  Early   help ", 12.0, "#NAME?", None)]
    ['Early help', '12', '', '']
    """
    if isinstance(value, str):  # first, since nearly every cell is text
        words = value.strip(" ")
        if "  " in words:
            words = re.sub(" +", " ", words)
        return "" if words in ERRORS else words
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def folded(text: str) -> str:
    """The text with every run of blanks, no-break ones and line breaks too, as one space, and none at the ends."""
    return MANY_BLANKS.sub(" ", text).strip(" ")


def _number_text(number: float) -> str:
    if number != number:
        return ""
    return f"{number:.0f}" if number.is_integer() else repr(number)


def by_unique(values: pd.Series, read: Callable[[Any], Any]) -> tuple[npt.NDArray[np.intp], list[Any]]:
    """`read` once for every different cell: (position of each row's answer, the answers).

    The last answer is that of an empty cell, which is where pandas' -1 points. 1, 1.0 and True are one cell to
    Python; a column that mixes them reads them alike.
    """
    codes, different = pd.factorize(values.to_numpy(dtype=object))
    return codes, [read(value) for value in different] + [read(None)]


def spread(codes: npt.NDArray[np.intp], answers: list[Any], index: pd.Index) -> pd.Series:
    """The answers of `by_unique` as a column of Python objects, one for each row."""
    box = np.empty(len(answers), dtype=object)
    for position, answer in enumerate(answers):
        box[position] = answer
    return pd.Series(box[codes], index=index, dtype=object)
