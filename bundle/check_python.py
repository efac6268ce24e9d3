"""Run by install.cmd with the Python that it found: is it one for which this bundle was made? Exit code 0 or 1."""

import importlib.util
import struct
import sys

VERSIONS = "@PYTHONS@"


def problem() -> str:
    """One sentence, or '' when this Python will do. Runs on older Pythons too."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if here not in VERSIONS.split(", "):
        return f"This Python is version {here}; the bundle is made for {VERSIONS}."
    if struct.calcsize("P") != 8:
        return "This Python is 32-bit; the bundle needs a 64-bit one."
    if "\\windowsapps\\" in (sys.base_prefix + "\\").lower():
        return "This Python comes from the Microsoft Store, and Excel would not see what it installs; use another one."
    missing = [
        part for name, part in (("venv", "venv"), ("ensurepip", "pip")) if importlib.util.find_spec(name) is None
    ]
    if not shows_windows():
        missing.append("tcl/tk")
    if missing:
        return f"This Python was installed without {missing[0]} (the embeddable zip has none); use a full installation."
    return ""


def shows_windows() -> bool:
    """Whether tcl/tk is there and works: in some Pythons it is there and does not."""
    try:
        import tkinter as tk

        tk.Tcl()
    except Exception:
        return False
    return True


sys.exit(problem() or 0)
