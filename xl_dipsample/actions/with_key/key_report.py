"""What `key verify` says of a key: its contents, the files beside it, its keyholders, and one workbook."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, PrivacyProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files import folders
from xl_dipsample.privacy import audit, audit_lines
from xl_dipsample.privacy.key import conflicts, in_place, key_and_review, key_book, key_file, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

STATES: tuple[str, ...] = (key_book.PENDING, key_book.COMMITTED, key_book.RETIRED)


RENEW = "dipsample key keyholder KEY"
SECOND_SAYS: dict[keyholders.State, tuple[str, str]] = {
    "none": ("warning", f"Nobody else holds the key's passphrase: {RENEW} mends that."),
    "refused": ("warning", f"Nobody else holds the key's passphrase, as was said on purpose: {RENEW} mends that."),
    "agrees": ("note", "{name} is the file that was made for the key's present passphrase."),
    "both": ("warning", f"{{name}} opens the key, and still holds the earlier passphrase too: {RENEW} makes it anew."),
    "missing": ("warning", f"{{name}} was made, and is not there any more: {RENEW} makes it again."),
    "other": (
        "warning",
        (
            "{name} is not the one that was made for the key's present passphrase: it was altered, is older than the "
            f"last change of the passphrase, or that was changed in Excel. {RENEW} makes it anew."
        ),
    ),
    "unknown": (
        "warning",
        (
            "Whether {name} opens the key cannot be said, because an earlier version made it: give "
            f"--second-keyholder-file, or make it anew with {RENEW}."
        ),
    ),
}


def open_or_point_to_backup(path: Path, secret: str) -> OpenKey:
    """The key. Raises PrivacyProblem; for a damaged one the sentence names the newest backup that opens."""
    try:
        return key_file.open_key(path, secret)
    except PrivacyProblem as problem:
        if problem.code not in ("damaged", "key-edited", "not-encrypted", "another-kind"):
            raise
        sound = _newest_sound_backup(path, secret)
        if not sound:
            raise
        raise PrivacyProblem(
            problem.code,
            f"{path.name} is damaged or was altered. The newest copy that opens with this passphrase is {sound.name}: "
            f"move {path.name} away and give a copy of that its name.",
        ) from None


def _newest_sound_backup(path: Path, secret: str) -> Path | None:
    return next((backup for backup in reversed(in_place.backups(path)) if _opens(backup, secret)), None)


def contents(book: key_book.KeyBook, result: Result) -> None:
    """How many unique IDs, by state; what in the table cannot have been written by us."""
    states = [trimmed(state) for state in book.key["State"]]
    result.figures = {
        "unique_ids": len(states),
        "samples": int(book.key["Sample ID"].nunique()),
        **{state: states.count(state) for state in STATES},
        "accepted": len(book.accepted),
    }
    result.say(
        "note",
        "key-holds",
        f"{len(states)} unique IDs, all valid and no two alike; samples: {result.figures['samples']}; "
        f"{states.count(key_book.COMMITTED)} in use, {states.count(key_book.PENDING)} pending, "
        f"{states.count(key_book.RETIRED)} retired.",
    )
    odd = sum(state not in STATES for state in states)
    odd += sum(not trimmed(one) for one in book.key["Sample ID"])
    if odd:
        result.say("error", "key-edited", f"{odd} cells of the key's State and Sample ID were changed by hand.")
    if key_book.PENDING in states:
        result.say(
            "warning",
            "pending",
            f"{states.count(key_book.PENDING)} unique IDs are pending: the review workbook may not have them. Run "
            "Pseudonymise again.",
        )


def files_beside(key: OpenKey, result: Result) -> None:
    """Copies beside the key that a sync client or a person made, and our own backups."""
    found = conflicts.key_conflicts(key)
    result.figures["conflict_copies"] = len(found.lost) + len(found.same) + len(found.closed)
    for sentence in found.sentences(key.path):
        result.say("warning", "conflict-copy", sentence)
    backups = in_place.backups(key.path)
    result.figures["backups"] = len(backups)
    earlier = sum(not _opens(backup, key.passphrase) for backup in backups)
    if backups:
        result.say(
            "note",
            "backups",
            f"{len(backups)} earlier copies (.bak) lie beside it; {earlier} of them do not open with its passphrase, "
            "but with an earlier one, or are damaged.",
        )


def _opens(backup: Path, secret: str) -> bool:
    try:
        key_file.read_book(backup.read_bytes(), secret, backup.name)
    except (DipSampleError, OSError):
        return False
    return True


def second_keyholder(key: OpenKey, second: str | None, result: Result) -> None:
    """Whether somebody else can open the key: by the key's mark, and by trying, when the passphrase was given."""
    state = keyholders.state(key)
    name = passphrase.escrow_path(key.path).name
    result.figures["second_keyholders"] = int(state in ("agrees", "both"))
    level, words = SECOND_SAYS[state]
    said = (level, words.format(name=name))
    if second is not None and state not in ("none", "refused", "missing"):
        said = _tried(key.path, second, name)
        result.figures["second_keyholders"] = int(said[0] == "note")
    result.say("warning" if said[0] == "warning" else "note", f"second-{state}", said[1])


def _tried(path: Path, second: str, name: str) -> tuple[str, str]:
    try:
        keyholders.opens(path, second)
    except (PrivacyProblem, FileProblem) as problem:
        return "warning", f"{problem.sentence} {RENEW} makes it again."
    return "note", f"{name} opens with the second keyholder's passphrase, and what it holds opens the key."


def compare(host: Host, key: OpenKey, result: Result) -> None:
    """A working workbook's audit log, or a review workbook's Audit and unique IDs, against what the key remembers."""
    sentence = conflicts.sentence(host.path, conflicts.conflict_copies(host.path))
    if sentence:
        result.say("warning", "conflict-copy", sentence)
    sample_id = str(host.read_value("sample_id") or "")
    if host.kind == "working":
        _compare_log(host.path, sample_id, key.book, result)
    else:
        _compare_ids(host, key, sample_id, result)
        _compare_lines(host, key.book, sample_id, result)


def _compare_log(workbook: Path, sample_id: str, book: key_book.KeyBook, result: Result) -> None:
    log = audit.log_path(workbook)
    anchor = key_book.anchor(book, sample_id)
    if anchor is None:
        result.say(
            "warning", "no-anchor", f"The key has no unique ID of {workbook.name}, and remembers nothing of its log."
        )
        return
    broken = audit.verify(log, audit.Head(*anchor))
    lines = audit.head(log).lines
    result.figures["log_lines"] = lines
    if broken is None:
        result.say(
            "note",
            "log-agrees",
            f"The audit log is whole: {lines} lines, of which the key vouches for the first {anchor[0]}.",
        )
    elif broken > lines:
        result.say(
            "error",
            "log-shortened",
            f"{log.name} has {lines} lines, and the key remembers {anchor[0]}: lines were removed, or the log lies "
            "elsewhere. Take it from a backup.",
        )
    else:
        result.say(
            "error",
            "log-altered",
            f"Line {broken} of {log.name} is not as it was written: compare the log with a backup, and ask who "
            "changed it.",
        )


def _compare_ids(host: Host, key: OpenKey, sample_id: str, result: Result) -> None:
    try:
        folders.refuse_shared_folder(key.path, host.path)
    except PrivacyProblem as problem:
        result.say("error", problem.code, problem.sentence)
    found = key_and_review.disagreement(key.book, host.read_table("Review")["Unique ID"], sample_id)
    result.figures["shared_ids"] = found.shared
    for sentence in found.sentences(host.path.name, key.path.name):
        result.say("error" if found.is_another_key else "warning", "key-disagrees", sentence)
    if not found:
        result.say("note", "ids-agree", f"{host.path.name} and the key have the same {found.shared} unique IDs.")


def _compare_lines(host: Host, book: key_book.KeyBook, sample_id: str, result: Result) -> None:
    """The review workbook's Audit: its lines against each other, and against the one that the key remembers."""
    lines = host.read_table("Audit")
    seen, remembered = audit_lines.look(lines), key_book.anchor(book, sample_id, of=key_book.REVIEW_LINES)
    result.figures["audit_lines"] = seen.rows
    if remembered is None:
        result.say(
            "warning",
            "no-anchor",
            f"The key remembers no line on Audit of {host.path.name}: Pseudonymise makes it remember them.",
        )
    anchor = audit_lines.Head(*(remembered or (0, "")))
    first_row = standing.first_row(lines, spec.table("review", "Audit").first_row)
    faults = seen.faults(first_row) if seen.is_chained else []
    if seen.head.lines < anchor.lines:
        faults.append(f"it ends at line {seen.head.lines}, and the key remembers {anchor.lines}")
    elif not seen.holds(anchor) and not faults:
        faults.append(f"all of it was written anew: line {anchor.lines} is not the one that the key remembers")
    if faults:
        result.say(
            "error",
            "audit-altered",
            f"Audit of {host.path.name} is not as it was written: {'; '.join(faults)}. Compare it with an earlier "
            "copy, and ask who changed it.",
            sheet="Audit",
        )
    elif remembered is not None:
        since = seen.head.lines - anchor.lines
        result.say(
            "note",
            "audit-agrees",
            f"Audit of {host.path.name}: {plural(seen.rows, 'line')}. The first {anchor.lines} are those that the key "
            f"remembers; the {since} after them were checked against each other alone. {seen.who_said(first_row)}",
            sheet="Audit",
        )
