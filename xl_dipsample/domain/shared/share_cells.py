"""Shares as cells give them: a count and a total in, an interval or a difference out.

A cell may hold a number, or a number stored as text. What is no whole number from 0 upwards gives no share.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.statistics import FEW, newcombe, wilson

_WHOLE = re.compile(r"(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?", re.ASCII)
_WHOLE_FROM = 0.01  # below one point, a change is told to one decimal


class Difference(NamedTuple):
    """Later share minus earlier share from -1 to 1, its 95% interval, and the sentence.

    The three numbers are None when a group has fewer than 10 cases: then the counts are all there is to say.
    """

    difference: float | None
    low: float | None
    high: float | None
    sentence: str


def whole_number(cell: object) -> int | None:
    """The whole number from 0 upwards that a cell holds, as a number or as text; None when it holds none.

    >>> [whole_number(cell) for cell in (14.0, " 14 ", "1,234", 1.5, -1, True, "n/a")]
    [14, 14, 1234, None, None, None, None]
    """
    if isinstance(cell, bool):
        return None
    text = trimmed(cell)
    return int(text.replace(",", "").split(".")[0]) if _WHOLE.fullmatch(text) else None


def interval(count: object, total: object) -> tuple[float, float] | None:
    """The 95% interval (Wilson) of a share; None when the two cells are no share.

    >>> interval("7", 50.0) == wilson(7, 50), interval(5, 4), interval(0, 0)
    (True, None, None)
    """
    share = _share(count, total)
    return wilson(*share) if share else None


def difference(earlier: object, of_earlier: object, later: object, of_later: object) -> Difference | None:
    """The share `later` of `of_later` minus the share `earlier` of `of_earlier`; None when four cells are no shares.

    Source of the interval: Newcombe (1998), method 10. A change is clear when the interval leaves out 0.

    >>> difference(14, 167, 22, 217).sentence
    '14 of 167 (8%) then, 22 of 217 (10%) now: no clear change'
    """
    then, now = _share(earlier, of_earlier), _share(later, of_later)
    if then is None or now is None:
        return None
    if min(then[1], now[1]) < FEW:
        counts = f"{then[0]} of {then[1]} then, {now[0]} of {now[1]} now"
        return Difference(None, None, None, f"{counts}: too few cases to compare")
    low, high = newcombe(*now, *then)
    change = "a clear rise" if low > 0 else "a clear fall" if high < 0 else "no clear change"
    sentence = f"{in_words(*then)} then, {in_words(*now)} now: {change}"
    return Difference(now[0] / now[1] - then[0] / then[1], low, high, sentence)


def change_in_words(low: float, high: float) -> str:
    """What the interval of a difference of shares (from -1 to 1) says, in points of a hundred.

    A change is clear when the interval leaves out 0. Whole points, half rounded up; one decimal below one point.

    >>> change_in_words(0.0192, 0.0372), change_in_words(-0.0153, -0.0021)
    ('a clear rise, higher by 2 to 4 points', 'a clear fall, lower by 0.2 to 1.5 points')
    >>> change_in_words(-0.0443, 0.0754)
    'no clear change (between 4 points lower and 8 points higher)'
    """
    if low > 0:
        return f"a clear rise, higher by {_points(low, high)}"
    if high < 0:
        return f"a clear fall, lower by {_points(-high, -low)}"
    return f"no clear change (between {_point(-low)} lower and {_point(high)} higher)"


def in_words(count: int, total: int) -> str:
    """A share with its count and its denominator.

    >>> in_words(14, 167)
    '14 of 167 (8%)'
    """
    return f"{count} of {total} ({percent(count, total)})"


def percent(count: int, total: int) -> str:
    """A share as people read it: whole per cents, half rounded up; only nobody is 0% and only everybody is 100%.

    >>> percent(14, 167), percent(1, 300), percent(299, 300), percent(0, 300)
    ('8%', 'under 1%', 'over 99%', '0%')
    """
    rounded = (200 * count + total) // (2 * total)
    if rounded == 0 and count:
        return "under 1%"
    return "over 99%" if rounded == 100 and count < total else f"{rounded}%"


def _share(count: object, total: object) -> tuple[int, int] | None:
    k, n = whole_number(count), whole_number(total)
    return (k, n) if k is not None and n is not None and k <= n and n > 0 else None


def _points(low: float, high: float) -> str:
    """Both ends of a change above 0, such as "1 to 4 points"."""
    ends = _ends(low, high, 0) if low >= _WHOLE_FROM else _ends(low, high, 1)
    if ends[0] == "0.0":
        return "under 0.1 points" if ends[1] == "0.0" else f"under 0.1 to {ends[1]} points"
    if ends[0] == ends[1]:
        return f"about {ends[0]} {'point' if ends[0] == '1' else 'points'}"
    return f"{ends[0]} to {ends[1]} points"


def _ends(low: float, high: float, decimals: int) -> tuple[str, str]:
    scale = 10**decimals
    rounded = [math.floor(100 * end * scale + 0.5) / scale for end in (low, high)]
    return f"{rounded[0]:.{decimals}f}", f"{rounded[1]:.{decimals}f}"


def _point(end: float) -> str:
    """One end of an interval around 0."""
    whole = math.floor(100 * end + 0.5)
    if whole == 0 and end > 0:
        return "under 1 point"
    return plural(whole, "point")
