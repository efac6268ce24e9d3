"""The children in need (CIN) census return, an .xml file, as the rows of an export: one for each episode.

It is read as a stream, child by child: of the file no more is held than one child and the rows. Document types and
entities are refused, and so is what no return looks like: another root, another collection, elements deep in one
another, a child of a million characters. Elements are known by their place, without their namespace and whatever the
case of their letters; one that is at no place of reference/cin_census_elements.csv is counted, and its content is not
looked at.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.dates import read_date
from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports.census.cin_episodes import COLUMNS, OLDER_SEX, Episodes, Tree

MOST_BYTES = 220_000_000  # of the file: under 20 seconds; 20,000 children need some 30 million
MOST_EPISODES = 1_048_570  # rows that the long list can hold
_PIECE = 2**18  # bytes
_MOST_BEHIND = 2**20  # bytes of one tag or comment
_LARGEST_CHILD = 1_000_000  # characters and elements
_DEEPEST = 60
_MOST_NAMES = 50  # unknown elements that are told apart
_LONGEST_NAME = 60
_OTHERS = "other elements"
_CHILD = "Message/Children/Child"
_IS_CIN = frozenset({"cin", "cincensus", "childreninneed", "childreninneedcensus"})
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_A_DAY = 10  # characters
_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)")  # xs:date may say its time zone
_SAYS_UTF16 = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']utf-?16", re.IGNORECASE)


@dataclass
class Census:
    """What a return holds: `rows` have the cells of `headings`; the counters count what a person should know."""

    headings: list[str]
    rows: list[list[object]]
    children: int = 0
    without_episode: int = 0
    year: int | None = None  # of the schema: the year in which the census ends
    says: tuple[int | None, int | None] = (None, None)  # the header's year, and that of its reference date
    unknown: Counter[str] = field(default_factory=Counter)  # element -> how often it stands where no schema has it
    odd: Counter[str] = field(default_factory=Counter)  # element -> codes that are none of its year


def schema_years() -> tuple[int, int]:
    """The first and the last census year of which the schema is known.

    >>> schema_years()
    (2017, 2026)
    """
    root = next(row for row in reference.table("cin_census_elements") if row["path"] == "Message")
    return int(root["first_year"]), int(root["last_year"])


def read_census(path: Path) -> Census:
    """Read a return. Raises FileProblem: damaged, another XML, a document type, no episode, too much of anything."""
    if path.stat().st_size > MOST_BYTES:
        raise _too_large()
    reader = _Reader()
    with path.open("rb") as file:
        head = file.read(_PIECE)
        parser = _parser(reader, _encoding(head))
        read = 0
        try:
            for piece in _pieces(head, file.read):
                read += len(piece)
                parser.Parse(piece, False)  # noqa: FBT003 - expat takes no keyword
                if read - parser.CurrentByteIndex > _MOST_BEHIND:
                    raise not_a_census()
            parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, ValueError, LookupError) as error:
            if not reader.is_return:
                raise FileProblem(
                    "no-xml",
                    f"{FILE} cannot be read as XML, or is in an unusual character set: export the return again, and "
                    "import that.",
                ) from error
            raise FileProblem(
                "xml-damaged",
                f"{FILE} is damaged or was cut short (line {parser.CurrentLineNumber:,}): export the return again, "
                "and import that.",
            ) from error
    return reader.census()


def _pieces(head: bytes, read: Callable[[int], bytes]) -> Iterator[bytes]:
    piece = head
    while piece:
        yield piece
        piece = read(_PIECE)


def _encoding(head: bytes) -> str | None:
    """What the file is written in, where its first bytes tell; its declaration may still say what a system had before.

    None: what the declaration says.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"<\0", b"\0<")):
        return "utf-16le" if head[0] else "utf-16be"
    return "utf-8" if _SAYS_UTF16.match(head) else None


def _parser(reader: _Reader, encoding: str | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.EntityDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> NoReturn:
    raise FileProblem(
        "dtd",
        f"{FILE} holds a document type definition, which no census return needs: export the return again, "
        "and import that.",
    )


def not_a_census() -> FileProblem:
    """The refusal of every other XML."""
    return FileProblem(
        "not-cin-census",
        f"{FILE} is XML, but not a children in need (CIN) census return: export that return, or a report as a workbook "
        "(.xlsx), and import it.",
    )


def _another_return() -> FileProblem:
    return FileProblem(
        "another-return",
        f"{FILE} is a statutory return, but not the children in need (CIN) census: export that one, or a report as a "
        "workbook (.xlsx), and import it.",
    )


def _xml_workbook() -> FileProblem:
    return FileProblem(
        "content-extension",
        f"{FILE} is a workbook in the XML form of 2003 inside, whatever its name says: open it in Excel, save it as a "
        "workbook (.xlsx), and import that.",
    )


def _too_large() -> FileProblem:
    return FileProblem(
        "census-too-large",
        f"{FILE} is larger than any council's return, or has a child that is: export the return again, and import "
        "that.",
    )


@dataclass(frozen=True)
class _Place:
    """A place in the return: the elements that may stand there, by their names in small letters."""

    name: str
    path: str
    inside: dict[str, _Place]
    in_child: bool

    @property
    def is_leaf(self) -> bool:
        return not self.inside


@cache
def _root() -> _Place:
    whole = _Place("", "", {}, in_child=False)
    for row in reference.table("cin_census_elements"):
        place = whole
        for name in row["path"].split("/"):
            path = f"{place.path}/{name}".lstrip("/")
            place = place.inside.setdefault(name.casefold(), _Place(name, path, {}, path.startswith(f"{_CHILD}/")))
    return whole


class _Reader:
    """Takes what expat finds, and keeps one child at a time."""

    def __init__(self) -> None:
        self.is_return = False  # its root is that of a return
        self._places = [_root()]
        self._trees: list[Tree] = [{}]
        self._texts: list[str] | None = None  # of the element that is open, where it holds text
        self._skipped = 0  # open elements at and below an unknown one
        self._size = 0  # of the child
        self._header: dict[str, str] = {}
        self._episodes: Episodes | None = None
        self._found = Census(list(COLUMNS), [])
        self._sexes: set[str] = set()  # what the element is called in this return

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        """An element begins."""
        space, _sign, name = tag.rpartition(" ")
        if not self.is_return:
            self._check_root(space, name)
        self._grow(1)
        self._texts = None
        place = None if self._skipped else self._places[-1].inside.get(name.casefold())
        if place is None:
            if not self._skipped:
                self._count_unknown(name)
            self._skipped += 1
            if self._skipped > _DEEPEST:
                raise not_a_census()
            return
        self._places.append(place)
        if place.is_leaf:
            self._texts = []
        else:
            self._trees.append({})

    def text(self, data: str) -> None:
        """Text of the element that is open; between elements it means nothing."""
        if self._texts is not None:
            self._grow(len(data))
            self._texts.append(data)

    def end(self, _: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        place = self._places.pop()
        if place.is_leaf:
            said = " ".join("".join(self._texts or ()).split())
            dated = _ZONE.fullmatch(said) if len(said) > _A_DAY else None
            self._keep(place, dated[1] if dated else said)
        else:
            self._keep(place, self._trees.pop())
        self._texts = None

    def _check_root(self, space: str, name: str) -> None:
        if name.casefold() != "message":
            raise _xml_workbook() if space == _SPREADSHEET else not_a_census()
        self.is_return = True

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _LARGEST_CHILD:
            raise _too_large()

    def _count_unknown(self, name: str) -> None:
        unknown = self._found.unknown
        told = f"{self._places[-1].name}/{name[:_LONGEST_NAME]}"
        unknown[told if told in unknown or len(unknown) < _MOST_NAMES else _OTHERS] += 1

    def _keep(self, place: _Place, what: str | Tree) -> None:
        if place.in_child:
            self._trees[-1].setdefault(place.name, []).append(what)
        elif place.path == _CHILD and isinstance(what, dict):
            self._take(what)
            self._size = 0
        elif isinstance(what, str):
            self._header[place.name] = what
            if place.name == "Collection" and re.sub("[^a-z]", "", what.casefold()) not in _IS_CIN:
                raise _another_return()
            self._size = 0

    def _take(self, child: Tree) -> None:
        if self._episodes is None:
            self._read_year()
            self._episodes = Episodes(self._found.year)
        self._sexes.update(
            name for who in child.get("ChildIdentifiers", ()) for name in (OLDER_SEX, "Sex") if name in who
        )
        before = len(self._found.rows)
        self._found.rows.extend(self._episodes.rows_of(child))
        self._found.children += 1
        self._found.without_episode += len(self._found.rows) == before
        if len(self._found.rows) > MOST_EPISODES:
            raise _too_large()

    def _read_year(self) -> None:
        """The year that the reference date is in; where there is none, the year that the header says."""
        said = self._header.get("Year", "")[:4]
        year = int(said) if said.isascii() and said.isdigit() else None
        day = read_date(self._header.get("ReferenceDate", "")).first
        self._found.says = (year, day.year if day else None)
        found = day.year if day else year
        first, last = schema_years()
        self._found.year = found if found is not None and first <= found <= last else None

    def census(self) -> Census:
        """What was found, once the file is at its end."""
        if not self._found.rows:
            if self._found.children or "Collection" in self._header:
                raise FileProblem(
                    "no-episodes",
                    f"{FILE} is a census return without a single episode (CINdetails): export the return again with "
                    "its children, and import that.",
                )
            raise not_a_census()
        found = self._found
        found.odd = self._episodes.odd if self._episodes else Counter()
        if self._sexes == {OLDER_SEX}:
            found.headings[COLUMNS.index("Sex")] = OLDER_SEX
        return found
