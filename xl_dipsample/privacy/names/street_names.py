"""Names that people are given by others: after "known as", in quotation marks, before a line of a chat. Weak only.

Most are words (Doc, Tiny), so only where they stand says that they are somebody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from xl_dipsample.privacy.names.common_words import a_set
from xl_dipsample.privacy.names.normalise import Folded

Token = tuple[int, int, str]
# The last word before the name, and what may stand before that one; nothing: the word says it alone.
_LEADS = {
    "aka": a_set(""),
    "alias": a_set(""),
    "nicknamed": a_set(""),
    "as": a_set("known saved stored listed"),
    "by": a_set("goes went go going"),
    "of": a_set("name"),
    "name": a_set("street road tag gang nick the user rap stage"),
    "nickname": a_set("the his her their a is"),
    "call": a_set("they we friends people others all mates kids"),
    "calls": a_set("everyone everybody he she who"),
    "him": a_set("call calls called"),
    "them": a_set("call calls called"),
    "himself": a_set("call calls called calling"),
    "herself": a_set("call calls called calling"),
}
_NO_NAME = a_set(
    "a an the his her their its my our your this that these those he she they it we you i who what which and or not no "
    "is was are were be been being to in on at of for from by with when where if so as well having mum mother dad "
    "father police school child children worker workers young social home number unknown over back up out names later "
    "boy girl high low medium"
)
_GAP = re.compile(r"(?: is)?:? ?[\"“'(]? ?")
_QUOTED = re.compile(r"[\"“]([^\W\d_][\w'.-]*(?: [\w'.-]+)?)[\"”]")
_BEFORE_A_QUOTE = re.compile(r"(?:\b(?:is|was|as|called|contact|named|name|alias|aka|nickname)|,)[: ]+$")
_SPEAKER = re.compile(r"(?:^|[\"”] ?[/|] ?)[ \t]*([^\W\d_][\w'-]*(?: [\w'-]+)?): ?[\"“]", re.MULTILINE)
_WHO = a_set("who whose whom")
_WATCHED = _WHO | _LEADS.keys()
_CHAT = 2  # lines that somebody says


class StreetNames:
    """`plain`: words that are no sign of a person; `cues`: words that say what somebody is, mum or worker."""

    def __init__(self, plain: Collection[str], cues: Collection[str]) -> None:
        self.plain = plain
        self.none = _NO_NAME | frozenset(cues)

    def find(
        self, page: Folded, tokens: Sequence[Token], heard: frozenset[str], *, one_case: bool
    ) -> Iterator[tuple[int, int]]:
        """Start and end in the folded text. `heard`: the distinct words in it. `one_case`: capitals say nothing."""
        watched = heard & _WATCHED
        for at in [at for at, token in enumerate(tokens[:-1]) if token[2] in watched] if watched else ():
            run = tokens[at][2]
            if run in _LEADS and (not _LEADS[run] or (at and tokens[at - 1][2] in _LEADS[run])):
                yield from self._led(page, tokens, at + 1, one_case=one_case)
            if run in _WHO and at > 1:
                yield from self._who(page, tokens, at - 1, one_case=one_case)
        if '"' in page.text or "“" in page.text:
            yield from self._quoted(page, one_case=one_case)
            yield from self._speakers(page)

    def _led(self, page: Folded, tokens: Sequence[Token], at: int, *, one_case: bool) -> Iterator[tuple[int, int]]:
        start, end, run = tokens[at]
        if not _GAP.fullmatch(page.text, tokens[at - 1][1], start) or run in self.none or run.isdigit():
            return
        if not (_capital(page, start) or (one_case and (run not in self.plain or tokens[at - 1][2] != "of"))):
            return
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after and page.text[end : after[0]] in {" ", "-"} and after[2] not in self.none:
            single = len(after[2]) == 1 or page.text[end] == "-"
            if single or (_capital(page, after[0]) and not one_case):
                end = after[1]
        yield start, end

    def _who(self, page: Folded, tokens: Sequence[Token], at: int, *, one_case: bool) -> Iterator[tuple[int, int]]:
        """Kilo Boy, whose real name ...: only somebody has a who."""
        if one_case or page.text[tokens[at][1] : tokens[at + 1][0]] != ", ":
            return
        first = at
        while first and at - first < 1 and page.text[tokens[first - 1][1] : tokens[first][0]] == " ":
            if not _capital(page, tokens[first - 1][0]):
                break
            first -= 1
        here = tokens[first : at + 1]
        before = tokens[first - 1][2] if first else ""
        sentence_start = not first or page.text[tokens[first - 1][1] : tokens[first][0]] not in {" ", ", ", "; "}
        if sentence_start or before in self.none or not all(_capital(page, one[0]) for one in here):
            return
        if not all(one[2] in self.none for one in here) and here[-1][2].isalpha():
            yield here[0][0], here[-1][1]

    def _quoted(self, page: Folded, *, one_case: bool) -> Iterator[tuple[int, int]]:
        for match in _QUOTED.finditer(page.text):
            words = re.split(r"[ -]", match[1])
            strange = any(word not in self.plain for word in words)
            led = _BEFORE_A_QUOTE.search(page.text, max(0, match.start() - 16), match.start()) is not None
            if match[1][-1] in ".'" or any(word in self.none for word in words):
                continue
            if (led and (_capital(page, match.start(1)) or one_case)) or (strange and _titled(page, match, one_case)):
                yield match.start(1), match.end(1)

    def _speakers(self, page: Folded) -> Iterator[tuple[int, int]]:
        """Who says what in a chat that was copied line by line."""
        said = list(_SPEAKER.finditer(page.text))
        for match in said:
            words = re.split(r"[ ']", match[1])
            if any(word in self.none for word in words):
                continue
            if len(said) >= _CHAT or any(word not in self.plain for word in words):
                yield match.start(1), match.end(1)


def _titled(page: Folded, match: re.Match[str], one_case: bool) -> bool:  # noqa: FBT001
    return not one_case and _capital(page, match.start(1))


def _capital(page: Folded, start: int) -> bool:
    return page.original[page.span(start, start + 1)[0]].isupper()
