"""How a press speaks with the person while the desk is there: in front of Excel, and in the desk's window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from xl_dipsample.addin.press.dialogs import Dialogs, Stopped
from xl_dipsample.addin.press.excel_ui import ExcelUi, Mode
from xl_dipsample.files.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xl_dipsample.domain.shared.result import Result


class Onlooker(Protocol):
    """Who is told what a press does. Called on the thread of presses."""

    def begun(self, action: str, workbook: str) -> None:
        """A press began."""

    def going_on(self, text: str, share: float | None) -> None:
        """What is done now; `share` from 0 to 1 when it is known."""

    def said(self, text: str, *, warning: bool) -> None:
        """What the person was told."""

    def made(self, files: Sequence[str]) -> None:
        """The files that a press wrote."""


class DeskUi(ExcelUi):
    """Satisfies Ui. `stop`: set when the person wants the work to end; it ends at the next sign of life."""

    def __init__(self, windows: Windows, dialogs: Dialogs, onlooker: Onlooker, stop: threading.Event) -> None:
        super().__init__(None, windows=windows, dialogs=dialogs)
        self._onlooker, self._stop = onlooker, stop

    def progress(self, text: str, share: float | None = None) -> None:
        """Say what is going on. Raises Stopped when the person wants it to end: then nothing is changed."""
        if self._stop.is_set():
            raise Stopped
        self._onlooker.going_on(text, share)
        super().progress(text, share)

    def done(self, result: Result) -> None:
        """The files that were made get a link each; it is too late to stop."""
        self._stop.clear()
        self._onlooker.made(result.files)

    def _box(self, text: str, mode: Mode) -> None:
        """What is shown can be read in the desk afterwards."""
        self._onlooker.said(text, warning=mode == "critical")
        super()._box(text, mode)
