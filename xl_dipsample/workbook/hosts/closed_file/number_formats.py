"""styles.xml: what number format a cell style has, and a style that differs from another in that alone."""

from __future__ import annotations

import re

from xl_dipsample.workbook.hosts.closed_file.cell_text import attribute
from xl_dipsample.workbook.hosts.closed_file.xml import attributes, element_pattern, start_tag, with_attribute

PART = "xl/styles.xml"
GENERAL, TEXT, DATE, DATETIME, TIME, SPAN = "general", "text", "date", "datetime", "time", "span"
NUMBER = "number"
_BUILT_IN = {0: GENERAL, 49: TEXT, 22: DATETIME, 46: SPAN, 18: TIME, 19: TIME, 20: TIME, 21: TIME, 45: TIME, 47: TIME}
_BUILT_IN |= dict.fromkeys([*range(14, 18), *range(27, 37), *range(50, 59)], DATE)
# Formats that we add where a column's own does not fit its value.
_OURS: dict[str, str | int] = {
    GENERAL: 0,
    TEXT: 49,
    DATE: "dd/mm/yyyy",
    DATETIME: "dd/mm/yyyy hh:mm",
    TIME: 21,
    SPAN: 46,
}
_XF = re.compile(r"<xf\b[^>]*/>|<xf\b[^>]*>.*?</xf>", re.DOTALL)
_FIRST_CUSTOM = 164


def sort_of(code: str) -> str:
    """What a number format shows.

    >>> sort_of("dd/mm/yyyy"), sort_of("0.0%"), sort_of('[Red]"day"0'), sort_of("d mmm hh:mm"), sort_of("@")
    ('date', 'number', 'number', 'datetime', 'text')
    """
    bare = re.sub(r"\"[^\"]*\"|\\.|_.|\*.", "", code.split(";")[0])
    if re.search(r"\[(h+|m+|s+)\]", bare, re.IGNORECASE):
        return SPAN
    bare = re.sub(r"\[[^\]]*\]", "", bare).lower()
    if bare.strip() == "@":
        return TEXT
    if bare.strip() in ("", "general"):
        return GENERAL
    day, hour = bool(re.search(r"[dy]|mmm", bare)), bool(re.search(r"[hs]", bare))
    if day and hour:
        return DATETIME
    return DATE if day or ("m" in bare and not hour) else TIME if hour else NUMBER


class Styles:
    """The cell styles of a workbook. New ones are appended; `xml()` gives the part with them."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        block = element_pattern("cellXfs").search(xml)
        self._formats: list[str] = _XF.findall(block[2] or "") if block else []
        self._custom: dict[int, str] = {}
        numbers = element_pattern("numFmts").search(xml)
        for tag in re.findall(r"<numFmt\b[^>]*>", numbers[0] if numbers else ""):
            found = attributes(tag)
            self._custom[int(found["numFmtId"])] = found["formatCode"]
        self._first_new = len(self._formats)
        self._first_new_code = len(self._custom)
        self._sorts: dict[int, str] = {}
        self._made: dict[tuple[int, str, bool], int] = {}

    def sort(self, style: int) -> str:
        """What the style's number format shows: general, number, text, date, datetime, time or span."""
        if style not in self._sorts:
            self._sorts[style] = self._sort(style)
        return self._sorts[style]

    def _sort(self, style: int) -> str:
        if style >= len(self._formats):
            return GENERAL
        code = int(attributes(self._tag(style)).get("numFmtId", "0"))
        return sort_of(self._custom[code]) if code in self._custom else _BUILT_IN.get(code, NUMBER)

    def format_code(self, style: int) -> str | None:
        """The workbook's own number format of a style; None for a built-in one."""
        if style >= len(self._formats):
            return None
        return self._custom.get(int(attributes(self._tag(style)).get("numFmtId", "0")))

    def quotes(self, style: int) -> bool:
        """Whether the style keeps text from becoming a formula when somebody edits the cell."""
        return style < len(self._formats) and attributes(self._tag(style)).get("quotePrefix", "0") in ("1", "true")

    def like(self, style: int, sort: str | None, *, quote: bool) -> int:
        """The style that looks like `style` but shows `sort` (None: as before); made when there is none."""
        wanted = (style, sort or "", quote)
        if wanted not in self._made:
            self._made[wanted] = self._find_or_make(style, sort, quote=quote)
        return self._made[wanted]

    def _find_or_make(self, style: int, sort: str | None, *, quote: bool) -> int:
        if not self._formats:
            self._formats.append('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>')
        base = self._formats[style if style < len(self._formats) else 0]
        tag = base[: base.index(">") + 1]
        new = tag
        if sort is not None and self.sort(style) != sort:
            new = with_attribute(new, "numFmtId", str(self._code(_OURS[sort])))
            new = with_attribute(new, "applyNumberFormat", "1")
        new = with_attribute(new, "quotePrefix", "1" if quote else None)
        made = new + base[len(tag) :]
        wanted = (_same(made), made[len(new) :])
        for index, xf in enumerate(self._formats):
            if (_same(xf), xf[xf.index(">") + 1 :]) == wanted:
                return index
        self._formats.append(made)
        return len(self._formats) - 1

    def _tag(self, style: int) -> str:
        xf = self._formats[style]
        return xf[: xf.index(">") + 1]

    def _code(self, code: str | int) -> int:
        if isinstance(code, int):
            return code
        for number, text in self._custom.items():
            if text.lower() == code:
                return number
        number = max(_FIRST_CUSTOM - 1, *self._custom, _FIRST_CUSTOM - 1) + 1
        self._custom[number] = code
        return number

    @property
    def changed(self) -> bool:
        """Whether there are styles that the part on disk does not have."""
        return len(self._formats) > self._first_new

    def xml(self) -> str:
        """The part, with the new styles at the end of their lists."""
        xml = self._xml
        added = self._formats[self._first_new :]
        xml = _appended(xml, "cellXfs", added, len(self._formats))
        codes = list(self._custom.items())[self._first_new_code :]
        if not codes:
            return xml
        tags = [f'<numFmt numFmtId="{number}" formatCode="{attribute(code)}"/>' for number, code in codes]
        if start_tag(xml, "numFmts"):
            return _appended(xml, "numFmts", tags, len(self._custom))
        root = start_tag(xml, "styleSheet")
        place = root.end() if root else 0
        return f'{xml[:place]}<numFmts count="{len(tags)}">{"".join(tags)}</numFmts>{xml[place:]}'


def _same(xf: str) -> frozenset[tuple[str, str]]:
    return frozenset(attributes(xf[: xf.index(">") + 1]).items())


def _appended(xml: str, name: str, tags: list[str], count: int) -> str:
    found = element_pattern(name).search(xml)
    if not found or not tags:
        return xml
    start = found[1]
    new = with_attribute(start, "count", str(count)) if start else f'<{name} count="{count}">'
    return f"{xml[: found.start()]}{new}{found[2] or ''}{''.join(tags)}</{name}>{xml[found.end() :]}"
