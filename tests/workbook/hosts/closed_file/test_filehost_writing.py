"""How FileHost writes cells: text stays text, formulas are filled down, nothing is run over."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from tests.silent_ui import SilentUi
from tests.workbook import person_workbook as pw
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

LONG = spec.table("working", "LongList").headings
CHECKS = spec.table("working", "DataChecks").headings
# people's own two columns stand right of ours in Review
OUR_NOTE, HOW_LONG = (get_column_letter(len(spec.table("review", "Review").headings) + one) for one in (1, 2))


def opened(path: Path) -> FileHost:
    return FileHost.open(path, SilentUi())


def working(tmp_path: Path, **rows: Any) -> Path:
    return pw.make(tmp_path / "working.xlsx", "working", rows)


def column(heading: str, values: list[Any], headings: list[str] = LONG) -> pd.DataFrame:
    made = pd.DataFrame({one: [None] * len(values) for one in headings}, dtype=object)
    made[heading] = pd.Series(values, dtype=object)
    return made


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "'quoted"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    path = working(tmp_path)
    host = opened(path)
    host.write_table("DataChecks", column("Value", [text], CHECKS))
    host.save()
    assert opened(path).read_table("DataChecks")["Value"].tolist() == [text]
    xml = pw.cell_xml(path, "Data checks", 6, 1 + CHECKS.index("Value"))
    assert "<f" not in xml
    assert 't="inlineStr"' in xml
    cell = openpyxl.load_workbook(path)["Data checks"].cell(6, 1 + CHECKS.index("Value"))
    assert cell.data_type == "s" if not text.startswith("=") else cell.value == text
    if text[0] in "=+-@\t":
        assert cell.quotePrefix


def test_a_value_that_the_columns_format_does_not_fit_gets_one_that_does(tmp_path: Path) -> None:
    path = working(tmp_path)
    host = opened(path)
    host.write_table("LongList", column("Date of birth", [dt.date(2010, 1, 2), "soon", None, 7]))
    host.save()
    sheet = openpyxl.load_workbook(path)["Long list"]
    formats = [sheet.cell(row, 5).number_format for row in (6, 7, 8, 9)]
    assert formats == ["dd/mm/yyyy", "@", "dd/mm/yyyy", "General"]
    assert [sheet.cell(row, 5).fill.fgColor.rgb for row in (6, 7)] == ["FFFFF7D6"] * 2
    assert opened(path).read_table("LongList")["Date of birth"].tolist() == [dt.date(2010, 1, 2), "soon", None, 7]


def test_an_odd_first_row_does_not_change_the_looks_of_the_column(tmp_path: Path) -> None:
    path = working(tmp_path)
    for values in (["soon", dt.date(2010, 1, 2)], [dt.date(2010, 1, 2), "soon"]):
        host = opened(path)
        host.write_table("LongList", column("Date of birth", values))
        host.save()
    styles = len(openpyxl.load_workbook(path)._cell_styles)
    for values in (["soon", dt.date(2010, 1, 2)], [dt.date(2010, 1, 2), "soon"]):
        host = opened(path)
        host.write_table("LongList", column("Date of birth", values))
        host.save()
    book = openpyxl.load_workbook(path)
    assert book["Long list"]["E6"].number_format == "dd/mm/yyyy"
    assert len(book._cell_styles) == styles


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15).filter(
        lambda v: abs(v) > 1e-200 or v == 0
    ),
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.sampled_from(
        ["_x0041_", " a ", "a\r\nb", "\x00\x1f", "]]>", "<c r='A1'>", "#N/A", "1", "0012", "a  b", "\ufffe"]
    ),
    st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(ANYTHING, min_size=1, max_size=12))
def test_every_value_survives_the_disk(tmp_path: Path, values: list[Any]) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(EMPTY)
    host = opened(path)
    made = column("Export", [*values, "end"], [*LONG, "Export"])
    made["Record"] = 1
    host.write_table("LongList", made)
    expected = host.read_table("LongList")["Export"].tolist()
    host.save()
    back = opened(path).read_table("LongList")["Export"].tolist()
    for wanted, got in zip(expected, back, strict=True):
        assert type(got) is type(wanted)
        if not (isinstance(wanted, str) and NO_CHARACTER.search(wanted)):
            assert got == wanted


# What is no character in Unicode is kept as Excel keeps it, as _xFFFE_; calamine shows it in that form.
NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


EMPTY = build("working", {}, {"sample_id": "S-1"})


def test_formulas_of_our_own_and_of_peoples_own_are_filled_down(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "review.xlsx", "review", {"Review": [["a"], ["b"]]})
    part = pw.part_of(path, "Review")
    # a person's own column without a formula of the table, as LibreOffice leaves it: relative cells
    sheet = pw.members(path)[part][1]
    table = next(n for n, (_, c) in pw.members(path).items() if b'displayName="Review"' in c)
    xml = pw.members(path)[table][1]
    start = xml.index(b"<calculatedColumnFormula>", xml.index(b'name="How long"'))
    xml = xml[:start] + xml[xml.index(b"</calculatedColumnFormula>", start) + 26 :]
    sheet = sheet.replace(b"LEN(Review[[#This Row],[Our note]])", f'LEN({OUR_NOTE}6)+LEN($A$5)+LEN("AA6")'.encode(), 1)
    pw.rezip(path, {part: sheet, table: xml})
    host = opened(path)
    made = host.read_table("Review")[["Unique ID"]]
    host.write_table("Review", pd.concat([made, pd.DataFrame({"Unique ID": ["c"]}, dtype=object)], ignore_index=True))
    host.save()
    sheet = openpyxl.load_workbook(path)["Review"]
    assert sheet[f"{HOW_LONG}8"].value == f'=LEN({OUR_NOTE}8)+LEN($A$5)+LEN("AA6")'
    scenario = 1 + spec.table("review", "Review").headings.index("Scenario")
    assert {sheet.cell(row, scenario).value for row in (6, 7, 8)} == {'=IF(Review[[#This Row],[Outcome]]="","","said")'}


def test_a_formula_shared_by_its_column_as_excel_saves_it_is_filled_down(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "review.xlsx", "review", {"Review": [["a"], ["b"]]})
    part = pw.part_of(path, "Review")
    sheet = pw.members(path)[part][1]
    text = b"<f>LEN(Review[[#This Row],[Our note]])</f>"
    sheet = sheet.replace(text, f'<f t="shared" ref="{HOW_LONG}6:{HOW_LONG}7" si="0">LEN({OUR_NOTE}6)</f>'.encode(), 1)
    sheet = sheet.replace(text, b'<f t="shared" si="0"/>', 1)
    pw.rezip(path, {part: sheet})
    host = opened(path)
    host.write_table("Review", pd.DataFrame({"Unique ID": ["b", "a", "c"]}, dtype=object))
    host.save()
    found = openpyxl.load_workbook(path)["Review"]
    assert [found[f"{HOW_LONG}{row}"].value for row in (6, 7, 8)] == [f"=LEN({OUR_NOTE}{row})" for row in (6, 7, 8)]


def test_rows_typed_directly_below_a_table_are_rows_of_it(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "review.xlsx", "review", {"Review": [["a"]]})
    part = pw.part_of(path, "Review")
    sheet = pw.members(path)[part][1]
    cell = b"<is><t>%s</t></is></c></row>"
    typed = b'<row r="7"><c r="A7" t="inlineStr">' + cell % b"b" + b'<row r="8"><c t="inlineStr">' + cell % b"c"
    typed += b"</sheetData>"
    pw.rezip(path, {part: sheet.replace(b"</sheetData>", typed)})
    host = opened(path)
    assert host.read_table("Review")["Unique ID"].tolist() == ["a", "b", "c"]
    host.write_table("Review", host.read_table("Review"))
    host.save()
    sheet = openpyxl.load_workbook(path)["Review"]
    assert sheet.tables["Review"].ref == f"A5:{HOW_LONG}8"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["H6:H8"]
    assert opened(path).read_table("Review")["Unique ID"].tolist() == ["a", "b", "c"]


def test_an_error_in_a_cell_is_read_as_text(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "review.xlsx", "review", {"Review": [["a"]]})
    part = pw.part_of(path, "Review")
    sheet = pw.members(path)[part][1]
    start = sheet.index(b'<c r="H6"')
    cell = b'<c r="H6" t="e"><f>Review!#REF!</f><v>#REF!</v></c>'
    pw.rezip(path, {part: sheet[:start] + cell + sheet[sheet.index(b"/>", start) + 2 :]})
    assert opened(path).read_table("Review")["Outcome"].tolist() == ["#REF!"]


def test_a_table_does_not_run_over_what_stands_below_it(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "working.xlsx", "working")
    part = pw.part_of(path, "Data checks")
    note = b'<row r="9"><c r="B9" t="inlineStr"><is><t>my note</t></is></c></row></sheetData>'
    pw.rezip(path, {part: pw.members(path)[part][1].replace(b"</sheetData>", note)})
    host = opened(path)
    host.write_table("DataChecks", column("Record", [1, 2, 3], CHECKS))
    before = path.read_bytes()
    with pytest.raises(WorkbookProblem, match="DataChecks on the sheet Data checks"):
        host.write_table("DataChecks", column("Record", [1, 2, 3, 4], CHECKS))
    assert path.read_bytes() == before


def test_a_totals_row_is_asked_to_go(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "review.xlsx", "review", {"Review": [["a"], ["b"]]})
    table = next(n for n, (_, c) in pw.members(path).items() if b'displayName="Review"' in c)
    xml = pw.members(path)[table][1].replace(b'totalsRowShown="0"', b'totalsRowCount="1"')
    pw.rezip(path, {table: xml})
    host = opened(path)
    assert host.read_table("Review")["Unique ID"].tolist() == ["a"]
    with pytest.raises(WorkbookProblem, match="totals row"):
        host.write_table("Review", pd.DataFrame({"Unique ID": ["x", "y"]}, dtype=object))


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    host = opened(working(tmp_path))
    with pytest.raises(FileProblem, match="1,048,571 rows"):
        host.write_table("LongList", pd.DataFrame({"Record": range(1_048_571)}))


def test_headings_that_excel_would_not_bear_are_refused(tmp_path: Path) -> None:
    host = opened(working(tmp_path))
    for headings in (["Record", "RECORD"], ["Record", " "], ["Record", "x" * 256]):
        with pytest.raises(WorkbookProblem, match="Heading 2 for the table LongList"):
            host.write_table("LongList", pd.DataFrame([[1, 2]], columns=headings, dtype=object))


def test_people_own_columns_are_told(tmp_path: Path) -> None:
    host = opened(pw.make(tmp_path / "review.xlsx", "review"))
    assert host.own_columns("Review") == list(pw.OWN_COLUMNS)
    assert host.own_columns("Focus") == []
    assert opened(working(tmp_path)).own_columns("LongList") == []


def test_new_columns_of_the_long_list_get_a_width_and_a_heading_like_the_others(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(EMPTY)
    host = opened(path)
    host.write_table("LongList", column("Strategy meeting held", ["y"], [*LONG, "Strategy meeting held"]))
    host.save()
    sheet = openpyxl.load_workbook(path)["Long list"]
    assert sheet["O5"].value == "Strategy meeting held"
    assert sheet["O5"].font.b
    assert sheet["O5"].fill.fgColor.rgb == sheet["N5"].fill.fgColor.rgb
    assert sheet.column_dimensions["O"].width > 20
    assert [c.name for c in sheet.tables["LongList"].tableColumns][-1] == "Strategy meeting held"
