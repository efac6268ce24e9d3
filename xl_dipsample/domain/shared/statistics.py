"""Statistics that a sentence can carry: a share with its interval."""

from __future__ import annotations

import math

Z95 = 1.959963984540054  # the normal quantile for 95%
FEW = 10  # below this many cases in a group, counts are shown and nothing else (DESIGN section 9)


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
