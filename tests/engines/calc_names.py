"""xlwings' names over LibreOffice."""

from __future__ import annotations

import numbers
from typing import Any

from xlwings import base_classes

from tests.engines.calc_range import Range
from tests.engines.coercion import Refused
from tests.engines.counting import Counted
from tests.engines.formulas import to_calc


class Names(Counted, base_classes.Names):
    """The names of a workbook, those of its sheets included, or of one sheet."""

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> Any:
        return self

    def _all(self) -> list[Name]:
        sheets = [self._sheet] if self._sheet else list(self._book.sheets)
        found = [] if self._sheet else self._of(self._book.kept.names, None)
        return found + [name for sheet in sheets for name in self._of(sheet.calc.NamedRanges, sheet)]

    def _of(self, container: Any, sheet: Any) -> list[Name]:
        names = [one for one in container.ElementNames if not one.startswith(("_xlnm", "__"))]
        return [Name(self._book, container, name, sheet) for name in names]

    def _found(self, key: Any) -> Name | None:
        if isinstance(key, numbers.Number):
            every = self._all()
            return every[int(str(key)) - 1] if 1 <= int(str(key)) <= len(every) else None
        if not self._sheet and "!" not in str(key):  # the usual question, without a look at every name
            container = self._book.kept.names
            for name in container.ElementNames:
                if name.lower() == str(key).lower():
                    return Name(self._book, container, name, None)
        for one in self._all():
            if str(key).lower() in (one.name.lower(), one.name.rsplit("!", 1)[-1].lower()):
                return one
        return None

    def __call__(self, name_or_index: Any) -> Name:
        found = self._found(name_or_index)
        if found is None:
            raise Refused("There is no such name.")
        return found

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(one.name, one) for one in self._all()]

    def contains(self, name_or_index: Any) -> bool:
        return self._found(name_or_index) is not None

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        container = self._sheet.calc.NamedRanges if self._sheet else self._book.kept.names
        origin = self._book.app.office.struct("table.CellAddress")
        if container.hasByName(name):
            container.removeByName(name)
        container.addNewByName(name, to_calc(refers_to).removeprefix("="), origin, 0)
        return Name(self._book, container, name, self._sheet)


class Name(Counted, base_classes.Name):
    """A defined name."""

    def __init__(self, book: Any, container: Any, name: str, sheet: Any) -> None:
        self._book, self._container, self._sheet = book, container, sheet
        self._calc = container.getByName(name)

    @property
    def api(self) -> Any:
        return self

    @property
    def name(self) -> str:
        return f"{_quoted(self._sheet.name)}!{self._calc.Name}" if self._sheet else str(self._calc.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._calc.setName(value)

    def delete(self) -> None:
        self._container.removeByName(self._calc.Name)

    @property
    def refers_to(self) -> str:
        cells = self._calc.getReferredCells()
        if cells is None:
            return f"={self._calc.Content}"
        place = Range.of_address(self._book, cells.getRangeAddress())
        return f"={_quoted(place.sheet.name)}!{place.address}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._calc.setContent(to_calc(value).removeprefix("="))

    @property
    def refers_to_range(self) -> Range:
        cells = self._calc.getReferredCells()
        if cells is None:
            raise Refused("The name does not stand for cells.")
        return Range.of_address(self._book, cells.getRangeAddress())


def _quoted(sheet: str) -> str:
    return sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
