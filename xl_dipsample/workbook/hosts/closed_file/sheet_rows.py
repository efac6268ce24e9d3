"""The rows of a sheet: new blocks of cells go in, every other row and cell stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat

from xl_dipsample.workbook.hosts.closed_file.references import letters, number

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_CELL = re.compile(rb"<c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)\d+["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["'][^"']*["']""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'][^"']*["']""")
_HEIGHT = re.compile(rb"""\s(?:ht|customHeight|x14ac:dyDescent)\s*=\s*["'][^"']*["']""")
_START = re.compile(rb"<sheetData\s*(/?)>")
_OVERLAP = 1_024  # bytes, more than such a cell is long
SHARED_CELL = (b't="s"', b"t='s'")
_CHUNK = 2**20  # bytes handed to the compressor at once, or some more
_ROWS = 500  # made at once where nothing else stands

Edit = Callable[[str, bytes], bytes]  # reference and the old cell (b"" when there was none) -> the new cell


@dataclass
class Block:
    """New cells for the rows `top` to `bottom`; what stood between `left` and `right` down to `old_bottom` goes."""

    top: int
    left: int
    columns: Sequence[Sequence[str]]  # pieces of XML, column by column, each with the `ending` of its column
    old_bottom: int
    right: int  # the last column, before or after, whichever is further right
    row_attributes: bytes = b""  # for rows that were not there
    unhide: bool = False
    _cells: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.bottom = self.top + len(self.columns[0]) - 1
        self.reach = max(self.bottom, self.old_bottom)
        rows = [str(row) for row in range(self.top, self.bottom + 1)]
        woven = zip(repeat(f'<c r="{letters(self.left)}'), *self.columns, strict=False)
        self._cells = map(str.join, rows, woven)  # the row's number stands between all pieces

    def next_cells(self) -> bytes:
        """The cells of the next row; rows are asked for in order, each once."""
        return next(self._cells).encode("utf-8")

    def next_rows(self, first: int, last: int) -> bytes:
        """Whole rows that were not there, where nothing else stands."""
        start = f'"{self.row_attributes.decode()}>'
        numbered = zip(range(first, last + 1), islice(self._cells, last - first + 1), strict=True)
        return "".join([f'<row r="{row}{start}{cells}</row>' for row, cells in numbered]).encode("utf-8")


@dataclass(frozen=True)
class Row:
    """Where one row lies in the XML of its sheet, and its number."""

    number: int
    begin: int
    head: int  # after the start tag
    end: int


def parts(xml: bytes) -> tuple[bytes, bytes, bytes]:
    """The sheet before its rows, its rows, and what comes after."""
    found = _START.search(xml)
    if not found:
        return xml, b"", b""
    if found[1]:
        return xml[: found.start()] + b"<sheetData>", b"", b"</sheetData>" + xml[found.end() :]
    end = xml.rindex(b"</sheetData")
    return xml[: found.end()], xml[found.end() : end], xml[end:]


def rows(xml: bytes) -> Iterator[Row]:
    """Every row there is, in order. A row without a number follows the one before it."""
    place, last = 0, 0
    while (begin := xml.find(b"<row", place)) >= 0:
        head = xml.index(b">", begin) + 1
        place = head if xml[head - 2] == 47 else xml.index(b"</row>", head) + 6
        found = _ROW_NUMBER.search(xml, begin, head)
        last = int(found[1]) if found else last + 1
        yield Row(last, begin, head, place)


def cells(row: bytes) -> Iterator[tuple[int, bytes]]:
    """Column and XML of every cell of a row. A cell without a reference follows the one before it."""
    column = 0
    for found in _CELL.finditer(row):
        reference = _REFERENCE.search(found[1])
        column = number(reference[1].decode()) if reference else column + 1
        yield column, found[0]


def filled(xml: bytes) -> set[tuple[int, int]]:
    """Row and column of every cell that holds something."""
    found = ((row.number, cells(xml[row.head : row.end])) for row in rows(xml))
    return {
        (number, column)
        for number, some in found
        for column, one in some
        if b"<v" in one or b"<is" in one or b"<f" in one
    }


def row_cells(xml: bytes, wanted: int) -> tuple[bytes, dict[int, bytes]]:
    """The start tag and the cells by column of one row; empty when there is no such row."""
    for row in rows(xml):
        if row.number == wanted:
            return xml[row.begin : row.head], dict(cells(xml[row.head : row.end]))
        if row.number > wanted:
            break
    return b"", {}


def ending(column: int, last: int) -> str:
    """How the cell after this one begins, up to its row's number; "" behind the last."""
    return f'<c r="{letters(column + 1)}' if column < last else ""


def height(start_tag: bytes) -> bytes:
    """The attributes of a row that say how high it is."""
    return b"".join(_HEIGHT.findall(start_tag))


def referenced(row: int, column: int, cell: bytes) -> bytes:
    """The cell with its reference, which some programs leave out."""
    start = cell[: cell.index(b">")]
    if _REFERENCE.search(start):
        return cell
    return b'<c r="%s%d"' % (letters(column).encode(), row) + cell[2:]


class Rewriter:
    """One pass over the rows of a sheet."""

    def __init__(self, xml: bytes, blocks: Sequence[Block], edits: dict[int, dict[int, Edit]]) -> None:
        self._xml, self._blocks, self._edits = xml, blocks, edits
        self._removed: list[bytes] = []
        self._shared: set[int] = set()

    @property
    def removed(self) -> list[bytes]:
        """The rows with shared strings whose cells were replaced, as they were; complete when the pass is over."""
        return self._removed

    @property
    def shared(self) -> set[int]:
        """The shared strings that the cells show which stay; complete when the pass is over."""
        return self._shared

    def chunks(self) -> Iterator[bytes]:
        """The new rows, a good piece at a time."""
        pieces: list[bytes] = []
        length = 0
        for piece in self._pieces():
            pieces.append(piece)
            length += len(piece)
            if length >= _CHUNK:
                yield b"".join(pieces)
                pieces.clear()
                length = 0
        yield b"".join(pieces)

    def _pieces(self) -> Iterator[bytes]:
        needed = self._needed()
        missing = next(needed, None)
        kept = 0  # where the stretch of rows begins that are copied as they are
        for row in rows(self._xml):
            while missing is not None and missing < row.number:
                if kept < row.begin:
                    yield self._staying_rows(kept, row.begin)
                    kept = row.begin
                yield self._row(missing, None)
                missing = next(needed, None)
            if missing == row.number:
                missing = next(needed, None)
            if self._touched(row.number):
                yield self._staying_rows(kept, row.begin)
                yield self._row(row.number, row)
                kept = row.end
        yield self._staying_rows(kept, len(self._xml))
        while missing is not None:
            alone = self._alone(missing)
            if alone:
                last = min(missing + _ROWS - 1, alone.bottom)
                yield alone.next_rows(missing, last)
                needed = self._needed(last)
            else:
                yield self._row(missing, None)
            missing = next(needed, None)

    def _staying_rows(self, begin: int, end: int) -> bytes:
        xml = self._xml[begin:end]
        self._shared.update(shared_strings([xml]))
        return xml

    def _alone(self, row: int) -> Block | None:
        """The block that has this row and all below to itself."""
        here = [block for block in self._blocks if block.bottom >= row]
        edited = any(one >= row for one in self._edits)
        return here[0] if len(here) == 1 and here[0].top <= row and not edited else None

    def _needed(self, last: int = 0) -> Iterator[int]:
        """The numbers of the rows after `last` that must be there afterwards, in order."""
        spans = [(block.top, block.bottom) for block in self._blocks]
        spans += [(row, row) for row in self._edits]
        for top, bottom in sorted(spans):
            yield from range(max(top, last + 1), bottom + 1)
            last = max(last, bottom)

    def _touched(self, row: int) -> bool:
        return row in self._edits or any(block.top <= row <= block.reach for block in self._blocks)

    def _row(self, row: int, old: Row | None) -> bytes:
        meeting = [block for block in self._blocks if block.top <= row <= block.reach]
        new = [(block.left, block.next_cells()) for block in meeting if row <= block.bottom]
        edits = self._edits.get(row)
        if old and edits and not meeting:
            before = self._xml[old.head : old.end]
            inside = _spliced(before, row, edits)
            if inside:
                self._remove(before)
                self._shared.update(shared_strings([inside]))
                same = inside == before  # then the row stays as it was written
                return self._xml[old.begin : old.end] if same else self._start(row, old, meeting) + inside
        stays = self._staying(row, old, meeting) if old else {}
        if edits:
            for column, edit in edits.items():
                made = edit(f"{letters(column)}{row}", stays.get(column, b""))
                if made:
                    stays[column] = made
        self._shared.update(shared_strings([b"".join(stays.values())]))
        if not new and not stays:
            return b""
        start = self._start(row, old, meeting)
        if not stays and len(new) == 1:
            return b"%s%s</row>" % (start, new[0][1])
        both = sorted([*new, *stays.items()], key=lambda pair: pair[0])
        return start + b"".join(piece for _, piece in both) + b"</row>"

    def _staying(self, row: int, old: Row, meeting: Sequence[Block]) -> dict[int, bytes]:
        """The cells of an old row that no block takes."""
        inside = self._xml[old.head : old.end]
        if meeting or row in self._edits:
            self._remove(inside)
        if len(meeting) == 1 and row not in self._edits and _within(inside, meeting[0]):
            return {}
        return {
            column: referenced(row, column, cell)
            for column, cell in cells(inside)
            if not any(block.left <= column <= block.right for block in meeting)
        }

    def _remove(self, inside: bytes) -> None:
        """Take note of a row that is replaced."""
        if any(mark in inside for mark in SHARED_CELL):
            self._removed.append(inside)

    def _start(self, row: int, old: Row | None, meeting: Sequence[Block]) -> bytes:
        if not old:
            given = next((block.row_attributes for block in meeting if block.row_attributes), b"")
            return b'<row r="%d"%s>' % (row, given)
        tag = self._xml[old.begin : old.head]
        tag = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
        tag = _SPANS.sub(b"", tag)  # a hint only, and no longer true
        if any(block.unhide for block in meeting):
            tag = _HIDDEN.sub(b"", tag)
        if not _ROW_NUMBER.search(tag):
            tag = b'<row r="%d"' % row + tag[4:]
        return tag


def _spliced(inside: bytes, row: int, edits: Mapping[int, Edit]) -> bytes:
    """A row after its start tag with single cells replaced in their places; b"" unless each is plainly there."""
    pieces, done = [], 0
    for column in sorted(edits):
        reference = f"{letters(column)}{row}"
        begin = inside.find(f'<c r="{reference}"'.encode(), done)
        head = inside.find(b">", begin)
        end = head + 1 if inside[head - 1 : head] == b"/" else inside.find(b"</c>", head) + 4
        made = edits[column](reference, inside[begin:end]) if 0 <= begin < head < end else b""
        if not made:
            return b""
        pieces += [inside[done:begin], made]
        done = end
    return b"".join([*pieces, inside[done:]])


def _within(row: bytes, block: Block) -> bool:
    """Whether the first and last cell of a row, and so all, lie between the block's columns; False when unsure."""
    first, last = row.find(b"<c "), row.rfind(b"<c ")
    if first < 0:
        return True
    ends = [_REFERENCE.search(row, place, place + 40) for place in (first, last)]
    columns = [number(found[1].decode()) for found in ends if found]
    return len(columns) == 2 and block.left <= columns[0] and columns[1] <= block.right


def shared_strings(chunks: Iterable[bytes]) -> Iterator[int]:
    """The positions in sharedStrings.xml that the cells of a sheet, given in pieces, refer to."""
    held = b""
    for chunk in chunks:
        held = held[-_OVERLAP:] + chunk
        if any(mark in held for mark in SHARED_CELL):
            for found in _SHARED.finditer(held):
                yield int(found[1])


_SHARED = re.compile(rb"""t=["']s["'][^<>]*>\s*<v>\s*(\d+)\s*</v>""")  # begins with letters: a quick search
