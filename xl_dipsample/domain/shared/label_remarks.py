"""What stands in a label besides what it says: its own initials in brackets, a team or a council that has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from xl_dipsample.domain.shared import reference

_BRACKET = re.compile(r",? *\(([^()]+)\)")
_INITIALS = re.compile(r"[A-Za-z][A-Za-z&-]{1,7}")
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset({"a", "and", "for", "from", "in", "of", "on", "or", "out", "the", "to"})
_CAPITALS = re.compile(r"[A-Z]{3,5}")
_REMARK = re.compile(r"(?<= [-\u2013] )[A-Z]{3,5}\b")


def without_initials(text: str) -> str:
    """A label without its own initials beside it: they say the same again.

    >>> without_initials("Missing from Home (MFH)"), without_initials("Harmful Sexual Behaviour, (HSB) service")
    ('Missing from Home', 'Harmful Sexual Behaviour service')
    >>> without_initials("ICPC (Initial Child Protection Conference)"), without_initials("Child protection (S47)")
    ('Initial Child Protection Conference', 'Child protection (S47)')
    """
    found = _BRACKET.search(text)
    if found is None:
        return text
    before, inside = text[: found.start()].strip(), found[1].strip()
    if _INITIALS.fullmatch(inside) and _are_initials(inside, _WORD.findall(before.casefold())):
        return before + text[found.end() :]
    words = _WORD.findall(inside.casefold())
    whole = _INITIALS.fullmatch(before) and len(words) > 1 and _are_initials(before, words, every=True)
    return inside + text[found.end() :] if whole else text


def _are_initials(short: str, words: Sequence[str], *, every: bool = False) -> bool:
    """Whether letters are those that the last words (every word) begin with; small words may be left out."""
    letters, left = [one for one in short.casefold() if one.isalpha()], [*words]
    while letters and left:
        word = left.pop()
        if word[0] == letters[-1]:
            letters.pop()
        elif word not in _SMALL:
            return False
    return not letters and not (every and left)


def without_names(text: str, said: Collection[str]) -> str:
    """A label without a team's short name or a council in brackets, or a team's short name behind a dash.

    `said`: words that say something about a case; they are no names, also in capitals.

    >>> without_names("Strategy discussion (CSSW)", ()), without_names("Section 47 enquiry (Essex)", ())
    ('Strategy discussion', 'Section 47 enquiry')
    >>> without_names("Plan (NFA)", {"nfa"}), without_names("CIN (ENDED)", ()), without_names("CP (medical)", ())
    ('Plan (NFA)', 'CIN (ENDED)', 'CP (medical)')
    """
    if text == text.upper():
        return text  # capitals tell nothing where everything is written in them
    bare = _REMARK.sub(lambda found: found[0] if _is_said(found[0], said) else "", text)
    return _BRACKET.sub(lambda found: "" if _is_name(found[1].strip(), said) else found[0], bare).strip()


def _is_name(inside: str, said: Collection[str]) -> bool:
    if _is_said(inside, said):
        return False
    return _CAPITALS.fullmatch(inside) is not None or inside.casefold() in _councils()


def _is_said(word: str, said: Collection[str]) -> bool:
    return word.casefold() in said or word.casefold().removesuffix("s") in said


@cache
def _councils() -> frozenset[str]:
    rows = reference.table("dfe_factors_published")
    return frozenset(row["area"].casefold() for row in rows if row["level"] == "authority")
