"""Rows of Review that somebody filled in but that have no unique ID: nothing counts them, so they are said."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.specs import spec

MOST_ROWS = 10  # row numbers in the sentence


def say(table: pd.DataFrame, result: Result, name: str = "") -> int:
    """Warn of the rows of table Review with answers and no unique ID; gives how many there are.

    `name`: the file that they stand in, when it is not the workbook that the action is about.

    >>> result = Result("analyse")
    >>> say(pd.DataFrame({"Unique ID": [None], "Outcome": ["No further action"]}, dtype=object), result)
    1
    >>> print(result.messages[0].text.split(":")[0])
    1 row of Review (Excel row 6) has answers but no unique ID
    """
    first = standing.first_row(table, spec.table("review", "Review").first_row)
    rows = [first + at for at, words in enumerate(review_rules.review_check(table)) if words == review_rules.NO_ID]
    if rows:
        where = f" of {name}" if name else ""
        listed = ", ".join(str(row) for row in rows[:MOST_ROWS]) + (" and more" if len(rows) > MOST_ROWS else "")
        counted = plural(len(rows), "row")
        has, it, is_not = ("has", "it", "is not") if len(rows) == 1 else ("have", "they", "are not")
        result.say(
            "warning",
            "rows-without-id",
            f"{counted} of Review{where} (Excel {'row' if len(rows) == 1 else 'rows'} {listed}) {has} answers but no "
            f"unique ID: {it} {is_not} counted. Put the unique ID back, or use an earlier copy.",
            sheet="Review",
        )
    return len(rows)
