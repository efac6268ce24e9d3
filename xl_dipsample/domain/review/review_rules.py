"""The rules of the Review table: scenario, age band, what is missing, who is in the sample.

The same rules stand in the workbook as Excel formulas (workbook/formulas.py), so a cell is read here as Excel reads
it: spaces at both ends do not count, several inside count as one, capitals make no difference, and a cell that shows
an error (somebody typed "-no concerns") is not filled in. Frames have the headings of table Review.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared import word_lists
from xl_dipsample.domain.shared.cell import excel_text

NOT_MAPPED = "Not mapped"
COMPLETE = "Complete"
LEFT = "Left the sample"
MISSING = "Missing: "
NO_ID = "No unique ID: not counted"
SIGNIFICANT, IN_NEED = "Significant harm", "In need"
OLDEST = 120  # above this an age is not believed, as everywhere else

_WORDS = frozenset({str, type(None)})  # what the cells of most columns are
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
    return word_lists.words("scenarios")


@cache
def bands() -> tuple[Band, ...]:
    """The age bands of lists.toml, without "Not known".

    >>> bands()[0], bands()[1]
    (Band(start=0, words='Under 10'), Band(start=10, words='10 to 11'))
    """
    found = []
    for words in word_lists.words("age_bands"):
        number = re.match(r"(Under )?(\d+)", words)
        if number:
            found.append(Band(0 if number[1] else int(number[2]), words))
    return tuple(found)


def age_not_known() -> str:
    """The words for an age that falls into no single band."""
    return word_lists.words("age_bands")[-1]


def texts(frame: pd.DataFrame, heading: str) -> pd.Series:
    """One column as text, '' for blank; all '' when the frame has no such column."""
    return pd.Series(_read(frame, heading, _Texts()), index=frame.index, dtype=object)


def keys(frame: pd.DataFrame, heading: str) -> pd.Series:
    """One column as text without capitals: what `=` compares in Excel."""
    return pd.Series(_read(frame, heading, _Keys()), index=frame.index, dtype=object)


class _Texts(dict[object, str]):
    """Each text and what is read for it: a column has the same words many times."""

    def __missing__(self, cell: object) -> str:
        self[cell] = made = excel_text(cell)
        return made


class _Keys(_Texts):
    """Each text and its key."""

    def __missing__(self, cell: object) -> str:
        self[cell] = made = excel_text(cell).casefold()
        return made


def _read(frame: pd.DataFrame, heading: str, known: _Texts) -> list[str]:
    """One column, read cell by cell; '' for each row when the frame has no such column."""
    if heading not in frame.columns:
        return [""] * len(frame)
    cells = frame[heading].tolist()
    if set(map(type, cells)) <= _WORDS:
        return list(map(known.__getitem__, cells))
    return [known.__missing__(cell) for cell in cells]  # 1 and True would be taken for one value


def is_row(frame: pd.DataFrame) -> pd.Series:
    """True where there is a unique ID; the one blank row of an empty table has none."""
    return pd.Series(_is_row(frame), index=frame.index, dtype=bool)


def in_sample(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that count: a unique ID, and In sample? is not No (blank counts as Yes)."""
    return pd.Series(_in_sample(frame), index=frame.index, dtype=bool)


def has_left(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that left during review: In sample? is No."""
    return pd.Series(_has_left(frame), index=frame.index, dtype=bool)


def counts(frame: pd.DataFrame) -> pd.Series:
    """The column Counts?: "Yes" for the rows in the sample, "No" for those that left, '' without a unique ID.

    >>> rows = [{"Unique ID": "A", "In sample?": None}, {"Unique ID": "B", "In sample?": "no "}, {"Unique ID": None}]
    >>> counts(pd.DataFrame(rows, dtype=object)).tolist()
    ['Yes', 'No', '']
    """
    said = zip(_is_row(frame), _in_sample(frame), strict=True)
    words = ["" if not row else "Yes" if counts else "No" for row, counts in said]
    return pd.Series(words, index=frame.index, dtype=object)


def _is_row(frame: pd.DataFrame) -> list[bool]:
    return [cell != "" for cell in _read(frame, "Unique ID", _Texts())]


def _in_sample(frame: pd.DataFrame) -> list[bool]:
    said = _read(frame, "In sample?", _Keys())
    return [row and cell != "no" for row, cell in zip(_is_row(frame), said, strict=True)]


def _has_left(frame: pd.DataFrame) -> list[bool]:
    said = _read(frame, "In sample?", _Keys())
    return [row and cell == "no" for row, cell in zip(_is_row(frame), said, strict=True)]


def scenario(frame: pd.DataFrame) -> pd.Series:
    """The scenario of each row; '' until both questions are answered.

    >>> row = {"Unique ID": "A", "Level of harm": "In need", "Parenting concerns": "no"}
    >>> scenario(pd.DataFrame([row], dtype=object)).tolist()
    ['In need, no parenting concerns']
    """
    levels, concerns = (_read(frame, heading, _Keys()) for heading in ("Level of harm", "Parenting concerns"))
    answers = zip(_is_row(frame), levels, concerns, strict=True)
    words = [_scenario(level, concern) if row else "" for row, level, concern in answers]
    return pd.Series(words, index=frame.index, dtype=object)


@lru_cache(maxsize=1024)
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
    return pd.Series(
        [_age_band(excel_text(age)) for age in ages.tolist()], index=ages.index, dtype=object, name=ages.name
    )


@lru_cache(maxsize=1024)
def _age_band(age: str) -> str:
    found = _AGE.fullmatch(age)
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
    required, when_left = review_columns.required(), review_columns.required_when_left()
    filled = {heading: _filled(frame, heading) for heading in (*required, *when_left)}
    missing_in, missing_left = _missing(filled, required), _missing(filled, when_left)
    left = _has_left(frame)
    found = [
        _verdict(missing_left[at], LEFT) if left[at] else _verdict(missing_in[at], COMPLETE) if row else ""
        for at, row in enumerate(_is_row(frame))
    ]
    if not all(found):
        typed = [_read(frame, heading, _Texts()) for heading in required]
        found = [words or (NO_ID if any(cells) else "") for words, *cells in zip(found, *typed, strict=True)]
    return pd.Series(found, index=frame.index, dtype=object)


def _verdict(missing: list[str], done: str) -> str:
    return MISSING + ", ".join(missing) if missing else done


def _missing(filled: Mapping[str, list[bool]], headings: Iterable[str]) -> list[list[str]]:
    """For each row the headings of the cells that are not filled in."""
    chosen = list(headings)
    rows = zip(*(filled[heading] for heading in chosen), strict=True)
    return [[] if all(row) else [one for one, there in zip(chosen, row, strict=True) if not there] for row in rows]


def not_filled(frame: pd.DataFrame, heading: str) -> pd.Series:
    """True where a cell is blank, shows an error, or says "Not mapped"."""
    return pd.Series([not one for one in _filled(frame, heading)], index=frame.index, dtype=bool)


def _filled(frame: pd.DataFrame, heading: str) -> list[bool]:
    none = ("", NOT_MAPPED.casefold())
    return [key not in none for key in _read(frame, heading, _Keys())]


def progress(frame: pd.DataFrame) -> Progress:
    """How far the review is. "Hard to find" counts rows in the sample where it is Yes."""
    check, in_, left = review_check(frame).tolist(), _in_sample(frame), _has_left(frame)
    hard = _read(frame, "Hard to find?", _Keys())
    return Progress(
        in_sample=sum(in_),
        complete=sum(counts and words == COMPLETE for counts, words in zip(in_, check, strict=True)),
        left=sum(left),
        left_complete=sum(gone and words == LEFT for gone, words in zip(left, check, strict=True)),
        hard_to_find=sum(counts and word == "yes" for counts, word in zip(in_, hard, strict=True)),
    )
