"""The pairs that the lead chooses: a question set against another column of Review, as "where it happened" x outcome.

A side of a pair is a column whose answers are counted by words or in bands, and that may be shared: one of ours, or a
question of the team. What cannot stand is said with its row, before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.sheet_files import Column

TABLE = "Pairs"
QUESTION, BESIDE = "Question", "Beside"
MOST = 3


class QuestionPair(NamedTuple):
    """Two columns of Review, in the order in which they were chosen."""

    question: Column
    beside: Column


class PairProblem(NamedTuple):
    """A row of the table, from 0, that cannot stand: a code, and what is wrong in words."""

    position: int
    code: str
    told: str


def is_counted(one: Column) -> bool:
    """Whether the answers of a column of Review are counted by what they are: of a text it is only whether it is there.

    >>> is_counted(Column("Why?", "long_text", 9, "people", count=True, of_answered=True))
    False
    """
    return bool(one.chart if one.of_answered else one.count)


def pairs(frame: pd.DataFrame | None, columns: Sequence[Column]) -> list[QuestionPair]:
    """The pairs of the table Pairs that can stand, in its order; `columns`: those of Review with what is done."""
    return [one for one in _read(frame, columns) if isinstance(one, QuestionPair)][:MOST]


def problems(frame: pd.DataFrame | None, columns: Sequence[Column]) -> list[PairProblem]:
    """What cannot stand, row by row."""
    return [one for one in _read(frame, columns) if isinstance(one, PairProblem)]


def _read(frame: pd.DataFrame | None, columns: Sequence[Column]) -> list[QuestionPair | PairProblem]:
    found: list[QuestionPair | PairProblem] = []
    if frame is None:
        return found
    known = {one.heading.casefold(): one for one in columns}
    for position, typed in enumerate(zip(frame[QUESTION], frame[BESIDE], strict=True)):
        names = [trimmed(cell) for cell in typed]
        if any(names):
            wrong = PairProblem(position, "pairs-many", "there are more than three pairs; clear one of them")
            found.append(
                wrong if len(found) >= MOST else _pair(position, names, [known.get(n.casefold()) for n in names])
            )
    return found


def _pair(position: int, names: Sequence[str], chosen: Sequence[Column | None]) -> QuestionPair | PairProblem:
    if not all(names):
        told = "a pair has two sides, and one of them is blank; choose it, or clear the row"
        return PairProblem(position, "pair-half", told)
    sides = []
    for side, one in zip((QUESTION, BESIDE), chosen, strict=True):
        if one is None:
            told = f"{side} names no column of Review; choose one that the arrow beside the cell offers"
            return PairProblem(position, "pair-unknown", told)
        if not one.share:
            told = f"{side} names a column that may not be shared, so it stands in no table; choose another"
            return PairProblem(position, "pair-not-shared", told)
        if not is_counted(one):
            told = f"{side} names a column that has no choices to count; choose a question with choices, or a number"
            return PairProblem(position, "pair-not-counted", told)
        sides.append(one)
    first, second = sides
    if first.heading == second.heading:
        return PairProblem(position, "pair-alike", "both sides are one column; choose two different ones")
    return QuestionPair(first, second)
