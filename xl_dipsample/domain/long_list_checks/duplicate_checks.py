"""Checks of rows that are there more than once."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import RowRule
from xl_dipsample.domain.narrowing.stages import duplicate_rows

MANY_ROWS = 25  # for one case ID in one list


def _same_child_same_day(reading: Reading) -> pd.Series:
    first = reading.contact["first"]
    known = reading.case_id.notna() & (reading.contact["state"] == "day")
    rows = first[known].groupby([reading.case_id[known], first[known]]).transform("size")
    return (rows > 1).reindex(first.index, fill_value=False)


def _identical(reading: Reading) -> pd.Series:
    again = duplicate_rows(reading.raw, list(reading.source_columns)).index
    return pd.Series(reading.raw.index.isin(again), index=reading.raw.index)


def _another_day(reading: Reading) -> pd.Series:
    """More rows for one case ID than a sample of contacts usually has."""
    rows = reading.case_id.groupby(reading.case_id).transform("size")
    return (rows > MANY_ROWS).reindex(reading.raw.index, fill_value=False)


RULES = (
    RowRule(
        "R01",
        "Note",
        "Record",
        "The row is the same as an earlier one in every cell of the export.",
        "Nothing: Narrow down takes it away and logs it.",
        _identical,
    ),
    RowRule(
        "R02",
        "Note",
        "Contact date",
        "Another row has the same case ID and contact date.",
        "Nothing, when each row is one type of harm: Narrow down joins them. Otherwise check for double entries.",
        _same_child_same_day,
    ),
    RowRule(
        "R03",
        "Warning",
        "Case ID",
        "More than 25 rows have this case ID.",
        "Check that it is a young person's number and not a team's, a worker's or a family's.",
        _another_day,
    ),
)
