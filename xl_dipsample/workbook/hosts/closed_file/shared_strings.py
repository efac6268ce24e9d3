"""Shared strings to which no cell refers any more are emptied where they stand: they may be names.

Emptied, not taken out: the others keep their positions, so that no other sheet has to be written.
"""

from __future__ import annotations

import re
from collections.abc import Set

PART = "xl/sharedStrings.xml"
_ITEM = re.compile(r"<si\b[^>]*?/>|<si\b[^>]*>[^<]*(?:<(?!/si>)[^<]*)*</si>")
_EMPTY = "<si><t/></si>"


def emptied(xml: str, used: Set[int]) -> str:
    """The part with every string emptied whose position is not in `used`.

    >>> emptied("<sst><si><t>Ann</t></si><si><t>b</t></si></sst>", {1})
    '<sst><si><t/></si><si><t>b</t></si></sst>'
    """
    position = -1

    def one(found: re.Match[str]) -> str:
        nonlocal position
        position += 1
        return found[0] if position in used else _EMPTY

    return _ITEM.sub(one, xml)
