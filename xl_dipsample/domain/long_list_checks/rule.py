"""What a check is: a code, a level, a column, a sentence, what to do, and a function that finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading

Level = Literal["Error", "Warning", "Note"]
LEVELS: tuple[Level, ...] = ("Error", "Warning", "Note")


@dataclass(frozen=True)
class Whole:
    """What a list rule found once: `value` holds no case data; `alike` is how many rows it is about."""

    value: str | None = None
    alike: int | None = None


@dataclass(frozen=True)
class RowRule:
    """Looks at rows: `finds` gives a column of True (wrong) and False with the index of the long list."""

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


Rule = RowRule | CellRule | ListRule
