"""Runs one action on a closed file: open, act, save. The command line and the demo use it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from xl_dipsample import __version__
from xl_dipsample.actions.registry import Action
from xl_dipsample.actions.result import Result
from xl_dipsample.domain.errors import DipSampleError, WorkbookProblem
from xl_dipsample.privacy import audit
from xl_dipsample.workbook.filehost import FileHost
from xl_dipsample.workbook.host import Ui

KIND_WORDS = {"working": "working workbook", "review": "review workbook", "release": "release copy"}


def run_on_file(action: Action, workbook: Path, options: Any, ui: Ui) -> Result:
    """Run an action that has a subject on the workbook at `workbook` and save it. Raises DipSampleError."""
    host = FileHost.open(workbook, ui)
    if host.kind != action.subject:
        wanted = KIND_WORDS[str(action.subject)]
        raise WorkbookProblem(
            "wrong-kind",
            f"{workbook.name} is a {KIND_WORDS[host.kind]}; {action.label} needs the {wanted}: choose that.",
        )
    if host.kind == "working":
        audit.head(audit.log_path(host.path))  # a log that cannot be read is refused before anything changes
    with host.transaction():
        result = action.load()(host, options)
    host.save()
    if host.kind == "working":
        log_action(host.path, action.id, result)
    return result


def log_action(workbook: Path, action: str, result: Result) -> None:
    """One line in the audit log beside a working workbook: counts and versions, no case data."""
    counts = {name: value for name, value in result.figures.items() if type(value) is int}
    entry = audit.Entry(_user(), action, counts, {"xl_dipsample": __version__})
    try:
        audit.append(audit.log_path(workbook), entry)
    except DipSampleError as problem:  # the workbook is saved: say so, do not call it refused
        result.ok = False
        result.say("warning", "not-logged", f"Done, but the audit log has no line of it. {problem.sentence}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user database, as in some containers
        return "unknown user"
