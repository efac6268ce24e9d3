"""What the columns of a report hold, learned from rows that are as full as most: IDs' shapes, dates, words, numbers.

Everything is learned from at most two thousand rows, evenly spread, so that a long report costs no more than a
short one.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.shared.cell import BLANKS, folded, is_nothing, trimmed
from xl_dipsample.domain.shared.columns_read import AS_SEEN

Row = Sequence[object]
Fit = Literal["fits", "odd", "anything"]

_LEARNED_FROM = 1000  # rows
_OFTEN = 0.02  # of the IDs: what is rarer is one odd ID, not a shape
_MOSTLY = 0.6
_FEWEST_NUMBERED = 4  # columns
_FEWEST_ZEROS = 3  # cells
_SHORT = 4  # figures: an ID no longer than that may be a count
_FEW = 0.5
_MOST_DIGITS = 300  # of a number that a float can hold
_SHAPE = str.maketrans(
    dict.fromkeys(map(ord, string.digits), "9") | dict.fromkeys(map(ord, string.ascii_letters), "A") | AS_SEEN
)
_DATE = re.compile(r"\d{1,4}([/.\- ])(?:\d{1,2}|[A-Za-z]{3,9})\1\d{2,4}(?:[ T].*)?")
_NAME_FIELDS = ("name", "forename", "surname")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Columns:
    """`usual` is how many cells a row of this report has; `spread` the smallest and largest number of a column."""

    id: int | None
    shapes: frozenset[str]
    short_ids: bool  # figures alone, so few that a count looks like one
    names: tuple[int, ...]
    dates: frozenset[int]
    words: Mapping[int, frozenset[str]]
    spread: Mapping[int, tuple[float, float]]
    usual: int
    contact: int | None = None  # the column of contact dates

    def has_id(self, row: Row) -> bool:
        """Whether the row has an ID of the column's shape."""
        if self.id is None or self.id >= len(row):
            return False
        cell = row[self.id]
        return (cell.translate(_SHAPE) if type(cell) is str else shape(cell)) in self.shapes

    def with_ids(self, rows: Sequence[Row]) -> Iterator[bool]:
        """`has_id` for every row; this loop sees every row of a long list, so it asks as little as it can."""
        at, shapes = self.id, self.shapes
        if at is None:
            yield from (False for _ in rows)
            return
        lengths = sorted(len(one) for one in shapes if set(one) == {"9"})
        # numbers of more digits than a float has room for are told by their shape alone, as any other ID
        whole = bool(lengths) and lengths[-1] < _MOST_DIGITS and lengths[-1] - lengths[0] == len(lengths) - 1
        low, high = (10.0 ** (lengths[0] - 1), 10.0 ** lengths[-1]) if whole else (0.0, 0.0)
        for row in rows:
            cell = row[at] if at < len(row) else None
            if type(cell) is float or type(cell) is int:
                yield (low <= cell < high and cell % 1 == 0) or self.has_id(row)
            elif type(cell) is str:
                yield cell.translate(_SHAPE) in shapes
            else:
                yield self.has_id(row)

    def is_like_a_case(self, row: Row) -> bool:
        """Whether the row has an ID of the column's shape and a date where dates stand."""
        return self.has_id(row) and any(at < len(row) and is_date(row[at]) for at in self.dates)

    def has_contact(self, row: Row) -> bool:
        """Whether a date stands where contact dates stand: then the row is no note."""
        return self.contact is not None and self.contact < len(row) and is_date(row[self.contact])

    def fit(self, column: int, cell: object) -> Fit:
        """Whether a cell is one of those that its column holds; "anything" where the column holds all sorts."""
        if column in self.dates:
            return "fits" if is_date(cell) else "odd"
        if column in self.spread:
            low, high = self.spread[column]
            text = trimmed(cell)
            return "fits" if _NUMBER.fullmatch(text) and low <= float(text) <= high else "odd"
        if column in self.words:
            return "fits" if key(cell) in self.words[column] else "odd"
        return "anything"


def key(cell: object) -> str:
    """What two cells of a report are compared by."""
    return folded(trimmed(cell)).casefold()


def filled(row: Row) -> list[int]:
    """The columns of a row that hold something."""
    return [
        column
        for column, cell in enumerate(row)
        if cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip(BLANKS))
    ]


def shape(cell: object) -> str:
    """A cell with every figure as 9 and every letter as A.

    >>> shape("P-0123"), shape(4711.0)
    ('A-9999', '9999')
    """
    return trimmed(cell).translate(_SHAPE)


def is_date(cell: object) -> bool:
    """Whether a cell is a date, or text that is written as one."""
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and _DATE.fullmatch(cell.strip(BLANKS)) is not None


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, "(1)", "(2)", ..., as below the headings of a return.

    >>> numbers_columns(["(1)", "(2)", "(3)", "(4)"]), numbers_columns(["4", "5", "6", "7"])
    (True, False)
    """
    if len(texts) < _FEWEST_NUMBERED or texts[-1].strip("()[].") != str(len(texts)):
        return False
    return [text.strip("()[].") for text in texts] == [str(at) for at in range(1, len(texts) + 1)]


def is_of_zeros(cells: Sequence[object]) -> bool:
    """Whether these cells show what a formula shows that looks at an empty row: zeros, and nothing else.

    >>> is_of_zeros([0, 0.0, "0"]), is_of_zeros([0]), is_of_zeros([100200, 0])
    (True, False, False)
    """
    return len(cells) >= _FEWEST_ZEROS and all(_is_zero(cell) for cell in cells)


def _is_zero(cell: object) -> bool:
    if isinstance(cell, str):
        return cell.strip() == "0"
    if isinstance(cell, date):
        return is_nothing(cell)
    return isinstance(cell, int | float) and not isinstance(cell, bool) and cell == 0


def learn(rows: Sequence[Row], heading_words: Collection[str], match: Match) -> Columns:
    """What the columns of `rows` hold; `heading_words` are what a repeated heading may say."""
    sample = rows if len(rows) <= _LEARNED_FROM else rows[:: len(rows) // _LEARNED_FROM]
    places = [filled(row) for row in sample]
    counted = sorted(len(place) for place in places if place)
    high = counted[int(0.9 * (len(counted) - 1))] if counted else 0
    fuller = [number for number in counted if number >= _FEW * high]
    usual = fuller[len(fuller) // 2] if fuller else 0
    full = [
        row
        for row, place in zip(sample, places, strict=True)
        if len(place) >= max(1, _FEW * usual)
        and sum(key(row[at]) in heading_words for at in place) < _FEW * len(place)
        and not numbers_columns([key(row[at]) for at in place])
        and not is_of_zeros([row[at] for at in place])
    ]
    cells = _by_column(full)
    names = tuple(at for field in _NAME_FIELDS for at in match.taken.get(field, ()))
    ids = match.column("case_id")
    if ids is None:
        ids = _like_ids(cells, _dates(cells))
    shapes = _shapes(cells[ids]) if ids is not None and ids < len(cells) else frozenset()
    whole = _dates(cells)
    if shapes and ids is not None:  # a footer may be as full as a case: the rest is learned from rows with an ID
        cells = _by_column([row for row in full if ids < len(row) and shape(row[ids]) in shapes])
    contact = match.column("contact_date")  # where IDs stand in rows of their own, no row with an ID has a date
    width, of_dates = len(cells), _dates(cells) | (whole & {contact})
    others = [at for at in range(width) if at not in of_dates and at != ids and at not in names]
    spread = {at: found for at in others if (found := _spread(cells[at])) is not None}
    words = {at: said for at in others if at not in spread and (said := _words(cells[at])) is not None}
    short = bool(shapes) and all(len(one) <= _SHORT and set(one) == {"9"} for one in shapes)
    if short:
        shapes |= {"9" * length for length in range(1, max(map(len, shapes)) + 1)}
    return Columns(ids, shapes, short, names, of_dates, words, spread, usual, contact)


def _by_column(rows: Sequence[Row]) -> list[list[object]]:
    """What is filled in each column."""
    width = max(map(len, rows), default=0)
    return [[row[at] for row in rows if at < len(row) and not is_nothing(row[at])] for at in range(width)]


def _dates(cells: list[list[object]]) -> frozenset[int]:
    return frozenset(
        at for at, column in enumerate(cells) if column and sum(map(is_date, column)) >= _MOSTLY * len(column)
    )


def _shapes(cells: list[object]) -> frozenset[str]:
    """The shapes of a column of IDs: with a figure, without the blanks of a sentence, and none of them rare."""
    counted = Counter(shape(cell) for cell in cells)
    wanted = max(1.0, _OFTEN * len(cells))
    return frozenset(
        one for one, number in counted.items() if number >= wanted and "9" in one and " " not in one and ":" not in one
    )


def _like_ids(cells: list[list[object]], dates: Collection[int]) -> int | None:
    """Where nobody has said which column holds the IDs: one of few shapes with figures and many different cells."""
    most = max(map(len, cells), default=0)
    for at, column in enumerate(cells):
        if at in dates or len(column) < _MOSTLY * most or len(set(map(key, column))) < _FEW * len(column):
            continue
        common = Counter(map(shape, column)).most_common(3)
        if sum(n for one, n in common if "9" in one and " " not in one and len(one) > 1) >= 0.9 * len(column):
            return at
    return None


def _spread(cells: list[object]) -> tuple[float, float] | None:
    read = [float(text) for text in map(trimmed, cells) if len(text) < 12 and _NUMBER.fullmatch(text)]
    return (min(read), max(read)) if read and len(read) >= 0.9 * len(cells) else None


def _words(cells: list[object]) -> frozenset[str] | None:
    """The words that come again and again; None for a column in which most cells are said once."""
    counted = Counter(map(key, cells))
    again = frozenset(word for word, number in counted.items() if number > 1)
    return again if cells and sum(counted[word] for word in again) >= 0.7 * len(cells) else None
