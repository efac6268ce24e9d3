"""A simulated PC with Excel, a Python and the xlwings DLL, in a temporary folder whose name is not plain."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from tests.simulated_windows import SimulatedWindows, fake_program
from xl_dipsample.addin.installing.computer import ADDIN_NAME, Computer, Interpreter, dll_name

SECURITY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
OWN_SETTINGS = r"HKCU\Software\Microsoft\Office\16.0\Excel"


def computer(home: Path, *, excel_bits: int | None = 64, package: str = "0.1.0", **python: Any) -> Computer:
    """A PC where nothing is in the way. `python` changes the Interpreter."""
    home = home / "Zoë O'Neil & Søn (PC)"
    windows = SimulatedWindows(home, excel_bits=excel_bits)
    folder = home / "AppData" / "Local" / "xl_dipsample" / "python"
    here = Interpreter(folder / "Scripts" / "python.exe", folder / "Scripts" / "pythonw.exe", (folder,))
    here.python.parent.mkdir(parents=True)
    for program in (here.python, here.pythonw):
        program.write_bytes(fake_program(64))
    for bits in (32, 64):
        (folder / dll_name(bits)).write_bytes(fake_program(bits))
    return Computer(windows, dataclasses.replace(here, **python), package)


def simulated(pc: Computer) -> SimulatedWindows:
    """The Windows of that PC, to change it."""
    assert isinstance(pc.windows, SimulatedWindows)
    return pc.windows


def installed_addin(pc: Computer) -> Path:
    """Where the add-in lies when nothing else was said."""
    return pc.windows.roaming() / "Microsoft" / "Excel" / "XLSTART" / ADDIN_NAME


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, as it is."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
