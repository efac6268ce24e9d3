"""Statistics that a sentence can carry: a share with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

Z95 = 1.959963984540054  # the normal quantile for 95%
FEW = 10  # below this many cases in a group, counts are shown and nothing else (docs/design.md, section 9)


def wilson(k: int, n: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of the share k of n, both ends from 0 to 1; (0, 1) when n is 0.

    Raises ValueError unless 0 <= k <= n. Source: Wilson (1927), JASA 22, 209-212.

    >>> [round(end, 4) for end in wilson(7, 50)]
    [0.0695, 0.2619]
    """
    if not 0 <= k <= n:
        raise ValueError("k lies between 0 and n")
    if n == 0:
        return 0.0, 1.0
    middle = 2 * k + z * z
    half = z * math.sqrt(z * z + 4 * k * (1 - k / n))
    scale = 2 * (n + z * z)
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def newcombe(k1: int, n1: int, k2: int, n2: int, z: float = Z95) -> tuple[float, float]:
    """The interval of the difference k1 of n1 minus k2 of n2, from -1 to 1.

    Raises ValueError when a group is empty. Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    >>> [round(end, 4) for end in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    if n1 <= 0 or n2 <= 0:
        raise ValueError("both groups need at least one case")
    p1, p2 = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = wilson(k1, n1, z), wilson(k2, n2, z)
    down = math.hypot(p1 - low1, high2 - p2)
    up = math.hypot(high1 - p1, p2 - low2)
    return p1 - p2 - down, p1 - p2 + up


def fisher(k1: int, n1: int, k2: int, n2: int) -> float:
    """The two-sided p-value for k1 of n1 against k2 of n2: how likely a table is that is no likelier than this one.

    With all totals as they are, the probabilities of every table that is at most as likely as the observed one are
    added up; which tables these are is decided in whole numbers. Symmetric: the two groups may change places, and so
    may "yes" and "no". With an empty group, or one answer for everybody, there is one table, and p is 1.
    Raises ValueError unless 0 <= k1 <= n1 and 0 <= k2 <= n2.
    Source: Fisher (1935), The logic of inductive inference, JRSS 98, 39-82; two-sided as in Agresti (1992),
    Statistical Science 7, 131-153.

    >>> round(fisher(3, 4, 1, 4), 6), round(fisher(21, 30, 12, 30), 4)
    (0.485714, 0.037)
    """
    if not (0 <= k1 <= n1 and 0 <= k2 <= n2):
        raise ValueError("each count lies between 0 and its group's size")
    yes = k1 + k2
    least, most = max(0, yes - n2), min(yes, n1)
    ways = math.comb(n1, least) * math.comb(n2, yes - least)  # in how many ways `least` of the first group say yes
    found = []
    for here in range(least, most + 1):
        found.append(ways)
        ways = ways * (n1 - here) * (yes - here) // ((here + 1) * (n2 - yes + here + 1))
    observed = found[k1 - least]
    return sum(one for one in found if one <= observed) / sum(found)


def holm(p_values: Sequence[float]) -> list[float]:
    """Each p-value of a family, corrected for how many there are, in the order given; between 0 and 1.

    The smallest is multiplied by the number of tests, the next by one less, and so on; none becomes smaller than one
    before it. Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    corrected = [0.0] * len(p_values)
    largest = 0.0
    for place, number in enumerate(sorted(range(len(p_values)), key=lambda one: p_values[one])):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[number]))
        corrected[number] = largest
    return corrected
