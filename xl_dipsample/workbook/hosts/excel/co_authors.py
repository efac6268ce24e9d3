"""Others who have the workbook open too: what they type while a step writes could be lost.

What Excel tells (Microsoft's reference of Workbook.UserStatus, Workbook.AutoSaveOn and "About coauthoring in Excel"):
who has a workbook open as a shared list. Of co-authors, who need a workbook in the cloud, it tells nobody: only that
AutoSave is on there, and then what others type comes in at any moment.
"""

from __future__ import annotations

from typing import Any

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.workbook.host import Ui
from xl_dipsample.workbook.hosts.excel import com

ALONE, LOOK = "Nobody else has it open: go on", "Stop, so that I can look"


def refuse(book: Any, ui: Ui, *, typed_in_by_many: bool) -> None:
    """Ask, where reviewers type and AutoSave is on, whether anybody else is in it. Raises WorkbookProblem.

    `typed_in_by_many`: a review workbook. A working workbook is the lead's own: nothing is asked about it.
    """
    others = com.others(book)
    if others:
        raise WorkbookProblem(
            "open-elsewhere-too",
            f"{plural(others, 'other person has', 'other people have')} {book.name} open as well, and what they type "
            "while a step writes could be lost. Ask them to close it, and press the button again.",
        )
    if not (typed_in_by_many and com.auto_save(book)):
        return
    question = (
        f"AutoSave is on for {book.name}, so others can have it open too, and what they type while this step writes "
        "could be lost. Excel shows who they are at its top right. Does anybody else have it open now?"
    )
    if ui.choose(question, (ALONE, LOOK), "") != ALONE:
        raise WorkbookProblem(
            "co-author",
            f"Nothing was changed. Ask whoever has {book.name} open to close it, wait until Excel shows nobody else, "
            "and press the button again.",
        )
