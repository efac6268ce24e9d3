"""Where the ribbon starts Python: `python -I -X utf8 -m xl_dipsample.addin.press.entry ACTION --pid N`.

It always ends with 0 and never with a traceback: every outcome is a message. Until it is known that no warm Python
takes the press, nothing but a little of the standard library is imported.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_dipsample.addin.press import warm
from xl_dipsample.files.windows import Windows

if TYPE_CHECKING:
    from xl_dipsample.addin.press.dialogs import Dialogs

TITLE = "Dip-sampling"
_COLLECT_AFTER = 500_000  # new objects: a long list makes millions, hardly one of them in a cycle
WRONG_CALL = (
    "The ribbon and the installed dipsample are of different versions. Run dipsample install again, and start Excel "
    "anew."
)


def main(argv: Sequence[str] | None = None, *, windows: Windows | None = None, dialogs: Dialogs | None = None) -> int:
    """Do one press; always 0. `windows`, `dialogs`: the computer and its windows (tests)."""
    computer = windows or Windows()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)
    try:
        asked = parse(sys.argv[1:] if argv is None else argv)
        if asked is None:
            computer.message_box(TITLE, WRONG_CALL)
            return 0
        action, pid = asked
        outcome = warm.hand_over(computer.local_data(), action, pid, computer.let_come_forward)
        if outcome == warm.CUT_OFF:
            computer.message_box(TITLE, outcome)
        elif outcome != warm.DONE:
            from xl_dipsample.addin.press import press

            press.do(action, pid, computer, dialogs)
    except Exception as problem:  # a package is missing or broken: nothing of ours can be relied on
        computer.message_box(TITLE, last_words(problem))
    return 0


def parse(arguments: Sequence[str]) -> tuple[str, int] | None:
    """The action's id and Excel's process; None when the words are not ours.

    >>> parse(["narrow", "--pid", "4711"])
    ('narrow', 4711)
    """
    if len(arguments) != 3 or arguments[1] != "--pid" or not arguments[2].isdecimal():
        return None
    return arguments[0], int(arguments[2])


def last_words(problem: Exception) -> str:
    """What is said when a press cannot even begin."""
    try:
        from xl_dipsample.actions.running import bug_log

        return bug_log.ended(problem).sentence
    except Exception:  # as above
        missing = problem.name if isinstance(problem, ImportError) else ""
        what = f"Python's package {missing} is missing" if missing else "Python could not start this step"
        return f"{what}. Install dipsample again, or ask IT. Nothing was changed."


if __name__ == "__main__":
    sys.exit(main())
