"""Workbooks encrypted with Excel's own password protection, made and opened in memory.

The key, the escrow beside it and the reading list are made here and nowhere else, so there is one place to look at
for the rule that their plain text never touches a disk.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared.errors import PrivacyProblem

EARLIEST = dt.date(1900, 3, 1)  # before it Excel's serials are a day out, so older dates are kept as text
CELL_LENGTH = 32_767
INFO = "Info"
TITLE_HEIGHT = 27  # points
LINE_HEIGHT = 14.5
MOST_LINES = 20
TABLE_ROW = 4  # of the headings, counted from 0
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_SPINS = 1_000_000  # hashes of the passphrase: ten times what Excel and we take; a second or two
LONGEST_INFO = 16_384  # bytes of what says how it was encrypted; ours has about 1,300
_SPINS = re.compile(rb'spinCount\s*=\s*["\']\s*(\d+)')


@dataclass(frozen=True)
class Sheet:
    """One sheet of an encrypted workbook: a title, a sentence, and from row 5 a table named like the sheet."""

    name: str
    about: str
    frame: pd.DataFrame
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class _Formats:
    """How cells look. Text is text: never taken for a number, date or formula."""

    title: Any
    heading: Any
    text: Any
    number: Any
    day: Any
    moment: Any


def build(kind: str, version: int, about: Sequence[str], sheets: Sequence[Sheet]) -> bytes:
    """The plain workbook, in memory: the sheets, then sheet Info (what this is, kind, version)."""
    import xlsxwriter

    memory = io.BytesIO()
    options = {
        # without it XlsxWriter lays every sheet out in a temporary file, in plain text
        "in_memory": True,
        "default_format_properties": {"font_name": "Arial", "font_size": 11, "valign": "top"},
    }
    book = xlsxwriter.Workbook(memory, options)
    book.set_properties({"title": kind.capitalize()})
    formats = _Formats(
        title=book.add_format({"bold": True, "font_size": 18, "font_color": "#12436D"}),
        heading=book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#12436D", "text_wrap": True}),
        text=book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True}),
        number=book.add_format({"align": "left"}),
        day=book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        moment=book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss", "align": "left"}),
    )
    for sheet in sheets:
        _add_table(book.add_worksheet(sheet.name), sheet, formats)
    _add_info(book.add_worksheet(INFO), kind, version, about, formats)
    book.close()
    return memory.getvalue()


def _add_info(page: Any, kind: str, version: int, about: Sequence[str], formats: _Formats) -> None:
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 90)
    page.set_row(0, TITLE_HEIGHT)
    page.write_string(0, 0, kind.capitalize(), formats.title)
    lines = [("What it is" if not number else "", line) for number, line in enumerate(about)]
    for row, (label, value) in enumerate([*lines, ("Kind", kind), ("Version", str(version))], start=2):
        page.write_string(row, 0, label, formats.text)
        page.write_string(row, 1, value, formats.text)


def _add_table(page: Any, sheet: Sheet, formats: _Formats) -> None:
    page.set_row(0, TITLE_HEIGHT)
    page.write_string(0, 0, sheet.name, formats.title)
    page.write_string(1, 0, sheet.about)
    headings = list(sheet.frame.columns)
    last = TABLE_ROW + max(len(sheet.frame), 1)
    page.add_table(
        TABLE_ROW, 0, last, len(headings) - 1,
        {
            "name": sheet.name.title().replace(" ", ""),
            "style": "Table Style Light 1",
            "columns": [{"header": heading, "header_format": formats.heading} for heading in headings],
        },
    )  # fmt: skip
    lines: dict[int, int] = {}
    for column, heading in enumerate(headings):
        width = sheet.widths[column] if sheet.widths else 16
        page.set_column(column, column, width)
        for row, value in enumerate(sheet.frame[heading], start=TABLE_ROW + 1):
            _write(page, row, column, value, formats)
            if isinstance(value, str) and (len(value) >= width or "\n" in value):
                lines[row] = max(lines.get(row, 1), _lines(value, width))
    for row, count in lines.items():
        page.set_row(row, LINE_HEIGHT * min(count, MOST_LINES))
    page.freeze_panes(TABLE_ROW + 1, 1)
    page.repeat_rows(TABLE_ROW)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column."""
    return sum(1 + len(line) // (width - 1) for line in text.split("\n"))


def _write(page: Any, row: int, column: int, value: Any, formats: _Formats) -> None:
    if value is None:
        return
    if isinstance(value, dt.date) and (value.date() if isinstance(value, dt.datetime) else value) >= EARLIEST:
        page.write_datetime(row, column, value, formats.moment if isinstance(value, dt.datetime) else formats.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, column, value, formats.number)
    else:
        words = str(value).encode("utf-8", "replace").decode("utf-8")
        if len(words) > CELL_LENGTH:  # XlsxWriter would leave the cell empty without a word
            raise PrivacyProblem("cell-too-long", "A name or case ID is longer than a cell can be: shorten it first.")
        page.write_string(row, column, words, formats.text)


def read(plain: bytes) -> tuple[dict[str, str], dict[str, pd.DataFrame]]:
    """Sheet Info as a dictionary, and the tables of the other sheets (dtype object, None for a blank)."""
    from python_calamine import CalamineWorkbook

    from xl_dipsample.exports import door

    door.check(plain, "The file")
    with CalamineWorkbook.from_filelike(io.BytesIO(plain)) as book:
        pages = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    info = {str(row[0]): str(row[1]) for row in pages.pop(INFO, []) if len(row) > 1 and row[0]}
    frames = {}
    for name, rows in pages.items():
        headings = [str(heading) for heading in rows[TABLE_ROW]] if len(rows) > TABLE_ROW else []
        body = [[_plain_cell(value) for value in row] for row in rows[TABLE_ROW + 1 :]]
        frame = pd.DataFrame(body, columns=headings, dtype=object)
        frames[name] = frame[frame.notna().any(axis=1)].reset_index(drop=True)  # an empty table's one blank row
    return info, frames


def _plain_cell(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def seal(plain: bytes, passphrase: str) -> bytes:
    """Encrypt a workbook as Excel does (ECMA-376 agile; the passphrase is hashed 100,000 times)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(passphrase, sealed)
    return sealed.getvalue()


def unseal(sealed: bytes, passphrase: str, name: str) -> bytes:
    """Decrypt in memory, integrity checked. `name` is the file's, for the sentence.

    Raises PrivacyProblem: not an encrypted workbook, wrong passphrase, damaged or altered.
    """
    from msoffcrypto import exceptions
    from msoffcrypto.format.ooxml import OOXMLFile

    if not sealed.startswith(_OLE):
        raise PrivacyProblem("not-encrypted", f"{name} is not an encrypted workbook: choose another file.")
    damaged = PrivacyProblem(
        "damaged", f"{name} is damaged or was altered: take the newest .bak file beside it, or a backup."
    )
    if _is_hostile(sealed):
        raise damaged
    plain = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(sealed))
        if file.type != "agile" or not passphrase:
            raise exceptions.InvalidKeyError
        file.load_key(password=passphrase, verify_password=True)
    except exceptions.InvalidKeyError:
        raise PrivacyProblem(
            "wrong-passphrase", f"The passphrase does not open {name}: check capital letters, spaces and hyphens."
        ) from None
    except Exception:  # the readers of the container raise whatever they stumble over
        raise damaged from None
    try:
        file.decrypt(plain, verify_integrity=True)
    except Exception:
        raise damaged from None
    return plain.getvalue()


def _is_hostile(sealed: bytes) -> bool:
    """Whether opening it would keep the computer busy: document types, or more hashing than anybody asks for.

    Looked for in the bytes, before any reader of the container sees them.
    """
    from olefile import OleFileIO  # type: ignore[import-untyped]

    from xl_dipsample.exports.cfb_check import Container

    try:
        Container(sealed)
        with OleFileIO(io.BytesIO(sealed)) as container:
            info = container.openstream("EncryptionInfo").read(LONGEST_INFO + 1)
    except Exception:  # whatever the container's reader stumbles over
        return True
    plain = info.replace(b"\x00", b"")  # as UTF-16 it would have one beside every character
    spins = [int(count) for count in _SPINS.findall(plain)]
    return len(info) > LONGEST_INFO or b"<!" in plain or max(spins, default=0) > MOST_SPINS
