"""Two readers of the same files: what counts as the same answer, and kappa against an independent library."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from xl_dipsample.domain.review import second_reader as readers
from xl_dipsample.domain.review.second_reader import Compared, kappa, standard

Z95 = 1.959963984540054
OUTCOME = (Compared("Outcome"),)
LEVEL = (Compared("Level of harm"),)


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, dtype=object)
    return made.where(made.notna(), None)


def cases(heading: str, words: list[object], **more: object) -> pd.DataFrame:
    return frame(
        [{"Unique ID": f"S{place}", "Reviewer": "AB", heading: word, **more} for place, word in enumerate(words)]
    )


def both(first: list[object], second: list[object], asked: Compared) -> pd.DataFrame:
    table = readers.pairs(cases(asked.heading, first), cases(asked.heading, second), [asked])
    return readers.agreement(table, [asked])


def row(first: list[object], second: list[object], asked: Compared = OUTCOME[0]) -> dict[str, object]:
    return both(first, second, asked).to_dict("records")[0]


# --- kappa


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=60))
def test_kappa_and_its_interval_are_those_of_an_independent_library(pairs):
    table = np.zeros((4, 4))
    for one, other in pairs:
        table[one, other] += 1
    mine = kappa([str(one) for one, _ in pairs], [str(other) for _, other in pairs])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohens_kappa(table)
    if mine is None:
        assert len({word for pair in pairs for word in pair}) == 1
        assert math.isnan(theirs.kappa)
        return
    error = math.sqrt(max(0.0, theirs.var_kappa))
    assert mine.kappa == pytest.approx(theirs.kappa, abs=1e-9)
    assert mine.low == pytest.approx(max(-1.0, theirs.kappa - Z95 * error), abs=1e-6)
    assert mine.high == pytest.approx(min(1.0, theirs.kappa + Z95 * error), abs=1e-6)


def test_kappa_agrees_with_a_worked_example():
    """20 and 15 the same of 50, 5 and 10 not: 0.7 seen, 0.5 by chance."""
    words = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = kappa([one for one, _ in words], [other for _, other in words])
    assert found is not None
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_not_defined_without_cases_or_when_both_gave_one_answer_throughout():
    assert kappa([], []) is None
    assert kappa(["a"] * 12, ["a"] * 12) is None
    assert kappa(["a"] * 12, ["b"] * 12) is not None


def test_the_two_readers_can_change_places():
    one, other = list("aabbccabca"), list("abbbccaaca")
    assert kappa(one, other) == pytest.approx(kappa(other, one))


# --- what is compared


def test_capitals_and_spaces_make_no_difference_and_several_words_are_a_set():
    assert row(["Early help"], ["  early   HELP "])["Same answer"] == 1
    referred = Compared("Referred to?", several=True)
    assert row(["Police; Housing"], ["housing ;police;"], referred)["Same answer"] == 1
    assert row(["Police; Housing"], ["Police"], referred)["Same answer"] == 0
    assert row(["Police; Housing"], ["Housing; Police"])["Same answer"] == 0, "one answer, not a set"


@pytest.mark.parametrize("nothing", [None, "", "  ", "Not mapped", "not MAPPED ", "#NAME?"])
def test_what_one_of_them_has_not_answered_is_not_counted(nothing):
    assert row(["Early help", nothing], ["Early help", "Early help"])["Read twice"] == 1
    assert row(["Early help", "Early help"], ["Early help", nothing])["Read twice"] == 1


def test_a_set_of_nothing_but_semicolons_is_no_answer():
    assert row(["Police"], [" ; ; "], Compared("Referred to?", several=True))["Read twice"] == 0


def test_blank_in_sample_counts_as_yes_once_somebody_has_read_the_case():
    asked = [Compared("In sample?")]
    first = frame([{"Unique ID": name, "Reviewer": "AB", "In sample?": None} for name in "abcd"])
    second = frame(
        [
            {"Unique ID": "a", "Reviewer": "EF", "In sample?": None},
            {"Unique ID": "b", "Reviewer": None, "In sample?": None},
            {"Unique ID": "c", "Reviewer": None, "In sample?": "no"},
            {"Unique ID": "d", "Reviewer": None, "In sample?": "YES"},
        ]
    )
    table = readers.pairs(first, second, asked)
    assert dict(zip(table["Unique ID"], table["Second reader"], strict=True)) == {"a": "Yes", "c": "No", "d": "Yes"}
    assert set(table["First reader"]) == {"Yes"}


def test_other_questions_count_only_cases_that_both_have_in_the_sample():
    first = cases("Outcome", ["Early help"] * 3)
    second = cases("Outcome", ["Early help"] * 3)
    first["In sample?"], second["In sample?"] = ["No", None, None], [None, "no", "Yes"]
    table = readers.pairs(first, second, standard())
    assert table.loc[table["Question"] == "Outcome", "Unique ID"].tolist() == ["S2"]
    assert table.loc[table["Question"] == "In sample?", "Unique ID"].tolist() == ["S0", "S1", "S2"]


def test_the_scenario_is_worked_out_anew_and_needs_both_its_questions():
    asked = [Compared("Scenario")]
    first = frame([{"Unique ID": name, "Reviewer": "A", "Level of harm": "In need", "Parenting concerns": "No",
                    "Scenario": "stale"} for name in "ab"])  # fmt: skip
    second = first.assign(**{"Parenting concerns": ["No", None]})
    assert readers.pairs(first, second, asked)["Second reader"].tolist() == ["In need, no parenting concerns"]


def test_unique_ids_are_matched_whatever_their_capitals_and_order():
    first, second = cases("Outcome", ["a", "b", "c"]), cases("Outcome", ["a", "b", "c"]).iloc[::-1]
    second["Unique ID"] = [f" {one.lower()}" for one in second["Unique ID"]]
    table = readers.pairs(first, second, OUTCOME)
    assert table["Unique ID"].tolist() == ["S0", "S1", "S2"]
    assert readers.is_same(table, OUTCOME).all()


# --- in words


def test_below_ten_cases_there_are_counts_and_nothing_else():
    found = row(["a"] * 9, ["a"] * 8 + ["b"])
    assert (found["Read twice"], found["Same answer"]) == (9, 8)
    assert [found[one] for one in ("%", "Kappa", "Kappa from", "Kappa to")] == [None] * 4
    assert found["In words"] == "8 of 9 the same: few, so counts only."


def test_from_ten_cases_on_percent_kappa_and_interval_are_shown_with_care():
    found = row(list("aaabbbcccc"), list("aabbbbcccb"))
    assert [found[one] for one in ("%", "Kappa", "Kappa from", "Kappa to")] == [80.0, 0.7, 0.35, 1.0]
    assert found["In words"] == (
        "8 of 10 (80%) the same. Kappa 0.70, likely between 0.35 and 1.00: more alike than chance would make them."
    )
    assert "no more than chance" in row(list("aaaaabbbbb"), list("aabbbaabbb"))["In words"]
    assert "less alike than chance" in row(list("aaaaaabbbbbb"), list("bbbbbaaaaaab"))["In words"]


def test_when_kappa_says_nothing_the_words_say_why_and_no_interval_is_shown():
    same = row(["a"] * 12, ["a"] * 12)
    assert (same["%"], same["Kappa"], same["Kappa from"]) == (100.0, None, None)
    assert "same one answer throughout" in same["In words"]
    one = row(["a"] * 12, ["a"] * 8 + ["b"] * 4)
    assert (one["Kappa"], one["Kappa from"], one["Kappa to"]) == (0.0, None, None)
    assert "says nothing" in one["In words"]
    full = row(list("aaaaaabbbbbb"), list("aaaaaabbbbbb"))
    assert (full["Kappa"], full["Kappa from"], full["Kappa to"]) == (1.0, None, None)
    assert "no interval" in full["In words"]


def test_a_question_that_nobody_has_answered_still_has_its_row():
    table = both([None], ["Early help"], OUTCOME[0])
    assert table[["Question", "Read twice", "Same answer"]].to_numpy().tolist() == [["Outcome", 0, 0]]
    assert table["In words"].tolist() == ["No case yet that both have answered."]


# --- how many, and which


@pytest.mark.parametrize(
    ("number", "drawn"), [(0, 0), (1, 1), (5, 5), (6, 5), (25, 5), (26, 6), (60, 12), (61, 13), (300, 60)]
)
def test_a_fifth_is_drawn_rounded_up_and_at_least_five(number, drawn):
    assert readers.how_many(number) == drawn


def test_only_cases_that_somebody_has_read_and_that_are_in_the_sample_can_be_drawn():
    table = frame(
        [
            {"Unique ID": "a", "Reviewer": "AB", "In sample?": None},
            {"Unique ID": "b", "Reviewer": "  ", "In sample?": "Yes"},
            {"Unique ID": "c", "Reviewer": "AB", "In sample?": "no "},
            {"Unique ID": None, "Reviewer": "AB", "In sample?": None},
        ]
    )
    assert readers.can_be_drawn(table).tolist() == [True, False, False, False]


def test_a_case_is_answered_with_its_four_questions_or_when_it_has_left_the_sample():
    full = {"Outcome": "x", "Referred to?": "y", "Level of harm": "In need", "Parenting concerns": "No"}
    rows = [{"Unique ID": "a", **full}, {"Unique ID": "b", **full, "Outcome": "Not mapped"},
            {"Unique ID": "c", "In sample?": "No"}, {"Unique ID": "d"}]  # fmt: skip
    assert readers.is_answered(frame(rows)).tolist() == [True, False, True, False]
    assert readers.is_begun(frame(rows).assign(Reviewer=None), standard()).tolist() == [True, True, True, False]


# --- the list of differences


def listed(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(readers.PAIR_HEADINGS), dtype=object)


NOTHING = pd.DataFrame(columns=[*readers.PAIR_HEADINGS, "Agreed answer", "Why"], dtype=object)


def test_differences_are_listed_by_case_and_question_but_for_the_scenario():
    table = listed([("B", "Level of harm", "In need", "Significant harm"), ("B", "Scenario", "x", "y"),
                    ("A", "Outcome", "CIN", "cin"), ("A", "Seen as", "Victim", "Both"),
                    ("A", "Level of harm", "In need", "Not clear")])  # fmt: skip
    found = readers.differences(table, NOTHING, standard())
    assert found[["Unique ID", "Question"]].to_numpy().tolist() == [
        ["A", "Level of harm"], ["A", "Seen as"], ["B", "Level of harm"],
    ]  # fmt: skip
    assert list(found.columns) == list(NOTHING.columns)


def test_what_people_agreed_stays_even_when_the_two_no_longer_differ():
    first = readers.differences(listed([("A", "Outcome", "x", "y"), ("B", "Outcome", "x", "y")]), NOTHING, standard())
    first["Agreed answer"], first["Why"] = ["y", None], [None, None]
    first["Own column"] = [None, "seen by the panel"]
    again = readers.differences(
        listed([("a", "Outcome", "y", "y"), ("B", "Outcome", "x", "z"), ("C", "Outcome", "x", "y")]), first, standard()
    )
    shown = again[["First reader", "Second reader", "Agreed answer", "Own column"]]
    assert shown.to_numpy().tolist() == [
        ["y", "y", "y", None],
        ["x", "z", None, "seen by the panel"],
        ["x", "y", None, None],
    ]
    gone = readers.differences(listed([]), first, standard())
    assert gone["Unique ID"].tolist() == ["A", "B"], "nothing that people typed is lost"
    assert readers.differences(listed([]), first.drop(columns="Own column"), standard())["Unique ID"].tolist() == ["A"]


def test_each_case_counts_once_with_its_latest_second_reading():
    earlier = listed([("A", "Outcome", "x", "y"), ("A", "Seen as", "x", "y"), ("B", "Outcome", "x", "x")])
    whole = readers.joined(earlier, listed([("A", "Outcome", "x", "x"), ("C", "Outcome", "x", "x")]), ["a", "C"])
    assert whole[["Unique ID", "Question", "Second reader"]].to_numpy().tolist() == [
        ["B", "Outcome", "x"], ["A", "Outcome", "x"], ["C", "Outcome", "x"],
    ]  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30), st.randoms())
def test_the_order_of_rows_makes_no_difference(words, dice):
    first = cases("Level of harm", [one for one, _ in words]) if words else frame([{"Unique ID": None}])
    second = cases("Level of harm", [other for _, other in words]) if words else frame([{"Unique ID": None}])
    order = list(range(len(first)))
    dice.shuffle(order)
    one = readers.agreement(readers.pairs(first, second, LEVEL), LEVEL)
    other = readers.agreement(readers.pairs(first.iloc[order], second.iloc[order[::-1]], LEVEL), LEVEL)
    pd.testing.assert_frame_equal(one, other)
