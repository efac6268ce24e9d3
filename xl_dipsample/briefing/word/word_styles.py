"""The document's styles: Arial, the palette, one style for each kind of paragraph. Nothing is formatted by hand.

Sizes are half points, distances twentieths of a point, as WordprocessingML counts them (ECMA-376 part 1, 17.7).
"""

from __future__ import annotations

from xl_dipsample.workbook.specs import cell_styles

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LANGUAGE = "en-GB"
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
TABLE_STYLE, LABEL = "Briefing table", "Label"
_NAVY, _QUIET, _LINE, _BAND, _INK = (
    colour[1:]
    for colour in (cell_styles.NAVY, cell_styles.QUIET, cell_styles.LINE, cell_styles.BAND, cell_styles.CHARCOAL)
)
_WORDS_OWN = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Quote", "Footer")


def _style(name: str, paragraph: str = "", run: str = "", *, base: str = "Normal", then: str = "Normal") -> str:
    """One paragraph style; the properties are in the order that the schema wants."""
    default = ' w:default="1"' if name == "Normal" else ""
    based = "" if name == "Normal" else f'<w:basedOn w:val="{base}"/><w:next w:val="{then.replace(" ", "")}"/>'
    own = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    shown = "" if name == "Normal" else '<w:uiPriority w:val="9"/>'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{_known(name)}"/>'
        f"{based}{shown}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _known(name: str) -> str:
    """Word's own styles are called in small letters in the file."""
    return name.lower() if name.startswith(("Heading", "Footer")) else name


def _size(half_points: int, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    return (
        ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


_KEEP = "<w:keepNext/><w:keepLines/>"
_PARAGRAPHS = (
    _style("Normal", '<w:spacing w:before="0" w:after="100" w:line="259" w:lineRule="auto"/>', _size(21, _INK)),
    _style("Intro", _KEEP),
    _style("Title", f'{_KEEP}<w:spacing w:before="0" w:after="20"/>', _size(44, _NAVY, bold=True)),
    _style("Subtitle", f'{_KEEP}<w:spacing w:before="0" w:after="160"/>', _size(28, _QUIET)),
    _style(
        "Lead",
        f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="{_NAVY}"/></w:pBdr>'
        '<w:spacing w:before="40" w:after="100"/><w:ind w:left="200"/>',
        _size(23, bold=True),
    ),
    _style(
        "Heading 1",
        f'{_KEEP}<w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/>',
        _size(30, _NAVY, bold=True),
    ),
    _style(
        "Heading 2",
        f'{_KEEP}<w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="1"/>',
        _size(24, _NAVY, bold=True),
    ),
    _style(
        "List Bullet",
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="0" w:after="60"/>',
        then="List Bullet",
    ),
    _style(
        "Quote",
        f'{_KEEP}<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="28A197"/></w:pBdr>'
        '<w:spacing w:before="80" w:after="20"/><w:ind w:left="240" w:right="240"/>',
        _size(21, italic=True),
        then="Quote source",
    ),
    _style(
        "Quote source",
        '<w:spacing w:before="0" w:after="140"/><w:ind w:left="240" w:right="240"/>',
        _size(18, _QUIET),
    ),
    _style("Note", '<w:spacing w:before="80" w:after="100"/>', _size(18, _QUIET)),
    _style("Picture", '<w:keepLines/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>'),
    _style("Table text", '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>', _size(19)),
    _style("Table number", '<w:jc w:val="right"/>', base="Tabletext"),
    _style(
        "Table head",
        '<w:keepNext/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>',
        _size(19, "FFFFFF", bold=True),
    ),
    _style("Table head number", '<w:jc w:val="right"/>', base="Tablehead"),
    _style("Footer", '<w:jc w:val="right"/>', _size(17, _QUIET)),
)


def _edge(name: str) -> str:
    return f'<w:{name} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'


_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE.replace(" ", "")}">'
    f'<w:name w:val="{TABLE_STYLE}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
    f"{_edge('top')}{_edge('bottom')}{_edge('insideH')}</w:tblBorders></w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_NAVY}"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)


def styles_part() -> str:
    """The styles part as XML."""
    font = "<w:rFonts " + " ".join(f'w:{script}="{cell_styles.FONT}"' for script in _SCRIPTS) + "/>"
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{font}'
        f'<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        f"{''.join(_PARAGRAPHS)}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{LABEL}"><w:name w:val="{LABEL}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="10"/><w:rPr><w:b/><w:i w:val="0"/></w:rPr>'
        f"</w:style>{_TABLES}</w:styles>"
    )
