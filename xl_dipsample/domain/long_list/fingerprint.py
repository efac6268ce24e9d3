"""A short mark of a row's source cells: decisions find their row again by it when the list is imported anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed

LENGTH = 16
_BETWEEN = "\x1f"  # stands between two cells; no export holds it


def fingerprints(frame: pd.DataFrame, source_columns: Sequence[str]) -> pd.Series:
    """One mark of 16 hexadecimal figures per row of `frame`: equal for rows whose `source_columns` are equal, trimmed.

    Columns count by their names, in any order, so that an export with its columns moved keeps its marks.
    Returns a Series of str (dtype object) with the frame's index. Raises KeyError for a column that is not there.

    >>> rows = pd.DataFrame({"ID": ["12 ", 12, "012"]}, dtype=object)
    >>> marks = fingerprints(rows, ["ID"])
    >>> bool(marks[0] == marks[1]), bool(marks[0] == marks[2]), len(marks[0])
    (True, False, 16)
    """
    columns = sorted(source_columns)
    texts = [_texts(frame[column]) for column in columns]
    head = _BETWEEN.join(columns)
    marks = [_mark(head, row) for row in zip(*texts, strict=True)] if texts else [_mark(head, ())] * len(frame)
    return pd.Series(marks, index=frame.index, dtype=object)


def _texts(values: pd.Series) -> list[str]:
    """The trimmed text of every cell; each different value is looked at once."""
    codes, different = pd.factorize(values, use_na_sentinel=True)
    known = [trimmed(value) for value in different]
    known.append("")  # the code of a blank is -1: the last
    return [known[code] for code in codes]


def _mark(head: str, cells: tuple[str, ...]) -> str:
    text = head + _BETWEEN + _BETWEEN.join(cells)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
