"""Look at an export before any parser sees it: imports are hostile until shown otherwise.

Source: docs/design.md, section 8; docs/information_governance.md, threat 18.
"""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports.ods_scan import Lost, OdsScan, check_manifest
from xl_dipsample.exports.ole_check import MAGIC, check_ole, is_encrypted
from xl_dipsample.exports.sheet_scan import SheetFacts, SheetScan, filled_extent
from xl_dipsample.exports.xml_check import PartCheck, dde, pieces
from xl_dipsample.exports.zip_check import damaged, open_zip, password

KNOWN = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".xml")
MOST_COLUMNS = 16_384
_EXCEL_ROWS = 1_048_576
_HEAD = 4_096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"SQLite format 3", "a database"),
)
_MAIN_PART = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument|ms-excel|ms-word|ms-powerpoint)[^\"']*main\+[^\"']*"
)
_CONTENT = {
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    b"application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    b"application/vnd.ms-excel.template.macroenabled.main+xml": ".xltm",
    b"application/vnd.ms-excel.addin.macroenabled.main+xml": ".xlam",
}
_BINARY = b"application/vnd.ms-excel.sheet.binary.macroenabled.main"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_FAR_CELLS = 30_000_000  # a parser keeps 24 bytes for every cell of the rectangle, filled or not
_FAR_SHARE = 20  # so many times more empty cells than filled ones: no list looks like that


@dataclass
class Facts:
    """What the look at a file brought to light besides refusals: per part of an .xlsx, per sheet of an .ods."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    lost: dict[str, Lost] = field(default_factory=dict)  # sheets of an .ods with formulas without a value


def preflight(path: Path) -> None:
    """Refuse a file that is no export, or that could do harm, before any parser sees it.

    Raises FileProblem: one sentence with what is wrong and what to do.
    """
    try:
        examine(path)
    except FileProblem as problem:
        raise problem.of(path.name) from problem


def examine(path: Path) -> Facts:
    """`preflight`, and what it saw on the way. Raises FileProblem, whose sentence says FILE for the file's name."""
    extension = _check_file(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = _kind_of(head)
    if extension == ".csv":
        _check_text(path, kind)
        return Facts()
    if extension == ".xml":
        _check_xml(kind)
        return Facts()
    if kind == "ole":
        if is_encrypted(path):
            raise password()
        if extension != ".xls":
            raise _other_content("an old Excel workbook (.xls)")
        check_ole(path)
        return Facts()
    if kind != "zip":
        raise _other_content(kind)
    return _examine_zip(path, extension)


def _check_file(path: Path) -> str:
    """The extension. Raises FileProblem unless `path` is a file with something in it: a pipe is never opened."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise FileProblem("no-such-file", f"There is no file {FILE}: check its name and its folder.") from error
    if stat.S_ISDIR(found.st_mode):
        raise FileProblem("folder", f"{FILE} is a folder: name the export inside it.")
    if not stat.S_ISREG(found.st_mode):
        raise FileProblem("not-a-file", f"{FILE} is no ordinary file: save the export as a file first.")
    extension = path.suffix.casefold()
    if extension not in KNOWN:
        raise FileProblem(
            "extension",
            f"{FILE} does not end in one of {' '.join(KNOWN)}: save the export as one of these (.xlsx is best).",
        )
    if found.st_size == 0:
        raise FileProblem("empty-file", f"{FILE} is empty: export it again.")
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise FileProblem(
            "file-locked", f"{FILE} cannot be read: close it where it is open, or ask who may read it."
        ) from error
    return extension


def _kind_of(head: bytes) -> str:
    """zip, ole, text, or in plain words what else it is."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(MAGIC):
        return "ole"
    for magic, words in _OTHERS:
        if head.startswith(magic):
            return words
    start = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    start = start.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "a web page (HTML)" if b"<html" in start else "an XML file"
    return "text"


def _other_content(content: str) -> FileProblem:
    return FileProblem(
        "content-extension",
        f"{FILE} is {content} inside, whatever its name says: "
        "open it in Excel, save it as a workbook (.xlsx), and import that.",
    )


def _check_text(path: Path, kind: str) -> None:
    if kind == "text":
        return
    words = {"zip": "an Excel workbook or another packed file", "ole": "an old Excel workbook (.xls)"}.get(kind, kind)
    if kind == "ole" and is_encrypted(path):
        raise password()
    raise _other_content(words)


def _check_xml(kind: str) -> None:
    """Raise FileProblem for what is no XML at all; whether it is a census return its reader says (`cin_census`)."""
    if kind == "zip":
        raise FileProblem(
            "content-extension",
            f"{FILE} is a packed file inside, whatever its name says: open it, take the .xml out of it, and import "
            "that.",
        )
    if kind == "ole":
        raise _other_content("an old Excel workbook (.xls)")
    if kind not in ("text", "an XML file"):
        raise _other_content(kind)


def _examine_zip(path: Path, extension: str) -> Facts:
    with open_zip(path) as archive:
        content = _content_of(archive)
        if content != extension:
            raise _other_content(_in_words(content))
        return _examine_ods(archive) if content == ".ods" else _examine_ooxml(archive)


def _in_words(content: str) -> str:
    return content if content.startswith("a") else f"a workbook of the kind {content}"


def _content_of(archive: zipfile.ZipFile) -> str:
    """The extension that the content of a zip calls for; in plain words when it is no workbook of a known kind."""
    members = {member.filename.casefold(): member for member in archive.infolist()}
    if "[content_types].xml" in members:
        types = b"".join(pieces(archive, members["[content_types].xml"]))
        if types.startswith((b"\xff\xfe", b"\xfe\xff")):
            types = types.decode("utf-16", "replace").encode("utf-8")
        if _BINARY in types.lower():
            return ".xlsb"
        found = {_CONTENT.get(main.lower(), "") for main in _MAIN_PART.findall(types)}
        return next(iter(found)) or "another Office document" if len(found) == 1 else "another Office document"
    if "mimetype" in members:
        kind = b"".join(pieces(archive, members["mimetype"])).strip()
        return ".ods" if kind == _ODS else "another OpenDocument file"
    return "another packed file"


def _examine_ooxml(archive: zipfile.ZipFile) -> Facts:
    facts = Facts()
    for member in archive.infolist():
        check = PartCheck(member.filename)
        is_sheet = member.filename.casefold().startswith("xl/worksheets/") and member.filename.endswith(".xml")
        scan = SheetScan() if is_sheet else None
        for piece in pieces(archive, member):
            seen = check.feed(piece)
            if scan is not None:
                scan.feed(seen)
        check.close()
        if scan is not None:
            found = scan.close()
            if _is_far(found):
                found.last_row, found.last_column = filled_extent(pieces(archive, member))
            facts.sheets[member.filename] = _judged(found)
    return facts


def _examine_ods(archive: zipfile.ZipFile) -> Facts:
    check_manifest(archive)
    facts = Facts()
    scan = OdsScan()
    found = False
    for member in archive.infolist():
        check = PartCheck(member.filename)
        for piece in pieces(archive, member):
            seen = check.feed(piece)
            if member.filename == "content.xml":
                scan.feed(seen)
                found = True
        check.close()
    if not found:
        raise damaged()
    facts.sheets = {name: _judged(one) for name, one in scan.close().items()}
    facts.lost = scan.lost
    return facts


def _judged(facts: SheetFacts) -> SheetFacts:
    """The facts again. Raises FileProblem for DDE, or for cells so far out that a parser would fill all memory."""
    if facts.dde:
        raise dde()
    if facts.last_column > MOST_COLUMNS:
        raise FileProblem(
            "too-many-columns",
            f"{FILE} has more than {MOST_COLUMNS:,} columns, the most that Excel can hold: export fewer columns.",
        )
    if facts.last_row > _EXCEL_ROWS:
        raise FileProblem(
            "too-many-rows",
            f"{FILE} has more rows than Excel can hold ({_EXCEL_ROWS:,}): export a shorter period.",
        )
    if _is_far(facts):
        raise FileProblem(
            "far-cells",
            f"{FILE} has single cells far away from the list: delete the empty rows and columns "
            "around the list, save it, and import it again.",
        )
    return facts


def _is_far(facts: SheetFacts) -> bool:
    area = facts.last_row * facts.last_column
    return area > _FAR_CELLS and area > _FAR_SHARE * facts.cells
