"""Charts: one for each of the guide's questions, with its numbers in a table beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.narrowing import stages
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets import funnel_sheet, summary_sheet
from xl_dipsample.workbook.sheets.parts import blocks, count_formulas, not_laid_out, table_places
from xl_dipsample.workbook.sheets.parts.blocks import Block
from xl_dipsample.workbook.sheets.parts.count_formulas import address, share_cells
from xl_dipsample.workbook.sheets.parts.cross_tables import CrossTable, list_formulas, values
from xl_dipsample.workbook.sheets.parts.layout import Book, Chart, HeatMap, Layout, LiveCell, Series
from xl_dipsample.workbook.sheets.parts.not_laid_out import Said
from xl_dipsample.workbook.specs import cell_styles

FIRST_ROW = 5
STEPS = (1.0, 3.0, 6.0, 12.0)  # counts from which a cell of the heat map is darker
LEGEND = "No fill: none. Then darker from 1, from 3, from 6 and from 12 cases."
WIDTHS = {1: 40.0, **dict.fromkeys(range(2, 17), 15.0)}
HEADER_HEIGHT = 62.0  # four lines: the longest outcome, the longest scenario
ROW_PIXELS, BAR_PIXELS, AROUND_PIXELS = 20, 24, 110  # one row; one bar with its label; title and axis of a chart
OWN_BAR_PIXELS = 34  # the label of a choice of the team may need two lines
LEGEND_PIXELS = 50
BAR_COLOURS = (cell_styles.NAVY, cell_styles.PLUM, cell_styles.TEAL)
GREY, PALE = "#8A929C", "#D5DAE0"
SCENARIO_COLOURS = (cell_styles.NAVY, cell_styles.TEAL, cell_styles.PLUM, cell_styles.ORANGE, cell_styles.LILAC, GREY)
SIDE_COLOURS = (cell_styles.ORANGE, cell_styles.NAVY, PALE, GREY)
# Closed in one colour, light to dark towards no further action; progressed in another; the rest in grey.
CLOSED_COLOURS = (cell_styles.ORANGE, "#F9A67C", "#FCD2BD")
PROGRESSED_COLOURS = (cell_styles.SEQUENCE[2], cell_styles.SEQUENCE[1], cell_styles.NAVY, cell_styles.PLUM)
THE_REST = "On neither side, or no outcome yet"
CASES = "Cases in the sample"
OF_WHOM = "Shares of those answered."
SCREENED_OUT = "Are some types of harm screened out? Funnel shows the long list beside the sample, type by type."


def layout(book: Book) -> Layout:
    """Tables one under the other in the order of the guide, each with its chart."""
    made = Layout(widths=dict(WIDTHS))
    rows = book.rows
    harm, outcome = blocks.harm(book), blocks.of("Outcome", book)
    row = _funnel(made, book, FIRST_ROW)
    line, own = blocks.line({}, book), not_laid_out.NOTHING
    ours, asked = _charted(book)
    for place, (block, title) in enumerate(ours):
        if block.heading == outcome.heading:
            line = blocks.line({word: address(row + 3 + at, 1) for at, word in enumerate(outcome.words)}, book)
            own = not_laid_out.of_lines(outcome, outcome.numbers(rows), row + 3, len(rows), address(row + 2, 2))
        row = _bars(made, block, rows, row, title, BAR_COLOURS[place % len(BAR_COLOURS)])
    row = _heat_map(made, CrossTable(harm, outcome, row + 2, "Type of harm"), rows, book.lists, own)
    row = _stacked(made, CrossTable(outcome, blocks.of("Scenario", book), row + 1, "Outcome"), rows)
    for block, title in blocks.crossed(book):
        row = _sides(made, CrossTable(block, line, row + 2, f"{block.heading}: decisions"), rows, title, own)
    for place, (block, title) in enumerate(asked):
        row = _bars(made, block, rows, row, title, BAR_COLOURS[place % len(BAR_COLOURS)])
    words = " cases in the sample"
    made.state = LiveCell(3, 1, f"{len(rows)}{words}", f'{count_formulas.count()}&"{words}"', "state")
    return made


def _charted(book: Book) -> tuple[list[tuple[Block, str]], list[tuple[Block, str]]]:
    """What has a chart of its words: our own columns; the questions of the team, which come last on the sheet."""
    ours = {one.heading for one in review_columns.columns()}
    found = blocks.charted(book)
    return [one for one in found if one[0].heading in ours], [one for one in found if one[0].heading not in ours]


def _title(made: Layout, row: int, title: str) -> None:
    """The question above a table, and its name to jump to."""
    made.cells.append(LiveCell(row, 1, title, None, "section"))
    made.names[f"Charts_{len(made.names) + 1}"] = f"=Charts!{address(row, 1)}"


def _next(chart_row: int, last: int, height: int) -> int:
    """The row where the next title stands: below the table that ends in `last`, and below its chart."""
    return max(last + 3, chart_row + 1 + math.ceil(height / ROW_PIXELS))


def _funnel(made: Layout, book: Book, row: int) -> int:
    """The stages of the table Funnel, with what is left after each; the row where the next title stands."""
    title = "How did the long list become the sample?"
    _title(made, row, title)
    header, first = row + 1, row + 2
    heads = (("Stage", "header"), ("Remaining", "header_number"), ("Excluded", "header_number"))
    made.cells += [LiveCell(header, place, words, None, style) for place, (words, style) in enumerate(heads, 1)]
    shown = _stages(book)
    for place, (stage, excluded, remaining) in enumerate(shown):
        there = [f"Funnel!${column}${6 + place}" for column in "ACB"]
        made.cells += [
            LiveCell(first + place, column, value, f'=IF({cell}="","",{cell})', style)
            for column, (value, cell, style) in enumerate(
                zip((stage, remaining, excluded), there, ("label", "number", "number"), strict=True), 1
            )
        ]
    last = first + len(shown) - 1
    made.cells.append(LiveCell(last + 1, 1, SCREENED_OUT, None, "link", "internal:'Funnel'!E5"))
    made.charts.append(
        _chart(
            "stacked_bar",
            title,
            f"E{header}",
            _series(header, first, last, (2, 3), (cell_styles.NAVY, cell_styles.ORANGE)),
            what="rows left after each stage of the funnel, and rows that left at it",
            height=len(shown) * 2 * ROW_PIXELS + AROUND_PIXELS + LEGEND_PIXELS,
            x_title="Rows of the long list",
        )
    )
    return _next(header, last, made.charts[-1].height)


def _stages(book: Book) -> list[tuple[CellValue, CellValue, CellValue]]:
    """Stage, excluded and remaining, as the sheet Funnel shows them, its live cells included; one line at least.

    The last one is Sample: what somebody types below the table there must not move the cells of this sheet.
    """
    table = book.tables["Funnel"]
    sample = table_places.table_row(book, "Funnel", stages.SAMPLE)
    body = table.head(len(table) if sample is None else sample + 1).astype(object)
    body = body.where(body.notna(), "")
    live = {(cell.row, cell.column): cell.value for cell in funnel_sheet.layout(book).cells}
    found: list[tuple[CellValue, CellValue, CellValue]] = []
    columns = (body[heading].tolist() for heading in ("Stage", "Excluded", "Remaining"))
    for row, (stage, excluded, remaining) in enumerate(zip(*columns, strict=True), 6):
        found.append((stage, live.get((row, 2), excluded), live.get((row, 3), remaining)))
    return found or [("", "", "")]


def _bars(made: Layout, block: Block, rows: pd.DataFrame, row: int, title: str, colour: str) -> int:
    """A table of one block with its bar chart; the row where the next title stands."""
    whole, answered, n = address(row + 2, 2), address(row + 3, 2), len(rows)
    _title(made, row, title)
    made.cells.append(LiveCell(row + 1, 1, block.heading, None, "header"))
    made.cells += [LiveCell(row + 1, place, words, None, "header_number") for place, words in ((2, "n"), (3, "%"))]
    made.cells.append(LiveCell(row + 2, 1, "All cases in the sample", None, "label_bold"))
    made.cells.append(LiveCell(row + 2, 2, n, count_formulas.count(), "whole"))
    first, has = row + 3, n
    if block.of_answered:
        first, has = row + 4, block.answered(rows)
        made.cells.append(LiveCell(row + 3, 1, blocks.ANSWERED, None, "label_bold"))
        formula = count_formulas.count(count_formulas.filled(block.heading))
        made.cells.append(LiveCell(row + 3, 2, has, formula, "whole"))
        made.cells.append(share_cells(row + 3, has, whole, n, summary_sheet.IN_SAMPLE)[0])
    last = first + len(block.labels) - 1
    numbers = block.numbers(rows)
    lines = zip(block.labels, numbers, list_formulas(block, first, whole), strict=True)
    for place, (label, number, formula) in enumerate(lines, first):
        made.cells += [LiveCell(place, 1, label, None, "label"), LiveCell(place, 2, number, formula, "whole")]
        part, of = (answered, has) if block.of_answered and label != block.blank else (whole, n)
        made.cells.append(share_cells(place, number, part, of, summary_sheet.IN_SAMPLE)[0])
    if block.of_answered:
        made.cells.append(LiveCell(last + 1, 1, f"{OF_WHOM} {block.note}".strip(), None, "note"))
    else:
        told = not_laid_out.of_lines(block, numbers, first, n, whole)
        if block.note or told.formula:
            made.cells.append(told.after(block.note, last + 1, 1))
    height = len(block.labels) * (OWN_BAR_PIXELS if block.of_answered else BAR_PIXELS) + AROUND_PIXELS
    series = _series(row + 1, first, last, (2,), (colour,))
    what = f"cases for each line of {block.heading}"
    made.charts.append(_chart("bar", title, f"E{row + 1}", series, what=what, height=height))
    return _next(row + 1, last, height)


def _heat_map(made: Layout, table: CrossTable, rows: pd.DataFrame, lists: Lists, own: Said) -> int:
    """Outcome by type of harm, with its stacked bars below; the row where the next title stands."""
    title = "Are some types of harm more likely to end in no further action?"
    _title(made, table.row - 2, title)
    made.cells.append(LiveCell(table.row - 1, 1, f"Outcome by type of harm. {LEGEND}", None, "note"))
    counted_cells = table.cells(rows)
    made.cells += [*counted_cells, *_rest(table, values(counted_cells), _decided(lists))]
    made.heights[table.row] = HEADER_HEIGHT
    made.cells.append(own.after("A case with several types of harm counts in each.", table.last + 1, 1))
    made.heat_maps.append(HeatMap((table.first, 3), (table.last, table.last_column), STEPS))
    columns = [*(table.column_of(word) for word in _decided(lists)), table.last_column + 1]
    made.charts.append(
        _chart(
            "stacked_bar",
            title,
            f"A{table.last + 3}",
            _series(table.row, table.first, table.last, columns, (*_colours(lists), PALE)),
            what="cases of each type of harm, divided by outcome",
            height=len(table.down.labels) * BAR_PIXELS + AROUND_PIXELS + LEGEND_PIXELS,
            width=1200,
        )
    )
    return _next(table.last + 3, table.last, made.charts[-1].height)


def _decided(lists: Lists) -> tuple[str, ...]:
    """The outcomes on a side of the line."""
    return (*lists.on(decision_line.UNDER), *lists.on(decision_line.OVER))


def _colours(lists: Lists) -> tuple[str, ...]:
    """A colour for each of these: those of its side in turn, so that a side is told from the other at a glance."""
    sides = ((CLOSED_COLOURS, decision_line.UNDER), (PROGRESSED_COLOURS, decision_line.OVER))
    return tuple(colours[at % len(colours)] for colours, side in sides for at in range(len(lists.on(side))))


def _rest(table: CrossTable, numbers: Mapping[tuple[int, int], int], decided: Sequence[str]) -> list[LiveCell]:
    """Right of the outcomes: the cases of each line whose outcome is on neither side, or not there."""
    beside = table.last_column + 1
    columns = [table.column_of(word) for word in decided]
    made = [LiveCell(table.row, beside, THE_REST, None, "header_number")]
    for row in range(table.row + 1, table.last + 1):
        taken = "+".join(address(row, column) for column in columns) or "0"
        formula = f"={address(row, 2)}-({taken})"
        number = numbers[row, 2] - sum(numbers[row, column] for column in columns)
        made.append(LiveCell(row, beside, number, formula, "whole"))
    return made


def _stacked(made: Layout, table: CrossTable, rows: pd.DataFrame) -> int:
    """Outcome by scenario, with its stacked bars below; the row where the next title stands."""
    title = "Do decisions follow the level of harm, or parenting concerns?"
    _title(made, table.row - 1, title)
    made.cells += table.cells(rows)
    made.heights[table.row] = HEADER_HEIGHT
    columns = range(3, table.last_column + 1)
    made.charts.append(
        _chart(
            "stacked_bar",
            title,
            f"A{table.last + 2}",
            _series(table.row, table.first, table.last, columns, SCENARIO_COLOURS),
            what="cases of each outcome, divided by scenario",
            height=480,
            width=1200,
        )
    )
    return _next(table.last + 2, table.last, made.charts[-1].height)


def _sides(made: Layout, table: CrossTable, rows: pd.DataFrame, title: str, own: Said) -> int:
    """Under and over the decision line for each line of a block; the row where the next title stands."""
    top = table.row - 2
    _title(made, top, title)
    made.cells.append(own.after("Closed: below Child in Need. Progressed: from there up.", table.row - 1, 1))
    made.cells += table.cells(rows)
    made.heights[table.row] = 32.0
    columns = range(3, table.last_column + 1)
    made.charts.append(
        _chart(
            "stacked_bar",
            title,
            f"H{table.row}",
            _series(table.row, table.first, table.last, columns, SIDE_COLOURS),
            what=f"cases for each line of {table.down.heading}, divided into closed, progressed and others",
            height=len(table.down.labels) * BAR_PIXELS + AROUND_PIXELS + LEGEND_PIXELS,
        )
    )
    return _next(table.row, table.last, made.charts[-1].height)


def _series(header: int, first: int, last: int, columns: Sequence[int], colours: Sequence[str]) -> tuple[Series, ...]:
    """One series per column of a table, with the labels of its column 1."""
    return tuple(
        Series(f"=Charts!{address(header, column)}", _range(first, last, 1), _range(first, last, column), colour)
        for column, colour in zip(columns, colours, strict=True)
    )


def _chart(
    kind: Literal["bar", "stacked_bar"],
    title: str,
    anchor: str,
    series: tuple[Series, ...],
    *,
    what: str,
    height: int,
    width: int = 760,
    x_title: str = CASES,
) -> Chart:
    """A chart with the question as its title; `what` says in its alt text what the bars are."""
    return Chart(
        kind=kind,
        title=title,
        alt_text=f"Bars: {what}. The numbers stand in the table beside it.",
        anchor=anchor,
        series=series,
        width=width,
        height=height,
        x_title=x_title,
        legend=len(series) > 1,
    )


def _range(first: int, last: int, column: int) -> str:
    return f"=Charts!{address(first, column)}:{address(last, column)}"
