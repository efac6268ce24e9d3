"""Exports of every kind are read as they are: nothing guessed, nothing lost, every sheet, every row's number."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests import bad_files
from tests.reference.writers import write_ods, write_xls, write_xlsx
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports.export_reader import LONGEST_TEXT, MOST_CELLS_TO_ASK, Export, read_export

REAL = Path(__file__).parents[1] / "data" / "annex_a_sample.xlsx"


def read_bytes(folder: Path, name: str, data: bytes) -> Export:
    path = folder / name
    path.write_bytes(data)
    return read_export(path)


def codes(export: Export) -> list[str]:
    return [note.code for note in export.notes]


def test_the_real_sample_file_has_its_eleven_lists() -> None:
    export = read_export(REAL)
    assert [sheet.name for sheet in export.sheets] == [f"List {number}" for number in range(1, 12)]
    first = export.sheets[0]
    assert first.rows[0][:4] == ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth"]
    assert first.rows[1][3] == date(2015, 1, 25)
    assert first.first_row == 1
    assert not any(sheet.hidden for sheet in export.sheets)
    assert [(note.code, note.sheet, note.row, note.column) for note in export.notes] == [
        ("error-cells", "List 6", 2, "M")
    ]
    assert "#N/A 10" in export.notes[0].text


def test_reading_never_changes_the_export(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(REAL.read_bytes())
    path.chmod(0o444)
    read_export(path)
    assert path.read_bytes() == REAL.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_cells_come_as_they_are(kind: str, tmp_path: Path) -> None:
    rows = [
        ["ID", "Text", "Number", "Day", "Stamp"],
        ["0012", "=1+1", 12.5, date(2010, 2, 3), datetime(2024, 9, 1, 13, 45)],  # noqa: DTZ001
        ["NA", "NULL", 7, date(2012, 2, 29), datetime(2024, 9, 2, 8, 0)],  # noqa: DTZ001
    ]
    path = tmp_path / f"a.{kind}"
    {"xlsx": write_xlsx, "ods": write_ods, "xls": write_xls}[kind](rows, path)
    assert read_export(path).sheets[0].rows == rows


def test_rows_keep_their_numbers_when_the_list_begins_lower_down(tmp_path: Path) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.write_row(6, 2, ["ID", "Name"])
        sheet.write_row(7, 2, ["1", "x" * 20])
    sheet = read_bytes(tmp_path, "a.xlsx", made.getvalue()).sheets[0]
    assert (sheet.first_row, sheet.first_column) == (7, 3)
    assert sheet.rows[0] == ["ID", "Name"]


def test_hidden_and_very_hidden_sheets_are_marked_and_chart_sheets_left_out(tmp_path: Path) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name in ("Seen", "Hidden", "Very hidden"):
            book.add_worksheet(name).write(0, 0, "a")
        book.get_worksheet_by_name("Hidden").hide()
        book.get_worksheet_by_name("Very hidden").very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Seen!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)
    export = read_bytes(tmp_path, "a.xlsx", made.getvalue())
    assert {sheet.name: sheet.hidden for sheet in export.sheets} == {
        "Seen": False,
        "Hidden": True,
        "Very hidden": True,
    }


def test_merged_headings_and_errors_are_taken(tmp_path: Path) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.merge_range(0, 0, 0, 1, "ID")
        sheet.write_row(1, 0, ["1"])
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    rows = read_bytes(tmp_path, "a.xlsx", made.getvalue()).sheets[0].rows
    assert rows == [["ID", ""], ["1", ""]]


def test_times_of_day_become_text(tmp_path: Path) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.write(0, 0, "Time")
        sheet.write(1, 0, 0.5, book.add_format({"num_format": "hh:mm"}))
    assert read_bytes(tmp_path, "a.xlsx", made.getvalue()).sheets[0].rows[1] == ["12:00:00"]


def formula_workbook(*cells: str) -> bytes:
    return bad_files.with_cell(f'<row r="9">{"".join(cells)}</row>')


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C9"><f>A1</f></c>',
        '<c r="C9"><f>A1</f><v/></c>',
        '<c r="C9"><f>A1</f><v></v></c>',
        '<c r="C9" s="1"><f t="shared" ref="C9:C10" si="0">A1</f></c>',
        '<c r="C9"><f t="shared" si="0"/></c>',
    ],
)
def test_formulas_without_values_are_pointed_out_with_their_place(cell: str, tmp_path: Path) -> None:
    export = read_bytes(tmp_path, "a.xlsx", formula_workbook(cell))
    assert codes(export) == ["formulas-without-values"]
    note = export.notes[0]
    assert (note.sheet, note.row, note.column) == ("Export", 9, "C")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C9"><f>A1</f><v>5</v></c>',
        '<c r="C9" t="str"><f>""</f><v></v></c>',
        '<c r="C9"><f t="shared" si="0"/><v>1</v></c>',
    ],
)
def test_formulas_with_values_are_fine_also_when_the_value_is_an_empty_text(cell: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.xlsx", formula_workbook(cell)).notes == []


def test_errors_that_are_read_as_blank_are_counted_by_their_word_with_the_place_of_the_first(tmp_path: Path) -> None:
    cells = ('<c r="B9" t="e"><v>#REF!</v></c>', '<c r="C9" t="e"><f>A1</f><v>#N/A</v></c>')
    note = read_bytes(tmp_path, "a.xlsx", formula_workbook(*cells)).notes[0]
    assert (note.code, note.sheet, note.row, note.column) == ("error-cells", "Export", 9, "B")
    assert "#N/A 1, #REF! 1" in note.text


def test_of_a_long_list_it_is_said_that_there_are_some_and_another_sheet_is_not_accused(tmp_path: Path) -> None:
    rows = MOST_CELLS_TO_ASK // 90
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name in ("Wrong", "Right"):
            sheet = book.add_worksheet(name)
            sheet.write(rows, 99, "last")
        book.get_worksheet_by_name("Wrong").write_formula(3, 3, "=NA()", None, "#N/A")
    notes = read_bytes(tmp_path, "a.xlsx", made.getvalue()).notes
    assert [(note.code, note.sheet, note.row) for note in notes] == [("error-cells", "Wrong", None)]


def test_a_text_that_says_an_error_is_no_error(tmp_path: Path) -> None:
    cell = '<c r="C9" t="inlineStr"><is><t>#REF! t="e"</t></is></c>'
    assert read_bytes(tmp_path, "a.xlsx", formula_workbook(cell)).notes == []


def test_what_another_reader_trips_over_is_still_taken_and_pointed_out(tmp_path: Path) -> None:
    data = formula_workbook('<c r="B9" t="e"><v>#REF!</v></c>')
    odd = bad_files.changed("xl/styles.xml", lambda xml: xml.replace(b'"gray125"', b'"odd"'), data)
    export = read_bytes(tmp_path, "a.xlsx", odd)
    assert codes(export) == ["error-cells"]
    assert export.notes[0].row is None
    assert export.sheets[0].rows[1][0] == "0012"


@pytest.mark.parametrize(
    ("cell", "asked"), [('<c r="C9"><f>A1</f><v>5</v></c>', "False"), ('<c r="C9" t="e"><v>#N/A</v></c>', "True")]
)
def test_openpyxl_is_imported_only_for_a_file_with_cells_that_the_fast_reader_is_blind_to(
    cell: str, asked: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(formula_workbook(cell))
    code = (
        "import sys, pathlib; from xl_dipsample.exports.export_reader import read_export;"
        "read_export(pathlib.Path(sys.argv[1])); print('openpyxl' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == asked


def test_lost_formula_values_are_counted_however_long_the_sheet(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>B{n}&amp;"{"x" * 30}"</f></c></row>' for n in range(10, 20_010))
    note = read_bytes(tmp_path, "a.xlsx", bad_files.with_cell(rows)).notes[0]
    assert "20,000 formulas" in note.text
    assert note.row == 10


def test_lost_formula_values_of_an_ods_are_pointed_out(tmp_path: Path) -> None:
    data = bad_files.ods_with(
        tmp_path,
        b"<table:table-row>",
        b'<table:table-row><table:table-cell table:formula="of:=[.B1]"/></table:table-row><table:table-row>',
    )
    note = read_bytes(tmp_path, "a.ods", data).notes[0]
    assert (note.code, note.sheet, note.row, note.column) == ("formulas-without-values", "Export", 1, "A")


def test_a_text_of_the_greatest_length_is_taken_and_one_more_is_refused_by_its_place(tmp_path: Path) -> None:
    longest = "x" * LONGEST_TEXT
    assert read_bytes(tmp_path, "a.csv", f"ID,Note\n1,{longest}\n".encode()).sheets[0].rows[1][1] == longest
    data = bad_files.good_ods(tmp_path)
    long_ods = bad_files.changed("content.xml", lambda xml: xml.replace(b"Bob Example", b"x" * 32_768), data)
    with pytest.raises(FileProblem) as caught:
        read_bytes(tmp_path, "a.ods", long_ods)
    assert caught.value.code == "long-text"
    assert "sheet 1, Excel row 3, column B" in caught.value.sentence


def test_a_list_with_a_stray_cell_some_way_below_is_taken(tmp_path: Path) -> None:
    export = read_bytes(tmp_path, "a.xlsx", bad_files.with_cell('<row r="5000"><c r="Z5000"><v>1</v></c></row>'))
    assert len(export.sheets[0].rows) == 5000


def test_blank_cells_that_an_ods_repeats_to_the_edge_of_the_sheet_cost_nothing(tmp_path: Path) -> None:
    edge = (
        b'<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    data = bad_files.ods_with(tmp_path, b"</table:table>", edge)
    assert len(read_bytes(tmp_path, "a.ods", data).sheets[0].rows) == 3


def test_an_export_that_calls_itself_by_prefixed_elements_is_scanned_as_well(tmp_path: Path) -> None:
    def prefixed(xml: bytes) -> bytes:
        for name in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"f"):
            for end in (b">", b" ", b"/"):
                xml = xml.replace(b"<" + name + end, b"<x:" + name + end)
            xml = xml.replace(b"</" + name + b">", b"</x:" + name + b">")
        return xml.replace(b"xmlns=", b"xmlns:x=")

    data = formula_workbook('<c r="C9"><f>A1</f></c>')
    export = read_bytes(tmp_path, "a.xlsx", bad_files.changed("xl/worksheets/sheet1.xml", prefixed, data))
    assert codes(export) == ["formulas-without-values"]


def test_a_fault_inside_the_parser_is_a_refusal_and_prints_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = bad_files.xls(bad_files.record(0x0085, b"\xff\xff\xff\x7f\x00\x00\x06\x00Export"))
    with pytest.raises(FileProblem) as caught:
        read_bytes(tmp_path, "a.xls", broken)
    assert caught.value.code == "zip-damaged"
    assert capfd.readouterr() == ("", "")
