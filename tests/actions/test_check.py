"""Check long list on a real workbook: what is written, what is said, and what is left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.actions.typing_in import edit
from xl_dipsample.actions import check, import_long_list, narrow, new
from xl_dipsample.actions.running.registry import action
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.actions.running.terminal_ui import TerminalUi
from xl_dipsample.domain.long_list_checks.all_checks import RULES
from xl_dipsample.domain.long_list_checks.found_by_import.looked_at import LOOKED_AT
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

HEADINGS = ("Child ID", "Child name", "Date of birth", "Contact date", "Gender", "Ethnicity", "Factors", "Outcome")
SECRETS = ("Wetherby", "70417", "31/02/2010", "Zorbing")


def good(number: int) -> list[str]:
    birth = f"{1 + number % 27:02}/0{2 + number % 8}/2009"
    letter = chr(97 + number)
    return [str(40117 + 13 * number), f"Ann{letter} Bro{letter}", birth, "20/03/2023", "F", "WBRI", "11A", "NFA"]


def rows() -> list[list[str]]:
    listed = [good(number) for number in range(24)]
    for number, row in enumerate(listed):
        row[3] = f"{1 + number:02}/03/2023"
    return listed


def workbook(folder: Path, listed: list[list[str]]) -> Path:
    """A working workbook into which `listed` has been imported."""
    export, path = folder / "export.csv", folder / "working.xlsx"
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *listed])
    new.run(TerminalUi(), new.NewOptions(path))
    run_on_file(action("import"), path, import_long_list.ImportOptions(export), TerminalUi())
    return path


def checked(path: Path) -> Result:
    return run_on_file(action("check"), path, check.CheckOptions(), TerminalUi())


def opened(path: Path) -> FileHost:
    return FileHost.open(path, TerminalUi(), read_only=True)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    listed = rows()
    listed[2][2] = "31/02/2010"
    listed[5][0], listed[5][1] = "", "Wetherby Test"
    listed[7][6] = "Zorbing; 24A"
    listed[9][0] = "70417"
    return workbook(tmp_path, listed)


def test_a_clean_export_is_fine(tmp_path: Path) -> None:
    result = checked(workbook(tmp_path, rows()))
    assert result.ok
    assert {key: result.figures[key] for key in ("rows", "errors", "warnings", "notes")} == {
        "rows": 24,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
    }


def test_errors_need_a_person(dirty: Path) -> None:
    result = checked(dirty)
    assert not result.ok
    assert result.figures["errors"] == 2
    assert result.figures["by_code"] == {"D01": 1, "I01": 1, "N03": 1, "L01": 1}


def test_data_checks_has_row_column_value_and_what_to_do(dirty: Path) -> None:
    checked(dirty)
    table = opened(dirty).read_table("DataChecks")
    first = table.iloc[0]
    assert (first["Level"], first["Code"], first["Record"], first["Column"]) == ("Error", "D01", 3, "Date of birth")
    assert first["Value"] == "31/02/2010"
    assert first["What to do"].endswith("import again.")
    levels = table["Level"].tolist()
    assert levels == sorted(levels, key=["Error", "Warning", "Note"].index)


def test_who_looked_at_a_finding_stays_when_the_list_is_checked_again(dirty: Path) -> None:
    checked(dirty)
    before = opened(dirty).read_table("DataChecks")
    before.loc[0, LOOKED_AT] = "AB"
    edit(dirty, lambda host: host.write_table("DataChecks", before))
    checked(dirty)
    after = opened(dirty).read_table("DataChecks")
    assert after.loc[after[LOOKED_AT].notna(), ["Code", "Record"]].to_numpy().tolist() == [["D01", 3]]
    assert after.loc[0, LOOKED_AT] == "AB"


def test_a_message_names_the_row_that_people_see_and_data_checks_the_record(dirty: Path) -> None:
    turned = opened(dirty).read_table("LongList").iloc[::-1].reset_index(drop=True)
    edit(dirty, lambda host: host.write_table("LongList", turned))
    told = next(one for one in checked(dirty).messages if one.code == "D01")
    sheet = openpyxl.load_workbook(dirty)["Long list"]
    assert (told.sheet, sheet.cell(told.row or 0, 1).value) == ("Long list", 3)


def test_the_row_itself_says_what_was_found(dirty: Path) -> None:
    before = opened(dirty).read_table("LongList").drop(columns="Check")
    checked(dirty)
    after = opened(dirty).read_table("LongList")
    assert after.loc[2, "Check"] == "The date of birth cannot be read as a date."
    assert after.loc[0, "Check"] is None
    assert after.drop(columns="Check").equals(before)


def test_a_message_says_where_and_how_often_but_never_what_stands_there(dirty: Path) -> None:
    result = checked(dirty)
    first = result.messages[0]
    assert (first.level, first.code, first.sheet, first.row, first.column) == (
        "error",
        "D01",
        "Long list",
        8,
        "Date of birth",
    )
    assert first.text == "1 row: The date of birth cannot be read as a date."
    told = str(result.as_json())
    assert not [secret for secret in SECRETS if secret in told]


def test_there_is_one_message_for_each_code(dirty: Path) -> None:
    result = checked(dirty)
    of_lists = ("word-in-two-lists",)  # a note on My lists, not on the long list
    found = [message.code for message in result.messages if message.code not in of_lists]
    assert found == list(result.figures["by_code"])
    assert set(result.figures["by_code"]) <= {rule.code for rule in RULES}


def test_a_mended_export_leaves_no_old_findings(dirty: Path, tmp_path: Path) -> None:
    checked(dirty)
    with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows()])
    run_on_file(action("import"), dirty, import_long_list.ImportOptions(tmp_path / "export.csv"), TerminalUi())
    assert checked(dirty).ok
    assert opened(dirty).read_table("DataChecks").empty
    assert opened(dirty).read_table("LongList")["Check"].isna().all()


def test_checking_twice_finds_the_same(dirty: Path) -> None:
    first = checked(dirty)
    table, listed = opened(dirty).read_table("DataChecks"), opened(dirty).read_table("LongList")
    second = checked(dirty)
    assert second.figures == first.figures
    assert opened(dirty).read_table("DataChecks").equals(table)
    assert opened(dirty).read_table("LongList").equals(listed)


def test_start_and_audit_hold_the_figures(dirty: Path) -> None:
    checked(dirty)
    host = opened(dirty)
    start = host.read_table("Start").set_index("What to do")
    assert start.at["Check long list", "State"] == "Done"
    assert start.at["Check long list", "What it found"].startswith("2 errors, ")
    last = host.read_table("Audit").iloc[-1]
    assert last["Action"] == "Check long list"
    assert "errors 2" in last["Figures"]


def test_an_empty_long_list_is_refused_and_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    new.run(TerminalUi(), new.NewOptions(path))
    before = path.read_bytes()
    with pytest.raises(WorkbookProblem, match="Long list is empty"):
        checked(path)
    assert path.read_bytes() == before


def test_cells_of_people_that_do_not_count_are_named_with_sheet_and_cell(dirty: Path) -> None:
    run_on_file(action("narrow"), dirty, narrow.NarrowOptions(), TerminalUi())
    host = FileHost.open(dirty, TerminalUi())
    with host.transaction():
        decided = host.read_table("CaseCheck")
        decided.loc[1, "Decision"] = "Inlcude"
        decided.loc[2, "Decision"] = "Exclude"
        host.write_table("CaseCheck", decided)
    host.save()
    result = checked(dirty)
    assert result.figures["by_code"]["W01"] == result.figures["by_code"]["W04"] == 1
    message = next(one for one in result.messages if one.code == "W01")
    assert (message.sheet, message.row, message.column) == ("Case check", 7, "Decision")
    assert "Inlcude" not in str(result.as_json())
    listed = opened(dirty).read_table("DataChecks").set_index("Code")
    column = decided.columns.get_loc("Decision")
    assert listed.loc["W01", ["Column", "Value"]].tolist() == [f"Case check {chr(65 + column)}7", "Inlcude"]
    assert listed["Level"].tolist() == sorted(listed["Level"], key=["Error", "Warning", "Note"].index)
