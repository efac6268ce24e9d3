"""Somebody who reads a publication and works out, by linear programming, what each hidden number can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

from xl_dipsample.domain.publication.feasible import Relation
from xl_dipsample.domain.publication.suppression import Safe

Limits = Mapping[str, tuple[float, float | None]]


def intervals(limits: Limits, relations: Sequence[Relation], wanted: Sequence[str]) -> dict[str, tuple[float, float]]:
    """The least and the largest value of each of `wanted` in all tables, fractions allowed."""
    cells = list(limits)
    rows, most = [], []
    for relation in relations:
        row = np.zeros(len(cells))
        for cell, factor in relation.terms:
            row[cells.index(cell)] += factor
        if relation.high is not None:
            rows.append(row)
            most.append(relation.high)
        if relation.low is not None:
            rows.append(-row)
            most.append(-relation.low)
    found = {}
    for cell in wanted:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(cells))
            aim[cells.index(cell)] = sign
            solved = linprog(
                aim, A_ub=np.array(rows) if rows else None, b_ub=most or None, bounds=list(limits.values())
            )
            assert solved.status in {0, 3}, solved.message
            ends.append(sign * solved.fun if solved.status == 0 else -sign * np.inf)
        found[cell] = (ends[0], ends[1])
    return found


def limits_of(safe: Safe, *, knows_which: bool) -> dict[str, tuple[float, float | None]]:
    """What the published numbers say; `knows_which` of the hidden ones are small and which only protect one."""
    published = {cell for cells in safe.figures.tables.values() for cell in cells}
    found: dict[str, tuple[float, float | None]] = {}
    for cell in safe.figures.counts:
        shown = safe.shown(cell)
        if cell not in published:
            found[cell] = (0, None)
        elif isinstance(shown, str):
            found[cell] = (1, None) if not knows_which else (1, 5) if cell in safe.small else (6, None)
        elif safe.rounded and shown:
            found[cell] = (max(6, shown - 2), shown + 2)
        else:
            found[cell] = (shown, shown)
    return found


def attack(safe: Safe, *, knows_which: bool = True) -> dict[str, tuple[float, float]]:
    """The interval of every hidden number."""
    limits = limits_of(safe, knows_which=knows_which)
    return intervals(limits, safe.figures.relations, sorted(safe.hidden))


def assert_nothing_comes_back(safe: Safe) -> None:
    """No hidden number can be narrowed: 1 to 5 for the small ones, five values for the others; and to no reader."""
    near = 1e-6
    for cell, (low, high) in attack(safe).items():
        assert high - low >= 4 - near, "a hidden number is nearly known"
        if cell in safe.small:
            assert low <= 1 + near, "a small number is known not to be 1"
            assert high >= 5 - near, "a small number is known not to be 5"
    for cell, (low, high) in attack(safe, knows_which=False).items():
        assert low <= 1 + near or cell in safe.secondary
        assert high - low >= 4 - near
