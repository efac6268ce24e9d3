"""A workbook of a lead with long lists, typed into and refreshed on file: what LibreOffice calculates is what is shown.

What is shown was counted another way in the tests beside this one; so both are what the rows of Review say.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asked_of_the_product import refreshed, tables_of
from openpyxl import load_workbook
from own_list_samples import own_sample

from tests.office import libreoffice, validator
from tests.silent_ui import SilentUi
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

pytestmark = pytest.mark.office
SEEDS = [2, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in (1, 7, 13, 19, 24, 28, 33))]
SHEETS = ("Summary", "Charts", "Thresholds", "Variations", "Pivots")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_formulas_of_a_workbook_with_long_lists_are_what_is_shown(seed: int, tmp_path: Path) -> None:
    made = own_sample(seed, number=12)
    review = made.review.map(lambda cell: None if str(cell).startswith("#") else cell)  # as text it would be no error
    tables = tables_of(replace(made, review=review.astype(object).where(review.notna(), None)))
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables))
    tables = refreshed(tables)
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        for name in ("Thresholds", "Variations", "Harms", "Findings"):
            host.write_table(name, tables[name])
    host.save()
    assert validator.validate(path) == []
    read = FileHost.open(path, SilentUi(), read_only=True).read_table("Thresholds")
    assert read["Unique ID"].tolist() == tables["Thresholds"]["Unique ID"].tolist()
    path.write_bytes(libreoffice.without_values(path.read_bytes()))
    found = load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)
    expected = sheets.cached_values("review", tables, {"analysed_on": ""})
    compared = 0
    for sheet in SHEETS:
        for address, value in expected.get(sheet, {}).items():
            shown = found[sheet][address].value
            if isinstance(value, float):
                assert shown == pytest.approx(value, abs=1e-9), (sheet, address)
            else:
                assert ("" if shown is None else shown) == ("" if value is None else value), (sheet, address)
            compared += 1
    assert compared > 1000
