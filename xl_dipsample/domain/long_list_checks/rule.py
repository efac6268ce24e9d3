"""What a check is: a code, a level, a column, a sentence, what to do, and a function that finds.

A rule about the data (`ColumnRule`, `FrameRule`, `CellRule`) becomes a pandera check and uses what pandera hands it. A
rule about how a cell was read (`ReadingRule`) or about the list as a whole (`ListRule`) stands beside the schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list_checks.reading_checks import Reading

Level = Literal["Error", "Warning", "Note"]
LEVELS: tuple[Level, ...] = ("Error", "Warning", "Note")
SHOWN = 200  # rows of one code on Data checks; the rest is counted
COLUMNS = ("Level", "Code", "Finding", "Record", "Column", "Value", "What to do", "How many alike")
LONGEST_VALUE = 200  # characters: enough to recognise the cell


@dataclass(frozen=True)
class Whole:
    """What a list rule found once: `value` holds no case data; `alike` is how many rows it is about."""

    value: str | None = None
    alike: int | None = None


@dataclass(frozen=True)
class Asked:
    """What a rule has to know beside the data."""

    criteria: Criteria
    today: dt.date


@dataclass(frozen=True)
class ColumnRule:
    """A check of one column of the typed list (`typed_list`): `wrong` gives True for each wrong row."""

    code: str
    level: Level
    column: str
    sentence: str
    to_do: str
    wrong: Callable[[pd.Series, Asked], pd.Series]


@dataclass(frozen=True)
class FrameRule:
    """A check of columns that depend on each other: `wrong` gets the typed columns `looks_at`."""

    code: str
    level: Level
    column: str
    sentence: str
    to_do: str
    looks_at: tuple[str, ...]
    wrong: Callable[[pd.DataFrame, Asked], pd.Series]


@dataclass(frozen=True)
class ReadingRule:
    """Looks at how cells were read: `finds` gives True for each wrong row, with the index of the long list."""

    code: str
    level: Level
    column: str
    sentence: str
    to_do: str
    finds: Callable[[Reading], pd.Series]


@dataclass(frozen=True)
class CellRule:
    """Looks at every text cell of the export: a text in which `pattern` is found is wrong."""

    code: str
    level: Level
    sentence: str
    to_do: str
    pattern: str


@dataclass(frozen=True)
class ListRule:
    """Looks at the whole list: `finds` gives one `Whole` for each finding, or none."""

    code: str
    level: Level
    column: str
    sentence: str
    to_do: str
    finds: Callable[[Reading], tuple[Whole, ...]]


Rule = ColumnRule | FrameRule | ReadingRule | CellRule | ListRule
