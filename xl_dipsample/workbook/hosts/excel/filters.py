"""Filters of tables: taken off while we write, since Excel writes past hidden rows, and put back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.excel import com, read_cells
from xl_dipsample.workbook.specs import spec


@contextmanager
def off(book: Any, tables: Iterable[TablePart], tell: Callable[[str], None]) -> Iterator[None]:
    """Show every row of the tables; put the filters back at the end, also after an error.

    A criterion that Excel does not tell (colours, icons, dates picked from the list) cannot be put back: `tell` says
    so. A column that is gone takes its filter along.
    """
    found: list[tuple[TablePart, com.Filter]] = []
    try:
        for table in tables:
            own = read_cells.find_table(book, table.sheet, table.name)
            one = com.filter_of(own)
            if one is not None:
                found.append((table, one))
                com.show_all(own)
        yield
    finally:
        for table, one in found:
            _put_back(book, table, one, tell)


def _put_back(book: Any, table: TablePart, one: com.Filter, tell: Callable[[str], None]) -> None:
    own = read_cells.find_table(book, table.sheet, table.name)
    now = _fields(read_cells.table_part(book, table.sheet, table.name))
    lost = list(one.lost)
    for criterion in one.criteria:
        field = now.get(table.headings[criterion.field - 1])
        if field is not None and not com.apply_filter(own, replace(criterion, field=field)):
            lost.append(criterion.field)
    gone = [_shown(table.name, one, place) for one, place in now.items() if one in _lost(table, lost)]
    if gone:
        tell(
            f"The filter of the table {table.name} on {', '.join(gone)} could not be put back: Excel does not"
            " tell filters by colour, icon or picked dates. Set it again."
        )


def _lost(table: TablePart, fields: Iterable[int]) -> set[str]:
    return {table.headings[field - 1] for field in fields}


def _shown(table: str, heading: str, place: int) -> str:
    """A column of ours by its heading; one of people's own, whose heading may be a name, by its place."""
    ours = {
        one for kind in spec.KINDS for of_spec in spec.tables(kind) if of_spec.name == table for one in of_spec.headings
    }
    return heading if heading in ours else f"its column {place}"


def _fields(table: TablePart) -> Mapping[str, int]:
    return {heading: place for place, heading in enumerate(table.headings, 1)}
