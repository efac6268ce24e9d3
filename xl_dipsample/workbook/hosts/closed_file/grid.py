"""A sheet's cells as values, read with calamine: its tables as frames, and what else stands on it."""

from __future__ import annotations

import io
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd
import python_calamine

from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.exports import door, ooxml_check, room
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.workbook.hosts.closed_file import cell_values, workbook_part
from xl_dipsample.workbook.hosts.closed_file.references import Area, cell
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.closed_file.zip_members import Member, Package

LONG = ooxml_check.LONG
_STUMBLES = (python_calamine.CalamineError, OSError, ValueError, LookupError, ArithmeticError, RecursionError)
MOST_BLANK_BELOW = 100_000  # rows of a table below its last filled one
_ERROR_MARKS = (b' t="e"', b" t='e'")
_ERROR_CELL = re.compile(
    rb"""<c\s(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Z]+\d+)["'][^>]*>(?:<f\b.*?(?:</f>|/>))?<v>([^<]*)</v>""",
    re.DOTALL,
)


_FORMULA_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]+\d+)["'][^>]*>\s*<(?:\w+:)?f\b""")


class Rows(Protocol):
    """Cells from which a table can be read; rows and columns count from 1."""

    def filled(self, row: int, left: int, right: int) -> bool:
        """Whether a cell of a row between two columns is filled."""

    def columns(self, area: Area, moments: Sequence[bool]) -> list[cell_values.Column]:
        """The values of an area, column by column; `moments`: whose dates keep their time of day."""


class Grid(Rows, Protocol):
    """The cells of one sheet; rows and columns count from 1."""

    @property
    def size(self) -> int:
        """How many cells it holds in memory."""

    def value(self, row: int, column: int) -> Any:
        """One cell's value."""

    def area(self, area: Area) -> list[Any]:
        """The values of an area, row by row."""

    def outside(self, areas: Sequence[Area]) -> Iterable[tuple[int, int]]:
        """The filled cells that lie in none of the areas."""


class _Cells(ABC):
    """What the grids have in common."""

    @abstractmethod
    def value(self, row: int, column: int) -> Any:
        """The value of one cell."""

    def area(self, area: Area) -> list[Any]:
        return [
            self.value(row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]


@dataclass
class _RowGrid(_Cells):
    """The cells of one sheet from A1 as calamine gives them, row by row; rows may be of different length."""

    rows: list[list[Any]]

    @property
    def size(self) -> int:
        return sum(map(len, self.rows))

    def value(self, row: int, column: int) -> Any:
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        return cell_values.one(cells[column - 1]) if column <= len(cells) else None

    def filled(self, row: int, left: int, right: int) -> bool:
        if row > len(self.rows):
            return False
        return any(value != "" for value in self.rows[row - 1][left - 1 : right])

    def columns(self, area: Area, moments: Sequence[bool]) -> list[cell_values.Column]:
        rows = self.rows[area.top - 1 : area.bottom]
        missing = area.bottom - area.top + 1 - len(rows)
        width = len(rows[0]) if rows else 0
        by_column: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else []
        found = []
        for place, keeps in enumerate(moments, area.left - 1):
            cells: Sequence[Any] = by_column[place] if place < width else ("",) * len(rows)
            cells = [*cells, *[""] * missing] if missing else cells
            found.append(cell_values.column(cells, moments=keeps))
        return found

    def outside(self, areas: Sequence[Area]) -> Iterable[tuple[int, int]]:
        for row, cells in enumerate(self.rows, 1):
            here = [area for area in areas if area.top <= row <= area.bottom]
            if len(here) == 1 and here[0].left == 1 and here[0].right >= len(cells):
                continue
            for column, value in enumerate(cells, 1):
                if value != "" and not any(area.left <= column <= area.right for area in here):
                    yield row, column


@dataclass
class _ColumnGrid(_Cells):
    """The cells of a long sheet from A1, column by column, as `long_sheets.read` gives them."""

    cells: list[list[Any]]

    @property
    def size(self) -> int:
        return sum(map(len, self.cells))

    def value(self, row: int, column: int) -> Any:
        return self.cells[column - 1][row - 1] if column <= len(self.cells) and row <= len(self.cells[0]) else None

    def filled(self, row: int, left: int, right: int) -> bool:
        return any(self.value(row, column) is not None for column in range(left, right + 1))

    def columns(self, area: Area, moments: Sequence[bool]) -> list[cell_values.Column]:
        count = area.bottom - area.top + 1
        found = []
        for place, keeps in enumerate(moments, area.left - 1):
            made = np.full(count, None, dtype=object)
            cells = self.cells[place][area.top - 1 : area.bottom] if place < len(self.cells) else []
            made[: len(cells)] = cells
            found.append(cell_values.column(made, moments=True) if keeps else made)
        return found

    def outside(self, areas: Sequence[Area]) -> Iterable[tuple[int, int]]:
        for column, cells in enumerate(self.cells, 1):
            spans = sorted((area.top, area.bottom) for area in areas if area.left <= column <= area.right)
            row = 1
            for top, bottom in [*spans, (len(cells) + 1, len(cells) + 1)]:
                for at in range(row, min(top, len(cells) + 1)):
                    if cells[at - 1] is not None:
                        yield at, column
                row = max(row, bottom + 1)


def workbook(data: bytes) -> python_calamine.CalamineWorkbook:
    """Open a workbook's bytes. Raises FileProblem."""
    with refused("The workbook"):
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))


def taken_apart(data: bytes) -> tuple[Package, workbook_part.BookPart]:
    """A workbook's members, and where its tables and names stand. Raises FileProblem when it is damaged."""
    package = Package.of(data)
    with refused("The workbook"):
        return package, workbook_part.read(package)


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Whatever a reader stumbles over inside is a damaged workbook: a FileProblem. `what`: how the sentence begins."""
    try:
        yield
    except _STUMBLES as error:
        raise _damaged(what) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a fault inside calamine surfaces; not an Exception
            raise _damaged(what) from error
        raise


def _damaged(what: str) -> FileProblem:
    workbook = "it" if what == "The workbook" else "the workbook"
    return FileProblem(
        "damaged-workbook", f"{what} is damaged. Open {workbook} in Excel, let Excel repair it, and save it again."
    )


def read(book: python_calamine.CalamineWorkbook, sheet: str, member: Member, shared: Iterable[bytes] = ()) -> Grid:
    """Read one sheet. Raises FileProblem when it is damaged, or asks for more room than is given.

    `shared`: the pieces of the shared texts, looked at for a long sheet, which the door did not measure.
    """
    if member.size >= LONG:
        door.measure(member.chunks, iter(shared), f"The sheet {sheet}")
    with ThreadPoolExecutor(max_workers=1) as beside, without_collecting():
        errors = beside.submit(_errors, member)  # calamine lets other threads run while it works
        with refused(f"The sheet {sheet}"):
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        found = errors.result()
    for reference, error_text in found:
        row, column = cell(reference)
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = error_text
    return _RowGrid(rows)


def of_columns(columns: list[list[Any]]) -> Grid:
    """A sheet whose columns were read by `long_sheets.read`."""
    return _ColumnGrid(columns)


def _errors(member: Member) -> Iterable[tuple[str, str]]:
    """Where error values stand; calamine gives them as blanks."""
    before = b""
    for chunk in member.chunks():
        edge = before + chunk[:16]
        if any(mark in chunk or mark in edge for mark in _ERROR_MARKS):
            found = _ERROR_CELL.findall(member.content())
            return [(place.decode(), text.decode()) for place, text in found]
        before = chunk[-16:]
    return []


def formulas(member: Member) -> list[tuple[int, int]]:
    """Row and column of the cells of a sheet that hold a formula, as the file has it."""
    return [cell(place.decode()) for place in _FORMULA_CELL.findall(member.content())]


@dataclass
class View:
    """What stands on one sheet: tables with all their rows, and the filled cells outside of them."""

    bodies: dict[str, Area] = field(default_factory=dict)  # with rows typed directly below
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    strays: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Hints:
    """What the specs know of a table's columns: which keep the time of day, which are formulas."""

    moments: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()


def view(grid: Grid, tables: Sequence[TablePart], hints: Mapping[str, Hints]) -> View:
    """Take a sheet apart."""
    made = View()
    with without_collecting():
        for table in tables:
            others = [other.area for other in tables if other is not table]
            found = body_and_frame(grid, table, others, hints.get(table.name, Hints()))
            made.bodies[table.name], made.frames[table.name] = found
    whole = [
        Area(table.area.top, table.area.left, max(made.bodies[table.name].bottom, table.area.bottom), table.area.right)
        for table in tables
    ]
    made.strays = list(grid.outside(whole))
    return made


def body_and_frame(grid: Rows, table: TablePart, others: Sequence[Area], hints: Hints) -> tuple[Area, pd.DataFrame]:
    """One table with the rows typed directly below it; `others`: the areas of the sheet's other tables."""
    body = _body(grid, table, others)
    refuse_too_large(table, body)
    last = range(body.bottom, max(body.top, body.bottom - MOST_BLANK_BELOW), -1)
    if len(last) >= MOST_BLANK_BELOW and not any(grid.filled(row, body.left, body.right) for row in last):
        raise _too_long(table)
    return body, _frame(grid, table, body, hints)


def refuse_too_large(table: TablePart, body: Area) -> None:
    """Raise WorkbookProblem for a table of more cells than are read."""
    if (body.bottom - body.top + 1) * (body.right - body.left + 1) > room.MOST_OWN_CELLS:
        raise _too_long(table)


def _too_long(table: TablePart) -> WorkbookProblem:
    return WorkbookProblem(
        "table-too-long",
        f"On the sheet {table.sheet} the table {table.name} reaches far below its last filled row, or is larger than"
        " can be read. In Excel make it end there (Table Design, Resize Table), and save the workbook.",
    )


def _body(grid: Rows, table: TablePart, others: Sequence[Area]) -> Area:
    """The table's rows; what people typed directly below it counts, since not every program extends a table."""
    body = table.body
    bottom = body.bottom
    while not table.has_totals and grid.filled(bottom + 1, body.left, body.right):
        below = Area(bottom + 1, body.left, bottom + 1, body.right)
        if any(below.meets(other) for other in others):
            break
        bottom += 1
    return Area(body.top, body.left, bottom, body.right)


def _frame(grid: Rows, table: TablePart, body: Area, hints: Hints) -> pd.DataFrame:
    by_column = grid.columns(body, [heading in hints.moments for heading in table.headings])
    count = body.bottom - body.top + 1
    cells = np.empty((len(table.headings), count), dtype=object)  # column by column, as pandas keeps them
    for place, column in zip(range(len(table.headings)), by_column, strict=True):
        cells[place] = column
    frame = pd.DataFrame(cells.T, index=range(count), columns=table.headings, dtype=object, copy=False)
    formulas = hints.formulas | {column.heading for column in table.columns if column.formula}
    if count == 1 and cell_values.is_blank(frame[[h for h in table.headings if h not in formulas]]):
        return frame.iloc[:0]
    return frame
