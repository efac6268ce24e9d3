"""What a document was asked for and is asked for again: handing out an object anew takes UNO milliseconds.

Nothing kept outlives what it describes: the names of the sheets, tables and names are asked anew each time, which
takes one call, and when they changed everything is forgotten.
"""

from __future__ import annotations

from typing import Any


class Kept:
    """The sheets, tables and named cells of one open document, as UNO's objects."""

    def __init__(self, document: Any) -> None:
        self.sheets, self.ranges, self.names = document.Sheets, document.DatabaseRanges, document.NamedRanges
        self._state: tuple[Any, Any] = (None, None)
        self.forget()

    def forget(self) -> None:
        """For whoever takes something away and puts another of the same name in its place."""
        self._sheets: dict[str, Any] = {}
        self._tables: dict[str, Any] = {}
        self._homes: dict[int, list[str]] | None = None

    def _fresh(self) -> tuple[Any, Any]:
        """The names of sheets and tables now."""
        now = self.sheets.ElementNames, self.ranges.ElementNames
        if now != self._state:
            self.forget()
            self._state = now
        return now

    def sheet(self, name: str) -> Any:
        """A sheet by its exact name."""
        if name not in self._sheets:
            self._sheets[name] = self.sheets.getByName(name)
        return self._sheets[name]

    def sheet_names(self) -> Any:
        """In their order."""
        return self._fresh()[0]

    def tables_of(self, number: int) -> list[Any]:
        """The tables of a sheet (counted from 0), in the order in which they stand there."""
        names = self._fresh()[1]
        if self._homes is None:
            self._tables = {name: self.ranges.getByName(name) for name in names if not name.startswith(("_xlnm", "__"))}
            self._homes = {}
            for name, one in self._tables.items():
                self._homes.setdefault(one.DataArea.Sheet, []).append(name)
        here = [self._tables[name] for name in self._homes.get(number, [])]
        if len(here) < 2:
            return here
        places = [(area.StartRow, area.StartColumn) for area in (one.DataArea for one in here)]
        return [here[index] for index in sorted(range(len(here)), key=places.__getitem__)]
