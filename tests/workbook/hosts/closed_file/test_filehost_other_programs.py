"""Workbooks that another program saved in between are as good as ours."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from tests.silent_ui import SilentUi
from tests.workbook import person_workbook as pw
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

REVIEW = spec.table("review", "Review").headings


def opened(path: Path) -> FileHost:
    return FileHost.open(path, SilentUi())


def reviews(count: int) -> pd.DataFrame:
    made = pd.DataFrame({heading: [None] * count for heading in REVIEW}, dtype=object)
    made["Unique ID"] = [f"DS-{number:03}" for number in range(count)]
    made["Contact date"] = pd.Series([dt.date(2025, 1, 1 + n) for n in range(count)], dtype=object)
    made["Outcome"] = "No further action"
    made["Level of harm"], made["Parenting concerns"] = "In need", "No"
    made["Our own"] = [f"note {number}" for number in range(count)]
    return made


def through_libreoffice(path: Path, folder: Path) -> Path:
    folder.mkdir()
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return folder / path.name


def through_openpyxl(path: Path, folder: Path) -> Path:
    folder.mkdir()
    openpyxl.load_workbook(path).save(folder / path.name)
    return folder / path.name


def with_prefix(path: Path, folder: Path) -> Path:
    """As the Open XML SDK writes: <x:row> for <row>."""
    folder.mkdir()
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    changed = {}
    for name, (_, content) in pw.members(copy).items():
        if re.match(r"xl/(workbook|worksheets/sheet\d+|sharedStrings|styles|tables/table\d+)\.xml$", name):
            text = re.sub(r"<(/?)(?![\w]+:)([A-Za-z])", r"<\1x:\2", content.decode())
            changed[name] = text.replace(" xmlns=", " xmlns:x=", 1).encode()
    return pw.rezip(copy, changed)


def without_references(path: Path, folder: Path) -> Path:
    """Rows and cells that do not say where they are, which the format allows where none is left out."""
    folder.mkdir()
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    part = pw.part_of(copy, "Review")
    head, body = pw.members(copy)[part][1].split(b'<row r="6"', 1)
    bare = re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", b'<row r="6"' + body)
    assert b' r="A6"' not in bare
    return pw.rezip(copy, {part: head + bare})


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(through_libreoffice, marks=pytest.mark.office),
        through_openpyxl,
        with_prefix,
        without_references,
    ],
)
def test_a_review_workbook_saved_by_another_program_is_read_and_written(tmp_path: Path, program) -> None:
    start = tmp_path / "review.xlsx"
    start.write_bytes(build("review", {"Review": reviews(4)}, {"sample_id": "S-1"}))
    before = opened(start)
    path = program(start, tmp_path / "other")
    host = opened(path)
    typed = [column.heading for column in spec.table("review", "Review").columns if not column.formula] + ["Our own"]
    assert_frame_equal(host.read_table("Review")[typed], before.read_table("Review")[typed])
    assert host.read_value("sample_id") == "S-1"
    turned = host.read_table("Review").iloc[[3, 1]].drop(columns=["Our own", "Scenario"]).reset_index(drop=True)
    more = pd.concat([turned, reviews(9).iloc[6:].drop(columns=["Our own", "Scenario"])], ignore_index=True)
    host.write_table("Review", more)
    host.write_value("sample_id", "S-2")
    host.save()
    host = opened(path)
    read = host.read_table("Review")
    assert read["Unique ID"].tolist() == ["DS-003", "DS-001", "DS-006", "DS-007", "DS-008"]
    assert read["Our own"].tolist() == ["note 3", "note 1", None, None, None]
    assert read["Contact date"].tolist() == more["Contact date"].tolist()
    assert set(read["Scenario"]) == {"In need, no parenting concerns"}
    assert host.read_value("sample_id") == "S-2"
    sheet = openpyxl.load_workbook(path)["Review"]
    assert sheet.tables["Review"].ref.endswith("10")
    formulas = [sheet.cell(row, 1 + REVIEW.index("Scenario")).value for row in range(6, 11)]
    assert all(str(formula).startswith("=") for formula in formulas)


@pytest.mark.office
def test_what_is_written_opens_in_libreoffice_with_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {"Review": reviews(2)}, {"sample_id": "S-1"}))
    host = opened(path)
    made = reviews(7)
    made["Reason for closure or progression (extract)"] = ["=1+1", " a\n b ", "<&>", "é😀", "_x0041_", None, "x\x07y"]
    host.write_table("Review", made)
    host.save()
    after = opened(path).read_table("Review")
    theirs = opened(through_libreoffice(path, tmp_path / "other")).read_table("Review")
    text = "Reason for closure or progression (extract)"
    assert_frame_equal(theirs.drop(columns=text), after.drop(columns=text))
    assert theirs[text].tolist()[:6] == after[text].tolist()[:6]
