"""What follows people's typing: the layouts of the live sheets, and the values of every formula that we own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from xl_dipsample.domain.review import review_columns
from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.sheets import case_check_sheet, funnel_sheet, lists_sheet, review_sheet, start_sheet
from xl_dipsample.workbook.sheets.parts import second_copy, states
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout
from xl_dipsample.workbook.specs import columns, defaults, pivot_parts, spec, tables_writer
from xl_dipsample.workbook.specs.pivot_parts import Counts

_OURS: dict[str, Callable[[Book], Layout]] = {
    "start": start_sheet.layout,
    "case_check": case_check_sheet.layout,
    "funnel": funnel_sheet.layout,
    "review": review_sheet.layout,
    "lists": lists_sheet.layout,
    **states.STATES,
}


def layout(name: str, book: Book) -> Layout:
    """The layout `name`, which a sheet's spec gives as `live`. Raises ModuleNotFoundError."""
    if name in _OURS:
        return _OURS[name](book)
    made: Layout = import_module(f"xl_dipsample.workbook.sheets.{name}_sheet").layout(book)
    return made


def book(kind: Kind, tables: Mapping[str, pd.DataFrame], values: Mapping[str, CellValue]) -> Book:
    """The book of a workbook: tables that are not given hold what a new workbook holds.

    The named cell sample_name is a setting on Focus, so a value given for it goes there.
    """
    frames = defaults.frames(kind, tables)
    if values.get("sample_name") is not None:
        focus = frames["Focus"]
        frames["Focus"] = focus.assign(
            Value=focus["Value"].mask(focus["Setting"] == "Sample name", values["sample_name"])
        )
    made = Book(kind, frames, values)
    if made.is_second:
        return replace(made, tables=review_columns.to_count(frames))
    return replace(made, tables={name: _for_copy(name, frames[name]) for name in frames}) if made.is_release else made


def _for_copy(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without columns that may not stand in a release copy; tables that stay behind as a whole stay whole."""
    table = spec.table("review", name)
    kept_back = [column.heading for column in table.columns if not column.share] if may_be_shared(table) else []
    return frame.drop(columns=kept_back)


def _given(table: spec.Table, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The given frame, or the default one. Asked for once: a host may have to read it."""
    try:
        return tables[table.name]
    except KeyError:
        return defaults.default(table)


def sheets(whole: Book) -> list[spec.Sheet]:
    """The sheets that a workbook has: some are built only when there is something to put in them.

    A release copy has no column that may not be shared, no table without any other, and no sheet that has nothing else.
    A second reader's workbook has what reading takes.
    """
    chosen = [
        sheet
        for sheet in spec.sheets(whole.kind)
        if not sheet.when_filled or any(len(whole.tables[table.name]) for table in sheet.tables)
    ]
    if whole.is_second:
        return [replace(sheet, tables=_of_second(sheet)) for sheet in chosen if sheet.name in second_copy.SHEETS]
    if not whole.is_release:
        return chosen
    shared = [replace(sheet, tables=tuple(_of_copy(t) for t in sheet.tables if may_be_shared(t))) for sheet in chosen]
    return [sheet for sheet in shared if sheet.tables or not sheet.when_filled]


def _of_second(sheet: spec.Sheet) -> tuple[spec.Table, ...]:
    return tuple(table.without_staying for table in sheet.tables if table.name in second_copy.TABLES)


def _of_copy(table: spec.Table) -> spec.Table:
    return replace(table, columns=tuple(column for column in table.columns if column.share))


def may_be_shared(table: spec.Table) -> bool:
    """Whether a table has columns that may stand in a release copy."""
    return any(column.share for column in table.columns)


@dataclass(frozen=True)
class Live:
    """What a workbook shows at this moment: every formula of ours, and the PivotTables where it has the sheet."""

    cached: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)  # by sheet and cell
    pivots: Counts | None = None


def cached_values(
    kind: Kind, tables: Mapping[str, pd.DataFrame], values: Mapping[str, CellValue]
) -> Mapping[str, Mapping[str, CellValue]]:
    """What every formula of ours shows: sheet name -> cell address -> value."""
    return live_values(kind, tables, values).cached


def live_values(kind: Kind, tables: Mapping[str, pd.DataFrame], values: Mapping[str, CellValue]) -> Live:
    """What the workbook shows with these tables and named cells.

    The frames are taken as they are, as hosts read them: the spec's headings, None for blank.
    """
    whole = Book(kind, {table.name: _given(table, tables) for table in spec.tables(kind)}, values)
    asked = columns.questions(whole.tables.get("Questions"))
    found: dict[str, dict[str, CellValue]] = {}
    for sheet in sheets(whole):
        cells: dict[str, CellValue] = {}
        for table in sheet.tables:
            frame = whole.tables[table.name]
            where = tables_writer.place(table, frame, asked)
            for (row, column), value in tables_writer.formula_cells(where, frame, whole.tables).items():
                cells[xl_rowcol_to_cell(row, column)] = value
        if sheet.live:
            made = layout(sheet.live, whole)
            for cell in [*made.cells, *([made.state] if made.state else [])]:
                if cell.formula:
                    cells[xl_rowcol_to_cell(cell.row - 1, cell.column - 1)] = cell.value
        if cells:
            found[sheet.name] = cells
    has_pivots = any(sheet.name == pivot_parts.SHEET for sheet in sheets(whole))
    return Live(found, whole.pivots if has_pivots else None)
