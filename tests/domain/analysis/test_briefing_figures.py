"""The briefing's figures: lines, the funnel as it is now, decisions by scenario, which quotes come first."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from tests.office.review_rows import review as many_rows
from xl_dipsample.domain.analysis import figures_for_briefing as figures
from xl_dipsample.domain.analysis.tallies import counted
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.lead_lists import shipped

OUTCOMES = ["No further action", "Child in Need", "Other"]


def rows(*cells: object, heading: str = "Outcome") -> pd.DataFrame:
    return pd.DataFrame({heading: list(cells)}, dtype=object)


def test_known_words_stand_in_their_order_and_own_words_after_them_most_first() -> None:
    found = figures.lines(rows("a talk", "child in need", "A Talk ", "moved", None, "Other"), "Outcome", OUTCOMES)
    assert [(one.label, one.count, one.own) for one in found] == [
        ("Child in Need", 1, False),
        ("Other", 1, False),
        ("a talk", 2, True),
        ("moved", 1, True),
    ]
    assert found[2].rows == (0, 2)


def test_a_case_counts_once_in_each_of_its_types() -> None:
    found = figures.lines(
        rows("CSE; Gangs; cse", "Gangs", heading="Type of harm"), "Type of harm", ["CSE", "Gangs"], several=True
    )
    assert [(one.label, one.count) for one in found] == [("CSE", 1), ("Gangs", 2)]


def test_not_mapped_stands_as_it_is() -> None:
    assert figures.lines(rows("Not mapped"), "Outcome", ["Not mapped"])[0].label == "Not mapped"


@pytest.mark.parametrize("seed", range(20))
def test_lines_add_up_to_the_filled_cells_and_the_order_of_rows_changes_nothing(seed: int) -> None:
    frame = counted(many_rows(40, seed).reset_index(drop=True))
    found = figures.lines(frame, "Outcome", OUTCOMES)
    assert sum(one.count for one in found) == figures.filled(frame, "Outcome")
    mixed = frame.sample(frac=1, random_state=seed)
    again = figures.lines(mixed, "Outcome", OUTCOMES)
    assert {(one.label.casefold(), frozenset(one.rows)) for one in found} == {
        (one.label.casefold(), frozenset(one.rows)) for one in again
    }


def funnel(*stages: tuple[str, object, object]) -> pd.DataFrame:
    return pd.DataFrame(list(stages), columns=["Stage", "Excluded", "Remaining"], dtype=object)


def test_the_last_stages_follow_in_sample_as_it_is_now() -> None:
    frame = pd.DataFrame({"Unique ID": ["A", "B", "C"], "In sample?": ["No", None, "yes"]}, dtype=object)
    found = figures.funnel(
        funnel(
            ("Long list", 0, 9),
            ("Duplicate row", None, 9),
            ("Case check", 6, 3),
            ("Left during review", 0, 3),
            ("Sample", 0, 3),
        ),
        frame,
    )
    assert [tuple(one) for one in found] == [
        ("Long list", 0, 9),
        ("Duplicate row", None, 9),
        ("Case check", 6, 3),
        ("Left during review", 1, 2),
        ("Sample", 0, 2),
    ]


def test_a_funnel_that_cannot_be_read_is_none() -> None:
    assert figures.funnel(funnel(), pd.DataFrame({"Unique ID": []}, dtype=object)) == []
    assert figures.funnel(funnel(("Long list", 0, "many")), pd.DataFrame({"Unique ID": []}, dtype=object)) == []


@pytest.mark.parametrize("seed", range(20))
def test_decisions_are_an_independent_count_of_every_case(seed: int) -> None:
    frame = counted(many_rows(60, seed).reset_index(drop=True))
    found = figures.decisions(frame, shipped())
    assert [one.scenario for one in found][:5] == list(review_rules.scenarios())
    assert sum(one.cases for one in found) == len(frame)
    closed = {"no further action", "advice and information", "early help"}
    progressed = {"child in need", "strategy discussion / section 47", "child protection", "looked after"}
    for one in found:
        words = one.scenario if one.scenario in review_rules.scenarios() else ""
        outcomes = [
            " ".join(str(cell or "").split()).casefold() for cell in frame.loc[frame["Scenario"] == words, "Outcome"]
        ]
        assert one.closed == sum(outcome in closed for outcome in outcomes)
        assert one.progressed == sum(outcome in progressed for outcome in outcomes)
        assert one.neither == one.cases - one.closed - one.progressed


def test_quotes_of_unlike_cases_come_first_and_unmarked_ones_never() -> None:
    frame = pd.DataFrame(
        [
            ["D", "In need", "Yes", "Other", "Yes"],
            ["C", "In need", "Yes", "Other", "yes "],
            ["B", "Significant harm", "No", "Other", "Yes"],
            ["A", "Significant harm", "No", "Child in Need", "Yes"],
            ["E", "Significant harm", "No", "Early help", "No"],
        ],
        columns=["Unique ID", "Level of harm", "Parenting concerns", "Outcome", "Quote to use?"],
        dtype=object,
    ).assign(**{"Age at time of contact": "14", "In sample?": None})
    order = [frame["Unique ID"][at] for at in figures.quotable(counted(frame))]
    assert order == ["A", "B", "C", "D"]
    mixed = counted(frame.sample(frac=1, random_state=3))
    assert [frame["Unique ID"][at] for at in figures.quotable(mixed)] == order


def test_a_case_that_left_is_nowhere() -> None:
    frame = many_rows(30, 4).reset_index(drop=True)
    frame["Quote to use?"], frame["In sample?"] = "Yes", random.Random(1).choices(["No", None], k=30)
    left = set(frame.index[frame["In sample?"] == "No"])
    kept = counted(frame)
    assert not left & set(figures.quotable(kept))
    assert not left & {row for one in figures.lines(kept, "Outcome", OUTCOMES) for row in one.rows}
