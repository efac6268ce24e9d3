r"""The small pattern language of the table Terms, made into regular expressions that cannot run for ever.

    words       as they are written; capitals make no difference, one space is any gap
    (a|b)       a or b
    x? (ab)?    the letter or bracket before ? may be missing
    * or \w*    any ending
    [- ]        one of these signs

Anything else that regular expressions know is refused, and so is a pattern with more ways to be read than
`MOST_WAYS`: a search tries them one after another, and somebody waits for it. An ending is at most `LONGEST_ENDING`
letters long for the same reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 200  # characters of a pattern
LONGEST_ENDING = 30  # letters
MOST_WAYS = 20_000
DEEPEST = 5  # brackets inside brackets
_ANY = "\0"  # in `starts`: any letter may follow, or none
START = 4  # letters by which a search looks for a word


class UnreadablePattern(ValueError):
    """The pattern is not in the language above, or has too many ways to be read."""


class Pattern(NamedTuple):
    """`regex` for text in small letters. `starts`: the first signs, at most `START`, with which a match can begin.

    `starts` is empty when a match can begin with anything.
    """

    regex: re.Pattern[str]
    starts: frozenset[str]


class _Part(NamedTuple):
    """A piece of a pattern: its regular expression, in how many ways it can match, and its possible first letters."""

    regex: str
    ways: int
    starts: frozenset[str]


_NOTHING = _Part("", 1, frozenset({""}))
_ENDING = _Part(rf"\w{{0,{LONGEST_ENDING}}}", LONGEST_ENDING + 1, frozenset({_ANY}))


def compiled(pattern: str) -> Pattern:
    r"""The pattern as whole words; `pattern` in small letters with plain spaces, quotes and dashes.

    Raises UnreadablePattern.

    >>> [bool(compiled("(put|puts) \\w*sel(f|ves)").regex.match(text)) for text in ("puts themselves", "put them")]
    [True, False]
    >>> sorted(compiled("street ?wise|abscond*").starts)
    ['absc', 'stre']
    """
    if len(pattern) > LONGEST:
        raise UnreadablePattern("longer than a pattern may be")
    reader = _Reader(pattern)
    part = reader.alternatives()
    if reader.place < len(pattern):
        raise UnreadablePattern("a bracket closes that was not opened")
    if part.ways > MOST_WAYS:
        raise UnreadablePattern("too many ways to be read")
    regex = re.compile(rf"(?<!\w)(?:{part.regex})(?!\w)")
    if regex.match(""):
        raise UnreadablePattern("it can be found where there is nothing")
    starts = frozenset(start.removesuffix(_ANY) for start in part.starts)
    usable = all(start and (start[0].isalnum() or start[0] == "_") for start in starts)
    return Pattern(regex, starts if usable else frozenset())


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.depth = 0

    def alternatives(self) -> _Part:
        """Sequences between | signs, as far as the closing bracket or the end."""
        found = [self.sequence()]
        while self.here() == "|":
            self.place += 1
            found.append(self.sequence())
        starts = frozenset().union(*(one.starts for one in found))
        return _Part("|".join(one.regex for one in found), sum(one.ways for one in found), starts)

    def sequence(self) -> _Part:
        """Signs, brackets and endings one after another."""
        whole = _NOTHING
        while self.here() not in ("", "|", ")"):
            part = self.one()
            while self.here() in ("?", "*"):
                sign = self.take()
                if sign == "*":
                    part = part if part is _ENDING else _joined(part, _ENDING)
                else:
                    part = _Part(f"(?:{part.regex})?", part.ways + 1, part.starts | {""})
            whole = _joined(whole, part)
            if whole.ways > MOST_WAYS:
                raise UnreadablePattern("too many ways to be read")
        return whole

    def one(self) -> _Part:
        """One sign, one bracket, one list of signs."""
        sign = self.take()
        if sign == "(":
            return self.bracket()
        if sign == "[":
            return self.signs()
        if sign == "*":
            return _ENDING
        if sign == "\\":
            return self.escaped()
        if sign in "?+{}^$]":
            raise UnreadablePattern("a sign that means nothing here")
        return _literal(sign)

    def bracket(self) -> _Part:
        """What stands between ( and )."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadablePattern("too many brackets inside brackets")
        inside = self.alternatives()
        if self.take() != ")":
            raise UnreadablePattern("a bracket that is not closed")
        self.depth -= 1
        return inside._replace(regex=f"(?:{inside.regex})")

    def signs(self) -> _Part:
        """One of the signs between [ and ]."""
        end = self.pattern.find("]", self.place)
        listed = self.pattern[self.place : end]
        if end < 0 or not listed or any(sign in "\\^[" for sign in listed) or "-" in listed[1:-1]:
            raise UnreadablePattern("a list of signs that cannot be read")
        self.place = end + 1
        parts = [_literal(sign) for sign in listed]
        return _Part(
            f"(?:{'|'.join(part.regex for part in parts)})",
            len(parts),
            frozenset().union(*(part.starts for part in parts)),
        )

    def escaped(self) -> _Part:
        r"""\w* is any ending; before a sign that is no letter, \ takes its meaning away."""
        sign = self.take()
        if sign == "w":
            if self.take() != "*":
                raise UnreadablePattern("only \\w* is known")
            return _ENDING
        if not sign or sign.isalnum():
            raise UnreadablePattern("a sign that means nothing here")
        return _literal(sign)

    def here(self) -> str:
        """The sign at this place; '' at the end."""
        return self.pattern[self.place : self.place + 1]

    def take(self) -> str:
        """The sign at this place, and go on; '' at the end."""
        sign = self.here()
        self.place += 1
        return sign


def _literal(sign: str) -> _Part:
    """One sign; a space is any gap."""
    return _Part(" +" if sign == " " else re.escape(sign), 1, frozenset({sign}))


def _joined(first: _Part, second: _Part) -> _Part:
    """One after the other. A start that is long enough, or open, is not continued."""
    closed = frozenset(start for start in first.starts if len(start) >= START or start.endswith(_ANY))
    going_on = first.starts - closed
    starts = closed | {(one + two)[:START] for one in going_on for two in second.starts}
    return _Part(first.regex + second.regex, first.ways * second.ways, starts)
