"""Links of findings, calculated by LibreOffice alone: after a sort they lead to where a record stands, and fast."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest

from tests.engines.office import shared
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import formulas, spec

pytestmark = pytest.mark.office
GONE = 77


def workbook(records: list[int], findings: int) -> bytes:
    """Long list in the order given, and Data checks with so many findings and one about the whole list."""
    headings = spec.table("working", "LongList").headings
    long_list = pd.DataFrame({name: [None] * len(records) for name in headings}, dtype=object)
    long_list["Record"] = records
    checks = pd.DataFrame({name: [None] * (findings + 1) for name in spec.table("working", "DataChecks").headings})
    checks = checks.astype(object)
    checks["Level"], checks["Code"], checks["Finding"] = "Note", "X01", "Synthetic."
    draw = random.Random(5)
    checks["Record"] = [None, *(draw.choice([*records, GONE]) for _ in range(findings))]
    return libreoffice.without_values(build("working", {"LongList": long_list, "DataChecks": checks}))


def test_after_a_sort_each_link_leads_to_the_row_in_which_its_record_stands(tmp_path: Path) -> None:
    records = [one for one in range(1, 90) if one != GONE]
    random.Random(3).shuffle(records)
    path = tmp_path / "working.xlsx"
    path.write_bytes(workbook(records, 120))
    made = libreoffice.recalculate(path, tmp_path / "made")
    shown = openpyxl.load_workbook(made, data_only=True)
    stands = {cell.value: cell.row for cell in shown["Long list"]["A"] if isinstance(cell.value, int)}
    page = shown["Data checks"]
    heads = {cell.value: cell.column for cell in page[5]}
    for at in range(6, page.max_row + 1):
        record, words = page.cell(at, heads["Record"]).value, page.cell(at, heads["Go there"]).value
        wanted = None if record is None else formulas.GO_THERE if record in stands else formulas.NOT_THERE
        assert (words or None) == wanted
    links = targets(path, "Data checks")
    assert links == {record: f"#'Long list'!A{row}" for record, row in stands.items() if record in links}
    assert len(links) > 50


def targets(path: Path, sheet: str) -> dict[int, str]:
    """Where LibreOffice's links lead, by record: the first part of HYPERLINK, calculated in a cell of its own."""
    office = shared()
    options = office.properties(Hidden=True)
    document = office.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, options)
    try:
        page = document.Sheets.getByName(sheet)
        found = {}
        at = 5
        while page.getCellByPosition(0, at).String:
            record = page.getCellByPosition(3, at)
            text = page.getCellByPosition(4, at).Formula
            address = re.search(r'HYPERLINK\((.*),"Show"\)|HYPERLINK\((.*);"Show"\)', text)
            if record.String and address and page.getCellByPosition(4, at).String == formulas.GO_THERE:
                spare = page.getCellByPosition(30, at)
                spare.Formula = "=" + (address[1] or address[2])
                assert spare.getError() == 0
                found[int(record.Value)] = spare.String
            at += 1
        return found
    finally:
        document.close(True)  # noqa: FBT003


def test_three_thousand_links_into_a_sorted_list_of_8500_are_calculated_in_no_time(tmp_path: Path) -> None:
    records = list(range(1, 8501))
    random.Random(4).shuffle(records)
    path = tmp_path / "working.xlsx"
    path.write_bytes(workbook(records, 3000))
    office = shared()
    document = office.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, office.properties(Hidden=True))
    try:
        started = time.perf_counter()
        document.calculateAll()
        took = time.perf_counter() - started
    finally:
        document.close(True)  # noqa: FBT003
    assert took < 5
