"""Install the ribbon and the desk, all or nothing: the add-in where this user's Excel loads it, the desk itself.

The desk stands in the Start menu, and Windows is told how to find it when the ribbon asks.
Without an administrator, for this user alone.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Callable
from pathlib import Path

from xl_dipsample.actions.running.action import action, option
from xl_dipsample.addin.installing import desk_entries, install_record, policies, what_is_in_the_way
from xl_dipsample.addin.installing.computer import (
    ADDIN_NAME,
    FUNCTIONS_NAME,
    RUN_KEY,
    RUN_NAME,
    Computer,
    packaged_addin,
)
from xl_dipsample.addin.installing.install_record import InstallProblem, InstallRecord
from xl_dipsample.addin.installing.what_is_in_the_way import Finding
from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.host import Ui

AskExcel = Callable[[Windows], Path | None]

# Looked at before anything changes: an error of one of these refuses.
BEFORE = (what_is_in_the_way.python_is_fit, what_is_in_the_way.excel_is_fit)
FOR_FUNCTIONS = (what_is_in_the_way.dll_is_there,)
# Looked at when the add-in is in place: what a person or IT still has to do.
AFTER = (
    what_is_in_the_way.record_is_current,
    what_is_in_the_way.addin_is_in_place,
    what_is_in_the_way.others_do_not_clash,
    policies.macros_may_run,
    policies.defender_lets_functions_work,
)


@action(
    "install",
    "Install the ribbon",
    "Puts the desk into this user's Start menu and the add-in where Excel loads it. Needs no administrator.",
    place=180,
)
class InstallOptions:
    """`functions`: also the worksheet functions; `xlstart`: the folder, when Excel's own cannot be used."""

    functions: bool = option("also the add-in with worksheet functions, which calls Windows by a DLL", default=False)
    xlstart: Path | None = option("the folder from which this user's Excel loads add-ins", default=None)


def startup_path_of_excel(windows: Windows) -> Path | None:
    """XLSTART as a running Excel names it; None when none runs or it does not answer."""
    if not windows.excel_running():
        return None
    import xlwings

    try:
        app = xlwings.apps.active
        return Path(app.startup_path) if app and app.startup_path else None
    except Exception:  # a busy Excel answers with errors of many kinds; the known place will do
        return None


def run(
    ui: Ui,
    options: InstallOptions,
    computer: Computer | None = None,
    ask_excel: AskExcel = startup_path_of_excel,
) -> Result:
    """Put the add-in in place and write the record. Raises InstallProblem, FileProblem: nothing changed then."""
    computer = computer or Computer.this()
    result = Result("install")
    refuse_elsewhere(computer.windows)
    before = (*BEFORE, *FOR_FUNCTIONS) if options.functions else BEFORE
    findings = [finding for check in before for finding in check(computer)]
    refused = next((finding for finding in findings if finding.level == "error"), None)
    if refused:
        raise InstallProblem(refused.code, refused.text)
    folder = _folder(options, computer.windows, ask_excel)
    target = folder / ADDIN_NAME
    ui.progress("Putting the add-in in place")
    names = (ADDIN_NAME, FUNCTIONS_NAME) if options.functions else (ADDIN_NAME,)
    _put({folder / name: _packaged(name) for name in names}, computer)
    with contextlib.suppress(OSError):  # what an earlier version started at log-on
        computer.windows.delete_registry_value(RUN_KEY, RUN_NAME)
    _put_into_start_menu(computer, result)
    findings += [finding for check in AFTER for finding in check(computer)]
    findings += _loaded_from(target.parent, computer.windows, asked=options.xlstart is None)
    _report(result, findings, computer, target)
    return result


def refuse_elsewhere(windows: Windows) -> None:
    """Raise InstallProblem on a computer that is not Windows."""
    if not windows.is_windows():
        raise InstallProblem("not-windows", "The ribbon needs Excel on Windows: run this on a Windows PC.")


def refuse_held(windows: Windows, addin: Path) -> None:
    """Raise FileProblem while a program, as a rule Excel, has the add-in open."""
    if windows.held(addin):
        raise FileProblem("excel-open", f"Excel has {addin.name} open: close every Excel window, then try again.")


def _packaged(name: str) -> bytes:
    try:
        return packaged_addin(name).read_bytes()
    except OSError:
        raise InstallProblem("addin-missing", f"{name} is missing here: install xl_dipsample again.") from None


def _folder(options: InstallOptions, windows: Windows, ask_excel: AskExcel) -> Path:
    """The folder that was named, or that a running Excel names, or XLSTART where it always is."""
    if options.xlstart is not None:
        if not options.xlstart.is_dir():
            raise FileProblem("no-such-folder", "There is no folder of the name that --xlstart gives: check it.")
        return options.xlstart.absolute()
    return ask_excel(windows) or windows.startup_folders()[0]


def _loaded_from(folder: Path, windows: Windows, *, asked: bool) -> list[Finding]:
    if asked or folder in windows.startup_folders():
        return []
    text = "Excel does not start with that folder: enter it under File, Options, Advanced, General, At startup."
    return [Finding("warning", "not-start-up", text)]


def _put(addins: dict[Path, bytes], computer: Computer) -> None:
    """The add-ins, the record and the desk's entries, all or nothing; what another install put elsewhere goes."""
    windows, here = computer.windows, computer.interpreter
    earlier = _of_earlier(computer)
    for file in {*addins, *earlier}:
        refuse_held(windows, file)
    path = install_record.record_path(windows)
    before = {file: file.read_bytes() if file.is_file() else None for file in (path, *addins)}
    ribbon, functions = (next((str(f) for f in addins if f.name == name), "") for name in (ADDIN_NAME, FUNCTIONS_NAME))
    dll = str(computer.dll() or "") if functions else ""
    record = InstallRecord(str(here.python), str(here.pythonw), computer.version, dll, ribbon, functions)
    known = desk_entries.kept(windows)
    made = _make(Path(ribbon).parent, windows)
    try:
        install_record.write(record, windows)
        for target, addin in addins.items():
            _replace(addin, target, windows)
        _register(here.pythonw, windows)
    except BaseException:
        for file, data in before.items():
            _put_back(data, file)
        desk_entries.put_back(known, windows)
        for folder in made:
            folder.rmdir()
        raise
    for target in addins:
        windows.unmark(target)
    for file in earlier - set(addins):
        with contextlib.suppress(OSError):  # doctor names a second copy that Excel would load
            file.unlink()


def _of_earlier(computer: Computer) -> set[Path]:
    """The add-ins that an earlier install put somewhere."""
    try:
        record = install_record.read(computer.windows)
    except FileProblem:
        return set()
    return {Path(one) for one in (record.addin, record.functions) if one} if record else set()


def _register(pythonw: Path, windows: Windows) -> None:
    try:
        desk_entries.write(pythonw, windows)
    except OSError:
        raise InstallProblem(
            "desk-not-known",
            "Your own registry entries (HKCU, Software, Classes) may not be written, so the ribbon could not find the "
            "desk: ask IT to allow it.",
        ) from None


def _put_into_start_menu(computer: Computer, result: Result) -> None:
    try:
        computer.windows.make_link(
            computer.link(), computer.interpreter.pythonw, desk_entries.START_WORDS, desk_entries.WORDS
        )
    except OSError:
        result.say(
            "warning", "no-start-menu", "The desk could not be put into the Start menu: your IT department's rules "
            "keep it. The ribbon opens the desk all the same."
        )  # fmt: skip


def _replace(addin: bytes, target: Path, windows: Windows) -> None:
    try:
        if target.is_file():
            target.chmod(stat.S_IREAD | stat.S_IWRITE)  # a file marked read-only cannot be replaced on Windows
        replace_file(addin, target)
    except (DipSampleError, OSError):
        raise _cannot_write(windows) from None


def _put_back(data: bytes | None, path: Path) -> None:
    with contextlib.suppress(OSError, DipSampleError):
        if data is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != data:
            replace_file(data, path)


def _make(folder: Path, windows: Windows) -> list[Path]:
    """Make a folder and what is missing above it. Returns what was made, the deepest first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise _cannot_write(windows) from None
    return missing


def _cannot_write(windows: Windows) -> FileProblem:
    others = windows.startup_folders()[1:]
    hint = " (Excel knows a second start-up folder on this PC)" if others else ""
    return FileProblem(
        "xlstart-locked",
        f"{ADDIN_NAME} cannot be written to Excel's start-up folder: close Excel and try again, ask IT for the right "
        f"to write there, or name another folder with --xlstart{hint}.",
    )


def _report(result: Result, findings: list[Finding], computer: Computer, target: Path) -> None:
    result.files.append(str(target))
    result.figures = {"version": computer.version, "excel_running": computer.windows.excel_running()}
    for finding in findings:
        if finding.level != "note":
            result.say(finding.level, finding.code, finding.text)
    result.ok = not any(message.level == "error" for message in result.messages)
    again = "Close Excel and start it again" if result.figures["excel_running"] else "Start Excel"
    result.say("note", "installed", f"The add-in and the desk are in place. {again}: there is a tab Dip-sampling.")
