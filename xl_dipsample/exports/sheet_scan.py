"""What the bytes of a sheet say before a parser reads them: how far its cells reach, DDE, what calamine is blind to.

The scan sees the sheet in pieces and keeps nothing of them: its memory does not grow with the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

_QUOTE, _APOSTROPHE, _EQUALS, _R, _A = b"\"'=rA"
_ZERO = ord("0")
_LETTERS, _DIGITS = 26, 10
_MOST_LETTERS, _MOST_DIGITS = 4, 8
_REFERENCE = 12  # bytes enough for any cell reference: XFD1048576 and a quote
_KEEP = 64  # bytes kept from one piece to the next, so that no reference is cut in two
_LONGEST_CELL = 2**17  # bytes; text of a cell stops at 32,767 characters
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(<(?:\w+:)?v\b[^>]*?(?:/>|>([^<]*)<))?"
)
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,8})[\"'][^>]*?(/?)>")
_PREFIX = re.compile(rb"<(\w+:)worksheet\b")
_ERROR = re.compile(rb" t=[\"']e[\"']")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'|&quot;.*?&quot;|&apos;.*?&apos;")
_DDE = re.compile(rb"[\w\])]\s*\|")  # no operator of Excel: only a DDE reference has it outside quotes


@dataclass
class SheetFacts:
    """What a scan found. Rows and columns count from 1; 0: none."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    lost: bool = False  # it has formulas without a value, which calamine reads as blank
    errors: bool = False  # it may have errors of Excel, which calamine reads as blank
    dde: bool = False


class SheetScan:
    """Feed it the pieces of one sheet of an .xlsx in order; then read `facts`."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._tail = b""
        self._pending = b""
        self._mark: bytes | None = None  # how a formula begins here

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        self._extent(piece)
        self._formulas(piece)

    def close(self) -> SheetFacts:
        """The last piece has been fed."""
        self._search(self._pending)
        self._pending = b""
        return self.facts

    def _extent(self, piece: bytes) -> None:
        """Find the outermost cell reference ` r="AB12"`: a cell far away makes a parser fill all memory."""
        data = np.frombuffer(self._tail + piece, dtype=np.uint8)
        self._tail = piece[-_KEEP:]
        if len(data) <= _REFERENCE + 3:
            return
        body = data[: len(data) - _REFERENCE]
        quote = (body[2:-1] == _QUOTE) | (body[2:-1] == _APOSTROPHE)
        at = np.flatnonzero(quote & (body[3:] - np.uint8(_A) < _LETTERS)) + 3
        at = at[(data[at - 2] == _EQUALS) & (data[at - 3] == _R)]
        if len(at):
            column, row = _read_references(data, at)
            self.facts.last_column = max(self.facts.last_column, int(column.max()))
            self.facts.last_row = max(self.facts.last_row, int(row.max()))
            self.facts.cells += len(at)

    def _formulas(self, piece: bytes) -> None:
        """Look only at pieces that hold a formula; cut at the end of a row, so that no cell is cut in two."""
        held = self._pending + piece
        cut = held.rfind(b"row>") + 4
        if cut < 4 and len(held) < _LONGEST_CELL * 16:
            self._pending = held
            return
        cut = cut if cut >= 4 else len(held)
        self._search(held[:cut])
        self._pending = held[cut:]

    def _search(self, data: bytes) -> None:
        if self._mark is None:
            prefix = _PREFIX.search(data)
            self._mark = b"<" + (prefix.group(1) if prefix else b"") + b"f"
        if _ERROR.search(data):
            self.facts.errors = True
        if self._mark not in data:
            return
        for found in _FORMULA.finditer(data):
            attributes, formula, value, inside = found.groups()
            if formula and b"|" in formula and _DDE.search(_QUOTED.sub(b"", formula)):
                self.facts.dde = True
            if not inside and not (value and _TEXT_RESULT.search(attributes)):
                self.facts.lost = True


def letters(column: int) -> str:
    """The letters of a column that counts from 1.

    >>> letters(28)
    'AB'
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def filled_extent(pieces: Iterable[bytes]) -> tuple[int, int]:
    """The last row and column of a sheet that hold a cell with something in it: exact, and ten times slower.

    A formatted cell without content stands far away in many honest workbooks; parsers pass over it.
    """
    last_row = last_column = 0
    held = b""
    for piece in chain(pieces, [b""]):
        held += piece
        cut = held.rfind(b"<") if piece else len(held)
        for named, figures, empty in _CELL.findall(held[:cut]):
            if not empty:
                last_row = max(last_row, int(figures))
                last_column = max(last_column, _column(named))
        held = held[cut:]
    return last_row, last_column


def _column(named: bytes) -> int:
    number = 0
    for letter in named:
        number = number * _LETTERS + letter - _A + 1
    return number


def _read_references(data: npt.NDArray[np.uint8], at: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.int32], ...]:
    """Columns and rows of the references that begin at `at`, all at once."""
    column, at = _read_number(data, at, _MOST_LETTERS, np.uint8(_A), _LETTERS, 1)
    row, _ = _read_number(data, at, _MOST_DIGITS, np.uint8(_ZERO), _DIGITS, 0)
    return column, row


def _read_number(
    data: npt.NDArray[np.uint8], at: npt.NDArray[np.intp], most: int, zero: np.uint8, base: int, offset: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.intp]]:
    """The numbers that begin at `at`, of `most` figures at most, and where they end. `A` counts as 1, `0` as 0."""
    number = np.zeros(len(at), dtype=np.int32)
    figures = data[at] - zero
    going = figures < base
    for _ in range(most):
        number = np.where(going, number * base + figures + offset, number)
        at = at + going
        figures = data[at] - zero
        going &= figures < base
        if not going.any():
            break
    return number, at
