"""What a PivotTable shows: the words of its fields and how many rows have each, in pandas.

The same numbers that a refresh would give are stored with the workbook: a preview, Protected View and a phone refresh
nothing, and would show an empty sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.sheet_files import Column
from xl_dipsample.workbook.specs import formulas, spec

Word = str | None  # None stands for a blank cell
Line = Sequence[str | int | None]
FILTER, CHOSEN, COUNTED = "Counts?", "Yes", "Cases"
BLANK, TOTAL = "(blank)", "Grand Total"  # as Excel calls them


@dataclass(frozen=True)
class Pivot:
    """One PivotTable: its table, the fields, the column of the sheet where it starts (A is 1)."""

    title: str
    table: str
    down: str
    across: str
    column: int


@dataclass(frozen=True)
class Shown:
    """A PivotTable as it stands on the sheet, from its own first row on: the words that it shows, and its cells."""

    down: tuple[Word, ...]
    across: tuple[Word, ...]
    cells: Sequence[Line]


def rows(table: str, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of Review or Harms that the filter lets through, with what formulas show in them."""
    if table == "Review":
        return tallies.counted(tables["Review"])
    frame = tables[table]
    counts = formulas.column_values("harm_counts", frame, tables)
    return frame.loc[[word == CHOSEN for word in counts]]


def known(heading: str, counted: pd.DataFrame, one: Column | None = None) -> tuple[Word, ...]:
    """The words of a field that a cache may hold, in the order in which they stand.

    `one`: its column of Review; what a question of the team offers are words of its list. Those of the list, and
    besides, where they are counted, words that are ours and several of the list's in one cell.
    A word that somebody typed is not among them.
    """
    if heading == FILTER:
        return (CHOSEN, "No")
    one = one or review_columns.column(heading)
    listed = list(dict.fromkeys(one.choices or spec.lists()[one.words or one.list]))
    ours = {word.casefold() for word in (*listed, *review_columns.words_of(one, lead_lists.shipped()), *_OURS)}
    there = sorted({str(cell) for cell in _cells(counted, heading) if cell is not None}, key=str.casefold)
    taken = {word.casefold() for word in listed}
    for word in there:
        if word.casefold() not in taken and all(part in ours for part in word.casefold().split(tallies.SEPARATOR)):
            taken.add(word.casefold())
            listed.append(word)
    return (*listed, None) if None in _cells(counted, heading) else tuple(listed)


_OURS = ("", tallies.NOT_FILLED, tallies.NOT_ANSWERED)


def shown(pivot: Pivot, counted: pd.DataFrame, one: Column | None = None) -> Shown | None:
    """What a refresh would show of `counted`, rows as `rows` gives them; None when there is none.

    `one`: the column of its lines, where that is a question of the team.
    """
    if not len(counted):
        return None
    down, across = _Axis(pivot.down, counted, one), _Axis(pivot.across, counted)
    n, line = Counter(down.keys), [_label(word) for word in down.words]
    body: list[Line] = [[label, n[key(word)]] for label, word in zip(line, down.words, strict=True)]
    if not pivot.across:
        return Shown(down.words, (), [[pivot.down, COUNTED], *body, [TOTAL, len(counted)]])
    both = Counter(zip(down.keys, across.keys, strict=True))
    whole = Counter(across.keys)
    cross: list[Line] = [
        [label, *(both[key(word), key(other)] or None for other in across.words), n[key(word)]]
        for label, word in zip(line, down.words, strict=True)
    ]
    heads: list[Line] = [[COUNTED, pivot.across], [pivot.down, *map(_label, across.words), TOTAL]]
    total: Line = [TOTAL, *(whole[key(word)] for word in across.words), len(counted)]
    return Shown(down.words, across.words, [*heads, *cross, total])


class _Axis:
    """One field: the key of every row, and the words that occur: those that are known first, a blank last."""

    def __init__(self, heading: str, counted: pd.DataFrame, one: Column | None = None) -> None:
        cells = _cells(counted, heading) if heading else []
        self.keys = [key(cell) for cell in cells]
        there = dict.fromkeys(self.keys)
        first = [word for word in known(heading, counted, one) if word is not None] if heading else []
        taken = {key(word) for word in first}
        typed = {key(cell): cell for cell in reversed(cells) if cell is not None and key(cell) not in taken}
        words = [word for word in first if key(word) in there]
        words += sorted(typed.values(), key=str.casefold)
        self.words: tuple[Word, ...] = (*words, None) if None in there else tuple(words)


def _cells(counted: pd.DataFrame, heading: str) -> list[Word]:
    if heading not in counted.columns:  # a question whose column nobody has filled yet
        return [None] * len(counted)
    return [None if pd.isna(cell) else str(cell) for cell in counted[heading].tolist()]


def key(word: Word) -> str | None:
    """What tells words apart in a PivotTable: spaces do, capitals do not."""
    return None if word is None else word.casefold()


def _label(word: Word) -> str:
    return BLANK if word is None else word
