"""What Summary, Charts and Thresholds count, in pandas; and the two tables that `analyse` fills from Review.

The live sheets count the same by formula. Words are compared as domain/review.py reads cells; a cell that may hold
several words has them between semicolons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain import reference, review

SEPARATOR = "; "
THRESHOLDS_HEADINGS = (
    "Unique ID",
    "Scenario",
    "Summary of harm",
    "Outcome",
    "Reason for closure or progression",
)
HARMS_HEADINGS = ("Unique ID", "Type of harm", "Outcome", "Scenario", "In sample?")
NOT_FILLED, NOT_ANSWERED = "Not filled in yet", "Not yet answered"


class Tally(NamedTuple):
    """How many rows have each word (in the order asked), words that were not asked for, nothing at all."""

    words: dict[str, int]
    other: int
    blank: int


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of Review that count, with Scenario, Age band and Check worked out anew.

    What the file remembers in formula columns may be from before the last typing.
    """
    fresh = frame.copy()
    fresh["Scenario"] = review.scenario(frame)
    ages = review.texts(frame, "Age at time of contact")
    fresh["Age band"] = review.age_band(ages)
    fresh["Check"] = review.review_check(frame)
    return fresh.loc[review.in_sample(frame)]


class Masks(NamedTuple):
    """True where a row has each word, a word that was not asked for, nothing at all."""

    words: list[pd.Series]
    other: pd.Series
    blank: pd.Series


def masks(rows: pd.DataFrame, heading: str, words: Sequence[str], *, several: bool = False) -> Masks:
    """Look for `words` in one column of `rows`; `several`: a cell may hold more than one."""
    cells = review.keys(rows, heading).tolist()
    held = [_parts(cell) if several else {cell} - {""} for cell in cells]
    known = [word.casefold() for word in words]

    def mask(truths: list[bool]) -> pd.Series:
        return pd.Series(truths, index=rows.index, dtype=bool)

    return Masks(
        words=[mask([key in one for one in held]) for key in known],
        other=mask([not one.issubset(known) for one in held]),
        blank=mask([cell == "" for cell in cells]),
    )


def tally(rows: pd.DataFrame, heading: str, words: Sequence[str], *, several: bool = False) -> Tally:
    """Count `words` in one column of `rows`; with `several` they can overlap.

    >>> rows = pd.DataFrame({"Referred to?": ["Police; Housing", "police", "a friend", None]}, dtype=object)
    >>> tally(rows, "Referred to?", ["Police", "Housing"], several=True)
    Tally(words={'Police': 2, 'Housing': 1}, other=1, blank=1)
    """
    found = masks(rows, heading, words, several=several)
    return Tally(
        words={word: int(mask.sum()) for word, mask in zip(words, found.words, strict=True)},
        other=int(found.other.sum()),
        blank=int(found.blank.sum()),
    )


def _parts(cell: str) -> set[str]:
    """The words between the semicolons."""
    return {part.strip(" ") for part in cell.split(";")} - {""}


def harms_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The table Harms: one row per case and type of harm, in the order of Review; rows that left say No.

    A case without any type has one row that says so, so that every case is in a pivot.
    """
    listed = frame.loc[review.is_row(frame)]
    rows = pd.DataFrame(
        {
            "Unique ID": review.texts(listed, "Unique ID"),
            "Type of harm": review.texts(listed, "Type of harm").map(_harms),
            "Outcome": review.texts(listed, "Outcome").replace("", NOT_FILLED),
            "Scenario": review.scenario(listed).replace("", NOT_ANSWERED),
            "In sample?": review.in_sample(listed).map({True: "Yes", False: "No"}),
        },
        columns=list(HARMS_HEADINGS),
        dtype=object,
    )
    return rows.explode("Type of harm").reset_index(drop=True).astype(object)


def _harms(cell: str) -> list[str]:
    """The types of harm of one cell, each once."""
    parts = [part.strip(" ") for part in cell.split(";")]
    return list(dict.fromkeys(part for part in parts if part)) or [NOT_FILLED]


def thresholds_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The table Thresholds: Summary of harm / Outcome / Reason, one row per case in the sample.

    Cases of the same scenario and the same types of harm stand together, and those groups come first in which the
    outcomes differ: they are what the panel talks about.
    """
    rows = counted(frame)
    order = pd.DataFrame(
        {
            "scenario": _rank(rows["Scenario"], review.scenarios()),
            "harm": review.keys(rows, "Type of harm").map(lambda cell: SEPARATOR.join(sorted(_parts(cell)))),
            "summary": review.keys(rows, "Summary of harm"),
            "outcome": _rank(review.texts(rows, "Outcome"), reference.words("outcomes", "outcome")),
            "word": review.keys(rows, "Outcome"),
            "id": review.texts(rows, "Unique ID"),
        },
        index=rows.index,
    )
    unlike = order.groupby(["scenario", "harm"], dropna=False)["word"].transform("nunique")
    order["alike"] = unlike < 2
    sequence = order.sort_values(["scenario", "alike", "harm", "outcome", "word", "summary", "id"]).index
    table = pd.DataFrame(
        {
            "Unique ID": review.texts(rows, "Unique ID"),
            "Scenario": rows["Scenario"].replace("", NOT_ANSWERED),
            "Summary of harm": review.texts(rows, "Summary of harm"),
            "Outcome": review.texts(rows, "Outcome"),
            "Reason for closure or progression": rows["Reason for closure or progression (extract)"],
        },
        columns=list(THRESHOLDS_HEADINGS),
        dtype=object,
    )
    table = table.loc[sequence].reset_index(drop=True).astype(object)
    return table.where(table.notna() & (table != ""), None)


def _rank(values: pd.Series, order: Sequence[str]) -> pd.Series:
    """The place of each word in `order`; words that are not in it come last."""
    places = {word.casefold(): place for place, word in enumerate(order)}
    return values.map(lambda word: places.get(str(word).casefold(), len(places)))
