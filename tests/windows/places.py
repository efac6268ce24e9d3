"""Where the Windows Python of the tests lies: outside the checkout, so that every checkout uses the same one."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# asked before the tests move the user's folders away
CACHE = Path(os.environ.get("DIPSAMPLE_WINDOWS") or Path.home() / ".cache" / "xl_dipsample-windows")
DOWNLOADS, WHEELS, PYTHON, PREFIX = (CACHE / name for name in ("downloads", "wheels", "python", "prefix"))
STAMP = CACHE / "made from.txt"
SYSTEM = PREFIX / "drive_c" / "windows" / "system32"
SHARES = PREFIX / "dosdevices" / "unc"  # Wine's own way: SHARES/server/share is \\server\share
# Microsoft's C library, since Wine's lacks what numpy calls; no Windows management, whose answers Wine 8 cannot
# read; no debugger, no .NET, no browser, no entries in this computer's menus
OVERRIDES = "ucrtbase=n,b;wbemprox=;winedbg.exe=;mscoree=;mshtml=;winemenubuilder.exe="


def environment(**more: str) -> dict[str, str]:
    """The variables of this computer that a program under Wine gets, and `more`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DISPLAY", "TMPDIR") if name in os.environ}
    ours = {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": OVERRIDES, "LANG": "C.UTF-8"}
    return {**kept, **ours, **more}
