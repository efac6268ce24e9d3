"""Cells that the fast reader calls blank and that are not: errors of Excel, and formulas saved without their value.

python-calamine gives both as an empty cell. openpyxl tells them apart; it is slow, so it is asked only about a
file in which the look at the bytes saw such a cell, and reads row by row; nothing is kept.
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


def ask(path: Path, sheet: str, blank: Callable[[int, int], bool], *, formulas: bool) -> Seen | None:
    """Look at the cells of one sheet for which `blank(row, column)` holds; None where openpyxl cannot read the file.

    The file has been through preflight. openpyxl reads a sheet once for its values, and with `formulas` once for these.
    """
    seen = Seen()
    try:
        for formula, value in _cells(path, sheet, formulas=formulas):
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


def parts(path: Path) -> dict[str, str]:
    """The part of the file (in small letters) for every sheet by its name; none where openpyxl cannot read the file."""
    from openpyxl.reader.excel import ExcelReader

    try:
        reader = ExcelReader(path, read_only=True, keep_links=False)
        try:
            reader.read_manifest()
            reader.read_workbook_settings()
            return {sheet.name: relation.target.casefold() for sheet, relation in reader.parser.find_sheets()}
        finally:
            reader.archive.close()
    except Exception:  # as in `ask`
        return {}


def _cells(path: Path, sheet: str, *, formulas: bool) -> Iterator[tuple[Any, Any]]:
    """Every cell of a sheet twice: with its formula (where they are asked for), and with its value."""
    import openpyxl  # slow to import, and hardly ever needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they may hold what stands in a cell
        books = [
            openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
            for values in ((False, True) if formulas else (True,))
        ]
        try:
            pages = [book[sheet] for book in books]
            for page in pages:
                page.reset_dimensions()  # what a writer says of them can be wrong
            for row in zip(*(page.iter_rows() for page in pages), strict=True):
                for cells in zip(*row, strict=True):
                    if hasattr(cells[0], "row"):  # a cell that is in the file
                        yield cells[0], cells[-1]
        finally:
            for book in books:
                book.close()
