"""ExcelHost in a live spreadsheet program: what is written is inert, what people made stays, errors leave nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwings as xw

from tests.engines.calc import Refused, counting, trouble
from tests.silent_ui import SilentUi
from xl_dipsample.addin.selftest.contract.bench import case_checks, filled, labels, long_list, reviews
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

pytestmark = pytest.mark.office

# LibreOffice makes a line feed of a carriage return; that Excel gets it as it is, test_excel_actions sees.
TRICKY = ["=1+1", "0012", "+1", "'x", "1/2/2026", "-", "\tx", "\nx", "@SUM(A1)", "''", "TRUE", "1e5", "#N/A", "50%"]
Opened = Callable[..., ExcelHost]


@pytest.fixture
def opened(calc: xw.App, tmp_path: Path) -> Opened:
    """A workbook of ours, open, with its host."""

    def make(kind: Kind = "working", **tables: pd.DataFrame) -> ExcelHost:
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(build(kind, tables, {"sample_id": "S-1", "sample_name": "Autumn"}))
        return ExcelHost.of(calc.books.open(str(path)), SilentUi())

    return make


def book_of(calc: xw.App) -> Any:
    return calc.books[0]


def table(calc: xw.App, sheet: str, name: str) -> Any:
    return book_of(calc).sheets[sheet].tables[name]


def settings(calc: xw.App) -> list[Any]:
    return [calc.screen_updating, calc.calculation, calc.enable_events, calc.display_alerts]


def texts(values: list[object]) -> pd.DataFrame:
    return filled(long_list(len(values), "Own"), Case_ID=values, Own=values)


# ---- text


@pytest.mark.parametrize("beside", [None, 12, dt.date(2026, 1, 2), True], ids=["text", "number", "date", "truth"])
def test_text_that_looks_like_something_else_comes_back_and_is_inert(
    opened: Opened, calc: xw.App, beside: object
) -> None:
    host = opened()
    written = texts([*TRICKY, beside])
    host.write_table("LongList", written)
    read = host.read_table("LongList")
    assert read["Case ID"].tolist() == written["Case ID"].tolist()
    assert read["Own"].tolist() == written["Own"].tolist()
    body = table(calc, "Long list", "LongList").data_body_range
    assert body.api.HasFormula is False


def test_a_named_cell_takes_such_text_too(opened: Opened) -> None:
    host = opened()
    for words in TRICKY:
        host.write_value("sample_id", words)
        host._forget()
        assert host.read_value("sample_id") == words


# ---- what people see


def filtered(opened: Opened, calc: xw.App) -> ExcelHost:
    """A case check of six rows of which the three of team North show."""
    host = opened(CaseCheck=case_checks(6))
    place = table(calc, "Case check", "CaseCheck")
    team = list(host.read_table("CaseCheck").columns).index("Team") + 1
    place.autofilter.apply_values(team, ["North"])
    assert hidden_rows(calc) == 3
    return host


def hidden_rows(calc: xw.App) -> int:
    body = table(calc, "Case check", "CaseCheck").data_body_range
    return sum(body[row, 0].row_height == 0 for row in range(body.shape[0]))


def test_a_filter_hides_no_row_from_us_and_stays(opened: Opened, calc: xw.App) -> None:
    host = filtered(opened, calc)
    made = filled(case_checks(6), Initials=["AB", "CD", "EF", "GH", "IJ", "KL"])
    host.write_table("CaseCheck", made)
    assert host.read_table("CaseCheck")["Initials"].tolist() == made["Initials"].tolist()
    assert hidden_rows(calc) == 3


def test_a_filter_is_put_back_after_an_error(opened: Opened, calc: xw.App) -> None:
    host = filtered(opened, calc)
    before = host.read_table("CaseCheck")
    with pytest.raises(WorkbookProblem), trouble(refusing("Range.raw_value=")):
        host.write_table("CaseCheck", case_checks(4))
    assert hidden_rows(calc) == 3
    pd.testing.assert_frame_equal(host.read_table("CaseCheck"), before)


def test_a_hidden_column_is_written_and_stays_hidden(opened: Opened, calc: xw.App) -> None:
    host = opened(CaseCheck=case_checks(3))
    body = table(calc, "Case check", "CaseCheck").data_body_range
    body[:, 1].columns.hidden = True
    host.write_table("CaseCheck", case_checks(9))
    assert host.read_table("CaseCheck")["Case ID"].tolist() == case_checks(9)["Case ID"].tolist()
    assert table(calc, "Case check", "CaseCheck").data_body_range[:, 1].column_width == 0


def test_rows_that_are_new_look_like_the_first(opened: Opened, calc: xw.App) -> None:
    host = opened(CaseCheck=case_checks(1))
    first = table(calc, "Case check", "CaseCheck").data_body_range[0, :]
    first.color = (1, 2, 3)
    host.write_table("CaseCheck", case_checks(5))
    body = table(calc, "Case check", "CaseCheck").data_body_range
    assert {body[row, 8].color for row in range(5)} == {(1, 2, 3)}


def test_nothing_is_left_where_a_table_shrank(opened: Opened, calc: xw.App) -> None:
    host = opened(CaseCheck=case_checks(9))
    host.write_table("CaseCheck", case_checks(2))
    body = table(calc, "Case check", "CaseCheck").data_body_range
    below = body.offset(row_offset=2).resize(row_size=7)
    assert all(value is None for row in below.value for value in row)


# ---- what people made


def test_peoples_own_columns_keep_their_rows_and_their_format(opened: Opened, calc: xw.App) -> None:
    made = filled(reviews(3), Our_own=[0.25, 0.5, None], Noted=["0012", "=x", None])
    host = opened("review", Review=made)
    own = table(calc, "Review", "Review").data_body_range.columns[list(made.columns).index("Our own")]
    own.number_format = "0.00%"
    turned = reviews(3).iloc[[2, 0, 1]].reset_index(drop=True)
    host.write_table("Review", turned)
    read = host.read_table("Review")
    assert read["Our own"].tolist() == [None, 0.25, 0.5]
    assert read["Noted"].tolist() == [None, "0012", "=x"]
    own = table(calc, "Review", "Review").data_body_range.columns[list(made.columns).index("Our own")]
    assert own.number_format == "0.00%"


def test_peoples_own_formula_column_is_filled_down(opened: Opened, calc: xw.App) -> None:
    host = opened(CaseCheck=filled(case_checks(2), Twice=[0, 0]))
    body = table(calc, "Case check", "CaseCheck").data_body_range
    body[:, body.shape[1] - 1].formula = f"=A{body.row}*2"
    host._forget()
    host.write_table("CaseCheck", case_checks(5))
    assert host.read_table("CaseCheck")["Twice"].tolist() == [2, 4, 6, 8, 10]


def test_rows_typed_below_a_table_belong_to_it(opened: Opened, calc: xw.App) -> None:
    host = opened(Labels=labels(2))
    below = table(calc, "Labels", "Labels").range.last_cell
    below.offset(row_offset=1, column_offset=-4).value = ["Outcome", "typed", 5, None, None]
    host._forget()
    read = host.read_table("Labels")
    assert read["Label as exported"].tolist() == ["label 0", "label 1", "typed"]
    host.write_table("Labels", labels(1))
    assert len(host.read_table("Labels")) == 1


# ---- all or nothing


def refusing(call: str, after: int = 0) -> Callable[[str], None]:
    """Excel refuses one kind of call, once, after it did it some times."""
    seen = [0]

    def before(name: str) -> None:
        if name == call:
            seen[0] += 1
            if seen[0] == after + 1:
                raise Refused("refused in the middle")

    return before


@pytest.mark.parametrize(
    ("call", "after"),
    [
        ("Table.resize", 0),
        ("Range.raw_value=", 0),
        ("Range.raw_value=", 2),
        ("Range.formula=", 1),
        ("App.calculate", 0),
    ],
)
def test_when_excel_refuses_in_the_middle_all_is_as_it_was(opened: Opened, calc: xw.App, call: str, after: int) -> None:
    made = filled(reviews(3), Our_own=["first", "second", None], Level_of_harm=["In need", None, None])
    host = opened("review", Review=made)
    host.write_value("sample_id", "S-1")
    before, state = {name: host.read_table(name) for name in ("Review", "Audit", "Focus")}, settings(calc)

    def write() -> None:
        with trouble(refusing(call, after)), host.transaction():
            host.write_table("Review", reviews(7))
            host.write_value("sample_name", "Winter")
            host.write_value("sample_id", "S-2")

    with pytest.raises(WorkbookProblem, match="Nothing was changed"):
        write()
    for name, frame in before.items():
        pd.testing.assert_frame_equal(host.read_table(name), frame)
    assert host.read_value("sample_id") == "S-1"
    assert settings(calc) == state
    assert table(calc, "Review", "Review").data_body_range.shape[0] == 3


def test_columns_of_the_long_list_come_back_after_an_error(opened: Opened) -> None:
    host = opened()
    host.write_table("LongList", filled(long_list(2, "A", "B", "C"), A=["x", "y"], C=[1, 2]))
    before = host.read_table("LongList")
    with pytest.raises(WorkbookProblem), trouble(refusing("Range.raw_value=", 2)):
        host.write_table("LongList", filled(long_list(4, "C", "A", "D", "E", "F"), D=["z"] * 4))
    pd.testing.assert_frame_equal(host.read_table("LongList"), before)


def test_a_save_that_fails_is_a_sentence_and_all_is_as_it_was(opened: Opened) -> None:
    host = opened()
    host.write_value("sample_id", "S-2")
    with pytest.raises(FileProblem, match="could not save"), trouble(refusing("Book.save")):
        host.save()
    assert host.read_value("sample_id") == "S-1"


def test_nothing_reaches_excel_before_the_end_of_a_transaction(opened: Opened, calc: xw.App) -> None:
    host = opened()
    with host.transaction():
        host.write_table("Labels", labels(4))
        assert len(host.read_table("Labels")) == 4
        assert table(calc, "Labels", "Labels").data_body_range.shape[0] == 1
    assert table(calc, "Labels", "Labels").data_body_range.shape[0] == 4


def test_auto_save_is_off_while_we_write_and_on_afterwards(opened: Opened, calc: xw.App) -> None:
    host = opened()
    book = book_of(calc)
    book.impl.autosave = True
    seen: list[bool] = []
    with trouble(lambda name: seen.append(book.impl.autosave) if name == "Range.raw_value=" else None):
        host.write_table("Labels", labels(3))
    assert seen
    assert not any(seen)
    assert book.impl.autosave


def test_auto_save_comes_back_after_a_write_that_excel_refused(opened: Opened, calc: xw.App) -> None:
    host = opened()
    book = book_of(calc)
    book.impl.autosave = True
    seen: list[bool] = []
    refuse = refusing("Range.raw_value=")

    def before(name: str) -> None:
        if name == "Range.raw_value=":
            seen.append(book.impl.autosave)
        refuse(name)

    with pytest.raises(WorkbookProblem, match="Nothing was changed"), trouble(before):
        host.write_table("Labels", labels(3))
    assert seen
    assert not any(seen)
    assert book.impl.autosave


# ---- refusals


def test_a_protected_sheet_is_refused_with_its_name(opened: Opened, calc: xw.App) -> None:
    host = opened()
    book_of(calc).sheets["Labels"].api.Protect()
    with pytest.raises(WorkbookProblem, match="Labels is protected"):
        host.write_table("Labels", labels(2))
    host.write_table("CaseCheck", case_checks(2))
    assert len(host.read_table("CaseCheck")) == 2


def test_a_table_without_its_headings_in_sight_is_not_written(opened: Opened, calc: xw.App) -> None:
    opened()
    table(calc, "Labels", "Labels").show_headers = False
    host = ExcelHost.of(book_of(calc), SilentUi())
    with pytest.raises(WorkbookProblem, match="does not show its headings"):
        host.write_table("Labels", labels(2))
    host.write_table("Categories", host.read_table("Categories"))


def test_a_cell_that_is_being_edited_is_a_sentence(calc: xw.App, opened: Opened) -> None:
    opened()
    calc.impl.settings["Ready"] = False
    with pytest.raises(WorkbookProblem, match="a cell is being edited"):
        ExcelHost.of(book_of(calc), SilentUi())


def test_a_workbook_opened_to_be_read_is_refused(calc: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(build("working", {}, {"sample_id": "S-1", "sample_name": "Autumn"}))
    with pytest.raises(FileProblem, match="open only to be read"):
        ExcelHost.of(calc.books.open(str(path), read_only=True), SilentUi())


def test_somebody_elses_workbook_is_refused_by_its_name(calc: xw.App) -> None:
    with pytest.raises(WorkbookProblem, match="is not a dip-sampling workbook"):
        ExcelHost.of(calc.books.add(), SilentUi())


def test_others_who_have_it_open_are_counted_and_not_named(opened: Opened, calc: xw.App) -> None:
    opened()
    book_of(calc).impl.others = ("Synthetic Reviewer",)
    with pytest.raises(
        WorkbookProblem, match=r"^1 other person has working.xlsx open as well, .* Ask them to close it"
    ):
        ExcelHost.of(book_of(calc), SilentUi())


def test_with_auto_save_on_a_working_workbook_is_the_leads_own_and_nothing_is_asked(
    opened: Opened, calc: xw.App
) -> None:
    opened()
    book_of(calc).impl.autosave = True
    assert ExcelHost.of(book_of(calc), SilentUi()).kind == "working"


# ---- the rest


def test_the_number_of_calls_does_not_grow_with_the_rows(opened: Opened) -> None:
    host = opened("review")

    def calls(count: int) -> int:
        host.write_table("Review", reviews(2))
        with counting() as made, host.transaction():
            assert len(host.read_table("Review")) == 2
            host.write_table("Review", reviews(count))
        return made.total

    assert calls(5) == calls(300)


def test_pivot_tables_of_a_review_workbook_are_made_anew(opened: Opened) -> None:
    host = opened("review", Review=reviews(2))
    with counting() as made:
        host.write_table("Review", reviews(3))
    assert made.made["Workbook.PivotCaches"] == 1
    assert made.made["App.calculate"] == 1


def test_a_copy_is_written_beside_and_what_was_made_is_opened(opened: Opened, calc: xw.App, tmp_path: Path) -> None:
    host = opened()
    with host.transaction():
        host.write_value("sample_id", "S-2")
        host.save_copy(tmp_path / "copy.xlsx")
    assert sorted(one.name for one in tmp_path.iterdir() if "lock" not in one.name) == ["copy.xlsx", "working.xlsx"]
    host.open_after(tmp_path / "copy.xlsx")
    host.finish()
    copy = ExcelHost.of(calc.books["copy.xlsx"], SilentUi())
    assert copy.read_value("sample_id") == "S-2"
    assert host.path.name == "working.xlsx"
