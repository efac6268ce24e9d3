"""ExcelHost: the workbook that is open in Excel, through the open-source part of xlwings.

A table is read and written in a number of calls that does not grow with its rows. Writes are kept until the end of
the transaction; then Excel keeps still, everything is written, and what was there is put back when anything fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.host import CellValue, Kind, Ui
from xl_dipsample.workbook.hosts.closed_file import cell_text, cell_values, grid, opening, table_writes
from xl_dipsample.workbook.hosts.closed_file.references import LAST_ROW, Area
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.excel import (
    busy,
    co_authors,
    com,
    flushing,
    read_cells,
    refusals,
    saving,
    where_it_lies,
)
from xl_dipsample.workbook.hosts.excel.own_formulas import with_own_formulas
from xl_dipsample.workbook.hosts.excel.quiet import BOXES, quiet
from xl_dipsample.workbook.specs import spec


class ExcelHost:
    """A workbook open in Excel; satisfies `Host`."""

    def __init__(self, book: Any, ui: Ui, *, windows: where_it_lies.SyncedFolders | None = None) -> None:
        busy.limit_xlwings()
        self._book, self._ui, self._windows = book, ui, windows or Windows()
        self._path: Path | None = None
        self._depth = 0
        self._pending = flushing.Pending()
        self._done: list[flushing.Undo] = []  # what was written and is not saved yet
        self._next: list[Path] = []
        self._names: dict[str, tuple[str, str]] = {}
        self._sheets: dict[str, str] | None = None
        self._forget()

    @classmethod
    def of(cls, book: Any, ui: Ui, *, windows: where_it_lies.SyncedFolders | None = None) -> ExcelHost:
        """The host of an open workbook of ours.

        Raises WorkbookProblem when Excel is busy, the workbook is not ours, or a table or heading of the specs is
        gone, or somebody else has it open too; FileProblem when it can only be read, or was never saved.
        """
        host = cls(book, ui, windows=windows)
        busy.until_ready(lambda: com.ready(book.app))
        try:
            for name in opening.NAMED_CELLS:
                host.read_value(name)
        except WorkbookProblem as error:
            if error.code == "no-such-name":
                raise opening.not_ours(Path(str(book.name))) from error
            raise
        if com.read_only(book):
            raise refusals.read_only(book.name)
        co_authors.refuse(book, ui, typed_in_by_many=host.kind == "review")  # before it is asked where it lies
        _ = host.path
        opening.check_ours(host)
        return host

    def _forget(self) -> None:
        """Forget what was read: Excel may hold something else now."""
        self._parts: dict[str, TablePart] = {}
        self._views: dict[str, tuple[Area, pd.DataFrame]] = {}
        self._values: dict[str, CellValue] = {}

    # ---- what it is

    @property
    def path(self) -> Path:
        """Where the workbook lies on this computer. Raises FileProblem, QuestionUnanswered."""
        if self._path is None:
            self._path = where_it_lies.workbook_path(self._book, self._ui, self._windows)
        return self._path

    @property
    def ui(self) -> Ui:
        """How to speak with the person."""
        return self._ui

    @property
    def kind(self) -> Kind:
        """Which of our workbooks this is. Raises WorkbookProblem when it is none."""
        found = self.read_value("kind")
        if found not in ("working", "review", "release", "second"):
            raise opening.not_ours(Path(str(self._book.name)))
        return found

    def tables(self) -> list[str]:
        """The names of the tables, sheet by sheet."""
        return list(self._where())

    def sheet_names(self) -> list[str]:
        """The names of all sheets, people's own and chart sheets included."""
        return com.sheet_names(self._book)

    def part(self, name: str) -> TablePart:
        """Where a table stands. Raises WorkbookProblem when it is not there."""
        if name not in self._parts:
            if name not in self._where():
                raise opening.no_such_table(name)
            self._parts[name] = read_cells.table_part(self._book, self._where()[name], name)
        return self._parts[name]

    def own_columns(self, table: str) -> list[str]:
        """The headings of a table that are not in its spec: people's own; none where the columns are the caller's."""
        of_spec = self._spec(table)
        if of_spec is None or of_spec.open_columns:
            return []
        return [heading for heading in self.part(table).headings if heading not in of_spec.headings]

    def _where(self) -> dict[str, str]:
        if self._sheets is None:
            self._sheets = read_cells.table_sheets(self._book)
        return self._sheets

    def _neighbours(self, table: TablePart) -> list[TablePart]:
        """The sheet's other tables."""
        return [self.part(name) for name, sheet in self._where().items() if sheet == table.sheet and name != table.name]

    # ---- tables

    def read_table(self, name: str) -> pd.DataFrame:
        """The body of a table, as `Host.read_table` says; rows typed directly below a table belong to it."""
        part = self.part(name)
        written = self._pending.tables.get(name)
        frame = written.frame if written else self._view(name)[1]
        of_spec = self._spec(name)  # a sheet by our name for it: people may have called it after somebody
        corner = standing.Corner(of_spec.sheet if of_spec else "", part.top, part.area.left)
        return standing.noted(frame.copy(deep=False), corner)

    def rows_below(self, name: str) -> list[int]:
        """Rows below a table and in none, as `Host.rows_below` says."""
        body, table = self._view(name)[0], self.part(name)
        below = Area(body.bottom + 1, body.left, LAST_ROW, body.right)
        taken = [one.area for one in self._neighbours(table)]
        found = read_cells.filled(self._book, table.sheet, [below])
        return sorted({row for row, col in found if not any(one.meets(Area(row, col, row, col)) for one in taken)})

    def typed_formulas(self, name: str) -> list[tuple[int, str]]:
        """Where a formula stands that the specs do not have, as `Host.typed_formulas` says."""
        (body, frame), part, of_spec = self._view(name), self.part(name), self._spec(name)
        plain = {column.heading for column in of_spec.columns if not column.formula} if of_spec else set()
        found = read_cells.read_formulas(self._book, part.sheet, body) if len(frame) else []
        return [
            (body.top + at, heading)
            for at, row in enumerate(found)
            for heading, formula, shown in zip(part.headings, row, frame.iloc[at], strict=True)
            # a text that looks like a formula is given as it stands, so it equals what the cell shows
            if heading in plain and formula.startswith("=") and formula != shown
        ]

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        """Replace the body of a table, as `Host.write_table` says.

        Raises FileProblem when a text is too long for a cell or there are too many rows; WorkbookProblem when a
        heading is not there, the sheet is protected or the table would run over other cells.
        """
        old_body, old = self._view(name)
        part = self._parts[name] = with_own_formulas(self._book, self.part(name), self._spec(name), old)
        self._refuse_protected(part.sheet)
        if not part.has_headings:
            raise refusals.headings_hidden(part.sheet, name)
        write = table_writes.prepared(part, self._spec(name), frame, self.read_table(name), old_body)
        self._check_room(write)
        self._pending.tables[name] = write
        self._pending.drop_inside(part.sheet, old_body)
        self._flush_unless_inside()

    def _check_room(self, write: table_writes.TableWrite) -> None:
        """Raise WorkbookProblem when the table, as it will be, would run over something."""
        neighbours = self._neighbours(write.table) if write.area != write.table.area else []
        pending = self._pending.tables
        others = [(one.name, pending[one.name].area if one.name in pending else one.area) for one in neighbours]
        found = read_cells.filled(self._book, write.table.sheet, flushing.new_ground(write))
        strays = [
            (row, column)
            for row, column in found
            if not any(one.area.meets(Area(row, column, row, column)) for one in neighbours)
        ]
        table_writes.check(write, others, strays)

    def _refuse_protected(self, sheet: str) -> None:
        if com.is_protected(self._book.sheets[sheet]):
            raise refusals.protected(sheet)

    # ---- named cells

    def read_value(self, name: str) -> CellValue:
        """The value of a named cell. Raises WorkbookProblem when the name is not there."""
        sheet, reference = self._cell(name)
        if reference in self._pending.values.get(sheet, {}):
            return self._pending.values[sheet][reference]
        place = Area.of(reference)
        table = next((one for one in self._pending.tables.values() if _inside(one.table, sheet, place)), None)
        if table is not None:
            row, column = place.top - table.table.top, place.left - table.table.area.left
            inside = row < len(table.frame) and column < len(table.frame.columns)
            return table.frame.iat[row, column] if inside else None
        if name not in self._values:
            self._values[name] = read_cells.read_one(self._book, sheet, place)
        return self._values[name]

    def write_value(self, name: str, value: CellValue) -> None:
        """Set a named cell. Raises WorkbookProblem when the name is not there or the sheet is protected."""
        sheet, reference = self._cell(name)
        value = cell_values.one(value)
        if isinstance(value, str) and cell_text.too_long(value):
            raise FileProblem(
                "text-too-long", f"The text for the cell {name} is longer than a cell can hold. Shorten it."
            )
        self._refuse_protected(sheet)
        place = Area.of(reference)
        here = [table for table, on in self._where().items() if on == sheet and _inside(self.part(table), sheet, place)]
        if here:
            self._write_inside(here[0], place, value)
        else:
            self._pending.values.setdefault(sheet, {})[reference] = value
            self._flush_unless_inside()

    def _write_inside(self, table: str, place: Area, value: CellValue) -> None:
        """Set a named cell that lies in a table, as Sample name does."""
        part = self.part(table)
        frame = self.read_table(table).copy()
        column = frame.columns[place.left - part.area.left]
        changed = frame[column].tolist()
        changed[place.top - part.top] = value
        frame[column] = pd.Series(changed, dtype=object)
        self.write_table(table, frame)

    def _cell(self, name: str) -> tuple[str, str]:
        """Sheet and reference of a named cell."""
        if name not in self._names:
            found = read_cells.name_place(self._book, name)
            if found is None:
                raise opening.no_such_name(name)
            self._names[name] = found
        return self._names[name]

    # ---- all or nothing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen, or none; they reach Excel at the end of the outermost one."""
        before, done = self._pending.copy(), len(self._done)
        self._depth += 1
        try:
            yield
        except BaseException:
            self._pending = before
            self._put_back(done)
            raise
        finally:
            self._depth -= 1
        self._flush_unless_inside()

    def _flush_unless_inside(self) -> None:
        if self._depth == 0:
            self._flush()

    def _flush(self) -> None:
        """Write what waits; on an error nothing of it stays."""
        if not self._pending:
            return
        done = len(self._done)
        pending, self._pending = self._pending, flushing.Pending()
        try:
            with refusals.one_sentence("write to", self._book.name):
                flushing.write(self._book, pending, self._before, self._neighbours, self._done, self._ui.tell)
                if self.kind != "working":
                    self._refresh_pivots()
        except BaseException:
            self._put_back(done)
            raise
        finally:
            self._forget()

    def _before(self, table: str) -> pd.DataFrame:
        """What a table holds in Excel now, whatever waits to be written."""
        return self._view(table)[1]

    def _refresh_pivots(self) -> None:
        try:
            with quiet(self._book.app, BOXES):
                com.refresh_pivots(self._book)
        except Exception as error:
            if not busy.is_from_excel(error):
                raise
            self._ui.tell("The pivot tables could not be refreshed. Press Refresh All on Excel's tab Data.")

    def _put_back(self, done: int) -> None:
        """Put back what was there before the writes from number `done` on."""
        undos = self._done[done:]
        del self._done[done:]
        if not undos:
            return
        try:
            flushing.put_back(self._book, undos, self._ui.tell)
        except Exception as error:
            raise refusals.not_put_back(self._book.name) from error
        finally:
            self._forget()

    # ---- saving

    def save(self) -> None:
        """Save as Excel does; nothing when nothing was written. Raises FileProblem; what was there is put back."""
        if not self._done:
            return
        try:
            saving.save(self._book)
        except BaseException:
            self._put_back(0)
            raise
        self._done.clear()

    def save_copy(self, path: Path) -> None:
        """Write a copy elsewhere, with all that was written so far. Raises FileProblem."""
        self._flush()
        with refusals.one_sentence("make a copy of", self._book.name):
            saving.save_copy(self._book, Path(path))

    def while_closed(self, work: Callable[[], None]) -> None:
        """Save and close the workbook, do the work, and open it again, whatever the work came to.

        Raises FileProblem when Excel cannot save it, or cannot open it again, and what the work raises.
        """
        path, app = self.path, self._book.app
        saving.save(self._book)
        saving.close(self._book)
        try:
            work()
        finally:
            self._book = saving.opened_again(app, path)
            self._done.clear()
            self._names.clear()
            self._sheets = None
            self._forget()

    def open_after(self, path: Path) -> None:
        """Remember which workbook to open when the action is done."""
        self._next.append(Path(path))

    def finish(self) -> None:
        """Open what the action made, in this Excel; what is no workbook, or cannot be opened, is told."""
        for path in self._next:
            saving.open_beside(self._book.app, path, self._ui)
        self._next.clear()

    # ---- reading

    def _spec(self, name: str) -> spec.Table | None:
        kind = self.kind
        with suppress(KeyError):
            return spec.table(kind if kind in spec.KINDS else "review", name)
        return None

    def _view(self, name: str) -> tuple[Area, pd.DataFrame]:
        """A table's rows in Excel, and what they hold."""
        if name not in self._views:
            table = self.part(name)
            of_spec = self._spec(name)
            others = [other.area for other in self._neighbours(table)]
            rows = read_cells.TableRows(self._book, table)
            found = grid.body_and_frame(rows, table, others, _hints(of_spec))
            if len(found[1]) == 1:  # a formula of people's own may fill the one blank row
                self._parts[name] = table = with_own_formulas(self._book, table, of_spec, found[1])
                found = grid.body_and_frame(rows, table, others, _hints(of_spec))
            self._views[name] = found
        return self._views[name]


def _hints(of_spec: spec.Table | None) -> grid.Hints:
    columns = of_spec.columns if of_spec else ()
    return grid.Hints(
        frozenset(column.heading for column in columns if column.type == "datetime"),
        frozenset(column.heading for column in columns if column.formula),
    )


def _inside(table: TablePart, sheet: str, place: Area) -> bool:
    return table.sheet == sheet and table.body.meets(place)
