"""The second reader's workbook and the sheet Second reader: valid, and calculated by LibreOffice as Python says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest
import validator

from tests import filled_workbooks
from xl_dipsample.actions.second_read import compared
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.review import second_reader as readers
from xl_dipsample.workbook import sheets as live_sheets
from xl_dipsample.workbook.build import second_workbook
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.specs import spec

pytestmark = pytest.mark.office
Made = tuple[bytes, dict[str, pd.DataFrame], dict[str, CellValue]]


def second_readers() -> Made:
    """Five cases, two of them done."""
    tables, values = filled_workbooks.review()
    whole = {name: tables.get(name, live_sheets.book("review", {}, {}).tables[name]) for name in ("Review", "Criteria",
             "Categories", "Focus", "Questions", "MyLists")}  # fmt: skip
    made = second_workbook.tables_for(whole, [f"DS-{number:04d}-K" for number in (2, 3, 4, 6, 7)])
    first = tables["Review"].set_index("Unique ID")
    for heading in review_columns.required():
        cells = [
            first.loc[one, heading] if place < 2 else None for place, one in enumerate(made["Review"]["Unique ID"])
        ]
        made["Review"][heading] = pd.Series(cells, dtype=object)
    values = {"sample_id": values["sample_id"], "kind": second_workbook.KIND}
    return build("review", made, values), made, values


def reviewed() -> Made:
    """A review workbook in which a second reader's answers were read, and one difference was settled."""
    tables, values = filled_workbooks.review()
    asked = compared(tables["Questions"])
    second = tables["Review"].assign(**{"Seen as": "Both", "Level of harm": "In need", "Reviewer": "EF"})
    twice = readers.pairs(tables["Review"], second, asked)
    tables["ReadTwice"], tables["Agreement"] = twice, readers.agreement(twice, asked)
    tables["Agreement"]["As of"] = pd.Series([dt.datetime(2026, 11, 24, 3, 20, 41)] * len(asked), dtype=object)  # noqa: DTZ001
    empty = pd.DataFrame(columns=spec.table("review", "SecondReader").headings, dtype=object)
    tables["SecondReader"] = readers.differences(twice, empty, asked)
    tables["SecondReader"].loc[0, "Agreed answer"] = "In need"
    return build("review", tables, values), tables, values


@pytest.mark.parametrize("make", [second_readers, reviewed])
def test_it_is_valid_and_every_formula_shows_what_python_computed(make, tmp_path: Path) -> None:
    data, tables, values = make()
    path = tmp_path / "made.xlsx"
    path.write_bytes(data)
    assert validator.validate(path) == []
    again = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "again"), data_only=True)
    whole = live_sheets.book("review", tables, values)
    cached = live_sheets.cached_values("review", whole.tables, values)
    assert set(cached) <= set(again.sheetnames)
    sheets = set(cached) if whole.is_second else {"Second reader"}
    for name in sheets:
        for address, value in cached[name].items():
            got = again[name][address].value
            if isinstance(value, float):
                assert got == pytest.approx(value), (name, address)
            else:
                assert ("" if got is None else got) == ("" if value is None else value), (name, address)
    if whole.is_second:
        assert again["Start"]["A3"].value == "2 of 5 cases are done: see Review."
        assert not [cell for sheet in again for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
    else:
        assert again["Second reader"]["A3"].value.startswith("As of 24/11/2026 03:20:41: cases read twice: ")
        assert again["Second reader"]["A3"].value.endswith(", with an agreed answer: 1.")
