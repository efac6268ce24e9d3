"""Both workbooks in a live spreadsheet program, and before the validator of Open XML."""

from __future__ import annotations

import libreoffice
import openpyxl
import pytest
import validator

from tests import filled_workbooks
from tests.workbook.build.test_names_are_there import a_text_check_list
from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import spec

pytestmark = pytest.mark.office
EMPTY = ({}, {})


@pytest.fixture(scope="module", params=[(kind, full) for kind in spec.KINDS for full in (False, True)], ids=str)
def case(request, tmp_path_factory):
    """A workbook on disk, and what is in it."""
    kind, full = request.param
    tables, values = filled_workbooks.filled(kind) if full else EMPTY
    path = tmp_path_factory.mktemp("built") / f"{kind}.xlsx"
    path.write_bytes(filled_workbooks.built(kind) if full else build(kind, tables, values))
    return path, kind, tables, values


@pytest.fixture(scope="module")
def recalculated(case):
    """The same workbook as LibreOffice calculates it."""
    path = libreoffice.recalculate(case[0], case[0].parent / "again")
    return openpyxl.load_workbook(path, data_only=True)


def test_the_validator_finds_nothing(case):
    assert validator.validate(case[0]) == []


@pytest.mark.parametrize("kind", spec.KINDS)
def test_the_validator_finds_nothing_in_a_template(kind):
    assert validator.validate(reference.template_folder() / f"{kind}.xltx") == []


def test_the_text_check_list_with_both_its_sheets_is_sound(tmp_path):
    """Its second sheet, Kept, is there once something was kept; a drop-down of it named a list that was not."""
    path = tmp_path / "review text check.xlsx"
    path.write_bytes(a_text_check_list())
    assert validator.validate(path) == []
    opened = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "again"))
    assert opened.sheetnames[:2] == ["Text check", "Kept"]
    [asked] = [one for one in opened["Kept"].data_validations.dataValidation if one.type == "list"]
    assert asked.formula1.lstrip("=") in opened.defined_names or asked.formula1.startswith('"')


def test_recalculated_every_formula_shows_what_python_computed(case, recalculated):
    _, kind, tables, values = case
    for name, cells in sheets.cached_values(kind, tables, values).items():
        for address, value in cells.items():
            got = recalculated[name][address].value
            if isinstance(value, float):
                assert got == pytest.approx(value), (name, address)
            else:
                assert ("" if got is None else got) == ("" if value is None else value), (name, address)


def test_no_cell_shows_an_error(recalculated):
    for sheet in recalculated:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "e"], sheet.title


def test_every_sheet_can_be_printed(case, tmp_path):
    pages = libreoffice.to_png(case[0], tmp_path / "pages", dots_per_inch=20)
    assert len(pages) >= len(sheets.sheets(sheets.book(case[1], case[2], case[3])))
