"""What a shared Word document may be made of: the parts of a briefing, and in each the elements and attributes.

Written by hand from ECMA-376 part 1 for what a briefing needs, and no more. Not there, on purpose: hidden text,
formatting by hand, tracked changes, comments, footnotes, headers, bookmarks, links, text boxes, fields but the page
number, content controls, embedded files and workbooks, pictures, custom XML, document variables, revision marks,
attached templates, alternate content and extension lists. Read as grammar.py's: attributes stand in brackets, a star
says that an element may hold text.
"""

from __future__ import annotations

MAIN_PART = "word/document.xml"

PARTS: dict[str, str] = {
    "types": r"\[Content_Types\]\.xml",
    "relations": r"(_rels/|word/_rels/document\.xml)\.rels",
    "app": r"docProps/app\.xml",
    "core": r"docProps/core\.xml",
    "theme": r"word/theme/theme1\.xml",
    "word-document": r"word/document\.xml",
    "word-styles": r"word/styles\.xml",
    "word-settings": r"word/settings\.xml",
    "word-numbering": r"word/numbering\.xml",
    "word-fonts": r"word/fontTable\.xml",
    "word-footer": r"word/footer1\.xml",
    "word-chart": r"word/charts/chart\d{1,3}\.xml",
}

HIDING_PLACES: tuple[tuple[str, str], ...] = (
    (r"people\.xml$", "the people who commented"),
    (r"(footnotes|endnotes)\.xml$", "footnotes"),
    (r"header\d*\.xml$|footer\d*\.xml$", "a header or footer"),
    (r"glossary/", "building blocks"),
    (r"afchunk|altchunk", "another document inside this one"),
    (r"recipientdata|mailmerge", "the people of a mail merge"),
    (r"_rels/\w+\.xml\.rels$", "links from a part, such as to a template"),
    (r"styleswitheffects|websettings|keymap|attachedtoolbars", "what Word keeps when it saves"),
)

TEXT = """
[word-document]
document body p pPr pStyle(val) keepNext r rPr rStyle(val) *t(space) tbl tblPr tblStyle(val) tblW(w type)
tblLayout(type) tblLook(val firstRow lastRow firstColumn lastColumn noHBand noVBand) tblCaption(val) tblGrid
gridCol(w) tr trPr cantSplit trHeight(val hRule) tblHeader tc tcPr tcW(w type) drawing
inline(distT distB distL distR) extent(cx cy) docPr(id name descr) cNvGraphicFramePr graphic graphicData(uri)
chart(id) sectPr footerReference(type id) pgSz(w h) pgMar(top right bottom left header footer gutter)
[word-styles]
styles docDefaults rPrDefault pPrDefault rPr pPr rFonts(ascii hAnsi eastAsia cs) sz(val) szCs(val)
lang(val eastAsia) style(type default styleId customStyle) name(val) qFormat basedOn(val) next(val) uiPriority(val)
keepNext keepLines b i(val) color(val) spacing(before after line lineRule) ind(left right) outlineLvl(val) jc(val)
numPr numId(val) pBdr tblPr tblInd(w type) tblCellMar tblBorders insideH(val sz space color)
left(val sz space color w type) top(val sz space color w type) bottom(val sz space color w type) right(w type)
tblStylePr(type) tcPr shd(val color fill)
[word-settings]
settings defaultTabStop(val) compat compatSetting(name uri val) themeFontLang(val) decimalSymbol(val)
listSeparator(val)
[word-numbering]
numbering abstractNum(abstractNumId) multiLevelType(val) lvl(ilvl) start(val) numFmt(val) lvlText(val) lvlJc(val)
pPr ind(left hanging) num(numId) abstractNumId(val)
[word-fonts]
fonts font(name) family(val) pitch(val)
[word-footer]
ftr p pPr pStyle(val) r *t(space) fldSimple(instr)
[word-chart]
chartSpace roundedCorners(val) chart title tx rich bodyPr p pPr r *t *v *formatCode defRPr(sz b) rPr(lang sz b)
endParaRPr(lang) latin(typeface) solidFill noFill srgbClr(val) ln(w) overlay(val) autoTitleDeleted(val) plotArea
layout manualLayout layoutTarget(val) xMode(val) yMode(val) x(val) y(val) w(val) h(val) barChart barDir(val)
grouping(val) varyColors(val) ser idx(val) order(val) spPr invertIfNegative(val) dLbls dLblPos(val)
showLegendKey(val) showVal(val) showCatName(val) showSerName(val) showPercent(val) showBubbleSize(val) cat val
strLit numLit ptCount(val) pt(idx) gapWidth(val) overlap(val) axId(val) catAx valAx scaling orientation(val)
min(val) delete(val) axPos(val) majorGridlines numFmt(formatCode sourceLinked) majorTickMark(val) minorTickMark(val)
tickLblPos(val) txPr crossAx(val) crosses(val) auto(val) lblAlgn(val) lblOffset(val) tickLblSkip(val)
noMultiLvlLbl(val) crossBetween(val) majorUnit(val) legend legendPos(val) plotVisOnly(val) dispBlanksAs(val)
"""

# The fields that a footer may have: any other may fetch something from elsewhere, or say who wrote the document.
FIELDS = frozenset({"PAGE", "NUMPAGES"})

NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    }
)
PREFIXES = frozenset({"w", "wp"})
