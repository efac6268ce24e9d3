"""Types of harm of a report with one row per factor, on the contacts that they belong to.

A factor belongs to the contact of its case with the same contact date, or the same end date. Otherwise an assessment
belongs to the last contact before it; where two assessments lie between two contacts, nobody can tell which is meant.
A factor without a date, or of a case with one contact, has the case alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.long_list.own_columns import Objects, objects
from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.domain.shared.columns_read import parse_dates

_BETWEEN = "; "


@dataclass(frozen=True)
class Dated:
    """The rows of one report: IDs, and contact and end dates as whole days, -1 where there is none."""

    ids: list[str | None]
    contact: list[int]
    end: list[int]


@dataclass(frozen=True)
class HarmOfContacts:
    """For each row of the long list its types of harm, joined by "; ", and whether nobody can tell them.

    `by_date`, `by_order` and `by_case` say how many rows of the long list were found in which way; `placeless` are the
    rows of the report, by position, that lie before every contact of their case.
    """

    values: Objects
    unsure: npt.NDArray[np.bool_]
    by_date: int
    by_order: int
    by_case: int
    placeless: tuple[int, ...]


def dated(frame: pd.DataFrame, ids: pd.Series) -> Dated:
    """What is needed of a report with our columns Contact date and End date."""
    return Dated(list(ids), _days(frame["Contact date"]), _days(frame["End date"]))


def union(texts: Iterable[str]) -> str:
    """Several lists of types of harm as one, each label once.

    >>> union(["11A; 16A", "16A"])
    '11A; 16A'
    """
    return _BETWEEN.join(dict.fromkeys(label for text in texts for label in text.split(_BETWEEN)))


def harm_of_contacts(contacts: Dated, factors: Dated, labels: pd.Series) -> HarmOfContacts:
    """Place the types of harm `labels` of the rows `factors` upon the rows `contacts`.

    >>> contacts = Dated(["7", "7"], [10, 90], [-1, -1])
    >>> factors = Dated(["7", "7", "7"], [30, 30, 95], [-1, -1, -1])
    >>> harm_of_contacts(contacts, factors, pd.Series(["11A", "13A", "16A"])).values.tolist()
    ['11A; 13A', '16A']
    """
    of_case: dict[str, list[int]] = {}
    for at, (one, label) in enumerate(zip(factors.ids, labels, strict=True)):
        if one is not None and not is_nothing(label):
            of_case.setdefault(one, []).append(at)
    days = _contact_days(contacts, of_case)
    texts = [None if is_nothing(label) else trimmed(label) for label in labels]
    values: list[str | None] = []
    unsure = np.zeros(len(contacts.ids), dtype=bool)
    ways = dict.fromkeys(("date", "order", "case"), 0)
    for at, one in enumerate(contacts.ids):
        rows = of_case.get(one, []) if one is not None else []
        found, way = _of_contact(contacts, at, factors, rows, days.get(one or "", ())) if rows else ([], "")
        unsure[at] = way == "unsure"
        if found and way in ways:
            ways[way] += 1
        values.append(union(text for row in found if (text := texts[row])) or None)
    return HarmOfContacts(
        objects(values), unsure, ways["date"], ways["order"], ways["case"], _early(factors, of_case, days)
    )


def _of_contact(
    contacts: Dated, at: int, factors: Dated, rows: list[int], days: tuple[int, ...]
) -> tuple[list[int], str]:
    """The rows of the report that belong to one contact, and how that is known."""
    contact, end = contacts.contact[at], contacts.end[at]
    undated = [row for row in rows if _day(factors, row) < 0]
    same = [row for row in rows if contact >= 0 and factors.contact[row] == contact]
    same = same or [row for row in rows if end >= 0 and factors.end[row] == end]
    if same:
        return [*same, *undated], "case" if undated else "date"
    with_date = {row: day for row in rows if (day := _day(factors, row)) >= 0}
    if not with_date or contact < 0:
        return rows, "case"
    if len(days) == 1:
        return (rows, "case") if len(set(with_date.values())) == 1 else (undated, "unsure")
    place = days.index(contact)
    after = days[place + 1] if place + 1 < len(days) else None
    mine = [row for row, day in with_date.items() if contact <= day and (after is None or day < after)]
    if len({with_date[row] for row in mine}) > 1:
        return undated, "unsure"
    return [*mine, *undated], "case" if undated else "order"


def _day(rows: Dated, at: int) -> int:
    return rows.contact[at] if rows.contact[at] >= 0 else rows.end[at]


def _contact_days(contacts: Dated, wanted: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    """The different contact dates of every case on the long list, in order."""
    days: dict[str, set[int]] = {}
    for one, day in zip(contacts.ids, contacts.contact, strict=True):
        if one is not None and day >= 0 and one in wanted:
            days.setdefault(one, set()).add(day)
    return {one: tuple(sorted(of_case)) for one, of_case in days.items()}


def _early(factors: Dated, of_case: dict[str, list[int]], days: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The rows of the report that lie before every contact of a case with several."""
    early = [
        row
        for one, rows in of_case.items()
        if len(days.get(one, ())) > 1
        for row in rows
        if _day(factors, row) >= 0 and bisect_right(days[one], _day(factors, row)) == 0
    ]
    return tuple(sorted(early))


def _days(values: pd.Series) -> list[int]:
    read = parse_dates(values)
    day = read["first"].where(read["state"] == "day")
    known = day.notna().to_numpy()
    whole = day.to_numpy(dtype="datetime64[D]").astype(np.int64)
    # days before 1970 are below 0: everything is counted from the year 1
    return np.where(known, whole + 719_162, -1).tolist()  # type: ignore[no-any-return]
