"""The rules of how every sheet looks, read from the file itself."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import openpyxl
import pytest

from tests import filled_workbooks
from xl_dipsample.workbook.build import chart_writer
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import cell_styles, heights, spec

PAPER, INK = "bg_color", "font_color"


@pytest.fixture(scope="module", params=spec.KINDS)
def kind(request):
    return request.param


@cache
def opened(kind: Kind) -> openpyxl.Workbook:
    """To be looked at."""
    return openpyxl.load_workbook(io.BytesIO(filled_workbooks.built(kind)))


@pytest.fixture
def data(kind):
    return filled_workbooks.built(kind)


@pytest.fixture
def book(kind):
    return opened(kind)


def part_texts(data, prefix):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.startswith(prefix)}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ink_can_be_read_on_its_paper():
    pairs = [(s.get(PAPER, "#FFFFFF"), s.get(INK, "#000000")) for s in cell_styles.STYLES.values()]
    pairs += [*cell_styles.HEAT_STEPS, *cell_styles.STATE_COLOURS.values(), (cell_styles.BAND, "#000000")]
    assert all(contrast(paper, ink) >= 4.5 for paper, ink in pairs)


def test_the_number_on_a_bar_can_be_read():
    for colour in cell_styles.CHART_COLOURS:
        ink = chart_writer._labels(colour, stacked=True, last=False, error_bars=False)["font"]["color"]
        assert contrast(colour, ink) >= 4.5


def test_every_sheet_has_title_purpose_and_state(kind, book):
    for sheet in spec.sheets(kind):
        if sheet.name not in book.sheetnames:
            continue
        there = book[sheet.name]
        assert there["A1"].value == sheet.title
        assert there["A1"].style == "Heading 1"
        assert (there["A1"].font.name, there["A1"].font.sz, there["A1"].font.b) == ("Arial", 18, True)
        assert there["A2"].value == sheet.about
        assert there["A3"].value or sheet.name == "Lists", sheet.name


def test_arial_11_is_the_workbooks_own_font(data, book):
    normal = book["Start"]["A2"].font
    assert (normal.name, normal.sz) == ("Arial", 11)
    theme = part_texts(data, "xl/theme/")["xl/theme/theme1.xml"]
    assert re.findall(r'<a:latin typeface="([^"]*)"', theme) == ["Arial", "Arial"]
    assert 'name="Normal"' in part_texts(data, "xl/styles.xml")["xl/styles.xml"]


def test_no_cells_are_merged(book):
    assert not [sheet.title for sheet in book if sheet.merged_cells.ranges]


def test_people_can_sort_and_filter_because_nothing_is_protected(book):
    assert not [sheet.title for sheet in book if sheet.protection.sheet]


@pytest.mark.parametrize(("name", "corner"), [("Long list", "E6"), ("Case check", "D6"), ("Review", "B6")])
def test_headings_and_first_columns_stay_in_sight(book, name, corner):
    if name in book.sheetnames:
        assert book[name].freeze_panes == corner


def test_long_tables_have_filters(kind, book):
    for table in spec.tables(kind):
        if table.anchor == "A5" and not table.rows and table.sheet in book.sheetnames and table.sheet != "Funnel":
            assert book[table.sheet].tables[table.name].autoFilter is not None, table.name


def test_every_sheet_prints_in_landscape_on_one_page_across(book):
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_the_headings_of_long_tables_are_printed_on_every_page(book):
    long = {"Long list", "Data checks", "Case check", "Exclusion log", "Review", "Harms"} & set(book.sheetnames)
    assert all(book[name].print_title_rows == "$5:$5" for name in long)


def test_cells_that_people_fill_are_yellow_and_no_others(kind, book):
    for sheet in spec.sheets(kind):
        for table in sheet.tables:
            if sheet.name not in book.sheetnames or table.name == "SetAside":
                continue
            header, first = list(book[sheet.name][book[sheet.name].tables[table.name].ref])[:2]
            for heading, cell in zip(header, first, strict=True):
                if heading.value in table.headings:
                    yellow = cell.fill.fgColor.rgb == "FFFFF7D6"
                    people = table.column(heading.value).by == "people" and kind not in sheet.read_only_in
                    assert yellow == people, (table.name, heading.value)


def test_required_optional_and_filled_in_are_said_in_words():
    sheet = opened("review")["Review"]
    for column, heading in enumerate(spec.table("review", "Review").columns, 1):
        said = sheet.cell(4, column).value
        by_people = "stays here" if heading.stays else "required" if heading.required else "optional"
        assert said == (by_people if heading.by == "people" else "filled in for you")


def test_optional_columns_fold_and_required_ones_do_not():
    sheet = opened("review")["Review"]
    for column, heading in enumerate(spec.table("review", "Review").columns, 1):
        letter = openpyxl.utils.get_column_letter(column)
        groups = [d for d in sheet.column_dimensions.values() if d.min <= column <= d.max] or [
            sheet.column_dimensions[letter]
        ]
        assert (groups[0].outlineLevel == 1) == heading.optional, heading.heading
        assert not groups[0].hidden


def test_every_chart_has_a_title_and_alt_text(data):
    titles = [text for name, text in part_texts(data, "xl/charts/chart").items()]
    assert titles
    assert all("<c:title>" in text and '"en-US"' not in text for text in titles)
    drawings = part_texts(data, "xl/drawings/drawing")
    frames = [frame for text in drawings.values() for frame in re.findall(r"<xdr:cNvPr [^>]*>", text)]
    assert len(frames) == len(titles)
    assert all(re.search(r'descr="[^"]{20,}"', frame) for frame in frames)


def test_the_long_list_stands_on_top_of_the_funnel_chart(data):
    chart = next(t for t in part_texts(data, "xl/charts/chart").values() if "Funnel!$A$6" in t)
    assert '<c:barDir val="bar"/>' in chart
    assert '<c:grouping val="stacked"/>' in chart
    assert '<c:orientation val="maxMin"/>' in chart
    assert "outEnd" not in chart
    assert "<c:v>Long list</c:v>" in chart


def test_our_table_style_stands_behind_every_table(data):
    assert '<tableStyle name="DipSample"' in part_texts(data, "xl/styles.xml")["xl/styles.xml"]
    assert all('<tableStyleInfo name="DipSample"' in text for text in part_texts(data, "xl/tables/").values())


def test_a_row_is_as_high_as_its_text_needs_and_excel_may_adapt_it(data):
    focus = next(t for t in part_texts(data, "xl/worksheets/").values() if "Agree" in t or '<row r="7"' in t)
    assert re.search(r"<row [^>]*ht=", focus)
    assert heights.row_height([("word " * 40, 20)]) > 4 * heights.LINE
    assert heights.row_height([("short", 20)]) is None


def test_headings_fit_their_columns(kind, book):
    for table in spec.tables(kind):
        for column in table.columns:
            longest = max(len(word) for word in column.heading.split())
            assert longest * 1.1 <= column.width + 1, (table.name, column.heading)
