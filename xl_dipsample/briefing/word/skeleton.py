"""The empty document that a briefing is written into: every part of it stands here, and nothing else is in the file.

A program's own starting document would bring pictures, custom XML and 160 styles along.
"""

from __future__ import annotations

import io
import zipfile

from xl_dipsample.briefing.word.word_styles import LANGUAGE, WORD, styles_part
from xl_dipsample.workbook.specs import cell_styles

TITLE = "Dip-sample briefing"
FOOTER = "Dip-sample briefing, for the panel. Page "
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1134  # A4 with 2 cm on every side, in twentieths of a point
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument"
_FIXED = "2025-01-01T00:00:00Z"

_RELATIONS = (  # of the document: id, kind, target
    ("rId1", "styles", "styles.xml"),
    ("rId2", "settings", "settings.xml"),
    ("rId3", "theme", "theme/theme1.xml"),
    ("rId4", "numbering", "numbering.xml"),
    ("rId5", "fontTable", "fontTable.xml"),
    ("rId6", "footer", "footer1.xml"),
)
_TYPES = (
    ("/word/document.xml", f"{_MAIN}.wordprocessingml.document.main+xml"),
    ("/word/styles.xml", f"{_MAIN}.wordprocessingml.styles+xml"),
    ("/word/settings.xml", f"{_MAIN}.wordprocessingml.settings+xml"),
    ("/word/theme/theme1.xml", f"{_MAIN}.theme+xml"),
    ("/word/numbering.xml", f"{_MAIN}.wordprocessingml.numbering+xml"),
    ("/word/fontTable.xml", f"{_MAIN}.wordprocessingml.fontTable+xml"),
    ("/word/footer1.xml", f"{_MAIN}.wordprocessingml.footer+xml"),
    ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("/docProps/app.xml", f"{_MAIN}.extended-properties+xml"),
)


def skeleton() -> bytes:
    """The empty document as the bytes of a .docx."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in _parts().items():
            file.writestr(name, text)
    return out.getvalue()


def _parts() -> dict[str, str]:
    return {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(),
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Microsoft Office '
        "Word</Application><DocSecurity>0</DocSecurity></Properties>",
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(
            *((number, f"{_OFFICE}/relationships/{kind}", target) for number, kind, target in _RELATIONS)
        ),
        "word/styles.xml": _HEAD + styles_part(),
        "word/settings.xml": _settings(),
        "word/theme/theme1.xml": cell_styles.theme(),
        "word/numbering.xml": _numbering(),
        "word/fontTable.xml": f'{_HEAD}<w:fonts xmlns:w="{WORD}"><w:font w:name="{cell_styles.FONT}">'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>',
        "word/footer1.xml": _footer(),
    }


def _types() -> str:
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    listed = "".join(f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>' for number, kind, target in rows)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core() -> str:
    """The same for every briefing: no author, no company, a fixed date."""
    date = f' xsi:type="dcterms:W3CDTF">{_FIXED}'
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{TITLE}</dc:title><dc:creator></dc:creator><dc:language>{LANGUAGE}</dc:language>"
        f"<dcterms:created{date}</dcterms:created><dcterms:modified{date}</dcterms:modified></cp:coreProperties>"
    )


def _document() -> str:
    return (
        f'{_HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{_OFFICE}/relationships" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><w:body><w:sectPr>'
        f'<w:footerReference w:type="default" r:id="rId6"/><w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _settings() -> str:
    """Word 2013 and later lay the page out as they do for their own documents; nothing else is set."""
    return (
        f'{_HEAD}<w:settings xmlns:w="{WORD}"><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _numbering() -> str:
    return (
        f'{_HEAD}<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType '
        'w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _footer() -> str:
    def text(words: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'

    def field(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}">{text("1")}</w:fldSimple>'

    return (
        f'{_HEAD}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{text(FOOTER)}{field('PAGE')}{text(' of ')}{field('NUMPAGES')}</w:p></w:ftr>"
    )
