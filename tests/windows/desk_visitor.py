"""The desk as another program of this person sees it: `visit(pc, script)` runs a script in a second Windows Python.

`desk()` plays VBA's GetObject(, NAME), which Wine's script engine lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.windows.pc import WindowsPc
from tests.windows.wine import LONG, run_windows, start_windows
from xl_dipsample.addin.installing.desk_entries import START_WORDS

VISITOR = """
import time, pythoncom, win32api, win32con, win32gui, win32process, win32com.client
from xl_dipsample.addin.installing.desk_entries import PROG_ID
from xl_dipsample.files.windows import Windows

pythoncom.CoInitialize()
computer = Windows()

def desk():
    try:
        return win32com.client.Dispatch(win32com.client.GetActiveObject(PROG_ID))
    except pythoncom.com_error:
        return None

def windows(title="Dip-sampling", kind="TkTopLevel"):
    found = []
    win32gui.EnumWindows(lambda one, _: found.append(one), None)
    return [one for one in found if called(one) == (title, kind)]

def called(window):
    try:
        return win32gui.GetWindowText(window), win32gui.GetClassName(window)
    except win32gui.error:  # closed since it was listed
        return "", ""

def wait(for_what, seconds=500):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := for_what():
            return found
        time.sleep(0.02)
    raise SystemExit("waited in vain")

def loaded(process, library):
    opened = win32api.OpenProcess(win32con.PROCESS_QUERY_INFORMATION | win32con.PROCESS_VM_READ, False, process)
    names = [win32process.GetModuleFileNameEx(opened, one) for one in win32process.EnumProcessModules(opened)]
    return any(library in one.casefold() for one in names)

def box():
    return wait(lambda: windows(kind="#32770"))[0]

def words_of(window):
    said = []
    win32gui.EnumChildWindows(window, lambda one, _: said.append(win32gui.GetWindowText(one)), None)
    return max(said, key=len).replace("\\n", " ")

def answer(window):
    win32gui.PostMessage(window, win32con.WM_COMMAND, win32con.IDOK, 0)
    wait(lambda: not win32gui.IsWindow(window))

def close():
    window = wait(windows)[0]
    process = computer.process_of_window(window)
    win32gui.PostMessage(window, win32con.WM_CLOSE, 0, 0)
    wait(lambda: not computer.process_running(process))
"""
GONE = "close(); print(desk(), windows())"


def visit(pc: WindowsPc, script: str) -> list[str]:
    """What a second Windows Python says that visits the desk."""
    done = run_windows([pc.interpreter, "-I", "-X", "utf8", "-c", f"{VISITOR}\n{script}"], timeout=LONG)
    assert done.code == 0, done.err
    return done.out.splitlines()


@contextmanager
def running(pc: WindowsPc) -> Iterator[None]:
    """The desk as the Start menu starts it; at the end a person closes it, and its process ends well."""
    with start_windows([pc.pythonw, *START_WORDS.split()]) as process:
        try:
            yield
            assert visit(pc, GONE) == ["None []"]
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
