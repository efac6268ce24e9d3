"""FileHost: a closed .xlsx on any computer, no Excel.

It reads with calamine and writes by replacing only the parts that it touches; every other member of the zip is
carried over as it is, compressed bytes and all. Nothing reaches the disk before `save`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.workbook.host import CellValue, Kind, Ui
from xl_dipsample.workbook.hosts.closed_file import (
    cell_text,
    cell_values,
    grid,
    long_sheets,
    number_formats,
    opening,
    render,
    sheet_ranges,
    table_writes,
)
from xl_dipsample.workbook.hosts.closed_file import workbook_part as books
from xl_dipsample.workbook.hosts.closed_file.label_kept import with_label_of
from xl_dipsample.workbook.hosts.closed_file.references import cell
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.closed_file.table_writes import TableWrite
from xl_dipsample.workbook.hosts.closed_file.zip_members import Member, Package, ahead
from xl_dipsample.workbook.specs import heights, spec

_SMALL = 200_000  # cells of a sheet that is kept in memory as it was read
_HEAD = 4_096  # bytes in which a sheet says how far it reaches


@dataclass
class _Pending:
    """What was written and is not yet on the disk."""

    tables: dict[str, TableWrite] = field(default_factory=dict)
    values: dict[str, dict[str, CellValue]] = field(default_factory=dict)

    def copy(self) -> _Pending:
        return _Pending(dict(self.tables), {sheet: dict(cells) for sheet, cells in self.values.items()})

    def __bool__(self) -> bool:
        return bool(self.tables or self.values)


class FileHost:
    """A workbook as a file; satisfies `Host`."""

    def __init__(self, path: Path, ui: Ui, data: bytes, *, read_only: bool) -> None:
        self._path, self._ui, self._read_only = path, ui, read_only
        self._pending = _Pending()
        self._is_new = False  # whether what was opened was replaced as a whole, and is not saved yet
        self._load(data)

    @classmethod
    def open(cls, path: Path, ui: Ui, *, read_only: bool = False) -> FileHost:
        """Open a workbook of ours.

        `read_only`: others may have it open; nothing can be saved. Raises FileProblem when there is no such file, it
        is damaged, has a password or is open elsewhere; WorkbookProblem when it is not ours, or a table or heading
        of the specs is gone.
        """
        path = Path(path)
        data = opening.read_bytes(path)
        if not read_only:
            opening.refuse_when_open(path)
        host = cls(path, ui, data, read_only=read_only)
        opening.check_ours(host)
        return host

    def _load(self, data: bytes) -> None:
        self._hold(data, *grid.taken_apart(data))

    def _hold(self, data: bytes, package: Package, book: books.BookPart) -> None:
        self._stamp, self._data, self._package, self._book = opening.stamp(self._path), data, package, book
        self._calamine: Any = None
        self._grids: dict[str, grid.Grid] = {}
        self._views: dict[str, grid.View] = {}
        self._shared: dict[str, frozenset[int]] = {}  # the shared strings that long sheets show, by part

    # ---- what it is

    @property
    def path(self) -> Path:
        """Where the workbook lies."""
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
            raise opening.not_ours(self._path)
        return found

    def tables(self) -> list[str]:
        """The names of the tables, sheet by sheet."""
        return list(self._book.tables)

    def sheet_names(self) -> list[str]:
        """The names of all sheets, people's own and chart sheets included."""
        return list(grid.workbook(self._data).sheet_names)

    def part(self, name: str) -> TablePart:
        """Where a table stands. Raises WorkbookProblem when it is not there."""
        try:
            return self._book.tables[name]
        except KeyError:
            raise opening.no_such_table(name) from None

    def own_columns(self, table: str) -> list[str]:
        """The headings of a table that are not in its spec: people's own; none where the columns are the caller's."""
        of_spec = self._spec(table)
        if of_spec is None or of_spec.open_columns:
            return []
        return [heading for heading in self.part(table).headings if heading not in of_spec.headings]

    # ---- tables

    def read_table(self, name: str) -> pd.DataFrame:
        """The body of a table, as `Host.read_table` says; rows typed directly below a table belong to it."""
        part = self.part(name)
        written = self._pending.tables.get(name)
        frame = written.frame if written else self._view(part.sheet).frames[name]
        of_spec = self._spec(name)  # a sheet by our name for it: people may have called it after somebody
        corner = standing.Corner(of_spec.sheet if of_spec else "", part.top, part.area.left)
        return standing.noted(frame.copy(deep=False), corner)

    def rows_below(self, name: str) -> list[int]:
        """Rows below a table and in none, as `Host.rows_below` says."""
        part = self.part(name)
        if part.sheet not in self._views and self._ends_at(part):
            return []
        view = self._view(part.sheet)
        body = view.bodies[name]
        return sorted({row for row, column in view.strays if row > body.bottom and body.left <= column <= body.right})

    def _ends_at(self, part: TablePart) -> bool:
        """Whether a long sheet says of itself that it ends where the table does: then it is not read for this alone."""
        member = self._package.member(self._book.sheets[part.sheet])
        head = next(member.chunks(), b"")[:_HEAD].decode("utf-8", "replace")
        return member.size >= long_sheets.LONG and sheet_ranges.last_row(head) == part.area.bottom

    def typed_formulas(self, name: str) -> list[tuple[int, str]]:
        """Where a formula stands that the specs do not have, as `Host.typed_formulas` says."""
        part, body = self.part(name), self._view(self.part(name).sheet).bodies[name]
        of_spec = self._spec(name)
        plain = {column.heading for column in of_spec.columns if not column.formula} if of_spec else set()
        rows, columns = range(body.top, body.bottom + 1), range(body.left, body.right + 1)
        cells = grid.formulas(self._package.member(self._book.sheets[part.sheet]))
        found = [(row, part.headings[column - body.left]) for row, column in cells if row in rows and column in columns]
        return [one for one in found if one[1] in plain]

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        """Replace the body of a table, as `Host.write_table` says.

        Raises FileProblem when a text is too long for a cell or there are too many rows; WorkbookProblem when a
        heading is not there or the table would run over other cells.
        """
        part = self.part(name)
        body = self._view(part.sheet).bodies[name]
        write = table_writes.prepared(part, self._spec(name), frame, self.read_table(name), body)
        self._check_room(write)
        self._pending.tables[name] = write
        inside = self._pending.values.get(part.sheet, {})
        for reference in [one for one in inside if render.in_area(body, one)]:
            del inside[reference]

    def _check_room(self, write: TableWrite) -> None:
        """Raise WorkbookProblem when the table, as it will be, would run over something."""
        table = write.table
        others = [
            (other.name, self._pending.tables[other.name].area if other.name in self._pending.tables else other.area)
            for other in self._book.tables.values()
            if other.sheet == table.sheet and other.name != table.name
        ]
        table_writes.check(write, others, self._view(table.sheet).strays)

    # ---- named cells

    def read_value(self, name: str) -> CellValue:
        """The value of a named cell. Raises WorkbookProblem when the name is not there."""
        sheet, reference = books.cell_of(self._book, name)
        pending = self._pending.values.get(sheet, {})
        if reference in pending:
            return pending[reference]
        row, column = cell(reference)
        table = self._table_at(sheet, reference)
        if table in self._pending.tables:
            write = self._pending.tables[table]
            place = row - write.table.top
            frame = write.frame
            inside = place < len(frame) and column <= write.area.right
            return frame.iat[place, column - write.table.area.left] if inside else None
        return cast(CellValue, self._grid(sheet).value(row, column))

    def write_value(self, name: str, value: CellValue) -> None:
        """Set a named cell. Raises WorkbookProblem when the name is not there."""
        sheet, reference = books.cell_of(self._book, name)
        value = cell_values.one(value)
        if isinstance(value, str) and cell_text.too_long(value):
            raise FileProblem(
                "text-too-long", f"The text for the cell {name} is longer than a cell can hold. Shorten it."
            )
        table = self._table_at(sheet, reference)
        if table:
            self._write_inside(table, reference, value)
        else:
            self._pending.values.setdefault(sheet, {})[reference] = value

    def _write_inside(self, table: str, reference: str, value: CellValue) -> None:
        """Set a named cell that lies in a table, as Sample name does."""
        part = self.part(table)
        frame = self.read_table(table).copy()
        row, column = cell(reference)
        cells = frame.iloc[:, column - part.area.left].tolist()
        cells[row - part.top] = value
        frame[frame.columns[column - part.area.left]] = pd.Series(cells, dtype=object)
        self.write_table(table, frame)

    def _table_at(self, sheet: str, reference: str) -> str:
        """The table in whose rows a cell lies; '' for none."""
        for table in self._book.tables.values():
            if table.sheet == sheet and render.in_area(table.body, reference):
                return table.name
        return ""

    # ---- all or nothing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen, or none."""
        before = self._pending.copy()
        try:
            yield
        except BaseException:
            self._pending = before
            raise

    def save(self) -> None:
        """Write to disk, atomically. Raises FileProblem; the file is then as it was, byte for byte."""
        if self._read_only:
            raise FileProblem("read-only", f"{self._path.name} was opened only to be read. Nothing was changed.")
        if not self._pending and not self._is_new:
            return
        opening.refuse_when_open(self._path)
        if opening.stamp(self._path) != self._stamp:
            raise FileProblem(
                "changed-meanwhile",
                f"Somebody saved {self._path.name} while this was running, and so it stays. Start the step again.",
            )
        data = self._rendered() if self._pending else self._data
        self._calamine, self._grids, self._views = None, {}, {}  # large: read again when asked for
        package, book = grid.taken_apart(data)  # what cannot be read again is refused before it takes the file's place
        replace_file(data, self._path)
        self._pending, self._is_new = _Pending(), False
        self._hold(data, package, book)

    def replace_whole(self, data: bytes) -> None:
        """The workbook is `data` from now on, its label kept; `save` puts it where the one lies that was opened."""
        opened = self._stamp
        self._load(with_label_of(self._package, data))
        self._stamp, self._pending, self._is_new = opened, _Pending(), True

    def save_copy(self, path: Path) -> None:
        """Write a copy elsewhere, atomically, with all that was written so far. Raises FileProblem."""
        replace_file(self._rendered() if self._pending else self._data, Path(path))

    def open_after(self, path: Path) -> None:
        """Say which workbook to open next."""
        self._ui.tell(f"Open next: {path}")

    @without_collecting()
    def _rendered(self) -> bytes:
        from xl_dipsample.workbook import sheets as live_sheets  # only a write needs the layouts

        kind: Kind = "review" if self.kind == "second" else self.kind
        live = live_sheets.Live() if kind == "release" else live_sheets.live_values(kind, _Tables(self), _Values(self))
        sheets = {write.table.sheet for write in self._pending.tables.values()}
        views, heights = {one: self._view(one) for one in sheets}, {one: self._heights(one) for one in sheets}
        changes = render.Changes(
            self._pending.tables, self._pending.values, live.cached, heights, self._shared, live.pivots
        )
        return render.render(self._package, self._book, views, changes)

    def _heights(self, sheet: str) -> dict[int, float | None]:
        """How high the rows of a sheet's tables must be; nothing for fixed heights and for long tables."""
        needed: dict[int, float | None] = {}
        kind: Kind = self.kind if self.kind in spec.KINDS else "review"
        if any(one.name == sheet and one.row_height for one in spec.sheets(kind)):
            return needed
        for part in (one for one in self._book.tables.values() if one.sheet == sheet):
            of_spec = self._spec(part.name)
            write = self._pending.tables.get(part.name)
            rows = len(write.frame) if write else self._view(sheet).bodies[part.name].bottom - part.top + 1
            if of_spec is None or rows > heights.MOST_ADAPTED:
                continue
            frame = write.frame if write else self.read_table(part.name)
            for offset, height in enumerate(heights.table_heights(of_spec.columns, frame)):
                row = part.top + offset
                needed[row] = max(height or 0, needed.get(row) or 0) or None
        return needed

    # ---- reading

    def _spec(self, name: str) -> spec.Table | None:
        kind = self.kind
        try:
            return spec.table(kind if kind in spec.KINDS else "review", name)
        except KeyError:
            return None

    def _grid(self, sheet: str) -> grid.Grid:
        if sheet in self._grids:
            return self._grids[sheet]
        member = self._package.member(self._book.sheets[sheet])
        found = self._long_grid(member) if member.size >= long_sheets.LONG else None
        if found is None:
            if self._calamine is None:
                self._calamine = grid.workbook(self._data)
            found = grid.read(self._calamine, sheet, member, self._package.shared_texts())
        if found.size <= _SMALL:
            self._grids[sheet] = found
        return found

    def _long_grid(self, member: Member) -> grid.Grid | None:
        """A long sheet, read in pieces; None when calamine has to read it."""
        if self._book.since_1904:
            return None
        look = number_formats.Styles(books.related_text(self._package, self._book, "styles"))
        found = long_sheets.read(
            ahead(member.chunks()), look, lambda: books.related_text(self._package, self._book, "sharedStrings")
        )
        if found is None:
            return None
        self._shared[member.name] = found.shared
        return grid.of_columns(found.columns)

    def _view(self, sheet: str) -> grid.View:
        if sheet not in self._views:
            tables = [table for table in self._book.tables.values() if table.sheet == sheet]
            hints = {table.name: self._hints(table) for table in tables}
            with grid.refused(f"The sheet {sheet}"):
                self._views[sheet] = grid.view(self._grid(sheet), tables, hints)
        return self._views[sheet]

    def _hints(self, table: TablePart) -> grid.Hints:
        of_spec = self._spec(table.name)
        columns = of_spec.columns if of_spec else ()
        return grid.Hints(
            frozenset(column.heading for column in columns if column.type == "datetime"),
            frozenset(column.heading for column in columns if column.formula),
        )


class _Tables(Mapping[str, pd.DataFrame]):
    """The tables as they will be, read when somebody asks.

    No formula of ours looks into the long list's cells, only at how many rows there are: it gives its key alone.
    """

    def __init__(self, host: FileHost) -> None:
        self._host = host

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._host.tables():
            raise KeyError(name)
        frame = self._host.read_table(name)
        of_spec = self._host._spec(name)
        return frame[list(of_spec.key)] if of_spec and of_spec.name == "LongList" else frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._host.tables())

    def __len__(self) -> int:
        return len(self._host.tables())


class _Values(Mapping[str, CellValue]):
    """The named cells as they will be."""

    def __init__(self, host: FileHost) -> None:
        self._host = host

    def __getitem__(self, name: str) -> CellValue:
        try:
            return self._host.read_value(name)
        except WorkbookProblem:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._host._book.names)

    def __len__(self) -> int:
        return len(self._host._book.names)
