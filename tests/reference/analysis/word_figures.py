"""The figures of Language and Language patterns, counted in plain Python from the texts themselves."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import pandas as pd
import plain_cases as plain
from made_up_samples import TEMPLATE, TOLD, Sample
from plain_cases import EXTRACTS, NOTHING, Case

READ = [*EXTRACTS, "Summary of harm", TOLD]
ANY = "Any concern"
STOP = set(tomllib.loads((TEMPLATE / "language.toml").read_text(encoding="utf-8"))["stop_words"]["words"].split())
Found = Counter[tuple[str, str, str, str]]  # unique ID, column, words in small letters, concern


def small(text: str) -> str:
    """Small letters, straight quotes, any gap as one space."""
    return re.sub(r"\s+", " ", text.lower().replace("\u2018", "'").replace("\u2019", "'"))


def found(sample: Sample) -> Found:
    """The rows of Language: every place where a term's words stand, as whole words."""
    return Counter(
        (case["Unique ID"], column, hit.group(), concern)
        for case in plain.cases(sample.review)
        for column in READ
        for _, concern, words in sample.terms
        for hit in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", small(case[column]))
    )


Lines = dict[tuple[str, str, str], tuple[int, int, int]]  # By, group in small letters, concern -> Cases, Of, Confirmed


def patterns(sample: Sample, language: pd.DataFrame) -> Lines:
    """Language patterns, from the rows of Language with what people decided."""
    cases = [case for case in plain.cases(sample.review) if any(case[column] for column in READ)]
    held: dict[str, set[str]] = {ANY: set()}
    confirmed: dict[str, set[str]] = {ANY: set()}
    for row in language.to_dict("records"):
        decision = plain.shown(row["Decision"]).lower()
        for concern in (ANY, str(row["Concern"])):
            if decision != "dismiss":
                held.setdefault(concern, set()).add(str(row["Unique ID"]))
            if decision == "confirm":
                confirmed.setdefault(concern, set()).add(str(row["Unique ID"]))
    made: Lines = {}
    for (by, group), members in _groups(cases).items():
        for concern in (ANY, *dict.fromkeys(concern for _, concern, _ in sample.terms)):
            n, sure = (len(members & one.get(concern, set())) for one in (held, confirmed))
            if n or concern == ANY or by == "All cases":
                made[by, group, concern] = (n, len(members), sure)
    return made


def _groups(cases: Sequence[Case]) -> dict[tuple[str, str], set[str]]:
    made: dict[tuple[str, str], set[str]] = {("All cases", "in the sample"): set()}
    for case in cases:
        one, side = case["Unique ID"], plain.side(case)
        keys = [("All cases", "in the sample"), ("Outcome", (case["Outcome"] or NOTHING).lower())]
        keys += [("Closed or progressed", side.lower())] if side else []
        keys += [("Type of harm", harm.lower()) for harm in plain.parts(case["Type of harm"]) or [NOTHING]]
        for key in keys:
            made.setdefault(key, set()).add(one)
    return made


def words_in(text: str) -> Iterator[str]:
    """The words in their order; '' for what is none but takes a place: a number, one letter, [CHILD]."""
    for token in re.findall(r"\[[^\[\]]*\]|[\w'-]+", small(text)):
        word = token.strip("'-").removesuffix("'s")
        if word:
            yield word if len(word) > 1 and re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", word) else ""


def g2(a: float, b: float, c: float, d: float) -> float:
    """Twice the sum of each cell times the logarithm of itself over what chance would give (Dunning 1993)."""
    n, cells = a + b + c + d, ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d))
    return 2 * sum(one * math.log(one * n / (row * column)) for one, row, column in cells if one)


def typical(review: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Every word that may be listed as typical, not only the 25 of each side: word -> the numbers of its row."""
    said: dict[str, Counter[str]] = {"Closed": Counter(), "Progressed": Counter()}
    sides, within = Counter[str](), Counter[str]()
    for case in plain.cases(review):
        side, text = plain.side(case), case[EXTRACTS[1]]
        if side and text:
            sides[side] += 1
            words = [word for word in words_in(text) if word]
            said[side].update(words)
            within.update(set(words))
    if min(sides["Closed"], sides["Progressed"]) < 10:
        return {}
    of, of_others = said["Closed"].total(), said["Progressed"].total()
    made: dict[str, dict[str, object]] = {}
    for word in within:
        a, b = said["Closed"][word], said["Progressed"][word]
        unlike = g2(a, b, of - a, of_others - b)
        if word not in STOP and a + b >= 5 and within[word] >= 3 and unlike >= 3.84:
            made[word] = {
                "Typical for": "Closed" if a / of > b / of_others else "Progressed",
                "Closed": a, "Progressed": b, "Per 1,000 closed": 1000 * a / of,
                "Per 1,000 progressed": 1000 * b / of_others, "Cases": within[word], "Log-likelihood": unlike,
            }  # fmt: skip
    return made


def together(review: pd.DataFrame) -> dict[frozenset[str], dict[str, object]]:
    """Every pair of words that may be listed as standing together, not only the 25 highest."""
    times, cases, first, seen = Counter[frozenset[str]](), Counter[frozenset[str]](), Counter[str](), Counter[str]()
    for case in plain.cases(review):
        here = set()
        for column in EXTRACTS:
            for (at, one), (later, other) in combinations(enumerate(words_in(case[column])), 2):
                if later - at <= 5 and one and other and one != other and not {one, other} & STOP:
                    pair = frozenset((one, other))
                    times[pair] += 1
                    first[f"{one} {other}"] += 1
                    here.add(pair)
                    seen.update(pair)
        cases.update(here)
    n = 2 * times.total()
    made: dict[frozenset[str], dict[str, object]] = {}
    for pair, a in times.items():
        one, other = pair
        unlike = g2(a, seen[one] - a, seen[other] - a, n - seen[one] - seen[other] + a)
        if cases[pair] >= 3 and a * n > seen[one] * seen[other] and unlike >= 3.84:
            comes_first = one if first[f"{one} {other}"] > first[f"{other} {one}"] else other
            even = first[f"{one} {other}"] == first[f"{other} {one}"]
            made[pair] = {
                "Together": a,
                "Cases": cases[pair],
                "Log-likelihood": unlike,
                "Word": "" if even else comes_first,
            }
    return made
