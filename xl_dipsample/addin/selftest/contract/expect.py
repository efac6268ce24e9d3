"""What a claim says when it does not hold: plain words.

What was found is told by its sort and length alone, never as it stands: a workbook may hold names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared.errors import DipSampleError

_LONGEST_SHOWN = 40


class ClaimFailed(AssertionError):
    """A claim that does not hold; its text says what was expected and what sort of thing was there."""


class NotTried(Exception):
    """A claim that cannot be tried here; its text says why."""


def true(condition: object, sentence: str) -> None:
    """Raise ClaimFailed with the sentence unless the condition holds."""
    if not condition:
        raise ClaimFailed(sentence)


def same(found: Any, wanted: Any, what: str) -> None:
    """The same value of the same type, also inside lists.

    >>> same(3, 3.0, "the row's number")
    Traceback (most recent call last):
    ...
    xl_dipsample.addin.selftest.contract.expect.ClaimFailed: the row's number: wanted 3.0, found a whole number.
    """
    if isinstance(wanted, (list, tuple)) and isinstance(found, (list, tuple)):
        if len(found) != len(wanted):
            raise ClaimFailed(f"{what}: wanted {len(wanted)} of them, found {len(found)}.")
        for place, (one, other) in enumerate(zip(found, wanted, strict=True), 1):
            same(one, other, f"{what}, number {place}")
    elif type(found) is not type(wanted) or found != wanted:
        words = described(found)
        raise ClaimFailed(
            f"{what}: wanted {_shown(wanted)}, found {_another(words) if words == described(wanted) else words}."
        )


def same_table(found: pd.DataFrame, wanted: pd.DataFrame, what: str) -> None:
    """The same headings in the same order, the same number of rows, every cell with its value and type."""
    same([str(one) for one in found.columns], [str(one) for one in wanted.columns], f"{what}: the headings")
    if len(found) != len(wanted):
        raise ClaimFailed(f"{what}: wanted {len(wanted):,} rows, found {len(found):,}.")
    true(list(found.index) == list(range(len(found))), f"{what}: the rows are not numbered from 0.")
    true(all(str(kind) == "object" for kind in found.dtypes), f"{what}: a column is not of the dtype object.")
    for place, heading in enumerate(wanted.columns):
        cells = zip(found.iloc[:, place], wanted.iloc[:, place], strict=True)
        for row, (one, other) in enumerate(cells, 1):
            same(one, other, f"{what}, row {row:,}, column {heading}")


def column(frame: pd.DataFrame, heading: str, wanted: Iterable[Any], what: str) -> None:
    """The cells of one column, each with its value and type."""
    true(heading in frame.columns, f"{what}: there is no column {heading}.")
    same(frame[heading].tolist(), list(wanted), f"{what}, column {heading}")


def refused(kind: type[DipSampleError], words: Iterable[str], act: Callable[[], object], what: str) -> None:
    """`act` is refused with an error of that kind, in one sentence that has all of `words`."""
    try:
        act()
    except DipSampleError as error:
        true(isinstance(error, kind), f"{what}: refused, but as {type(error).__name__}.")
        for word in words:
            true(word in error.sentence, f"{what}: refused, but the sentence does not say {word!r}.")
        true("\n" not in error.sentence, f"{what}: the refusal is more than one line.")
    else:
        raise ClaimFailed(f"{what}: not refused.")


def described(value: Any) -> str:
    """What sort of value it is, without the value.

    >>> described("0012"), described(None), described(3)
    ('text of 4 characters', 'nothing', 'a whole number')
    """
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"text of {len(value):,} characters"
    if isinstance(value, float) and value != value:
        return "NaN, which is no number"
    for kind, words in _SORTS:
        if isinstance(value, kind):
            return words
    return f"a {type(value).__name__}"


_SORTS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (dt.datetime, "a date with a time of day"),
    (dt.date, "a date"),
)


def _another(words: str) -> str:
    """Of the same sort, and not the same."""
    return f"another {words[2:]}" if words.startswith("a ") else f"other {words}"


def _shown(wanted: Any) -> str:
    """What we wanted is ours, and may be shown."""
    text = wanted.isoformat() if isinstance(wanted, dt.date) else repr(wanted)
    return text if len(text) <= _LONGEST_SHOWN else described(wanted)
