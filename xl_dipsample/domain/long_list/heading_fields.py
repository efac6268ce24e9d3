"""Which fields a heading may stand for, and how sure that is.

Two ways, both data: the synonyms of reference/headings.csv, which rank from left to right, and the rules of
reference/heading_fields.csv over what the heading's words stand for. A rule covers all words or none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from xl_dipsample.domain.long_list.heading_words import classes, heading_key
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import trimmed

# yes: unless the cells say otherwise; weak: when nothing else is there; evidence: when the cells say so; no: ask.
Sure = Literal["yes", "weak", "evidence", "no"]
LONGEST = 80  # characters: what is longer is a title or a note
EVENTS = frozenset({"contact", "referral", "assessment", "strategy", "plan", "episode"})


@dataclass(frozen=True, order=True)
class Candidate:
    """A field that a heading may stand for: 0 is the best rank; `events`: what happened, where the heading says it."""

    rank: tuple[float, float]
    field: str
    sure: Sure
    exact: bool
    events: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def candidates(heading: str) -> dict[str, Candidate]:
    """Field -> how well the heading stands for it.

    >>> candidates("Mosaic Person ID")["case_id"].sure, candidates("End of assessment")["end_date"].sure
    ('yes', 'yes')
    >>> candidates("Stage"), candidates("Age of assessment (days)")
    ({}, {})
    """
    readings = classes(heading) if len(heading) <= LONGEST else frozenset()
    found: dict[str, Candidate] = {}
    for field, rank, needs, may, sure in _rules():
        for reading in readings:
            if needs <= reading <= needs | may:
                one = Candidate((rank, 0.0), field, sure, exact=False, events=reading & EVENTS)
                found[field] = min(found.get(field, one), one)
    for field in _synonyms():
        exact_rank = synonym_rank(field, heading)
        if exact_rank is not None:
            ruled = found.get(field)
            rank = ruled.rank[0] if ruled and ruled.sure == "yes" else exact_rank
            events = ruled.events if ruled else frozenset().union(*(reading & EVENTS for reading in readings))
            found[field] = Candidate((rank, exact_rank), field, "yes", exact=True, events=events)
    return found


@cache
def _rules() -> tuple[tuple[str, float, frozenset[str], frozenset[str], Sure], ...]:
    return tuple(
        (
            row["field"],
            float(row["rank"]),
            frozenset(row["needs"].split()),
            frozenset(row["may"].split()),
            cast("Sure", row["sure"]),
        )
        for row in reference.table("heading_fields")
    )


@cache
def _synonyms() -> dict[str, dict[str, float]]:
    """Field -> key of a synonym -> its rank, 0 is best."""
    ranks: dict[str, dict[str, float]] = {}
    for row in reference.table("headings"):
        for rank, word in enumerate(reference.parts(row["synonyms"])):
            ranks.setdefault(row["field"], {}).setdefault(heading_key(word), float(rank))
    return ranks


@cache
def _squeezed_synonyms() -> dict[str, dict[str, float]]:
    return {
        field: {key.replace(" ", ""): rank for key, rank in reversed(ranks.items())}
        for field, ranks in _synonyms().items()
    }


def synonym_rank(field: str, heading: object) -> float | None:
    """How well a synonym of the field the heading is; "ChildID" stands a little worse than "Child ID"."""
    key = heading_key(heading)
    if key in _synonyms()[field]:
        return _synonyms()[field][key]
    squeezed = _squeezed_synonyms()[field].get(key.replace(" ", ""))
    return None if squeezed is None or not key else squeezed + 0.5


def is_known(heading: object) -> bool:
    """Whether every word of a heading is one of ours: such a heading may be said in a message, others may be names.

    >>> is_known("child id"), is_known("Mosaic Person ID"), is_known("Synthetic Name")
    (True, True, False)
    """
    return bool(candidates(trimmed(heading)))
