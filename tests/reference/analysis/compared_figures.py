"""The table Compare, worked out in plain Python from several samples; intervals by statsmodels."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import plain_cases as plain
import word_figures
from group_figures import newcombe
from made_up_samples import Sample
from plain_cases import EXTRACTS, NOTHING, OTHER, Case
from sheet_figures import wilson

Figure = tuple[int | None, int | None]
Figures = dict[tuple[str, str], Figure]
Hit = tuple[str, str, str, str]  # unique ID, column, words in small letters, concern
GROUPS = ("Age band", "Gender", "Ethnicity")
STAGES = ["Duplicate row", "Outside the period", "Below the age cut-off", "Above the upper age", "No chosen category",
          "Another contact of the same young person", "Case check"]  # fmt: skip
CHANGED_SINCE_2020 = {"Physical abuse - other", "Sexual abuse - other", "CCE"}  # 18A and 19A ended in 2021, 24A began


def figures(
    sample: Sample, own: Sequence[str], terms: Sequence[tuple[str, str, str]], out: AbstractSet[Hit]
) -> Figures:
    """(Part, Figure) -> Count, Of. `own`: categories of any of the samples; `out`: dismissed on Language."""
    cases = plain.cases(sample.review)
    made = _funnel(sample, len(cases))
    made |= _words(cases, "Type of harm", [*plain.listed("Type of harm"), *own])
    for word in set(own) - set(sample.own_categories):  # not on this sample's list: nobody knows, which is no 0
        if made["Type of harm", word][0] == 0:
            made["Type of harm", word] = (None, None)
    having = [case for case in cases if plain.is_filled(case, "Outcome")]
    made |= _words(having, "Outcome", plain.lists().words["Outcome"])
    del made["Outcome", NOTHING]
    made["Outcome", "No outcome yet"] = (len(cases) - len(having), len(cases))
    sides = [plain.side(case) or "Neither" for case in having]
    made |= {("Decision", one): (sides.count(one), len(having)) for one in ("Progressed", "Closed", "Neither")}
    told = [plain.scenario(case) for case in cases if plain.scenario(case)]
    made |= {("Scenario", one): (told.count(one), len(told)) for one in [*plain.SCENARIOS.values(), "Not clear"]}
    made["Scenario", "Not yet answered"] = (len(cases) - len(told), len(cases))
    banded = [case | {"Age band": plain.age_band(case)} for case in cases]
    for part in GROUPS:
        made |= _words(banded, part, plain.LISTS["age_bands"] if part == "Age band" else plain.listed(part))
    return made | _language(sample, terms, out)


def _funnel(sample: Sample, in_sample: int) -> Figures:
    names = [*STAGES, "Left during review", "In the sample"]
    if not sample.funnel:
        return {("Funnel, in rows", name): (None, None) for name in names}
    total = int(str(sample.funnel[0][2]))
    left = {str(stage): excluded for stage, excluded, _ in sample.funnel}
    counts = [left.get(stage) for stage in STAGES] + [plain.left(sample.review), in_sample]
    return {
        ("Funnel, in rows", one): (None if n is None else int(str(n)), total)
        for one, n in zip(names, counts, strict=True)
    }


def _words(cases: Sequence[Case], heading: str, words: Sequence[str]) -> Figures:
    known = {word.lower(): word for word in words}
    counts = dict.fromkeys([*words, OTHER, NOTHING], 0)
    for case in cases:
        held = (
            plain.parts(case[heading])
            if heading == "Type of harm"
            else [case[heading].lower()]
            if case[heading]
            else []
        )
        for label in {known.get(word, OTHER) for word in held} or {NOTHING}:
            counts[label] += 1
    if heading == "Type of harm":  # nothing but semicolons is filled in, with no word
        counts[NOTHING] = sum(not case[heading] for case in cases)
    return {(heading, label): (n, len(cases)) for label, n in counts.items()}


def _language(sample: Sample, terms: Sequence[tuple[str, str, str]], out: AbstractSet[Hit]) -> Figures:
    read = (*EXTRACTS, "Summary of harm")
    of = sum(any(case[column] for column in read) for case in plain.cases(sample.review))
    held: dict[str, set[str]] = {word_figures.ANY: set(), **{concern: set() for _, concern, _ in terms}}
    for hit in word_figures.found(Sample(sample.review, [], [], list(terms))):
        if hit[1] in read and hit not in out:
            held[word_figures.ANY].add(hit[0])
            held[hit[3]].add(hit[0])
    return {("Language", concern): (len(ids), of) for concern, ids in held.items()}


def shares(count: int | None, of: int | None) -> dict[str, float | None]:
    """%, From, To; None below 10 cases and where the figure is not known."""
    if count is None or of is None or of < 10 or count > of:
        return {"%": None, "From": None, "To": None}
    return {"%": 100 * count / of, **dict(zip(("From", "To"), (100 * end for end in wilson(count, of)), strict=True))}


def change(now: Figure, then: Figure, *, comparable: bool = True) -> dict[str, float | None]:
    """Change and its ends, in points; None where they cannot be told."""
    ((k, n), (other_k, other_n)) = now, then
    if not comparable or shares(k, n)["%"] is None or shares(other_k, other_n)["%"] is None:
        return {"Change": None, "Change from": None, "Change to": None}
    low, high = newcombe(int(str(k)), int(str(n)), int(str(other_k)), int(str(other_n)))
    point = int(str(k)) / int(str(n)) - int(str(other_k)) / int(str(other_n))
    return {"Change": 100 * point, "Change from": 100 * low, "Change to": 100 * high}
