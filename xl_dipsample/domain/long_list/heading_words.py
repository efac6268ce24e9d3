"""A heading as the words that it is made of, and each word as what it stands for in a report of cases.

"PER_DOB", "Person: Date of Birth" and "personBirthDate" are the same two words, child and birth. Which words stand for
what is in reference/heading_words.csv. A word that is not there explains nothing, so no field is taken for a heading
that has one: what seeks "age" does not find "Stage", nor "Age of assessment (days)".
"""

from __future__ import annotations

import re
from functools import cache

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import BLANKS, folded, trimmed

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2,})")
_FORMAT = re.compile(r"\((?:[dmyhs]{1,4}[/.\-: ]?)+\)", re.IGNORECASE)  # "(dd/mm/yyyy)"
_MARKS = "\u00ef\u00bb\u00bf"  # a byte order mark that was read as letters
_NUMBER_OF_CENSUS = re.compile(r"^N\d{5}[ _:-]+")  # of a data item of the children in need census: "N00097 LAchildID"
_POSSESSIVE = re.compile(r"['\u2019\u2018`]s?\b")
_APART = re.compile(r"[^a-z0-9]+")
_LETTERS_APART = re.compile(r"\b(?:[a-z] ){1,}[a-z]\b")  # "d o b", which was "D.O.B."
_NUMBERED = re.compile(r"(?<=[a-z])\d$")  # "Person_ID1", a second column of that name
_BETWEEN = frozenset({"of", "the", "a", "an", "in", "for", "and", "this", "to", "s", "their", "was", "or"})
_LONGEST = 6  # words of one entry


def spelt(heading: object) -> list[str]:
    r"""The heading's words in small letters, in order, without marks.

    >>> spelt("Child\u2019s Date_of\nBirth (dd/mm/yyyy)"), spelt("D.O.B."), spelt("personBirthDate")
    (['child', 'date', 'of', 'birth'], ['dob'], ['person', 'birth', 'date'])
    """
    text = trimmed(heading).removeprefix(_MARKS).replace("\\n", " ")
    text = _NUMBER_OF_CENSUS.sub("", text)
    text = _CAMEL.sub(" ", _FORMAT.sub(" ", text)).casefold()
    text = _APART.sub(" ", _POSSESSIVE.sub(" ", text)).strip(BLANKS)
    text = _LETTERS_APART.sub(lambda run: run[0].replace(" ", ""), text)
    return [_NUMBERED.sub("", word) if len(word) > 2 else word for word in text.split()]


def heading_key(heading: object) -> str:
    r"""What two headings are compared by: small letters, blanks and underscores as one space.

    >>> heading_key("Date_of\nBirth:")
    'date of birth'
    """
    return folded(trimmed(heading).casefold().replace("_", " ")).strip(" :*").replace("\u2019", "'")


def classes(heading: object) -> frozenset[frozenset[str]]:
    """Each way to read the heading: the classes of its words; none when a word explains nothing.

    A word of several classes gives several readings. Small words ("of", "the") count only inside an entry.

    >>> sorted(map(sorted, classes("Client Ref."))), classes("Stage"), sorted(map(sorted, classes("CONTACT_DTTM")))
    ([['child', 'id']], frozenset(), [['contact', 'date']])
    """
    words = spelt(heading)
    found: frozenset[frozenset[str]] = frozenset()
    for broken in (words, [part for word in words for part in _broken(word)], _broken("".join(words))):
        readings = _readings(tuple(broken))
        found = found or frozenset(frozenset(reading) for reading in readings if reading)
    return found


@cache
def _entries() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The words of an entry -> the classes that it is in."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in reference.table("heading_words"):
        for entry in reference.parts(row["words"]):
            key = tuple(entry.split())
            found[key] = (*found.get(key, ()), row["class"])
    return found


@cache
def _single_words() -> frozenset[str]:
    return frozenset(word for entry in _entries() for word in entry) | _BETWEEN


def _known(words: tuple[str, ...]) -> tuple[str, ...]:
    entries = _entries()
    if words in entries:
        return entries[words]
    *before, last = words
    return entries.get((*before, last.removesuffix("s")), ()) if len(last) > 3 else ()


def _readings(words: tuple[str, ...]) -> list[list[str]]:
    """Every way to cover all words with entries, longest entries first; small words may be left out."""
    if not words:
        return [[]]
    found: list[list[str]] = []
    for length in range(min(_LONGEST, len(words)), 0, -1):
        known = _known(words[:length])
        if known:
            rest = _readings(words[length:])
            found += [[one, *others] for one in known for others in rest]
    if words[0] in _BETWEEN:
        found += _readings(words[1:])
    return found[:200]


def _broken(word: str) -> list[str]:
    """A run of letters taken apart into known words: "assessmentauthorisationdate"; itself where that fails."""
    known = _single_words()
    if word in known:
        return [word]
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            piece = word[start:end]
            if start in best and piece in known and len(piece) > 1:
                candidate = [*best[start], piece]
                if end not in best or len(candidate) < len(best[end]):
                    best[end] = candidate
    return best.get(len(word), [word])
