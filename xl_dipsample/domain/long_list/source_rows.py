"""Which columns of the table LongList are the export's own, and what the export had."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed

CATEGORIES_FIELD = "categories"
_AS_EXPORTED = re.compile(r" \(export(?: \d+)?\)$")


def source_columns(long_list: pd.DataFrame, headings: pd.DataFrame, own: list[str]) -> list[str]:
    """The columns that hold the export's cells as written.

    `own` are the columns of the spec; a column that somebody added by hand is on neither list. A heading that
    clashed with one of ours stands there with " (export)" behind it.
    """
    taken = {str(heading).casefold() for heading in headings["Heading"]}
    extra = [column for column in long_list.columns if column not in own]
    if not taken:
        return extra
    as_exported = {column: _AS_EXPORTED.sub("", column) for column in extra}
    return [column for column in extra if {column.casefold(), as_exported[column].casefold()} & taken]


def has_harm_column(long_list: pd.DataFrame, headings: pd.DataFrame) -> bool:
    """Whether the export said anything about the type of harm, if only by an empty column.

    A report that is remembered and missing says nothing: its columns are not on the list.
    """
    if long_list["Type of harm"].notna().any():
        return True
    there = {_AS_EXPORTED.sub("", str(column)).casefold() for column in long_list.columns}
    pairs = zip(headings["Field"], headings["Heading"], strict=True)
    return any(field == CATEGORIES_FIELD and str(heading).casefold() in there for field, heading in pairs)


def column_of(long_list: pd.DataFrame, headings: pd.DataFrame, field: str) -> str | None:
    """The column of LongList that holds the export's cells for a field which has no column of ours, such as team."""
    for name, heading in zip(headings["Field"], headings["Heading"], strict=True):
        if name == field:
            for column in (f"{heading} (export)", str(heading)):
                if column in long_list.columns:
                    return column
    return None


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
