"""What waits to be written, all of it into Excel at once, and back again when anything fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.hosts.closed_file.references import Area
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.closed_file.table_writes import TableWrite
from xl_dipsample.workbook.hosts.excel import com, filters, putting, read_cells
from xl_dipsample.workbook.hosts.excel.quiet import quiet

Tell = Callable[[str], None]


@dataclass
class Pending:
    """What was written and is not yet in Excel: tables by name, cells by sheet and reference."""

    tables: dict[str, TableWrite] = field(default_factory=dict)
    values: dict[str, dict[str, CellValue]] = field(default_factory=dict)

    def copy(self) -> Pending:
        """The same, to go back to."""
        return Pending(dict(self.tables), {sheet: dict(found) for sheet, found in self.values.items()})

    def drop_inside(self, sheet: str, area: Area) -> None:
        """Forget the cells of an area: a table was written over them."""
        inside = self.values.get(sheet, {})
        for reference in [one for one in inside if area.meets(Area.of(one))]:
            del inside[reference]

    def __bool__(self) -> bool:
        return bool(self.tables or any(self.values.values()))


@dataclass(frozen=True)
class OldTable:
    """What a table held before it was written."""

    write: TableWrite
    frame: pd.DataFrame


@dataclass(frozen=True)
class OldValue:
    """What a named cell held before it was written."""

    sheet: str
    place: Area
    value: CellValue
    number_format: str | None


Undo = OldTable | OldValue


def write(
    book: Any,
    pending: Pending,
    before: Callable[[str], pd.DataFrame],
    neighbours: Callable[[TablePart], Sequence[TablePart]],
    done: list[Undo],
    tell: Tell,
) -> None:
    """Write everything. `done` gets what was there, just before it is overwritten."""
    old = {name: before(name) for name in pending.tables}
    shown = _on_sheets(pending.tables.values(), neighbours)
    with _still(book, shown, tell):
        for name, one in sorted(pending.tables.items(), key=lambda item: _growth(item[1])):
            done.append(OldTable(one, old[name]))
            putting.put_table(book, one, old[name])
        for sheet, found in pending.values.items():
            for reference, value in found.items():
                place = Area.of(reference)
                now = read_cells.number_format(book, sheet, place)
                done.append(OldValue(sheet, place, read_cells.read_one(book, sheet, place), now))
                putting.put_value(book, sheet, place, value)
        com.calculate(book.app)


def put_back(book: Any, undos: Sequence[Undo], tell: Tell) -> None:
    """Write what was there before, the last write first."""
    tables = [one.write.table for one in undos if isinstance(one, OldTable)]
    with _still(book, _now(book, tables), tell):
        for one in reversed(undos):
            if isinstance(one, OldTable):
                _table_back(book, one)
            else:
                putting.put_value(book, one.sheet, one.place, one.value)
                if one.number_format and not isinstance(one.value, str):
                    read_cells.set_number_format(book, one.sheet, one.place, one.number_format)
        com.calculate(book.app)


def _table_back(book: Any, one: OldTable) -> None:
    """Write a table's old rows; how far the failed write came does not matter."""
    was = one.write.table
    now = read_cells.table_part(book, was.sheet, was.name)
    reached = _hull(now.body, one.write.old_body, one.write.area)
    given = frozenset(str(heading) for heading in one.frame.columns)
    formulas = {column.heading: column.formula for column in was.columns}
    columns = tuple(replace(column, formula=formulas.get(column.heading, "")) for column in now.columns)
    back = TableWrite(
        table=replace(now, columns=columns),
        spec=one.write.spec,
        frame=one.frame,
        given=given,
        formulas=one.write.formulas & given,
        old_body=Area(now.top, now.area.left, reached.bottom, reached.right),
        same_rows=False,
    )
    putting.put_table(book, back, one.frame.iloc[:0])


def _hull(*areas: Area) -> Area:
    return Area(
        min(one.top for one in areas),
        min(one.left for one in areas),
        max(one.bottom for one in areas),
        max(one.right for one in areas),
    )


@contextmanager
def _still(book: Any, tables: Iterable[TablePart], tell: Tell) -> Iterator[None]:
    """Excel keeps still, saves nothing of its own accord and hides no row meanwhile."""
    saves = com.auto_save(book)
    if saves:
        com.set_auto_save(book, on=False)
    try:
        with quiet(book.app), filters.off(book, tables, tell):
            yield
    finally:
        if saves:
            com.set_auto_save(book, on=True)


def _on_sheets(writes: Iterable[TableWrite], neighbours: Callable[[TablePart], Sequence[TablePart]]) -> list[TablePart]:
    """Every table of the sheets that are written to: a neighbour's filter hides our rows too."""
    found: Mapping[str, TablePart] = {
        table.name: table for one in writes for table in (one.table, *neighbours(one.table))
    }
    return list(found.values())


def _now(book: Any, tables: Iterable[TablePart]) -> list[TablePart]:
    sheets = {table.sheet for table in tables}
    places = read_cells.table_sheets(book)
    return [read_cells.table_part(book, sheet, name) for name, sheet in places.items() if sheet in sheets]


def _growth(one: TableWrite) -> int:
    """Tables that shrink come first: one that grows may need their cells."""
    return one.area.bottom - one.old_body.bottom


def new_ground(one: TableWrite) -> list[Area]:
    """The cells that a table will cover and did not cover before."""
    area, before = one.area, one.old_body
    ground = []
    if area.bottom > before.bottom:
        ground.append(Area(before.bottom + 1, area.left, area.bottom, area.right))
    if area.right > before.right:
        ground.append(Area(one.table.area.top, before.right + 1, min(area.bottom, before.bottom), area.right))
    return ground
