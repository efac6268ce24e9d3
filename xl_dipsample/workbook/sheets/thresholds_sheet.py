"""Thresholds: the four scenarios and "Not clear" side by side: cases, decisions, what happened, which services.

Every number follows what is typed. Below them stands the table Thresholds, which Refresh analysis fills.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.sheets import summary_sheet
from xl_dipsample.workbook.sheets.parts import blocks, count_formulas, not_laid_out, threshold_questions
from xl_dipsample.workbook.sheets.parts.blocks import Block
from xl_dipsample.workbook.sheets.parts.count_formulas import address, share_cells
from xl_dipsample.workbook.sheets.parts.cross_tables import ALL, CrossTable, list_formulas, values
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.sheets.parts.threshold_questions import DECIDED, Tables
from xl_dipsample.workbook.specs import spec

FIRST_ROW = 5
CASES = FIRST_ROW + 2  # the row of the number of all cases
HEADER_HEIGHT = 47.0  # three lines: the longest scenario
WIDTHS = {1: 40.0, 2: 22.0, 3: 22.0, 4: 27.0, 5: 22.0, 6: 40.0, 7: 22.0, 8: 27.0}
SEVERAL = "A case can be offered several services, so these counts add up to more than the cases."
QUESTIONS = "The guide's questions, in numbers"
OFF_THE_LINE = "Outcomes on neither side, own words too, are listed in the last rows of Variations."
WHETHER_CLEAR = "Whether such differences are clear is said on Variations, rows Level of harm and Parenting concerns."
TABLE_TITLE, TO_TABLE = "Case by case", "Go to the table: case by case"
ROWS_ABOVE = 3  # a blank row, the title, the note
NOT_YET = "Refresh analysis fills this table."
ORDER = "Like cases (same scenario, same types of harm) stand together, first those with unlike outcomes."


def layout(book: Book) -> Layout:
    """Six blocks and the title of the table; 0 is shown as 0."""
    made = Layout(widths=dict(WIDTHS))
    rows = book.rows
    last = _scenarios(made, book)
    asked = last + 3
    tables = _tables(asked + threshold_questions.height() + 1, book)
    services, scenario = blocks.of("Referred to?", book), blocks.of("Scenario", book)
    offered = CrossTable(services, scenario, tables.happened.last + 3, "Referred to?")
    _decisions(made, tables, rows, book.lists)
    for name, title, table in (
        ("Thresholds_Outcomes", "What happened in each scenario", tables.happened),
        ("Thresholds_Services", "Which services were offered in each scenario", offered),
    ):
        made.cells.append(LiveCell(table.row - 1, 1, title, None, "section"))
        made.cells += table.cells(rows)
        made.heights[table.row] = HEADER_HEIGHT
        made.names[name] = f"=Thresholds!{address(table.row - 1, 1)}"
    made.cells.append(LiveCell(offered.last + 1, 1, SEVERAL, None, "note"))
    made.cells.append(LiveCell(asked - 1, 1, QUESTIONS, None, "section"))
    made.cells += threshold_questions.cells(asked, tables, values(made.cells), book, address(CASES, 2))
    made.cells.append(LiveCell(asked + threshold_questions.height(), 1, WHETHER_CLEAR, None, "note"))
    made.names["Thresholds_Asked"] = f"=Thresholds!{address(asked - 1, 1)}"
    _case_by_case(made, book, offered.last + 1)
    return made


def line_in_words(lists: Lists) -> str:
    """Which outcomes stand on which side.

    >>> from xl_dipsample.domain.shared.lead_lists import shipped
    >>> line_in_words(shipped())[:45]
    'The line. Closed: No further action, Advice a'
    """
    sides = (f"{side}: {', '.join(lists.on(side)) or 'none'}." for side in (decision_line.UNDER, decision_line.OVER))
    return f"The line. {' '.join(sides)}"


def _tables(row: int, book: Book) -> Tables:
    """Where the cross tables stand: the first title is two rows below `row`, a note between it and its table."""
    by_level_at = row + 3 + len(blocks.of("Scenario", book).labels) + 4
    by_concerns_at = by_level_at + 1 + len(blocks.of("Level of harm", book).labels) + 3
    happened_at = by_concerns_at + 1 + len(blocks.of("Parenting concerns", book).labels) + 4
    scenario = blocks.of("Scenario", book)
    happened = CrossTable(blocks.of("Outcome", book), scenario, happened_at, "Outcome")
    line = blocks.line({word: address(happened.row_of(word), 1) for word in happened.down.words}, book)
    return Tables(
        happened,
        CrossTable(scenario, line, row + 3, "Decisions by scenario"),
        CrossTable(blocks.of("Level of harm", book), line, by_level_at, "Decisions by level of harm"),
        CrossTable(blocks.of("Parenting concerns", book), line, by_concerns_at, "Decisions by parenting concerns"),
    )


def _decisions(made: Layout, tables: Tables, rows: pd.DataFrame, lists: Lists) -> None:
    """Under and over the line, by scenario, by level of harm, by parenting concerns."""
    top = tables.by_scenario.row
    made.cells.append(LiveCell(top - 2, 1, "Decisions under and over the line", None, "section"))
    block, first = tables.happened.down, tables.happened.first
    own = not_laid_out.of_lines(block, block.numbers(rows), first, len(rows), address(CASES, 2))
    made.cells.append(LiveCell(top - 1, 1, line_in_words(lists), None, "note"))
    for table in (tables.by_scenario, tables.by_level, tables.by_concerns):
        counted_cells = table.cells(rows)
        made.cells += [*counted_cells, *_shares(table, values(counted_cells))]
    made.cells.append(own.after(OFF_THE_LINE, tables.by_concerns.last + 1, 1))
    made.names["Thresholds_Decisions"] = f"=Thresholds!{address(top - 2, 1)}"


def _shares(table: CrossTable, numbers: Mapping[tuple[int, int], int]) -> list[LiveCell]:
    """Right of the counts: the share that progressed, of the cases on a side of the line."""
    beside = table.last_column + 1
    closed, progressed = table.column_of(decision_line.UNDER), table.column_of(decision_line.OVER)
    made = [
        LiveCell(table.row, beside, "% progressed", None, "header_number"),
        LiveCell(table.row, beside + 1, "Of", None, "header"),
    ]
    for row in range(table.row + 1, table.last + 1):
        k, n = numbers[row, progressed], numbers[row, closed] + numbers[row, progressed]
        whole = f"({address(row, closed)}+{address(row, progressed)})"
        made += share_cells(row, k, whole, n, DECIDED, part_column=progressed, column=beside)[:2]
    return made


def _case_by_case(made: Layout, book: Book, last: int) -> None:
    """The title of the table that stands last, as of when it is, and a link to it from the top.

    `last` is the last row of what stands above: the lead's lists may be so long that the table stands lower than usual.
    """
    above = xl_cell_to_rowcol(spec.table(book.kind, "Thresholds").anchor)[0]  # from 0: the row above, from 1
    above = max(above, last + ROWS_ABOVE)
    made.headers["Thresholds"] = above + 1
    when = excel_text(book.values.get("analysed_on"))
    is_there = any(excel_text(cell) for cell in book.tables["Thresholds"]["Unique ID"])
    note = (f"As of {when}. {ORDER}" if when else ORDER) if is_there else NOT_YET
    listed = 'SUMPRODUCT(--(Thresholds[Unique ID]<>""))'
    formula = f'=IF({listed}=0,"{NOT_YET}",IF(analysed_on="","","As of "&analysed_on&". ")&"{ORDER}")'
    made.cells.append(LiveCell(FIRST_ROW - 1, 1, TO_TABLE, None, "link", f"internal:'Thresholds'!A{above - 1}"))
    made.cells.append(LiveCell(above - 1, 1, TABLE_TITLE, None, "section"))
    made.cells.append(LiveCell(above, 1, note, formula, "note"))
    made.names["Thresholds_Cases"] = f"=Thresholds!{address(above - 1, 1)}"


def _scenarios(made: Layout, book: Book) -> int:
    """One line per scenario with its share; the last row of the list."""
    rows = book.rows
    block, first = blocks.of("Scenario", book), CASES + 1
    made.cells.append(LiveCell(FIRST_ROW, 1, "How many cases each scenario has", None, "section"))
    _heads(made, block)
    made.cells += [
        LiveCell(CASES, 1, ALL, None, "label_bold"),
        LiveCell(CASES, 2, len(rows), count_formulas.count(), "whole"),
    ]
    whole = address(CASES, 2)
    lines = zip(block.labels, block.numbers(rows), list_formulas(block, first, whole), strict=True)
    for place, (label, number, formula) in enumerate(lines, first):
        made.cells += [LiveCell(place, 1, label, None, "label"), LiveCell(place, 2, number, formula, "whole")]
        made.cells += share_cells(place, number, whole, len(rows), summary_sheet.IN_SAMPLE)
    made.names["Thresholds_Scenarios"] = f"=Thresholds!{address(FIRST_ROW, 1)}"
    answered = f"{len(rows) - block.numbers(rows)[-1]} of {len(rows)} cases have a scenario"
    unanswered = address(first + len(block.labels) - 1, 2)
    formula = f'={whole}-{unanswered}&" of "&{whole}&" cases have a scenario"'
    made.state = LiveCell(3, 1, answered, formula, "state")
    return first + len(block.labels) - 1


def _heads(made: Layout, block: Block) -> None:
    made.cells.append(LiveCell(FIRST_ROW + 1, 1, block.heading, None, "header"))
    for place, words in enumerate(summary_sheet.HEADINGS, 2):
        style = "header" if words == "Of" else "header_number"
        made.cells.append(LiveCell(FIRST_ROW + 1, place, words, None, style))
