"""The values from which live sheets are laid out, and what a layout is.

A live cell carries its formula and the value that Python computed for it, side by side: the value is written as the
formula's cached value, so that a preview shows it, and a test recalculates the workbook and compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.specs.pivot_parts import Counts


@dataclass(frozen=True)
class Book:
    """What the workbook holds: its tables by name, its named cells."""

    kind: Kind
    tables: Mapping[str, pd.DataFrame]
    values: Mapping[str, CellValue]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of Review that count, with what formulas show in them; worked out once for all sheets."""
        return tallies.counted(self.tables["Review"])

    @cached_property
    def lists(self) -> Lists:
        """The workbook's lists."""
        return Lists.of(self.tables)

    @cached_property
    def progress(self) -> review_rules.Progress:
        """How far the review is."""
        return review_rules.progress(self.tables["Review"])

    @cached_property
    def pivots(self) -> Counts:
        """What the PivotTables show; worked out once for the sheet and the parts."""
        return Counts(self.tables)

    @property
    def is_release(self) -> bool:
        """Whether this is a release copy: a review workbook's shareable tables, for reading only."""
        return self.values.get("kind") == "release"

    @property
    def is_second(self) -> bool:
        """Whether this is a second reader's workbook: a few cases of a review workbook, to be read blind."""
        return self.values.get("kind") == "second"


@dataclass(frozen=True)
class LiveCell:
    """One cell: `row` and `column` count from 1. Without a formula, `value` is a constant."""

    row: int
    column: int
    value: CellValue
    formula: str | None = None
    style: str = "text"  # a name in workbook/styles.py
    link: str | None = None  # "internal:'Focus'!A1"


@dataclass(frozen=True)
class Series:
    """One series of a chart; ranges such as "=Charts!$B$6:$B$15" on any sheet."""

    name: str  # a reference or words
    categories: str
    values: str
    colour: str | None = None
    error_minus: str | None = None
    error_plus: str | None = None


@dataclass(frozen=True)
class Chart:
    """A native chart, anchored at a cell, with the question as its title and alt text."""

    kind: Literal["bar", "stacked_bar", "column", "clustered_column"]
    title: str
    alt_text: str
    anchor: str
    series: tuple[Series, ...]
    width: int = 720
    height: int = 360
    x_title: str = ""
    y_title: str = ""
    legend: bool = False
    labels: bool = True  # the number on every bar; False where so many bars have no room for it


@dataclass(frozen=True)
class HeatMap:
    """Conditional fill in steps over a range of counts or shares; the number stays in the cell."""

    first: tuple[int, int]
    last: tuple[int, int]
    steps: tuple[float, ...]


@dataclass
class Layout:
    """Everything on a live sheet but its title lines A1:A3."""

    cells: list[LiveCell] = field(default_factory=list)
    refreshed: list[LiveCell] = field(default_factory=list)  # what PivotTables show; a refresh writes them anew
    charts: list[Chart] = field(default_factory=list)
    heat_maps: list[HeatMap] = field(default_factory=list)
    headers: dict[str, int] = field(default_factory=dict)  # table -> row of its headings, where lines push it down
    names: dict[str, str] = field(default_factory=dict)  # defined name -> "=Summary!$A$5"
    widths: dict[int, float] = field(default_factory=dict)  # column -> characters
    heights: dict[int, float] = field(default_factory=dict)  # row -> points
    state: LiveCell | None = None  # A3
    freeze: tuple[int, int] | None = None
    drop_downs: dict[str, str] = field(default_factory=dict)  # cell -> list name
