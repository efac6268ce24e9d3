"""What the bytes of an .ods say before a parser reads them: a password, how far its cells reach, lost formula values.

Source: OpenDocument 1.3 part 3, 9.1.4 (table:table-cell), 19.675-19.677 (repeated rows and columns).
"""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass

from xl_dipsample.exports import locked_files, room
from xl_dipsample.exports.sheet_scan import SheetFacts, letters
from xl_dipsample.exports.xml_check import pieces
from xl_dipsample.exports.zip_check import damaged

_TAG = re.compile(
    rb"<(/?)(table:table|table:table-row|table:table-cell|table:covered-table-cell|text:s)(?=[\s/>])"
    rb"((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+)>"  # no tag has a "<" in it: a half tag is not sought to the end of all
)
_NAME = re.compile(rb"table:name=[\"']([^\"']*)")
_ROWS = re.compile(rb"number-rows-repeated=[\"']([0-9]{1,12})")
_COLUMNS = re.compile(rb"number-columns-repeated=[\"']([0-9]{1,12})")
_ODD = re.compile(rb"<!|-repeated\s*=\s*(?![\"'][0-9]{1,12}[\"'])|\btext:c\s*=\s*(?![\"'][0-9]{1,5}[\"'])")
_SPACES = re.compile(rb"\btext:c\s*=\s*[\"']([0-9]{1,5})")
_LONGEST_TAG = 2**21
_MANIFEST = "meta-inf/manifest.xml"


def check_manifest(archive: zipfile.ZipFile) -> None:
    """Raise FileProblem when the .ods is encrypted: its manifest says so."""
    for member in archive.infolist():
        if member.filename.casefold() == _MANIFEST:
            before = b""
            for piece in pieces(archive, member):
                if b"encryption-data" in before + piece:
                    raise locked_files.password()
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
        self._at = 0  # bytes of the part before what is looked at
        self._begun = 0  # where the last cell began
        self._cell_times = 0  # how often the last cell stands in its row
        self._row_text = 0
        self.cells = self.text = 0  # of all sheets together: the rectangles that they fill, and bytes of text

    def feed(self, piece: bytes) -> None:
        """Look at the next piece. Raises FileProblem for what cannot be measured."""
        held = self._pending + piece
        cut = held.rfind(b"<")
        body, self._pending = (held[:cut], held[cut:]) if cut > 0 else (b"", held)
        if len(self._pending) > _LONGEST_TAG:
            raise damaged()
        self._walk(body)
        self._at += len(body)

    def close(self) -> dict[str, SheetFacts]:
        """The last piece has been fed."""
        self._walk(self._pending)
        self._pending = b""
        self._end_row()
        self.cells = sum(one.last_row * one.last_column for one in self._sheets.values())
        return self._sheets

    def _walk(self, data: bytes) -> None:
        if _ODD.search(data):
            raise damaged()
        for found in _TAG.finditer(data):
            closing, kind, attributes = found.groups()
            if kind == b"text:s":
                spaces = _SPACES.search(attributes)
                self._row_text += int(spaces.group(1)) * self._cell_times if spaces else 0
            elif closing:
                self._end_cell(self._at + found.end())
            elif kind == b"table:table":
                self._end_row()
                self._open_table(attributes)
            elif kind == b"table:table-row":
                self._end_row()
                self._row += self._repeat
                self._repeat = _number(_ROWS, attributes)
                self._column = 0
            else:
                self._cell(attributes)
                if self._begun:
                    self._begun = self._at + found.start() + 1
                if attributes.endswith(b"/"):
                    self._end_cell(self._at + found.end())

    def _end_cell(self, end: int) -> None:
        """What lies between a filled cell's beginning and its end may be its text, as often as it stands in its row."""
        if self._begun:
            self._row_text += (end - self._begun) * self._cell_times
            self._begun = 0

    def _end_row(self) -> None:
        if self._now.last_column <= room.MOST_COLUMNS:  # otherwise it is refused for these
            self.text += self._row_text * self._repeat
        self._row_text = self._cell_times = 0
        if self.text > room.MOST_TEXT:
            raise room.too_much_text()

    def _open_table(self, attributes: bytes) -> None:
        named = _NAME.search(attributes)
        name = html.unescape(named.group(1).decode("utf-8", "replace")) if named else ""
        self._now = SheetFacts()
        self._sheets[name if name not in self._sheets else f"{name}\0{len(self._sheets)}"] = self._now
        self._name = name
        self._row, self._column, self._repeat = 0, 0, 1

    def _cell(self, attributes: bytes) -> None:
        width = _number(_COLUMNS, attributes) if b"repeated" in attributes else 1
        self._column += width
        formula = b"table:formula=" in attributes
        if formula and b"office:value-type=" not in attributes and b"calcext:value-type=" not in attributes:
            lost = self.lost.setdefault(self._name, Lost(self._row, letters(self._column - width + 1)))
            lost.number += 1
        self._begun = self._cell_times = 0
        if formula or b"office:" in attributes:
            self._begun, self._cell_times = 1, width
            self._now.last_row = max(self._now.last_row, self._row + self._repeat - 1)
            self._now.last_column = max(self._now.last_column, self._column)
            self._now.cells += 1


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
