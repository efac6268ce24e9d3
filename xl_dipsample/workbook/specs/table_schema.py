"""A pandera schema for every table, made from its spec: kinds of cells, words, keys, and what one cell asks of another.

`check` runs it on the tables that people fill in; tests run it on every table that an action writes. Nobody else
pays for importing pandera.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.domain.shared.dates import read_date
from xl_dipsample.domain.shared.reference_words import normalise
from xl_dipsample.domain.shared.schema_failures import found_by_checks
from xl_dipsample.workbook.specs import spec

if TYPE_CHECKING:
    import pandera.pandas as pa


@dataclass(frozen=True)
class TableRule:
    """What can be wrong in a table that people fill in. All are warnings: such a cell does not count."""

    code: str
    sentence: str
    to_do: str
    level: str = "Warning"


WORD = TableRule(
    "W01",
    "The cell holds none of the words of its list, so it does not count.",
    "Choose a word from the cell's drop-down.",
)
KIND = TableRule(
    "W02",
    "The cell holds no date, or no whole number, where its column needs one.",
    "Type a date as day/month/year, a number in figures, or clear the cell.",
)
TWICE = TableRule(
    "W03",
    "Two rows of a table stand for the same thing, so one of them does not count.",
    "Delete one of the two rows.",
)
NEEDS = TableRule(
    "W04",
    "The answer in the row needs this cell, which is blank; until it is filled the answer does not count.",
    "Fill the cell, or change the answer.",
)
RULES = (WORD, KIND, TWICE, NEEDS)
_CHECKS = {rule.code: rule for rule in RULES}


@dataclass(frozen=True)
class Wrong:
    """One cell that a rule finds wrong: position of its row in the frame, heading of its column."""

    rule: TableRule
    position: int
    column: str


def schema_of(table: spec.Table) -> pa.DataFrameSchema:
    """The schema of a table as a host reads it: object columns, None for a blank cell. Own columns may stand beside.

    Cells that people type are compared as narrowing compares them: capitals and spaces make no difference. Columns of
    which nothing is asked are left out: a host looks before whether every heading is there.
    """
    import pandera.pandas as pa  # slow to import

    def cells(right: Callable[[object], bool], rule: TableRule) -> pa.Check:
        return pa.Check(lambda column: column.map(lambda cell: is_nothing(cell) or right(cell)).astype(bool),
                        name=rule.code, ignore_na=False)  # fmt: skip

    columns = {}
    for one in table.columns:
        checks = [cells(_kind(one.type, typed=one.by == "people"), KIND)] if one.type in _KINDS else []
        if one.list and not one.loose and one.type != "long_text":  # there a list's words stand among others
            checks.append(cells(_word(spec.lists()[one.list], typed=one.by == "people"), WORD))
        if checks:
            columns[one.heading] = pa.Column(object, checks, nullable=True)
    return pa.DataFrameSchema(
        columns, checks=[pa.Check(right, name=name, ignore_na=False) for name, right in _rows(table)]
    )


def wrong_cells(table: spec.Table, frame: pd.DataFrame) -> list[Wrong]:
    """Every cell of a table that its schema finds wrong, row by row. Every heading of the spec must be there."""
    if frame.empty:
        return []
    found = found_by_checks(_made(table), standing.plain(frame).reset_index(drop=True).astype(object))
    cells = set()
    for name, column, position in found.itertuples(index=False):
        code, _, of_column = name.partition(":")  # a check of whole rows names the column that it is about
        cells.add((int(position), of_column or column, code))
    return [Wrong(_CHECKS[code], position, column) for position, column, code in sorted(cells)]


_MADE: dict[int, tuple[spec.Table, pa.DataFrameSchema]] = {}  # the table beside it, so that its number stays its own


def _made(table: spec.Table) -> pa.DataFrameSchema:
    """The schema of a table, made once: the desk checks the same tables again and again."""
    if id(table) not in _MADE:
        _MADE[id(table)] = (table, schema_of(table))
    return _MADE[id(table)][1]


def _rows(table: spec.Table) -> Iterator[tuple[str, Callable[[pd.DataFrame], pd.Series]]]:
    """The checks of columns that depend on each other, each by its code and the column it is about."""
    keys = list(table.key)
    if not any(table.column(name).type == "datetime" for name in keys):  # a log may say one thing twice in a second
        yield f"{TWICE.code}:{keys[0]}", lambda rows: ~(rows[keys].notna().all(axis=1) & rows[keys].duplicated())
    for need in table.needs:
        yield f"{NEEDS.code}:{need.column}", _filled(need)
    for setting, name in table.cell_lists.items():
        several = setting in table.cell_several
        yield (
            f"{WORD.code}:Value",
            _setting(table.key[0], setting, _word(spec.lists()[name], typed=True, several=several)),
        )
    for setting, kind in table.cell_types.items():
        yield f"{KIND.code}:Value", _setting(table.key[0], setting, _kind(kind, typed=True))


def _filled(need: spec.Need) -> Callable[[pd.DataFrame], pd.Series]:
    def right(rows: pd.DataFrame) -> pd.Series:
        asked = rows[need.when].map(normalise).eq(normalise(need.equals))
        return ~(asked & rows[need.column].map(is_nothing).astype(bool))

    return right


def _setting(key: str, setting: str, right: Callable[[object], bool]) -> Callable[[pd.DataFrame], pd.Series]:
    """A table of settings: what stands in Value must fit the row's own setting."""
    return lambda rows: (
        (rows[key] != setting) | rows["Value"].map(lambda cell: is_nothing(cell) or right(cell)).astype(bool)
    )


def _word(words: tuple[str, ...], *, typed: bool, several: bool = False) -> Callable[[object], bool]:
    if not typed:
        return lambda cell: cell in words
    known = {normalise(word) for word in words}
    if several:
        return lambda cell: known.issuperset(normalise(one) for one in trimmed(cell).split(";") if one.strip())
    return lambda cell: normalise(cell) in known


def _kind(kind: str, *, typed: bool) -> Callable[[object], bool]:
    right = _KINDS[kind]
    return lambda cell: right(cell) or (typed and isinstance(cell, str) and _readable(kind, cell))


def _readable(kind: str, text: str) -> bool:
    if kind in ("date", "datetime"):
        return read_date(text).state == "day"
    return trimmed(text).isascii() and trimmed(text).isdigit()


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


_KINDS: dict[str, Callable[[object], bool]] = {
    "date": lambda cell: isinstance(cell, dt.date),
    "datetime": lambda cell: isinstance(cell, dt.date),
    "whole": lambda cell: isinstance(cell, int | float) and _is_number(cell) and float(cell).is_integer(),
    "number": _is_number,
}
