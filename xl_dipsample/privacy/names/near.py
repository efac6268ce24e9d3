"""What may be a name: nearly one of the long list, a capitalised word after mother or Ms, initials. Weak only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xl_dipsample.domain.shared import reference
from xl_dipsample.privacy.names.common_words import a_set
from xl_dipsample.privacy.names.name_index import NameIndex
from xl_dipsample.privacy.names.name_pass import Token
from xl_dipsample.privacy.names.normalise import Folded, fold, holds_a_figure, of_one_case

_STREET = (
    "road|street|avenue|lane|close|crescent|drive|grove|gardens|terrace|court|way|place|hill|square|house|mews|rd|ave"
)
_ADDRESS = re.compile(rf"(?:(?:flat|no\.?|number)\s)?\d{{1,4}}[a-z]?,?\s(?:[a-z'-]+\s){{1,3}}(?:{_STREET})(?![^\W_])")
_SCHOOL_WORDS = a_set("school academy college nursery primary infant infants junior juniors high secondary pru")
# What stands between a school's name and such a word; no name by itself.
_KIND = _SCHOOL_WORDS | a_set(
    "free grammar community catholic ce rc c of e and the sixth form special independent girls boys s upper lower "
    "middle first st our lady new"
)
_MAY_BEGIN = a_set("st our upper lower middle new")
_PLACES = a_set("park hill grove green wood bridge road street lane house field hall church cross mill brook valley")
_NOT_FIRST = a_set("the a an at in her his their this that when after before from to attends attended social")
_LONGEST_SCHOOL = 7
_LONG, _LONGER = 5, 8
_GAP = re.compile(r"[ \n]{1,2}|\. |, | ?[(\"'-] ?|: ")


class Near:
    """Looks for what is nearly a name among the words that are none."""

    def __init__(self, index: NameIndex, plain: frozenset[str]) -> None:
        self.index, self.plain = index, plain
        self.sampled = sorted(
            {word for word, keys in index.words.items() if not index.children.keys().isdisjoint(keys)}
        )
        self.cues = {fold(word).text: row["role"] for row in cue_rows() for word in reference.parts(row["words"])}
        self._cue_words = frozenset(self.cues)

    def misses(self, pages: Sequence[Folded], rare: Sequence[list[Token]]) -> dict[str, frozenset[str]]:
        """For each capitalised word that is no name and no ordinary word: the parts of sampled names it nearly is.

        `rare`: of each page the words that are no ordinary ones.
        """
        asked = {
            run
            for page, tokens in zip(pages, rare, strict=True)
            for start, end, run in tokens
            if len(run) >= _LONG and run not in self.index.words and page.original[page.span(start, end)[0]].isupper()
        }
        return self._nearly(sorted(asked), [word for word in self.sampled if len(word) >= _LONG - 1])

    def _nearly(self, asked: list[str], names: list[str]) -> dict[str, frozenset[str]]:
        if not asked or not names:
            return {}
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        distances = process.cdist(asked, names, scorer=OSA.distance, score_cutoff=2)
        found: dict[str, frozenset[str]] = {}
        for at, run in enumerate(asked):
            near = (distances[at] <= (2 if len(run) >= _LONGER else 1)).nonzero()[0]
            keys = frozenset(key for place in near for key in self.index.words[names[place]])
            if keys:
                found[run] = keys
        return found

    def find(
        self,
        page: Folded,
        tokens: list[Token],
        heard: frozenset[str],
        near: dict[str, frozenset[str]],
        own: frozenset[str],
    ) -> Iterator[tuple[int, int, str, frozenset[str]]]:
        """Start and end in the folded text, rule, parts of names. `heard`: the distinct words among the tokens."""
        nothing: frozenset[str] = frozenset()
        for start, end, run in [] if heard.isdisjoint(near) else [token for token in tokens if token[2] in near]:
            yield start, end, "near-miss", near[run]
        for match in _ADDRESS.finditer(page.text) if holds_a_figure(page.text) else ():
            yield match.start(), match.end(), "address", nothing
        for first, last in () if heard.isdisjoint(_SCHOOL_WORDS) else self._schools(page, tokens):
            yield tokens[first][0], tokens[last][1], "school", nothing
        for first, last in () if heard.isdisjoint(self._cue_words) else self._after_words(page, tokens):
            yield tokens[first][0], tokens[last][1], "after-word", nothing
        if not heard.isdisjoint(own | {one[0] for one in own}):
            yield from self._initials(page, tokens, own)

    def _schools(self, page: Folded, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """First and last word of a school by name: capitalised words, or words that are none, before School."""
        one_case = of_one_case(page)
        done = -1
        for at in [at for at, token in enumerate(tokens) if token[2] in _SCHOOL_WORDS]:
            if at <= done:
                continue
            first = at
            while (
                first and at - first < _LONGEST_SCHOOL and self._of_school(page, tokens, first - 1, one_case=one_case)
            ):
                first -= 1
            last = at
            while last + 1 < len(tokens) and tokens[last + 1][2] in _SCHOOL_WORDS and self._beside(page, tokens, last):
                last += 1
            while first < at and self._is_before(page, tokens[first], one_case=one_case):
                if at - first == 1 and tokens[first][2] not in _NOT_FIRST | _KIND:
                    break
                first += 1
            if first < at and any(one[2] not in _KIND for one in tokens[first:at]):
                done = last
                yield first, last

    def _of_school(self, page: Folded, tokens: Sequence[Token], at: int, *, one_case: bool) -> bool:
        run = tokens[at][2]
        if not self._beside(page, tokens, at) or (run in _NOT_FIRST and run != "the"):
            return False
        if run == "and" and (not at or _SCHOOL_WORDS & {tokens[at - 1][2], tokens[at + 1][2]}):
            return False  # two schools, or "GP and school"
        if run in _KIND:
            return True
        if one_case:
            return run not in self.plain or run in _PLACES
        return page.original[page.span(*tokens[at][:2])[0]].isupper()

    def _is_before(self, page: Folded, token: Token, *, one_case: bool) -> bool:
        """Whether a word is before a school's name, and no part of it: Attends, a new."""
        start, end, run = token
        if run in _MAY_BEGIN:
            return not (one_case or page.original[page.span(start, end)[0]].isupper())
        return run in _NOT_FIRST or run in _KIND or (run in self.plain and run not in _PLACES)

    @staticmethod
    def _beside(page: Folded, tokens: Sequence[Token], at: int) -> bool:
        gap = page.text[tokens[at][1] : tokens[at + 1][0]]
        return gap in {" ", "-", "'", "' "} or (gap == ". " and tokens[at][2] == "st")

    def _after_words(self, page: Folded, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """The capitalised word after a cue, and the next one when it is capitalised too."""
        cues = self.cues
        for at in [at for at, token in enumerate(tokens[:-1]) if token[2] in cues]:
            if not self._name_follows(page, tokens, at + 1, tokens[at][1]):
                continue
            more = at + 2 < len(tokens) and self._name_follows(page, tokens, at + 2, tokens[at + 1][1])
            yield at + 1, at + 2 if more and page.text[tokens[at + 1][1]] == " " else at + 1

    def _name_follows(self, page: Folded, tokens: list[Token], at: int, end: int) -> bool:
        start, stop, run = tokens[at]
        first, last = page.span(start, stop)
        word = page.original[first:last]
        if not word[0].isupper() or len(word) < 2 or run in self.cues or not _GAP.fullmatch(page.text, end, start):
            return False
        if page.text[end:start] == ". " and tokens[at - 1][2] not in {"mr", "mrs", "ms", "dr", "prof"}:
            return False
        return run not in self.plain or run in self.index.words

    def _initials(
        self, page: Folded, tokens: list[Token], own: frozenset[str]
    ) -> Iterator[tuple[int, int, str, frozenset[str]]]:
        """The initials of the row's own child: JS, J.S., J S."""
        for at in [at for at, token in enumerate(tokens) if token[2] in own or len(token[2]) == 1]:
            start, end, run = tokens[at]
            if run in own and page.original[slice(*page.span(start, end))].isupper():
                yield start, end, "initials", frozenset()
            elif len(run) == 1 and at + 1 < len(tokens) and run + tokens[at + 1][2] in own:
                last = tokens[at + 1]
                gap = page.text[end : last[0]]
                both = page.original[page.span(start, end)[0]] + page.original[page.span(last[0], last[1])[0]]
                if gap in {".", ". ", " "} and both.isupper() and len(last[2]) == 1:
                    yield start, last[1], "initials", frozenset()


def cue_rows() -> tuple[dict[str, str], ...]:
    """The words before a name and what they say of it: workbook_template/reference/name_cues.csv."""
    return reference.table("name_cues")
