"""Checks of dates: missing, unreadable, impossible, contradictory."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Asked, ColumnRule, FrameRule, ListRule, ReadingRule, Whole
from xl_dipsample.domain.long_list_checks.typed_list import known_day
from xl_dipsample.domain.narrowing.row_facts import OLDEST, years_between

FIRST_YEAR = 2000  # no case system in use holds earlier contacts worth a sample
OUTSIDE_SHARE = 0.2  # of the rows with a date: more looks like the wrong export or the wrong period
ENOUGH_DATES = 60  # below that, days that all lie in 1 to 12 can be chance
MONTHS = 12
DAYS_OF_BIRTH = ("Date of birth", "Date of birth, latest")


def _missing(dates: pd.DataFrame) -> pd.Series:
    """Rows without the date; none when no row has it, which a check of the whole list says once."""
    nothing = dates["state"] == "nothing"
    return nothing & (not nothing.all())


def _no_birth_but_age(reading: Reading) -> pd.Series:
    return _missing(reading.birth) & (reading.age["state"] == "ok")


def _period_date_missing(ends: pd.Series, asked: Asked) -> pd.Series:
    return ends.isna() & (asked.criteria.period_about == "End date")


def _born_after_contact(rows: pd.DataFrame, _: Asked) -> pd.Series:
    later: pd.Series = rows["Date of birth"] > rows["Contact date, latest"]
    return later


def _too_old(rows: pd.DataFrame, _: Asked) -> pd.Series:
    return years_between(rows["Date of birth, latest"], rows["Contact date"]) > OLDEST


def _ended_before_contact(rows: pd.DataFrame, _: Asked) -> pd.Series:
    before: pd.Series = rows["End date, latest"] < rows["Contact date"]
    return before


def _future(dates: pd.Series, asked: Asked) -> pd.Series:
    late: pd.Series = dates > pd.Timestamp(asked.today)
    return late


def _born_later_without_contact(rows: pd.DataFrame, asked: Asked) -> pd.Series:
    return _future(rows["Date of birth"], asked) & rows["Contact date"].isna()


def _first_of_january(rows: pd.DataFrame, _: Asked) -> pd.Series:
    birth = rows["Date of birth"]
    new_year: pd.Series = (birth.dt.month == 1) & (birth.dt.day == 1)
    return new_year & known_day(rows, "Date of birth")


def _too_early(contacts: pd.Series, _: Asked) -> pd.Series:
    early: pd.Series = contacts.dt.year < FIRST_YEAR
    return early


def _same_day(rows: pd.DataFrame, _: Asked) -> pd.Series:
    days = known_day(rows, "Date of birth") & known_day(rows, "Contact date")
    return days & (rows["Date of birth"] == rows["Contact date"])


def _outside_period(reading: Reading) -> tuple[Whole, ...]:
    low, high = reading.criteria.period_from, reading.criteria.period_to
    dates = reading.period
    outside = pd.Series(data=False, index=dates.index)
    if low is not None:
        outside |= dates["last"] < pd.Timestamp(low)
    if high is not None:
        outside |= dates["first"] > pd.Timestamp(high)
    dated = int(dates["first"].notna().sum())
    many = dated > 0 and outside.sum() > OUTSIDE_SHARE * dated
    return (Whole(f"{outside.sum()} of {dated}", int(outside.sum())),) if many else ()


def _never_after_the_twelfth(reading: Reading) -> tuple[Whole, ...]:
    days = reading.contact["first"][reading.contact["state"] == "day"].drop_duplicates()
    suspicious = len(days) >= ENOUGH_DATES and int(days.dt.day.max()) <= MONTHS
    return (Whole(alike=len(reading.raw)),) if suspicious else ()


RULES = (
    ReadingRule(
        "D01",
        "Error",
        "Date of birth",
        "The date of birth cannot be read as a date.",
        "Write it as day/month/year in the export and import again.",
        lambda reading: reading.birth["state"] == "unreadable",
    ),
    ReadingRule(
        "D02",
        "Error",
        "Contact date",
        "The contact date cannot be read as a date.",
        "Write it as day/month/year in the export and import again.",
        lambda reading: reading.contact["state"] == "unreadable",
    ),
    ReadingRule(
        "D03",
        "Warning",
        "End date",
        "The end date cannot be read as a date.",
        "Write it as day/month/year in the export and import again.",
        lambda reading: reading.end["state"] == "unreadable",
    ),
    ReadingRule(
        "D04",
        "Warning",
        "Date of birth",
        "There is no date of birth, so the age that the export gives is used.",
        "Add the date of birth, or check that the age is the age at the contact and not today's.",
        _no_birth_but_age,
    ),
    ReadingRule(
        "D05",
        "Error",
        "Contact date",
        "There is no contact date.",
        "Add the contact date in the export and import again; without it the age at the contact is not known.",
        lambda reading: _missing(reading.contact),
    ),
    FrameRule(
        "D06",
        "Error",
        "Date of birth",
        "The date of birth is after the contact date.",
        "Correct the wrong one of the two dates; an unborn child does not belong in the sample.",
        ("Date of birth", "Contact date, latest"),
        _born_after_contact,
    ),
    FrameRule(
        "D07",
        "Error",
        "Date of birth",
        "By the date of birth the person was older than 120 at the contact.",
        "Correct the date of birth, often its century, or the contact date.",
        ("Date of birth, latest", "Contact date"),
        _too_old,
    ),
    ColumnRule(
        "D08",
        "Error",
        "Contact date",
        "The contact date lies in the future.",
        "Correct the contact date; day and month may have changed places.",
        _future,
    ),
    ColumnRule(
        "D09",
        "Error",
        "End date",
        "There is no end date that can be read, and the period on Focus is about the end date.",
        "Add the end date, or make the period on Focus about the contact date; until then the row stays.",
        _period_date_missing,
    ),
    FrameRule(
        "D10",
        "Error",
        "End date",
        "The end date is before the contact date.",
        "Correct the wrong one of the two dates; day and month may have changed places.",
        ("End date, latest", "Contact date"),
        _ended_before_contact,
    ),
    FrameRule(
        "D11",
        "Note",
        "Date of birth",
        "The date of birth is a 1 January, which often stands for a date that is not known.",
        "Check it in the case file if the age is near the cut-off.",
        DAYS_OF_BIRTH,
        _first_of_january,
    ),
    ColumnRule(
        "D12",
        "Warning",
        "Contact date",
        "The contact date is before 2000.",
        "Check that it is not the date of birth, and correct its year.",
        _too_early,
    ),
    FrameRule(
        "D13",
        "Warning",
        "Date of birth",
        "The date of birth is the contact date.",
        "Check that the same date was not typed twice.",
        (*DAYS_OF_BIRTH, "Contact date", "Contact date, latest"),
        _same_day,
    ),
    ReadingRule(
        "D14",
        "Note",
        "Date of birth",
        "Only the month of birth is known, so the age can be one of two.",
        "Nothing, unless the age is near the cut-off: then look on Case check.",
        lambda reading: reading.birth["state"] == "month",
    ),
    ReadingRule(
        "D15",
        "Warning",
        "Contact date",
        "Only the month of the contact is known.",
        "Add the day in the export and import again, or look at the row on Case check.",
        lambda reading: reading.contact["state"] == "month",
    ),
    FrameRule(
        "D16",
        "Error",
        "Date of birth",
        "The date of birth lies in the future, and there is no contact date beside it.",
        "Correct the date of birth and add the contact date.",
        ("Date of birth", "Contact date"),
        _born_later_without_contact,
    ),
    ColumnRule(
        "D17",
        "Warning",
        "End date",
        "The end date lies in the future.",
        "Correct the end date, or clear it when the work is still open.",
        _future,
    ),
    ListRule(
        "D18",
        "Warning",
        "",
        "More than one row in five lies outside the period on Focus.",
        "Check the period on Focus and that this is the right export; rows outside the period leave.",
        _outside_period,
    ),
    ListRule(
        "D19",
        "Warning",
        "Contact date",
        "No contact date has a day above 12, so day and month may have changed places in the whole export.",
        "Compare some rows with the case system; if they are wrong, export again with UK dates.",
        _never_after_the_twelfth,
    ),
)
