"""The made-up samples are what they are said to be: nothing in them, or the one thing that was planted."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from tests.reference.analysis.made_up_samples import ETHNICITIES, HARMS, LISTS, column_of, sample
from tests.reference.planted import margins, wording
from tests.reference.planted.coming_back import HEADINGS, LARGE, NOTHING, came_back, long_list
from tests.reference.planted.patterns import CHANGES, PATTERNS
from tests.reference.planted.plain_tests import fisher
from tests.reference.planted.planted_questions import (
    COMPARED,
    FAMILY,
    KNOWN,
    QUESTIONS,
    READINGS,
    SHARES,
    beside,
    few,
    traits_with,
    unchanged,
    wording_in,
)
from tests.reference.planted.planted_samples import CLOSURE, INVOLVEMENT, SIZES, pair, planted

LARGE_ONE = 3000  # cases, to see the shares that small samples are drawn by
EXTRACTS = [INVOLVEMENT, CLOSURE]
# Everyday forms that a list of terms may come to hold: plain sentences must not have them, whatever is planted.
EVERYDAY = re.compile(
    r"engag|gang|boyfriend|girlfriend|street ?wise|hard to reach|challeng|consensual|promiscu|manipulat|deal|choice"
    r"|abscond|at risk|lifestyle|mature|relationship|attention|sexually|runner|recruit|associat|refus|missing",
    re.IGNORECASE,
)


@cache
def large(pattern: str = "") -> pd.DataFrame:
    return planted(LARGE_ONE, 151_501, pattern).review


def test_the_frame_is_that_of_the_other_made_up_samples() -> None:
    there, other = planted(45, 1), sample(1)
    assert list(there.review.columns) == list(other.review.columns)
    assert [stage for stage, *_ in there.funnel] == [stage for stage, *_ in other.funnel]
    assert len(there.review) == 45
    assert there.review["Unique ID"].is_unique


def test_every_word_is_on_its_list() -> None:
    review = large()
    lists = {
        "Outcome": column_of("outcomes", "outcome"),
        "Gender": [*column_of("gender", "gender"), "Not mapped"],
        "Ethnicity": ETHNICITIES,
        "Level of harm": LISTS["level_of_harm"],
        "Parenting concerns": LISTS["yes_no_not_clear"],
        "Seen as": LISTS["seen_as"],
        "Engagement": LISTS["engagement"],
        "Referred to?": column_of("referred_to", "service"),
    }
    for column, words in lists.items():
        assert set(review[column].dropna()) <= set(words), column
    assert {word for cell in review["Type of harm"] for word in cell.split("; ")} == set(HARMS)


@pytest.mark.parametrize(
    ("column", "shares"),
    [
        ("Outcome", margins.OUTCOMES),
        ("Gender", margins.GENDERS),
        ("Ethnicity", margins.ETHNICITIES),
        ("Parenting concerns", margins.CONCERNS),
        ("Seen as", margins.SEEN_AS),
    ],
)
def test_words_are_as_frequent_as_they_are_said_to_be(column: str, shares: dict[str, float]) -> None:
    cells = [cell or "" for cell in large()[column]]
    for word, share in shares.items():
        assert cells.count(word) / len(cells) == pytest.approx(share, abs=4 * (share * (1 - share) / len(cells)) ** 0.5)


def test_many_cases_have_more_than_one_type_of_harm() -> None:
    sizes = Counter(cell.count("; ") + 1 for cell in large()["Type of harm"])
    assert sizes[1] < LARGE_ONE / 2
    assert sum(size * many for size, many in sizes.items()) / LARGE_ONE == pytest.approx(1.8, abs=0.05)


def test_the_same_seed_gives_the_same_sample_and_another_one_another() -> None:
    pd.testing.assert_frame_equal(planted(88, 3).review, planted(88, 3).review)
    assert not planted(88, 3).review.equals(planted(88, 4).review)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_alters_the_outcome_or_the_wording_and_nothing_else(pattern: str) -> None:
    without, there = planted(206, 5).review, planted(206, 5, pattern).review
    changed = [column for column in there.columns if not there[column].equals(without[column])]
    assert changed == ["Outcome"] if PATTERNS[pattern].decision else set(changed) <= set(EXTRACTS) and changed


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_has_the_effect_that_is_stated(pattern: str) -> None:
    one = PATTERNS[pattern]
    table = QUESTIONS[one.question].table(large(pattern), "all")
    in_group, in_others = one.effects["large"]
    if not one.decision:  # other wording stands there besides
        in_group, in_others = (1 - (1 - share) * (1 - margins.OTHER_WORDING) for share in (in_group, in_others))
    for told, untold, share in ((*table[:2], in_group), (*table[2:], in_others)):
        size = told + untold
        assert told / size == pytest.approx(share, abs=4 * (share * (1 - share) / size) ** 0.5)
    assert fisher(table) < 1e-10


@pytest.mark.parametrize("pattern", ["", *PATTERNS])
def test_nothing_else_is_there(pattern: str) -> None:
    """Three thousand cases: the smallest p of up to twelve is no smaller than noise gives."""
    names = beside(PATTERNS[pattern].question) if pattern else list(QUESTIONS)
    assert len(names) >= 8
    p_values = [fisher(QUESTIONS[name].table(large(pattern))) for name in names]
    assert min(p_values) > 0.0005, dict(zip(names, p_values, strict=True))


def test_wording_of_every_concern_is_as_frequent_in_every_outcome_when_nothing_is_planted() -> None:
    counts = pd.crosstab(large()["Outcome"], wording_in(large()))
    assert chi2_contingency(counts).pvalue > 0.001


def test_a_pattern_in_an_answer_is_there_in_the_scenario_too() -> None:
    assert traits_with("Parenting concerns: child protection") == {"Parenting concerns", "Scenario"}
    assert "Level of harm: progressed" in beside("Parenting concerns: child protection")
    assert "Significant harm, no parenting concerns: no further action" not in beside(
        "Parenting concerns: child protection"
    )
    assert "CSE: no further action" not in beside("CCE: no further action")


def test_the_family_has_twelve_questions_and_so_has_that_of_two_samples() -> None:
    assert len(QUESTIONS) == len(FAMILY) == len(COMPARED) == len(SHARES) == 12
    assert all(one.question in QUESTIONS for one in PATTERNS.values())
    assert all(one.share in COMPARED for one in CHANGES.values())
    traits = Counter((one.trait, one.words, one.decision) for one in FAMILY)
    assert max(traits.values()) == 1


def test_a_table_counted_by_hand() -> None:
    rows = [
        ("CCE; Gangs", "No further action"), ("CCE", "Child in Need"), ("Gangs", "No further action"),
        ("Missing", "Early help"), ("Missing; CSE", "Looked after"), ("CCE", "Not recorded"), ("CSE", "Other"),
    ]  # fmt: skip
    review = pd.DataFrame(rows, columns=["Type of harm", "Outcome"], dtype=object)
    question = QUESTIONS["CCE: no further action"]
    assert question.table(review) == (1, 1, 1, 2)
    assert question.table(review, "all outcomes") == question.table(review, "all") == (1, 2, 1, 3)
    assert few(question.table(review))
    assert not few((10, 0, 3, 7))
    assert few((9, 0, 30, 7)) is few((30, 7, 0, 9)) is True


def test_a_word_that_is_no_answer_stands_in_neither_group() -> None:
    rows = [("Yes", "Child Protection"), ("No", "Early help"), ("Not clear from the file", "Early help")]
    review = pd.DataFrame(rows, columns=["Parenting concerns", "Outcome"], dtype=object)
    question = QUESTIONS["Parenting concerns: child protection"]
    assert question.table(review) == (1, 0, 0, 1)
    assert question.table(review, "all others") == (1, 0, 0, 2)


def test_the_readings_of_a_question_differ_by_whom_they_leave_out() -> None:
    for one in FAMILY:
        sizes = {reading: sum(one.table(large(), reading)) for reading in READINGS}
        assert sizes[KNOWN] == min(sizes.values())
        assert sizes["all"] == max(sizes.values()) == len(large())


def test_each_phrase_stands_in_its_own_sentence_alone() -> None:
    for phrase, _, sentence in wording.LOOK_TWICE:
        assert [other for other in wording.PHRASES if other in sentence.lower()] == [phrase]
    plain = [*wording.REASONS, *wording.CLOSINGS, *wording.CHILD_CENTRED, *wording.SUMMARIES, *wording.PLANS]
    assert [sentence for sentence in plain if EVERYDAY.search(sentence)] == []


def test_each_phrase_is_of_the_concern_that_the_list_of_terms_gives_it() -> None:
    for phrase, concern, _ in wording.LOOK_TWICE:
        found = {one for pattern, one, _ in planted(1, 0).terms if re.search(rf"\b(?:{pattern})\b", phrase)}
        assert found == {concern}, phrase


def test_what_a_reviewer_summed_up_is_no_wording_of_a_file() -> None:
    review = large()
    own = np.array([any(phrase in cell.lower() for phrase in wording.PHRASES) for cell in review["Summary of harm"]])
    assert 0.08 < own.mean() < 0.12
    bare = review.assign(**dict.fromkeys(EXTRACTS, "The worker visited twice."))
    assert not wording_in(bare).any()


def test_two_samples_have_nothing_in_common_but_how_they_are_drawn() -> None:
    before, after = pair(206, 7)
    assert not before.review["Type of harm"].equals(after.review["Type of harm"])
    assert sorted(before.review.columns) == sorted(after.review.columns)


@pytest.mark.parametrize("change", CHANGES)
def test_one_share_changes_between_two_samples_and_no_other(change: str) -> None:
    before, after = pair(LARGE_ONE, 180_501, change)
    one = CHANGES[change]
    with_after, without_after, with_before, without_before = COMPARED[one.share].table(
        before.review, after.review, "all"
    )
    last, this = (with_before / (with_before + without_before), with_after / (with_after + without_after))
    # a case without any other type of harm is given one: two in a hundred more
    assert [last, this] == pytest.approx(one.effects["large"], abs=0.05 if one.share == "CCE" else 0.035)
    p_values = {name: fisher(COMPARED[name].table(before.review, after.review)) for name in unchanged(one.share)}
    assert len(p_values) >= 9
    assert min(p_values.values()) > 0.0005, p_values


@pytest.mark.parametrize("cases", SIZES)
def test_a_sample_has_as_many_cases_as_are_asked_for(cases: int) -> None:
    assert len(planted(cases, 9, "girls progressed more", "moderate").review) == cases
    assert [len(one.review) for one in pair(cases, 9, "more parenting concerns", "moderate")] == [cases, cases]


def test_young_people_come_back_as_often_as_it_is_planted() -> None:
    for comes_back, is_there in ((NOTHING, False), (LARGE, True)):
        made = long_list(1000, 185_001, comes_back)
        table = came_back(made)
        shares = [table[0] / (table[0] + table[1]), table[2] / (table[2] + table[3])]
        assert shares == pytest.approx(comes_back, abs=0.07)
        assert (fisher(table) < 1e-10) is is_there
        assert is_there or fisher(table) > 0.0005


def test_a_long_list_has_its_columns_repeats_in_order_and_children_below_the_cut_off() -> None:
    rows = long_list(88, 185_002).rows
    assert list(rows.columns) == HEADINGS
    assert list(rows["Record"]) == list(range(1, len(rows) + 1))
    assert list(rows["Contact date"]) == sorted(rows["Contact date"])
    assert rows["Case ID"].nunique() == 88 + 44
    assert rows["Name"].isna().all()
    ages = [(on - born).days / 365.25 for on, born in zip(rows["Contact date"], rows["Date of birth"], strict=True)]
    assert sum(age < 12 for age in ages) >= 44
    assert max(ages) < 19.5
    assert all(start < end for start, end in zip(rows["Contact date"], rows["End date"], strict=True))
