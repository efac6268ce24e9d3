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
    for name, part in (("venv", "venv"), ("ensurepip", "pip"), ("tkinter", "tcl/tk")):
        if importlib.util.find_spec(name) is None:
            return f"This Python was installed without {part} (the embeddable zip has none); use a full installation."
    return ""


sys.exit(problem() or 0)
