r"""Wording about children to look at twice: the terms of language_terms.csv, and where a text holds them.

A term is a pattern in the table's own words: small letters, one space, a straight apostrophe, "(a|b)", "?" and "\w*".
It is found as whole words only; another ending counts only when the table says so. Capitals make no difference, and
so do line breaks, no-break spaces, curly quotes and the different dashes. A word with "non-" before it is another
word ("non-consensual" is not "consensual").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from xl_dipsample.domain import reference
from xl_dipsample.domain.cells import BLANKS
from xl_dipsample.domain.errors import SettingProblem

_WRITTEN_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys(BLANKS + "\u2009\u2028\u2029\u0085", " "),
}
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")  # a soft hyphen must not hide a word


class Term(NamedTuple):
    """One row of the table: the pattern, what it is a sign of, why, and what could be written instead."""

    pattern: re.Pattern[str]
    concern: str
    why: str
    instead: str


class Hit(NamedTuple):
    """A term in a text: `text[start:end]` are the words as they were written."""

    term: Term
    concern: str
    start: int
    end: int


@cache
def known_terms() -> tuple[Term, ...]:
    """The terms of reference table language_terms, in its order.

    Raises SettingProblem when a pattern of the table cannot be read; it names the row.

    >>> known_terms()[2].concern
    'Implies consent'
    """
    return read_terms(reference.table("language_terms"))


def read_terms(rows: Iterable[dict[str, str]]) -> tuple[Term, ...]:
    """Terms from rows with the columns pattern, concern, why_it_matters and consider_instead.

    Raises SettingProblem when a pattern cannot be read; it names the row (the headings are row 1).
    """
    return tuple(_term(row, number) for number, row in enumerate(rows, start=2))


def find_terms(text: str, terms: Sequence[Term]) -> list[Hit]:
    r"""Every place where `text` holds one of `terms`, by place, then in the order of `terms`.

    Places of different terms may overlap; those of one term do not.

    >>> text = "She was Street\u00a0wise; her \u2018boyfriend\u2019 was 24."
    >>> [(text[hit.start : hit.end], hit.concern) for hit in find_terms(text, known_terms())]
    [('Street\xa0wise', 'Adultifies'), ('boyfriend', 'Normalises the harm')]
    """
    folded, places = _folded(text)
    hits = [
        Hit(term, term.concern, places[found.start()], places[found.end() - 1] + 1)
        for term in terms
        for found in term.pattern.finditer(folded)
        if found.end() > found.start()
    ]
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def concerns(text: str, terms: Sequence[Term] | None = None) -> list[str]:
    """The concerns of a text, each once, in the order in which the text gives rise to them.

    >>> concerns("Promiscuous. Absconds. Her consensual relationship.")
    ['Disbelieves or minimises', 'Criminalises or minimises']
    """
    hits = find_terms(text, known_terms() if terms is None else terms)
    return list(dict.fromkeys(hit.concern for hit in hits))


def _term(row: dict[str, str], number: int) -> Term:
    try:
        pattern = re.compile(rf"(?<!\w)(?<!non[- ])(?:{row['pattern'].strip()})(?!\w)", re.IGNORECASE)
    except re.error:
        raise SettingProblem(
            "language-term",
            f"The pattern in row {number} of language_terms.csv cannot be read. "
            "Check its brackets, or take the row out.",
        ) from None
    return Term(pattern, row["concern"], row["why_it_matters"], row["consider_instead"])


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as the patterns are written, and for each of its characters the place in `text`."""
    characters: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        character = _WRITTEN_ALIKE.get(written, written)
        if written in _INVISIBLE or (character == " " and characters[-1:] == [" "]):
            continue
        characters.append(character)
        places.append(place)
    return "".join(characters), places
