"""Pivots: a title above each PivotTable, and whether they count what they should; pivot_parts.py puts them in.

What a refresh would show stands on the sheet already, for a preview and Protected View. A PivotTable can fall out of
step: somebody typed since its last refresh, or chose All in its filter. So A3 compares the totals with the live count.
"""

from __future__ import annotations

from collections.abc import Sequence

from xl_dipsample.domain.review import review_rules
from xl_dipsample.workbook.sheets.parts import count_formulas
from xl_dipsample.workbook.sheets.parts.count_formulas import address
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import pivot_parts, validation
from xl_dipsample.workbook.specs.pivot_counts import Pivot
from xl_dipsample.workbook.specs.pivot_parts import TITLE_ROW, TOP_ROW

EMPTY = "Empty: no case is in the sample yet."
IN_STEP = ("These tables count the ", " cases in the sample.")
OUT_OF_STEP = (
    "These tables do not count the ",
    " cases in the sample. Choose Data, Refresh All; then Yes in Counts? above each table.",
)
HOW_TO = "Counts? above each table says Yes; where it says All, choose Yes again. Empty? Data, Refresh All."
OVERLAP = "A case with several types counts in each. Refresh analysis brings this table up to date."
LABELS, NUMBERS, GAP = 30.0, 11.0, 3.0
MOST_OF_TITLE, LARGE = 60, 1.4  # characters of a title; how much wider its letters are
LAST_ROW = 300  # more words than any field has


def layout(book: Book) -> Layout:
    """The titles and widths; the tables refresh when the workbook opens."""
    made = Layout(state=_state(book), cells=[LiveCell(TITLE_ROW - 1, 1, HOW_TO, None, "note")])
    pivots = book.pivots.pivots
    starts = [pivot.column for pivot in pivots]
    for column in range(1, starts[-1] + 16):
        made.widths[column] = GAP if column + 1 in starts else NUMBERS
    for number, pivot in enumerate(pivots, 1):
        title = validation.shortened(pivot.title, MOST_OF_TITLE)
        room = len(title) * LARGE - NUMBERS - GAP  # a question of the team is a title of any length
        made.widths[pivot.column] = max(LABELS, room)
        made.cells.append(LiveCell(TITLE_ROW, pivot.column, title, None, "section"))
        made.names[f"Pivots_{number}"] = f"=Pivots!{address(TITLE_ROW, pivot.column)}"
        stored = pivot_parts.cells(pivot, book.pivots.shown(pivot))
        made.refreshed += [LiveCell(row, column, value, None, "plain") for (row, column), value in stored.items()]
    made.cells.append(LiveCell(TITLE_ROW + 1, starts[-1], OVERLAP, None, "note"))
    return made


def _state(book: Book) -> LiveCell:
    """Whether every total is what it should be. The value is what a refresh, which comes with opening, would show."""
    everybody = count_formulas.count().removeprefix("=")
    listed = 'SUMPRODUCT((Harms[Unique ID]<>"")*(Harms[Counts?]="Yes"))'
    pivots = book.pivots.pivots
    checks = ",".join(f"{_total(pivot, pivots)}={everybody if pivot.table == 'Review' else listed}" for pivot in pivots)
    said = (
        f'IF(AND({checks}),"{IN_STEP[0]}"&{everybody}&"{IN_STEP[1]}","{OUT_OF_STEP[0]}"&{everybody}&"{OUT_OF_STEP[1]}")'
    )
    formula = f'=IF({everybody}=0,"{EMPTY}",{said})'
    n = int(review_rules.in_sample(book.tables["Review"]).sum())
    return LiveCell(3, 1, f"{IN_STEP[0]}{n}{IN_STEP[1]}" if n else EMPTY, formula, "state")


def _total(pivot: Pivot, pivots: Sequence[Pivot]) -> str:
    """The grand total of a PivotTable: the largest number in its place."""
    right = min((one.column - 2 for one in pivots if one.column > pivot.column), default=pivot.column + 60)
    return f"MAX({address(TOP_ROW, pivot.column + 1)}:{address(LAST_ROW, right)})"
