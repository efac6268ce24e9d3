"""What lies in a folder: what names children, what is for others to open, and what cannot be read.

Every file that could be one of them is looked into, however many there are; other files are left alone. A name that
only our own companions have settles it at once (a text check list, a copy for Undo); nothing ever clears a folder.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from xl_dipsample.domain.long_list import list_of_children
from xl_dipsample.domain.long_list.heading_words import heading_key
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports import first_rows
from xl_dipsample.exports.zip_parts import SMALL, ZipParts

TEXT_CHECK = "* text check.xlsx"
# What lies beside a working workbook or a key, and nowhere else: how its name ends -> what it is.
COMPANIONS = {
    ".audit.jsonl": "the log of a working workbook",
    " undo copies": "copies for Undo of a working workbook",
    TEXT_CHECK.removeprefix("*"): "a text check list",
    " second keyholder.xlsx": "a second keyholder's file",
}
_EARLIER_KEY = "an earlier key"  # NAME.xlsx.DATE.bak
_ENDS = (".bak", *COMPANIONS)
WORKBOOKS = frozenset({".xlsx", ".xlsm"})
LISTS = frozenset({".csv", ".xls", ".ods", ".xml"})
WORKING, LIST = "a working workbook", "a list with case IDs and names or dates of birth"
LOCKED = "a workbook that is locked, as a key is"
SHARED = "a review workbook, or a copy of one"
PUBLICATION = "a publication copy"
PUBLICATION_TITLE = "Dip-sample: figures for publication"
ENOUGH = 3  # files that are named: then the rest of the folder makes no difference
MOST_REMEMBERED = 200_000
_TELLING = (*list_of_children.CASE, *list_of_children.CHILD)
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OURS = re.compile(rb'<(?:\w+:)?definedName\b[^<>]*\bname="kind"')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*\bname="([^"]*)"')
_FIRST = max(first_rows.MOST_TEXT, SMALL)  # bytes
_MOST_BOOK, _MOST_PROPERTIES = 2**20, 16_384

_seen: dict[tuple[str, int, int, frozenset[str]], str] = {}  # a file that is as it was is not read again


@dataclass(frozen=True)
class Neighbour:
    """A file or folder, and what it is, in words."""

    path: Path
    what: str


@dataclass
class Look:
    """What was found, at most `ENOUGH` of it, and what could not be read; both sorted as they lie there."""

    found: list[Neighbour] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        """Whether there is no need to look at more."""
        return len(self.found) >= ENOUGH


def identifiable_below(folder: Path, but: Set[Path] = frozenset(), told: dict[str, str] | None = None) -> Look:
    """What names children in a folder or anywhere below it. `but`: files (real paths) that do not count.

    `told`: field -> heading of the lists that this sample imported. A link to a folder is followed.
    """
    look, keys = Look(), frozenset(heading_key(said) for one, said in (told or {}).items() if one in _TELLING)
    visited: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting and not look.is_enough:
        place = waiting.pop(0)
        try:
            here = os.stat(place)  # noqa: PTH116 - as scandir, for speed
            entries = sorted(os.scandir(place), key=lambda one: one.name)
        except OSError:
            look.unread.append(place)
            continue
        if here.st_ino and (here.st_dev, here.st_ino) in visited:
            continue
        visited.add((here.st_dev, here.st_ino))
        waiting += _looked_through(entries, look, but, lambda one: _identifiable(one, keys, told))
    return look


def shared_in(folder: Path, but: Set[Path] = frozenset()) -> Look:
    """What is for others to open in one folder; nothing when the folder cannot be listed."""
    look = Look()
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        return look
    workbooks = [one for one in entries if _ending(one.name) in WORKBOOKS]
    _looked_through(workbooks, look, but, _shared)
    return look


def _looked_through(
    entries: list[os.DirEntry[str]], look: Look, but: Set[Path], what_is: Callable[[os.DirEntry[str]], str]
) -> list[Path]:
    """Add what the entries of one folder are; gives the folders among them."""
    folders = []
    for one in sorted(entries, key=lambda entry: not _companion(entry.name)):
        if look.is_enough:
            break
        try:
            if but and Path(os.path.realpath(one.path)) in but:
                continue
            what = what_is(one)
            if not what and one.is_dir():
                folders.append(Path(one.path))
        except (OSError, ValueError, KeyError, FileProblem, IndexError):
            look.unread.append(Path(one.path))
            continue
        if what:
            look.found.append(Neighbour(Path(one.path), what))
    return folders


def _companion(name: str) -> str:
    name = name.lower()
    if not name.endswith(_ENDS):  # most
        return ""
    if name.endswith(".bak"):
        return _EARLIER_KEY if ".xlsx." in name else ""
    return next((what for end, what in COMPANIONS.items() if name.endswith(end)), "")


def _ending(name: str) -> str:
    at = name.rfind(".")
    return "" if at <= 0 or name.startswith("~$") else name[at:].lower()


def _identifiable(one: os.DirEntry[str], keys: frozenset[str], told: dict[str, str] | None) -> str:
    """What names children in a file, in words; '' for any other. Raises OSError, ValueError when nobody can tell."""
    companion = _companion(one.name)
    if companion:
        return companion
    ending = _ending(one.name)
    if ending not in WORKBOOKS and ending not in LISTS:
        return ""
    return _remembered(one, "identifiable", keys, lambda size: _judged(one.path, size, ending, keys, told))


def _remembered(one: os.DirEntry[str], way: str, keys: frozenset[str], judge: Callable[[int], str]) -> str:
    facts = one.stat()
    if not stat.S_ISREG(facts.st_mode):  # a pipe is never opened
        return ""
    key = (f"{way} {one.path}", facts.st_size, facts.st_mtime_ns, keys)
    if key not in _seen:
        if len(_seen) >= MOST_REMEMBERED:
            _seen.clear()
        _seen[key] = judge(facts.st_size)
    return _seen[key]


def _judged(path: str, size: int, ending: str, keys: frozenset[str], told: dict[str, str] | None) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - for speed
        head = file.read(min(size + 1, _FIRST))
        if head[:8] == _OLE:
            return _of_ole(Path(path), head + file.read(), ending, keys, told)
        if head[:2] != _ZIP:
            return _of_text(head, ending, keys, told)
        parts = ZipParts(file, head)
        if _book_kind(parts) == WORKING:
            return WORKING
        if "content.xml" in parts.names:
            content = first_rows.content_of_ods(parts)
            texts = first_rows.texts_of_ods(content)
            none = texts is not None and not list_of_children.may_hold(texts, keys)
            return "" if none else _of_rows(first_rows.of_ods(content), keys, told)
        return _of_sheets(parts, keys, told)


def _of_sheets(parts: ZipParts, keys: frozenset[str], told: dict[str, str] | None) -> str:
    for most in (first_rows.ROWS, first_rows.MORE_ROWS):
        sheets = first_rows.Sheets(parts, most)
        if list_of_children.may_hold(sheets.texts(), keys):
            read = list(sheets.rows())
            if _of_rows(iter(read), keys, told):
                return LIST
            may_come = any(len(rows) >= most and list_of_children.may_begin_below(rows) for rows in read)
        else:
            may_come = not all(map(list_of_children.has_headings, sheets.texts_of_long_ones()))
        if not may_come:
            break
    return ""


def _of_text(text: bytes, ending: str, keys: frozenset[str], told: dict[str, str] | None) -> str:
    if ending == ".xml":
        return _of_rows(iter([first_rows.of_xml(text)]), keys, told)
    if ending != ".csv":
        return ""  # nothing that Excel opens under this name: no list can be in it
    for most in (first_rows.ROWS, first_rows.MORE_ROWS):
        seen = first_rows.beginning_of_csv(text, most)
        cells = first_rows.cells_of_csv(seen)
        if b'"' in seen or list_of_children.may_hold(cells, keys):
            rows = first_rows.of_csv(seen, most)
            if _of_rows(iter([rows]), keys, told):
                return LIST
            may_come = list_of_children.may_begin_below(rows)
        else:
            may_come = not list_of_children.has_headings(cells)
        if not may_come or len(seen) == len(text):
            break
    return ""


def _of_ole(path: Path, rest: bytes, ending: str, keys: frozenset[str], told: dict[str, str] | None) -> str:
    if _ENCRYPTED in rest:
        return LOCKED
    return _of_rows(first_rows.of_xls(path), keys, told) if ending == ".xls" else ""


def _of_rows(sheets: Iterator[first_rows.Rows], keys: frozenset[str], told: dict[str, str] | None) -> str:
    is_one = (list_of_children.may_be(rows, keys) and list_of_children.is_one(rows, told) for rows in sheets)
    return LIST if any(is_one) else ""


def _shared(one: os.DirEntry[str]) -> str:
    """What a workbook for others is, in words; '' for any other. Raises OSError, ValueError when nobody can tell."""
    return _remembered(one, "shared", frozenset(), lambda _: _shared_kind(Path(one.path)))


def _shared_kind(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(2) != _ZIP:
            return ""
        kind = _kind(ZipParts(file))
    return kind if kind in (SHARED, PUBLICATION) else ""


def _kind(parts: ZipParts) -> str:
    """What a workbook of ours is; '' for any other."""
    kind = _book_kind(parts)
    if kind:
        return kind
    properties = _named(parts, "docProps/core.xml")
    said = parts.read(properties, _MOST_PROPERTIES) if properties else b""
    return PUBLICATION if PUBLICATION_TITLE.encode() in said else ""


def _book_kind(parts: ZipParts) -> str:
    """The same by its named cells alone: WORKING, SHARED or ''."""
    part = _named(parts, "xl/workbook.xml")
    book = parts.read(part, _MOST_BOOK) if part else b""
    if b"kind" not in book or not _OURS.search(book):
        return ""
    sheets = _SHEET.findall(book)
    return WORKING if b"Long list" in sheets else SHARED if b"Review" in sheets else ""


def _named(parts: ZipParts, name: str) -> str:
    """How a part is written in this file; '' when it is not there."""
    if name in parts:
        return name
    name = name.casefold()
    return next((one for one in parts.names if one.casefold() == name), "")
