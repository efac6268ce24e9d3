"""What one shared file may hold beyond the grammar: our own texts, and what a person has decided about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from xl_dipsample.privacy.scanner import archive, grammar
from xl_dipsample.privacy.scanner.read_parts import read_part
from xl_dipsample.privacy.scanner.sheets import Text

_LONG_NUMBER = re.compile(r"(?<![^\W_])(?:\d{5,}|\d{1,3}(?:,\d{3})+)(?![^\W_]|,\d)")
CHARTS = "xl/charts/"  # where a chart remembers the counts of a sheet


@dataclass(frozen=True)
class Allowed:
    """`known`: texts that stand in an empty file of ours; equal ones are not searched for names.

    `in_rows`: unique ID -> folded words that a person has decided to keep in that row alone. `in_texts`: whole text ->
    such words, where no row has a unique ID, as on Focus. `stamps`: dates and times of our own in a sentence, whose
    figures would run into the next number and look like a case ID. `made`: dates, months and counts that this program
    wrote into a cell, as pairs of whose row it stands in (its unique ID, or such as "sheet Funnel"; "" for anywhere)
    and the whole cell as the file holds it. Such a cell is judged by what it is; one with a word more is searched.
    """

    known: frozenset[str] = frozenset()
    in_rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    in_texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()
    made: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(
        cls, template: bytes = b"", in_rows: Iterable[tuple[str, str]] = (), in_texts: Iterable[tuple[str, str]] = ()
    ) -> Allowed:
        """From the bytes of an empty file of ours (b"": none); pairs of unique ID or whole text, and words."""
        known = _texts(template) if template else frozenset()
        return cls(known, _grouped(in_rows), _grouped((text.strip(), words) for text, words in in_texts))

    def read_as(self, text: Text) -> str:
        """The text as it is searched: without the stamps, and without the counts in a sentence of ours on a sheet."""
        read = text.value
        for stamp in self.stamps:
            read = read.replace(stamp, "\N{MIDDLE DOT}")
        if self.made and not text.is_number and not text.is_formula and not text.row_id and text.part in self._sheets:
            read = _LONG_NUMBER.sub(lambda one: self._without_count(text.part, one[0]), read)
        return read

    def _without_count(self, part: str, number: str) -> str:
        return "\N{MIDDLE DOT}" if (part, number.replace(",", "")) in self.made else number

    @cached_property
    def _sheets(self) -> frozenset[str]:
        return frozenset(scope for scope, _ in self.made)

    def is_made(self, text: Text) -> bool:
        """Whether a text is a cell that this program filled with a date, a month or a count."""
        if not self.made or text.is_formula:
            return False
        scopes = (text.row_id, text.part, CHARTS if text.part.startswith(CHARTS) else "", "")
        ways = (text.value, _whole(text.value)) if text.is_number else (text.value,)
        return any((scope, way) in self.made for scope in scopes for way in ways)

    def keeps(self, row_id: str, text: str, said: str) -> bool:
        """Whether a person decided to keep `said` (folded) in this row, or in this very text."""
        return said in self.in_rows.get(row_id, ()) or said in self.in_texts.get(text.strip(), ())


def _whole(number: str) -> str:
    """46354.299 and 46354.0 are of the same day."""
    return number.partition(".")[0]


def accepted_words(words: str) -> str:
    r"""Words as they are compared: case and spaces do not count.

    >>> accepted_words("Will\n Grace")
    'will grace'
    """
    return " ".join(words.casefold().split())


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, words in pairs:
        found.setdefault(key, set()).add(accepted_words(words))
    return {key: frozenset(words) for key, words in found.items()}


@lru_cache(maxsize=4)  # an empty file of ours is the same at every press
def _texts(template: bytes) -> frozenset[str]:
    """Every text and attribute of a workbook or document."""
    found: set[str] = set()
    members = archive.read(template).members
    word = grammar.is_word(name for name, _ in members)
    for name, data in members:
        part = read_part(grammar.kind_of(name, word=word), data)
        found.update(text for text, _ in part.texts)
        found.update(part.values)
        found.update(part.strings)
        found.update(cell.text for cell in part.cells)
    return frozenset(found)
