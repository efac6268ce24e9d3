"""What the bytes of a sheet say before a parser reads them: how far its cells reach, DDE, what calamine is blind to.

The scan sees the sheet in pieces and keeps nothing of them: its memory does not grow with the sheet. It is quick where
every cell names its place first (`<c r="B7"`), as all common programs write it; another sheet is `odd`, and
`exact_scan` looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

_QUOTE, _APOSTROPHE, _EQUALS, _R, _A, _C, _E, _F, _LESS = b"\"'=rAcef<"
_ZERO = ord("0")
_LETTERS, _DIGITS = 26, 10
_MOST_LETTERS, _MOST_DIGITS = 4, 8
_REFERENCE = 12  # bytes enough for any cell reference: XFD1048576 and a quote
_KEEP = 64  # bytes kept from one piece to the next, so that no reference is cut in two
_LONGEST_CELL = 2**17  # bytes; text of a cell stops at 32,767 characters
# No tag has a "<" in it; where one may, a half tag is sought to the end of all.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(<(?:\w+:)?v\b[^<>]*?(?:/>|>([^<]*)<))?"
)
# the first place is taken for good (`?>`): else each place of an endless tag would be tried to the end of all
_CELL = re.compile(rb"<(?:\w+:)?c\b(?>[^<>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,8})[\"'])[^<>]*+(?<=(.))>", re.DOTALL)
_ROW = re.compile(rb"<row r=[\"']")
_PLACE = re.compile(rb"\sr=[\"']")
_PREFIX = re.compile(rb"<(\w+:)worksheet\b")
_ERROR = re.compile(rb" t=[\"']e[\"']")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_PLAIN_CELL, _OTHER_CELL = b'<c r="', re.compile(rb"<c(?![A-Za-z]| r=\")|:c[\s/>]")
_SHARED_TYPE = re.compile(rb"\bt=[\"']s[\"']")
_SHARED = re.compile(rb' t="s"><v>([0-9]{1,9})</v>')
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
    odd: bool = False  # the quick look cannot tell how far its cells reach
    text: int = 0  # bytes of the texts that a parser makes of its cells


class SheetScan:
    """Feed it the pieces of one sheet of an .xlsx in order; then read `facts`."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._tail = b""
        self._pending = b""
        self._mark: bytes | None = None  # how a formula begins here
        self._held = b""
        self._named = 0  # cells whose place was read

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        self._extent(piece)
        self._cells(piece)
        self._formulas(piece)

    def close(self) -> SheetFacts:
        """The last piece has been fed."""
        self._search(self._pending)
        self._count(self._held)
        self._pending = self._held = b""
        self.facts.odd = self.facts.odd or self._named < self.facts.cells
        return self.facts

    def _cells(self, piece: bytes) -> None:
        """Count the cells; cut where a tag begins, so that no tag is cut in two."""
        held = self._held + piece
        cut = held.rfind(b"<")
        if cut < 0 and len(held) > _LONGEST_CELL * 16:
            self.facts.odd, self._held = True, b""
            return
        self._count(held[: max(cut, 0)])
        self._held = held[max(cut, 0) :]

    def _count(self, data: bytes) -> None:
        seen = np.frombuffer(data, dtype=np.uint8)
        begins = np.flatnonzero((seen[:-1] == _LESS) & (seen[1:] == _C))  # numpy looks at many bytes at once
        at = begins[begins < len(seen) - len(_PLAIN_CELL)]
        plain = np.ones(len(at), dtype=bool)
        for place, byte in enumerate(_PLAIN_CELL[2:], 2):
            plain &= seen[at + place] == byte
        cells = int(np.count_nonzero(plain))
        self.facts.cells += cells
        other = len(begins) != cells or (b":" in data and b":c" in data)  # one byte is found much sooner than two
        if (b"!" in data and b"<!" in data) or (other and _OTHER_CELL.search(data)):
            self.facts.odd = True

    def _extent(self, piece: bytes) -> None:
        """Find the outermost cell reference ` r="AB12"`: a cell far away makes a parser fill all memory."""
        data = np.frombuffer(self._tail + piece, dtype=np.uint8)
        seen_before = _KEEP - _REFERENCE if self._tail else 0
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
            at = at[at >= max(seen_before, 5)]
            self._named += int(np.count_nonzero(data[at - 5] == _C))

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
        seen = np.frombuffer(data, dtype=np.uint8)
        quote = (seen == _QUOTE) | (seen == _APOSTROPHE)
        if (quote[:-2] & (seen[1:-1] == _E) & quote[2:]).any() and _ERROR.search(data):
            self.facts.errors = True
        here = (seen[:-1] == _LESS) & (seen[1:] == _F)  # as in nearly all sheets, quicker than any other search
        if not here.any() if self._mark == b"<f" else self._mark not in data:
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


def filled_extent(pieces: Iterable[bytes]) -> tuple[int, int] | None:
    """The last row and column of a sheet that hold a cell with something in it: exact, and ten times slower.

    A formatted cell without content stands far away in many honest workbooks; parsers pass over it. None where a cell
    may name a second place, of which parsers take one or the other.
    """
    last_row = last_column = named_places = places = 0
    for body in _whole_tags(pieces):
        named_places += len(_CELL.findall(body)) + len(_ROW.findall(body))
        places += len(_PLACE.findall(body))
        for named, figures, last in _CELL.findall(body):
            if last != b"/":
                last_row = max(last_row, int(figures))
                last_column = max(last_column, _column(named))
    return (last_row, last_column) if places <= named_places else None


def shared_texts(pieces: Iterable[bytes], lengths: npt.NDArray[np.int64]) -> int | None:
    """The bytes of all shared texts that a sheet's cells show; `lengths`: of each shared text.

    None where a cell is written in another way than all common programs do.
    """
    total = 0
    for body in _whole_tags(pieces, b"<c"):
        shown = _SHARED.findall(body)
        if len(shown) != len(_SHARED_TYPE.findall(body)):
            return None
        if shown:
            numbers = np.array(shown).astype(np.int64)
            total += int(lengths[numbers[numbers < len(lengths)]].sum())
    return total


def _whole_tags(pieces: Iterable[bytes], begin: bytes = b"<") -> Iterator[bytes]:
    """The same bytes, cut before a tag that begins so."""
    held = b""
    for piece in chain(pieces, [b""]):
        held += piece
        cut = held.rfind(begin) if piece else len(held)
        yield held[: max(cut, 0)]
        held = held[max(cut, 0) :]


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
