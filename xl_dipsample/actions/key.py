"""Look after the key: verify it, change its passphrase, add or renew a second keyholder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, argument, option
from xl_dipsample.actions.running.confirm import wanted
from xl_dipsample.actions.running.runner import log_action
from xl_dipsample.actions.with_key import key_checks, key_report
from xl_dipsample.domain.shared.errors import DipSampleError, PrivacyProblem, QuestionUnanswered, SettingProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files import locks
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key import in_place, key_book, key_file, keyholders, passphrase
from xl_dipsample.sharing import neighbours
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.host import Ui
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.upgrading.read_older import open_to_read

ACTION = "key"
KEEP, RENEW, DELETE = "keep", "renew", "delete"
TRY_SECOND = "Is the second keyholder here, so that their passphrase is tried too?"
LOST = "Is the key's own passphrase lost, so that the second keyholder's has to open it?"
OLD_COPIES = {
    RENEW: "Encrypt them with the new passphrase",
    DELETE: "Delete them",
    KEEP: "Keep them as they are",
}


@action(
    "key",
    "Look after the key",
    "Verifies the key, changes its passphrase, or adds a second keyholder.",
    place=90,
    button=Button("Privacy", "Lock"),
)
class KeyOptions:
    """`task`: verify, passphrase or keyholder. `workbook`: working (its audit log) or review (its IDs, Audit).

    `second_keyholder_file`: to verify, it is tried on the second keyholder's file; to change the passphrase, that file
    is renewed with it, and without a passphrase of the key it opens the key; for keyholder it is the new one.
    `second_keyholder`: the same, with a passphrase that is asked for.
    """

    task: str = argument(
        "verify, passphrase or keyholder",
        ask="one",
        question="What is to be done with the key?",
        choices=(
            ("verify", "See whether it is sound"),
            ("passphrase", "Change its passphrase"),
            ("keyholder", "Add or replace a second keyholder"),
        ),
    )
    key: Path = argument("the encrypted key", ask="open", question="Where is the key?")
    passphrase_file: Path | None = option(FIRST_LINE, default=None)
    new_passphrase_file: Path | None = option("a file whose first line is the key's new passphrase", default=None)
    second_keyholder_file: Path | None = option(
        "a file whose first line is the second keyholder's passphrase",
        default=None,
    )
    second_keyholder: bool = option(
        "the second keyholder types their passphrase: to verify, it is tried too; to change the passphrase, it opens "
        "the key, whose own is lost; asked for otherwise",
        default=False,
    )
    old_copies: str = option(
        "when the passphrase changes, what happens to the earlier copies (.bak): keep, renew (encrypted with the new "
        "passphrase) or delete; asked for otherwise",
        default="",
    )
    workbook: Path | None = option(
        "the working workbook (its audit log), or to verify also the review workbook",
        default=None,
        ask="ours",
        question="Which workbook belongs to it? Of the working workbook the audit log is compared or gets a line; to "
        "see whether the key is sound, the review workbook will do too",
    )


def run(ui: Ui, options: KeyOptions) -> Result:
    """Do one of the tasks. Raises DipSampleError: then key and second keyholder's file open as they did before."""
    task = TASKS.get(options.task.strip().casefold())
    if task is None:
        raise PrivacyProblem("key-task", f"Say what to do with the key: {', '.join(TASKS)}.")
    if not options.key.exists():
        key_file.open_key(options.key, "")  # its own sentence, before a passphrase is asked for
    return task(ui, options)


def _verify(ui: Ui, options: KeyOptions) -> Result:
    second = _second(ui, options, new=False, ask=_is_second_here(ui, options, TRY_SECOND))
    secret = passphrase.of_key(options.passphrase_file, ui)
    result = Result(ACTION)
    key = key_report.open_or_point_to_backup(options.key, secret)
    key_report.contents(key.book, result)
    key_report.files_beside(key, result)
    key_report.second_keyholder(key, second, result)
    neighbours.say_beside(neighbours.shared_above(options.key), options.key.name, "working", result)
    if options.workbook is None:
        result.say(
            "note",
            "no-workbook",
            "No workbook was compared: --workbook takes the working workbook (its audit log) or the review workbook "
            "(its unique IDs and its Audit).",
        )
    else:
        host = open_to_read(options.workbook, ui)
        key_report.compare(host, key, result)
    result.ok = not any(one.level in ("warning", "error") for one in result.messages)
    if result.ok:
        result.say("note", "key-sound", f"{options.key.name} opens, and is as it was written.")
    return result


def _change_passphrase(ui: Ui, options: KeyOptions) -> Result:
    log = _log_of(ui, options)
    seen = _beside(options.key)
    wanted = _old_copies(ui, options)
    has_second = passphrase.escrow_path(options.key).exists()
    own = passphrase.is_given(options.passphrase_file, passphrase.KEY_VARIABLE)
    lost = not own and _is_second_here(ui, options, LOST)
    renewed = _second(ui, options, new=False, ask=has_second)
    old = _old_passphrase(ui, options, renewed, lost=lost or options.second_keyholder_file is not None)
    if renewed is not None and not _opens_escrow(options.key, renewed):
        passphrase.check_strength(renewed)  # it is a new second keyholder's
    new = passphrase.read_passphrase(
        options.new_passphrase_file, None, ui, "New passphrase of the key", new=True, option="--new-passphrase-file"
    )
    result = Result(ACTION, files=[str(options.key)])
    neighbours.say_beside(seen, options.key.name, "working", result)
    with locks.held(options.key):
        key = key_checks.opened(options.key, old, result)
        was_same = renewed is not None and has_second and _opens_escrow(options.key, renewed)
        done = keyholders.change(_anchored(key, log), new, renewed)
        backups = len(in_place.backups(options.key))
        result.figures = {"passphrase_changed": 1, "backups": backups, "second_keyholders": int(done.second)}
        if wanted == KEEP:
            _say_kept(backups, result)
        else:
            _say_renewed(*in_place.renew_backups(options.key, old, new, delete=wanted == DELETE), wanted, result)
    result.say("note", "passphrase-changed", f"{options.key.name} opens with the new passphrase from now on.")
    _say_second(options.key, done, result, replaced=has_second and not was_same)
    _log(options, log, result)
    return result


def _old_copies(ui: Ui, options: KeyOptions) -> str:
    """What is to happen to the earlier copies; kept when nobody is there to say. Raises SettingProblem."""
    wanted = options.old_copies.strip().casefold()
    if wanted and wanted not in OLD_COPIES:
        raise SettingProblem("old-copies", f"Say what happens to the earlier copies: {', '.join(OLD_COPIES)}.")
    if wanted:
        return wanted
    question = "Earlier copies of the key (.bak) open with the passphrase that it has now. What shall happen to them"
    try:
        answer = ui.choose(question, tuple(OLD_COPIES.values()), "--old-copies")
    except QuestionUnanswered:
        return KEEP
    return next(one for one, words in OLD_COPIES.items() if words == answer)


def _say_kept(backups: int, result: Result) -> None:
    result.say(
        "warning",
        "old-opens-backups",
        f"{backups} earlier copies beside it (.bak) still open with the passphrase of their time. If that one is known "
        "to somebody who may not have it, run this again with --old-copies renew or delete.",
    )


def _say_renewed(done: list[Path], left: list[Path], wanted: str, result: Result) -> None:
    """Which of the earlier copies were encrypted anew or deleted, and which were not."""
    result.figures |= {"backups_changed": len(done), "backups": len(left) + (0 if wanted == DELETE else len(done))}
    if done:
        what = "deleted" if wanted == DELETE else "encrypted with the new passphrase"
        result.say("note", "backups-changed", f"Earlier copies {what}: {', '.join(one.name for one in done)}.")
    if left:
        result.ok = False
        result.say(
            "warning",
            "backups-left",
            f"Earlier copies that stay as they are, because the old passphrase does not open them or another program "
            f"holds them: {', '.join(one.name for one in left)}.",
        )


def _say_second(path: Path, done: keyholders.Change, result: Result, *, replaced: bool) -> None:
    escrow = passphrase.escrow_path(path)
    if not done.second:
        result.say("warning", "no-second-keyholder", key_checks.NOBODY_ELSE)
        return
    result.files.append(str(escrow))
    if not done.tidy:
        result.ok = False
        result.say(
            "warning",
            "second-has-both",
            f"{escrow.name} could not be written a second time: it opens the key, and still holds the earlier "
            "passphrase too. Run dipsample key keyholder KEY when nothing holds it.",
        )
    if replaced:
        result.say(
            "warning",
            "second-replaced",
            f"The earlier second keyholder's passphrase does not open {escrow.name} any more.",
        )
    else:
        result.say("note", "second-renewed", f"{escrow.name} holds the new passphrase.")


def _add_keyholder(ui: Ui, options: KeyOptions) -> Result:
    log = _log_of(ui, options)
    seen = _beside(options.key)
    secret = passphrase.of_key(options.passphrase_file, ui)
    second = _second(ui, options, new=True, ask=True)
    if second is None:
        raise PrivacyProblem(
            "second-needed", "A passphrase of the second keyholder is needed: --second-keyholder-file."
        )
    result = Result(ACTION, files=[str(passphrase.escrow_path(options.key)), str(options.key)])
    neighbours.say_beside(seen, options.key.name, "working", result)
    with locks.held(options.key):
        was_there = passphrase.escrow_path(options.key).exists()
        key = key_checks.opened(options.key, secret, result)
        key, escrow = keyholders.added(_anchored(key, log), second)
        in_place.refuse_open_elsewhere(passphrase.escrow_path(options.key))
        was_same = was_there and _opens_escrow(options.key, second)
        written = key_file.write_key(key)
        passphrase.put_escrow(options.key, escrow)
    result.figures = {"second_keyholders": 1}
    name = passphrase.escrow_path(options.key).name
    result.say("note", "second-made", f"{name} opens with the second keyholder's passphrase and holds the key's.")
    if was_there and not was_same:
        result.say(
            "warning", "second-replaced", f"The earlier second keyholder's passphrase does not open {name} any more."
        )
    if not written.in_place:
        result.ok = False
        result.say("warning", "key-not-in-place", written.sentence)
    _log(options, log, result)
    return result


TASKS: dict[str, Callable[[Ui, KeyOptions], Result]] = {
    "verify": _verify,
    "passphrase": _change_passphrase,
    "keyholder": _add_keyholder,
}


def _beside(key: Path) -> Look:
    """What others open beside the key. Raises PrivacyProblem when a second keyholder's file would be put there anew."""
    escrow = passphrase.escrow_path(key)
    return neighbours.shared_above(key) if escrow.exists() else neighbours.refuse_among_shared(escrow, escrow.name)


def _is_second_here(ui: Ui, options: KeyOptions, question: str) -> bool:
    """Whether the second keyholder types a passphrase; asked where there is one and nothing was given."""
    if options.second_keyholder or options.second_keyholder_file is not None:
        return options.second_keyholder
    return passphrase.escrow_path(options.key).exists() and wanted(ui, question, "--second-keyholder")


def _old_passphrase(ui: Ui, options: KeyOptions, second: str | None, *, lost: bool) -> str:
    """The key's passphrase as it is; when it is lost, the second keyholder's file gives it."""
    given = passphrase.is_given(options.passphrase_file, passphrase.KEY_VARIABLE)
    if not given and second is not None and lost:
        return keyholders.opens(options.key, second)
    return passphrase.of_key(options.passphrase_file, ui)


def _second(ui: Ui, options: KeyOptions, *, new: bool, ask: bool) -> str | None:
    if options.second_keyholder_file is None and not ask:
        return None
    return passphrase.of_second_keyholder(options.second_keyholder_file, ui, new=new)


def _opens_escrow(path: Path, second: str) -> bool:
    """Whether there is a second keyholder's file that opens with it.

    A damaged file is made anew, so it is no reason to stop.
    """
    try:
        passphrase.escrow_holds(path, second)
    except DipSampleError:
        return False
    return True


@dataclass(frozen=True)
class _LogOf:
    """A working workbook's log: the key anchors its head, and it gets a line."""

    workbook: Path
    sample_id: str


def _log_of(ui: Ui, options: KeyOptions) -> _LogOf | None:
    """Where this is logged; read before anything changes. Raises DipSampleError."""
    if options.workbook is None:
        return None
    host = FileHost.open(options.workbook, ui, read_only=True)
    if host.kind != "working":
        raise PrivacyProblem("wrong-kind", f"{options.workbook.name} is no working workbook: the log lies beside that.")
    audit.head(audit.log_path(options.workbook))
    return _LogOf(options.workbook, str(host.read_value("sample_id") or ""))


def _anchored(key: key_book.OpenKey, log: _LogOf | None) -> key_book.OpenKey:
    return key if log is None else key_checks.anchored(key, log.workbook, log.sample_id)


def _log(options: KeyOptions, log: _LogOf | None, result: Result) -> None:
    if log is not None:
        log_action(log.workbook, f"{ACTION} {options.task.strip().casefold()}", result)
