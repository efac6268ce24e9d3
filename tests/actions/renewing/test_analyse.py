"""Refresh analysis: Harms and the sorted table on Thresholds, rebuilt from what stands in Review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.domain.review import review_rules
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import spec

EXTRACT = "words of the file"


def reviewed(unique_id: str, **other: Any) -> dict[str, Any]:
    """A complete row of Review."""
    row: dict[str, Any] = {
        "Unique ID": unique_id,
        "Type of harm": "CSE",
        "Age at time of contact": "14",
        "Outcome": "Child in Need",
        "Referred to?": spec.lists()["referred_to"][1],
        "Reason for social care involvement (extract)": EXTRACT,
        "Reason for closure or progression (extract)": EXTRACT,
        "Level of harm": "Significant harm",
        "Parenting concerns": "No",
        "Reviewer": "AB",
        "Summary of harm": "A few words",
    }
    return row | other


ROWS = [
    reviewed("DS-222-222C", **{"Type of harm": "CSE; Gangs", "Level of harm": "In need"}),
    reviewed("DS-333-333F", **{"Parenting concerns": "Yes"}),
    reviewed("DS-444-444J", **{"In sample?": "No", "Reason if not in sample": "Other"}),
    reviewed("DS-555-555M", Outcome=None),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A review workbook with these rows."""
    made = tmp_path / "review.xlsx"
    headings = spec.table("review", "Review").headings
    frame = pd.DataFrame([[row.get(one) for one in headings] for row in ROWS], columns=headings, dtype=object)
    made.write_bytes(build("review", {"Review": frame}))
    return made


def test_harms_has_one_row_for_each_case_and_type_of_harm(path: Path) -> None:
    assert dipsample("analyse", path)[0] == 0
    harms = table(path, "Harms")
    assert harms[["Unique ID", "Type of harm", "Counts?"]].to_numpy().tolist() == [
        ["DS-222-222C", "CSE", "Yes"],
        ["DS-222-222C", "Gangs", "Yes"],
        ["DS-333-333F", "CSE", "Yes"],
        ["DS-444-444J", "CSE", "No"],
        ["DS-555-555M", "CSE", "Yes"],
    ]
    assert harms["Scenario"].iloc[0] == "In need, no parenting concerns"


def test_thresholds_lists_the_cases_of_the_sample_scenario_by_scenario(path: Path) -> None:
    dipsample("analyse", path)
    listed = table(path, "Thresholds")
    assert "DS-444-444J" not in set(listed["Unique ID"])
    order = [review_rules.scenarios().index(one) for one in listed["Scenario"]]
    assert order == sorted(order)
    assert set(listed["Reason for closure or progression"]) == {EXTRACT}


def test_variations_compares_the_groups_and_lists_what_is_on_neither_side(path: Path) -> None:
    _, result, _ = dipsample("analyse", path)
    listed = table(path, "Variations").set_index(["By", "Group"])
    assert listed.loc[("Type of harm", "CSE"), "In words"] == "2 of 2 progressed: too few to compare"
    assert listed.loc[("Outcome on neither side", "Not filled in yet"), "Cases"] == 1
    told = [one["text"] for one in result["messages"] if one["code"] == "variations"]
    assert told == ["No group was compared with the others: that needs at least 10 cases on both sides."]


def test_the_figures_count_what_is_complete_and_in_the_sample(path: Path) -> None:
    status, result, _ = dipsample("analyse", path)
    assert status == 0
    assert {"review": 4, "in_sample": 3, "complete": 2, "harms": 5}.items() <= result["figures"].items()
    assert {"comparisons": 0, "clear_differences": 0}.items() <= result["figures"].items()
    assert result["messages"][0]["text"] == "2 of 3 cases in the sample are complete."


def test_what_reviewers_typed_afterwards_comes_with_the_next_time(path: Path) -> None:
    dipsample("analyse", path)

    def type_in(host: Any) -> None:
        frame = host.read_table("Review")
        frame.loc[0, "Type of harm"] = "Missing"
        frame.loc[2, "In sample?"] = None
        host.write_table("Review", frame)

    edit(path, type_in)
    _, result, _ = dipsample("analyse", path)
    harms = table(path, "Harms")
    assert list(harms["Type of harm"]) == ["Missing", "CSE", "CSE", "CSE"]
    assert set(harms["Counts?"]) == {"Yes"}
    assert result["figures"]["in_sample"] == 4


def test_review_itself_is_left_as_it_is(path: Path) -> None:
    before = table(path, "Review").to_numpy().tolist()
    dipsample("analyse", path)
    assert table(path, "Review").to_numpy().tolist() == before


def test_start_and_audit_say_that_it_was_done(path: Path) -> None:
    dipsample("analyse", path)
    start = table(path, "Start").set_index("What to do")
    assert start.loc["Refresh analysis", "State"] == "Done"
    assert start.loc["Refresh analysis", "What it found"] == "2 of 3 complete"
    assert start.loc["Refresh analysis", "When"] is not None
    audit = table(path, "Audit")
    assert list(audit["Action"]) == ["Refresh analysis"]
    assert "in sample 3" in audit["Figures"][0]
    assert audit["Who"][0] is None, "no user name in a workbook that is shared"


def test_an_empty_review_gives_empty_tables(tmp_path: Path) -> None:
    empty = tmp_path / "review.xlsx"
    empty.write_bytes(build("review"))
    status, result, said = dipsample("analyse", empty)
    assert status == 0, said
    assert set(result["figures"].values()) == {0}
    assert {"review", "in_sample", "complete", "harms", "comparisons"} <= set(result["figures"])
    assert table(empty, "Harms").empty
    assert table(empty, "Thresholds").empty
    assert table(empty, "Variations").empty


def test_running_it_twice_changes_no_table_but_audit_and_start(path: Path) -> None:
    dipsample("analyse", path)
    names = [one.name for one in spec.tables("review") if one.name not in {"Audit", "Start", "SetAside"}]
    before = {name: table(path, name).to_numpy().tolist() for name in names}
    dipsample("analyse", path)
    assert {name: table(path, name).to_numpy().tolist() for name in names} == before
