"""Charts carry a copy of the numbers they show; previews show the copy, so it is renewed with the cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

from xl_dipsample.workbook.hosts.closed_file.cell_text import escaped
from xl_dipsample.workbook.hosts.closed_file.fragments import serial
from xl_dipsample.workbook.hosts.closed_file.references import Area, Stretch, quoted, sheet_and_area, stretched

Reader = Callable[[str, Area], Sequence[Any]]  # sheet and area -> its values, row by row
_REFERENCE = re.compile(
    r"<(?P<p>\w+:)?(?P<kind>num|str)Ref>\s*<(?:\w+:)?f>(?P<f>[^<]*)</(?:\w+:)?f>(?P<rest>.*?)</(?:\w+:)?(?P=kind)Ref>",
    re.DOTALL,
)
_FORMAT = re.compile(r"<(?:\w+:)?formatCode>[^<]*</(?:\w+:)?formatCode>")
_EXTENSION = re.compile(r"<(?:\w+:)?extLst>.*", re.DOTALL)


def sheets(xml: str) -> set[str]:
    """The sheets whose cells the chart shows."""
    found = (sheet_and_area(unescape(one["f"])) for one in _REFERENCE.finditer(xml))
    return {one[0] for one in found if one}


def renewed(xml: str, touched: set[str], changes: dict[str, list[Stretch]], read: Reader) -> str:
    """The chart with its areas grown as the tables did, and the copies of what stands on `touched` sheets renewed."""

    def one(found: re.Match[str]) -> str:
        place = sheet_and_area(unescape(found["f"]))
        if not place or place[0] not in touched:
            return found[0]
        sheet, area = place
        grown = stretched(area, changes.get(sheet, [])) or area
        values = read(sheet, Area.of(grown.replace("$", "")))
        p, kind = found["p"] or "", found["kind"]
        kept = _FORMAT.search(found["rest"]) if kind == "num" else None
        points = "".join(_point(p, index, kind, value) for index, value in enumerate(values))
        cache = f'<{p}{kind}Cache>{kept[0] if kept else ""}<{p}ptCount val="{len(values)}"/>{points}</{p}{kind}Cache>'
        extension = _EXTENSION.search(found["rest"].rpartition("Cache>")[2])
        formula = escaped(f"{quoted(sheet)}!{grown}")
        return f"<{p}{kind}Ref><{p}f>{formula}</{p}f>{cache}{extension[0] if extension else ''}</{p}{kind}Ref>"

    return _REFERENCE.sub(one, xml)


def _point(p: str, index: int, kind: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        value = serial(value) or 0
    if kind == "num" and (isinstance(value, str) or value is None):
        return ""
    shown = str(int(value)) if isinstance(value, bool) else escaped(str(value))
    return f'<{p}pt idx="{index}"><{p}v>{shown}</{p}v></{p}pt>'
