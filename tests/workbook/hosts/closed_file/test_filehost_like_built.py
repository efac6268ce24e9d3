"""A workbook whose tables FileHost wrote is, cell for cell, the one that build() makes from the same rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.silent_ui import SilentUi
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

SAMPLE = {"sample_id": "S-1"}


def rows(kind: Kind, table: str, count: int, **columns: Any) -> pd.DataFrame:
    made = pd.DataFrame({one: [None] * count for one in spec.table(kind, table).headings}, dtype=object)
    for heading, values in columns.items():
        made[heading.replace("_", " ")] = pd.Series(values, dtype=object) if isinstance(values, list) else values
    return made.astype(object)


def written(kind: Kind) -> dict[str, pd.DataFrame]:
    if kind == "working":
        return {
            "LongList": rows(kind, "LongList", 12, Record=list(range(12)), Contact_date=[dt.date(2025, 1, 2)] * 12),
            "CaseCheck": rows(
                kind, "CaseCheck", 3, Record=[1, 2, 3], Decision=["Include", "Exclude", None], Reason="Other"
            ),
            "Funnel": rows(kind, "Funnel", 2, Stage=["Long list", "Sample"], Remaining=[12, 9]),
        }
    reviews = rows(kind, "Review", 5, Unique_ID=list("abcde"), Outcome="No further action", Parenting_concerns="No")
    reviews["Level of harm"] = "In need"
    return {"Review": reviews, "Harms": rows(kind, "Harms", 2, Unique_ID=["a", "b"], Type_of_harm="CSE")}


@pytest.mark.parametrize("kind", ["working", "review"])
def test_written_and_built_are_the_same(tmp_path: Path, kind: Kind) -> None:
    ours, theirs = tmp_path / "written.xlsx", tmp_path / "built.xlsx"
    ours.write_bytes(build(kind, {}, SAMPLE))
    host = FileHost.open(ours, SilentUi())
    with host.transaction():
        for name, frame in written(kind).items():
            host.write_table(name, frame)
    host.save()
    host = FileHost.open(ours, SilentUi())
    theirs.write_bytes(build(kind, {name: host.read_table(name) for name in host.tables()}, SAMPLE))
    compared = 0
    for data_only in (True, False):
        one, other = (openpyxl.load_workbook(path, data_only=data_only) for path in (ours, theirs))
        for sheet in other:
            assert _around(one[sheet.title]) == _around(sheet)
            for row in sheet.iter_rows():
                for cell in row:
                    assert _cell(one[sheet.title][cell.coordinate]) == _cell(cell), (sheet.title, cell.coordinate)
                    compared += cell.value is not None
    assert compared > 500


def _cell(cell: Any) -> tuple[Any, ...]:
    look = (cell.number_format, cell.fill.fgColor.rgb, cell.border.left.style, cell.alignment.wrap_text, cell.font.b)
    return (cell.value or None, *look)


def _around(sheet: Any) -> dict[str, Any]:
    return {
        "size": sheet.dimensions,
        "tables": {table.name: table.ref for table in sheet.tables.values()},
        "heights": {row: size.height for row, size in sheet.row_dimensions.items() if size.height},
        "formats": sorted(str(one.sqref) for one in sheet.conditional_formatting),
        "validations": sorted(str(one.sqref) for one in sheet.data_validations.dataValidation),
    }
