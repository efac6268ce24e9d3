"""The desk without its window: presses from the window and from the ribbon, what is in work, what was cut off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk import crash_journal
from xl_dipsample.addin.desk.presses import Press, Presses
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.files.windows import Windows

if TYPE_CHECKING:
    import xlwings as xw

    from xl_dipsample.addin.desk.desk_ui import DeskUi, Onlooker
    from xl_dipsample.addin.desk.open_workbook import OpenWorkbook
    from xl_dipsample.addin.press.dialogs import Dialogs

BEFOREHAND = (
    "xlwings",
    "pandas",
    "pandera.pandas",
    "xl_dipsample.addin.press.questions",
    "xl_dipsample.addin.press.shown",
)


class Desk:
    """What the window and the automation server press. `dialogs` ask on whatever thread may show windows.

    `ready`: called on the thread of presses when everything is loaded; `ended`: when a press is over.
    """

    def __init__(
        self,
        windows: Windows,
        dialogs: Dialogs,
        onlooker: Onlooker,
        *,
        ready: Callable[[], None] = lambda: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self.windows, self._dialogs, self._onlooker, self._ready = windows, dialogs, onlooker, ready
        self._stop = threading.Event()
        self.presses = Presses(self._do, apartment=windows.own_apartment, beforehand=self._load, ended=ended)

    def stop(self) -> None:
        """End the press in work at its next sign of life; what it did is undone."""
        self._stop.set()

    def look(self, seen: Callable[[OpenWorkbook | None], None]) -> bool:
        """Tell what is open in Excel; False when a press is in work."""
        from xl_dipsample.addin.desk import open_workbook

        return self.presses.between(lambda: seen(open_workbook.look(self.windows)))

    def cut_off(self) -> crash_journal.Entry | None:
        """The press of a desk that was killed; None when there is none, or another desk does it now."""
        entry = crash_journal.left(self.windows.local_data())
        return None if entry is None or self.windows.process_running(entry.desk) else entry

    def clear_up(self, entry: crash_journal.Entry, told: Callable[[bool], None]) -> bool:
        """Put back the settings of the Excel whose press was cut off; `told` gets whether that Excel still runs."""
        return self.presses.between(lambda: told(self._put_back(entry)))

    def _put_back(self, entry: crash_journal.Entry) -> bool:
        from xl_dipsample.addin.press import press

        app = None if entry.excel is None else press.excel(entry.excel)
        if app is not None:
            crash_journal.put_back(app, entry.settings)
        crash_journal.end(self.windows.local_data())
        return app is not None

    def _load(self) -> None:
        for module in (*BEFOREHAND, *(f"xl_dipsample.{one.module}" for one in registry.ACTIONS if one.button)):
            if self.presses.over:  # the person has closed the desk already
                return
            import_module(module)
        self._ready()

    def _do(self, asked: Press) -> None:
        from xl_dipsample.addin.press import press

        folder = self.windows.local_data()
        self._stop.clear()
        self._onlooker.begun(asked.action, press.file_name(asked.workbook))
        ui = self.ui_of_a_press()

        def note(app: xw.App | None) -> None:
            crash_journal.begin(folder, self._entry(asked, app))

        try:
            press.do(ui, asked.action, asked.process, asked.workbook, found=note)
        finally:
            crash_journal.end(folder)

    def ui_of_a_press(self) -> DeskUi:
        """How a press speaks with the person."""
        from xl_dipsample.addin.desk.desk_ui import DeskUi

        return DeskUi(self.windows, self._dialogs, self._onlooker, self._stop)

    @staticmethod
    def _entry(asked: Press, app: xw.App | None) -> crash_journal.Entry:
        try:
            settings = {} if app is None else crash_journal.settings_of(app)
        except DipSampleError:  # Excel is busy, and the person was asked
            raise
        except Exception:  # an Excel that is ending, say: the press itself tells
            settings = {}
        return crash_journal.Entry(asked.action, asked.process, asked.workbook, settings=settings)
