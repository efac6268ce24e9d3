"""Copies that a sync client or a person laid beside a file: somebody may have worked in the other one.

OneDrive puts the computer's name into such a name, SharePoint and browsers a number, Dropbox and others a person and
the day. A name is only a suspicion, so it is told, not refused; `key_conflicts` looks into the copies of a key.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from xl_dipsample.domain.shared.errors import DipSampleError, PrivacyProblem

if TYPE_CHECKING:
    from xl_dipsample.privacy.key.key_book import OpenKey

_EARLIER = re.compile(r".+ until \d{4}-\d\d-\d\d \d{6}(?: \(\d+\))?\.xlsx")
MOST_NAMED = 3
MOST_OPENED = 10
# What comes after the stem, or (the last one) before it. "{pc}" is this computer's name.
_AFTER = (
    r" ?\(\d{1,3}\)",  # review (1).xlsx
    r" - copy(?: ?\(\d{1,3}\))?",  # review - Copy (2).xlsx
    r"(?:[ ._-]|\(|\[).*conflict.*",  # (Jo Bloggs's conflicted copy 2026-11-02), [Conflict], .sync-conflict-2026…
    r"-{pc}(?:-\d{{1,3}})?",
)
_COMPUTER = re.compile(r"-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{1,14}(?:-\d{1,3})?")  # as Windows writes them


def conflict_copies(path: Path) -> list[Path]:
    """Files beside `path` whose names a sync client or a copy gave them, sorted by name.

    Our own names (`… second keyholder`, `… until DATE`, `… (not yet in place …)`, `.bak`) are none. A folder that
    cannot be listed has none.
    """
    found: list[Path] = []
    with suppress(OSError):
        named = [other for other in path.parent.iterdir() if is_conflict_name(other.name, path.name)]
        found = sorted(one for one in named if one.is_file())
    return found


def earlier_versions(path: Path) -> list[Path]:
    """The review workbooks beside `path` that Pseudonymise replaced (`… until DATE TIME.xlsx`), sorted by name."""
    return [one for one in beside(path, "* until *.xlsx") if _EARLIER.fullmatch(one.name)]


def beside(path: Path, pattern: str) -> list[Path]:
    """The files in the folder of `path` whose names fit, sorted; none when the folder cannot be listed."""
    found: list[Path] = []
    with suppress(OSError):
        found = sorted(one for one in Path(os.path.realpath(path)).parent.glob(pattern) if one.is_file())
    return found


def is_conflict_name(name: str, original: str) -> bool:
    """Whether `name` is `original` as a sync client or a copy would call it.

    >>> is_conflict_name("key-DESKTOP-7QX.xlsx", "key.xlsx"), is_conflict_name("key 2025.xlsx", "key.xlsx")
    (True, False)
    """
    stem, _, ending = original.rpartition(".")
    start, end = name[: len(stem)], name[len(name) - len(ending) - 1 :]
    if name.casefold() == original.casefold() or end.casefold() != f".{ending}".casefold():
        return False
    if name.casefold() == f"copy of {original}".casefold():
        return True
    if start.casefold() != stem.casefold():
        return False
    middle = name[len(stem) : len(name) - len(ending) - 1]
    here = re.escape(socket.gethostname().split(".")[0])
    known = any(re.fullmatch(one.format(pc=here) if "{pc}" in one else one, middle, re.I | re.S) for one in _AFTER)
    return known or _COMPUTER.fullmatch(middle) is not None


def sentence(path: Path, copies: Sequence[Path]) -> str:
    """What to tell the person about the copies of a workbook; "" when there are none."""
    if not copies:
        return ""
    return (
        f"Beside {path.name} {_lie(copies)}: two people may have worked at once. Compare them, bring what is "
        f"missing into {path.name}, and move the rest away."
    )


@dataclass(frozen=True)
class KeyConflicts:
    """Copies of a key. `lost`: hold unique IDs that the key lacks, and how many; `same`: none; `closed`: not opened."""

    lost: dict[Path, int] = field(default_factory=dict)
    same: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()

    def sentences(self, path: Path) -> list[str]:
        """What to tell the person, one sentence for each kind."""
        told = [
            f"{copy.name} has {number} unique IDs that {path.name} does not know: two people wrote keys at once. Find "
            "out which one the review workbook belongs to (dipsample key verify KEY --workbook REVIEW), give that one "
            f"the name {path.name}, and keep the other in another folder."
            for copy, number in self.lost.items()
        ]
        if self.same:
            told.append(
                f"Beside {path.name} {_lie(self.same)}, without any unique ID that it does not know itself: move it "
                "to another folder, so that nobody takes the wrong key."
            )
        if self.closed:
            told.append(
                f"Beside {path.name} {_lie(self.closed)}, which its passphrase does not open: find out what it is, "
                "and move it to another folder."
            )
        return told


def key_conflicts(key: OpenKey) -> KeyConflicts:
    """Look into the copies beside a key with the key's own passphrase. Nothing is changed."""
    from xl_dipsample.privacy.key.key_file import read_book

    known = set(key.book.known_ids())
    lost: dict[Path, int] = {}
    same: list[Path] = []
    closed: list[Path] = []
    copies = conflict_copies(key.path)
    for copy in copies[:MOST_OPENED]:
        try:
            only_there = set(read_book(copy.read_bytes(), key.passphrase, copy.name).known_ids()) - known
        except (DipSampleError, OSError):
            closed.append(copy)
            continue
        if only_there:
            lost[copy] = len(only_there)
        else:
            same.append(copy)
    return KeyConflicts(lost, tuple(same), (*closed, *copies[MOST_OPENED:]))


def refuse_lost_ids(key: OpenKey) -> KeyConflicts:
    """The copies beside a key that is going to be written. Raises PrivacyProblem when one has IDs that it lacks."""
    found = key_conflicts(key)
    if found.lost:
        raise PrivacyProblem("key-conflict", found.sentences(key.path)[0])
    return found


def _lie(copies: Sequence[Path]) -> str:
    """The verb and the names: lies one, or lie A, B, C and 2 more."""
    more = f" and {len(copies) - MOST_NAMED} more" if len(copies) > MOST_NAMED else ""
    return ("lies " if len(copies) == 1 else "lie ") + ", ".join(one.name for one in copies[:MOST_NAMED]) + more
