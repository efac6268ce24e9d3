"""What lies around a sheet's rows and names areas of it: dimension, formats, validations, links, widths."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xl_dipsample.workbook.hosts.closed_file.references import Area, Stretch, cell, sqref
from xl_dipsample.workbook.hosts.closed_file.xml import attributes, element_pattern, start_tag, with_attribute

_SQREF_TAG = re.compile(r"<[^<>]*\ssqref=\"[^\"]*\"[^<>]*>")
_NEW_SQREF = re.compile(r"(<(?:\w+:)?sqref>)([^<]*)(</(?:\w+:)?sqref>)")
_HYPERLINK = re.compile(r"<hyperlink\b[^>]*?(?:/>|>.*?</hyperlink>)", re.DOTALL)
_GONE = 'sqref=""'


def after_rows(tail: str, changes: list[Stretch]) -> str:
    """Conditional formats, validations and links that follow a table that became longer or shorter."""

    def tag(found: re.Match[str]) -> str:
        return with_attribute(found[0], "sqref", sqref(attributes(found[0])["sqref"], changes))

    tail = _SQREF_TAG.sub(tag, tail)
    tail = _NEW_SQREF.sub(lambda found: found[1] + sqref(found[2], changes) + found[3], tail)
    tail = _HYPERLINK.sub(lambda found: "" if _link_gone(found[0], changes) else found[0], tail)
    tail = _without_gone(tail)
    return re.sub(r"<hyperlinks>\s*</hyperlinks>", "", tail)


def _link_gone(link: str, changes: list[Stretch]) -> bool:
    area = Area.of(attributes(link[: link.index(">") + 1]).get("ref", "A1"))
    return any(change.applied(area) is None for change in changes)


def _without_gone(tail: str) -> str:
    """Without the formats and validations whose every cell is gone."""
    if _GONE not in tail:
        return tail
    for name in ("conditionalFormatting", "dataValidation", "ignoredError"):
        pattern = element_pattern(name)
        tail = pattern.sub(lambda found: "" if _GONE in (found[1] or found[0]) else found[0], tail)
    found = element_pattern("dataValidations").search(tail)
    if not found:
        return tail
    count = len(re.findall(r"<dataValidation\b", found[0]))
    if not count:
        return tail[: found.start()] + tail[found.end() :]
    return tail[: found.start()] + with_attribute(found[1], "count", str(count)) + tail[found.end(1) :]


def with_dimension(head: str, used: Area) -> str:
    """The sheet's head with the area in use."""
    found = start_tag(head, "dimension")
    if not found:
        return head
    old = Area.of(attributes(found[0]).get("ref", "A1"))
    new = Area(min(old.top, used.top), min(old.left, used.left), used.bottom, used.right)
    return head[: found.start()] + with_attribute(found[0], "ref", str(new)) + head[found.end() :]


def reaching(head: str, references: Iterable[str]) -> str:
    """The sheet's head with the area in use, which reaches these cells too."""
    found = start_tag(head, "dimension")
    if not found:
        return head
    old = Area.of(attributes(found[0]).get("ref", "A1"))
    places = [cell(reference) for reference in references]
    bottom, right = max([old.bottom, *(row for row, _ in places)]), max([old.right, *(column for _, column in places)])
    new = Area(old.top, old.left, bottom, right)
    return head[: found.start()] + with_attribute(found[0], "ref", str(new)) + head[found.end() :]


def last_row(head: str) -> int | None:
    """The last row in use, as a sheet's head says it; None when it does not.

    >>> last_row('<worksheet><dimension ref="A1:N40"/><sheetData>'), last_row("<worksheet>")
    (40, None)
    """
    found = start_tag(head, "dimension")
    area = attributes(found[0]).get("ref") if found else None
    return Area.of(area).bottom if area else None


def column_styles(head: str) -> dict[int, int]:
    """The styles that whole columns have."""
    found: dict[int, int] = {}
    for tag in re.findall(r"<col\b[^>]*>", head):
        given = attributes(tag)
        if "style" in given:
            last = min(int(given["max"]), int(given["min"]) + 1_000)
            found.update(dict.fromkeys(range(int(given["min"]), last + 1), int(given["style"])))
    return found


def with_widths(head: str, widths: dict[int, float]) -> str:
    """The sheet's head with widths for columns that have none of their own yet."""
    block = element_pattern("cols").search(head)
    tags = re.findall(r"<col\b[^>]*?/>", block[0]) if block else []
    taken = [(int(attributes(tag)["min"]), int(attributes(tag)["max"])) for tag in tags]
    new = [
        f'<col min="{column}" max="{column}" width="{width:g}" customWidth="1"/>'
        for column, width in sorted(widths.items())
        if not any(first <= column <= last for first, last in taken)
    ]
    if not new:
        return head
    tags = sorted([*tags, *new], key=lambda tag: int(attributes(tag)["min"]))
    made = f"<cols>{''.join(tags)}</cols>"
    if block:
        return head[: block.start()] + made + head[block.end() :]
    place = head.rindex("<sheetData")
    return head[:place] + made + head[place:]
