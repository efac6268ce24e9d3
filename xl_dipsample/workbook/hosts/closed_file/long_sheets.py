"""A long sheet read piece by piece, so that neither its XML nor its cells twice over stand in memory.

Calamine reads everything; this reads only sheets as FileHost, XlsxWriter and Excel write them, and gives up on the
first cell that it is not sure to read as calamine does (`read` is None then). Equal cells are one Python object.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from xl_dipsample.exports import ooxml_check, room
from xl_dipsample.workbook.hosts.closed_file import cell_text, cell_values, number_formats
from xl_dipsample.workbook.hosts.closed_file.references import letters, number

LONG = ooxml_check.LONG  # calamine is quick enough below
_FRAGMENT = re.compile(
    rb'(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>)?'
    rb'(?:<v>([^<]*)</v>|<is><t( xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_ROW = re.compile(rb'<row r="(\d{1,7})"[^<>]*[^/<>]>|<row r="(\d{1,7})">')
_BEGINNING = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"')
_START = re.compile(rb"<sheetData>")
_STRING = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
_ONE_TEXT = re.compile(r'<t( xml:space="preserve")?>([^<]*)</t>|<t/>')
_FIGURE_FORMAT = re.compile(r"[0#,.%]+$")
_DAY_FORMAT = re.compile(r"[dmyhs/: .\-]+$", re.IGNORECASE)
_PLAIN = b' t="inlineStr"><is><t>'
_CARE = re.compile(rb"[&<>\r]|_x").search
_NO_ROW = re.compile(rb"<!|</sheetData").search
_EPOCH = datetime.combine(date(1899, 12, 30), time())
_DAY_ZERO = _EPOCH.toordinal()
_MOST_FIGURES = 15  # a float holds them all
_FIRST_DAY, _LAST_DAY = 61, 2_958_465  # 1 March 1900, after Excel's 29 February, to 31 December 9999
_MOST_KNOWN = 200_000  # distinct cells remembered at a time
_MOST_OF_COLUMN = 8_000  # the same of one column, beside these
_MANY = 4  # where one cell in so many is new, looking cells up is slower than reading them
_HEAD = re.compile(rb'(?: [^<>]*[^/<>])?><c r="A')  # of a row after its number, up to its first cell's


class NotSureError(Exception):
    """A cell or row that may mean something else to calamine."""


@dataclass(frozen=True)
class LongSheet:
    """The columns of a sheet from A on, all as long as its last row, and the shared strings that its cells show."""

    columns: list[list[Any]]
    shared: frozenset[int]


def read(chunks: Iterable[bytes], look: number_formats.Styles, shared: Callable[[], str]) -> LongSheet | None:
    """The cells of a sheet; None when somebody else has to read it.

    `chunks`: its XML in pieces; `shared`: the shared strings' part, asked for when a cell needs it. Cells are as
    `values.one` gives them.
    """
    known = _Known(look, shared)
    try:
        return LongSheet(_Reader(known).read(chunks), frozenset(known.used))
    except (NotSureError, ValueError):  # a number or a text that is none
        return None


class _Known(dict[bytes, Any]):
    """What a cell holds, by its XML without the reference; worked out once for equal cells."""

    def __init__(self, look: number_formats.Styles, shared: Callable[[], str]) -> None:
        super().__init__()
        self._look, self._shared = look, shared
        self._strings: list[str | None] | None = None
        self.used: set[int] = set()
        self.texts = _Texts()
        self._is_day: dict[int, bool] = {}
        self._days: dict[bytes, bool] = {}  # how cells of numbers begin: whether they are dates
        self._styled: set[bytes] = set()  # how cells of text begin

    def __missing__(self, fragment: bytes) -> Any:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made: Any
        # First the sorts of cells that differ from row to row: plain texts, whole numbers and dates.
        if fragment[-13:] == b"</t></is></c>":
            start, _, rest = fragment.partition(_PLAIN)
            words = rest[:-13]
            if start in self._styled and words.strip() == words and not _CARE(words):
                made = self[fragment] = self.texts[words]
                return made
        else:
            start, _, rest = fragment.partition(b"<v>")
            figure = rest[:-8]
            days = self._days.get(start)
            if days is not None and figure.isdigit() and len(figure) < _MOST_FIGURES:
                made = int(figure)
                if not days or _FIRST_DAY <= made <= _LAST_DAY:
                    made = self[fragment] = date.fromordinal(made + _DAY_ZERO) if days else made
                    return made
        made = self[fragment] = self._any(fragment, start)
        return made

    def _any(self, fragment: bytes, start: bytes) -> Any:
        found = _FRAGMENT.fullmatch(fragment)
        if found is None:
            raise NotSureError
        style, sort, value, kept, words = found.groups()
        made = self._cell(int(style or 0), sort, value, bool(kept), words)
        if words is not None and start != fragment:
            self._styled.add(start)
        elif sort is None and value is not None and fragment == b"%s<v>%s</v></c>" % (start, value):
            self._days[start] = self._is_day[int(style or 0)]
        return made

    def _cell(self, style: int, sort: bytes | None, value: bytes | None, kept: bool, words: bytes | None) -> Any:  # noqa: FBT001
        if value is None and words is None:
            return None
        if words is not None:
            if sort != b"inlineStr":
                raise NotSureError
            return _text(words.decode("utf-8"), kept=kept)
        figure = value or b""
        if sort is None or sort == b"n":
            return self._number(figure, style)
        if sort == b"s":
            return self._string(int(figure))
        if sort == b"str":
            return _text(figure.decode("utf-8"), kept=False)
        if sort == b"b" and figure in (b"0", b"1"):
            return figure == b"1"
        raise NotSureError

    def _number(self, figure: bytes, style: int) -> Any:
        try:
            count = float(figure)
        except ValueError:
            raise NotSureError from None
        if style not in self._is_day:
            self._is_day[style] = self._shows_days(style)
        if not self._is_day[style]:
            return cell_values.one(count)
        if not _FIRST_DAY <= count <= _LAST_DAY:
            raise NotSureError
        moment = _EPOCH + timedelta(milliseconds=round(count * 86_400_000))
        return cell_values.one(moment)

    def _shows_days(self, style: int) -> bool:
        """Whether numbers of this style are dates. Raises NotSureError for formats that are read in two ways."""
        code = self._look.format_code(style)
        sort = self._look.sort(style)
        if code is None:
            if sort in (number_formats.TIME, number_formats.SPAN):
                raise NotSureError
            return sort in (number_formats.DATE, number_formats.DATETIME)
        if sort in (number_formats.DATE, number_formats.DATETIME) and _DAY_FORMAT.match(code):
            return True
        if sort in (number_formats.GENERAL, number_formats.TEXT) or _FIGURE_FORMAT.match(code):
            return False
        raise NotSureError

    def _string(self, place: int) -> str | None:
        if self._strings is None:
            self._strings = _strings(self._shared())
        if place >= len(self._strings):
            raise NotSureError
        found = self._strings[place]
        if found is None:
            raise NotSureError
        self.used.add(place)
        return found or None


class _Texts(dict[bytes, str | None]):
    """Plain texts by their XML, each once, in whatever cells it stands."""

    def __missing__(self, words: bytes) -> str | None:
        if words.strip() != words or _CARE(words):
            raise NotSureError
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made = self[words] = words.decode("utf-8") or None
        return made


class _ColumnCells(dict[bytes, Any]):
    """What the cells of one column hold, by their XML from the style's number to the letters of the next cell."""

    def __init__(self, known: _Known, ending: bytes) -> None:
        super().__init__()
        self._known, self._ending = known, ending
        self._start = self._close = self._between = b""  # of the cells of a column in which most are different
        self._of_texts = False

    def __missing__(self, xml: bytes) -> Any:
        made = self[xml] = self._known[b' s="' + self._cell(xml)]
        return made

    def _cell(self, xml: bytes) -> bytes:
        if not xml.endswith(self._ending):
            raise NotSureError
        return xml[: len(xml) - len(self._ending)]

    def read(self, xmls: Sequence[bytes]) -> list[Any]:
        """The values of some cells. Raises NotSureError for cells that are to be read one by one."""
        found = self._all_alike(xmls) if self._between else None
        if found is None:
            if len(self) >= _MOST_OF_COLUMN:
                self.clear()
            before = len(self)
            found = list(map(self.__getitem__, xmls))
            self._between = b""
            if len(self) - before > len(xmls) // _MANY:
                self._learn(xmls[-1])
        return found

    def _learn(self, xml: bytes) -> None:
        """Remember what stands around the words of a cell, when it is a plain text or a whole number."""
        cell = self._cell(xml)
        self._of_texts = cell.endswith(b"</t></is></c>")
        start, tag, rest = cell.partition(_PLAIN if self._of_texts else b"<v>")
        close = b"</t></is></c>" if self._of_texts else b"</v></c>"
        if tag and rest.endswith(close) and type(self[xml]) is (str if self._of_texts else int):
            self._start, self._close = start + tag, close + self._ending
            self._between = self._close + self._start

    def _all_alike(self, xmls: Sequence[bytes]) -> list[Any] | None:
        """The values of cells that differ in their words alone; None when that is not so."""
        whole = b"".join(xmls)
        words = whole[len(self._start) : len(whole) - len(self._close)].split(self._between)
        if len(words) != len(xmls) or not (whole.startswith(self._start) and whole.endswith(self._close)):
            return None
        if self._of_texts:
            try:
                return list(map(self._known.texts.__getitem__, words))
            except NotSureError:
                return None
        whole_numbers = b"".join(words).isdigit() and b"" not in words and len(max(words, key=len)) < _MOST_FIGURES
        return list(map(int, words)) if whole_numbers else None


def _text(xml: str, *, kept: bool) -> str | None:
    """A text between two tags; "" is None. Raises NotSureError for blanks that somebody else may cut off."""
    if "\r" in xml or (not kept and xml != xml.strip(" \t\n")):
        raise NotSureError
    return cell_text.plain(xml) or None


def _strings(xml: str) -> list[str | None]:
    """The shared strings; None for one with formats or a pronunciation in it."""
    if "<!" in xml:
        raise NotSureError
    return [_shared_string(found[1] or "") for found in _STRING.finditer(xml)]


def _shared_string(inside: str) -> str | None:
    found = _ONE_TEXT.fullmatch(inside) if inside else None
    if not found:
        return None
    try:
        return _text(found[2] or "", kept=bool(found[1])) or ""
    except NotSureError:
        return None


class _Reader:
    """Puts the cells in their columns, row after row."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._columns: list[list[Any]] = []
        self._last = 0
        self._letters: list[bytes] = []  # of a row in which no cell is missing
        self._by_column: list[_ColumnCells] = []

    def read(self, chunks: Iterable[bytes]) -> list[list[Any]]:
        for xmls in _rows(chunks):
            columns = self._together(xmls)
            if columns:
                self._last += len(xmls)
                self._put(columns, len(xmls))
                continue
            rows: list[Sequence[Any]] = []
            for xml in xmls:
                before, self._last = self._last, self._number(xml)
                if self._last <= before or self._last > room.EXCEL_ROWS or _NO_ROW(xml):
                    raise NotSureError
                rows += [()] * (self._last - before - 1)
                rows.append(self._cells(xml))
            self._add(rows)
        return self._columns

    def _together(self, xmls: Sequence[bytes]) -> list[list[Any]] | None:
        """The columns of rows that all have the same cells, each with a style; None when that is not so."""
        rows, head = [], b""
        for row, xml in enumerate(xmls, self._last + 1):
            cells = xml.split(b'%d" s="' % row)
            start = b'<row r="%d"' % row
            if not head:
                head = cells[0].removeprefix(start)
                if not _HEAD.fullmatch(head):
                    return None
            if cells[0] != start + head:
                return None
            rows.append(cells)
        try:
            _, *columns = zip(*rows, strict=True)
            if len(columns) != len(self._by_column):
                endings = [f'<c r="{letters(column)}'.encode() for column in range(2, len(columns) + 1)]
                self._by_column = [_ColumnCells(self._known, ending) for ending in (*endings, b"")]
            return [known.read(cells) for known, cells in zip(self._by_column, columns, strict=True)]
        except (NotSureError, ValueError):  # then each row is read by itself
            return None

    def _number(self, xml: bytes) -> int:
        if xml.startswith(b'<row r="%d">' % (self._last + 1)):
            return self._last + 1
        found = _ROW.match(xml, max(xml.rfind(b"<row "), 0))
        if not found:
            raise NotSureError
        return int(found[1] or found[2])

    def _cells(self, xml: bytes) -> list[Any]:
        """The cells of one row, from column A on."""
        parts = _BEGINNING.split(xml)
        names, cells = parts[1::2], parts[2::2]
        if names != self._letters:
            if len(names) <= len(self._letters) or not _in_order(names):
                return self._scattered(names, cells)
            self._letters = names
        return list(map(self._known.__getitem__, cells))

    def _scattered(self, names: Sequence[bytes], cells: Sequence[bytes]) -> list[Any]:
        """The cells of a row in which some are missing."""
        made: list[Any] = []
        for name, cell in zip(names, cells, strict=True):
            column = number(name.decode())
            if column <= len(made) or column > room.MOST_COLUMNS:
                raise NotSureError
            made += [None] * (column - len(made) - 1)
            made.append(self._known[cell])
        return made

    def _add(self, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            width = max(len(self._columns), *map(len, rows))
            self._refuse_too_many(width)  # before rows become columns, each as long as them all
            self._put([cells[:-1] for cells in zip_longest(*rows, (None,) * width)], len(rows))

    def _refuse_too_many(self, width: int) -> None:
        """Raise NotSureError for a sheet of more cells than are read: who measures it then refuses it."""
        if self._last > room.EXCEL_ROWS or width * self._last > room.MOST_OWN_CELLS:
            raise NotSureError

    def _put(self, columns: Sequence[Sequence[Any]], count: int) -> None:
        """Add the cells of the next rows, column by column; columns further right are blank there."""
        self._refuse_too_many(max(len(columns), len(self._columns)))
        before = len(self._columns[0]) if self._columns else 0
        for _ in range(len(columns) - len(self._columns)):
            self._columns.append([None] * before)
        for column, cells in zip_longest(self._columns, columns):
            column.extend(cells or [None] * count)


def _in_order(names: Sequence[bytes]) -> bool:
    """Whether these are the letters of the columns from A on."""
    return all(name == letters(column).encode() for column, name in enumerate(names, 1))


def _rows(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The sheet's rows without their end tags, a good number at a time."""
    held, inside = b"", False
    pieces = iter(chunks)
    for chunk in pieces:
        held += chunk
        if not inside:
            found = _START.search(held)
            if not found:
                continue
            head, held, inside = held[: found.start()], held[found.end() :], True
            if b"<!" in head or b"purl.oclc.org" in head or b"<worksheet" not in head:
                raise NotSureError
        *rows, held = held.split(b"</row>")
        yield rows
        end = held.find(b"</sheetData")
        if end >= 0:
            if b"<!" in held[:end]:
                raise NotSureError
            break
    else:
        raise NotSureError
    for _ in pieces:  # to the last byte, so that damage shows
        pass
