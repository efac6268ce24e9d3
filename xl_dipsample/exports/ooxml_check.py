"""An .xlsx or .xlsm before any parser: every part is unpacked once, piece by piece, and nothing of it is kept."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports import exact_scan, room
from xl_dipsample.exports.shared_scan import SharedTexts
from xl_dipsample.exports.sheet_scan import SheetFacts, SheetScan, filled_extent, shared_texts
from xl_dipsample.exports.unseen import may_hide
from xl_dipsample.exports.xml_check import PartCheck, dde, pieces

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an object of another program begins
_SHEETS, _SHARED = "xl/worksheets/", "xl/sharedstrings"
_SMALL_PARTS = re.compile(r".*\.rels|\[content_types\]\.xml|xl/(?:workbook|styles)[^/]*\.xml|xl/tables/.*")
LONG = 4 * 2**20  # bytes of a sheet's XML
_MOST_OF_SMALL = 64 * 2**20  # bytes: parsers keep several times as much of these
_SHEET_PART = re.compile(r"xl/\w*sheets/(?!_rels/)")
_NAMED_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_MACROS = re.compile(rb"vnd\.ms-office\.vbaProject|relationships/(?:vbaProject|wordVbaData)", re.IGNORECASE)
_Again = Callable[[], Iterator[bytes]]
_OBJECT_PLACES = ("xl/embeddings/", "xl/activex/", "xl/vbaproject", "customui/")


@dataclass
class Seen:
    """What came to light besides refusals: per sheet's part; `objects`: parts that can hold programs."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    objects: int = 0
    unseen: bool = False  # some text may hold characters that nobody sees
    text: int = 0  # bytes of all cells' shared texts


def plain_name(member: zipfile.ZipInfo) -> str:
    """A member's name as parsers compare it."""
    return member.filename.replace("\\", "/").lstrip("/").casefold()


def is_sheet(name: str) -> bool:
    """Whether a part may be read as a sheet, whatever its ending."""
    return name.startswith(_SHEETS) and not name.startswith(f"{_SHEETS}_rels/")


def examine(archive: zipfile.ZipFile, *, macros: bool, ours: bool = False) -> Seen:
    """Look at every part; small ones first, so that a refusal comes soon.

    `macros`: the kind of file may hold some (.xlsm). `ours`: a workbook of this program, in which people may link to
    other files, and whose long sheets are measured when a parser is to read them (`door.measure`).
    Raises FileProblem.
    """
    seen, shared = Seen(), SharedTexts()
    members = [(plain_name(one), one) for one in archive.infolist()]
    sheets = sum(bool(_SHEET_PART.match(name)) for name, _ in members)
    for name, member in members:
        if not is_sheet(name):
            _look_at(archive, name, member, seen, shared, macros=macros, ours=ours, sheets=sheets)
    shared.close()
    for name, member in members:
        if is_sheet(name) and not (ours and member.file_size >= LONG):
            facts = _sheet(archive, name, member, seen, ours=ours)
            most = room.MOST_OWN_CELLS if ours else room.MOST_CELLS
            measured(facts, partial(_utf_8, archive, member), shared, most=most)
            seen.sheets[member.filename] = facts
            seen.text += facts.text
            if seen.text > room.MOST_TEXT:
                raise room.too_much_text()
    return seen


def _look_at(
    archive: zipfile.ZipFile,
    name: str,
    member: zipfile.ZipInfo,
    seen: Seen,
    shared: SharedTexts,
    *,
    macros: bool,
    ours: bool,
    sheets: int,
) -> None:
    named = 0
    if _SMALL_PARTS.fullmatch(name) and member.file_size > _MOST_OF_SMALL:
        raise room.too_much_text()
    check = PartCheck(name, ours=ours)
    first = True
    for piece in _well_formed(archive, name, member, ours=ours):
        plain = check.feed(piece)
        if not macros and name.endswith((".rels", "content_types].xml")) and _MACROS.search(plain):
            raise _hidden_macros()
        if first and (piece.startswith(_OLE) or name.startswith(_OBJECT_PLACES)):
            if "vbaproject" in name and not macros:
                raise _hidden_macros()
            seen.objects += "vbaproject" not in name
        if name.startswith(_SHARED):
            shared.feed(plain)
            seen.unseen = seen.unseen or may_hide(plain)
        if name.startswith("xl/workbook"):
            named += len(_NAMED_SHEET.findall(plain))
        first = False
    check.close()
    if named > sheets:
        raise FileProblem(
            "sheet-twice", f"{FILE} shows one sheet under several names, which no export does: export it again."
        )


def _well_formed(archive: zipfile.ZipFile, name: str, member: zipfile.ZipInfo, *, ours: bool) -> Iterator[bytes]:
    """The pieces of a part; of ours it must be well-formed, for what reads it looks for ends that must be there."""
    looked_at = ours and name.endswith((".xml", ".rels")) and member.file_size
    parser = exact_scan.WellFormed(plain=True) if looked_at else None
    for piece in pieces(archive, member):
        yield piece
        if parser is not None:
            parser.feed(piece)
    if parser is not None:
        parser.close()


def _utf_8(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a sheet that was checked, in UTF-8."""
    check = PartCheck(plain_name(member), ours=True)
    return (check.feed(piece) for piece in pieces(archive, member))


def _sheet(archive: zipfile.ZipFile, name: str, member: zipfile.ZipInfo, seen: Seen, *, ours: bool) -> SheetFacts:
    check, scan = PartCheck(name, ours=ours), SheetScan()
    for piece in _well_formed(archive, name, member, ours=ours):
        plain = check.feed(piece)
        seen.unseen = seen.unseen or may_hide(plain)
        scan.feed(plain)
    check.close()
    return scan.close()


def measured(facts: SheetFacts, again: _Again, shared: SharedTexts, *, most: int) -> None:
    """Make the facts of a sheet sure. Raises FileProblem for what no parser should see.

    `again`: gives the pieces of the sheet once more; asked for where the quick look is not enough. `most`: cells.
    """
    if facts.dde:
        raise dde()
    far = room.is_far(facts.last_row, facts.last_column, facts.cells) or facts.last_column > room.MOST_COLUMNS
    if far and not facts.odd:
        found = filled_extent(again())
        facts.odd = found is None
        facts.last_row, facts.last_column = found or (facts.last_row, facts.last_column)
    facts.text = facts.cells * shared.longest
    if facts.text > room.MOST_TEXT and not facts.odd:
        sure = None if shared.lengths is None else shared_texts(again(), shared.lengths)
        facts.odd = sure is None
        facts.text = sure or 0
    if facts.odd:
        found_exactly = exact_scan.exact(again(), shared)
        facts.last_row, facts.last_column = found_exactly.last_row, found_exactly.last_column
        facts.cells, facts.text = found_exactly.cells, found_exactly.text
    judge(facts)
    if facts.last_row * facts.last_column > most:
        raise room.too_many_cells()
    if facts.text > room.MOST_TEXT:
        raise room.too_much_text()


def judge(facts: SheetFacts) -> None:
    """Raise FileProblem for cells that Excel does not have, or that stand far away from all others."""
    if facts.last_column > room.MOST_COLUMNS:
        raise FileProblem(
            "too-many-columns",
            f"{FILE} has more than {room.MOST_COLUMNS:,} columns, the most that Excel can hold: export fewer columns.",
        )
    if facts.last_row > room.EXCEL_ROWS:
        raise FileProblem(
            "too-many-rows",
            f"{FILE} has more rows than Excel can hold ({room.EXCEL_ROWS:,}): export a shorter period.",
        )
    if room.is_far(facts.last_row, facts.last_column, facts.cells):
        raise room.far_cells()


def _hidden_macros() -> FileProblem:
    return FileProblem(
        "hidden-macros",
        f"{FILE} hides program code, which a workbook of its name (.xlsx) cannot have: open it in Excel, "
        "copy the list's values into a new workbook, and import that.",
    )
