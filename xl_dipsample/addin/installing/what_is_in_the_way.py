"""What can be in the way of the ribbon on a computer: one small function per thing, each with its sentence.

A finding never holds a folder or a user's name, only what a helper needs to know: doctor's report is sent to people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xl_dipsample.addin.installing import desk_entries, install_record
from xl_dipsample.addin.installing.computer import (
    ADDIN_NAME,
    OLDEST_PYTHON,
    Computer,
    Interpreter,
    dll_name,
    packaged_addin,
    python_words,
)
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.domain.shared.result import Level

OLDEST_EXCEL = 16  # 2016, and every one since


@dataclass(frozen=True)
class Finding:
    """One sentence: `error` stops the ribbon, `warning` a part of it, `note` is only to know."""

    level: Level
    code: str
    text: str


Check = Callable[[Computer], Iterator[Finding]]


def whose_python(here: Interpreter) -> str:
    """Which Python is in use, as far as it can be known: nobody can tell who installed the one on the computer.

    >>> whose_python(Interpreter(Path("python.exe"), Path("pythonw.exe"), (), came_along=True))
    'the one that came with the bundle'
    """
    if here.came_along:
        return "the one that came with the bundle"
    if here.from_store:
        return "from the Microsoft Store"
    return "in an environment of its own, made from one that is installed here" if here.apart else "installed here"


def python_is_fit(computer: Computer) -> Iterator[Finding]:
    """Version, bitness, where it comes from, and the parts that buttons need."""
    here = computer.interpreter
    yield Finding("note", "python", f"Python {python_words(here)}, {here.bits}-bit, {whose_python(here)}.")
    if here.version[:2] < OLDEST_PYTHON:
        yield Finding("error", "python-old", f"Python is {python_words(here)}: install 3.11 or later.")
    if here.bits != 64:
        yield Finding("error", "python-32-bit", "Python is 32-bit: install the 64-bit one, whatever Excel is.")
    if here.from_store:
        yield Finding(
            "error",
            "python-from-store",
            "Python comes from the Microsoft Store, and Windows hides from Excel what such a Python writes: "
            "install the one from python.org, or your council's own package.",
        )
    if here.for_user:
        yield Finding(
            "error",
            "for-user",
            "xl_dipsample was installed with pip's --user, which the buttons do not see: install it in an environment "
            "of its own, as install.cmd does.",
        )
    if not here.pythonw.is_file():
        yield Finding(
            "error",
            "no-pythonw",
            "There is no pythonw.exe beside python.exe: install Python again, with all its parts.",
        )
    if not here.dialogs:
        yield Finding(
            "warning",
            "no-dialogs",
            'Python shows no windows (tkinter is missing or broken): the desk cannot open. Add "tcl/tk" to Python.',
        )


def excel_is_fit(computer: Computer) -> Iterator[Finding]:
    """Version and bitness."""
    version = computer.windows.excel_version()
    if version is None:
        yield Finding(
            "warning", "no-excel", "Excel was not found on this computer: the ribbon needs Excel 2016 or later."
        )
        return
    yield Finding("note", "excel", f"Excel {version}, {computer.windows.excel_bits() or 'unknown'}-bit.")
    number = version.partition(".")[0]
    if number.isdigit() and int(number) < OLDEST_EXCEL:
        yield Finding("error", "excel-old", f"Excel's version is {version}: the ribbon needs 16 (Excel 2016) or later.")


def dll_is_there(computer: Computer) -> Iterator[Finding]:
    """The DLL through which worksheet functions reach Python; the buttons do not need it."""
    bits = computer.windows.excel_bits() or 64
    found = computer.dll()
    if found is None:
        yield Finding(
            "warning",
            "no-dll",
            f"{dll_name(bits)} is not beside Python: the buttons work, worksheet functions do not. "
            "Install xl_dipsample again.",
        )
    elif computer.windows.file_bits(found) != bits:
        yield Finding(
            "error", "dll-bits", f"{found.name} is not made for {bits}-bit Excel: install xl_dipsample again."
        )
    elif computer.windows.marked(found):
        yield Finding(
            "warning", "dll-marked", f"Windows marked {found.name} as downloaded: in its Properties, tick Unblock."
        )
    elif computer.windows.excel_bits() == 32:
        yield Finding("note", "excel-32-bit", "Excel is 32-bit and Python 64-bit: that works, with the 32-bit DLL.")


def functions_find_their_dll(computer: Computer) -> Iterator[Finding]:
    """The DLL, where the worksheet functions are installed."""
    try:
        record = install_record.read(computer.windows)
    except FileProblem:
        return
    if record is not None and record.functions:
        yield from dll_is_there(computer)


def record_is_current(computer: Computer) -> Iterator[Finding]:
    """The install record: there, whole, of this version, and its Python still where it was."""
    again = "run dipsample install again."
    try:
        record = install_record.read(computer.windows)
    except FileProblem as problem:
        yield Finding("error", problem.code, problem.sentence)
        return
    if record is None:
        yield Finding("warning", "not-installed", "The ribbon is not installed for this user: run dipsample install.")
        return
    if not Path(record.python).is_file() or not Path(record.pythonw).is_file():
        yield Finding("error", "python-moved", f"The ribbon's Python was moved or removed: {again}")
    elif Path(record.python) != computer.interpreter.python:
        yield Finding(
            "warning", "other-python", "The ribbon uses another Python than this one; if that is wrong, " + again
        )
    if record.dll and not Path(record.dll).is_file():
        yield Finding("warning", "dll-moved", f"The xlwings DLL that worksheet functions need was moved: {again}")
    if record.version != computer.version:
        age = "older" if _number(record.version) < _number(computer.version) else "newer"
        yield Finding(
            "warning",
            f"addin-{age}",
            f"The ribbon was installed by version {record.version}, which is {age} than {computer.version}: {again}",
        )


def addin_is_in_place(computer: Computer) -> Iterator[Finding]:
    """The add-in: where install put it, the one of this version, not blocked, not switched off, not twice."""
    windows, shipped = computer.windows, packaged_addin()
    if not shipped.is_file():
        yield Finding("error", "addin-missing", f"{ADDIN_NAME} is missing here: install xl_dipsample again.")
    place = recorded_addin(computer)
    if place is not None:
        yield from _placed(computer, place, shipped)
    others = {folder / ADDIN_NAME for folder in windows.startup_folders()} - {place}
    if any(other.is_file() for other in others):
        where = "another of Excel's start-up folders too" if place else "Excel's start-up folder, put there by somebody"
        yield Finding("warning", "addin-twice", f"{ADDIN_NAME} lies in {where}: remove that one, and install again.")
    if _is_disabled(computer):
        yield Finding(
            "error",
            "addin-disabled",
            "Excel switched the add-in off after a crash: File, Options, Add-ins, Manage: Disabled Items, Go, Enable.",
        )


def _placed(computer: Computer, place: Path, shipped: Path) -> Iterator[Finding]:
    if not place.is_file():
        yield Finding("error", "addin-gone", f"{ADDIN_NAME} is no longer where install put it: run dipsample install.")
        return
    if computer.windows.marked(place):
        yield Finding(
            "error",
            "addin-marked",
            f"Windows marked {ADDIN_NAME} as downloaded, so Excel blocks it: run dipsample install.",
        )
    if shipped.is_file() and place.stat().st_size and place.read_bytes() != shipped.read_bytes():
        yield Finding(
            "warning",
            "addin-other",
            f"The installed {ADDIN_NAME} is not that of this version (a signature counts too).",
        )


def others_do_not_clash(computer: Computer) -> Iterator[Finding]:
    """Another xlwings add-in, in a start-up folder or in the registry's OPEN values."""
    windows = computer.windows
    found = {
        path.name
        for folder in windows.startup_folders()
        if folder.is_dir()
        for path in folder.glob("*.xla*")
        if "xlwings" in path.name.casefold()
    }
    for name, value in windows.registry_values(windows.excel_key("Options")).items():
        if name.upper().startswith("OPEN") and isinstance(value, str) and "xlwings" in value.casefold():
            found.add("an xlwings add-in from Excel's list")
    for name in sorted(found):
        yield Finding(
            "warning",
            "addin-clash",
            f"Excel also loads {name}: if a button does not answer, switch that one off under File, Options, Add-ins.",
        )


def desk_is_known(computer: Computer) -> Iterator[Finding]:
    """Whether the ribbon and the person find the desk."""
    again = "run dipsample install again."
    if not desk_entries.are_current(computer.interpreter.pythonw, computer.windows):
        yield Finding("error", "desk-unknown", f"The ribbon does not find the desk of this Python: {again}")
    if not computer.link().is_file():
        yield Finding("warning", "no-start-menu", f"The desk is not in your Start menu: {again}")


def onedrive_is_known(computer: Computer) -> Iterator[Finding]:
    """How many libraries OneDrive keeps in step, and whether our own folder lies in one."""
    roots = computer.windows.sync_roots()
    yield Finding("note", "onedrive", f"Libraries that OneDrive keeps in step here: {len(roots)}.")
    ours = computer.windows.local_data()
    if any(root.folder in ours.parents for root in roots):
        yield Finding(
            "warning",
            "data-synced",
            "The local data folder is kept in step by OneDrive: snapshots would leave this PC.",
        )


def recorded_addin(computer: Computer) -> Path | None:
    """Where the record says that the add-in lies; None without a record that can be read."""
    try:
        record = install_record.read(computer.windows)
    except FileProblem:
        return None
    return Path(record.addin) if record and record.addin else None


def _is_disabled(computer: Computer) -> bool:
    """Excel keeps what it switched off as bytes that hold the path."""
    values = computer.windows.registry_values(computer.windows.excel_key(r"Resiliency\DisabledItems"))
    return any(
        isinstance(value, bytes) and ADDIN_NAME in value.decode("utf-16-le", "ignore").casefold()
        for value in values.values()
    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
