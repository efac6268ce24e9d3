"""build(): a whole workbook from the sheet specs, with everything that XlsxWriter and our packing can give it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from xl_dipsample.files import fixed_zip
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build import chart_writer, finished_zip
from xl_dipsample.workbook.build.loose_parts import LooseWorkbook
from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import cell_styles, columns, heights, pivot_parts, spec, tables_writer
from xl_dipsample.workbook.specs import cell_styles as looks
from xl_dipsample.workbook.specs.cell_styles import Styles
from xl_dipsample.workbook.specs.tables_writer import Place

_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc).replace(tzinfo=None)  # noqa: UP017
_TITLES = {"working": "Dip-sample: working workbook", "review": "Dip-sample: review workbook"}
_RELEASE_TITLE, _SECOND_TITLE = "Dip-sample: copy for the panel", "Dip-sample: second reader's workbook"
_TABS = {"Start": looks.NAVY, "Lists": looks.LINE, "Audit": looks.LINE, "Harms": looks.LINE}
_A4 = 9
_GAP = 3  # characters between two tables side by side


def build(
    kind: Kind,
    tables: Mapping[str, pd.DataFrame] | None = None,
    values: Mapping[str, CellValue] | None = None,
    *,
    template: bool = False,
) -> bytes:
    """One workbook as the bytes of an .xlsx (an .xltx when `template`).

    `tables`: frames by table name, with the spec's headings; a table that is not given holds what a new workbook
    holds. More columns than the spec's are written after them: the export's own in LongList, people's own elsewhere,
    and in Review first those of the table Questions. `values`: named cells; with kind "release" (and `kind` "review")
    it is a copy for reading only, with kind "second" what a second reader fills in. Equal arguments give equal bytes.
    Raises SpecProblem when a spec contradicts itself, WorkbookProblem when a text is too long for a cell.
    """
    book = sheets.book(kind, tables or {}, values or {})
    workbook = LooseWorkbook(
        {
            "default_format_properties": {
                "font_name": looks.FONT,
                "font_size": looks.FONT_SIZE,
                "font_scheme": "minor",
            },
            "default_column_width": 72,  # Arial 11 has digits of 8 pixels
        },
    )
    workbook.use_custom_theme(io.StringIO(cell_styles.theme()))
    title = _RELEASE_TITLE if book.is_release else _SECOND_TITLE if book.is_second else _TITLES[kind]
    workbook.set_properties({"title": title, "created": _CREATED, "author": "", "company": ""})
    workbook.set_size(2400, 1400)
    writer = _Writer(workbook, book)
    writer.write()
    workbook.close()
    names = [worksheet.get_name() for worksheet in workbook.worksheets()]
    estimated = {f"xl/worksheets/sheet{names.index(name) + 1}.xml": rows for name, rows in writer.estimated.items()}
    finished = finished_zip.finish(
        workbook.parts, template=template, table_style=tables_writer.TABLE_STYLE, estimated_rows=estimated
    )
    return fixed_zip.packed(finished if book.is_second else pivot_parts.add_pivots(finished, kind, book.tables))


class _Worksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet that takes formulas as they are.

    XlsxWriter looks through each cell's formula, twice, for thirty functions that Excel 2016 does not know, and we use
    none: in Review, with three formulas a row, that was three quarters of the time.
    """

    def _write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        if not formula or formula.startswith("{"):
            written: int = super()._write_formula(row, col, formula, cell_format, value)
            return written
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula.removeprefix("=")


class _Writer:
    """One workbook on its way: the formats, and what is asked of Review."""

    def __init__(self, workbook: xlsxwriter.Workbook, book: Book) -> None:
        self.workbook = workbook
        self.book = book
        self.styles = Styles(workbook)
        self.asked = columns.questions(book.tables.get("Questions"))
        self.estimated: dict[str, set[int]] = {}  # sheet -> rows (from 1) whose height is an estimate

    def write(self) -> None:
        """Every sheet, in the order of the specs."""
        made = [(sheet, self.workbook.add_worksheet(sheet.name, _Worksheet)) for sheet in sheets.sheets(self.book)]
        for sheet, worksheet in made:
            self._write_sheet(sheet, worksheet)
        made[0][1].activate()

    def _write_sheet(self, sheet: spec.Sheet, worksheet: Any) -> None:
        layout = sheets.layout(sheet.live, self.book) if sheet.live else Layout()
        places = [
            tables_writer.place(t, self.book.tables[t.name], self.asked, layout.headers.get(t.name))
            for t in sheet.tables
        ]
        worksheet.hide_gridlines(2)
        _set_widths(worksheet, places, layout)
        self._write_titles(sheet, worksheet, layout)
        read_only = self.book.is_release or self.book.kind in sheet.read_only_in
        for where in places:
            frame = self.book.tables[where.table.name]
            tables_writer.write(worksheet, where, frame, self.styles, read_only=read_only, tables=self.book.tables)
            self._write_hints(worksheet, where)
        self._set_heights(sheet, worksheet, places, layout)
        self._write_layout(worksheet, layout)
        self._mark_states(worksheet, places)
        _ignore_number_texts(worksheet, places)
        _set_up_page(sheet, worksheet, places, layout)
        if sheet.name in _TABS:
            worksheet.set_tab_color(_TABS[sheet.name])
        elif any(c.by == "people" for where in places for c in where.columns) and not read_only:
            worksheet.set_tab_color(looks.ORANGE)

    def _set_heights(self, sheet: spec.Sheet, worksheet: Any, places: list[Place], layout: Layout) -> None:
        """Fixed heights where the spec has one, otherwise as the texts need, and not fixed."""
        if sheet.row_height:
            for where in places:
                for row in range(where.header_row + 1, where.last_row + 1):
                    worksheet.set_row(row, sheet.row_height)
            return
        needed = _live_heights(layout)
        for where in places:
            for row, height in tables_writer.row_heights(where, self.book.tables[where.table.name]).items():
                needed[row] = max(height, needed.get(row, 0))
        headers = {where.header_row for where in places}
        for row, height in needed.items():
            if row not in headers and row + 1 not in layout.heights:
                worksheet.set_row(row, height)
                self.estimated.setdefault(worksheet.get_name(), set()).add(row + 1)

    def _write_titles(self, sheet: spec.Sheet, worksheet: Any, layout: Layout) -> None:
        worksheet.set_row(0, 28)
        worksheet.set_row(1, 18)
        worksheet.set_row(2, 20)
        worksheet.write_string(0, 0, sheet.title, self.styles["title"])
        worksheet.write_string(1, 0, sheet.about, self.styles["about"])
        if layout.state:
            self._write_live(worksheet, layout.state)

    def _write_layout(self, worksheet: Any, layout: Layout) -> None:
        for cell in (*layout.cells, *layout.refreshed):
            self._write_live(worksheet, cell)
        for row in {cell.row for cell in layout.cells if cell.style == "section"}:
            worksheet.set_row(row - 1, 24)
        for row, height in layout.heights.items():
            worksheet.set_row(row - 1, height)
        for chart in layout.charts:
            chart_writer.insert(self.workbook, worksheet, chart)
        for heat in layout.heat_maps:
            _add_heat(worksheet, heat, self.styles)
        for name, target in layout.names.items():
            self.workbook.define_name(name, target)
        drop_downs = {} if self.book.is_release else layout.drop_downs
        for address, name in drop_downs.items():
            worksheet.data_validation(address, {"validate": "list", "source": f"=list_{name}", "error_type": "warning"})

    def _write_live(self, worksheet: Any, cell: LiveCell) -> None:
        style = self.styles[cell.style]
        row, column = cell.row - 1, cell.column - 1
        if cell.formula:
            worksheet.write_formula(row, column, cell.formula, style, "" if cell.value is None else cell.value)
        elif cell.link:
            worksheet.write_url(row, column, cell.link, style, str(cell.value))
        else:
            tables_writer.write_cell(worksheet, row, column, cell.value, style)

    def _write_hints(self, worksheet: Any, where: Place) -> None:
        """Above Review's headings, in words: what is required, what is optional, what is filled in."""
        if not any(c.required for c in where.columns):
            return
        for number, column in enumerate(where.columns):
            words = "required" if column.required else "optional" if column.by == "people" else "filled in for you"
            words = "stays here" if column.stays else words
            worksheet.write_string(where.header_row - 1, where.first_column + number, words, self.styles["hint"])

    def _mark_states(self, worksheet: Any, places: list[Place]) -> None:
        """Done, Next and Waiting get a paper of their own; the word stays."""
        for where in places:
            for column in where.columns:
                if column.list != "step_states":
                    continue
                at = where.column_of(column.heading)
                for word, (paper, ink) in looks.STATE_COLOURS.items():
                    rule = {
                        "type": "cell",
                        "criteria": "==",
                        "value": f'"{word}"',
                        "format": self.styles.paper(paper, ink),
                    }
                    worksheet.conditional_format(where.header_row + 1, at, where.last_row, at, rule)


def _set_widths(worksheet: Any, places: list[Place], layout: Layout) -> None:
    """Widths of the spec, a narrow gap between tables, optional columns in a group that folds."""
    lefts = {where.first_column for where in places}
    widest: dict[int, float] = {}  # tables that stand below each other share columns
    for where in places:
        required = any(c.required for c in where.columns)
        for position, column in enumerate(where.columns, where.first_column):
            widest[position] = max(column.width, widest.get(position, 0))
            folds = required and column.by == "people" and not (column.required or column.stays)
            options = {"level": 1} if folds else {}
            worksheet.set_column(position, position, widest[position], None, options)
        if where.last_column + 2 in lefts and where.last_column + 1 not in widest:
            worksheet.set_column(where.last_column + 1, where.last_column + 1, _GAP)
    for position, width in layout.widths.items():
        worksheet.set_column(position - 1, position - 1, width)


def _live_heights(layout: Layout) -> dict[int, float]:
    """The heights that wrapped cells of a layout need, by row from 0."""
    rows: dict[int, list[tuple[object, float]]] = {}
    for cell in layout.cells:
        if looks.STYLES[cell.style].get("text_wrap") and cell.column in layout.widths:
            rows.setdefault(cell.row - 1, []).append((cell.value, layout.widths[cell.column]))
    found = {row: heights.row_height(texts) for row, texts in rows.items()}
    return {row: height for row, height in found.items() if height}


def _add_heat(worksheet: Any, heat: Any, styles: Styles) -> None:
    """Stepped fills, the darkest for the highest step."""
    papers = looks.HEAT_STEPS[-len(heat.steps) :]
    first, last = heat.first, heat.last
    for step, (paper, ink) in sorted(zip(heat.steps, papers, strict=True), reverse=True):
        worksheet.conditional_format(
            first[0] - 1,
            first[1] - 1,
            last[0] - 1,
            last[1] - 1,
            {"type": "cell", "criteria": ">=", "value": step, "format": styles.paper(paper, ink), "stop_if_true": True},
        )


def _ignore_number_texts(worksheet: Any, places: list[Place]) -> None:
    """No green triangles on case IDs and ages that are text on purpose."""
    ranges = [xl_range(w.header_row + 1, w.first_column, w.last_row, w.last_column) for w in places]
    if ranges:
        worksheet.ignore_errors({"number_stored_as_text": " ".join(ranges)})


def _set_up_page(sheet: spec.Sheet, worksheet: Any, places: list[Place], layout: Layout) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&L&A&RPage &P of &N")
    if sheet.print_area:
        worksheet.print_area(sheet.print_area)
    if sheet.freeze_columns >= 0 and places:
        worksheet.repeat_rows(places[0].header_row)
        worksheet.freeze_panes(places[0].header_row + 1, sheet.freeze_columns)
    elif layout.freeze:
        worksheet.freeze_panes(*layout.freeze)
