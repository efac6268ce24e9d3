"""What other programs hold, who works on a key, and exports as Windows programs write them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.actions.workbooks import row, table, write_csv
from tests.windows.pc import WindowsPc
from tests.windows.places import SHARES
from tests.windows.wine import start_windows, wait_for

pytestmark = pytest.mark.windows

HOLD = "import sys, time; f = open(sys.argv[1], 'r+b'); print('holding', flush=True); time.sleep(300)"
REPLACE = """
import sys
from pathlib import Path
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.files.windows import Windows
path = Path(sys.argv[1])
print(Windows().held(path))
try:
    replace_file(b"new", path)
except FileProblem as problem:
    print(problem.code)
else:
    print("replaced")
"""
LET_GO = """
import sys, threading
from pathlib import Path
from xl_dipsample.files.atomic import replace_file
path = Path(sys.argv[1])
held = path.open("rb")
threading.Timer(1.0, held.close).start()
replace_file(b"new", path)
print(held.closed, path.read_bytes())
"""
LOCK = """
import sys, time
from pathlib import Path
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.files import locks
try:
    with locks.held(Path(sys.argv[1])):
        print("has it", flush=True)
        time.sleep(float(sys.argv[2]))
except DipSampleError as problem:
    print(problem.code)
"""
PROCESSES = """
import os
from xl_dipsample.files.windows import Windows
w = Windows()
print(w.process_names()[os.getpid()], w.process_running(os.getpid()), w.process_running(4_000_000), w.excel_running())
"""
FIRST = """
from xl_dipsample.files.windows import Windows
w = Windows()
print(w.only_one("try"), w.was_called("try"), flush=True)
input()
print(w.was_called("try"), w.was_called("try"), flush=True)
"""
SECOND = """
from xl_dipsample.files.windows import Windows
w = Windows()
print(w.only_one("try"), w.only_one("another"))
w.call_first("try")
"""
OWNED = """
import os, pythoncom, threading, tkinter, win32con, win32gui
from win32com.shell import shell
from xl_dipsample.files.windows import Windows
w = Windows()
def make():
    print(type(pythoncom.CoCreateInstance(shell.CLSID_ShellLink, None, 1, shell.IID_IShellLink)).__name__)
def work():
    try:
        make()
    except pythoncom.com_error:
        print("no apartment")
    with w.own_apartment():
        make()
thread = threading.Thread(target=work)
thread.start()
thread.join()
one, two = tkinter.Tk(), tkinter.Tk()
one.update(), two.update()
owner, window = (int(each.wm_frame(), 16) for each in (one, two))
w.own(window, owner)
print(win32gui.GetWindow(window, win32con.GW_OWNER) == owner)
print(w.process_of_window(window) == os.getpid(), w.process_of_window(1), w.process_of_window(0))
"""
READ = """
import sys
from pathlib import Path
from xl_dipsample.exports.export_reader import read_export
print(ascii(read_export(Path(sys.argv[1])).sheets[0].rows))
"""


def python(pc: WindowsPc, script: str, *words: str | Path) -> list[str]:
    done = pc.python("-c", script, *words)
    assert done.code == 0, done.err
    return done.out.splitlines()


def test_a_file_that_another_program_holds_is_left_as_it_was(pc: WindowsPc, desktop: Path) -> None:
    file = desktop / "review one.xlsx"
    file.write_bytes(b"old")
    with start_windows([pc.interpreter, "-c", HOLD, file]) as program:
        wait_for(program, "holding")
        assert python(pc, REPLACE, file) == ["True", "cannot-write"]
        assert file.read_bytes() == b"old"
        program.kill()
    assert python(pc, REPLACE, file) == ["False", "replaced"]
    assert [one.name for one in desktop.iterdir()] == ["review one.xlsx"]


def test_a_file_that_is_let_go_in_time_is_replaced(pc: WindowsPc, desktop: Path) -> None:
    file = desktop / "review one.xlsx"
    file.write_bytes(b"old")
    assert python(pc, LET_GO, file) == ["True b'new'"]


def test_the_lock_of_a_program_that_was_killed_is_taken_over(pc: WindowsPc, desktop: Path) -> None:
    key = desktop / "key.xlsx"
    with start_windows([pc.interpreter, "-I", "-X", "utf8", "-c", LOCK, key, "300"]) as other:
        wait_for(other, "has it")
        assert python(pc, LOCK, key, "0") == ["locked"]
        other.kill()
    assert (desktop / "key.xlsx.lock").exists()
    assert python(pc, LOCK, key, "0") == ["has it"]
    assert list(desktop.iterdir()) == []


def test_a_working_workbook_lies_on_a_share_that_has_no_drive_letter(pc: WindowsPc, share: str) -> None:
    [folder] = SHARES.glob("*/*")
    write_csv(folder / "export – Zoë.csv", [row(1), row(2, DOB="01/01/2015"), row(3)])
    workbook = rf"{share}\working 2025.xlsx"
    for words in (("new", workbook), ("import", workbook, rf"{share}\export – Zoë.csv"), ("narrow", workbook)):
        done = pc.dipsample(*words)
        assert done.code in (0, 1), done.words
        assert "Traceback" not in done.words
    assert len(table(folder / "working 2025.xlsx", "CaseCheck")) == 2
    assert len(table(folder / "working 2025.xlsx", "ExclusionLog")) == 1
    with start_windows([pc.interpreter, "-I", "-X", "utf8", "-c", LOCK, workbook, "300"]) as other:
        wait_for(other, "has it")
        assert python(pc, LOCK, workbook, "0") == ["locked"]
        other.kill()


def test_processes_are_known_by_name(pc: WindowsPc) -> None:
    assert python(pc, PROCESSES) == ["python.exe True False False"]


def test_the_first_of_a_name_holds_it_until_it_ends_and_is_called_by_the_second(pc: WindowsPc) -> None:
    with start_windows([pc.interpreter, "-I", "-X", "utf8", "-c", FIRST], stdin=subprocess.PIPE) as first:
        wait_for(first, "True False")
        assert python(pc, SECOND) == ["False True"]
        assert first.stdin is not None
        first.stdin.write(b"\n")
        first.stdin.flush()
        wait_for(first, "True False")
        first.wait(timeout=60)
    assert python(pc, SECOND) == ["True True"]


def test_a_window_can_belong_to_another_one_and_a_thread_have_an_apartment(pc: WindowsPc) -> None:
    assert python(pc, OWNED) == ["no apartment", "PyIShellLink", "True", "True None None"]


def test_an_export_in_the_code_page_of_windows_is_read_as_it_was_written(pc: WindowsPc, desktop: Path) -> None:
    file = desktop / "Export – Zoë.csv"
    file.write_bytes("Child ID,Forename,Reason\r\n1,Zoë,“home” – €5\r\n2,José,plain\r\n".encode("cp1252"))
    wanted = r"[['Child ID', 'Forename', 'Reason'], ['1', 'Zo\xeb', '\u201chome\u201d \u2013 \u20ac5'], "
    assert python(pc, READ, file) == [wanted + r"['2', 'Jos\xe9', 'plain']]"]
