"""Checks of rows that are there more than once."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Asked, ColumnRule, FrameRule, ReadingRule
from xl_dipsample.domain.long_list_checks.typed_list import known_day
from xl_dipsample.domain.narrowing.stages import duplicate_rows

MANY_ROWS = 25  # for one case ID in one list


def _same_child_same_day(rows: pd.DataFrame, _: Asked) -> pd.Series:
    known = rows["Case ID"].notna() & known_day(rows, "Contact date")
    again = rows.loc[known, ["Case ID", "Contact date"]].duplicated(keep=False)
    return again.reindex(rows.index, fill_value=False)


def _identical(reading: Reading) -> pd.Series:
    again = duplicate_rows(reading.raw, list(reading.source_columns)).index
    return pd.Series(reading.raw.index.isin(again), index=reading.raw.index)


def _many_rows(ids: pd.Series, _: Asked) -> pd.Series:
    """More rows for one case ID than a sample of contacts usually has."""
    rows = ids.groupby(ids).transform("size")
    return (rows > MANY_ROWS).reindex(ids.index, fill_value=False)


RULES = (
    ReadingRule(
        "R01",
        "Note",
        "Record",
        "The row is the same as an earlier one in every cell of the export.",
        "Nothing: Narrow down takes it away and logs it.",
        _identical,
    ),
    FrameRule(
        "R02",
        "Note",
        "Contact date",
        "Another row has the same case ID and contact date.",
        "Nothing, when each row is one type of harm: Narrow down joins them. Otherwise check for double entries.",
        ("Case ID", "Contact date", "Contact date, latest"),
        _same_child_same_day,
    ),
    ColumnRule(
        "R03",
        "Warning",
        "Case ID",
        "More than 25 rows have this case ID.",
        "Check that it is a young person's number and not a team's, a worker's or a family's.",
        _many_rows,
    ),
)
