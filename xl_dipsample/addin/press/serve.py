"""Keep Python ready (`dipsample serve`): everything imported beforehand, so that a press costs no import.

It listens on this computer alone, takes a press only from somebody who knows the key in the user's own folder, runs
one at a time, and ends with Excel. A press that comes while another runs is told so and does the work itself.
"""

from __future__ import annotations

import gc
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path

from xl_dipsample import __version__
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import action
from xl_dipsample.addin.press import warm
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.host import Ui

HOURS = 12.0  # it waits that long for an Excel to be started
LOOK_EVERY = 5.0  # seconds between two looks whether Excel runs
GREETERS = 4  # a caller that says nothing holds one of them, not all
BEFOREHAND = (
    "xlwings",
    "pandas",
    "pandera.pandas",
    "xl_dipsample.addin.press.press",
    "xl_dipsample.addin.press.dialogs",
)

RunPress = Callable[[str, int], None]


@action(
    "serve",
    "Keep Python ready",
    "Waits in the background for the ribbon's buttons on this computer alone, and ends with Excel.",
    place=200,
)
class ServeOptions:
    """Keep Python ready asks nothing."""


@dataclass(frozen=True)
class _Press:
    action: str
    pid: int
    connection: Connection


def run(
    ui: Ui,
    options: ServeOptions,  # noqa: ARG001 - every action has the same shape
    windows: Windows | None = None,
    press: RunPress | None = None,
) -> Result:
    """Serve until Excel is gone. Raises FileProblem when another one serves already, or no record can be written.

    `windows`, `press`: the computer, and what runs a press (tests).
    """
    computer = windows or Windows()
    folder = computer.local_data()
    refuse_second(folder, computer)
    _import_beforehand()
    server = _Server(press or import_module("xl_dipsample.addin.press.press").do)
    lifetime = _Lifetime(computer, HOURS)  # an Excel that runs now counts, should it end before the first look
    try:
        warm.write_record(folder, server.record)
    except OSError:
        server.close()
        raise FileProblem(
            "folder-locked",
            f"The folder {folder} may not be written, so no button could find this: ask IT to allow it.",
        ) from None
    ui.tell("Python is ready for the ribbon's buttons; it ends with Excel.")
    try:
        taken = server.serve(lifetime)
    finally:
        warm.remove_record(folder, server.record)
        server.close()
    return Result("serve", figures={"presses": taken})


def refuse_second(folder: Path, windows: Windows) -> None:
    """Raise FileProblem when another Python is kept ready; what a dead one left is no hindrance."""
    record = warm.read_record(folder)
    if record is None or not windows.process_running(record.process):
        return
    connection = warm.connect(record)  # the number may long be another program's
    if connection is not None:
        connection.close()
        raise FileProblem("serve-running", "A Python is kept ready already; another one is not needed.")


def _import_beforehand() -> None:
    for module in (*BEFOREHAND, *(f"xl_dipsample.{one.module}" for one in registry.ACTIONS if one.button)):
        import_module(module)


class _Lifetime:
    """It ends when Excel was there and is gone, or after some hours without any."""

    def __init__(self, windows: Windows, hours: float) -> None:
        self._windows = windows
        self._until = time.monotonic() + hours * 3600
        self._seen = windows.excel_running()

    def is_over(self) -> bool:
        """Whether to end now."""
        if self._windows.excel_running():
            self._seen = True
            return False
        return self._seen or time.monotonic() > self._until


class _Server:
    """Callers are greeted on threads of their own; the main thread runs what they ask for."""

    def __init__(self, run_press: RunPress) -> None:
        self._run_press = run_press
        self._key = secrets.token_bytes(warm.KEY_BYTES)
        self._listener = Listener((warm.LOCAL, 0), backlog=GREETERS, authkey=self._key)
        port = int(self._listener.address[1])
        self.record = warm.Record(port, self._key.hex(), os.getpid(), __version__)
        self._free = threading.Lock()
        self._asked: queue.Queue[_Press] = queue.Queue()
        self._closed = threading.Event()
        self._outdated = threading.Event()

    def serve(self, lifetime: _Lifetime) -> int:
        """Run presses one after another; returns how many there were."""
        for _ in range(GREETERS):
            threading.Thread(target=self._greet, daemon=True).start()
        taken = 0
        while not ((self._outdated.is_set() or lifetime.is_over()) and self._nobody_comes_in()):
            try:
                press = self._asked.get(timeout=LOOK_EVERY)
            except queue.Empty:
                continue
            taken += 1
            self._do(press)
        return taken

    def _nobody_comes_in(self) -> bool:
        """Whether no press is taken or being agreed on; from then on every caller is told that we are busy."""
        return self._free.acquire(blocking=False)

    def close(self) -> None:
        """Stop listening."""
        self._closed.set()
        self._listener.close()

    def _do(self, press: _Press) -> None:
        try:
            with press.connection:
                self._run_press(press.action, press.pid)
                gc.collect()  # an Excel of which anything is still held here could not end
                warm.send(press.connection, {"state": warm.DONE})
        except OSError:  # the one who pressed is gone
            pass
        finally:
            self._free.release()

    def _greet(self) -> None:
        while not self._closed.is_set():
            try:
                self._answer(self._listener.accept())
            except (OSError, EOFError, AuthenticationError, ValueError):
                # a caller that knows no key, or went away; a closed listener ends the loop
                time.sleep(0.01)

    def _answer(self, connection: Connection) -> None:
        """Take a press, or say why not."""
        if not connection.poll(warm.ANSWER_SECONDS):
            connection.close()
            return
        asked = warm.receive(connection)
        action, pid, version = asked.get("action"), asked.get("pid"), asked.get("version")
        if not (isinstance(action, str) and type(pid) is int and isinstance(version, str)):
            connection.close()
        elif version != __version__:
            self._refuse(connection, warm.OTHER_VERSION)
            self._outdated.set()  # the package was renewed: nobody will ask this one again
        elif not self._free.acquire(blocking=False):
            self._refuse(connection, warm.BUSY)
        elif self._agreed(connection):
            self._asked.put(_Press(action, pid, connection))
        else:
            self._free.release()
            connection.close()

    @staticmethod
    def _agreed(connection: Connection) -> bool:
        """Whether the one who presses still waits: otherwise it does the work itself, and twice is wrong."""
        try:
            warm.send(connection, {"state": warm.TAKEN})
            return connection.poll(warm.ANSWER_SECONDS) and warm.receive(connection).get("state") == warm.GO
        except (OSError, EOFError, ValueError):
            return False

    @staticmethod
    def _refuse(connection: Connection, state: str) -> None:
        with connection:
            warm.send(connection, {"state": state})
