"""How much a file may ask for: every bound that keeps a reader from filling the computer's memory, in one place.

They are bounds of what a parser would make of a file, and are looked at before it sees the file
(docs/decisions/0023-memory-is-bounded-by-construction.md).
"""

from __future__ import annotations

from xl_dipsample.domain.shared.errors import FILE, FileProblem

EXCEL_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_570  # of a long list
LONGEST_TEXT = 32_767  # characters that a cell of Excel can hold
MOST_CELLS = 30_000_000  # of the rectangles that the cells of all sheets of an export fill
MOST_OWN_CELLS = 50_000_000  # of one sheet of ours: Long list has fourteen columns more than its export
FAR_CELLS = 16_000_000  # a parser keeps 24 bytes for every cell of the rectangle, filled or not
FAR_SHARE = 20  # so many times more empty cells than filled ones: no list looks like that
MOST_TEXT = 400 * 2**20  # bytes of the texts in all cells: a text that a file holds once can stand in every cell
MOST_CSV = 128 * 2**20  # bytes
MOST_XLS = 64 * 2**20  # bytes: a parser keeps a formula's words, up to fifty times as long as the formula
MOST_LINES = 4_200_000  # of a .csv: a cell may hold line breaks
LONGEST_LINE = 4 * 2**20  # characters of a .csv
MOST_READ_FOR_NAMES = 200_000  # cells of a review workbook: a case that was read fills about ten
MOST_CHARACTERS_FOR_NAMES = 30_000_000  # in these cells: ten thousand cases with three thousand characters each


def is_far(rows: int, columns: int, cells: int) -> bool:
    """Whether single cells stand so far out that a parser would keep room for almost nothing.

    >>> is_far(1_048_576, 16_384, 10), is_far(1_000_000, 20, 20_000_000)
    (True, False)
    """
    area = rows * columns
    return area > FAR_CELLS and area > FAR_SHARE * cells


def too_many_rows(found: str) -> FileProblem:
    """The refusal of more rows than the long list can hold; `found`: how many, in words."""
    return FileProblem(
        "too-many-rows",
        f"{FILE} has {found}, more than the {MOST_ROWS:,} rows that the long list can hold: export a shorter period.",
    )


def too_many_columns(columns: int) -> FileProblem:
    """The refusal of more columns than Excel has."""
    return FileProblem(
        "too-many-columns",
        f"{FILE} has {columns:,} columns, more than the {MOST_COLUMNS:,} that Excel can hold: export fewer columns.",
    )


def far_cells() -> FileProblem:
    """The refusal of single cells far away from the list."""
    return FileProblem(
        "far-cells",
        f"{FILE} has single cells far away from the list: delete the empty rows and columns "
        "around the list, save it, and try again.",
    )


def too_many_cells(where: str = "") -> FileProblem:
    """The refusal of more cells than this program reads; `where`: in what of the file, in words."""
    return FileProblem(
        "too-many-cells",
        f"{FILE} needs room for more than {MOST_CELLS:,} cells{where}, the most that are read: "
        "export fewer columns, or a shorter period.",
    )


def too_much_text() -> FileProblem:
    """The refusal of more text than this program reads."""
    return FileProblem(
        "too-much-text",
        f"{FILE} holds more text in its cells than fits into this computer's memory: "
        "export fewer columns, or a shorter period.",
    )


def too_large(most: int) -> FileProblem:
    """The refusal of a file that is read whole, and is longer than `most` bytes."""
    return FileProblem(
        "too-large",
        f"{FILE} has more than {most // 2**20} MB, the most that is read of such a file: "
        "export fewer columns, or a shorter period.",
    )
