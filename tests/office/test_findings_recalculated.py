"""The cell that a finding points at, calculated by LibreOffice alone, holds the number in the sentence."""

from __future__ import annotations

import re
from pathlib import Path

import libreoffice
import openpyxl
import pytest
import review_rows

from xl_dipsample.actions.renewing import renew_findings
from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import defaults

pytestmark = pytest.mark.office
ACTIONS = [["Ring the club", "AB", None, "Yes", None], ["Write the policy", None, None, None, "Spring 2025"]]


def test_recalculated_every_finding_points_at_its_first_number_and_a3_counts(tmp_path: Path) -> None:
    tables = defaults.frames("review", review_rows.tables(30, 1))
    tables["Variations"] = variations.variations_table(tables["Review"], shipped())
    tables["Actions"] = tables["Actions"].reindex(range(2))
    tables["Actions"][:] = ACTIONS
    lines = renew_findings.renew(tables, Result("analyse"))["Findings"]
    lines.loc[[0, 2], "Keep?"] = ["Yes", "No"]
    path = tmp_path / "review.xlsx"
    path.write_bytes(
        libreoffice.without_values(build("review", {**tables, "Findings": lines}, {"analysed_on": "24/11/2026"}))
    )
    book = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)
    assert len(lines) > 7
    for sentence, where in zip(lines["Finding"], lines["Where it comes from"], strict=True):
        sheet, cell = where.replace("'", "").split("!")
        assert book[sheet][cell].value == int(re.search(r"\d+", sentence.replace("section 47", ""))[0]), where
    assert book["Findings"]["A3"].value == f"As of 24/11/2026: 2 of {len(lines)} findings decided"
    assert book["Actions"]["A3"].value == "1 of 2 open"
    asked = len(tables["PanelQuestions"])
    assert book["Panel questions"]["A3"].value == f"0 of {asked} questions have an answer"
    assert {book["Findings"][f"D{row}"].value for row in range(6, 6 + len(lines))} == {"Show"}
