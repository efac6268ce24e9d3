"""The object that the ribbon asks: Press and Version, and nothing else. On Windows alone.

Press takes a button's id, the handle of Excel's window and the full name of the workbook, and answers taken, busy or
other version at once. No path, option or answer comes in, and no figure, name or file goes out: any macro of this
user can call it, and can at most raise a window that a person cancels.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from xl_dipsample import __version__
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk.presses import BUSY, OTHER_VERSION, Press
from xl_dipsample.addin.installing.desk_entries import CLASS_ID
from xl_dipsample.files.windows import Windows

LONGEST_NAME = 1024  # characters of a workbook's full name; Excel itself ends far below


class Asked:
    """What a macro sees of the desk. `press` must answer at once."""

    _public_methods_ = ("Press", "Version")

    def __init__(self, press: Callable[[Press], str], windows: Windows) -> None:
        self._press, self._windows = press, windows

    def Press(self, action: object = "", window: object = 0, workbook: object = "") -> str:  # noqa: N802 - VBA's style
        """Queue a press: "taken", "busy", or "other version" when there is no such button."""
        if not isinstance(action, str) or action not in {one.id for one in registry.ACTIONS if one.button}:
            return OTHER_VERSION
        name = workbook if isinstance(workbook, str) and len(workbook) <= LONGEST_NAME else ""
        process = self._windows.process_of_window(window) if isinstance(window, int) else None
        if process is None or not self._windows.excel_running(process):
            return BUSY  # no window of an Excel of this session: nothing that could be pressed
        return self._press(Press(action, process, name))

    def Version(self) -> str:  # noqa: N802
        """The version of this desk: the ribbon's has to be the same."""
        return __version__


class Server:
    """Answers on a thread of its own from `start` to `end`, whatever the rest of the desk does."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._thread = threading.Thread(target=self._serve, name="automation", daemon=True)
        self._there = threading.Event()
        self._id = 0

    def start(self, seconds: float = 20.0) -> None:
        """Be there for the ribbon when this returns."""
        self._thread.start()
        self._there.wait(seconds)

    def end(self) -> None:
        """Be there no more."""
        import win32api
        import win32con

        if self._thread.is_alive():
            win32api.PostThreadMessage(self._id, win32con.WM_QUIT, 0, 0)
            self._thread.join(5.0)

    def _serve(self) -> None:
        try:
            self._answer()
        finally:
            self._there.set()  # also where Windows lets nothing be reached: the desk opens at once all the same

    def _answer(self) -> None:
        import pythoncom
        import win32api
        from win32com.server import policy
        from win32com.server.util import wrap

        pythoncom.CoInitialize()
        self._id = win32api.GetCurrentThreadId()
        # pywin32 hands out no object of ours as IClassFactory. Its own factory calls this, which otherwise asks the
        # registry for a Python class, a policy and folders for Python's path: here it gives the one object.
        policy.CreateInstance = lambda _, interface: wrap(self._asked, interface)
        factory, many_uses, strong = pythoncom.MakePyFactory(CLASS_ID), 1, 0
        registered = pythoncom.CoRegisterClassObject(CLASS_ID, factory, pythoncom.CLSCTX_LOCAL_SERVER, many_uses)
        active = pythoncom.RegisterActiveObject(wrap(self._asked), CLASS_ID, strong)
        self._there.set()
        try:
            pythoncom.PumpMessages()
        finally:
            pythoncom.RevokeActiveObject(active)
            pythoncom.CoRevokeClassObject(registered)
            # COM is left to the end of the process: undone here and by the presses at once, each can wait for the other
