"""Filling a formula down: the same formula in another row, its relative row numbers moved along."""

from __future__ import annotations

import re

from xl_dipsample.workbook.hosts.closed_file.cell_text import escaped
from xl_dipsample.workbook.hosts.closed_file.references import letters, number

# Words in quotes, sheet names in quotes and headings in brackets are passed over; the rest is looked at for cells.
_TOKEN = re.compile(
    r'(?P<skip>"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[(?:[^\[\]]|\[[^\[\]]*\])*\])'
    r"|(?<![\w.$\\])(?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7})(?![\w(.!\[])"
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")


def moved(formula: str, rows: int, columns: int = 0) -> str:
    """The formula as Excel would copy it `rows` down and `columns` to the right.

    >>> moved('IF(A6="A6",$B$1,B$2+[@[Level 1]])', 2)
    'IF(A8="A6",$B$1,B$2+[@[Level 1]])'
    """

    def one(found: re.Match[str]) -> str:
        parts = _PARTS.fullmatch(found["cell"]) if found["cell"] else None
        if not parts:
            return found[0]
        column = parts[2] if parts[1] else letters(number(parts[2]) + columns)
        row = int(parts[4]) if parts[3] else int(parts[4]) + rows
        return f"{parts[1]}{column}{parts[3]}{row}" if row > 0 else "#REF!"

    return _TOKEN.sub(one, formula)


class Fill:
    """A column's formula, ready to be written in any row as a <f> element."""

    def __init__(self, formula: str, row: int) -> None:
        self._formula, self._row = formula, row
        self._same = escaped(formula) if moved(formula, 1) == formula else None

    def element(self, row: int) -> str:
        """The <f> element for one row."""
        if self._same is not None:
            return f"<f>{self._same}</f>"
        return f"<f>{escaped(moved(self._formula, row - self._row))}</f>"
