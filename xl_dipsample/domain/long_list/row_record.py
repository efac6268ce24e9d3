"""What was imported, kept in a few cells: each record's number, its case ID, and a mark of its cells as exported.

A long list of which rows were deleted, pasted or retyped by hand is noticed by it. The marks follow neither the order
of rows nor that of columns, and a value that is typed again as it was has the mark that it had. They belong into the
working workbook alone: a mark of words would confirm a name to whoever guesses it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import eq, is_
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.shared.cell import BLANKS, trimmed
from xl_dipsample.domain.shared.errors import WorkbookProblem

COLUMNS = ["Part", "Records", "Marks", "Case IDs"]
Marks = npt.NDArray[np.uint32]

_AT_ONCE = 1000  # records in one row of the table
_ROOM = 32_000  # characters that a cell surely holds
LONGEST_ID = 24  # a case ID is told to people, so its beginning will do
_MARK = np.dtype("<u4")
_NUMBER = np.dtype("<u4")
_HASH_KEY = "xl_dipsample row"  # 16 characters, as the hash wants them; another key would make every row a changed one
_LOOKED_AT = 20  # cells at the top of a column
_ONE_WAY = frozenset({str, int, date, type(None)})
_WHOLE = 1e15  # above that a float no longer holds every whole number
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)


@dataclass(frozen=True)
class Kept:
    """The rows that were imported, in the order of their records."""

    records: npt.NDArray[np.uint32]
    marks: Marks
    case_ids: list[str]

    def __len__(self) -> int:
        """How many rows were imported."""
        return len(self.records)


def marks(frame: pd.DataFrame, columns: Sequence[str]) -> Marks:
    """One mark for each row of `frame`, of its cells in `columns`: 32 bits, in whatever order the columns are given.

    >>> rows = pd.DataFrame({"ID": ["12 ", 12, "012"], "Sex": ["F", "F", "F"]}, dtype=object)
    >>> one, two, other = marks(rows, ["ID", "Sex"])
    >>> bool(one == two), bool(one == other), bool((marks(rows, ["Sex", "ID"]) == marks(rows, ["ID", "Sex"])).all())
    (True, False, True)
    """
    total = np.zeros(len(frame), dtype=np.uint64)
    for alike in _begin_alike(frame, columns):
        before: list[Any] = []
        for name in alike:
            column = frame[name].to_numpy(dtype=object)
            cells = column.tolist()
            if not (before and _are_equal(before, cells)):
                codes, worth = _worths(column)
                before = cells
            own = _hashes([name])[0] | np.uint64(1)  # each cell weighs by its column
            total += ((worth * own) ^ (worth >> _SHIFT))[codes] * _ODD
    return (total >> _SHIFT).astype(_MARK)


def _begin_alike(frame: pd.DataFrame, columns: Sequence[str]) -> list[list[str]]:
    """The columns in groups: of ours many repeat one of the export, and need no second look."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in columns:
        groups.setdefault(tuple(map(trimmed, frame[name].iloc[:_LOOKED_AT])), []).append(name)
    return list(groups.values())


def _are_equal(one: list[Any], other: list[Any]) -> bool:
    """Whether two columns have the same texts; False where equal values may be written in two ways."""
    if one and one[0] is other[0] and all(map(is_, one, other)):
        return True
    return one == other and set(map(type, one)) | set(map(type, other)) <= _ONE_WAY


def _worths(column: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint64]]:
    """What the different cells of a column weigh, and for each cell where its weight stands."""
    codes, different = pd.factorize(column)
    texts = _texts(different.tolist())
    worth = _hashes([*texts, ""])  # pandas numbers a blank -1: the last
    if "" in texts:
        worth[[at for at, text in enumerate(texts) if not text]] = 0
    worth[-1] = 0  # blank cells weigh nothing, so that a column of blanks changes no mark
    return codes, worth


def kept(frame: pd.DataFrame, columns: Sequence[str]) -> Kept:
    """What there is to keep of a long list that was just imported."""
    return Kept(
        np.array(frame["Record"].tolist(), dtype=_NUMBER),
        marks(frame, columns),
        [text[:LONGEST_ID] for text in map(trimmed, frame["Case ID"].to_numpy(dtype=object).tolist())],
    )


def packed(rows: Kept) -> pd.DataFrame:
    """The table ImportedRows: up to 1,000 records in a row.

    >>> rows = kept(pd.DataFrame({"Record": [1, 2], "Case ID": ["5001", None]}, dtype=object), [])
    >>> unpacked(packed(rows)).case_ids
    ['5001', '']
    """
    made: list[list[object]] = []
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        ids = json.dumps(rows.case_ids[part], ensure_ascii=False, separators=(",", ":"))
        if len(ids.encode("utf-16-le")) // 2 > _ROOM:  # IDs that are no such thing: the records will do
            ids = "[]"
        made.append([len(made) + 1, _as_text(rows.records[part]), _as_text(rows.marks[part]), ids])
    return pd.DataFrame(made, columns=COLUMNS, dtype=object)


def unpacked(table: pd.DataFrame) -> Kept | None:
    """What the table ImportedRows holds; None when it is empty, as in a workbook of an earlier version.

    Raises WorkbookProblem when somebody changed it.
    """
    if table.empty:
        return None
    try:
        records = [_as_numbers(cell) for cell in table["Records"]]
        found = [_as_numbers(cell) for cell in table["Marks"]]
        ids = [json.loads(cell) or [""] * len(part) for cell, part in zip(table["Case IDs"], records, strict=True)]
        whole = Kept(np.concatenate(records), np.concatenate(found), [str(one) for part in ids for one in part])
        if not len(whole.records) == len(whole.marks) == len(whole.case_ids):
            raise ValueError
    except (ValueError, TypeError) as error:
        raise WorkbookProblem(
            "row-record-changed",
            "On Lists, somebody changed what the tool remembers of the imported rows, so nobody can tell whether rows "
            "are missing: import the list again, or use an earlier copy.",
        ) from error
    return whole


def _as_text(numbers: npt.NDArray[np.uint32]) -> str:
    return base64.b64encode(numbers.astype(_NUMBER).tobytes()).decode("ascii")


def _as_numbers(cell: object) -> npt.NDArray[np.uint32]:
    return np.frombuffer(base64.b64decode(str(cell), validate=True), dtype=_NUMBER)


def _texts(cells: Sequence[Any]) -> list[str]:
    """The cells' texts; line ends count as one kind, since a workbook keeps only one."""
    kinds = set(map(type, cells))
    if kinds in ({int}, {date}):
        return list(map(str, cells))
    if kinds == {float}:
        figures = np.array(cells)
        if (np.trunc(figures) == figures).all() and (np.abs(figures) < _WHOLE).all() and figures.all():
            return list(map(str, figures.astype(np.int64).tolist()))
    if kinds == {str} and _are_plain(cells):
        return list(cells)
    texts = [cell.strip(BLANKS) for cell in cells] if kinds == {str} else [trimmed(cell) for cell in cells]
    if str in kinds and "\r" in "".join(texts):
        return [text.replace("\r\n", "\n").replace("\r", "\n").strip(BLANKS) for text in texts]
    return texts


def _are_plain(texts: Sequence[str]) -> bool:
    r"""Whether texts have no blanks at their ends and no line ends: `str.strip` takes every blank but two.

    >>> _are_plain(["a b", "c"]), _are_plain(["a "]), _are_plain(["a\u200b"])
    (True, False, False)
    """
    joined = "".join(texts)
    no_width = not joined.isascii() and ("\u200b" in joined or "\ufeff" in joined)
    return "\r" not in joined and not no_width and all(map(eq, texts, map(str.strip, texts)))


def _hashes(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """A number for each text, the same on every computer and in every version (a test holds it to that)."""
    try:
        found: npt.NDArray[np.uint64] = _hashed(texts)
    except UnicodeEncodeError:  # half a character, as a broken export has it
        found = _hashed([text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for text in texts])
    return found


def _hashed(texts: Sequence[str]) -> Any:
    return pd.util.hash_array(np.array(texts, dtype=object), hash_key=_HASH_KEY, categorize=False)
