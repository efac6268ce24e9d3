"""Small tools to read and change XML as text, so that all that is not meant to change stays byte for byte."""

from __future__ import annotations

import re
from functools import cache

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.cell_text import plain

_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# The first element of a part, when it has a prefix; an extension further in, such as <x14:table>, keeps its own.
_ROOT = re.compile(
    r"\A\ufeff?\s*(?:<[?!][^>]*>\s*)*<([\w.-]+):(worksheet|workbook|table|sst|styleSheet|pivotCacheDefinition)\b"
)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, as people see them, in their order.

    >>> attributes('<table id="1" name="A &amp; B">')
    {'id': '1', 'name': 'A & B'}
    """
    return {name: plain(one or two) for name, one, two in _ATTRIBUTE.findall(tag)}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(\s{re.escape(name)}\s*=\s*)(?:\"[^\"]*\"|'[^']*')")


def with_attribute(tag: str, name: str, value: str | None) -> str:
    """The start tag with one attribute set, or without it when `value` is None. `value` is XML already.

    >>> with_attribute('<c r="A1"/>', "s", "3"), with_attribute('<c r="A1" s="2"/>', "s", None)
    ('<c r="A1" s="3"/>', '<c r="A1"/>')
    """
    pattern = _pattern(name)
    if value is None:
        return pattern.sub("", tag, count=1)
    if pattern.search(tag):
        return pattern.sub(lambda found: f'{found[1]}"{value}"', tag, count=1)
    end = -2 if tag.endswith("/>") else -1
    return f'{tag[:end].rstrip()} {name}="{value}"{tag[end:]}'


def start_tag(xml: str, name: str) -> re.Match[str] | None:
    """The first start tag of that name, with or without a prefix."""
    return re.search(rf"<(?:[\w.-]+:)?{name}\b[^>]*>", xml)


@cache
def element_pattern(name: str) -> re.Pattern[str]:
    """Finds whole elements of that name (not nested in themselves): group 1 the start tag, 2 what is inside."""
    return re.compile(rf"(<{name}\b(?:[^>]*[^/>])?>)(.*?)</{name}>|<{name}\b[^>]*/>", re.DOTALL)


def plain_dialect(head: str) -> bool:
    """Whether the first characters of a part are as Excel and LibreOffice write them."""
    return not ("<!" in head.replace("<!--", "") or "purl.oclc.org/ooxml" in head or _ROOT.search(head))


def without_prefix(xml: str) -> str:
    """The part with the spreadsheet's own namespace as the default one: some programs write <x:row> for <row>.

    Raises WorkbookProblem for a workbook in the strict dialect, whose namespaces are others.
    """
    head = xml[:4096]
    if "purl.oclc.org/ooxml" in head:
        raise WorkbookProblem(
            "strict-dialect",
            "The workbook was saved as a Strict Open XML Spreadsheet. Open it in Excel and save it as an Excel Workbook"
            " (.xlsx).",
        )
    xml = re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', xml)
    found = _ROOT.search(head)
    if not found:
        return xml
    prefix = found[1]
    xml = xml.replace(f"<{prefix}:", "<").replace(f"</{prefix}:", "</")
    return re.sub(rf"\sxmlns:{re.escape(prefix)}=", " xmlns=", xml, count=1)
