"""The schemas made from the sheet specs find what cannot count in a table, and take what people may write."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from xl_dipsample.workbook.specs import spec, table_schema


def wrong(kind: str, name: str, *rows: dict[str, object]) -> list[tuple[str, int, str]]:
    table = spec.table(kind, name)
    frame = pd.DataFrame([dict.fromkeys(table.headings) | row for row in rows], columns=table.headings, dtype=object)
    return [(one.rule.code, one.position, one.column) for one in table_schema.wrong_cells(table, frame)]


def decided(**cells: object) -> dict[str, object]:
    return {"Record": 1, "Case ID": "40117", "Decision": "Include"} | cells


def test_a_row_as_people_fill_it_in_is_fine() -> None:
    cells = {"Reason": "Words of our own", "Initials": "AB", "Date": dt.date(2024, 5, 1)}
    assert wrong("working", "CaseCheck", decided(), decided(Row=2, Decision=" exclude ", **cells)) == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"Decision": "Inlcude"}, [("W01", 0, "Decision")]),
        ({"Date": "soon"}, [("W02", 0, "Date")]),
        ({"Date": "1 May 2024"}, []),
        ({"Record": 1.5}, [("W02", 0, "Record")]),
        ({"Decision": "Exclude"}, [("W04", 0, "Reason")]),
        ({"Decision": "Exclude", "Reason": "\xa0"}, [("W04", 0, "Reason")]),
        ({"Decision": "Unsure"}, []),
    ],
)
def test_what_does_not_count_is_found_in_its_cell(cells: dict[str, object], found: list[object]) -> None:
    assert wrong("working", "CaseCheck", decided(**cells)) == found


def test_one_wrong_cell_hides_no_other() -> None:
    found = wrong("working", "CaseCheck", decided(Decision="x", Date="y"), decided(Decision="Exclude"))
    assert sorted(found) == [("W01", 0, "Decision"), ("W02", 0, "Date"), ("W03", 1, "Record"), ("W04", 1, "Reason")]


def test_a_setting_is_held_against_its_own_list_and_kind() -> None:
    rows = [{"Setting": "Unit", "Value": "Young persn"}, {"Setting": "Age cut-off", "Value": "twelve"}]
    assert wrong("working", "Criteria", *rows) == [("W01", 0, "Value"), ("W02", 1, "Value")]


def test_who_leaves_the_sample_in_review_needs_a_reason() -> None:
    row = {"Unique ID": "DS-7GK-4MXQ", "In sample?": "No"}
    assert wrong("review", "Review", row) == [("W04", 0, "Reason if not in sample")]
    assert wrong("review", "Review", row | {"Reason if not in sample": "Own words"}) == []


def test_columns_that_people_added_may_stand_beside() -> None:
    table = spec.table("working", "CaseCheck")
    frame = pd.DataFrame([decided(Mine="x")], dtype=object).reindex(columns=[*table.headings, "Mine"])
    assert table_schema.wrong_cells(table, frame.where(frame.notna(), None)) == []


@pytest.mark.parametrize("kind", spec.KINDS)
def test_every_table_of_the_templates_has_a_schema_that_its_own_rows_pass(kind: str) -> None:
    for table in spec.tables(kind):
        rows = pd.DataFrame(table.rows, columns=table.headings, dtype=object)
        rows = rows.where(rows != "", None)
        assert table_schema.wrong_cells(table, rows) == [], table.name
