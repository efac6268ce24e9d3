"""The long list with each column as what its spec says it is: what the checks of the data look at.

A date that is a month has two ends, so a column of dates has a twin, "Contact date, latest". That a value could not be
read is a finding of its own (D01, A02, ...), taken from how the cell was read, so that no NaT hides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import WORD_FIELDS, Reading
from xl_dipsample.domain.shared import columns_read

# The type of a spec column -> how pandas holds it once it is parsed.
DAY: Final = "datetime64[us]"
NUMBER: Final = "float64"
TEXT: Final = "object"
DTYPES: dict[str, str] = {"date": DAY, "datetime": DAY, "whole": NUMBER, "number": NUMBER}


def latest(heading: str) -> str:
    """The column with the last day that a date can mean.

    >>> latest("Contact date")
    'Contact date, latest'
    """
    return f"{heading}, latest"


def known_day(rows: pd.DataFrame, heading: str) -> pd.Series:
    """Where a date is one day, and not a month or missing."""
    same: pd.Series = rows[heading] == rows[latest(heading)]
    return same


def dtypes(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The columns of the typed list and what pandas holds them as; `pairs` are (heading, type) of the spec."""
    kinds = {heading: DTYPES.get(kind, TEXT) for heading, kind in pairs}
    return kinds | {latest(heading): DAY for heading, kind in kinds.items() if kind == DAY}


def typed(reading: Reading, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The typed list: dates as their first and last day, ages and numbers as floats, case IDs and names as text.

    Outcome, Ethnicity, Gender and Referred to? are in the words of reference/ ("Not mapped" for a label that nobody
    mapped). What cannot be read is NaT, NaN or None here.
    """
    columns: dict[str, pd.Series] = {}
    for heading, dtype in dtypes(pairs).items():
        if heading in columns:
            continue
        if dtype == DAY:
            dates = _dates(reading, heading)
            columns[heading] = dates["first"].astype(DAY)
            columns[latest(heading)] = dates["last"].astype(DAY)
        else:
            columns[heading] = _numbers(reading, heading) if dtype == NUMBER else _texts(reading, heading)
    return pd.DataFrame(columns, index=reading.raw.index)


def _dates(reading: Reading, heading: str) -> pd.DataFrame:
    parsed = {"Date of birth": "birth", "Contact date": "contact", "End date": "end"}
    if heading in parsed:
        dates: pd.DataFrame = getattr(reading, parsed[heading])
        return dates
    return columns_read.parse_dates(reading.raw[heading])


def _numbers(reading: Reading, heading: str) -> pd.Series:
    if heading == "Age":
        return reading.age["years"]
    return pd.to_numeric(reading.raw[heading], errors="coerce").astype(NUMBER)


def _texts(reading: Reading, heading: str) -> pd.Series:
    if heading in WORD_FIELDS:
        return reading.words(heading)["word"]
    if heading == "Case ID":
        return reading.case_id
    return reading.name if heading == "Name" else reading.raw[heading]
