"""Every number in every finding, counted again in plain Python on 50 generated reviews; and what must not matter."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache

import pandas as pd
import pytest

from tests.domain.findings.findings_reviews import CATEGORIES, OUTCOMES, generated
from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.findings import Finding, findings
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook.sheets.parts import blocks
from xl_dipsample.workbook.sheets.parts.layout import Book

Tables = dict[str, pd.DataFrame]
Case = dict[str, str]
PROGRESSED = {"child in need", "strategy discussion / section 47", "child protection", "looked after"}
CLOSED = {"no further action", "advice and information", "early help"}
LISTED = {one.lower() for one in OUTCOMES}
SERVICES = {one.lower() for one in reference.words("referred_to", "service")} | {"not mapped"}
SIGNIFICANT, IN_NEED = "significant harm", "in need"
SEVEN = ("Outcome", "Referred to?", "Reason for social care involvement (extract)",
         "Reason for closure or progression (extract)", "Level of harm", "Parenting concerns", "Reviewer")  # fmt: skip
Pairs = list[tuple[int, int]]


@cache
def example(seed: int) -> Tables:
    """One of the fifty reviews."""
    return generated((5, 14, 40, 80, 23)[seed % 5], seed)


@cache
def said_of(seed: int) -> tuple[Finding, ...]:
    """What is said of it."""
    return tuple(said(example(seed)))


def said(tables: Tables) -> list[Finding]:
    tables = {**tables, "Variations": variations.variations_table(tables["Review"], shipped())}
    return findings(tables, blocks.harm(Book("review", tables, {})).words)


def cases_of(tables: Tables) -> tuple[list[Case], int]:
    """The cases that count, every cell in plain small letters, and how many left."""
    every = [
        {heading: " ".join(str(cell or "").split()).lower() for heading, cell in row.items()}
        for row in tables["Review"].to_dict("records")
    ]
    there = [one for one in every if one["Unique ID"]]
    return [one for one in there if one["In sample?"] != "no"], sum(one["In sample?"] == "no" for one in there)


def filled(case: Case, heading: str) -> bool:
    return case[heading] not in ("", "not mapped")


def types(case: Case) -> set[str]:
    return {part.strip() for part in case["Type of harm"].split(";")} - {"", "not mapped", "no category recorded"}


def scenario(case: Case) -> str:
    if not case["Level of harm"] or not case["Parenting concerns"]:
        return ""
    return f"{case['Level of harm']}/{case['Parenting concerns']}"


def counts(
    cases: list[Case], having: Callable[[Case], bool], of: Callable[[Case], bool] = lambda _: True
) -> tuple[int, int]:
    return sum(having(one) for one in cases), sum(of(one) for one in cases)


def with_open(cases: list[Case], first: Pairs, is_open: Callable[[Case], bool]) -> Pairs:
    """The pairs, and how many cases have no answer yet, when some have none."""
    k, n = counts(cases, is_open)
    return [*first, (k, n)] if k else first


def _size(cases: list[Case], left: int, tables: Tables) -> Pairs:
    long_list = tables["Funnel"]["Remaining"][0]
    pairs = [(len(cases), long_list)] if long_list >= len(cases) else []
    return pairs + ([(left, len(cases) + left)] if left else [])


def _harm(cases: list[Case]) -> Pairs:
    n = sum(bool(types(one)) for one in cases)
    numbers: dict[int, int] = {}
    for word in CATEGORIES:
        k = sum(word.lower() in types(one) for one in cases)
        numbers[k] = numbers.get(k, 0) + (k > 0)
    levels = sorted((k, many) for k, many in numbers.items() if k)[::-1]
    pairs, named = [(levels[0][0], n)], levels[0][1]
    for k, many in levels[1:]:
        named += many
        if named > 4:
            break
        pairs += [(k, n)] * many
    return with_open(cases, pairs, lambda one: not types(one))


def _outcome(cases: list[Case]) -> Pairs:
    n = sum(filled(one, "Outcome") for one in cases)
    top = max(sum(one["Outcome"] == word for one in cases) for word in LISTED)
    own = sum(filled(one, "Outcome") and one["Outcome"] not in LISTED for one in cases)
    pairs = ([(top, n)] if top else []) + ([(own, n)] if own else [])
    return with_open(cases, pairs, lambda one: not filled(one, "Outcome"))


def is_own(case: Case) -> bool:
    return filled(case, "Outcome") and case["Outcome"] not in LISTED


def beside(cases: list[Case]) -> Pairs:
    """What stands behind every figure of the line: outcomes in words of no list."""
    own = counts(cases, is_own, lambda one: filled(one, "Outcome"))
    return [own] if own[0] else []


def _own_words(cases: list[Case]) -> Pairs:
    services = counts(
        cases,
        lambda one: any(part.strip() not in SERVICES for part in one["Referred to?"].split(";") if part.strip()),
        lambda one: filled(one, "Referred to?"),
    )
    return [*beside(cases), *([services] if services[0] else [])]


def _ended(cases: list[Case]) -> Pairs:
    return [
        counts(cases, lambda one: one["Outcome"] == "no further action", lambda one: filled(one, "Outcome")),
        counts(cases, lambda one: one["Outcome"] in PROGRESSED, lambda one: filled(one, "Outcome")),
        *beside(cases),
    ]


def _harm_nfa(cases: list[Case]) -> Pairs:
    found = []
    for word in CATEGORIES:
        those = [one for one in cases if word.lower() in types(one)]
        found.append(
            counts(those, lambda one: one["Outcome"] == "no further action", lambda one: filled(one, "Outcome"))
        )
    shown = [pair for pair in found if pair[1] >= 10]
    return sorted(shown, key=lambda pair: -pair[0] / pair[1])[:5]


def _protection(cases: list[Case]) -> Pairs:
    there = [one for one in cases if one["Outcome"] == "child protection"]
    pairs = [(len(there), sum(filled(one, "Outcome") for one in cases))]
    if there:
        pairs.append(counts(there, lambda one: scenario(one) == "significant harm/no"))
        pairs = with_open(there, pairs, lambda one: not scenario(one))
    return pairs + beside(cases)


def _significant(cases: list[Case]) -> Pairs:
    those = [one for one in cases if scenario(one) == "significant harm/no"]
    pairs = [(len(those), sum(bool(scenario(one)) for one in cases))]
    if those:
        pairs += [
            counts(those, lambda one: one["Outcome"] in PROGRESSED),
            counts(those, lambda one: one["Outcome"] in CLOSED),
            counts(those, lambda one: one["Outcome"] not in PROGRESSED | CLOSED),
            *beside(cases),
        ]
    return pairs


def _follows(cases: list[Case]) -> Pairs:
    decided = [one for one in cases if one["Outcome"] in PROGRESSED | CLOSED]
    groups = (("Parenting concerns", "yes"), ("Parenting concerns", "no"), ("Level of harm", SIGNIFICANT),
              ("Level of harm", IN_NEED))  # fmt: skip
    pairs = []
    for heading, word in groups:
        those = [one for one in decided if one[heading] == word]
        pairs.append(counts(those, lambda one: one["Outcome"] in PROGRESSED))
    return [pair for pair in pairs if pair[1]] + beside(cases)


def _services(cases: list[Case]) -> Pairs:
    none = counts(cases, lambda one: "none" in [part.strip() for part in one["Referred to?"].split(";")],
                  lambda one: filled(one, "Referred to?"))  # fmt: skip
    return with_open(cases, [none], lambda one: not filled(one, "Referred to?"))


def expected(tables: Tables) -> dict[str, Pairs]:
    """What is counted in each finding: (how many, of how many), in the order of the sentence."""
    cases, left = cases_of(tables)
    complete = counts(cases, lambda one: all(filled(one, heading) for heading in SEVEN))
    return {
        "How much is in": [complete],
        "Size of the sample": _size(cases, left, tables),
        "Most common type of harm": _harm(cases),
        "Most common outcome": _outcome(cases),
        "Words that are not laid out yet": _own_words(cases),
        "No further action, and going on": _ended(cases),
        "Hard to find": [counts(cases, lambda one: one["Hard to find?"] == "yes")],
        "No further action by type of harm": _harm_nfa(cases),
        "Child Protection and harm outside the home": _protection(cases),
        "Significant harm without parenting concerns": _significant(cases),
        "Level of harm, parenting concerns and decisions": _follows(cases),
        "No service offered": _services(cases),
    }


def pairs_in(sentence: str) -> tuple[Pairs, int]:
    """Every "k of n" of a sentence, and how many percentages it has."""
    pairs = [
        (int(k.replace(",", "")), int(n.replace(",", "")))
        for k, n in re.findall(r"([\d,]*\d) of (?:the )?([\d,]*\d)", sentence)
    ]
    return pairs, sentence.count("%")


def percent(k: int, n: int) -> str:
    whole = (200 * k + n) // (2 * n)
    return "under 1%" if k and not whole else "over 99%" if whole == 100 and k < n else f"{whole}%"


ROWS_OF_THE_LIST = {
    "On the long list, not in the sample", "Types of harm never recorded", "What the choice of types of harm decided",
}  # fmt: skip


def hang_on(tables: Tables, chosen: str) -> list[int]:
    """How many rows hang on each type of harm that is chosen (or not), the five highest first."""
    table = tables["FunnelCategories"]
    rows = zip(table["Chosen"], table["Rows that hang on it"], strict=True)
    return sorted((k for one, k in rows if one == chosen and k), reverse=True)[:5]


def screened(tables: Tables) -> tuple[list[tuple[str, int]], list[str]]:
    """Chosen types of harm that no case has: those of the long list with their numbers, and those it does not have."""
    cases, _ = cases_of(tables)
    held = set().union(*map(types, cases))
    chosen = tables["Categories"].set_index("Category")["Chosen"].to_dict()
    rows = zip(tables["FunnelCategories"]["Category"], tables["FunnelCategories"]["Long list"], strict=True)
    missing = [(word, k) for word, k in rows if chosen.get(word) == "Yes" and word.lower() not in held]
    return sorted([one for one in missing if one[1]], key=lambda one: -one[1]), [word for word, k in missing if not k]


@pytest.mark.parametrize("seed", range(50))
def test_every_number_of_every_sentence_is_what_the_rows_say(seed: int) -> None:
    tables = example(seed)
    wanted = expected(tables)
    found = said_of(seed)
    for one in found:
        pairs, shares = pairs_in(one.sentence)
        if one.about in ROWS_OF_THE_LIST:
            continue
        if one.about.startswith("Variation: "):
            continue  # the words of Variations, recounted where they are made
        assert one.about in wanted, f"a new sentence, {one.about}: say in `expected` how its numbers are recounted"
        assert pairs == wanted[one.about], one
        shown = [pair for pair in pairs if pair[1] >= 10]
        if one.about == "Size of the sample":
            continue
        assert shares == len(shown), one
        assert re.findall(r"(?:under |over )?\d+%", one.sentence) == [percent(*pair) for pair in shown], one
    about = {one.about: one.sentence for one in found}
    listed, never = screened(tables)
    told = about.get("On the long list, not in the sample", "")
    assert re.findall(r"\((\d+) rows?\)", told) == [str(k) for _, k in listed[:5]]
    assert all(word in told for word, _ in listed[:5])
    assert all(word in about.get("Types of harm never recorded", "") for word in never)
    told = about.get("What the choice of types of harm decided", "")
    assert [int(k) for k in re.findall(r"\((\d+) rows?\)", told)] == [*hang_on(tables, "No"), *hang_on(tables, "Yes")]
    for name, missing in (
        ("Hard to find", not wanted["Hard to find"][0][0]),
        ("How much is in", wanted["How much is in"][0][0] == wanted["How much is in"][0][1]),
    ):
        assert (name not in about) == missing


def test_the_fifty_reviews_have_every_kind_of_sentence() -> None:
    seen = {one.about for seed in range(50) for one in said_of(seed)}
    wanted = set(expected(generated(40, 1))) | ROWS_OF_THE_LIST
    assert wanted <= seen


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_rows_makes_no_difference(seed: int) -> None:
    tables = generated(40, seed)
    mixed = tables["Review"].sample(frac=1, random_state=seed).reset_index(drop=True)

    def without_rows(found: list[Finding]) -> list[Finding]:
        """Excel rows are those of the moment."""
        return [one._replace(sentence=re.sub(r"Excel rows? [\d, ]+( and more)?", "", one.sentence)) for one in found]

    assert without_rows(said({**tables, "Review": mixed})) == without_rows(said(tables))


@pytest.mark.parametrize("seed", range(5))
def test_a_column_that_has_nothing_to_do_with_it_makes_no_difference(seed: int) -> None:
    tables = generated(40, seed)
    chance = random.Random(seed)
    more = tables["Review"].assign(**{"Our own": [chance.choice(["No", "CSE", 3, None]) for _ in range(40)]})
    assert said({**tables, "Review": more.astype(object)}) == said(tables)


def renamed(tables: Tables, names: Mapping[str, str]) -> Tables:
    """Every type of harm under another name, wherever it stands."""

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        for old, new in names.items():
            value = re.sub(rf"(?<![^;]){re.escape(old)}(?![^;])", new, value, flags=re.IGNORECASE)
        return value

    review = tables["Review"].copy()
    trimmed = [
        None if one is None else ";".join(part.strip() for part in str(one).split(";"))
        for one in review["Type of harm"]
    ]
    review["Type of harm"] = pd.Series([cell(one) for one in trimmed], dtype=object)
    moved = {
        name: tables[name].assign(Category=tables[name]["Category"].map(cell))
        for name in ("Categories", "FunnelCategories")
    }
    return {**tables, "Review": review, **moved}


@pytest.mark.parametrize("seed", range(5))
def test_other_names_for_the_types_of_harm_make_no_difference_but_for_the_names(seed: int) -> None:
    tables = generated(40, seed)
    names = {word: f"Kind {chr(65 + place)}" for place, word in enumerate(reversed(CATEGORIES))}
    plain = [one for one in said(tables) if "Variation" not in one.about]
    other = [one for one in said(renamed(tables, names)) if "Variation" not in one.about]
    back = []
    for one in other:
        sentence = one.sentence
        for old, new in names.items():
            sentence = sentence.replace(new, old)
        back.append((one.about, sentence))
    assert back == [(one.about, one.sentence) for one in plain]


def test_the_fifty_reviews_have_what_people_leave() -> None:
    every = [cases_of(example(seed)) for seed in range(50)]
    cases = [one for cases, _ in every for one in cases]
    assert any(left for _, left in every)
    assert any(not one["Outcome"] for one in cases)
    assert any(filled(one, "Outcome") and one["Outcome"] not in LISTED for one in cases)
    assert any(len(types(one)) > 1 for one in cases)
