r"""Wording about children to look at twice: the terms of the table Terms, and where a text holds them.

A term is a pattern of small words (domain/term_patterns.py): "(a|b)", "?" and "*" or "\w*". It is found as whole words
only; another ending counts only when the table says so. Capitals make no difference, and so do line breaks, no-break
spaces, curly quotes and the different dashes. A word with "non-" before it is another word ("non-consensual" is not
"consensual").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.language import term_patterns
from xl_dipsample.domain.language.term_patterns import START
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import BLANKS
from xl_dipsample.domain.shared.errors import SettingProblem

TERMS_HEADINGS = ("Words", "Concern", "Why it matters", "Consider instead")
NO_CONCERN = "No concern named"
_COLUMNS = ("pattern", "concern", "why_it_matters", "consider_instead")  # the same in the reference table
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # a soft hyphen must not hide a word
_OTHER_BLANKS = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000\u2028\u2029\u0085"
_WRITTEN_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **{blank: " " for blank in BLANKS + _OTHER_BLANKS if blank not in _INVISIBLE + " "},
}
_ASCII_ALIKE = [(sign, instead) for sign, instead in _WRITTEN_ALIKE.items() if sign.isascii()]
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_NON = re.compile(r"(?<!\w)non(?:-| +)$")
_BETWEEN = "\x1e"  # between texts that are searched together; no pattern finds anything across it


class Term(NamedTuple):
    """One row of the table: the pattern, what it is a sign of, why, and what could be written instead.

    `starts`: the first few letters with which the words can begin; empty when they can begin with anything.
    """

    pattern: re.Pattern[str]
    concern: str
    why: str
    instead: str
    starts: frozenset[str] = frozenset()


class Hit(NamedTuple):
    """A term in a text: `text[start:end]` are the words as they were written."""

    term: Term
    concern: str
    start: int
    end: int


class TermsRead(NamedTuple):
    """The terms of a table Terms, and the rows of its body (from 0) whose words cannot be read."""

    terms: tuple[Term, ...]
    unreadable: tuple[int, ...]


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
    found = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(_term(*(row[name] for name in _COLUMNS)))
        except term_patterns.UnreadablePattern:
            raise SettingProblem(
                "language-term",
                f"The pattern in Excel row {number} of language_terms.csv cannot be read. "
                "Check its brackets, or take the row out.",
            ) from None
    return tuple(found)


def terms_of(table: pd.DataFrame | None) -> TermsRead:
    """The terms of a workbook's table Terms (headings Words, Concern, Why it matters, Consider instead).

    A row that cannot be read is left out and told; one without words, or with words and concern of an earlier row,
    is none. Without the table, or when it has no words at all, the terms are those of the reference table.

    >>> terms_of(pd.DataFrame([["(at", "A concern", None, None]], columns=list(TERMS_HEADINGS))).unreadable
    (0,)
    """
    columns = [] if table is None else [review_rules.texts(table, heading).tolist() for heading in TERMS_HEADINGS]
    rows = [[cell.strip() for cell in row] for row in zip(*columns, strict=True)]
    if not any(row[0] for row in rows):
        return TermsRead(known_terms(), ())
    found: dict[tuple[str, str], Term] = {}
    unreadable = []
    for place, (words, concern, why, instead) in enumerate(rows):
        if not words:
            continue
        try:
            term = _term(words, concern or NO_CONCERN, why, instead)
        except term_patterns.UnreadablePattern:
            unreadable.append(place)
            continue
        found.setdefault((term.pattern.pattern, term.concern.casefold()), term)
    return TermsRead(tuple(found.values()), tuple(unreadable))


def find_terms(text: str, terms: Sequence[Term]) -> list[Hit]:
    r"""Every place where `text` holds one of `terms`, by place, then in the order of `terms`.

    Places of different terms may overlap; those of one term do not.

    >>> text = "She was Street\u00a0wise; her \u2018boyfriend\u2019 was 24."
    >>> [(text[hit.start : hit.end], hit.concern) for hit in find_terms(text, known_terms())]
    [('Street\xa0wise', 'Adultifies'), ('boyfriend', 'Normalises the harm')]
    """
    return find_in_texts([text], terms)[0]


def find_in_texts(texts: Sequence[str], terms: Sequence[Term]) -> list[list[Hit]]:
    """The hits of every text, as `find_terms` gives them; thousands of texts are searched in one go."""
    readable = [_readable(text) for text in texts]
    places = [shown for _, shown in readable]
    joined = folded(_BETWEEN.join(text for text, _ in readable))
    first = [0, *accumulate(len(text) + 1 for text, _ in readable)]
    found: list[list[tuple[int, int, int]]] = [[] for _ in texts]
    for start, end, number in _places(joined, tuple(terms)):
        which = bisect_right(first, start) - 1
        left, right = start - first[which], end - first[which]
        at = places[which]
        found[which].append((at[left], at[right - 1] + 1, number) if at else (left, right, number))
    return [[Hit(terms[n], terms[n].concern, start, end) for start, end, n in sorted(hits)] for hits in found]


def folded(text: str) -> str:
    r"""The text as patterns are written, of the same length: small letters, plain spaces, quotes and dashes.

    >>> folded("The \u2018Boyfriend\u2019\n")
    "the 'boyfriend' "
    """
    alike = text
    for sign, instead in _ASCII_ALIKE if text.isascii() else _WRITTEN_ALIKE.items():
        if sign in alike:  # a table for str.translate is far slower
            alike = alike.replace(sign, instead)
    small = alike.lower()
    return small if len(small) == len(text) else "".join(_small(letter) for letter in alike)


def plain(text: str) -> str:
    r"""The folded text without what is invisible, such as soft hyphens: for reading words, not places.

    >>> plain("A manipu\u00adlative \u2018friend\u2019")
    "a manipulative 'friend'"
    """
    return folded(text if text.isascii() else _HIDDEN.sub("", text))


def concerns(text: str, terms: Sequence[Term] | None = None) -> list[str]:
    """The concerns of a text, each once, in the order in which the text gives rise to them.

    >>> concerns("Promiscuous. Absconds. Her consensual relationship.")
    ['Disbelieves or minimises', 'Criminalises or minimises']
    """
    hits = find_terms(text, known_terms() if terms is None else terms)
    return list(dict.fromkeys(hit.concern for hit in hits))


def _term(words: str, concern: str, why: str, instead: str) -> Term:
    """Raises UnreadablePattern."""
    plain = re.sub(" +", " ", folded(_HIDDEN.sub("", words)).strip(" "))
    pattern = term_patterns.compiled(plain)
    return Term(pattern.regex, concern, why, instead, pattern.starts)


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _readable(text: str) -> tuple[str, list[int]]:
    """The text without what is invisible, and the place of each of its characters; no places when nothing was."""
    text = text.replace(_BETWEEN, " ")
    if text.isascii() or not _HIDDEN.search(text):
        return text, []
    shown = [place for place, character in enumerate(text) if character not in _INVISIBLE]
    return "".join(text[place] for place in shown), shown


class _Search(NamedTuple):
    """`finder` finds where one of the terms of `by_start` may begin; the terms of `anywhere` are tried everywhere."""

    finder: re.Pattern[str] | None
    by_start: dict[str, tuple[int, ...]]
    anywhere: tuple[int, ...]


@lru_cache(maxsize=16)
def _search(terms: tuple[Term, ...]) -> _Search:
    by_start: dict[str, list[int]] = {}
    for number, term in enumerate(terms):
        for start in term.starts:
            by_start.setdefault(start, []).append(number)
    return _Search(
        re.compile(rf"(?<!\w)(?={_one_of(by_start)})") if by_start else None,
        {start: tuple(numbers) for start, numbers in by_start.items()},
        tuple(number for number, term in enumerate(terms) if not term.starts),
    )


def _one_of(starts: Iterable[str]) -> str:
    """A regular expression for one of these beginnings, letter by letter, so that each letter is looked at once."""
    listed = set(starts)
    if "" in listed:
        return ""
    following: dict[str, set[str]] = {}
    for start in listed:
        following.setdefault(start[0], set()).add(start[1:])
    return "|".join(f"{re.escape(letter)}(?:{_one_of(rest)})" for letter, rest in sorted(following.items()))


def _places(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int, int]]:
    """Start, end and number of the term for every hit in a folded text; those of one term do not overlap."""
    finder, by_start, anywhere = _search(terms)
    found = []
    for number in anywhere:
        found += [(*match.span(), number) for match in terms[number].pattern.finditer(text)]
    done = [0] * len(terms)
    for place in finder.finditer(text) if finder else ():
        start = place.start()
        begins = [text[start : start + length] for length in range(1, START + 1)]
        for number in [number for begin in begins for number in by_start.get(begin, ())]:
            match = terms[number].pattern.match(text, start)
            if match and start >= done[number]:
                done[number] = match.end()
                found.append((start, match.end(), number))
    return [hit for hit in found if hit[1] > hit[0] and not _NON.search(text, max(0, hit[0] - 9), hit[0])]
