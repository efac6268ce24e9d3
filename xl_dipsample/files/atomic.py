"""Replacing a file so that a power cut at any instant leaves the old one or the new one."""

from __future__ import annotations

import io
import os
import tempfile
import time
import zipfile
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem

_BUSY = (5, 32, 33)  # Windows: access denied, sharing violation, lock violation: a virus scanner or a sync client
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds between the attempts


def replace_file(temporary_bytes: bytes, path: Path) -> None:
    """Put `temporary_bytes` where `path` is, at once and for good, or leave everything as it was.

    The bytes are written beside the file, flushed to the disk, read again and compared before they take its place.
    Raises FileProblem when the folder is gone, not writable or full, or when the file stays locked.
    """
    path = Path(os.path.realpath(path))  # what a link leads to is replaced, not the link
    temporary: Path | None = None
    try:
        temporary = _written(temporary_bytes, path)
        _check(temporary, temporary_bytes)
        _keep_mode(path, temporary)
        _replace(temporary, path)
    except OSError as error:
        raise _problem(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _written(data: bytes, path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=".dipsample-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _check(temporary: Path, data: bytes) -> None:
    """Read what is on the disk; of a zip also its directory."""
    found = temporary.read_bytes()
    if found != data or (data[:2] == b"PK" and not zipfile.is_zipfile(io.BytesIO(found))):
        raise FileProblem(
            "written-badly",
            "What was written cannot be read back. The disk may be full or failing. Nothing was changed.",
        )


def _keep_mode(path: Path, temporary: Path) -> None:
    """The new file may be read by whoever could read the old one; a fresh one by whom the system says."""
    if os.name != "posix":
        return
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)


def _replace(temporary: Path, path: Path) -> None:
    for wait in (*_WAITS, None):
        try:
            os.replace(temporary, path)  # noqa: PTH105
        except PermissionError as error:
            if wait is None or getattr(error, "winerror", None) not in _BUSY:
                raise
            time.sleep(wait)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets us."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return  # some network file systems cannot; the file itself is on the disk
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
