"""Table parts: where a table stands, its headings, and the part for another size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.cell_text import attribute, plain
from xl_dipsample.workbook.hosts.closed_file.references import Area
from xl_dipsample.workbook.hosts.closed_file.xml import attributes, element_pattern, start_tag, with_attribute

_FORMULA = element_pattern("calculatedColumnFormula")


@dataclass(frozen=True)
class TableColumn:
    """One column: its heading, its formula ('' when it has none) and its element as it stands."""

    heading: str
    formula: str
    xml: str


@dataclass(frozen=True)
class TablePart:
    """One table. `area` takes in the headings and the totals row, when there is one."""

    name: str
    sheet: str
    part: str
    area: Area
    columns: tuple[TableColumn, ...]
    has_headings: bool
    has_totals: bool
    xml: str

    @property
    def headings(self) -> list[str]:
        """The headings, in order."""
        return [column.heading for column in self.columns]

    @property
    def top(self) -> int:
        """The first row of the body."""
        return self.area.top + self.has_headings

    @property
    def body(self) -> Area:
        """The rows between headings and totals."""
        return Area(self.top, self.area.left, max(self.top, self.area.bottom - self.has_totals), self.area.right)


def read(xml: str, part: str, sheet: str) -> TablePart:
    """A table from its part. Raises WorkbookProblem when its place is none, or does not fit its headings."""
    start = start_tag(xml, "table")
    given = attributes(start[0] if start else "")
    block = element_pattern("tableColumns").search(xml)
    columns = []
    for found in element_pattern("tableColumn").finditer(block[2] or "" if block else ""):
        formula = _FORMULA.search(found[0])
        heading = attributes(found[1] or found[0]).get("name", "")
        columns.append(TableColumn(heading, plain(formula[2] or "") if formula else "", found[0]))
    area, name = Area.of(given.get("ref", "A1")), given.get("displayName") or given.get("name", "")
    if area.right - area.left + 1 != len(columns):
        raise WorkbookProblem(
            "table-size",
            f"On the sheet {sheet} the table {name} has another number of columns than of headings. Open the workbook"
            " in Excel, let Excel repair it, and save it again; or use an earlier copy of it.",
        )
    return TablePart(
        name=name,
        sheet=sheet,
        part=part,
        area=area,
        columns=tuple(columns),
        has_headings=given.get("headerRowCount", "1") != "0",
        has_totals=given.get("totalsRowCount", "0") != "0",
        xml=xml,
    )


def resized(table: TablePart, area: Area, headings: Sequence[str], *, keep_filter: bool) -> str:
    """The part of a table that now fills `area`. Without `keep_filter` no row is filtered or sorted any more."""
    xml = table.xml
    start = start_tag(xml, "table")
    if not start:
        return xml
    xml = with_attribute(start[0], "ref", str(area)).join((xml[: start.start()], xml[start.end() :]))
    if list(headings) != table.headings:
        xml = _with_columns(xml, table, headings)
    if not keep_filter:
        xml = element_pattern("sortState").sub("", xml)
        xml = element_pattern("filterColumn").sub(lambda found: _buttons_only(found[0]), xml)
    return _with_filter_area(xml, area)


def is_filtered(table: TablePart) -> bool:
    """Whether rows may be hidden by a filter."""
    return "<filterColumn" in table.xml


def _buttons_only(column: str) -> str:
    """A filter column without its filter; kept only where it hides the button."""
    tag = column[: column.index(">") + 1]
    if "hiddenButton" not in tag and "showButton" not in tag:
        return ""
    return tag if tag.endswith("/>") else tag[:-1] + "/>"


def _with_filter_area(xml: str, area: Area) -> str:
    found = start_tag(xml, "autoFilter")
    if not found:
        return xml
    return xml[: found.start()] + with_attribute(found[0], "ref", str(area)) + xml[found.end() :]


def _with_columns(xml: str, table: TablePart, headings: Sequence[str]) -> str:
    kept = {column.heading: column.xml for column in table.columns}
    used = [int(attributes(column)["id"]) for heading, column in kept.items() if heading in headings]
    free = max([0, *used])
    tags = []
    for heading in headings:
        if heading in kept:
            tags.append(kept[heading])
        else:
            free += 1
            tags.append(f'<tableColumn id="{free}" name="{attribute(heading)}"/>')
    made = f'<tableColumns count="{len(tags)}">{"".join(tags)}</tableColumns>'
    xml = element_pattern("tableColumns").sub(lambda _: made, xml, count=1)
    return re.sub(r"<filterColumn\b[^>]*?(?:/>|>.*?</filterColumn>)", "", xml, flags=re.DOTALL)
