"""Rows that go on with the case above: only a type of harm stands in them, as where cells were merged for one case."""

from __future__ import annotations

from collections.abc import Sequence

from xl_dipsample.domain.long_list.harm_categories import known_label
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_columns import Row, filled
from xl_dipsample.domain.shared.cell import trimmed

_BLANK = (None, "")


def continued_rows(rows: Sequence[Row], match: Match) -> dict[int, list[object]]:
    """Position -> the row with what its case above says in every other column. Only known types of harm go on.

    >>> rows = [["7", "01/02/2024", "11A"], ["", "", "13A"]]
    >>> continued_rows(rows, Match({"case_id": (0,), "categories": (2,)}, {}, ()))
    {1: ['7', '01/02/2024', '13A']}
    """
    at, harm = match.column("case_id"), set(match.taken.get("categories", ()))
    if at is None or not harm or at in harm:
        return {}
    whole: dict[int, list[object]] = {}
    for position, row in enumerate(rows):
        if not position or (at < len(row) and row[at] not in _BLANK):
            continue
        above = whole.get(position - 1, rows[position - 1])
        places = filled(row)
        if places and set(places) <= harm and at < len(above) and trimmed(above[at]) and _are_known(row, places):
            own = {one: row[one] for one in places}
            whole[position] = [own.get(one, None if one in harm else cell) for one, cell in enumerate(above)]
    return whole


def _are_known(row: Row, places: Sequence[int]) -> bool:
    return all(known_label(trimmed(row[one])) is not None for one in places)
