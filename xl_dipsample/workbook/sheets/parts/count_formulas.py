"""The formulas that count rows of Review, and the cells of one line: n, %, of what, interval.

Every count takes only rows in the sample: a unique ID is there, and In sample? is not No. Comparisons are `=` and
FIND, never COUNTIF, which takes people's words for patterns ("*", "<12"). `1/(a=b)` is an error unless a equals b, so
that a cell which shows an error itself makes a comparison false and not the whole count an error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache

from xlsxwriter.utility import xl_rowcol_to_cell

from xl_dipsample.domain.shared.statistics import FEW, Z95, wilson
from xl_dipsample.workbook.sheets.parts.layout import LiveCell
from xl_dipsample.workbook.specs import formulas

OTHER_WORDS = "Other words"
FEW_WORD = "few"
MOST_WORDS = 50  # a formula nests 64 deep at most, and one level per word is needed

column = lru_cache(maxsize=1024)(formulas.column)

_IN_SAMPLE = f'(TRIM({column("Unique ID")})<>"")*ISERROR(1/(TRIM({column("In sample?")})="No"))'
_LEFT = f'(TRIM({column("Unique ID")})<>"")*ISNUMBER(1/(TRIM({column("In sample?")})="No"))'


@cache
def address(row: int, col: int) -> str:
    """The absolute address of a cell, both counted from 1.

    >>> address(12, 28)
    '$AB$12'
    """
    made: str = xl_rowcol_to_cell(row - 1, col - 1, row_abs=True, col_abs=True)
    return made


def count(*tests: str) -> str:
    """How many rows in the sample pass every test."""
    return f"=SUMPRODUCT({'*'.join((_IN_SAMPLE, *tests))})" if tests else f"=SUMPRODUCT({_IN_SAMPLE})"


def count_left() -> str:
    """How many rows left during review."""
    return f"=SUMPRODUCT({_LEFT})"


def equals(heading: str, cell: str) -> str:
    """The column's cell is the word at address `cell`."""
    return f"ISNUMBER(1/(TRIM({column(heading)})={cell}))"


def one_of(heading: str, cells: Sequence[str]) -> str:
    """The column's cell is one of the words, all different, at the addresses `cells`."""
    return f"({'+'.join(equals(heading, cell) for cell in cells)})" if cells else "0"


def between(heading: str, above: float, up_to: float) -> str:
    """The column's cell is a number above the one and up to the other; either may be infinite."""
    cells = column(heading)
    ends = [f"({cells}>{above:.15g})"] if above > -math.inf else []
    ends += [f"({cells}<={up_to:.15g})"] if up_to < math.inf else []
    return f"ISNUMBER(1/({'*'.join([f'ISNUMBER({cells})', *ends])}))"


def holds(heading: str, cell: str) -> str:
    """The column's cell, in which several words may stand, has the word at address `cell` among them."""
    return f'ISNUMBER(FIND(";"&LOWER({cell})&";",";"&{_listed(heading)}&";"))'


def blank(heading: str) -> str:
    """The column's cell is blank, or shows an error."""
    return f'ISERROR(1/(TRIM({column(heading)})<>""))'


def filled(heading: str) -> str:
    """The column's cell is not blank."""
    return f'ISNUMBER(1/(TRIM({column(heading)})<>""))'


def holds_other(heading: str, cells: Sequence[str]) -> str:
    """Among the words of the column's cell is one that stands at none of the addresses `cells`.

    Each word gets semicolons of its own (;a;;b;), the known ones are taken away, and what is left are other words.
    """
    left = f'";"&SUBSTITUTE({_listed(heading)},";",";;")&";"'
    for cell in cells:
        left = f'SUBSTITUTE({left},";"&LOWER({cell})&";","")'
    return f'ISNUMBER(1/(SUBSTITUTE({left},";;","")<>""))'


def _listed(heading: str) -> str:
    """The column's cell without capitals and without spaces beside semicolons."""
    return f'SUBSTITUTE(SUBSTITUTE(LOWER(TRIM({column(heading)})),"; ",";")," ;",";")'


def share_cells(
    row: int, k: int, whole: str, n: int, of: str, *, part_column: int = 2, column: int = 3
) -> list[LiveCell]:
    """The cells right of a count: %, of what, both ends of the interval, from column `column` on.

    The count stands in `part_column`; `whole` is the address of the denominator, or a sum in brackets, `of` its words
    ("in the sample"). Below 10 cases: the word "few". A part larger than its whole (a funnel that belongs to another
    sample) has no interval.
    """
    part, z2 = address(row, part_column), f"{Z95**2:.15g}"
    few, sound = n < FEW, k <= n
    low, high = wilson(k, n) if sound and not few else (0.0, 1.0)
    middle = f"2*{part}+{z2}"
    half = f"{Z95:.15g}*SQRT({z2}+4*{part}*(1-{part}/{whole}))"
    scale = f"(2*({whole}+{z2}))"

    def unless_few(formula: str) -> str:
        return f'=IF(N({whole})<{FEW},"{FEW_WORD}",{formula})'

    def interval(formula: str) -> str:
        return unless_few(f'IF({part}>{whole},"",{formula})')

    ends = (low, high) if sound else ("", "")
    at_least, at_most = (FEW_WORD, FEW_WORD) if few else ends
    return [
        LiveCell(row, column, FEW_WORD if few else k / n, unless_few(f"{part}/{whole}"), "percent"),
        LiveCell(row, column + 1, f"of {n} {of}", f'="of "&N({whole})&" {of}"', "text"),
        LiveCell(row, column + 2, at_least, interval(f"MAX(0,({middle}-{half})/{scale})"), "percent"),
        LiveCell(row, column + 3, at_most, interval(f"MIN(1,({middle}+{half})/{scale})"), "percent"),
    ]
