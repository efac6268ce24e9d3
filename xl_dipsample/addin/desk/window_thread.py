"""What only the window's thread may do, brought to it by another: tkinter answers to no thread but its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from xl_dipsample.addin.press.dialogs import Dialogs, Kinds, Stopped

T = TypeVar("T")


class WindowThread:
    """A line of jobs for the thread that made it; `do_waiting` is called there, again and again."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._waiting: set[_Job[Any]] = set()
        self._closed = threading.Event()

    def post(self, job: Callable[[], None]) -> None:
        """Have a job done without waiting for it."""
        self._jobs.put(job)

    def call(self, job: Callable[[], T]) -> T:
        """Have a job done and wait for what it gives or raises. Raises Stopped when the window goes meanwhile."""
        if threading.get_ident() == self._thread:
            return job()
        if self._closed.is_set():
            raise Stopped
        waiting = _Job(job)
        self._waiting.add(waiting)
        try:
            self._jobs.put(waiting.do)
            return waiting.answer()
        finally:
            self._waiting.discard(waiting)

    def do_waiting(self) -> None:
        """Do the jobs that came until now."""
        for _ in range(self._jobs.qsize()):
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:  # a question's own loop did it
                return
            job()

    def close(self) -> None:
        """The window goes: whoever waits for it is told that the person stopped."""
        self._closed.set()
        for waiting in list(self._waiting):
            waiting.stop()


class _Job(Generic[T]):
    """One job that another thread waits for."""

    def __init__(self, job: Callable[[], T]) -> None:
        self._job = job
        self._done = threading.Event()
        self._given: T | None = None
        self._raised: BaseException | None = None

    def do(self) -> None:
        try:
            self._given = self._job()
        except BaseException as raised:  # it belongs to the thread that waits
            self._raised = raised
        self._done.set()

    def stop(self) -> None:
        if not self._done.is_set():
            self._raised = Stopped()
            self._done.set()

    def answer(self) -> T:
        self._done.wait()
        if self._raised is not None:
            raise self._raised
        return cast("T", self._given)


class AskedThere(Dialogs):
    """The questions of `asking`, asked on the window's thread."""

    def __init__(self, thread: WindowThread, asking: Dialogs) -> None:
        self._there, self._asking = thread, asking

    @property
    def owner(self) -> int | None:
        """The window in front of which questions stand."""
        return self._asking.owner

    @owner.setter
    def owner(self, window: int | None) -> None:
        self._asking.owner = window

    def text(self, question: str, proposed: str = "") -> str:
        """Ask for words."""
        return self._there.call(lambda: self._asking.text(question, proposed))

    def secret(self, question: str, offered: str = "") -> str:
        """Ask for a passphrase."""
        return self._there.call(lambda: self._asking.secret(question, offered))

    def choose(self, question: str, choices: Sequence[str]) -> str:
        """Ask for one of the choices."""
        return self._there.call(lambda: self._asking.choose(question, choices))

    def ticks(self, question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
        """Ask for any number of the choices."""
        return self._there.call(lambda: self._asking.ticks(question, choices, ticked))

    def open_file(self, question: str, folder: Path | None, kinds: Kinds) -> Path:
        """Ask for a file that is there."""
        return self._there.call(lambda: self._asking.open_file(question, folder, kinds))

    def open_files(self, question: str, folder: Path | None, kinds: Kinds) -> list[Path]:
        """Ask for one file that is there, or several of one folder."""
        return self._there.call(lambda: self._asking.open_files(question, folder, kinds))

    def save_file(self, question: str, folder: Path | None, name: str, kinds: Kinds) -> Path:
        """Ask where a file shall lie."""
        return self._there.call(lambda: self._asking.save_file(question, folder, name, kinds))

    def folder(self, question: str, folder: Path | None) -> Path:
        """Ask for a folder."""
        return self._there.call(lambda: self._asking.folder(question, folder))
