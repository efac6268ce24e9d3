"""An Excel that turns calls away, or calls back during a press: in front of it stands a question, and nothing hangs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.windows.desk_visitor import running, visit
from tests.windows.pc import WindowsPc
from tests.windows.stand_in_excel import STAND_IN
from tests.windows.wine import LONG, start_windows, wait_for
from xl_dipsample.workbook.hosts.excel.busy import WAITS

pytestmark = pytest.mark.windows

NO_WORKBOOK = """
said = box()
print(words_of(said))
print(win32gui.GetWindowText(win32gui.GetWindow(said, win32con.GW_OWNER)))
answer(said)
"""
QUESTION = """
def question():
    found = [(one, win32gui.GetWindow(one, win32con.GW_OWNER)) for one in windows()]
    return [one for one, owner in found if owner and win32gui.GetWindowText(owner) == "stand-in for Excel"]
[asked] = wait(question)
"""
STOPPED = f"""{QUESTION}
win32gui.PostMessage(asked, win32con.WM_CLOSE, 0, 0)
said = box()
print(words_of(said))
answer(said)
"""


@pytest.fixture
def excel(installed: WindowsPc) -> Path:
    return Path(shutil.copy(installed.interpreter, installed.interpreter.with_name("EXCEL.EXE")))


@contextmanager
def pressed_in(excel: Path, pc: WindowsPc, turns_away: int) -> Iterator[list[str]]:
    """A desk, and a stand-in for Excel that has pressed Narrow down on it. In the end: what the stand-in told."""
    told: list[str] = []
    words = [excel, "-I", "-X", "utf8", "-u", "-c", STAND_IN, str(turns_away)]
    with start_windows(words, stdin=subprocess.PIPE) as program:
        try:
            with running(pc):
                wait_for(program, "pressed: taken")
                yield told
            out, err = program.communicate(b"end\n", timeout=LONG)
            assert program.returncode == 0, err
            told += out.decode().splitlines()
        finally:
            program.kill()


def test_an_excel_that_turns_calls_away_and_calls_back_is_reached_and_answered(
    installed: WindowsPc, excel: Path
) -> None:
    with pressed_in(excel, installed, 4) as told:
        said, owner = visit(installed, NO_WORKBOOK)
    again, turned_away = told
    assert "working 2025.xlsx was closed before Narrow down could begin" in said
    assert owner == "stand-in for Excel"
    assert again == "pressed: taken busy"
    assert turned_away == "turned away: 4"


def test_an_excel_that_stays_busy_is_a_question_in_front_of_it_and_stop_ends_the_press(
    installed: WindowsPc, excel: Path
) -> None:
    with pressed_in(excel, installed, 10**6) as told:
        [said] = visit(installed, STOPPED)
    _, turned_away = told
    assert "Narrow down: not done." in said
    assert int(turned_away.removeprefix("turned away: ")) > len(WAITS)
