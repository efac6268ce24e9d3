"""Variations: whether more cases are progressed for particular groups of young people.

A group's cases are those whose outcome is above or below the decision line; the others are all other such cases of
the sample. Counts come first. Where the group and the others have at least FEW cases each, Fisher's exact test is
made, and Holm's correction runs over all tests of the table; a difference is called clear only when it survives that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.analysis import decision_line, tallies
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared import lead_lists, reference
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.share_cells import percent
from xl_dipsample.domain.shared.statistics import FEW, fisher, holm, newcombe

HEADINGS = (
    "By",
    "Group",
    "Cases",
    "Progressed",
    "% progressed",
    "Other cases",
    "Others progressed",
    "Others %",
    "Difference from",
    "Difference to",
    "In words",
    "p of this test",
    "p over all tests",
)
Mask = npt.NDArray[np.bool_]  # True where a case belongs to a group
LEVEL = 0.05  # a corrected p below this is called clear
NEITHER = "Outcome on neither side"  # the last rows: outcomes that are not compared
ON_NEITHER = "Counted on neither side of the line."
ON_NO_LIST = (
    "On no list, so on neither side of the line. Choose a word of the list in Review if one fits, or put it on My "
    "lists and press Pseudonymise."
)
NO_OUTCOME = "No outcome yet."
BROAD = "Ethnicity, broad group"
OWN_GROUP = "Another group, in own words"  # ethnicities of which nobody knows the census's group


class Question(NamedTuple):
    """What groups are made by: the words for it, the column of Review, its words in order."""

    by: str
    heading: str
    words: tuple[str, ...]
    several: bool = False
    own_words: bool = True  # words of no list make groups of their own, and what is blank is listed


class Comparison(NamedTuple):
    """k of n progressed in the group, and of the others; whether the two may be compared."""

    k: int
    n: int
    others_k: int
    others_n: int
    wanted: bool = True

    @property
    def is_tested(self) -> bool:
        """Whether both sides have enough cases for a test."""
        return self.wanted and min(self.n, self.others_n) >= FEW


def questions(lists: Lists) -> tuple[Question, ...]:
    """What the groups are made by, in the order of the table: the columns of Review that say so."""
    return tuple(
        Question(one.heading, one.heading, review_columns.words(one.heading, lists), one.several, one.own_words)
        for one in review_columns.grouped()
    )


def variations_table(frame: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """The table Variations, from the table Review and the workbook's lists.

    One row per group that has cases, then outcomes on neither side.

    Percentages and points are rounded to one decimal, p-values to six. Groups come in the order of the lists, own
    words after them in alphabetical order.

    >>> rows = {"Unique ID": ["A", "B"], "Outcome": ["Early help", "Child in Need"], "Gender": ["Female", "Female"]}
    >>> made = variations_table(pd.DataFrame(rows, dtype=object), lead_lists.shipped())
    >>> made.loc[made["By"] == "Gender", "In words"].tolist()
    ['1 of 2 progressed: too few to compare']
    """
    rows = tallies.counted(frame)
    rows[BROAD] = _broad(rows, lists)
    sides = decision_line.line(rows, lists)
    decided = rows.loc[sides != decision_line.NEITHER]
    progressed = (sides.loc[sides != decision_line.NEITHER] == decision_line.OVER).to_numpy(dtype=bool)
    labels: list[tuple[str, str]] = []
    compared: list[Comparison] = []
    for question in questions(lists):
        for label, mask, wanted in _groups(decided, question):
            labels.append((question.by, label))
            compared.append(_comparison(progressed, mask, wanted=wanted))
    made = [[*label, *cells] for label, cells in zip(labels, _cells(compared), strict=True)]
    made += _neither(rows.loc[sides == decision_line.NEITHER], lists.words(lead_lists.OUTCOME))
    return pd.DataFrame(made, columns=list(HEADINGS), dtype=object)


def number_of_tests(table: pd.DataFrame) -> int:
    """How many tests the table rests on: the family over which Holm's correction runs."""
    return sum(isinstance(p, int | float) and not math.isnan(p) for p in table["p of this test"])


def number_clear(table: pd.DataFrame) -> int:
    """How many groups of the table differ clearly from the others."""
    return sum(" often, by " in str(words) for words in table["In words"])


def _broad(rows: pd.DataFrame, lists: Lists) -> pd.Series:
    """The broad ethnic group of each row; '' only where no ethnicity stands.

    A word of the lead's own belongs to the group of the label that it was, or whose code means it; any other word is
    counted as another group, so that nobody is left out of the comparison without a word.
    """
    groups = ethnic_groups(lists)
    blank = {"", review_rules.NOT_MAPPED.casefold()}
    keys = review_rules.keys(rows, "Ethnicity")
    return keys.map(lambda key: "" if key in blank else groups.get(key, OWN_GROUP)).astype(object)


def ethnic_groups(lists: Lists) -> dict[str, str]:
    """Ethnicity, in small letters -> its broad group; also of the lead's own that were, or have a code of, one of ours.

    >>> ethnic_groups(lead_lists.shipped())["white british"]
    'White'
    """
    table = reference.table("ethnicity")
    groups = {row["label"].casefold(): row["group"] for row in table}
    by_code = {lead_lists.key(row[name]): row["group"] for row in table for name in ("label", "code") if row[name]}
    for one in lists.entries[lead_lists.ETHNICITY]:
        known = [by_code[told] for told in map(lead_lists.key, (*one.was, *one.codes)) if told in by_code]
        if known and len(set(known)) == 1:
            groups.setdefault(one.word.casefold(), known[0])
    return groups


def _groups(rows: pd.DataFrame, question: Question) -> Iterator[tuple[str, Mask, bool]]:
    """Every group with cases: its label, where its cases are, and whether it is compared."""
    cells = [tallies.split(cell) if question.several else [cell] for cell in review_rules.texts(rows, question.heading)]
    held = [{word.casefold() for word in cell} - {""} for cell in cells]
    labels = {word.casefold(): word for word in question.words}
    if question.own_words:
        labels |= _own_words(cells, set(labels))
    there = set().union(*held)
    for key, label in labels.items():
        if key in there:
            yield label, np.array([key in words for words in held], dtype=bool), True
    blank = np.array([not words for words in held], dtype=bool)
    if question.own_words and blank.any():
        yield tallies.NOT_FILLED, blank, False


def _own_words(cells: Sequence[Sequence[str]], known: set[str]) -> dict[str, str]:
    """Words of no list in alphabetical order: the word without capitals -> one of its spellings."""
    words = {word for cell in cells for word in cell if word and word.casefold() not in known}
    found: dict[str, str] = {}
    for word in sorted(words, key=lambda one: (one.casefold(), one)):
        found.setdefault(word.casefold(), word)
    return found


def _comparison(progressed: Mask, mask: Mask, *, wanted: bool) -> Comparison:
    n, k = int(mask.sum()), int((mask & progressed).sum())
    return Comparison(k, n, int(progressed.sum()) - k, len(progressed) - n, wanted)


def _cells(compared: Sequence[Comparison]) -> Iterator[list[object]]:
    """The cells right of Group. All tests are made first, because each one's correction depends on the others."""
    alone = [fisher(*one[:4]) if one.is_tested else None for one in compared]
    family = iter(holm([p for p in alone if p is not None]))
    for one, p in zip(compared, alone, strict=True):
        shares = _share(one.k, one.n), _share(one.others_k, one.others_n)
        counts = [one.n, one.k, shares[0], one.others_n, one.others_k, shares[1]]
        if p is None:
            yield [*counts, None, None, _in_words(one), None, None]
            continue
        low, high = newcombe(*one[:4])
        corrected = next(family)
        words = f"{_in_words(one)}: {_verdict(low, high, corrected)}"
        yield [*counts, round(100 * low, 1), round(100 * high, 1), words, round(p, 6), round(corrected, 6)]


def _share(k: int, n: int) -> float | None:
    """The percentage, rounded to one decimal; None below FEW cases."""
    return round(100 * k / n, 1) if n >= FEW else None


def _in_words(one: Comparison) -> str:
    """The counts; and, where there is no test, why."""
    group = _counts(one.k, one.n, "progressed")
    if not one.wanted:
        return f"{group}: not compared, nothing is filled in yet"
    if one.n < FEW:
        return f"{group}: too few to compare"
    both = f"{group}; of the others {_counts(one.others_k, one.others_n)}"
    return both if one.is_tested else f"{both}: too few to compare"


def _counts(k: int, n: int, verb: str = "") -> str:
    share = f" ({percent(k, n)})" if n >= FEW else ""
    return f"{k} of {n}{share}{f' {verb}' if verb else ''}"


def _verdict(low: float, high: float, corrected: float) -> str:
    """Clear only when the corrected p and the interval both say so: the two tests can differ at the edge."""
    if corrected >= LEVEL or low <= 0 <= high:
        return "no clear difference"
    word, ends = ("more", (low, high)) if low > 0 else ("less", (-high, -low))
    return f"{word} often, by {_points(ends[0])} to {_points(ends[1])} points"


def _points(share: float) -> str:
    whole = math.floor(100 * share + 0.5)
    return str(whole) if whole else "under 1"


def _neither(rows: pd.DataFrame, outcomes: Sequence[str]) -> list[list[object]]:
    """One row per outcome that is neither above nor below the line: nothing that somebody typed is left out."""
    listed = {word.casefold() for word in outcomes}
    question = Question(NEITHER, "Outcome", (*outcomes, review_rules.NOT_MAPPED))
    made: list[list[object]] = []
    for label, mask, compared in _groups(rows, question):
        words = NO_OUTCOME if not compared else ON_NEITHER if label.casefold() in listed else ON_NO_LIST
        made.append([NEITHER, label, int(mask.sum()), *[None] * 7, words, None, None])
    return made
