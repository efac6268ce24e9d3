"""What Summary, Charts and Thresholds count, in pandas; and the two tables that `analyse` fills from Review.

The live sheets count the same by formula. Words are compared as domain/review.py reads cells; a cell that may hold
several words has them between semicolons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.lead_lists import Lists

Flags = npt.NDArray[np.bool_]
SEPARATOR = "; "
THRESHOLDS_HEADINGS = (
    "Scenario",
    "Type of harm",
    "Like cases",
    "Summary of harm",
    "Outcome",
    "Reason for closure or progression",
    "Quote to use?",
    "Unique ID",
)
HARMS_HEADINGS = ("Unique ID", "Type of harm", "Outcome", "Scenario", "Counts?")
NOT_FILLED, NOT_ANSWERED = "Not filled in yet", "Not yet answered"


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of Review that count, with Scenario, Age band and Check worked out anew.

    What the file remembers in formula columns may be from before the last typing.
    """
    fresh = frame.copy()
    fresh["Scenario"] = review_rules.scenario(frame)
    ages = review_rules.texts(frame, "Age at time of contact")
    fresh["Age band"] = review_rules.age_band(ages)
    fresh["Check"] = review_rules.review_check(frame)
    return fresh.loc[review_rules.in_sample(frame)]


class Masks(NamedTuple):
    """True where a row has each word, a word that was not asked for, nothing at all."""

    words: list[pd.Series]
    other: pd.Series
    blank: pd.Series


def masks(rows: pd.DataFrame, heading: str, words: Sequence[str], *, several: bool = False) -> Masks:
    """Look for `words` in one column of `rows`; `several`: a cell may hold more than one."""
    found = [pd.Series(line, index=rows.index, dtype=bool) for line in flags(rows, heading, words, several=several)]
    return Masks(words=found[:-2], other=found[-2], blank=found[-1])


def flags(rows: pd.DataFrame, heading: str, words: Sequence[str], *, several: bool = False) -> Flags:
    """What `masks` says, as one array: a line for each word, then other words, then nothing at all."""
    places: dict[str, list[int]] = {}  # the lines of a word: it may be asked for twice
    for place, word in enumerate(words):
        places.setdefault(word.casefold(), []).append(place)
    found = np.zeros((len(words) + 2, len(rows)), dtype=bool)
    lines: dict[str, list[int]] = {}  # of a cell
    for at, cell in enumerate(review_rules.keys(rows, heading).tolist()):
        if cell not in lines:
            lines[cell] = _lines(cell, split(cell) if several else [cell], places, len(words))
        found[lines[cell], at] = True
    return found


def _lines(cell: str, held: Sequence[str], places: Mapping[str, Sequence[int]], other: int) -> list[int]:
    """The lines that a cell belongs to."""
    if not cell:
        return [other + 1]
    known = [place for word in held for place in places.get(word, ())]
    return [*known, other] if any(word not in places for word in held) else known


def split(cell: str) -> list[str]:
    """The words between the semicolons, each once (capitals aside), in their order.

    >>> split("CSE; Gangs;CSE; gangs; ")
    ['CSE', 'gangs']
    """
    parts = [part.strip(" ") for part in cell.split(";")]
    return list({part.casefold(): part for part in parts if part}.values())


def harms_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The table Harms: one row per case and type of harm, in the order of Review; of rows that left, too.

    A case without any type has one row that says so, so that every case is in a pivot.
    """
    listed = frame.loc[review_rules.is_row(frame)]
    rows = pd.DataFrame(
        {
            "Unique ID": listed["Unique ID"],  # as it stands there: the formula of Counts? looks for it
            "Type of harm": review_rules.texts(listed, "Type of harm").map(_harms),
            "Outcome": review_rules.texts(listed, "Outcome").replace("", NOT_FILLED),
            "Scenario": review_rules.scenario(listed).replace("", NOT_ANSWERED),
            "Counts?": review_rules.counts(listed),
        },
        columns=list(HARMS_HEADINGS),
        dtype=object,
    )
    return rows.explode("Type of harm").reset_index(drop=True).astype(object)


def _harms(cell: str) -> list[str]:
    """The types of harm of one cell, each once."""
    return split(cell) or [NOT_FILLED]


def thresholds_table(frame: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """The table Thresholds: Summary of harm / Outcome / Reason, one row per case in the sample.

    Cases of the same scenario and the same types of harm stand together, and those groups come first in which the
    outcomes differ: they are what the panel talks about. A case without an outcome does not differ.
    """
    rows = counted(frame)
    words = review_rules.keys(rows, "Outcome")
    order = pd.DataFrame(
        {
            "scenario": _rank(rows["Scenario"], review_rules.scenarios()),
            "harm": review_rules.keys(rows, "Type of harm").map(lambda cell: SEPARATOR.join(sorted(split(cell)))),
            "summary": review_rules.keys(rows, "Summary of harm"),
            "outcome": _rank(review_rules.texts(rows, "Outcome"), lists.words(lead_lists.OUTCOME)),
            "word": words.where(words != "", None),
            "id": review_rules.texts(rows, "Unique ID"),
        },
        index=rows.index,
    )
    groups = order.groupby(["scenario", "harm"], dropna=False)
    unlike, size = groups["word"].transform("nunique"), groups["id"].transform("size")
    order["alike"] = unlike < 2
    order["word"] = words
    sequence = order.sort_values(["scenario", "alike", "harm", "outcome", "word", "summary", "id"]).index
    table = pd.DataFrame(
        {
            "Scenario": rows["Scenario"].replace("", NOT_ANSWERED),
            "Type of harm": review_rules.texts(rows, "Type of harm"),
            "Like cases": [_like(*pair) for pair in zip(size, unlike, strict=True)],
            "Summary of harm": review_rules.texts(rows, "Summary of harm"),
            "Outcome": review_rules.texts(rows, "Outcome"),
            "Reason for closure or progression": rows["Reason for closure or progression (extract)"],
            "Quote to use?": review_rules.texts(rows, "Quote to use?"),
            "Unique ID": review_rules.texts(rows, "Unique ID"),
        },
        columns=list(THRESHOLDS_HEADINGS),
        dtype=object,
    )
    table = table.loc[sequence].reset_index(drop=True).astype(object)
    return table.where(table.notna() & (table != ""), None)


def _like(size: int, outcomes: int) -> str:
    """How many cases are alike, and whether their outcomes differ."""
    if size == 1:
        return "The only one"
    return f"{size} cases, {outcomes} outcomes" if outcomes > 1 else f"{size} cases"


def _rank(values: pd.Series, order: Sequence[str]) -> pd.Series:
    """The place of each word in `order`; words that are not in it come last."""
    places = {word.casefold(): place for place, word in enumerate(order)}
    return values.map(lambda word: places.get(str(word).casefold(), len(places)))
