"""Writes one table of the spec on its sheet: headings, rows, looks, drop-downs.

Every cell gets the format of its column, because FileHost gives new rows the formats of the first one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.specs import columns as table_columns
from xl_dipsample.workbook.specs import formulas, heights, spec, validation
from xl_dipsample.workbook.specs.cell_styles import Styles

TABLE_STYLE = "DipSample"  # package.py writes it into styles.xml
_LINE_HEIGHT = 15
_ARROW = 3  # characters that a filter's arrow takes from a heading


@dataclass(frozen=True)
class Place:
    """Where a table stands; rows and columns count from 0."""

    table: spec.Table
    columns: tuple[spec.Column, ...]
    header_row: int
    first_column: int
    rows: int  # at least 1: an empty table has one blank row

    @property
    def last_row(self) -> int:
        """The last row of the body."""
        return self.header_row + self.rows

    @property
    def last_column(self) -> int:
        """The last column."""
        return self.first_column + len(self.columns) - 1

    def column_of(self, heading: str) -> int:
        """The sheet's column of a heading."""
        return self.first_column + [c.heading for c in self.columns].index(heading)


def place(
    table: spec.Table, frame: pd.DataFrame, asked: Sequence[table_columns.Question], header: int | None = None
) -> Place:
    """Where the table stands when it holds this frame; `header`: the row of its headings (from 1) where it is lower."""
    row, column = xl_cell_to_rowcol(table.anchor)
    row = row if header is None else header - 1
    return Place(table, tuple(table_columns.of(table, frame, list(asked))), row, column, max(1, len(frame)))


def row_heights(where: Place, frame: pd.DataFrame) -> dict[int, float]:
    """The heights that rows need for their wrapped texts, for those that need more than one line."""
    needed = enumerate(heights.table_heights(where.columns, frame), where.header_row + 1)
    return {row: height for row, height in needed if height}


def write(
    sheet: Any,
    where: Place,
    frame: pd.DataFrame,
    styles: Styles,
    *,
    read_only: bool,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write the table `where` with the rows of `frame`; `read_only`: no yellow cells and no drop-downs.

    `tables`: the workbook's tables by name, for formulas that look into another one.
    """
    table = where.table
    sheet.add_table(
        where.header_row,
        where.first_column,
        where.last_row,
        where.last_column,
        {
            "name": table.name,
            "style": TABLE_STYLE,
            "autofilter": has_filter(table),
            "columns": [
                {"header": c.heading, "header_format": styles[_header_style(table, c)]}
                | ({"formula": formulas.column_formula(c.formula)} if c.formula else {})
                for c in where.columns
            ],
        },
    )
    sheet.set_row(where.header_row, header_height(where))
    for number, column in enumerate(where.columns):
        cells = _Column(sheet, where, number, column, styles, read_only=read_only)
        if column.formula:
            cells.write_formulas(frame, tables)
        else:
            cells.write_values(frame)
        if not read_only:
            cells.add_validation()


def has_filter(table: spec.Table) -> bool:
    """Tables of fixed rows, such as the settings, need no filter."""
    return not table.rows and table.sheet not in ("Funnel", "Focus", "Criteria")


def something_below(table: spec.Table) -> bool:
    """True when another table of the sheet stands below this one, in some of its columns."""
    row, left = xl_cell_to_rowcol(table.anchor)
    for other in spec.tables(table.kinds[0]):
        below, start = xl_cell_to_rowcol(other.anchor)
        beside = start >= left + len(table.columns) or left >= start + len(other.columns)
        if other.sheet == table.sheet and below > row and not beside:
            return True
    return False


def header_height(where: Place) -> float:
    """Room for the heading that needs most lines."""
    room = _ARROW if has_filter(where.table) else 1
    lines = max(_lines(column.heading, max(column.width - room, 4)) for column in where.columns)
    return _LINE_HEIGHT * min(lines, 6) + 7


def _lines(text: str, width: float) -> int:
    """How many lines a wrapped heading takes, in bold."""
    lines, used = 1, 0.0
    for word in text.split():
        needed = len(word) * 1.1
        if used and used + 1 + needed > width:
            lines, used = lines + 1, needed
        else:
            used += needed + (1 if used else 0)
        lines += math.floor(needed / max(width, 1)) if needed > width else 0
    return lines


def _header_style(table: spec.Table, column: spec.Column) -> str:
    """Required columns have a header of their own; numbers stand under a heading on the same side."""
    if column.required:
        return "header_people"
    return "header_number" if column.type in ("whole", "number") and not has_filter(table) else "header"


class _Column:
    """One column on its way to the sheet."""

    def __init__(
        self, sheet: Any, where: Place, number: int, column: spec.Column, styles: Styles, *, read_only: bool
    ) -> None:
        self.sheet = sheet
        self.where = where
        self.column = column
        self.position = where.first_column + number
        self.styles = styles
        self.people = column.by == "people" and not read_only
        self.first = where.header_row + 1

    def write_values(self, frame: pd.DataFrame) -> None:
        """Write every cell of the column; blank ones get their format all the same."""
        values = frame[self.column.heading].tolist() if self.column.heading in frame.columns else []
        types = self._row_types(frame)
        for offset in range(self.where.rows):
            value = values[offset] if offset < len(values) else None
            kind = types.get(offset, self.column.type)
            write_cell(self.sheet, self.first + offset, self.position, value, self._style(kind, value))

    def write_formulas(self, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame] | None) -> None:
        """Write the column's formula with the value that pandas computed."""
        cached = formulas.column_values(self.column.formula, frame, tables)
        text = formulas.column_formula(self.column.formula)
        for offset in range(self.where.rows):
            value = cached[offset] if offset < len(cached) else ""
            self.sheet.write_formula(
                self.first + offset, self.position, text, self.styles["cell_formula"], "" if value is None else value
            )

    def add_validation(self) -> None:
        """The drop-down and the prompt, down to the end of the sheet: the table may grow."""
        table = self.where.table
        if table.cell_lists or table.cell_types:
            self._add_cell_validations()
        elif self.column.by == "people" or (self.column.type == "choice" and self.column.list):
            many = self.column.list.startswith("question_") and self.column.type != "choice"
            rule = validation.several(self.column) if many else validation.rule(self.column)
            if rule:
                last = self.where.last_row if something_below(table) else validation.LAST_ROW
                self.sheet.data_validation(self.first, self.position, last, self.position, rule)

    def _add_cell_validations(self) -> None:
        """Setting / Value tables: every row has its own list or type."""
        table = self.where.table
        if self.column.by != "people":
            return
        for offset, row in enumerate(table.rows):
            setting, meaning = str(row[0]), str(row[-1])
            one = spec.Column(
                heading=setting,
                type=table.cell_types.get(setting, "text"),
                width=self.column.width,
                by="people",
                help=meaning,
                list=table.cell_lists.get(setting, ""),
            )
            rule = validation.several(one) if setting in table.cell_several else validation.rule(one)
            if rule:
                self.sheet.data_validation(self.first + offset, self.position, self.first + offset, self.position, rule)

    def _row_types(self, frame: pd.DataFrame) -> dict[int, str]:
        """The types of single cells, where the spec names them by the row's key."""
        table = self.where.table
        if self.column.by != "people" or not table.cell_types or not len(frame):
            return {}
        keys = frame[table.key[0]].tolist()
        return {i: table.cell_types[key] for i, key in enumerate(keys) if key in table.cell_types}

    def _style(self, kind: str, value: CellValue) -> Any:
        if self.where.table.cell_types and kind in ("whole", "number"):
            # Among settings in words, a number stands on their side.
            return self.styles[f"cell_setting{'_people' if self.people else ''}"]
        if self.column.looks:
            return self.styles[f"cell_{self.column.looks}"]
        looks = "_people" if self.people else "_middle" if self.where.table.sheet == "Start" else ""
        return self.styles[f"cell_{_type_of(kind, value)}{looks}"]


def _type_of(kind: str, value: CellValue) -> str:
    """The type whose format suits the value: a date in a text column is still shown as a date."""
    if isinstance(value, dt.datetime):
        return "datetime" if kind == "datetime" or value.time() != dt.time() else "date"
    if isinstance(value, dt.date):
        return "date"
    if isinstance(value, bool) or value is None:
        return kind
    if isinstance(value, (int, float)):
        return kind if kind in ("whole", "number") else "number"
    return kind if kind in ("text", "long_text", "choice") else "long_text"


def write_cell(sheet: Any, row: int, column: int, value: CellValue, style: Any) -> None:
    """Write one constant: text stays text whatever it looks like. Raises WorkbookProblem."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (dt.date, dt.datetime)):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, style)
    elif sheet.write_string(row, column, str(value), style) < 0:
        raise WorkbookProblem(
            "text-too-long",
            f"A text in Excel row {row + 1} of sheet {sheet.get_name()} is longer than a cell can hold (32,767"
            " characters); shorten it.",
        )


def formula_cells(
    where: Place, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame] | None = None
) -> Mapping[tuple[int, int], CellValue]:
    """The formula columns' cached values by (row, column), counted from 0; a table without rows has a blank one."""
    found: dict[tuple[int, int], CellValue] = {}
    rows = frame if len(frame) else pd.DataFrame([dict.fromkeys(frame.columns)], dtype=object)
    for number, column in enumerate(where.columns):
        if column.formula:
            cached = formulas.column_values(column.formula, rows, tables)
            for offset in range(where.rows):
                found[where.header_row + 1 + offset, where.first_column + number] = cached[offset]
    return found
