"""The computer as install and doctor see it: this Python, the xlwings DLL, the add-in and its places."""

from __future__ import annotations

import importlib.metadata
import platform
import site
import sys
from dataclasses import dataclass
from pathlib import Path

from xl_dipsample import __version__
from xl_dipsample.domain.shared import reference
from xl_dipsample.files.windows import Windows

ADDIN_NAME = "dip_sampling.xlam"
FUNCTIONS_NAME = "dip_sampling_functions.xlam"
LINK_NAME = "Dip-sampling.lnk"
CAME_ALONG = "came with the bundle.txt"  # beside python.exe, where the bundle with its own Python put both
RUN_KEY, RUN_NAME = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run", "xl_dipsample"  # of earlier versions
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Interpreter:
    """The Python of the desk.

    `folders` are the places where pip may have put the xlwings DLL; `dialogs`: it shows windows; `for_user`: we were
    installed with pip's --user, which the buttons' Python does not look at; `came_along`: in the bundle's own folder;
    `apart`: in an environment of its own, as install.cmd makes one.
    """

    python: Path
    pythonw: Path
    folders: tuple[Path, ...]
    version: tuple[int, ...] = (3, 11)
    bits: int = 64
    dialogs: bool = True
    from_store: bool = False
    for_user: bool = False
    came_along: bool = False
    apart: bool = False

    @classmethod
    def this(cls) -> Interpreter:
        """The one that runs now."""
        python = Path(sys.executable)
        return cls(
            python=python,
            pythonw=python.with_name("pythonw.exe"),
            folders=(Path(sys.prefix), python.parent),
            version=sys.version_info[:3],
            bits=64 if sys.maxsize > 2**32 else 32,
            dialogs=shows_windows(),
            from_store=is_from_store(sys.base_prefix),
            for_user=_lies_below(site.getusersitepackages(), Path(__file__)),
            came_along=python.with_name(CAME_ALONG).is_file(),
            apart=sys.prefix != sys.base_prefix,
        )


@dataclass(frozen=True)
class Computer:
    """Windows, the Python that runs, and the version of this package."""

    windows: Windows
    interpreter: Interpreter
    version: str = __version__

    @classmethod
    def this(cls) -> Computer:
        """The one that we are on."""
        return cls(Windows(), Interpreter.this())

    def dll(self) -> Path | None:
        """The xlwings DLL that this Excel loads for worksheet functions; None when it is not there.

        Excel loads a DLL of its own bitness; Python runs beside it as a process of its own, so its bitness is free.
        """
        name = dll_name(self.windows.excel_bits() or 64)
        return next((folder / name for folder in self.interpreter.folders if (folder / name).is_file()), None)

    def link(self) -> Path:
        """Where the desk stands in this user's Start menu."""
        return self.windows.start_menu() / LINK_NAME


def shows_windows() -> bool:
    """Whether this Python can show windows.

    Some have tkinter and no Tcl that starts: Python 3.13.0 in a virtual environment, for one.
    """
    try:
        from tkinter import Tcl

        Tcl()
    except Exception:  # ImportError, or Tcl's own error, whose class comes with the import
        return False
    return True


def dll_name(bits: int) -> str:
    """The file name of the xlwings DLL, which carries the version.

    >>> dll_name(64).startswith("xlwings64-")
    True
    """
    return f"xlwings{bits}-{importlib.metadata.version('xlwings')}.dll"


def packaged_addin(name: str = ADDIN_NAME) -> Path:
    """An add-in that this package ships."""
    return reference.template_folder() / name


def is_from_store(prefix: str) -> bool:
    r"""Whether a Python comes from the Microsoft Store.

    Windows keeps what such a Python writes to the local data folder where Excel does not see it.

    >>> is_from_store(r"C:\\Program Files\\WindowsApps\\PythonSoftwareFoundation.Python.3.11_1_x64__qbz5n2kfra8p0")
    True
    """
    return "\\windowsapps\\" in f"{prefix}\\".casefold().replace("/", "\\")


def _lies_below(folder: str, path: Path) -> bool:
    return Path(folder).resolve() in path.resolve().parents


def python_words(interpreter: Interpreter) -> str:
    """Its version as people write it: '3.11.4'."""
    return ".".join(str(part) for part in interpreter.version) or platform.python_version()
