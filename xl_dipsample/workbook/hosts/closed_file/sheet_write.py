"""One sheet written anew: its tables' rows, single cells, cached values of formulas, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np

from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.hosts.closed_file import fragments, sheet_ranges, sheet_rows
from xl_dipsample.workbook.hosts.closed_file.cell_text import plain
from xl_dipsample.workbook.hosts.closed_file.fill_down import Fill
from xl_dipsample.workbook.hosts.closed_file.fragments import Look
from xl_dipsample.workbook.hosts.closed_file.number_formats import Styles
from xl_dipsample.workbook.hosts.closed_file.references import Area, Stretch, cell, letters
from xl_dipsample.workbook.hosts.closed_file.sheet_rows import Block, Edit
from xl_dipsample.workbook.hosts.closed_file.table_parts import is_filtered
from xl_dipsample.workbook.hosts.closed_file.table_writes import TableWrite
from xl_dipsample.workbook.hosts.closed_file.xml import attributes, plain_dialect, with_attribute
from xl_dipsample.workbook.hosts.closed_file.zip_members import Member, streamed

_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_FORMULA_CELL = re.compile(rb"""(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="\w+")?>(<f>[^<]+</f>)""")  # as nearly all are
_MASTER = rb"""<c\s[^>]*?\br=["']([A-Z]+)(\d+)["'][^>]*>\s*<f\b(?=[^>]*\bsi=["']%s["'])[^>]*[^/]>([^<]+)</f>"""
_ROW = re.compile(rb"""<row\s(?:[^>]*?\s)?r\s*=\s*["'](\d+)["']""")
_END = b"</sheetData></worksheet>"
_HEAD = 4_096
_WIDEST, _NARROWEST, _LOOKED_AT = 40, 10, 200


@dataclass
class SheetWrite:
    """What is to be done on one sheet."""

    name: str
    part: str
    xml: bytes
    used: Area  # by what stays and by the tables afterwards
    tables: Sequence[TableWrite] = ()
    values: Mapping[str, CellValue] = field(default_factory=dict)  # cell -> new constant
    cached: Mapping[str, CellValue] = field(default_factory=dict)  # cell -> new cached value of its formula
    heights: Mapping[int, float | None] = field(default_factory=dict)  # row -> points; None: one line is enough


@dataclass(frozen=True)
class Written:
    """A sheet as it is now; `removed` are rows whose shared strings went, `changes` how its tables grew.

    `shared`: the shared strings that its cells show, where they are known.
    """

    member: Member
    removed: list[bytes]
    changes: list[Stretch]
    shared: frozenset[int] | None = None


def write(sheet: SheetWrite, styles: Styles, *, since_1904: bool) -> Written:
    """Write the sheet."""
    head, rows, tail = sheet_rows.parts(sheet.xml)
    maker = _Maker(sheet, head.decode("utf-8"), rows, styles, since_1904)
    blocks = [block for table in sheet.tables for block in maker.blocks(table)]
    changes = [
        Stretch(
            write.old_body,
            write.area.bottom - write.table.has_totals,
            write.area.right,
            ended=write.table.body.bottom,
        )
        for write in sheet.tables
    ]
    pass_ = sheet_rows.Rewriter(rows, blocks, maker.edits())
    new_head = maker.head.encode("utf-8")
    new_tail = sheet_ranges.after_rows(tail.decode("utf-8"), changes).encode("utf-8") if changes else tail

    def chunks() -> Iterator[bytes]:
        pieces = pass_.chunks()
        held = new_head + next(pieces)
        for piece in pieces:
            yield with_heights(held, sheet.heights)
            held = piece
        yield with_heights(held, sheet.heights) + new_tail

    member = streamed(sheet.part, chunks())
    return Written(member, pass_.removed, changes, frozenset(pass_.shared))


def write_top(before: Member, sheet: SheetWrite, styles: Styles, *, since_1904: bool) -> Written | None:
    """Write the single cells of a long sheet, reading it no further than they reach; what follows is copied.

    The member is `before` itself when nothing changes. None when the sheet has to be read as a whole.
    """
    last = max(cell(reference)[0] for reference in (*sheet.values, *sheet.cached))
    pieces = before.chunks()
    held, cut = b"", -1
    for piece in pieces:
        held += piece
        if not plain_dialect(held[:_HEAD].decode("utf-8", "replace")) or b"<worksheet" not in held[:_HEAD]:
            return None
        cut = next((row.start() for row in _ROW.finditer(held) if int(row[1]) > last), -1)
        if cut >= 0:
            break
    if cut < 0:
        return None
    top = held[:cut] + _END
    one = write(replace(sheet, xml=top), styles, since_1904=since_1904)
    new = one.member.content()
    if new == top:
        return replace(one, member=before)
    rest = chain((new.removesuffix(_END), held[cut:]), pieces)
    return replace(one, member=streamed(sheet.part, rest), shared=None)


class _Maker:
    """Turns tables and values into blocks and edits."""

    def __init__(self, sheet: SheetWrite, head: str, rows: bytes, styles: Styles, since_1904: bool) -> None:  # noqa: FBT001
        self._sheet, self._rows, self._styles, self._since_1904 = sheet, rows, styles, since_1904
        self._columns = sheet_ranges.column_styles(head)
        filled = [reference for reference, value in sheet.values.items() if value is not None]
        head = sheet_ranges.reaching(head, filled)
        self.head = sheet_ranges.with_dimension(head, sheet.used) if sheet.tables else head

    def look(self, base: int) -> Look:
        return Look(self._styles, base, self._since_1904)

    # ---- tables

    def blocks(self, write: TableWrite) -> Iterator[Block]:
        """The block of a table's rows, and one for its headings when they changed."""
        table = write.table
        start, first = sheet_rows.row_cells(self._rows, table.top)
        bases = self._bases(write, first)
        columns = [self._column(write, place, bases[place]) for place in range(len(write.frame.columns))]
        yield Block(
            top=table.top,
            left=table.area.left,
            columns=columns,
            old_bottom=write.old_body.bottom,
            right=write.right,
            row_attributes=sheet_rows.height(start),
            unhide=is_filtered(table) and not write.same_rows,
        )
        if list(write.frame.columns) != table.headings:
            yield self._headings(write)
            self._widen(write)

    def _style(self, old: bytes | None, column: int) -> int:
        found = _STYLE.search(old[: old.index(b">")]) if old else None
        return int(found[1]) if found else 0 if old else self._columns.get(column, 0)

    def _bases(self, write: TableWrite, first: Mapping[int, bytes]) -> list[int]:
        """The base style of every column; a new column looks like the last one that the spec has."""
        left = write.table.area.left
        old = {
            heading: self._style(first.get(column), column) for column, heading in enumerate(write.table.headings, left)
        }
        known = [h for h in (write.spec.headings if write.spec else []) if h in old] or list(old)
        bases = []
        for heading in write.frame.columns:
            of_spec = write.spec is None or heading in write.spec.headings or not write.spec.open_columns
            first_style = old.get(heading, 0) if of_spec else old[known[-1]]
            if heading in write.formulas:  # as it is: a formula in a cell of format Text turns into text when edited
                bases.append(first_style)
                continue
            bases.append(fragments.base_style(self._styles, first_style, write.type_of(heading)))
        return bases

    def _column(self, write: TableWrite, place: int, base: int) -> list[str]:
        heading = write.frame.columns[place]
        cells = write.frame[heading].to_numpy()
        column, top = write.table.area.left + place, write.table.top
        ending = sheet_rows.ending(column, write.table.area.left + len(write.frame.columns) - 1)
        fill = self._fill(write, heading, column)
        look = self.look(base)
        if not len(cells):
            cells = np.array([None], dtype=object)
        if fill:
            found = [self._sheet.cached.get(f"{letters(column)}{row}", old) for row, old in enumerate(cells, top)]
            return fragments.pieces(fragments.formula_column(fill, top, found, look), ending)
        if write.frame.empty:
            return fragments.pieces([fragments.fragment(None, look)], ending)
        made = fragments.column(cells, look, ending, write.coded.get(heading))
        return self._typed_by_row(write, heading, cells, made, base, ending)

    def _typed_by_row(
        self, write: TableWrite, heading: str, cells: Any, made: list[str], base: int, ending: str
    ) -> list[str]:
        """In Setting / Value tables a blank cell is ready for what its setting asks for."""
        of_spec = write.spec
        if not of_spec or not of_spec.cell_types or heading not in of_spec.headings:
            return made
        if of_spec.column(heading).by != "people":
            return made
        for row, key in enumerate(write.frame[of_spec.key[0]]):
            type_ = of_spec.cell_types.get(key)
            if type_ and (cells[row] is None or not isinstance(cells[row], str)):
                look = self.look(fragments.base_style(self._styles, base, type_))
                made[row : row + 1] = fragments.pieces([fragments.fragment(cells[row], look)], ending)
        return made

    def _fill(self, write: TableWrite, heading: str, column: int) -> Fill | None:
        """The column's formula: that of the first row that has one, otherwise that of the table."""
        wanted = heading in write.formulas
        if not wanted and (heading in write.given or heading not in write.table.headings):
            return None
        own = not wanted and write.spec is not None and heading in write.spec.headings
        if own:
            return None
        for row in sheet_rows.rows(self._rows):
            if row.number < write.table.top:
                continue
            if row.number > write.old_body.bottom:
                break
            old = dict(sheet_rows.cells(self._rows[row.head : row.end])).get(column, b"")
            fill = self._fill_of(old, row.number)
            if fill:
                return fill
            if not wanted:  # a column of people's own is filled down when its first row has a formula
                return None
        known = next((one.formula for one in write.table.columns if one.heading == heading), "")
        return Fill(known, write.table.top) if known else None

    def _fill_of(self, old: bytes, row: int) -> Fill | None:
        found = _FORMULA.search(old)
        if not found:
            return None
        given = attributes(f"<f{found[1].decode()}>")
        if found[2]:
            return Fill(plain(found[2].decode("utf-8")), row)
        master = re.search(_MASTER % re.escape(given.get("si", "")).encode(), self._rows) if "si" in given else None
        return Fill(plain(master[3].decode("utf-8")), int(master[2])) if master else None

    def _headings(self, write: TableWrite) -> Block:
        table = write.table
        _, old = sheet_rows.row_cells(self._rows, table.area.top)
        styles = {
            heading: self._style(old.get(column), column)
            for column, heading in enumerate(table.headings, table.area.left)
        }
        last = list(styles.values())[-1] if styles else 0
        left, right = table.area.left, table.area.left + len(write.frame.columns) - 1
        cells = [
            fragments.pieces(
                [fragments.fragment(str(heading), self.look(styles.get(heading, last)))],
                sheet_rows.ending(column, right),
            )
            for column, heading in enumerate(write.frame.columns, left)
        ]
        return Block(table.area.top, left, cells, table.area.top, write.right)

    def _widen(self, write: TableWrite) -> None:
        """Widths for columns that had none: as wide as their first texts, within reason."""
        widths = {}
        for place, heading in enumerate(write.frame.columns):
            texts = [str(value) for value in write.frame[heading].head(_LOOKED_AT) if value is not None]
            longest = max((len(one) for one in texts), default=0)
            widths[write.table.area.left + place] = float(min(max(longest, len(heading), _NARROWEST) + 3, _WIDEST))
        self.head = sheet_ranges.with_widths(self.head, widths)

    # ---- single cells

    def edits(self) -> dict[int, dict[int, Edit]]:
        """The single cells to write, by row and column."""
        found: dict[int, dict[int, Edit]] = {}
        taken = [
            Area(write.table.top, write.table.area.left, max(write.area.bottom, write.old_body.bottom), write.right)
            for write in self._sheet.tables
        ]
        for reference, value in self._sheet.cached.items():
            row, column = cell(reference)
            if not any(area.meets(Area(row, column, row, column)) for area in taken):
                found.setdefault(row, {})[column] = self._renewed(value)
        for reference, value in self._sheet.values.items():
            row, column = cell(reference)
            found.setdefault(row, {})[column] = self._constant(value, column)
        return found

    def _constant(self, value: CellValue, column: int) -> Edit:
        def edit(reference: str, old: bytes) -> bytes:
            base = fragments.base_style(self._styles, self._style(old, column), None)
            return f'<c r="{reference}"{fragments.fragment(value, self.look(base))}'.encode()

        return edit

    def _renewed(self, value: CellValue) -> Edit:
        def edit(_: str, old: bytes) -> bytes:
            plain_cell = _FORMULA_CELL.match(old)
            if plain_cell:
                sort, shown = fragments.cached_value(value, self.look(0))
                return f"{sort}>".encode().join(plain_cell.groups()) + f"{shown}</c>".encode()
            formula = _FORMULA.search(old)
            if not formula:
                return old
            start = with_attribute(old[: old.index(b">") + 1].decode("utf-8"), "t", None)
            rest = fragments.cached(formula[0].decode("utf-8"), value, self.look(0))
            return f"{start[:-1].rstrip()}{rest}".encode()

        return edit


_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*>')
_HEIGHT = re.compile(rb'\s(?:ht|customHeight)="[^"]*"')
_FIXED = (b'customHeight="1"', b'customHeight="true"')


def with_heights(sheet: bytes, needed: Mapping[int, float | None]) -> bytes:
    """The sheet's XML with these heights in points; None: one line is enough.

    >>> with_heights(b'<row r="5" ht="15"><c/></row>', {5: 30.0})
    b'<row r="5" ht="30"><c/></row>'
    """

    def adapted(found: re.Match[bytes]) -> bytes:
        tag, row = found[0], int(found[1])
        if row not in needed or any(mark in tag for mark in _FIXED):
            return tag
        plain, height = _HEIGHT.sub(b"", tag), needed[row]
        if height is None:
            return plain
        end = b"/>" if plain.endswith(b"/>") else b">"
        return plain.removesuffix(end) + b' ht="%g"' % height + end

    return _ROW.sub(adapted, sheet) if needed else sheet
