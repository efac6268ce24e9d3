"""Words that stand together in the extracts more often than chance would have it.

The measure: log-likelihood, Dunning (1993). What is counted are pairs of words within 5 words of each other in one
extract, stop words left out. Each pair is seen from both of its words: the four cells are "this word, any other word"
by "that word beside it, any other word beside it".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from xl_dipsample.domain.language.typical_words import UNLIKE, log_likelihood
from xl_dipsample.domain.language.word_counts import LEAST_CASES, Numbers, Words, cases_with, read_extracts
from xl_dipsample.domain.review import review_rules

HEADINGS = ("Word", "Beside it", "Together", "Cases", "Log-likelihood")
REACH = 5  # words: 1 is the next word
MOST = 25
_BOXES, _OTHER_BOXES = 1 << 20, 1_048_573  # to count in, one after the other


class _Pairs(NamedTuple):
    """Pairs of words near each other: the number of the word that comes first, of the other, and of the case."""

    first: Numbers
    second: Numbers
    case: Numbers


def collocations(frame: pd.DataFrame, words: Words | None = None) -> pd.DataFrame:
    """The table Collocations: the 25 pairs with the highest log-likelihood. `frame` is Review.

    Only cases in the sample count (`words`: their extracts, already read). The pair stands in at least 3 cases, more
    often than chance would have it, and its log-likelihood is at least 3.84. The word that comes first more often
    stands under Word.
    """
    words = read_extracts(frame.loc[review_rules.in_sample(frame)]) if words is None else words
    return _table(words, _pairs(words))


def _pairs(words: Words) -> _Pairs:
    """Every pair of two different words that are no stop words, within REACH places of one text."""
    # The last of `stop` is for no word, which is number -1.
    usable = (words.word >= 0) & ~np.append(words.stop, True)[words.word]
    found = []
    for step in range(1, REACH + 1):
        left, right = words.word[:-step], words.word[step:]
        near = usable[:-step] & usable[step:] & (words.text[:-step] == words.text[step:]) & (left != right)
        found.append((left[near], right[near], words.case[step:][near]))
    return _Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _table(words: Words, pairs: _Pairs) -> pd.DataFrame:
    size = max(len(words.listed), 1)
    holding = np.bincount(np.concatenate([pairs.first, pairs.second]), minlength=size)  # by word: pairs that have it
    whole = 2.0 * len(pairs.first)
    frequent = _frequent(pairs, size)
    code = np.minimum(*frequent[:2]) * size + np.maximum(*frequent[:2])
    codes, at = np.unique(code, return_inverse=True)
    low, high = codes // size, codes % size
    together = np.bincount(at, minlength=len(codes)).astype(float)
    low_first = np.bincount(at, weights=frequent.first < frequent.second, minlength=len(codes))
    cases = cases_with(at.astype(np.int64), frequent.case, len(codes))
    one_only, other_only = holding[low] - together, holding[high] - together
    strength = log_likelihood(together, one_only, other_only, whole - together - one_only - other_only)
    found = np.flatnonzero(
        (cases >= LEAST_CASES) & (strength >= UNLIKE) & (together * whole > holding[low] * holding[high])
    )
    best = found[strength[found] >= np.sort(strength[found])[-MOST:][0]] if len(found) else found
    made = []
    for place in best.tolist():
        names = sorted((words.listed[low[place]], words.listed[high[place]]))
        earlier = low_first[place] - together[place] / 2  # above 0: the low one comes first more often
        if earlier:
            names = [words.listed[low[place]], words.listed[high[place]]][:: 1 if earlier > 0 else -1]
        made.append((*names, int(together[place]), int(cases[place]), round(float(strength[place]), 2)))
    made.sort(key=lambda row: (-row[4], row[0], row[1]))
    return pd.DataFrame(made[:MOST], columns=list(HEADINGS), dtype=object)


def _frequent(pairs: _Pairs, size: int) -> _Pairs:
    """The pairs that are there often enough to be in so many cases, and a few others.

    Pairs are counted in boxes, several in one: that only lets more through, and fewer with boxes of another number.
    """
    code = np.minimum(pairs.first, pairs.second) * size + np.maximum(pairs.first, pairs.second)
    kept = _often(code & (_BOXES - 1), _BOXES)
    kept = kept[_often(code[kept] % _OTHER_BOXES, _OTHER_BOXES)]
    return _Pairs(*(column[kept] for column in pairs))


def _often(box: Numbers, boxes: int) -> Numbers:
    """The places of the pairs whose box holds enough."""
    return np.flatnonzero((np.bincount(box, minlength=boxes) >= LEAST_CASES)[box])
