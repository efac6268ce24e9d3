"""The decision line: which outcomes take a case on as Child in Need or above, and which close it below that.

Which outcome stands on which side says the workbook's own list of outcomes (My lists). An outcome that has no side
there, or stands on no list (own words, not mapped, nothing yet), is on neither side.
"""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.lead_lists import Lists

OVER, UNDER, NEITHER = lead_lists.PROGRESSED, lead_lists.CLOSED, ""


def line(rows: pd.DataFrame, lists: Lists, heading: str = "Outcome") -> pd.Series:
    """The side of the line of each row's outcome: "Progressed", "Closed", or '' for neither; the index is the rows'.

    `heading`: the column of the outcome, where a sample has two decision points.

    >>> rows = pd.DataFrame({"Outcome": ["child in need", " Early  help", "Other", None]}, dtype=object)
    >>> line(rows, lead_lists.shipped()).tolist()
    ['Progressed', 'Closed', '', '']
    """
    sides = [lists.side(key) for key in review_rules.keys(rows, heading)]
    return pd.Series(sides, index=rows.index, dtype=object)
