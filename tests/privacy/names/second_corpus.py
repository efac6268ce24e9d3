"""The second corpus: a long list and extracts from case notes, every identifier in them marked. All of it is invented.

It was written apart from the search: by somebody who had read what the search promises, but neither its code, nor its
lists, nor the corpora before this one. What is not marked is no identifier: a hit there is a false alarm.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data" / "second_corpus"
LONG_LIST = FOLDER / "long_list.csv"


class Kind(StrEnum):
    """What a planted identifier is, so that each promise can be counted on its own."""

    OWN_CHILD = "own_child"  # the name as the export writes it, in any case, accents, order and Unicode form
    OWN_CHILD_SLIP = "own_child_slip"  # one letter is wrong
    OWN_CHILD_FORM = "own_child_form"  # initials, short forms, a word split over a line
    LISTED = "listed"  # another name of the export: parents, workers, other children, aliases, schools, streets
    IMPORTED_IDENTIFIER = "imported_identifier"  # a number, address or date of birth of the export
    UNLISTED_PERSON = "unlisted_person"
    OTHER_PATTERN = "other_pattern"  # handles, cars, telephones and so on that the export does not hold


@dataclass(frozen=True, slots=True)
class Planted:
    """Characters `start` to `end` of the text. `exact`: as the export writes it, letters' case and accents apart."""

    start: int
    end: int
    text: str
    kind: Kind
    role: str  # whose or what: child, mother, school, UPN ...
    form: str  # how it is written: "full, capitals" ...
    exact: bool


@dataclass(frozen=True, slots=True)
class OrdinaryWord:
    """A word that is also a name of the row's own child, and no name here: "in May" on May's row. A false alarm."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Extract:
    """One text, with the row of the long list that it belongs to."""

    id: str
    column: str  # of the two extract columns: reason or closure
    frame: int  # the sentences it was made from
    row: str  # Person ID on the long list
    style: str  # as typed, small letters, capitals, decomposed
    text: str
    planted: tuple[Planted, ...]
    ordinary_words: tuple[OrdinaryWord, ...]


@cache
def long_list() -> dict[str, dict[str, str]]:
    """The export's rows by Person ID: heading -> cell."""
    with LONG_LIST.open(encoding="utf-8-sig", newline="") as file:
        return {row["Person ID"]: row for row in csv.DictReader(file)}


@cache
def extracts() -> tuple[Extract, ...]:
    """All extracts, in the file's order. Each row of the long list has at most one."""
    lines = (FOLDER / "extracts.jsonl").read_text(encoding="utf-8").split("\n")
    return tuple(_read(json.loads(line)) for line in lines if line)


def _read(record: dict[str, object]) -> Extract:
    planted, words = record.pop("planted"), record.pop("ordinary_words")
    assert isinstance(planted, list)
    assert isinstance(words, list)
    return Extract(
        **record,  # type: ignore[arg-type]
        planted=tuple(Planted(**{**one, "kind": Kind(one["kind"])}) for one in planted),
        ordinary_words=tuple(OrdinaryWord(**one) for one in words),
    )
