"""What the bytes of an .ods say before a parser reads them: a password, how far its cells reach, lost formula values.

Source: OpenDocument 1.3 part 3, 9.1.4 (table:table-cell), 19.675-19.677 (repeated rows and columns).
"""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass

from xl_dipsample.exports.sheet_scan import SheetFacts, letters
from xl_dipsample.exports.xml_check import pieces
from xl_dipsample.exports.zip_check import password

_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_NAME = re.compile(rb"table:name=[\"']([^\"']*)")
_ROWS = re.compile(rb"number-rows-repeated=[\"']([0-9]{1,12})")
_COLUMNS = re.compile(rb"number-columns-repeated=[\"']([0-9]{1,12})")
_MANIFEST = "meta-inf/manifest.xml"


def check_manifest(archive: zipfile.ZipFile) -> None:
    """Raise FileProblem when the .ods is encrypted: its manifest says so."""
    for member in archive.infolist():
        if member.filename.casefold() == _MANIFEST:
            before = b""
            for piece in pieces(archive, member):
                if b"encryption-data" in before + piece:
                    raise password()
                before = piece[-64:]


@dataclass
class Lost:
    """Formulas of one sheet without a value: row and column of the first, and how many."""

    row: int
    column: str
    number: int = 0


class OdsScan:
    """Feed it the pieces of content.xml in order; `close` gives the facts of every sheet by name."""

    def __init__(self) -> None:
        self.lost: dict[str, Lost] = {}  # by the sheet's name
        self._name = ""
        self._sheets: dict[str, SheetFacts] = {}
        self._now = SheetFacts()
        self._row = 0
        self._column = 0
        self._repeat = 1
        self._pending = b""

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        held = self._pending + piece
        cut = held.rfind(b"<")
        body, self._pending = (held[:cut], held[cut:]) if cut > 0 else (b"", held)
        self._walk(body)

    def close(self) -> dict[str, SheetFacts]:
        """The last piece has been fed."""
        self._walk(self._pending)
        self._pending = b""
        return self._sheets

    def _walk(self, data: bytes) -> None:
        for found in _TAG.finditer(data):
            closing, kind, attributes = found.groups()
            if closing:
                continue
            if kind == b"table":
                self._open_table(attributes)
            elif kind == b"table-row":
                self._row += self._repeat
                self._repeat = _number(_ROWS, attributes)
                self._column = 0
            else:
                self._cell(attributes)

    def _open_table(self, attributes: bytes) -> None:
        named = _NAME.search(attributes)
        name = html.unescape(named.group(1).decode("utf-8", "replace")) if named else ""
        self._now = SheetFacts()
        self._sheets[name] = self._now
        self._name = name
        self._row, self._column, self._repeat = 0, 0, 1

    def _cell(self, attributes: bytes) -> None:
        width = _number(_COLUMNS, attributes) if b"repeated" in attributes else 1
        self._column += width
        formula = b"table:formula=" in attributes
        if formula and b"office:value-type=" not in attributes and b"calcext:value-type=" not in attributes:
            lost = self.lost.setdefault(self._name, Lost(self._row, letters(self._column - width + 1)))
            lost.number += 1
        if formula or b"office:value-type=" in attributes:
            self._now.last_row = max(self._now.last_row, self._row + self._repeat - 1)
            self._now.last_column = max(self._now.last_column, self._column)
            self._now.cells += 1


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
