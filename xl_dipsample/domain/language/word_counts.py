"""The words of many texts as numbers, for counting: which word, in which text, of which case.

A word is a run of at least two letters, with apostrophes and hyphens inside it; a possessive "'s" is left off.
Numbers, single letters and anything in [square brackets], such as [CHILD], are no words but keep their place in the
text. Capitals, curly quotes, line breaks and accents written as two signs make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.language.hit_context import settings
from xl_dipsample.domain.language.term_hits import CLOSURE, INVOLVEMENT, texts
from xl_dipsample.domain.language.terms import plain

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
LEAST_CASES = 3  # a word of fewer cases is never shown: it may be a name
_BETWEEN = "\x1e"
_BRACKETS = re.compile(rf"\[[^\[\]{_BETWEEN}]{{1,80}}\]")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_PLACE = "[.]"  # stands for anything in brackets, which is no word but keeps its place
_NONE = -1  # the number of no word


class Words(NamedTuple):
    """The words of some texts in their order: `word` (-1: no word), `text` and `case` of each place are numbers.

    `listed` holds the words by number, `stop` says which of them are stop words; `column` and `row` hold for each
    text the heading that it stands under and the place of its row.
    """

    word: Numbers
    text: Numbers
    case: Numbers
    listed: list[str]
    stop: Flags
    column: list[str]
    row: Numbers


@cache
def stop_words() -> frozenset[str]:
    """The words of workbook_template/language.toml that say little about a case."""
    return frozenset(settings()["stop_words"]["words"].split())


def read_extracts(rows: pd.DataFrame) -> Words:
    """The words of both extracts; `rows` are rows of Review, each one case."""
    cells = texts(rows, (INVOLVEMENT, CLOSURE))
    return read_words(
        [(column, at, text) for column, all_of in cells.items() for at, text in enumerate(all_of) if text]
    )


def read_words(read: Sequence[tuple[str, int, str]]) -> Words:
    """The words of texts, each given as its column, the number of its row (from 0), and itself.

    >>> read_words([("A", 0, "The child's [NAME] moved."), ("A", 1, "Child, 14")]).listed
    ['the', 'child', 'moved']
    """
    joined = plain(_BETWEEN.join(text.replace(_BETWEEN, " ") for _, _, text in read))
    texts = _BRACKETS.sub(f" {_PLACE} ", joined).split(_BETWEEN) if read else []
    found = _Numbered()
    word: list[int] = []
    sizes: list[int] = []
    for one in texts:
        before = len(word)
        word.extend(chain.from_iterable(map(found.__getitem__, one.split())))
        sizes.append(len(word) - before)
    text = np.repeat(np.arange(len(texts), dtype=np.int64), sizes)
    row = np.array([at for _, at, _ in read], dtype=np.int64)
    return Words(
        word=np.array(word, dtype=np.int64),
        text=text,
        case=row[text],
        listed=list(found.listed),
        stop=np.array([one in stop_words() for one in found.listed], dtype=bool),
        column=[column for column, _, _ in read],
        row=row,
    )


def cases_with(item: Numbers, case: Numbers, items: int) -> Numbers:
    """For each item (a number from 0) how many different cases it stands in; both numbers of each place are given."""
    there = np.zeros((int(case.max(initial=-1)) + 1, items), dtype=bool)
    there[case, item] = True
    return np.array(there.sum(axis=0), dtype=np.int64)


class _Numbered(dict[str, list[int]]):
    """The numbers of the words in each piece between two spaces; `listed`: each word and its number."""

    def __init__(self) -> None:
        super().__init__()
        self.listed: dict[str, int] = {}

    def __missing__(self, piece: str) -> list[int]:
        if piece.isalpha():  # as most are
            words = [piece if len(piece) > 1 else ""]
        else:
            words = [_word(token) for token in ([_PLACE] if piece == _PLACE else _WORD.findall(piece))]
        self[piece] = made = [self.listed.setdefault(one, len(self.listed)) if one else _NONE for one in words]
        return made


def _word(token: str) -> str:
    """The word of a token; '' for one that is none."""
    word = token.removesuffix("'s")
    none = len(word) < 2 or word == _PLACE or any(sign.isdigit() for sign in word)
    return "" if none else word
