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
from tests.windows.wine import start_windows, wait_for
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
def pressed_in(excel: Path, turns_away: int) -> Iterator[subprocess.Popen[bytes]]:
    """A stand-in for Excel that has pressed Narrow down on the desk."""
    words = [excel, "-I", "-X", "utf8", "-u", "-c", STAND_IN, str(turns_away)]
    with start_windows(words, stdin=subprocess.PIPE) as program:
        try:
            wait_for(program, "pressed: taken")
            yield program
        finally:
            program.kill()


def said_at_the_end(program: subprocess.Popen[bytes]) -> list[str]:
    """What the stand-in printed, when it has ended."""
    out, err = program.communicate(b"end\n", timeout=60)
    assert program.returncode == 0, err
    return out.decode().splitlines()


def test_a_press_reaches_the_excel_that_pressed_although_it_turns_the_first_calls_away(
    installed: WindowsPc, excel: Path
) -> None:
    with running(installed), pressed_in(excel, 4) as program:
        said, owner = visit(installed, NO_WORKBOOK)
        told = said_at_the_end(program)
    assert "working 2025.xlsx was closed before Narrow down could begin" in said
    assert owner == "stand-in for Excel"
    assert told[-1] == "turned away: 4"


def test_an_excel_that_calls_back_during_a_press_is_answered_at_once(installed: WindowsPc, excel: Path) -> None:
    with running(installed), pressed_in(excel, 0) as program:
        visit(installed, NO_WORKBOOK)
        told = said_at_the_end(program)
    again = [line for line in told if line.startswith("called, and pressed again:")]
    assert again
    assert {line.partition(": ")[2] for line in again} <= {"busy", "taken"}


def test_an_excel_that_stays_busy_is_a_question_in_front_of_it_and_stop_ends_the_press(
    installed: WindowsPc, excel: Path
) -> None:
    with running(installed), pressed_in(excel, 10**6) as program:
        [said] = visit(installed, STOPPED)
        told = said_at_the_end(program)
    assert "Narrow down: not done." in said
    assert int(told[-1].removeprefix("turned away: ")) > len(WAITS)
