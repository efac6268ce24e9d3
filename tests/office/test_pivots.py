"""The PivotTables, refreshed by LibreOffice, count what pandas counts."""

from __future__ import annotations

import libreoffice
import openpyxl
import pandas as pd
import pytest
import review_rows

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import pivot_parts

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[dict[str, pd.DataFrame], openpyxl.worksheet.worksheet.Worksheet]:
    tables = review_rows.tables(40, 5)
    # A pivot takes spaces for part of a word, and LibreOffice's "no" for another word than "No"; the drop-downs offer
    # "No". A3 of the sheet says so when the tables count a row that left.
    tables["Review"] = tables["Review"].map(lambda cell: cell.strip() if isinstance(cell, str) else cell).astype(object)
    tables["Review"]["In sample?"] = tables["Review"]["In sample?"].replace("no", "No")
    tables["Review"] = tables["Review"].where(tables["Review"].notna(), None)
    tables["Harms"] = tallies.harms_table(tables["Review"])
    folder = tmp_path_factory.mktemp("pivots")
    path = folder / "review.xlsx"
    path.write_bytes(build("review", tables))
    sheets = openpyxl.load_workbook(libreoffice.recalculate(path, folder / "made"), data_only=True)
    return tables, sheets["Pivots"]


def _shown(sheet, pivot: pivot_parts.Pivot) -> dict[str, int]:
    """Label -> the last number of its line: its count, or the total of a cross table."""
    right = min((one.column - 2 for one in pivot_parts.PIVOTS if one.column > pivot.column), default=sheet.max_column)
    found = {}
    for row in sheet.iter_rows(pivot_parts.TOP_ROW + 1, min_col=pivot.column, max_col=right, values_only=True):
        if row[0] is None:
            break
        numbers = [cell for cell in row[1:] if isinstance(cell, int | float)]
        if numbers:
            found[str(row[0]).lower()] = int(numbers[-1])
    return found


def _counted(tables: dict[str, pd.DataFrame], pivot: pivot_parts.Pivot) -> dict[str, int]:
    if pivot.table == "Harms":
        rows = tables["Harms"][tables["Harms"]["In sample?"] == "Yes"]
    else:
        rows = tallies.counted(tables["Review"])
    words = rows[pivot.down].map(lambda cell: "(empty)" if cell is None else str(cell).lower())
    return {**words.value_counts().to_dict(), "total result": len(rows)}


def test_the_sheet_says_that_its_tables_count_every_case(made):
    tables, sheet = made
    n = len(tallies.counted(tables["Review"]))
    assert sheet["A3"].value == f"These tables count the {n} cases in the sample."


def test_the_sheet_says_when_its_tables_count_a_row_that_left(tmp_path):
    tables = review_rows.tables(12, 5)
    tables["Review"]["In sample?"] = ["No ", *["Yes"] * 11]
    tables["Harms"] = tallies.harms_table(tables["Review"])
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables))
    sheet = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)["Pivots"]
    assert sheet["A3"].value.startswith("These tables do not count the 11 cases in the sample.")


@pytest.mark.parametrize("pivot", pivot_parts.PIVOTS, ids=lambda pivot: pivot.title)
def test_a_pivot_counts_the_rows_in_the_sample(made, pivot):
    tables, sheet = made
    assert _shown(sheet, pivot) == _counted(tables, pivot)
