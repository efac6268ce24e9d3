"""Presses, one at a time, on one thread that alone speaks with Excel.

Whoever presses is answered at once: taken, busy, or other version. A press is an action's id, Excel's process and the
workbook's full name; no path, option or answer comes in with it, and nothing of the workbook goes out.
"""

from __future__ import annotations

import gc
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from xl_dipsample import __version__

TAKEN, BUSY, OTHER_VERSION = "taken", "busy", "other version"


@dataclass(frozen=True)
class Press:
    """`process`: Excel's; None where none runs. `workbook`: what Excel calls it, '' for whichever is on screen."""

    action: str
    process: int | None = None
    workbook: str = ""


class Presses:
    """Takes a press when nothing is in work, and does it on its own thread.

    `do` never raises. `apartment`: what the thread needs to speak with Excel; `beforehand`: what is loaded before the
    first press; `ended` is called on the thread when a press is over.
    """

    def __init__(
        self,
        do: Callable[[Press], None],
        *,
        apartment: Callable[[], AbstractContextManager[None]] = nullcontext,
        beforehand: Callable[[], None] = lambda: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._do, self._apartment, self._beforehand, self._ended = do, apartment, beforehand, ended
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._free = threading.Lock()
        self._over = False
        self._thread = threading.Thread(target=self._work, name="presses", daemon=True)

    def start(self) -> None:
        """Begin to load what presses need, and then to wait for them."""
        self._thread.start()

    def press(self, press: Press, version: str = __version__) -> str:
        """TAKEN, BUSY or OTHER_VERSION, at once."""
        if version != __version__:
            return OTHER_VERSION
        if not self._free.acquire(blocking=False):
            return BUSY
        self._asked.put(lambda: self._do_one(press))
        return TAKEN

    def between(self, look: Callable[[], None]) -> bool:
        """Do `look` on the thread when nothing is in work; False when something is. It must be short, and not raise.

        A press that comes meanwhile is taken, and done after it.
        """
        if self._free.locked():
            return False
        self._asked.put(look)
        return True

    @property
    def at_work(self) -> bool:
        """Whether a press is in work."""
        return self._free.locked()

    @property
    def over(self) -> bool:
        """Whether no more presses are taken."""
        return self._over

    def end(self, seconds: float | None = None) -> bool:
        """Take no more presses, and wait for the one in work; False when it is in work still after that time."""
        if self._over:
            return True
        if not self._free.acquire(timeout=-1 if seconds is None else seconds):
            return False
        self._over = True
        self._asked.put(None)  # the lock stays: whoever presses now is told that this is busy
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        with self._apartment():
            self._beforehand()
            while (job := self._asked.get()) is not None:
                job()

    def _do_one(self, press: Press) -> None:
        try:
            self._do(press)
        finally:
            gc.collect()  # passphrase, opened key and tables go now; an Excel of which anything is held could not end
            self._free.release()
            self._ended()
