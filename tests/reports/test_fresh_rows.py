"""Rows, blocks and totals of reports that somebody made without sight of the reader: none is lost, none is doubled."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import fresh_reports
import openpyxl
import pytest

from tests.actions.workbooks import dipsample, table

H = fresh_reports.H


@dataclass(frozen=True)
class Came:
    """What came of a report: the long list, what Data checks says of it, and the messages."""

    truth: dict[str, Any]
    rows: list[dict[str, Any]]
    found: dict[str, list[str]]
    said: dict[str, str]


@pytest.fixture(scope="module")
def new_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


def came_of(truth: dict[str, Any], new_workbook: Path, folder: Path, *, check: bool = True) -> Came:
    """Import, and Check, which takes over what Import found of the report; `check` False: Import alone."""
    workbook = folder / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    status, result, told = dipsample("import", workbook, truth["file"], *truth["args"])
    assert status in (0, 1), told
    assert not check or dipsample("check", workbook)[0] in (0, 1)
    listed, checks = table(workbook, "LongList"), table(workbook, "DataChecks")
    found: dict[str, list[str]] = {}
    for code, value in zip(checks["Code"], checks["Value"], strict=True):
        found.setdefault(str(code), []).append(str(value))
    names = {"id": "Case ID", "name": "Name", "dob": "Date of birth", "contact": "Contact date", "outcome": "Outcome"}
    columns = {field: listed[column] for field, column in names.items()}
    rows = [{field: plain(columns[field].iloc[at]) for field in names} for at in range(len(listed))]
    return Came(truth, rows, found, {one["code"]: str(one) for one in result["messages"]})


def plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date()
    return str(cell) if isinstance(cell, int | float | str) else cell


def is_right(came: Came) -> None:
    assert len(came.rows) == len(came.truth["rows"])
    for row, true in zip(came.rows, came.truth["rows"], strict=True):
        for field, cell in row.items():
            if field in true:
                assert cell == plain(true[field]), field


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("restricted_rows", "E02"),
        ("babies_without_id", "E02"),
        ("odd_cases", "E02"),
        ("id_pending_no_name", "E02"),
        ("blank_id_one_factor", "E07"),
        ("blank_id_one_factor_text_dates", "E07"),
        ("blank_id_factor_and_date_only", "E07"),
        ("blank_id_words", "E07"),
        ("blank_id_date_only", "E07"),
        ("merged_children", "E07"),
    ],
)
def test_a_row_with_a_date_or_a_name_and_more_is_never_lost(
    name: str, code: str, new_workbook: Path, tmp_path: Path
) -> None:
    came = came_of(getattr(fresh_reports, name)(tmp_path), new_workbook, tmp_path)
    is_right(came)
    assert code in came.found
    assert "E05" not in came.found


def test_a_child_printed_once_has_all_its_rows(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.blank_id_one_factor(tmp_path), new_workbook, tmp_path)
    assert [row["id"] for row in came.rows[0::2]] == [row["id"] for row in came.rows[1::2]]
    assert "got the ID and name of the row above: 18" in came.said["rows-of-child-above"]


def test_a_row_that_repeats_the_name_without_an_id_is_no_further_row(new_workbook: Path, tmp_path: Path) -> None:
    people = fresh_reports.people(12, 9)
    grid = [H, *(fresh_reports.row(one) for one in people)]
    grid[6] = [None, *grid[5][1:]]
    file = fresh_reports.xl(tmp_path, "no_id.xlsx", grid)
    came = came_of({"file": file, "args": [], "rows": []}, new_workbook, tmp_path)
    assert came.rows[5]["id"] is None
    assert "E07" not in came.found


def test_a_wrapped_text_goes_back_to_its_row(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.wrapped_text_rows(tmp_path), new_workbook, tmp_path)
    is_right(came)
    assert "Rows that go on with a text of the row above, which ends with a comma: 7." in came.said["rows-wrapped"]


@pytest.mark.parametrize(
    "name",
    [
        "second_block_other_date_first",
        "second_list_below_other_order",
        "second_block_family_id_first",
        "second_block_extra_column",
        "second_list_swapped_dates_only",
        "team_sheets_other_order",
    ],
)
def test_a_second_block_is_read_by_its_own_headings(name: str, new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(getattr(fresh_reports, name)(tmp_path), new_workbook, tmp_path)
    is_right(came)
    assert "from Excel row" in came.found["E09"][0]
    assert "has later headings in another order" in came.said["other-order"]


def test_a_row_without_an_id_is_a_young_person_of_its_own(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.babies_without_id(tmp_path), new_workbook, tmp_path)
    _, result, _ = dipsample("narrow", tmp_path / "working.xlsx")
    assert [row["id"] for row in came.rows].count(None) == 3
    assert came.truth["young"] == 28  # whoever wrote it counted the three as one
    assert result["figures"]["funnel"][0]["remaining"] == 30


def test_the_rows_of_a_further_sheet_are_named_with_the_sheet(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.team_sheets_other_order(tmp_path), new_workbook, tmp_path)
    assert came.found["E09"] == ["from Excel row 1 of sheet 2"]
    assert came.found["E05"] == ["headings repeated: Excel row 1 of sheet 2"]


def test_sheets_in_another_order_can_be_read_together(new_workbook: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    status, _, told = dipsample("import", workbook, fresh_reports.team_sheets_other_order(tmp_path)["file"])
    assert status == 2
    assert "or --sheet all for the 2 that have the same headings" in told


def test_ids_that_stand_above_their_cases_are_an_error_that_names_the_rows(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.crystal_groups_by_child(tmp_path), new_workbook, tmp_path)
    assert came.found["E12"][0].startswith("Excel rows 4, 7, 10, 13")
    assert "seem to hold the case ID, which was not read" in came.said["ids-above"]


def test_names_of_teams_above_their_cases_are_no_ids(new_workbook: Path, tmp_path: Path) -> None:
    people = fresh_reports.people(12, 13)
    grid: list[list[Any]] = [["Referral Date", "Outcome", "Gender"]]
    for at in range(0, 12, 4):
        grid += [
            [f"Team {2020 + at} North"],
            *([one["contact"], one["outcome"], one["gender"]] for one in people[at : at + 4]),
        ]
    file = fresh_reports.xl(tmp_path, "teams.xlsx", grid)
    assert "E12" not in came_of({"file": file, "args": [], "rows": []}, new_workbook, tmp_path).found


def test_lists_side_by_side_are_said(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.side_by_side(tmp_path), new_workbook, tmp_path)
    assert came.found["E08"] == ["from column F on, beside the first list"]
    assert "has another list below or beside the first" in came.said["another-list"]


def test_a_list_below_without_the_ids_is_said(new_workbook: Path, tmp_path: Path) -> None:
    people = fresh_reports.people(14, 10)
    below = [["Name", "DOB", "Gender"], *([one["name"], one["dob"], one["gender"]] for one in people[10:])]
    grid = [H, *(fresh_reports.row(one) for one in people[:10]), [], *below]
    file = fresh_reports.xl(tmp_path, "no_ids.xlsx", grid)
    came = came_of({"file": file, "args": [], "rows": []}, new_workbook, tmp_path)
    assert came.found["E08"] == ["from Excel row 13"]


def test_headings_of_a_page_that_slipped_alone_move_no_row(new_workbook: Path, tmp_path: Path) -> None:
    people = fresh_reports.people(20, 11)
    rows = [fresh_reports.row(one) for one in people]
    grid = [H, *rows[:10], [None, *H], *rows[10:]]
    file = fresh_reports.xl(tmp_path, "slipped.xlsx", grid)
    truth = fresh_reports.truth(file, people, fresh_reports.FULL)
    is_right(came_of(truth, new_workbook, tmp_path))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("showing_1_to_30_of_609", 609),
        ("first_30_only", 609),
        ("rows_affected", 32),
        ("rows_returned", 32),
        ("total_lost_row", 31),
        ("title_count_words", 33),
        ("total_after_colon_in_title", 33),
        ("two_totals_one_cell", 34),
        ("total_label_above_number", 33),
        ("footer_two_cells_odd_words", 33),
        ("footer_total_rows_welsh", 33),
        ("total_words_wrong", 42),
    ],
)
def test_a_stated_total_is_compared_however_it_is_written(
    name: str, number: int, new_workbook: Path, tmp_path: Path
) -> None:
    came = came_of(getattr(fresh_reports, name)(tmp_path), new_workbook, tmp_path, check=False)
    assert len(came.rows) == len(came.truth["rows"])
    assert [one for one in came.found["E01"] if f" says {number} " in one] == came.found["E01"]


@pytest.mark.parametrize(
    "name",
    [
        "title_with_year",
        "title_with_years",
        "title_with_date",
        "title_with_report_number",
        "title_with_word_and_year_footer",
        "powerbi_table",
        "crystal_groups_by_team",
        "summary_table_below",
        "three_heading_rows",
        "total_right_by_number_word",
    ],
)
def test_a_number_that_is_no_total_stops_nobody(name: str, new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(getattr(fresh_reports, name)(tmp_path), new_workbook, tmp_path, check=False)
    assert len(came.rows) == len(came.truth["rows"])
    assert not {"E01", "E02"} & set(came.found)


@pytest.mark.parametrize(
    "title",
    [
        "Referrals 2024", "Contacts in 2023", "Report 1042", "Run 06/01/2025 09:12", "Cases open over 45 days",
        "Children aged 13 to 17", "Q3 referrals", "Team 12 referrals", "Year 2024 - Referrals", "Referrals - 2024",
        "Assessments (2024)", "Total for 2024", "Version 3 of the list", "Children open 90 days",
    ],
)  # fmt: skip
def test_a_title_with_a_number_is_no_total(title: str, new_workbook: Path, tmp_path: Path) -> None:
    people = fresh_reports.people(12, 12)
    file = fresh_reports.xl(tmp_path, "title.xlsx", [[title], [], H, *(fresh_reports.row(one) for one in people)])
    came = came_of({"file": file, "args": [], "rows": people}, new_workbook, tmp_path, check=False)
    assert "E01" not in came.found


def test_months_that_the_chosen_sheet_holds_are_no_sheets_left_unread(new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(fresh_reports.months_and_annual(tmp_path), new_workbook, tmp_path)
    is_right(came)
    assert "E03" not in came.found
    assert len(openpyxl.load_workbook(came.truth["file"]).sheetnames) == 4
