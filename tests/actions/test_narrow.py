"""Narrow down on a workbook: what stands on the sheets, and that nothing people typed is lost."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from tests.actions.typing_in import add_column, decide, edit, include_all, set_cell
from tests.actions.workbooks import dipsample, laid_out_working_workbook, row, table, write_csv
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

ROWS = [
    row(1),
    row(2, **{"Assessment factors": "16A"}),
    row(3, DOB="01/01/2015"),
    row(4, **{"Assessment factors": "Local code 7"}),
    row(5),
]


def test_the_funnel_stands_on_the_sheet_and_in_the_json(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    status, result, _ = dipsample("narrow", path)
    assert status == 1  # undecided
    funnel = result["figures"]["funnel"]
    assert [(one["stage"], one["excluded"], one["remaining"]) for one in funnel] == [
        ("Long list", 0, 5),
        ("Duplicate row", 0, 5),
        ("Outside the period", 0, 5),
        ("Below the age cut-off", 1, 4),
        ("No chosen category", 1, 3),
        ("Another contact of the same young person", 0, 3),
        ("Case check", 0, 3),
        ("Sample", 0, 0),
    ]
    assert table(path, "Funnel").to_numpy().tolist() == [list(one.values()) for one in funnel]
    assert result["figures"]["undecided"] == 3


def test_it_says_how_many_rows_each_choice_of_a_type_of_harm_costs(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, [*ROWS, row(6, **{"Assessment factors": "24A"})])
    result = dipsample("narrow", path)[1]
    assert result["figures"]["hang_on"] == {"chosen": {"CSE": 2, "CCE": 1}, "not_chosen": {}}
    said = {one["code"]: one["text"] for one in result["messages"]}
    assert said["stayed-for-choice"] == "Rows that stay for one chosen type of harm alone: CSE 2, CCE 1."
    assert "left-for-choice" not in said
    set_cell(path, "Categories", "CCE", "No", "Chosen")
    result = dipsample("narrow", path)[1]
    assert result["figures"]["hang_on"] == {"chosen": {"CSE": 2}, "not_chosen": {"CCE": 1}}
    said = {one["code"]: one["text"] for one in result["messages"]}
    assert said["left-for-choice"] == "Rows that left, and would stay if that type of harm were chosen: CCE 1."
    shown = table(path, "FunnelCategories").set_index("Category")
    assert shown.loc["CCE", ["Chosen", "Rows that hang on it"]].tolist() == ["No", 1]


def test_a_category_of_the_leads_own_is_counted_and_not_named(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)

    def fill(host: FileHost) -> None:
        frame = host.read_table("Categories")
        frame.loc[len(frame)] = ["Wetherby Synthetic", "Yes", *[None] * (len(frame.columns) - 2)]
        host.write_table("Categories", frame)

    edit(path, fill)
    assert "Wetherby" not in str(dipsample("narrow", path)[1])


def test_every_excluded_row_is_logged_once_with_stage_and_reason(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    log = table(path, "ExclusionLog")
    assert log[["Record", "Stage"]].to_numpy().tolist() == [[2, "No chosen category"], [3, "Below the age cut-off"]]
    assert log["Reason"].notna().all()


def test_case_check_says_which_team_has_the_file(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, [row(1, Team=" North "), row(2, Team="")])
    dipsample("narrow", path)
    assert table(path, "CaseCheck")["Team"].tolist() == ["North", None]


def test_no_message_holds_a_cell_of_the_list(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    _, result, _ = dipsample("narrow", path)
    told = str(result)
    assert "Synthetic" not in told
    assert "Local code" not in told


def test_narrowing_down_twice_changes_nothing_but_audit_and_start(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    decide(path, {1: ("Include", None, "AB"), 5: ("Exclude", "Own words here", "AB")})
    dipsample("narrow", path)

    def members() -> dict[str, str]:
        with zipfile.ZipFile(path) as file:
            return {name: hashlib.sha256(file.read(name)).hexdigest() for name in file.namelist()}

    before = members()
    dipsample("narrow", path)
    after = members()
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) <= 2, changed  # Start and Audit
    assert not {name for name in changed - sheets if not name.startswith("xl/tables/")}


def test_decisions_are_kept_also_of_a_row_that_left_and_came_back(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    decide(path, {1: ("Include", "Looked twice", "AB"), 5: ("Exclude", "Other", "CD")})
    set_cell(path, "Categories", "CSE", "No", "Chosen")
    dipsample("narrow", path)
    assert set(table(path, "CaseCheck")["Record"]) == {4}
    past = table(path, "PastDecisions")
    assert sorted(past["Initials"]) == ["AB", "CD"]
    set_cell(path, "Categories", "CSE", "Yes", "Chosen")
    dipsample("narrow", path)
    check = table(path, "CaseCheck").set_index("Record")
    assert check.loc[1, ["Decision", "Reason", "Initials"]].tolist() == ["Include", "Looked twice", "AB"]
    assert check.loc[5, ["Decision", "Reason", "Initials"]].tolist() == ["Exclude", "Other", "CD"]
    assert table(path, "PastDecisions").empty


def test_decisions_follow_their_rows_through_a_new_import(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    decide(path, {1: ("Include", None, "AB"), 5: ("Exclude", "Other", "CD")})
    again = write_csv(tmp_path / "again.csv", [row(9), *reversed(ROWS)])
    dipsample("import", path, again)
    dipsample("narrow", path)
    check = table(path, "CaseCheck").set_index("Case ID")
    assert check.loc["5001", "Decision"] == "Include"
    assert check.loc["5005", "Initials"] == "CD"
    assert check.loc["5009", "Decision"] is None


def test_columns_that_people_added_to_case_check_stay(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    add_column(path, "CaseCheck", "Our note")

    def fill(host: FileHost) -> None:
        frame = host.read_table("CaseCheck")
        frame["Our note"] = [f"note {n}" for n in frame["Record"]]
        host.write_table("CaseCheck", frame)

    edit(path, fill)
    dipsample("narrow", path)
    check = table(path, "CaseCheck")
    assert check["Our note"].tolist() == [f"note {n}" for n in check["Record"]]
    set_cell(path, "Categories", "CSE", "No", "Chosen")
    dipsample("narrow", path)
    set_cell(path, "Categories", "CSE", "Yes", "Chosen")
    dipsample("narrow", path)
    check = table(path, "CaseCheck")
    assert check["Our note"].tolist() == [f"note {n}" for n in check["Record"]]


def test_a_column_that_people_added_to_focus_is_no_hindrance(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    add_column(path, "Focus", "Our note")
    set_cell(path, "Focus", "Main question", "Agreed in March", "Our note")
    set_cell(path, "Focus", "Sample name", "Spring")
    focus = table(path, "Focus").set_index("Setting")
    assert focus.loc["Main question", "Our note"] == "Agreed in March"
    assert focus.loc["Sample name", "Value"] == "Spring"


def test_a_mapped_label_counts_after_narrowing_down_again(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    set_cell_of_label(path, "Local code 7", "Not chosen")
    dipsample("narrow", path)
    assert set(table(path, "CaseCheck")["Record"]) == {1, 5}
    labels = table(path, "Labels").set_index("Label as exported")
    assert labels.loc["Local code 7", "Means"] == "Not chosen"


def set_cell_of_label(path: Path, label: str, means: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Labels")
        frame.loc[frame["Label as exported"] == label, "Means"] = means
        host.write_table("Labels", frame)

    edit(path, fill)


def test_an_export_without_type_of_harm_says_that_the_stage_was_not_applied(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    export = tmp_path / "export.csv"
    export.write_text("Case number,DOB,Date of referral\n1,15/06/2008,01/09/2022\n2,15/06/2009,01/09/2022\n")
    dipsample("new", path)
    dipsample("import", path, export)
    status, result, _ = dipsample("narrow", path)
    assert status == 1
    stage = next(one for one in result["figures"]["funnel"] if one["stage"] == "No chosen category")
    assert stage == {"stage": "No chosen category", "excluded": None, "remaining": 2, "applied": False}
    assert "stage-not-applied" in {one["code"] for one in result["messages"]}
    shown = table(path, "Funnel").set_index("Stage")
    assert shown.loc["No chosen category", "Excluded"] == "not applied"


def test_an_empty_long_list_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    before = path.read_bytes()
    status, result, said = dipsample("narrow", path)
    assert (status, result, path.read_bytes()) == (2, {}, before)
    assert said == "Long list is empty; press Import long list first.\n"


def test_a_setting_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    for name, setting, value in (
        ("Criteria", "Age cut-off", "twelve"),
        ("Criteria", "Upper age", 5),
        ("Criteria", "Unit", "Household"),
        ("Focus", "Period from", "soon"),
    ):
        kept = table(path, name).set_index("Setting").loc[setting, "Value"]
        set_cell(path, name, setting, value)
        before = path.read_bytes()
        status, _, said = dipsample("narrow", path)
        assert status == 2
        assert said.count("\n") == 1
        assert setting.split()[0] in said
        assert path.read_bytes() == before
        set_cell(path, name, setting, kept)


def test_the_case_check_during_review_needs_no_decision(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    set_cell(path, "Criteria", "Case check", "During review")
    status, result, _ = dipsample("narrow", path)
    assert (status, result["figures"]["undecided"], result["figures"]["sample"]) == (0, 0, 3)


def test_an_included_sample_ends_with_status_0(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    include_all(path)
    status, result, _ = dipsample("narrow", path)
    assert (status, result["figures"]["sample"]) == (0, 3)
    start = table(path, "Start").set_index("What to do")["State"]
    assert (start["Case check"], start["Pseudonymise"]) == ("Done", "Next")
