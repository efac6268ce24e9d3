"""Who can open the key: a change of its passphrase, and a second keyholder who is added or renewed.

The second keyholder's file must open the key at every instant, also after a power cut. So a change goes: the file
beside the key holds the new passphrase and the old one -> the key gets the new one -> the file holds the new one
alone. The key remembers a mark of that file, made with the key's own passphrase: a file that was altered, that
belongs to an earlier passphrase, or a passphrase that was changed in Excel, does not agree with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, PrivacyProblem
from xl_dipsample.privacy.key import in_place, key_book, key_file
from xl_dipsample.privacy.key.key_book import KeyBook, OpenKey
from xl_dipsample.privacy.key.passphrase import Escrow, escrow_holds, escrow_path, make_escrow, put_escrow

ADDED = "Second keyholder's file made"
REFUSED = "No second keyholder, on purpose"
CHANGED = "Passphrase changed"
MEANWHILE = "Second keyholder's file with both passphrases, while one was changed"

State = Literal["none", "refused", "agrees", "both", "missing", "other", "unknown"]


@dataclass(frozen=True)
class Change:
    """What `change` did. `second`: there is a second keyholder's file; `tidy`: it holds the new passphrase alone."""

    key: OpenKey
    second: bool
    tidy: bool


def added(key: OpenKey, second_passphrase: str) -> tuple[OpenKey, Escrow]:
    """The key with the mark of a second keyholder's file, and that file, for `put_escrow` when the key is written.

    In this order an earlier second keyholder's file opens the key until the new one is there. Raises PrivacyProblem
    when both passphrases are the same.
    """
    escrow = make_escrow(key.passphrase, second_passphrase)
    return _noted(key, ADDED, escrow), escrow


def refused(key: OpenKey) -> OpenKey:
    """The key, in which stands that nobody else shall open the key: once, while nothing else was said since."""
    return key if _last(key.book, (ADDED, REFUSED)) == REFUSED else _noted(key, REFUSED)


def change(key: OpenKey, new: str, second: str | None) -> Change:
    """Encrypt the key with a new passphrase. Hold the key's lock meanwhile.

    `second`: the second keyholder's passphrase; None only when there is no second keyholder's file. The backups
    beside the key still open with the old one. Raises PrivacyProblem, FileProblem: then the key has its old
    passphrase, and the second keyholder's file, if there is one, opens it.
    """
    path, old = key.path, key.passphrase
    if new == old:
        raise PrivacyProblem("passphrase-not-new", "That is the passphrase that the key has: choose a new one.")
    earlier = escrow_path(path).read_bytes() if escrow_path(path).exists() else None
    if second is None and earlier is not None:
        raise PrivacyProblem("second-needed", f"{escrow_path(path).name} has to change too: its passphrase is needed.")
    key = _noted(replace(key, passphrase=new), CHANGED)
    if second is None:
        return Change(key_file.write_in_place(key), second=False, tidy=True)
    both, alone = make_escrow(new, second, before=old), make_escrow(new, second)
    for what, escrow in ((MEANWHILE, both), (ADDED, alone)):
        key = _noted(key, what, escrow)
    put_escrow(path, both)
    try:
        written = key_file.write_in_place(key)
    except DipSampleError:
        _take_back(key, earlier)
        raise
    try:
        put_escrow(path, alone)
    except DipSampleError:  # the file holds both, so nobody is locked out
        return Change(written, second=True, tidy=False)
    return Change(written, second=True, tidy=True)


def state(key: OpenKey) -> State:
    """Whether the file beside the key is the one that was made for the passphrase with which the key opens now.

    "both": it also holds the passphrase before, because a change was cut off. "other": it was altered, or belongs to
    an earlier passphrase. "unknown": it cannot be said, because the key remembers no mark (version 1 made the file).
    """
    try:
        found = escrow_path(key.path).read_bytes()
    except OSError:
        said = _last(key.book, (ADDED, REFUSED))
        return "missing" if said == ADDED else "refused" if said == REFUSED else "none"
    mark, history = _mark(found, key.passphrase), key.book.keyholders
    marks = {str(what): str(made) for what, made in zip(history["What"], history["Mark"], strict=True)}
    if ADDED not in marks:
        return "unknown"
    if hmac.compare_digest(marks[ADDED], mark):
        return "agrees"
    return "both" if hmac.compare_digest(marks.get(MEANWHILE, ""), mark) else "other"


def opens(path: Path, second_passphrase: str) -> str:
    """The passphrase in the second keyholder's file that opens the key. Raises PrivacyProblem, FileProblem."""
    path = Path(os.path.realpath(path))
    try:
        encrypted = path.read_bytes()
    except OSError:
        raise FileProblem("no-such-file", f"There is no file {path.name}: check the name and the folder.") from None
    for held in escrow_holds(path, second_passphrase):
        try:
            key_file.read_book(encrypted, held, path.name)
        except PrivacyProblem as problem:
            if problem.code != "wrong-passphrase":
                raise
        else:
            return held
    raise PrivacyProblem(
        "escrow-stale",
        f"{escrow_path(path).name} opens, but the passphrase in it does not open {path.name}: it belongs to an earlier "
        "passphrase, and may open one of the .bak files beside the key.",
    )


def last_change(book: KeyBook) -> str:
    """When the passphrase was last changed, ISO 8601 in UTC; "" when never."""
    return next((str(when) for when, what in _history(book) if what == CHANGED), "")


def _noted(key: OpenKey, what: str, escrow: Escrow | None = None) -> OpenKey:
    """The key, in which stands what happened now, with the mark of the second keyholder's file that was made."""
    mark = _mark(escrow.sealed, key.passphrase) if escrow else None
    return key.with_book(key_book.with_keyholder(key.book, what, mark, dt.datetime.now(dt.UTC)))


def _take_back(key: OpenKey, earlier: bytes | None) -> None:
    """After a failure: the file as it was, if the key surely is; otherwise it keeps both passphrases."""
    escrow = escrow_path(key.path)
    with suppress(OSError):
        if key_file.digest(Path(os.path.realpath(key.path)).read_bytes()) != key.book.read_from:
            return
        if earlier is None:
            escrow.unlink()
        else:
            in_place.put_back(Path(os.path.realpath(escrow)), earlier)


def _mark(escrow: bytes, passphrase: str) -> str:
    return hmac.new(passphrase.encode(), escrow, hashlib.sha256).hexdigest()


def _last(book: KeyBook, among: tuple[str, ...]) -> str:
    return next((what for _, what in _history(book) if what in among), "")


def _history(book: KeyBook) -> list[tuple[object, str]]:
    """When and what, the newest first."""
    return [(when, str(what)) for when, what in zip(book.keyholders["When"], book.keyholders["What"], strict=True)][
        ::-1
    ]
