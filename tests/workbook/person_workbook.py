"""A workbook of ours into which people put things of their own: notes, a chart, a picture, formats, a sheet."""

from __future__ import annotations

import base64
import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import spec

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OWN_COLUMNS = ("Our note", "How long")
Rows = Sequence[Sequence[Any]]


def make(
    path: Path,
    kind: Kind = "review",
    rows: Mapping[str, Rows] | None = None,
    *,
    rename: Mapping[str, str] | None = None,
    leave_out: Sequence[str] = (),
    names: Mapping[str, Any] | None = None,
) -> Path:
    """Write the workbook. `rename`: heading or table -> other name; `leave_out`: tables or named cells."""
    book = xlsxwriter.Workbook(str(path))
    formats = {
        "text": book.add_format({"num_format": "@", "bg_color": "#FFF7D6"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#FFF7D6"}),
        "datetime": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        "number": book.add_format({"num_format": "0"}),
        "head": book.add_format({"bold": True}),
    }
    for sheet in spec.sheets(kind):
        made = book.add_worksheet(sheet.name)
        made.write(0, 0, sheet.title)
        for table in sheet.tables:
            if table.name not in leave_out:
                _table(made, table, (rows or {}).get(table.name, ()), formats, rename or {})
        if sheet.name == "Focus":
            _pictures(book, made)
    own = book.add_worksheet("My own sheet")
    own.write_column(0, 0, ["mine", 1, 2.5, "Ann Other's notes"])
    own.write_formula(0, 1, "=SUM(A2:A3)", None, 3.5)
    own.insert_image("D2", "pixel.png", {"image_data": io.BytesIO(PIXEL), "description": "A dot"})
    given = {
        "kind": kind,
        "spec_version": spec.SPEC_VERSION,
        "sample_id": "S-1",
        "sample_name": "Autumn",
        **(names or {}),
    }
    for place, (name, value) in enumerate(given.items()):
        if name not in leave_out:
            own.write(place, 20, value)
            book.define_name(name, f"='My own sheet'!$U${place + 1}")
    book.close()
    return path


def _table(sheet: Any, table: spec.Table, rows: Rows, formats: Mapping[str, Any], rename: Mapping[str, str]) -> None:
    top, left = xl_cell_to_rowcol(table.anchor)
    columns: list[dict[str, Any]] = [
        {"header": rename.get(c.heading, c.heading), "header_format": formats["head"]}
        | (
            {"formula": '=IF(Review[[#This Row],[Outcome]]="","","said")'}
            if c.formula and table.name == "Review"
            else {}
        )
        for c in table.columns
    ]
    if table.name == "Review":
        columns += [
            {"header": OWN_COLUMNS[0]},
            {"header": OWN_COLUMNS[1], "formula": "=LEN(Review[[#This Row],[Our note]])"},
        ]
    bottom = top + max(1, len(rows))
    right = left + len(columns) - 1
    sheet.add_table(top, left, bottom, right, {"name": rename.get(table.name, table.name), "columns": columns})
    for row in range(top + 1, bottom + 1):
        given = rows[row - top - 1] if rows else ()
        for place, column in enumerate(columns):
            if "formula" not in column:
                value = given[place] if place < len(given) else None
                type_ = table.columns[place].type if place < len(table.columns) else "text"
                _cell(sheet, row, left + place, value, formats, type_)
    if table.name == "Review":
        _review_extras(sheet, top, left, bottom, right)


def _cell(sheet: Any, row: int, column: int, value: Any, formats: Mapping[str, Any], type_: str) -> None:
    look = formats.get(
        {"date": "date", "datetime": "datetime", "whole": "number", "number": "number"}.get(type_, "text")
    )
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write(row, column, value, look)


def _review_extras(sheet: Any, top: int, left: int, bottom: int, right: int) -> None:
    sheet.write_comment(top + 1, left + 7, "Ask the team about this one")
    sheet.conditional_format(top + 1, left, bottom, right, {"type": "no_blanks"})
    sheet.data_validation(top + 1, left + 7, bottom, left + 7, {"validate": "list", "source": ["a", "b"]})
    sheet.set_column(left, left, 33)
    sheet.set_row(top + 1, 48)
    sheet.freeze_panes(top + 1, 1)
    sheet.write(top + 1, right + 3, "stray cell beside the table")


def _pictures(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"name": "Left", "categories": "=Funnel!$A$6:$A$6", "values": "=Funnel!$B$6:$B$6"})
    sheet.insert_chart("N5", chart, {"description": "How many left at each stage"})


def members(path: Path) -> dict[str, tuple[bytes, bytes]]:
    """Every member of the zip: its compressed bytes as they lie there, and its content."""
    data, found = path.read_bytes(), {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            head = data[info.header_offset : info.header_offset + 30]
            start = (
                info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            )
            found[info.filename] = (data[start : start + info.compress_size], archive.read(info))
    return found


def rezip(path: Path, change: Mapping[str, bytes]) -> Path:
    """Replace the content of some members."""
    parts = {name: content for name, (_, content) in members(path).items()} | dict(change)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def part_of(path: Path, sheet: str) -> str:
    """The zip member of a sheet; XlsxWriter numbers them in order."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/workbook.xml").decode()
    names = [piece.split('name="')[1].split('"')[0] for piece in text.split("<sheet ")[1:]]
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def cell_xml(path: Path, sheet: str, row: int, column: int) -> str:
    """One cell's XML; '' when it is not there."""
    xml = members(path)[part_of(path, sheet)][1].decode()
    start = xml.find(f'<c r="{xl_rowcol_to_cell(row - 1, column - 1)}"')
    if start < 0:
        return ""
    first = xml.index(">", start)
    return xml[start : first + 1] if xml[first - 1] == "/" else xml[start : xml.index("</c>", start) + 4]
