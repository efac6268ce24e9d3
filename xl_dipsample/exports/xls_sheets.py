"""The sheets of an old .xls before any parser: how far their cells reach, and how much text they show.

A sheet is read from where its BoundSheet record points to, as parsers do.
Source: [MS-XLS] 2.1.4 (record), 2.4.28 (BoundSheet8), 2.4.265 (SST), 2.4.149 (LabelSst), 2.5.293
(XLUnicodeRichExtendedString).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from xl_dipsample.exports import room
from xl_dipsample.exports.ooxml_check import judge
from xl_dipsample.exports.sheet_scan import SheetFacts
from xl_dipsample.exports.zip_check import damaged

_BOF, _EOF, _BOUNDSHEET, _CONTINUE, _SST = 0x0809, 0x000A, 0x0085, 0x003C, 0x00FC
_LABEL_SST, _MULTIPLE, _DIMENSIONS = 0x00FD, 0x00BD, 0x0200
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x0006, 0x0406, 0x027E, _LABEL_SST, 0x00D6, _MULTIPLE})
_TWO_BYTES, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_BYTES = 3  # that a character has at most in UTF-8, but for pairs, which count as two


def check_sheets(data: bytes) -> None:
    """Raise FileProblem for sheets that share bytes, or ask for more room than is given."""
    places, shared = _globals(data)
    ends, cells, text = 0, 0, 0
    for place in sorted(places):
        if place < ends:  # one sheet under two names, or one that begins inside another
            raise damaged()
        facts, shown, ends = _sheet(data, place)
        judge(facts)
        cells += facts.last_row * facts.last_column
        text += sum(shared[one] for one in shown if one < len(shared)) * _BYTES
        if text > room.MOST_TEXT:
            raise room.too_much_text()
        if cells > room.MOST_CELLS:
            raise room.too_many_cells()


def _globals(data: bytes) -> tuple[list[int], list[int]]:
    """Where the sheets begin, and the characters of each shared text."""
    places: list[int] = []
    shared: list[int] = []
    last = 0
    texts: list[bytes] = []
    for kind, body, _ in _records(data, 0):
        if kind == _EOF:
            break
        if kind == _CONTINUE and last == _SST:
            texts.append(body)
            continue
        if kind == _BOUNDSHEET and len(body) > 4:
            places.append(struct.unpack_from("<I", body)[0])
        elif kind == _SST:
            texts = [body[8:]]
        last = kind
    if texts:
        shared = list(_characters(texts))
    return places, shared


def _sheet(data: bytes, place: int) -> tuple[SheetFacts, list[int], int]:
    """What its cells fill, the shared texts that they show, and where the sheet ends."""
    shown: list[int] = []
    facts, depth = SheetFacts(), 0
    for kind, body, end in _records(data, place):
        if not depth and kind != _BOF:
            raise damaged()
        depth += (kind == _BOF) - (kind == _EOF)
        if not depth:
            return facts, shown, end
        if kind in _CELLS and depth == 1:
            if len(body) < 6:
                raise damaged()
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULTIPLE else column
            facts.last_row, facts.last_column = max(facts.last_row, row + 1), max(facts.last_column, last + 1)
            facts.cells += max(last - column + 1, 1)
            if kind == _LABEL_SST and len(body) >= 10:
                shown.append(struct.unpack_from("<I", body, 6)[0])
    raise damaged()


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Every record from a place on: its kind, its content, and where it ends."""
    head, end = struct.Struct("<HH"), len(data)
    while at + 4 <= end:
        kind, length = head.unpack_from(data, at)
        at += 4 + length
        if at > end:
            raise damaged()
        yield kind, data[at - length : at], at


def _characters(parts: Sequence[bytes]) -> Iterator[int]:
    """How long each shared text is; the part goes on in the records that continue it."""
    text = _Text(parts)
    while text.more():
        length, flags = struct.unpack("<HB", text.take(3))
        runs = struct.unpack("<H", text.take(2))[0] if flags & _RICH else 0
        extended = struct.unpack("<I", text.take(4))[0] if flags & _EXTENDED else 0
        text.skip_characters(length, 2 if flags & _TWO_BYTES else 1)
        text.skip(runs * 4)
        text.skip(extended)
        yield length


class _Text:
    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 0

    def more(self) -> bool:
        while self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
        return self._part < len(self._parts)

    def take(self, count: int) -> bytes:
        """Bytes that no border of records may part."""
        found = self._parts[self._part][self._at : self._at + count] if self._part < len(self._parts) else b""
        if len(found) < count:
            raise damaged()
        self._at += count
        return found

    def skip(self, count: int) -> None:
        while count:
            if not self.more():
                raise damaged()
            step = min(count, len(self._parts[self._part]) - self._at)
            self._at, count = self._at + step, count - step

    def skip_characters(self, count: int, width: int) -> None:
        while count:
            step = min(count, (len(self._parts[self._part]) - self._at) // width) if self.more() else 0
            self._at, count = self._at + step * width, count - step
            if count:
                self._at = len(self._parts[self._part]) if self._part < len(self._parts) else 0
                if not self.more():
                    raise damaged()
                width = 2 if self.take(1)[0] & _TWO_BYTES else 1
