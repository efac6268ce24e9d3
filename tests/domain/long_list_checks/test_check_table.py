"""Data checks and the words in Long list: what a person reads."""

from __future__ import annotations

import pandas as pd
from check_examples import NINE, clean, columns, reading

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list_checks import schema, table
from xl_dipsample.domain.long_list_checks.found_by_import.looked_at import LOOKED_AT
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import SHOWN
from xl_dipsample.workbook.specs import spec


def checked(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[table.Counted], pd.Series, Reading]:
    read = reading(frame, Criteria(categories=NINE))
    found = schema.findings(read, columns())
    rows, counted = table.data_checks(found, read)
    return rows, counted, table.check_words(found, read), read


def dirty() -> pd.DataFrame:
    frame = clean()
    frame.at[2, "Date of birth"] = "31/02/2010"
    frame.at[7, "Date of birth"] = "1/1/2010"
    frame.at[7, "Name"] = "Test Child"
    frame.at[9, "Factors"] = "#REF!"
    frame.at[9, "Type of harm"] = "24A"
    return frame


def test_errors_come_first() -> None:
    rows, *_ = checked(dirty())
    assert rows["Level"].tolist() == ["Error", "Error", "Warning", "Warning", "Note"]


def test_a_finding_says_row_column_value_and_what_to_do() -> None:
    rows, *_ = checked(dirty())
    first = rows.iloc[0].to_dict()
    assert first == {
        "Level": "Error",
        "Code": "D01",
        "Finding": "The date of birth cannot be read as a date.",
        "Record": 3,
        "Column": "Date of birth",
        "Value": "31/02/2010",
        "What to do": "Write it as day/month/year in the export and import again.",
        "How many alike": 1,
    }


def test_a_finding_in_a_column_of_the_export_names_that_column() -> None:
    rows, *_ = checked(dirty())
    assert rows.loc[rows["Code"] == "T02", ["Record", "Column", "Value"]].values.tolist() == [[10, "Factors", "#REF!"]]


def test_what_is_about_the_whole_list_has_no_row_and_counts_the_rows() -> None:
    rows, *_ = checked(dirty())
    left_out = rows[rows["Code"] == "V01"].iloc[0]
    assert (left_out["Record"], left_out["Value"], left_out["How many alike"]) == (None, "CCE", 1)


def test_every_row_of_long_list_says_what_was_found_in_it_and_others_stay_blank() -> None:
    *_, words, _ = checked(dirty())
    assert words[2] == "The date of birth cannot be read as a date."
    assert words[7].startswith("The name looks like a test record. The date of birth is a 1 January")
    assert words.notna().sum() == 3


def test_two_hundred_rows_of_a_code_are_shown_and_the_rest_is_counted() -> None:
    frame = pd.concat([clean()] * 8, ignore_index=True)
    frame["Record"] = pd.Series(range(1, len(frame) + 1), dtype=object)
    frame["Gender"] = pd.Series(["Zorbing"] * len(frame), dtype=object)
    rows, counted, words, _ = checked(frame)
    shown = rows[rows["Code"] == "L04"]
    assert len(shown) == SHOWN == 200
    assert set(shown["How many alike"]) == {240}
    assert next(one.number for one in counted if one.rule.code == "L04") == 240
    assert words.str.contains("label for gender").sum() == 240


def test_the_first_place_of_each_finding_is_known() -> None:
    _, counted, *_ = checked(dirty())
    assert [(one.rule.code, one.position, one.column) for one in counted][:2] == [
        ("D01", 2, "Date of birth"),
        ("T02", 9, "Factors"),
    ]


def test_a_list_without_findings_gives_an_empty_table() -> None:
    rows, counted, words, _ = checked(clean())
    assert rows.empty
    ours = [one.heading for one in spec.table("working", "DataChecks").columns if one.by != "formula"]
    assert [*rows.columns, LOOKED_AT] == ours
    assert counted == []
    assert words.isna().all()


def test_a_very_long_value_is_cut() -> None:
    frame = clean()
    frame.at[1, "Factors"] = "x" * 5000
    rows, *_ = checked(frame)
    assert len(rows.iloc[0]["Value"]) == table.LONGEST_VALUE


def test_every_cell_that_is_blank_is_none() -> None:
    rows, *_ = checked(dirty())
    assert not any(cell != cell for row in rows.values.tolist() for cell in row)
