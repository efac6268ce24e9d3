"""The row of a setting that was deleted in an older workbook is said to be missing; no default is silently in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from tests.actions.workbooks import dipsample
from tests.silent_ui import SilentUi
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.upgrading.read_older import open_to_read

KEPT = Path(__file__).parents[2] / "data" / "versions"


def without_row(path: Path, table: str, setting: str, *, again: object = None) -> None:
    """Delete the row as Excel does; `again`: type it once more below the others, with this value."""
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book if table in one.tables)
    left, top, right, bottom = range_boundaries(sheet.tables[table].ref)
    rows = [[sheet.cell(row, column).value for column in range(left, right + 1)] for row in range(top, bottom + 1)]
    kept = [row for row in rows if row[0] != setting]
    assert len(kept) == len(rows) - 1
    if again is not None:
        kept.append([setting, again, *[None] * (right - left - 1)])
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).value = kept[row - top][column - left] if row - top < len(kept) else None
    last = f"{get_column_letter(right)}{top + len(kept) - 1}"
    sheet.tables[table].ref = f"{get_column_letter(left)}{top}:{last}"
    book.save(path)


@pytest.mark.parametrize("version", ["2", "3"])
@pytest.mark.parametrize(
    ("table", "setting"),
    [("Focus", "Period from"), ("Criteria", "Age cut-off"), ("Criteria", "Contact date in Review")],
)
def test_a_step_on_an_older_workbook_says_which_setting_has_no_row(
    version: str, table: str, setting: str, tmp_path: Path
) -> None:
    path = tmp_path / "working.xlsx"
    shutil.copyfile(KEPT / version / "working.xlsx", path)
    without_row(path, table, setting)
    before = path.read_bytes()
    status, _, said = dipsample("narrow", path)
    assert status == 2
    assert f"On {table}, the row of {setting} is missing, so nobody can tell what was agreed" in said
    assert path.read_bytes() == before


def test_a_review_workbook_says_it_as_well(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    shutil.copyfile(KEPT / "3" / "review.xlsx", path)
    without_row(path, "Criteria", "Unit")
    status, _, said = dipsample("analyse", path)
    assert status == 2
    assert "On Criteria, the row of Unit is missing" in said


def test_what_is_only_read_of_it_has_no_default_either(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    shutil.copyfile(KEPT / "3" / "working.xlsx", path)
    without_row(path, "Criteria", "Age cut-off")
    host = open_to_read(path, SilentUi(), whole=True)
    assert "Age cut-off" not in set(host.read_table("Criteria")["Setting"])


def test_a_row_that_is_typed_again_is_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    shutil.copyfile(KEPT / "3" / "working.xlsx", path)
    without_row(path, "Criteria", "Age cut-off", again=15)
    assert dipsample("narrow", path)[0] in (0, 1)
    criteria = FileHost.open(path, SilentUi(), read_only=True).read_table("Criteria").set_index("Setting")
    assert criteria.loc["Age cut-off", "Value"] == 15
