"""Writes a table of cells as a real file, in every kind that import takes, and says what the file then holds.

Each writer gives back the rows as a reader of that file can know them: a .csv holds text only, so its dates and
numbers are text there. The oracle is fed with those.
"""

from __future__ import annotations

import csv
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Rows = list[list[Any]]
CSV_KINDS = tuple(
    f"csv {encoding} {name}"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    for name in ("comma", "semicolon", "tab")
)
KINDS = ("xlsx", "xlsm", "ods", "xls", *CSV_KINDS)
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def write(rows: Rows, kind: str, folder: Path, name: str = "export", seed: int = 0) -> tuple[Path, Rows]:
    """Write `rows` as `kind`: the file, and the rows as it holds them."""
    first = kind.split(" ")[0]
    path = folder / f"{name}.{first}"
    if first == "csv":
        _, encoding, delimiter = kind.split(" ")
        held = [csv_cells(row, random.Random(seed)) for row in rows]
        write_csv(held, path, encoding, DELIMITERS[delimiter])
        return path, held
    binary: dict[str, Callable[[Rows, Path], None]] = {
        "xlsx": write_xlsx, "xlsm": write_xlsm, "ods": write_ods, "xls": write_xls,
    }  # fmt: skip
    binary[first](rows, path)
    return path, rows


# --- .csv ----------------------------------------------------------------------------------------------------------


def csv_cells(row: list[Any], rng: random.Random) -> list[Any]:
    """Cells as a system writes them to text; one way for one file."""
    day_format = rng.choice(("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y"))
    stamp_format = rng.choice(("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S"))
    cells: list[Any] = []
    for cell in row:
        if cell is None:
            cells.append("")
        elif isinstance(cell, datetime):
            cells.append(cell.strftime(stamp_format))
        elif isinstance(cell, date):
            cells.append(cell.strftime(day_format))
        else:
            cells.append(str(cell))
    return cells


def write_csv(rows: Rows, path: Path, encoding: str, delimiter: str) -> None:
    """Quoted where it must be; a wholly empty row is an empty line."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in rows:
        writer.writerow(row if any(cell != "" for cell in row) else [])
    path.write_bytes(text.getvalue().encode(encoding))


# --- .xlsx and .xlsm -----------------------------------------------------------------------------------------------


def write_xlsx(rows: Rows, path: Path) -> None:
    """An .xlsx as XlsxWriter makes it; texts stay texts, whatever they look like."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet = book.add_worksheet("Export")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, stamp if isinstance(cell, datetime) else day)
                elif cell is not None:
                    sheet.write_number(at, column, cell)


def write_xlsm(rows: Rows, path: Path) -> None:
    """The same with the content type of a macro workbook (without macros)."""
    plain = path.with_suffix(".plain.xlsx")
    write_xlsx(rows, plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            target.writestr(member.filename, content)
    plain.unlink()


# --- .ods ----------------------------------------------------------------------------------------------------------

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods_text(text: str) -> str:
    """Paragraphs; spaces that XML would fold are written out."""
    paragraphs = []
    for line in text.split("\n"):
        kept = escape(line)
        kept = re.sub(r"^ +| +$| {2,}", lambda run: f'<text:s text:c="{len(run.group())}"/>', kept)
        paragraphs.append(f"<text:p>{kept}</text:p>")
    return "".join(paragraphs)


def ods_cell(cell: Any) -> str:
    """One cell with its type."""
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, datetime):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {kind}><text:p>{cell:%d/%m/%Y %H:%M}</text:p></table:table-cell>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {kind}><text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string">{ods_text(cell)}</table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def write_ods(rows: Rows, path: Path) -> None:
    """The smallest OpenDocument spreadsheet."""
    body = "".join(f"<table:table-row>{''.join(ods_cell(cell) for cell in row)}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMESPACES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Export">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", manifest)


# --- .xls (BIFF8 in a compound file, [MS-XLS] and [MS-CFB]) -----------------------------------------------------------


def record(number: int, content: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", number, len(content)) + content


def serial_of(cell: date) -> float:
    """The number that Excel keeps for a date."""
    if isinstance(cell, datetime):
        since = cell - datetime(1899, 12, 30)  # noqa: DTZ001
        return since.days + since.seconds / 86400
    days = (cell - date(1899, 12, 30)).days
    return float(days if days > 60 else days - 1)


def xf(number_format: int) -> bytes:
    """A cell format."""
    return record(0x00E0, struct.pack("<HHHBBBBIIH", 0, number_format, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0))


def biff_cell(at: int, column: int, cell: Any) -> bytes:
    """A LABEL or NUMBER record."""
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return record(0x0204, struct.pack("<HHHHB", at, column, 15, len(cell), 1) + text)
    if isinstance(cell, date):
        style = 17 if isinstance(cell, datetime) else 16
        return record(0x0203, struct.pack("<HHHd", at, column, style, serial_of(cell)))
    return record(0x0203, struct.pack("<HHHd", at, column, 15, float(cell)))


def write_xls(rows: Rows, path: Path) -> None:
    """One sheet of BIFF8."""
    begin_book = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0x41, 0x06))
    begin_sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0x41, 0x06))
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")
    formats = b"".join(xf(0) for _ in range(16)) + xf(14) + xf(22)  # 14: a date, 22: date and time
    head = begin_book + record(0x0042, struct.pack("<H", 1200)) + font * 4 + formats
    bound = struct.pack("<IBB", len(head) + 4 + 8 + len("Export") + 4, 0, 0) + bytes([6, 0]) + b"Export"
    head += record(0x0085, bound) + record(0x000A)
    cells = b"".join(
        biff_cell(at, column, cell)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell is not None and cell != ""
    )
    width = max(len(row) for row in rows)
    sheet = begin_sheet + record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells + record(0x000A)
    path.write_bytes(compound_file(head + sheet))


def compound_file(stream: bytes) -> bytes:
    """The stream `Workbook` alone in a compound file of 512-byte sectors."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would live in the mini stream
    stream += b"\0" * (-len(stream) % 512)
    sectors = len(stream) // 512
    tables = 1
    while tables * 128 < sectors + 1 + tables:
        tables += 1
    end, table, free = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    chain = [*range(1, sectors), end, end, *[table] * tables]
    chain += [free] * (tables * 128 - len(chain))
    where = [sectors + 1 + at for at in range(tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *where, *[free] * (109 - tables))
    directory = entry("Root Entry", 5, child=1, first=end, size=0) + entry("Workbook", 2, first=0, size=len(stream))
    directory += (b"\0" * 68 + struct.pack("<III", free, free, free) + b"\0" * 48) * 2
    return header + stream + directory + struct.pack(f"<{tables * 128}I", *chain)


def entry(name: str, kind: int, *, child: int = 0xFFFFFFFF, first: int, size: int) -> bytes:
    """One directory entry."""
    text = name.encode("utf-16-le")
    sides = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1) + sides + b"\0" * 36
        + struct.pack("<IQ", first, size)
    )  # fmt: skip
