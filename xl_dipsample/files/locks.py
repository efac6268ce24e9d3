"""One writer at a time: a lock file beside the key, which says who holds it.

The file is made with O_EXCL, which fails when it is there, also on a network share. A lock whose process on this
machine is gone is taken over; one from another machine is never, because nobody can see from here whether it still
works there: the sentence says who, where, since when, and what to do.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.files.windows import Windows

LONG = dt.timedelta(hours=4)  # no action takes nearly as long
_ours: set[str] = set()  # the tokens of the locks that this process holds now
HALF_WRITTEN = 10.0  # seconds after which an empty lock file is left from a run that was cut off


@dataclass(frozen=True)
class Holder:
    """Who holds a lock. `since` is ISO 8601, UTC."""

    user: str
    machine: str
    process: int
    since: str
    token: str


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of `path` inside the block. It is a file beside it, NAME.lock, gone afterwards.

    Raises PrivacyProblem when somebody else holds it, FileProblem when no file can be made there.
    """
    path = Path(os.path.realpath(path))
    lock_file = path.with_name(f"{path.name}.lock")
    holder = _me()
    _ours.add(holder.token)
    try:
        _take(lock_file, path.name, holder)
        yield
    finally:
        if _holder(lock_file) == holder:  # never somebody else's
            _remove(lock_file)
        _ours.discard(holder.token)


def _take(lock_file: Path, name: str, holder: Holder) -> None:
    for _ in range(3):
        if _create(lock_file, holder, name):
            return
        if not _removed_as_left_over(lock_file):
            break
    raise PrivacyProblem("locked", _sentence(_holder(lock_file), lock_file.name, name))


def _me() -> Holder:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Holder(_user(), socket.gethostname(), os.getpid(), now, secrets.token_hex(8))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user database, as in some containers and on Windows
        return "unknown user"


def _create(lock_file: Path, holder: Holder, name: str) -> bool:
    try:
        with lock_file.open("x", encoding="utf-8") as file:
            json.dump(asdict(holder), file)
    except FileExistsError:
        return False
    except PermissionError:
        if lock_file.exists():  # Windows says so while another process is deleting it
            return False
        raise FileProblem(
            "cannot-write", f"No lock file can be made beside {name}: check your rights to its folder."
        ) from None
    except OSError:
        raise FileProblem("no-such-folder", f"The folder for {name} is not there: check its name.") from None
    return True


def _holder(lock_file: Path) -> Holder | None:
    """Who holds the lock; None when the file is gone or not (yet) wholly written."""
    try:
        return Holder(**json.loads(lock_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _removed_as_left_over(lock_file: Path) -> bool:
    """Remove the lock of a process of this machine that is gone. True when it is worth another try.

    Two processes may see the same left-over lock. Only the one that makes the claim file may remove it, and it looks
    again after that, so that nobody removes the fresh lock of the other.
    """
    holder = _holder(lock_file)
    if not lock_file.exists():
        return True
    if not _is_left_over(lock_file, holder):
        return False
    claim = lock_file.with_name(f"{lock_file.name}.{holder.token if holder else 'empty'}")
    try:
        claim.open("x").close()
    except OSError:
        time.sleep(0.05)  # another process is at it
        return not lock_file.exists()
    try:
        if _holder(lock_file) == holder and _is_left_over(lock_file, holder):
            _remove(lock_file)
    finally:
        _remove(claim)
    return True


def _is_left_over(lock_file: Path, holder: Holder | None) -> bool:
    if holder is None:
        try:
            return time.time() - lock_file.stat().st_mtime > HALF_WRITTEN
        except OSError:
            return False
    if holder.machine != socket.gethostname():
        return False
    if holder.process == os.getpid():  # ours, or of a process before us that had the same number
        return holder.token not in _ours
    return not Windows().process_running(holder.process)


def _remove(file: Path) -> None:
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8, 0.0):
        try:
            file.unlink(missing_ok=True)
        except PermissionError:  # a virus scanner looks at it
            time.sleep(wait)
        except OSError:  # the network share is gone; the next run takes the lock over
            return
        else:
            return


def _sentence(holder: Holder | None, lock_name: str, name: str) -> str:
    if holder is None:
        return f"{name} is in use by another run of dipsample: try again in a minute."
    who = f"{name} has been in use by {holder.user} on {holder.machine} since {_time(holder.since)}"
    if _age(holder.since) > LONG:
        return f"{who}, longer than any step takes: if nobody is working there now, delete {lock_name} and try again."
    return f"{who}: try again when that is done."


def _time(since: str) -> str:
    try:
        return dt.datetime.fromisoformat(since).astimezone().strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return "an unknown time"


def _age(since: str) -> dt.timedelta:
    try:
        return dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(since)
    except (ValueError, TypeError):
        return dt.timedelta.max
