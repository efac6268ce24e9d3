"""From an export's rows to Long list, row by row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xl_dipsample.domain.long_list.headings import header_row, match
from xl_dipsample.domain.long_list.import_rows import OWN_COLUMNS, Imported, long_list, unique_name

ANNEX_A = Path(__file__).parents[2] / "data" / "annex_a_sample.xlsx"
NBSP = "\N{NO-BREAK SPACE}"


def imported(headings: list[object], *rows: list[object]) -> Imported:
    found = match([str(heading) for heading in headings], {}, {}, rows)
    return long_list(headings, rows, range(5, 5 + len(rows)), found)


def test_our_columns_come_first_and_then_every_source_column() -> None:
    read = imported(["Case ID", "Gender", "Notes", "notes"], [1.0, "F", "a", "b"])
    assert list(read.frame.columns) == [
        *OWN_COLUMNS, "Case ID (export)", "Gender (export)", "Notes", "Notes (export)",
    ]  # fmt: skip
    assert read.source_columns == list(read.frame.columns)[14:]
    assert read.frame.iloc[0].tolist()[:3] == [1, 5, "1"]
    assert read.headings["Heading"].tolist() == ["Case ID", "Gender", "Notes"]
    assert read.headings["Field"].tolist() == ["case_id", "gender", None]


def test_source_columns_are_as_written_and_every_cell_is_an_object() -> None:
    moment = dt.datetime.fromisoformat("2010-04-03T10:00")
    cells: list[object] = ["0012", f" a{NBSP}", 1.0, moment, "N/A", "=1+1", ""]
    read = imported(["Case ID", *"bcdefg"], cells, ["13", *[""] * 5, "x"])
    assert read.frame[read.source_columns].iloc[0].tolist() == [*cells[:-1], None]
    assert read.frame[read.source_columns].iloc[1].tolist() == ["13", *[None] * 5, "x"]
    assert {str(kind) for kind in read.frame.dtypes} == {"object"}
    assert type(read.frame["d"].iloc[0]) is dt.datetime


def test_blank_rows_and_a_footer_are_counted_and_left() -> None:
    read = imported(
        ["Case ID", "Gender", "Notes"],
        [1, "F", "x"],
        [None, "", NBSP],
        [],
        [2, None, None],
        [None, None, "a total"],
        [None, "M", "no case ID, but two cells"],
        ["", "", "Printed on 3 April"],
        ["NULL", "", ""],
    )
    assert read.frame["Record"].tolist() == [1, 2, 3]
    assert read.frame["Source row"].tolist() == [5, 8, 10]
    assert (read.left_blank, read.left_out) == (2, 3)


def test_rows_may_be_ragged_and_extra_cells_get_a_column() -> None:
    read = imported(["Case ID", "Gender"], [1], [2, "F", "extra"], [3, "M"])
    assert read.frame["Column 3"].tolist() == [None, "extra", None]
    assert read.frame["Gender"].tolist() == [None, "F", "M"]
    assert read.headings["Heading"].tolist() == ["Case ID", "Gender", "Column 3"]
    assert len(imported(["Case ID", "", None], [1, "", None]).source_columns) == 1


def test_dates_are_dates_when_they_are_full_days_and_otherwise_as_exported() -> None:
    days: list[object] = [
        "03/04/2010", dt.datetime.fromisoformat("2010-04-03T23:00"), 40271.0, f" 03/2010{NBSP}", "04/25/2010", "NULL",
        "01/01/1900", "12/05/1888", 40271.5, True, None,
    ]  # fmt: skip
    read = imported(["Case ID", "Date of contact", "DOB", "Closure date"], *[["7", day, day, day] for day in days])
    the_day = dt.date(2010, 4, 3)
    expected = [the_day, the_day, the_day, "03/2010", "04/25/2010", None, None, "12/05/1888", the_day, "TRUE", None]
    for name in ("Contact date", "Date of birth", "End date"):
        assert read.frame[name].tolist() == expected
        assert not any(isinstance(cell, dt.datetime) for cell in read.frame[name])


def test_the_month_of_birth_is_used_where_there_is_no_date_of_birth() -> None:
    months = ["Case ID", "Year and month of birth of the child", "Age"]
    alone = imported(months, [1, 201003.0, 5], [2, dt.date(2010, 3, 1), 6])
    assert alone.frame["Date of birth"].tolist() == ["2010-03"] * 2
    both = imported([*months, "DOB"], [1, "2010-03", 5, "03/04/2010"], [2, "2010-05", 5, "N/A"])
    assert both.frame["Date of birth"].tolist() == [dt.date(2010, 4, 3), "2010-05"]


def test_forename_and_surname_are_joined_and_a_full_name_comes_first() -> None:
    parts = imported(["Case ID", "Forename", "Surname"], [1, " Ada ", "Byron"], [2, None, "Wu"])
    assert parts.frame["Name"].tolist() == ["Ada Byron", "Wu"]
    read = imported(["Case ID", "Name", "Forename", "Surname"], [1, "A. Byron", "Ada", "Byron"], [2, "-", "Bo", "Wu"])
    assert read.frame["Name"].tolist() == ["A. Byron", "Bo Wu"]


def test_ages_are_numbers_where_they_are_numeric() -> None:
    read = imported(["Case ID", "Age"], *[[1, age] for age in (13.97, "13", "13.5", "13y 4m", "N/A", -1.0)])
    assert read.frame["Age"].tolist() == [13.97, 13, 13.5, "13y 4m", None, -1.0]


def test_words_stay_as_exported_and_ways_to_say_nothing_become_blank() -> None:
    read = imported(
        ["Case ID", "Gender", "Ethnicity", "Type of harm", "Outcome", "Referred to"],
        [1, " b) Female", "a) WBRI", f"11A;{NBSP}16A ", "NFA ", "N/A"],
        [2, "NULL", "#N/A", "[]", "N/A", ""],
        [3, 1.0, "-", "Missing", "#MULTIVALUE", "None"],
    )
    ours = ["Gender", "Ethnicity", "Type of harm", "Outcome", "Referred to?"]
    assert read.frame[ours].to_numpy().tolist() == [
        ["b) Female", "a) WBRI", f"11A;{NBSP}16A", "NFA", "N/A"],
        [None, None, "[]", None, None],
        ["1", None, "Missing", None, "None"],
    ]


def test_yes_no_columns_are_joined_and_a_row_of_no_is_blank() -> None:
    read = imported(
        ["Case ID", "CSE", "Gangs?", "Neglect"],
        [1, "Yes", "1.0", "N"],
        [2, "No", 0.0, ""],
        [3, "TRUE", None, "y"],
    )
    assert read.frame["Type of harm"].tolist() == ["CSE; Gangs", None, "CSE; Neglect"]
    assert read.headings["Field"].tolist() == ["case_id", "categories", "categories", "categories"]


def test_a_word_in_a_yes_no_column_that_is_neither_stays_for_a_person_to_see() -> None:
    headings = ["Case ID", "CSE", "Gangs"]
    found = match(headings, {}, {}, [[1, "Yes", "No"]])
    read = long_list(headings, [[1, "Suspected", "No"]], [2], found)
    assert read.frame["Type of harm"].tolist() == ["CSE: Suspected"]


def test_referral_nfa_says_yes_or_no() -> None:
    read = imported(["Case ID", "Referral NFA?"], *[[1, cell] for cell in ("Yes", "a) Yes", "No", "b) No", "", "Odd")])
    assert read.frame["Outcome"].tolist() == [
        "No further action", "No further action", "Not recorded", "Not recorded", None, "Odd",
    ]  # fmt: skip
    assert imported(["Case ID", "Outcome"], [1, "Yes"]).frame["Outcome"].tolist() == ["Yes"]


def test_a_heading_twice_stands_once_in_headings_by_the_field_that_took_it() -> None:
    headings = ["Case ID", "gender", "Gender"]
    read = long_list(headings, [[1, "F", "M"]], [2], match(headings, {}, {"gender": "Gender #2"}))
    assert [tuple(row) for row in read.headings[["Field", "Heading"]].to_numpy()] == [
        ("case_id", "Case ID"),
        ("gender", "gender"),
    ]
    assert read.source_columns == ["Case ID (export)", "gender (export)", "gender (export 2)"]
    assert read.frame["Gender"].tolist() == ["M"]


def test_names_of_columns_are_unique_whatever_their_case_and_fit_excel() -> None:
    taken: set[str] = set()
    names = []
    for heading in ["x" * 255, "X" * 255, "x" * 255, "Record"]:
        names.append(unique_name(heading, taken))
        taken.add(names[-1].casefold())
    assert len(taken) == 4
    assert max(map(len, names)) == 255


CELLS = st.one_of(
    st.none(), st.just(""), st.just(NBSP), st.text(max_size=6), st.floats(allow_nan=False), st.integers(),
    st.booleans(), st.dates(), st.datetimes(),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_every_row_is_accounted_for_and_no_cell_changed(rows: list[list[object]]) -> None:
    read = imported(["Case ID", "Date of birth", "Age", "Type of harm"], *rows)
    assert len(read.frame) + read.left_blank + read.left_out == len(rows)
    assert read.frame["Record"].tolist() == list(range(1, len(read.frame) + 1))
    for at, source in enumerate(read.frame["Source row"]):
        written = [None if cell == "" else cell for cell in rows[source - 5]]
        kept = read.frame[read.source_columns].iloc[at].tolist()
        written += [None] * (len(kept) - len(written))
        assert kept == written[: len(kept)]
        assert list(map(type, kept)) == list(map(type, written[: len(kept)]))
        assert not any(cell is not None for cell in written[len(kept) :])


def test_a_case_id_that_is_a_vast_number_is_a_case_like_any_other() -> None:
    read = imported(["Case ID", "Date of contact"], *[[1e308 + one * 1e300, "03/04/2024"] for one in range(30)])
    assert (len(read.frame), read.left_blank, read.left_out) == (30, 0, 0)


EXPECTED = {
    "List 1": {"contact_date": "Date of Contact"},
    "List 2": {"contact_date": "Assessment start date", "end_date": "Assessment completion date"},
    "List 3": {"contact_date": "Date of Referral", "outcome": "Referral NFA?", "team": "Allocated Team"},
    "List 4": {"contact_date": "Continuous Assessment Start Date", "team": "Allocated Team"},
    "List 5": {"contact_date": "Strategy discussion initiating Section 47 Enquiry Start Date"},
    "List 6": {"contact_date": "CIN Start Date", "end_date": "CIN Closure Date", "outcome": "Reason for Closure"},
    "List 7": {"contact_date": "Child Protection Plan Start Date", "categories": "Latest Category of Abuse"},
    "List 8": {"contact_date": "Date Started to be Looked After", "end_date": "Date Ceased to be Looked After"},
}
ALWAYS = {"case_id": "Child Unique ID", "gender": "Gender", "ethnicity": "Ethnicity", "date_of_birth": "Date of Birth"}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_lists_of_annex_a_go_through_with_every_row_accounted_for(name: str) -> None:
    rows = CalamineWorkbook.from_path(ANNEX_A).get_sheet_by_name(name).to_python()
    at = header_row(rows)
    assert at == 0
    headings, cells = rows[at], rows[at + 1 :]
    found = match(headings, {}, {}, cells)
    fields = {field: headings[columns[0]] for field, columns in found.taken.items()}
    assert (ALWAYS | EXPECTED[name]).items() <= fields.items()
    assert found.yes_no == {}
    read = long_list(headings, cells, range(2, len(rows) + 1), found)
    assert (len(read.frame), read.left_blank, read.left_out) == (len(cells), 0, 0)
    assert read.frame["Source row"].tolist() == list(range(2, len(rows) + 1))
    assert read.frame["Case ID"].tolist() == [str(int(row[0])) for row in cells]
    assert [list(row) for row in read.frame[read.source_columns].to_numpy()] == [
        [None if cell == "" else cell for cell in row] for row in cells
    ]
    assert all(cell is None or type(cell) is dt.date for cell in read.frame["Date of birth"])
    assert not pd.isna(read.frame["Contact date"]).any()
