"""Worksheet functions for people's own cells: ranges in, answers beside them; the rules are those of domain/.

xlwings offers them to Excel under these names; the help in Excel's function wizard is made from these docstrings
(first sentence) and from the `doc` of each argument. They never stand in a shared workbook, which must live without
us. The lead's own mapping of labels is not known to a worksheet function: what only the lead has mapped is
"Not mapped" here. How blanks, errors and ranges of different sizes are taken: see ranges.py.
"""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd
import xlwings as xw

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.language import terms
from xl_dipsample.domain.long_list import harm_categories
from xl_dipsample.domain.long_list_checks.id_checks import is_nhs_number
from xl_dipsample.domain.narrowing import case_check, row_facts
from xl_dipsample.domain.pseudonymise import unique_id
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import share_cells
from xl_dipsample.domain.shared.cell import folded, trimmed

from .ranges import CATEGORY, cell_by_cell, cells, side_by_side

__all__ = [
    "DIP_AGE", "DIP_CATEGORIES", "DIP_CATEGORY", "DIP_CHECK_ID", "DIP_CONCERNS", "DIP_DIFFERENCE", "DIP_INTERVAL",
    "DIP_NHS_VALID", "DIP_SCENARIO",
]  # fmt: skip

_READ = ("Case ID", "Date of birth", "Age", "Contact date", "End date", "Type of harm")
Births = Annotated[Any, cells("Date of birth, a cell or a range: a date, or text such as 15/06/2008 or 06/2008.")]
Contacts = Annotated[Any, cells("Date of the contact, beside each date of birth, or one cell for all of them.")]
Labels = Annotated[Any, cells("Labels or codes of the type of harm, a cell or a range, such as 10A, 11A.")]
Levels = Annotated[Any, cells("Level of harm: Significant harm, In need, or Not clear from the file.")]
Concerns = Annotated[Any, cells("Parenting concerns: Yes, No, or Not clear from the file.")]
Counts = Annotated[Any, cells("How many cases, a cell or a column of whole numbers.")]
Totals = Annotated[Any, cells("Out of how many cases, beside each count, or one cell for all of them.")]
EarlierCounts = Annotated[Any, cells("How many cases then, in the earlier sample.")]
EarlierTotals = Annotated[Any, cells("Out of how many cases then.")]
LaterCounts = Annotated[Any, cells("How many cases now, in the later sample.")]
LaterTotals = Annotated[Any, cells("Out of how many cases now.")]
UniqueIds = Annotated[Any, cells("Unique IDs such as DS-7GK-4MX3, a cell or a range.")]
Texts = Annotated[Any, cells("Text from a case file or a report, a cell or a range.")]
NhsNumbers = Annotated[Any, cells("NHS numbers, a cell or a range; spaces and hyphens are no matter.")]


@xw.func(category=CATEGORY)
@cell_by_cell
def DIP_AGE(dates_of_birth: Births, contact_dates: Contacts) -> list[object]:  # noqa: N802 - as Excel's are written
    """Age at the contact in whole years; 14-15 when only the month of birth is known, blank when it is not known.

    >>> DIP_AGE([["15/06/2008"], ["06/2008"]], [["14/06/2022"], ["15/06/2022"]])
    [['13'], ['13-14']]
    """
    return list(row_facts.age_texts(_facts(**{"Date of birth": dates_of_birth, "Contact date": contact_dates})))


@xw.func(category=CATEGORY)
@cell_by_cell
def DIP_CATEGORY(labels: Labels) -> list[object]:  # noqa: N802
    """The harm categories of labels or codes, in the words of the reference lists, joined by a semicolon.

    >>> DIP_CATEGORY([["10A, 11A"], ["Zorbing"]])
    [['Missing; CSE'], ['Not mapped']]
    """
    return list(_categories(labels))


@xw.func(category=CATEGORY)
@side_by_side(1)
def DIP_CATEGORIES(labels: Labels) -> list[list[str]]:  # noqa: N802
    """The harm categories of labels or codes side by side, each in a cell of its own.

    >>> DIP_CATEGORIES([["10A, 11A"], ["Zorbing"]])
    [['Missing', 'CSE'], ['Not mapped', '']]
    """
    return [words.split("; ") for words in _categories(labels)]


@xw.func(category=CATEGORY)
@cell_by_cell
def DIP_SCENARIO(levels_of_harm: Levels, parenting_concerns: Concerns) -> list[object]:  # noqa: N802
    """The scenario of level of harm and parenting concerns; blank until both are there.

    >>> DIP_SCENARIO([["In need"]], [["Yes"]])
    [['In need, parenting concerns']]
    """
    answers = {"Level of harm": levels_of_harm, "Parenting concerns": parenting_concerns}
    return list(
        review_rules.scenario(pd.DataFrame({"Unique ID": ["-"] * len(levels_of_harm), **answers}, dtype=object))
    )


@xw.func(category=CATEGORY)
@side_by_side(2)
def DIP_INTERVAL(counts: Counts, totals: Totals) -> list[tuple[float, ...]]:  # noqa: N802
    """The two ends of the 95% interval (Wilson) of a share, from 0 to 1; blank where there is no such share.

    >>> [[round(end, 3) for end in row] for row in DIP_INTERVAL([[7]], [[50]])]
    [[0.07, 0.262]]
    """
    return [share_cells.interval(*share) or () for share in zip(counts, totals, strict=True)]


@xw.func(category=CATEGORY)
@side_by_side(4)
def DIP_DIFFERENCE(  # noqa: N802
    earlier_counts: EarlierCounts, earlier_totals: EarlierTotals, later_counts: LaterCounts, later_totals: LaterTotals
) -> list[tuple[object, ...]]:
    """The later share minus the earlier one, the two ends of its 95% interval (Newcombe), and a sentence.

    >>> DIP_DIFFERENCE(14, 167, 22, 217)[0][3]
    '14 of 167 (8%) then, 22 of 217 (10%) now: no clear change'
    """
    pairs = zip(earlier_counts, earlier_totals, later_counts, later_totals, strict=True)
    return [share_cells.difference(*pair) or () for pair in pairs]


@xw.func(category=CATEGORY)
@cell_by_cell
def DIP_CHECK_ID(unique_ids: UniqueIds) -> list[object]:  # noqa: N802
    """TRUE when a unique ID is well formed, otherwise a sentence that says what is wrong with it.

    >>> DIP_CHECK_ID("ds-7gk-4mx3")
    [[True]]
    """
    return [unique_id.fault(trimmed(typed)) or True for typed in unique_ids]


@xw.func(category=CATEGORY)
@cell_by_cell
def DIP_CONCERNS(texts: Texts) -> list[object]:  # noqa: N802
    """What a text's wording may be a sign of, joined by a semicolon; blank when no listed wording is found.

    >>> DIP_CONCERNS([["She put herself at risk."], ["He was exploited."]])
    [['Blames the child'], ['']]
    """
    return ["; ".join(terms.concerns(trimmed(text))) for text in texts]


@xw.func(category=CATEGORY)
@cell_by_cell
def DIP_NHS_VALID(nhs_numbers: NhsNumbers) -> list[object]:  # noqa: N802
    """TRUE when a number is a well-formed NHS number (ten digits, the last agreeing with the others), else FALSE.

    >>> DIP_NHS_VALID([["943 476 5919"], [9434765918.0]])
    [[True], [False]]
    """
    return [is_nhs_number(folded(trimmed(number))) for number in nhs_numbers]


def _facts(**columns: list[object]) -> pd.DataFrame:
    return row_facts.gather(pd.DataFrame(columns, dtype=object).reindex(columns=_READ).astype(object), Criteria())


def _categories(labels: list[object]) -> list[str]:
    read = harm_categories.parse_harm(pd.Series(labels, dtype=object), {})
    cells = zip(read["categories"], read["unmapped"], read["nothing"], strict=True)
    return [case_check.harm_text(chosen, bool(unmapped), bool(nothing)) for chosen, unmapped, nothing in cells]
