"""The workbook's theme: Arial, and the palette, so that charts which people add look like ours."""

from __future__ import annotations

import re

from xlsxwriter.theme import THEME_XML_2007

from xl_dipsample.workbook.specs import cell_styles

_COLOURS = dict(
    zip(("accent1", "accent2", "accent3", "accent4", "accent5", "accent6"), cell_styles.CHART_COLOURS, strict=True)
)


def theme() -> str:
    """The theme part as XML."""
    text: str = THEME_XML_2007
    text = re.sub(r'<a:latin typeface="(Cambria|Calibri)"', f'<a:latin typeface="{cell_styles.FONT}"', text)
    for name, colour in {**_COLOURS, "dk2": cell_styles.NAVY, "hlink": cell_styles.SEQUENCE[1]}.items():
        text, found = re.subn(
            rf'<a:{name}><a:srgbClr val="[0-9A-F]{{6}}"/>', f'<a:{name}><a:srgbClr val="{colour[1:]}"/>', text
        )
        if found != 1:
            raise ValueError(f"the theme has no place for {name}")
    return text
