"""How a cell looks: the palette, and one named set of properties per kind of cell.

Names, not properties, travel through the code: a layout says "percent", and only this module knows what that is.
Contrast is at least 4.5:1 for every pair of ink and paper here (tests/workbook/build/test_looks.py computes it).
"""

from __future__ import annotations

import re
from typing import Any

import xlsxwriter
from xlsxwriter.theme import THEME_XML_2007

FONT = "Arial"
FONT_SIZE = 11
NAVY, TEAL, PLUM, ORANGE, CHARCOAL, LILAC = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"
SEQUENCE = ("#12436D", "#2073BC", "#6BACE6")
CHART_COLOURS = (NAVY, TEAL, PLUM, ORANGE, CHARCOAL, LILAC)
PEOPLE = "#FFF7D6"  # the paper of cells that people fill in
BAND = "#F3F6FA"
LINE = "#BFC7D1"
QUIET = "#595959"
WHITE = "#FFFFFF"

TITLE_SIZE, SECTION_SIZE = 18, 14

# The steps of a heat map, light to dark: paper, ink.
HEAT_STEPS = (("#D6E8F7", "#000000"), (SEQUENCE[2], "#000000"), (SEQUENCE[1], WHITE), (SEQUENCE[0], WHITE))

# A state in words, with a paper of its own: word -> paper, ink.
STATE_COLOURS = {"Done": ("#D4EFEC", "#0B4F49"), "Next": (NAVY, WHITE), "Waiting": ("#EDEFF2", CHARCOAL)}

_TEXT = {"num_format": "@", "quote_prefix": True}
_NUMBER_FORMATS: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "long_text": {**_TEXT, "text_wrap": True},
    "choice": {**_TEXT, "text_wrap": True},
    "whole": {"num_format": "0", "align": "right", "indent": 1},
    "number": {"num_format": "General", "align": "right", "indent": 1},
    "setting": {"num_format": "General", "align": "left"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "datetime": {"num_format": "dd/mm/yyyy hh:mm", "align": "left"},
    "formula": {"text_wrap": True},
}
_RIGHT = {"align": "right", "indent": 1}
_CELL = {"valign": "top", "border": 1, "border_color": LINE}
_HEAD = {"bold": True, "font_color": WHITE, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": LINE}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": TITLE_SIZE, "font_color": NAVY, "valign": "vcenter"},
    "about": {"valign": "vcenter"},
    "state": {"bold": True, "font_color": NAVY, "valign": "vcenter"},
    "section": {"bold": True, "font_size": SECTION_SIZE, "font_color": NAVY, "valign": "vcenter"},
    "header": {**_HEAD, "bg_color": NAVY},
    "header_number": {**_HEAD, "bg_color": NAVY, "align": "right", "indent": 1},
    "header_people": {**_HEAD, "bg_color": PLUM},
    "hint": {"italic": True, "font_color": QUIET, "font_size": 10, "text_wrap": True},
    "note": {"font_color": QUIET},
    "note_wrapped": {"font_color": QUIET, "text_wrap": True, "valign": "top"},
    "plain": {},
    "plain_bold": {"bold": True},
    "plain_whole": {"num_format": "0", "align": "left"},
    "plain_wrapped": {"text_wrap": True, "valign": "top"},
    "text": _CELL,
    "wrapped": {**_CELL, "text_wrap": True},
    "label": {**_CELL, "text_wrap": True},
    "label_bold": {**_CELL, "text_wrap": True, "bold": True},
    "bold": {**_CELL, "bold": True},
    "whole": {**_CELL, **_RIGHT, "num_format": "0"},
    "number": {**_CELL, **_RIGHT, "num_format": "0"},
    "difference": {**_CELL, **_RIGHT, "num_format": "+0;-0;0"},
    "decimal": {**_CELL, **_RIGHT, "num_format": "0.0"},
    "cell_decimal": {**_CELL, **_RIGHT, "num_format": "0.0"},
    "percent": {**_CELL, **_RIGHT, "num_format": "0%"},
    "date": {**_CELL, **_NUMBER_FORMATS["date"]},
    "link": {"font_color": SEQUENCE[1], "underline": 1, "valign": "top"},
    "link_cell": {**_CELL, "font_color": SEQUENCE[1], "underline": 1, "text_wrap": True},
    "link_button": {**_CELL, "font_color": SEQUENCE[1], "underline": 1, "bold": True, "valign": "vcenter"},
    "number_chip": {**_CELL, "bold": True, "align": "center", "valign": "vcenter"},
    "link_question": {**_CELL, "font_color": SEQUENCE[1], "underline": 1, "valign": "vcenter"},
    "answer": {"font_color": CHARCOAL, "valign": "vcenter", "bottom": 1, "top": 1, "border_color": LINE},
    "input": {**_CELL, **_TEXT, "bg_color": PEOPLE},
    "input_whole": {**_CELL, "num_format": "0", "align": "left", "bg_color": PEOPLE},
    "big_number": {"bold": True, "font_size": TITLE_SIZE, "font_color": NAVY, "num_format": "0", "align": "left"},
}
for _name, _format in _NUMBER_FORMATS.items():
    STYLES[f"cell_{_name}"] = {**_CELL, **_format}
    STYLES[f"cell_{_name}_middle"] = {**_CELL, **_format, "valign": "vcenter"}
    STYLES[f"cell_{_name}_people"] = {**_CELL, **_format, "bg_color": PEOPLE}
# Words in their context, as on Language: what stands before ends where the words begin.
STYLES["cell_before"] = {**STYLES["cell_long_text"], "align": "right"}
STYLES["cell_term"] = {**STYLES["cell_long_text"], "align": "center", "bold": True}


class Styles:
    """The formats of one workbook, each made once, when somebody asks for it."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The format of that name. Raises KeyError for a name that STYLES does not have."""
        if name not in self._made:
            self._made[name] = self._workbook.add_format(STYLES[name])
        return self._made[name]

    def paper(self, paper: str, ink: str) -> Any:
        """The format of a conditional fill."""
        key = f"{paper} {ink}"
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"bg_color": paper, "font_color": ink})
        return self._made[key]


_COLOURS = dict(zip(("accent1", "accent2", "accent3", "accent4", "accent5", "accent6"), CHART_COLOURS, strict=True))


def theme() -> str:
    """The theme part as XML."""
    text: str = THEME_XML_2007
    text = re.sub(r'<a:latin typeface="(Cambria|Calibri)"', f'<a:latin typeface="{FONT}"', text)
    for name, colour in {**_COLOURS, "dk2": NAVY, "hlink": SEQUENCE[1]}.items():
        text, found = re.subn(
            rf'<a:{name}><a:srgbClr val="[0-9A-F]{{6}}"/>', f'<a:{name}><a:srgbClr val="{colour[1:]}"/>', text
        )
        if found != 1:
            raise ValueError(f"the theme has no place for {name}")
    return text
