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
from xl_dipsample.exports import exact_scan, locked_files, ooxml_check, room
from xl_dipsample.exports.ods_scan import Lost, OdsScan, check_manifest
from xl_dipsample.exports.ole_check import MAGIC, check_locks, check_ole
from xl_dipsample.exports.sheet_scan import SheetFacts
from xl_dipsample.exports.unseen import may_hide
from xl_dipsample.exports.xml_check import PartCheck, pieces
from xl_dipsample.exports.zip_check import damaged, open_zip

KNOWN = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".xml")
MOST_COLUMNS = room.MOST_COLUMNS
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
    rb"application/vnd\.(?:openxmlformats-officedocument|ms-excel|ms-word|ms-powerpoint)[^\"']{0,100}?main\+[^\"']{0,100}"
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


@dataclass
class Facts:
    """What the look at a file brought to light besides refusals: per part of an .xlsx, per sheet of an .ods."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    lost: dict[str, Lost] = field(default_factory=dict)  # sheets of an .ods with formulas without a value
    objects: int = 0  # parts that can hold programs
    unseen: bool = True  # some cell may hold characters that nobody sees


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
        _check_size(path, room.MOST_CSV)
        return Facts()
    if extension == ".xml":
        _check_xml(path, kind)
        return Facts()
    if kind == "ole":
        check_locks(path)
        if extension != ".xls":
            raise _other_content("an old Excel workbook (.xls)")
        _check_size(path, room.MOST_XLS)
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
    if extension in locked_files.EXTENSIONS:
        raise locked_files.labelled()
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


def _check_size(path: Path, most: int) -> None:
    if path.stat().st_size > most:
        raise room.too_large(most)


def _check_text(path: Path, kind: str) -> None:
    if kind == "text":
        return
    words = {"zip": "an Excel workbook or another packed file", "ole": "an old Excel workbook (.xls)"}.get(kind, kind)
    if kind == "ole":
        check_locks(path)
    raise _other_content(words)


def _check_xml(path: Path, kind: str) -> None:
    """Raise FileProblem for what is no XML at all; whether it is a census return its reader says (`cin_census`)."""
    if kind == "zip":
        raise FileProblem(
            "content-extension",
            f"{FILE} is a packed file inside, whatever its name says: open it, take the .xml out of it, and import "
            "that.",
        )
    if kind == "ole":
        check_locks(path)
        raise _other_content("an old Excel workbook (.xls)")
    if kind not in ("text", "an XML file"):
        raise _other_content(kind)


def _examine_zip(path: Path, extension: str) -> Facts:
    with open_zip(path) as archive:
        content = _content_of(archive)
        if content != extension:
            raise _other_content(_in_words(content))
        if content == ".ods":
            return _examine_ods(archive)
        seen = ooxml_check.examine(archive, macros=content == ".xlsm")
        return Facts(seen.sheets, objects=seen.objects, unseen=seen.unseen)


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


def _examine_ods(archive: zipfile.ZipFile) -> Facts:
    check_manifest(archive)
    facts = Facts(unseen=False)
    scan = OdsScan()
    found = False
    for member in archive.infolist():
        check = PartCheck(member.filename)
        for number, piece in enumerate(pieces(archive, member)):
            seen = check.feed(piece)
            facts.objects += not number and piece.startswith(MAGIC)
            if member.filename == "content.xml":
                scan.feed(seen)
                facts.unseen = facts.unseen or may_hide(seen)
                found = True
        check.close()
    if not found:
        raise damaged()
    exact_scan.check_well_formed(pieces(archive, archive.getinfo("content.xml")))
    facts.sheets = scan.close()
    for one in facts.sheets.values():
        ooxml_check.judge(one)
    if scan.cells > room.MOST_CELLS:
        raise room.too_many_cells()
    facts.lost = scan.lost
    return facts
