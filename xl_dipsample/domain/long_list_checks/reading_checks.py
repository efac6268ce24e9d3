"""The long list as the rules read it: every column parsed once, when the first rule asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared import columns_read
from xl_dipsample.domain.shared.cell import by_unique, folded, spread

WORD_FIELDS = {"Outcome": "outcome", "Ethnicity": "ethnicity", "Gender": "gender", "Referred to?": "referred_to"}


@dataclass
class Reading:
    """`raw` is the table LongList with a RangeIndex; `source_columns` are the export's own columns in it.

    `headings` is the column Heading of the table Headings: each heading of an export once. `of_report` is what import
    found about the report (`report_findings.remembered`).
    """

    raw: pd.DataFrame
    source_columns: Sequence[str]
    criteria: Criteria
    headings: Sequence[str]
    today: dt.date
    of_report: Mapping[str, tuple[tuple[str | None, int | None], ...]] = field(default_factory=dict)

    @cached_property
    def birth(self) -> pd.DataFrame:
        """Date of birth: first, last, state."""
        return columns_read.parse_dates(self.raw["Date of birth"])

    @cached_property
    def contact(self) -> pd.DataFrame:
        """Contact date: first, last, state."""
        return columns_read.parse_dates(self.raw["Contact date"])

    @cached_property
    def end(self) -> pd.DataFrame:
        """End date: first, last, state."""
        return columns_read.parse_dates(self.raw["End date"])

    @cached_property
    def period(self) -> pd.DataFrame:
        """The date that the period is about: first, last, state."""
        return self.contact if self.criteria.period_about == "Contact date" else self.end

    @cached_property
    def age(self) -> pd.DataFrame:
        """Age as exported: years, state."""
        return columns_read.parse_ages(self.raw["Age"])

    @cached_property
    def case_id(self) -> pd.Series:
        """Case IDs as text; None where there is none."""
        return columns_read.case_ids(self.raw["Case ID"])

    @cached_property
    def name(self) -> pd.Series:
        """Names as text, every run of blanks one space; None where there is none."""
        codes, answers = by_unique(self.raw["Name"], _name)
        return spread(codes, answers, self.raw.index)

    @cached_property
    def harm(self) -> pd.DataFrame:
        """Type of harm: categories, labels, unmapped, confirm, nothing, known."""
        return label_mapping.parse_harm(self.raw["Type of harm"], self.criteria.means.get("Type of harm", {}))

    def words(self, heading: str) -> pd.DataFrame:
        """Outcome, Ethnicity, Gender or Referred to? in the words of reference/: word, unmapped."""
        return label_mapping.map_words(WORD_FIELDS[heading], self.raw[heading], self.criteria.means.get(heading, {}))

    def where(self, heading: str, wrong: Callable[[object], bool]) -> pd.Series:
        """True where a cell of the column is wrong; `wrong` is asked once for every different cell."""
        return where(self.raw[heading], wrong)

    def blank(self, heading: str) -> pd.Series:
        """True where a column holds nothing."""
        return self.where(heading, columns_read.is_nothing)

    def all_blank(self, heading: str) -> bool:
        """Whether the column holds nothing in every row."""
        return bool(self.blank(heading).all())


def where(cells: pd.Series, wrong: Callable[[Any], bool]) -> pd.Series:
    """True where a cell is wrong; `wrong` is asked once for every different cell, and for None."""
    codes, answers = by_unique(cells, wrong)
    return pd.Series(np.array(answers, dtype=bool)[codes], index=cells.index)


def _name(cell: object) -> str | None:
    return None if columns_read.is_nothing(cell) else folded(columns_read.trimmed(cell)) or None
