"""The rules of the Review table: scenario, age band, what is missing, who is in the sample."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.lead_lists import shipped

FULL = {
    "Unique ID": "K1",
    "Outcome": "Early help",
    "Referred to?": "Police",
    "Reason for social care involvement (extract)": "copied words",
    "Reason for closure or progression (extract)": "more copied words",
    "Level of harm": "In need",
    "Parenting concerns": "Yes",
    "Reviewer": "AB",
}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows of Review; a column that a row does not give is blank."""
    headings = [*FULL, "Type of harm", "Summary of harm", "In sample?", "Reason if not in sample", "Hard to find?"]
    return pd.DataFrame([{h: row.get(h) for h in [*headings, "Age at time of contact"]} for row in rows], dtype=object)


def check(**changes: object) -> str:
    return review_rules.review_check(frame({**FULL, **changes}))[0]


def test_seven_filled_cells_are_complete():
    assert check() == "Complete"


@pytest.mark.parametrize("heading", review_columns.required())
@pytest.mark.parametrize("nothing", [None, "", "   ", "Not mapped", " not MAPPED ", "#NAME?", float("nan")])
def test_each_of_the_seven_is_missed(heading, nothing):
    assert check(**{heading: nothing}) == f"Missing: {heading}"


def test_several_missing_cells_are_named_in_the_order_of_the_table():
    assert check(Reviewer=None, Outcome=None) == "Missing: Outcome, Reviewer"


def test_the_optional_columns_are_not_missed():
    assert check(**{"Summary of harm": None, "Hard to find?": None}) == "Complete"


def test_a_row_that_left_needs_only_a_reason_and_a_reviewer():
    left = {"Unique ID": "K1", "In sample?": "no "}
    with_reason = {**left, "Reason if not in sample": "Other"}
    told = review_rules.review_check(frame(left, with_reason, {**with_reason, "Reviewer": "A"}))
    assert told.tolist() == ["Missing: Reason if not in sample, Reviewer", "Missing: Reviewer", "Left the sample"]


def test_the_blank_row_of_an_empty_table_says_nothing_and_does_not_count():
    blank = frame({})
    assert review_rules.review_check(blank).tolist() == [""]
    assert review_rules.scenario(blank).tolist() == [""]
    assert not review_rules.in_sample(blank).any()


def test_a_row_without_an_id_says_that_it_does_not_count():
    assert check(**{"Unique ID": None}) == "No unique ID: not counted"


@pytest.mark.parametrize(
    ("answer", "counts"), [(None, True), ("", True), ("Yes", True), ("perhaps", True), ("No", False), (" NO ", False)]
)
def test_blank_counts_as_in_the_sample_and_only_no_leaves(answer, counts):
    rows = frame({**FULL, "In sample?": answer})
    assert review_rules.in_sample(rows).tolist() == [counts]
    assert review_rules.has_left(rows).tolist() == [not counts]


@pytest.mark.parametrize(
    ("level", "concerns", "expected"),
    [
        ("Significant harm", "Yes", "Significant harm, parenting concerns"),
        ("significant harm ", "NO", "Significant harm, no parenting concerns"),
        ("In need", "Yes", "In need, parenting concerns"),
        ("In need", "No", "In need, no parenting concerns"),
        ("Not clear from the file", "No", "Not clear"),
        ("In need", "Not clear from the file", "Not clear"),
        ("something else", "Yes", "Not clear"),
        ("In need", None, ""),
        (None, "Not clear from the file", ""),
    ],
)
def test_the_scenario_follows_from_two_answers(level, concerns, expected):
    rows = frame({**FULL, "Level of harm": level, "Parenting concerns": concerns})
    assert review_rules.scenario(rows).tolist() == [expected]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        ("0", "Under 10"),
        ("9", "Under 10"),
        ("10", "10 to 11"),
        (11.0, "10 to 11"),
        (12, "12 to 13"),
        ("13.9", "12 to 13"),
        ("14-15", "14 to 15"),
        ("14 - 15", "14 to 15"),
        ("15-16", "Not known"),
        ("17", "16 to 17"),
        ("18", "18 and over"),
        ("121", "Not known"),
        ("Not known", "Not known"),
        ("fourteen", "Not known"),
        (None, "Not known"),
    ],
)
def test_an_age_has_a_band_when_both_ends_are_in_it(age, band):
    assert review_rules.age_band(pd.Series([age], dtype=object)).tolist() == [band]


def test_progress_counts_the_sample_apart_from_those_who_left():
    rows = frame(
        FULL,
        {**FULL, "Reviewer": None, "Hard to find?": "yes"},
        {**FULL, "In sample?": "No", "Hard to find?": "Yes"},
        {**FULL, "In sample?": "No", "Reason if not in sample": "Other"},
        {},
    )
    assert review_rules.progress(rows) == review_rules.Progress(
        in_sample=2, complete=1, left=2, left_complete=1, hard_to_find=1
    )


def test_cells_are_read_as_excel_reads_them():
    cells = [" a   b ", 12.0, 3.5, True, dt.date(2025, 1, 31), None, pd.NaT, "#N/A", "#1"]
    assert [excel_text(cell) for cell in cells] == ["a b", "12", "3.5", "TRUE", "2025-01-31", "", "", "", "#1"]


def test_a_cell_with_two_types_of_harm_becomes_two_rows():
    rows = frame(
        {**FULL, "Type of harm": "CSE; Missing"},
        {**FULL, "Unique ID": "K2", "Type of harm": None, "Outcome": None, "In sample?": "No", "Level of harm": None},
        {},
    )
    assert tallies.harms_table(rows).to_numpy().tolist() == [
        ["K1", "CSE", "Early help", "In need, parenting concerns", "Yes"],
        ["K1", "Missing", "Early help", "In need, parenting concerns", "Yes"],
        ["K2", "Not filled in yet", "Not filled in yet", "Not yet answered", "No"],
    ]


def test_like_cases_with_unlike_outcomes_stand_together_and_first():
    def case(name: str, harm: str, outcome: str, level: str = "In need") -> dict[str, object]:
        return {**FULL, "Unique ID": name, "Type of harm": harm, "Outcome": outcome, "Level of harm": level}

    rows = frame(
        case("A", "CSE", "Early help"),
        case("B", "Missing; Gangs", "Child in Need"),
        case("C", "CSE", "Early help"),
        case("D", "Gangs; Missing", "No further action"),
        case("E", "CSE", "Looked after", level="Significant harm"),
        {**case("F", "CSE", "Other"), "In sample?": "No"},
        case("G", "CSE", "Other", level=""),
    )
    table = tallies.thresholds_table(rows, shipped())
    assert list(table.columns) == list(tallies.THRESHOLDS_HEADINGS)
    assert table["Unique ID"].tolist() == ["E", "D", "B", "A", "C", "G"]
    assert table["Scenario"].tolist()[-1] == "Not yet answered"
    assert table["Reason for closure or progression"].unique().tolist() == ["more copied words"]


def test_words_of_a_cell_are_whole_words():
    rows = pd.DataFrame({"Type of harm": ["Missing from education", "Missing; CSE", "missing;cse;", "*"]}, dtype=object)
    found = tallies.masks(rows, "Type of harm", ["Missing", "CSE", "<12"], several=True)
    assert [int(word.sum()) for word in found.words] == [2, 2, 0]
    assert (int(found.other.sum()), int(found.blank.sum())) == (2, 0)
