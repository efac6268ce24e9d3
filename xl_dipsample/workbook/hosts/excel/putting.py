"""One table or named cell into Excel: size, looks, values, formulas; in calls whose number no row adds to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.hosts.closed_file.references import Area
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.closed_file.table_writes import TableWrite
from xl_dipsample.workbook.hosts.excel import convert, looks, read_cells
from xl_dipsample.workbook.specs import formulas, heights, spec

_NEW_WIDTH = 18  # characters: a column that the long list did not have before


def put_table(book: Any, write: TableWrite, old: pd.DataFrame) -> TablePart:
    """Make a table what `write` says; `old`: what it held. Returns where it stands now. Raises WorkbookProblem."""
    table, area = write.table, write.area
    if _is_settings(write):
        _put_changed(book, write, old)
        return table
    headings = [str(heading) for heading in write.frame.columns]
    if headings != table.headings:
        _put_headings(book, write, headings)
    if area != table.area:
        read_cells.resize(book, table.sheet, table.name, area)
    _copy_looks(book, write)
    _put_body(book, write, old)
    for gone in _left_over(write):
        read_cells.clear(book, table.sheet, gone)
    if not _has_fixed_rows(write.spec) and len(write.frame) <= heights.MOST_ADAPTED:
        read_cells.autofit(book, table.sheet, _body(write))
    return replace(table, area=area, columns=_columns(table, headings))


def _columns(table: TablePart, headings: Sequence[str]) -> Any:
    kept = {column.heading: column for column in table.columns}
    first = table.columns[0]
    return tuple(kept.get(heading, replace(first, heading=heading, formula="")) for heading in headings)


def _body(write: TableWrite) -> Area:
    area = write.area
    return Area(write.table.top, area.left, area.bottom - write.table.has_totals, area.right)


def _has_fixed_rows(table: spec.Table | None) -> bool:
    kind = table.kinds[0] if table else None
    return kind is None or any(sheet.row_height for sheet in spec.sheets(kind) if table and sheet.name == table.sheet)


# ---- settings: few rows, each with a look of its own


def _is_settings(write: TableWrite) -> bool:
    """A table of settings whose rows are the same as before: only what changed is written, cell by cell."""
    return bool(write.spec and write.spec.cell_types and write.same_rows and write.area == write.table.area)


def _put_changed(book: Any, write: TableWrite, old: pd.DataFrame) -> None:
    left, top = write.area.left, write.table.top
    for place, heading in enumerate(write.frame.columns):
        before = old[heading].tolist()
        for row, value in enumerate(write.frame[heading].tolist()):
            if (type(value), value) != (type(before[row]), before[row]):
                put_value(book, write.table.sheet, Area(top + row, left + place, top + row, left + place), value)


def put_value(book: Any, sheet: str, place: Area, value: CellValue) -> None:
    """Set one cell: its format first, so that text stays text."""
    look = looks.of_value(value)
    if look.number_format:
        read_cells.set_number_format(book, sheet, place, look.number_format)
    read_cells.write(book, sheet, place, [convert.to_excel([value], prefixed=look.prefixed)])


# ---- headings


def _put_headings(book: Any, write: TableWrite, headings: Sequence[str]) -> None:
    """Other headings, in two calls: a table makes a heading that it has already into another one at once.

    So each that changes first gets a name that nothing has. Where the table ends is not settled yet: Excel takes the
    cells beside it as headings when it is made wider.
    """
    table = write.table
    before = table.headings + [""] * (len(headings) - len(table.headings))
    place = Area(table.area.top, table.area.left, table.area.top, table.area.left + len(headings) - 1)
    between = [
        one if one == was else f"~{number}~" for number, (one, was) in enumerate(zip(headings, before, strict=False))
    ]
    kept = Area(place.top, place.left, place.top, min(place.right, table.area.right))
    if write.area.right < table.area.right:
        narrow = Area(table.area.top, table.area.left, table.area.bottom, write.area.right)
        read_cells.resize(book, table.sheet, table.name, narrow)
    if place.right > kept.right:
        last = Area(place.top, kept.right, table.area.bottom, kept.right)
        read_cells.copy(book, table.sheet, last, Area(place.top, kept.right + 1, table.area.bottom, place.right))
        read_cells.set_width(book, table.sheet, Area(place.top, kept.right + 1, place.top, place.right), _NEW_WIDTH)
    read_cells.set_number_format(book, table.sheet, place, looks.ANY)
    for row in (between, headings):
        read_cells.write(book, table.sheet, place, [[f"'{heading}"] for heading in row])
    if [str(one) for one in read_cells.read(book, table.sheet, place)[0]] != list(headings):
        raise WorkbookProblem(
            "headings-refused",
            f"Excel did not take the headings of the table {table.name} on the sheet {table.sheet} as they are. Give"
            " every column of the export a short heading of its own.",
        )


# ---- the body


def _copy_looks(book: Any, write: TableWrite) -> None:
    """New rows look like the first one: formats, drop-downs and colours that follow values."""
    body, before = _body(write), write.old_body
    if body.bottom <= before.bottom:
        return
    first = Area(body.top, body.left, body.top, body.right)
    read_cells.copy(book, write.table.sheet, first, Area(before.bottom + 1, body.left, body.bottom, body.right))


def _put_body(book: Any, write: TableWrite, old: pd.DataFrame) -> None:
    """Formats, then values, in blocks of neighbouring columns; then the formulas, a column at a time."""
    sheet = write.table.sheet
    planned = {place: _plan(book, write, old, place) for place in range(len(write.frame.columns))}
    for number_format, places in _runs(planned, lambda look: look.number_format if look else ""):
        if number_format:
            read_cells.set_number_format(book, sheet, _part(write, places), number_format)
    for filled, places in _runs(planned, lambda look: look is not None):
        if filled:
            columns = [_values(write, place, planned[place]) for place in places]
            read_cells.write(book, sheet, _part(write, places), columns)
    for place, formula in _formulas(write):
        read_cells.fill(book, sheet, _part(write, [place]), formula)


def _plan(book: Any, write: TableWrite, old: pd.DataFrame, place: int) -> looks.Look | None:
    """How a column is to look; None when its values are not written: a formula, or people's own and the same."""
    heading = write.frame.columns[place]
    if heading in write.formulas:
        return None
    values = write.frame[heading].tolist()
    kind = write.type_of(heading)
    if kind is not None:
        return looks.look(kind, values)
    if heading in old and _same(values, old[heading].tolist()) and _body(write) == write.old_body:
        return None
    top = write.table.top
    at = write.area.left + place
    now = read_cells.number_format(book, write.table.sheet, Area(top, at, max(write.old_body.bottom, top), at))
    return looks.look(None, values, now)


def _same(one: list[Any], other: list[Any]) -> bool:
    return one == other and list(map(type, one)) == list(map(type, other))


def _values(write: TableWrite, place: int, look: looks.Look | None) -> list[Any]:
    """A column for Excel; an empty table has one blank row."""
    given = write.frame.iloc[:, place].tolist() or [None]
    return convert.to_excel(given, prefixed=bool(look and look.prefixed))


def _runs(planned: dict[int, looks.Look | None], key: Any) -> Iterator[tuple[Any, list[int]]]:
    """Neighbouring columns of which `key` says the same."""
    for said, places in groupby(planned, lambda place: key(planned[place])):
        yield said, list(places)


def _part(write: TableWrite, places: Sequence[int]) -> Area:
    body = _body(write)
    return Area(body.top, body.left + places[0], body.bottom, body.left + places[-1])


def _formulas(write: TableWrite) -> Iterator[tuple[int, str]]:
    """The formula columns: ours from the spec, people's as they stand."""
    own = {column.heading: column.formula for column in write.table.columns}
    for place, heading in enumerate(write.frame.columns):
        if heading in write.formulas:
            ours = write.spec.column(heading).formula if write.spec and heading in write.spec.headings else ""
            yield place, formulas.column_formula(ours) if ours else own[heading]


def _left_over(write: TableWrite) -> Iterator[Area]:
    """What the table covered before and no longer does: rows below it, columns right of it with their headings."""
    body, before = _body(write), write.old_body
    if before.bottom > body.bottom and not write.table.has_totals:
        yield Area(body.bottom + 1, before.left, before.bottom, write.right)
    if before.right > body.right:
        yield Area(write.table.area.top, body.right + 1, before.bottom, before.right)
