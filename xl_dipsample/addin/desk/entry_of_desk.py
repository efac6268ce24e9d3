"""Where the desk starts, from the Start menu or by Windows, which adds -Embedding when the ribbon asked for it.

Until the ribbon can be answered nothing heavy is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xl_dipsample.files.windows import Windows

if TYPE_CHECKING:
    from xl_dipsample.addin.desk.presses import Press

NAME = "desk"
TITLE = "Dip-sampling"
ASKED_BY_THE_RIBBON = ("-embedding", "/embedding")


def main(argv: Sequence[str] | None = None, *, windows: Windows | None = None) -> int:
    """Open the desk, or bring the one of this session to the front. Always 0: every outcome is a message."""
    arguments = [one.casefold() for one in (sys.argv[1:] if argv is None else argv)]
    computer = windows or Windows()
    try:
        if not computer.only_one(NAME):
            computer.call_first(NAME)
            return 0
        from xl_dipsample.addin.desk.desk_window import DeskWindow

        window = DeskWindow(computer)
        with answering(window.desk.presses.press, computer):
            window.run(minimised=any(one in ASKED_BY_THE_RIBBON for one in arguments))
    except Exception as problem:  # no screen, or a package is broken
        from xl_dipsample.addin.press.entry import last_words

        computer.message_box(TITLE, last_words(problem))
    return 0


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
    sys.exit(main())
