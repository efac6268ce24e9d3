"""Whether day and month of true dates have changed places, where both can be a month.

A program of another country does that, and leaves true dates behind. Days after the 12th cannot be turned: they show
in which months, and on which days of the week, things happened. The others are held against that twice, as they stand
and turned back. Of a whole year of calls on every day of the week nobody can tell, and that is an answer, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import log
from typing import Literal

Places = Literal["as written", "changed", "either"]

_MONTHS = 12
_FEWEST = 5  # different dates on each side of the 12th: fewer say nothing
_ENOUGH_EARLY, _SEVERAL = 10, 3  # different dates, two in five of which are no later than the 12th; days and months
_SURE, _DOUBT = log(10_000), log(100)  # so much likelier changed; so much likelier as they stand


def are_early(different: Iterable[date]) -> bool:
    """Whether no date is after the 12th though they stand on several days of several months: chance does not do that.

    The month may have been written first, then, and taken for the day.

    >>> days = [date(2024, month, day) for month in (5, 6, 7) for day in range(4, 10)]
    >>> are_early(days), are_early([*days, date(2024, 6, 13)]), are_early([one.replace(day=1) for one in days])
    (True, False, False)
    """
    days = set(different)
    if len(days) < _ENOUGH_EARLY or any(one.day > _MONTHS for one in days):
        return False
    return len({one.day for one in days}) >= _SEVERAL and len({(one.year, one.month) for one in days}) >= _SEVERAL


def places(different: Iterable[date]) -> Places:
    """How the different dates of one column stand; "as written" also where there are too few to ask.

    >>> days = [date(2024, month, day) for month in (5, 6, 7) for day in range(1, 29)]
    >>> turned = [one.replace(month=one.day, day=one.month) if one.day <= 12 else one for one in days]
    >>> places(days), places(turned)
    ('as written', 'changed')
    """
    days = list(different)
    late = [one for one in days if one.day > _MONTHS]
    early = [one for one in days if one.day <= _MONTHS and one.day != one.month]
    if min(len(late), len(early)) < _FEWEST:
        return "as written"
    turned = [one.replace(month=one.day, day=one.month) for one in early]
    told = _likelier([one.month for one in late], [one.month for one in turned], [one.month for one in early])
    told += _likelier(
        [one.weekday() for one in late], [one.weekday() for one in turned], [one.weekday() for one in early]
    )
    if told > _SURE:
        return "changed"
    return "as written" if told < -_DOUBT else "either"


def _likelier(known: Sequence[int], turned: Sequence[int], standing: Sequence[int]) -> float:
    """The logarithm of how much better `turned` goes with what is known than `standing` does.

    Each is predicted from what came before it (a Dirichlet prior of one for each month, or day of the week), so that
    chance alone seldom makes either much likelier.
    """
    return _told(known, turned) - _told(known, standing)


def _told(known: Sequence[int], others: Sequence[int]) -> float:
    counted = Counter(known)
    total = 0.0
    for one in others:
        total += log(counted[one] + 1)
        counted[one] += 1
    return total
