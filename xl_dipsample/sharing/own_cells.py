"""Cells that this program filled with dates, months and counts: judged by what they are, not by what their digits are.

Among thousands of children, some date of contact is somebody's date of birth, and some case ID reads like a month or a
count. A contact date is looked at for one thing only: whether it is the date of birth of the row's own child. A count
is believed when the funnel adds up. What is not of that shape, such as a word more in the cell, is searched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.privacy.scanner.allowed import CHARTS
from xl_dipsample.workbook.sheets import start_sheet
from xl_dipsample.workbook.specs import spec

LEAST_NUMBER = 10_000  # smaller numbers are ages and counts; case IDs under five digits are not looked for in them
COUNTED = ("Funnel", "FunnelCategories", "FunnelGroups", "YoungPeople", "Exclusions")
MONTHS = (("Review", "Contact date"), ("Review", "DOB"), ("SetAside", "Contact date"), ("SetAside", "DOB"))
PERIOD = ("Period from", "Period to")
_MONTH = re.compile(r"(?:0[1-9]|1[0-2])/(?:19|20)\d\d")
_SHOWN = ("sheet Funnel", "sheet Exclusions", "sheet Summary", "sheet Charts", CHARTS)  # where its counts stand
CONTACT = "Contact date"
_OLD_ENOUGH = 4 * 365  # days
_DAY_0 = dt.date(1899, 12, 30)


def is_date(table: spec.Table, heading: str, setting: str = "") -> bool:
    """Whether a cell with a date in it holds one that says when something was done or recorded.

    `setting`: the name of the setting, where the row is one.
    """
    if table.name == "Focus" and heading == "Value":
        return setting in PERIOD
    if (table.name, heading) in MONTHS:
        return True
    return heading in table.headings and table.column(heading).by == "us" and "date" in table.column(heading).type


def is_month(table: str, heading: str, value: object) -> bool:
    """Whether a cell is a month as Pseudonymise writes it.

    >>> is_month("Review", "Contact date", "03/2026"), is_month("Review", "Contact date", "03/2026 Synthetic")
    (True, False)
    """
    return (table, heading) in MONTHS and isinstance(value, str) and bool(_MONTH.fullmatch(value))


def largest_count(funnel: pd.DataFrame | None) -> int:
    """The largest number that is a count for sure: that of the long list, when the funnel adds up.

    >>> rows = [["Long list", None, 32_026], ["Period", 26, 32_000], ["Sample", 0, 32_000]]
    >>> largest_count(pd.DataFrame(rows, columns=["Stage", "Excluded", "Remaining"], dtype=object))
    32026
    >>> largest_count(pd.DataFrame(rows[1:], columns=["Stage", "Excluded", "Remaining"], dtype=object))
    9999
    """
    if funnel is None or len(funnel) < 2 or not trimmed(funnel["Stage"].iloc[0]).startswith("Long list"):
        return LEAST_NUMBER - 1
    last = first = _count(funnel["Remaining"].iloc[0])
    for excluded, remaining in zip(funnel["Excluded"].iloc[1:], funnel["Remaining"].iloc[1:], strict=True):
        left = last if is_nothing(remaining) else _count(remaining)
        if left != last - (0 if is_nothing(excluded) else _count(excluded)):
            return LEAST_NUMBER - 1
        last = left
    return max(first, LEAST_NUMBER - 1)


def made(
    tables: Mapping[str, pd.DataFrame], births: Mapping[str, dt.date], *, doubted: Collection[dt.date] = ()
) -> frozenset[tuple[str, str]]:
    """Those cells of a workbook made from these tables, as `scanner.Allowed.made` wants them.

    `births`: unique ID -> date of birth, of the sampled children. `doubted`: days that are no contact date for sure.
    """
    return frozenset(_made(tables, births, doubted))


def mixed_up(tables: Mapping[str, pd.DataFrame], births: Mapping[str, dt.date]) -> frozenset[dt.date]:
    """Contact dates that look as if dates of birth had come into their column.

    Such a day is outside the period of Focus, and the birthday of a sampled child who was old enough at its own
    contact: a birthday that somebody mistyped lies near the contacts, and is none of these.
    """
    review, said = tables["Review"], dict(zip(tables["Focus"]["Setting"], tables["Focus"]["Value"], strict=True))
    contacts = dict(zip(review["Unique ID"], review["Contact date"], strict=True))
    days = {day for day in contacts.values() if isinstance(day, dt.date)}
    first, last = (said.get(name) for name in PERIOD)
    inside = {day for day in days if _within(day, first, last)}
    old_enough = {
        day
        for unique_id, day in births.items()
        if not isinstance(own := contacts.get(unique_id), dt.date) or (own - day).days >= _OLD_ENOUGH
    }
    return frozenset((days - inside) & old_enough)


def _within(day: dt.date, first: object, last: object) -> bool:
    """Whether a day lies in a period that has both ends."""
    ends = [one.date() if isinstance(one, dt.datetime) else one for one in (first, last)]
    return all(isinstance(one, dt.date) for one in ends) and ends[0] <= day <= ends[1]  # type: ignore[operator]


def _made(
    tables: Mapping[str, pd.DataFrame], births: Mapping[str, dt.date], doubted: Collection[dt.date]
) -> Iterator[tuple[str, str]]:
    for table in spec.tables("review"):
        frame = tables.get(table.name)
        if frame is None:
            continue
        sheet = f"sheet {table.sheet}"
        scopes = [trimmed(one) for one in frame["Unique ID"]] if "Unique ID" in frame.columns else [""] * len(frame)
        settings = frame.iloc[:, 0].tolist() if len(frame.columns) else []
        for heading in frame.columns:
            for scope, setting, value in zip(scopes, settings, frame[heading].tolist(), strict=True):
                if is_month(table.name, heading, value):
                    yield scope or sheet, value
                elif isinstance(value, dt.date) and is_date(table, heading, trimmed(setting)):
                    day = value.date() if isinstance(value, dt.datetime) else value
                    if births.get(scope) != day and not (heading == CONTACT and day in doubted):
                        yield scope or sheet, str((day - _DAY_0).days)
    yield from _counts(tables)
    if "Focus" in tables:
        yield f"sheet {spec.table('review', 'Start').sheet}", start_sheet.period_words(tables["Focus"])


def _counts(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    largest = largest_count(tables.get("Funnel"))
    for name in COUNTED if largest >= LEAST_NUMBER else ():
        for value in tables[name].to_numpy().ravel() if name in tables else ():
            if isinstance(value, (int, float, np.number)) and LEAST_NUMBER <= value <= largest:
                yield from ((where, str(int(value))) for where in _SHOWN)


def _count(value: object) -> int:
    return int(value) if isinstance(value, (int, float, np.number)) and value == int(value) else -1
