"""Lists: the choices behind the drop-downs, and the workbook's named cells."""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from xl_dipsample.domain.narrowing import counts_beside_funnel
from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import columns, spec

_HEADER_ROW = 5


def named_values(book: Book) -> dict[str, CellValue]:
    """The named cells that stand on Lists, with what is in them."""
    return {
        "kind": book.values["kind"] if book.is_release or book.is_second else book.kind,
        "spec_version": spec.SPEC_VERSION,
        "sample_id": book.values.get("sample_id"),
        "checked_for_sharing": book.values.get("checked_for_sharing"),
        "analysed_on": book.values.get("analysed_on"),
        "compared_on": book.values.get("compared_on"),
    }


def all_lists(book: Book) -> dict[str, tuple[str, ...]]:
    """Every drop-down list of the workbook, those of the team's own questions included."""
    found = dict(spec.lists())
    if book.kind == "working":
        found["what_if_cut_offs"] = tuple(str(age) for age in counts_beside_funnel.CUT_OFFS)
        found["what_if_presets"] = (counts_beside_funnel.YOUR_CHOICE, *reference.words("category_presets", "preset"))
        found["what_if_cce"] = (counts_beside_funnel.WITHOUT_CCE, counts_beside_funnel.WITH_CCE)
    else:
        found |= columns.question_lists(columns.questions(book.tables.get("Questions")))
    return found


def layout(book: Book) -> Layout:
    """Named cells first, then the lists, to the right of the tables."""
    made = Layout()
    column = _first_free(book)
    made.cells += [
        LiveCell(_HEADER_ROW, column, "What the tool knows", style="header"),
        LiveCell(_HEADER_ROW, column + 1, "Value", style="header"),
    ]
    made.widths |= {column: 24, column + 1: 20}
    for row, (name, value) in enumerate(named_values(book).items(), _HEADER_ROW + 1):
        made.cells += [
            LiveCell(row, column, name.replace("_", " ").capitalize(), style="text"),
            LiveCell(row, column + 1, value, style="text"),
        ]
        made.names[name] = f"=Lists!${xl_col_to_name(column)}${row}"
    sample_name = table_places.cell(book, "Focus", "Sample name", "Value")
    made.names["sample_name"] = f"={sample_name}"
    if not book.is_release:  # nobody chooses anything there
        _add_lists(made, book, column + 3)
    return made


def _add_lists(made: Layout, book: Book, column: int) -> None:
    """One list below the other in two columns, so that the sheet can be read and printed."""
    made.cells += [
        LiveCell(_HEADER_ROW, column, "List", style="header"),
        LiveCell(_HEADER_ROW, column + 1, "Choice", style="header"),
    ]
    made.widths |= {column: 28, column + 1: 52}
    letters = xl_col_to_name(column)
    row = _HEADER_ROW + 1
    for name, words in all_lists(book).items():
        made.names[f"list_{name}"] = f"=Lists!${letters}${row}:${letters}${row + len(words) - 1}"
        for word in words:
            made.cells += [
                LiveCell(row, column, name.replace("_", " ").capitalize(), style="text"),
                LiveCell(row, column + 1, word, style="text"),
            ]
            row += 1


def _first_free(book: Book) -> int:
    """The first column, from 1, to the right of every table on the sheet."""
    here = [table for table in spec.tables(book.kind) if table.sheet == "Lists" and not book.is_second]
    return max((xl_cell_to_rowcol(table.anchor)[1] + len(table.columns) + 1 for table in here), default=0) + 1
