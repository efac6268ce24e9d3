"""Of the fresh reports, those about columns: their dates, IDs and headings are right, or it is said what is unclear."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import fresh_reports
import pandas as pd
import pytest
from reading_of_reports import NobodyThere

from tests.actions.workbooks import dipsample
from xl_dipsample.actions.import_long_list import ImportOptions
from xl_dipsample.actions.running.registry import action
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

COLUMNS = {"id": "Case ID", "dob": "Date of birth", "contact": "Contact date", "name": "Name"}


@dataclass(frozen=True)
class Fresh:
    """A fresh report, imported: its truth, what Import said, and the tables it filled."""

    truth: dict[str, Any]
    result: Result
    listed: pd.DataFrame
    findings: pd.DataFrame

    @property
    def said(self) -> str:
        return " ".join(message.text for message in self.result.messages)

    @property
    def codes(self) -> set[str]:
        return {message.code for message in self.result.messages} | set(self.findings["Code"])

    def wrong(self, *keys: str) -> list[str]:
        """The columns in which any row is not its truth."""
        assert len(self.listed) == len(self.truth["rows"])
        return [
            key
            for key in keys
            if [_plain(cell) for cell in self.listed[COLUMNS[key]]] != [_plain(row[key]) for row in self.truth["rows"]]
        ]


def _plain(cell: object) -> str | None:
    if cell is None or cell is pd.NaT:
        return None
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


@pytest.fixture(scope="module")
def new_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


@pytest.fixture
def fresh(new_workbook: Path, tmp_path: Path) -> Callable[..., Fresh]:
    def read(name: str, *maps: str) -> Fresh:
        truth = getattr(fresh_reports, name)(str(tmp_path))
        workbook = tmp_path / "working.xlsx"
        shutil.copyfile(new_workbook, workbook)
        result = run_on_file(action("import"), workbook, ImportOptions(Path(truth["file"]), maps=maps), NobodyThere())
        host = FileHost.open(workbook, NobodyThere(), read_only=True)
        return Fresh(truth, result, host.read_table("LongList"), host.read_table("DataChecks"))

    return read


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("dates_us", "D21"),
        ("dates_us_few", "D21"),
        ("dates_us_time", "D21"),
        ("mixed_dates_us_one_column", "D21"),
        ("iso_year_day_month", "D21"),
        ("dates_iso_bst", "D22"),
    ],
)
def test_dates_of_another_order_are_read_as_the_column_writes_them_and_that_is_said(
    fresh: Callable[..., Fresh], name: str, code: str
) -> None:
    one = fresh(name)
    assert one.wrong("dob", "contact") == []
    assert {code, "dates-turned"} <= one.codes
    assert re.search(r"was read with the month first|was read as year, day, month|read as the day that", one.said)


def test_a_heading_that_says_the_month_comes_first_is_believed(fresh: Callable[..., Fresh]) -> None:
    assert fresh("american").wrong("dob") == []


def test_dates_of_which_excel_turned_half_are_an_error_that_names_the_column(fresh: Callable[..., Fresh]) -> None:
    one = fresh("dates_half_swapped")
    errors = one.findings[one.findings["Code"] == "D20"]
    assert errors["Level"].tolist() == ["Error", "Error"]
    assert [value.partition(":")[0] for value in errors["Value"]] == [
        "Date of birth, column C",
        "Contact date, column D",
    ]
    assert "Column D (contact date): its dates cannot be trusted" in one.said
    assert not one.result.ok


def turned(day: date) -> datetime:
    """As a program of another country reads a date, where it can."""
    return datetime(day.year, day.day, day.month) if day.day <= 12 else datetime(day.year, day.month, day.day)  # noqa: DTZ001


def test_dates_of_which_nobody_can_tell_whether_they_were_turned_are_a_note(fresh: Callable[..., Fresh]) -> None:
    one = fresh("swapped_dates_typed")
    notes = one.findings[one.findings["Code"] == "D23"]
    assert notes["Level"].tolist() == ["Note"]
    assert notes["Value"].tolist() == [
        "Contact date, column D: day and month may have changed places up to the 12th of a month"
    ]
    assert "Column D (contact date): nobody can tell from the report alone" in one.said


@pytest.mark.parametrize("weekdays", [False, True], ids=["half a year", "two years of working days"])
@pytest.mark.parametrize("were_turned", [True, False])
def test_true_dates_that_were_turned_are_an_error_and_others_are_none(
    *, weekdays: bool, were_turned: bool, new_workbook: Path, tmp_path: Path
) -> None:
    people = fresh_reports.people(200, 14)
    for at, one in enumerate(people):
        one["contact"] = date(2024, 4, 1) + timedelta(at * 700 // 200 if weekdays else at * 180 // 200)
        while weekdays and one["contact"].weekday() > 4:
            one["contact"] += timedelta(1)
    rows = [fresh_reports.row(one, turned if were_turned else lambda day: day) for one in people]
    file = fresh_reports.xl(tmp_path, "turned.xlsx", [fresh_reports.H, *rows])
    said = imported_file(new_workbook, tmp_path, file)
    wrong = "up to the 12th of a month, day and month seem to have changed places"
    assert said.count(wrong) == (2 if were_turned else 0)
    assert "nobody can tell" not in said


@pytest.mark.parametrize(
    "name",
    ["ids_float_csv", "csv_decimal_ids_semicolon_comma_dates", "ids_thousands_csv", "csv_equals_quotes"],
)
def test_an_id_that_a_program_wrote_as_a_number_or_formula_is_the_plain_id(
    fresh: Callable[..., Fresh], name: str
) -> None:
    one = fresh(name)
    assert one.wrong("id") == []
    assert f"read as the plain ID: {len(one.listed)}" in one.said


def test_an_id_with_a_space_inside_is_an_id(fresh: Callable[..., Fresh]) -> None:
    assert fresh("ids_spaces").wrong("id") == []


@pytest.mark.parametrize(
    "name",
    [
        "newline_headings",
        "mosaic_codes",
        "row_number_first",
        "id_heading_is_row_number",
        "csv_pipe",
        "csv_whole_line_quoted",
        "long_preface",
        "american",
    ],
)
def test_a_plain_column_is_taken(fresh: Callable[..., Fresh], name: str) -> None:
    one = fresh(name)
    assert one.wrong("id", "name", "dob", "contact") == []
    assert "headings-wait" not in one.codes


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("surname_first_cols", ("id", "dob", "contact")),
        ("census_ncodes", ("id", "dob", "contact")),
        ("tracker_by_hand", ("id", "dob", "contact")),
        ("heading_names_of_systems2", ("id", "name", "dob", "contact")),
    ],
)
def test_the_columns_of_a_report_without_some_of_ours_are_taken(
    fresh: Callable[..., Fresh], name: str, keys: tuple[str, ...]
) -> None:
    assert fresh(name).wrong(*keys) == []


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("nhs_beside", 'Which column is the case id? It could be: "System ID", but its heading alone does not say so'),
        ("heading_names_of_systems3", 'Which column is the contact date? It could be: "FormStartDate"'),
        (
            "adult_and_child_person_ids",
            'Which column is the case id? It could be: "Person ID", "Related Person ID". Choose it on Headings',
        ),
        ("two_level_child_mother", 'It could be: "Referral Date", "Assessment Start". Choose it on Headings'),
    ],
)
def test_what_is_not_sure_is_asked_and_the_reason_is_said(fresh: Callable[..., Fresh], name: str, asked: str) -> None:
    one = fresh(name)
    assert asked in one.said
    assert not one.result.ok


@pytest.mark.parametrize(
    ("name", "keys", "rows"),
    [
        ("crystal_shifted", ("id", "name", "dob", "contact"), "the whole list: Excel rows 5 to 28"),
        ("csv_unquoted_comma", ("id", "dob", "contact"), "the whole list: Excel rows 2 to 25"),
        ("csv_some_unquoted_commas", ("id", "dob", "contact"), "Excel rows 4, 10, 16, 22"),
    ],
)
def test_cells_beside_their_headings_are_put_under_them_and_the_rows_are_named(
    fresh: Callable[..., Fresh], name: str, keys: tuple[str, ...], rows: str
) -> None:
    one = fresh(name)
    assert one.wrong(*keys) == []
    assert one.findings.loc[one.findings["Code"] == "E10", "Value"].tolist() == [rows]
    assert "cells that stood beside their headings, and were put under them again" in one.said
    assert "ragged-rows" not in one.codes
    assert not one.result.ok


def test_a_name_that_a_comma_parted_is_whole_again(fresh: Callable[..., Fresh]) -> None:
    assert fresh("csv_unquoted_comma").listed["Name"].str.fullmatch(r"\w+, \w+").all()


def test_a_heading_below_a_group_about_somebody_else_is_not_the_young_persons(
    new_workbook: Path, tmp_path: Path
) -> None:
    people = fresh_reports.people(6, 1)
    grid = [["Child", None, "Mother", "Referral"], ["ID", "Name", "DOB", "Date"]]
    grid += [[one["id"], one["name"], date(1985, 5, 17), one["contact"]] for one in people]
    fresh_reports.xl(tmp_path, "groups.xlsx", grid, merge=["A1:B1"])
    said = imported_file(new_workbook, tmp_path, tmp_path / "groups.xlsx")
    assert "date of birth." not in said
    assert '"Referral Date" was taken for contact date.' in said


def imported(new_workbook: Path, folder: Path, rows: list[list[str]]) -> str:
    """What Import says of a .csv with these rows."""
    export = folder / "export.csv"
    export.write_text("\r\n".join(",".join(row) for row in rows), encoding="utf-8")
    return imported_file(new_workbook, folder, export)


def imported_file(new_workbook: Path, folder: Path, export: Path) -> str:
    """What Import says of a file."""
    workbook = folder / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    result = run_on_file(action("import"), workbook, ImportOptions(export), NobodyThere())
    return " ".join(message.text for message in result.messages)


def test_a_row_of_which_nobody_can_tell_what_a_comma_parted_is_an_error_that_names_it(
    new_workbook: Path, tmp_path: Path
) -> None:
    rows = [["Case ID", "Name", "Address", "DOB", "Referral Date"]]
    rows += [[f"41{at:04d}", "Synthetic One", f"{at} Ash Road", "13/02/2010", "14/03/2024"] for at in range(12)]
    rows[6][2:3] = ["Elm Way", "Oldbury"]
    said = imported(new_workbook, tmp_path, rows)
    assert "The report has more cells in some rows than it has headings" in said
    host = FileHost.open(tmp_path / "working.xlsx", NobodyThere(), read_only=True)
    found = host.read_table("DataChecks")
    assert found.loc[found["Code"] == "E11", ["Level", "Value"]].to_numpy().tolist() == [["Error", "Excel row 7"]]


def test_equal_headings_are_told_apart_by_their_letters(new_workbook: Path, tmp_path: Path) -> None:
    rows = [["Case ID", "DOB", "DOB"], ["4711", "01/02/2010", "03/04/2011"], ["4712", "05/02/2010", "03/04/2012"]]
    assert 'It could be: "DOB" (column B), "DOB" (column C).' in imported(new_workbook, tmp_path, rows)


def test_of_many_columns_that_are_nothing_ten_letters_are_said(new_workbook: Path, tmp_path: Path) -> None:
    rows = [["Case ID", *(f"Word {letter}" for letter in "abcdefghijkl")], ["4711", *"abcdefghijkl"]]
    assert "12 columns (B, C, D, E, F, G, H, I, J, K and 2 more)" in imported(new_workbook, tmp_path, rows)
