"""A second export adds columns by case ID, and never a row."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.long_list.headings import match
from xl_dipsample.domain.long_list.import_rows import Imported, join_columns, long_list
from xl_dipsample.domain.shared.errors import ExportProblem


def first_list(headings: list[str], *rows: list[object]) -> Imported:
    return long_list(headings, rows, range(2, 2 + len(rows)), match(headings, {}, {}, rows))


def joined(first: Imported, headings: list[str], *rows: list[object]) -> Imported:
    return join_columns(first.frame, first.source_columns, headings, rows, match(headings, {}, {}, rows))


CONTACTS = ["Case ID", "Contact date", "Gender"]


def test_names_come_by_case_id_and_no_row_comes_or_goes() -> None:
    day = "03/04/2010"
    first = first_list(CONTACTS, [12.0, day, "F"], ["0012", day, "M"], [None, day, "F"], [9, "", ""])
    rows = [["12", "Ada", "01/02/2000"], ["0012", "Bo", "NULL"], ["77", "Cy", None]]
    read = joined(first, ["Child ID", "Name", "DOB"], *rows)
    assert read.frame["Name"].tolist() == ["Ada", "Bo", None, None]
    assert read.frame["Date of birth"].tolist() == [dt.date(2000, 2, 1), None, None, None]
    assert read.figures == {"matched": 2, "unmatched": 2, "ambiguous": 0}
    assert read.frame[first.frame.columns.drop(["Name", "Date of birth"])].equals(
        first.frame.drop(columns=["Name", "Date of birth"])
    )


def test_only_blank_cells_are_filled() -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"], [2, "03/04/2010", None])
    read = joined(first, ["Case ID", "Gender"], [1, "M"], [2, "M"])
    assert read.frame["Gender"].tolist() == ["F", "M"]


def test_source_columns_are_added_and_a_clash_gets_a_number() -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"])
    read = joined(first, ["Case ID", "Gender", "Team"], [1, "M", "North"])
    assert read.source_columns == [*first.source_columns, "Case ID (export 2)", "Gender (export 2)", "Team"]
    assert read.frame[read.source_columns[-3:]].iloc[0].tolist() == [1, "M", "North"]
    again = joined(read, ["Case ID", "Team"], [1, "South"])
    assert again.source_columns[-2:] == ["Case ID (export 3)", "Team (export)"]
    assert read.headings["Field"].tolist() == ["case_id", "gender", "team"]


def test_with_several_rows_the_one_of_the_same_contact_date_counts() -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"], [1, "05/04/2010", "F"], [1, None, "F"])
    rows = [[1, "05/04/2010", "CP"], [1, "03/04/2010", "NFA"], [1, "09/04/2010", "CIN"]]
    read = joined(first, ["Case ID", "Contact date", "Outcome"], *rows)
    assert read.frame["Outcome"].tolist() == ["NFA", "CP", None]
    assert read.figures["ambiguous"] == 1


def test_without_a_contact_date_what_the_rows_agree_on_is_taken() -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"])
    rows = [[1, "Ada", "NFA", "N"], [1, "Ada", "CIN", "N"], [1, None, "", "N"]]
    read = joined(first, ["Case ID", "Name", "Outcome", "Team"], *rows)
    assert read.frame[["Name", "Outcome", "Team"]].iloc[0].tolist() == ["Ada", None, "N"]
    assert read.figures == {"matched": 1, "unmatched": 0, "ambiguous": 1}


def test_one_row_per_factor_is_joined() -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"], [2, "03/04/2010", "F"])
    read = joined(first, ["Case ID", "Factors"], [1, "11A"], [1, "16A"], [1, "11A"], [2, "13A"], [1, "NULL"])
    assert read.frame["Type of harm"].tolist() == ["11A; 16A", "13A"]
    assert read.figures["ambiguous"] == 0


def test_the_factors_of_other_contacts_are_not_added() -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"], [2, "03/04/2010", "F"], [3, "03/04/2010", "F"])
    read = joined(
        first,
        ["Case ID", "Assessment start date", "Factors"],
        [1, "03/04/2010", "11A"],
        [1, "03/04/2010", "16A"],
        [1, "09/09/2011", "13A"],
        [2, "09/09/2011", "13A"],
        [2, "10/10/2012", "11A"],
        [3, "05/04/2010", "13A"],
        [3, "05/04/2010", "11A"],
    )
    assert read.frame["Type of harm"].tolist() == ["11A; 16A", None, "13A; 11A"]
    assert read.figures["ambiguous"] == 1  # of case 2 nobody can tell which assessment is meant


@pytest.mark.parametrize("headings", [["Gender", "Team"], ["Stage", "Name"]])
def test_a_second_export_without_case_ids_is_refused(headings: list[str]) -> None:
    first = first_list(CONTACTS, [1, "03/04/2010", "F"])
    with pytest.raises(ExportProblem, match="--map case_id=HEADING"):
        joined(first, headings, ["x", "y"])


def test_a_long_list_without_case_ids_is_refused() -> None:
    first = first_list(["Name", "Gender"], ["Ada", "F"])
    with pytest.raises(ExportProblem, match="no case IDs"):
        joined(first, ["Case ID", "Team"], [1, "North"])


CASES, DAYS = st.sampled_from(["1", "2", "3", None]), st.sampled_from(["01/02/2020", "02/02/2020", None])
ROWS = st.lists(st.tuples(CASES, DAYS, st.sampled_from("abc")), max_size=8)


@settings(max_examples=80, deadline=None)
@given(first=ROWS, second=ROWS)
def test_joining_agrees_with_plain_loops(first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]) -> None:
    contacts = first_list(["Case ID", "Contact date", "Notes"], *map(list, first), ["9", "01/02/2020", "x"])
    rows = [[*row] for row in second if row[0]]
    read = joined(contacts, ["Case ID", "Contact date", "Outcome"], *rows)
    expected: list[object] = []
    for case, day, _ in [*(row for row in first if row[0] or row[1]), ("9", "01/02/2020", "x")]:
        mine = [row for row in rows if case is not None and row[0] == case]
        mine = [row for row in mine if day is not None and row[1] == day] or mine
        said = {row[2] for row in mine}
        expected.append(said.pop() if len(said) == 1 else None)
    assert read.frame["Outcome"].tolist() == expected
    assert len(read.frame) == len(contacts.frame)
    assert isinstance(read.frame, pd.DataFrame)
