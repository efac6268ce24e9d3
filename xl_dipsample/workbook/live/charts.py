"""Charts: the guide's questions as pictures, each with its numbers in a table beside it."""

from __future__ import annotations

import math

import pandas as pd

from xl_dipsample.domain.summary import counted
from xl_dipsample.workbook import styles
from xl_dipsample.workbook.live import blocks, counts, summary
from xl_dipsample.workbook.live.blocks import Block
from xl_dipsample.workbook.live.book import Book, Chart, HeatMap, Layout, LiveCell, Series
from xl_dipsample.workbook.live.counts import address, share_cells
from xl_dipsample.workbook.live.cross import CrossTable, list_formulas

FIRST_ROW = 5
STEPS = (1.0, 3.0, 6.0, 12.0)  # counts from which a cell of the heat map is darker
LEGEND = "No fill: none. Then darker from 1, from 3, from 6 and from 12 cases."
WIDTHS = {1: 40.0, **dict.fromkeys(range(2, 16), 15.0)}
HEADER_HEIGHT = 62.0  # four lines: the longest outcome, the longest scenario
ROW_PIXELS, BAR_PIXELS, AROUND_PIXELS = 20, 24, 110  # one row; one bar with its label; title and axis of a chart
GREY = "#8A929C"
SCENARIO_COLOURS = (styles.NAVY, styles.TEAL, styles.PLUM, styles.ORANGE, styles.LILAC, GREY)


def layout(book: Book) -> Layout:
    """Four tables one under the other, with three charts beside them and one heat map."""
    made = Layout(widths=dict(WIDTHS))
    rows = counted(book.tables["Review"])
    harm, outcome = blocks.harm(book), blocks.outcome()
    row = _bars(
        made, outcome, rows, FIRST_ROW, "What happened to young people at the close of assessment?", styles.NAVY
    )
    row = _bars(made, harm, rows, row, "Which types of harm do young people experience?", styles.TEAL)
    row = _heat_map(made, CrossTable(harm, outcome, row + 2, "Type of harm"), rows)
    _stacked(made, CrossTable(outcome, blocks.scenario(), row + 1, "Outcome"), rows)
    words = " cases in the sample"
    made.state = LiveCell(3, 1, f"{len(rows)}{words}", f'{counts.count()}&"{words}"', "state")
    return made


def _bars(made: Layout, block: Block, rows: pd.DataFrame, row: int, title: str, colour: str) -> int:
    """A table of one block with its bar chart; the row where the next table starts."""
    first = row + 3
    last = first + len(block.labels) - 1
    whole = address(row + 2, 2)
    made.cells.append(LiveCell(row, 1, title, None, "section"))
    made.cells.append(LiveCell(row + 1, 1, block.heading, None, "header"))
    made.cells += [LiveCell(row + 1, place, words, None, "header_number") for place, words in ((2, "n"), (3, "%"))]
    made.cells.append(LiveCell(row + 2, 1, "All cases in the sample", None, "label_bold"))
    made.cells.append(LiveCell(row + 2, 2, len(rows), counts.count(), "whole"))
    lines = zip(block.labels, block.numbers(rows), list_formulas(block, first, whole), strict=True)
    for place, (label, number, formula) in enumerate(lines, first):
        made.cells += [LiveCell(place, 1, label, None, "label"), LiveCell(place, 2, number, formula, "whole")]
        made.cells.append(share_cells(place, number, whole, len(rows), summary.IN_SAMPLE)[0])
    if block.several:
        made.cells.append(LiveCell(last + 1, 1, blocks.OVERLAP, None, "note"))
    height = len(block.labels) * BAR_PIXELS + AROUND_PIXELS
    made.charts.append(
        Chart(
            kind="bar",
            title=title,
            alt_text=f"Bars: cases for each line of {block.heading}. The numbers stand in the table beside it.",
            anchor=f"E{row + 1}",
            series=(Series(f"=Charts!{address(row + 1, 2)}", _range(first, last, 1), _range(first, last, 2), colour),),
            width=760,
            height=height,
            x_title="Cases in the sample",
        )
    )
    made.names[f"Charts_{len(made.names) + 1}"] = f"=Charts!{address(row, 1)}"
    return max(last + 3, row + 2 + math.ceil(height / ROW_PIXELS))


def _heat_map(made: Layout, table: CrossTable, rows: pd.DataFrame) -> int:
    """Outcome by type of harm; the row where the next title stands."""
    title = "Are some types of harm more likely to end in no further action?"
    made.cells.append(LiveCell(table.row - 2, 1, title, None, "section"))
    made.cells.append(LiveCell(table.row - 1, 1, f"Outcome by type of harm. {LEGEND}", None, "note"))
    made.cells += table.cells(rows)
    made.heights[table.row] = HEADER_HEIGHT
    made.cells.append(LiveCell(table.last + 1, 1, "A case with several types of harm counts in each.", None, "note"))
    made.heat_maps.append(HeatMap((table.first, 3), (table.last, table.last_column), STEPS))
    made.names["Charts_3"] = f"=Charts!{address(table.row - 2, 1)}"
    return table.last + 3


def _stacked(made: Layout, table: CrossTable, rows: pd.DataFrame) -> None:
    """Outcome by scenario, with its stacked bars below."""
    title = "Do decisions follow the level of harm, or parenting concerns?"
    made.cells.append(LiveCell(table.row - 1, 1, title, None, "section"))
    made.cells += table.cells(rows)
    made.heights[table.row] = HEADER_HEIGHT
    columns = range(3, table.last_column + 1)
    made.charts.append(
        Chart(
            kind="stacked_bar",
            title=title,
            alt_text=(
                "Bars, one per outcome, divided by scenario: number of cases. The numbers stand in the table above it."
            ),
            anchor=f"A{table.last + 2}",
            series=tuple(
                Series(
                    f"=Charts!{address(table.row, column)}",
                    _range(table.first, table.last, 1),
                    _range(table.first, table.last, column),
                    colour,
                )
                for column, colour in zip(columns, SCENARIO_COLOURS, strict=True)
            ),
            width=1000,
            height=480,
            x_title="Cases in the sample",
            legend=True,
        )
    )
    made.names["Charts_4"] = f"=Charts!{address(table.row - 1, 1)}"


def _range(first: int, last: int, column: int) -> str:
    return f"=Charts!{address(first, column)}:{address(last, column)}"
