"""What is significant, written straight from the statement of the rule: scipy and plain loops.

A table is (group with, group without, rest with, rest without).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from scipy.special import gammaln

from tests.reference.planted.planted_questions import Table

LEVEL = 0.05
_TIE = 1 + 1e-7  # two tables that are as likely as each other, but for what a computer's numbers lose


@cache
def _every_p(cases: int, told: int, group: int) -> tuple[int, np.ndarray, np.ndarray]:
    """The least count that these margins allow; for it and every larger one its chance, and its two-sided p."""
    least, chances = _hypergeometric(cases, told, group)
    no_likelier = chances[None, :] <= chances[:, None] * _TIE
    return least, chances, np.minimum((no_likelier * chances[None, :]).sum(axis=1), 1.0)


def _hypergeometric(cases: int, told: int, group: int) -> tuple[int, np.ndarray]:
    """The least count that these margins allow; the chance of it and every larger one."""
    least, most = max(0, group + told - cases), min(group, told)
    there = np.arange(least, most + 1)
    return least, np.exp(_ways(told, there) + _ways(cases - told, group - there) - _ways(cases, group))


def _ways(of: int, several: np.ndarray | int) -> np.ndarray:
    """The logarithm of how many ways there are to choose several."""
    return np.asarray(gammaln(of + 1) - gammaln(np.add(several, 1)) - gammaln(np.subtract(of + 1, several)))


def fisher(table: Table) -> float:
    """Fisher's exact test, two-sided: the chance of every table that is no likelier than this one.

    >>> round(fisher((3, 1, 1, 3)), 4)
    0.4857
    """
    least, _, p_values = _every_p(*_margins(table))
    return float(p_values[table[0] - least])


def _margins(table: Table) -> tuple[int, int, int]:
    """All, those with what is asked for, the group."""
    return sum(table), table[0] + table[2], table[0] + table[1]


def own_chance(table: Table, level: float = LEVEL) -> float:
    """How likely this exact test is to give p < level, its margins kept, when nothing is there.

    >>> round(own_chance((3, 1, 1, 3)), 4)  # four cups of eight: only all right or all wrong are, 2 of 70
    0.0286
    """
    _, chances, p_values = _every_p(*_margins(table))
    return float(chances[p_values < level].sum())


def holm(p_values: Mapping[str, float], level: float = LEVEL) -> set[str]:
    """The names of those that Holm's step-down correction lets stand.

    The smallest is held against level / m, the next against level / (m - 1), and so on; the first that fails ends it.
    """
    stand: set[str] = set()
    left = len(p_values)
    for name in sorted(p_values, key=lambda one: p_values[one]):
        if p_values[name] > level / left:
            break
        stand.add(name)
        left -= 1
    return stand


def stratified(tables: Sequence[Table]) -> float:
    """The exact test of one common odds ratio of 1 over several tables, two-sided: how the group's count adds up.

    Every table's count is hypergeometric at its own margins; the chance of each sum is the chances folded into each
    other, and p the chance of every sum that is no likelier than the one there is.
    """
    chances, least = np.ones(1), 0
    for table in tables:
        first, theirs = _hypergeometric(*_margins(table))
        chances, least = np.convolve(chances, theirs), least + first
    seen = chances[sum(table[0] for table in tables) - least]
    return float(min(chances[chances <= seen * _TIE].sum(), 1.0))
