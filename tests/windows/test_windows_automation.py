r"""An automation server under HKCU\Software\Classes, LocalServer32 alone, is reached by scripts and by Python."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows.pc import WindowsPc
from tests.windows.server_stand_in_words import CLASS, NAME
from tests.windows.wine import cscript, share_classes, start_windows, to_windows, wait_for

pytestmark = pytest.mark.windows

SERVER = Path(__file__).with_name("server_stand_in.py")
KEYS = (rf"CLSID\{CLASS}", NAME)
SCRIPT = f"""On Error Resume Next
Set desk = CreateObject("{NAME}")
If Err.Number <> 0 Then
  WScript.Echo "not to be had"
  WScript.Quit
End If
WScript.Echo desk.Version
WScript.Echo desk.Press("screen", 4711, "C:\\a folder\\review.xlsx")
desk.Run "x"
If Err.Number <> 0 Then WScript.Echo "no such thing"
"""
OTHER_PYTHON = (
    "import pythoncom, win32com.client as c; pythoncom.CoInitialize();"
    f"d = c.Dispatch(c.GetActiveObject('{NAME}')); print(d.Version(), d.Press('narrow', 1, 'w.xlsx'))"
)
"""pythoncom.GetActiveObject plays VBA's GetObject(, NAME), which Wine's script engine lacks."""


@pytest.fixture
def serving(desktop: Path) -> Iterator[Path]:
    """The file while which the server serves; afterwards it has ended."""
    file = desktop / "serve"
    file.touch()
    yield file
    file.unlink()
    ended, late = desktop / "serve.ended", time.monotonic() + 60
    while not ended.exists():
        assert time.monotonic() < late
        time.sleep(0.1)


@pytest.fixture
def registered(pc: WindowsPc, serving: Path) -> Iterator[WindowsPc]:
    """The server is registered for this user, as a program with its full quoted path."""
    command = f'"{to_windows(pc.interpreter)}" -I -X utf8 "{to_windows(SERVER)}" "{to_windows(serving)}"'
    classes = r"HKCU\Software\Classes"
    entries = (
        (rf"{classes}\CLSID\{CLASS}\LocalServer32", command),
        (rf"{classes}\CLSID\{CLASS}\ProgID", NAME),
        (rf"{classes}\{NAME}\CLSID", CLASS),
    )
    write = (
        "import sys; from xl_dipsample.files.windows import Windows;"
        "[Windows().set_registry_value(k, '', v) for k, v in zip(sys.argv[1::2], sys.argv[2::2])]"
    )
    done = pc.python("-c", write, *[word for entry in entries for word in entry])
    assert done.code == 0, done.err
    share_classes(KEYS)
    yield pc
    for key in KEYS:
        pc.remove_key(rf"{classes}\{key}")
    share_classes(KEYS)


def test_a_script_starts_the_server_and_presses(registered: WindowsPc) -> None:
    assert cscript(SCRIPT) == ["stand-in", r"taken 1 screen 4711 C:\a folder\review.xlsx", "no such thing"]


def test_a_running_server_is_the_one_that_answers(registered: WindowsPc, serving: Path) -> None:
    with start_windows([registered.interpreter, "-I", "-X", "utf8", SERVER, serving]) as server:
        wait_for(server, "serving")
        assert registered.python("-c", OTHER_PYTHON).out == "stand-in taken 1 narrow 1 w.xlsx\n"
        assert cscript(SCRIPT)[1] == r"taken 2 screen 4711 C:\a folder\review.xlsx"
        serving.rename(serving.with_name("no longer"))  # the server ends
        server.wait(timeout=60)
        serving.touch()


def test_without_its_entries_nothing_is_reached(pc: WindowsPc) -> None:
    assert cscript(SCRIPT) == ["not to be had"]
