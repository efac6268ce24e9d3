"""How an action speaks with a person who works in Excel: message boxes, windows that ask, and the status bar."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xl_dipsample.addin.press.dialogs import TITLE, Dialogs, Kinds
from xl_dipsample.addin.press.options_in_words import in_excel
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.hosts.excel import busy

if TYPE_CHECKING:
    import xlwings as xw

    from xl_dipsample.domain.shared.result import Result

BUSY = "Excel is busy: press Esc in the cell that is being edited, and close any box that is open in Excel."
Mode = Literal["info", "critical"]  # of a message box, as xlwings calls them
AGAIN, STOP = "Try again", "Stop"
PROGRESS_AFTER = 1.0  # seconds: shorter work needs no sign of life
PROGRESS_EVERY = 0.2  # seconds between two changes of the status bar
# How privacy.passphrase offers a passphrase within its question; in a window it stands in a line of its own, to copy.
_OFFERED = re.compile(r"; one you could take: (\S+)\)$")


class ExcelUi:
    """Satisfies Ui. `app`: the Excel whose button was pressed; None when it cannot be reached."""

    def __init__(self, app: xw.App | None, *, windows: Windows | None = None, dialogs: Dialogs | None = None) -> None:
        self.app = app
        self.windows = windows or Windows()
        self.dialogs = dialogs or Dialogs(self.windows)
        self._started = time.monotonic()
        self._shown: tuple[str, float] | None = None

    def tell(self, text: str) -> None:
        """Show one message and wait for OK."""
        self._box(in_excel(text), "info")

    def warn(self, text: str) -> None:
        """Show one message that needs attention and wait for OK."""
        self._box(in_excel(text), "critical")

    def ask(self, question: str, option: str, proposed: str = "") -> str:
        """Ask for words. Raises Stopped."""
        del option  # the command line's word for it
        return self.dialogs.text(in_excel(question), proposed)

    def ask_secret(self, question: str, option: str) -> str:
        """Ask for a passphrase without showing it. Raises Stopped."""
        del option
        question = in_excel(question)  # what was wrong with the answer before stands in it
        offered = _OFFERED.search(question)
        if offered is None:
            return self.dialogs.secret(question)
        return self.dialogs.secret(f"{question[: offered.start()]})", offered.group(1))

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        """Ask for one of `choices`. Raises Stopped."""
        del option
        return self.dialogs.choose(in_excel(question), choices)

    def ticks(self, question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
        """Ask for any number of `choices`. Raises Stopped."""
        return self.dialogs.ticks(question, choices, ticked)

    def open_file(self, question: str, folder: Path | None, kinds: Kinds) -> Path:
        """Ask for a file that is there. Raises Stopped."""
        return self.dialogs.open_file(question, folder, kinds)

    def open_files(self, question: str, folder: Path | None, kinds: Kinds) -> list[Path]:
        """Ask for one file that is there, or several of one folder. Raises Stopped."""
        return self.dialogs.open_files(question, folder, kinds)

    def save_file(self, question: str, folder: Path | None, name: str, kinds: Kinds) -> Path:
        """Ask where a file shall lie. Raises Stopped."""
        return self.dialogs.save_file(question, folder, name, kinds)

    def folder(self, question: str, folder: Path | None) -> Path:
        """Ask for a folder. Raises Stopped."""
        return self.dialogs.folder(question, folder)

    def excel_is_busy(self) -> bool:
        """Ask what to do with an Excel that does not listen; True: try again."""
        return self.dialogs.choose(BUSY, (AGAIN, STOP)) == AGAIN

    def done(self, result: Result) -> None:
        """What an action did, before it is said."""

    def progress(self, text: str, share: float | None = None) -> None:
        """Excel's status bar says what is going on, once the press has taken a second."""
        now = time.monotonic()
        if self.app is None or now - self._started < PROGRESS_AFTER:
            return
        done = "" if share is None else f" ({share:.0%})"
        line = f"{TITLE}: {text}{done}"
        if self._shown is not None and (line == self._shown[0] or now - self._shown[1] < PROGRESS_EVERY):
            return
        self._shown = (line, now)
        try:
            self.app.status_bar = line
        except Exception as error:  # a sign of life is not worth stopping the work for, nor waiting
            if not busy.is_from_excel(error):
                raise

    def close(self) -> None:
        """Give the status bar back to Excel; when it will not take it, what the press has to say counts more."""
        if self._shown is None or self.app is None:
            return
        self._shown = None
        try:
            busy.patient(setattr)(self.app, "status_bar", False)  # noqa: FBT003
        except Exception as error:
            if not (busy.is_from_excel(error) or isinstance(error, WorkbookProblem)):
                raise

    def _box(self, text: str, mode: Mode) -> None:
        """A box of Excel's own window, so that it cannot be lost behind it; of Windows when Excel is gone."""
        if self.app is not None:
            try:
                self.app.alert(text, title=TITLE, mode=mode)
            except Exception:  # whatever Excel's end looks like: what was to be said is said below
                self.app = None
            else:
                return
        self.windows.message_box(TITLE, text)
