"""The bands in which the answers to a question for a number are counted: those of lists.toml, whatever is asked.

They are fixed, so that what is typed moves no cell. Each band begins above the one before it: "Up to 5" holds 2.5.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache
from typing import NamedTuple

from xl_dipsample.domain.shared import word_lists

LIST = "number_bands"


class NumberBand(NamedTuple):
    """The words of a band; it holds numbers above `above` and up to `up_to`."""

    words: str
    above: float
    up_to: float


@cache
def bands() -> tuple[NumberBand, ...]:
    """The bands, from the lowest up.

    >>> bands()[1], bands()[-1]
    (NumberBand(words='Up to 1', above=0.0, up_to=1.0), NumberBand(words='Above 20', above=20.0, up_to=inf))
    """
    words = word_lists.words(LIST)
    ends = [float(re.findall(r"\d+", one)[0]) for one in words[:-1]]
    return tuple(map(NumberBand, words, [-math.inf, *ends], [*ends, math.inf]))


def band_of(cell: object) -> str:
    """The words of the band that a cell belongs to; '' for one that holds no number. Excel takes a date for one.

    >>> [band_of(cell) for cell in (0, 2.5, 21, "3", None, True)]
    ['0 or below', 'Up to 5', 'Above 20', '', '', '']
    """
    if isinstance(cell, dt.date):
        return bands()[-1].words
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or math.isnan(cell):
        return ""
    return next(one.words for one in bands() if one.above < cell <= one.up_to)
