"""Summary: what is in the sample. Each line says n, %, of what, and the 95% interval of the share."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from xl_dipsample.domain.narrowing import people_counted
from xl_dipsample.domain.narrowing.people_counted import Counted, Part
from xl_dipsample.domain.review import decision_points, review_rules
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.workbook.sheets.parts import blocks, count_formulas, not_laid_out, people_formulas, summary_crosses
from xl_dipsample.workbook.sheets.parts.count_formulas import address, share_cells
from xl_dipsample.workbook.sheets.parts.cross_tables import list_formulas
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs.formulas import column

FIRST_ROW = 5
NOT_KNOWN = "not known"
IN_SAMPLE, OF_ANSWERED = "in the sample", "answered"
WIDTHS = {1: 44.0, 2: 11.0, 3: 9.0, 4: 34.0, 5: 16.0, 6: 16.0}
HEADINGS = ("n", "%", "Of", "At least (95%)", "At most (95%)")
# The lines of the first block, from FIRST_ROW + 2 down.
LONG_LIST, PEOPLE, PEOPLE_NOW, SAMPLE, LEFT, COMPLETE, HARD = (FIRST_ROW + 2 + place for place in range(7))
OF_AGE, PEOPLE_IN_SAMPLE = "Young people in the period and of age", "Young people in the sample now"
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
    places: dict[str, str] = {}
    for block in blocks.counted(book):
        if block.heading == decision_points.FIRST:
            places = {word: address(row + 2 + at, 1) for at, word in enumerate(block.words)}
        row = _block(made, block, rows, row)
    if not book.is_second:
        row = summary_crosses.add(made, book, row, places)
    made.cells += [LiveCell(row + place, 1, words, None, "note") for place, words in enumerate(HOW_TO_READ)]
    made.names["Summary_How_to_read"] = f"=Summary!{address(row, 1)}"
    made.state = _state(book.progress)
    return made


def _sample_block(made: Layout, book: Book) -> None:
    progress = book.progress
    drawn = progress.in_sample + progress.left
    _heads(made, "Sample", "Sample", FIRST_ROW)
    _of_whom(made, book)
    in_sample, left = address(SAMPLE, 2), address(LEFT, 2)
    complete = count_formulas.count(f'(Review[Check]="{review_rules.COMPLETE}")')
    hard = count_formulas.count(f'ISNUMBER(1/(TRIM({column("Hard to find?")})="Yes"))')
    lines = (
        (LEFT, "Left during review", progress.left, count_formulas.count_left()),
        (COMPLETE, "Reviewed completely", progress.complete, complete),
        (HARD, "Hard to find", progress.hard_to_find, hard),
    )
    for row, label, value, formula in lines:
        made.cells += [LiveCell(row, 1, label, None, "label"), LiveCell(row, 2, value, formula, "whole")]
    made.cells += share_cells(COMPLETE, progress.complete, in_sample, progress.in_sample, IN_SAMPLE)
    made.cells += share_cells(HARD, progress.hard_to_find, in_sample, progress.in_sample, IN_SAMPLE)
    made.cells.append(
        LiveCell(LEFT, 4, f"of {drawn} cases drawn", f'="of "&({in_sample}+{left})&" cases drawn"', "text")
    )


def _of_whom(made: Layout, book: Book) -> None:
    """The long list, the young people who are the whole of the share, and who of them is in the sample now."""
    found = people_formulas.counted(book) or Counted(0, None, None)
    whole, now = address(PEOPLE, 2), address(PEOPLE_NOW, 2)
    in_whole = people_formulas.number(people_counted.OF_AGE, people_counted.PEOPLE)
    in_sample = people_formulas.young_people(address(SAMPLE, 2))
    lines = (
        (LONG_LIST, "Long list", found.long_list, people_formulas.LONG_LIST),
        (PEOPLE, OF_AGE, found.number(people_counted.OF_AGE, 0), in_whole),
        (PEOPLE_NOW, PEOPLE_IN_SAMPLE, found.young_people, in_sample),
    )
    for row, label, value, formula in lines:
        known = NOT_KNOWN if value is None else value
        shown = None if book.is_second else f'=IF(ISNUMBER({formula}),{formula},"{NOT_KNOWN}")'  # it has no Funnel
        made.cells += [LiveCell(row, 1, label, None, "label"), LiveCell(row, 2, known, shown, "whole")]
    made.cells += [
        LiveCell(SAMPLE, 1, "In the sample now", None, "label"),
        LiveCell(SAMPLE, 2, found.cases, count_formulas.count(), "whole"),
    ]
    if book.is_second:
        return
    made.cells += [
        LiveCell(LONG_LIST, 4, _listed(found), None, "text"),
        LiveCell(PEOPLE, 4, _rows_of_whole(found), None, "text"),
    ]
    made.cells += _share_if_known(PEOPLE_NOW, found.of_people, now, whole, people_counted.YOUNG_PEOPLE)
    if found.of_contacts is not None:
        contacts = people_formulas.number(people_counted.OF_AGE, people_counted.CONTACTS)
        made.cells += _share_if_known(
            SAMPLE, found.of_contacts, address(SAMPLE, 2), contacts, people_counted.CONTACTS_OF
        )
    elif found.counts is None:
        listed = address(LONG_LIST, 2)
        made.cells += _share_if_known(SAMPLE, found.of_rows, address(SAMPLE, 2), listed, people_counted.ROWS_OF)
    else:
        made.cells.append(LiveCell(SAMPLE, 4, "cases: one for each young person", None, "text"))


def _listed(found: Counted) -> str:
    people = found.number(people_counted.LISTED, 0)
    told = "rows: every row of the defined group"
    return told if people is None else f"{told}; {plural(people, 'young person', 'young people')}"


def _rows_of_whole(found: Counted) -> str:
    rows = found.number(people_counted.OF_AGE, 2)
    return found.why_not_people if rows is None else f"{plural(rows, 'row')}. {found.doubts_in_words()}"


def _share_if_known(row: int, part: Part | None, count: str, whole: str, of: str) -> list[LiveCell]:
    """`share_cells`, blank where the count or its whole is not known."""
    cells = share_cells(row, part.number if part else 0, whole, part.of if part else 0, of)
    known = f"AND(ISNUMBER({count}),ISNUMBER({whole}))"
    return [
        replace(one, value=one.value if part else "", formula=f'=IF({known},{str(one.formula).removeprefix("=")},"")')
        for one in cells
    ]


def _block(made: Layout, block: blocks.Block, rows: pd.DataFrame, row: int) -> int:
    """Add one block from `row` down; the row where the next one starts."""
    _heads(made, block.title, block.heading, row)
    first, whole, everybody = row + 2, address(SAMPLE, 2), len(rows)
    answered, part = everybody, whole
    if block.of_answered:
        answered, part = block.answered(rows), address(first, 2)
        formula = count_formulas.count(count_formulas.filled(block.heading))
        made.cells += _line(first, blocks.ANSWERED, answered, formula)
        made.cells += share_cells(first, answered, whole, everybody, IN_SAMPLE)
        first += 1
    numbers = block.numbers(rows)
    if not block.of_answered:
        told = not_laid_out.of_lines(block, numbers, first, everybody, whole)
        if block.note or told.formula:
            made.cells.append(told.after(block.note, row, 4))
    lines = zip(block.labels, numbers, list_formulas(block, first, whole), strict=True)
    for place, (label, number, formula) in enumerate(lines, first):
        made.cells += _line(place, label, number, formula)
        if block.of_answered and label != block.blank:
            made.cells += share_cells(place, number, part, answered, OF_ANSWERED)
        else:
            made.cells += share_cells(place, number, whole, everybody, IN_SAMPLE)
    last = first + len(block.labels)
    if block.note and block.of_answered:  # a question of the team may be as long as it likes: no room beside it
        made.cells.append(LiveCell(last, 1, block.note, None, "note"))
        last += 1
    return last + 1


def _line(row: int, label: str, number: int, formula: str) -> list[LiveCell]:
    return [LiveCell(row, 1, label, None, "label"), LiveCell(row, 2, number, formula, "whole")]


def _heads(made: Layout, title: str, heading: str, row: int) -> None:
    """The title of a block, its name to jump to, its header row."""
    made.cells.append(LiveCell(row, 1, title, None, "section"))
    made.cells.append(LiveCell(row + 1, 1, heading, None, "header"))
    for place, words in enumerate(HEADINGS, 2):
        made.cells.append(LiveCell(row + 1, place, words, None, "header" if words == "Of" else "header_number"))
    summary_crosses.name(made, row)


def _state(progress: review_rules.Progress) -> LiveCell:
    complete, in_sample, left = address(COMPLETE, 2), address(SAMPLE, 2), address(LEFT, 2)
    words = f"{progress.complete} of {progress.in_sample} reviewed completely; {progress.left} left during review."
    formula = f'={complete}&" of "&{in_sample}&" reviewed completely; "&{left}&" left during review."'
    return LiveCell(3, 1, words, formula, "state")
