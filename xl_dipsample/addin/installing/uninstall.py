"""Remove the ribbon: exactly what install put there. Workbooks, keys, snapshots, logs and Python itself stay."""

from __future__ import annotations

import stat
from pathlib import Path

from xl_dipsample.actions.running.action import action
from xl_dipsample.addin.installing import desk_entries, install_record, what_is_in_the_way
from xl_dipsample.addin.installing.computer import ADDIN_NAME, FUNCTIONS_NAME, RUN_KEY, RUN_NAME, Computer
from xl_dipsample.addin.installing.install import refuse_elsewhere, refuse_held
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.host import Ui


@action(
    "uninstall",
    "Remove the ribbon",
    "Takes away what install put there. Workbooks, keys and snapshots stay.",
    place=190,
)
class UninstallOptions:
    """Nothing to choose."""


def run(ui: Ui, options: UninstallOptions, computer: Computer | None = None) -> Result:  # noqa: ARG001
    """Remove add-ins, the desk's entries and the record. Raises InstallProblem, FileProblem: nothing changed then."""
    computer = computer or Computer.this()
    windows = computer.windows
    refuse_elsewhere(windows)
    addin = what_is_in_the_way.recorded_addin(computer) or windows.startup_folders()[0] / ADDIN_NAME
    functions = addin.with_name(FUNCTIONS_NAME)
    for one in (addin, functions):
        refuse_held(windows, one)
    result = Result("uninstall")
    removed = _removed(addin, "the add-in") + _removed(functions, "the worksheet functions")
    removed += _entries_removed(windows, result)
    try:
        removed += _removed(computer.link(), "the desk in the Start menu")
        removed += _removed(install_record.record_path(windows), "the install record")
    except FileProblem as problem:  # the add-in is gone already: say so, do not call it refused
        result.say("error", problem.code, problem.sentence)
    if removed:
        result.say("note", "removed", f"Removed: {', '.join(removed)}. Workbooks, keys, snapshots and logs stay.")
    else:
        result.say("note", "nothing-there", "The ribbon was not installed for this user; nothing was removed.")
    result.figures = {"removed": len(removed)}
    result.ok = not any(message.level == "error" for message in result.messages)
    return result


def _removed(file: Path, words: str) -> list[str]:
    """Remove one file; `words` when it was there. Raises FileProblem."""
    if not file.is_file():
        return []
    try:
        file.chmod(stat.S_IREAD | stat.S_IWRITE)
        file.unlink()
    except OSError:
        raise FileProblem(
            "cannot-remove", f"{file.name} cannot be removed: close Excel and try again, or ask IT to remove it."
        ) from None
    return [words]


def _entries_removed(windows: Windows, result: Result) -> list[str]:
    removed = []
    try:
        if desk_entries.remove(windows):
            removed.append("the desk's entries")
        if windows.delete_registry_value(RUN_KEY, RUN_NAME):  # of an earlier version
            removed.append("the log-on start")
    except OSError:
        result.say("error", "entries-stay", "The desk's registry entries could not be removed: ask IT to remove them.")
    return removed
