"""Whether Review's texts are as long as when they were checked: a native formula, and the same rule in Python.

The formula sees a row that came, left or got longer or shorter, as people type and on a computer without us. It does
not see an edit of equal length: the mark beside the length does, which only an action can compare.
"""

from __future__ import annotations

import hashlib

import pandas as pd

from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts.layout import Book
from xl_dipsample.workbook.specs import columns, formulas, spec

TABLE = "TextLengths"
_UNIQUE_ID, LENGTH, _MARK = "Unique ID", "Text length", "Text mark"
_MARK_LENGTH = 16
# Marks and IDs of our own have letters alone: ten figures in a row may look like an NHS number or a phone.
LETTERS_FOR_FIGURES = str.maketrans("0123456789", "ghjkmnpqrs")


def formula(book: Book) -> str:
    """A condition: every row of Review has the length that was stored for its unique ID, and no row left."""
    lengths = "+".join(_length_formula(*one) for one in _groups(book.tables["Questions"]))
    stored = f"SUMIF({TABLE}[{_UNIQUE_ID}],Review[{_UNIQUE_ID}],{TABLE}[{LENGTH}])"
    same_rows = f"ROWS(Review[{_UNIQUE_ID}])=ROWS({TABLE}[{_UNIQUE_ID}])"
    return f"IFERROR(AND({same_rows},SUMPRODUCT(--({lengths}<>{stored}))=0),FALSE)"


def _length_formula(first: str, last: str) -> str:
    """The length of the texts in neighbouring columns, for every row; numbers and dates have none."""
    if first == last:
        texts = formulas.column(first)
        return f"ISTEXT({texts})*LEN({texts})"
    texts = formulas.columns_between(first, last)
    one_each = f"(ROW(INDEX($A:$A,1):INDEX($A:$A,COLUMNS({texts})))^0)"
    return f"MMULT(ISTEXT({texts})*LEN({texts}),{one_each})"


def same(book: Book) -> bool:
    """What the formula gives."""
    stored = book.tables[TABLE]
    review = book.tables["Review"]
    if max(1, len(stored)) != max(1, len(review)):
        return False
    totals: dict[str, int] = {}
    for unique_id, length in zip(stored[_UNIQUE_ID], stored[LENGTH], strict=True):
        key = str(unique_id or "").casefold()  # SUMIF compares without regard to case
        totals[key] = totals.get(key, 0) + (int(length) if isinstance(length, (int, float)) else 0)
    now = table(review, book.tables["Questions"], "")
    ids = [str(one or "").casefold() for one in now[_UNIQUE_ID]]
    return all(totals.get(key, 0) == length for key, length in zip(ids, now[LENGTH], strict=True))


def changed_since(review: pd.DataFrame, questions: pd.DataFrame, stored: pd.DataFrame, salt: str) -> bool:
    """Whether any text of Review is another than when the table TextLengths was written, of equal length or not."""
    return sorted(_rows(table(review, questions, salt))) != sorted(_rows(stored))


def same_rows(now: pd.DataFrame, stored: pd.DataFrame) -> frozenset[str]:
    """The unique IDs whose rows all have the mark that was stored for them; both frames as `table` makes them."""
    marks = {str(one or ""): str(mark or "") for one, mark in zip(stored[_UNIQUE_ID], stored[_MARK], strict=True)}
    rows = [(str(one or ""), mark) for one, mark in zip(now[_UNIQUE_ID], now[_MARK], strict=True)]
    return frozenset(one for one, _ in rows if one) - {one for one, mark in rows if marks.get(one) != mark}


def table(review: pd.DataFrame, questions: pd.DataFrame, salt: str) -> pd.DataFrame:
    """What is stored when a check found nothing: TextLengths, one row for each row of Review.

    `salt`: the sample and when it was checked, so that equal texts of two checks have different marks.
    """
    headings = list(review.columns)
    chosen: list[str] = []
    for first, last in _groups(questions):
        if first in headings and last in headings:
            chosen += headings[headings.index(first) : headings.index(last) + 1]
    rows = list(zip(*(review[heading].tolist() for heading in chosen), strict=True))
    return pd.DataFrame(
        {
            _UNIQUE_ID: review[_UNIQUE_ID].tolist(),
            LENGTH: [sum(_length(cell) for cell in row) for row in rows],
            _MARK: [_mark(row, salt) for row in rows],
        },
        dtype=object,
    )


def _length(cell: CellValue) -> int:
    """What LEN gives: characters beyond the first 65,536 count as two."""
    return len(cell.encode("utf-16-le")) // 2 if isinstance(cell, str) else 0


def _mark(row: tuple[CellValue, ...], salt: str) -> str:
    texts = "\x1f".join("" if cell is None else str(cell) for cell in row)
    mark = hashlib.sha256(f"{salt}\x1e{texts}".encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]
    return mark.translate(LETTERS_FOR_FIGURES)


def _rows(frame: pd.DataFrame) -> list[tuple[str, int, str]]:
    shown = zip(frame[_UNIQUE_ID], frame[LENGTH], frame[_MARK], strict=True)
    return [(str(one or ""), int(length or 0), str(mark or "")) for one, length, mark in shown]


def _groups(questions: pd.DataFrame) -> list[tuple[str, str]]:
    """First and last of neighbouring columns that a release copy takes and no formula fills; questions one by one."""
    groups: list[tuple[str, str]] = []
    first = last = ""
    for column in spec.table("review", "Review").columns:
        taken = column.share and not column.formula
        if first and not taken:
            groups.append((first, last))
            first = ""
        elif taken:
            first, last = first or column.heading, column.heading
    if first:
        groups.append((first, last))
    ours = {column.heading for column in spec.table("review", "Review").columns}
    return groups + [(one.heading, one.heading) for one in columns.questions(questions) if one.heading not in ours]
