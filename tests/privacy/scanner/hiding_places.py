# ruff: noqa: E501 - one line for each place is easier to read than five
"""A safe release copy with one secret planted in one place: where workbooks hide things, one mutation each.

Every mutation is real OOXML as Excel, or a tool that saved after it, would write it. The child is invented.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pandas as pd

from xl_dipsample.privacy.names import Searcher

NAME, CASE_ID, BORN = "Zqforean Zqsuram", "7351902", dt.date(2007, 2, 17)  # synthetic
SERIAL_1900, SERIAL_1904 = 39130, 37668
TEXT = f"seen with {NAME} at home".encode()
Mutation = Callable[[bytes], bytes]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK, SHEET, STRINGS, CHART = (
    "xl/workbook.xml",
    "xl/worksheets/sheet6.xml",
    "xl/sharedStrings.xml",
    "xl/charts/chart1.xml",
)
TABLE = "xl/tables/table7.xml"
DRAWING, CORE, APP = "xl/drawings/drawing1.xml", "docProps/core.xml", "docProps/app.xml"


@cache
def searcher() -> Searcher:
    """One invented child, of the sample and of the long list."""
    names = pd.DataFrame([[NAME, CASE_ID]], columns=["Name", "Case ID"], dtype=object)
    child = pd.DataFrame([["DS-7GK-4MX3", NAME, CASE_ID, BORN]], dtype=object,
                         columns=["Unique ID", "Name", "Case ID", "Date of birth"])  # fmt: skip
    return Searcher.of(names, child)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, part)
    return out.getvalue()


def more(name: str, content: bytes) -> Mutation:
    """One part more, declared as a part must be."""

    def mutate(data: bytes) -> bytes:
        parts = parts_of(data)
        declared = f'<Override PartName="/{name}" ContentType="application/xml"/></Types>'.encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", declared)
        parts[name] = content
        return packed(parts)

    return mutate


def swap(part: str, old: bytes, new: bytes) -> Mutation:
    """In one part, the first `old` becomes `new`; both must make sense there."""

    def mutate(data: bytes) -> bytes:
        parts = parts_of(data)
        assert old in parts[part], (part, old)
        parts[part] = parts[part].replace(old, new, 1)
        return packed(parts)

    return mutate


def cells(*inner: bytes) -> Mutation:
    """Cells in a row below everything else."""
    row = b"".join(b'<c r="%s900"%s</c>' % (b"ABCDEF"[n : n + 1], one) for n, one in enumerate(inner))
    return swap(SHEET, b"</sheetData>", b'<row r="900">' + row + b"</row></sheetData>")


def both(*mutations: Mutation) -> Mutation:
    def mutate(data: bytes) -> bytes:
        for one in mutations:
            data = one(data)
        return data

    return mutate


def zip_member(**kept: bytes) -> Mutation:
    """A comment or an extra field of a member that is there anyway."""

    def mutate(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for number, (name, part) in enumerate(parts_of(data).items()):
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                if number == 3:
                    for field, value in kept.items():
                        setattr(info, field, value)
                file.writestr(info, part)
        return out.getvalue()

    return mutate


def zip_comment(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as file:
        file.comment = TEXT
    return out.getvalue()


def in_local_header(data: bytes) -> bytes:
    """An extra field in the first member's own header alone; the directory does not know of it."""
    name, extra = struct.unpack_from("<2H", data, 26)
    field = struct.pack("<2H", 0x9999, len(TEXT)) + TEXT
    start = 30 + name + extra
    grown = data[:28] + struct.pack("<H", extra + len(field)) + data[30:start] + field + data[start:]
    return moved(grown, start, len(field))


def between_members(data: bytes) -> bytes:
    """Bytes between the first member and the second."""
    second = data.index(b"PK\x03\x04", 4)
    return moved(data[:second] + TEXT + data[second:], 1, len(TEXT))


def before_directory(data: bytes) -> bytes:
    start = struct.unpack_from("<L", data, data.rindex(b"PK\x05\x06") + 16)[0]
    return moved(data[:start] + TEXT + data[start:], start, len(TEXT))


def before_start(data: bytes) -> bytes:
    return moved(TEXT + data, 0, len(TEXT))


def behind_packed(data: bytes) -> bytes:
    """Behind the end of the first member's packed bytes, counted as if it were part of them."""
    parts = parts_of(data)
    name = next(iter(parts))
    whole = packed(parts)
    size = struct.unpack_from("<L", whole, 18)[0]
    end = 30 + len(name) + size
    grown = bytearray(whole[:end] + TEXT + whole[end:])
    struct.pack_into("<L", grown, 18, size + len(TEXT))
    made = bytearray(moved(bytes(grown), 1, len(TEXT)))
    entry = made.index(b"PK\x01\x02")
    struct.pack_into("<L", made, entry + 20, size + len(TEXT))
    return bytes(made)


def member_nobody_lists(data: bytes) -> bytes:
    """A whole member that the directory does not list, as a deleted one leaves it."""
    name, body = b"xl/old.xml", zlib.compress(TEXT)[2:-4]
    head = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(TEXT), len(body), len(TEXT), len(name), 0
    )
    start = struct.unpack_from("<L", data, data.rindex(b"PK\x05\x06") + 16)[0]
    ghost = head + name + body
    return moved(data[:start] + ghost + data[start:], start, len(ghost))


def moved(data: bytes, first: int, by: int) -> bytes:
    """The directory's places from `first` on are `by` further."""
    made = bytearray(data)
    end = made.rindex(b"PK\x05\x06")
    struct.pack_into("<L", made, end + 16, struct.unpack_from("<L", made, end + 16)[0] + by)
    at = struct.unpack_from("<L", made, end + 16)[0]
    while made[at : at + 4] == b"PK\x01\x02":
        start = struct.unpack_from("<L", made, at + 42)[0]
        if start >= first:
            struct.pack_into("<L", made, at + 42, start + by)
        at += 46 + sum(struct.unpack_from("<3H", made, at + 28))
    return bytes(made)


def _relation(part: str, kind: str, target: str, mode: str = "") -> Mutation:
    new = f'<Relationship Id="rIdZ" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    return swap(part, b"</Relationships>", new)


_UTF16 = TEXT.decode().encode("utf-16-le")
_ESCAPED = "".join(f"_x{ord(letter):04X}_" for letter in "Zqforean").encode()
_ENTITIES = "".join(f"&#{ord(letter)};" for letter in NAME).encode()
_NEW_SHEET = (
    b'<worksheet %s><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
    % (_X.encode(), TEXT)
)
_SHEET_RELS = "xl/worksheets/_rels/sheet6.xml.rels"


def _hidden_sheet(state: bytes) -> Mutation:
    sheet = b'<sheet name="Notes" sheetId="90" state="%s" r:id="rIdZ"/></sheets>' % state
    return both(
        more("xl/worksheets/sheet90.xml", _NEW_SHEET),
        _relation("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet90.xml"),
        swap(BOOK, b"</sheets>", sheet),
    )


IN_THE_ZIP: dict[str, Mutation] = {
    "bytes after the zip's end": lambda data: data + TEXT,
    "bytes before its start": before_start,
    "bytes between members": between_members,
    "bytes before the directory": before_directory,
    "bytes behind a member's packed ones": behind_packed,
    "a member that nobody lists": member_nobody_lists,
    "the zip's comment": zip_comment,
    "a member's comment": zip_member(comment=TEXT),
}
PLACES: dict[str, Mutation] = {
    **IN_THE_ZIP,
    "a member's extra field": zip_member(extra=struct.pack("<2H", 0x9999, len(TEXT)) + TEXT),
    "an extra field of the local header": in_local_header,
    "a member's name": more(f"xl/media/{NAME}.xml", b"<a/>"),
    # parts that do not belong there
    "comments": more("xl/comments1.xml", b"<comments><commentList><comment><text><t>%s</t></text></comment></commentList></comments>" % TEXT),
    "comment authors": more("xl/comments1.xml", b"<comments><authors><author>%s</author></authors></comments>" % TEXT),
    "threaded comments": more("xl/threadedComments/threadedComment1.xml", b"<ThreadedComments><threadedComment><text>%s</text></threadedComment></ThreadedComments>" % TEXT),
    "the people of threaded comments": more("xl/persons/person.xml", b'<personList><person displayName="%s"/></personList>' % TEXT),
    "a note's box": more("xl/drawings/vmlDrawing1.vml", b"<xml><textbox>%s</textbox></xml>" % TEXT),
    "custom document properties": more("docProps/custom.xml", b'<Properties><property name="x"><lpwstr>%s</lpwstr></property></Properties>' % TEXT),
    "custom XML": more("customXml/item1.xml", b"<metadata>%s</metadata>" % TEXT),
    "a sensitivity label": more("docMetadata/LabelInfo.xml", b'<labelList><label name="%s"/></labelList>' % TEXT),
    "printer settings": more("xl/printerSettings/printerSettings1.bin", b"\x00\x01" + _UTF16),
    "external links": more("xl/externalLinks/externalLink1.xml", b'<externalLink><sheetName val="%s"/></externalLink>' % TEXT),
    "query tables": more("xl/queryTables/queryTable1.xml", b'<queryTable name="%s"/>' % TEXT),
    "data connections": more("xl/connections.xml", b'<connections><connection sourceFile="%s"/></connections>' % TEXT),
    "the log of revisions": more("xl/revisions/revisionLog1.xml", b"<revisions><nc><is><t>%s</t></is></nc></revisions>" % TEXT),
    "people who shared it": more("xl/revisions/userNames.xml", b'<users><userInfo name="%s"/></users>' % TEXT),
    "a thumbnail": more("docProps/thumbnail.jpeg", b"\xff\xd8\xff" + TEXT),
    "a picture": more("xl/media/image1.png", b"\x89PNG" + TEXT),
    "macros": more("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + TEXT),
    "an embedded file": more("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + _UTF16),
    "pivot cache records": more("xl/pivotCache/pivotCacheRecords1.xml", b'<pivotCacheRecords><r><s v="%s"/></r></pivotCacheRecords>' % TEXT),
    "a slicer": more("xl/slicers/slicer1.xml", b'<slicers><slicer caption="%s"/></slicers>' % TEXT),
    "a data model": more("xl/model/item.data", _UTF16),
    "an unknown part": more("xl/anything.bin", TEXT),
    # strings
    "a cell": cells(b' t="inlineStr"><is><t>%s</t></is>' % TEXT),
    "a shared string nobody refers to": swap(STRINGS, b"</sst>", b"<si><t>%s</t></si></sst>" % TEXT),
    "runs of a shared string": swap(STRINGS, b"</sst>", b"<si><r><t>Zqfo</t></r><r><t>rean</t></r></si></sst>"),
    "runs of an inline string": cells(b' t="inlineStr"><is><r><t>Zqfo</t></r><r><t>rean</t></r></is>'),
    "phonetic runs": swap(STRINGS, b"</sst>", b'<si><t>x</t><rPh sb="0" eb="1"><t>%s</t></rPh></si></sst>' % TEXT),
    "entities": cells(b' t="inlineStr"><is><t>%s</t></is>' % _ENTITIES),
    "entities twice": cells(b' t="inlineStr"><is><t>%s</t></is>' % _ENTITIES.replace(b"&", b"&amp;")),
    "character data": cells(b' t="inlineStr"><is><t><![CDATA[%s]]></t></is>' % TEXT),
    "Excel's own escapes": cells(b' t="inlineStr"><is><t>%s</t></is>' % _ESCAPED),
    "a line break in the name": cells(b' t="inlineStr"><is><t>Zqforean&#10;Zqsuram</t></is>'),
    "letters nobody sees": cells(' t="inlineStr"><is><t>Zq\u00adfo\u200brean Zqsuram</t></is>'.encode()),
    "a case ID as a text": cells(b' t="inlineStr"><is><t>case %s</t></is>' % CASE_ID.encode()),
    # numbers
    "a case ID as a number": cells(b"><v>%s</v>" % CASE_ID.encode()),
    "a case ID as 7351902.0": cells(b"><v>%s.0</v>" % CASE_ID.encode()),
    "a case ID as 7.351902E6": cells(b"><v>7.351902E6</v>"),
    "a date of birth as a 1900 serial": cells(b"><v>%d</v>" % SERIAL_1900),
    "a date of birth as a 1904 serial": cells(b"><v>%d</v>" % SERIAL_1904),
    "a date of birth with a time": cells(b"><v>%d.5</v>" % SERIAL_1900),
    "a date of birth as ISO date": cells(b' t="d"><v>2007-02-17T00:00:00</v>'),
    "a date of birth in words": cells(b' t="inlineStr"><is><t>born 17th February 2007</t></is>'),
    # formulas
    "a formula's remembered text": cells(b' t="str"><f>A1</f><v>%s</v>' % TEXT),
    "a text in a formula": cells(b'><f>IF(FALSE,"%s","")</f><v></v>' % TEXT),
    "a text in pieces in a formula": cells(b'><f>"Zqfo"&amp;"rean"</f><v></v>'),
    "an array formula's text": cells(b'><f t="array" ref="A900">INDEX({"%s"},1)</f><v></v>' % TEXT),
    # sheets
    "a hidden sheet": _hidden_sheet(b"hidden"),
    "a very hidden sheet": _hidden_sheet(b"veryHidden"),
    "a sheet that no tab shows": more("xl/worksheets/sheet90.xml", _NEW_SHEET),
    "a hidden row": swap(SHEET, b"</sheetData>", b'<row r="900" hidden="1"><c r="A900" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>' % TEXT),
    "a hidden column": both(swap(SHEET, b"<cols>", b'<cols><col min="900" max="900" width="9" hidden="1"/>'), cells(b' t="inlineStr"><is><t>%s</t></is>' % TEXT)),
    "a sheet's name": swap(BOOK, b'<sheet name="Charts"', b'<sheet name="%s"' % NAME.encode()),
    "a sheet's code name": swap(SHEET, b"<sheetPr>" , b'<sheetPr codeName="Zqforean">'),
    "a header": swap(SHEET, b"<headerFooter>", b"<headerFooter><oddHeader>&amp;L%s</oddHeader>" % TEXT),
    "a footer": swap(SHEET, b"<oddFooter>", b"<oddFooter>%s" % TEXT),
    "a drop-down list": swap(SHEET, b"<pageMargins", b'<dataValidations count="1"><dataValidation type="list" sqref="A900"><formula1>"%s,b"</formula1></dataValidation></dataValidations><pageMargins' % TEXT),
    "an input prompt": swap(SHEET, b"<pageMargins", b'<dataValidations count="1"><dataValidation prompt="%s" sqref="A900"/></dataValidations><pageMargins' % TEXT),
    "an error message": swap(SHEET, b"<pageMargins", b'<dataValidations count="1"><dataValidation error="%s" sqref="A900"/></dataValidations><pageMargins' % TEXT),
    "a conditional format": swap(SHEET, b"<pageMargins", b'<conditionalFormatting sqref="A1"><cfRule type="expression" priority="90"><formula>A1="%s"</formula></cfRule></conditionalFormatting><pageMargins' % TEXT),
    "a scenario": swap(SHEET, b"<pageMargins", b'<scenarios><scenario name="%s"/></scenarios><pageMargins' % TEXT),
    "a protected range": swap(SHEET, b"<pageMargins", b'<protectedRanges><protectedRange name="%s" sqref="A1"/></protectedRanges><pageMargins' % TEXT),
    "a filter's choice": swap(TABLE, b"<tableColumns", b'<autoFilter ref="A5:B6"><filterColumn colId="0"><filters><filter val="%s"/></filters></filterColumn></autoFilter><tableColumns' % TEXT),
    "a sort order of one's own": swap(TABLE, b"<tableColumns", b'<sortState ref="A5:B6"><sortCondition ref="A5" customList="%s"/></sortState><tableColumns' % TEXT),
    "a hyperlink": both(_relation(_SHEET_RELS, "hyperlink", "mailto:Zqforean%20Zqsuram", ' TargetMode="External"'), swap(SHEET, b"<pageMargins", b'<hyperlinks><hyperlink ref="A1" r:id="rIdZ"/></hyperlinks><pageMargins')),
    "a hyperlink's tip": swap(SHEET, b"<pageMargins", b'<hyperlinks><hyperlink ref="A1" location="A1" tooltip="%s"/></hyperlinks><pageMargins' % TEXT),
    "a hyperlink's display": swap(SHEET, b"<pageMargins", b'<hyperlinks><hyperlink ref="A1" location="A1" display="%s"/></hyperlinks><pageMargins' % TEXT),
    "an extension list": swap(SHEET, b"</worksheet>", b'<extLst><ext uri="{x}"><a>%s</a></ext></extLst></worksheet>' % TEXT),
    # names, tables
    "a defined name": swap(BOOK, b"</definedNames>", b'<definedName name="x">"%s"</definedName></definedNames>' % TEXT),
    "what a defined name is called": swap(BOOK, b"</definedNames>", b'<definedName name="Zqforean">A1</definedName></definedNames>'),
    "a defined name's comment": swap(BOOK, b"</definedNames>", b'<definedName name="x" comment="%s">A1</definedName></definedNames>' % TEXT),
    "a path in the workbook": swap(BOOK, b"<workbookPr", b'<absPath url="C:\\Cases\\%s\\"/><workbookPr' % TEXT),
    "who shared the workbook": swap(BOOK, b"<workbookPr", b'<fileSharing userName="%s"/><workbookPr' % TEXT),
    "a table's name": swap(TABLE, b'displayName="', b'displayName="Zqforean'),
    "a column's name": swap(TABLE, b'<tableColumn id="1" name="', b'<tableColumn id="1" name="%s ' % TEXT),
    "a total's label": swap(TABLE, b'<tableColumn id="1" ', b'<tableColumn id="1" totalsRowLabel="%s" ' % TEXT),
    "a table's alt text": swap(TABLE, b"</table>", b'<extLst><ext><table altText="%s"/></ext></extLst></table>' % TEXT),
    # charts and pictures
    "a chart's remembered texts": swap(CHART, b"<c:strCache>", b'<c:strCache><c:pt idx="900"><c:v>%s</c:v></c:pt>' % TEXT),
    "a chart's remembered numbers": swap(CHART, b"<c:numCache>", b'<c:numCache><c:pt idx="900"><c:v>%d</c:v></c:pt>' % SERIAL_1900),
    "a chart's title": swap(CHART, b"</a:t>", b" %s</a:t>" % TEXT),
    "runs of a chart's title": swap(CHART, b"</a:r>", b'</a:r><a:r><a:t> Zqfo</a:t></a:r><a:r><a:t>rean</a:t></a:r>'),
    "a chart's link": swap(CHART, b"</c:chartSpace>", b'<c:externalData r:id="rIdZ"/></c:chartSpace>'),
    "a chart's alt text": swap(DRAWING, b' descr="', b' descr="%s ' % TEXT),
    "a chart's name": swap(DRAWING, b'<xdr:cNvPr id="2" name="', b'<xdr:cNvPr id="2" name="%s ' % TEXT),
    "a text box": swap(DRAWING, b"</xdr:wsDr>", b"<xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>%s</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>" % TEXT),
    # pivot tables
    "a pivot cache's shared items": swap("xl/pivotCache/pivotCacheDefinition1.xml", b"</sharedItems>", b'<s v="%s"/></sharedItems>' % TEXT),
    "who refreshed a pivot table": swap("xl/pivotCache/pivotCacheDefinition1.xml", b"<pivotCacheDefinition ", b'<pivotCacheDefinition refreshedBy="%s" ' % TEXT),
    "a pivot table's field": swap("xl/pivotTables/pivotTable1.xml", b'<dataField name="', b'<dataField name="%s ' % TEXT),
    # properties
    "the author": swap(CORE, b"<dc:creator>", b"<dc:creator>%s" % TEXT),
    "who saved it last": swap(CORE, b"<cp:lastModifiedBy>", b"<cp:lastModifiedBy>%s" % TEXT),
    "keywords": swap(CORE, b"</cp:coreProperties>", b"<cp:keywords>%s</cp:keywords></cp:coreProperties>" % TEXT),
    "the title": swap(CORE, b"</dc:title>", b" %s</dc:title>" % TEXT),
    "the manager": swap(APP, b"</Properties>", b"<Manager>%s</Manager></Properties>" % TEXT),
    "the company": swap(APP, b"<Company>", b"<Company>%s" % TEXT),
    "the titles of parts": swap(APP, b"<vt:lpstr>Charts", b"<vt:lpstr>%s Charts" % TEXT),
    # the XML around it
    "an XML comment": swap(BOOK, b"<sheets>", b"<!-- %s --><sheets>" % TEXT),
    "an XML instruction": swap(BOOK, b"<sheets>", b"<?note %s?><sheets>" % TEXT),
    "an entity of a document type": swap(BOOK, b"<workbook ", b'<!DOCTYPE workbook [<!ENTITY a "%s">]><workbook ' % TEXT),
    "a namespace": swap(BOOK, b"<workbook ", b'<workbook xmlns:z="urn:%s" ' % NAME.replace(" ", "").encode()),
    "a style's name": swap("xl/styles.xml", b"</cellStyles>", b'<cellStyle name="%s" xfId="0"/></cellStyles>' % TEXT),
    "a number format": swap("xl/styles.xml", b"</numFmts>", b'<numFmt numFmtId="190" formatCode="&quot;%s&quot;0"/></numFmts>' % TEXT),
    "the theme's name": swap("xl/theme/theme1.xml", b' name="', b' name="%s ' % TEXT),
    "text between elements": swap(BOOK, b"<sheets>", b"%s<sheets>" % TEXT),
}  # fmt: skip
