"""The period of a sample, and the years of the Department for Education's census that it falls in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import dates
from xl_dipsample.domain.shared.cell import excel_text

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Period:
    """First and last day; None where that is not known. `from_contacts`: taken from Review, since Focus has none."""

    first: dt.date | None = None
    last: dt.date | None = None
    from_contacts: bool = False

    @property
    def years(self) -> range | None:
        """The census years that the period touches, each named by the year in which it ends (on 31 March).

        >>> list(Period(dt.date(2022, 3, 1), dt.date(2022, 4, 1)).years)
        [2022, 2023]
        """
        first, last = self.first or self.last, self.last or self.first
        if first is None or last is None:
            return None
        ends = sorted((census_year(first), census_year(last)))
        return range(ends[0], ends[1] + 1)

    @property
    def words(self) -> str:
        """The period as people read it; months alone where it comes from single cases' dates."""
        if self.first is None and self.last is None:
            return NOT_KNOWN
        if self.from_contacts:
            first, last = (f"{day:%m/%Y}" if day else NOT_KNOWN for day in (self.first, self.last))
            return f"not set; contacts {first} to {last}"
        first, last = (f"{day:%d/%m/%Y}" if day else "open" for day in (self.first, self.last))
        return f"{first} to {last}"


def census_year(day: dt.date) -> int:
    """The year in which the census year of a day ends.

    >>> census_year(dt.date(2022, 3, 31)), census_year(dt.date(2022, 4, 1))
    (2022, 2023)
    """
    return day.year + (day.month >= 4)


def period(tables: Mapping[str, pd.DataFrame]) -> Period:
    """The period on Focus; where it is blank there, from the first to the last contact of the cases in the sample."""
    first, last = (_setting(tables.get("Focus"), name) for name in ("Period from", "Period to"))
    if first.first is not None or last.last is not None:
        return Period(first.first, last.last)
    rows = tables.get("Review")
    if rows is None or "Contact date" not in rows.columns:
        return Period()
    read = dates.parse_dates(rows.loc[review_rules.in_sample(rows), "Contact date"])
    if not read["first"].notna().any():
        return Period()
    return Period(read["first"].min().date(), read["last"].max().date(), from_contacts=True)


def _setting(focus: pd.DataFrame | None, name: str) -> dates.Read:
    if focus is None:
        return dates.NOTHING
    for setting, value in zip(focus["Setting"].tolist(), focus["Value"].tolist(), strict=True):
        if excel_text(setting) == name:
            return dates.read_date(value)
    return dates.NOTHING
