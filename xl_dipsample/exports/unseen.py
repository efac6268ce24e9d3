"""Characters that nobody sees: control characters, marks that turn the order of letters, blanks without width.

They come from systems' mistakes, or from somebody who wants a cell to look like another. Joiners are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_IN_BYTES = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xe2\x80[\x8b\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf"
)
_BLANK = ord(" ")
_WRITTEN = b"_x00"  # how an .xlsx writes a control character
_PLAIN = bytes(set(range(128)) - set(range(9)) - {11, 12, *range(14, 32), 127})


def may_hide(data: bytes) -> bool:
    r"""Whether UTF-8 of a part or file may hold such a character: quick, and only ever too careful.

    >>> may_hide(b"<t>plain</t>"), may_hide(b"a_x0007_b"), may_hide("a\u202eb".encode())
    (False, True, True)
    """
    if b"_" in data and _WRITTEN in data:
        return True
    if data.isascii():
        odd = b"\x7f" in data or np.frombuffer(data, dtype=np.uint8).min(initial=_BLANK) < _BLANK
        return bool(odd and data.translate(None, _PLAIN))
    return bool(_IN_BYTES.search(data.removeprefix(b"\xef\xbb\xbf")))


def cells_with(rows: Sequence[Sequence[object]]) -> tuple[int, tuple[int, int]]:
    r"""How many cells hold one, and row and column, from 0, of the first.

    >>> cells_with([["a", 1], ["b\x07c", "d"]])
    (1, (1, 0))
    """
    found = [
        (row, column)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if type(cell) is str and not cell.isprintable() and _UNSEEN.search(cell)
    ]
    return len(found), found[0] if found else (0, 0)
