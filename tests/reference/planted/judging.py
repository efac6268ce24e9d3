"""Holds what somebody says of made-up samples against what was planted, by the seeds that the study recorded.

`says` is described in says.py. Nothing here knows who answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from tests.reference.planted import fixed_seeds as seeds
from tests.reference.planted.calibration import Found
from tests.reference.planted.patterns import CHANGES, PATTERNS
from tests.reference.planted.planted_questions import COMPARED, QUESTIONS, few, traits_with, unchanged
from tests.reference.planted.planted_samples import pair, planted
from tests.reference.planted.says import Grades, Says, SaysOfTwo


@dataclass(frozen=True)
class Missed:
    """The seeds at which a pattern that is there was not said: every one is a failure."""

    samples: int
    not_clear: tuple[int, ...]  # below the family's own limit, and not "clear"
    not_even_a_lead: tuple[int, ...]  # below 0.05, and neither "clear" nor "lead"


@dataclass(frozen=True)
class Heard:
    """What was said where there is nothing to say."""

    samples: int
    clear_somewhere: int
    mean_leads: float  # "lead", in any question


def missed(says: Says, found: Found) -> Missed:
    """Every sample of a row of measured/planted.csv."""
    question = PATTERNS[found.pattern].question
    return _missed(found, lambda seed: says(planted(found.cases, seed, found.pattern, found.effect))[question])


def missed_of_two(says: SaysOfTwo, found: Found) -> Missed:
    """Every pair of a row of measured/changed.csv."""
    share = CHANGES[found.pattern].share
    return _missed(found, lambda seed: says(*pair(found.cases, seed, found.pattern, found.effect))[share])


def _missed(found: Found, grade: Callable[[int], str]) -> Missed:
    below, above = (
        {int(seed): grade(int(seed)) for seed in text.split()}
        for text in (found.seeds_below_limit, found.seeds_above_limit)
    )
    return Missed(
        len(below) + len(above),
        tuple(seed for seed, one in below.items() if one != "clear"),
        tuple(seed for seed, one in (below | above).items() if one not in ("clear", "lead")),
    )


def graded_though_few(says: Says, pattern: str, cases: int, most: int = seeds.WANTED) -> tuple[int, tuple[int, ...]]:
    """Of the first samples whose planted question has a group under ten: how many, and the seeds that got a grade."""
    question = PATTERNS[pattern].question
    samples = (planted(cases, seed, pattern) for seed in seeds.PLANTED)
    tried = list(islice((one for one in samples if few(QUESTIONS[question].table(one.review))), most))
    return len(tried), tuple(one.seed for one in tried if says(one)[question] != "few")


def heard(says: Says, cases: int, many: Iterable[int] = seeds.NOTHING) -> Heard:
    """Samples with nothing planted."""
    return _heard(says(planted(cases, seed)) for seed in many)


def heard_of_two(says: SaysOfTwo, cases: int, many: Iterable[int] = seeds.NOTHING_OF_TWO) -> Heard:
    """Pairs with nothing changed."""
    return _heard(says(*pair(cases, seed)) for seed in many)


def heard_beside(says: Says, pattern: str, cases: int, many: Iterable[int] = seeds.BESIDE) -> Heard:
    """Samples with one pattern, the questions of its own traits left out: what stands before a name's first colon.

    Names of the family are known; any other is named after its column in Review: "Gender: Male, closed".
    """
    own = traits_with(PATTERNS[pattern].question)

    def others(grades: Grades) -> Grades:
        return {name: grade for name, grade in grades.items() if _trait(name) not in own}

    return _heard(others(says(planted(cases, seed, pattern))) for seed in many)


def heard_beside_of_two(says: SaysOfTwo, change: str, cases: int, many: Iterable[int] = seeds.BESIDE_OF_TWO) -> Heard:
    """Pairs with one share changed, the other shares of the same column left out."""
    same = set(COMPARED) - set(unchanged(CHANGES[change].share))
    traits = {COMPARED[name].trait for name in same}

    def others(grades: Grades) -> Grades:
        return {name: one for name, one in grades.items() if name not in same and name.split(":")[0] not in traits}

    return _heard(others(says(*pair(cases, seed, change))) for seed in many)


def _trait(name: str) -> str:
    return QUESTIONS[name].trait if name in QUESTIONS else name.split(":")[0]


def _heard(all_grades: Iterable[Grades]) -> Heard:
    number = clear = leads = 0
    for grades in all_grades:
        number += 1
        clear += "clear" in grades.values()
        leads += list(grades.values()).count("lead")
    return Heard(number, clear, leads / number)
