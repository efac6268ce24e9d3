"""Decisions about findings stay with their findings when the analysis is refreshed.

A finding is the same when case, column, words and concern are the same and the words around it are, on one side at
least, or nearly so. So a decision survives a change elsewhere in the text, and of two like words in one text each
keeps its own. Each finding has a number that stays with it, by which the workbook keeps columns that people added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.language.term_hits import CUT, DECISION, FOUND, HEADINGS, NUMBER
from xl_dipsample.domain.language.terms import folded
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.share_cells import whole_number

_ALIKE = 12  # letters next to the words, on one side, that must not have changed
_WHOLE_SIDE = 100  # a side that is wholly the same counts for more than any that is nearly so
_SHORTEST_SIDE = 3  # letters


class Kept(NamedTuple):
    """The table Language, and how many earlier findings that somebody typed at are not in the texts any more."""

    table: pd.DataFrame
    lost: int


class _Finding(NamedTuple):
    """What tells a finding from the others of the same case, column and words; `place` is its row."""

    place: int
    concern: str
    before: str
    after: str


_Group = tuple[str, ...]


def keep(found: pd.DataFrame, old: pd.DataFrame | None, concerns: Iterable[str]) -> Kept:
    """The findings with their numbers and with the decisions of `old`, the table Language as it was.

    `found` has the headings FOUND. `concerns` are those of the terms now: an earlier finding whose concern is none of
    them any more was found by a term that somebody renamed, and is compared without it.
    """
    if old is None:
        old = pd.DataFrame(columns=list(HEADINGS), dtype=object)
    old = old.loc[review_rules.texts(old, "Term") != ""]
    typed = _typed(old)
    decisions: list[object] = [None] * len(found)
    numbers: list[int | None] = [None] * len(found)
    old_numbers = [whole_number(cell) for cell in review_rules.texts(old, NUMBER)]
    old_decisions = review_rules.texts(old, DECISION).tolist()
    pairs = _pairs(found, old, {concern.casefold() for concern in concerns})
    used: set[int] = set()
    for new, was in pairs:
        decisions[new] = old_decisions[was] or None
        number = old_numbers[was]
        if number and number not in used:
            numbers[new] = number
            used.add(number)
    following = max([0, *(number for number in old_numbers if number)])
    for place, number in enumerate(numbers):
        if number is None:
            following += 1
            numbers[place] = following
    table = found[list(FOUND)].reset_index(drop=True)
    table.insert(0, NUMBER, pd.Series(numbers, index=table.index, dtype=object))
    table[DECISION] = pd.Series(decisions, index=table.index, dtype=object)
    table = table.astype(object)
    there = {was for _, was in pairs}
    lost = sum(one and place not in there for place, one in enumerate(typed))
    return Kept(table.where(table.notna() & (table != ""), None), lost)


def _typed(old: pd.DataFrame) -> list[bool]:
    """Where somebody decided, or filled a column of their own."""
    own = [heading for heading in old.columns if heading not in HEADINGS]
    columns = [review_rules.texts(old, heading) for heading in (DECISION, *own)]
    return [any(cells) for cells in zip(*columns, strict=True)]


def _pairs(found: pd.DataFrame, old: pd.DataFrame, known: set[str]) -> list[tuple[int, int]]:
    """Rows of `found` and `old` that are the same finding."""
    earlier = _groups(old)
    pairs: list[tuple[int, int]] = []
    for group, now in _groups(found).items():
        was = earlier.get(group, [])
        if not was:
            continue
        likeness = [
            (alike, -abs(at - before_at), new.place, one.place)
            for at, new in enumerate(now)
            for before_at, one in enumerate(was)
            if (new.concern == one.concern or one.concern not in known) and (alike := _likeness(new, one))
        ]
        taken: tuple[set[int], set[int]] = (set(), set())
        for _, _, new_place, old_place in sorted(likeness, key=lambda one: (-one[0], -one[1], one[2:])):
            if new_place not in taken[0] and old_place not in taken[1]:
                taken[0].add(new_place)
                taken[1].add(old_place)
                pairs.append((new_place, old_place))
    return pairs


def _groups(frame: pd.DataFrame) -> dict[_Group, list[_Finding]]:
    """The findings of each case, column and words, in the order of the table."""
    made: dict[_Group, list[_Finding]] = defaultdict(list)
    same = [review_rules.texts(frame, heading).tolist() for heading in ("Unique ID", "Column")]
    words = [folded(cell) for cell in review_rules.texts(frame, "Term")]
    concern = review_rules.keys(frame, "Concern").tolist()
    sides = [
        [_side(cell) for cell in review_rules.texts(frame, heading)] for heading in ("Words before", "Words after")
    ]
    for place, group in enumerate(zip(*same, words, strict=True)):
        made[group].append(_Finding(place, concern[place], sides[0][place], sides[1][place]))
    return made


def _side(cell: str) -> str:
    return folded(cell.strip(f"{CUT} "))


def _likeness(one: _Finding, other: _Finding) -> int:
    """How much of the words around two findings is the same; 0 when it is too little."""
    if (one.before, one.after) == (other.before, other.after):
        return 2 * _WHOLE_SIDE + 1
    left = _same_side(one.before[::-1], other.before[::-1])
    right = _same_side(one.after, other.after)
    return left + right if max(left, right) >= _ALIKE else 0


def _same_side(one: str, other: str) -> int:
    """The letters next to the words that are the same on one side; more when nothing else stood there before."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    whole = same == min(len(one), len(other)) and same >= _SHORTEST_SIDE
    return _WHOLE_SIDE if whole else same
