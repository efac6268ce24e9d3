"""Workbooks encrypted with Excel's own password protection, made and opened in memory.

The key, the escrow beside it and the reading list are made here and nowhere else, so there is one place to look at
for the rule that their plain text never touches a disk.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xl_dipsample.domain.errors import PrivacyProblem

EARLIEST = dt.date(1900, 3, 1)  # before it Excel's serials are a day out, so older dates are kept as text
CELL_LENGTH = 32_767
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Sheet:
    """One sheet of an encrypted workbook: a table, or, without a table's name, plain rows."""

    name: str
    frame: pd.DataFrame
    table: str = ""
    widths: Sequence[int] = ()


def build(kind: str, version: int, about: Sequence[str], sheets: Sequence[Sheet]) -> bytes:
    """The plain workbook, in memory: sheet Info (kind, version, what this is), then the sheets."""
    import xlsxwriter  # not every action writes one

    memory = io.BytesIO()
    # without in_memory XlsxWriter lays every sheet out in a temporary file, in plain text
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
    wrapped = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top", "text_wrap": True})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss", "valign": "top"})
    info = book.add_worksheet("Info")
    info.set_column(0, 0, 14)
    info.set_column(1, 1, 90)
    for row, (label, value) in enumerate([("Kind", kind), ("Version", str(version)), *(("", line) for line in about)]):
        info.write_string(row, 0, label, text)
        info.write_string(row, 1, value, wrapped)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for column, heading in enumerate(sheet.frame.columns):
            page.set_column(column, column, sheet.widths[column] if sheet.widths else 16)
            page.write_string(0, column, heading, text)
            for row, value in enumerate(sheet.frame[heading], start=1):
                _write(page, row, column, value, text, day, moment)
        if sheet.table:
            page.add_table(
                0, 0, max(len(sheet.frame), 1), len(sheet.frame.columns) - 1,
                {"name": sheet.table, "columns": [{"header": heading} for heading in sheet.frame.columns]},
            )  # fmt: skip
    book.close()
    return memory.getvalue()


def _write(page: Any, row: int, column: int, value: Any, text: Any, day: Any, moment: Any) -> None:
    if value is None:
        return
    if isinstance(value, dt.date) and (value.date() if isinstance(value, dt.datetime) else value) >= EARLIEST:
        page.write_datetime(row, column, value, moment if isinstance(value, dt.datetime) else day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, column, value)
    else:
        words = str(value).encode("utf-8", "replace").decode("utf-8")
        if len(words) > CELL_LENGTH:  # XlsxWriter would leave the cell empty without a word
            raise PrivacyProblem("cell-too-long", "A name or case ID is longer than a cell can be; shorten it first.")
        page.write_string(row, column, words, text)


def read(plain: bytes) -> tuple[dict[str, str], dict[str, pd.DataFrame]]:
    """Sheet Info as a dictionary, and the other sheets as frames (dtype object, None for a blank)."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(plain)) as book:
        pages = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    info = {str(row[0]): str(row[1]) for row in pages.pop("Info", []) if len(row) > 1 and row[0]}
    frames = {}
    for name, rows in pages.items():
        headings = [str(heading) for heading in rows[0]] if rows else []
        body = [[_plain_cell(value) for value in row] for row in rows[1:]]
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
