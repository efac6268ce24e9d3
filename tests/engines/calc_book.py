"""xlwings' book and its sheets over LibreOffice."""

from __future__ import annotations

import numbers
import os
from pathlib import Path
from typing import Any

from xlwings import base_classes

from tests.engines import calc_api
from tests.engines.calc_kept import Kept
from tests.engines.coercion import Refused
from tests.engines.counting import Counted
from tests.engines.number_formats import NumberFormats

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}


class Book(Counted, base_classes.Book):
    """A workbook that LibreOffice has open."""

    def __init__(self, app: Any, path: Path | None, *, read_only: bool = False) -> None:
        self._app, self.path = app, path
        self.pretended_fullname = ""  # the URL that Excel gives for a synced folder, for tests
        self.autosave = False
        self.others: tuple[str, ...] = ()  # who has it open as well
        office = app.office
        options = office.properties(ReadOnly=read_only, MacroExecutionMode=0, UpdateDocMode=0)
        url = path.as_uri() if path else "private:factory/scalc"
        self.document = office.desktop.loadComponentFromURL(url, "_blank", 0, options)
        if self.document is None or not hasattr(self.document, "Sheets"):
            raise Refused("The file cannot be opened as a workbook.")
        self.kept = Kept(self.document)
        self.read_only = read_only or self.document.isReadonly()
        self.locale = office.struct("lang.Locale", Language="en", Country="GB")
        self.formats = NumberFormats(self.document, self.locale)
        self.document.getUndoManager().lock()  # nobody presses Ctrl+Z here
        if app.settings["Calculation"] == "manual":
            self.document.enableAutomaticCalculation(False)  # noqa: FBT003
        app.open_books.append(self)

    @property
    def xl(self) -> Any:
        return self.document

    @property
    def api(self) -> Any:
        return calc_api.Workbook(self)

    @property
    def app(self) -> Any:
        return self._app

    @property
    def name(self) -> str:
        return self.path.name if self.path else f"Book{self._app.open_books.index(self) + 1}"

    @property
    def fullname(self) -> str:
        return self.pretended_fullname or str(self.path or self.name)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Any:
        from tests.engines.calc_names import Names

        return Names(self)

    def activate(self) -> None:
        self._app.open_books.remove(self)
        self._app.open_books.append(self)

    def close(self) -> None:
        if self in self._app.open_books:
            self._app.open_books.remove(self)
            self.document.close(True)  # noqa: FBT003

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is None and self.path is None:
            path = str(Path.cwd() / f"{self.name}.xlsx")
        if path is not None and os.path.realpath(path) != str(self.path):
            self.path = Path(os.path.realpath(path))
            self.document.storeAsURL(self.path.as_uri(), self._how(self.path))
            return
        if self.read_only:
            raise Refused("The workbook is open only to be read.")
        self.document.store()

    def save_copy(self, path: Path) -> None:
        """What SaveCopyAs does: this workbook stays the one that is open."""
        self.document.storeToURL(path.as_uri(), self._how(path))

    def _how(self, path: Path) -> Any:
        return self._app.office.properties(FilterName=_FILTERS[path.suffix.lower()], Overwrite=True)


class Sheets(Counted, base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return calc_api.Worksheets(self._book)

    @property
    def active(self) -> Any:
        from tests.engines.calc_sheet import Sheet

        return Sheet(self._book, self._book.document.getCurrentController().getActiveSheet())

    def __call__(self, name_or_index: Any) -> Any:
        from tests.engines.calc_sheet import Sheet

        kept = self._book.kept
        names = kept.sheet_names()
        if isinstance(name_or_index, numbers.Number):
            if not 1 <= int(str(name_or_index)) <= len(names):
                raise Refused("There is no sheet of this number.")
            return Sheet(self._book, kept.sheet(names[int(str(name_or_index)) - 1]))
        for name in names:
            if name.lower() == str(name_or_index).lower():
                return Sheet(self._book, kept.sheet(name))
        raise Refused("There is no sheet of this name.")

    def __len__(self) -> int:
        return len(self._book.kept.sheet_names())

    def __iter__(self) -> Any:
        return iter([self(index + 1) for index in range(len(self))])

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> Any:
        sheets = self._book.kept.sheets
        place = before.index - 1 if before else after.index if after else self.active.index - 1
        made = name or next(f"Sheet{n}" for n in range(1, 10_000) if not sheets.hasByName(f"Sheet{n}"))
        sheets.insertNewByName(made, place)
        self._book.kept.forget()
        sheet = self(made)
        sheet.activate()
        return sheet
