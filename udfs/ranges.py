"""Ranges in, ranges out: what all worksheet functions have in common, so that each of them is one line.

* A cell, a range or a list from another formula is taken; a single cell counts for every row of the others.
* A blank cell, or one that shows an error, gives a blank answer; so does a row in which any cell needed is blank.
* Ranges of different sizes: surplus cells that are blank do not count; otherwise one sentence is the whole answer.
* Nothing is ever raised into Excel: what cannot be worked out is "No answer".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec

from xl_dipsample.domain.shared.cell import trimmed

Grid = list[list[object]]  # rows of cells, all of one length
P = ParamSpec("P")

CATEGORY = "Dip-sampling"  # the functions' group in Excel's list
NO_ANSWER = "No answer"
UNEQUAL = "The ranges have different sizes: choose as many cells in each."
ONE_COLUMN = "Choose cells of one column, because the answers stand beside each other."

ERROR_NUMBERS = range(-2146826288, -2146826200)  # how Excel hands over a cell that shows an error
LEFT_OUT = -2147352572  # how Excel hands over an argument that was left out
ERROR_WORDS = frozenset(
    {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


class UnequalRanges(ValueError):
    """The ranges do not belong together."""


def cells(doc: str) -> dict[str, object]:
    """What xlwings is told of an argument: its help, and that a column of cells must stay a column."""
    return {"doc": doc, "ndim": 2}


def cell_by_cell(rule: Callable[P, Sequence[object]]) -> Callable[P, Grid]:
    """Turn a rule into a function of ranges whose answers stand as the cells do.

    The rule takes for each argument the list of its cells, none of them blank, all lists of one length, and gives
    one answer for each.
    """

    @wraps(rule)
    def function(*ranges: P.args, **_: P.kwargs) -> Grid:
        return _answered(rule, ranges, _as_the_cells)

    return function


def side_by_side(width: int) -> Callable[[Callable[P, Sequence[Sequence[object]]]], Callable[P, Grid]]:
    """Turn a rule into a function of columns that gives one row of answers for each row of cells.

    The rule is as for `cell_by_cell`, but each answer is itself a list; all rows are filled up with blanks to the
    longest, and to `width` at least.
    """

    def stand(answers: list[Any], columns: int) -> Grid:
        if columns > 1:
            return [[ONE_COLUMN]]
        longest = max(width, *map(len, answers))
        padded = ([*answer, *[""] * (longest - len(answer))] for answer in answers)
        return [["" if cell is None else cell for cell in row] for row in padded]

    def decorate(rule: Callable[P, Sequence[Sequence[object]]]) -> Callable[P, Grid]:
        @wraps(rule)
        def function(*ranges: P.args, **_: P.kwargs) -> Grid:
            return _answered(rule, ranges, stand)

        return function

    return decorate


def grid(value: object) -> Grid:
    """What Excel hands over as rows of cells, None for a blank cell or one that shows an error.

    >>> grid("CSE"), grid([["CSE"], [""]]), grid((1.0, -2146826246))
    ([['CSE']], [['CSE'], [None]], [[1.0, None]])
    """
    if not isinstance(value, list | tuple):
        return [[_cell(value)]]
    rows = [list(row) if isinstance(row, list | tuple) else [row] for row in value]
    if not any(isinstance(row, list | tuple) for row in value):
        rows = [list(value)]  # a list without rows is one row
    width = max((len(row) for row in rows), default=0)
    return [[_cell(cell) for cell in row] + [None] * (width - len(row)) for row in rows] if width else [[None]]


def _cell(value: object) -> object:
    if isinstance(value, str):
        return None if not trimmed(value) or trimmed(value).upper() in ERROR_WORDS else value
    if isinstance(value, int) and (value in ERROR_NUMBERS or value == LEFT_OUT):
        return None
    return None if value != value else value  # not a number


def _answered(
    rule: Callable[..., Sequence[Any]], ranges: tuple[object, ...], stand: Callable[[list[Any], int], Grid]
) -> Grid:
    try:
        rows, columns, flat = _aligned([grid(one) for one in ranges])
        whole = [at for at in range(rows * columns) if all(one[at] is not None for one in flat)]
        found = rule(*([one[at] for at in whole] for one in flat)) if whole else []
        answers: list[Any] = [""] * (rows * columns)
        for at, answer in zip(whole, found, strict=True):
            answers[at] = "" if answer is None else answer
        return stand(answers, columns)
    except UnequalRanges:
        return [[UNEQUAL]]
    except Exception:  # a traceback in a cell would show code, and could show what the cells hold
        return [[NO_ANSWER]]


def _aligned(grids: list[Grid]) -> tuple[int, int, list[list[object]]]:
    """The common number of rows and columns, and the cells of each range in reading order.

    Raises UnequalRanges when a range has filled cells where another has none.
    """
    wide = [one for one in grids if (len(one), len(one[0])) != (1, 1)]
    columns = max((len(one[0]) for one in wide), default=1)
    rows = max((len(one) for one in wide), default=1)
    filled = [max((at for at, row in enumerate(one, 1) if any(c is not None for c in row)), default=0) for one in wide]
    if any(len(one[0]) != columns for one in wide) or any(len(one) < last for one in wide for last in filled):
        raise UnequalRanges
    flat = []
    for one in grids:
        if (len(one), len(one[0])) == (1, 1):
            flat.append([one[0][0]] * (rows * columns))
        else:
            flat.append([cell for row in one for cell in row] + [None] * ((rows - len(one)) * columns))
    return rows, columns, flat


def _as_the_cells(answers: list[Any], columns: int) -> Grid:
    return [answers[at : at + columns] for at in range(0, len(answers), columns)]
