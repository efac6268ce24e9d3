"""The audit log beside the working workbook: one JSON line per action, each chained to the one before.

A line holds its own sha256, and that of the line before it, so an edited, added or removed line breaks the chain.
Somebody could shorten the log or write all of it anew: actions that open the key keep the log's `Head` there
(`key.with_anchor`), and such a log no longer agrees with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.files import locks

START = "0" * 64  # what the first line is chained to
_OWN = b', "hash": "'


@dataclass(frozen=True)
class Entry:
    """What an action leaves in the log: numbers and versions, never case data. `who`: initials or a login."""

    who: str
    action: str
    counts: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """How far a log goes: its number of lines and the sha256 of the last one."""

    lines: int = 0
    sha256: str = START


def log_path(workbook: Path) -> Path:
    """Where the log of a workbook lies.

    >>> log_path(Path("sample 2024.xlsx")).name
    'sample 2024.audit.jsonl'
    """
    return workbook.with_name(f"{workbook.stem}.audit.jsonl")


def append(path: Path, entry: Entry) -> Head:
    """Add one line, on disk when this returns. Returns the new head.

    Raises PrivacyProblem when another run is writing to it, FileProblem when it cannot be written.
    """
    if not all(isinstance(count, int) for count in entry.counts.values()):
        raise TypeError("counts are whole numbers")
    with locks.held(path):
        whole, lines = _read(path)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        said = json.dumps({"when": now, **asdict(entry), "previous": _hash(lines)}, ensure_ascii=False).encode()
        line = said[:-1] + _OWN + _digest(said).encode() + b'"}'
        try:
            with path.open("r+b" if path.exists() else "xb") as file:
                file.truncate(whole)  # a line that a power cut left unfinished was never part of the log
                file.seek(whole)
                file.write(line + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            raise FileProblem("cannot-write", f"{path.name} cannot be written: check your rights to it.") from None
    return Head(len(lines) + 1, _digest(said))


def head(path: Path) -> Head:
    """How far the log goes now; a log that is not there has no lines."""
    _, lines = _read(path)
    return Head(len(lines), _hash(lines))


def verify(path: Path, anchored: Head | None = None) -> int | None:
    """The number of the first line that is not as it was written, counted from 1; None when the log is whole.

    With `anchored`, the head that the key remembers, a log that ends before it or differs at it is noticed too.
    """
    _, lines = _read(path)
    before = START
    for number, line in enumerate(lines, start=1):
        if not _follows(line, before):
            return number
        before = _hash([line])
        if anchored and number == anchored.lines and before != anchored.sha256:
            return number
    return len(lines) + 1 if anchored and anchored.lines > len(lines) else None


def _read(path: Path) -> tuple[int, list[bytes]]:
    """The length in bytes of all finished lines, and the lines without their breaks."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return 0, []
    except OSError:
        raise FileProblem("cannot-read", f"{path.name} cannot be read: check your rights to it.") from None
    whole = content.rfind(b"\n") + 1
    return whole, content[:whole].split(b"\n")[:-1]


def _follows(line: bytes, before: str) -> bool:
    """Whether a line agrees with its own hash, and with that of the line before."""
    said, own, rest = line.rpartition(_OWN)
    try:
        found = json.loads(line)
    except ValueError:
        return False
    agrees = own and rest == _digest(said + b"}").encode() + b'"}'
    return bool(agrees) and isinstance(found, dict) and found.get("previous") == before


def _hash(lines: list[bytes]) -> str:
    """The hash that the last line states."""
    return lines[-1].rpartition(_OWN)[2].decode("utf-8", "replace").removesuffix('"}') if lines else START


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()
