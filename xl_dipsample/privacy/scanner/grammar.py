"""What a shared workbook may be made of: its parts, and in each the elements and attributes.

Word documents have a grammar of their own (word_grammar.py); which one counts, the main part decides.

Written by hand from ECMA-376 for what our sheets need, and no more. Not there, on purpose: hidden rows, columns and
sheets, drop-downs of their own, comments, outside links, pictures, macros, printer settings, custom XML, records of
pivot caches, alternate content and extension lists, phonetic runs. A kind of part has a pattern of names; an element
stands with its attributes in brackets; a star before it says that it may hold text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from xl_dipsample.privacy.scanner import word_grammar

PARTS: dict[str, str] = {
    "types": r"\[Content_Types\]\.xml",
    "relations": r"(_rels/|xl/_rels/workbook\.xml|xl/(worksheets/_rels/sheet|drawings/_rels/drawing"
    r"|pivotTables/_rels/pivotTable)\d{1,3}\.xml)\.rels",
    "app": r"docProps/app\.xml",
    "core": r"docProps/core\.xml",
    "workbook": r"xl/workbook\.xml",
    "styles": r"xl/styles\.xml",
    "theme": r"xl/theme/theme1\.xml",
    "strings": r"xl/sharedStrings\.xml",
    "sheet": r"xl/worksheets/sheet\d{1,3}\.xml",
    "table": r"xl/tables/table\d{1,3}\.xml",
    "drawing": r"xl/drawings/drawing\d{1,3}\.xml",
    "chart": r"xl/charts/chart\d{1,3}\.xml",
    "pivot": r"xl/pivotTables/pivotTable\d{1,3}\.xml",
    "cache": r"xl/pivotCache/pivotCacheDefinition\d{1,3}\.xml",
}

# Where workbooks hide things, for a person to read; the patterns are looked for in names that are not allowed.
HIDING_PLACES: tuple[tuple[str, str], ...] = (
    (r"threadedcomments?/", "threaded comments"),
    (r"persons?/", "the people who commented"),
    (r"comments\w*\.xml$", "comments or notes"),
    (r"vmldrawing", "the boxes of notes or controls"),
    (r"printersettings", "printer settings"),
    (r"^customxml/", "custom XML"),
    (r"docprops/custom\.xml$", "custom document properties"),
    (r"docprops/thumbnail|thumbnail\.", "a picture of the first page"),
    (r"^docmetadata/", "a sensitivity label"),
    (r"externallinks?/", "links to other workbooks"),
    (r"pivotcacherecords", "the source rows behind a pivot table"),
    (r"querytables?/", "query tables"),
    (r"connections\.xml$", "data connections"),
    (r"revisions?/", "the log of tracked changes"),
    (r"usernames\.xml$", "the people who shared the workbook"),
    (r"vbaproject|macrosheets/|dialogsheets/", "macros"),
    (r"embeddings/", "an embedded file"),
    (r"media/", "a picture"),
    (r"activex/|ctrlprops/", "controls"),
    (r"slicers?/|slicercaches/|timelines?/", "slicers"),
    (r"model/|richdata/|webextensions?/|customui/|diagrams/", "an add-in's or a data model's own part"),
    (r"calcchain\.xml$|metadata\.xml$", "what Excel keeps when it saves"),
    (r"(worksheets|chartsheets)/", "another sheet"),
)

_TEXT = """
[types]
Types Default(Extension ContentType) Override(PartName ContentType)
[relations]
Relationships Relationship(Id Type Target)
[app]
Properties *Application *AppVersion *DocSecurity *ScaleCrop *LinksUpToDate *SharedDoc *HyperlinksChanged
*Company HeadingPairs TitlesOfParts variant *lpstr *i4 vector(size baseType)
[core]
coreProperties *title *creator *lastModifiedBy *language *created(type) *modified(type)
[workbook]
workbook definedNames sheets bookViews pivotCaches workbookPr
fileVersion(appName lastEdited lowestEdited rupBuild)
workbookView(xWindow yWindow windowWidth windowHeight firstSheet activeTab) sheet(name sheetId id)
*definedName(name localSheetId) calcPr(calcId fullCalcOnLoad) pivotCache(cacheId id)
[styles]
styleSheet b i u font fill border dxf patternFill(patternType) numFmts(count) numFmt(numFmtId formatCode)
fonts(count) sz(val) name(val) family(val) scheme(val) color(rgb theme) fills(count) fgColor(rgb indexed)
bgColor(rgb indexed) borders(count) left(style) right(style) top(style) bottom(style) horizontal(style)
vertical(style) diagonal(style) cellStyleXfs(count) cellXfs(count)
xf(numFmtId fontId fillId borderId xfId quotePrefix applyNumberFormat applyFont applyFill applyBorder applyAlignment)
alignment(horizontal vertical wrapText indent) cellStyles(count) cellStyle(name xfId builtinId) dxfs(count)
tableStyles(count defaultTableStyle defaultPivotStyle) tableStyle(name pivot count)
tableStyleElement(type dxfId)
[strings]
sst(count uniqueCount) si r *t(space)
[sheet]
worksheet sheetData sheetViews cols hyperlinks conditionalFormatting(sqref) ignoredErrors is r sheetPr
tabColor(rgb) pageSetUpPr(fitToPage) dimension(ref) sheetView(showGridLines tabSelected workbookViewId)
pane(xSplit ySplit topLeftCell activePane state) selection(pane activeCell sqref)
sheetFormatPr(defaultRowHeight defaultColWidth outlineLevelCol outlineLevelRow)
col(min max width style customWidth outlineLevel) row(r spans ht customHeight s customFormat outlineLevel)
c(r s t) *f(t ref si) *v *t(space) cfRule(type dxfId priority stopIfTrue operator) *formula
hyperlink(ref location display) printOptions(horizontalCentered gridLines)
pageMargins(left right top bottom header footer) pageSetup(paperSize orientation fitToHeight fitToWidth scale)
headerFooter *oddFooter ignoredError(sqref numberStoredAsText) drawing(id) tableParts(count) tablePart(id)
mergeCells(count) mergeCell(ref)
[table]
table(id name displayName ref totalsRowShown headerRowCount) autoFilter(ref) tableColumns(count)
tableColumn(id name) *calculatedColumnFormula
tableStyleInfo(name showFirstColumn showLastColumn showRowStripes showColumnStripes)
[drawing]
wsDr from to nvGraphicFramePr cNvGraphicFramePr xfrm graphic clientData twoCellAnchor(editAs) *col *colOff *row
*rowOff graphicFrame(macro) cNvPr(id name descr) off(x y) ext(cx cy) graphicData(uri) chart(id)
[chart]
chartSpace chart layout plotArea title tx rich lstStyle p r txPr barChart ser cat val catAx valAx scaling spPr
solidFill noFill strRef strCache numRef numCache dLbls legend majorGridlines printSettings headerFooter pPr
bodyPr(rot vert) pageSetup errBars plus minus *f *v *t *formatCode lang(val) barDir(val) grouping(val)
varyColors(val) idx(val) order(val) ptCount(val) pt(idx formatCode) gapWidth(val) overlap(val) axId(val)
crossAx(val) axPos(val) orientation(val) min(val) max(val) delete(val) auto(val) lblAlgn(val) lblOffset(val)
tickLblSkip(val) tickLblPos(val) majorTickMark(val) minorTickMark(val) crosses(val) crossBetween(val)
numFmt(formatCode sourceLinked) dLblPos(val) showVal(val) legendPos(val) plotVisOnly(val) errBarType(val)
errValType(val) errDir(val) noEndCap(val) overlay(val) autoTitleDeleted(val) srgbClr(val) ln(w) latin(typeface)
defRPr(sz b baseline) rPr(lang sz b baseline) endParaRPr(lang) pageMargins(b l r t header footer)
[pivot]
pivotTableDefinition(name cacheId outline outlineData indent dataCaption rowHeaderCaption colHeaderCaption
createdVersion updatedVersion minRefreshableVersion enableDrill itemPrintTitles useAutoFormatting
multipleFieldFilters applyNumberFormats applyBorderFormats applyFontFormats applyPatternFormats
applyAlignmentFormats applyWidthHeightFormats)
location(ref firstHeaderRow firstDataRow firstDataCol rowPageCount colPageCount) pivotFields(count)
pivotField(axis dataField showAll includeNewItemsInFilter multipleItemSelectionAllowed) items(count) item(x t h)
rowFields(count) colFields(count) field(x) rowItems(count) colItems(count) i(t) x(v) pageFields(count)
pageField(fld item hier) dataFields(count) dataField(name fld subtotal baseField baseItem)
pivotTableStyleInfo(name showRowHeaders showColHeaders showRowStripes showColStripes showLastColumn)
[cache]
pivotCacheDefinition(saveData refreshOnLoad createdVersion refreshedVersion minRefreshableVersion missingItemsLimit)
cacheSource(type) worksheetSource(name) cacheFields(count) cacheField(name numFmtId)
sharedItems(count containsBlank) s(v) m
[theme]
theme(name) themeElements extraClrSchemeLst objectDefaults clrScheme(name) dk1 lt1 dk2 lt2 accent1 accent2
accent3 accent4 accent5 accent6 hlink folHlink sysClr(val lastClr) srgbClr(val) schemeClr(val) fontScheme(name)
majorFont minorFont fmtScheme(name) fillStyleLst lnStyleLst effectStyleLst bgFillStyleLst effectStyle effectLst
latin(typeface) ea(typeface) cs(typeface) font(script typeface) solidFill gsLst scene3d sp3d
gradFill(rotWithShape) gs(pos) tint(val) shade(val) satMod(val) alpha(val) lin(ang scaled) path(path)
fillToRect(l t r b) ln(w cap cmpd algn) prstDash(val) outerShdw(blurRad dist dir rotWithShape) camera(prst)
rot(lat lon rev) lightRig(rig dir) bevelT(w h)
"""

# The functions of our formulas: Max( is no child. Any other word in a formula is searched.
FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        "AND COLUMNS COUNTA FIND HYPERLINK IF IFERROR INDEX ISERROR ISNUMBER ISTEXT LEFT LEN LOOKUP LOWER MATCH MAX "
        "MID MIN MMULT N NOT OR ROUND ROW ROWS SQRT SUBSTITUTE SUM SUMIF SUMPRODUCT TEXT TRIM VALUE",
    )
)

NAMESPACES = frozenset(
    {
        "",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://purl.org/dc/dcmitype/",
    }
    | {
        f"http://schemas.openxmlformats.org/{end}"
        for end in (
            "package/2006/content-types",
            "package/2006/relationships",
            "package/2006/metadata/core-properties",
            "officeDocument/2006/extended-properties",
            "officeDocument/2006/docPropsVTypes",
            "officeDocument/2006/relationships",
            "spreadsheetml/2006/main",
            "drawingml/2006/main",
            "drawingml/2006/chart",
            "drawingml/2006/spreadsheetDrawing",
        )
    }
)
PREFIXES = frozenset({None, "r", "vt", "cp", "dc", "dcterms", "dcmitype", "xsi", "xdr", "a", "c"})


@cache
def elements(kind: str) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The elements of one kind of part, each with its attributes; and those of them that may hold text.

    >>> sorted(elements("table")[0]["autoFilter"])
    ['ref']
    """
    lines = (_TEXT + word_grammar.TEXT).split(f"[{kind}]\n")[1].split("\n[")[0]
    found: dict[str, frozenset[str]] = {}
    with_text: set[str] = set()
    for star, name, attributes in re.findall(r"(\*?)(\w+)(?:\(([^)]*)\))?", lines):
        found[name] = found.get(name, frozenset()) | frozenset(attributes.split())
        if star:
            with_text.add(name)
    return found, frozenset(with_text)


def is_word(names: Iterable[str]) -> bool:
    """Whether members of these names make a Word document."""
    return any(name.casefold() == word_grammar.MAIN_PART for name in names)


@cache
def kind_of(name: str, *, word: bool = False) -> str:
    """The kind of part that a member's name says; '' for a part that may not be there.

    >>> kind_of("xl/styles.xml"), kind_of("xl/styles.xml", word=True), kind_of("word/styles.xml", word=True)
    ('styles', '', 'word-styles')
    """
    parts = word_grammar.PARTS if word else PARTS
    return next((kind for kind, pattern in parts.items() if re.fullmatch(pattern, name)), "")


@cache
def namespaces(kind: str) -> frozenset[str]:
    """The namespaces that a part of that kind may name."""
    return NAMESPACES | word_grammar.NAMESPACES if kind.startswith("word-") else NAMESPACES


@cache
def prefixes(kind: str) -> frozenset[str | None]:
    """The prefixes that a part of that kind may give them."""
    return PREFIXES | word_grammar.PREFIXES if kind.startswith("word-") else PREFIXES


def hiding_place(name: str) -> str:
    """What a part that may not be there is, in words."""
    folded = name.replace("\\\\", "/").casefold()
    places = (*HIDING_PLACES, *word_grammar.HIDING_PLACES)
    return next((words for pattern, words in places if re.search(pattern, folded)), "an unknown part")
