"""People on no list: proposed because many people have that name, or because of where the word stands. Weak only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from xl_dipsample.domain.shared import reference
from xl_dipsample.privacy.names.common_words import a_set
from xl_dipsample.privacy.names.normalise import Folded, of_one_case
from xl_dipsample.privacy.names.street_names import StreetNames

Token = tuple[int, int, str]
_TITLES = a_set("mr mrs ms miss dr prof pc dc ds dci ps pcso sgt sir cllr")
# A capitalised word that is no word, behind one of these, is more often somebody than a place.
_BEFORE = a_set(
    "with by called named told met and friend associate nicknamed alias aka messaged threatened for about asked as if "
    "see saw among against of name than like says said that believes thinks knows is staff tenant is or"
)
_CALLED = a_set("called named nicknamed alias aka")
# In a text of one case: what stands before somebody, and before few other words that are not common.
_BEFORE_IN_ONE_CASE = a_set(
    "called named told met asked me sister brother mother father mum dad aunt auntie uncle cousin friend friends nan "
    "grandmother grandfather stepmother stepfather boyfriend girlfriend partner neighbour with by about mate"
)
_TO_SOMEBODY = a_set("spoke speak speaks spoken talked talking wrote written listened attached close related married")
_PLACE = a_set("in at near from to on via outside towards around round the a an this that its")
_NO_SURNAME = a_set("road street lane avenue close drive court way park house school academy college estate station")
_PLATFORMS = a_set(
    "snapchat snap insta instagram tiktok ig discord telegram whatsapp facebook twitter youtube xbox psn"
)
_NO_HANDLE = a_set("covid para sect page tel mob reg ext sept ch fig")
_HANDLE_CUE = re.compile(
    r"(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|\big|handle|user ?name|account|profile|tagged|posts? by|posted by"
    r"|look(?:ed)? up|add(?:ed)?|dm|follow\w*|discord|telegram|xbox|psn)[^\w.]*(?:\w+[^\w.]+){0,4}$"
)
_RUN_IN = re.compile(r"([a-z]{2,})\d{1,4}")
_LEAST, _LEAST_SMALL, _LONG_STEM, _FIGURES = 3, 4, 4, 4
_MARKED = {" ", ' "', " '", ' ("'}
_LIST = {", ", "; ", ": ", " (", " & ", ", and "}


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

    def __init__(self, plain: Collection[str], ours: Collection[str], cues: Collection[str] = ()) -> None:
        self.plain = plain
        self.names = given_names().difference(ours)
        self._cues = frozenset(cues)
        self._street_names = StreetNames(plain, cues)

    def find(
        self, page: Folded, tokens: Sequence[Token], heard: frozenset[str], rare: Sequence[int]
    ) -> Iterator[tuple[int, int, str]]:
        """Start, end and rule: a given name with the capitalised word behind it, or what stands where a name does.

        `heard`: the distinct words among the tokens; `rare`: where those are that are no ordinary words.
        """
        one_case = of_one_case(page)
        done = -1
        for at in rare:
            if at <= done:
                continue
            rule = self._rule(page, tokens, at, one_case=one_case)
            last = at
            if rule == "handle":
                last += self._numbered(page, tokens, at)
            elif rule:
                while last - at < 2 and self._goes_on(page, tokens, last, one_case=one_case):
                    last += 1
            if rule:
                yield tokens[at][0], tokens[last][1], rule
            done = last
        for first, after in self._street_names.find(page, tokens, heard, one_case=one_case):
            yield first, after, "named"

    def _rule(self, page: Folded, tokens: Sequence[Token], at: int, *, one_case: bool) -> str:
        start, end, run = tokens[at]
        if not run.isalpha():
            return "handle" if self._is_handle(page, tokens, at) else ""
        if len(run) < _LEAST:
            return ""
        if run in self.names and (len(run) >= _LEAST_SMALL or page.original[page.span(start, end)[0]].isupper()):
            return "given-name"
        before = tokens[at - 1][2] if at else ""
        gap = page.text[tokens[at - 1][1] : start] if at else ""
        if before in _TITLES and gap in {" ", ". ", "."}:
            return "named"
        if before in _PLATFORMS and run not in _PLATFORMS and gap in {" ", ": ", " - ", " ("}:
            return "handle"
        if self._numbered(page, tokens, at):
            return "handle"
        if run in self._cues or page.text[end : end + 1] == "=":
            return ""
        stands = self._in_one_case if one_case else self._where_a_name_stands
        return "named" if stands(page, tokens, at, before, gap) else ""

    def _where_a_name_stands(self, page: Folded, tokens: Sequence[Token], at: int, before: str, gap: str) -> bool:
        """Of a capitalised word that is no word: behind with, after a comma, before another one, before 's."""
        start, end, run = tokens[at]
        if gap in _MARKED and before in _CALLED:
            return True
        word = page.original[slice(*page.span(start, end))]
        if not word[0].isupper() or word.isupper() or run in _PLATFORMS:
            return False
        after = tokens[at + 1] if at + 1 < len(tokens) else (0, 0, "")
        if after[2] in _NO_SURNAME and page.text[end : after[0]] == " ":
            return False
        if gap in _LIST or (gap in _MARKED and before in _BEFORE):
            return True
        if before == "to" and at > 1 and tokens[at - 2][2] in _TO_SOMEBODY:
            return True
        if before in _PLACE and gap == " ":
            return False
        if after[2] == "s" and page.text[end : after[0]] == "'" and gap == " ":
            return True
        return self._goes_on(page, tokens, at, one_case=False) and len(after[2]) > 1

    def _in_one_case(self, page: Folded, tokens: Sequence[Token], at: int, before: str, gap: str) -> bool:
        """In a text without capitals, or in capitals alone, fewer places say that a word is somebody."""
        _, end, run = tokens[at]
        if len(run) < _LEAST_SMALL or (run[-1] == "s" and (run[:-1] in self.plain or run[:-1] in self._cues)):
            return False
        if gap in {" ", ", "} and before in _BEFORE_IN_ONE_CASE:
            return True
        after = tokens[at + 1] if at + 1 < len(tokens) else (0, 0, "")
        return after[2] == "s" and page.text[end : after[0]] == "'"

    def _is_handle(self, page: Folded, tokens: Sequence[Token], at: int) -> bool:
        """A word with figures behind it that is no word, or that stands where an account is named."""
        start, _, run = tokens[at]
        match = _RUN_IN.fullmatch(run)
        if match is None or match[1] in _NO_HANDLE:
            return False
        if len(match[1]) >= _LONG_STEM and match[1] not in self.plain:
            return True
        return len(match[1]) >= _LEAST and _HANDLE_CUE.search(page.text, max(0, start - 40), start) is not None

    @staticmethod
    def _numbered(page: Folded, tokens: Sequence[Token], at: int) -> bool:
        """A word, a point and figures that are one: trapz.11."""
        _, end, run = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else (0, 0, "")
        if len(run) < _LONG_STEM or run in _NO_HANDLE or page.text[end : after[0]] != "." or not after[2].isdigit():
            return False
        return len(after[2]) <= _FIGURES

    def _goes_on(self, page: Folded, tokens: Sequence[Token], at: int, *, one_case: bool) -> bool:
        """Whether the next word is the surname."""
        start, end, run = tokens[at + 1] if at + 1 < len(tokens) else (0, 0, "")
        if page.text[tokens[at][1] : start] not in {" ", "-", "'"} or run in self.plain or len(run) < 2:
            return False
        if run in _NO_SURNAME or (one_case and len(run) < _LEAST_SMALL):
            return False
        return one_case or page.original[page.span(start, end)[0]].isupper()
