"""The second set of reports, written without a look at the reader: right once answered, or what they do is known.

`GAPS` names each report that is not read right, what the tool says of it, and why that is so. None is wrong in silence:
Import itself warns, asks or refuses. A dozen reports run in make test, all of them in the campaign.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import second_fresh_reports
from second_fresh_reports import REPORTS
from second_reading import came_of

from tests.actions.workbooks import dipsample, table


@dataclass(frozen=True)
class Gap:
    """`says`: the code of a warning, or words of the refusal; `why` it is not read right."""

    says: str
    why: str
    verdict: str = "said"


_TOTALS = "words and numbers of a total stand under headings of cases, with a name or a date among them"
_NOT_A_LIST = "no list with a row for each case, so that nobody could read it as one"
GAPS = {
    "ssrs_drill_down_with_hidden_detail": Gap("report-total-differs", "a team's own row above its cases stays in"),
    "ssrs_group_total_in_the_date_column": Gap("doubtful-rows", _TOTALS),
    "bo_break_totals_repeat_the_break_value": Gap("doubtful-rows", _TOTALS),
    "worker_totals_with_average_age": Gap("doubtful-rows", _TOTALS),
    "totals_right_below_the_headings": Gap("doubtful-rows", _TOTALS),
    "ticks_as_ones_with_codes_above_and_a_sum_row": Gap("doubtful-rows", "sums under the ticks have no word beside"),
    "signature_block_with_dates_under_the_columns": Gap(
        "doubtful-rows", "names and a date stand under names and dates"
    ),
    "csv_title_lines_are_ragged": Gap("doubtful-rows", "a title parted at its commas stands above the list"),
    "azeus_format_row_below_headings": Gap("doubtful-rows", "a row of formats below the headings is as full as a case"),
    "annex_a_guidance_row_below_headings": Gap("doubtful-rows", "a row of guidance is as full as a case"),
    "crystal_record_over_two_lines": Gap("doubtful-rows", "each case stands in two rows with headings of their own"),
    "crystal_form_like_blocks": Gap("no-contact-date", _NOT_A_LIST),
    "crystal_csv_headings_in_every_line": Gap("headings-wait", _NOT_A_LIST),
    "fields_down_cases_across": Gap("no-contact-date", _NOT_A_LIST),
    "tableau_measure_names_and_values": Gap("no-contact-date", _NOT_A_LIST),
    "child_in_a_band_contacts_below_without_id": Gap("ids-above", "the ID stands in words above its cases"),
    "pages_over_then_down": Gap("another-list", "the other columns of the same rows stand below them"),
    "two_lists_side_by_side": Gap("another-list", "the second list stands beside the first"),
    "pivot_compact_in_one_column": Gap("no row with a heading that is known", _NOT_A_LIST, "refused"),
    "liquidlogic_html_named_xls": Gap("web page", "it is no workbook", "refused"),
    "liquidlogic_spreadsheet_2003_xml": Gap("XML file", "it is no workbook", "refused"),
    "utf16_without_a_mark": Gap("NUL", "nothing in the file says how its characters are written", "refused"),
    "sheets_by_quarter_with_other_headings": Gap("--append", "the sheets have other columns", "refused"),
    "joined_names_with_lost_zeros": Gap("--map case_id=HEADING", "a heading ID may be of anything", "refused"),
    "bo_break_on_child_blanks_repeats": Gap(
        "rows-without-id", "the rows below say another gender than the child's row"
    ),
    "some_contacts_with_a_day_and_outcome_only": Gap("rows-of-child-above", "they look like a child printed once"),
    "ids_in_capitals_and_small_letters": Gap("ids-spelt-alike", "some systems have two children so"),
    "csv_first_twelve_days_american": Gap("dates-all-early", "no cell says whether day or month stands first"),
    "csv_half_turned_by_excel": Gap("dates-not-sure", "Excel turned some dates, and nobody can tell which"),
    "workbook_half_turned_by_excel": Gap("dates-not-sure", "Excel turned some dates, and nobody can tell which"),
    "birth_in_day_month_year_columns": Gap("headings-wait", "day, month and year of birth stand in three columns"),
    "mace_name_and_birth_in_one_cell": Gap("no-age", "name and date of birth stand in one cell"),
    "mace_high_medium_low_by_type": Gap("headings-wait", "a person says on Labels what H, M and L mean"),
    "liquidlogic_factors_in_numbered_lines": Gap("headings-wait", "numbered labels wait on Labels"),
    "ticks_with_dates_in_place_of_yes": Gap("harm-heading-not-taken", "a date is neither yes nor no"),
    "family_id_before_child_id": Gap("headings-wait", "the heading of the types of harm waits for a person, too"),
}
QUICK = {
    "crystal_id_and_name_only_in_group_header_row",
    "crystal_detail_rows_with_outcomes_of_one_word",
    "joined_factor_report_with_bands",
    "joined_factor_report_without_dates",
    "csv_first_twelve_days_american",
    "bo_break_on_child_blanks_repeats",
    "mace_child_merged_over_its_rows",
    "bo_break_on_id_alone",
    "bo_break_on_date_blanks_repeats",
    "mace_ditto_marks",
    "zeros_for_blank_dates",
    "ids_with_invisible_characters",
    "ids_with_two_kinds_of_dashes",
    "ids_in_capitals_and_small_letters",
    "crystal_headings_one_cell_left_of_data",
    "pivot_tabular_with_sub_totals_per_child",
    "csv_utf16_with_notes_of_many_lines",
    "pages_over_then_down",
}


@pytest.fixture(scope="module")
def new_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.campaign) for name in REPORTS]
)
def test_a_report_is_right_once_answered_or_its_gap_is_known(name: str, new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(name, new_workbook, tmp_path, answered=True)
    gap = GAPS.get(name)
    if gap is None:
        assert came.verdict == "right", came.wrong
    else:
        assert came.verdict == gap.verdict, came.wrong
        assert gap.says in came.codes or gap.says in came.said.get("refused", ""), came.codes


@pytest.mark.campaign
@pytest.mark.parametrize("name", REPORTS)
def test_no_report_is_wrong_in_silence_before_anybody_answers(name: str, new_workbook: Path, tmp_path: Path) -> None:
    assert came_of(name, new_workbook, tmp_path).verdict != "silent"


def test_each_gap_is_a_report_and_none_is_silent() -> None:
    assert set(GAPS) <= set(REPORTS)
    assert set(REPORTS) >= QUICK
    assert {gap.verdict for gap in GAPS.values()} <= {"said", "refused"}


@pytest.mark.parametrize(
    ("name", "code", "value"),
    [
        ("bo_break_on_date_blanks_repeats", "E13", "records 2 to 3, 5 to 6"),
        ("mace_ditto_marks", "E07", "records 4, 8, 10"),
        ("bo_break_on_id_alone", "E07", "records 2"),
        ("bo_break_on_child_blanks_repeats", "I01", "records 2 to 4, 6 to 7"),
        ("ids_in_capitals_and_small_letters", "I09", "records 1 to 2, 4 to 5"),
        ("zeros_for_blank_dates", "E05", "rows of zeros: Excel rows 42 to 66"),
        ("crystal_headings_one_cell_left_of_data", "E10", "the whole list: Excel rows 2 to 41"),
        ("csv_first_twelve_days_american", "D24", "Date of birth, column D"),
        ("pages_over_then_down", "E08", "from Excel row 43"),
    ],
)
def test_import_itself_names_the_rows(name: str, code: str, value: str, new_workbook: Path, tmp_path: Path) -> None:
    came = came_of(name, new_workbook, tmp_path)
    assert came.found[code][0].startswith(value)


def test_a_check_does_not_say_twice_what_import_said_of_case_ids(new_workbook: Path, tmp_path: Path) -> None:
    came_of("bo_break_on_child_blanks_repeats", new_workbook, tmp_path)
    assert dipsample("check", tmp_path / "working.xlsx")[0] in (0, 1)
    checks = table(tmp_path / "working.xlsx", "DataChecks")
    missing = checks[checks["Code"] == "I01"]
    assert len(missing) == 38
    assert missing["Record"].notna().all()


def test_sheets_with_other_columns_are_one_list_as_the_advice_says(new_workbook: Path, tmp_path: Path) -> None:
    report = second_fresh_reports.sheets_by_quarter_with_other_headings(tmp_path)
    workbook = tmp_path / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    assert dipsample("import", workbook, report.path, "--sheet", "Q1")[0] == 0
    assert dipsample("import", workbook, report.path, "--sheet", "Q2", "--append")[0] in (0, 1)
    listed = table(workbook, "LongList")
    assert sorted(listed["Case ID"]) == sorted(case.case_id for case in report.cases)


def test_a_total_of_an_id_in_a_pivot_is_that_of_its_group(new_workbook: Path, tmp_path: Path) -> None:
    found = came_of("pivot_tabular_with_sub_totals_per_child", new_workbook, tmp_path).found
    assert "E01" not in found
    assert found["E06"][-1] == "numbers of its groups: 25"
