"""Handing a press over to a Python that is kept warm. It imports the standard library alone, and little of that.

A record in the user's own local data says where `dipsample serve` listens and holds the key that both sides prove to
know. Messages are JSON, never pickle: what comes in is data. Whatever is wrong with the record or the server, the
press does the work itself.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_dipsample import __version__

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

RECORD = "serve.json"
LOCAL = "127.0.0.1"
CONNECT_SECONDS = 1.5  # a server that does not greet in this time hangs
ANSWER_SECONDS = 3.0  # until it says that it takes the press
KEY_BYTES = 32
LONGEST = 4096  # bytes of a message

# What a server answers. After TAKEN comes DONE; with any other answer the press does the work itself.
TAKEN, BUSY, OTHER_VERSION, DONE = "taken", "busy", "other-version", "done"
GO = "go"  # the press says it after TAKEN: without it nothing is run, so that no press is ever run twice
CUT_OFF = (
    "The Python that is kept ready ended in the middle of this step. Look at the workbook: nothing of the step was "
    "written, or all of it. Press the button again."
)


@dataclass(frozen=True)
class Record:
    """Where a server listens. `key`: hexadecimal; `version`: of the package that it runs."""

    port: int
    key: str
    process: int
    version: str


def write_record(folder: Path, record: Record) -> None:
    """Write the record so that only this user may read it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{RECORD}.{record.process}"
    new.unlink(missing_ok=True)
    # mode 0600; on Windows the folder's own rights say that only this user may read it
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(record), file)
    new.replace(folder / RECORD)


def read_record(folder: Path) -> Record | None:
    """The record; None when there is none, or none that makes sense."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        record = Record(**found)
        fits = all(type(getattr(record, name)) is int for name in ("port", "process"))
        fits = fits and 0 < record.port < 65536 and len(bytes.fromhex(record.key)) == KEY_BYTES
    except (OSError, ValueError, TypeError):
        return None
    return record if fits and isinstance(record.version, str) else None


def remove_record(folder: Path, record: Record) -> None:
    """Remove the record when it is still this one."""
    if read_record(folder) == record:
        (folder / RECORD).unlink(missing_ok=True)


def hand_over(folder: Path, action: str, pid: int, let_forward: Callable[[int], None] | None = None) -> str:
    """Let a warm Python do the press and wait for it.

    `let_forward` lets that process put its windows in front: Windows allows it only to the program in use.
    Returns DONE when it did; CUT_OFF, a sentence for the person, when it died at it; '' when nobody took it.
    """
    record = read_record(folder)
    if record is None or record.version != __version__:
        return ""
    connection = connect(record)
    if connection is None:
        return ""
    try:
        with connection:
            send(connection, {"action": action, "pid": pid, "version": __version__})
            if not connection.poll(ANSWER_SECONDS) or receive(connection).get("state") != TAKEN:
                return ""
            if let_forward is not None:
                let_forward(record.process)
            send(connection, {"state": GO})
            return _wait(connection)
    except (OSError, EOFError, ValueError):
        return ""


def _wait(connection: Connection) -> str:
    """A person may take as long as they like over its questions: only its end ends the waiting."""
    try:
        return DONE if receive(connection).get("state") == DONE else CUT_OFF
    except (OSError, EOFError, ValueError):
        return CUT_OFF


def connect(record: Record) -> Connection | None:
    """A connection on which both sides have proved that they know the key; None when that takes too long or fails."""
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    made: list[Connection] = []
    given_up = threading.Event()

    def try_it() -> None:
        try:
            connection = Client((LOCAL, record.port), authkey=bytes.fromhex(record.key))
        except (OSError, EOFError, AuthenticationError):
            return
        if given_up.is_set():
            connection.close()
        else:
            made.append(connection)

    # the greeting has no time-out of its own: a server that hangs would hang the press
    attempt = threading.Thread(target=try_it, daemon=True)
    attempt.start()
    attempt.join(CONNECT_SECONDS)
    given_up.set()
    return made[0] if made else None


def send(connection: Connection, message: dict[str, Any]) -> None:
    """Send one message. Raises OSError."""
    connection.send_bytes(json.dumps(message).encode())


def receive(connection: Connection) -> dict[str, Any]:
    """The next message. Raises OSError, EOFError, ValueError (no JSON object)."""
    message = json.loads(connection.recv_bytes(LONGEST))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message
