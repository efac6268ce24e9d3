"""Rows that go on with the row above: a child's further contacts, a type of harm alone, a text that was wrapped.

Reports that people read print a child's ID and name once and leave them blank in the rows below; cells merged over
several rows come out alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xl_dipsample.domain.long_list.harm_categories import known_label
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_reading.report_columns import Row, filled, is_date, key
from xl_dipsample.domain.shared.cell import trimmed

_BLANK = (None, "")
_OF_THE_CHILD = ("name", "forename", "surname", "date_of_birth", "birth_month", "gender", "ethnicity")
_WRAPPED = (",", ";")
_FEWEST = 3  # rows that say of the child what the case above says: fewer have lost their ID


@dataclass(frozen=True)
class Continued:
    """Position -> the row as it is read; `wrapped` of them ended a text of the row above and are blank now."""

    rows: dict[int, list[object]]
    alone: int
    wrapped: int


def continued_rows(rows: Sequence[Row], match: Match) -> Continued:
    """Rows with a known type of harm alone get what the case above says; a wrapped text goes back to its row.

    >>> match = Match({"case_id": (0,), "categories": (2,)}, {}, ())
    >>> continued_rows([["7", "01/02/2024", "11A"], ["", "", "13A"]], match).rows
    {1: ['7', '01/02/2024', '13A']}
    >>> continued_rows([["7", "01/02/2024", "11A,"], ["", "", "13A"]], match).rows
    {0: ['7', '01/02/2024', '11A, 13A'], 1: []}
    """
    at, harm = match.column("case_id"), set(match.taken.get("categories", ()))
    whole: dict[int, list[object]] = {}
    alone, last, wrapped = 0, -1, 0
    if at is None or at in harm:
        return Continued({}, 0, 0)
    for position, row in enumerate(rows):
        if not position or (at < len(row) and row[at] not in _BLANK):
            last = position
            continue
        places, above = filled(row), whole.get(last, rows[last])
        if not places:
            last = position
            continue
        if len(places) == 1 and _is_wrapped(above, at, places[0]):
            text = f"{trimmed(above[places[0]])} {trimmed(row[places[0]])}"
            whole[last] = [text if one == places[0] else cell for one, cell in enumerate(above)]
            whole[position] = []
            wrapped += 1
            continue
        last = position
        if set(places) <= harm and at < len(above) and trimmed(above[at]) and _are_known(row, places):
            own = {one: row[one] for one in places}
            whole[position] = [own.get(one, None if one in harm else cell) for one, cell in enumerate(above)]
            alone += 1
    return Continued(whole, alone, wrapped)


def further_rows(rows: Sequence[Row], kept: Sequence[int], match: Match) -> dict[int, list[object]]:
    """Position -> the row with the ID and name of the case above, where a dated row leaves them blank.

    The report must have columns about the child beside the ID, and this row leaves all of them blank: of a report with
    IDs and dates alone nobody can tell. Where several rows say the same of the child as the case above, none without
    an ID says anything else, and no ID stands in two rows running, the ID is printed once, too.

    >>> match = Match({"case_id": (0,), "name": (1,), "contact_date": (2,)}, {}, ())
    >>> further_rows([["7", "Wu", "01/02/2024"], ["", "", "03/04/2024"]], (0, 1), match)
    {1: ['7', 'Wu', '03/04/2024']}
    """
    at, dated = match.column("case_id"), match.column("contact_date")
    child = [column for field in _OF_THE_CHILD for column in match.taken.get(field, ())]
    whole: dict[int, list[object]] = {}
    if at is None or dated is None or not child:
        return whole
    without = [one for one in kept if at >= len(rows[one]) or rows[one][at] in _BLANK]
    repeats = _child_is_repeated(rows, kept, at, match, without) if without else False
    for before, position in pairwise(kept):
        row = rows[position]
        if (at < len(row) and row[at] not in _BLANK) or position != before + 1:
            continue
        above = whole.get(before, rows[before])
        if not (at < len(above) and trimmed(above[at]) and dated < len(row) and is_date(row[dated])):
            continue
        told = any(trimmed(_cell(above, column)) for column in child)
        if not told or (not repeats and any(trimmed(_cell(row, column)) for column in child)):
            continue
        width = max(len(row), len(above))
        blank = {one for one in child if not trimmed(_cell(row, one))} | {at}
        whole[position] = [_cell(above if one in blank else row, one) for one in range(width)]
    return whole


def _child_is_repeated(rows: Sequence[Row], kept: Sequence[int], at: int, match: Match, without: Sequence[int]) -> bool:
    """Whether each row without an ID says of the child what the case above says, and the report prints no ID again."""
    given = [key(rows[one][at]) for one in kept if at < len(rows[one]) and rows[one][at] not in _BLANK]
    if any(one == other for one, other in pairwise(given)):
        return False
    child = [[*match.taken.get(field, ())] for field in _OF_THE_CHILD]
    columns = [column for field in child for column in field]
    who = [column for field in child[: _OF_THE_CHILD.index("gender")] for column in field]
    same, kept_rows = 0, set(kept)
    for position in without:
        row, above = rows[position], rows[position - 1] if position - 1 in kept_rows else ()
        said = [one for one in columns if trimmed(_cell(row, one))]
        if not said:
            continue
        alike = {one for one in said if key(_cell(row, one)) == key(_cell(above, one))}
        is_whole = len(who) > 1 and alike.issuperset(who)
        if not is_whole and len(alike) < len(said):
            return False
        same += 1
    return same >= _FEWEST


def _cell(row: Row, at: int) -> object:
    return row[at] if at < len(row) else None


def _is_wrapped(above: Row, at: int, place: int) -> bool:
    if not (at < len(above) and trimmed(above[at]) and place < len(above)):
        return False
    text = above[place]
    return isinstance(text, str) and text.rstrip().endswith(_WRAPPED)


def _are_known(row: Row, places: Sequence[int]) -> bool:
    return all(known_label(trimmed(row[one])) is not None for one in places)
