"""Checks of what the rows of one young person say about them: contradictions."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import RowRule

SAYS_NOTHING = ("Not stated or recorded", "Not mapped", "Unknown", "Refused", "Information not yet obtained")


def _several(reading: Reading, said: pd.Series) -> pd.Series:
    """Rows of a case ID for which more than one different thing is said; nothing said does not count."""
    known = reading.case_id.notna() & said.notna()
    count = said[known].groupby(reading.case_id[known]).transform("nunique")
    return (count > 1).reindex(said.index, fill_value=False)


def _days_of_birth(reading: Reading) -> pd.Series:
    return reading.birth["first"].where(reading.birth["state"] == "day")


def _words(reading: Reading, heading: str) -> pd.Series:
    words = reading.words(heading)
    return words["word"].where(~words["unmapped"] & ~words["word"].isin(SAYS_NOTHING))


def _two_case_ids(reading: Reading) -> pd.Series:
    """One name and one day of birth under several case IDs."""
    name, birth = reading.plain_name, _days_of_birth(reading)
    known = reading.case_id.notna() & name.notna() & birth.notna()
    ids = reading.case_id[known].groupby([name[known], birth[known]]).transform("nunique")
    return (ids > 1).reindex(name.index, fill_value=False)


RULES = (
    RowRule(
        "P01",
        "Error",
        "Date of birth",
        "Another row of the same case ID has another date of birth.",
        "Find out which date is right, and whether two children share a case ID; correct the export.",
        lambda reading: _several(reading, _days_of_birth(reading)),
    ),
    RowRule(
        "P02",
        "Warning",
        "Gender",
        "Another row of the same case ID has another gender.",
        "Find out which is right, and whether two children share a case ID.",
        lambda reading: _several(reading, _words(reading, "Gender")),
    ),
    RowRule(
        "P03",
        "Warning",
        "Name",
        "Another row of the same case ID has another name.",
        "Find out whether two children share a case ID, or whether the name changed.",
        lambda reading: _several(reading, reading.plain_name),
    ),
    RowRule(
        "P04",
        "Warning",
        "Case ID",
        "The same name and date of birth stand under another case ID too, so one child may be counted twice.",
        "Find out whether this is one child; if so, give both rows one case ID in the export.",
        _two_case_ids,
    ),
    RowRule(
        "P05",
        "Note",
        "Ethnicity",
        "Another row of the same case ID has another ethnicity.",
        "Find out which is right.",
        lambda reading: _several(reading, _words(reading, "Ethnicity")),
    ),
)
