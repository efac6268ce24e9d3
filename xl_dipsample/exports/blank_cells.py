"""Cells that the fast reader calls blank and that are not: errors of Excel, and formulas saved without their value.

python-calamine gives both as an empty cell. openpyxl tells them apart; it is slow, so it is asked only about a sheet in
which the look at the bytes saw such a cell, and read row by row, never kept.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NO_PLACE = (0, 0)


@dataclass
class Seen:
    """How many there are, and row and column (from 1) of the first; `errors` by their word, such as #N/A."""

    formulas: int = 0
    first_formula: tuple[int, int] = NO_PLACE
    errors: Counter[str] = field(default_factory=Counter)
    first_error: tuple[int, int] = NO_PLACE


def ask(path: Path, sheet: str, blank: Callable[[int, int], bool]) -> Seen | None:
    """Look at the cells of one sheet for which `blank(row, column)` holds; None where openpyxl cannot read the file.

    The file has been through preflight. openpyxl reads a sheet once for its formulas and once for its values.
    """
    seen = Seen()
    try:
        for formula, value in _cells(path, sheet):
            row, column = formula.row, formula.column
            if value.data_type == "e" and blank(row, column):
                seen.errors[str(value.value)] += 1
                seen.first_error = seen.first_error if seen.first_error != NO_PLACE else (row, column)
            elif formula.data_type == "f" and value.value is None and value.data_type != "str":  # str: an empty text
                seen.formulas += 1
                seen.first_formula = seen.first_formula if seen.first_formula != NO_PLACE else (row, column)
    except Exception:  # the fast reader has read the file: what another reader trips over must not refuse it
        return None
    return seen


def _cells(path: Path, sheet: str) -> Iterator[tuple[Any, Any]]:
    """Every cell of a sheet twice: with its formula, and with its value."""
    import openpyxl  # slow to import, and hardly ever needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they may hold what stands in a cell
        books = [
            openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False) for values in (False, True)
        ]
        try:
            pages = [book[sheet] for book in books]
            for page in pages:
                page.reset_dimensions()  # what a writer says of them can be wrong
            for row in zip(*(page.iter_rows() for page in pages), strict=True):
                for formula, value in zip(*row, strict=True):
                    if hasattr(formula, "row"):  # a cell that is in the file
                        yield formula, value
        finally:
            for book in books:
                book.close()
