"""xlwings' engine, app and books over LibreOffice."""

from __future__ import annotations

import datetime as dt
import numbers
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from xlwings import base_classes

from tests.engines import calc_api
from tests.engines.calc_book import Book
from tests.engines.coercion import ERRORS, Refused
from tests.engines.counting import CALLS, Calls, Counted
from tests.engines.office import Office

_ERROR_WORDS = {code: word for word, code in ERRORS.items()}
_MODES = ("automatic", "manual", "semiautomatic")


class CalcEngine:
    """What stands behind `xlwings.Engine`; the instances of LibreOffice that are running."""

    name, type = "calc", "desktop"

    def __init__(self) -> None:
        self.running: list[App] = []

    @property
    def apps(self) -> Apps:
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """As xlwings does for Excel on Windows."""
        if isinstance(value, np.datetime64):
            value = pd.Timestamp(value)
        if pd.isna(value):
            return ""
        if isinstance(value, pd.Timestamp):
            value = value.to_pydatetime()
        if isinstance(value, dt.datetime):
            return value.replace(tzinfo=None)
        if isinstance(value, dt.date):
            return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        return float(value) if isinstance(value, np.number) else value

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty_as: Any, number: Any, err_to_str: Any) -> list[list[Any]]:
        """As xlwings does for Excel on Windows."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                parts = ("month", "day", "year", "hour", "minute", "second", "microsecond")
                return dates(tzinfo=None, **{part: getattr(value, part) for part in parts})
            if number is not None and isinstance(value, float):
                return number(value)
            if isinstance(value, int) and value in _ERROR_WORDS:
                return _ERROR_WORDS[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(Counted, base_classes.Apps):
    """The instances of LibreOffice."""

    def __init__(self, engine: CalcEngine) -> None:
        self._engine = engine

    def keys(self) -> list[int]:
        return [app.pid for app in self._engine.running]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        app = App(Office(), self._engine)
        if add_book:
            app.books.add()
        return app

    def __iter__(self) -> Any:
        return iter(list(self._engine.running))

    def __len__(self) -> int:
        return len(self._engine.running)

    def __getitem__(self, pid: int) -> App:
        for app in self._engine.running:
            if app.pid == pid:
                return app
        raise KeyError(f"There is no instance with the process id {pid}.")

    @staticmethod
    def cleanup() -> None:
        """Excel's leftovers are none of ours."""


def _setting(name: str) -> property:
    """A setting that LibreOffice has not got: remembered, so that a test can see whether it is put back."""

    def getter(self: App) -> Any:
        return self.settings[name]

    def setter(self: App, value: Any) -> None:
        self.settings[name] = value

    return property(getter, setter)


class App(Counted, base_classes.App):
    """One LibreOffice, with the settings of an Excel that it has not got itself."""

    visible = _setting("Visible")
    screen_updating = _setting("ScreenUpdating")
    display_alerts = _setting("DisplayAlerts")
    enable_events = _setting("EnableEvents")
    interactive = _setting("Interactive")
    cut_copy_mode = _setting("CutCopyMode")

    def __init__(self, office: Office, engine: CalcEngine, *, shared: bool = False) -> None:
        self.office, self.engine, self._shared = office, engine, shared
        self.calls: Calls = CALLS
        self.open_books: list[Book] = []  # the active one last
        self.alerts: list[tuple[str | None, str]] = []  # (title, prompt) of each message box
        self.answers: list[str] = []  # what the person presses next; 'ok' when there is none
        self.status_bars: list[str | bool] = []  # every text that was shown, and False when it was given back
        self.settings: dict[str, Any] = {}
        self.forget_settings()
        engine.running.append(self)

    def forget_settings(self) -> None:
        """As after a start."""
        self.settings.update(
            ScreenUpdating=True, DisplayAlerts=True, EnableEvents=True, Interactive=True, Ready=True, StatusBar=False,
            Visible=True, Calculation="automatic", CutCopyMode=None, StartupPath="",
        )  # fmt: skip
        self.alerts.clear()
        self.answers.clear()
        self.status_bars.clear()

    @property
    def api(self) -> Any:
        return calc_api.Application(self)

    @property
    def selection(self) -> Any:
        from tests.engines.calc_range import Range

        if not self.open_books:
            return None
        book = self.open_books[-1]
        chosen = book.document.getCurrentSelection()
        if not hasattr(chosen, "getRangeAddress"):
            return None
        return Range.of_address(book, chosen.getRangeAddress())

    def activate(self, steal_focus: Any = None) -> None:
        """There is no window."""

    def kill(self) -> None:
        self.quit()

    def quit(self) -> None:
        for book in list(self.open_books):
            with suppress(Exception):  # one that is gone already must not keep the others
                book.close()
        if self in self.engine.running:
            self.engine.running.remove(self)
        if not self._shared:
            self.office.stop()

    def calculate(self) -> None:
        for book in self.open_books:
            book.document.calculateAll()

    @property
    def calculation(self) -> Any:
        return str(self.settings["Calculation"])

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in _MODES:
            raise KeyError(value)
        self.settings["Calculation"] = value
        for book in self.open_books:
            book.document.enableAutomaticCalculation(value != "manual")
            if value != "manual":
                book.document.calculate()

    @property
    def status_bar(self) -> Any:
        return self.settings["StatusBar"]

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self.settings["StatusBar"] = value
        self.status_bars.append(value)

    @property
    def version(self) -> str:
        return "16.0"

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def hwnd(self) -> int:
        return self.office.pid + 1_000_000  # a number that is no process id

    @property
    def pid(self) -> int:
        return self.office.pid

    @property
    def path(self) -> str:
        return "/"

    @property
    def startup_path(self) -> str:
        return str(self.settings["StartupPath"])

    def run(self, macro: str, args: Any) -> Any:
        raise Refused("There are no macros here.")

    def alert(self, prompt: Any, title: Any, buttons: Any, mode: Any, callback: Any) -> str:
        self.alerts.append((title, prompt))
        return self.answers.pop(0) if self.answers else "ok"


class Books(Counted, base_classes.Books):
    """The open workbooks of an app."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def api(self) -> Any:
        return calc_api.Workbooks(self._app)

    @property
    def engine(self) -> CalcEngine:
        return self._app.engine

    @property
    def app(self) -> App:
        return self._app

    @property
    def active(self) -> Book | None:
        return self._app.open_books[-1] if self._app.open_books else None

    def __call__(self, name_or_index: Any) -> Book:
        if isinstance(name_or_index, numbers.Number):
            if not 1 <= int(str(name_or_index)) <= len(self._app.open_books):
                raise KeyError(name_or_index)
            return self._app.open_books[int(str(name_or_index)) - 1]
        for book in self._app.open_books:
            if book.name.lower() == str(name_or_index).lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._app.open_books)

    def __iter__(self) -> Any:
        return iter(list(self._app.open_books))

    def add(self) -> Book:
        return Book(self._app, None)

    def open(self, fullname: str, update_links: Any = None, read_only: Any = None, *_others: Any, **_more: Any) -> Book:
        return Book(self._app, Path(fullname), read_only=bool(read_only))
