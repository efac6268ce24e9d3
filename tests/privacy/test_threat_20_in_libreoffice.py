"""Threats 2 and 20 with another program: LibreOffice calculates Start's line anew, and saves what we read or refuse."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.office import libreoffice, review_rows
from tests.privacy.scanner import clean_copies, hiding_places
from tests.privacy.test_threat_20_typed_after_release import Places, places, released, start_says
from xl_dipsample.privacy.scanner import Allowed, scan
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.sheets.parts import text_lengths

pytestmark = pytest.mark.office
__all__ = ["places", "released"]
WHEN, SAFE, CHANGED = "24/11/2026 10:12:00", "Safe to share on ", "Changed since "


def _first_words(table: pd.DataFrame, heading: str, words: object) -> pd.DataFrame:
    return table.assign(**{heading: [words, *table[heading].tolist()[1:]]}).astype(object)


CASES = {
    "nothing changed": (lambda table: table, SAFE),
    "sorted": (lambda table: table.iloc[::-1].reset_index(drop=True), SAFE),
    "longer": (lambda table: _first_words(table, "Summary of harm", "Zqforebn and some more words"), CHANGED),
    "a letter shorter": (lambda table: _first_words(table, "Unique ID", "K00"), CHANGED),
    "a question's answer": (lambda table: _first_words(table, review_rows.SEVERAL, "Zqforebn and others"), CHANGED),
    "letters that count as two": (lambda table: _first_words(table, "Summary of harm", "\U0001f600" * 40), CHANGED),
    "a row fewer": (lambda table: table.iloc[1:].reset_index(drop=True), CHANGED),
    "a number instead of nothing": (lambda table: _first_words(table, "Reviewed on", 45000), SAFE),
    "a row more": (lambda table: pd.concat([table, table.iloc[:1]], ignore_index=True), CHANGED),
}


@pytest.mark.parametrize("case", CASES)
def test_libreoffice_calculates_the_line_on_start_as_python_does(case: str, tmp_path: Path) -> None:
    tables = review_rows.tables(12, 3)
    change, expected = CASES[case]
    stored = text_lengths.table(tables["Review"], tables["Questions"], "salt")
    changed = {**tables, "Review": change(tables["Review"]), "TextLengths": stored}
    built = build("review", changed, {"checked_for_sharing": WHEN})
    (tmp_path / "review.xlsx").write_bytes(built)
    assert start_says(tmp_path / "review.xlsx").startswith(expected)
    (tmp_path / "review.xlsx").write_bytes(libreoffice.without_values(built))
    made = libreoffice.recalculate(tmp_path / "review.xlsx", tmp_path / "made")
    assert start_says(made).startswith(expected)


def test_a_review_workbook_that_libreoffice_saved_is_checked_and_shared(places: Places, tmp_path: Path) -> None:
    shutil.copy(libreoffice.recalculate(places.review, tmp_path / "made"), places.review)
    assert start_says(places.review).startswith(SAFE)
    assert places.release()[0] == 0
    places.type_in("Zqforebn Zqsurbm said so")
    assert places.release()[0] == 1


def test_a_copy_that_libreoffice_saved_again_is_not_safe_any_more(tmp_path: Path) -> None:
    """It holds parts and settings that ours never have; it is refused by its form, with no name in it."""
    (tmp_path / "copy.xlsx").write_bytes(clean_copies.copy(5, rows=6))
    data = libreoffice.recalculate(tmp_path / "copy.xlsx", tmp_path / "made").read_bytes()
    rules = {one.rule for one in scan(data, hiding_places.searcher(), Allowed.of(release_copy.template()))}
    assert {"element-not-allowed", "attribute-not-allowed"} <= rules
    assert not rules & {"name", "name-alone", "case-id", "date-of-birth"}


def test_a_copy_that_openpyxl_saved_again_is_not_safe_any_more() -> None:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(clean_copies.copy(5, rows=6))).save(out)
    assert scan(out.getvalue(), hiding_places.searcher(), Allowed.of(release_copy.template()))
