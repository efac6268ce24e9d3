"""Long lists for tests: one call, one row per keyword set. Every name is made up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.narrowing.funnel import Narrowed, narrow

BORN, CONTACT = dt.date(2008, 6, 15), dt.date(2022, 9, 1)
OWN = (
    "Record", "Source row", "Case ID", "Name", "Date of birth", "Age", "Contact date", "End date", "Gender",
    "Ethnicity", "Type of harm", "Outcome", "Referred to?", "Check",
)  # fmt: skip
NO_DECISIONS = pd.DataFrame(columns=["Record", "Decision", "Reason", "Initials", "Date"], dtype=object)


def long_list(*rows: dict[str, Any]) -> pd.DataFrame:
    """A table LongList; what a row does not say is a sure candidate's. One source column, `note`, tells rows apart."""
    made = []
    for number, row in enumerate(rows, 1):
        cells: dict[str, Any] = dict.fromkeys(OWN)
        cells |= {
            "Record": number,
            "Source row": number + 1,
            "Case ID": str(1000 + number),
            "Date of birth": BORN,
            "Contact date": CONTACT,
            "Type of harm": "11A",
            "note": f"row {number}",
        }
        made.append(cells | row)
    return pd.DataFrame(made, columns=[*OWN, "note"], dtype=object)


def narrowed(*rows: dict[str, Any], decisions: pd.DataFrame = NO_DECISIONS, **settings: Any) -> Narrowed:
    """Narrow such a long list down; its rows are made for a cut-off of 12, whatever a new workbook has."""
    harm_column = settings.pop("harm_column", True)
    criteria = Criteria(**{"age_cut_off": 12, **settings})
    return narrow(long_list(*rows), ["note"], criteria, decisions, harm_column=harm_column)


def decided(*rows: tuple[int, str, str | None, str | None]) -> pd.DataFrame:
    """A table CaseCheck: Row, Decision, Reason, Initials."""
    return pd.DataFrame(rows, columns=["Record", "Decision", "Reason", "Initials"], dtype=object).assign(Date=None)
