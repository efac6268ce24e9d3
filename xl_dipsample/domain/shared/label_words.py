"""Labels read word by word: the same words in the same order, whatever stands around them, and what takes them back.

A label means a word for sure only when both have the same words once what says nothing is left out. When a known label
stands in it and the rest is only what usually stands around, the word is proposed, and a person decides. Everything
else is left to a person: "strategy discussion: threshold not met" is no strategy discussion. What says nothing, what
stands around and what takes back is data, reference/label_words.csv. docs/decisions/0033.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from xl_dipsample.domain.shared import label_remarks, reference
from xl_dipsample.domain.shared.cell import folded, trimmed

FIELDS = ("outcome", "referred_to", "harm")  # the others have closed lists of codes and census words
_TOKEN = re.compile(r"[a-z0-9]+")
_HEADING = re.compile(r" [-\u2013:] |: ")  # between a wider word and what is meant
_CLOSING = ("No further action", "Advice and information", "Early help", "Family Help (targeted early help)")
_NO_PROPOSAL = frozenset({"Other", "None", "Not recorded"})  # said by the whole label or not at all
_TOO_WIDE = frozenset({"advice", "adopted", "transferred", "accommodated", "missing", "other"})  # alone they say little

_LONGEST = 200  # letters; what is longer is a text about a case, and no label


@dataclass(frozen=True)
class Index:
    """Words of labels that are known -> what they mean."""

    means: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    likely: Mapping[tuple[str, ...], str] = field(default_factory=dict)  # what may mean it, and never does for sure

    @cached_property
    def readings(self) -> Mapping[tuple[str, ...], str]:
        """What a label may be proposed by: what is known for sure first."""
        return {**self.likely, **self.means}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of a known label."""
        return frozenset(one for key in self.readings for one in key)

    @cached_property
    def longest(self) -> int:
        """The words of the longest known label."""
        return max(map(len, self.readings), default=0)


def tokens(label: str) -> tuple[str, ...]:
    """The words of a label in small letters, plurals and short forms written one way.

    >>> tokens("CIN plans"), tokens("Section 47 enquiries")
    (('child', 'in', 'need', 'plan'), ('s47', 'enquiry'))
    """
    return _tokens(label_remarks.without_initials(folded(trimmed(label))).casefold()) if len(label) <= _LONGEST else ()


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    plain = text.replace("&", " and ").replace("'s", "").replace("\u2019s", "")
    return _spelt_out(tuple(_singular(one) for one in _TOKEN.findall(plain)))


def _singular(token: str) -> str:
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us")) else token


def _spelt_out(found: tuple[str, ...]) -> tuple[str, ...]:
    made: list[str] = []
    at = 0
    while at < len(found):
        begun = _shorts().get(found[at], ())
        short, spelt = next((one for one in begun if found[at : at + len(one[0])] == one[0]), (found[at : at + 1],) * 2)
        made += spelt
        at += len(short)
    return tuple(made)


@cache
def _shorts() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """The first word of short forms -> each of them with its words, longest first."""
    made: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for pair in _listed("short", ""):
        short, spelt = (tuple(_TOKEN.findall(side)) for side in pair.split("="))
        made.setdefault(short[0], []).append((short, tuple(map(_singular, spelt))))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in made.items()}


@cache
def _listed(kind: str, field: str) -> frozenset[str]:
    rows = reference.table("label_words")
    found = (row["words"] for row in rows if (row["kind"], row["field"]) == (kind, field))
    return frozenset(word for words in found for word in reference.parts(words))


def index(of: str, known: Mapping[str, str]) -> Index:
    """Words of a label -> what it means, for labels that are known; what would mean two things is left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for label, word in known.items():
        for one in _keys(of, label):
            found.setdefault(one, set()).add(word)
    means = {one: next(iter(words)) for one, words in found.items() if len(words) == 1 and "" not in words}
    likely = {key: means[tokens(word)] for key, word in _pairs("perhaps", of) if tokens(word) in means}
    return Index(means, likely)


@cache
def _pairs(kind: str, of: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The words of a text and the word of the list that stands beside it: "seek accommodation=Looked after"."""
    pairs = (pair.split("=") for pair in sorted(_listed(kind, of)))
    return tuple((tokens(text), word) for text, word in pairs)


def _keys(field: str, label: str) -> Iterator[tuple[str, ...]]:
    """The words of a known label, and those without what says nothing, unless one word of several would be left."""
    whole = tokens(label)
    short = _short(field, whole)
    if whole:
        yield whole
    if short != whole and (len(short) > 1 or any(one.isdigit() for one in "".join(short))):
        yield short


def _short(field: str, whole: tuple[str, ...]) -> tuple[str, ...]:
    neutral = _listed("neutral", field)
    return tuple(one for one in whole if one not in neutral)


def same(of: str, label: str, known: Index) -> str | None:
    """What a label means for sure: it has the words of a known one, in their order.

    >>> known = index("outcome", {"cin": "Child in Need", "early help": "Early help"})
    >>> same("outcome", "Progress to Child-in-Need", known), same("outcome", "CIN plan ended", known)
    ('Child in Need', None)
    """
    whole = tokens(label)
    return known.means.get(whole) or known.means.get(_short(of, whole)) if whole else None


def like(of: str, label: str, known: Index) -> str | None:
    """What a label may mean: one known label stands in it, and nothing else but what usually stands around.

    >>> known = index("outcome", {"cin": "Child in Need", "s47": "Strategy discussion / section 47"})
    >>> like("outcome", "Assessment outcome: CIN plan required", known)
    'Child in Need'
    >>> like("outcome", "S47 to CIN", known), like("outcome", "CIN plan declined", known)
    (None, None)
    """
    if len(label) > _LONGEST:
        return None
    text = label_remarks.without_names(folded(trimmed(label)), known.vocabulary | _no_names())
    whole = tokens(text)
    word = _stands_in(of, whole, known) or _stands_in(of, _short(of, whole), known)
    if word:
        return word if all(one in (None, word) for one in _alternatives(of, text, known)) else None
    if of == "outcome":
        return _goes_to(whole, known) or _closes_to(whole, known)
    return _behind_a_heading(text, known) or _named(whole, known) if of == "referred_to" else None


def _stands_in(of: str, whole: tuple[str, ...], known: Index) -> str | None:
    """The one word that known labels in these words mean, when nothing else is said."""
    around = _listed("neutral", of) | _listed("soft", of)
    if any(one not in known.vocabulary and not _says_nothing(one, around) for one in whole):
        return None  # something else is said
    places = _places(whole, known)
    if not places:
        return None
    length, at, word = max(places, key=lambda place: (place[0], -place[1]))
    others = {other for size, start, other in places if start + size <= at or start >= at + length}
    same_word = {place for size, start, other in places if other == word for place in range(start, start + size)}
    outside = [one for place, one in enumerate(whole) if place not in same_word]
    if others - {word} or word in _NO_PROPOSAL or not all(_says_nothing(one, around) for one in outside):
        return None
    if "down" in outside and ("down", "to") not in pairwise(whole):
        return None
    return word


def _places(whole: tuple[str, ...], known: Index) -> list[tuple[int, int, str]]:
    """Where known labels stand in these words: how many words, from which, what it means."""
    return [
        (end - at, at, known.readings[whole[at:end]])
        for at in range(len(whole))
        for end in range(at + 1, min(at + known.longest, len(whole)) + 1)
        if whole[at:end] in known.readings and not _too_wide(whole[at:end])
    ]


def _alternatives(of: str, text: str, known: Index) -> Iterator[str | None]:
    """What "CP enquiry / plan" may mean on either side of its stroke: CP enquiry, plan, CP plan."""
    sides = [tokens(side) for side in text.split("/")]
    if len(sides) > 1:
        yield from (_stands_in(of, side, known) for side in sides)
        yield from (_stands_in(of, (*first[:-1], *second), known) for first, second in pairwise(sides))


def _goes_to(whole: tuple[str, ...], known: Index) -> str | None:
    """Where a case goes: "Step down from CP to CIN" goes to CIN. Of "CP to CIN" a person says which it is."""
    if "from" not in whole or "to" not in whole[whole.index("from") :]:
        return None
    start, end = whole.index("from"), len(whole) - 1 - whole[::-1].index("to")
    around = _listed("neutral", "outcome") | _listed("soft", "outcome")
    left = _stands_in("outcome", whole[start + 1 : end], known)
    goes = _stands_in("outcome", whole[end + 1 :], known)
    said = left and left != goes and all(_says_nothing(one, around) for one in whole[:start])
    return goes if said else None


def _closes_to(whole: tuple[str, ...], known: Index) -> str | None:
    """Where a family goes as social care closes: "Early help - closed to children's social care" is early help."""
    for phrase in sorted(map(tokens, _listed("closes", "outcome")), key=len, reverse=True):
        for at in range(len(whole) - len(phrase) + 1):
            if whole[at : at + len(phrase)] == phrase:
                word = _stands_in("outcome", (*whole[:at], *whole[at + len(phrase) :]), known)
                return word if word in _CLOSING else None
    return None


def _behind_a_heading(text: str, known: Index) -> str | None:
    """What stands behind a wider word: "Health services - drug and alcohol team" is a substance misuse service."""
    sides = _HEADING.split(text)
    if len(sides) != 2 or not _stands_in("referred_to", tokens(sides[0]), known):
        return None
    return _stands_in("referred_to", tokens(sides[1]), known)


def _named(whole: tuple[str, ...], known: Index) -> str | None:
    """Who runs a service, where its name begins with it and no other service is said: "Barnardo's outreach"."""
    for name, wanted in _pairs("name", "referred_to"):
        rest, word = whole[len(name) :], known.means.get(tokens(wanted))
        if whole[: len(name)] == name and word and not takes_back(" ".join(rest), closes=False):
            return word if all(other == word for _, _, other in _places(rest, known)) else None
    return None


def says_another(word: str, rest: str, known: Index) -> bool:
    """Whether what stands beside a label is another step that is not taken back: "NFA - referred to early help".

    >>> known = index("outcome", {"nfa": "No further action", "early help": "Early help"})
    >>> [says_another("No further action", rest, known) for rest in ("early help", "early help declined")]
    [True, False]
    """
    return any(other != word for _, _, other in _places(tokens(rest), known)) and not takes_back(rest, closes=False)


@cache
def _no_names() -> frozenset[str]:
    """Words that say something about a case, which are no team's short name: "ended", "cin"."""
    return _listed("doubt", "") | _listed("open", "") | frozenset(_shorts())


def _too_wide(key: tuple[str, ...]) -> bool:
    return len(key) == 1 and key[0] in _TOO_WIDE


def _says_nothing(token: str, around: frozenset[str]) -> bool:
    return token in around or token.isdigit()


def adds_nothing(field: str, rest: str) -> bool:
    """Whether what stands beside a known label is only what usually does, or one short code.

    >>> adds_nothing("outcome", "S20"), adds_nothing("outcome", "level 3"), adds_nothing("outcome", "medical report")
    (True, True, False)
    """
    around = _listed("neutral", field) | _listed("soft", field)
    found = tokens(rest)
    return all(_says_nothing(one, around) for one in found) or (len(found) == 1 and any(map(str.isdigit, found[0])))


def takes_back(rest: str, *, closes: bool) -> bool:
    """Whether what stands beside a known label takes it back, or says that nothing is decided.

    `closes`: the label says that nothing follows, which an end, a refusal or another time does not take back.

    >>> takes_back("threshold not met", closes=False), takes_back("threshold not met", closes=True)
    (True, False)
    >>> takes_back("pending", closes=True), takes_back("S20", closes=False)
    (True, False)
    """
    said = f" {' '.join(_TOKEN.findall(folded(rest).casefold()))} "
    words = _listed("open", "") if closes else _listed("open", "") | _listed("doubt", "")
    return any(f" {word} " in said for word in words)
