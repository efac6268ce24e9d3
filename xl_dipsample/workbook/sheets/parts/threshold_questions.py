"""The guide's questions about threshold decisions, each answered with numbers of the tables on Thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_dipsample.domain.review import review_rules
from xl_dipsample.workbook.sheets import summary_sheet
from xl_dipsample.workbook.sheets.parts import blocks, count_formulas
from xl_dipsample.workbook.sheets.parts.count_formulas import address, share_cells
from xl_dipsample.workbook.sheets.parts.cross_tables import CrossTable
from xl_dipsample.workbook.sheets.parts.layout import Book, LiveCell
from xl_dipsample.workbook.specs import formulas

Numbers = Mapping[tuple[int, int], int]  # what stands in the cross tables: (row, column) -> number

DECIDED = "closed or progressed"
AT_PROTECTION = "at child protection"
SCENARIO = "in this scenario"
CLOSED, PROGRESSED, NEITHER, NOTHING = blocks.SIDES
SIGNIFICANT_ONLY, IN_NEED_WITH = review_rules.scenarios()[1], review_rules.scenarios()[2]


@dataclass(frozen=True)
class Tables:
    """The cross tables of the sheet: outcomes by scenario, and the sides of the line by three columns."""

    happened: CrossTable
    by_scenario: CrossTable
    by_level: CrossTable
    by_concerns: CrossTable


@dataclass(frozen=True)
class Answer:
    """One line: its label, k with its formula, the n it is of with its address or sum, and the words for that."""

    label: str
    k: int
    formula: str
    n: int
    whole: str
    of: str


def height() -> int:
    """How many rows the block takes, its header and the questions included."""
    return 1 + sum(1 + size for _, size in _SIZES)


def cells(row: int, tables: Tables, numbers: Numbers, book: Book, whole: str) -> list[LiveCell]:
    """The block from `row` down; `numbers` stand in the cross tables, `whole` is the address of all cases' number."""
    made = [LiveCell(row, 1, "The question, and its answer", None, "header")]
    for place, words in enumerate(summary_sheet.HEADINGS, 2):
        made.append(LiveCell(row, place, words, None, "header" if words == "Of" else "header_number"))
    found = _answers(tables, numbers, book, whole)
    at = row + 1
    for (question, size), answers in zip(_SIZES, found, strict=True):
        if len(answers) != size:
            raise ValueError("a question has another number of answers than rows")
        made.append(LiveCell(at, 1, question, None, "plain_bold"))
        for place, one in enumerate(answers, at + 1):
            made.append(LiveCell(place, 1, one.label, None, "label"))
            made.append(LiveCell(place, 2, one.k, one.formula, "whole"))
            made += share_cells(place, one.k, one.whole, one.n, one.of)
        at += 1 + size
    return made


_SIZES = (
    ("Are cases at child protection because of extra-familial harm?", 4),
    ("What happens to significant harm where there are no parenting concerns?", 3),
    ("What happens to a child in need level of harm with parenting concerns?", 3),
    ("Do decisions follow the level of harm, or parenting concerns?", 4),
    ("Was the information hard to find?", 1),
)


def _answers(tables: Tables, numbers: Numbers, book: Book, whole: str) -> list[list[Answer]]:
    """The answers, question by question, in the order of `_SIZES`."""
    rows = book.rows
    hard = count_formulas.count(f'ISNUMBER(1/(TRIM({formulas.column("Hard to find?")})="Yes"))')
    is_hard = int((review_rules.keys(rows, "Hard to find?") == "yes").sum())
    return [
        _protection(tables.happened, numbers, book, whole),
        _scenario(tables.by_scenario, numbers, SIGNIFICANT_ONLY),
        _scenario(tables.by_scenario, numbers, IN_NEED_WITH),
        [
            _progressed(tables.by_level, numbers, review_rules.SIGNIFICANT, "Progressed with significant harm"),
            _progressed(
                tables.by_level, numbers, review_rules.IN_NEED, "Progressed with a child in need level of harm"
            ),
            _progressed(tables.by_concerns, numbers, "Yes", "Progressed with parenting concerns"),
            _progressed(tables.by_concerns, numbers, "No", "Progressed without parenting concerns"),
        ],
        [Answer("Hard to find? Yes", is_hard, hard, len(rows), whole, summary_sheet.IN_SAMPLE)],
    ]


def _protection(table: CrossTable, numbers: Numbers, book: Book, whole: str) -> list[Answer]:
    """Because of extra-familial harm: an outcome of child protection, significant harm, no parenting concerns."""
    rows = [table.row_of(word) for word in book.lists.protection]
    in_sample = len(book.rows)

    def added_up(*columns: int) -> tuple[str, int]:
        there = [(row, column) for row in rows for column in columns]
        return "+".join(address(*one) for one in there) or "0", sum(numbers[one] for one in there)

    (everybody, n), (alone, k) = added_up(2), added_up(table.column_of(SIGNIFICANT_ONLY))
    everybody = f"({everybody})"
    added, concerns = added_up(*(table.column_of(one) for one in (review_rules.scenarios()[0], IN_NEED_WITH)))
    outcomes = ", ".join(book.lists.protection) or "none on the list"
    because = f"Because of extra-familial harm: child protection ({outcomes}), significant harm, no parenting concerns"
    return [
        Answer(because, k, f"={alone}", in_sample, whole, summary_sheet.IN_SAMPLE),
        Answer("The same cases, of all at child protection", k, f"={alone}", n, everybody, AT_PROTECTION),
        Answer("At child protection with parenting concerns", concerns, f"={added}", n, everybody, AT_PROTECTION),
        Answer(
            "All others at child protection (in need without concerns, not clear, not yet answered)",
            n - k - concerns,
            f"={everybody}-({alone})-({added})",
            n,
            everybody,
            AT_PROTECTION,
        ),
    ]


def _scenario(table: CrossTable, numbers: Numbers, scenario: str) -> list[Answer]:
    """Closed and progressed, of the cases on a side of the line; the others, of all cases of the scenario."""
    row = table.row_of(scenario)
    closed, progressed, neither, nothing = (address(row, table.column_of(side)) for side in blocks.SIDES)
    k = {side: numbers[row, table.column_of(side)] for side in blocks.SIDES}
    decided = k[CLOSED] + k[PROGRESSED]
    whole = f"({closed}+{progressed})"
    return [
        Answer("Closed", k[CLOSED], f"={closed}", decided, whole, DECIDED),
        Answer("Progressed", k[PROGRESSED], f"={progressed}", decided, whole, DECIDED),
        Answer(
            "On neither side of the line, or no outcome yet",
            k[NEITHER] + k[NOTHING],
            f"={neither}+{nothing}",
            numbers[row, 2],
            address(row, 2),
            SCENARIO,
        ),
    ]


def _progressed(table: CrossTable, numbers: Numbers, label: str, words: str) -> Answer:
    """How many progressed, of the cases on a side of the line."""
    row = table.row_of(label)
    closed, progressed = table.column_of(CLOSED), table.column_of(PROGRESSED)
    k, n = numbers[row, progressed], numbers[row, closed] + numbers[row, progressed]
    whole = f"({address(row, closed)}+{address(row, progressed)})"
    return Answer(words, k, f"={address(row, progressed)}", n, whole, DECIDED)
