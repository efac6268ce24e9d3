"""From a workbook and what is to be written in it to the workbook's new bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.hosts.closed_file import chart_caches, grid, number_formats, sheet_rows, sheet_write
from xl_dipsample.workbook.hosts.closed_file import table_parts as table_parts
from xl_dipsample.workbook.hosts.closed_file import workbook_part as books
from xl_dipsample.workbook.hosts.closed_file.grid import View
from xl_dipsample.workbook.hosts.closed_file.long_sheets import LONG
from xl_dipsample.workbook.hosts.closed_file.references import Area, Stretch, cell
from xl_dipsample.workbook.hosts.closed_file.sheet_write import SheetWrite, Written
from xl_dipsample.workbook.hosts.closed_file.table_writes import TableWrite
from xl_dipsample.workbook.hosts.closed_file.workbook_part import BookPart
from xl_dipsample.workbook.hosts.closed_file.xml import attributes, start_tag
from xl_dipsample.workbook.hosts.closed_file.zip_members import Member, Package, packed
from xl_dipsample.workbook.specs import pivots_stored
from xl_dipsample.workbook.specs.pivot_parts import SHEET as PIVOTS
from xl_dipsample.workbook.specs.pivot_parts import Counts
from xl_dipsample.workbook.specs.pivots_stored import Stored

CACHE = "pivotCacheDefinition"  # the last word of the relation


@dataclass(frozen=True)
class Changes:
    """Everything that is to be written: tables by name, constants and cached values by sheet and cell."""

    tables: Mapping[str, TableWrite] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)
    cached: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)
    heights: Mapping[str, Mapping[int, float | None]] = field(default_factory=dict)  # by sheet and row
    shared: Mapping[str, frozenset[int]] = field(default_factory=dict)  # by part: what it showed before, where known
    pivots: Counts | None = None  # what the PivotTables show, where there is a sheet of them


def render(package: Package, book: BookPart, views: Mapping[str, View], changes: Changes) -> bytes:
    """The bytes of the workbook with the changes in it; parts that they do not touch are as they were.

    `views` has the sheets on which tables change. Raises FileProblem when a part is damaged.
    """
    style_part = next(
        (p for kind, p in books.related(package, book.part).values() if kind == "styles"), number_formats.PART
    )
    look = number_formats.Styles(package.text(style_part) if style_part in package else "")
    stored = _stored_pivots(package, book, changes.pivots) if changes.pivots else Stored()
    if stored.cells:
        beside = {**changes.values.get(PIVOTS, {}), **stored.cells}
        changes = replace(changes, values={**changes.values, PIVOTS: beside})
    written = _sheets(package, book, views, changes, look)
    stretches = {name: one.changes for name, one in written.items() if one.changes}
    members = [one.member for one in written.values()]
    members += [_table(write) for write in changes.tables.values()]
    members.append(packed(book.part, books.renewed(book.xml, stretches)))
    if look.changed:
        members.append(packed(style_part, look.xml()))
    more, gone = books.without_calc_chain(package, book)
    new = package.with_members([*members, *more, *_pivots(package, changes, set(written), stored.parts)], gone)
    if any(one.removed for one in written.values()):
        shown = {part: used for part, used in changes.shared.items() if new.member(part) is package.member(part)}
        shown |= {one.member.name: one.shared for one in written.values() if one.shared is not None}
        new = _without_unused_strings(new, book, shown)
    return _with_charts(new, book, set(written), stretches).data()


def _sheets(
    package: Package, book: BookPart, views: Mapping[str, View], changes: Changes, look: number_formats.Styles
) -> dict[str, Written]:
    """Every sheet on which something changes."""
    found: dict[str, Written] = {}
    for name, part in book.sheets.items():
        tables = [write for write in changes.tables.values() if write.table.sheet == name]
        values, cached = changes.values.get(name, {}), changes.cached.get(name, {})
        if not (tables or values or cached):
            continue
        before = package.member(part)
        if not tables and before.size >= LONG:
            places = SheetWrite(name, part, b"", Area(1, 1, 1, 1), (), values, cached)
            top = sheet_write.write_top(before, places, look, since_1904=book.since_1904)
            if top is not None:
                found |= {name: top} if top.member is not before else {}
                continue
        used, heights = _used(views.get(name), tables), changes.heights.get(name, {})
        sheet = SheetWrite(name, part, package.xml(part), used, tables, values, cached, heights)
        one = sheet_write.write(sheet, look, since_1904=book.since_1904)
        if (one.member.crc, one.member.size) != (before.crc, before.size):
            found[name] = one
        elif tables:
            found[name] = Written(before, [], one.changes)
    return found


def _used(view: View | None, tables: Sequence[TableWrite]) -> Area:
    """The area of everything filled on a sheet."""
    places = list(view.strays) if view else []
    written = {write.table.name for write in tables}
    areas = [write.area for write in tables]
    areas += [area for name, area in view.bodies.items() if name not in written] if view else []
    bottom = max([1, *(row for row, _ in places), *(area.bottom for area in areas)])
    right = max([1, *(column for _, column in places), *(area.right for area in areas)])
    top = min([*(row for row, _ in places), *(area.top for area in areas)], default=1)
    left = min([*(column for _, column in places), *(area.left for area in areas)], default=1)
    return Area(top, left, bottom, right)


def _table(write: TableWrite) -> Member:
    keep = write.same_rows or not table_parts.is_filtered(write.table)
    keep = keep and ("<sortState" not in write.table.xml or write.same_rows)
    headings = [str(heading) for heading in write.frame.columns]
    return packed(write.table.part, table_parts.resized(write.table, write.area, headings, keep_filter=keep))


def _stored_pivots(package: Package, book: BookPart, counts: Counts) -> Stored:
    """What the PivotTables store from now on; nothing for a workbook without our sheet of them."""
    if PIVOTS not in book.sheets:
        return Stored()
    found = []
    for sheet, part in book.sheets.items():
        for kind, name in books.related(package, part).values():
            if kind == "pivotTable" and name in package:
                caches = [target for one, target in books.related(package, name).values() if one == CACHE]
                found.append(pivots_stored.Part(name, package.text(name), sheet, caches[0] if caches else ""))
    texts = {part.cache: package.text(part.cache) for part in found if part.cache in package}
    rows = sheet_rows.parts(package.xml(book.sheets[PIVOTS]))[1]
    areas = [table.area for table in book.tables.values() if table.sheet == PIVOTS]
    filled = sheet_rows.filled(rows)

    def taken(row: int, column: int) -> bool:
        return (row, column) in filled or any(area.meets(Area(row, column, row, column)) for area in areas)

    return pivots_stored.renewed(found, texts, counts, taken)


def _pivots(package: Package, changes: Changes, touched: set[str], renewed: Mapping[str, str]) -> list[Member]:
    """Pivot tables on what changed are made anew when the workbook opens; most say so already."""
    found = []
    for name in package.names():
        if name in renewed or name.startswith("xl/pivotCache/pivotCacheDefinition"):
            old = package.text(name)
            new = renewed.get(name, old)
            source = start_tag(new, "worksheetSource")
            given = attributes(source[0]) if source else {}
            if given.get("name") in changes.tables or given.get("sheet") in touched:
                new = books.refreshing(new)
            if new != old:
                found.append(packed(name, new))
    return found


def _without_unused_strings(package: Package, book: BookPart, shown: Mapping[str, frozenset[int]]) -> Package:
    """Empty the shared strings that no cell shows any more; `shown`: what is known of some parts."""
    related = books.related(package, book.part).values()
    part = next((target for kind, target in related if kind == "sharedStrings"), SHARED_PART)
    if part not in package:
        return package
    used: set[int] = set()
    for sheet in book.sheets.values():
        used.update(shown[sheet] if sheet in shown else sheet_rows.shared_strings(package.member(sheet).chunks()))
    before = package.text(part)
    after = emptied(before, used)
    return package if after == before else package.with_members([packed(part, after)])


def _with_charts(package: Package, book: BookPart, touched: set[str], stretches: dict[str, list[Stretch]]) -> Package:
    """Renew the numbers that charts carry with them."""
    charts = [name for name in package.names() if name.startswith("xl/charts/chart") and name.endswith(".xml")]
    texts = {name: package.text(name) for name in charts}
    texts = {name: xml for name, xml in texts.items() if chart_caches.sheets(xml) & touched}
    if not texts:
        return package
    shown = set().union(*(chart_caches.sheets(xml) for xml in texts.values()))
    others = [part for name, part in book.sheets.items() if name not in shown]
    calamine = grid.workbook(package.with_members((), others).data())
    grids: dict[str, grid.Grid] = {}

    def reader(sheet: str, area: Area) -> list[Any]:
        if sheet not in grids:
            grids[sheet] = grid.read(calamine, sheet, package.member(book.sheets[sheet]), package.shared_texts())
        return grids[sheet].area(area)

    here = touched & set(book.sheets)
    new = {name: chart_caches.renewed(xml, here, stretches, reader) for name, xml in texts.items()}
    return package.with_members(packed(name, xml) for name, xml in new.items() if xml != texts[name])


def in_area(area: Area, reference: str) -> bool:
    """Whether a cell lies in an area."""
    row, column = cell(reference)
    return area.meets(Area(row, column, row, column))


SHARED_PART = "xl/sharedStrings.xml"
_ITEM = re.compile(r"<si\b[^>]*?/>|<si\b[^>]*>[^<]*(?:<(?!/si>)[^<]*)*</si>")
_EMPTY = "<si><t/></si>"


def emptied(xml: str, used: Set[int]) -> str:
    """The part with every string emptied whose position is not in `used`.

    >>> emptied("<sst><si><t>Ann</t></si><si><t>b</t></si></sst>", {1})
    '<sst><si><t/></si><si><t>b</t></si></sst>'
    """
    position = -1

    def one(found: re.Match[str]) -> str:
        nonlocal position
        position += 1
        return found[0] if position in used else _EMPTY

    return _ITEM.sub(one, xml)
