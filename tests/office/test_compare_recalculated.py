"""The sheet Compare, calculated by LibreOffice alone, shows what Python put there; Open XML finds nothing wrong."""

from __future__ import annotations

import libreoffice
import openpyxl
import pytest
import validator

from tests.filled_compare import compared
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build

pytestmark = pytest.mark.office


def test_recalculated_every_formula_shows_what_python_computed_and_nothing_needs_repair(tmp_path):
    tables, values = compared(7)
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables, values))
    assert validator.validate(path) == []
    again = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "again"), data_only=True)["Compare"]
    expected = sheets.cached_values("review", tables, values)["Compare"]
    assert sum(isinstance(value, float) for value in expected.values()) > 200
    for address, value in expected.items():
        found = again[address].value
        if isinstance(value, int | float):
            assert found == pytest.approx(value, abs=1e-9), address
        else:
            assert ("" if found is None else found) == ("" if value is None else value), address
