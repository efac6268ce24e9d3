"""Runs one action on an open workbook, or on a closed file: copy, act, note it on Audit and Start, save, log.

Button and command line use it.
"""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path
from typing import Any

from xl_dipsample import __version__
from xl_dipsample.actions.parts import before_figures
from xl_dipsample.actions.running import beside_on_start, bug_log, marks, older_copies, snapshots, upgrade_first
from xl_dipsample.actions.running.action import Action
from xl_dipsample.domain.shared.errors import STOPPED, DipSampleError, WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key import conflicts
from xl_dipsample.workbook.host import Host, Ui
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

KIND_WORDS = {
    "working": "working workbook",
    "review": "review workbook",
    "release": "release copy",
    "second": "second reader's workbook",
}
LAST_SIGN = "Saving"
NOT_PUT_BACK = "not-put-back"  # the code of an error after which a workbook in Excel is not as it was


def run_on_file(action: Action, workbook: Path, options: Any, ui: Ui) -> Result:
    """Run an action that has a subject on the closed workbook at `workbook` and save it. Raises DipSampleError."""
    return run_on_host(action, FileHost.open(workbook, ui), options)


def run_on_host(action: Action, host: Host, options: Any) -> Result:
    """Run an action that has a subject on an open workbook and save it.

    Raises DipSampleError: then the workbook is as it was, and no snapshot, lock, temporary file or copy is left; what
    the action wrote before and keeps, as a key, is named. What fails after saving is a message of the result.
    Options with a true `only_reads` (as of `restore --list`) change nothing: no snapshot, no save, no line in the log.
    """
    _refuse_wrong_kind(action, host)
    with upgrade_first.of(host) as upgrade:
        return _run(action, host, options, upgrade)


def _run(action: Action, host: Host, options: Any, upgrade: upgrade_first.Upgrade) -> Result:
    if getattr(options, "only_reads", False):
        upgrade.in_memory(only_read=True)
        return action.load()(host, options)
    is_working = host.kind == "working"
    if is_working:
        audit.head(audit.log_path(host.path))  # a log that cannot be read is refused before anything changes
    taken = snapshots.take(host, action.id)
    result: Result | None = None
    try:
        upgrade.in_memory()
        seen = beside_on_start.look(host)
        with host.transaction():
            before_figures.refuse(host, action)
            below = before_figures.below_tables(host)
            result = action.load()(host, options)
            if not _kept_files(result):
                host.ui.progress(LAST_SIGN)  # Stop is looked at here once more: all that was done is undone still
            before_figures.say_below(below, result)
            marks.note(host, action, result)
            older_copies.note_on_start(host)
            beside_on_start.note(host, seen, result)
        host.save()
    except BaseException as error:
        for copy in result.made if result else ():
            with suppress(OSError):  # held by another program: the message says that nothing was done
                copy.unlink(missing_ok=True)
        if getattr(error, "code", "") != NOT_PUT_BACK:  # then the snapshot is the only way back
            snapshots.discard(taken)
        if _kept_files(result) and isinstance(error, DipSampleError):
            raise _with_what_stays(error, host.path.name, _kept_files(result)) from error
        raise
    _after_saving(host, upgrade, taken, result)
    if is_working:  # asked before: what was just saved is not read again for it
        log_action(host.path, action.id, result)
    return result


def _kept_files(result: Result | None) -> list[str]:
    """The names of what an action wrote and keeps, as a key, whatever becomes of its workbook."""
    return [Path(one).name for one in result.files if Path(one) not in result.made] if result else []


def _with_what_stays(error: DipSampleError, workbook: str, kept: list[str]) -> DipSampleError:
    """The same error, and what was written before; of one who closed a question, it says no more that nothing was."""
    sentence = f"Stopped; {workbook} was not changed." if error.code == STOPPED else error.sentence
    kind = WorkbookProblem if error.code == STOPPED else type(error)
    return kind(error.code, f"{sentence} Written before that, and kept: {', '.join(kept)}.")


def _after_saving(host: Host, upgrade: upgrade_first.Upgrade, taken: snapshots.Snapshot, result: Result) -> None:
    """What is told once the workbook is saved. What fails here makes nothing undone, and is said as that."""
    try:
        upgrade.say(result, snapshots.keep(taken, result.figures.get("put_back")))
        copies = conflicts.sentence(host.path, conflicts.conflict_copies(host.path))
    except (DipSampleError, OSError, KeyboardInterrupt) as problem:
        why = bug_log.ended(problem).sentence if isinstance(problem, Exception) else "it was stopped."
        result.ok = False
        result.say("warning", "after-saving", f"{host.path.name} is saved, but something after that failed: {why}")
        return
    if copies:
        result.say("warning", "conflict-copy", copies)


def _refuse_wrong_kind(action: Action, host: Host) -> None:
    kinds = ("working", "review") if action.subject == "any" else (action.subject,)
    if host.kind not in kinds:
        wanted = " or the ".join(KIND_WORDS[str(kind)] for kind in kinds)
        raise WorkbookProblem(
            "wrong-kind",
            f"{host.path.name} is a {KIND_WORDS[host.kind]}; {action.label} needs the {wanted}: choose that.",
        )


def log_action(workbook: Path, action: str, result: Result) -> None:
    """One line in the audit log beside a working workbook: counts and versions, no case data."""
    entry = audit.Entry(_user(), action, result.counts(), {"xl_dipsample": __version__})
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
