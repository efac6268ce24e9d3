"""Which of an export's columns is taken for which field, and which headings wait for the lead.

What is sure is taken; a wrong taking is worse than a question. A column is sure when its heading can stand for one
field alone, nothing else on the report could be that field as well, and its cells do not say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from xl_dipsample.domain.long_list.column_evidence import are_surnames_first, supports
from xl_dipsample.domain.long_list.heading_fields import Candidate, candidates
from xl_dipsample.domain.long_list.heading_words import classes
from xl_dipsample.domain.shared.cell import trimmed

# Fields that say when, or what came of it: of a contact, of a referral, of an assessment. Two of them are two things.
_OF_AN_EVENT = ("contact_date", "end_date", "outcome")

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Placed:
    """`taken`: field -> its column; `unsure`: field -> the columns that may be it, of which the lead chooses."""

    taken: dict[str, int]
    unsure: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class _Option:
    """A column that may be a field: `said` is what its cells say (see `column_evidence.supports`)."""

    column: int
    one: Candidate
    said: bool | None

    @property
    def is_sure(self) -> bool:
        if self.one.sure == "evidence":
            return self.said is True
        return self.one.sure == "yes" and self.said is not False

    @property
    def is_weak(self) -> bool:
        return self.one.sure == "weak" and self.said is not False


def place(
    headings: Sequence[str],
    rows: Rows,
    fields: Sequence[str],
    taken: Mapping[str, Sequence[int]],
    away: Set[int] = frozenset(),
) -> Placed:
    """The columns for `fields`, beside what is `taken` already (`--map`, an earlier import) and those put `away`.

    >>> place(["Mosaic Person ID", "D.O.B", "Stage"], [], ["case_id", "date_of_birth", "age"], {})
    Placed(taken={'case_id': 0, 'date_of_birth': 1}, unsure={})
    >>> place(["Referral Date", "Assessment Start Date"], [], ["contact_date"], {})
    Placed(taken={}, unsure={'contact_date': (0, 1)})
    """
    gone = {column for columns in taken.values() for column in columns} | set(away)
    found: dict[str, int] = {}
    unsure: dict[str, tuple[int, ...]] = {}
    for field in fields:
        if field in taken:
            continue
        options = [
            _Option(column, one, _said(field, one, rows, column))
            for column, heading in enumerate(headings)
            if column not in gone and (one := candidates(heading).get(field)) is not None
        ]
        chosen = _chosen(field, options, headings, rows)
        if len(chosen) == 1:
            found[field] = chosen[0]
            gone.add(chosen[0])
        elif options:
            asked = [one for one in options if one.said is not False or one.one.sure in ("yes", "weak")]
            unsure[field] = chosen or tuple(one.column for one in asked)
    return Placed(found, _still_open(unsure, found, gone))


def _said(field: str, one: Candidate, rows: Rows, column: int) -> bool | None:
    """What the cells say; a heading that alone is no name's ("Child") needs names as "Surname, Forename" below it."""
    said = supports(field, rows, column)
    if field == "name" and one.sure == "evidence" and said and not are_surnames_first(rows, column):
        return None
    return said


def _still_open(
    unsure: Mapping[str, tuple[int, ...]], found: Mapping[str, int], gone: Set[int]
) -> dict[str, tuple[int, ...]]:
    """A column that was taken for another field is no question any more; nor is a part of a name beside the whole."""
    parts = {"name": ("forename", "surname"), "forename": ("name",), "surname": ("name",)}
    still = {}
    for field, columns in unsure.items():
        left = tuple(column for column in columns if column not in gone)
        if left and not any(other in found for other in parts.get(field, ())):
            still[field] = left
    return still


def _chosen(field: str, options: Sequence[_Option], headings: Sequence[str], rows: Rows) -> tuple[int, ...]:
    """The one column that is the field; several when they are equally good; none when none is sure."""
    sure = [one for one in options if one.is_sure]
    if not sure:
        weak = [one for one in options if one.is_weak]
        sure = weak if len(weak) == 1 else []
    if not sure:
        return ()
    if field in _OF_AN_EVENT and len({one.one.events for one in sure}) > 1:
        sure = _of_the_reports_event(sure, headings)
    best = list(sure) if field in _OF_AN_EVENT and len({one.one.events for one in sure}) > 1 else _best(sure)
    if len(best) > 1 and rows and all(_cells(rows, one.column) == _cells(rows, best[0].column) for one in best):
        best = best[:1]
    return tuple(one.column for one in best)


def _best(sure: Sequence[_Option]) -> list[_Option]:
    """The options of the best rank. Synonyms of one rank follow their list; a rule's heading is as good as they are."""
    if all(one.one.exact for one in sure):
        exact = min(one.one.rank[1] for one in sure)
        return [one for one in sure if one.one.rank[1] == exact]
    rank = min(one.one.rank[0] for one in sure)
    return [one for one in sure if one.one.rank[0] == rank]


def _of_the_reports_event(sure: Sequence[_Option], headings: Sequence[str]) -> list[_Option]:
    """On a list of contacts, those of the contact: when a third heading speaks of it and none of another event."""
    told: dict[str, int] = {}
    dated = {one.column for one in sure}
    for column, heading in enumerate(headings):
        if column not in dated and trimmed(heading):
            for event in frozenset().union(*classes_of_parts(heading)):
                told[event] = told.get(event, 0) + 1
    contacts = [one for one in sure if one.one.events == {"contact"}]
    plain = told.get("contact", 0) > 0
    return contacts if contacts and plain else list(sure)


def classes_of_parts(heading: str) -> list[frozenset[str]]:
    """What the first words of a heading stand for, also where the rest explains nothing: "Contact Source"."""
    words = heading.split()
    return [reading for length in range(1, len(words) + 1) for reading in classes(" ".join(words[:length]))]


def _cells(rows: Rows, column: int) -> list[str]:
    return [trimmed(row[column]) if column < len(row) else "" for row in rows]
