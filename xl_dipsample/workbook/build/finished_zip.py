"""The finished parts of a workbook: what XlsxWriter cannot say.

XlsxWriter has no words for named cell styles, our own table style, the document's language and the template content
type. They are put into its parts here; a part that does not look as expected is an error, never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from xl_dipsample.workbook.specs import cell_styles

LANGUAGE = "en-GB"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
# XlsxWriter writes a formula that shows an empty text as one that shows a number, and no number.
_EMPTY_TEXT = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)>(<f>[^<]*</f><v></v></c>)')
_NAMED_STYLES = (("Heading 1", 16, cell_styles.TITLE_SIZE), ("Heading 2", 17, cell_styles.SECTION_SIZE))


def finish(
    raw: Mapping[str, bytes],
    *,
    template: bool,
    table_style: str,
    estimated_rows: Mapping[str, Collection[int]] | None = None,
) -> dict[str, bytes]:
    """The parts that XlsxWriter wrote, with our additions, in their order.

    `estimated_rows`: by sheet part, the rows whose height Excel may adapt.
    """
    estimated = estimated_rows or {}
    parts = {}
    for name, was in raw.items():
        data = _part(name, was, template=template, table_style=table_style)
        if name in estimated:
            data = _free_heights(data.decode(), estimated[name]).encode()
        parts[name] = data
    return parts


def _part(name: str, data: bytes, *, template: bool, table_style: str) -> bytes:
    """One part of the package, changed where we have something to add."""
    if name == "[Content_Types].xml" and template:
        return _replaced(name, data.decode(), _WORKBOOK, _TEMPLATE).encode()
    if name == "docProps/core.xml":
        end = "</cp:coreProperties>"
        return _replaced(name, data.decode(), end, f"<dc:language>{LANGUAGE}</dc:language>{end}").encode()
    if name.startswith("xl/worksheets/sheet"):
        return _EMPTY_TEXT.sub(rb'\1 t="str">\2', data) if b"<v></v>" in data else data
    if name == "xl/styles.xml":
        return _with_table_style(_with_named_styles(data.decode()), table_style).encode()
    if name.startswith(("xl/charts/", "xl/drawings/")):
        return data.replace(b'"en-US"', f'"{LANGUAGE}"'.encode())
    return data


def _free_heights(sheet: str, rows: Collection[int]) -> str:
    """The sheet without the mark that a row's height was set by hand, for these rows."""

    def freed(row: re.Match[str]) -> str:
        return row.group(0).replace(' customHeight="1"', "") if int(row.group(1)) in rows else row.group(0)

    return re.sub(r'<row r="(\d+)"[^>]*>', freed, sheet)


def _replaced(part: str, text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{part} does not hold {old} exactly once")
    return text.replace(old, new)


def _section(text: str, name: str) -> re.Match[str]:
    found = re.search(rf'<{name} count="(\d+)">(.*?)</{name}>', text, re.DOTALL)
    if not found:
        raise ValueError(f"xl/styles.xml has no {name}")
    return found


def _with_section(text: str, name: str, count: int, body: str) -> str:
    found = _section(text, name)
    return f'{text[: found.start()]}<{name} count="{count}">{body}</{name}>{text[found.end() :]}'


def _with_named_styles(text: str) -> str:
    """Excel's own styles Heading 1 and Heading 2 behind the titles: screen readers and the Styles gallery know them."""
    fonts = re.findall(r"<font>.*?</font>", _section(text, "fonts").group(2), re.DOTALL)
    for name, builtin, size in _NAMED_STYLES:
        ids = [i for i, font in enumerate(fonts) if "<b/>" in font and f'<sz val="{size}"/>' in font]
        if not ids:
            continue
        masters = _section(text, "cellStyleXfs")
        number = int(masters.group(1))
        master = f'<xf numFmtId="0" fontId="{ids[0]}" fillId="0" borderId="0" applyNumberFormat="0" applyFill="0"/>'
        text = _with_section(text, "cellStyleXfs", number + 1, masters.group(2) + master)
        cells = _section(text, "cellXfs")
        body = re.sub(rf'(<xf [^>]*fontId="{ids[0]}" [^>]*?)xfId="0"', rf'\g<1>xfId="{number}"', cells.group(2))
        text = _with_section(text, "cellXfs", int(cells.group(1)), body)
        named = _section(text, "cellStyles")
        style = f'<cellStyle name="{name}" xfId="{number}" builtinId="{builtin}"/>'
        text = _with_section(text, "cellStyles", int(named.group(1)) + 1, named.group(2) + style)
    return text


def _fill(colour: str) -> str:
    rgb = f'rgb="FF{colour[1:]}"'
    return f'<fill><patternFill patternType="solid"><fgColor {rgb}/><bgColor {rgb}/></patternFill></fill>'


def _with_table_style(text: str, name: str) -> str:
    """Our table style: thin lines, a navy header, a subtle band; it grows and sorts with the table."""
    line = cell_styles.LINE[1:]
    edges = "".join(
        f'<{edge} style="thin"><color rgb="FF{line}"/></{edge}>'
        for edge in ("left", "right", "top", "bottom", "vertical", "horizontal")
    )
    ours = (
        f"<dxf><border>{edges}</border></dxf>"
        f'<dxf><font><b/><color rgb="FFFFFFFF"/></font>{_fill(cell_styles.NAVY)}</dxf>'
        f"<dxf>{_fill(cell_styles.BAND)}</dxf>"
    )
    found = re.search(r'<dxfs count="(\d+)"\s*(?:/>|>(.*?)</dxfs>)', text, re.DOTALL)
    if not found:
        raise ValueError("xl/styles.xml has no dxfs")
    first = int(found.group(1))
    text = f'{text[: found.start()]}<dxfs count="{first + 3}">{found.group(2) or ""}{ours}</dxfs>{text[found.end() :]}'
    elements = "".join(
        f'<tableStyleElement type="{kind}" dxfId="{first + i}"/>'
        for i, kind in enumerate(("wholeTable", "headerRow", "secondRowStripe"))
    )
    made = (
        f'<tableStyles count="1" defaultTableStyle="{name}" defaultPivotStyle="PivotStyleLight16">'
        f'<tableStyle name="{name}" pivot="0" count="3">{elements}</tableStyle></tableStyles>'
    )
    text, count = re.subn(r"<tableStyles [^>]*/>", made, text)
    if count != 1:
        raise ValueError("xl/styles.xml has no tableStyles")
    return text
