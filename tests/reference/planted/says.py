"""What is asked of whoever says what is in a sample, and what the plain tests say of it themselves.

A product is measured through a function `says(sample)`. It gives a grade to every comparison that is made of a sample:
under the name in planted_questions.QUESTIONS where it is that question, under a name of its own otherwise. A grade of a
question that nobody planted counts too: a "clear" there is false. For two samples it is `says_of_two(before, after)`,
with the names in planted_questions.COMPARED.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from tests.reference.planted.plain_tests import LEVEL, fisher, holm, own_chance, stratified
from tests.reference.planted.planted_questions import COMPARED, FAMILY, QUESTIONS, SHARES, Table, few
from tests.reference.planted.planted_samples import Planted

Grade = Literal["clear", "lead", "no sign", "few"]
Grades = Mapping[str, Grade]
ON_ITS_OWN = "Parenting concerns: child protection"  # asked at each level of harm as well
LIMIT = LEVEL / len(FAMILY)  # a p below it is clear whatever else the family finds


class Says(Protocol):
    """The grade of every comparison in one sample."""

    def __call__(self, sample: Planted) -> Grades: ...


class SaysOfTwo(Protocol):
    """The grade of every comparison of this year's sample with last year's."""

    def __call__(self, before: Planted, after: Planted) -> Grades: ...


def tables_of(sample: Planted) -> dict[str, Table]:
    """The table of each question of the family."""
    return {one.name: one.table(sample.review) for one in FAMILY}


def tables_of_two(before: Planted, after: Planted) -> dict[str, Table]:
    """The table of each share of the family that two samples are compared by."""
    return {one.name: one.table(before.review, after.review) for one in SHARES}


def graded(tables: Mapping[str, Table]) -> dict[str, Grade]:
    """Holm over those whose groups have ten or more; below its line, p < 0.05 is a lead."""
    p_values = {name: fisher(table) for name, table in tables.items() if not few(table)}
    clear = holm(p_values)
    return {name: _grade(name in clear, p_values.get(name)) for name in tables}


def _grade(is_clear: bool, p_value: float | None) -> Grade:  # noqa: FBT001
    if p_value is None:
        return "few"
    if is_clear:
        return "clear"
    return "lead" if p_value < LEVEL else "no sign"


def says_plainly(sample: Planted) -> dict[str, Grade]:
    """What the plain tests say."""
    return graded(tables_of(sample))


def says_plainly_of_two(before: Planted, after: Planted) -> dict[str, Grade]:
    """What the plain tests say of two samples."""
    return graded(tables_of_two(before, after))


def by_chance(tables: Mapping[str, Table]) -> float:
    """How many of them give p < 0.05 when nothing is there: each exact test's own chance at its margins, added up."""
    return sum(own_chance(table) for table in tables.values() if not few(table))


def plain_p(sample: Planted, question: str) -> float:
    """The largest p that any reading of the question gives, so that nobody can read it and find nothing."""
    one = QUESTIONS[question]
    p_values = [fisher(table) for table in one.tables(sample.review)]
    if question == ON_ITS_OWN:
        p_values.append(stratified(one.strata(sample.review)))
    return max(p_values)


def plain_p_of_two(before: Planted, after: Planted, share: str) -> float:
    """The largest p that any reading of the share gives."""
    return max(fisher(table) for table in COMPARED[share].tables(before.review, after.review))
