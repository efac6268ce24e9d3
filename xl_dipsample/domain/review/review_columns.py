"""What is done with each column of Review, as its line in 10_review.toml says.

A use that says `true` comes in the order of the columns; one that says a number stands at that place. So what is asked
first in the guide can be shown first, wherever its column stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pandas as pd

from xl_dipsample.domain.shared import lead_lists, sheet_files, word_lists
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.sheet_files import Column, Place

TABLE = "Review"


@cache
def columns() -> tuple[Column, ...]:
    """The columns of Review in their order, then what is derived from them."""
    raw = sheet_files.table("review", TABLE)
    return (*map(sheet_files.column, raw["columns"]), *sheet_files.derived(raw))


@cache
def column(heading: str) -> Column:
    """One of them. Raises KeyError."""
    return {one.heading: one for one in columns()}[heading]


@cache
def required() -> tuple[str, ...]:
    """The headings that a row needs for "Complete", in their order."""
    return tuple(one.heading for one in columns() if one.required)


@cache
def required_when_left() -> tuple[str, ...]:
    """The headings that a row needs when it left the sample."""
    return tuple(one.heading for one in columns() if one.required_when_left)


@cache
def staying() -> tuple[str, ...]:
    """The headings of what stands in Review and on its Start alone.

    >>> staying()
    ('Act now?', 'Acted by', 'Acted on')
    """
    return tuple(one.heading for one in columns() if one.stays)


def to_count(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables as whoever counts, compares or tells of them takes them: Review without what stays there."""
    return {name: without_staying(frame) if name == TABLE else frame for name, frame in tables.items()}


def without_staying(review: pd.DataFrame) -> pd.DataFrame:
    """Table Review without what stays there."""
    return review.drop(columns=[heading for heading in staying() if heading in review.columns])


@cache
def counted() -> tuple[Column, ...]:
    """The blocks of Summary, in their order.

    >>> [one.heading for one in counted()][:2]
    ['Type of harm', 'Age band']
    """
    return placed(columns(), lambda one: one.count)


@cache
def grouped() -> tuple[Column, ...]:
    """What the groups of Variations are made by, in its order."""
    return placed(columns(), lambda one: one.group_by)


@cache
def compared() -> tuple[Column, ...]:
    """The columns in which two readers are compared, in the order of Second reader."""
    return placed(columns(), lambda one: one.second_reader)


@cache
def charted() -> tuple[Column, ...]:
    """The columns that have a chart of their words, in the order of Charts."""
    return placed(columns(), lambda one: one.chart)


@cache
def crossed() -> tuple[Column, ...]:
    """The columns that have a chart of decisions, in the order of Charts."""
    return placed(columns(), lambda one: one.crossed)


def placed(among: Iterable[Column], use: Callable[[Column], Place]) -> tuple[Column, ...]:
    """The columns that have this use: those with a number at their place, the others between them.

    >>> made = [Column(name, "text", 9, "us", count=place) for name, place in (("A", True), ("B", 1), ("C", False))]
    >>> [one.heading for one in placed(made, lambda one: one.count)]
    ['B', 'A']
    """
    chosen = [one for one in among if use(one) is not False]
    fixed = {use(one): one for one in chosen if use(one) is not True}
    others = iter([one for one in chosen if use(one) is True])
    return tuple(fixed[place] if place in fixed else next(others) for place in range(1, len(chosen) + 1))


def words(heading: str, lists: Lists) -> tuple[str, ...]:
    """The words that are counted in a column, in their order; none where there is no list. `lists`: the workbook's.

    >>> words("Level of harm", lead_lists.shipped())
    ('Significant harm', 'In need', 'Not clear from the file')
    """
    return words_of(column(heading), lists)


def words_of(one: Column, lists: Lists) -> tuple[str, ...]:
    """The same of a column, also of one that a question of the team makes: that brings its choices."""
    name = one.words or one.list
    if one.choices:
        return (*one.choices, *one.also)
    if name in lead_lists.DROP_DOWNS:
        return (*lists.words(lead_lists.DROP_DOWNS[name]), *one.also)
    return (*(word_lists.words(name) if name else ()), *one.also)
