"""Small numbers: which counts are shown as "c" so that nobody gets one back from the others.

DfE's convention: 1 to 5 becomes "c", 0 is shown as 0. Then others become "c" too, until an audit of everything that
is published, all tables together, leaves every one of 1, 2, 3, 4 and 5 possible for every small number.

The audit grants the reader more than most know: which "c" is a small number (1 to 5) and which only protects one (6
or more), and every relation between the tables. What is safe against that reader is safe against one who knows less.
Source: Fischetti and Salazar (2001), Management Science 47, 1008-1027, for the method; the code is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from xl_dipsample.domain.publication.feasible import ROOM, Relation, Search, is_possible

SMALLEST, LARGEST = 1, 5
WIDTH = LARGEST - SMALLEST
SYMBOL = "c"


@dataclass(frozen=True)
class Figures:
    """True counts by cell, what is known to hold between them, and which cells each table shows.

    `tables`: the dearest first; a cell may stand in several. `dear`: how much rather than 1 a cell is to be shown.
    """

    counts: Mapping[str, int]
    relations: tuple[Relation, ...]
    tables: Mapping[str, tuple[str, ...]]
    dear: Mapping[str, int] = field(default_factory=dict)

    def without(self, table: str) -> Figures:
        """The same with one table fewer."""
        return Figures(self.counts, self.relations, {k: v for k, v in self.tables.items() if k != table}, self.dear)

    def published(self) -> set[str]:
        """The cells that stand in a table."""
        return {cell for cells in self.tables.values() for cell in cells}


@dataclass(frozen=True)
class Safe:
    """What may be published: `figures` with the tables that are left; `small` and `secondary` are the cells with "c".

    `dropped`: tables that could not be made safe.
    """

    figures: Figures
    small: frozenset[str]
    secondary: frozenset[str]
    dropped: tuple[str, ...]
    rounded: bool

    @property
    def hidden(self) -> frozenset[str]:
        """Every cell with "c"."""
        return self.small | self.secondary

    def shown(self, cell: str) -> int | str:
        """What stands in a published cell."""
        if cell in self.hidden:
            return SYMBOL
        count = self.figures.counts[cell]
        return to_nearest_five(count) if self.rounded else count


def to_nearest_five(count: int) -> int:
    """Rounded to the nearest 5; always the same way, so that two publications of one count never differ.

    >>> [to_nearest_five(count) for count in (0, 6, 7, 8, 12, 13)]
    [0, 5, 5, 10, 10, 15]
    """
    return 5 * ((count + 2) // 5)


Knowledge = dict[str, tuple[int, int | None]]


def known(figures: Figures, small: Collection[str], secondary: Collection[str], *, rounded: bool) -> Knowledge:
    """For every cell, what a reader of the publication knows: its least and its largest value (None: no limit)."""
    published = figures.published()
    found: dict[str, tuple[int, int | None]] = {}
    for cell, count in figures.counts.items():
        if cell not in published:
            found[cell] = (0, None)
        elif cell in small:
            found[cell] = (SMALLEST, LARGEST)
        elif cell in secondary:
            found[cell] = (LARGEST + 1, None)
        elif rounded and count:
            nearest = to_nearest_five(count)
            found[cell] = (max(LARGEST + 1, nearest - 2), nearest + 2)
        else:
            found[cell] = (count, count)
    return found


def audit(safe: Safe) -> dict[str, tuple[int, int]]:
    """For every cell with "c", the least and the largest number of it in tables that fit the publication.

    Every pair is witnessed by two whole tables that were checked against everything published.
    """
    return _spans(safe.figures, safe.small, safe.secondary, rounded=safe.rounded, enough=False)


def is_wide(span: tuple[int, int], *, small: bool) -> bool:
    """Whether an interval is as wide as 1 to 5; a small number's must hold 1 to 5 itself."""
    return span[0] <= SMALLEST and span[1] >= LARGEST if small else span[1] - span[0] >= WIDTH


def suppress(
    figures: Figures, *, rounded: bool = False, start: Collection[str] = (), fixed: Collection[str] = ()
) -> Safe:
    """Hide the small numbers, then as few others as it finds, until the audit passes.

    `start`: cells hidden from the beginning; `fixed`: cells that keep being shown or hidden as they are. A table that
    cannot be made safe is dropped, the least dear first. Raises ValueError when the counts break a relation.
    """
    if not all(relation.holds(figures.counts) for relation in figures.relations):
        raise ValueError("the counts break a relation")
    dropped: list[str] = []
    while True:
        outcome = _attempt(figures, rounded=rounded, start=start, fixed=fixed)
        if isinstance(outcome, Safe):
            return Safe(outcome.figures, outcome.small, outcome.secondary, tuple(dropped), rounded)
        guilty = [table for table, cells in figures.tables.items() if outcome in cells][-1]
        dropped.append(guilty)
        figures = figures.without(guilty)


def _attempt(figures: Figures, *, rounded: bool, start: Collection[str], fixed: Collection[str]) -> Safe | str:
    """What is safe with all the tables; otherwise a cell that cannot be protected."""
    published = figures.published()
    small = frozenset(cell for cell in published if SMALLEST <= figures.counts[cell] <= LARGEST)
    secondary = {cell for cell in start if cell in published} - small
    while True:
        spans = _spans(figures, small, secondary, rounded=rounded)
        narrow = [cell for cell, span in spans.items() if not is_wide(span, small=cell in small)]
        if not narrow:
            break
        more = _more(figures, small, secondary, narrow[0], spans[narrow[0]], rounded=rounded, fixed=fixed)
        if not more:
            return narrow[0]
        secondary |= more
    for cell in sorted(secondary - set(fixed), key=lambda one: (-figures.counts[one], one)):
        fewer = secondary - {cell}
        spans = _spans(figures, small, fewer, rounded=rounded)
        if all(is_wide(span, small=one in small) for one, span in spans.items()):
            secondary = fewer
    return Safe(figures, small, frozenset(secondary), (), rounded)


def _finite(figures: Figures, knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    """Limits within which tables are tried."""
    return {
        cell: (low, figures.counts[cell] + ROOM if high is None else high) for cell, (low, high) in knowledge.items()
    }


def _spans(
    figures: Figures, small: Collection[str], secondary: Collection[str], *, rounded: bool, enough: bool = True
) -> dict[str, tuple[int, int]]:
    """The interval of each hidden cell, as far as checked tables reach; `enough`: no further than is needed."""
    bounds = _finite(figures, known(figures, small, secondary, rounded=rounded))
    hidden = sorted({*small, *secondary})
    if not is_possible(figures.counts, bounds, figures.relations):  # cannot be; then nothing is called safe
        return {cell: (figures.counts[cell], figures.counts[cell]) for cell in hidden}
    spans = {cell: (figures.counts[cell], figures.counts[cell]) for cell in hidden}
    search = Search(bounds, figures.relations) if hidden else None
    for cell in hidden:
        for sign in (1, -1):
            if search is None or (enough and is_wide(spans[cell], small=cell in small)):
                continue
            table = search.table({cell: sign})
            for other in hidden if table else ():
                low, high = spans[other]
                spans[other] = (min(low, table[other]), max(high, table[other]))  # type: ignore[index]
    return spans


def _more(
    figures: Figures,
    small: Collection[str],
    secondary: Collection[str],
    cell: str,
    span: tuple[int, int],
    *,
    rounded: bool,
    fixed: Collection[str],
) -> set[str]:
    """The shown cells, as cheap as found, that must be hidden too so that `cell` can take another number.

    Every shown cell of 6 or more may leave what is published of it, at a price for each step; the ones that do in the
    cheapest table are the answer. Empty: there is no such table.
    """
    bounds = _finite(figures, known(figures, small, secondary, rounded=rounded))
    published = figures.published()
    relations = list(figures.relations)
    costs: dict[str, int] = {}
    for one, count in figures.counts.items():
        if one in published and count > LARGEST and one not in small and one not in secondary and one not in fixed:
            low, high = bounds[one]
            bounds[one] = (LARGEST + 1, count + ROOM)
            up, down = f"{one}\0up", f"{one}\0down"
            bounds[up] = bounds[down] = (0, count + ROOM)
            costs[up] = costs[down] = (20 + count) * figures.dear.get(one, 1)
            relations += [
                Relation(((one, 1), (up, -1)), None, high),
                Relation(((one, 1), (down, 1)), low, None),
            ]
    for target in _targets(span, small=cell in small):
        search = Search(bounds | {cell: target}, relations)
        table = search.table(costs)
        if table is not None:
            return {one.split("\0")[0] for one in costs if table[one]}
    return set()


def _targets(span: tuple[int, int], *, small: bool) -> Sequence[tuple[int, int]]:
    """Where a narrow cell must be able to be."""
    low, high = span
    if small:
        return [(SMALLEST, SMALLEST)] if low > SMALLEST else [(LARGEST, LARGEST)]
    upwards, downwards = (low + WIDTH, low + WIDTH), (high - WIDTH, high - WIDTH)
    return [upwards, downwards] if high - WIDTH > LARGEST else [upwards]
