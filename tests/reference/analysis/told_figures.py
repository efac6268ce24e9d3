"""The counts in the sentences of Findings, and those of briefing and publication copy, counted in plain Python."""

from __future__ import annotations

from collections.abc import Sequence

import plain_cases as plain
import sheet_figures
from made_up_samples import HARMS, Sample
from plain_cases import NOT_MAPPED, OTHER, Case

Part = tuple[int, int]  # how many, of how many
ALONE = "Significant harm, no parenting concerns"


def _own(cases: Sequence[Case], heading: str) -> Part:
    """In how many filled cells a word stands that is on no list."""
    known = {word.lower() for word in plain.listed(heading)}
    own, filled = 0, 0
    for case in cases:
        words = plain.parts(case[heading]) if heading in plain.SEVERAL else [case[heading].lower()]
        own += bool({word for word in words if word} - known)
        filled += plain.is_filled(case, heading)
    return own, filled


def findings(sample: Sample) -> dict[str, list[Part]]:
    """What a line of Findings is about -> every "k of n" in its sentence, in order; [] where there is no such line."""
    cases = plain.cases(sample.review)
    having = [case for case in cases if plain.is_filled(case, "Outcome")]
    n, named = len(having), {word.lower() for word in plain.lists().protected}
    own = _own(cases, "Outcome")
    beside = [own] if own[0] else []
    ended = nothing_done()
    made: dict[str, list[Part]] = {
        "No further action, and going on": [],
        "Child Protection and harm outside the home": [],
        "Significant harm without parenting concerns": [],
        "Level of harm, parenting concerns and decisions": [],
        "Words that are not laid out yet": [],
        "No service offered": [],
    }
    if n and ended:
        nfa = sum(case["Outcome"].lower() == ended.lower() for case in having)
        made["No further action, and going on"] = [(nfa, n), (_on(having, "Progressed"), n), *beside]
    if n and named:
        there = [case for case in having if case["Outcome"].lower() in named]
        k, alone = len(there), sum(plain.scenario(case) == ALONE for case in there)
        open_ = sum(not plain.scenario(case) for case in there)
        parts = [(k, n), *([(alone, k)] if k else []), *([(open_, k)] if open_ else []), *beside]
        made["Child Protection and harm outside the home"] = parts
    told = [case for case in cases if plain.scenario(case)]
    if told:
        those = [case for case in told if plain.scenario(case) == ALONE]
        parts = [(len(those), len(told))]
        if those:
            parts += [(_on(those, side), len(those)) for side in ("Progressed", "Closed", "")] + beside
        made["Significant harm without parenting concerns"] = parts
    groups = []
    for heading, word in (
        ("Parenting concerns", "yes"), ("Parenting concerns", "no"),
        ("Level of harm", "significant harm"), ("Level of harm", "in need"),
    ):  # fmt: skip
        decided = [case for case in cases if case[heading].lower() == word and plain.side(case)]
        groups += [(_on(decided, "Progressed"), len(decided))] if decided else []
    if len(groups) > 1:
        made["Level of harm, parenting concerns and decisions"] = [*groups, *beside]
    columns = [_own(cases, heading) for heading in ("Gender", "Ethnicity", "Outcome", "Referred to?")]
    made["Words that are not laid out yet"] = [one for one in columns if one[0]]
    answered = sum(plain.is_filled(case, "Referred to?") for case in cases)
    if answered:
        none = sum("none" in plain.parts(case["Referred to?"]) for case in cases)
        open_services = [(len(cases) - answered, len(cases))] if answered < len(cases) else []
        made["No service offered"] = [(none, answered), *open_services]
    return made if cases else {about: [] for about in made}


def nothing_done() -> str:
    """What No further action is called now; '' when the list has it no more."""
    words = plain.lists().words["Outcome"]
    before = (plain.lists().now or {}).get("Outcome", {})
    there = [word for word in words if word.lower() == "no further action"]
    return there[0] if there else before.get("no further action", "")


def _on(cases: Sequence[Case], side: str) -> int:
    return sum(plain.side(case) == side for case in cases)


def by_harm(sample: Sample) -> dict[str, Part]:
    """Type of harm -> no further action, of its cases with an outcome; those with at least ten."""
    ended, made = nothing_done().lower(), {}
    for word in (*HARMS, *sample.own_categories):
        those = [
            case
            for case in plain.cases(sample.review)
            if word.lower() in plain.parts(case["Type of harm"]) and plain.is_filled(case, "Outcome")
        ]
        if len(those) >= 10:
            made[word] = (sum(case["Outcome"].lower() == ended for case in those), len(those))
    return made


def decisions(sample: Sample) -> dict[str, tuple[int, int, int, int]]:
    """Scenario -> cases, closed, progressed, on neither side: the briefing's table."""
    made = {}
    for label, test in sheet_figures.scenarios().items():
        those = [case for case in plain.cases(sample.review) if test(case)]
        if those or label != "Not yet answered":
            made[label] = (len(those), _on(those, "Closed"), _on(those, "Progressed"), _on(those, ""))
    return made


def answers(sample: Sample, heading: str) -> list[set[str]]:
    """For each case what it counts as in one column, in small letters; own words as they are, numbers by band."""
    kinds = {str(name): str(kind) for name, kind, _ in sample.questions}
    several = heading in plain.SEVERAL or kinds.get(heading) == "Choose several"
    found = []
    for case in plain.cases(sample.review):
        if kinds.get(heading) == "Number":
            held = {name for name, test in sheet_figures.asked(heading, "Number", None).items() if test(case)}
            held = {"no number" if one == OTHER else one.lower() for one in held if one != plain.NOTHING}
        elif heading == "Scenario":
            held = {plain.scenario(case).lower()}
        elif heading == "Age band":
            held = {plain.age_band(case).lower()}
        else:
            held = set(plain.parts(case[heading])) if several else {case[heading].lower()}
        found.append(held - {"", NOT_MAPPED.lower()})
    return found
