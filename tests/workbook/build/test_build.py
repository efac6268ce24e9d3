"""What is in a workbook that build() makes: every sheet, table, named cell and drop-down of the specs."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import column_index_from_string

from tests import filled_workbooks
from xl_dipsample.domain.shared import reference, sheet_files
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.files import fixed_zip
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.sheets import lists_sheet
from xl_dipsample.workbook.specs import defaults, spec


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module", params=spec.KINDS)
def kind(request):
    return request.param


@cache
def a_new(kind: Kind) -> openpyxl.Workbook:
    """A new workbook, to be looked at."""
    return opened(build(kind))


@cache
def a_filled(kind: Kind) -> openpyxl.Workbook:
    """One in the middle of the work, to be looked at."""
    return opened(build(kind, *filled_workbooks.filled(kind)))


@pytest.fixture
def empty(kind):
    return a_new(kind)


@pytest.fixture
def filled(kind):
    return a_filled(kind)


def rows_of(sheet, name):
    """The cells of a table below its headings."""
    return list(sheet[sheet.tables[name].ref])[1:]


def test_two_builds_are_byte_identical(kind):
    tables, values = filled_workbooks.filled(kind)
    assert build(kind, tables, values) == build(kind, tables, values)


def test_every_part_has_a_fixed_date(kind):
    with zipfile.ZipFile(io.BytesIO(build(kind))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_committed_template_is_what_the_specs_give(kind):
    committed = (reference.template_folder() / f"{kind}.xltx").read_bytes()
    assert parts(committed) == parts(build(kind, template=True))


def test_a_template_says_that_it_is_one(kind):
    assert b"spreadsheetml.template.main+xml" in parts(build(kind, template=True))["[Content_Types].xml"]
    assert b"spreadsheetml.sheet.main+xml" in parts(build(kind))["[Content_Types].xml"]


def test_every_sheet_and_table_of_the_specs_is_there(kind, empty):
    wanted = [sheet.name for sheet in spec.sheets(kind) if not sheet.when_filled]
    assert empty.sheetnames == wanted
    for sheet in spec.sheets(kind):
        for table in sheet.tables if not sheet.when_filled else ():
            there = empty[sheet.name].tables[table.name]
            assert [column.name for column in there.tableColumns] == table.headings
            assert there.ref.split(":")[0] == table.anchor


def test_set_aside_is_built_when_something_was_set_aside():
    rows = pd.DataFrame([["DS-1", None, "typed"]], columns=["Unique ID", "Set aside on", "Outcome"], dtype=object)
    made = opened(build("review", {"SetAside": rows}))
    assert [cell.value for cell in rows_of(made["Set aside"], "SetAside")[0]] == ["DS-1", None, "typed"]


def test_an_empty_table_has_one_blank_row(kind, empty):
    name = "LongList" if kind == "working" else "Agreement"
    sheet = empty[spec.table(kind, name).sheet]
    assert [[cell.value for cell in row] for row in rows_of(sheet, name)] == [
        [None] * len(sheet.tables[name].tableColumns)
    ]


def test_a_new_workbook_offers_the_guides_nine_categories_and_cce(kind, empty):
    chosen = {row[0].value: row[1].value for row in rows_of(empty[spec.table(kind, "Categories").sheet], "Categories")}
    nine = [row["category"] for row in reference.table("harm_categories") if row["in_guide"] == "yes"]
    assert len(nine) == 9
    assert [name for name, word in chosen.items() if word == "Yes"] == [*nine, "CCE"]


def test_the_named_cells_hold_what_they_say(kind, filled):
    def value(name):
        ((sheet, address),) = filled.defined_names[name].destinations
        return filled[sheet][address].value

    assert value("kind") == kind
    assert value("spec_version") == spec.SPEC_VERSION
    assert value("sample_id") == "S-7K3Q-92"
    assert value("sample_name") == "November 2025"


def test_sample_id_is_blank_until_somebody_gives_one(empty):
    ((sheet, address),) = empty.defined_names["sample_id"].destinations
    assert empty[sheet][address].value is None


def test_a_sample_name_goes_to_its_place_on_focus():
    sheet = opened(build("working", values={"sample_name": "Spring"}))["Focus"]
    assert {row[0].value: row[1].value for row in rows_of(sheet, "Focus")}["Sample name"] == "Spring"


def test_every_list_has_a_name_that_holds_its_words(kind, empty):
    for name, words in spec.lists().items():
        if kind == "working" and name in lists_sheet.LIVE:
            continue
        ((sheet, address),) = empty.defined_names[f"list_{name}"].destinations
        assert tuple(row[0].value for row in _as_rows(empty[sheet][address])) == (words or (None,))


def test_the_drop_downs_of_the_working_workbook_follow_my_lists_and_categories():
    tables = defaults.frames("working", {})
    added = [["Exclusion reason", "Harm at an unknown place"], ["Outcome", "Family Help"]]
    mine = tables["MyLists"]
    for place, row in enumerate(added, len(mine)):
        mine.loc[place] = [*row, *[None] * (len(mine.columns) - 2)]
    made = lists_sheet.layout(sheets.book("working", tables, {}))
    words = {name: _offered(made, name) for name in lists_sheet.LIVE}
    assert words["exclusion_reasons"] == [*spec.lists()["exclusion_reasons"], "Harm at an unknown place"]
    assert words["label_means"][-1] == "Family Help"
    assert set(words["label_means"]) - {""} == {*spec.lists()["label_means"], "Family Help"}


def _offered(made, name):
    """The words that a live list offers: down to where its name ends."""
    first = re.match(r"=Lists!\$([A-Z]+)\$(\d+):INDEX", made.names[f"list_{name}"])
    column, row = column_index_from_string(first[1]), int(first[2])
    cells = {(cell.row, cell.column): cell.value for cell in made.cells}
    return [cells[at, column] for at in range(row, row + cells[row, column + 2])]


def _as_rows(cells):
    return cells if isinstance(cells, tuple) else ((cells,),)


def test_every_drop_down_points_at_a_list_that_is_there(filled):
    for sheet in filled:
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list":
                assert rule.formula1 in filled.defined_names, (sheet.title, rule.sqref)


def test_prompts_and_errors_are_as_long_as_excel_takes(filled):
    for sheet in filled:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.error or "") <= 224


def rule_at(sheet, cell):
    return next(rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref)


def test_own_words_are_warned_about_and_a_closed_list_stops():
    sheet = a_new("working")["Case check"]
    cells = dict(zip(spec.table("working", "CaseCheck").headings, rows_of(sheet, "CaseCheck")[0], strict=True))
    assert rule_at(sheet, cells["Reason"]).errorStyle == "warning"
    assert (rule_at(sheet, cells["Decision"]).errorStyle or "stop") == "stop"


def test_a_drop_down_reaches_beyond_the_rows_that_are_there_now():
    sheet = a_new("working")["Case check"]
    assert rule_at(sheet, sheet["I5000"]).formula1 == "list_decisions"


def test_a_setting_has_its_own_drop_down_or_type():
    book = a_new("working")
    focus = {row[0].value: row[1] for row in rows_of(book["Focus"], "Focus")}
    assert rule_at(book["Focus"], focus["Period is about"]).formula1 == "list_period_about"
    assert rule_at(book["Focus"], focus["Period from"]).type == "date"
    assert focus["Period from"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("name", ["Focus", "Criteria"])
def test_settings_are_plain_text_in_the_review_workbook(name):
    sheet = a_new("review")[name]
    assert not sheet.data_validations.dataValidation
    assert "Read only here" in sheet["A3"].value
    assert {cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row} <= {"00000000", "FF12436D"}


def test_text_stays_text_whatever_it_looks_like():
    book = a_filled("working")
    row = rows_of(book["Long list"], "LongList")[0]
    assert (row[2].value, row[2].data_type, row[2].number_format, row[2].quotePrefix) == ("000001", "s", "@", True)
    assert (row[-1].value, row[-1].data_type) == (filled_workbooks.FORMULA_LIKE, "s")


def test_a_text_that_no_cell_can_hold_is_refused():
    frame = filled_workbooks.settings("working")
    frame.loc[0, "Value"] = "x" * 32_768
    with pytest.raises(WorkbookProblem, match="32,767"):
        build("working", {"Focus": frame})


def test_the_exports_own_columns_follow_ours():
    sheet = a_filled("working")["Long list"]
    headings = [column.name for column in sheet.tables["LongList"].tableColumns]
    assert headings == [*spec.table("working", "LongList").headings, "Team", "Notes"]


def test_the_teams_questions_become_columns_with_drop_downs_then_peoples_own():
    sheet = (book := a_filled("review"))["Review"]
    headings = [column.name for column in sheet.tables["Review"].tableColumns]
    asked = [question[0] for question in filled_workbooks.QUESTIONS]
    assert headings == [*spec.table("review", "Review").headings, *asked, "My own notes"]
    cells = dict(zip(headings, rows_of(sheet, "Review")[0], strict=True))
    assert rule_at(sheet, cells["Was a return home interview held?"]).formula1 == "list_yes_no"
    one = rule_at(sheet, cells["Who referred?"])
    ((lists, address),) = book.defined_names[one.formula1].destinations
    assert [row[0].value for row in book[lists][address]] == ["School", "Police", "Health"]
    several = rule_at(sheet, cells["Where did the harm happen?"])
    assert "School; Park; Online" in several.prompt
    assert not several.showErrorMessage
    assert rule_at(sheet, cells["Visited on"]).type == "date"
    assert cells["Where did the harm happen?"].value == "School; Park"


def test_a_formula_that_shows_an_empty_text_is_stored_as_excel_stores_it():
    parts = fixed_zip.unpacked(build("review", *filled_workbooks.filled("review")))
    sheets = b"".join(data for name, data in parts.items() if name.startswith("xl/worksheets/sheet"))
    empty = re.findall(rb"(<c [^>]*>)<f>[^<]*</f><v></v></c>", sheets)
    assert empty
    assert [cell for cell in empty if b't="str"' not in cell] == []


def test_formula_columns_are_calculated_columns_with_cached_values():
    data = build("review", *filled_workbooks.review())
    sheet = opened(data)["Review"]
    columns = {column.name: column for column in sheet.tables["Review"].tableColumns}
    assert columns["Scenario"].calculatedColumnFormula is not None
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Review"]
    checks = [row[list(columns).index("Check")].value for row in rows_of(shown, "Review")]
    assert "Complete" in checks


def test_every_formula_has_its_cached_value(kind):
    tables, values = filled_workbooks.filled(kind)
    shown = openpyxl.load_workbook(io.BytesIO(build(kind, tables, values)), data_only=True)
    for name, cells in sheets.cached_values(kind, tables, values).items():
        for address, value in cells.items():
            assert (shown[name][address].value or "") == (value or ""), (name, address)


def test_cached_values_cover_every_formula_in_the_workbook(kind, filled):
    known = sheets.cached_values(kind, *filled_workbooks.filled(kind))
    for sheet in filled:
        there = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        assert there == set(known.get(sheet.title, {})), sheet.title


def test_who_left_during_review_leaves_the_funnel_live():
    tables, values = filled_workbooks.review()
    shown = openpyxl.load_workbook(io.BytesIO(build("review", tables, values)), data_only=True)["Funnel"]
    rows = {row[0].value: (row[1].value, row[2].value) for row in rows_of(shown, "Funnel")}
    assert rows["Left during review"] == (2, 88)
    assert rows["Sample"] == (0, 88)
    assert "=" in opened(build("review", tables, values))["Funnel"]["B13"].value


def test_the_tables_of_funnel_have_room_for_every_row_they_can_get(kind):
    where = {table.name: table for table in spec.tables(kind) if table.sheet == "Funnel"}
    most = {"Funnel": 10, "FunnelCategories": 14, "FunnelGroups": 40, "WhatIf": 24, "YoungPeople": 6}
    taken: set[tuple[int, int]] = set()
    for name, table in where.items():
        first, left = openpyxl.utils.cell.coordinate_from_string(table.anchor)[::-1]
        start = openpyxl.utils.column_index_from_string(left)
        cells = {
            (row, column)
            for row in range(first, first + most[name] + 1)
            for column in range(start, start + len(table.columns))
        }
        assert not cells & taken, name
        taken |= cells
    panel = sheets.layout("funnel", sheets.book(kind, {}, {})).cells
    assert kind == "review" or not taken & {(cell.row, cell.column) for cell in panel}


def test_what_if_shows_what_narrow_computed_and_says_when_it_does_not_know():
    tables, values = filled_workbooks.working()
    usual = 130 - sheet_files.default("Criteria", "Age cut-off")  # as filled_workbooks makes the table up
    for chosen, shown in (({}, usual), ({"what_if_cut_off": "13"}, 117), ({"what_if_cut_off": "9"}, "not known")):
        cached = sheets.cached_values("working", tables, values | chosen)["Funnel"]
        assert cached["F29"] == shown


def test_case_check_counts_only_complete_decisions():
    tables, values = filled_workbooks.working()
    told = sheets.cached_values("working", tables, values)["Case check"]["A3"]
    # Rows 1 to 20; AB signs the odd ones. Include: 5 15 signed; Exclude with a reason: 1 11 signed.
    assert told.startswith("4 of 20 decided; 4 unsure; 4 excluded without a reason")
    focus = tables["Focus"].copy()
    focus.loc[focus["Setting"] == "Initials", "Value"] = "JL"
    signed = sheets.cached_values("working", tables | {"Focus": focus}, values)["Case check"]["A3"]
    assert signed == "8 of 20 decided; 4 unsure; 4 excluded without a reason"


def test_start_asks_five_things_and_shows_the_answers():
    tables, values = filled_workbooks.working()
    shown = sheets.cached_values("working", tables, values)["Start"]
    assert shown["C6"] == "What is decided about harm outside the home, and where do those cases go next?"
    assert shown["C8"] == "Contact date from 01/11/2025 to 30/11/2025"
    unanswered = sheets.cached_values("working", {}, {})["Start"]
    assert [unanswered[f"C{row}"] for row in (6, 7, 9, 10)] == ["Not answered yet: click the question."] * 4


def test_every_step_on_start_has_a_link_to_a_sheet_that_is_there(kind, empty):
    sheet = empty["Start"]
    for row in rows_of(sheet, "Start"):
        link = row[1].hyperlink
        assert link is not None, row[1].value
        assert link.location.split("!")[0].strip("'") in empty.sheetnames


def test_nobody_is_named_in_the_document_properties(kind):
    core = parts(build(kind))["docProps/core.xml"].decode()
    assert "<dc:language>en-GB</dc:language>" in core
    assert re.search(r"<dc:creator>(.*?)</dc:creator>|<dc:creator/>", core).group(1) in (None, "")
    assert "<Company></Company>" in parts(build(kind))["docProps/app.xml"].decode()
