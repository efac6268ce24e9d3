"""The publication copy as a workbook: cover, contents, notes, and one table a sheet.

By the good-practice rules of the Government Analysis Function (package gptables): Arial 12, real table objects,
headings that a screen reader finds, a sheet that explains every letter.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from xl_dipsample.files import fixed_zip
from xl_dipsample.workbook.build import finished_zip
from xl_dipsample.workbook.specs import cell_styles, tables_writer
from xl_dipsample.workbook.specs.heights import lines

_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc).replace(tzinfo=None)  # noqa: UP017 - the same for all
TITLE = "Dip-sample: figures for publication"
_SOURCE = "Source: a dip-sample of case files, read by reviewers."
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": cell_styles.FONT, "font_size": 12, "font_scheme": "minor"},
    "default_column_width": 72,
}
_A4, _NARROWEST, _WIDEST, _UPRIGHT = 9, 18.0, 85.0, 4
_LINE, _BOLD = 16.0, 0.85  # points; bold letters and Arial 12 need more room than widths are counted in


class Sheet(NamedTuple):
    """One table: its body, its title, and sentences on how to read it."""

    name: str
    title: str
    body: pd.DataFrame
    how_to_read: Sequence[str]


def build_publication(sheets: Sequence[Sheet], notes: Sequence[tuple[str, str]], cover: Sequence[str]) -> bytes:
    """The workbook as bytes; equal arguments give equal bytes. `notes`: a short name and its sentence."""
    import gptables  # type: ignore[import-untyped]

    tables = {sheet.name: _table(gptables, place, sheet) for place, sheet in enumerate(sheets, 1)}
    titles = [f"Table {place}: {sheet.title}" for place, sheet in enumerate(sheets, 1)]
    contents = pd.DataFrame({"Sheet": list(tables), "Table": titles}, dtype=object)
    noted = pd.DataFrame(notes, columns=["Note", "What it means"], dtype=object)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gptables warns about choices of ours that we made on purpose
        book = gptables.produce_workbook(
            out,
            {
                "Contents": _page(gptables, "contents", "Contents", contents),
                "Notes": _page(gptables, "notes", "Notes", noted),
                **tables,
            },
            cover=gptables.Cover(TITLE, intro=list(cover), cover_label="Cover"),
            contentsheet_label=None,
            theme=_theme(gptables),
            auto_width=False,
            workbook_options=_OPTIONS,
        )
    book.use_custom_theme(io.StringIO(cell_styles.theme()))
    book.set_properties({"title": TITLE, "created": _CREATED, "author": "", "company": ""})
    first, *others = book.worksheets()
    first.set_paper(_A4)
    first.fit_to_pages(1, 0)
    for row, words in enumerate(cover, 2):  # below the title and its subtitle
        _set_height(first, row, lines(words, _WIDEST))
    pages = [(contents, 2), (noted, 2), *((sheet.body, 3 + len(sheet.how_to_read)) for sheet in sheets)]
    for worksheet, (frame, above) in zip(others, pages, strict=True):
        _set_up(worksheet, frame, above)
    first.activate()
    book.close()
    parts = fixed_zip.unpacked(out.getvalue())
    return fixed_zip.packed(finished_zip.finish(parts, template=False, table_style=tables_writer.TABLE_STYLE))


def _theme(gptables: Any) -> Any:
    """The package's own look, with a line of a stated colour under the headings."""
    ours = copy.deepcopy(gptables.gptheme)
    ours.update_column_heading_format({"bottom": 1, "bottom_color": cell_styles.NAVY})
    return ours


def _table(gptables: Any, place: int, sheet: Sheet) -> Any:
    """One table; its numbers and "c" stand on the right, under their headings."""
    numbers = list(range(1, len(sheet.body.columns)))
    return gptables.GPTable(
        table=sheet.body,
        table_name=f"table_{place}",
        title=f"Table {place}: {sheet.title}",
        instructions="This sheet has one table. What the letters mean stands on the sheet Notes.",
        legend=list(sheet.how_to_read),
        source=_SOURCE,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": numbers, "format": {"align": "right", "num_format": "#,##0"}, "include_names": True}}
        ],
    )


def _page(gptables: Any, name: str, title: str, table: pd.DataFrame) -> Any:
    return gptables.GPTable(
        table=table,
        table_name=name,
        title=title,
        instructions="This sheet has one table.",
        index_columns={2: 0},
    )


def _set_up(worksheet: Worksheet, frame: pd.DataFrame, above: int) -> None:
    """Widths and heights that show every word; one page wide on paper. `above`: the rows above the table."""
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    if len(frame.columns) > _UPRIGHT:
        worksheet.set_landscape()
    widths = []
    for place, heading in enumerate(frame.columns):
        words = heading.split() if place else [heading]  # the headings of numbers may take several lines
        longest = max(len(str(cell)) for cell in [*frame[heading], *words])
        widths.append(min(max(longest * 1.15 + 2, _NARROWEST), _WIDEST))
        worksheet.set_column(place, place, widths[-1])
    for row, cells in enumerate([list(frame.columns), *frame.to_numpy().tolist()], above):
        _set_height(worksheet, row, max(lines(str(c), w * _BOLD) for c, w in zip(cells, widths, strict=True)))


def _set_height(worksheet: Worksheet, row: int, needed: int) -> None:
    """Room for wrapped text; other programs than Excel do not find out by themselves."""
    if needed > 1:
        worksheet.set_row(row, needed * _LINE)
