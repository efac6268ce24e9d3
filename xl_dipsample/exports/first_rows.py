"""The first rows of each sheet of a file that merely lies somewhere: enough to know a list of children by.

Files by the thousand are looked at, so only what is needed is read, and never more than a stated number of bytes. What
is imported is read by `export_reader` instead.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports.csv_reader import read_csv
from xl_dipsample.exports.zip_parts import ZipParts

ROWS = 60
MORE_ROWS = 260  # where the first ones hold no headings: import looks to the 200th row then
MOST_TEXT = 128 * 1024  # bytes of a .csv or .xml
_MOST_SHEET = 2 * 2**20  # bytes of a sheet, unpacked
_STEP = 4 * 1024  # bytes of a sheet that are unpacked at a time, until they hold the rows
_MOST_STRINGS = 32 * 2**20
# No tag has a "<" in it, and `_ended` leaves no beginning without an end: else each would be sought to the end of all.
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_KIND = re.compile(rb"""\bt=["'](\w+)["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})\d""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]*)<")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<")
# The same wherever the texts stand, many times as fast: patterns that begin with plain letters, sought in
# a fifth of the time that `in` takes for letters that stand everywhere.
_ANY_TEXT = re.compile(rb"<t[^<>]*>([^<]*)<")
_IN_PIECES = re.compile(rb"<r[\s>]")
_ROW_END = re.compile(rb"</row")
_PREFIXED = re.compile(rb":(?:t|r|row|is)[\s>]")
_HAS_WORDS = re.compile(rb"tr[\"']")  # inlineStr or str, as the kind of a cell
_HAS_RESULTS = re.compile(rb"=.str[\"']")
_INLINE = re.compile(rb"<(?:\w+:)?is\b[^<>]*>(.*?)</(?:\w+:)?is>", re.DOTALL)
_STRING = re.compile(rb"<(?:\w+:)?si\b[^<>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_ODS_TABLE = re.compile(rb"<table:table\b.*?(?:</table:table>|\Z)", re.DOTALL)
_ODS_ROW = re.compile(rb"<table:table-row\b[^<>]*?(?<!/)>(.*?)(?:</table:table-row>|\Z)", re.DOTALL)
_ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b([^<>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.DOTALL
)
_ODS_TEXT = re.compile(rb"<text:p[^<>]*>([^<]*)<")
_ODS_IN_PIECES = re.compile(rb"<text:(?!p[\s>])|</text:p>\s*<text:p")
_ODS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,5})"')
_ODS_DATE = re.compile(rb'office:date-value="(\d{4}-\d\d-\d\d)')
_TAG = re.compile(rb"<[^<>]*>")
_ONE_MARK = bytes.maketrans(b";\t\r\n", b",,,,")
_MOST_REPEATED = 200
_LONGEST_NAME = 64  # of a tag
_ELEMENT = re.compile(rb"<(\w{2,60})\s*>")

Rows = list[list[object]]
_Cell = tuple[int, bytes, bytes]


class Sheets:
    """The sheets of an .xlsx or .xlsm, as far as they are looked at. Raises ValueError, OSError when nobody can."""

    def __init__(self, parts: ZipParts, most: int = ROWS) -> None:
        self._most = most
        names = [(name.casefold(), name) for name in parts.names]
        strings = next((name for low, name in names if low.endswith("sharedstrings.xml")), None)
        self.beginnings = [
            _beginning(parts, name, most) for low, name in names if "worksheets/" in low and low.endswith(".xml")
        ]
        self.strings = _plain(parts.read(strings, _MOST_STRINGS)) if strings else b""

    def texts(self) -> set[bytes]:
        """Every text that may stand in the first rows, as it is written in the file (`&amp;`), and perhaps more."""
        found = _texts_in(self.strings, _STRING, b"si>")
        for one in filter(_HAS_WORDS.search, self.beginnings):
            found |= _texts_of(one)
        return found

    def texts_of_long_ones(self) -> Iterator[set[bytes]]:
        """The same of each sheet that goes on below its first rows and has texts in its cells: no list of them all."""
        for one in filter(_HAS_WORDS.search, self.beginnings):
            if len(_ROW_END.findall(one)) >= self._most:
                yield _texts_of(one)

    def rows(self) -> Iterator[Rows]:
        """The first rows of each sheet."""
        words = list(self._words())
        yield from ([_row(row, words) for row in _raw_rows(one, self._most)] for one in self.beginnings)

    def _words(self) -> Iterator[str]:
        return (_words(found[1] or b"") for found in _STRING.finditer(_ended(self.strings, b"si>")))


def _texts_of(sheet: bytes) -> set[bytes]:
    """The texts in a sheet's cells, and those that are the results of formulas."""
    found = _texts_in(sheet, _INLINE, b"is>")
    return found.union(_VALUE.findall(sheet)) if _HAS_RESULTS.search(sheet) else found


def _texts_in(xml: bytes, holder: re.Pattern[bytes], end: bytes) -> set[bytes]:
    """Every text of a part, and perhaps what is none; `holder`: what the runs of one text stand in; `end`: its tag."""
    prefixed = _PREFIXED.search(xml)
    if prefixed or _IN_PIECES.search(xml):
        pieces = {b"".join(_TEXT.findall(held)) for held in holder.findall(_ended(xml, end))}
        return pieces.union(_TEXT.findall(xml)) if prefixed else pieces
    return set(_ANY_TEXT.findall(xml))


def _beginning(parts: ZipParts, name: str, most: int) -> bytes:
    """The XML of a sheet's first rows."""
    seen, rows = b"", 0
    for piece in parts.pieces(name, _STEP):
        seen = seen + piece if seen else piece
        rows += len(_ROW_END.findall(piece)) or piece.count(b":row>")
        if len(seen) >= _MOST_SHEET or rows >= most + 1:  # an end may be cut in two
            break
    return _plain(seen)


def _ended(xml: bytes, end: bytes) -> bytes:
    """The XML as far as the last end tag that ends so."""
    at = xml.rfind(end)
    while at >= 0 and not xml.startswith(b"</", xml.rfind(b"<", max(0, at - _LONGEST_NAME), at)):
        at = xml.rfind(end, 0, at)
    return xml[: max(at, 0) + len(end)]


def _plain(xml: bytes) -> bytes:
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return xml.decode("utf-16", "replace").encode()
    return xml


def _raw_rows(seen: bytes, most: int) -> list[list[_Cell]]:
    """Rows of cells: column, kind, what it holds."""
    rows = []
    for found in _ROW.finditer(_ended(seen, b"row>")):
        rows.append(list(_cells(found[1] or b"")))
        if len(rows) == most:
            break
    return rows


def _cells(row: bytes) -> Iterator[_Cell]:
    at = -1
    for found in _CELL.finditer(_ended(row, b"c>")):
        place, kind = _PLACE.search(found[1]), _KIND.search(found[1])
        at = _column(place[1]) if place else at + 1
        yield at, kind[1] if kind else b"n", found[2] or b""


def _column(letters: bytes) -> int:
    """A column's number, counted from 0.

    >>> _column(b"A"), _column(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _words(marked: bytes) -> str:
    return unescape(b"".join(_TEXT.findall(marked)).decode("utf-8", "replace"))


def _row(cells: list[_Cell], words: list[str]) -> list[object]:
    row: list[object] = []
    for at, kind, held in cells:
        row += [""] * (at + 1 - len(row))
        row[at] = _value(kind, held, words)
    return row


def _value(kind: bytes, held: bytes, words: list[str]) -> object:
    if kind == b"inlineStr":
        return _words(held)
    found = _VALUE.search(held)
    if found is None:
        return ""
    said = unescape(found[1].decode("utf-8", "replace"))
    if kind == b"s":
        at = int(said) if said.strip().isdigit() else -1
        return words[at] if 0 <= at < len(words) else ""
    if kind != b"n":
        return said
    try:
        number = float(said)
    except ValueError:
        return said
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def content_of_ods(parts: ZipParts) -> bytes:
    """As much of an .ods as is looked at. Raises ValueError, KeyError, OSError."""
    return parts.read("content.xml", 4 * _MOST_SHEET)


def texts_of_ods(content: bytes) -> set[bytes] | None:
    """Every text of an .ods as it is written in the file, and perhaps what is none; None: they stand in pieces."""
    return None if _ODS_IN_PIECES.search(content) else set(_ODS_TEXT.findall(content))


def of_ods(content: bytes) -> Iterator[Rows]:
    """The first rows of every sheet of an .ods, as far as they are looked at."""
    for table in _ODS_TABLE.findall(content):
        rows = []
        for row in _ODS_ROW.finditer(table):
            rows.append(_ods_row(row[1]))
            if len(rows) == MORE_ROWS:
                break
        yield rows


def _ods_row(row: bytes) -> list[object]:
    cells: list[object] = []
    for found in _ODS_CELL.finditer(_ended(row, b"cell>")):
        repeated, day = _ODS_REPEATED.search(found[1]), _ODS_DATE.search(found[1])
        said = day[1] if day else _TAG.sub(b"", found[2] or b"")
        number = min(int(repeated[1]), _MOST_REPEATED) if repeated else 1
        cells += [unescape(said.decode("utf-8", "replace"))] * number
    return cells


def beginning_of_csv(head: bytes, most: int = ROWS) -> bytes:
    """Of the beginning of a .csv as many lines as are looked at for `most` records."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head
    if len(head) >= MOST_TEXT:
        head = head[: head.rfind(b"\n") + 1] or head
    lines = head.split(b"\n", 2 * most)
    return head if len(lines) <= 2 * most else b"\n".join([*lines[:-1], b""])


def cells_of_csv(head: bytes) -> set[bytes]:
    """What stands in a .csv that has no quotation marks, wherever it stands, as UTF-8."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    return set(head.removeprefix(codecs.BOM_UTF8).translate(_ONE_MARK).split(b","))


def of_csv(head: bytes, most: int = ROWS) -> Rows:
    """The first records of a .csv, of which `head` is the beginning. Raises ValueError when it is no text."""
    lines = head.splitlines(keepends=True)[: 2 * most] if not head.startswith((b"\xff\xfe", b"\xfe\xff")) else [head]
    try:
        return read_csv(b"".join(lines)).rows[:most]
    except FileProblem as problem:
        raise ValueError(problem.code) from problem


def of_xml(head: bytes) -> Rows:
    """The elements of an .xml file as one row of headings."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    return [[name.decode("ascii", "replace") for name in dict.fromkeys(_ELEMENT.findall(head))]]


def of_xls(path: Path) -> Iterator[Rows]:
    """The first rows of every sheet of an .xls. Raises ValueError, FileProblem when it cannot be read."""
    from xl_dipsample.exports.export_reader import read_export

    for sheet in read_export(path).sheets:
        yield sheet.rows[:MORE_ROWS]
