"""An Excel that turns calls away is called again, then asked about; one that calls back is answered."""

from __future__ import annotations

import shutil

import pytest

from tests.windows.desk_visitor import running, visit
from tests.windows.pc import WindowsPc
from tests.windows.stand_in_excel import PRESSES, SET_TURNS_AWAY, STAND_IN
from tests.windows.wine import start_windows, wait_for

pytestmark = pytest.mark.windows

ASK = f"""
import win32gui, win32process
from xl_dipsample.addin.press import press
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.excel import busy

top = win32gui.FindWindow("XLMAIN", None)
turns_away = lambda calls: win32gui.SendMessage(top, {SET_TURNS_AWAY}, calls, 0)
workbook = lambda: press.book_of(app, "C:\\\\a folder\\\\working 2025.xlsx")

app = press.excel(win32process.GetWindowThreadProcessId(top)[1])
print("found:", app is not None and app.hwnd == top)
turns_away(4)
print("open in it:", workbook(), "turned away:", turns_away(10**6))
try:
    workbook()
except WorkbookProblem as problem:
    print(problem.code)

def try_again():
    print("asked")
    turns_away(0)
    return True

with busy.asking(try_again):
    print("open in it:", workbook())
with busy.asking(lambda: bool(print("asked again"))):
    print("open in it:", workbook())
print("called again:", turns_away(0) - 4 > len(busy.WAITS))
"""


def test_an_excel_that_turns_calls_away_is_called_again_and_then_asked_about(pc: WindowsPc) -> None:
    excel = shutil.copy(pc.interpreter, pc.interpreter.with_name("EXCEL.EXE"))
    with start_windows([excel, "-I", "-u", "-c", STAND_IN]) as program:
        try:
            wait_for(program, "shown")
            done = pc.python("-c", ASK)
        finally:
            program.kill()
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "found: True",
        "open in it: None turned away: 4",
        "excel-busy",
        "asked",
        "open in it: None",
        "open in it: None",
        "called again: True",
    ]


PRESSED = f"""
top = win32gui.FindWindow("XLMAIN", None)
wait(desk)
wait(windows)
print("turned away before:", win32gui.SendMessage(top, {SET_TURNS_AWAY}, 4, 0))
win32gui.PostMessage(top, {PRESSES}, 0, 0)
said = box()
print(words_of(said))
print(win32gui.GetWindow(said, win32con.GW_OWNER) == top)
print("turned away:", win32gui.SendMessage(top, {SET_TURNS_AWAY}, 0, 0))
answer(said)
"""


def test_an_excel_that_turns_calls_away_and_calls_back_during_a_press_is_told_busy_and_the_desk_ends(
    installed: WindowsPc,
) -> None:
    excel = shutil.copy(installed.interpreter, installed.interpreter.with_name("EXCEL.EXE"))
    with start_windows([excel, "-I", "-u", "-c", STAND_IN]) as program:
        try:
            wait_for(program, "shown")
            with running(installed):
                before, said, in_front, turned_away = visit(installed, PRESSED)
                wait_for(program, "pressed: taken")
                wait_for(program, "pressed: busy")
        finally:
            program.kill()
    assert (before, turned_away) == ("turned away before: 0", "turned away: 4")
    assert "working 2025.xlsx was closed before Narrow down could begin" in said
    assert in_front == "True"
