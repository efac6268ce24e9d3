"""workbook.xml and the relations between parts: sheets, tables, defined names, when to calculate."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file import table_parts
from xl_dipsample.workbook.hosts.closed_file.cell_text import escaped, plain
from xl_dipsample.workbook.hosts.closed_file.references import Stretch, quoted, sheet_and_area, stretched
from xl_dipsample.workbook.hosts.closed_file.xml import attributes, element_pattern, start_tag, with_attribute
from xl_dipsample.workbook.hosts.closed_file.zip_members import Member, Package, packed

TYPES = "[Content_Types].xml"
_SPREADSHEET = re.compile(r"spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\.sheet\.macroEnabled\.main\+xml")
_NAME = element_pattern("definedName")
_REFERENCE_IN_NAME = re.compile(r"(?:'(?:[^']|'')+'|[^\s,'!()=]+)!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_AFTER_CALC = (
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "fileRecoveryPr",
    "webPublishing",
    "extLst",
)


@dataclass(frozen=True)
class BookPart:
    """What workbook.xml says: where each sheet's part is, the tables, the names of cells."""

    part: str
    xml: str
    sheets: dict[str, str]
    tables: dict[str, table_parts.TablePart]
    names: dict[str, tuple[str, str]]  # casefolded name -> sheet, area
    since_1904: bool

    @property
    def relations(self) -> str:
        """The part that holds the workbook's relations."""
        return relations_of(self.part)


def relations_of(part: str) -> str:
    """The part that holds another part's relations.

    >>> relations_of("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id -> last word of the type, part it leads to. External ones are left out."""
    name = relations_of(part)
    if name not in package:
        return {}
    found = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", package.text(name)):
        given = attributes(tag)
        if given.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), given.get("Target", "")))
            found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return found


def related_text(package: Package, book: BookPart, kind: str) -> str:
    """The text of the workbook's styles or shared strings; "" when it has none. Raises FileProblem."""
    part = next((target for one, target in related(package, book.part).values() if one == kind), "")
    return package.text(part) if part in package else ""


def read(package: Package) -> BookPart:
    """Read the workbook part. Raises FileProblem when it is no workbook."""
    part = next((target for kind, target in related(package, "").values() if kind == "officeDocument"), "")
    if part not in package or TYPES not in package or not _SPREADSHEET.search(package.text(TYPES)):
        raise FileProblem("not-a-workbook", "The file is not an Excel workbook (.xlsx). Choose the workbook itself.")
    xml = package.text(part)
    targets = related(package, part)
    sheets = {}
    for tag in re.findall(r"<sheet\b[^>]*>", xml):
        given = attributes(tag)
        kind, target = targets.get(next((v for k, v in given.items() if k.endswith(":id")), ""), ("", ""))
        if kind == "worksheet" and target in package:
            sheets[given["name"]] = target
    found = {}
    for sheet, target in sheets.items():
        for kind, table_part in related(package, target).values():
            if kind == "table" and table_part in package:
                table = table_parts.read(package.text(table_part), table_part, sheet)
                found[table.name] = table
    start = start_tag(xml, "workbookPr")
    since_1904 = attributes(start[0] if start else "").get("date1904", "0") in ("1", "true")
    return BookPart(part, xml, sheets, found, _names(xml), since_1904)


def _names(xml: str) -> dict[str, tuple[str, str]]:
    found = {}
    for one in _NAME.finditer(xml):
        given = attributes(one[1] or "")
        place = sheet_and_area(plain(one[2] or ""))
        if place and "localSheetId" not in given:
            found[given.get("name", "").casefold()] = (place[0], place[1].replace("$", ""))
    return found


def renewed(xml: str, changes: dict[str, list[Stretch]]) -> str:
    """workbook.xml with names that follow their tables, and the wish to calculate everything on opening."""

    def reference(found: re.Match[str]) -> str:
        place = sheet_and_area(plain(found[0]))
        if not place or place[0] not in changes or ":" not in place[1]:
            return found[0]
        area = stretched(place[1], changes[place[0]])
        return escaped(f"{quoted(place[0])}!{area}") if area and area != place[1] else found[0]

    def name(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0]
        return f"{found[1]}{_REFERENCE_IN_NAME.sub(reference, found[2] or '')}</definedName>"

    return _calculating(_NAME.sub(name, xml))


def _calculating(xml: str) -> str:
    found = start_tag(xml, "calcPr")
    if found:
        return xml[: found.start()] + with_attribute(found[0], "fullCalcOnLoad", "1") + xml[found.end() :]
    places = [later.start() for one in _AFTER_CALC if (later := start_tag(xml, one))]
    place = min([*places, xml.rindex("</workbook")])
    return f'{xml[:place]}<calcPr calcId="0" fullCalcOnLoad="1"/>{xml[place:]}'


def without_calc_chain(package: Package, book: BookPart) -> tuple[list[Member], list[str]]:
    """The changed members and the removed ones when the order of calculation is forgotten; Excel makes it anew."""
    chains = [target for kind, target in related(package, book.part).values() if kind == "calcChain"]
    chains = [chain for chain in chains if chain in package]
    if not chains:
        return [], []
    changed = []
    for part, pattern in (
        (TYPES, r"<(?:\w+:)?Override\b[^>]*calcChain[^>]*?/>"),
        (book.relations, r"<(?:\w+:)?Relationship\b[^>]*/calcChain[\"'][^>]*?/>"),
    ):
        changed.append(packed(part, re.sub(pattern, "", package.text(part))))
    return changed, chains


def refreshing(xml: str) -> str:
    """A pivot table's cache that is made anew when the workbook opens."""
    found = start_tag(xml, "pivotCacheDefinition")
    if not found:
        return xml
    return xml[: found.start()] + with_attribute(found[0], "refreshOnLoad", "1") + xml[found.end() :]


def cell_of(book: BookPart, name: str) -> tuple[str, str]:
    """Sheet and reference of a named cell. Raises WorkbookProblem."""
    place = book.names.get(name.casefold())
    if not place or place[0] not in book.sheets:
        raise WorkbookProblem(
            "no-such-name", f"The named cell {name} is gone from the workbook. Use an earlier copy of the workbook."
        )
    return place[0], place[1].partition(":")[0]
