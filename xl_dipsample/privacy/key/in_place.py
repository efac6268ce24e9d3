"""Put an encrypted workbook in place: a power cut at any instant leaves the old file or the new one.

Encrypted bytes -> temporary file in the same folder -> flush, fsync -> read again, decrypt, compare -> back up the
old file -> os.replace, tried again while a virus scanner or sync client holds it. Never written in place.
"""

from __future__ import annotations

import datetime as dt
import errno
import glob
import os
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.privacy.key.sealed import seal, unseal

BACKUPS = 5
HELD_BY_ANOTHER = (5, 32, 33)  # Windows: access denied, sharing violation, lock violation
WAITS = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0)  # seconds: a virus scanner or sync client lets go within these

Replace = Callable[[Path, Path], None]


def put(
    path: Path,
    plain: bytes,
    passphrase: str,
    *,
    sealed: bytes | None = None,
    keep_old: bool = True,
    replace: Replace = os.replace,
    waits: Sequence[float] = WAITS,
) -> tuple[Path, bytes]:
    """Encrypt `plain` and put it at `path`. Returns where it went, and the encrypted bytes.

    `sealed`: `plain`, encrypted with this passphrase already, for a caller who has to know the bytes beforehand.
    Where it went is `path`, or, when another program would not let go of `path`, a new file beside it (see
    `not_in_place`). Raises FileProblem when the folder is not there or cannot be written to, PrivacyProblem when
    what was written does not decrypt to what was meant; the old file is then as it was.
    """
    path = Path(os.path.realpath(path))  # replacing a link would leave the real file old
    refuse_open_elsewhere(path)
    sealed = seal(plain, passphrase) if sealed is None else sealed
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        _remove_leftovers(path)
        _write(temporary, sealed)
        _compare(temporary, sealed, plain, passphrase, path.name)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
            if keep_old:
                _back_up(path)
        where = _replace(temporary, path, replace, waits)
        _sync_folder(path.parent)
    except OSError as error:
        raise FileProblem(
            "cannot-write", f"{path.name} cannot be written ({_reason(error)}): check the folder and your rights to it."
        ) from None
    finally:
        with suppress(OSError):  # a share that is gone took it along; the next run removes it
            temporary.unlink(missing_ok=True)
    return where, sealed


def put_back(path: Path, encrypted: bytes) -> None:
    """Encrypted bytes that were at `path` a moment ago, there again. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        _write(temporary, encrypted)
        _replace(temporary, path, os.replace, ())
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def not_in_place(path: Path) -> list[Path]:
    """Newer files beside `path` that another program kept us from putting in its place, oldest first."""
    pattern = glob.escape(f"{path.stem} (not yet in place ") + "*" + glob.escape(f"){path.suffix}")
    return sorted(path.parent.glob(pattern))


def backups(path: Path) -> list[Path]:
    """The dated copies of earlier keys beside `path`, oldest first. Each opens with the passphrase of its time."""
    path = Path(os.path.realpath(path))
    return sorted(path.parent.glob(glob.escape(path.name) + ".*.bak"), key=_age)


def refuse_open_elsewhere(path: Path) -> None:
    """Raise FileProblem when Excel or LibreOffice has the file open: their lock files lie beside it."""
    for lock_file in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock_file).exists():
            raise FileProblem("open-elsewhere", f"{path.name} is open in another program: close it there first.")


def _write(temporary: Path, sealed: bytes) -> None:
    with temporary.open("xb") as file:
        temporary.chmod(0o600)
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def _compare(temporary: Path, sealed: bytes, plain: bytes, passphrase: str, name: str) -> None:
    written = temporary.read_bytes()
    if written != sealed or unseal(written, passphrase, name) != plain:
        raise PrivacyProblem("not-as-meant", f"{name} could not be written as it should be: the old file is kept.")


def _back_up(path: Path) -> None:
    """A dated copy, still encrypted; the oldest beyond BACKUPS go."""
    stamp = _stamp()
    copy = path.with_name(f"{path.name}.{stamp}.bak")
    again = 1
    while copy.exists():
        again += 1
        copy = path.with_name(f"{path.name}.{stamp}-{again}.bak")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        _write(temporary, path.read_bytes())
        temporary.replace(copy)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    for old in backups(path)[:-BACKUPS]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _replace(temporary: Path, path: Path, replace: Replace, waits: Sequence[float]) -> Path:
    for wait in (*waits, None):
        try:
            replace(temporary, path)
        except OSError as error:
            if getattr(error, "winerror", None) not in HELD_BY_ANOTHER and error.errno != errno.EBUSY:
                raise
            if wait is not None:
                time.sleep(wait)
        else:
            return path
    beside = path.with_name(f"{path.stem} (not yet in place {_stamp()}){path.suffix}")
    temporary.replace(beside)
    return beside


def _remove_leftovers(path: Path) -> None:
    """Temporary files of a run that was killed. They are encrypted; whoever writes here holds the lock."""
    for leftover in path.parent.glob(glob.escape(f".{path.name}.") + "*.tmp"):
        leftover.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot, and need not
        with suppress(OSError):  # the new file is in its place already, so this is no failure of the write
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _stamp() -> str:
    return dt.datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").casefold()
