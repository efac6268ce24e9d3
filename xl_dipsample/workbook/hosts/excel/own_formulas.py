"""Columns of people's own that hold a formula from the first row to the last: never written, but filled down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from xl_dipsample.workbook.hosts.closed_file.references import Area
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.excel import read_cells
from xl_dipsample.workbook.specs import spec


def with_own_formulas(book: Any, table: TablePart, of_spec: spec.Table | None, frame: pd.DataFrame) -> TablePart:
    """The table with the formulas of columns that are not in its spec; one call, and one for each such column."""
    ours = of_spec.headings if of_spec else []
    if all(heading in ours for heading in table.headings) or any(column.formula for column in table.columns):
        return table
    body = table.body
    first = read_cells.read_formulas(book, table.sheet, Area(body.top, body.left, body.top, body.right))[0]
    found = {}
    for place, (heading, formula) in enumerate(zip(table.headings, first, strict=True)):
        shown = frame[heading].iloc[0] if len(frame) else None
        # a text that looks like a formula is given as it stands, so it equals what the cell shows
        if heading not in ours and formula.startswith("=") and formula != shown and _whole(book, table, place):
            found[heading] = formula
    columns = tuple(replace(column, formula=found.get(column.heading, "")) for column in table.columns)
    return replace(table, columns=columns)


def _whole(book: Any, table: TablePart, place: int) -> bool:
    """Whether every row of a column holds a formula."""
    body = table.body
    column = Area(body.top, body.left + place, body.bottom, body.left + place)
    return all(row[0].startswith("=") for row in read_cells.read_formulas(book, table.sheet, column))
