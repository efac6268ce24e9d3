"""Finds what may say who somebody is: one pass over each text's words, and one per shape."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.domain.shared.dates import read_date
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.privacy.names import common_words
from xl_dipsample.privacy.names.birth_dates import by_serial, dates_in, maybe_dates_in, serials
from xl_dipsample.privacy.names.case_ids import CaseIds
from xl_dipsample.privacy.names.hits import OF_A_ROW, STRONG, WEAK, Hit, Tier, without_overlaps
from xl_dipsample.privacy.names.listed import Listed
from xl_dipsample.privacy.names.listed_phrases import ListedPhrases
from xl_dipsample.privacy.names.name_index import NameIndex
from xl_dipsample.privacy.names.name_pass import NOBODY, NamePass, Token, tokens_of
from xl_dipsample.privacy.names.near import Near
from xl_dipsample.privacy.names.normalise import Folded, fold
from xl_dipsample.privacy.names.patterns import shapes, weak_shapes
from xl_dipsample.privacy.names.slips import Slips
from xl_dipsample.privacy.names.spaced import spaced_names
from xl_dipsample.privacy.names.unlisted import Unlisted


class Searcher:
    """Made once from a key's tables; then `find` for cells, `find_in_parts` for anything else."""

    def __init__(
        self,
        index: NameIndex,
        cases: CaseIds,
        births: dict[dt.date, set[str]],
        own: Collection[str],
        listed: Listed | None = None,
    ) -> None:
        ours = common_words.split(own)
        plain = common_words.common_words().union(*ours)
        phrases = common_words.phrases(ours)
        self._listed = listed or Listed()
        self._phrases = ListedPhrases(self._listed.phrases, plain, phrases)
        self._slips = {unique_id: Slips(words) for unique_id, words in self._listed.words.items()}
        self._index, self._cases, self._births, self._plain = index, cases, births, plain
        self._read: dict[str, list[Hit]] = {}  # text -> its strong hits that depend on no row
        self._own_births = _by_child(births)
        self._names = NamePass(index, plain, phrases)
        self._near = Near(index, plain)
        self._unlisted = Unlisted(plain, index.words, self._near.cues)
        self._of_serial = by_serial(births)
        self.serials: frozenset[int] = serials(births)
        self.births: dict[str, dt.date] = {unique_id: days[0] for unique_id, days in self._own_births.items()}

    @classmethod
    @without_collecting()
    def of(cls, names: Any, children: Any, own_words: Collection[str] | None = None) -> Searcher:
        """From the key's frames.

        `names`: Name, Case ID and perhaps Role (table Names, the whole long list). `children`: Unique ID, Name, Case
        ID, Date of birth (the sampled children). `own_words`: words and phrases that are ours; None takes those of our
        specs and reference tables.
        """
        sampled = [
            (trimmed(unique_id), trimmed(name), trimmed(case_id), birth)
            for unique_id, name, case_id, birth in zip(
                children["Unique ID"], children["Name"], children["Case ID"], children["Date of birth"], strict=True
            )
        ]
        births: defaultdict[dt.date, set[str]] = defaultdict(set)
        for unique_id, _, _, birth in sampled:
            read = read_date(birth)
            if read.state == "day" and read.first is not None:
                births[read.first].add(unique_id)
        listed = Listed.of(names, [(one[0], one[1], one[2]) for one in sampled])
        index = NameIndex.of(listed.people, [(one[0], one[1]) for one in sampled if not is_nothing(one[1])])
        cases = CaseIds(_texts(names["Case ID"]), [(one[2], one[0]) for one in sampled if one[2]])
        own = common_words.own_words() if own_words is None else own_words
        return cls(index, cases, dict(births), own, listed)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries each list has: by role, case IDs as "case", dates of birth as "birth"."""
        cases = len(self._cases.short) + len(self._cases.long)
        return {**self._listed.counts, "case": cases, "birth": len(self._births)}

    @property
    def has_names(self) -> bool:
        """Whether the list has a child's name at all."""
        return bool(self._listed.counts.get("child"))

    @without_collecting()
    def find(self, texts: Sequence[str], rows: Sequence[str] | None = None) -> list[Hit]:
        """Every hit, by text and place. `rows[i]`: the unique ID of the row that `texts[i]` stands in.

        What stands in one row twice, or in many cells of no row, is read once.
        """
        asked = list(zip(texts, rows if rows is not None else [None] * len(texts), strict=True))
        once = list(dict.fromkeys(asked))
        known = dict(zip(once, self._find_each(once), strict=True))
        return [replace(hit, text=at) for at, one in enumerate(asked) for hit in known[one]]

    def _find_each(self, texts: Sequence[tuple[str, str | None]]) -> Iterator[list[Hit]]:
        """The hits of each text in its row, in order."""
        plain = self._plain
        pages = [(fold(text), row) for text, row in texts]
        words = [tokens_of(page) for page, _ in pages]
        rare = [[at for at, token in enumerate(tokens) if token[2] not in plain] for tokens in words]
        near = self._near.misses(
            [page for page, _ in pages], [[tokens[at] for at in few] for tokens, few in zip(words, rare, strict=True)]
        )
        for at, ((page, row), tokens, few) in enumerate(zip(pages, words, rare, strict=True)):
            sure = list(self._strong_and_plain(at, page, tokens, row))
            self._read[texts[at][0]] = [one for one in sure if one.tier == STRONG and one.rule not in OF_A_ROW]
            yield list(without_overlaps([*sure, *self._weak(at, page, tokens, few, row, near)]))

    def find_in_parts(self, text: str) -> list[Hit]:
        """The strong hits in any text, which belongs to no row. What `find` has read is not read again."""
        known = self._read.get(text)
        if known is None:
            page = fold(text)
            hits = self._strong_and_plain(0, page, tokens_of(page), None)
            known = self._read[text] = [hit for hit in hits if hit.tier == STRONG]
        return without_overlaps(replace(one, text=0) for one in known) if known else []

    def _strong_and_plain(self, at: int, page: Folded, tokens: list[Token], row: str | None) -> Iterator[Hit]:
        whose = self._listed.whose.get(row or "", NOBODY)
        for found in self._names.find(page, tokens, whose):
            start, end = page.span(tokens[found.first][0] + found.skip, tokens[found.last][1] - found.cut)
            role = self._listed.role(found.keys, row)
            child = None if role else self._whose(found.keys, found.whole, row)
            yield Hit(at, start, end, found.tier, found.rule, child, role)
        for first, last, tier, rule in self._phrases.find(page, tokens):
            yield self._hit(at, page, first, last, tier, rule, None)
        for first, last, _ in self._listed.numbers.strong(page.text, tokens):
            yield self._hit(at, page, first, last, STRONG, "listed-number", None)
        for one in spaced_names(page, tokens, self._index, self._plain):
            start, end = page.span(one.start, one.end)
            yield Hit(at, start, end, one.tier, one.rule, self._whose(one.keys, one.whole, row))
        for first, last, case_id in self._cases.strong(page.text, tokens):
            yield self._hit(at, page, first, last, STRONG, "case-id", _one(self._cases.children.get(case_id), row))
        for first, last, day in dates_in(page.text, self._births.__contains__, self._of_serial):
            yield self._hit(at, page, first, last, STRONG, "date-of-birth", _one(self._births[day], row))
        for first, last, rule in shapes(page):
            yield self._hit(at, page, first, last, STRONG, rule, None)

    def _weak(
        self,
        at: int,
        page: Folded,
        tokens: list[Token],
        rare: list[int],
        row: str | None,
        near: dict[str, frozenset[str]],
    ) -> Iterator[Hit]:
        """`rare`: where the tokens are that are no ordinary words."""
        heard = frozenset(map(_RUN, tokens))
        for first, last, rule in weak_shapes(page):
            yield self._hit(at, page, first, last, WEAK, rule, None)
        for first, last, rule in self._unlisted.find(page, tokens, heard, rare):
            yield self._hit(at, page, first, last, WEAK, rule, None)
        for first, last in self._slips[row].find(tokens[at] for at in rare) if row in self._slips else ():
            yield self._hit(at, page, first, last, WEAK, "slip", row)
        for first, last, case_id in self._cases.weak(page.text, tokens):
            whose = _one(self._cases.children.get(case_id), row)
            yield self._hit(at, page, first, last, WEAK, "short-case-id", whose)
        for first, last, day in maybe_dates_in(
            page.text, self._births.__contains__, self._own_births.get(row or "", ())
        ):
            yield self._hit(at, page, first, last, WEAK, "maybe-date-of-birth", _one(self._births[day], row))
        for first, last, rule, keys in self._near.find(
            page, tokens, heard, near, self._index.own_initials.get(row or "", frozenset())
        ):
            child = row if rule == "initials" else self._whose(keys, whole=False, row=row)
            yield self._hit(at, page, first, last, WEAK, rule, child)

    @staticmethod
    def _hit(at: int, page: Folded, first: int, last: int, tier: Tier, rule: str, child: str | None) -> Hit:
        return Hit(at, *page.span(first, last), tier, rule, child)

    def _whose(self, keys: Iterable[str], whole: bool, row: str | None) -> str | None:  # noqa: FBT001
        """The sampled child that a name belongs to: of a whole name, one with at least two of its parts."""
        counted: defaultdict[str, int] = defaultdict(int)
        for key in keys:
            for unique_id in self._index.children.get(key, ()):
                counted[unique_id] += 1
        most = max(counted.values(), default=0)
        best = {unique_id for unique_id, count in counted.items() if count == most}
        return _one(best, row) if not whole or most > 1 else (row if row in best else None)


_RUN = itemgetter(2)  # of a token


def _by_child(births: dict[dt.date, set[str]]) -> dict[str, tuple[dt.date, ...]]:
    return {unique_id: (day,) for day, children in births.items() for unique_id in children}


def _one(children: Collection[str] | None, row: str | None) -> str | None:
    """The row's own child when it may be that one; otherwise the only one it can be."""
    if not children:
        return None
    if row in children:
        return row
    return next(iter(children)) if len(children) == 1 else None


def _texts(column: Iterable[object]) -> list[str]:
    return [text for text in dict.fromkeys(trimmed(value) for value in column) if text and not is_nothing(text)]


# Every shape has a digit or an @. What is not ASCII may be folded into one of them.
_MAY_HOLD_ONE = re.compile(r"[0-9@]|[^\x00-\x7f]")


class ShapesOnly:
    """Finds NHS and National Insurance numbers, postcodes, phones and e-mail addresses."""

    @staticmethod
    def may_hold_one(text: str) -> bool:
        """Whether a text has to be read at all: False for most."""
        return _MAY_HOLD_ONE.search(text) is not None

    def find(self, texts: Sequence[str], rows: Sequence[str] | None = None) -> list[Hit]:
        """Every hit, by text and place, as Searcher.find gives them; equal texts are read once.

        >>> [(hit.start, hit.end, hit.rule) for hit in ShapesOnly().find(["write to M1 4BT", "no number"])]
        [(9, 15, 'postcode')]
        """
        del rows
        known: dict[str, list[Hit]] = {}
        found: list[Hit] = []
        for at, text in enumerate(texts):
            if text not in known:
                known[text] = _in(text) if self.may_hold_one(text) else []
            found += [replace(hit, text=at) for hit in known[text]]
        return found


def _in(text: str) -> list[Hit]:
    page = fold(text)
    return list(
        without_overlaps(Hit(0, *page.span(start, end), STRONG, rule, None) for start, end, rule in shapes(page))
    )
