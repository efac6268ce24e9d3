"""By lists of the lead's own every figure of every sheet, sentence and copy equals one counted another way."""

from __future__ import annotations

import io
from itertools import combinations

import group_figures
import plain_cases as plain
import pytest
import sheet_figures
from asked_of_the_product import refreshed, state_and_lines, tables_of
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from own_list_samples import own_sample
from whole_numbers import alike, differing, numbers_in

from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.sheets.parts.layout import Book
from xl_dipsample.workbook.specs import spec

OFTEN, ALL = 5, 120
SEEDS = [*range(OFTEN), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(OFTEN, ALL))]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_the_live_sheets_is_counted_by_the_lead_s_lists(seed: int) -> None:
    made = own_sample(seed)
    tables = tables_of(made)
    with plain.counting_by(made):
        for sheet in ("summary", "charts", "thresholds"):
            sentence, found = state_and_lines(sheet, tables)
            expected = getattr(sheet_figures, sheet)(made)
            assert found.keys() == expected.keys(), (sheet, found.keys() ^ expected.keys())
            assert differing(found, expected) == [], sheet
            assert numbers_in(sentence) == sheet_figures.told(sheet, made)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_of_variations_and_harms_is_counted_by_the_lead_s_lists(seed: int) -> None:
    made = own_sample(seed)
    tables = refreshed(tables_of(made), "Variations", "Types of harm")
    with plain.counting_by(made):
        expected, harms = group_figures.variations(made), group_figures.harms(made.review)
    found = {(row["By"], row["Group"].lower()): row for row in tables["Variations"].to_dict("records")}
    assert found.keys() == expected.keys()
    for key, numbers in expected.items():
        off = [one for one in group_figures.COUNTS if not alike(found[key][one], numbers.get(one))]
        assert not off, (key, off, found[key], numbers)
    rows = [(row[0], row[1].lower(), *row[2:]) for row in tables["Harms"].itertuples(index=False, name=None)]
    assert sorted(rows) == sorted(harms.elements())


@pytest.mark.parametrize("seed", [2, *SEEDS[OFTEN:15]])
def test_however_long_the_lists_are_no_table_lies_over_another_or_over_a_line_of_its_sheet(seed: int) -> None:
    tables = tables_of(own_sample(seed))
    built = load_workbook(io.BytesIO(build("review", tables)))
    for sheet in spec.sheets("review"):
        if sheet.name not in built.sheetnames or sheet.name in ("Start", "Funnel"):  # their lines are the table's cells
            continue
        places = [range_boundaries(one.ref) for one in built[sheet.name].tables.values()]
        apart = [a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3] for a, b in combinations(places, 2)]
        assert all(apart), sheet.name
        layout = sheets.layout(sheet.live, Book("review", tables, {})) if sheet.live else None
        for left, top, right, bottom in places if layout else []:
            inside = [c for c in layout.cells if left <= c.column <= right and top <= c.row <= bottom and not c.link]
            assert inside == [], sheet.name
        cells = [(one.row, one.column) for one in layout.cells] if layout else []
        assert len(cells) == len(set(cells)), sheet.name
