"""Put an encrypted workbook in place: a power cut at any instant leaves the old file or the new one.

`files.atomic` writes; here stands what an encrypted file needs besides: before it takes the old one's place it is
decrypted and compared, and the old one backed up. While another program holds the old one, it goes beside that.
"""

from __future__ import annotations

import datetime as dt
import glob
import os
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.files import atomic
from xl_dipsample.privacy.key.sealed import seal, unseal

BACKUPS = 5


def put(
    path: Path, plain: bytes, passphrase: str, *, sealed: bytes | None = None, keep_old: bool = True
) -> tuple[Path, bytes]:
    """Encrypt `plain` and put it at `path`. Returns where it went, and the encrypted bytes.

    `sealed`: `plain`, encrypted with this passphrase already, for a caller who has to know the bytes beforehand.
    Where it went is `path`, or, when another program would not let go of `path`, a new file beside it (see
    `not_in_place`). Raises FileProblem when the folder is not there or cannot be written to, PrivacyProblem when
    what was written does not decrypt to what was meant; the old file is then as it was.
    """
    path = Path(os.path.realpath(path))  # replacing a link would leave the real file old
    refuse_open_elsewhere(path)
    encrypted = seal(plain, passphrase) if sealed is None else sealed

    def ready(found: bytes) -> None:
        if found != encrypted or unseal(found, passphrase, path.name) != plain:
            raise PrivacyProblem(
                "not-as-meant", f"{path.name} could not be written as it should be: the old file is kept."
            )
        if keep_old and path.exists():
            _back_up(path)

    beside = path.with_name(f"{path.stem} (not yet in place {_stamp()}){path.suffix}")
    try:
        # of a run that was killed: they are encrypted, and whoever writes here holds the lock
        atomic.remove_leftovers(path.parent, _start(path))
        where = atomic.put(encrypted, path, ready, start=_start(path), private=True, beside=beside)
    except OSError as error:
        raise FileProblem(
            "cannot-write", f"{path.name} cannot be written ({_reason(error)}): check the folder and your rights to it."
        ) from None
    return where, encrypted


def put_or_refuse(path: Path, plain: bytes, passphrase: str, *, sealed: bytes | None = None) -> None:
    """The same without a backup, where a new file beside the old one would be of no use.

    Raises FileProblem also when another program holds the old one: it is then as it was.
    """
    where, _ = put(path, plain, passphrase, sealed=sealed, keep_old=False)
    if where.name != path.name:
        where.unlink()
        raise FileProblem("open-elsewhere", f"{path.name} is held by another program: close it there first.")


def put_back(path: Path, encrypted: bytes) -> None:
    """Encrypted bytes that were at `path` a moment ago, there again. Raises OSError."""
    atomic.put(encrypted, path, bool, start=_start(path), private=True)


def not_in_place(path: Path) -> list[Path]:
    """Newer files beside `path` that another program kept us from putting in its place, oldest first."""
    pattern = glob.escape(f"{path.stem} (not yet in place ") + "*" + glob.escape(f"){path.suffix}")
    return sorted(path.parent.glob(pattern))


def backups(path: Path) -> list[Path]:
    """The dated copies of earlier keys beside `path`, oldest first. Each opens with the passphrase of its time."""
    path = Path(os.path.realpath(path))
    return sorted(path.parent.glob(glob.escape(path.name) + ".*.bak"), key=_age)


def renew_backups(path: Path, old: str, new: str, *, delete: bool) -> tuple[list[Path], list[Path]]:
    """Encrypt the backups beside `path` that `old` opens with `new`, or delete them.

    Returns those, and those that stay as they are: another passphrase opens them, they are damaged, or are held.
    """
    done, left = [], []
    for backup in backups(path):
        try:
            plain = unseal(backup.read_bytes(), old, backup.name)
            if delete:
                backup.unlink()
            else:
                put_back(backup, seal(plain, new))
        except (PrivacyProblem, OSError):
            left.append(backup)
        else:
            done.append(backup)
    return done, left


def refuse_open_elsewhere(path: Path) -> None:
    """Raise FileProblem when Excel or LibreOffice has the file open: their lock files lie beside it."""
    for lock_file in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock_file).exists():
            raise FileProblem("open-elsewhere", f"{path.name} is open in another program: close it there first.")


def _back_up(path: Path) -> None:
    """A dated copy, still encrypted; the oldest beyond BACKUPS go."""
    stamp = _stamp()
    copy = path.with_name(f"{path.name}.{stamp}.bak")
    again = 1
    while copy.exists():
        again += 1
        copy = path.with_name(f"{path.name}.{stamp}-{again}.bak")
    atomic.put(path.read_bytes(), copy, bool, start=_start(path), private=True)
    for old in backups(path)[:-BACKUPS]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _start(path: Path) -> str:
    """How the names of temporary files for it start: nobody else's are taken for them."""
    return f".{path.name}."


def _stamp() -> str:
    return dt.datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").casefold()
