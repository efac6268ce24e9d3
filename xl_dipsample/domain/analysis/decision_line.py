"""The decision line: which outcomes take a case on as Child in Need or above, and which close it below that.

Which outcome stands on which side is data: the lists `progressed_outcomes` and `closed_outcomes` of lists.toml. An
outcome on neither list (transferred, other, not recorded, not mapped, own words, nothing yet) is on neither side.
"""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import word_lists

PROGRESSED = word_lists.words("progressed_outcomes")  # Child in Need or above
CLOSED = word_lists.words("closed_outcomes")  # below Child in Need
OVER, UNDER, NEITHER = "Progressed", "Closed", ""
_SIDES = {word.casefold(): OVER for word in PROGRESSED} | {word.casefold(): UNDER for word in CLOSED}


def line(rows: pd.DataFrame) -> pd.Series:
    """The side of the line of each row's outcome: "Progressed", "Closed", or '' for neither; the index is the rows'.

    >>> line(pd.DataFrame({"Outcome": ["child in need", " Early  help", "Other", None]}, dtype=object)).tolist()
    ['Progressed', 'Closed', '', '']
    """
    sides = [_SIDES.get(key, NEITHER) for key in review_rules.keys(rows, "Outcome")]
    return pd.Series(sides, index=rows.index, dtype=object)
