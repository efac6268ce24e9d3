"""Text of cells as XML, and back: what XML cannot hold is written as _xHHHH_ (ECMA-376, ST_Xstring)."""

from __future__ import annotations

import re
from html import unescape as _unescape

# Control characters, surrogates that stand alone and the two that are no characters cannot stand in XML; a carriage
# return can, but comes back as a line feed.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LITERAL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NEEDS_CARE = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
LONGEST = 32_767  # UTF-16 units in a cell


def escaped(text: str) -> str:
    r"""The text as it stands between two tags.

    >>> escaped("a < b\x07 _x0041_")
    'a &lt; b_x0007_ _x005F_x0041_'
    """
    if not NEEDS_CARE.search(text):
        return text
    text = _LITERAL.sub("_x005F_", text)
    text = _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """The text as it stands in an attribute; line breaks as Excel writes them in headings of tables."""
    text = escaped(text).replace('"', "&quot;")
    return text.replace("\n", "_x000a_").replace("\t", "_x0009_")


def plain(xml: str) -> str:
    """Text or attribute of XML as people see it."""
    text = _unescape(xml) if "&" in xml else xml
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def element(text: str) -> str:
    """A <t> element."""
    keep = text != text.strip() or "\n" in text or "\t" in text or "  " in text
    return f'<t xml:space="preserve">{escaped(text)}</t>' if keep else f"<t>{escaped(text)}</t>"


def too_long(text: str) -> bool:
    """Whether Excel would cut the text off; it counts UTF-16 units."""
    if len(text) <= LONGEST // 2:
        return False
    return len(text) > LONGEST or len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST
