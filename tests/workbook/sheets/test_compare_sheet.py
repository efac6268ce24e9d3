"""The sheet Compare as a layout: what holds whatever was compared."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from tests.filled_compare import compared
from xl_dipsample.privacy.scanner.grammar import FUNCTIONS
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.sheets import compare_sheet
from xl_dipsample.workbook.sheets.parts import compare_charts
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import cell_styles, spec

OURS = ("Samples", "Recipe", "Compare", "Context")


def book(samples: int) -> Book:
    tables, values = compared(samples)
    return sheets.book("review", tables, values)


def made(samples: int) -> Layout:
    return compare_sheet.layout(book(samples))


def at(layout: Layout) -> dict[tuple[int, int], LiveCell]:
    return {(cell.row, cell.column): cell for cell in layout.cells}


@pytest.mark.parametrize("samples", [2, 7])
def test_no_cell_and_no_chart_moves_however_many_samples_there_are(samples):
    empty, filled = made(0), made(samples)
    place = [(c.row, c.column, c.formula, c.style) for c in empty.cells]
    assert place == [(c.row, c.column, c.formula, c.style) for c in filled.cells]
    assert empty.charts == filled.charts
    assert (empty.heights, empty.widths, empty.names) == (filled.heights, filled.widths, filled.names)


def test_no_two_cells_stand_in_one_place_and_none_on_a_table_or_below_it():
    places = [(cell.row, cell.column) for cell in made(3).cells]
    assert len(places) == len(set(places))
    top = {int(re.sub(r"\D", "", spec.table("review", name).anchor)) for name in OURS}
    assert len(top) == 1, "four tables side by side: each may grow"
    assert max(row for row, _ in places) < top.pop()


def test_every_formula_is_short_and_of_functions_that_a_shared_workbook_may_use():
    for cell in made(3).cells:
        if cell.formula:
            bare = re.sub(r'"[^"]*"', "", cell.formula)
            assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= FUNCTIONS
            assert len(cell.formula) < 2000
        assert cell.style in cell_styles.STYLES


def test_charts_ask_a_question_say_what_they_show_and_have_an_interval_for_each_sample():
    for chart in made(3).charts:
        assert chart.title.endswith("?")
        assert len(chart.alt_text) > 80
        assert chart.kind == "clustered_column"
        assert len(chart.series) == 5
        assert all(one.error_minus and one.error_plus for one in chart.series)


def test_a_chart_shows_the_shares_of_the_table_with_wilsons_ends_around_them():
    tables, _ = compared(3)
    cells, figures = at(made(3)), tables["Compare"].set_index(["Part", "Figure", "Sample"])
    seen = 0
    for (row, column), cell in list(cells.items()):
        if column != compare_charts.BLOCK or cell.style != "label":
            continue
        for place, name in enumerate(tables["Samples"]["Sample"]):
            share, down, up = (cells[row, column + 1 + group * 5 + place].value for group in range(3))
            found = [figures.loc[(part, cell.value, name)] for part in ("Outcome", "Type of harm", "Funnel, in rows")
                     if (part, cell.value, name) in figures.index]  # fmt: skip
            if share == "":
                assert not found or all(pd.isna(one["%"]) for one in found)
                continue
            assert any((share, share - down, share + up) == pytest.approx((o["%"], o["From"], o["To"])) for o in found)
            seen += 1
    assert seen > 50


def test_when_nothing_was_compared_the_sheet_says_so_and_the_charts_are_empty_and_whole():
    layout = made(0)
    assert layout.state is not None
    assert layout.state.value == "Empty: Compare samples fills this sheet."
    heads = [cell for cell in layout.cells if cell.style == "header_number" and cell.column > compare_charts.BLOCK]
    assert {cell.value for cell in heads} == {compare_charts.NONE_HERE}
    assert {cell.value for cell in layout.cells if cell.formula} <= {"", compare_charts.NONE_HERE}


def test_what_differs_in_the_recipe_stands_above_the_figures():
    cells = at(made(3))
    rows = {cell.value: row for (row, _), cell in cells.items() if cell.style == "section"}
    assert rows["What differs in the recipe"] < rows["The clearest changes"] < rows[compare_sheet.TITLES["Compare"]]
    first = rows["What differs in the recipe"] + 2
    assert [cells[first, column].value for column in (1, 2, 3)] == ["Differs", "Age cut-off", "Sample 2"]
    assert cells[first, 4].value == "Now: 12. Then: 10"
    long = next(cell.value for (_, column), cell in cells.items() if column == 4 and "..." in str(cell.value))
    assert len(long) < 160


def test_the_clearest_changes_are_the_numbered_ones_in_their_order():
    tables, _ = compared(3)
    figures = tables["Compare"]
    surest = figures[figures["Clear change"] == 1].iloc[0]
    cells = at(made(3))
    row = next(row for (row, _), cell in cells.items() if cell.value == "The clearest changes") + 3
    headings = [one for one in spec.table("review", "Compare").headings if one != "Clear change"]
    assert [cells[row, place].value for place in range(1, 13)] == [surest[heading] for heading in headings]
    note = cells[row - 2, 1].value
    assert note.startswith(f"{int(figures['Clear change'].notna().sum())} of {int(figures['Change'].notna().sum())} ")
    assert "By chance alone about 1 in 20" in note


def test_more_samples_than_the_list_on_top_has_room_for_are_counted():
    assert "and 2 more in the table Samples below" in {cell.value for cell in made(7).cells}
    assert compare_sheet.layout(book(7)).state.value == "As of 24/11/2026 03:20:41: 7 samples"


def test_a_copy_that_does_not_carry_the_date_still_says_how_many_samples_there_are():
    tables, values = compared(3)
    del values["compared_on"]
    assert compare_sheet.layout(sheets.book("review", tables, values)).state.value == "3 samples"


def test_a_sample_of_another_recipe_is_marked_in_the_charts_legend():
    tables, values = compared(3)
    tables["Samples"]["Recipe"] = ["This sample", "The same; 1 not known", "2 settings differ"]
    layout = compare_sheet.layout(sheets.book("review", tables, values))
    names = [c.value for c in layout.cells if c.style == "header_number" and c.column > compare_charts.BLOCK]
    assert names[:5] == ["Sample 1", "Sample 2", "Sample 3 (other recipe)", "-", "-"]


def test_the_upper_age_is_in_the_funnel_only_where_criteria_has_one():
    tables, values = compared(2)
    criteria = sheets.book("review", tables, values).tables["Criteria"]
    with_age = criteria.assign(Value=criteria["Value"].mask(criteria["Setting"] == "Upper age", 17))
    for frame, there in ((criteria, False), (with_age, True)):
        layout = compare_sheet.layout(sheets.book("review", {**tables, "Criteria": frame}, values))
        assert ("Above the upper age" in {cell.value for cell in layout.cells}) is there
