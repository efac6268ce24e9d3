"""Cells that do not stand under their headings: a comma inside a cell parted it, or the headings stand one column off.

They are put back only where the cells themselves leave one way to do so; otherwise the rows are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xl_dipsample.domain.long_list.column_evidence import MOST_LOOKED_AT, supports
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_reading.report_columns import Columns, Row, filled, learn
from xl_dipsample.domain.shared.cell import trimmed

_MOST = 0.6  # of the rows: the whole list has moved
_FEWEST = 3  # rows from which anything can be learned
_PLAIN = ("case_id", "date_of_birth", "contact_date", "end_date")  # nothing else looks like these


@dataclass(frozen=True)
class MovedCells:
    """`rows`: position -> the row with its cells under their headings; `headings`: the new ones where these have moved.

    `put_right` and `unsure` are positions: rows that were put right, and rows of which nobody can tell how; `whole`:
    that is the list as a whole.
    """

    rows: Mapping[int, list[object]] = field(default_factory=dict)
    headings: tuple[object, ...] | None = None
    put_right: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()
    whole: bool = False


def moved_cells(rows: Sequence[Row], headings: Sequence[object], match: Match) -> MovedCells:
    """What has moved; `match` is what the headings alone say.

    >>> from xl_dipsample.domain.long_list.headings import match
    >>> headings = ["Case ID", "Name", "DOB"]
    >>> rows = [["4711", "Page", "Ann", "01/02/2010"], ["4712", "Wu", "Bo", "13/02/2011"], ["4713", "Ali", "Cy", ""]]
    >>> moved_cells(rows, headings, match(headings, {}, {})).rows[0]
    ['4711', 'Page, Ann', '01/02/2010']
    """
    last = max((at for at, heading in enumerate(headings) if trimmed(heading)), default=-1)
    if last < 0 or max(map(len, rows), default=0) <= last:
        return MovedCells()
    if _are_left_of_cells(rows, headings):
        return MovedCells(headings=("", *headings), put_right=tuple(range(len(rows))), whole=True)
    beyond = [at for at, row in enumerate(rows) if len(row) > last + 1 and any(map(trimmed, row[last + 1 :]))]
    if beyond:
        full = sum(1 for row in rows if 2 * len(filled(row)) > last)
        if full >= _FEWEST and len(beyond) >= _MOST * full:
            return _whole_list(rows, headings, match, beyond, last)
        return _some_rows(rows, match, beyond, last)
    return _one_to_the_right(rows, headings, match, last)


def _are_left_of_cells(rows: Sequence[Row], headings: Sequence[object]) -> bool:
    """Whether each heading stands above an empty column, and cells without a heading stand right of each."""
    given = {at for at, heading in enumerate(headings) if trimmed(heading)}
    if len(given) < _FEWEST or any(at + 1 in given for at in given):
        return False
    used: set[int] = set()
    for row in rows:
        used.update(filled(row))
        if used & given:
            return False
    return len(used & {at + 1 for at in given}) >= _MOST * len(given)


def _whole_list(
    rows: Sequence[Row], headings: Sequence[object], match: Match, beyond: list[int], last: int
) -> MovedCells:
    """Every row has a cell more: headings one column left of their cells, or a comma in the cells of one column."""
    by = _fields(match)
    those = [rows[at] for at in beyond if filled(rows[at])[-1] == last + 1]
    if not _misfits(by, those):
        return MovedCells()
    sample = those[:MOST_LOOKED_AT]
    if _is_right(by, sample, 1):
        return MovedCells(headings=("", *headings), put_right=tuple(beyond), whole=True)
    ways = [way for way in range(last + 1) if _is_right(by, [_joined(row, way, 1) for row in sample], 0)]
    ways = [way for way in ways if all(_after_a_blank([way], row, 1) for row in sample)] or ways
    if not _is_one_way(ways, by.values()):
        return MovedCells(unsure=tuple(beyond), whole=True)
    columns = learn([_joined(row, ways[0], 1) for row in those], (), match)
    right = {at: _joined(rows[at], ways[0], 1) for at in beyond if filled(rows[at])[-1] == last + 1}
    unsure = [at for at in beyond if at not in right]
    longer = set(beyond)
    for at, row in enumerate(rows):
        if at not in longer and columns.has_id(row) and _odd(columns, row, last).sure:
            joined = _joined(row, ways[0], 1)
            if _odd(columns, joined, last).sure:
                unsure.append(at)
            else:
                right[at] = joined
    return MovedCells(right, put_right=tuple(sorted(right)), unsure=tuple(sorted(unsure)), whole=True)


def _one_to_the_right(rows: Sequence[Row], headings: Sequence[object], match: Match, last: int) -> MovedCells:
    """The first heading stands one column right of its cells, and so do all others."""
    if trimmed(headings[0]) or not any(row and trimmed(row[0]) for row in rows[:_FEWEST]):
        return MovedCells()
    by = _fields(match)
    if any(last < len(row) and trimmed(row[last]) for row in rows) or not _misfits(by, rows):
        return MovedCells()
    if not _is_right(by, rows, -1):
        return MovedCells()
    return MovedCells(headings=(*headings[1:], ""), put_right=tuple(range(len(rows))), whole=True)


def _some_rows(rows: Sequence[Row], match: Match, beyond: list[int], last: int) -> MovedCells:
    """Single rows have a cell more: the other rows show what each column holds."""
    longer = set(beyond)
    columns = learn([row for at, row in enumerate(rows) if at not in longer], (), match)
    known = {*_fields(match).values(), *columns.dates, *columns.words}
    right: dict[int, list[object]] = {}
    unsure = []
    for at in beyond:
        row = rows[at]
        if not any(map(trimmed, row[: last + 1])):
            continue  # something beside the list
        more = filled(row)[-1] - last
        now = _odd(columns, row, last)
        if not now.sure:
            continue
        then = {way: _odd(columns, _joined(row, way, more), last) for way in range(last + 1)}
        fewest = min(one.all for one in then.values())
        ways = [way for way, one in then.items() if one.all == fewest and not one.sure]
        ways = _after_a_blank(ways, row, more) or ways
        if _is_one_way(ways, known):
            right[at] = _joined(row, ways[0], more)
        else:
            unsure.append(at)
    return MovedCells(right, put_right=tuple(right), unsure=tuple(unsure))


def _after_a_blank(ways: Sequence[int], row: Row, more: int) -> list[int]:
    """Those by which a blank follows each comma, as people write it and no program does between two cells."""
    return [way for way in ways if all(str(row[at]).startswith(" ") for at in range(way + 1, way + more + 1))]


class _Odd(NamedTuple):
    """How many cells are not what their columns hold; `sure`: of IDs and dates, which nothing else looks like."""

    sure: int
    all: int


def _odd(columns: Columns, row: Row, last: int) -> _Odd:
    places = [at for at in filled(row) if at <= last and at != columns.id]
    odd = [at for at in places if columns.fit(at, row[at]) == "odd"]
    no_id = columns.id is not None and not columns.has_id(row)
    return _Odd(no_id + sum(at in columns.dates for at in odd), no_id + len(odd))


def _joined(row: Row, at: int, more: int) -> list[object]:
    """The row with the cells that a comma parted in one again."""
    parts = [text for text in map(trimmed, row[at : at + more + 1]) if text]
    return [*row[:at], ", ".join(parts), *row[at + more + 1 :]]


def _fields(match: Match) -> dict[str, int]:
    return {name: columns[0] for name, columns in match.taken.items()}


def _misfits(by: Mapping[str, int], rows: Sequence[Row]) -> bool:
    return any(supports(name, rows, column) is False for name, column in by.items())


def _is_right(by: Mapping[str, int], rows: Sequence[Row], shift: int) -> bool:
    """Whether every column holds what its heading says, and some that nothing else looks like."""
    found = {name: supports(name, rows, column + shift) for name, column in by.items()}
    sure = [name for name in _PLAIN if found.get(name)]
    return False not in found.values() and len(sure) > 1


def _is_one_way(ways: Sequence[int], known: Iterable[int]) -> bool:
    """Whether all ways put the same cells under the columns that anybody looks at."""
    if len(ways) < 2:
        return bool(ways)
    held = set(known)
    return list(ways) == list(range(ways[0], ways[-1] + 1)) and not any(way in held for way in ways)
