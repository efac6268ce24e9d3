"""Debian's `uno` module in this Python, without its folder on Python's path."""

from __future__ import annotations

import builtins
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

_DEBIAN = Path("/usr/lib/python3/dist-packages/uno.py")
_BRIDGE = Path("/usr/lib/libreoffice/program/libpyuno.so")


class CannotRun(Exception):
    """Why no live LibreOffice can be had here, in one sentence."""


def load() -> ModuleType:
    """The module `uno`. Raises CannotRun."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    if not _DEBIAN.exists():
        raise CannotRun("Python's bridge to LibreOffice is not here. On Debian or Ubuntu: apt-get install python3-uno.")
    check_version()
    spec = importlib.util.spec_from_file_location("uno", _DEBIAN)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    ordinary, path = builtins.__import__, list(sys.path)
    sys.modules["uno"] = module  # its compiled part asks for it by name
    try:
        spec.loader.exec_module(module)
    except (ImportError, AttributeError) as error:
        del sys.modules["uno"]
        raise CannotRun("Python's bridge to LibreOffice (python3-uno) is here but does not load.") from error
    finally:
        builtins.__import__ = ordinary  # it hooks itself into every import of this process
        sys.path[:] = path
    return module


def check_version(mine: tuple[int, int] = sys.version_info[:2]) -> None:
    """Raise CannotRun when the bridge is made for another Python: loading it would end this process."""
    made_for = re.search(rb"libpython(\d+)\.(\d+)", _BRIDGE.read_bytes()) if _BRIDGE.exists() else None
    if made_for and tuple(int(part) for part in made_for.groups()) != mine:
        theirs = ".".join(part.decode() for part in made_for.groups())
        raise CannotRun(
            f"Python's bridge to LibreOffice (python3-uno) is made for Python {theirs} and this is Python"
            f" {'.'.join(str(part) for part in mine)}. Make the environment with the Python of the system: make clean;"
            " make PYTHON=/usr/bin/python3 test."
        )


if __name__ == "__main__":
    try:
        load()
    except CannotRun as reason:
        sys.exit(str(reason))
