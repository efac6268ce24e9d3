"""Worksheet functions: a range in, a range with as many rows out; the rules are those of domain/, none stands here.

xlwings offers them to Excel under these names. The lead's own mapping of labels is not known to a worksheet function:
what only the lead has mapped is "Not mapped" here.
"""

from __future__ import annotations

import pandas as pd
import xlwings as xw

from xl_dipsample.domain import case_check, facts, review, statistics
from xl_dipsample.domain.criteria import Criteria

Range = list[list[object]]
_READ = ("Case ID", "Date of birth", "Age", "Contact date", "End date", "Type of harm")


@xw.func
@xw.arg("births", ndim=2)
@xw.arg("contacts", ndim=2)
def DIP_AGE(births: Range, contacts: Range) -> Range:  # noqa: N802 - how Excel's functions are written
    """Age at the contact in whole years; 14-15 when only the month of birth is known, blank when it is not known.

    >>> DIP_AGE([["15/06/2008"], ["06/2008"]], [["14/06/2022"], ["15/06/2022"]])
    [['13'], ['13-14']]
    """
    return _down(facts.age_texts(_facts(**{"Date of birth": births, "Contact date": contacts})))


@xw.func
@xw.arg("labels", ndim=2)
def DIP_CATEGORY(labels: Range) -> Range:  # noqa: N802
    """The harm categories of labels or codes, in the words of the reference lists, joined by a semicolon.

    >>> DIP_CATEGORY([["10A, 11A"], ["Zorbing"]])
    [['Missing; CSE'], ['Not mapped']]
    """
    harm = _facts(**{"Type of harm": labels})
    cells = zip(harm["categories"], harm["unmapped"], harm["nothing"], strict=True)
    return [[case_check.harm_text(chosen, bool(unmapped), bool(nothing))] for chosen, unmapped, nothing in cells]


@xw.func
@xw.arg("levels", ndim=2)
@xw.arg("concerns", ndim=2)
def DIP_SCENARIO(levels: Range, concerns: Range) -> Range:  # noqa: N802
    """The scenario of level of harm and parenting concerns; blank until both are there.

    >>> DIP_SCENARIO([["In need"]], [["Yes"]])
    [['In need, parenting concerns']]
    """
    ids: Range = [["-"]]
    rows = {"Unique ID": ids, "Level of harm": levels, "Parenting concerns": concerns}
    return _down(review.scenario(_frame(**rows)))


@xw.func
@xw.arg("counts", ndim=2)
@xw.arg("totals", ndim=2)
def DIP_INTERVAL(counts: Range, totals: Range) -> Range:  # noqa: N802
    """The ends of the 95% interval (Wilson) of each count out of its total, in two columns, from 0 to 1.

    Both are blank where there is no such share.

    >>> [[round(end, 3) for end in row] for row in DIP_INTERVAL([[7]], [[50]])]
    [[0.07, 0.262]]
    """
    return [_ends(count, total) for count, total in _frame(k=counts, n=totals).itertuples(index=False, name=None)]


def _frame(**ranges: Range) -> pd.DataFrame:
    """The first column of each range; a single cell counts for every row."""
    columns = {name: [row[0] for row in cells] for name, cells in ranges.items()}
    rows = max(len(cells) for cells in columns.values())
    whole = {name: cells * rows if len(cells) == 1 else cells for name, cells in columns.items()}
    return pd.DataFrame(whole, dtype=object)


def _facts(**ranges: Range) -> pd.DataFrame:
    return facts.gather(_frame(**ranges).reindex(columns=_READ).astype(object), Criteria())


def _ends(count: object, total: object) -> list[object]:
    if isinstance(count, int | float) and isinstance(total, int | float) and 0 <= count <= total > 0:
        return list(statistics.wilson(int(count), int(total)))
    return ["", ""]


def _down(cells: pd.Series) -> Range:
    return [[cell] for cell in cells]
