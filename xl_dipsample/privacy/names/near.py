"""What may be a name: nearly one of the long list, a capitalised word after mother or Ms, initials. Weak only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xl_dipsample.domain.shared import reference
from xl_dipsample.privacy.names.common_words import a_set
from xl_dipsample.privacy.names.name_index import NameIndex
from xl_dipsample.privacy.names.name_pass import Token
from xl_dipsample.privacy.names.normalise import Folded, fold

_STREET = (
    "road|street|avenue|lane|close|crescent|drive|grove|gardens|terrace|court|way|place|hill|square|house|mews|rd|ave"
)
_ADDRESS = re.compile(rf"(?:(?:flat|no\.?|number)\s)?\d{{1,4}}[a-z]?,?\s(?:[a-z'-]+\s){{1,3}}(?:{_STREET})(?![^\W_])")
_A_DIGIT = re.compile(r"\d")
_CAPITALS = r"[A-Z][\w'’.-]*"
_SCHOOL_WORDS = "School|Academy|College|Nursery|Primary|Infants?|Juniors?|High|Secondary"
_SCHOOL_STEMS = tuple(word.rstrip("?").rstrip("s") for word in _SCHOOL_WORDS.split("|"))
_SCHOOL = re.compile(
    rf"(?:(?:St\.?|{_CAPITALS})\s(?:of\s|the\s|and\s)*){{1,4}}(?=(?:\w+\s)?(?:{_SCHOOL_WORDS})\b)(?:{_SCHOOL_WORDS})"
    rf"(?:\s(?:{_SCHOOL_WORDS}))*\b"
)
_NOT_FIRST = a_set("the a an at in her his their this that when after before from to attends attended social")
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
        self, page: Folded, tokens: list[Token], near: dict[str, frozenset[str]], own: frozenset[str]
    ) -> Iterator[tuple[int, int, str, frozenset[str]]]:
        """Start and end in the folded text, rule, parts of names."""
        nothing: frozenset[str] = frozenset()
        for start, end, run in [token for token in tokens if token[2] in near] if near else ():
            yield start, end, "near-miss", near[run]
        for match in _ADDRESS.finditer(page.text) if _A_DIGIT.search(page.text) else ():
            yield match.start(), match.end(), "address", nothing
        if page.places is None and any(word in page.original for word in _SCHOOL_STEMS):
            yield from self._schools(page.original)
        for first, last in self._after_words(page, tokens):
            yield tokens[first][0], tokens[last][1], "after-word", nothing
        yield from self._initials(page, tokens, own)

    def _schools(self, original: str) -> Iterator[tuple[int, int, str, frozenset[str]]]:
        for match in _SCHOOL.finditer(original):
            first = match.start()
            words = match.group().split()
            while words and words[0].casefold() in _NOT_FIRST | self.plain - {"st"} and len(words) > 2:
                first += len(words[0]) + 1
                words = words[1:]
            if len(words) > 1 and words[0].casefold() not in _NOT_FIRST:
                yield first, match.end(), "school", frozenset()

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
        if not own:
            return
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
