"""Pivots: a title above each PivotTable; pivot_parts.py puts the PivotTables themselves in."""

from __future__ import annotations

from xl_dipsample.workbook import pivot_parts
from xl_dipsample.workbook.live.book import Book, Layout, LiveCell
from xl_dipsample.workbook.live.counts import address

STATE = "In sample? above each table leaves out No; where it says All, choose it again. Empty? Data, Refresh All."
OVERLAP = "A case with several types counts in each. Refresh analysis brings this table up to date."
LABELS, NUMBERS, GAP = 30.0, 11.0, 3.0


def layout(book: Book) -> Layout:
    """The titles and widths; the tables refresh when the workbook opens."""
    del book
    made = Layout(state=LiveCell(3, 1, STATE, None, "state"))
    starts = [pivot.column for pivot in pivot_parts.PIVOTS]
    for column in range(1, starts[-1] + 16):
        made.widths[column] = LABELS if column in starts else GAP if column + 1 in starts else NUMBERS
    for number, pivot in enumerate(pivot_parts.PIVOTS, 1):
        made.cells.append(LiveCell(pivot_parts.TITLE_ROW, pivot.column, pivot.title, None, "section"))
        made.names[f"Pivots_{number}"] = f"=Pivots!{address(pivot_parts.TITLE_ROW, pivot.column)}"
    made.cells.append(LiveCell(pivot_parts.TITLE_ROW + 1, starts[-1], OVERLAP, None, "note"))
    return made
