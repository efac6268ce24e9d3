"""Scan: the bytes of a finished workbook or Word document -> everything in it that may not be shared."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote

from xl_dipsample.privacy.scanner import archive, grammar
from xl_dipsample.privacy.scanner.allowed import Allowed, accepted_words
from xl_dipsample.privacy.scanner.read_parts import REFERENCE, Part, read_part
from xl_dipsample.privacy.scanner.sheets import Text, Workbook, texts_of_sheet

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FUNCTION = re.compile(r"\b([A-Z]+)\(")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # AmaraExample, as tables and defined names are called
_JOIN = re.compile(r'(?<!")"\s*&\s*"(?!")')  # "Ama"&"ra" is read as "Amara"
_RANGE = re.compile(rf"(?<![\w.$]){REFERENCE}(?![\w.(!])")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_WRITTEN_OTHERWISE = re.compile(r"[_&%]|[a-z][A-Z]")  # without any of these there is one way to read a text
_LEAST_CASE_ID = 10_000  # numeric case IDs under five digits are not looked for in counts and ages
_LONGEST_TEXT = 2**20


class SearchesText(Protocol):
    """What `names.Searcher` offers; the hits have `start`, `end` and `rule`."""

    serials: frozenset[int]

    def find_in_parts(self, text: str) -> Sequence[Any]:
        """The strong hits in any text."""


def scan(data: bytes, searcher: SearchesText | None, allowed: Allowed | None = None) -> list[Finding]:
    """Everything that may not be shared in the bytes of a workbook or document, part by part; empty: safe.

    `searcher` None: the names are not known, only the rules that need none are used. No finding holds what was found.
    """
    zipped = archive.read(data)
    found: dict[Finding, None] = {of_zip(number, rule): None for number, rule in zipped.wrong}
    parts: list[tuple[int, str, str, Part]] = []
    texts: list[Text] = []
    word = grammar.is_word(name for name, _ in zipped.members)
    for number, (name, content) in enumerate(zipped.members, 1):
        kind = grammar.kind_of(name, word=word)
        shown = name if kind else unnamed(number, name)
        if not kind:
            found[of_stranger(shown)] = None
            texts.append(Text(shown, "its name", name))
            texts += _texts_of_bytes(shown, content)
        if kind or content.lstrip()[:1] in (b"<", b"\xef", b"\xff", b"\xfe"):
            part = read_part(kind, content)
            parts.append((number, kind, shown, part))
            for place, rule in dict.fromkeys(part.wrong) if kind else ():
                found[of_part(shown, place, rule)] = None
    texts += _texts_of(parts, zipped, allowed or Allowed())
    for one in _searched(texts, searcher, allowed or Allowed()):
        found[one] = None
    return list(found)


def _texts_of(parts: list[tuple[int, str, str, Part]], zipped: archive.Archive, allowed: Allowed) -> Iterator[Text]:
    """Every text of the parts that are XML."""
    book = Workbook.of(zipped.members, [(kind, shown, part) for _, kind, shown, part in parts], allowed.known)
    for _, kind, shown, part in parts:
        for text, place in part.texts:
            yield Text(shown, place, text)
        for value, place in part.values.items():
            yield Text(shown, place.strip(), value)
        if part.cells or kind == "sheet":
            yield from texts_of_sheet(book, shown, part)
    yield from book.strings_nobody_shows()


def _texts_of_bytes(shown: str, content: bytes) -> Iterator[Text]:
    """What can be read in a part that is not XML, one and two bytes a character."""
    piece = content[:_LONGEST_TEXT]
    yield Text(shown, "", piece.decode("utf-8", "replace"))
    for start in (0, 1):
        yield Text(shown, "", piece[start:].decode("utf-16-le", "replace"))


def _searched(texts: list[Text], searcher: SearchesText | None, allowed: Allowed) -> Iterator[Finding]:
    """The findings of every text: each distinct one is searched once."""
    if searcher is None:
        return
    places: defaultdict[tuple[str, bool, bool, bool], list[Text]] = defaultdict(list)
    for text in texts:
        if text.value not in allowed.known and not allowed.is_made(text):
            places[allowed.read_as(text), text.is_number, text.is_date, text.is_formula].append(text)
    for (read, is_number, is_date, is_formula), where in places.items():
        hits = set(_hits(read, searcher, is_number=is_number, is_date=is_date, is_formula=is_formula))
        for one in where if hits else ():
            still = {rule for rule, said in hits if not allowed.keeps(one.row_id, one.value, said)}
            for rule in sorted(still):
                yield of_text(one.part, one.place, rule)


def _hits(
    value: str, searcher: SearchesText, *, is_number: bool, is_date: bool, is_formula: bool
) -> Iterator[tuple[str, str]]:
    """Pairs of rule and what was found, folded; the second never leaves this module."""
    if is_number and _NUMBER.fullmatch(value):
        whole = float(value)
        if int(whole) in searcher.serials:
            yield "date-of-birth", str(int(whole))
        if is_date or whole != int(whole) or abs(whole) < _LEAST_CASE_ID:
            return
        value = str(int(whole))
    for text in _ways_to_read(value, is_formula=is_formula):
        for hit in searcher.find_in_parts(text):
            yield hit.rule, accepted_words(text[hit.start : hit.end])


def _ways_to_read(value: str, *, is_formula: bool) -> Iterator[str]:
    """A text as it stands, and as a program would show it; of a formula, what is no function."""
    constants: list[str] = []
    if is_formula:
        constants = [one.replace('""', '"') for way in (value, _JOIN.sub("", value)) for one in _QUOTED.findall(way)]
        value = _FUNCTION.sub(lambda call: "(" if call[1] in grammar.FUNCTIONS else call[0], value)
        value = _RANGE.sub("\N{MIDDLE DOT}", value)
    if not (constants or _WRITTEN_OTHERWISE.search(value)):
        yield value
        return
    seen = dict.fromkeys((value, _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)))
    for way in (html.unescape, unquote, lambda text: text if " " in text else _HUMP.sub(" ", text)):
        seen |= dict.fromkeys([way(text) for text in seen])
    seen |= dict.fromkeys(constants)
    yield from seen


@dataclass(frozen=True, order=True)
class Finding:
    """`part`: the part of the file; `place`: where in it, such as "Review, cell J17"; `rule`: a short code.

    `words`: the same as one sentence for a person. No field ever holds what was found.
    """

    part: str
    place: str
    rule: str
    words: str


SENTENCES = {
    "zip-damaged": "The file is damaged, or packed in a way that our files never are",
    "zip-comment": "The file has a comment outside its parts",
    "bytes-after-end": "There is something behind the end of the file",
    "bytes-between": "There is something between the parts of the file",
    "extra-field": "There is something beside the part's name in the file",
    "member-comment": "The part has a comment",
    "headers-differ": "The part says two things about itself",
    "member-twice": "The part is there twice",
    "document-type": "The part defines words of its own (a document type)",
    "part-damaged": "The part cannot be read",
    "element-not-allowed": "Something here does not belong in a shared file",
    "attribute-not-allowed": "A setting here does not belong in a shared file",
    "text-not-allowed": "There is text where none belongs",
    "namespace-not-allowed": "A word list of somebody else's is named here",
    "field-not-allowed": "A field here may fetch something from elsewhere, or say who wrote the document",
    "records-kept": "A pivot table is set to keep its source rows",
    "xml-comment": "There is a comment inside the part",
    "xml-instruction": "There is an instruction to a program inside the part",
}


def of_zip(number: int, rule: str) -> Finding:
    """About the zip around the parts, or its part of that number."""
    part = f"part {number} of the file" if number else "the file"
    return Finding(part, "", rule, f"{SENTENCES[rule]} ({part}).")


def of_stranger(part: str) -> Finding:
    """About a part that may not be there."""
    return Finding(part, "", "part-not-allowed", f"This does not belong in a shared file: {part}.")


def of_part(part: str, place: str, rule: str) -> Finding:
    """About how a part is made."""
    return Finding(part, place, rule, f"{SENTENCES[rule]} ({_listed(part, place)}).")


def of_text(part: str, place: str, rule: str) -> Finding:
    """About a text in a part; `rule` is one of the search's."""
    return Finding(part, place, rule, f"Found by the rule {rule}: {_listed(part, place)}.")


def unnamed(number: int, name: str) -> str:
    """A part that may not be there, without its name: that may hold anything."""
    return f"part {number} of the file ({grammar.hiding_place(name)})"


def _listed(part: str, place: str) -> str:
    return ", ".join(one for one in (part, place) if one)
