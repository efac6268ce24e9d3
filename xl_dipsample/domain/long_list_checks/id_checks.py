"""Checks of case IDs: without them nobody is recognised, and wrong ones merge the wrong children."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Asked, ColumnRule, ReadingRule
from xl_dipsample.domain.shared.cell import BLANKS, is_nothing
from xl_dipsample.domain.shared.columns_read import parse_dates

MISSING, SPELT_ALIKE = "I01", "I09"
SHORT, USUAL = 2, 5  # characters: an ID of two among IDs of five or more
FEW_SHARE = 0.1  # a kind of ID that fewer rows have than this is the odd one
NHS_SHARE = 0.5  # one ten-digit number in eleven passes by chance
NHS_LENGTH = 10
EXACT_DIGITS = 15  # Excel keeps no more
_WORD = r"[^\W\d_](?:[^\W\d_]|['’.\-])*"
_NAME = re.compile(rf"{_WORD},? +{_WORD}(?: +{_WORD})?")
_BETWEEN = re.compile(r"[\s\-/_.]")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_DATE_SHAPE = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}(?:[ T].*)?|\d{1,2}[ \-][A-Za-z]{3,9}[ \-]\d{2,4}")
_PLACEHOLDER = re.compile(r"(\d)\1{3,}|0+|1234567?8?9?0?|x{2,}|tbc|tba|unknown|none|not known|new", re.IGNORECASE)


def _missing(ids: pd.Series, _: Asked | None = None) -> pd.Series:
    missing = ids.isna()
    return missing & (not missing.all())


def _folds(ids: pd.Series, fold: Callable[[str], str]) -> pd.Series:
    """Rows whose ID becomes the same as another, different ID when folded."""
    different = pd.Series(_different(ids), dtype=object)
    key = pd.Series([fold(one) for one in different], dtype=object)
    several = different.groupby(key).transform("size") > 1
    return ids.isin(different[several])


def _different(ids: pd.Series) -> list[str]:
    return list(ids.dropna().unique())


def _leading_zeros(ids: pd.Series, _: Asked) -> pd.Series:
    return _folds(ids, lambda one: one.lstrip("0"))


def _spelling(ids: pd.Series, _: Asked | None = None) -> pd.Series:
    if "".join(_different(ids)).isdigit():  # as most lists have them: nothing to fold
        return pd.Series([False] * len(ids), index=ids.index)
    return _folds(ids, lambda one: (one if one.isalnum() else _BETWEEN.sub("", one)).casefold())


def _kind(text: str) -> str:
    if text.isdigit():
        return "digits"
    return "mixed" if any(c.isdigit() for c in text) else "words"


def _odd_kind(ids: pd.Series, _: Asked) -> pd.Series:
    """IDs with letters among IDs of digits, or the other way round, where few rows have them."""
    kinds = ids.map({one: _kind(one) for one in _different(ids)})
    share = kinds.value_counts(normalize=True)
    odd = [kind for kind in share.index if share[kind] < FEW_SHARE]
    return kinds.isin(odd)


def _short(ids: pd.Series, _: Asked) -> pd.Series:
    length = ids.map({one: len(one) for one in _different(ids)}).astype(float)
    return (length <= SHORT) & (length.median() >= USUAL)


def _matches(pattern: re.Pattern[str]) -> Callable[[pd.Series, Asked], pd.Series]:
    return lambda ids, _: ids.isin([one for one in _different(ids) if pattern.fullmatch(one)])


def _dates(ids: pd.Series, _: Asked) -> pd.Series:
    """Text in the shape of a date that can be read as one; numbers are not taken for Excel's dates."""
    shaped = [one for one in _different(ids) if _DATE_SHAPE.fullmatch(one)]
    read = parse_dates(pd.Series(shaped, dtype=object))
    return ids.isin([one for one, state in zip(shaped, read["state"], strict=True) if state == "day"])


def is_nhs_number(text: str) -> bool:
    """Ten digits whose check digit is right (NHS Data Dictionary, modulus 11).

    >>> is_nhs_number("943 476 5919"), is_nhs_number("9434765918")
    (True, False)
    """
    digits = re.sub(r"[ \-]", "", text)
    if len(digits) != NHS_LENGTH or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[-1])


def _nhs_numbers(ids: pd.Series, _: Asked) -> pd.Series:
    ten = [one for one in _different(ids) if re.fullmatch(r"\d{3}[ \-]?\d{3}[ \-]?\d{4}", one)]
    right = [one for one in ten if is_nhs_number(one)]
    return ids.isin(right if len(right) >= NHS_SHARE * max(len(ten), 1) else [])


def _rounded(reading: Reading) -> pd.Series:
    return reading.where("Case ID", _is_rounded)


def _is_rounded(cell: object) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return False
    if isinstance(cell, str):
        return _ROUNDED.fullmatch(cell.strip()) is not None
    return bool(abs(cell) >= 10**EXACT_DIGITS)


def _blank_ends(reading: Reading) -> pd.Series:
    return reading.where("Case ID", lambda cell: isinstance(cell, str) and not is_nothing(cell) and _loose(cell))


def _loose(text: str) -> bool:
    return text[0] in BLANKS or text[-1] in BLANKS


RULES = (
    ColumnRule(
        MISSING,
        "Error",
        "Case ID",
        "There is no case ID.",
        "Add it in the export and import again; without it the row is never recognised as the same young person.",
        _missing,
    ),
    ColumnRule(
        "I02",
        "Warning",
        "Case ID",
        "Another case ID differs from this one only by zeros at the front, so one child may be counted twice.",
        "If both mean one child, write them alike in the export; some program took the zeros away.",
        _leading_zeros,
    ),
    ColumnRule(
        "I03",
        "Warning",
        "Case ID",
        "The case ID is of another kind than most: letters where the others have digits, or the other way round.",
        "Check that it is the same system's number for the young person.",
        _odd_kind,
    ),
    ColumnRule(
        "I04",
        "Warning",
        "Case ID",
        "The case ID is much shorter than the others.",
        "Check it against the case system.",
        _short,
    ),
    ColumnRule(
        "I05",
        "Error",
        "Case ID",
        "The case ID looks like a name.",
        "Look which column was taken for the case ID: choose another on Headings, and import again.",
        _matches(_NAME),
    ),
    ColumnRule(
        "I06",
        "Error",
        "Case ID",
        "The case ID looks like a date.",
        "Excel may have turned a number such as 1-2-12 into a date: export again with the column as text.",
        _dates,
    ),
    ColumnRule(
        "I07",
        "Warning",
        "Case ID",
        "The case ID looks like an NHS number.",
        "Use the case system's own number: an NHS number should not leave the record.",
        _nhs_numbers,
    ),
    ReadingRule(
        "I08",
        "Note",
        "Case ID",
        "The case ID has blanks at its start or end.",
        "Nothing: they are taken off. Other programs may not do so.",
        _blank_ends,
    ),
    ColumnRule(
        SPELT_ALIKE,
        "Warning",
        "Case ID",
        "Another case ID differs from this one only by capitals, blanks or dashes, so one child may be counted twice.",
        "If both mean one child, write them alike in the export.",
        _spelling,
    ),
    ReadingRule(
        "I10",
        "Error",
        "Case ID",
        "The case ID is a number so long that Excel has rounded it.",
        "Export again with the column as text; two children may have got the same number.",
        _rounded,
    ),
    ColumnRule(
        "I11",
        "Warning",
        "Case ID",
        "The case ID looks like a stand-in, such as 9999 or TBC, so different children may be taken for one.",
        "Put the true case ID into the export, or leave the cell empty.",
        _matches(_PLACEHOLDER),
    ),
)

# What decides how many young people there are is said by import already.
AT_IMPORT = tuple(rule for rule in RULES if rule.code in (MISSING, SPELT_ALIKE))


def found_at_import(ids: pd.Series) -> dict[str, pd.Series]:
    """Code -> True for each row of which a rule of `AT_IMPORT` speaks; `ids` are case IDs as text.

    >>> found = found_at_import(pd.Series(["A1", None, "a-1", "B2"], dtype=object))
    >>> {code: wrong.tolist() for code, wrong in found.items()}
    {'I01': [False, True, False, False], 'I09': [True, False, True, False]}
    """
    return {MISSING: _missing(ids), SPELT_ALIKE: _spelling(ids)}
