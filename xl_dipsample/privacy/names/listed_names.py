"""A name as a case system writes it, taken apart into the forms in which a text may hold it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from xl_dipsample.domain.shared import reference
from xl_dipsample.privacy.names.common_words import RUN, a_set
from xl_dipsample.privacy.names.normalise import fold

Form = tuple[str, ...]  # the runs of letters that stand one after another: ("o", "brien")

NO_NAMES = a_set(
    "mr mrs ms miss mx master dr rev sir lady "
    "unborn baby unknown unnamed twin triplet restricted redacted anonymous anonymised tbc nk aka known as nee "
    "formerly surname forename not"
)
PARTICLES = a_set(
    "de da do dos das di del della den der du la le el al bin ibn bint van von ter ten st o mac mc ap ab abu ul"
)
_NOT_SIMPLE = NO_NAMES | PARTICLES
_BETWEEN_WORDS = re.compile(r"[,()/]")
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_LEAST_AFTER_MAC = 4  # MacKenzie and McKenzie, but not Macey and Mccy


class Part(NamedTuple):
    """One word of a name. `key` names it (joined, folded); `forms` are its spellings, the key's own first."""

    key: str
    forms: tuple[Form, ...]


def parts_of(name: str) -> tuple[Part, ...]:
    """The parts of a name, in the order written; titles, placeholders and numbers give none.

    >>> [part.key for part in parts_of("Mr O’Brien, Anne-Marie (known as Annie)")]
    ['obrien', 'annemarie', 'anne', 'marie', 'annie']
    """
    simple = simple_words(name)
    if simple is not None:
        return tuple(map(_part_of, simple))
    found: dict[str, dict[Form, None]] = {}
    words = _words(name)
    for word in words:
        for key, form in _spellings(*word):
            found.setdefault(key, {})[form] = None
    for other in () if name.isascii() else (name.upper(), name.lower(), name.translate(_WRITTEN_OUT)):
        _add_other_letters(found, words, other)
    return tuple(Part(key, tuple(forms)) for key, forms in found.items())


def _add_other_letters(found: dict[str, dict[Form, None]], words: list[tuple[Form, list[Form]]], other: str) -> None:
    """The name in other letters, where that folds to something else: a Greek capital that looks Latin, ue for ü."""
    again = _words(other)
    if again == words or len(again) != len(words):
        return
    for (whole, halves), (whole_again, halves_again) in zip(words, again, strict=True):
        for key, form in zip((whole, *halves), (whole_again, *halves_again), strict=False):
            if "".join(key) in found:
                found["".join(key)][form] = None


def simple_words(name: str) -> list[str] | None:
    """The distinct words of a name of plain letters alone, which most are; None for any other.

    >>> simple_words("Amara Jo Example"), simple_words("Amara-Jo Example")
    (['amara', 'jo', 'example'], None)
    """
    words = name.lower().split()
    if name.isascii() and "".join(words).isalpha() and _NOT_SIMPLE.isdisjoint(words):
        return words if len(words) == len(set(words)) else list(dict.fromkeys(words))
    return None


def _part_of(word: str) -> Part:
    return Part(word, forms_of(word))


def forms_of(word: str) -> tuple[Form, ...]:
    """The spellings of one simple word, its own first."""
    return ((word,), *_mac(word)) if word[0] == "m" else ((word,),)


def initials_of(name: str) -> frozenset[str]:
    """The initials of a name, all of them, and of its first and last word; O'Brien has O, or O and B.

    >>> sorted(initials_of("Amara Jo O'Brien"))
    ['ajo', 'ajob', 'ao', 'aob']
    """
    simple = name.lower().split() if simple_words(name) is not None else None
    if simple is not None and len(simple) > 1:
        return frozenset(start + simple[-1][0] for start in (simple[0][0], "".join(word[0] for word in simple[:-1])))
    words = [word for word, _ in _words(name)]
    if len(words) < 2:
        return frozenset()
    last, halves = _words(name)[-1]
    ends = {last[0][0], "".join(run[0] for run in last), *(half[0][0] for half in halves)}
    starts = {words[0][0][0], "".join(word[0][0] for word in words[:-1])}
    return frozenset(start + end for start in starts for end in ends)


@lru_cache(maxsize=16)
def _words(name: str) -> list[tuple[Form, list[Form]]]:
    """The words of a name, each with what stands for itself in it; a particle goes with the word that follows it."""
    words: list[tuple[Form, list[Form]]] = []
    before: Form = ()
    for piece in _BETWEEN_WORDS.sub(" ", fold(name).text).split():
        runs = tuple(RUN.findall(piece))
        if not runs or (len(runs) == 1 and (runs[0] in NO_NAMES or runs[0].isdigit())):
            continue
        if len(runs) == 1 and runs[0] in PARTICLES:
            before = (*before, *runs)
            continue
        halves = [tuple(RUN.findall(half)) for half in piece.split("-") if RUN.search(half)]
        words.append(((*before, *runs), halves if len(halves) > 1 or _stands_alone(before) else []))
        before = ()
    return [*words, (before, [])] if before else words


def _stands_alone(before: Form) -> bool:
    """De Souza is also Souza; Mc Donald is not Donald."""
    return bool(before) and before[-1] not in {"mc", "mac", "o"}


def _spellings(word: Form, halves: list[Form]) -> Iterator[tuple[str, Form]]:
    """Every part that a word gives (the whole, and what stands for itself in it) with each spelling."""
    whole = "".join(word)
    yield whole, word
    if len(word) > 1:
        yield whole, (whole,)
    yield from ((whole, form) for form in _mac(whole))
    for half in halves:
        if len("".join(half)) > 1 and not half[0].isdigit():
            yield from _spellings(half, [])


def _mac(whole: str) -> Iterator[Form]:
    """Mc and Mac, together or apart."""
    if not whole.startswith("m"):
        return
    for prefix, other in (("mc", "mac"), ("mac", "mc")):
        rest = whole.removeprefix(prefix)
        if _LEAST_AFTER_MAC <= len(rest) < len(whole):
            yield from ((prefix, rest), (other + rest,), (other, rest))
            return


@cache
def diminutives() -> dict[str, frozenset[str]]:
    """For each forename the other names that the same person may go by: William, Will, Billy, and back.

    From workbook_template/reference/diminutives.csv. A short form of one name only shares that name's other forms.

    >>> {"josh", "joshie"} <= diminutives()["joshua"] and "joshua" in diminutives()["josh"]
    True
    """
    short_of: dict[str, set[str]] = {}
    long_of: defaultdict[str, set[str]] = defaultdict(set)
    for row in reference.table("diminutives"):
        name = fold(row["name"]).text
        shorts = {fold(one).text for one in reference.parts(row["diminutives"])}
        short_of.setdefault(name, set()).update(shorts)
        for short in shorts:
            long_of[short].add(name)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for name, shorts in short_of.items():
        others[name] |= shorts
    for short, longs in long_of.items():
        others[short] |= longs
        if len(longs) == 1:
            others[short] |= short_of[next(iter(longs))]
    return {name: frozenset(found - {name}) for name, found in others.items()}
