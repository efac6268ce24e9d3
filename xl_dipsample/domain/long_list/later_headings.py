"""Rows of headings further down or further right: the same list in another order of its columns, or another list.

A page break repeats the headings where they stand; nothing is done about those. Where they come back in another
order, the rows below them are moved under the first headings. What cannot be moved is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xl_dipsample.domain.long_list.heading_fields import is_known
from xl_dipsample.domain.long_list.headings import Match, match
from xl_dipsample.domain.long_list.report_reading.report_columns import Columns, Row, filled, is_date, key, learn
from xl_dipsample.domain.shared.cell import trimmed

_FEWEST = 3  # headings: a small table of codes or numbers has two
_MOST_OF_THEM = 0.6
_NO_HEADINGS = re.compile(r"\d{4}|\d[/.-]\d")
_NEEDED = ("case_id", "contact_date")
_LONGEST = 60  # characters


@dataclass(frozen=True)
class LaterHeadings:
    """`rows` and `headings` as they are read; positions among `rows`: `moved` and `another` are rows of headings.

    `beside`: the column where the same headings begin once more, further right.
    """

    headings: tuple[object, ...]
    rows: list[list[object]]
    moved: tuple[int, ...] = ()
    another: tuple[int, ...] = ()
    beside: int | None = None


def later_headings(
    rows: Sequence[list[object]], headings: Sequence[object], above: Sequence[Row], also_known: Iterable[str] = ()
) -> LaterHeadings:
    """What stands below the first headings, each row under its own. `above` are the rows before, headings included.

    >>> rows = [[1, "Wu", "2/3/2010"], ["Name", "Case ID", "DOB"], ["Page", 2, "3/4/2011"]]
    >>> later_headings(rows, ["Case ID", "Name", "DOB"], [["Case ID", "Name", "DOB"]]).rows[2]
    [2, 'Page', '3/4/2011']
    """
    beside = _beside(rows, above[-1] if above else headings)
    found = [at for at, row in enumerate(rows) if _may_be_headings(row)]
    reader = _Reader(headings, above, frozenset(map(key, also_known)))
    starts = [(at, reader.kind(rows[at])) for at in found]
    starts = [(at, kind) for at, kind in starts if kind != "none"]
    if all(kind == "same" for _, kind in starts):
        return LaterHeadings(tuple(headings), list(rows), beside=beside)
    new, moved, another = [*rows], [], []
    first = rows[: next(at for at, kind in starts if kind != "same")]
    columns = learn(first, set(map(key, headings)), Match({}, {}, ()))
    ends = [at for at, _ in starts[1:]] + [len(rows)]
    for (at, kind), end in zip(starts, ends, strict=True):
        to = reader.placed(rows[at]) if kind == "moved" else None
        if to is not None and _fits_better(columns, rows[at + 1 : end], to):
            wide = len(reader.headings)
            for one in range(at, end):
                new[one] = _moved(rows[one], to, wide)
            new[at] = [heading if column in to.values() else "" for column, heading in enumerate(reader.headings)]
            moved.append(at)
        elif kind == "other" or (to is None and kind == "moved"):
            another.append(at)
    wide = len(reader.headings)
    if wide > len(headings):
        new = [row if len(row) >= wide else [*row, *[""] * (wide - len(row))] for row in new]
    return LaterHeadings(tuple(reader.headings), new, tuple(moved), tuple(another), beside)


class _Reader:
    """Compares a row with the headings; `headings` grow by those that a later row has and the first has not."""

    def __init__(self, headings: Sequence[object], above: Sequence[Row], also_known: frozenset[str]) -> None:
        self.headings = list(headings)
        self.words = {key(cell) for cell in headings} - {""}
        self.above = above[-2:]
        self.also_known = also_known
        self.taken = match([trimmed(one) for one in headings], {}, {})

    def kind(self, row: Row) -> str:
        """Whether a row has the headings where they stand, has them elsewhere, has others, or is none."""
        places = filled(row)
        own = [at for at in places if self._stands(key(row[at]), at)]
        if len(own) >= _MOST_OF_THEM * len(places) and not self._is_elsewhere(row, places):
            return "same"
        shared = sum(key(row[at]) in self.words for at in places)
        known = sum(key(row[at]) in self.words or self._is_known(row[at]) for at in places)
        if len(places) < _FEWEST or known < max(_FEWEST, _MOST_OF_THEM * len(places)):
            return "none"
        return "moved" if shared >= 1 else "other"

    def _stands(self, word: str, at: int) -> bool:
        rows = [self.headings, *self.above]
        return any(at < len(row) and key(row[at]) == word for row in rows)

    def _is_elsewhere(self, row: Row, places: Sequence[int]) -> bool:
        return any(key(row[at]) in self.words and not self._stands(key(row[at]), at) for at in places)

    def _is_known(self, cell: object) -> bool:
        return is_known(cell) or key(cell) in self.also_known

    def placed(self, row: Row) -> dict[int, int] | None:
        """The row's column -> the column of the first headings; None when nothing tells where the IDs are."""
        own = match([trimmed(cell) for cell in row], {}, {})
        to: dict[int, int] = {}
        for at in filled(row):
            alike = [one for one, cell in enumerate(self.headings) if key(cell) == key(row[at])]
            free = [one for one in alike if one not in to.values()]
            field = own.field_of(at)
            column = self.taken.column(field) if field and field != "categories" else None
            if free:
                to[at] = free[0]
            elif column is not None and column not in to.values() and key(self.headings[column]) not in map(key, row):
                to[at] = column
            else:
                self.headings.append(row[at])
                to[at] = len(self.headings) - 1
        for field in _NEEDED:
            column = self.taken.column(field)
            if column is not None and column not in to.values():
                return None
        return to


def _may_be_headings(row: Row) -> bool:
    """Whether a row is of words alone, at least two: looked at for every row of a long list, so it asks little."""
    words = []
    for cell in row:
        if cell is None or cell == "":
            continue
        if type(cell) is not str:
            return False
        words.append(cell)
    if len(words) < _FEWEST or _NO_HEADINGS.search(" ".join(words)):
        return False
    return max(map(len, words)) <= _LONGEST and not any(map(is_date, words))


def _moved(row: Row, to: dict[int, int], width: int) -> list[object]:
    new: list[object] = [""] * max(width, len(row))
    rest = []
    for at in filled(row):
        if at in to:
            new[to[at]] = row[at]
        else:
            rest.append(at)
    for at in rest:  # a column without a heading: where it stood, or behind all others
        if new[at] == "":
            new[at] = row[at]
        else:
            new.append(row[at])
    return new


def _fits_better(columns: Columns, rows: Sequence[Row], to: dict[int, int]) -> bool:
    """Whether the rows are as their columns hold after they were moved; headings alone may have slipped."""
    width = max(to.values()) + 1

    def fit(moved: Sequence[Row]) -> int:
        dated = sum(at < len(row) and is_date(row[at]) for row in moved for at in columns.dates)
        return sum(columns.with_ids(moved)) + dated

    return fit([_moved(row, to, width) for row in rows]) >= fit(rows)


def _beside(rows: Sequence[Row], lower: Row) -> int | None:
    """Where the headings begin once more to the right, with other rows below: two lists stand side by side."""
    keys = [key(cell) for cell in lower]
    first = next((at for at, word in enumerate(keys) if word), None)
    if first is None or keys.count(keys[first]) != 2:
        return None
    second = keys.index(keys[first], first + 1)
    if keys[second - 1]:
        return None  # a blank column parts two lists; without one they are columns about two people
    counted = Counter(keys[first:second]) & Counter(keys[second:])
    if sum(number for word, number in counted.items() if word) < _FEWEST or second - first < _FEWEST:
        return None
    differ = sum(
        1 for row in rows if second < len(row) and trimmed(row[second]) and key(row[second]) != key(row[first])
    )
    return second if differ else None
