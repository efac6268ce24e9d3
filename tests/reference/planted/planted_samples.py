"""Made-up samples with nothing in them, or with exactly one pattern; pairs of them with nothing or one share changed.

The frames are those of made_up_samples. The same seed gives the same cases: a pattern alters the outcome (or the
wording) of some, and nothing else.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from tests.reference.analysis.made_up_samples import HEADINGS, HELD, TEMPLATE, TOLD, WHERE, Sample
from tests.reference.planted import margins, wording
from tests.reference.planted.patterns import CHANGES, LARGE, PATTERNS
from tests.reference.planted.planted_questions import QUESTIONS

SIZES = (206, 88, 45)
CLOSURE = "Reason for closure or progression (extract)"
INVOLVEMENT = "Reason for social care involvement (extract)"
Cells = np.ndarray  # of one column, type object


@dataclass(frozen=True, eq=False, kw_only=True)
class Planted(Sample):
    """A sample and how it was made: `pattern` and `effect` are empty where nothing is planted."""

    cases: int
    seed: int
    pattern: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Shares:
    """The shares that a change between two samples can touch."""

    outcomes: Mapping[str, float]
    harms: Mapping[str, float]
    concerns: Mapping[str, float]
    blaming: float


AS_EVER = Shares(margins.OUTCOMES, margins.HARMS, margins.CONCERNS, margins.BLAMING)


def planted(cases: int, seed: int, pattern: str = "", effect: str = LARGE) -> Planted:
    """A sample of `cases` cases with one of PATTERNS planted; without a name: with nothing."""
    return _drawn(np.random.default_rng([seed, cases]), cases, seed, AS_EVER, pattern, effect if pattern else "")


def pair(cases: int, seed: int, change: str = "", effect: str = LARGE) -> tuple[Planted, Planted]:
    """(last year's, this year's) sample of `cases` cases each, with one of CHANGES; without a name: with nothing."""
    before, after = (
        _with_share(CHANGES[change].share, share) if change else AS_EVER
        for share in (CHANGES[change].effects[effect] if change else (0.0, 0.0))
    )
    return (
        _drawn(np.random.default_rng([seed, cases, 1]), cases, seed, before),
        _drawn(np.random.default_rng([seed, cases, 2]), cases, seed, after),
    )


def _with_share(name: str, share: float) -> Shares:
    if name == margins.NFA:
        return replace(AS_EVER, outcomes=_tilted(margins.OUTCOMES, (name,), share))
    if name in margins.HARMS:
        return replace(AS_EVER, harms=margins.HARMS | {name: share})
    if name == "Parenting concerns":
        return replace(AS_EVER, concerns=_tilted(margins.CONCERNS, ("Yes",), share))
    return replace(AS_EVER, blaming=1 - (1 - share) / (1 - margins.OTHER_WORDING))


def _tilted(shares: Mapping[str, float], words: Sequence[str], share: float) -> dict[str, float]:
    """The words have `share` together; they, and the others, divide among themselves as before."""
    theirs = sum(shares[word] for word in words)
    return {
        word: one * share / theirs if word in words else one * (1 - share) / (1 - theirs)
        for word, one in shares.items()
    }


def _drawn(
    chance: np.random.Generator, cases: int, seed: int, shares: Shares, pattern: str = "", effect: str = ""
) -> Planted:
    cells: dict[str, object] = {
        "Unique ID": _some([f"P{place:03d}-T" for place in range(cases)]),
        "Type of harm": _harms(chance, cases, shares.harms),
        "Age at time of contact": _words(chance.random(cases), {str(age): one for age, one in margins.AGES.items()}),
        "Gender": _words(chance.random(cases), margins.GENDERS),
        "Ethnicity": _words(chance.random(cases), margins.ETHNICITIES),
        "Level of harm": _words(chance.random(cases), margins.LEVELS),
        "Parenting concerns": _words(chance.random(cases), shares.concerns),
        "Seen as": _words(chance.random(cases), margins.SEEN_AS),
        "Engagement": _words(chance.random(cases), margins.ENGAGEMENT),
        "Referred to?": _words(chance.random(cases), margins.SERVICES),
        "Reviewer": _words(chance.random(cases), margins.READERS),
        "Quote to use?": _words(chance.random(cases), margins.QUOTE),
        "Hard to find?": _words(chance.random(cases), margins.HARD_TO_FIND),
        "Summary of harm": _summaries(chance, cases),
        WHERE: _words(chance.random(cases), margins.PLACES),
        HELD: _words(chance.random(cases), margins.HELD),
        TOLD: _any(chance, cases, wording.PLANS),
    }
    cells["Outcome"] = _outcomes(chance.random(cases), shares.outcomes, cells, pattern, effect)
    blaming = np.full(cases, shares.blaming)
    if pattern and not PATTERNS[pattern].decision:
        closed, others = PATTERNS[pattern].effects[effect]
        blaming = np.where(np.isin(cells["Outcome"], margins.CLOSED), closed, others)
    cells |= _extracts(chance, cases, blaming)
    frame = pd.DataFrame(cells, columns=[*HEADINGS, WHERE, HELD, TOLD, "Days until the visit", "Notes"], dtype=object)
    funnel: list[list[object]] = [
        ["Long list", 0, cases * 6], ["Duplicate row", 0, cases * 6], ["Below the age cut-off", cases * 5, cases],
        ["Case check", 0, cases], ["Left during review", None, None], ["Sample", 0, None],
    ]  # fmt: skip
    return Planted(
        frame.where(frame.notna(), None),
        funnel,
        [],
        _shipped_terms(),
        cases=cases,
        seed=seed,
        pattern=pattern,
        effect=effect,
    )


def _outcomes(
    draws: np.ndarray, shares: Mapping[str, float], cells: Mapping[str, object], pattern: str, effect: str
) -> Cells:
    if not (pattern and PATTERNS[pattern].decision):
        return _words(draws, shares)
    one = PATTERNS[pattern]
    decision = margins.DECISIONS[one.decision]
    for_group, for_others = (_words(draws, _tilted(shares, decision, share)) for share in one.effects[effect])
    return np.where(QUESTIONS[one.question].group_of(pd.DataFrame(cells)), for_group, for_others)


def _harms(chance: np.random.Generator, cases: int, harms: Mapping[str, float]) -> Cells:
    names = list(harms)
    has = chance.random((cases, len(names))) < np.array(list(harms.values()))
    instead = np.searchsorted(_steps(harms), chance.random(cases), side="right")
    none = ~has.any(axis=1)
    has[none, instead[none]] = True
    return _some(["; ".join(name for name, there in zip(names, row, strict=True) if there) for row in has.tolist()])


def _extracts(chance: np.random.Generator, cases: int, blaming: np.ndarray) -> dict[str, object]:
    """Two extracts of two to four plain sentences; those to look for stand at the end of one of them."""
    extracts = [
        np.stack([_any(chance, cases, sentences) for _ in range(4)], axis=1)[:, :4].tolist()
        for sentences in (wording.REASONS, wording.CLOSINGS)
    ]
    lengths = 2 + (chance.random((2, cases)) * 3).astype(int)
    texts = [
        [" ".join(dict.fromkeys(row[:length])) for row, length in zip(rows, many, strict=True)]
        for rows, many in zip(extracts, lengths.tolist(), strict=True)
    ]
    for share, sentences in (
        (blaming, wording.BLAMING_SENTENCES),
        (margins.OTHER_WORDING, wording.OTHER_SENTENCES),
        (margins.CHILD_CENTRED, wording.CHILD_CENTRED),
    ):
        there, which = chance.random(cases) < share, (chance.random(cases) * 2).astype(int)
        said = _any(chance, cases, sentences)
        for place in np.flatnonzero(there).tolist():
            texts[which[place]][place] += f" {said[place]}"
    return {INVOLVEMENT: _some(texts[0]), CLOSURE: _some(texts[1])}


def _summaries(chance: np.random.Generator, cases: int) -> Cells:
    """Reviewers' own words: the wording of some of them is not copied from a file, and is no answer to any question."""
    words, said = _any(chance, cases, wording.SUMMARIES), _any(chance, cases, wording.BLAMING_SENTENCES)
    return np.where(chance.random(cases) < margins.IN_SUMMARY, words + ". " + said, words)


def _any(chance: np.random.Generator, cases: int, words: Sequence[str]) -> Cells:
    return _some(words)[(chance.random(cases) * len(words)).astype(int)]


def _words(draws: np.ndarray, shares: Mapping[str, float]) -> Cells:
    """A word for each draw from 0 to 1; an empty word is an empty cell."""
    return _some([word or None for word in shares])[np.searchsorted(_steps(shares), draws, side="right")]


def _steps(shares: Mapping[str, float]) -> np.ndarray:
    heights = np.cumsum(list(shares.values()))
    return np.asarray(heights[:-1] / heights[-1])


def _some(words: Sequence[object]) -> Cells:
    cells = np.empty(len(words), dtype=object)
    cells[:] = words
    return cells


@cache
def _shipped_terms() -> list[tuple[str, str, str]]:
    with (TEMPLATE / "reference" / "language_terms.csv").open(encoding="utf-8", newline="") as file:
        return [(row["pattern"], row["concern"], row["pattern"]) for row in csv.DictReader(file)]
