"""A spreadsheet program with our workbooks open, seen through xlwings: what live claims ask of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_dipsample.addin.selftest.contract.nobody import NobodyThere
from xl_dipsample.workbook.host import Host, Ui
from xl_dipsample.workbook.hosts.excel import com
from xl_dipsample.workbook.specs import spec

if TYPE_CHECKING:
    import xlwings as xw

HostOf = Callable[[Any, Ui], Host]
_SETTINGS = ("screen_updating", "calculation", "display_alerts", "enable_events", "status_bar")


class WriteRefused(Exception):
    """As Excel's own refusal of a write; `hresult` is the number that it carries."""

    hresult = -2146827284  # 0x800A03EC


class LiveProgram:
    """`app`: an instance of our own; `host_of`: makes the host of an open book; `calls`: counts what it is asked."""

    def __init__(self, app: xw.App, host_of: HostOf, calls: Callable[[], int] | None = None) -> None:
        self.app = app
        self.host_of = host_of
        self._calls = calls

    def opened(self, path: Path) -> Host:
        """The workbook's host; a workbook that is open is closed unsaved first, so that the disk counts."""
        return self.host_of(self.book(path), NobodyThere())

    def opened_to_be_read(self, path: Path) -> Host:
        """The host of the workbook, opened so that it cannot be saved."""
        return self.host_of(self.book(path, read_only=True), NobodyThere())

    def book(self, path: Path, *, read_only: bool = False) -> Any:
        """The workbook, opened anew."""
        self.close(path.name)
        return self.app.books.open(str(path), update_links=False, read_only=read_only, add_to_mru=False)

    def close(self, name: str) -> None:
        """Close the workbook of that name unsaved; nothing happens when it is not open."""
        for book in list(self.app.books):
            if book.name.casefold() == name.casefold():
                book.close()

    def close_all(self) -> None:
        """Close every workbook of this instance unsaved."""
        for book in list(self.app.books):
            with contextlib.suppress(Exception):  # a claim may have left it in any state
                book.close()

    def filtered(self, host: Host, table: str) -> list[str]:
        """The headings of a table by which its rows are filtered now."""
        found = self._table(host, table)
        kept = com.filter_of(found)
        headings = [str(one) for one in found.header_row_range.value]
        if kept is None:
            return []
        fields = sorted([one.field for one in kept.criteria] + list(kept.lost))
        return [headings[field - 1] for field in fields]

    def hidden_rows(self, host: Host, table: str) -> list[int]:
        """The rows of a table's body, from 1, that do not show: Excel gives them no height."""
        body = self._table(host, table).data_body_range
        sheet = self._sheet(host, table)
        rows = range(body.row, body.row + body.shape[0])
        return [row - body.row + 1 for row in rows if sheet.range((row, body.column)).row_height == 0]

    def hidden_columns(self, host: Host, table: str) -> list[str]:
        """The headings of a table whose columns do not show: Excel gives them no width."""
        headings = self._table(host, table).header_row_range
        sheet = self._sheet(host, table)
        places = range(headings.column, headings.column + headings.shape[1])
        names = [str(one) for one in headings.value]
        return [
            name
            for name, place in zip(names, places, strict=True)
            if sheet.range((headings.row, place)).column_width == 0
        ]

    def state(self) -> dict[str, object]:
        """What the program is set to; settings that it does not know are left out."""
        found: dict[str, object] = {}
        for name in _SETTINGS:
            with contextlib.suppress(NotImplementedError, AttributeError):
                found[name] = getattr(self.app, name)
        return found

    def set_calculation(self, words: str) -> None:
        """Set to "automatic" or "manual"."""
        self.app.calculation = words

    @contextlib.contextmanager
    def refusing(self, write: int) -> Iterator[list[int]]:
        """Inside, one write of cells is refused, counted from 0, as when a person does something at that moment.

        It is done where xlwings hands values to the program, so that it is the same for every program.
        """
        cells = type(self.app.books[0].sheets[0].range("A1").impl)
        plain: Any = cells.raw_value
        refused: list[int] = []
        seen = 0

        def put(area: Any, values: Any) -> None:
            nonlocal seen
            seen += 1
            if seen == write + 1:
                refused.append(write)
                raise WriteRefused
            plain.fset(area, values)

        cells.raw_value = property(plain.fget, put)
        try:
            yield refused
        finally:
            cells.raw_value = plain

    def select_and_show(self, host: Host, sheet: str) -> str:
        """Go to a sheet; gives the name of the sheet that is in front then."""
        self.book_of(host).sheets[sheet].activate()
        return self.in_front(host)

    def in_front(self, host: Host) -> str:
        """The name of the sheet that is in front."""
        return str(self.book_of(host).sheets.active.name)

    def calls(self) -> int | None:
        """How many calls went to the program so far; None when nobody counts them, as with Excel itself."""
        return self._calls() if self._calls else None

    def book_of(self, host: Host) -> Any:
        """The open workbook of a host."""
        return self.app.books[host.path.name]

    def _sheet(self, host: Host, table: str) -> Any:
        kind = "working" if host.kind == "working" else "review"
        return self.book_of(host).sheets[spec.table(kind, table).sheet]

    def _table(self, host: Host, table: str) -> Any:
        return self._sheet(host, table).tables[table]
