"""Checks of ages, as exported and by date of birth."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Asked, FrameRule, ReadingRule
from xl_dipsample.domain.narrowing.row_facts import OLDEST, years_between

ADULT, OLD = 18, 25  # 25: the end of councils' duties to care leavers and young people with EHC plans
AGES = ("Date of birth", "Contact date, latest", "Age")
SLACK = 1  # year: an export's age is often today's, or rounded


def _not_known(reading: Reading) -> pd.Series:
    neither = (reading.birth["state"] == "nothing") & (reading.age["state"] == "nothing")
    return neither & (not neither.all())


def _at_contact(rows: pd.DataFrame) -> pd.Series:
    """Whole years at the contact by date of birth, the oldest they can be; NaN when a date is missing."""
    return years_between(rows["Date of birth"], rows["Contact date, latest"])


def _differs(rows: pd.DataFrame, _: Asked) -> pd.Series:
    by_birth = _at_contact(rows)
    return ((by_birth - rows["Age"]).abs() > SLACK) & by_birth.between(0, OLDEST)


def _between(low: int, high: int) -> Callable[[pd.DataFrame, Asked], pd.Series]:
    """By date of birth, otherwise as exported."""
    return lambda rows, _: _at_contact(rows).fillna(rows["Age"]).between(low, high)


RULES = (
    ReadingRule(
        "A01",
        "Error",
        "Age",
        "There is neither a date of birth nor an age.",
        "Add the date of birth in the export and import again; until then the row stays, with its age not known.",
        _not_known,
    ),
    ReadingRule(
        "A02",
        "Warning",
        "Age",
        "The age cannot be read as a number of years from 0 to 120.",
        "Write whole years in the export, or rely on the date of birth where there is one.",
        lambda reading: reading.age["state"] == "unreadable",
    ),
    FrameRule(
        "A03",
        "Warning",
        "Age",
        "The age differs from the age at the contact by the date of birth by more than a year.",
        "Check the date of birth; it is what counts. The export's age is often today's.",
        AGES,
        _differs,
    ),
    FrameRule(
        "A04",
        "Note",
        "Date of birth",
        "The young person was 18 or older at the contact.",
        "Check the dates, or set an upper age on Criteria if adults do not belong in the sample.",
        AGES,
        _between(ADULT, OLD - 1),
    ),
    FrameRule(
        "A05",
        "Warning",
        "Date of birth",
        "The person was 25 or older at the contact, perhaps a parent whose date stands in the child's row.",
        "Check the dates, or set an upper age on Criteria if adults do not belong in the sample.",
        AGES,
        _between(OLD, OLDEST),
    ),
)
