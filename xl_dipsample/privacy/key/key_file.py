"""The key as a file: an .xlsx with Excel's own password protection, which Excel opens on a day without us."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared import upgrade_steps, version_records
from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, PrivacyProblem
from xl_dipsample.privacy.key import in_place, sealed
from xl_dipsample.privacy.key.ids import parse
from xl_dipsample.privacy.key.key_book import (
    ACCEPTED_COLUMNS,
    ANCHOR_COLUMNS,
    KEY_COLUMNS,
    KEYHOLDER_COLUMNS,
    NAMES_COLUMNS,
    KeyBook,
    OpenKey,
)

KIND = "dip-sample key"
_LONGEST_VERSION = 6  # figures
VERSION = 4  # the workbooks' version in which its tables last changed; 1 had no sheets Accepted and Keyholders
ABOUT = (
    "This is the key of one or more dip-samples. It ties each unique ID to a young person.",
    "It holds names. Keep it in a restricted folder, never where the review workbook lies.",
    "Without its passphrase nobody can open it, and nobody can restore the passphrase.",
    "Do not edit it. Who is this? tells whom an ID stands for.",
)
KEY_ABOUT = "One row for each unique ID. Retired: the row left the sample; its ID is never used again."
NAMES_ABOUT = (
    "Names, schools, streets and numbers of the long lists with their role, so that texts can be searched for them."
)
ANCHORS_ABOUT = "How far each sample's audit log, and Audit of its review workbook, went when this key was written."
ACCEPTED_ABOUT = "What a person decided about words in the texts of Review, for one row and column each."
KEYHOLDERS_ABOUT = "When the passphrase was changed, and when a second keyholder's file was made or refused."

# sheet, columns, the version that brought it, what stands above it, widths
_TABLES: tuple[tuple[str, Sequence[str], int, str, tuple[int, ...]], ...] = (
    ("Key", KEY_COLUMNS, 1, KEY_ABOUT, (15, 14, 28, 14, 14, 8, 28, 20, 12, 20)),
    ("Names", NAMES_COLUMNS, 1, NAMES_ABOUT, (28, 14, 12)),
    ("Anchors", ANCHOR_COLUMNS, 1, ANCHORS_ABOUT, (20, 8, 70, 28)),
    ("Accepted", ACCEPTED_COLUMNS, 2, ACCEPTED_ABOUT, (15, 20, 28, 40, 24, 12, 28)),
    ("Keyholders", KEYHOLDER_COLUMNS, 2, KEYHOLDERS_ABOUT, (28, 40, 70)),
)


@dataclass(frozen=True)
class Written:
    """What `write_key` did. `key`: what the next write goes on from. `path`: where it went."""

    key: OpenKey
    path: Path
    in_place: bool

    @property
    def sentence(self) -> str:
        """What to tell the person when the key is not in place."""
        return (
            f"Another program holds the key, so the new one lies beside it as {self.path.name}: close that program, "
            "move the old key away, give the new one its name, and run this again."
        )


def tables() -> dict[str, Sequence[str]]:
    """The tables of a key and their headings."""
    return {sheet: columns for sheet, columns, _, _, _ in _TABLES}


def open_key(path: Path, passphrase: str) -> OpenKey:
    """Decrypt and read a key, in memory.

    Raises FileProblem (no such file); PrivacyProblem: wrong passphrase, not encrypted, not a key, damaged or altered,
    written by a newer version, or a newer key lies beside it.
    """
    real = Path(os.path.realpath(path))
    _refuse_a_newer_one_beside(real)
    try:
        encrypted = real.read_bytes()
    except FileNotFoundError:
        raise FileProblem("no-such-file", f"There is no file {real.name}: check the name and the folder.") from None
    except OSError:
        raise FileProblem("cannot-read", f"{real.name} cannot be read: check your rights to it.") from None
    return OpenKey(path, passphrase, read_book(encrypted, passphrase, real.name))


def read_book(encrypted: bytes, passphrase: str, name: str) -> KeyBook:
    """The key in these bytes; `name` is the file's, for the sentences. Raises PrivacyProblem as `open_key` does."""
    info, frames = read_sealed(encrypted, passphrase, name, KIND)
    version = int(info["Version"])
    if version > VERSION:
        raise PrivacyProblem("key-newer", f"{name} was written by a newer version: update dipsample first.")
    if version < VERSION:
        frames = _of_now(frames, version, name)
    key, names, anchors, accepted, keyholders = (
        _table(frames, sheet, columns, name) if version >= since else pd.DataFrame(columns=list(columns), dtype=object)
        for sheet, columns, since, _, _ in _TABLES
    )
    _refuse_edited_ids(key, name)
    return KeyBook(key, names, anchors, accepted, keyholders, read_from=digest(encrypted))


def write_key(key: OpenKey) -> Written:
    """Encrypt the key and put it in place, the old one backed up beside it. Hold the lock (`locks.held`) meanwhile.

    Raises PrivacyProblem when the file changed since it was opened (or is there although the key is new),
    FileProblem when the folder is not there or cannot be written to. Nothing has changed then.
    """
    path, book = Path(os.path.realpath(key.path)), key.book
    if not path.parent.is_dir():
        raise FileProblem("no-such-folder", f"The folder for {path.name} is not there: make it, with few rights.")
    _refuse_a_newer_one_beside(path)
    try:
        now = digest(path.read_bytes()) if path.exists() else None
    except OSError:
        raise FileProblem(
            "cannot-read", f"{path.name} cannot be read: check the folder and your rights to it."
        ) from None
    if now != book.read_from:
        raise PrivacyProblem(
            "key-changed", f"{path.name} is not as it was when it was opened; somebody else wrote it: run this again."
        )
    frames = (book.key, book.names, book.anchors, book.accepted, book.keyholders)
    sheets = [
        sealed.Sheet(sheet, about, frame, widths)
        for (sheet, _, _, about, widths), frame in zip(_TABLES, frames, strict=True)
    ]
    plain = sealed.build(KIND, VERSION, ABOUT, sheets)
    where, encrypted = in_place.put(path, plain, key.passphrase)
    now_there = key.with_book(replace(book, read_from=digest(encrypted)))
    return Written(now_there, where, in_place=where == path)


def write_in_place(key: OpenKey) -> OpenKey:
    """The same, where a new key beside the old one would be of no use: nothing refers to it yet.

    Raises PrivacyProblem also when another program holds the key. Returns what the next write goes on from.
    """
    written = write_key(key)
    if not written.in_place:
        written.path.unlink(missing_ok=True)
        raise PrivacyProblem("key-held", f"{key.path.name} is held by another program; close it there and try again.")
    return written.key


def read_sealed(
    encrypted: bytes, passphrase: str, name: str, kind: str
) -> tuple[dict[str, str], dict[str, pd.DataFrame]]:
    """Info and tables of an encrypted workbook of ours. Raises PrivacyProblem when it is of another kind."""
    plain = sealed.unseal(encrypted, passphrase, name)
    try:
        info, frames = sealed.read(plain)
    except Exception:  # somebody else's workbook may hold anything
        info, frames = {}, {}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside calamine surfaces; not an Exception
            raise
        info, frames = {}, {}
    version = info.get("Version", "")
    if info.get("Kind") != kind or not (version.isascii() and version.isdigit() and len(version) < _LONGEST_VERSION):
        raise PrivacyProblem("another-kind", f"{name} opens, but it is no {kind}: choose another file.")
    return info, frames


def _refuse_a_newer_one_beside(path: Path) -> None:
    newer = in_place.not_in_place(path)
    if newer:
        raise PrivacyProblem(
            "key-not-in-place",
            f"A newer key lies beside {path.name}, as {newer[-1].name}: close the program that holds {path.name}, "
            "move the old key away and give the new one its name.",
        )


def _table(frames: dict[str, pd.DataFrame], sheet: str, columns: Sequence[str], name: str) -> pd.DataFrame:
    if sheet not in frames or any(list(frames[sheet].columns).count(heading) != 1 for heading in columns):
        raise PrivacyProblem(
            "key-edited", f"The sheet {sheet} of {name} was changed by hand: take the newest .bak file beside it."
        )
    return frames[sheet][list(columns)]


def _of_now(frames: dict[str, pd.DataFrame], version: int, name: str) -> dict[str, pd.DataFrame]:
    """The tables of an older key as this version has them; columns that came later are blank.

    Raises PrivacyProblem when a column is gone that its own version has.
    """
    record = version_records.recorded(version)
    for sheet, columns in (record.tables[version_records.KEY] if record else {}).items():
        _table(frames, sheet, columns, name)
    made = upgrade_steps.applied(frames, version)
    for sheet, columns, since, _, _ in _TABLES:
        if sheet in made and since <= version:
            later = [one for one in columns if one not in made[sheet].columns] if record else []
            made[sheet] = made[sheet].assign(**dict.fromkeys(later)).astype(object)
    return made


def _refuse_edited_ids(key: pd.DataFrame, name: str) -> None:
    ids = [str(unique_id) for unique_id in key["Unique ID"]]
    try:
        intact = len(set(ids)) == len(ids) and all(parse(unique_id) == unique_id for unique_id in ids)
    except DipSampleError:
        intact = False
    if not intact:
        raise PrivacyProblem(
            "key-edited", f"The unique IDs in {name} were changed by hand: take the newest .bak file beside it."
        )


def digest(encrypted: bytes) -> str:
    """What a key's bytes are known by (`KeyBook.read_from`)."""
    return hashlib.sha256(encrypted).hexdigest()
