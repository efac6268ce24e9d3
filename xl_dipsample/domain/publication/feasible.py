"""Whole-number tables that a reader of a publication cannot tell from the true one.

The solver (HiGHS, MIT licence) only proposes such tables. Each one is checked here with whole numbers before it
counts, so that a fault of the solver, or its rounding, can make us hide more but never less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

ROOM = 60  # how far above its true number a free cell is tried; looking less far is safe


class Relation(NamedTuple):
    """What everybody knows of some cells: low <= the sum of coefficient x cell <= high; None: no such end."""

    terms: tuple[tuple[str, int], ...]
    low: int | None = 0
    high: int | None = 0

    def holds(self, table: Mapping[str, int]) -> bool:
        """Whether it is true of a table.

        >>> Relation((("all", 1), ("boys", -1), ("girls", -1))).holds({"all": 9, "boys": 4, "girls": 5})
        True
        """
        total = sum(coefficient * table[cell] for cell, coefficient in self.terms)
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


Bounds = Mapping[str, tuple[int, int]]


def is_possible(table: Mapping[str, int], bounds: Bounds, relations: Sequence[Relation]) -> bool:
    """Whether a table lies within the bounds and fits every relation, in whole numbers."""
    return all(low <= table[cell] <= high for cell, (low, high) in bounds.items()) and all(
        relation.holds(table) for relation in relations
    )


class Search:
    """Looks for tables within `bounds` that fit `relations`, with a cell as large or as small as possible."""

    def __init__(self, bounds: Bounds, relations: Sequence[Relation]) -> None:
        import highspy  # here, because only a publication needs it

        self.bounds, self.relations = dict(bounds), relations
        self._cells = list(bounds)
        self._at = {cell: place for place, cell in enumerate(self._cells)}
        self._solved = highspy.HighsModelStatus.kOptimal
        self._integer = highspy.HighsVarType.kInteger
        self._continuous = highspy.HighsVarType.kContinuous
        make: Any = highspy.Highs
        self._model = make()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", 20.0)):
            self._model.setOptionValue(name, value)
        for low, high in bounds.values():
            self._model.addVar(float(low), float(high))
        for relation in relations:
            least = -highspy.kHighsInf if relation.low is None else float(relation.low)
            most = highspy.kHighsInf if relation.high is None else float(relation.high)
            places = [self._at[cell] for cell, _ in relation.terms]
            self._model.addRow(least, most, len(places), places, [float(factor) for _, factor in relation.terms])

    def table(self, costs: Mapping[str, int]) -> dict[str, int] | None:
        """A checked table with the least sum of cost x cell; None when none was found.

        First in fractions, which is quick and nearly always ends at whole numbers; otherwise in whole numbers.
        """
        for cell, cost in costs.items():
            self._model.changeColCost(self._at[cell], float(cost))
        try:
            return self._attempt() or self._in_whole_numbers()
        finally:
            for cell in costs:
                self._model.changeColCost(self._at[cell], 0.0)

    def _attempt(self) -> dict[str, int] | None:
        self._model.run()
        if self._model.getModelStatus() != self._solved:
            return None
        found = self._model.getSolution().col_value
        if any(abs(value - round(value)) > 1e-6 for value in found):
            return None
        table = {cell: round(value) for cell, value in zip(self._cells, found, strict=True)}
        return table if is_possible(table, self.bounds, self.relations) else None

    def _in_whole_numbers(self) -> dict[str, int] | None:
        places = range(len(self._cells))
        for place in places:
            self._model.changeColIntegrality(place, self._integer)
        try:
            return self._attempt()
        finally:
            for place in places:
                self._model.changeColIntegrality(place, self._continuous)
