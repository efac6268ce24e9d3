"""The words of the ready-made packs, and how they come into My lists: what the lead has there always wins.

The packs are data, workbook_template/packs/words.csv; each word names where it comes from and since when.
docs/decisions/0033.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from xl_dipsample.domain.shared import label_words, lead_lists, reference
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.lead_lists import MOST, NEITHER, OUTCOME, REFERRED, key

GUIDES_OWN = "The guide's own"
_CODES, _WAS = "Codes and words that mean it", "Was called"
_FIELDS = {OUTCOME: "outcome", REFERRED: "referred_to"}  # what labels of these are called word by word
_BETWEEN = 0.01  # between two added words that stand behind the same one: an Order need not be whole


@dataclass(frozen=True)
class PackWord:
    """One word of a pack. `after`: the word of its list that it stands behind; '' for the end of the list."""

    list: str
    word: str
    side: str = ""
    protects: bool = False
    codes: tuple[str, ...] = ()
    after: str = ""


@dataclass
class Taken:
    """My lists with the words of packs, and what came of it; `sides_kept` holds places in the frame, from 0."""

    frame: pd.DataFrame
    words: int = 0
    codes: int = 0
    moved: int = 0  # codes that stood with a word of the guide's and mean the pack's word now
    left: int = 0  # codes that mean another word of the lead's
    no_room: int = 0  # words for which their list has no room
    sides_kept: tuple[int, ...] = ()


@cache
def rows() -> tuple[Mapping[str, str], ...]:
    """Every row of words.csv, in its order, as it is written.

    >>> rows()[0]["pack"]
    'Families First'
    """
    path = reference.template_folder() / "packs" / "words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(dict(row) for row in csv.DictReader(file))


@cache
def of(pack: str) -> tuple[PackWord, ...]:
    """The words of a pack, in their order; those of the guide's own are what a new workbook has.

    >>> [one.word for one in of("Families First")][:2]
    ['Family Help (targeted early help)', 'Family Help assessment']
    """
    return tuple(_guides_own() if pack == GUIDES_OWN else _shipped(pack))


def _guides_own() -> Iterator[PackWord]:
    for name in lead_lists.NAMES:
        before = ""
        for one in lead_lists.shipped().entries[name]:
            yield PackWord(name, one.word, one.side, one.protects, one.codes, before)
            before = one.word


def _shipped(pack: str) -> Iterator[PackWord]:
    for row in rows():
        if row["pack"] == pack:
            codes = reference.parts(row["means"])
            yield PackWord(row["list"], row["word"], row["side"], row["child_protection"] == "yes", codes, row["after"])


def taken(my_lists: pd.DataFrame, packs: Sequence[str]) -> Taken:
    """My lists with the words of these packs. A word that is there is not doubled: it gets the codes that it lacks.

    A word is there under its name, or under what it was called. Its side stays the lead's. A code that means another
    word of the list stays there, unless it is one that the tool itself put there: then it means the pack's word, which
    says more exactly what it is.
    """
    made = Taken(my_lists)
    lines = [{str(name): cell for name, cell in row.items()} for row in my_lists.to_dict("records")]
    kept: list[int] = []
    for one in (entry for pack in packs for entry in of(pack)):
        there = [line for line in lines if key(trimmed(line["List"])) == key(one.list)]
        line = _line_of(there, one.word)
        if line is None and len(there) >= MOST:
            made.no_room += 1
            continue
        if line is None:
            line = _new_line(my_lists.columns, there, one)
            lines.append(line)
            made.words += 1
        elif one.list == OUTCOME and key(trimmed(line["Side"]) or NEITHER) != key(one.side):
            kept.append(lines.index(line))
        _add_codes(line, there, one, made)
    cells = {name: pd.Series([line.get(str(name)) for line in lines], dtype=object) for name in my_lists.columns}
    made.frame, made.sides_kept = pd.DataFrame(cells, columns=my_lists.columns), tuple(dict.fromkeys(kept))
    return made


def that_would_help(labels: Iterable[tuple[str, str]], packs: Iterable[str]) -> dict[str, int]:
    """How many of these labels, each with its field, a pack would make clear; packs that help nobody are left out.

    >>> that_would_help([("Outcome", "Family Help plan"), ("Outcome", "Zorbing")], ["Families First", "Services"])
    {'Families First': 1}
    """
    listed = list(labels)
    found = {pack: sum(_means(pack, field, label) for field, label in listed) for pack in packs}
    return {pack: number for pack, number in found.items() if number}


def _means(pack: str, field: str, label: str) -> bool:
    short = _FIELDS.get(field)
    return short is not None and label_words.same(short, label, _index(pack, field)) is not None


@cache
def _index(pack: str, field: str) -> label_words.Index:
    known = {code: one.word for one in of(pack) if one.list == field for code in (one.word, *one.codes)}
    return label_words.index(_FIELDS[field], known)


def _line_of(there: Iterable[dict[str, object]], word: str) -> dict[str, object] | None:
    """The row of a word: by its name first, then by what it was called."""
    lines = list(there)
    named = [line for line in lines if key(trimmed(line["Word"])) == key(word)]
    called = [line for line in lines if key(word) in map(key, _parts(line.get(_WAS)))]
    return next(iter([*named, *called]), None)


def _new_line(columns: Iterable[str], there: Sequence[dict[str, object]], one: PackWord) -> dict[str, object]:
    line: dict[str, object] = dict.fromkeys(columns)
    line |= {"List": one.list, "Word": one.word, "Order": _order(there, one.after)}
    if one.list == OUTCOME:
        line |= {"Side": one.side, "Child protection": "Yes" if one.protects else "No"}
    return line


def _order(there: Sequence[dict[str, object]], after: str) -> float | None:
    """The next place behind the word `after`; none when that word is not there or has no number."""
    behind = None if not after else _line_of(there, after)
    start = None if behind is None else _number(behind["Order"])
    if start is None:
        return None
    taken_up = [number for number in (_number(line["Order"]) for line in there) if number is not None]
    return round(max(number for number in taken_up if start <= number < start + 1) + _BETWEEN, 2)


def _number(cell: object) -> float | None:
    try:
        return float(trimmed(cell))
    except ValueError:
        return None


def _add_codes(line: dict[str, object], there: Iterable[dict[str, object]], one: PackWord, made: Taken) -> None:
    """Give the row the codes of the pack's word that it lacks; what means another word of the lead's stays there."""
    codes = list(_parts(line.get(_CODES)))
    own = {key(part) for part in (*codes, *_parts(line.get(_WAS)), trimmed(line["Word"]))}
    rest = [other for other in there if key(trimmed(other["Word"])) != key(trimmed(line["Word"]))]
    for code in (one.word, *one.codes):
        others = [other for other in rest if key(code) in _all_of(other)]
        if any(not _is_ours(other, code) for other in others):
            made.left += key(code) not in own
            continue
        for other in others:
            other[_CODES] = "; ".join(part for part in _parts(other.get(_CODES)) if key(part) != key(code)) or None
            made.moved += 1
        if key(code) not in own:
            codes.append(code)
            own.add(key(code))
            made.codes += 1
    line[_CODES] = "; ".join(codes) or None


def _all_of(line: Mapping[str, object]) -> set[str]:
    return {key(part) for part in (trimmed(line["Word"]), *_parts(line.get(_CODES)), *_parts(line.get(_WAS)))}


def _is_ours(line: Mapping[str, object], code: str) -> bool:
    """Whether a code stands with a word because a new workbook has it there: nobody chose it."""
    word, name = trimmed(line["Word"]), trimmed(line["List"])
    entries = next((found for of_list, found in lead_lists.shipped().entries.items() if key(of_list) == key(name)), ())
    return any(key(code) in map(key, entry.codes) for entry in entries if key(entry.word) == key(word))


def _parts(cell: object) -> tuple[str, ...]:
    return lead_lists.parts_of(trimmed(cell))
