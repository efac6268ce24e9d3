"""Checks of what the rows of one young person say about them: contradictions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from xl_dipsample.domain.long_list_checks.rule import Asked, FrameRule
from xl_dipsample.domain.long_list_checks.typed_list import known_day
from xl_dipsample.domain.shared.cell import by_unique, spread
from xl_dipsample.domain.shared.reference_words import normalise

SAYS_NOTHING = ("Not stated or recorded", "Not mapped", "Unknown", "Refused", "Information not yet obtained")
_NO_LETTER = re.compile(r"[\W\d_]+")
BIRTH = ("Date of birth", "Date of birth, latest")


def _several(said: Callable[[pd.DataFrame], pd.Series]) -> Callable[[pd.DataFrame, Asked], pd.Series]:
    """Rows of a case ID for which more than one different thing is said; nothing said does not count."""

    def wrong(rows: pd.DataFrame, _: Asked) -> pd.Series:
        told = said(rows)
        known = rows["Case ID"].notna() & told.notna()
        count = told[known].groupby(rows.loc[known, "Case ID"]).transform("nunique")
        return (count > 1).reindex(rows.index, fill_value=False)

    return wrong


def _days_of_birth(rows: pd.DataFrame) -> pd.Series:
    return rows["Date of birth"].where(known_day(rows, "Date of birth"))


def _said(heading: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: rows[heading].where(~rows[heading].isin(SAYS_NOTHING))


def _plain_names(rows: pd.DataFrame) -> pd.Series:
    """Names for comparing: "SMITH, Anna" and "Anna Smith" are one; None where there is none."""
    codes, answers = by_unique(rows["Name"], _plain)
    return spread(codes, answers, rows.index)


def _plain(name: str | None) -> str | None:
    if name is None:
        return None
    text = _NO_LETTER.sub(" ", normalise(name).replace("'", "").replace("\u2019", ""))
    return " ".join(sorted(text.split())) or None


def _two_case_ids(rows: pd.DataFrame, _: Asked) -> pd.Series:
    """One name and one day of birth under several case IDs."""
    name, birth = _plain_names(rows), _days_of_birth(rows)
    known = rows["Case ID"].notna() & name.notna() & birth.notna()
    ids = rows.loc[known, "Case ID"].groupby([name[known], birth[known]]).transform("nunique")
    return (ids > 1).reindex(rows.index, fill_value=False)


RULES = (
    FrameRule(
        "P01",
        "Error",
        "Date of birth",
        "Another row of the same case ID has another date of birth.",
        "Find out which date is right, and whether two children share a case ID; correct the export.",
        ("Case ID", *BIRTH),
        _several(_days_of_birth),
    ),
    FrameRule(
        "P02",
        "Warning",
        "Gender",
        "Another row of the same case ID has another gender.",
        "Find out which is right, and whether two children share a case ID.",
        ("Case ID", "Gender"),
        _several(_said("Gender")),
    ),
    FrameRule(
        "P03",
        "Warning",
        "Name",
        "Another row of the same case ID has another name.",
        "Find out whether two children share a case ID, or whether the name changed.",
        ("Case ID", "Name"),
        _several(_plain_names),
    ),
    FrameRule(
        "P04",
        "Warning",
        "Case ID",
        "The same name and date of birth stand under another case ID too, so one child may be counted twice.",
        "Find out whether this is one child; if so, give both rows one case ID in the export.",
        ("Case ID", "Name", *BIRTH),
        _two_case_ids,
    ),
    FrameRule(
        "P05",
        "Note",
        "Ethnicity",
        "Another row of the same case ID has another ethnicity.",
        "Find out which is right.",
        ("Case ID", "Ethnicity"),
        _several(_said("Ethnicity")),
    ),
)
