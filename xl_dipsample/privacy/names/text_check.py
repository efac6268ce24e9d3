"""Texts checked for identifiers: what was found, folded to one decision each, and what people decided about it.

Values in, values out. The words that were found go nowhere from here but to the Text check list beside the key
(docs/decisions/0010-where-the-text-check-lies.md); messages get a `Place`, which has no words in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.privacy.key.key_book import ACCEPTED_COLUMNS, KeyBook
from xl_dipsample.privacy.names import RULES, STRONG, WEAK, Hit, Searcher, ShapesOnly, roles_of

REPLACE, KEEP, APART = "Replace", "Keep in this row", "One by one"
KEEP_WEAK = f"{KEEP} (worth a look)"  # what was only worth a look is asked again when it must be decided
REPLACED = "Replaced with "
MUST, LOOK = "Must be decided", "Worth a look"
CONTEXT = 60  # characters beside a hit
MOST_OTHERS = 3  # other places of the same words that are shown
Accepted = frozenset[tuple[str, str, str]]  # scope, words, tier
_MARK = 12  # characters of each half of a mark
_LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERED = re.compile(r"\[CHILD ([B-Z])\]")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the workbook. `index` counts the table's rows from 0; -1 for a heading.

    `scope`: whose decisions count here: the unique ID, or a name for the row where there is none. `weak`: what is only
    worth a look is shown. `by_hand`: a heading, which no action may change. `whole`: a number or date, which is
    replaced as a whole. `copy_of`: made from other texts, so that its decisions are theirs. `own`: in a column that
    people made. `only`: the one rule that is asked of it; '' for all. `of_row`: what is found counts only
    when it is the row's own child's.
    """

    table: str
    sheet: str
    index: int
    row: int
    column: str
    unique_id: str | None
    scope: str
    text: str
    weak: bool = True
    by_hand: bool = False
    whole: bool = False
    copy_of: bool = False
    own: bool = False
    only: str = ""
    of_row: bool = False

    @property
    def shown(self) -> str:
        """The column in a message: a heading that people made may itself hold a name.

        >>> Text("Review", "Review", 0, 6, "Is Synthetic Name safe?", None, "", "", own=True).shown
        'a column of your own'
        """
        return "a column of your own" if self.own else self.column


@dataclass(frozen=True, order=True)
class Place:
    """Where something was found, and by which rule. Never what."""

    sheet: str
    row: int
    column: str
    rule: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One hit in one text."""

    text: Text
    start: int
    end: int

    @property
    def words(self) -> str:
        """The hit as it stands there."""
        return self.text.text[self.start : self.end]


@dataclass(frozen=True)
class Finding:
    """One decision to make: the same words in one row, wherever in the row they stand; strong when one of them is.

    `mark` says which finding in which texts this is: when a text has changed, it is another one. `asked`, its first
    half, stays.
    """

    spots: tuple[Spot, ...]
    rule: str
    tier: str
    role: str
    asked: str
    mark: str

    @property
    def first(self) -> Spot:
        """The spot that is shown."""
        return self.spots[0]

    @property
    def scope(self) -> str:
        """Whose row it is."""
        return self.first.text.scope

    @property
    def strong(self) -> bool:
        """Whether it blocks until somebody has decided."""
        return self.tier == STRONG

    @property
    def by_hand(self) -> bool:
        """Whether only a person can change a text it stands in."""
        return any(spot.text.by_hand for spot in self.spots)


def searcher_of(book: KeyBook, sample_id: str, own_words: Collection[str] | None = None) -> Searcher:
    """What the key knows, ready to be looked for: all names of the long lists, and the children of this sample."""
    ours = book.key[[trimmed(cell) == sample_id for cell in book.key["Sample ID"]]]
    return Searcher.of(book.names, ours, own_words)


def accepted_of(book: KeyBook, sample_id: str) -> Accepted:
    """What people decided to keep, in which row. What was only worth a look is not kept when it must be decided."""
    found = set()
    for record in _of_sample(book, sample_id):
        kind = trimmed(record["Decision"])
        if kind in (KEEP, KEEP_WEAK):
            words = same(str(record["Text"]))
            found |= {(scope_of(record), words, tier) for tier in ((STRONG, WEAK) if kind == KEEP else (WEAK,))}
    return frozenset(found)


def roles_given(book: KeyBook, sample_id: str) -> dict[tuple[str, str], str]:
    """The role that replaced words in a row, by scope and words: the same child keeps its letter."""
    return {
        (scope_of(record), same(str(record["Text"]))): trimmed(record["Decision"]).removeprefix(REPLACED)
        for record in _of_sample(book, sample_id)
        if trimmed(record["Decision"]).startswith(REPLACED)
    }


def scope_of(record: Mapping[Any, Any]) -> str:
    """Whose decision a row of the key's table Accepted is."""
    return trimmed(record["Unique ID"]) or trimmed(record["Column"])


def _of_sample(book: KeyBook, sample_id: str) -> list[dict[Any, Any]]:
    return [one for one in book.accepted.to_dict("records") if trimmed(one["Sample ID"]) == sample_id and one["Text"]]


def same(words: str) -> str:
    r"""Words as they are compared: case and the kind of space between them say nothing.

    >>> same("Amara\n Example")
    'amara example'
    """
    return " ".join(words.split()).casefold()


def find(
    texts: Sequence[Text],
    searcher: Searcher,
    accepted: Accepted = frozenset(),
    given: Mapping[tuple[str, str], str] | None = None,
) -> list[Finding]:
    """What nobody has decided yet: strong first, then in the order of the texts; one finding for each decision."""
    folded: defaultdict[tuple[str, str], list[tuple[Spot, Hit]]] = defaultdict(list)
    for spot, hit in _open(texts, searcher, accepted):
        folded[spot.text.scope, same(spot.words)].append((spot, hit))
    for group in folded.values():  # strong first, and what people typed before what was made from it
        group.sort(key=lambda one: (one[1].tier != STRONG, one[0].text.copy_of))
    roles = _roles(folded.values(), texts, given or {})
    findings = []
    for key, found in folded.items():
        hit = found[0][1]
        spots = tuple(sorted((spot for spot, _ in found), key=lambda spot: spot.text.copy_of))
        asked = _digest(*key)[:_MARK]
        findings.append(Finding(spots, hit.rule, hit.tier, roles[id(found)], asked, _mark(asked, spots)))
    order = {scope: place for place, scope in reversed(list(enumerate(text.scope for text in texts)))}
    return sorted(findings, key=lambda one: (not one.strong, order[one.scope]))


@dataclass(frozen=True)
class Open:
    """What nobody has decided: places that must be, places that are worth a look, and how many looks these are."""

    strong: list[Place]
    weak: list[Place]
    looks: int


def open_places(texts: Sequence[Text], searcher: Searcher | ShapesOnly, accepted: Accepted) -> Open:
    """Every place of what is not decided, in order. One word in one row is one look, however often it stands there."""
    strong: set[Place] = set()
    weak: set[Place] = set()
    looks: set[tuple[str, str]] = set()
    for spot, hit in _open(texts, searcher, accepted):
        place = Place(spot.text.sheet, spot.text.row, spot.text.shown, hit.rule)
        if hit.tier == STRONG:
            strong.add(place)
        else:
            weak.add(place)
            looks.add((spot.text.scope, same(spot.words)))
    return Open(sorted(strong), sorted(weak), len(looks))


def strong_open(texts: Sequence[Text], searcher: Searcher | ShapesOnly, accepted: Accepted) -> list[Place]:
    """Where something stands that must be decided and is not: every place of it, in order."""
    return open_places(texts, searcher, accepted).strong


def alone(finding: Finding) -> list[Finding]:
    """Each occurrence of a finding as a finding of its own, for who wants to decide them one by one."""
    return [
        replace(finding, spots=(spot,), asked=f"{finding.asked}:{number}", mark=f"{finding.mark}:{number}")
        for number, spot in enumerate(finding.spots, 1)
    ]


def places_of(finding: Finding) -> list[Place]:
    """Where a finding stands."""
    texts = [spot.text for spot in finding.spots]
    return sorted({Place(text.sheet, text.row, text.shown, finding.rule) for text in texts})


def sentence(place: Place) -> str:
    """What to tell of a place: the rule. Sheet, row and column stand beside it, the words only on Text check."""
    return f"This must be decided on Text check: {RULES.get(place.rule, place.rule)}."


def _open(texts: Sequence[Text], searcher: Searcher | ShapesOnly, accepted: Accepted) -> Iterable[tuple[Spot, Hit]]:
    for hit in searcher.find([one.text for one in texts], [one.unique_id or "" for one in texts]):
        text = texts[hit.text]
        if (hit.tier == WEAK and not text.weak) or (text.only and hit.rule != text.only):
            continue
        if text.of_row and (hit.child is None or hit.child != text.unique_id):
            continue
        spot = Spot(text, hit.start, hit.end)
        if (text.scope, same(spot.words), hit.tier) not in accepted:
            yield spot, hit


def _roles(
    folded: Iterable[list[tuple[Spot, Hit]]], texts: Sequence[Text], given: Mapping[tuple[str, str], str]
) -> dict[int, str]:
    """The role for each group of folded hits, by its identity; letters are given row by row."""
    rows: defaultdict[str, list[list[tuple[Spot, Hit]]]] = defaultdict(list)
    for found in folded:
        rows[found[0][0].text.scope].append(found)
    written: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        if text.scope in rows:
            written[text.scope].update(_LETTERED.findall(text.text))
    roles: dict[int, str] = {}
    for scope, groups in rows.items():
        groups.sort(key=lambda one: one[0][1].tier)  # strong before weak: a guess takes no letter from a child
        letters = _letters(written[scope], [found[0] for found in groups], given)
        for found in groups:
            spot, hit = found[0]
            roles[id(found)] = roles_of(spot.text.text, [hit], spot.text.unique_id, letters)[0]
    return roles


def _letters(
    written: Collection[str], found: Iterable[tuple[Spot, Hit]], given: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    """Who has which letter in a row: those that stand in its texts already are taken, the same words keep theirs."""
    letters: dict[str, str] = {}
    for spot, hit in found:
        earlier = _LETTERED.fullmatch(given.get((spot.text.scope, same(spot.words)), ""))
        if earlier:
            letters[hit.child or same(spot.words)] = earlier[1]
    last = max((_LETTERS.index(letter) for letter in {*written, *letters.values()}), default=-1)
    others = (letter for letter in _LETTERS[: last + 1] if letter not in letters.values())
    return letters | {f"[CHILD {letter}]": letter for letter in others}


def before(spot: Spot) -> str:
    """The words before a hit, on one line."""
    whole = spot.text.text[: spot.start]
    part = whole[-CONTEXT:]
    if len(whole) > CONTEXT:
        part = "…" + part[max(part.find(" "), 0) :]
    return " ".join(part.split())


def after(spot: Spot) -> str:
    """The words after a hit, on one line."""
    whole = spot.text.text[spot.end :]
    part = whole[:CONTEXT]
    if len(whole) > CONTEXT:
        part = part[: part.rfind(" ") if " " in part else None] + "…"
    return " ".join(part.split())


def also(finding: Finding) -> str:
    """The other places of the same words, one a line."""
    others = finding.spots[1:]
    lines = [f"{one.text.column}: {before(one)} {' '.join(one.words.split())} {after(one)}" for one in others]
    if len(others) > MOST_OTHERS:
        lines = [*lines[:MOST_OTHERS], f"… and {len(others) - MOST_OTHERS} more"]
    return "\n".join(lines)


def replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words in the places given; of places that overlap, the first and longest counts.

    >>> replaced("Ann Lee met Ann", [(12, 15, "[CHILD]"), (0, 7, "[CHILD]"), (0, 3, "[X]")])
    '[CHILD] met [CHILD]'
    """
    made, at = [], 0
    for start, end, words in sorted(changes, key=lambda one: (one[0], -one[1])):
        if start >= at:
            made += [text[at:start], words]
            at = end
    return "".join([*made, text[at:]])


def decided_rows(
    finding: Finding, decision: str, who: str | None, when: dt.datetime, sample_id: str
) -> list[dict[str, Any]]:
    """The rows of the key's table Accepted for one decision: one for each column it is about."""
    first = finding.first.text
    columns = list(dict.fromkeys(spot.text.column for spot in finding.spots if not spot.text.copy_of))
    if first.unique_id is None:
        columns = [first.scope]  # without a unique ID, this is what says which row is meant
    cells = (first.unique_id, sample_id, None, finding.first.words, decision, who, when)
    row = dict(zip(ACCEPTED_COLUMNS, cells, strict=True))
    return [row | {"Column": column} for column in columns or [first.column]]


def kept(finding: Finding) -> str:
    """The decision to keep this, as the key remembers it."""
    return KEEP if finding.strong else KEEP_WEAK


def _mark(asked: str, spots: Sequence[Spot]) -> str:
    typed = [spot for spot in spots if not spot.text.copy_of] or spots
    parts = [(one.text.table, one.text.column, str(one.start), one.text.text) for one in typed]
    return f"{asked}-{_digest(*(part for one in parts for part in one))[:_MARK]}"


def _digest(*parts: str) -> str:
    whole = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()
