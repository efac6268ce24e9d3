"""Thresholds: the four scenarios and "Not clear" side by side: cases, what happened, which services were offered.

Below them stands the table Thresholds, which Refresh analysis fills.
"""

from __future__ import annotations

import pandas as pd
from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.summary import counted
from xl_dipsample.workbook import spec
from xl_dipsample.workbook.live import blocks, counts, summary
from xl_dipsample.workbook.live.book import Book, Layout, LiveCell
from xl_dipsample.workbook.live.counts import address, share_cells
from xl_dipsample.workbook.live.cross import ALL, CrossTable, list_formulas

FIRST_ROW = 5
CASES = FIRST_ROW + 2  # the row of the number of all cases
HEADER_HEIGHT = 32.0  # two lines: the longest scenario
WIDTHS = {6: 22.0, 7: 22.0, 8: 22.0}  # the columns right of the table's own
SEVERAL = "A case can be offered several services, so these counts add up to more than the cases."
TABLE_TITLE = "Case by case"
TABLE_NOTE = "Filled by Refresh analysis. Like cases stand together, first those that ended differently."


def layout(book: Book) -> Layout:
    """How many cases each scenario has, and two cross tables; 0 is shown as 0."""
    made = Layout(widths=dict(WIDTHS))
    rows = counted(book.tables["Review"])
    last = _scenarios(made, rows)
    happened = CrossTable(blocks.outcome(), blocks.scenario(), last + 3, "Outcome")
    offered = CrossTable(blocks.referred_to(), blocks.scenario(), happened.last + 3, "Referred to?")
    for name, title, table in (
        ("Thresholds_Outcomes", "What happened in each scenario", happened),
        ("Thresholds_Services", "Which services were offered in each scenario", offered),
    ):
        made.cells.append(LiveCell(table.row - 1, 1, title, None, "section"))
        made.cells += table.cells(rows)
        made.heights[table.row] = HEADER_HEIGHT
        made.names[name] = f"=Thresholds!{address(table.row - 1, 1)}"
    made.cells.append(LiveCell(offered.last + 1, 1, SEVERAL, None, "note"))
    above = xl_cell_to_rowcol(spec.table(book.kind, "Thresholds").anchor)[0]  # from 0: the row above, from 1
    made.cells.append(LiveCell(above - 1, 1, TABLE_TITLE, None, "section"))
    made.cells.append(LiveCell(above, 1, TABLE_NOTE, None, "note"))
    made.names["Thresholds_Cases"] = f"=Thresholds!{address(above - 1, 1)}"
    return made


def _scenarios(made: Layout, rows: pd.DataFrame) -> int:
    """One line per scenario with its share; the last row of the list."""
    block, first = blocks.scenario(), CASES + 1
    made.cells.append(LiveCell(FIRST_ROW, 1, "How many cases each scenario has", None, "section"))
    made.cells.append(LiveCell(FIRST_ROW + 1, 1, block.heading, None, "header"))
    for place, words in enumerate(summary.HEADINGS, 2):
        style = "header" if words == "Of" else "header_number"
        made.cells.append(LiveCell(FIRST_ROW + 1, place, words, None, style))
    made.cells += [LiveCell(CASES, 1, ALL, None, "label_bold"), LiveCell(CASES, 2, len(rows), counts.count(), "whole")]
    whole = address(CASES, 2)
    lines = zip(block.labels, block.numbers(rows), list_formulas(block, first, whole), strict=True)
    for place, (label, number, formula) in enumerate(lines, first):
        made.cells += [LiveCell(place, 1, label, None, "label"), LiveCell(place, 2, number, formula, "whole")]
        made.cells += share_cells(place, number, whole, len(rows), summary.IN_SAMPLE)
    made.names["Thresholds_Scenarios"] = f"=Thresholds!{address(FIRST_ROW, 1)}"
    answered = f"{len(rows) - block.numbers(rows)[-1]} of {len(rows)} cases have a scenario"
    unanswered = address(first + len(block.labels) - 1, 2)
    formula = f'={whole}-{unanswered}&" of "&{whole}&" cases have a scenario"'
    made.state = LiveCell(3, 1, answered, formula, "state")
    return first + len(block.labels) - 1
