"""Replacing a file so that a power cut at any instant leaves the old one or the new one.

Bytes -> temporary file in the same folder -> flush, fsync -> read again and compare -> os.replace, tried again while a
virus scanner or sync client holds the file. Never written in place. `replace_file` is for everybody; what holds names
(privacy/key/in_place.py) asks more of `put`.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import io
import os
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem

_BUSY = (5, 32, 33)  # Windows: access denied, sharing violation, lock violation: a virus scanner or a sync client
WAITS = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0)  # seconds between the attempts: it lets go within these
START, END = ".dipsample-", ".tmp"  # of a temporary file's name


def replace_file(data: bytes, path: Path) -> None:
    """Put `data` where `path` is, at once and for good, or leave everything as it was.

    Raises FileProblem when the folder is gone, not writable or full, or when the file stays locked.
    """
    path = Path(os.path.realpath(path))  # what a link leads to is replaced, not the link
    try:
        put(data, path, lambda found: _compare(found, data))
    except OSError as error:
        raise _problem(error, path) from error


def put(
    data: bytes,
    path: Path,
    ready: Callable[[bytes], object],
    *,
    start: str = START,
    private: bool = False,
    beside: Path | None = None,
) -> Path:
    """Put `data` where `path` is; returns where it went. Raises OSError, and what `ready` raises: nothing changed then.

    `ready` is given what can be read back from the disk, just before it takes the file's place. `start`: of the
    temporary file's name. `private`: a new file is for its owner alone. `beside`: where the new file goes when another
    program will not let go of the old one.
    """
    handle, name = tempfile.mkstemp(prefix=start, suffix=END, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        ready(temporary.read_bytes())
        _set_mode(path, temporary, private=private)
        where = _replaced(temporary, path, beside)
    finally:
        with contextlib.suppress(OSError):  # a share that is gone took it along; the next run removes it
            temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return where


def remove_leftovers(folder: Path, start: str = START, *, older_than: float = 0.0) -> None:
    """Remove temporary files of a run that was killed. `older_than`: seconds, where others may be writing now."""
    for leftover in folder.glob(f"{glob.escape(start)}*{END}"):
        with contextlib.suppress(OSError):  # another program looks at it: the next run will get it
            if not older_than or time.time() - leftover.stat().st_mtime > older_than:
                leftover.unlink()


def refuse_unwritable(folder: Path, instead: str) -> None:
    """Raise FileProblem when no file can be made in `folder`; `instead`: how to choose another, in words."""
    try:
        with tempfile.TemporaryFile(prefix=START, suffix=END, dir=folder):
            pass  # it has no name, or goes with this process: nothing is left of it, whatever happens
    except OSError as error:
        raise FileProblem(
            "folder-locked", f"The folder {folder} cannot be written to; choose another {instead}."
        ) from error


def _compare(found: bytes, data: bytes) -> None:
    """What is on the disk, and of a zip also its directory."""
    if found != data or (data[:2] == b"PK" and not zipfile.is_zipfile(io.BytesIO(found))):
        raise FileProblem(
            "written-badly",
            "What was written cannot be read back. The disk may be full or failing. Nothing was changed.",
        )


def _set_mode(path: Path, temporary: Path, *, private: bool) -> None:
    """The new file may be read by whoever could read the old one; a fresh one by whom the system says."""
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    elif not private and os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)


def _replaced(temporary: Path, path: Path, beside: Path | None) -> Path:
    for wait in (*WAITS, 0.0):
        try:
            os.replace(temporary, path)  # noqa: PTH105
        except OSError as error:
            if getattr(error, "winerror", None) not in _BUSY and error.errno != errno.EBUSY:
                raise
            time.sleep(wait)
        else:
            return path
    where = beside or path
    os.replace(temporary, where)  # noqa: PTH105
    return where


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets us; the file itself is on the disk already."""
    if os.name == "posix":  # Windows cannot, and need not
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _problem(error: OSError, path: Path) -> FileProblem:
    if isinstance(error, FileNotFoundError):
        return FileProblem("no-such-folder", f"There is no folder {path.parent}. Make it, or choose another.")
    if isinstance(error, PermissionError):
        return FileProblem(
            "cannot-write",
            f"{path.name} cannot be written: somebody has it open, or you may not write there. Close it and try again.",
        )
    return FileProblem(
        "cannot-write", f"{path.name} cannot be written ({error.strerror}). Free some space, or choose another folder."
    )
