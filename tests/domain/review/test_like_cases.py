"""The guide's table, case by case: what "like" means, and which like cases come first."""

from __future__ import annotations

import random

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook.specs import spec

HEADINGS = spec.table("review", "Review").headings


def case(name: str, outcome: str | None, harm: str | None = "CSE", level: str = "In need", **more: object):
    typed = {"Unique ID": name, "Outcome": outcome, "Type of harm": harm, "Level of harm": level}
    return typed | {"Parenting concerns": "Yes"} | more


def table(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame([[row.get(h) for h in HEADINGS] for row in rows], columns=HEADINGS, dtype=object)
    return tallies.thresholds_table(frame, shipped())


def test_the_sheet_s_spec_has_the_columns_of_the_table():
    assert spec.table("review", "Thresholds").headings == list(tallies.THRESHOLDS_HEADINGS)


def test_how_many_are_alike_and_whether_they_ended_differently_is_said():
    made = table(
        case("A", "Early help"),
        case("B", "Child in Need"),
        case("C", "early help"),
        case("D", "Other", harm="Gangs"),
        case("E", "Other", harm="Missing"),
        case("F", "other ", harm="missing"),
    )
    assert made.set_index("Unique ID")["Like cases"].to_dict() == {
        "A": "3 cases, 2 outcomes",
        "B": "3 cases, 2 outcomes",
        "C": "3 cases, 2 outcomes",
        "D": "The only one",
        "E": "2 cases",
        "F": "2 cases",
    }


def test_a_case_without_an_outcome_does_not_differ():
    made = table(case("A", "Early help"), case("B", None), case("C", "Other", harm="Trafficking"))
    assert made["Unique ID"].tolist() == ["A", "B", "C"]
    assert made["Like cases"].tolist() == ["2 cases", "2 cases", "The only one"]


def test_unlike_outcomes_come_first_within_a_scenario_and_scenarios_keep_their_order():
    made = table(
        case("A", "Early help", harm="CCE"),
        case("B", "Early help", harm="Gangs"),
        case("C", "Child in Need", harm="Gangs"),
        case("D", "Other", level="Significant harm"),
    )
    assert made["Unique ID"].tolist() == ["D", "B", "C", "A"]


def test_the_same_types_of_harm_in_another_order_are_alike():
    made = table(case("A", "Early help", harm="CSE; Gangs"), case("B", "Looked after", harm="gangs;CSE; CSE"))
    assert made["Like cases"].tolist() == ["2 cases, 2 outcomes"] * 2


def test_an_extract_and_whether_it_is_a_quote_to_use_stand_beside_the_outcome():
    extract = {"Reason for closure or progression (extract)": "a synthetic reason", "Quote to use?": "Yes"}
    made = table(case("A", "Early help", **extract), case("B", "Early help"))
    assert made.loc[0, ["Outcome", "Reason for closure or progression", "Quote to use?"]].tolist() == [
        "Early help",
        "a synthetic reason",
        "Yes",
    ]
    assert made.loc[1, "Quote to use?"] is None


def test_rows_in_another_order_give_the_same_table():
    rows = [
        case(f"K{n}", random.Random(n).choice(["Early help", "Other", None]), harm=["CSE", "Gangs", None][n % 3])
        for n in range(60)
    ]
    before = table(*rows)
    random.Random(1).shuffle(rows)
    pd.testing.assert_frame_equal(table(*rows), before)


def test_no_case_gives_an_empty_table():
    assert table().empty
    assert table({}).empty
