"""What no part of an export may hold: document types, entities, links to other files, DDE, old macros.

Every part is unpacked once, piece by piece, and measured: a zip can lie about its sizes. What is looked for are the
bytes of the markup itself. `<!DOCTYPE` cannot stand in a part but as a document type (or in a comment, which no
program that exports writes), so no parser is needed to find it.
"""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator

from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports.zip_check import bomb, damaged

PIECE = 2**18
_OVERLAP = 4_096
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_READS_AS_ASCII = ("utf-8", "ascii", "iso8859-1", "cp1252", "utf-16")
_LINK_PARTS = ("xl/externallinks/",)
_MACRO_PARTS = ("xl/macrosheets/",)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_DDE_LINK = re.compile(
    rb"<(?:\w+:)?ddeLink\b|<(?:office|text):dde-|<table:dde-link\b|table:formula=[\"'][^\"'>]*\bDDE\("
)
_MACRO_TYPE = re.compile(rb"(?:macrosheet\+xml|relationships/xlMacrosheet|xlIntlMacrosheet|intlmacrosheet)")
_ODS_LINK = re.compile(
    rb"<table:(?:table-source|cell-range-source|database-source-\w+)\b|table:formula=[\"'][^\"'>]*(?:'|&apos;)(?:file|https?|smb):",
)


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, piece by piece. Raises FileProblem when it is damaged or longer than it says."""
    read = 0
    try:
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                read += len(piece)
                yield piece
            if file.read(1) or read != member.file_size:
                raise bomb()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged() from error


class PartCheck:
    """Feed it the pieces of one part in order; it raises FileProblem at the first thing that may not be there."""

    def __init__(self, member: str, *, ours: bool = False) -> None:
        """`ours`: a workbook of this program, where people may link to other files; nobody follows the links here."""
        self._member = member.casefold()
        self._links_may_be = ours
        self._tail = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._first = True
        if self._member.startswith(_MACRO_PARTS):
            raise old_macros()

    def feed(self, piece: bytes) -> bytes:
        """Look at the next piece; gives it back in UTF-8."""
        if self._first:
            self._decoder = self._find_decoder(piece)
            self._first = False
        if self._decoder is not None:
            try:
                piece = self._decoder.decode(piece).encode("utf-8", "surrogatepass")
            except UnicodeError as error:
                raise damaged() from error
        self._search(self._tail + piece)
        self._tail = piece[-_OVERLAP:] if len(piece) >= _OVERLAP else (self._tail + piece)[-_OVERLAP:]
        return piece

    def close(self) -> None:
        """The part is over. Raises FileProblem for a part of links to other files."""
        if self._member.startswith(_LINK_PARTS) and "/_rels/" not in self._member and not self._links_may_be:
            raise links()

    def _find_decoder(self, head: bytes) -> codecs.IncrementalDecoder | None:
        """UTF-16 parts are read as such; an encoding in which `<` has another byte would hide everything."""
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return codecs.getincrementaldecoder("utf-16")()
        if head.startswith((b"<\0", b"\0<")):
            return codecs.getincrementaldecoder("utf-16-le" if head[0] else "utf-16-be")()
        declared = _DECLARED.search(head[:_OVERLAP])
        if declared and not _known(declared.group(1).decode("ascii")):
            raise self._odd_encoding()
        is_xml = self._member.endswith((".xml", ".rels"))
        if is_xml and head.strip() and not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
            raise self._odd_encoding()
        return None

    def _odd_encoding(self) -> FileProblem:
        return FileProblem(
            "xml-encoding",
            f"{FILE} is written in an unusual character set: open it in Excel, save it, try again.",
        )

    def _search(self, data: bytes) -> None:
        if b"!" in data and b"<!" in data and _DTD.search(data):
            raise FileProblem(
                "dtd",
                f"{FILE} holds a document type definition, which no export needs: "
                "open it in Excel, save it as a new workbook, and import that.",
            )
        if self._member.endswith(".rels") and not self._links_may_be:
            self._search_relationships(data)
        if self._member.endswith(("content_types].xml", ".rels")) and _MACRO_TYPE.search(data):
            raise old_macros()
        if self._member.startswith(_LINK_PARTS) and _DDE_LINK.search(data):
            raise dde()
        if self._member in ("content.xml", "styles.xml"):
            self._search_ods(data)

    def _search_relationships(self, data: bytes) -> None:
        for tag in _RELATIONSHIP.findall(data):
            if _OUTSIDE.search(tag) and not _HYPERLINK.search(tag) and "externallinks/" not in self._member:
                raise links()

    def _search_ods(self, data: bytes) -> None:
        if _DDE_LINK.search(data):
            raise dde()
        if _ODS_LINK.search(data):
            raise links()


def _known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in _READS_AS_ASCII
    except LookupError:
        return False


def links() -> FileProblem:
    """The refusal of links to other files."""
    return FileProblem(
        "external-links",
        f"{FILE} takes values from other files: in Excel break them (Data, Edit Links, Break Link), save it, "
        "and import it again.",
    )


def dde() -> FileProblem:
    """The refusal of DDE."""
    return FileProblem(
        "dde",
        f"{FILE} holds a DDE link, which can start programs: copy its values (Paste Special, Values) "
        "into a new workbook, and import that.",
    )


def old_macros() -> FileProblem:
    """The refusal of Excel 4 macros."""
    return FileProblem(
        "excel4-macros",
        f"{FILE} holds an Excel 4 macro sheet, which can start programs: copy the list's values "
        "into a new workbook, and import that.",
    )
