"""One part of a workbook or document, read with expat: every text, every attribute, and what is not allowed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from xl_dipsample.privacy.scanner import grammar, word_grammar

_SEPARATOR = "\x1f"
_JOINED = frozenset({"si", "is", "p", "rich", "headerFooter"})  # what a person reads as one text, whatever its runs
_BLANK = " \t\r\n"
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
REFERENCE = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?"
REFERENCES = re.compile(rf"{REFERENCE}(?: {REFERENCE})*")
_RANGES = frozenset({"ref", "sqref", "topLeftCell", "activeCell"})
_SIZES = frozenset({"width", "ht", "defaultRowHeight", "defaultColWidth"})
_SIZE = re.compile(r"\d{1,3}(?:\.\d+)?")
_OF_THE_GRID = re.compile(r"\d{1,4}(\.\d{1,2})?|\d{1,5}:\d{1,5}|[a-z]{1,9}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `type` as the file says it ("s": `text` is the number of a shared string)."""

    reference: str
    type: str
    style: str
    text: str
    formula: str


@dataclass
class Part:
    """`texts`: pairs of text and the element it stands in. `values`: attributes that are not plain structure.

    `strings`: shared strings by number. `wrong`: pairs of (element that is allowed, rule).
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)  # value -> element@attribute where it stands first
    strings: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def read_part(kind: str, data: bytes) -> Part:
    """The part of a kind of the grammar ('': any, whose elements are not judged). Never raises."""
    part = Part()
    reader = _Reader(kind, part)
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartNamespaceDeclHandler = reader.namespace
    parser.CommentHandler = reader.comment
    parser.ProcessingInstructionHandler = reader.instruction
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keyword
    except _DoctypeError:
        part.wrong.append(("", "document-type"))
    except (expat.ExpatError, ValueError, LookupError):
        part.wrong.append(("", "part-damaged"))
    return part


class _DoctypeError(Exception):
    """A document type may define entities: nothing of the part is read any further."""


class _Reader:
    """Handlers of one part; `path` holds the open elements, `said` the text directly in each."""

    def __init__(self, kind: str, part: Part) -> None:
        self.part = part
        self.judged = bool(kind)
        self.elements, self.with_text = grammar.elements(kind) if kind else ({}, frozenset())
        self.namespaces, self.prefixes = grammar.namespaces(kind), grammar.prefixes(kind)
        self.path: list[str] = []
        self.said: list[list[str]] = []
        self.joined: list[tuple[int, list[str]]] = []  # depth of an element of _JOINED, and the texts inside
        self.cell: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        uri, _, name = tag.rpartition(_SEPARATOR)
        known = self.elements.get(name)
        if self.judged and (known is None or uri not in self.namespaces):
            self._wrong("element-not-allowed")
            self.part.texts.append((name, self._where()))
            known = None
        self.path.append(name)
        self.said.append([])
        if name in _JOINED:
            self.joined.append((len(self.path), []))
        if name == "pivotCacheDefinition" and attributes.get("saveData") not in ("0", "false"):
            self._wrong("records-kept")
        if name == "fldSimple" and not word_grammar.FIELDS.issuperset(value.strip() for value in attributes.values()):
            self._wrong("field-not-allowed")
        if name == "c" and "r" in attributes:
            self.cell = {"r": attributes["r"], "t": attributes.get("t", "n"), "s": attributes.get("s", "0")}
        of_grid, values = name in ("c", "row"), self.part.values
        for full, value in attributes.items():
            short = full.rpartition(_SEPARATOR)[2]
            if known is not None and short not in known:
                self._wrong("attribute-not-allowed")
                self.part.texts.append((short, self._where()))
            if not value or value in values or (of_grid and _is_structure(short, value)) or _is_measure(short, value):
                continue
            values[value] = f"{self._where()} {short if known and short in known else ''}"

    def end(self, _tag: str) -> None:
        name = self.path[-1]
        said = self.said.pop()
        text = "".join(said) if said else ""
        depth = len(self.path)
        if text and text.strip(_BLANK):
            if self.judged and name in self.elements and name not in self.with_text:
                self._wrong("text-not-allowed")
            if self.cell and name in ("v", "f"):
                self.cell[name] = text
            elif not (self.joined and self.joined[-1][0] < depth and name == "t"):
                self.part.texts.append((text, self._where()))
        if self.joined and name == "t":
            self.joined[-1][1].append(text)
        if self.joined and self.joined[-1][0] == depth:
            self._join(name, "".join(self.joined.pop()[1]))
        if name == "c" and self.cell:
            cell = self.cell
            self.part.cells.append(Cell(cell["r"], cell["t"], cell["s"], cell.get("v", ""), cell.get("f", "")))
            self.cell = {}
        self.path.pop()

    def _join(self, name: str, text: str) -> None:
        if name == "si":
            self.part.strings.append(text)
        elif name == "is" and self.cell:
            self.cell["v"] = text
        else:
            if self.joined:
                self.joined[-1][1].append(text)
            if text.strip(_BLANK):
                self.part.texts.append((text, self._where()))

    def characters(self, text: str) -> None:
        if self.said:
            self.said[-1].append(text)

    def namespace(self, prefix: str | None, uri: str) -> None:
        if self.judged and (prefix not in self.prefixes or uri not in self.namespaces):
            self._wrong("namespace-not-allowed")
            self.part.texts.append((f"{prefix or ''} {uri}", self._where()))

    def comment(self, text: str) -> None:
        self._wrong("xml-comment")
        self.part.texts.append((text, self._where()))

    def instruction(self, target: str, text: str) -> None:
        self._wrong("xml-instruction")
        self.part.texts.append((f"{target} {text}", self._where()))

    def doctype(self, *_: object) -> None:
        raise _DoctypeError

    def _wrong(self, rule: str) -> None:
        self.part.wrong.append((self._where(), rule))

    def _where(self) -> str:
        """The innermost open element whose name is ours to say; with its cell."""
        if self.cell and _CELL.fullmatch(self.cell["r"]):
            return f"cell {self.cell['r']}"
        return next((name for name in reversed(self.path) if name in self.elements), "")


def _is_measure(attribute: str, value: str) -> bool:
    """Where a range lies, or how wide a column is: what such an attribute can be, not what its figures could be."""
    if attribute in _RANGES:
        return bool(REFERENCES.fullmatch(value))
    return attribute in _SIZES and bool(_SIZE.fullmatch(value))


def _is_structure(attribute: str, value: str) -> bool:
    """The numbers that every cell and row has; anything else is looked at."""
    if attribute == "r":
        return bool(_CELL.fullmatch(value)) or (value.isdigit() and len(value) <= 7)
    return attribute in ("s", "spans", "ht", "customHeight", "t") and bool(_OF_THE_GRID.fullmatch(value))
