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
def pressed_in(excel: Path, pc: WindowsPc, turns_away: int) -> Iterator[subprocess.Popen[bytes]]:
    """A desk, and a stand-in for Excel that has pressed Narrow down on it; the desk is closed first."""
    words = [excel, "-I", "-X", "utf8", "-u", "-c", STAND_IN, str(turns_away)]
    with start_windows(words, stdin=subprocess.PIPE) as program:
        try:
            with running(pc):
                wait_for(program, "pressed: taken")
                yield program
        finally:
            program.kill()


def said_at_the_end(program: subprocess.Popen[bytes]) -> list[str]:
    """What the stand-in printed, when it has ended."""
    out, err = program.communicate(b"end\n", timeout=60)
    assert program.returncode == 0, err
    return out.decode().splitlines()
