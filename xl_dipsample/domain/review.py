"""The rules of the Review table: scenario, age band, what is missing, who is in the sample.

The same rules stand in the workbook as Excel formulas (workbook/formulas.py), so a cell is read here as Excel reads
it: spaces at both ends do not count, several inside count as one, capitals make no difference, and a cell that shows
an error (somebody typed "-no concerns") is not filled in. Frames have the headings of table Review.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain import reference

# Seven are required for "Complete", in the order of the table (DESIGN section 6).
REQUIRED = (
    "Outcome",
    "Referred to?",
    "Reason for social care involvement (extract)",
    "Reason for closure or progression (extract)",
    "Level of harm",
    "Parenting concerns",
    "Reviewer",
)
REQUIRED_WHEN_LEFT = ("Reason if not in sample", "Reviewer")
NOT_MAPPED = "Not mapped"
COMPLETE = "Complete"
LEFT = "Left the sample"
MISSING = "Missing: "
NO_ID = "No unique ID: not counted"
SIGNIFICANT, IN_NEED = "Significant harm", "In need"
OLDEST = 120  # above this an age is not believed, as everywhere else

ERRORS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})

_AGE = re.compile(r"(\d+(?:\.\d+)?)(?: ?- ?(\d+(?:\.\d+)?))?", re.ASCII)


class Progress(NamedTuple):
    """How far the review is: rows in the sample, complete ones among them, rows that left, hard to find."""

    in_sample: int
    complete: int
    left: int
    left_complete: int
    hard_to_find: int


class Band(NamedTuple):
    """An age band: from this age on, its words."""

    start: int
    words: str


@cache
def scenarios() -> tuple[str, ...]:
    """The five scenarios, in the order in which they always stand."""
    return _list("scenarios")


@cache
def bands() -> tuple[Band, ...]:
    """The age bands of lists.toml, without "Not known".

    >>> bands()[0], bands()[1]
    (Band(start=0, words='Under 10'), Band(start=10, words='10 to 11'))
    """
    found = []
    for words in _list("age_bands"):
        number = re.match(r"(Under )?(\d+)", words)
        if number:
            found.append(Band(0 if number[1] else int(number[2]), words))
    return tuple(found)


def age_not_known() -> str:
    """The words for an age that falls into no single band."""
    return _list("age_bands")[-1]


def text(value: object) -> str:
    """A cell as Excel's TRIM shows it; '' for a blank cell or one that shows an error.

    >>> text("  Early   help "), text(12.0), text("#NAME?"), text(None)
    ('Early help', '12', '', '')
    """
    if isinstance(value, str):  # first, since nearly every cell is text
        trimmed = value.strip(" ")
        if "  " in trimmed:
            trimmed = re.sub(" +", " ", trimmed)
        return "" if trimmed in ERRORS else trimmed
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def texts(frame: pd.DataFrame, heading: str) -> pd.Series:
    """One column as text, '' for blank; all '' when the frame has no such column."""
    if heading not in frame.columns:
        return pd.Series("", index=frame.index, dtype=object)
    return pd.Series([text(cell) for cell in frame[heading].tolist()], index=frame.index, dtype=object)


def keys(frame: pd.DataFrame, heading: str) -> pd.Series:
    """One column as text without capitals: what `=` compares in Excel."""
    return pd.Series([cell.casefold() for cell in texts(frame, heading)], index=frame.index, dtype=object)


def is_row(frame: pd.DataFrame) -> pd.Series:
    """True where there is a unique ID; the one blank row of an empty table has none."""
    return texts(frame, "Unique ID") != ""


def in_sample(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that count: a unique ID, and In sample? is not No (blank counts as Yes)."""
    return is_row(frame) & (keys(frame, "In sample?") != "no")


def has_left(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that left during review: In sample? is No."""
    return is_row(frame) & (keys(frame, "In sample?") == "no")


def scenario(frame: pd.DataFrame) -> pd.Series:
    """The scenario of each row; '' until both questions are answered.

    >>> row = {"Unique ID": "A", "Level of harm": "In need", "Parenting concerns": "no"}
    >>> scenario(pd.DataFrame([row], dtype=object)).tolist()
    ['In need, no parenting concerns']
    """
    levels, concerns = keys(frame, "Level of harm"), keys(frame, "Parenting concerns")
    words = [_scenario(level, concern) for level, concern in zip(levels, concerns, strict=True)]
    return pd.Series(words, index=frame.index, dtype=object).where(is_row(frame), "")


def _scenario(level: str, concerns: str) -> str:
    if not level or not concerns:
        return ""
    levels, answers = (SIGNIFICANT.casefold(), IN_NEED.casefold()), ("yes", "no")
    if level not in levels or concerns not in answers:
        return scenarios()[-1]
    return scenarios()[2 * levels.index(level) + answers.index(concerns)]


def age_band(ages: pd.Series) -> pd.Series:
    """The band of each age: a number, "14", or "14-15" when only the month of birth is known.

    >>> age_band(pd.Series(["14", "14-15", "15-16", 11.0, None], dtype=object)).tolist()
    ['14 to 15', '14 to 15', 'Not known', '10 to 11', 'Not known']
    """
    return ages.map(_age_band).astype(object)


def _age_band(age: object) -> str:
    found = _AGE.fullmatch(text(age))
    if not found:
        return age_not_known()
    ends = [float(found[1]), float(found[2] or found[1])]
    in_bands = {[band.words for band in bands() if band.start <= end][-1] for end in ends if end <= OLDEST}
    return in_bands.pop() if len(in_bands) == 1 and max(ends) <= OLDEST else age_not_known()


def review_check(frame: pd.DataFrame) -> pd.Series:
    """What is still missing in each row, in words: the column Check.

    "Complete"; "Missing: Outcome, Reviewer"; "Left the sample" for a row whose In sample? is No and whose reason and
    reviewer are there; '' for the blank row of an empty table.
    """
    in_, left = in_sample(frame), has_left(frame)
    missing_in = _missing(frame, REQUIRED)
    missing_left = _missing(frame, REQUIRED_WHEN_LEFT)
    typed = pd.Series(False, index=frame.index)  # noqa: FBT003 - a value, not a switch
    for heading in REQUIRED:
        typed |= texts(frame, heading) != ""
    answer = pd.Series("", index=frame.index, dtype=object)
    answer = answer.mask(~is_row(frame) & typed, NO_ID)
    answer = answer.mask(in_, (MISSING + missing_in).where(missing_in != "", COMPLETE))
    return answer.mask(left, (MISSING + missing_left).where(missing_left != "", LEFT)).astype(object)


def _missing(frame: pd.DataFrame, headings: Iterable[str]) -> pd.Series:
    """The headings of the cells that are not filled in, joined by ", "."""
    found = pd.Series("", index=frame.index, dtype=object)
    for heading in headings:
        found = found + not_filled(frame, heading).map({True: f", {heading}", False: ""}).astype(object)
    return found.str.slice(2).astype(object)


def not_filled(frame: pd.DataFrame, heading: str) -> pd.Series:
    """True where a cell is blank, shows an error, or says "Not mapped"."""
    return keys(frame, heading).isin(["", NOT_MAPPED.casefold()])


def progress(frame: pd.DataFrame) -> Progress:
    """How far the review is. "Hard to find" counts rows in the sample where it is Yes."""
    check, in_, left = review_check(frame), in_sample(frame), has_left(frame)
    return Progress(
        in_sample=int(in_.sum()),
        complete=int((in_ & (check == COMPLETE)).sum()),
        left=int(left.sum()),
        left_complete=int((left & (check == LEFT)).sum()),
        hard_to_find=int((in_ & (keys(frame, "Hard to find?") == "yes")).sum()),
    )


@cache
def _list(name: str) -> tuple[str, ...]:
    raw = tomllib.loads((reference.template_folder() / "lists.toml").read_text(encoding="utf-8"))
    return tuple(raw["lists"][name])
