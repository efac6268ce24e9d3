"""Where the desk starts, from the Start menu or by Windows, which adds -Embedding when the ribbon asked for it.

Until the ribbon can be answered nothing heavy is imported.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xl_dipsample.files.windows import Windows
from xl_dipsample.files.windows_kernel import way_to_end

if TYPE_CHECKING:
    from xl_dipsample.addin.desk.presses import Press

NAME = "desk"  # of the one desk of a session
TITLE = "Dip-sampling"
_COLLECT_AFTER = 500_000  # new objects: a long list makes millions, hardly one of them in a cycle
ASKED_BY_THE_RIBBON = ("-embedding", "/embedding")


def main(argv: Sequence[str] | None = None, *, windows: Windows | None = None) -> int:
    """Open the desk, or bring the one of this session to the front. Always 0: every outcome is a message."""
    arguments = [one.casefold() for one in (sys.argv[1:] if argv is None else argv)]
    computer = windows or Windows()
    collect_rarely()
    try:
        if not computer.only_one(NAME):
            computer.call_first(NAME)
            return 0
        from xl_dipsample.addin.desk.desk_window import DeskWindow

        window = DeskWindow(computer)
        with answering(window.desk.presses.press, computer):
            window.run(minimised=any(one in ASKED_BY_THE_RIBBON for one in arguments))
    except Exception as problem:  # no screen, or a package is broken
        computer.message_box(TITLE, last_words(problem))
    return 0


def collect_rarely() -> None:
    """Look for cycles rarely: between two presses everything is collected (`presses`)."""
    gc.set_threshold(_COLLECT_AFTER, 20, 20)


def last_words(problem: Exception) -> str:
    """What is said when the desk cannot open."""
    try:
        from xl_dipsample.actions.running import bug_log

        return bug_log.ended(problem).sentence
    except Exception:  # a package is missing: nothing of ours can be relied on
        missing = problem.name if isinstance(problem, ImportError) else ""
        what = f"Python's package {missing} is missing" if missing else "Python could not open the desk"
        return f"{what}. Install dipsample again, or ask IT. Nothing was changed."


@contextmanager
def answering(press: Callable[[Press], str], computer: Windows) -> Iterator[None]:
    """The ribbon is answered, where there is one."""
    if not computer.is_windows():
        yield
        return
    from xl_dipsample.addin.desk.automation import Asked, Server

    server = Server(Asked(press, computer))
    server.start()
    try:
        yield
    finally:
        server.end()


if __name__ == "__main__":
    end = way_to_end()
    # Python would wait for what a thread still asks of Excel: a program that answers no more would hold the desk, its
    # name, and the ribbon with it
    end(main())
