"""The Text check list: a small workbook of its own, from specs like the other two, made in memory and read again.

It shows what was found in texts, so it lies beside the key (docs/decisions/0010-where-the-text-check-lies.md). It has
none of the named cells of our other workbooks: no action takes it for one.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports import door
from xl_dipsample.files import fixed_zip
from xl_dipsample.workbook.build import finished_zip
from xl_dipsample.workbook.build.loose_parts import LooseWorkbook
from xl_dipsample.workbook.specs import cell_styles, spec, tables_writer
from xl_dipsample.workbook.specs import cell_styles as looks
from xl_dipsample.workbook.specs.cell_styles import Styles
from xl_dipsample.workbook.specs.validation import LAST_ROW

KIND = "dip-sample text check"
VERSION = "1"
ABOUT = "About"
_RENAMED = {"Row": "Excel row"}  # as lists of before have it
SPECS = ("text_check", "text_check_kept")
_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc).replace(tzinfo=None)  # noqa: UP017
_A4 = 9
_HEADINGS_WITHIN = 30  # rows: people may have put lines above a table
_LINES = (
    "What Check text for names found in the review workbook named below, and nobody has decided yet.",
    "It shows words that may say who a child is. Keep it beside the key, never where the review workbook lies.",
    "Replace puts the words of Replace with in their place. Keep in this row leaves them in this one case.",
    "What must be decided blocks Check before sharing. What is worth a look does not.",
    "Decided rows leave the list with the next press. What was kept stands on Kept, where it can be taken back.",
)


@dataclass(frozen=True)
class TextCheckList:
    """The list as values: `rows` and `kept` have the columns of the specs; missing ones are blank."""

    sample_id: str
    review: str  # the review workbook's file name
    rows: pd.DataFrame
    kept: pd.DataFrame
    state: str = ""  # what A3 says besides the count
    decisions: Sequence[str] = field(default=())
    must: str = ""  # the tier that blocks


def sheets() -> tuple[spec.Sheet, spec.Sheet]:
    """The specs of the two sheets."""
    first, second = (spec.read_sheet(reference.template_folder() / f"{name}.toml") for name in SPECS)
    return first, second


def build(made: TextCheckList) -> bytes:
    """The workbook's bytes. Text stays text, whatever it looks like. Raises WorkbookProblem when one is too long."""
    font = {"font_name": looks.FONT, "font_size": looks.FONT_SIZE, "font_scheme": "minor"}
    workbook = LooseWorkbook({"default_format_properties": font, "default_column_width": 72})
    workbook.use_custom_theme(io.StringIO(cell_styles.theme()))
    workbook.set_properties({"title": KIND.capitalize(), "created": _CREATED, "author": "", "company": ""})
    workbook.set_size(2400, 1400)
    styles = Styles(workbook)
    estimated = {}
    for number, (sheet, frame) in enumerate(zip(sheets(), (made.rows, made.kept), strict=True), start=1):
        page = workbook.add_worksheet(sheet.name)
        where = _write_sheet(page, sheet, _complete(sheet.tables[0], frame), styles)
        estimated[f"xl/worksheets/sheet{number}.xml"] = where[1]
        if number == 1:
            _write_state(page, made, styles)
            _add_decisions(page, where[0], made.decisions)
        else:
            _add_take_back(page, where[0])
            page.write_string(2, 0, f"{len(frame)} kept" if len(frame) else "Nothing was kept.", styles["state"])
        workbook.define_name(sheet.tables[0].name + "_start", f"='{sheet.name}'!$A$5")
    _write_about(workbook.add_worksheet(ABOUT), made, styles)
    workbook.close()
    return fixed_zip.packed(
        finished_zip.finish(
            workbook.parts, template=False, table_style=tables_writer.TABLE_STYLE, estimated_rows=estimated
        )
    )


def _complete(table: spec.Table, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reindex(columns=table.headings).astype(object).where(lambda cells: cells.notna(), None)


def _write_sheet(
    page: Any, sheet: spec.Sheet, frame: pd.DataFrame, styles: Styles
) -> tuple[tables_writer.Place, set[int]]:
    """Title, sentence, table, widths, print set-up. Returns where the table stands, and rows of estimated height."""
    where = tables_writer.place(sheet.tables[0], frame, ())
    page.hide_gridlines(2)
    for position, column in enumerate(where.columns):
        page.set_column(position, position, column.width)
    for row, high in enumerate((28, 18, 20)):
        page.set_row(row, high)
    page.write_string(0, 0, sheet.title, styles["title"])
    page.write_string(1, 0, sheet.about, styles["about"])
    tables_writer.write(page, where, frame, styles, read_only=False)
    needed = tables_writer.row_heights(where, frame)
    for row, height in needed.items():
        page.set_row(row, height)
    page.ignore_errors({"number_stored_as_text": xl_range(where.header_row + 1, 0, where.last_row, where.last_column)})
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")
    page.print_area(0, 0, where.last_row, where.last_column - 1)  # the marks are for us
    page.repeat_rows(where.header_row)
    page.freeze_panes(where.header_row + 1, sheet.freeze_columns)
    page.set_tab_color(looks.ORANGE)
    return where, {row + 1 for row in needed}


def _write_state(page: Any, made: TextCheckList, styles: Styles) -> None:
    """A3: x of y decided, and how many of those that block are open; it follows what people choose."""
    rows = len(made.rows)
    if not rows:
        page.write_string(2, 0, f"Nothing is left to decide. {made.state}".strip(), styles["state"])
        return
    open_cells = '(TextCheck[Decision]="")'
    decided = 'SUMPRODUCT(--(TextCheck[Decision]<>""))'
    listed = 'SUMPRODUCT(--(TextCheck[Mark]<>""))'
    must = f'SUMPRODUCT((TextCheck[Tier]="{made.must}")*{open_cells})'
    tail = f'&". {made.state}"' if made.state else ""
    formula = f'={decided}&" of "&{listed}&" decided; "&{must}&" must still be decided"{tail}'
    typed = [bool(cell) for cell in _cells(made.rows, "Decision")]
    blocking = [tier == made.must for tier in _cells(made.rows, "Tier")]
    still = sum(blocks and not done for blocks, done in zip(blocking, typed, strict=True))
    value = f"{sum(typed)} of {rows} decided; {still} must still be decided"
    page.write_formula(2, 0, formula, styles["state"], f"{value}. {made.state}" if made.state else value)


def _cells(frame: pd.DataFrame, heading: str) -> list[Any]:
    return frame[heading].tolist() if heading in frame.columns else [None] * len(frame)


def _add_decisions(page: Any, where: tables_writer.Place, decisions: Sequence[str]) -> None:
    column = where.column_of("Decision")
    rule = {
        "validate": "list",
        "source": list(decisions),
        "input_title": "Decision",
        "input_message": "Replace: these words go, Replace with stands there instead. Keep in this row: they stay in "
        "this case. Blank: not decided yet.",
        "error_title": "Decision",
        "error_message": "Choose one of the words that the arrow beside the cell offers.",
    }
    page.data_validation(where.header_row + 1, column, LAST_ROW, column, rule)


def _add_take_back(page: Any, where: tables_writer.Place) -> None:
    """An arrow with its own words: the lists of the other workbooks are not here."""
    column = where.column_of("Take back?")
    rule = {
        "validate": "list",
        "source": list(spec.lists()["yes_no"]),
        "input_title": "Take back?",
        "input_message": "Yes: ask again. Blank: it stays kept.",
        "error_title": "Take back?",
        "error_message": "Choose one of the words that the arrow beside the cell offers.",
    }
    page.data_validation(where.header_row + 1, column, LAST_ROW, column, rule)


def _write_about(page: Any, made: TextCheckList, styles: Styles) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 110)
    page.set_row(0, 28)
    page.write_string(0, 0, ABOUT, styles["title"])
    page.write_string(1, 0, "What this list is, and which review workbook it belongs to.", styles["about"])
    lines = [("What it is" if not number else "", line) for number, line in enumerate(_LINES)]
    facts = [("Review workbook", made.review), ("Sample ID", made.sample_id), ("Kind", KIND), ("Version", VERSION)]
    for row, (label, value) in enumerate([*lines, *facts], start=4):
        page.write_string(row, 0, label, styles["plain_bold"])
        page.write_string(row, 1, value, styles["plain_wrapped"])
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_tab_color(looks.LINE)


def read(data: bytes, name: str) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """Sample ID and the two tables of a list, as people left it: headings of the specs, dtype object, None for blank.

    Whatever program saved it; rows sorted, filtered or deleted. Raises FileProblem when it is no such list.
    """
    from python_calamine import CalamineWorkbook

    door.check(data, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            pages = {one: book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names}
    except Exception:  # somebody else's file may hold anything
        pages = {}
    facts = {str(row[0]): str(row[1]) for row in pages.get(ABOUT, []) if len(row) > 1}
    rows, kept = (_table(pages.get(sheet.name, []), sheet.tables[0].headings) for sheet in sheets())
    if facts.get("Kind") != KIND or rows is None or kept is None:
        raise FileProblem(
            "not-the-list",
            f"{name} is no Text check list, or its headings were changed: move it away, and press again.",
        )
    return facts.get("Sample ID", ""), rows, kept


def _table(page: list[list[Any]], headings: Sequence[str]) -> pd.DataFrame | None:
    """The rows that have a mark below the row of headings; None without such a row."""
    for top, row in enumerate(page[:_HEADINGS_WITHIN]):
        cells = [_RENAMED.get(str(cell).strip(), str(cell).strip()) for cell in row]
        if set(headings) <= set(cells):
            places = [cells.index(heading) for heading in headings]
            body = [[_plain(below[at]) for at in places] for below in page[top + 1 :]]
            frame = pd.DataFrame(body, columns=list(headings), dtype=object)
            return frame[frame["Mark"].notna()].reset_index(drop=True)
    return None


def _plain(value: Any) -> Any:
    return None if value == "" else value


def marks(frame: pd.DataFrame) -> Mapping[str, int]:
    """Row of a table by its mark; of a mark that stands there twice the last."""
    return {str(mark): at for at, mark in enumerate(frame["Mark"])}
