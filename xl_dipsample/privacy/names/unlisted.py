"""People on no list: proposed because many people have that name, or because of where the word stands. Weak only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from xl_dipsample.domain.shared import reference
from xl_dipsample.privacy.names.common_words import a_set
from xl_dipsample.privacy.names.normalise import Folded

Token = tuple[int, int, str]
_TITLES = a_set("mr mrs ms miss dr prof pc dc ds dci sgt sir cllr")
# A capitalised word that is no word, behind one of these, is more often somebody than a place.
_BEFORE = a_set("with by called named told met and friend associate nicknamed alias aka messaged threatened for")
_CALLED = a_set("called named nicknamed alias aka")
_LEAST, _LEAST_SMALL = 3, 4


@cache
def given_names() -> frozenset[str]:
    """Given names of many origins that are no common English words: workbook_template/reference/given_names.txt.

    >>> "kwame" in given_names(), "will" in given_names()
    (True, False)
    """
    path = reference.template_folder() / "reference" / "given_names.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


class Unlisted:
    """Looks for people on no list. `plain`: words that are no sign of a person."""

    def __init__(self, plain: Collection[str], ours: Collection[str]) -> None:
        self.plain = plain
        self.names = given_names() - frozenset(ours)

    def find(self, page: Folded, tokens: Sequence[Token], rare: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Start, end and rule: a given name with the capitalised word behind it, or what stands where a name does.

        `rare`: where the tokens are that are no ordinary words.
        """
        shouting = page.original.isupper()
        free = 0  # the first token that belongs to no name yet
        for at in rare:
            if at < free:
                continue
            rule = self._rule(page, tokens, at, shouting=shouting)
            last = at
            if rule:
                while last + 1 < len(tokens) and last - at < 2 and self._goes_on(page, tokens, last, shouting=shouting):
                    last += 1
                yield tokens[at][0], tokens[last][1], rule
            free = last + 1

    def _rule(self, page: Folded, tokens: Sequence[Token], at: int, *, shouting: bool) -> str:
        start, end, run = tokens[at]
        if len(run) < _LEAST or run in self.plain or not run.isalpha():
            return ""
        capital = page.original[page.span(start, end)[0]].isupper()
        if run in self.names and (capital or len(run) >= _LEAST_SMALL):
            return "given-name"
        before = tokens[at - 1][2] if at else ""
        gap = page.text[tokens[at - 1][1] : start] if at else ""
        if before in _TITLES and gap in {" ", ". ", "."}:
            return "named"
        if gap not in {" ", ' "', " '", ' ("'}:
            return ""
        return "named" if before in _CALLED or (capital and not shouting and before in _BEFORE) else ""

    def _goes_on(self, page: Folded, tokens: Sequence[Token], at: int, *, shouting: bool) -> bool:
        """Whether the next word is the surname."""
        start, end, run = tokens[at + 1]
        if page.text[tokens[at][1] : start] not in {" ", "-", "'"} or run in self.plain or len(run) < 2:
            return False
        return not shouting and page.original[page.span(start, end)[0]].isupper()
