"""What `.api` gives: the few names of Excel's own object model that the product asks for, spelt as Excel spells them.

The product asks them in one module, `workbook/hosts/excel/com.py`; a name that is not here raises AttributeError.
"""
# ruff: noqa: N802, N803

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.engines.calc_api_tables import ListObject
from tests.engines.coercion import Refused
from tests.engines.counting import Counted


def _of_app(name: str) -> property:
    def getter(self: Application) -> Any:
        return self._app.settings[name]

    def setter(self: Application, value: Any) -> None:
        self._app.settings[name] = value

    return property(getter, setter)


class Application(Counted):
    """Excel.Application. `app.impl.settings["Ready"] = False` plays a cell that is being edited."""

    Ready, Interactive, Visible = _of_app("Ready"), _of_app("Interactive"), _of_app("Visible")
    ScreenUpdating, DisplayAlerts = _of_app("ScreenUpdating"), _of_app("DisplayAlerts")
    EnableEvents, StartupPath = _of_app("EnableEvents"), _of_app("StartupPath")

    def __init__(self, app: Any) -> None:
        self._app = app

    @property
    def Version(self) -> str:
        return "16.0"

    @property
    def Hwnd(self) -> int:
        return int(self._app.hwnd)

    @property
    def Name(self) -> str:
        return "Microsoft Excel"

    @property
    def Workbooks(self) -> Workbooks:
        return Workbooks(self._app)

    @property
    def ActiveWorkbook(self) -> Workbook | None:
        return Workbook(self._app.open_books[-1]) if self._app.open_books else None

    @property
    def ActiveProtectedViewWindow(self) -> None:
        return None

    @property
    def StatusBar(self) -> Any:
        return self._app.status_bar

    @StatusBar.setter
    def StatusBar(self, value: Any) -> None:
        self._app.status_bar = value

    def Calculate(self) -> None:
        self._app.calculate()


class Workbooks(Counted):
    """Application.Workbooks."""

    def __init__(self, app: Any) -> None:
        self._app = app

    @property
    def Count(self) -> int:
        return len(self._app.open_books)

    def Open(self, Filename: str, *_others: Any, **_more: Any) -> Workbook:
        return Workbook(self._app.books.open(Filename))

    def __iter__(self) -> Any:
        return iter([Workbook(one) for one in self._app.open_books])


class Workbook(Counted):
    """An open workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def Name(self) -> str:
        return str(self._book.name)

    @property
    def FullName(self) -> str:
        return str(self._book.fullname)

    @property
    def Path(self) -> str:
        return self._book.fullname.rpartition("/")[0] if self._book.path else ""

    @property
    def ReadOnly(self) -> bool:
        return bool(self._book.read_only)

    @property
    def Saved(self) -> bool:
        return not self._book.document.isModified()

    @Saved.setter
    def Saved(self, value: bool) -> None:
        self._book.document.setModified(not value)

    @property
    def UserStatus(self) -> tuple[tuple[str, str, int], ...]:
        """Whoever has it open, this person first: name, since when, exclusive or shared."""
        others = self._book.others
        return tuple((name, "46000", 2 if others else 1) for name in ("Synthetic Officer", *others))

    @property
    def AutoSaveOn(self) -> bool:
        return bool(self._book.autosave)

    @AutoSaveOn.setter
    def AutoSaveOn(self, value: bool) -> None:
        self._book.autosave = bool(value)

    @property
    def Application(self) -> Application:
        return Application(self._book.app)

    @property
    def Sheets(self) -> Worksheets:
        return Worksheets(self._book)

    Worksheets = Sheets

    def SaveCopyAs(self, Filename: str) -> None:
        path = Path(Filename)
        if path.exists() and not path.is_file():
            raise Refused("Excel cannot write there.")
        self._book.save_copy(path)

    def PivotCaches(self) -> list[PivotCache]:
        return [
            PivotCache(pivots.getByName(name))
            for pivots in (sheet.calc.getDataPilotTables() for sheet in self._book.sheets)
            for name in pivots.ElementNames
        ]

    def RefreshAll(self) -> None:
        for cache in self.PivotCaches():
            cache.Refresh()


class PivotCache(Counted):
    """What a pivot table is made from."""

    def __init__(self, pivot: Any) -> None:
        self._pivot = pivot

    def Refresh(self) -> None:
        self._pivot.refresh()


class Listed(Counted):
    """A collection of which only the number is told."""

    def __init__(self, container: Any) -> None:
        self._container = container

    @property
    def api(self) -> Listed:
        return self

    @property
    def Count(self) -> int:
        return len(self._container.ElementNames)

    def __len__(self) -> int:
        return len(self._container.ElementNames)


class Worksheets(Counted):
    """The sheets of a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def Count(self) -> int:
        return len(self._book.sheets)

    def __call__(self, key: Any) -> Worksheet:
        return Worksheet(self._book.sheets(key))

    def __iter__(self) -> Any:
        return iter([Worksheet(sheet) for sheet in self._book.sheets])


class Worksheet(Counted):
    """A sheet."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    @property
    def Name(self) -> str:
        return str(self._sheet.name)

    @property
    def ProtectContents(self) -> bool:
        return bool(self._sheet.calc.isProtected())

    def Protect(self, Password: str = "") -> None:
        self._sheet.calc.protect(Password)

    def Unprotect(self, Password: str = "") -> None:
        self._sheet.calc.unprotect(Password)

    @property
    def Visible(self) -> int:
        return -1 if self._sheet.visible else 0

    @property
    def AutoFilter(self) -> None:
        """The filter of a sheet; ours have those of tables alone."""
        return None

    def ChartObjects(self) -> Listed:
        return Listed(self._sheet.calc.getCharts())

    def PivotTables(self) -> Listed:
        return Listed(self._sheet.calc.getDataPilotTables())

    @property
    def ListObjects(self) -> list[ListObject]:
        return [ListObject(table) for table in self._sheet.tables]
