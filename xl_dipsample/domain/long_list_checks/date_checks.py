"""Checks of dates: missing, unreadable, impossible, contradictory."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import ListRule, RowRule, Whole
from xl_dipsample.domain.narrowing.row_facts import OLDEST, years_between

FIRST_YEAR = 2000  # no case system in use holds earlier contacts worth a sample
OUTSIDE_SHARE = 0.2  # of the rows with a date: more looks like the wrong export or the wrong period
ENOUGH_DATES = 60  # below that, days that all lie in 1 to 12 can be chance
MONTHS = 12


def _missing(dates: pd.DataFrame) -> pd.Series:
    """Rows without the date; none when no row has it, which a check of the whole list says once."""
    nothing = dates["state"] == "nothing"
    return nothing & (not nothing.all())


def _period_date_missing(reading: Reading) -> pd.Series:
    about_end = reading.criteria.period_about == "End date"
    return reading.period["state"].isin(["nothing", "unreadable"]) & about_end


def _no_birth_but_age(reading: Reading) -> pd.Series:
    return _missing(reading.birth) & (reading.age["state"] == "ok")


def _too_old(reading: Reading) -> pd.Series:
    return _years_at_least(reading) > OLDEST


def _years_at_least(reading: Reading) -> pd.Series:
    """Whole years between birth and contact, the youngest they can be."""
    return years_between(reading.birth["last"], reading.contact["first"])


def _future(reading: Reading, dates: pd.DataFrame) -> pd.Series:
    late: pd.Series = dates["first"] > pd.Timestamp(reading.today)
    return late


def _born_later_without_contact(reading: Reading) -> pd.Series:
    return _future(reading, reading.birth) & reading.contact["first"].isna()


def _first_of_january(reading: Reading) -> pd.Series:
    birth = reading.birth
    new_year: pd.Series = (birth["first"].dt.month == 1) & (birth["first"].dt.day == 1)
    return new_year & (birth["state"] == "day")


def _same_day(reading: Reading) -> pd.Series:
    days = (reading.birth["state"] == "day") & (reading.contact["state"] == "day")
    return days & (reading.birth["first"] == reading.contact["first"])


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
    RowRule(
        "D01",
        "Error",
        "Date of birth",
        "The date of birth cannot be read as a date.",
        "Write it as day/month/year in the export and import again.",
        lambda reading: reading.birth["state"] == "unreadable",
    ),
    RowRule(
        "D02",
        "Error",
        "Contact date",
        "The contact date cannot be read as a date.",
        "Write it as day/month/year in the export and import again.",
        lambda reading: reading.contact["state"] == "unreadable",
    ),
    RowRule(
        "D03",
        "Warning",
        "End date",
        "The end date cannot be read as a date.",
        "Write it as day/month/year in the export and import again.",
        lambda reading: reading.end["state"] == "unreadable",
    ),
    RowRule(
        "D04",
        "Warning",
        "Date of birth",
        "There is no date of birth, so the age that the export gives is used.",
        "Add the date of birth, or check that the age is the age at the contact and not today's.",
        _no_birth_but_age,
    ),
    RowRule(
        "D05",
        "Error",
        "Contact date",
        "There is no contact date.",
        "Add the contact date in the export and import again; without it the age at the contact is not known.",
        lambda reading: _missing(reading.contact),
    ),
    RowRule(
        "D06",
        "Error",
        "Date of birth",
        "The date of birth is after the contact date.",
        "Correct the wrong one of the two dates; an unborn child does not belong in the sample.",
        lambda reading: reading.birth["first"] > reading.contact["last"],
    ),
    RowRule(
        "D07",
        "Error",
        "Date of birth",
        "By the date of birth the person was older than 120 at the contact.",
        "Correct the date of birth, often its century, or the contact date.",
        _too_old,
    ),
    RowRule(
        "D08",
        "Error",
        "Contact date",
        "The contact date lies in the future.",
        "Correct the contact date; day and month may have changed places.",
        lambda reading: _future(reading, reading.contact),
    ),
    RowRule(
        "D09",
        "Error",
        "End date",
        "There is no end date that can be read, and the period on Focus is about the end date.",
        "Add the end date, or make the period on Focus about the contact date; until then the row stays.",
        _period_date_missing,
    ),
    RowRule(
        "D10",
        "Error",
        "End date",
        "The end date is before the contact date.",
        "Correct the wrong one of the two dates; day and month may have changed places.",
        lambda reading: reading.end["last"] < reading.contact["first"],
    ),
    RowRule(
        "D11",
        "Note",
        "Date of birth",
        "The date of birth is a 1 January, which often stands for a date that is not known.",
        "Check it in the case file if the age is near the cut-off.",
        _first_of_january,
    ),
    RowRule(
        "D12",
        "Warning",
        "Contact date",
        "The contact date is before 2000.",
        "Check that it is not the date of birth, and correct its year.",
        lambda reading: reading.contact["last"].dt.year < FIRST_YEAR,
    ),
    RowRule(
        "D13",
        "Warning",
        "Date of birth",
        "The date of birth is the contact date.",
        "Check that the same date was not typed twice.",
        _same_day,
    ),
    RowRule(
        "D14",
        "Note",
        "Date of birth",
        "Only the month of birth is known, so the age can be one of two.",
        "Nothing, unless the age is near the cut-off: then look on Case check.",
        lambda reading: reading.birth["state"] == "month",
    ),
    RowRule(
        "D15",
        "Warning",
        "Contact date",
        "Only the month of the contact is known.",
        "Add the day in the export and import again, or look at the row on Case check.",
        lambda reading: reading.contact["state"] == "month",
    ),
    RowRule(
        "D16",
        "Error",
        "Date of birth",
        "The date of birth lies in the future, and there is no contact date beside it.",
        "Correct the date of birth and add the contact date.",
        _born_later_without_contact,
    ),
    RowRule(
        "D17",
        "Warning",
        "End date",
        "The end date lies in the future.",
        "Correct the end date, or clear it when the work is still open.",
        lambda reading: _future(reading, reading.end),
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
