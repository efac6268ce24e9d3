"""The PivotTables of a workbook that is there already, brought up to the moment: their words, places and cells.

A preview and Protected View refresh nothing: they show what is stored. One is renewed as long as it counts what we made
it count, stands where we put it and shows every word; any other is somebody's own, and is left as it is until it
refreshes, which it does when the workbook opens. A word that somebody typed comes into no part, only onto the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr, unescape

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.specs import pivot_parts
from xl_dipsample.workbook.specs.pivot_counts import CHOSEN, COUNTED, FILTER, Pivot, Shown, Word, key
from xl_dipsample.workbook.specs.pivot_parts import Counts

_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ESCAPED = {"&quot;": '"', "&apos;": "'", "&#10;": "\n", "&#xA;": "\n"}
_CACHE_FIELD = re.compile(r"<cacheField\b([^>]*?)(?:/>|>(.*?)</cacheField>)", re.DOTALL)
_SHARED = re.compile(r"<sharedItems\b([^>]*?)(?:/>|>(.*?)</sharedItems>)", re.DOTALL)
_WORD = re.compile(r"<([smnbde])\b([^>]*?)/?>")
_FIELD = re.compile(r"<pivotField\b([^>]*?)(?:/>|>(.*?)</pivotField>)", re.DOTALL)
_ITEMS = re.compile(r"<items\b[^>]*>(.*?)</items>", re.DOTALL)
_ITEM = re.compile(r"<item\b([^>]*?)/?>")
_LOCATION = re.compile(r"<location\b[^>]*>")
# What makes a PivotTable show other cells than ours, or in another order.
_OTHERWISE = re.compile(
    r'\b(?:rowGrandTotals|colGrandTotals|showHeaders|compact|outline)="(?:0|false)"'
    r'|\b(?:dataOnRows|gridDropZones)="(?:1|true)"'
    r'|\b(?:grandTotalCaption|sortType="(?:asc|desc)|showDataAs)|<(?:filters|autoSortScope|calculatedItems)\b'
)
_GROUPED = re.compile(r"<(?:fieldGroup|calculatedItems|mpMap)\b")
_OF_WORDS_ALONE = re.compile(r'\s(?:containsString|containsNonDate)="(?:0|false)"')
_NO_WORDS = re.compile(r"\bcontains(?:Number|Date|Integer)=")

Cell = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """A PivotTable of the workbook: its part, the sheet it stands on, the part of its cache."""

    name: str
    xml: str
    sheet: str
    cache: str


@dataclass
class Stored:
    """What is to be written: new texts by part, values by cell of the sheet Pivots (None empties a cell)."""

    parts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, CellValue] = field(default_factory=dict)


@dataclass(frozen=True)
class _Field:
    """A field of a cache: its heading and the words that it keeps, by their number."""

    heading: str
    words: tuple[Word, ...]


def renewed(
    found: Sequence[Part], caches: Mapping[str, str], counts: Counts, taken: Callable[[int, int], bool]
) -> Stored:
    """The PivotTables as `counts` has them.

    `found`: all that the workbook has, wherever they stand; `caches`: the texts of their caches by part. `taken` says
    whether something stands in a cell of the sheet, by row and column from 1: a PivotTable that would grow over what
    it did not hold before is left as it is.
    """
    fields = {name: _fields(xml) for name, xml in caches.items()}
    ours: dict[str, Pivot] = {}
    for part in found:
        pivot = _ours(part, caches.get(part.cache, ""), fields.get(part.cache, ()), counts.pivots)
        if pivot and not any(taken(*one) for one in _area(pivot, counts.shown(pivot)) - _old_area(part.xml)):
            ours[part.name] = pivot
    made = Stored()
    for name, xml in caches.items():
        users = [part for part in found if part.cache == name]
        if users and all(part.name in ours for part in users):
            made.parts[name], fields[name] = _with_words(xml, fields[name], ours[users[0].name].table, counts)
    for part in found:
        if part.name in ours:
            pivot = ours[part.name]
            shown = counts.shown(pivot)
            made.parts[part.name] = _definition(part.xml, pivot, shown, fields[part.cache], counts)
            made.cells |= {_address(one): None for one in _old_area(part.xml)}
            made.cells |= {_address(one): value for one, value in pivot_parts.cells(pivot, shown).items()}
    return made


def _given(tag: str) -> dict[str, str]:
    return {name: unescape(one or two, _ESCAPED) for name, one, two in _ATTRIBUTE.findall(tag)}


def _address(one: Cell) -> str:
    address: str = xl_rowcol_to_cell(one[0] - 1, one[1] - 1)
    return address


def _rectangle(first: Cell, last: Cell) -> set[Cell]:
    return {(row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)}


def _area(pivot: Pivot, shown: Shown | None) -> set[Cell]:
    first, last = pivot_parts.place(pivot, shown)
    return _rectangle(first, last)


def _old_area(xml: str) -> set[Cell]:
    location = _LOCATION.search(xml)
    corners = _given(location[0]).get("ref", "A1").split(":") if location else ["A1"]
    first, last = (xl_cell_to_rowcol(corner) for corner in (corners[0], corners[-1]))
    return _rectangle((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1))


# ---- whether one is as we made it


def _fields(xml: str) -> tuple[_Field, ...]:
    made = []
    for attributes, inside in _CACHE_FIELD.findall(xml):
        shared = _SHARED.search(inside)
        words = [_word(kind, given) for kind, given in _WORD.findall(shared[2] or "")] if shared else []
        made.append(_Field(_given(attributes).get("name", ""), tuple(words)))
    return tuple(made)


def _word(kind: str, attributes: str) -> Word:
    return None if kind == "m" else _given(attributes).get("v", "")


def _ours(part: Part, cache: str, fields: Sequence[_Field], pivots: Sequence[Pivot]) -> Pivot | None:
    """Which of our PivotTables it is; None for somebody's own."""
    xml = part.xml
    root = re.search(r"<pivotTableDefinition\b[^>]*>", xml)
    if part.sheet != pivot_parts.SHEET or not root or _OTHERWISE.search(xml) or _GROUPED.search(cache):
        return None
    pivot = next((one for one in pivots if one.title == _given(root[0]).get("name")), None)
    source = re.search(r"<worksheetSource\b[^>]*>", cache)
    if not pivot or not source or _given(source[0]).get("name") != pivot.table:
        return None
    place = {one.heading: number for number, one in enumerate(fields)}
    axes = [heading for heading in (pivot.down, pivot.across, FILTER, pivot_parts.COUNTED) if heading]
    if not all(heading in place for heading in axes) or len(_FIELD.findall(xml)) != len(fields):
        return None
    location = _given(_LOCATION.search(xml)[0]) if _LOCATION.search(xml) else {}  # type: ignore[index]
    stands = location.get("ref", "").split(":")[0] == _address((pivot_parts.TOP_ROW, pivot.column))
    rows, columns = _numbers(xml, "rowFields", "x"), _numbers(xml, "colFields", "x")
    asked = rows == [place[pivot.down]] and columns == ([place[pivot.across]] if pivot.across else [])
    counted = [_given(one) for one in re.findall(r"<dataField\b[^>]*>", xml)]
    counts = len(counted) == 1 and counted[0].get("subtotal") == "count"
    counts = counts and counted[0].get("fld") == str(place[pivot_parts.COUNTED])
    counts = counts and counted[0].get("name", "").strip() == COUNTED
    if not (stands and asked and counts and location.get("rowPageCount") == location.get("colPageCount") == "1"):
        return None
    return pivot if _all_shown(xml, pivot, place, fields) else None


def _numbers(xml: str, element: str, attribute: str) -> list[int]:
    """The fields that stand on an axis, by number; -2, the place of several counts, is among them where it stands."""
    found = re.search(rf"<{element}\b[^>]*>(.*?)</{element}>", xml, re.DOTALL)
    inside = re.findall(r"<\w+\b([^>]*?)/?>", found[1]) if found else []
    return [int(given[attribute]) for given in map(_given, inside) if attribute in given]


def _all_shown(xml: str, pivot: Pivot, place: Mapping[str, int], fields: Sequence[_Field]) -> bool:
    """Whether the axes show every word under its own name, and the filter lets Yes through alone."""
    items = {}
    for number, (_, inside) in enumerate(_FIELD.findall(xml)):
        found = _ITEMS.search(inside)
        if found:
            items[number] = [_given(one) for one in _ITEM.findall(found[1])]
    if set(items) != {place[heading] for heading in (pivot.down, pivot.across, FILTER) if heading}:
        return False
    if any(set(one) != {"x"} and one != {"t": "default"} for some in items.values() for one in some):
        return False
    words, filtered = fields[place[FILTER]].words, items[place[FILTER]]
    chosen = [_given(one) for one in re.findall(r"<pageField\b[^>]*>", xml)]
    if len(chosen) != 1 or chosen[0].get("fld") != str(place[FILTER]) or "item" not in chosen[0]:
        return False
    number = int(chosen[0]["item"])
    item = filtered[number] if number < len(filtered) else {}
    return "x" in item and int(item["x"]) < len(words) and words[int(item["x"])] == CHOSEN


# ---- what it says now


def _with_words(xml: str, fields: Sequence[_Field], table: str, counts: Counts) -> tuple[str, tuple[_Field, ...]]:
    """The cache with the words of ours that it does not know yet, each behind those that it has."""
    axes = {one for pivot in counts.pivots if pivot.table == table for one in (pivot.down, pivot.across) if one}
    made = list(fields)
    pieces, last = [], 0
    for number, found in enumerate(_CACHE_FIELD.finditer(xml)):
        one, shared = fields[number], _SHARED.search(found[2] or "")
        if one.heading not in axes or not shared or _NO_WORDS.search(shared[1]):
            continue
        there = {key(word) for word in one.words}
        more = [word for word in counts.words(table, one.heading) if key(word) not in there]
        if more:
            made[number] = _Field(one.heading, (*one.words, *more))
            begin = found.start(2)
            pieces += [xml[last : begin + shared.start()], _shared(shared, more, len(made[number].words))]
            last = begin + shared.end()
    return "".join([*pieces, xml[last:]]), tuple(made)


def _shared(old: re.Match[str], more: Sequence[Word], many: int) -> str:
    given = re.sub(r'\s(?:count|containsBlank)="[^"]*"', "", old[1])
    blank = None in more or 'containsBlank="1"' in old[1] or 'containsBlank="true"' in old[1]
    if any(word is not None for word in more):
        given = _OF_WORDS_ALONE.sub("", given)
    items = "".join("<m/>" if word is None else f"<s v={quoteattr(word)}/>" for word in more)
    start = f"<sharedItems{given.rstrip()}" + (' containsBlank="1"' if blank else "")
    return f'{start} count="{many}">{old[2] or ""}{items}</sharedItems>'


def _definition(xml: str, pivot: Pivot, shown: Shown | None, fields: Sequence[_Field], counts: Counts) -> str:
    """The PivotTable's part: where it ends, the items of its axes, its lines and columns."""
    first, last = pivot_parts.place(pivot, shown)
    location = _LOCATION.search(xml)
    if location:
        tag = re.sub(r'\bref="[^"]*"', f'ref="{_address(first)}:{_address(last)}"', location[0])
        xml = xml[: location.start()] + tag + xml[location.end() :]
    for which, heading, words in (
        ("row", pivot.down, shown.down if shown else ()),
        ("col", pivot.across, shown.across if shown else ()),
    ):
        if not heading:
            continue
        number = next(number for number, one in enumerate(fields) if one.heading == heading)
        order = _order(fields[number].words, counts.words(pivot.table, heading))
        xml = _with_items(xml, number, order)
        lines = pivot_parts.items(which, words, [fields[number].words[one] for one in order])
        xml = re.sub(rf"<{which}Items\b[^>]*?(?:/>|>.*?</{which}Items>)", "", xml, count=1, flags=re.DOTALL)
        xml = xml.replace(f"</{which}Fields>", f"</{which}Fields>{lines}", 1)
    return xml


def _order(words: Sequence[Word], listed: Sequence[Word]) -> list[int]:
    """The numbers of a field's words in the order in which they are shown: those of the list first, a blank last."""
    rank = {key(word): number for number, word in enumerate(listed)}

    def place(number: int) -> tuple[bool, int]:
        return words[number] is None, rank.get(key(words[number]), len(rank))

    return sorted(range(len(words)), key=place)


def _with_items(xml: str, field_number: int, order: Sequence[int]) -> str:
    found = list(_FIELD.finditer(xml))[field_number]
    items = "".join(f'<item x="{one}"/>' for one in order)
    new = _ITEMS.sub(f'<items count="{len(order) + 1}">{items}<item t="default"/></items>', found[0], count=1)
    return xml[: found.start()] + new + xml[found.end() :]
