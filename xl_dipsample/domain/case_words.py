"""The words of many texts as numbers, for counting: which word, in which text, of which case.

A word is a run of at least two letters, with apostrophes and hyphens inside it; a possessive "'s" is left off.
Numbers, single letters and anything in [square brackets], such as [CHILD], are no words but keep their place in the
text. Capitals, curly quotes, line breaks and accents written as two signs make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.around_words import settings
from xl_dipsample.domain.language import plain
from xl_dipsample.domain.word_findings import CLOSURE, INVOLVEMENT, texts

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
LEAST_CASES = 3  # a word of fewer cases is never shown: it may be a name
_BETWEEN = "\x1e"
_TOKEN = re.compile(rf"{_BETWEEN}|\[[^\[\]{_BETWEEN}]{{1,80}}\]|[^\W_]+(?:['-][^\W_]+)*")


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
    joined = plain(f" {_BETWEEN} ".join(["", *(text.replace(_BETWEEN, " ") for _, _, text in read)]))
    numbers, known = pd.factorize(np.array(_TOKEN.findall(joined), dtype=object))  # number 0 is _BETWEEN: it is first
    listed: dict[str, int] = {}
    by_token = [listed.setdefault(word, len(listed)) if (word := _word(token)) else -1 for token in known]
    here = numbers > 0
    text = np.cumsum(numbers == 0)[here].astype(np.int64) - 1
    row = np.array([at for _, at, _ in read], dtype=np.int64)
    return Words(
        word=np.array(by_token, dtype=np.int64)[numbers[here]],
        text=text,
        case=row[text],
        listed=list(listed),
        stop=np.array([one in stop_words() for one in listed], dtype=bool),
        column=[column for column, _, _ in read],
        row=row,
    )


def cases_with(item: Numbers, case: Numbers, items: int) -> Numbers:
    """For each item (a number from 0) how many different cases it stands in; both numbers of each place are given."""
    there = np.zeros((int(case.max(initial=-1)) + 1, items), dtype=bool)
    there[case, item] = True
    return np.array(there.sum(axis=0), dtype=np.int64)


def _word(token: str) -> str:
    """The word of a token; '' for one that is none."""
    word = token.removesuffix("'s")
    none = len(word) < 2 or word[0] == "[" or any(sign.isdigit() for sign in word)
    return "" if none else word
