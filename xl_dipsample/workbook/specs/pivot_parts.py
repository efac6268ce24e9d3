"""Real PivotTables, put into a workbook that is built: caches on the tables Review and Harms, no records.

A cache keeps no row of its source (saveData off, no records) and refreshes when the workbook opens; it knows only the
words of the reference lists, so that they keep their order. Nobody can drill down to rows (enableDrill off). The page
filter takes one item, Yes: a filter that hides No forgets it at a refresh while nobody has left the sample.
The parts are written here as text: XlsxWriter knows no PivotTables, and openpyxl would have to load and re-save.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from xml.sax.saxutils import quoteattr, unescape

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from xl_dipsample.domain.review import review_columns
from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.specs import columns, pivot_counts, spec
from xl_dipsample.workbook.specs.pivot_counts import CHOSEN, FILTER, Pivot, Shown, Word

SHEET = "Pivots"
COUNTED = "Unique ID"
TITLE_ROW, TOP_ROW = 5, 9  # row 7 is the filter's: Excel leaves one row between it and its table
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


_CROSS = Pivot("Outcome by scenario", "Review", "Outcome", "Scenario", 1)
_HARMS = Pivot("Outcome by type of harm", "Harms", "Outcome", "Type of harm", 0)
_FIRST, _APART = 11, 3  # columns: where the first list stands, from one to the next


def pivots(asked: pd.DataFrame | None) -> tuple[Pivot, ...]:
    """The PivotTables of a workbook; `asked`: its table Questions, of which what is chosen has one, too.

    Side by side, because a PivotTable grows down as people type; the last one alone may grow to the right without end.
    """
    found = [_CROSS]
    for one in review_columns.placed(columns.of_review(asked), lambda one: one.pivot):
        title, taken = one.heading, {_HARMS.title.casefold(), *(pivot.title.casefold() for pivot in found)}
        while title.casefold() in taken:  # Excel takes no two of one name
            title += " "
        found.append(Pivot(title, "Review", one.heading, "", _FIRST + _APART * (len(found) - 1)))
    return (*found, replace(_HARMS, column=_FIRST + _APART * (len(found) - 1)))


class Counts:
    """What the PivotTables of one workbook show; `tables`: its tables by name."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables
        self.pivots = pivots(tables.get("Questions"))
        self._columns = {one.heading: one for one in columns.of_review(tables.get("Questions"))}
        self._shown: dict[Pivot, Shown | None] = {}

    @cached_property
    def rows(self) -> dict[str, pd.DataFrame]:
        """By table, the rows that the filter lets through."""
        return {name: pivot_counts.rows(name, self.tables) for name in sorted({pivot.table for pivot in self.pivots})}

    def shown(self, pivot: Pivot) -> Shown | None:
        """What one shows; None when no row is counted."""
        if pivot not in self._shown:
            self._shown[pivot] = pivot_counts.shown(pivot, self.rows[pivot.table], self._columns[pivot.down])
        return self._shown[pivot]

    def words(self, table: str, heading: str) -> tuple[Word, ...]:
        """The words of a field that stand in the cache, so that they come in the order of the reference lists."""
        return pivot_counts.known(heading, self.rows[table], self._columns.get(heading))


def place(pivot: Pivot, shown: Shown | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last cell of a PivotTable, its filter left out: row and column, from 1."""
    height, width = (2 + bool(pivot.across), 2) if shown is None else (len(shown.cells), len(shown.cells[-1]))
    return (TOP_ROW, pivot.column), (TOP_ROW + height - 1, pivot.column + width - 1)


def cells(pivot: Pivot, shown: Shown | None) -> dict[tuple[int, int], CellValue]:
    """What stands on the sheet: the filter's two cells and the table's, as a refresh writes them, by row and column."""
    if shown is None:
        return {}
    lines = [(TOP_ROW - 2, (FILTER, CHOSEN)), *enumerate(shown.cells, TOP_ROW)]
    return {
        (row, column): word
        for row, words in lines
        for column, word in enumerate(words, pivot.column)
        if word not in (None, "")
    }


def add_pivots(parts: dict[str, bytes], kind: Kind, tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The parts of a workbook with its PivotTables; as they are when this kind has no sheet for them.

    `tables`: the workbook's tables by name; what they give stands on the sheet already (pivots_sheet.py).
    Raises ValueError when a part of the workbook does not look as expected.
    """
    if SHEET not in [sheet.name for sheet in spec.sheets(kind)]:
        return parts
    headings, counts = _headings(parts), Counts(tables)
    sources = list(dict.fromkeys(pivot.table for pivot in counts.pivots))
    new: dict[str, str] = {}
    for number, table in enumerate(sources, 1):
        new[f"xl/pivotCache/pivotCacheDefinition{number}.xml"] = _cache(table, headings[table], counts)
    for number, pivot in enumerate(counts.pivots, 1):
        cache = sources.index(pivot.table) + 1
        new[f"xl/pivotTables/pivotTable{number}.xml"] = _definition(pivot, headings[pivot.table], cache, counts)
        target = f"../pivotCache/pivotCacheDefinition{cache}.xml"
        new[f"xl/pivotTables/_rels/pivotTable{number}.xml.rels"] = _relations([("pivotCacheDefinition", target)])
    changed = _joined(parts, sources, len(counts.pivots))
    return {**parts, **changed, **{name: text.encode() for name, text in new.items()}}


def _headings(parts: dict[str, bytes]) -> dict[str, list[str]]:
    """The headings of every table, as its part has them."""
    found = {}
    for name, data in parts.items():
        if name.startswith("xl/tables/"):
            text = data.decode()
            table = _only(r'<table [^>]*?displayName="([^"]+)"', text, name)
            heads = re.findall(r'<tableColumn [^>]*?\bname="([^"]*)"', text)
            found[table] = [unescape(head, {"&quot;": '"', "&#xA;": "\n"}) for head in heads]
    return found


def _axes(pivot: Pivot) -> list[str]:
    return [name for name in (pivot.down, pivot.across, FILTER) if name]


def _cache(table: str, headings: list[str], counts: Counts) -> str:
    """A cache definition; only fields on an axis of some PivotTable have words."""
    axes = {name for pivot in counts.pivots if pivot.table == table for name in _axes(pivot)}
    items = [_shared(counts.words(table, name)) if name in axes else "<sharedItems/>" for name in headings]
    fields = "".join(
        f'<cacheField name={quoteattr(heading)} numFmtId="0">{shared}</cacheField>'
        for heading, shared in zip(headings, items, strict=True)
    )
    return (
        f'{_HEAD}<pivotCacheDefinition xmlns="{_MAIN}" saveData="0" refreshOnLoad="1" createdVersion="6"'
        ' refreshedVersion="6" minRefreshableVersion="3" missingItemsLimit="0">'
        f'<cacheSource type="worksheet"><worksheetSource name={quoteattr(table)}/></cacheSource>'
        f'<cacheFields count="{len(headings)}">{fields}</cacheFields></pivotCacheDefinition>'
    )


def _shared(words: tuple[Word, ...]) -> str:
    items = "".join("<m/>" if word is None else f"<s v={quoteattr(word)}/>" for word in words)
    blank = ' containsBlank="1"' if None in words else ""
    return f'<sharedItems{blank} count="{len(words)}">{items}</sharedItems>'


def _definition(pivot: Pivot, headings: list[str], cache: int, counts: Counts) -> str:
    """A PivotTable definition: counts of unique IDs, filtered to the rows in the sample."""
    number = {heading: number for number, heading in enumerate(headings)}
    fields = "".join(_field(pivot, heading, counts) for heading in headings)
    shown = counts.shown(pivot)
    first, last = place(pivot, shown)
    corner = f"{xl_rowcol_to_cell(first[0] - 1, first[1] - 1)}:{xl_rowcol_to_cell(last[0] - 1, last[1] - 1)}"
    down = items("row", shown.down if shown else (), counts.words(pivot.table, pivot.down))
    across = '<colItems count="1"><i/></colItems>'
    if pivot.across:
        columns = items("col", shown.across if shown else (), counts.words(pivot.table, pivot.across))
        across = f'<colFields count="1"><field x="{number[pivot.across]}"/></colFields>{columns}'
    return (
        f'{_HEAD}<pivotTableDefinition xmlns="{_MAIN}" name={quoteattr(pivot.title)} cacheId="{cache}"'
        ' applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0"'
        ' applyAlignmentFormats="0" applyWidthHeightFormats="1" dataCaption="Cases" updatedVersion="6"'
        ' minRefreshableVersion="3" enableDrill="0" useAutoFormatting="1" itemPrintTitles="1" createdVersion="6"'
        f' indent="0" outline="1" outlineData="1" multipleFieldFilters="0" rowHeaderCaption={quoteattr(pivot.down)}'
        f" colHeaderCaption={quoteattr(pivot.across or pivot.down)}>"
        f'<location ref="{corner}" firstHeaderRow="1" firstDataRow="{2 if pivot.across else 1}" firstDataCol="1"'
        ' rowPageCount="1" colPageCount="1"/>'
        f'<pivotFields count="{len(headings)}">{fields}</pivotFields>'
        f'<rowFields count="1"><field x="{number[pivot.down]}"/></rowFields>{down}'
        f"{across}"
        f'<pageFields count="1"><pageField fld="{number[FILTER]}" item="0" hier="-1"/></pageFields>'
        f'<dataFields count="1"><dataField name={quoteattr(_caption(headings))} fld="{number[COUNTED]}"'
        ' subtotal="count" baseField="0" baseItem="0"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" showRowStripes="0"'
        ' showColStripes="0" showLastColumn="1"/></pivotTableDefinition>'
    )


def _caption(headings: list[str]) -> str:
    """What the counts are called: Excel wants a name that no column has."""
    caption = pivot_counts.COUNTED
    while caption.casefold() in [heading.casefold() for heading in headings]:
        caption += " "
    return caption


def items(which: str, shown: tuple[Word, ...], words: Sequence[Word]) -> str:
    """The lines (or columns) that are shown, by the place of their words in the field, and the total.

    With a word that somebody typed there are none, because no cache holds it: the sheet has its cells all the same.
    """
    places = {pivot_counts.key(word): place for place, word in enumerate(words)}
    if not all(pivot_counts.key(word) in places for word in shown):
        return ""
    numbers = [places[pivot_counts.key(word)] for word in shown]
    lines = "".join(f'<i><x v="{number}"/></i>' if number else "<i><x/></i>" for number in numbers)
    return f'<{which}Items count="{len(shown) + 1}">{lines}<i t="grand"><x/></i></{which}Items>'


def _field(pivot: Pivot, heading: str, counts: Counts) -> str:
    """One field: on an axis with its words, counted, or neither. New words are always shown."""
    if heading == COUNTED:
        return '<pivotField dataField="1" showAll="0"/>'
    axis = {pivot.down: "axisRow", pivot.across: "axisCol", FILTER: "axisPage"}.get(heading)
    if axis is None:
        return '<pivotField showAll="0"/>'
    words = counts.words(pivot.table, heading)
    items = "".join(f'<item x="{number}"/>' for number in range(len(words)))
    return (
        f'<pivotField axis="{axis}" showAll="0" includeNewItemsInFilter="1">'
        f'<items count="{len(words) + 1}">{items}<item t="default"/></items></pivotField>'
    )


def _joined(parts: dict[str, bytes], sources: list[str], many: int) -> dict[str, bytes]:
    """The parts that have to know of the new ones: the workbook, the sheet's relations, the list of types."""
    workbook, relations = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    sheet = _sheet_part(workbook, relations)
    beside = f"xl/worksheets/_rels/{sheet}.rels"
    caches = [("pivotCacheDefinition", f"pivotCache/pivotCacheDefinition{n}.xml") for n in range(1, len(sources) + 1)]
    tables = [("pivotTable", f"../pivotTables/pivotTable{n}.xml") for n in range(1, many + 1)]
    listed = "".join(
        f'<pivotCache cacheId="{number}" r:id="rIdCache{number}"/>' for number in range(1, len(sources) + 1)
    )
    types = [
        (f"/xl/pivotCache/pivotCacheDefinition{n}.xml", "pivotCacheDefinition+xml") for n in range(1, len(sources) + 1)
    ] + [(f"/xl/pivotTables/pivotTable{n}.xml", "pivotTable+xml") for n in range(1, many + 1)]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{_TYPE}{kind}"/>' for name, kind in types)
    there = parts.get(beside, _relations([]).encode()).decode()
    return {
        "xl/workbook.xml": _before(workbook, "</workbook>", f"<pivotCaches>{listed}</pivotCaches>"),
        "xl/_rels/workbook.xml.rels": _before(relations, "</Relationships>", _links(caches, "rIdCache")),
        beside: _before(there, "</Relationships>", _links(tables, "rIdPivot")),
        "[Content_Types].xml": _before(parts["[Content_Types].xml"].decode(), "</Types>", overrides),
    }


def _sheet_part(workbook: str, relations: str) -> str:
    """The file name of the sheet Pivots."""
    link = _only(rf'<sheet name="{SHEET}"[^>]*? r:id="([^"]+)"', workbook, "xl/workbook.xml")
    return _only(rf'Id="{link}"[^>]*? Target="worksheets/([^"]+)"', relations, "xl/_rels/workbook.xml.rels")


def _relations(links: list[tuple[str, str]]) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{_links(links, "rId")}</Relationships>'


def _links(links: list[tuple[str, str]], prefix: str) -> str:
    return "".join(
        f'<Relationship Id="{prefix}{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )


def _before(text: str, end: str, more: str) -> bytes:
    if text.count(end) != 1:
        raise ValueError(f"a part does not end with {end} exactly once")
    return text.replace(end, more + end).encode()


def _only(pattern: str, text: str, part: str) -> str:
    found = re.search(pattern, text)
    if not found:
        raise ValueError(f"{part} does not look as expected")
    return found[1]
