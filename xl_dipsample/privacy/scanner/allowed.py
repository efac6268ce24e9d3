"""What one shared file may hold beyond the grammar: our own texts, and what a person has decided about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xl_dipsample.privacy.scanner import archive, grammar
from xl_dipsample.privacy.scanner.read_parts import read_part


@dataclass(frozen=True)
class Allowed:
    """`known`: texts that stand in an empty file of ours; equal ones are not searched for names.

    `in_rows`: unique ID -> folded words that a person has decided to keep in that row alone. `in_texts`: whole text ->
    such words, where no row has a unique ID, as on Focus. `stamps`: dates and times of our own in a sentence, whose
    figures would run into the next number and look like a case ID.
    """

    known: frozenset[str] = frozenset()
    in_rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    in_texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, template: bytes = b"", in_rows: Iterable[tuple[str, str]] = (), in_texts: Iterable[tuple[str, str]] = ()
    ) -> Allowed:
        """From the bytes of an empty file of ours (b"": none); pairs of unique ID or whole text, and words."""
        known = _texts(template) if template else frozenset()
        return cls(known, _grouped(in_rows), _grouped((text.strip(), words) for text, words in in_texts))

    def without_stamps(self, text: str) -> str:
        """The text as it is searched."""
        for stamp in self.stamps:
            text = text.replace(stamp, "\N{MIDDLE DOT}")
        return text

    def keeps(self, row_id: str, text: str, said: str) -> bool:
        """Whether a person decided to keep `said` (folded) in this row, or in this very text."""
        return said in self.in_rows.get(row_id, ()) or said in self.in_texts.get(text.strip(), ())


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
