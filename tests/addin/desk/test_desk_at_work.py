"""The desk over a live spreadsheet program: the workbook that was pressed, Stop, a killed desk, and nothing kept."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import pytest
import xlwings as xw

from tests.actions.workbooks import row, table, working_workbook
from tests.addin.press.pressing import Answers, Watching, through_the_desk
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.desk import crash_journal
from xl_dipsample.addin.desk.crash_journal import Entry
from xl_dipsample.addin.desk.desk import Desk
from xl_dipsample.addin.desk.open_workbook import OpenWorkbook
from xl_dipsample.addin.desk.presses import TAKEN, Press
from xl_dipsample.addin.press import excel_ui, press
from xl_dipsample.addin.press.questions import NO
from xl_dipsample.workbook.hosts.excel import busy

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working workbook of three synthetic cases."""
    return working_workbook(tmp_path_factory.mktemp("made"), [row(1), row(2), row(3)])


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "computer")


def opened(app: xw.App, made: Path, at: Path) -> tuple[Path, str]:
    """A copy open on screen, and what the program calls it."""
    path = Path(shutil.copy(made, at))
    return path, str(app.books.open(str(path)).fullname)


def looked(desk: Desk) -> OpenWorkbook | None:
    seen: list[OpenWorkbook | None] = []
    assert desk.look(seen.append)
    end = time.monotonic() + 60
    while not seen:
        assert time.monotonic() < end
        time.sleep(0.01)
    return seen[0]


def test_the_workbook_that_was_pressed_is_the_one_used_whatever_is_on_screen_by_then(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    first, called = opened(calc, made, tmp_path / "first.xlsx")
    other, _ = opened(calc, made, tmp_path / "other.xlsx")
    untouched = other.read_bytes()
    assert calc.books.active.name == "other.xlsx"
    watching = through_the_desk(Press("check", calc.pid, called), windows, Answers())
    assert watching.begins == [("check", "first.xlsx")]
    assert len(table(first, "DataChecks")) > 0
    assert other.read_bytes() == untouched


def test_excel_is_looked_up_once_for_a_press_and_each_message_put_in_excels_words_once(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(calc, made, tmp_path / "working.xlsx")
    looked_up: list[int] = []
    put: list[str] = []
    excel, in_excel = press.excel, excel_ui.in_excel
    monkeypatch.setattr(press, "excel", lambda pid: looked_up.append(pid) or excel(pid))
    monkeypatch.setattr(excel_ui, "in_excel", lambda text: put.append(text) or in_excel(text))
    watching = through_the_desk(Press("check", calc.pid), windows, Answers())
    assert looked_up == [calc.pid]
    assert len(put) == len(watching.texts) == 1
    assert [text for text, _ in watching.texts] == [text for _, text in calc.impl.alerts]


def test_a_workbook_that_was_closed_meanwhile_is_one_sentence_and_no_other_one_is_touched(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    _, called = opened(calc, made, tmp_path / "first.xlsx")
    other, _ = opened(calc, made, tmp_path / "other.xlsx")
    untouched = other.read_bytes()
    calc.books["first.xlsx"].close()
    watching = through_the_desk(Press("check", calc.pid, called), windows, Answers())
    [(said, _)] = watching.texts
    assert "first.xlsx was closed before Check long list could begin" in said
    assert other.read_bytes() == untouched


def test_what_is_open_and_what_comes_next_is_seen_without_asking_anything(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    _, called = opened(calc, made, tmp_path / "working.xlsx")
    desk = Desk(windows, Answers(), Watching())
    desk.presses.start()
    seen = looked(desk)
    assert seen == OpenWorkbook(calc.pid, called, "working.xlsx", "working", "Check long list")
    calc.books.add()
    seen = looked(desk)
    assert seen is not None
    assert seen.kind_words == "none of our workbooks"
    assert desk.presses.end(60)


def test_stop_ends_a_press_at_its_next_sign_of_life_and_nothing_is_changed(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    path, called = opened(calc, made, tmp_path / "working.xlsx")
    before = path.read_bytes()

    class Stopping(Watching):
        def going_on(self, text: str, share: float | None) -> None:
            super().going_on(text, share)
            desk.stop()

    watching = Stopping()
    desk = Desk(windows, Answers(), watching)
    desk.presses.start()
    assert desk.presses.press(Press("narrow", calc.pid, called)) == TAKEN
    assert desk.presses.end(120)
    [(said, _)] = watching.texts
    assert said.startswith("Narrow down: not done.")
    assert "Stopped; nothing was changed" in said
    assert path.read_bytes() == before
    assert list(calc.books["working.xlsx"].sheets["Start"].tables["Start"].data_body_range.columns[1].value)
    assert len(table(path, "ExclusionLog")) == 0


def test_files_that_were_made_are_told_for_their_links(calc: xw.App, tmp_path: Path, windows: SimulatedWindows) -> None:
    calc.books.add()
    path = tmp_path / "sample.xlsx"
    watching = through_the_desk(Press("new", calc.pid), windows, Answers(path, NO))
    assert watching.files == [str(path)]


def holding(planted: str) -> list[str]:
    """The kinds of objects that hold a text in which it stands."""
    found = []
    for one in gc.get_objects():
        if isinstance(one, pd.DataFrame):
            inside: Iterable[object] = one.to_numpy().ravel()
        elif isinstance(one, dict):
            inside = [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            inside = one
        else:
            continue
        if any(type(each) is str and planted in each for each in inside):
            found.append(type(one).__name__)
    return found


def test_nothing_of_the_list_stays_in_the_desk_when_a_press_has_ended(
    calc: xw.App, tmp_path: Path, windows: SimulatedWindows
) -> None:
    planted = "".join(("Zebedee", " ", "Plantedname"))  # so that this file's own texts do not hold it
    working = working_workbook(tmp_path, [row(1, Name=planted), row(2)])
    called = str(calc.books.open(str(working)).fullname)
    for action in ("check", "narrow"):
        through_the_desk(Press(action, calc.pid, called), windows, Answers())
    held = table(working, "CaseCheck")
    assert planted in held["Name"].tolist()  # it was read and written
    assert "DataFrame" in holding(planted)
    del held
    gc.collect()
    assert holding(planted) == []


def test_excel_in_edit_mode_is_asked_about_and_stop_changes_nothing(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, called = opened(calc, made, tmp_path / "working.xlsx")
    before = path.read_bytes()
    monkeypatch.setattr(busy, "WAITS", (0.0,))
    calc.impl.settings["Ready"] = False
    person = Answers(excel_ui.AGAIN, excel_ui.STOP)
    watching = through_the_desk(Press("check", calc.pid, called), windows, person)
    assert person.asked == [excel_ui.BUSY, excel_ui.BUSY]
    assert watching.texts[0][0].startswith("Check long list: not done.")
    assert path.read_bytes() == before

    class Escapes(Answers):
        def choose(self, question: str, choices: Sequence[str]) -> str:
            calc.impl.settings["Ready"] = True
            return super().choose(question, choices)

    watching = through_the_desk(Press("check", calc.pid, called), windows, Escapes(excel_ui.AGAIN))
    assert watching.texts[0][0].startswith("Check long list: done")


KILLED = """
import sys, time
from pathlib import Path
from tests.addin.press.pressing import Answers, Watching, through_the_desk
from tests.engines.calc import calc_app
from tests.engines.office import shared
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.desk.presses import Press

class Slow(Watching):
    def going_on(self, text, share):
        if share and share > 0.5:
            print("in the middle", flush=True)
            time.sleep(600)

with calc_app(shared()) as app:
    called = str(app.books.open(sys.argv[1]).fullname)
    through_the_desk(Press("narrow", app.pid, called), SimulatedWindows(Path(sys.argv[2])), Answers(), Slow())
"""


def test_a_desk_killed_in_mid_work_leaves_the_workbook_whole_and_the_next_one_knows(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    path = Path(shutil.copy(made, tmp_path / "working.xlsx"))
    before = path.read_bytes()
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(tmp_path / "computer")],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "in the middle\n"
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    assert path.read_bytes() == before
    entry = Desk(windows, Answers(), Watching()).cut_off()
    assert entry is not None
    assert (entry.action, entry.desk, Path(entry.workbook).name) == ("narrow", child.pid, "working.xlsx")
    assert entry.settings["screen_updating"] is True
    for lock in tmp_path.glob(".~lock*"):
        lock.unlink()  # of the program that was killed with it
    _, called = str(path), str(calc.books.open(str(path)).fullname)
    through_the_desk(Press("restore", calc.pid, called), windows, Answers())
    assert len(table(path, "LongList")) == 3


def test_after_a_cut_the_settings_of_excel_are_put_back_once(
    calc: xw.App, windows: SimulatedWindows, tmp_path: Path
) -> None:
    calc.books.add()
    settings = crash_journal.settings_of(calc)
    crash_journal.begin(windows.local_data(), Entry("narrow", calc.pid, "", 4711, settings))
    calc.screen_updating, calc.calculation, calc.display_alerts = False, "manual", False
    desk = Desk(windows, Answers(), Watching())
    desk.presses.start()
    entry = desk.cut_off()
    assert entry is not None
    told: list[bool] = []
    assert desk.clear_up(entry, told.append)
    assert desk.presses.end(60)
    assert told == [True]
    assert crash_journal.settings_of(calc) == settings
    assert desk.cut_off() is None


def test_a_press_of_a_desk_that_runs_is_not_called_cut_off(windows: SimulatedWindows) -> None:
    crash_journal.begin(windows.local_data(), Entry("narrow", 1, "", 4711))
    windows.processes[4711] = "pythonw.exe"
    assert Desk(windows, Answers(), Watching()).cut_off() is None


def test_a_press_that_ended_leaves_no_journal(calc: xw.App, tmp_path: Path, windows: SimulatedWindows) -> None:
    calc.books.add()
    through_the_desk(Press("new", calc.pid), windows, Answers(tmp_path / "sample.xlsx", NO))
    assert crash_journal.left(windows.local_data()) is None
