"""What a press says when it cannot do its work, and that the workbook is then as it was."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs
import pytest
import xlwings as xw

from tests.actions.workbooks import dipsample, row, table, working_workbook
from tests.addin.press.pressing import Answers, press, through_the_desk
from tests.engines.calc import ENGINE, trouble
from tests.engines.calc_app import App
from tests.engines.fixtures import calc, office
from tests.engines.office import Office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions import narrow
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk import entry_of_desk
from xl_dipsample.addin.desk.presses import Press
from xl_dipsample.addin.press import excel_ui
from xl_dipsample.addin.press import press as entry_press
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.questions import NO
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.excel import busy, co_authors
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office

SENTINEL = "Zebedee Sentinel"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working workbook of two synthetic cases."""
    return working_workbook(tmp_path_factory.mktemp("made"), [row(1, Name=SENTINEL), row(2)])


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "computer")


@pytest.fixture
def working(calc: xw.App, made: Path, tmp_path: Path) -> Path:
    """A copy of that workbook, open on screen."""
    path = Path(shutil.copy(made, tmp_path / "working.xlsx"))
    calc.books.open(str(path))
    return path


def refused(app: xw.App, action: str, windows: SimulatedWindows, *answers: object) -> str:
    shown, _ = press(app, action, windows, *answers)
    label = registry.action(action).label
    assert shown.startswith(f"{label}: not done.\n\n")
    said = shown.partition("\n\n")[2]
    assert said.endswith(".")
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("action", [one.id for one in registry.ACTIONS if one.subject and one.button])
def test_no_workbook_open(calc: xw.App, windows: SimulatedWindows, action: str) -> None:
    said = refused(calc, action, windows)
    assert "No workbook is open in Excel" in said
    assert registry.action(action).label in said


def test_an_excel_that_has_no_window_is_told_through_windows(windows: SimulatedWindows) -> None:
    """xlwings does not find an Excel without a workbook at all."""
    through_the_desk(Press("narrow", 999999999), windows, Answers())
    [(title, text)] = windows.shown
    assert title == "Dip-sampling"
    assert "No workbook is open in Excel" in text


def test_new_works_in_an_excel_without_any_workbook(tmp_path: Path, windows: SimulatedWindows) -> None:
    path = tmp_path / "sample.xlsx"
    through_the_desk(Press("new", 999999999), windows, Answers(path, NO))
    assert path.is_file()
    assert any("Open sample.xlsx to go on" in text for _, text in windows.shown)


def test_a_workbook_that_is_not_ours(calc: xw.App, windows: SimulatedWindows, tmp_path: Path) -> None:
    book = calc.books.add()
    book.save(str(tmp_path / "budget.xlsx"))
    before = (tmp_path / "budget.xlsx").read_bytes()
    said = refused(calc, "narrow", windows)
    assert "budget.xlsx is not a dip-sampling workbook" in said
    assert (tmp_path / "budget.xlsx").read_bytes() == before


@pytest.mark.parametrize(("action", "wanted"), [("import", "working workbook"), ("pseudonymise", "working workbook")])
def test_the_wrong_kind_is_said_before_anything_is_asked(
    calc: xw.App, windows: SimulatedWindows, tmp_path: Path, action: str, wanted: str
) -> None:
    review = tmp_path / "review.xlsx"
    review.write_bytes(build("review"))
    calc.books.open(str(review))
    said = refused(calc, action, windows)
    assert "review.xlsx is a review workbook" in said
    assert f"Open the {wanted}" in said
    assert registry.action(action).label in said


def test_with_auto_save_on_a_review_workbook_asks_first_whether_anybody_else_has_it_open(
    calc: xw.App, windows: SimulatedWindows, tmp_path: Path
) -> None:
    review = tmp_path / "review.xlsx"
    review.write_bytes(build("review", {}, {"sample_id": "S-1", "sample_name": "Autumn"}))
    calc.books.open(str(review)).impl.autosave = True
    before = review.read_bytes()
    shown, person = press(calc, "screen", windows, co_authors.LOOK)
    assert "Check text for names: not done.\n\nNothing was changed. Ask whoever has review.xlsx open" in shown
    assert review.read_bytes() == before
    shown, person = press(calc, "screen", windows, co_authors.ALONE, Stopped)  # then it asks for the key
    assert [question[:30] for question in person.asked] == ["AutoSave is on for review.xlsx", "Where is the key?"]


def test_analyse_on_a_working_workbook(calc: xw.App, windows: SimulatedWindows, working: Path) -> None:
    assert "Open the review workbook" in refused(calc, "analyse", windows)


def test_a_question_that_is_closed_changes_nothing(calc: xw.App, windows: SimulatedWindows, working: Path) -> None:
    before = working.read_bytes()
    assert refused(calc, "import", windows, Stopped) == "Stopped; nothing was changed."
    assert working.read_bytes() == before
    assert not (windows.local_data() / "places.json").exists()


def test_a_question_is_asked_in_front_of_the_excel_that_was_pressed(calc: xw.App, windows: SimulatedWindows) -> None:
    _, person = press(calc, "lookup", windows, Stopped)
    assert person.owner == calc.hwnd != 0


def test_a_passphrase_that_is_not_given_changes_nothing(
    calc: xw.App, windows: SimulatedWindows, working: Path, tmp_path: Path
) -> None:
    from tests.actions.typing_in import include_all

    for book in calc.books:
        book.close()
    assert dipsample("narrow", working)[0] == 1
    include_all(working)
    calc.books.open(str(working))
    (tmp_path / "share").mkdir()
    before = working.read_bytes()
    keyholder = (
        (NO,) if any(one.field == "second_keyholder" for one in registry.action("pseudonymise").arguments) else ()
    )
    places = (tmp_path / "share" / "review.xlsx", tmp_path / "key.xlsx", NO)
    said = refused(calc, "pseudonymise", windows, *places, *keyholder, Stopped)
    assert said == "Stopped; nothing was changed."
    assert working.read_bytes() == before
    assert not (tmp_path / "share" / "review.xlsx").exists()
    assert not (tmp_path / "key.xlsx").exists()


def test_a_bug_has_a_reference_and_a_log_without_case_data(
    calc: xw.App, windows: SimulatedWindows, working: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(host: Host, options: object) -> None:
        host.write_table("ExclusionLog", host.read_table("ExclusionLog"))
        raise ValueError(f"cannot convert {SENTINEL}")

    monkeypatch.setattr(narrow, "run", broken)
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path)
    before = working.read_bytes()
    shown, _ = press(calc, "narrow", windows)
    log = (tmp_path / "bugs.log").read_text(encoding="utf-8")
    reference = shown.split("Reference ")[1].split(";")[0]
    assert shown.startswith("Narrow down: not done.")
    assert log.startswith(f"{reference} xl_dipsample ")
    assert "ValueError" in log
    assert "test_press_trouble.py" in log
    for told in (shown, log):
        for case_data in (SENTINEL, "cannot convert", "5001", str(working)):
            assert case_data not in told
    assert working.read_bytes() == before
    assert calc.screen_updating is True


def test_python_without_its_packages_says_so(tmp_path: Path) -> None:
    """The Python of the desk was emptied: one sentence, exit 0, no traceback."""
    package = Path(entry_of_desk.__file__).parents[2]
    site = tmp_path / "site" / "xl_dipsample"
    site.mkdir(parents=True)
    for folder, names in {
        "": ("__init__.py",),
        "files": ("__init__.py", "windows.py", "windows_kernel.py"),
        "addin": ("__init__.py",),
        "addin/desk": ("__init__.py", "entry_of_desk.py"),
    }.items():
        (site / folder).mkdir(exist_ok=True)
        for name in names:
            shutil.copy(package / folder / name, site / folder / name)
    code = (
        f"import sys; sys.path.insert(0, {str(site.parent)!r})\n"
        "from xl_dipsample.addin.desk.entry_of_desk import main\n"
        "sys.exit(main([]))"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "is missing. Install dipsample again, or ask IT." in done.stderr


def test_a_button_that_the_desk_does_not_know(calc: xw.App, windows: SimulatedWindows) -> None:
    through_the_desk(Press("narow", calc.pid), windows, Answers())
    [(_, shown)] = calc.impl.alerts
    assert "of different versions" in shown
    assert "dipsample install" in shown


def test_excel_in_cell_edit_mode_is_a_sentence(calc: xw.App, windows: SimulatedWindows, working: Path) -> None:
    calc.impl.settings["Ready"] = False
    assert "a cell is being edited" in refused(calc, "narrow", windows, excel_ui.STOP)


def test_a_workbook_opened_only_to_be_read_is_one_sentence(
    calc: xw.App, windows: SimulatedWindows, made: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(made, tmp_path / "working.xlsx"))
    calc.books.open(str(path), read_only=True)
    before = path.read_bytes()
    assert "working.xlsx is open only to be read" in refused(calc, "narrow", windows)
    assert len(calc.impl.alerts) == 1
    assert path.read_bytes() == before


def test_a_protected_sheet_is_one_sentence(calc: xw.App, windows: SimulatedWindows, working: Path) -> None:
    sheet = next(one for one in calc.books.active.sheets if any(t.name == "CaseCheck" for t in one.tables))
    sheet.api.Protect()
    before = working.read_bytes()
    assert f"The sheet {sheet.name} is protected" in refused(calc, "narrow", windows)
    assert len(calc.impl.alerts) == 1
    assert working.read_bytes() == before


def test_another_workbook_of_that_name_in_excel_is_told_after_the_work(
    calc: xw.App, windows: SimulatedWindows, working: Path, tmp_path: Path
) -> None:
    path = tmp_path / "elsewhere" / working.name
    path.parent.mkdir()
    shown, _ = press(calc, "new", windows, path, NO)
    done, last = shown.split("\n---\n")
    assert done.startswith("New dip-sample: done.")
    assert "to go on" not in done
    assert last == (f"Made, but another workbook of that name is open in Excel: close it, then open {path}")
    assert path.is_file()
    assert [Path(one.fullname) for one in calc.books] == [working]


class Rejected(Exception):
    """A call that Excel turns away, as pywin32 raises it."""

    hresult = -2147418111  # RPC_E_CALL_REJECTED


def rejecting(times: int = 10**6) -> Callable[[str], None]:
    """Excel turns the first calls that set the status bar away."""
    left = [times]

    def before(name: str) -> None:
        if name == "App.status_bar=" and left[0]:
            left[0] -= 1
            raise Rejected

    return before


def test_a_call_that_excel_rejects_is_its_own_sentence_and_no_bug(
    calc: xw.App, windows: SimulatedWindows, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rejected(*_: object) -> None:
        raise Rejected

    monkeypatch.setattr(narrow, "run", rejected)
    before = working.read_bytes()
    said = refused(calc, "narrow", windows)
    assert said.startswith("Excel is busy, or a cell is being edited.")
    assert "Reference" not in said
    assert working.read_bytes() == before


@pytest.mark.parametrize("late", ["_show", "_remember", "next_step"])
@pytest.mark.parametrize(("problem", "said"), [(Rejected(), "Excel is busy"), (KeyError(SENTINEL), "Reference ")])
def test_what_fails_after_the_work_does_not_call_it_undone(
    calc: xw.App,
    windows: SimulatedWindows,
    working: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    late: str,
    problem: Exception,
    said: str,
) -> None:
    def broken(*_: object) -> None:
        raise problem

    monkeypatch.setattr(entry_press, late, broken)
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path)
    shown, _ = press(calc, "narrow", windows)
    last = shown.split("\n---\n")[-1]
    assert last.startswith("Narrow down: done, but ")
    assert said in last
    assert "not done" not in shown
    assert SENTINEL not in shown
    assert len(table(working, "CaseCheck")) == 2


@pytest.mark.parametrize("late", ["_show", "_remember"])
def test_what_fails_after_a_new_workbook_does_not_call_it_undone(
    calc: xw.App, windows: SimulatedWindows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    def broken(*_: object) -> None:
        raise Rejected

    monkeypatch.setattr(entry_press, late, broken)
    shown, _ = press(calc, "new", windows, tmp_path / "sample.xlsx", NO)
    assert shown.split("\n---\n")[-1].startswith("New dip-sample: done, but ")
    assert (tmp_path / "sample.xlsx").is_file()


def test_an_excel_that_can_show_no_box_is_no_reason_to_be_silent(
    calc: xw.App, windows: SimulatedWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OSError("the window is gone")

    monkeypatch.setattr(App, "alert", gone)
    through_the_desk(Press("narrow", calc.pid), windows, Answers())
    assert len(windows.shown) == 1
    assert "No workbook is open" in windows.shown[0][1]


# --- two instances


@pytest.fixture(scope="module")
def second_office() -> Iterator[Office]:
    running = Office()
    yield running
    running.stop()


def test_with_two_instances_of_excel_the_process_id_decides(
    calc: xw.App, second_office: Office, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    other = xw.App(impl=App(second_office, ENGINE, shared=True))
    try:
        paths = []
        for number, app in enumerate((calc, other)):
            path = tmp_path / str(number) / "working.xlsx"
            path.parent.mkdir()
            shutil.copy(made, path)
            app.books.open(str(path))
            paths.append(path)
        assert calc.pid != other.pid
        press(other, "narrow", windows)
        assert [len(table(path, "CaseCheck")) for path in paths] == [0, 2]
        assert calc.impl.alerts == []
    finally:
        other.quit()


# --- the status bar


def test_long_work_shows_on_the_status_bar_and_excel_gets_it_back_even_after_an_error(
    calc: xw.App, windows: SimulatedWindows, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel_ui, "PROGRESS_AFTER", 0.0)
    monkeypatch.setattr(excel_ui, "PROGRESS_EVERY", 0.0)
    press(calc, "narrow", windows)
    assert "Dip-sampling: Reading the long list (0%)" in calc.impl.status_bars
    assert calc.impl.status_bars[-1] is False

    def broken(host: ExcelHost, *_: object) -> None:
        raise ValueError

    monkeypatch.setattr(ExcelHost, "write_table", broken)
    calc.impl.status_bars.clear()
    with contextlib.redirect_stderr(io.StringIO()):
        press(calc, "narrow", windows)
    assert len(calc.impl.status_bars) > 1
    assert calc.impl.status_bars[-1] is False


def test_short_work_leaves_the_status_bar_alone(calc: xw.App, monkeypatch: pytest.MonkeyPatch) -> None:
    ui = excel_ui.ExcelUi(calc)
    ui.progress("Reading", 0.1)
    assert calc.impl.status_bars == []
    monkeypatch.setattr(excel_ui, "PROGRESS_AFTER", 0.0)
    for _ in range(50):
        ui.progress("Reading", 0.1)
    assert calc.impl.status_bars == ["Dip-sampling: Reading (10%)"]
    ui.close()
    assert calc.status_bar is False


def test_a_status_bar_that_excel_turns_away_stops_no_work(
    calc: xw.App, windows: SimulatedWindows, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel_ui, "PROGRESS_AFTER", 0.0)
    monkeypatch.setattr(busy, "WAITS", (0.0, 0.0))
    with trouble(rejecting()):
        shown, _ = press(calc, "narrow", windows)
    assert shown.startswith("Narrow down: done")
    assert "\n---\n" not in shown
    assert len(table(working, "CaseCheck")) == 2


def test_the_status_bar_is_given_back_once_excel_listens(calc: xw.App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_ui, "PROGRESS_AFTER", 0.0)
    ui = excel_ui.ExcelUi(calc)
    ui.progress("Reading", 0.1)
    with trouble(rejecting(1)):
        ui.close()
    assert calc.impl.status_bars[-1] is False
