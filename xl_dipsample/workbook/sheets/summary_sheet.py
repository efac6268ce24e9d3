"""Summary: what is in the sample. Each line says n, %, of what, and the 95% interval of the share."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.sheets.parts import blocks, count_formulas
from xl_dipsample.workbook.sheets.parts.count_formulas import address, share_cells
from xl_dipsample.workbook.sheets.parts.cross_tables import list_formulas
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs.formulas import column

FIRST_ROW = 5
NOT_KNOWN = "not known"
IN_SAMPLE = "in the sample"
WIDTHS = {1: 44.0, 2: 11.0, 3: 9.0, 4: 34.0, 5: 16.0, 6: 16.0}
HEADINGS = ("n", "%", "Of", "At least (95%)", "At most (95%)")
# The lines of the first block, from FIRST_ROW + 2 down.
LONG_LIST, SAMPLE, LEFT, COMPLETE, HARD = (FIRST_ROW + 2 + place for place in range(5))
HOW_TO_READ = (
    "The last two columns are the 95% interval of the share (Wilson).",
    "If this sample stands for a larger group, the share there is likely to lie between them.",
    "Below 10 cases in a group the sheet shows counts and says that they are few.",
    "Cells in which somebody typed words that are on no list count as Other words. Nothing is left out.",
    "Outcomes in own words are listed, with their number of cases, in the last rows of Variations.",
)


def layout(book: Book) -> Layout:
    """The blocks one under the other; the first number right of a label is its n."""
    made = Layout(widths=dict(WIDTHS))
    rows = book.rows
    _sample_block(made, book)
    row = HARD + 2
    for block in [*blocks.standard(book), *blocks.questions(book)]:
        row = _block(made, block, rows, row)
    made.cells += [LiveCell(row + place, 1, words, None, "note") for place, words in enumerate(HOW_TO_READ)]
    made.names["Summary_How_to_read"] = f"=Summary!{address(row, 1)}"
    made.state = _state(book.progress)
    return made


def _sample_block(made: Layout, book: Book) -> None:
    progress = book.progress
    drawn = progress.in_sample + progress.left
    long_list = _long_list(book)
    _heads(made, "Sample", "Sample", FIRST_ROW)
    in_sample, left = address(SAMPLE, 2), address(LEFT, 2)
    total = f'=IFERROR(N(INDEX(Funnel[Remaining],MATCH({address(LONG_LIST, 1)},Funnel[Stage],0))),"{NOT_KNOWN}")'
    complete = count_formulas.count(f'(Review[Check]="{review_rules.COMPLETE}")')
    hard = count_formulas.count(f'ISNUMBER(1/(TRIM({column("Hard to find?")})="Yes"))')
    lines = (
        (LONG_LIST, "Long list", long_list, None if book.is_second else total),  # a second reader has no Funnel
        (SAMPLE, "In the sample now", progress.in_sample, count_formulas.count()),
        (LEFT, "Left during review", progress.left, count_formulas.count_left()),
        (COMPLETE, "Reviewed completely", progress.complete, complete),
        (HARD, "Hard to find", progress.hard_to_find, hard),
    )
    for row, label, value, formula in lines:
        made.cells += [LiveCell(row, 1, label, None, "label"), LiveCell(row, 2, value, formula, "whole")]
    made.cells.append(LiveCell(LONG_LIST, 4, "every case of the defined group", None, "text"))
    known = long_list if isinstance(long_list, int) else 0
    made.cells += share_cells(SAMPLE, progress.in_sample, address(LONG_LIST, 2), known, "on the long list")
    made.cells += share_cells(COMPLETE, progress.complete, in_sample, progress.in_sample, IN_SAMPLE)
    made.cells += share_cells(HARD, progress.hard_to_find, in_sample, progress.in_sample, IN_SAMPLE)
    made.cells.append(
        LiveCell(LEFT, 4, f"of {drawn} cases drawn", f'="of "&({in_sample}+{left})&" cases drawn"', "text")
    )


def _long_list(book: Book) -> int | str:
    """The total of the long list, from the first line of the funnel."""
    funnel = book.tables.get("Funnel")
    if funnel is not None:
        for stage, remaining in zip(funnel["Stage"], funnel["Remaining"], strict=True):
            if excel_text(stage).casefold() == "long list":
                return int(remaining) if isinstance(remaining, int | float) else 0
    return NOT_KNOWN


def _block(made: Layout, block: blocks.Block, rows: pd.DataFrame, row: int) -> int:
    """Add one block from `row` down; the row where the next one starts."""
    _heads(made, block.title, block.heading, row)
    if block.several:
        made.cells.append(LiveCell(row, 4, blocks.OVERLAP, None, "note"))
    first, whole = row + 2, address(SAMPLE, 2)
    lines = zip(block.labels, block.numbers(rows), list_formulas(block, first, whole), strict=True)
    for place, (label, number, formula) in enumerate(lines, first):
        made.cells += [LiveCell(place, 1, label, None, "label"), LiveCell(place, 2, number, formula, "whole")]
        made.cells += share_cells(place, number, whole, len(rows), IN_SAMPLE)
    return first + len(block.labels) + 1


def _heads(made: Layout, title: str, heading: str, row: int) -> None:
    """The title of a block, its name to jump to, its header row."""
    made.cells.append(LiveCell(row, 1, title, None, "section"))
    made.cells.append(LiveCell(row + 1, 1, heading, None, "header"))
    for place, words in enumerate(HEADINGS, 2):
        made.cells.append(LiveCell(row + 1, place, words, None, "header" if words == "Of" else "header_number"))
    made.names[f"Summary_{len(made.names) + 1:02d}"] = f"=Summary!{address(row, 1)}"


def _state(progress: review_rules.Progress) -> LiveCell:
    complete, in_sample, left = address(COMPLETE, 2), address(SAMPLE, 2), address(LEFT, 2)
    words = f"{progress.complete} of {progress.in_sample} reviewed completely; {progress.left} left during review."
    formula = f'={complete}&" of "&{in_sample}&" reviewed completely; "&{left}&" left during review."'
    return LiveCell(3, 1, words, formula, "state")
