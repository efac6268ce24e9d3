"""Whether every setting of Focus and Criteria has its row: one that is gone would silently be a default."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.shared import sheet_files
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import SettingProblem

SHEETS = ("Focus", "Criteria")


_AGAIN = "type the name again in the column Setting of a new row below the others, with its value beside it."
_FROM_WORKING = "press Pseudonymise again, which puts it back from the working workbook."


def refuse_missing(sheet: str, table: pd.DataFrame, *, typed_there: bool = True) -> None:
    """Raise SettingProblem when a setting of the sheet has no row, or several.

    `typed_there`: False in the review workbook, where the settings are only shown.

    >>> refuse_missing("Focus", pd.DataFrame({"Setting": [], "Value": []}, dtype=object))
    Traceback (most recent call last):
    ...
    xl_dipsample.domain.shared.errors.SettingProblem: On Focus, the row of Main question and of 12 other settings is \
missing, so nobody can tell what was agreed: type the name again in the column Setting of a new row below the others, \
with its value beside it.
    """
    typed = [trimmed(one) for one in table["Setting"]]
    settings = [str(row[0]) for row in sheet_files.table(sheet.lower(), sheet)["rows"]]
    missing = [one for one in settings if one not in typed]
    if missing:
        more = len(missing) - 1
        others = f" and of {more} other setting{'s' if more > 1 else ''}" if more else ""
        raise SettingProblem(
            "setting-missing",
            f"On {sheet}, the row of {missing[0]}{others} is missing, so nobody can tell what was agreed: "
            f"{_AGAIN if typed_there else _FROM_WORKING}",
        )
    twice = next((one for one in settings if typed.count(one) > 1), "")
    if twice:
        raise SettingProblem(
            "setting-twice", f"On {sheet}, {twice} has two rows, which may say two things: delete one of them."
        )
