"""Both workbooks in a live spreadsheet program, and before the validator of Open XML."""

from __future__ import annotations

import libreoffice
import openpyxl
import pytest
import validator

from tests import filled_workbooks
from xl_dipsample.domain import reference
from xl_dipsample.workbook import live, spec
from xl_dipsample.workbook.build import build

pytestmark = pytest.mark.office
EMPTY = ({}, {})


@pytest.fixture(params=[(kind, full) for kind in spec.KINDS for full in (False, True)], ids=str)
def case(request, tmp_path):
    """A workbook on disk, and what is in it."""
    kind, full = request.param
    tables, values = filled_workbooks.filled(kind) if full else EMPTY
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(build(kind, tables, values))
    return path, kind, tables, values


def test_the_validator_finds_nothing(case):
    assert validator.validate(case[0]) == []


@pytest.mark.parametrize("kind", spec.KINDS)
def test_the_validator_finds_nothing_in_a_template(kind):
    assert validator.validate(reference.template_folder() / f"{kind}.xltx") == []


def test_recalculated_every_formula_shows_what_python_computed(case, tmp_path):
    path, kind, tables, values = case
    shown = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "again"), data_only=True)
    for name, cells in live.cached_values(kind, tables, values).items():
        for address, value in cells.items():
            got = shown[name][address].value
            if isinstance(value, float):
                assert got == pytest.approx(value), (name, address)
            else:
                assert ("" if got is None else got) == ("" if value is None else value), (name, address)


def test_no_cell_shows_an_error(case, tmp_path):
    path = libreoffice.recalculate(case[0], tmp_path / "again")
    for sheet in openpyxl.load_workbook(path, data_only=True):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "e"], sheet.title


def test_every_sheet_can_be_printed(case, tmp_path):
    pages = libreoffice.to_png(case[0], tmp_path / "pages", dots_per_inch=20)
    assert len(pages) >= len(live.sheets(live.book(case[1], case[2], case[3])))
