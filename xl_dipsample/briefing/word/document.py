"""Writes a briefing's blocks into the empty document; equal blocks give equal bytes.

python-docx is imported here and nowhere else, when somebody makes a briefing.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from xl_dipsample.briefing.word.chart_parts import chart_part
from xl_dipsample.briefing.word.content import Block, Bullets, Chart, Heading, Paragraph, Table
from xl_dipsample.briefing.word.skeleton import TEXT_WIDTH, skeleton
from xl_dipsample.briefing.word.word_styles import LABEL, TABLE_STYLE
from xl_dipsample.files import fixed_zip

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_EMU_PER_TWIP, _TWIPS_PER_CM = 635, 567
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def write(blocks: Sequence[Block]) -> bytes:
    """The document as the bytes of a .docx."""
    from docx import Document

    document = Document(io.BytesIO(skeleton()))
    for block in blocks:
        match block:
            case Heading():
                _paragraph(document, f"Heading {block.level}").add_run(block.text)
            case Paragraph():
                made = _paragraph(document, block.style)
                if block.label:
                    made.add_run(block.label).style = LABEL
                made.add_run(block.text)
            case Bullets():
                for item in block.items:
                    _paragraph(document, "List Bullet").add_run(item)
            case Table():
                _add_table(document, block)
            case Chart():
                _add_chart(document, block)
    out = io.BytesIO()
    document.save(out)
    # python-docx writes the time of day into the zip
    return fixed_zip.packed(fixed_zip.unpacked(out.getvalue()))


def _paragraph(document: Any, style: str) -> Any:
    """A new paragraph. Its style is set by id, since python-docx looks a name up in all styles each time."""
    made = document.add_paragraph()
    made._p.style = style.replace(" ", "")
    return made


def _add_table(document: Any, table: Table) -> None:
    """A table whose first row is repeated on the next page; no row is torn apart."""
    widths = [round(TEXT_WIDTH * share / sum(table.widths)) for share in table.widths]
    made = document.add_table(rows=0, cols=len(widths))
    made.style = TABLE_STYLE
    made.autofit = False
    properties = made._tbl.tblPr
    for name in ("tblW", "tblLook"):
        for old in properties.findall(f"{{*}}{name}"):
            properties.remove(old)
    # the order of the schema: style, width, layout, look, caption
    layout = properties.find("{*}tblLayout")
    layout.addprevious(_element(f'<w:tblW {_NAMESPACES} w:w="{sum(widths)}" w:type="dxa"/>'))
    properties.append(_element(f'<w:tblLook {_NAMESPACES} w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
                               'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'))  # fmt: skip
    properties.append(_element(f"<w:tblCaption {_NAMESPACES} w:val={quoteattr(table.about)}/>"))
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width * _EMU_PER_TWIP
    _add_row(made, table.headings, widths, table.numbers, head=True, room=0)
    for row in table.rows:
        _add_row(made, row, widths, table.numbers, head=False, room=table.room)
    for place in (1, -2):  # no row stands alone on a page
        for cell in made.rows[place].cells if len(table.rows) > 1 else ():
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _add_row(
    made: Any, cells: Sequence[str], widths: Sequence[int], numbers: frozenset[int], *, head: bool, room: float
) -> None:
    row = made.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(_element(f"<w:cantSplit {_NAMESPACES}/>"))
    if room:
        properties.append(
            _element(f'<w:trHeight {_NAMESPACES} w:val="{round(room * _TWIPS_PER_CM)}" w:hRule="atLeast"/>')
        )
    if head:
        properties.append(_element(f"<w:tblHeader {_NAMESPACES}/>"))
    for place, (cell, words, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
        cell.width = width * _EMU_PER_TWIP
        style = ("Table head" if head else "Table") + (" number" if place in numbers else "" if head else " text")
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style.replace(" ", "")
        paragraph.add_run(words)


def _add_chart(document: Any, chart: Chart) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    number = 1 + sum("/charts/" in str(part.partname) for part in document.part.package.iter_parts())
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _CHART_TYPE, chart_part(chart), document.part.package)
    relation = document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
    )
    width, height = TEXT_WIDTH * _EMU_PER_TWIP, round(chart.height * 360_000)
    run = _paragraph(document, "Picture").add_run()
    run._r.append(_element(
        f'<w:drawing {_NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" '
        f'cy="{height}"/><wp:docPr id="{number}" name="Chart {number}" descr={quoteattr(chart.alt_text)}/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    ))  # fmt: skip


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)
