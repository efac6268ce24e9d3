"""Row heights on a sheet: as high as wrapped text needs, and left to Excel to adapt.

A row whose height a person fixed keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*>')
_HEIGHT = re.compile(rb'\s(?:ht|customHeight)="[^"]*"')
_FIXED = (b'customHeight="1"', b'customHeight="true"')


def with_heights(sheet: bytes, needed: Mapping[int, float | None]) -> bytes:
    """The sheet's XML with these heights in points; None: one line is enough.

    >>> with_heights(b'<row r="5" ht="15"><c/></row>', {5: 30.0})
    b'<row r="5" ht="30"><c/></row>'
    """

    def adapted(found: re.Match[bytes]) -> bytes:
        tag, row = found[0], int(found[1])
        if row not in needed or any(mark in tag for mark in _FIXED):
            return tag
        plain, height = _HEIGHT.sub(b"", tag), needed[row]
        if height is None:
            return plain
        end = b"/>" if plain.endswith(b"/>") else b">"
        return plain.removesuffix(end) + b' ht="%g"' % height + end

    return _ROW.sub(adapted, sheet) if needed else sheet
