"""The made-up reports are what they say of themselves: the truth that a reader of reports will be held against."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from report_shapes import Report, clean_report, shaped_report


def read_back(report: Report) -> dict[str, list[list[object]]]:
    """Every row of every sheet that holds cases, blank rows too."""
    if report.path.suffix == ".csv":
        encoding, delimiter = report.wording
        with report.path.open(encoding=encoding, newline="") as handle:
            return {"": [list(row) for row in csv.reader(handle, delimiter=delimiter)]}
    book = load_workbook(report.path)
    return {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in report.row_kinds}


def text(value: object) -> str:
    return "" if value is None else str(value).strip()


def ids_of_cases(report: Report) -> list[str]:
    """What stands under the heading of the IDs in each row that is told to be a case."""
    found: list[str] = []
    column: int | None = None
    for name, rows in read_back(report).items():
        for row, kind in zip(rows, report.row_kinds[name], strict=True):
            if kind == "heading" and column is None:
                column = next((at for at, cell in enumerate(row) if text(cell) == report.id_heading), None)
            if kind == "case":
                found.append(text(row[column]) if column is not None and column < len(row) else "")
    return found


@pytest.mark.parametrize("make", [clean_report, shaped_report])
@pytest.mark.parametrize("seed", range(12))
def test_the_truth_told_of_a_report_is_what_its_file_holds(make, seed, tmp_path: Path) -> None:
    report = make(seed, tmp_path)
    found = ids_of_cases(report)
    assert tuple(found) == tuple(report.ids)
    assert len(found) == report.cases
    assert len(set(filter(None, found))) + found.count("") == report.young_people
    stated = {"rows": report.cases, "young people": report.young_people}.get(report.stated_of or "")
    assert stated is None or (stated == report.stated_total) == report.stated_is_right


@pytest.mark.parametrize("seed", range(12))
def test_no_row_beside_the_cases_has_an_id_of_their_shape_unless_a_doubt_is_told(seed, tmp_path: Path) -> None:
    report = shaped_report(seed, tmp_path)
    pattern = re.compile(report.id_pattern)
    beside = [
        cell
        for name, rows in read_back(report).items()
        for row, kind in zip(rows, report.row_kinds[name], strict=True)
        if kind not in ("case", "heading")
        for cell in map(text, row[:1])
    ]
    assert report.has_a_doubt or not any(pattern.fullmatch(cell) for cell in beside if cell)
