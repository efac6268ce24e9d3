# ruff: noqa: E501 - one line for each place is easier to read than five
"""A clean briefing with one secret planted in one place: where Word documents hide things, one mutation each.

Every mutation is real WordprocessingML as Word, or a tool that saved after it, would write it. The child is invented.
"""

from __future__ import annotations

from tests.privacy.scanner.hiding_places import (
    CASE_ID,
    IN_THE_ZIP,
    NAME,
    TEXT,
    Mutation,
    both,
    in_local_header,
    more,
    swap,
)

DOCUMENT, STYLES, SETTINGS, FOOTER = "word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml"
CHART, CORE, APP, NUMBERING = "word/charts/chart1.xml", "docProps/core.xml", "docProps/app.xml", "word/numbering.xml"
FONTS, THEME, RELATIONS = "word/fontTable.xml", "word/theme/theme1.xml", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HARMLESS = b"nothing that anybody is called"


def body(inner: bytes) -> Mutation:
    """Elements at the start of the document's body."""
    return swap(DOCUMENT, b"<w:body>", b"<w:body>" + inner)


def paragraph(inner: bytes) -> Mutation:
    return body(b"<w:p>" + inner + b"</w:p>")


def run(inner: bytes, properties: bytes = b"") -> Mutation:
    return paragraph(b"<w:r>" + (b"<w:rPr>%s</w:rPr>" % properties if properties else b"") + inner + b"</w:r>")


def relation(kind: str, target: str, mode: str = "") -> Mutation:
    new = f'<Relationship Id="rIdZ" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    return swap(RELATIONS, b"</Relationships>", new)


def setting(inner: bytes) -> Mutation:
    return swap(SETTINGS, b"<w:defaultTabStop", inner + b"<w:defaultTabStop")


_T = b"<w:t>%s</w:t>" % TEXT

# Places whose text is searched: a name in them is found.
TEXTS: dict[str, Mutation] = {
    "a paragraph": run(_T),
    "a name over two runs": paragraph(b"<w:r><w:t>Zqfo</w:t></w:r><w:r><w:t>rean</w:t></w:r>"),
    "a name over three runs and two styles": paragraph(b'<w:r><w:t>Zq</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Label"/></w:rPr><w:t>sur</w:t></w:r><w:r><w:t>am</w:t></w:r>'),
    "entities": run(b"<w:t>%s</w:t>" % "".join(f"&#{ord(one)};" for one in NAME).encode()),
    "entities twice": run(b"<w:t>%s</w:t>" % "".join(f"&amp;#{ord(one)};" for one in NAME).encode()),
    "character data": run(b"<w:t><![CDATA[%s]]></w:t>" % TEXT),
    "letters nobody sees": run("<w:t>Zq\u00adfo\u200brean Zqsuram</w:t>".encode()),
    "a case ID": run(b"<w:t>case %s</w:t>" % CASE_ID.encode()),
    "a date of birth": run(b"<w:t>born 17 February 2007</w:t>"),
    "a cell of a table": swap(DOCUMENT, b"<w:tc>", b"<w:tc><w:p><w:r>%s</w:r></w:p>" % _T),
    "a table's caption": swap(DOCUMENT, b'<w:tblCaption w:val="', b'<w:tblCaption w:val="%s ' % TEXT),
    "alt text": swap(DOCUMENT, b' descr="', b' descr="%s ' % TEXT),
    "a drawing's name": swap(DOCUMENT, b'name="Chart 1"', b'name="%s"' % NAME.encode()),
    "the footer": swap(FOOTER, b"</w:p>", b"<w:r>%s</w:r></w:p>" % _T),
    "a style's name": swap(STYLES, b'w:val="Quote"', b'w:val="%s"' % NAME.encode()),
    "a bullet": swap(NUMBERING, b'w:lvlText w:val="', b'w:lvlText w:val="%s ' % TEXT),
    "a font's name": swap(FONTS, b'w:name="Arial"', b'w:name="%s"' % NAME.encode()),
    "the theme's name": swap(THEME, b'name="Office', b'name="%s Office' % NAME.encode()),
    "a chart's title": swap(CHART, b"<a:t>", b"<a:t>%s " % TEXT),
    "a chart's category": swap(CHART, b"<c:cat><c:strLit>", b'<c:cat><c:strLit><c:pt idx="0"><c:v>%s</c:v></c:pt>' % TEXT),
    "a series' name": swap(CHART, b"<c:tx><c:v>", b"<c:tx><c:v>%s " % TEXT),
    "a chart's number format": swap(CHART, b"<c:formatCode>", b"<c:formatCode>%s" % TEXT),
    "the title of the document": swap(CORE, b"<dc:title>", b"<dc:title>%s " % TEXT),
    "its author": swap(CORE, b"<dc:creator/>", b"<dc:creator>%s</dc:creator>" % NAME.encode()),
    "the company": swap(APP, b"<Application>", b"<Company>%s</Company><Application>" % NAME.encode()),
}  # fmt: skip

# Places that do not belong there, whatever stands in them: found without any name.
STRUCTURE: dict[str, Mutation] = {
    **IN_THE_ZIP,
    "an extra field of the local header": in_local_header,
    # parts
    "comments": more("word/comments.xml", b"<w:comments %s><w:comment><w:p><w:r>%s</w:r></w:p></w:comment></w:comments>" % (_W, _T)),
    "the people who commented": more("word/people.xml", b"<people><person author='%s'/></people>" % TEXT),
    "footnotes": more("word/footnotes.xml", b"<w:footnotes %s/>" % _W),
    "endnotes": more("word/endnotes.xml", b"<w:endnotes %s/>" % _W),
    "a header": both(more("word/header1.xml", b"<w:hdr %s><w:p><w:r>%s</w:r></w:p></w:hdr>" % (_W, _T)), relation("header", "header1.xml")),
    "a second footer": more("word/footer2.xml", b"<w:ftr %s/>" % _W),
    "custom XML": more("customXml/item1.xml", b"<metadata>%s</metadata>" % TEXT),
    "custom document properties": more("docProps/custom.xml", b"<Properties><property name='x'/></Properties>"),
    "a sensitivity label": more("docMetadata/LabelInfo.xml", b"<labelList/>"),
    "a thumbnail": more("docProps/thumbnail.jpeg", b"\xff\xd8\xff" + TEXT),
    "a picture": more("word/media/image1.png", b"\x89PNG" + TEXT),
    "an embedded workbook behind a chart": more("word/embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK\x03\x04" + TEXT),
    "an embedded file": more("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + TEXT),
    "a chart's own links": more("word/charts/_rels/chart1.xml.rels", b"<Relationships/>"),
    "another document inside": more("word/afchunk1.docx", b"PK\x03\x04" + TEXT),
    "building blocks": more("word/glossary/document.xml", b"<w:glossaryDocument %s/>" % _W),
    "macros": more("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + TEXT),
    "an attached template": more("word/_rels/settings.xml.rels", b"<Relationships/>"),
    "the people of a mail merge": more("word/recipientData.xml", b"<w:recipients %s/>" % _W),
    "what Word keeps for browsers": more("word/webSettings.xml", b"<w:webSettings %s/>" % _W),
    "a sheet of a workbook": more("xl/worksheets/sheet1.xml", b"<worksheet/>"),
    "an unknown part": more("word/anything.bin", TEXT),
    # elements
    "hidden text": run(b"<w:t>%s</w:t>" % HARMLESS, b"<w:vanish/>"),
    "hidden text by a style": swap(STYLES, b"<w:rPr><w:b/>", b"<w:rPr><w:vanish/><w:b/>"),
    "text in white": run(b"<w:t>%s</w:t>" % HARMLESS, b'<w:color w:val="FFFFFF"/>'),
    "text too small to see": run(b"<w:t>%s</w:t>" % HARMLESS, b'<w:sz w:val="2"/>'),
    "an insertion with its author": paragraph(b'<w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:t>x</w:t></w:r></w:ins>'),
    "a deletion": paragraph(b'<w:del w:id="1" w:author="A"><w:r><w:delText>%s</w:delText></w:r></w:del>' % HARMLESS),
    "a moved paragraph": paragraph(b'<w:moveFrom w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:moveFrom>'),
    "a former format": run(b"<w:t>x</w:t>", b'<w:rPrChange w:id="1" w:author="A"><w:rPr/></w:rPrChange>'),
    "a comment's mark": paragraph(b'<w:commentRangeStart w:id="1"/>'),
    "a bookmark": paragraph(b'<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>'),
    "a link": both(relation("hyperlink", "https://example.org/x", ' TargetMode="External"'), paragraph(b'<w:hyperlink r:id="rIdZ"><w:r><w:t>x</w:t></w:r></w:hyperlink>')),
    "a link that no text shows": relation("hyperlink", "https://example.org/x", ' TargetMode="External"'),
    "a field": paragraph(b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    "a simple field in the text": paragraph(b'<w:fldSimple w:instr="INCLUDETEXT x"><w:r><w:t>x</w:t></w:r></w:fldSimple>'),
    "a field of the footer that says the author": swap(FOOTER, b'w:instr="PAGE"', b'w:instr="AUTHOR"'),
    "a field of the footer that fetches": swap(FOOTER, b'w:instr="PAGE"', b'w:instr="PAGE \\\\* INCLUDETEXT"'),
    "a content control": body(b'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'),
    "a content control's placeholder": body(b'<w:customXml w:element="x"><w:p/></w:customXml>'),
    "a text box": run(b"<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict>"),
    "alternate content": run(b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback/></mc:AlternateContent>'),
    "an embedded object": run(b"<w:object/>"),
    "another document's place": body(b'<w:altChunk r:id="rId1"/>'),
    "phonetic guides": run(b"<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt></w:ruby>"),
    "a second section's header": paragraph(b'<w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId6"/></w:sectPr></w:pPr>'),
    "a row that is not shown": swap(DOCUMENT, b"<w:trPr>", b"<w:trPr><w:hidden/>"),
    "text between elements": swap(DOCUMENT, b"<w:body>", b"<w:body>%s" % HARMLESS),
    "an XML comment": swap(DOCUMENT, b"<w:body>", b"<w:body><!-- %s -->" % HARMLESS),
    "an instruction to a program": swap(DOCUMENT, b"<w:body>", b"<w:body><?x %s?>" % HARMLESS),
    "a document type": swap(SETTINGS, b"<w:settings", b"<!DOCTYPE x [<!ENTITY y 'z'>]><w:settings"),
    "an attribute of somebody's own": swap(DOCUMENT, b"<w:body>", b'<w:body xmlns:z="urn:z" z:z="x">'),
    "revision marks on a paragraph": body(b'<w:p w:rsidR="00A77427" w:rsidRDefault="00A77427"/>'),
    # settings
    "revision marks": setting(b'<w:rsids><w:rsidRoot w:val="00A77427"/></w:rsids>'),
    "document variables": setting(b'<w:docVars><w:docVar w:name="x" w:val="y"/></w:docVars>'),
    "an attached template's mark": setting(b'<w:attachedTemplate r:id="rId1" xmlns:r="%s"/>' % _OFFICE.encode()),
    "tracking switched on": setting(b"<w:trackRevisions/>"),
    "a mail merge": setting(b"<w:mailMerge/>"),
    "protection with a password's hash": setting(b'<w:documentProtection w:edit="readOnly" w:hash="x"/>'),
    # properties and charts
    "who saved last": swap(CORE, b"</cp:coreProperties>", b"<cp:keywords>x</cp:keywords></cp:coreProperties>"),
    "the manager": swap(APP, b"<Application>", b"<Manager>x</Manager><Application>"),
    "the template's name": swap(APP, b"<Application>", b"<Template>x</Template><Application>"),
    "a chart's workbook": swap(CHART, b"</c:chartSpace>", b'<c:externalData r:id="rId1" xmlns:r="%s"/></c:chartSpace>' % _OFFICE.encode()),
    "a chart's cached strings": swap(CHART, b"<c:cat><c:strLit>", b"<c:cat><c:strRef><c:f>x</c:f></c:strRef><c:strLit>"),
    "a chart's extension": swap(CHART, b"</c:chartSpace>", b"<c:extLst/></c:chartSpace>"),
}  # fmt: skip
