"""What a person may have done to a workbook of ours before we see it: filtered, sorted, hidden, protected.

It is done to the closed file, so that every program is given the same workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from xl_dipsample.workbook.hosts.closed_file import workbook_part as books
from xl_dipsample.workbook.hosts.closed_file.references import Area, letters
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.hosts.closed_file.zip_members import Package, packed


def filter_table(path: Path, table: str, heading: str, value: str, hidden: Iterable[int]) -> None:
    """Let only rows with `value` in the column show; `hidden` are the others, counted from 1."""
    part = _table(path, table)
    kept = f"<filters><filter val={quoteattr(value)}/></filters>"
    column = f'<filterColumn colId="{part.headings.index(heading)}">{kept}</filterColumn>'
    _change(path, part.part, lambda xml: _into(xml, "autoFilter", column))
    rows = {part.top + row - 1 for row in hidden}
    _change(path, _sheet(path, part.sheet), lambda xml: _hide_rows(xml, rows))


def sort_table(path: Path, table: str, heading: str) -> None:
    """Say that the table is sorted by a column; its rows already are."""
    part = _table(path, table)
    place = part.area.left + part.headings.index(heading)
    cells = Area(part.top, place, part.body.bottom, place)
    state = f'<sortState ref="{part.body}"><sortCondition ref="{cells}"/></sortState>'
    _change(
        path, part.part, lambda xml: re.sub(r"(<autoFilter\b[^>]*/>)", lambda found: found[1] + state, xml, count=1)
    )


def hide_column(path: Path, table: str, heading: str) -> None:
    """Hide the sheet's column in which a table's column stands."""
    part = _table(path, table)
    place = part.area.left + part.headings.index(heading)
    _change(path, _sheet(path, part.sheet), lambda xml: _hide_column(xml, place))


def protect_sheet(path: Path, table: str) -> str:
    """Protect the sheet of a table, without a password; gives the sheet's name."""
    part = _table(path, table)
    lock = '</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/>'
    _change(path, _sheet(path, part.sheet), lambda xml: xml.replace("</sheetData>", lock, 1))
    return part.sheet


def type_formula(path: Path, table: str, heading: str, row: int, formula: str, shown: str) -> int:
    """Put a formula, and the text that it shows, into a table's row, counted from 1; gives the Excel row."""
    part = _table(path, table)
    place = Area(part.top + row - 1, part.area.left + part.headings.index(heading), 0, 0)
    cell = f"{letters(place.left)}{place.top}"
    made = f' t="str"><f>{escape(formula)}</f><v>{escape(shown)}</v></c>'

    def put(found: re.Match[str]) -> str:
        style = re.search(r' s="\d+"', found[0])
        return f'<c r="{cell}"{style[0] if style else ""}{made}'

    _change(path, _sheet(path, part.sheet), lambda xml: re.sub(rf'<c r="{cell}"(?:[^>]*/>|.*?</c>)', put, xml, count=1))
    return place.top


def filter_in_file(path: Path, table: str) -> list[str]:
    """The headings by which a table in a closed file is filtered."""
    part = _table(path, table)
    return [part.headings[int(number)] for number in re.findall(r'<filterColumn colId="(\d+)"[^/>]*>', part.xml)]


def hidden_rows_in_file(path: Path, table: str) -> list[int]:
    """The hidden rows of a table in a closed file, counted from 1."""
    part = _table(path, table)
    xml = Package.of(path.read_bytes()).text(_sheet(path, part.sheet))
    rows = [int(tag[1]) for tag in re.finditer(r'<row r="(\d+)"[^>]*\bhidden="(?:1|true)"', xml)]
    return [row - part.top + 1 for row in rows if part.top <= row <= part.body.bottom]


def hidden_columns_in_file(path: Path, table: str) -> list[str]:
    """The headings of a table in a closed file whose columns are hidden."""
    part = _table(path, table)
    xml = Package.of(path.read_bytes()).text(_sheet(path, part.sheet))
    hidden: set[int] = set()
    for tag in re.findall(r"<col\b[^>]*>", xml):
        if re.search(r'\bhidden="(?:1|true)"', tag):
            first, last = (int(_attribute(tag, name)) for name in ("min", "max"))
            hidden.update(range(first, last + 1))
    return [heading for place, heading in enumerate(part.headings, part.area.left) if place in hidden]


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _table(path: Path, table: str) -> TablePart:
    return books.read(Package.of(path.read_bytes())).tables[table]


def _sheet(path: Path, sheet: str) -> str:
    return books.read(Package.of(path.read_bytes())).sheets[sheet]


def _change(path: Path, part: str, change: Callable[[str], str]) -> None:
    package = Package.of(path.read_bytes())
    before = package.text(part)
    after = change(before)
    if after == before:
        raise ValueError(f"nothing to change in {part}")
    path.write_bytes(package.with_members([packed(part, after)]).data())


def _into(xml: str, element: str, inner: str) -> str:
    """Put `inner` into an element that is empty so far."""
    return re.sub(rf"<{element}\b([^>]*)/>", lambda found: f"<{element}{found[1]}>{inner}</{element}>", xml, count=1)


def _hide_rows(xml: str, rows: set[int]) -> str:
    return re.sub(r'<row r="(\d+)"', lambda found: found[0] + (' hidden="1"' if int(found[1]) in rows else ""), xml)


def _hide_column(xml: str, place: int) -> str:
    """Split the <col> that covers the column, and hide the column's own."""

    def split(found: re.Match[str]) -> str:
        tag = found[0]
        first, last = (int(_attribute(tag, name)) for name in ("min", "max"))
        if not first <= place <= last:
            return tag
        pieces = [(first, place - 1, ""), (place, place, ' hidden="1"'), (place + 1, last, "")]
        rest = re.sub(r'\b(?:min|max)="\d+" ?', "", tag[len("<col") : -2]).strip()
        return "".join(f'<col min="{a}" max="{b}" {rest}{hide}/>' for a, b, hide in pieces if a <= b)

    return re.sub(r"<col\b[^>]*/>", split, xml)
