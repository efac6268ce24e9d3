"""Words that are typical for closed against progressed cases, by log-likelihood.

The measure: Rayson & Garside (2000), Comparing corpora using frequency profiling; G2 over the four cells "this word,
any other word" by "closed, progressed". The texts: Reason for closure or progression (extract).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.language.term_hits import CLOSURE
from xl_dipsample.domain.language.word_counts import LEAST_CASES, Words, cases_with, read_extracts
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.statistics import FEW

HEADINGS = (
    "Word", "Typical for", "Closed", "Progressed", "Per 1,000 closed", "Per 1,000 progressed", "Cases",
    "Log-likelihood",
)  # fmt: skip
LEAST = 5  # occurrences in all
MOST = 25  # words of each side
UNLIKE = 3.84  # log-likelihood below which two shares are not told apart (5%, one word)

Counts = npt.NDArray[np.float64]


class Typical(NamedTuple):
    """The table TypicalWords, and how many closed and progressed cases have a reason to read."""

    table: pd.DataFrame
    closed: int
    progressed: int

    @property
    def few(self) -> bool:
        """Whether there are too few cases on one side to compare words."""
        return min(self.closed, self.progressed) < FEW


def typical_words(frame: pd.DataFrame, words: Words | None = None, *, lists: Lists) -> Typical:
    """Words that stand more often in the reasons of closed cases than of progressed ones, and the other way round.

    `frame` is Review; only cases in the sample count (`words`: their extracts, already read). A word is listed when it
    is no stop word, stands at least 5 times and in at least 3 cases, and its log-likelihood is at least 3.84; of each
    side the 25 with the highest. Below 10 closed or 10 progressed cases the table is empty.
    """
    rows = frame.loc[review_rules.in_sample(frame)]
    words = read_extracts(rows) if words is None else words
    line = decision_line.line(rows, lists).to_numpy(dtype=object)[words.row]  # by text
    reason = np.array([column == CLOSURE for column in words.column], dtype=bool)
    sides = [reason & (line == side) for side in (decision_line.UNDER, decision_line.OVER)]  # by text
    typical = Typical(pd.DataFrame(columns=list(HEADINGS), dtype=object), *(int(side.sum()) for side in sides))
    if typical.few:
        return typical
    size = len(words.listed)
    closed, progressed = (_counts(words.word[side[words.text] & (words.word >= 0)], size) for side in sides)
    read = (sides[0] | sides[1])[words.text] & (words.word >= 0)
    cases = cases_with(words.word[read], words.case[read], size)
    of_closed, of_progressed = closed.sum(), progressed.sum()
    strength = log_likelihood(closed, progressed, of_closed - closed, of_progressed - progressed)
    found = np.flatnonzero(~words.stop & (cases >= LEAST_CASES) & (closed + progressed >= LEAST) & (strength >= UNLIKE))
    table = pd.DataFrame(
        {
            "Word": [words.listed[one] for one in found],
            "Typical for": np.where(
                closed[found] * of_progressed > progressed[found] * of_closed,
                decision_line.UNDER,
                decision_line.OVER,
            ),
            "Closed": closed[found].astype(int),
            "Progressed": progressed[found].astype(int),
            "Per 1,000 closed": np.round(1000 * closed[found] / max(of_closed, 1), 1),
            "Per 1,000 progressed": np.round(1000 * progressed[found] / max(of_progressed, 1), 1),
            "Cases": cases[found],
            "Log-likelihood": np.round(strength[found], 2),
        },
        columns=list(HEADINGS),
    )
    table = table.assign(exact=strength[found]).sort_values(
        ["Typical for", "exact", "Word"], ascending=[True, False, True]
    )
    best = table.groupby("Typical for", sort=False, dropna=False).head(MOST)
    return typical._replace(table=best[list(HEADINGS)].reset_index(drop=True).astype(object))


def log_likelihood(a: Counts, b: Counts, c: Counts, d: Counts) -> Counts:
    """G2 of the tables [[a, b], [c, d]], cell by cell; 0 where a row or a column is empty.

    Source: Dunning (1993), Accurate methods for the statistics of surprise and coincidence.

    >>> [round(float(one), 3) for one in log_likelihood(*(np.array([float(n)]) for n in (10, 20, 90, 80)))]
    [3.987]
    """
    whole = a + b + c + d
    sums = [_xlogx(one) for one in (a + b, c + d, a + c, b + d)]
    found = 2 * (sum(_xlogx(one) for one in (a, b, c, d)) - sum(sums) + _xlogx(whole))
    return np.maximum(found, 0.0)


def _xlogx(x: Counts) -> Counts:
    return x * np.log(np.where(x > 0, x, 1.0))


def _counts(words: npt.NDArray[np.int64], listed: int) -> Counts:
    return np.bincount(words, minlength=listed).astype(np.float64)
