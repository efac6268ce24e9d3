"""The reference tables of workbook_template/reference, read once, as they are.

Every cell is text; an empty cell is ''. Sources stand in workbook_template/reference/SOURCES.md.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def template_folder() -> Path:
    """The folder workbook_template: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "workbook_template"
    return inside if inside.is_dir() else package.parent / "workbook_template"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of reference table `name` (a file name without .csv), in file order.

    >>> table("outcomes")[0]["outcome"]
    'No further action'
    """
    path = template_folder() / "reference" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(dict(row) for row in csv.DictReader(file))


def words(name: str, column: str) -> tuple[str, ...]:
    """One column of a reference table."""
    return tuple(row[column] for row in table(name))


def parts(cell: str) -> tuple[str, ...]:
    """The synonyms of a cell, which are separated by '|'."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
