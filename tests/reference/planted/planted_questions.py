"""The questions that are asked of a made-up sample, and of two: which cases stand against which, and what they got.

A family of twelve, each one number against the rest, and the tables of two by two that answer them. Two things can be
read in two ways, so there are four readings: whether the rest are the cases whose word is an answer, or all other
cases; whether outcomes that are neither closed nor progressed are left out, or count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from tests.reference.planted import margins
from tests.reference.planted.wording import PHRASES

Reading = Literal["known", "all others", "all outcomes", "all"]
KNOWN: Reading = "known"
READINGS: tuple[Reading, ...] = (KNOWN, "all others", "all outcomes", "all")
Table = tuple[int, int, int, int]  # group with, group without, rest with, rest without
Mask = np.ndarray  # one truth value for each case
FEWEST = 10
_EXTRACTS = ("Reason for social care involvement (extract)", "Reason for closure or progression (extract)")
_GROUPS = margins.broad_groups()


@dataclass(frozen=True)
class Question:
    """Do cases of `words` in `trait` get `decision` more, or less, often than those of `rest`?"""

    name: str
    trait: str
    words: tuple[str, ...]
    rest: tuple[str, ...]
    decision: str

    def group_of(self, review: pd.DataFrame) -> Mask:
        """Which cases are of the group."""
        return _has(review, self.trait, self.words)

    def table(self, review: pd.DataFrame, reading: Reading = KNOWN) -> Table:
        """Group with and without, rest with and without what is asked for."""
        group = self.group_of(review)
        rest = _has(review, self.trait, self.rest) if reading in (KNOWN, "all outcomes") else ~group
        asked = _sided(review) if reading in (KNOWN, "all others") else np.ones(len(review), dtype=bool)
        told = wording_in(review) if not self.decision else _is(review, "Outcome", margins.DECISIONS[self.decision])
        return _table(group & asked, ~group & rest & asked, told)

    def tables(self, review: pd.DataFrame) -> list[Table]:
        """One for each reading."""
        return [self.table(review, reading) for reading in READINGS]

    def strata(self, review: pd.DataFrame) -> list[Table]:
        """The table at each level of harm, cases whose level is not clear left out."""
        return [self.table(review[_is(review, "Level of harm", (word,))]) for word in ("Significant harm", "In need")]


@dataclass(frozen=True)
class Share:
    """A share that two samples are compared by: cases with one of `words` among those with any of `known`."""

    name: str
    trait: str
    words: tuple[str, ...]
    known: tuple[str, ...]

    def counts(self, review: pd.DataFrame, reading: Reading = KNOWN) -> tuple[int, int]:
        """With and without."""
        if not self.trait:
            told = wording_in(review)
            return int(told.sum()), int((~told).sum())
        has = _has(review, self.trait, self.words)
        others = ~has & _has(review, self.trait, self.known) if reading == KNOWN else ~has
        return int(has.sum()), int(others.sum())

    def table(self, before: pd.DataFrame, after: pd.DataFrame, reading: Reading = KNOWN) -> Table:
        """This year with and without, last year with and without."""
        return (*self.counts(after, reading), *self.counts(before, reading))

    def tables(self, before: pd.DataFrame, after: pd.DataFrame) -> list[Table]:
        """One for each reading that makes a difference here."""
        return [self.table(before, after, reading) for reading in (KNOWN, "all")]


def few(table: Table) -> bool:
    """Whether one of the two groups has fewer than ten cases."""
    return table[0] + table[1] < FEWEST or table[2] + table[3] < FEWEST


def wording_in(review: pd.DataFrame, phrases: Collection[str] = PHRASES) -> Mask:
    """Which cases have wording to look at twice in what was copied from the file."""
    texts = [f"{one} | {other}".lower() for one, other in zip(*(review[name] for name in _EXTRACTS), strict=True)]
    return np.array([any(phrase in text for phrase in phrases) for text in texts], dtype=bool)


def _table(group: Mask, rest: Mask, told: Mask) -> Table:
    return (
        int((group & told).sum()), int((group & ~told).sum()), int((rest & told).sum()), int((rest & ~told).sum()),
    )  # fmt: skip


def _has(review: pd.DataFrame, trait: str, words: tuple[str, ...]) -> Mask:
    if trait == "Type of harm":
        return np.array([not set(cell.split("; ")).isdisjoint(words) for cell in review[trait].tolist()], dtype=bool)
    if trait == "Broad group":
        return _is(review, "Ethnicity", _labels(words))
    if trait == "Scenario":
        pairs = zip(review["Level of harm"], review["Parenting concerns"], strict=True)
        return np.array([margins.SCENARIOS.get(one) in words for one in pairs], dtype=bool)
    return _is(review, trait, words)


@cache
def _labels(groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(label for label, group in _GROUPS.items() if group in groups)


def _is(review: pd.DataFrame, column: str, words: Collection[str]) -> Mask:
    wanted = frozenset(words)
    return np.array([cell in wanted for cell in review[column].tolist()], dtype=bool)


def _sided(review: pd.DataFrame) -> Mask:
    return _is(review, "Outcome", (*margins.CLOSED, *margins.PROGRESSED))


def _but(words: Iterable[str], *left: str) -> tuple[str, ...]:
    return tuple(word for word in words if word not in left)


_HARMS = tuple(margins.HARMS)
_BROAD = ("White", "Mixed", "Asian or Asian British", "Black or Black British", "Other")
_ALONE = margins.SCENARIOS["Significant harm", "No"]
_OLDER, _YOUNGER = ("16", "17"), ("12", "13", "14", "15")
FAMILY = (
    Question("Parenting concerns: child protection", "Parenting concerns", ("Yes",), ("No",), "child protection"),
    Question("Level of harm: progressed", "Level of harm", ("Significant harm",), ("In need",), "progressed"),
    Question("CCE: no further action", "Type of harm", ("CCE",), _but(_HARMS, "CCE"), "no further action"),
    Question("CSE: no further action", "Type of harm", ("CSE",), _but(_HARMS, "CSE"), "no further action"),
    Question("Girls: progressed", "Gender", ("Female",), ("Male",), "progressed"),
    Question("Black or Black British: closed", "Broad group", (_BROAD[3],), _but(_BROAD, _BROAD[3]), "closed"),
    Question("Asian or Asian British: closed", "Broad group", (_BROAD[2],), _but(_BROAD, _BROAD[2]), "closed"),
    Question("16 to 17: no further action", "Age at time of contact", _OLDER, _YOUNGER, "no further action"),
    Question("Seen as perpetrator: no further action", "Seen as", ("Perpetrator",), ("Victim", "Both"),
             "no further action"),
    Question("Not engaging: no further action", "Engagement", ("Described as not engaging",),
             ("Engaged", "Partly engaged"), "no further action"),
    Question("Significant harm, no parenting concerns: no further action", "Scenario", (_ALONE,),
             _but(margins.SCENARIOS.values(), _ALONE), "no further action"),
    Question("Wording to look at twice: closed", "Outcome", margins.CLOSED, margins.PROGRESSED, ""),
)  # fmt: skip
QUESTIONS = {one.name: one for one in FAMILY}

# Columns whose answers cannot differ without each other: a pattern in one is there in the questions of the other, too.
_MADE_OF = {"Scenario": {"Level of harm", "Parenting concerns"}}
_CALLED = {"Broad group": {"Ethnicity"}, "Age at time of contact": {"Age band"}, "Outcome": {"Language"}}


def traits_with(question: str) -> set[str]:
    """The traits in which there is something while the pattern of this question is planted."""
    own = QUESTIONS[question].trait
    made = _MADE_OF.get(own, set()) | {whole for whole, parts in _MADE_OF.items() if own in parts}
    return {own} | made | _CALLED.get(own, set())


def beside(question: str) -> list[str]:
    """The questions of the family in which nothing is planted while the pattern of this one is."""
    return [one.name for one in FAMILY if one.trait not in traits_with(question)]


_SIDED = (*margins.CLOSED, *margins.PROGRESSED)
SHARES = (
    Share("No further action", "Outcome", (margins.NFA,), _SIDED),
    Share("Child Protection", "Outcome", (margins.PROTECTION,), _SIDED),
    Share("Progressed", "Outcome", margins.PROGRESSED, _SIDED),
    Share("CCE", "Type of harm", ("CCE",), _HARMS),
    Share("CSE", "Type of harm", ("CSE",), _HARMS),
    Share("Girls", "Gender", ("Female",), ("Male",)),
    Share("Black or Black British", "Broad group", (_BROAD[3],), _BROAD),
    Share("16 to 17", "Age at time of contact", _OLDER, _YOUNGER),
    Share("Parenting concerns", "Parenting concerns", ("Yes",), ("No",)),
    Share("Significant harm", "Level of harm", ("Significant harm",), ("In need",)),
    Share("Not engaging", "Engagement", ("Described as not engaging",), ("Engaged", "Partly engaged")),
    Share("Wording to look at twice", "", (), ()),
)
COMPARED = {one.name: one for one in SHARES}


def unchanged(share: str) -> list[str]:
    """The shares of the family that are the same in both years while this one is not."""
    own = COMPARED[share].trait
    return [one.name for one in SHARES if one.trait != own]
