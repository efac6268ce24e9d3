"""What the sentences count: the rows of Review that count, and the other tables of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from xl_dipsample.domain.analysis.decision_line import line
from xl_dipsample.domain.analysis.tallies import counted, masks
from xl_dipsample.domain.narrowing import people_counted
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.lead_lists import Lists

NO_TYPE = (review_rules.NOT_MAPPED, "No category recorded")  # words in Type of harm that name none


@dataclass(frozen=True)
class Sample:
    """The review workbook's tables by name; `harms` are the types of harm in the order in which Summary lists them."""

    tables: Mapping[str, pd.DataFrame]
    harms: Sequence[str]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows that count, with Scenario worked out anew."""
        return counted(self.tables["Review"])

    @cached_property
    def progress(self) -> review_rules.Progress:
        """How far the review is."""
        return review_rules.progress(self.tables["Review"])

    @cached_property
    def of_whom(self) -> people_counted.Counted:
        """Who is in the sample now, of whom."""
        return people_counted.of_review(self.tables)

    @property
    def n(self) -> int:
        """The number of cases in the sample."""
        return len(self.rows)

    def filled(self, heading: str) -> pd.Series:
        """True where a cell says something: not blank, no error, not "Not mapped"."""
        return ~review_rules.not_filled(self.rows, heading)

    @cached_property
    def lists(self) -> Lists:
        """The workbook's lists."""
        return Lists.of(self.tables)

    @cached_property
    def sides(self) -> pd.Series:
        """The side of the decision line: "Progressed", "Closed" or ''."""
        return line(self.rows, self.lists)

    @cached_property
    def harm_masks(self) -> dict[str, pd.Series]:
        """For each type of harm that Summary lists and that is one, which rows have it."""
        found = masks(self.rows, "Type of harm", self.harms, several=True)
        none = [word.casefold() for word in NO_TYPE]
        return {word: mask for word, mask in zip(self.harms, found.words, strict=True) if word.casefold() not in none}

    @cached_property
    def harm_in_own_words(self) -> pd.Series:
        """True where Type of harm holds a word that is on no list."""
        return masks(self.rows, "Type of harm", [*self.harms, *NO_TYPE], several=True).other

    def is_(self, heading: str, word: str) -> pd.Series:
        """True where the column's cell is the word."""
        return review_rules.keys(self.rows, heading) == word.casefold()

    def table(self, name: str, *headings: str) -> pd.DataFrame:
        """A table of the workbook; an empty one when it, or one of the headings, is not there."""
        found = self.tables.get(name)
        if found is None or not set(headings) <= set(found.columns):
            return pd.DataFrame(columns=list(headings), dtype=object)
        return found


def ranked(numbers: Mapping[str, int]) -> list[tuple[int, list[str]]]:
    """Words by their number, the largest first, those of one number together in the given order; none for 0.

    >>> ranked({"A": 2, "B": 0, "C": 3, "D": 2})
    [(3, ['C']), (2, ['A', 'D'])]
    """
    levels: dict[int, list[str]] = {}
    for word, number in numbers.items():
        if number:
            levels.setdefault(number, []).append(word)
    return sorted(levels.items(), reverse=True)
