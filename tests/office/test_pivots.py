"""The PivotTables, refreshed by LibreOffice, count what pandas counts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import libreoffice
import openpyxl
import pandas as pd
import pytest
import review_rows
import validator

from tests.silent_ui import SilentUi
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import pivot_parts, spec

pytestmark = pytest.mark.office

PIVOTS = pivot_parts.pivots(review_rows.QUESTIONS)
ASKED = [review_rows.SEVERAL, review_rows.YES_NO, review_rows.ONE]  # a number has none


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[dict[str, pd.DataFrame], openpyxl.worksheet.worksheet.Worksheet]:
    tables = review_rows.tables(40, 5)
    # A pivot takes spaces for part of a word. How No is written in In sample? makes no difference.
    left = tables["Review"]["In sample?"]
    tables["Review"] = tables["Review"].map(lambda cell: cell.strip() if isinstance(cell, str) else cell).astype(object)
    tables["Review"]["In sample?"] = left
    tables["Review"] = tables["Review"].where(tables["Review"].notna(), None)
    tables["Harms"] = tallies.harms_table(tables["Review"])
    folder = tmp_path_factory.mktemp("pivots")
    path = folder / "review.xlsx"
    path.write_bytes(build("review", tables))
    sheets = openpyxl.load_workbook(libreoffice.recalculate(path, folder / "made"), data_only=True)
    return tables, sheets["Pivots"]


@pytest.fixture(scope="module")
def stored(made) -> openpyxl.worksheet.worksheet.Worksheet:
    """The sheet as it is built, refreshed by nobody."""
    return openpyxl.load_workbook(io.BytesIO(build("review", made[0])))["Pivots"]


def _shown(sheet, pivot: pivot_parts.Pivot) -> dict[str, int]:
    """Label -> the last number of its line: its count, or the total of a cross table."""
    right = min((one.column - 2 for one in PIVOTS if one.column > pivot.column), default=sheet.max_column)
    found = {}
    for row in sheet.iter_rows(pivot_parts.TOP_ROW + 1, min_col=pivot.column, max_col=right, values_only=True):
        if row[0] is None:
            break
        numbers = [cell for cell in row[1:] if isinstance(cell, int | float)]
        if numbers:
            found[str(row[0]).lower()] = int(numbers[-1])
    return found


def _as_libreoffice(shown: dict[str, int]) -> dict[str, int]:
    """What is stored is in Excel's words; LibreOffice's are others."""
    others = {"grand total": "total result", "(blank)": "(empty)"}
    return {others.get(name, name): count for name, count in shown.items()}


def _counted(tables: dict[str, pd.DataFrame], pivot: pivot_parts.Pivot) -> dict[str, int]:
    if pivot.table == "Harms":
        rows = tables["Harms"][tables["Harms"]["Counts?"] == "Yes"]
    else:
        rows = tallies.counted(tables["Review"])
    words = rows[pivot.down].map(lambda cell: "(empty)" if cell is None else str(cell).lower())
    return {**words.value_counts().to_dict(), "total result": len(rows)}


def test_the_sheet_says_that_its_tables_count_every_case(made):
    tables, sheet = made
    n = len(tallies.counted(tables["Review"]))
    assert sheet["A3"].value == f"These tables count the {n} cases in the sample."


class Open:
    """A review workbook that is open in LibreOffice, where people type and refresh."""

    def __init__(self, path: Path) -> None:
        self.office = libreoffice.shared()
        hidden = self.office.properties(Hidden=True, UpdateDocMode=0)
        self.document = self.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, hidden)

    def sheet(self, name: str) -> Any:
        return self.document.Sheets.getByName(name)

    def pivots(self) -> list[Any]:
        made = self.sheet("Pivots").DataPilotTables
        return [made.getByIndex(number) for number in range(made.Count)]

    def refresh(self) -> None:
        self.document.calculateAll()
        for pivot in self.pivots():
            pivot.refresh()
        self.document.calculateAll()

    def said(self) -> str:
        return str(self.sheet("Pivots").getCellRangeByName("A3").String)

    def totals(self) -> list[int]:
        """The grand total of every pivot, in the order of the sheet."""
        found = []
        for pivot in self.pivots():
            area = pivot.OutputRange
            corner = self.sheet("Pivots").getCellByPosition(area.EndColumn, area.EndRow)
            found.append((area.StartColumn, int(corner.Value)))
        return [total for _, total in sorted(found)]

    def saved(self, path: Path) -> Path:
        kind = self.office.properties(FilterName="Calc MS Excel 2007 XML", Overwrite=True)
        self.document.storeToURL(path.as_uri(), kind)
        return path

    def close(self) -> None:
        self.document.close(True)  # noqa: FBT003


PLACE = spec.table("review", "Review").headings.index("In sample?")


def _twelve(path: Path, first: str | None = None) -> Path:
    tables = review_rows.tables(12, 5)
    tables["Review"]["In sample?"] = [first, *[None] * 11]
    tables["Review"]["Type of harm"] = "CSE"
    tables["Harms"] = tallies.harms_table(tables["Review"])
    path.write_bytes(build("review", tables))
    return path


@pytest.mark.parametrize("saved_between", [False, True])
def test_a_no_that_is_typed_after_a_refresh_is_not_counted_by_the_next(tmp_path, saved_between):
    made = Open(_twelve(tmp_path / "review.xlsx", "no "))
    made.refresh()
    assert made.totals() == [11] * len(PIVOTS)
    if saved_between:
        kept = made.saved(tmp_path / "saved.xlsx")
        made.close()
        made = Open(kept)
    made.sheet("Review").getCellByPosition(PLACE, 8).String = "No "
    made.refresh()
    assert made.totals() == [10] * len(PIVOTS)
    assert made.said() == "These tables count the 10 cases in the sample."
    made.close()


def test_the_first_no_is_not_counted_when_the_workbook_opens_next(tmp_path):
    path = _twelve(tmp_path / "review.xlsx")
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        review = host.read_table("Review")
        review.loc[[0, 3], "In sample?"] = "No"
        host.write_table("Review", review)
    host.save()
    made = Open(path)
    made.refresh()
    assert made.totals() == [10] * len(PIVOTS)
    assert made.said() == "These tables count the 10 cases in the sample."
    made.close()


def test_the_sheet_says_when_a_program_forgot_the_filter(tmp_path):
    """LibreOffice keeps a filter as the words that it hides: it has none to keep while every row says Yes."""
    made = Open(_twelve(tmp_path / "review.xlsx"))
    made.refresh()
    made.sheet("Review").getCellByPosition(PLACE, 5).String = "No"
    made.refresh()
    assert made.totals() == [12] * len(PIVOTS)
    assert made.said().startswith("These tables do not count the 11 cases in the sample.")
    made.close()


def test_the_sheet_says_when_somebody_typed_since_the_last_refresh(tmp_path):
    made = Open(_twelve(tmp_path / "review.xlsx"))
    made.refresh()
    made.sheet("Review").getCellByPosition(PLACE, 5).String = "No"
    made.document.calculateAll()
    assert made.said().startswith("These tables do not count the 11 cases in the sample.")
    made.close()


def test_what_is_stored_is_what_a_refresh_shows(made, stored):
    _, sheet = made
    for pivot in PIVOTS:
        assert _as_libreoffice(_shown(stored, pivot)) == _shown(sheet, pivot), pivot.title


def test_what_the_host_stores_is_what_a_refresh_shows_and_sound(tmp_path, made):
    tables, sheet = made
    path = tmp_path / "review.xlsx"
    few = {"Review": review_rows.review(3, 5), "Questions": tables["Questions"]}
    path.write_bytes(build("review", {**few, "Harms": tallies.harms_table(few["Review"])}))
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        host.write_table("Review", tables["Review"])
        host.write_table("Harms", tables["Harms"])
    host.save()
    assert validator.validate(path) == []
    kept = openpyxl.load_workbook(path, data_only=True)["Pivots"]
    assert kept["A3"].value == sheet["A3"].value
    for pivot in PIVOTS:
        assert _as_libreoffice(_shown(kept, pivot)) == _shown(sheet, pivot), pivot.title


def test_each_question_that_is_answered_by_choosing_has_a_pivot():
    assert [pivot.title for pivot in PIVOTS][5:-1] == ASKED


@pytest.mark.parametrize("pivot", PIVOTS, ids=lambda pivot: pivot.title)
def test_a_pivot_counts_the_rows_in_the_sample(made, pivot):
    tables, sheet = made
    assert _shown(sheet, pivot) == _counted(tables, pivot)
