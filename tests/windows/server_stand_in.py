"""An automation server of one person, as the desk will be, for Windows Python: it answers, and does no work.

    python server_stand_in.py FILE      serves while the file is there; says "serving" when it can be reached

When it has ended, FILE.ended is there.
It registers its class object, so that CreateObject reaches it, and itself as the active object. No entry of pywin32's
own is needed in the registry: what CreateObject makes is said here.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pythoncom
import win32com.server.util
from win32com.server import policy

from tests.windows.server_stand_in_words import CLASS

AT_MOST = 300.0  # seconds


class Desk:
    """What is pressed is only repeated; while one is answered, another is busy."""

    _public_methods_ = ("Press", "Version")
    presses = 0

    def Press(self, action: str, window: int, workbook: str) -> str:  # noqa: N802 - as VBA calls it
        """Take a press."""
        Desk.presses += 1
        return f"taken {Desk.presses} {action} {window} {workbook}"

    def Version(self) -> str:  # noqa: N802
        """The version."""
        return "stand-in"


class _Made(policy.DesignatedWrapPolicy):
    """What CreateObject is given: pywin32 asks the registry for a Python class here, which we do not want there."""

    def _CreateInstance_(self, clsid: object, wanted: object) -> object:  # noqa: N802
        self._wrap_(Desk())
        return pythoncom.WrapObject(self, wanted)


def main() -> None:
    """Serve."""
    policy.DefaultPolicy = _Made
    pythoncom.CoInitialize()
    made = pythoncom.CoRegisterClassObject(
        CLASS, pythoncom.MakePyFactory(CLASS), pythoncom.CLSCTX_LOCAL_SERVER, pythoncom.REGCLS_MULTIPLEUSE
    )
    active = pythoncom.RegisterActiveObject(win32com.server.util.wrap(Desk()), CLASS, 0)
    if sys.stdout:  # pythonw has none
        sys.stdout.write("serving\n")
        sys.stdout.flush()
    wanted, end = Path(sys.argv[1]), time.monotonic() + AT_MOST
    while wanted.is_file() and time.monotonic() < end:
        pythoncom.PumpWaitingMessages()
        time.sleep(0.02)
    pythoncom.RevokeActiveObject(active)
    pythoncom.CoRevokeClassObject(made)
    wanted.with_name(f"{wanted.name}.ended").touch()


if __name__ == "__main__":
    main()
