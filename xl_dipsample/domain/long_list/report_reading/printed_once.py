"""What a report prints once for several rows below: a child in a row of its own, a date, a ditto mark.

Each is filled in only where the whole report is made so; a single row that lacks something is a row that lacks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_reading.report_columns import Row, is_date
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.dates import read_date

_OF_THE_CHILD = ("name", "forename", "surname", "date_of_birth", "birth_month")
_DITTO = frozenset({'"', "''", "\u201d", "\u3003", "do.", "ditto", '-"-', "-do-"})
_BLANK = (None, "")
_LONGEST_DITTO = 6  # characters, with a blank
_FEWEST_GROUPS = 2
_FEWEST_DATES = 5  # dates that are printed, and as many rows without one
_SHARE = 1 / 3  # of the rows: where fewer lack a date, it was left out in these rows


@dataclass(frozen=True)
class PrintedOnce:
    """`rows`: position -> the row as it is read. `further` got an ID from above, `dated` a date.

    `headers`: rows that name a child for the rows below, and are no cases.
    """

    rows: Mapping[int, list[object]] = field(default_factory=dict)
    further: tuple[int, ...] = ()
    dated: tuple[int, ...] = ()
    headers: tuple[int, ...] = ()


def printed_once(rows: Sequence[Row], match: Match) -> PrintedOnce:
    """What the rows take over from rows above them.

    >>> match = Match({"case_id": (0,), "name": (1,), "contact_date": (2,)}, {}, ())
    >>> rows = [["471", "Wu"], ["", "", "01/02/2024"], ["472", "Ali"], ["", "", "03/04/2024"]]
    >>> found = printed_once(rows, match)
    >>> found.rows, found.headers
    ({1: ['471', 'Wu', '01/02/2024'], 3: ['472', 'Ali', '03/04/2024']}, (0, 2))
    >>> printed_once([["471", "Wu", "01/02/2024"], ['"', '"', "03/04/2024"]], match).rows
    {1: ['471', 'Wu', '03/04/2024']}
    """
    at, dated = match.column("case_id"), match.column("contact_date")
    if at is None:
        return PrintedOnce()
    ditto = _ditto(rows, at)
    if ditto or dated is None or at == dated:
        return PrintedOnce(ditto, further=tuple(ditto))
    headed = _under_headers(rows, at, dated, [one for name in _OF_THE_CHILD for one in match.taken.get(name, ())])
    if headed.headers:
        return headed
    filled = _dates_above(rows, at, dated)
    return PrintedOnce(filled, dated=tuple(filled))


def merged_down(rows: Sequence[Row], merged: Sequence[tuple[int, int, int]]) -> dict[int, list[object]]:
    """Position -> the row with what a cell says that is merged downwards over it; `merged`: top, bottom, column.

    A row in which nothing else stands stays blank.

    >>> merged_down([["471", "NFA"], ["", "CIN"], ["", ""]], [(0, 2, 0)])
    {1: ['471', 'CIN']}
    """
    whole: dict[int, list[object]] = {}
    if not merged:
        return whole
    if sum(min(bottom, len(rows)) - max(top, 0) for top, bottom, _ in merged) > len(rows) * max(
        map(len, rows), default=0
    ):
        return whole  # cells of a sound sheet are merged once
    for top, bottom, column in merged:
        told = _cell(rows[top], column) if 0 <= top < len(rows) else None
        if not trimmed(told):
            continue
        for position in range(top + 1, min(bottom + 1, len(rows))):
            row = whole.get(position) or list(rows[position])
            if column < len(row) and not trimmed(row[column]) and any(map(trimmed, rows[position])):
                row[column] = told
                whole[position] = row
    return whole


def _cell(row: Row, at: int) -> object:
    return row[at] if at < len(row) else None


def _ditto(rows: Sequence[Row], at: int) -> dict[int, list[object]]:
    """A ditto mark in the column of IDs; each mark of that row stands for the cell above it."""
    whole: dict[int, list[object]] = {}
    for position, row in enumerate(rows):
        if not position or at >= len(row) or not _is_ditto(row[at]):
            continue
        above = whole.get(position - 1, rows[position - 1])
        if trimmed(_cell(above, at)):
            whole[position] = [_cell(above, one) if _is_ditto(cell) else cell for one, cell in enumerate(row)]
    return whole


def _is_ditto(cell: object) -> bool:
    return type(cell) is str and len(cell) <= _LONGEST_DITTO and cell.strip().casefold() in _DITTO


def _under_headers(rows: Sequence[Row], at: int, dated: int, child: Sequence[int]) -> PrintedOnce:
    """Each child in a row of its own, without a date; its contacts below it, without an ID."""
    header, fed = -1, set()
    whole: dict[int, list[object]] = {}
    for position, row in enumerate(rows):
        given, day = trimmed(_cell(row, at)), is_date(_cell(row, dated))
        if given and day:
            return PrintedOnce()
        if given and any(map(str.isdigit, given)) and not {" ", ":"} & set(given):
            header = position
        if given or not day:
            continue
        if header < 0 or any(trimmed(_cell(row, one)) for one in child):
            return PrintedOnce()
        above, width = rows[header], max(len(row), len(rows[header]))
        cells = [_cell(row, one) for one in range(width)]
        whole[position] = [cell if trimmed(cell) else _cell(above, one) for one, cell in enumerate(cells)]
        fed.add(header)
    if len(fed) < _FEWEST_GROUPS:
        return PrintedOnce()
    return PrintedOnce(whole, further=tuple(whole), headers=tuple(sorted(fed)))


def _dates_above(rows: Sequence[Row], at: int, dated: int) -> dict[int, list[object]]:
    """Rows in the order of their dates, each date printed once: what stands between two dates has the first."""
    if sum(_cell(row, dated) in _BLANK for row in rows) < max(_FEWEST_DATES, _SHARE / 2 * len(rows)):
        return {}
    cases = [position for position, row in enumerate(rows) if any(map(str.isdigit, trimmed(_cell(row, at))))]
    blank = [position for position in cases if not trimmed(_cell(rows[position], dated))]
    given = len(cases) - len(blank)
    if min(len(blank), given) < _FEWEST_DATES or len(blank) < _SHARE * len(cases) or cases[0] == blank[0]:
        return {}
    days: list[date] = []
    for position in cases:
        cell = _cell(rows[position], dated)
        if trimmed(cell):
            day = read_date(cell).first if is_date(cell) else None
            if day is None:
                return {}
            days.append(day)
    steps = {(one > other) - (one < other) for one, other in pairwise(days)}
    if steps not in ({1}, {-1}):
        return {}
    whole: dict[int, list[object]] = {}
    last: object = None
    for position in cases:
        row = rows[position]
        if trimmed(_cell(row, dated)):
            last = _cell(row, dated)
            continue
        width = max(len(row), dated + 1)
        whole[position] = [last if one == dated else _cell(row, one) for one in range(width)]
    return whole
