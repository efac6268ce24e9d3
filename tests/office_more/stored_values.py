"""What a workbook stores: the value of every formula, the lines of every PivotTable; and whether an engine agrees."""

from __future__ import annotations

import datetime as dt
import math
import re
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter as letters
from openpyxl.utils.datetime import to_excel

__all__ = ["differences", "formulas", "letters", "pivots", "same", "values"]

Cell = tuple[str, str]  # sheet, address


def formulas(path: Path) -> dict[Cell, str]:
    """Every formula of a workbook, as its file has it."""
    return {
        (sheet.title, cell.coordinate): str(getattr(cell.value, "text", cell.value))
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(path: Path) -> dict[Cell, object]:
    """What every cell of a workbook stores."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def pivots(path: Path) -> dict[str, tuple[str, list[list[str]]]]:
    """By name, where every PivotTable stands and the lines that are stored for it."""
    with zipfile.ZipFile(path) as file:
        names = [name for name in file.namelist() if re.fullmatch(r"xl/pivotTables/\w+\.xml", name)]
        texts = [file.read(name).decode() for name in names]
    sheet = openpyxl.load_workbook(path, data_only=True)["Pivots"]
    found = {}
    for text in texts:
        told = re.search(r'<pivotTableDefinition[^>]*? name="([^"]+)".*?<location ref="([^"]+)"', text)
        assert told
        lines = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet[told[2]]]
        found[told[1]] = (told[2], lines)
    return found


def same(stored: object, told: object) -> bool:
    """Whether an engine shows what is stored: words to the letter, numbers to nine places."""
    if isinstance(stored, dt.datetime | dt.date | dt.time):
        stored = to_excel(stored)
    if isinstance(told, dt.datetime | dt.date | dt.time):
        told = to_excel(told)
    if stored in (None, "") or told in (None, ""):
        return stored in (None, "") and told in (None, "")
    if isinstance(stored, bool):
        return str(told).upper() == str(stored).upper()
    if isinstance(stored, int | float):
        try:
            return math.isclose(float(str(told)), stored, rel_tol=1e-9, abs_tol=1e-12)
        except ValueError:
            return False
    return str(stored) == str(told)


def differences(path: Path, shown: dict[Cell, object]) -> list[str]:
    """The formulas of a workbook for which an engine shows something else than is stored, a line each."""
    stored = values(path)
    return [
        f"{cell[0]} {cell[1]}: stored {stored[cell]!r}, calculated {shown.get(cell)!r}, {formula}"
        for cell, formula in formulas(path).items()
        if not same(stored[cell], shown.get(cell))
    ]
