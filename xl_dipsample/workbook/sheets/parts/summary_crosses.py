"""What Summary sets against each other: the pairs that the lead chose, and the outcomes of two decision points.

They stand below the lists, and only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from xl_dipsample.domain.review import decision_points
from xl_dipsample.workbook.sheets.parts import blocks
from xl_dipsample.workbook.sheets.parts.count_formulas import address, share_cells
from xl_dipsample.workbook.sheets.parts.cross_tables import CrossTable, values
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell

WIDE = {3: 12.0, **dict.fromkeys(range(7, 60), 14.0)}  # columns that hold words above numbers
IN_EACH = "A case with several counts in each of them."
CHANGED, BOTH = "On another side at the second point", "closed or progressed at both points"
READ_ACROSS = "Down: Outcome. Across: Outcome at the end of assessment. All other figures are about Outcome alone."


def add(made: Layout, book: Book, row: int, places: Mapping[str, str]) -> int:
    """Add them from `row` down; the row where what follows starts.

    `places`: the words of Outcome -> the addresses at which they stand on the sheet.
    """
    for down, across in blocks.paired(book):
        table = CrossTable(down, across, row + 1, down.heading)
        _title(made, row, f"{down.heading} beside {across.heading}")
        made.cells += table.cells(book.rows)
        made.widths |= {column: width for column, width in WIDE.items() if column <= table.last_column}
        row = table.last + 2
        if down.several or across.several:
            made.cells.append(LiveCell(table.last + 1, 1, IN_EACH, None, "note"))
            row += 1
    return _changed(made, book, row, places) if decision_points.is_on(book.tables) else row


def name(made: Layout, row: int) -> None:
    """The title in `row` gets a name to jump to."""
    made.names[f"Summary_{len(made.names) + 1:02d}"] = f"=Summary!{address(row, 1)}"


def _title(made: Layout, row: int, title: str) -> None:
    made.cells.append(LiveCell(row, 1, title, None, "section"))
    name(made, row)


def _changed(made: Layout, book: Book, row: int, places: Mapping[str, str]) -> int:
    """From which side of the line to which, between the two decision points; how many changed sides."""
    first, second = (blocks.line(places, book, one) for one in (decision_points.FIRST, decision_points.SECOND))
    table = CrossTable(first, second, row + 1, f"{decision_points.FIRST}, and what it became")
    _title(made, row, "What changed between the two decision points")
    cells = table.cells(book.rows)
    made.cells += cells
    made.widths |= {3: WIDE[3]}
    counted, below = values(cells), table.last + 1
    sides = [(table.first, 3), (table.first, 4), (table.first + 1, 3), (table.first + 1, 4)]  # closed, progressed
    other = sides[1:3]
    whole, changed = ("+".join(address(*one) for one in some) for some in (sides, other))
    k, n = (sum(counted[one] for one in some) for some in (other, sides))
    made.cells += [LiveCell(below, 1, CHANGED, None, "label"), LiveCell(below, 2, k, f"={changed}", "whole")]
    made.cells += share_cells(below, k, f"({whole})", n, BOTH)
    made.cells.append(LiveCell(below + 1, 1, READ_ACROSS, None, "note"))
    return below + 3
