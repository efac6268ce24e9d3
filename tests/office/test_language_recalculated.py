"""What Language and Language patterns say in A3, calculated by LibreOffice alone, and the file before the validator."""

from __future__ import annotations

from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest
import validator

from xl_dipsample.actions.renewing import renew_language
from xl_dipsample.domain.language.term_hits import CLOSURE, INVOLVEMENT
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import defaults

pytestmark = pytest.mark.office
VALUES = {"analysed_on": "24/11/2026 03:20:41"}


def analysed(cases: int) -> dict[str, pd.DataFrame]:
    """The tables after Refresh analysis; synthetic cases, in the end with decisions and an own word."""
    rows = [
        {
            "Unique ID": f"DS-{n:03d}",
            "Outcome": ("No further action", "Child in Need")[n % 2],
            INVOLVEMENT: "Her boyfriend \u201cabsconded\u201d with her." if n < 4 else "Seen at school.",
            CLOSURE: ("Threshold not met", "Safety plan agreed")[n % 2],
        }
        for n in range(cases)
    ]
    tables = defaults.frames("review", {"Review": pd.DataFrame(rows, dtype=object)})
    tables |= renew_language.renew(tables, Result("analyse"))
    tables["Language"].loc[[0, 1, 2, 3], "Decision"] = ["Confirm", " dismiss", "CONFIRM ", "ask the team"]
    return tables


def test_recalculated_the_sheets_say_how_much_there_is_and_nothing_needs_repair(tmp_path: Path) -> None:
    tables = analysed(24)
    chance = "of so many words tried, some stand there by chance."
    states = (
        "4 of 8 decided (2 confirmed, 1 dismissed).",
        f"4 of 24 cases with a text hold such words. Typical words: 5; {chance}",
    )
    path = tmp_path / "review.xlsx"
    path.write_bytes(libreoffice.without_values(build("review", tables, VALUES)))
    assert validator.validate(path) == []
    book = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)
    computed = sheets.cached_values("review", tables, VALUES)
    for sheet, state in zip(("Language", "Language patterns"), states, strict=True):
        assert book[sheet]["A3"].value == computed[sheet]["A3"] == f"As of {VALUES['analysed_on']}: {state}"
        links = {cell.hyperlink.location for row in book[sheet]["A4:G4"] for cell in row if cell.hyperlink}
        assert len(links) == 2
