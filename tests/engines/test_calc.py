"""The engine itself: LibreOffice takes and gives what Excel would. All data here is invented."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
import xlwings as xw
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.table import Table, TableStyleInfo

from tests.engines.calc import CannotRun, Office, Refused, calc_app, counting, trouble
from tests.engines.uno_module import check_version
from tests.silent_ui import SilentUi
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

pytestmark = pytest.mark.office

MOMENT = dt.datetime(2026, 3, 4, 5, 6)  # noqa: DTZ001
DAY = dt.datetime(2026, 3, 4)  # noqa: DTZ001
ROWS = [[f"K-{number}", number, "open" if number % 2 else "closed"] for number in range(1, 6)]


def made(folder: Path, name: str = "made.xlsx") -> Path:
    """A workbook with a table (Cases, A3:C8), a named cell and a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Long list"
    sheet["A1"] = "Synthetic"
    for number, row in enumerate([["Key", "Count", "State"], *ROWS], start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    table = Table(displayName="Cases", ref="A3:C8", tableStyleInfo=TableStyleInfo(name="TableStyleMedium2"))
    sheet.add_table(table)
    book.create_sheet("Second")
    path = folder / name
    book.save(path)
    return path


@pytest.fixture
def book(calc: xw.App, tmp_path: Path) -> xw.Book:
    return calc.books.open(made(tmp_path))


@pytest.fixture
def cells(book: xw.Book) -> xw.Sheet:
    return book.sheets["Second"]


# ---- values


def test_a_block_of_values_comes_back_as_excel_would_hand_it_out(cells: xw.Sheet) -> None:
    cells["B2"].value = [["text", 1, 2.5], [None, True, MOMENT], ["a\nb", "é😀&<", DAY]]
    assert cells["B2:D4"].value == [["text", 1.0, 2.5], [None, True, MOMENT], ["a\nb", "é😀&<", DAY]]
    assert cells["B2"].value == "text"
    assert cells["D3"].number_format == "dd/mm/yyyy hh:mm"
    assert cells["D4"].number_format == "dd/mm/yyyy"


def test_raw_dates_carry_a_time_zone_as_pywin32_gives_them(cells: xw.Sheet) -> None:
    cells["A1"].value = MOMENT
    assert cells["A1"].raw_value == MOMENT.replace(tzinfo=dt.UTC)


def test_without_the_text_format_text_changes_and_with_it_it_stays(cells: xw.Sheet) -> None:
    texts = [["007"], ["1/2/2026"], ["=1+1"], ["TRUE"], ["'x"], ["plain"]]
    cells["A1"].value = texts
    assert cells["A1:A6"].value == [7.0, dt.datetime(2026, 1, 2), 2.0, True, "x", "plain"]  # noqa: DTZ001
    cells["B1:B6"].number_format = "@"
    cells["B1"].value = texts
    assert cells["B1:B6"].value == [one[0] for one in texts]
    assert cells["B3"].formula == "=1+1"
    assert not cells["B3"].api.HasFormula


def test_a_number_in_a_text_cell_becomes_text(cells: xw.Sheet) -> None:
    cells["A1:B1"].number_format = "@"
    cells["A1"].value = [12, DAY]
    assert cells["A1:B1"].value == ["12", "04/03/2026"]


def test_a_date_keeps_the_format_that_the_cell_has(cells: xw.Sheet) -> None:
    cells["A1"].number_format = "d mmm yyyy"
    cells["A1"].value = DAY
    assert (cells["A1"].number_format, cells["A1"].api.Text) == ("d mmm yyyy", "4 Mar 2026")


def test_a_truth_from_a_file_is_a_value_and_no_formula(calc: xw.App, cells: xw.Sheet) -> None:
    cells["A1"].value = [True, False, "=1>0"]
    book = cells.book
    book.save()
    path = book.fullname
    book.close()
    again = calc.books.open(path).sheets["Second"]
    assert again["A1:B1"].value == [True, False]
    assert again["A1:B1"].formula == (("TRUE", "FALSE"),)
    assert again["A1:B1"].api.HasFormula is False
    assert again["A1:C1"].api.HasFormula is None


def test_a_number_where_true_stood_is_a_number(cells: xw.Sheet) -> None:
    cells["A1"].value = True
    assert cells["A1"].value is True
    assert cells["A1"].number_format == "General"
    cells["A1"].value = 1
    assert cells["A1"].raw_value == 1.0
    assert cells["A1"].value is not True


def test_errors_and_empty_results_come_as_excel_gives_them(cells: xw.Sheet) -> None:
    cells["A1"].value = [["#N/A", "=1/0", '=""', None, '=INDIRECT("no")']]
    assert cells["A1:E1"].raw_value == ((-2146826246, -2146826281, "", None, -2146826265),)
    assert cells["A1:E1"].value == [None] * 5
    assert cells["A1:E1"].options(err_to_str=True).value == ["#N/A", "#DIV/0!", None, None, "#REF!"]


def test_a_frame_goes_in_and_comes_out(cells: xw.Sheet) -> None:
    frame = pd.DataFrame({"Key": ["a", "b"], "Count": [1.0, 2.0]})
    cells["A1"].options(index=False).value = frame
    read = cells["A1"].expand().options(pd.DataFrame, index=False).value
    assert read.astype(object).equals(frame.astype(object))


def test_one_value_fills_and_contents_are_cleared_without_the_format(cells: xw.Sheet) -> None:
    cells["A1:B2"].number_format = "@"
    cells["A1:B2"].value = "x"
    assert cells["A1:B2"].value == [["x", "x"], ["x", "x"]]
    cells["A1:B2"].clear_contents()
    assert cells["A1:B2"].value == [[None, None], [None, None]]
    assert cells["A1:B2"].number_format == "@"
    cells["A1:B2"].clear()
    assert cells["A1:B2"].number_format == "General"


def test_different_formats_are_told_as_none(cells: xw.Sheet) -> None:
    cells["A1"].number_format = "@"
    assert cells["A1:B1"].number_format is None


def test_what_excel_refuses_changes_nothing(cells: xw.Sheet) -> None:
    cells["A1:A2"].value = "before"
    with pytest.raises(Refused):
        cells["A1"].value = [["after"], ["- none known"]]
    assert cells["A1:A2"].value == ["before", "before"]


# ---- formulas


def test_a_formula_filled_into_a_column_moves_along(cells: xw.Sheet) -> None:
    cells["A1"].value = [[1], [2], [3]]
    cells["B1:B3"].formula = "=A1*2+$A$1"
    assert cells["B1:B3"].value == [3.0, 5.0, 7.0]
    assert cells["B2"].formula == "=A2*2+$A$1"


def test_a_formula_filled_into_a_long_column_keeps_the_number_formats(cells: xw.Sheet) -> None:
    cells["C1"].number_format = "0.00"
    cells["A1:A1000"].value = 2
    cells["B1:C1000"].formula = "=A1+ROW(A1)"
    assert cells["B1000:C1000"].value == [1002.0, 2002.0]
    assert (cells["C1"].number_format, cells["C2:C1000"].number_format) == ("0.00", "General")


def test_formulas_in_excels_notation_speak_of_tables_sheets_and_names(book: xw.Book, cells: xw.Sheet) -> None:
    book.names.add("limit", "='Long list'!$B$4")
    cells["A1"].value = [["=SUM(Cases[Count],1)"], ["='Long list'!A4&limit"], ["=SUM({1,2;3,4})"], ["=IF(TRUE,,1)"]]
    assert cells["A1:A4"].value == [16.0, "K-11", 10.0, 0.0]
    table = book.sheets["Long list"].tables["Cases"]
    column = table.data_body_range.columns[2]
    column.formula = '=Cases[[#This Row],[Count]]&"x"'
    assert column.value == [f"{number}x" for number in range(1, 6)]
    assert column.formula[0] == ('=Cases[[#This Row],[Count]]&"x"',)
    column.formula = "=[@Count]+1"
    assert column.value == [2.0, 3.0, 4.0, 5.0, 6.0]


def test_calculation_by_hand_waits_until_it_is_asked(calc: xw.App, cells: xw.Sheet) -> None:
    cells["A1"].value = [1, "=A1+1"]
    calc.calculation = "manual"
    cells["A1"].value = 5
    assert cells["B1"].value == 2.0
    calc.calculate()
    assert cells["B1"].value == 6.0
    calc.calculation = "automatic"
    cells["A1"].value = 7
    assert cells["B1"].value == 8.0


# ---- tables and names


def test_a_table_knows_its_place_and_is_resized_without_moving_cells(book: xw.Book) -> None:
    sheet = book.sheets["Long list"]
    table = sheet.tables["cases"]
    assert (table.name, table.range.address, len(sheet.tables)) == ("Cases", "$A$3:$C$8", 1)
    assert table.header_row_range.value == ["Key", "Count", "State"]
    assert table.data_body_range.value == ROWS
    table.resize(sheet["A3:C5"])
    assert table.data_body_range.value == ROWS[:2]
    assert sheet["A8"].value == "K-5"
    table.resize(sheet["A3:D20"])
    assert table.data_body_range.shape == (17, 4)
    assert table.header_row_range.value == ["Key", "Count", "State", "Column1"]
    for elsewhere in ("A4:C9", "A3:C3", "H3:J9"):
        with pytest.raises(Refused):
            table.resize(sheet[elsewhere])


def test_two_tables_never_overlap(book: xw.Book) -> None:
    sheet = book.sheets["Long list"]
    sheet["A12"].value = [["One", "Two"], [1, 2]]
    other = sheet.tables.add(sheet["A12:B13"], name="Other")
    assert [table.name for table in sheet.tables] == ["Cases", "Other"]
    with pytest.raises(Refused):
        sheet.tables["Cases"].resize(sheet["A3:C12"])
    assert other.data_body_range.value == [1.0, 2.0]


def test_what_takes_the_place_of_something_of_the_same_name_is_seen(book: xw.Book) -> None:
    assert [sheet.name for sheet in book.sheets if sheet.tables] == ["Long list"]
    book.sheets.add("New", before=book.sheets[0])
    assert [sheet.name for sheet in book.sheets] == ["New", "Long list", "Second"]
    assert [sheet.name for sheet in book.sheets if sheet.tables] == ["Long list"]
    assert book.sheets["Long list"].tables["Cases"].range.address == "$A$3:$C$8"
    book.sheets["Second"]["A1"].value = "the old one"
    book.sheets["Second"].delete()
    book.sheets.add("Second", after=book.sheets["Long list"])
    assert book.sheets["Second"]["A1"].value is None
    book.sheets["New"].name = "Other"
    assert book.sheets[0].name == "Other"
    assert "New" not in [sheet.name for sheet in book.sheets]
    book.sheets["Second"]["A1:B1"].value = ["Key", "Count"]
    for name in ("Cases2", "Cases1"):  # the later one stands first
        book.sheets["Second"].tables.add(book.sheets["Second"]["A1:B3" if name == "Cases1" else "D1:E3"], name=name)
    assert [table.name for table in book.sheets["Second"].tables] == ["Cases1", "Cases2"]
    book.sheets["Second"].tables["Cases1"].name = "Cases"[:4]
    assert "Cases1" not in [table.name for table in book.sheets["Second"].tables]


def test_a_row_is_copied_into_many(book: xw.Book) -> None:
    sheet = book.sheets["Long list"]
    sheet["A4"].number_format = "@"
    sheet["A4:C4"].copy(sheet["A5:C8"])
    assert sheet["A4:C8"].value == [ROWS[0]] * 5
    assert sheet["A8"].number_format == "@"


def test_notes_are_taken_off_alone(calc: xw.App, tmp_path: Path) -> None:
    path = made(tmp_path, "noted.xlsx")
    file = load_workbook(path)
    file["Long list"]["A4"].comment = Comment("Synthetic", "Synthetic")
    file.save(path)
    sheet = calc.books.open(path).sheets["Long list"]
    assert sheet.impl.calc.getAnnotations().Count == 1
    sheet["A4:C5"].api.ClearComments()
    assert sheet.impl.calc.getAnnotations().Count == 0
    assert sheet["A4"].value == "K-1"


def test_names_lead_to_their_cells(book: xw.Book) -> None:
    book.names.add("kind", "='Long list'!$A$1")
    assert "kind" in book.names
    assert "other" not in book.names
    assert book.names["KIND"].refers_to == "='Long list'!$A$1"
    assert book.names["kind"].refers_to_range.value == "Synthetic"
    assert book.sheets["Second"].range("kind").value == "Synthetic"


def test_a_filter_is_told_taken_away_and_put_back(book: xw.Book) -> None:
    sheet = book.sheets["Long list"]
    table = sheet.tables["Cases"]

    def hidden() -> list[int]:
        return [row for row in range(4, 9) if sheet.range((row, 1)).row_height == 0]

    assert not table.api.AutoFilter.FilterMode
    for first, operator, second, gone in (
        (("=1", "=3", "=4"), 7, None, [5, 8]),
        ("=1", 2, "=2", [6, 7, 8]),
        (">=2", 1, "<4", [4, 7, 8]),
        ("=5", 0, None, [4, 5, 6, 7]),
    ):
        table.api.Range.AutoFilter(Field=2, Criteria1=first, Operator=operator, Criteria2=second)
        own = table.api.AutoFilter.Filters(2)
        assert (own.On, own.Criteria1, own.Operator) == (True, first, operator)
        assert hidden() == gone
        table.api.AutoFilter.ShowAllData()
        assert hidden() == []
        assert table.show_headers
        assert table.show_autofilter
    table.api.Range.AutoFilter(Field=3, Criteria1="=open")
    assert hidden() == [5, 7]
    assert table.data_body_range.value == ROWS
    table.data_body_range.value = [[*row[:2], "new"] for row in ROWS]
    assert table.data_body_range.columns[2].value == ["new"] * 5


def test_a_file_that_comes_filtered_and_protected_says_so(calc: xw.App, tmp_path: Path) -> None:
    path = made(tmp_path, "filtered.xlsx")
    file = load_workbook(path)
    sheet = file["Long list"]
    sheet.tables["Cases"].autoFilter.filterColumn.append(FilterColumn(colId=2, filters=Filters(filter=["open"])))
    for row in (5, 7):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.protection.enable()
    file.save(path)
    book = calc.books.open(path)
    opened = book.sheets["Long list"]
    table = opened.tables["Cases"]
    assert table.api.AutoFilter.FilterMode
    assert (table.api.AutoFilter.Filters(3).On, table.api.AutoFilter.Filters(3).Criteria1) == (True, "=open")
    assert not table.api.AutoFilter.Filters(1).On
    assert opened.range("A5").row_height == 0
    assert table.show_headers
    assert opened.range("B1").column_width == 0
    assert opened["A4:A6"].api.EntireRow.Hidden is None
    assert (opened["A4"].api.EntireRow.Hidden, opened["A5"].api.EntireRow.Hidden) == (False, True)
    assert opened["B1"].api.EntireColumn.Hidden is True
    assert opened.api.ProtectContents
    with pytest.raises(Refused):
        opened["A4"].value = "x"
    assert opened["A4"].value == "K-1"
    opened.api.Unprotect()
    table.api.AutoFilter.ShowAllData()
    assert opened["A4:A8"].api.EntireRow.Hidden is False
    assert (table.show_headers, table.show_autofilter, table.api.AutoFilter.FilterMode) == (True, True, False)


# ---- files and the app


def test_what_is_saved_is_there_after_opening_it_again(calc: xw.App, book: xw.Book) -> None:
    path = Path(book.fullname)
    sheet = book.sheets["Long list"]
    sheet["A4"].number_format = "@"
    sheet["A4"].value = "=1+1"
    sheet.tables["Cases"].resize(sheet["A3:C6"])
    book.names.add("kind", "='Long list'!$A$1")
    book.save()
    book.close()
    assert len(calc.books) == 0
    again = calc.books.open(path)
    table = again.sheets["Long list"].tables["Cases"]
    assert table.data_body_range.value == [["=1+1", 1.0, "open"], *ROWS[1:3]]
    assert again.names["kind"].refers_to_range.value == "Synthetic"
    assert load_workbook(path)["Long list"].tables["Cases"].ref == "A3:C6"


def test_our_own_workbook_is_still_ours_after_saving(calc: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(build("working", {}, {"sample_id": "S-1"}))
    before = FileHost.open(path, SilentUi())
    book = calc.books.open(path)
    assert book.names["sample_id"].refers_to_range.value == "S-1"
    book.names["sample_name"].refers_to_range.value = "Autumn"
    book.save()
    book.close()
    after = FileHost.open(path, SilentUi())
    assert (after.kind, after.read_value("sample_name")) == ("working", "Autumn")
    assert set(after.tables()) == set(before.tables())
    for name in before.tables():
        assert list(after.read_table(name).columns) == list(before.read_table(name).columns)


def test_a_copy_is_written_and_the_workbook_stays_the_subject(book: xw.Book, tmp_path: Path) -> None:
    before = Path(book.fullname).read_bytes()
    book.sheets["Second"]["A1"].value = "later"
    book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    assert book.name == "made.xlsx"
    assert Path(book.fullname).read_bytes() == before
    assert load_workbook(tmp_path / "copy.xlsx")["Second"]["A1"].value == "later"


def test_a_workbook_that_is_open_only_to_be_read_is_not_saved(calc: xw.App, tmp_path: Path) -> None:
    book = calc.books.open(made(tmp_path), read_only=True)
    assert book.api.ReadOnly
    with pytest.raises(Refused):
        book.save()


def test_the_app_is_found_by_its_process_and_remembers_what_it_was_told(calc: xw.App) -> None:
    assert xw.apps[calc.pid] == calc
    with pytest.raises(KeyError):
        xw.apps[-1]
    assert calc.api.Ready
    assert calc.selection is None
    calc.screen_updating = False
    assert not calc.screen_updating
    calc.status_bar = "Half done"
    calc.status_bar = False
    assert calc.impl.status_bars == ["Half done", False]
    calc.impl.answers.append("yes")
    assert calc.alert("Really?", "Question", "yes_no") == "yes"
    assert calc.alert("Done.") == "ok"
    assert calc.impl.alerts == [("Question", "Really?"), (None, "Done.")]


def test_an_app_leaves_nothing_to_the_next_one(office: Office, tmp_path: Path) -> None:
    with calc_app(office) as first:
        first.books.open(made(tmp_path))
        first.calculation = "manual"
    with calc_app(office) as second:
        assert len(second.books) == 0
        assert second.calculation == "automatic"
        cells = second.books.open(tmp_path / "made.xlsx").sheets["Second"]
        cells["A1"].value = [1, "=A1+1"]
        assert cells["B1"].value == 2.0
    assert xw.engines.active is None or xw.engines.active.name != "calc"


def test_the_calls_are_counted_and_do_not_grow_with_the_rows(cells: xw.Sheet) -> None:
    made = []
    for rows in (10, 2000):
        with counting() as calls:
            place = cells["A1"].resize(rows, 3)
            place.number_format = "@"
            place.options(chunksize=None).value = [["x", "1", None]] * rows
            assert len(place.value) == rows
        made.append(calls.total)
    assert made[0] == made[1] > 3
    with counting() as calls:
        for row in range(1, 11):
            cells.range((row, 1)).value = "y"
    assert calls.made["Range.raw_value="] == 10


def test_what_the_engine_asks_itself_is_not_counted(book: xw.Book) -> None:
    table = book.sheets["Long list"].tables["Cases"]
    with counting() as calls:
        assert table.show_headers
        assert table.header_row_range is not None
    assert "Table.range" not in calls.made
    assert calls.made["Table.header_row_range"] > 0


def test_a_call_can_be_made_to_fail(cells: xw.Sheet) -> None:
    def busy(name: str) -> None:
        if name == "Range.raw_value=":
            raise Refused("busy")

    with trouble(busy), pytest.raises(Refused):
        cells["A1"].value = 1
    cells["A1"].value = 2
    assert cells["A1"].value == 2.0


def test_without_libreoffice_one_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotRun, match=r"^LibreOffice is not here\. .*apt-get install libreoffice-calc\.$"):
        Office()


def test_another_python_is_told_which_one_is_needed() -> None:
    check_version()
    with pytest.raises(CannotRun, match=r"is made for Python 3\.\d+ and this is Python 3\.99\. "):
        check_version((3, 99))


def test_a_libreoffice_ends_with_its_app() -> None:
    with calc_app() as app:
        pid = app.pid
        assert Path(f"/proc/{pid}").exists()
    assert not Path(f"/proc/{pid}").exists()


def test_a_libreoffice_ends_when_the_test_process_is_killed() -> None:
    program = "from tests.engines.office import Office; office = Office(); print(office.pid, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as killed:
        assert killed.stdout is not None
        group = int(killed.stdout.readline())
        os.killpg(group, 0)
        killed.kill()
    end = time.monotonic() + 20
    while time.monotonic() < end and _alive(group):
        time.sleep(0.1)
    assert not _alive(group)


def _alive(group: int) -> bool:
    """Whether a process of the group still runs; one that ended and that nobody fetched does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


def test_the_bridge_leaves_pythons_imports_alone() -> None:
    program = (
        "import builtins, sys; own, path = builtins.__import__, list(sys.path)\n"
        "from tests.engines.uno_module import load\n"
        "load(); load(); assert builtins.__import__ is own; assert sys.path == path"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
