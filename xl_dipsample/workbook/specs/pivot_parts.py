"""Real PivotTables, put into a workbook that is built: caches on the tables Review and Harms, no records.

A cache keeps no row of its source (saveData off, no records) and refreshes when the workbook opens; it knows only the
words of the reference lists, so that they keep their order. Nobody can drill down to rows (enableDrill off).
The parts are written here as text: XlsxWriter knows no PivotTables, and openpyxl would have to load and re-save.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr, unescape

from xlsxwriter.utility import xl_rowcol_to_cell

from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import spec

SHEET = "Pivots"
FILTER, COUNTED = "In sample?", "Unique ID"
TITLE_ROW, TOP_ROW = 5, 9  # row 7 is the filter's: Excel leaves one row between it and its table
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BLANK = None  # stands for a blank cell among the words of a field


@dataclass(frozen=True)
class Pivot:
    """One PivotTable: its table, the fields, the column of the sheet where it starts (A is 1)."""

    title: str
    table: str
    down: str
    across: str
    column: int


# Side by side, because a PivotTable grows down as people type; the last one alone may grow to the right without end.
PIVOTS = (
    Pivot("Outcome by scenario", "Review", "Outcome", "Scenario", 1),
    Pivot("Ethnicity", "Review", "Ethnicity", "", 11),
    Pivot("Age band", "Review", "Age band", "", 14),
    Pivot("Gender", "Review", "Gender", "", 17),
    Pivot("Referred to?", "Review", "Referred to?", "", 20),
    Pivot("Outcome by type of harm", "Harms", "Outcome", "Type of harm", 23),
)


def add_pivots(parts: dict[str, bytes], kind: Kind) -> dict[str, bytes]:
    """The parts of a workbook with its PivotTables; as they are when this kind has no sheet for them.

    Raises ValueError when a part of the workbook does not look as expected.
    """
    if SHEET not in [sheet.name for sheet in spec.sheets(kind)]:
        return parts
    headings = _headings(parts)
    sources = list(dict.fromkeys(pivot.table for pivot in PIVOTS))
    new: dict[str, str] = {}
    for number, table in enumerate(sources, 1):
        new[f"xl/pivotCache/pivotCacheDefinition{number}.xml"] = _cache(table, headings[table])
    for number, pivot in enumerate(PIVOTS, 1):
        cache = sources.index(pivot.table) + 1
        new[f"xl/pivotTables/pivotTable{number}.xml"] = _definition(pivot, headings[pivot.table], cache)
        target = f"../pivotCache/pivotCacheDefinition{cache}.xml"
        new[f"xl/pivotTables/_rels/pivotTable{number}.xml.rels"] = _relations([("pivotCacheDefinition", target)])
    changed = _joined(parts, sources)
    return {**parts, **changed, **{name: text.encode() for name, text in new.items()}}


def _headings(parts: dict[str, bytes]) -> dict[str, list[str]]:
    """The headings of every table, as its part has them."""
    found = {}
    for name, data in parts.items():
        if name.startswith("xl/tables/"):
            text = data.decode()
            table = _only(r'<table [^>]*?displayName="([^"]+)"', text, name)
            heads = re.findall(r'<tableColumn [^>]*?\bname="([^"]*)"', text)
            found[table] = [unescape(head, {"&quot;": '"'}) for head in heads]
    return found


def _words(table: str, heading: str) -> list[str | None]:
    """The words of a field that stand in the cache, so that they come in the order of the reference lists."""
    if heading == FILTER:
        return ["Yes", "No"] if table == "Harms" else ["Yes", "No", _BLANK]
    names = {
        "Outcome": "outcome",
        "Scenario": "scenarios",
        "Ethnicity": "ethnicity",
        "Age band": "age_bands",
        "Gender": "gender",
        "Referred to?": "referred_to",
        "Type of harm": "categories",
    }
    return list(spec.lists()[names[heading]])


def _axes(pivot: Pivot) -> list[str]:
    return [name for name in (pivot.down, pivot.across, FILTER) if name]


def _cache(table: str, headings: list[str]) -> str:
    """A cache definition; only fields on an axis of some PivotTable have words."""
    axes = {name for pivot in PIVOTS if pivot.table == table for name in _axes(pivot)}
    fields = "".join(
        f'<cacheField name={quoteattr(heading)} numFmtId="0">{_shared(table, heading, axes)}</cacheField>'
        for heading in headings
    )
    return (
        f'{_HEAD}<pivotCacheDefinition xmlns="{_MAIN}" saveData="0" refreshOnLoad="1" createdVersion="6"'
        ' refreshedVersion="6" minRefreshableVersion="3" missingItemsLimit="0">'
        f'<cacheSource type="worksheet"><worksheetSource name={quoteattr(table)}/></cacheSource>'
        f'<cacheFields count="{len(headings)}">{fields}</cacheFields></pivotCacheDefinition>'
    )


def _shared(table: str, heading: str, axes: set[str]) -> str:
    if heading not in axes:
        return "<sharedItems/>"
    words = _words(table, heading)
    items = "".join("<m/>" if word is _BLANK else f"<s v={quoteattr(str(word))}/>" for word in words)
    blank = ' containsBlank="1"' if _BLANK in words else ""
    return f'<sharedItems{blank} count="{len(words)}">{items}</sharedItems>'


def _definition(pivot: Pivot, headings: list[str], cache: int) -> str:
    """A PivotTable definition: counts of unique IDs, filtered to the rows in the sample."""
    place = {heading: number for number, heading in enumerate(headings)}
    fields = "".join(_field(pivot, heading) for heading in headings)
    last = TOP_ROW + (2 if pivot.across else 1)
    corner = f"{xl_rowcol_to_cell(TOP_ROW - 1, pivot.column - 1)}:{xl_rowcol_to_cell(last - 1, pivot.column)}"
    grand = '<i t="grand"><x/></i>'
    across = (
        f'<colFields count="1"><field x="{place[pivot.across]}"/></colFields><colItems count="1">{grand}</colItems>'
        if pivot.across
        else '<colItems count="1"><i/></colItems>'
    )
    chosen = ' item="0"' if pivot.table == "Harms" else ""
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
        f'<rowFields count="1"><field x="{place[pivot.down]}"/></rowFields><rowItems count="1">{grand}</rowItems>'
        f"{across}"
        f'<pageFields count="1"><pageField fld="{place[FILTER]}"{chosen} hier="-1"/></pageFields>'
        f'<dataFields count="1"><dataField name={quoteattr(_caption(headings))} fld="{place[COUNTED]}"'
        ' subtotal="count" baseField="0" baseItem="0"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" showRowStripes="0"'
        ' showColStripes="0" showLastColumn="1"/></pivotTableDefinition>'
    )


def _caption(headings: list[str]) -> str:
    """What the counts are called: Excel wants a name that no column has."""
    caption = "Cases"
    while caption.casefold() in [heading.casefold() for heading in headings]:
        caption += " "
    return caption


def _field(pivot: Pivot, heading: str) -> str:
    """One field: on an axis with its words, counted, or neither. No hides its rows; new words are always shown."""
    if heading == COUNTED:
        return '<pivotField dataField="1" showAll="0"/>'
    axis = {pivot.down: "axisRow", pivot.across: "axisCol", FILTER: "axisPage"}.get(heading)
    if axis is None:
        return '<pivotField showAll="0"/>'
    words = _words(pivot.table, heading)
    hide = heading == FILTER and pivot.table == "Review"
    items = "".join(
        f'<item h="1" x="{number}"/>' if hide and word == "No" else f'<item x="{number}"/>'
        for number, word in enumerate(words)
    )
    several = ' multipleItemSelectionAllowed="1"' if hide else ""
    return (
        f'<pivotField axis="{axis}"{several} showAll="0" includeNewItemsInFilter="1">'
        f'<items count="{len(words) + 1}">{items}<item t="default"/></items></pivotField>'
    )


def _joined(parts: dict[str, bytes], sources: list[str]) -> dict[str, bytes]:
    """The parts that have to know of the new ones: the workbook, the sheet's relations, the list of types."""
    workbook, relations = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    sheet = _sheet_part(workbook, relations)
    beside = f"xl/worksheets/_rels/{sheet}.rels"
    caches = [("pivotCacheDefinition", f"pivotCache/pivotCacheDefinition{n}.xml") for n in range(1, len(sources) + 1)]
    tables = [("pivotTable", f"../pivotTables/pivotTable{n}.xml") for n in range(1, len(PIVOTS) + 1)]
    listed = "".join(
        f'<pivotCache cacheId="{number}" r:id="rIdCache{number}"/>' for number in range(1, len(sources) + 1)
    )
    types = [
        (f"/xl/pivotCache/pivotCacheDefinition{n}.xml", "pivotCacheDefinition+xml") for n in range(1, len(sources) + 1)
    ] + [(f"/xl/pivotTables/pivotTable{n}.xml", "pivotTable+xml") for n in range(1, len(PIVOTS) + 1)]
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
