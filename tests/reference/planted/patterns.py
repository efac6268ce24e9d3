"""What can be planted in a sample or between two, one at a time, each with its effects.

An effect is two shares of all cases: of those in the group and of the others, to whom the decision (or the wording) is
given. How the rest of the outcomes divide among themselves stays as it is everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

Effect = tuple[float, float]
LARGE, MODERATE = "large", "moderate"


@dataclass(frozen=True)
class Pattern:
    """One thing planted in one sample. `question` is the one of planted_questions.QUESTIONS that asks for it."""

    name: str
    question: str
    decision: str
    effects: dict[str, Effect]


@dataclass(frozen=True)
class Change:
    """One share that is not the same last year and this year: (last year, this year) of all cases."""

    name: str
    share: str
    effects: dict[str, Effect]


def _effects(large: Effect, moderate: Effect) -> dict[str, Effect]:
    return {LARGE: large, MODERATE: moderate}


PATTERNS = {
    one.name: one
    for one in (
        Pattern("concern leads to Child Protection", "Parenting concerns: child protection", "child protection",
                _effects((0.25, 0.01), (0.15, 0.03))),
        Pattern("criminal exploitation ends in no further action", "CCE: no further action", "no further action",
                _effects((0.65, 0.25), (0.50, 0.25))),
        Pattern("one ethnic group closed more", "Black or Black British: closed", "closed",
                _effects((0.90, 0.50), (0.80, 0.55))),
        Pattern("girls progressed more", "Girls: progressed", "progressed",
                _effects((0.58, 0.25), (0.48, 0.30))),
        Pattern("blaming words in closed cases", "Wording to look at twice: closed", "",
                _effects((0.58, 0.12), (0.40, 0.15))),
        Pattern("a scenario ends in no further action", "Significant harm, no parenting concerns: no further action",
                "no further action", _effects((0.62, 0.22), (0.48, 0.25))),
        Pattern("not engaging ends in no further action", "Not engaging: no further action", "no further action",
                _effects((0.60, 0.22), (0.48, 0.25))),
        Pattern("older ones end in no further action", "16 to 17: no further action", "no further action",
                _effects((0.55, 0.20), (0.45, 0.25))),
        Pattern("perpetrators end in no further action", "Seen as perpetrator: no further action",
                "no further action", _effects((0.65, 0.22), (0.50, 0.25))),
    )
}  # fmt: skip

CHANGES = {
    one.name: one
    for one in (
        Change("less no further action", "No further action", _effects((0.42, 0.15), (0.36, 0.22))),
        Change("more criminal exploitation", "CCE", _effects((0.12, 0.38), (0.17, 0.30))),
        Change("more parenting concerns", "Parenting concerns", _effects((0.30, 0.60), (0.38, 0.52))),
        Change("less wording to look at twice", "Wording to look at twice", _effects((0.50, 0.20), (0.40, 0.25))),
    )
}
