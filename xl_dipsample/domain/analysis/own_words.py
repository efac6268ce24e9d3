"""Words that somebody typed in Review and that are not laid out: on no list, or added on My lists since.

They are in every figure of their column as "Other words", and an outcome among them is on neither side of the line;
so each is said with its number, and with the rows in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.lead_lists import Lists

FIRST_ROW = 6  # the first row of Review as Excel numbers it; a test holds it against the sheet's spec
NOT_LAID_OUT = "words that are not laid out yet: put them on My lists and press Pseudonymise"
ANSWERS = {
    "Outcome": "outcomes", "Referred to?": "answers on services", "Gender": "genders", "Ethnicity": "ethnicities",
}  # fmt: skip


class OwnWords(NamedTuple):
    """Of one column: in how many of its filled cells such words stand, and the Excel rows of these."""

    heading: str
    number: int
    of: int
    rows: str

    @property
    def in_words(self) -> str:
        """Without the rows: they move when people sort.

        >>> OwnWords("Outcome", 2, 6, "Excel rows 6, 9").in_words
        '2 of 6 outcomes are words that are not laid out yet: put them on My lists and press Pseudonymise.'
        """
        return f"{self.number:,} of {self.of:,} {ANSWERS[self.heading]} are {NOT_LAID_OUT}."


def headings() -> tuple[str, ...]:
    """The columns of Review that have one of the lead's lists and are counted by it."""
    return tuple(
        one.heading
        for one in review_columns.columns()
        if lead_lists.DROP_DOWNS.get(one.list, lead_lists.REASON) != lead_lists.REASON
    )


def own_words(review: pd.DataFrame, lists: Lists) -> list[OwnWords]:
    """What is said of the table Review, column by column; only rows in the sample count. Columns without are left out.

    >>> rows = {"Unique ID": ["A", "B"], "Outcome": ["Zorbing", "Early help"]}
    >>> [one[:3] for one in own_words(pd.DataFrame(rows, dtype=object), lead_lists.shipped())]
    [('Outcome', 1, 2)]
    """
    return list(_found(review, lists))


def _found(review: pd.DataFrame, lists: Lists) -> Iterator[OwnWords]:
    counts = review_rules.in_sample(review).to_numpy(dtype=bool)
    first = standing.first_row(review, FIRST_ROW)
    plain = standing.plain(review)
    for heading in headings():
        several = review_columns.column(heading).several
        lines = tallies.flags(plain, heading, review_columns.words(heading, lists), several=several)
        other = lines[-2] & counts
        if other.any():
            filled = ~review_rules.not_filled(plain, heading).to_numpy(dtype=bool) & counts
            places = [at for at, there in enumerate(other.tolist()) if there]
            yield OwnWords(heading, len(places), int(filled.sum()), standing.excel_rows(places, first))


def told(review: pd.DataFrame, lists: Lists) -> list[str]:
    """A sentence for each column, with the rows.

    >>> told(pd.DataFrame({"Unique ID": ["A"], "Outcome": ["Zorbing"]}, dtype=object), lead_lists.shipped())[0][:57]
    '1 of 1 outcomes are words that are not laid out yet (Exce'
    """
    return [
        f"{one.number:,} of {one.of:,} {ANSWERS[one.heading]} are words that are not laid out yet ({one.rows} of "
        f"Review). Counted as Other words{' and on neither side' if one.heading == lead_lists.OUTCOME else ''}: put "
        "them on My lists and press Pseudonymise, or choose a word of the list."
        for one in own_words(review, lists)
    ]
