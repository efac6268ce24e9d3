"""Values of a range: what UNO hands out and takes, and what Excel would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from tests.engines.coercion import ERRORS, Flag, Formula, Refused, Shown, Written, moment, written
from tests.engines.formulas import shifted, to_calc, to_excel

Area = tuple[int, int, int, int]  # first row, first column, rows, columns; counted from 0 inside the range
_ERROR_WORDS = {
    503: "#NUM!", 519: "#VALUE!", 520: "#NAME?", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!",
    32767: "#N/A",
}  # fmt: skip
_FORMULAS, _TEXT_RESULTS = 16, 2
_LONG = 300  # rows; setting formulas one by one takes LibreOffice about half a millisecond each
_LAST_DAY = 2_958_466  # the day after 31 December 9999


def format_areas(place: Any) -> Iterator[tuple[int, list[Area]]]:
    """Each number format of a range, as LibreOffice numbers it, and where it stands."""
    if len(place) == 1:
        yield place.calc.NumberFormat, [(0, 0, 1, 1)]
        return
    groups = place.calc.getUniqueCellFormatRanges()
    for index in range(groups.Count):
        group = groups.getByIndex(index)
        yield group.NumberFormat, list(_areas(place, group.RangeAddresses))


def _areas(place: Any, addresses: Iterable[Any]) -> Iterator[Area]:
    for one in addresses:
        yield (
            one.StartRow - place.first_row + 1, one.StartColumn - place.first_column + 1,
            one.EndRow - one.StartRow + 1, one.EndColumn - one.StartColumn + 1,
        )  # fmt: skip


def _cells(areas: Iterable[Area]) -> Iterator[tuple[int, int]]:
    for top, left, rows, columns in areas:
        for row in range(top, top + rows):
            for column in range(left, left + columns):
                yield row, column


# ---- reading


def read(place: Any) -> list[list[Any]]:
    """As Excel hands values to pywin32: dates as datetime, None for an empty cell, errors as their numbers."""
    rows = [[None if value == "" else value for value in row] for row in place.calc.getDataArray()]
    seen = {value if value is None else type(value) for row in rows for value in row}
    if seen != {str}:  # plain texts, as headings are, hide nothing
        _results(place, rows)
    if float not in seen:
        return rows
    formats = place.sheet.book.formats
    for key, areas in format_areas(place):
        kind = formats.kind(key)
        if kind == "date":
            for row, column in _cells(areas):
                value = rows[row][column]
                if isinstance(value, float) and 0 <= value < _LAST_DAY:
                    rows[row][column] = moment(value)
        elif kind == "flag":
            for row, column in _cells(areas):
                if rows[row][column] in (0.0, 1.0):
                    rows[row][column] = rows[row][column] == 1.0
    return rows


def _results(place: Any, rows: list[list[Any]]) -> None:
    """Formulas that give an error or an empty text, which Excel does not call empty; and a TRUE from a file."""
    values = [value for row in rows for value in row]
    if None in values:
        cells = place.calc
        found = cells.queryFormulaCells(4 | _TEXT_RESULTS).RangeAddresses
        for row, column in _cells(_areas(place, found)):
            if rows[row][column] is None:
                error = cells.getCellByPosition(column, row).getError()
                rows[row][column] = ERRORS[_ERROR_WORDS.get(error, "#VALUE!")] if error else ""
    if 0.0 in values or 1.0 in values:
        for row, column, true in _truths(place):
            rows[row][column] = true


def _truths(place: Any) -> list[tuple[int, int, bool]]:
    """LibreOffice reads TRUE from a file as the formula =TRUE(); in Excel it is no formula."""
    found = place.calc
    areas = list(_areas(place, found.queryFormulaCells(1).RangeAddresses))
    if not areas:
        return []
    texts = found.getFormulaArray()
    cells = _cells(areas)
    return [(r, c, texts[r][c] == "=TRUE()") for r, c in cells if texts[r][c] in ("=TRUE()", "=FALSE()")]


def formula_count(place: Any) -> int:
    """How many cells of a range hold a formula, as Excel counts them."""
    found = _areas(place, place.calc.queryContentCells(_FORMULAS).RangeAddresses)
    return sum(rows * columns for _, _, rows, columns in found) - len(_truths(place))


def formulas(place: Any) -> list[list[str]]:
    """Formulas in Excel's notation, constants as text."""
    found = place.calc
    rows = [[_constant(text) for text in row] for row in found.getFormulaArray()]
    for row, column in _cells(_areas(place, found.queryContentCells(_FORMULAS).RangeAddresses)):
        text = rows[row][column]
        rows[row][column] = text[1:-2] if text in ("=TRUE()", "=FALSE()") else to_excel(text)
    return rows


def _constant(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def filled(place: Any) -> set[tuple[int, int]]:
    """Row and column, from 1, of every cell that holds something."""
    found = place.calc.queryContentCells(1 | 2 | 4 | _FORMULAS).RangeAddresses
    return {(row + place.first_row, column + place.first_column) for row, column in _cells(_areas(place, found))}


# ---- writing


def write(place: Any, data: Any) -> None:
    """Put values into cells as Excel does over COM. Raises Refused, and nothing is written then."""
    rows = _shaped(data, place.shape)
    book = place.sheet.book
    formats, keys = book.formats, _grid(place)
    plain: list[list[Any]] = []
    special: list[tuple[int, int, Written]] = []
    for r, row in enumerate(rows):
        line: list[Any] = []
        for c, value in enumerate(row):
            made = written(value, formats.excel(keys[r][c]))
            if not isinstance(made, str | float):
                special.append((r, c, made))
                made = _number_of(made)
            line.append(made)
        plain.append(line)
    # A number where TRUE stood
    unflagged = [
        (r, c, 0) for r, row in enumerate(plain) for c, value in enumerate(row)
        if isinstance(value, float) and formats.kind(keys[r][c]) == "flag"
    ]  # fmt: skip
    place.calc.setDataArray(tuple(tuple(row) for row in plain))
    wanted = [(r, c, _format_of(made, keys[r][c], book)) for r, c, made in special]
    _set_formats(place, [*unflagged, *((r, c, key) for r, c, key in wanted if key is not None)])
    _set_formulas(place, [(r, c, made.text) for r, c, made in special if isinstance(made, Formula)])


def _shaped(data: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """One value or one row fills the range; otherwise the shapes must agree."""
    if not isinstance(data, list | tuple):
        return [[data] * shape[1] for _ in range(shape[0])]
    rows = [list(row) for row in data] if data and isinstance(data[0], list | tuple) else [list(data)]
    if len(rows) == 1:
        rows *= shape[0]
    if len(rows) != shape[0] or any(len(row) != shape[1] for row in rows):
        raise ValueError(f"{len(rows)} rows are written into a range of {shape[0]} rows and {shape[1]} columns.")
    return rows


def _grid(place: Any) -> list[list[int]]:
    """The number format of every cell."""
    keys = [[0] * place.column_count for _ in range(place.row_count)]
    for key, areas in format_areas(place):
        for top, left, rows, columns in areas:
            for row in keys[top : top + rows]:
                row[left : left + columns] = [key] * columns
    return keys


def _number_of(made: Written) -> str | float:
    if isinstance(made, Shown):
        return made.number
    return float(made.true) if isinstance(made, Flag) else ""


def _format_of(made: Written, key: int, book: Any) -> int | None:
    """The format that a value brings with it: dates only into cells that have none yet."""
    if isinstance(made, Flag):
        return int(book.formats.flag_key())
    if isinstance(made, Shown) and book.formats.kind(key) in ("general", "flag"):
        return int(book.formats.key(made.number_format))
    return None


def _set_formats(place: Any, wanted: list[tuple[int, int, int]]) -> None:
    """Set formats, one call for each unbroken stretch of a column."""
    for column, top, rows, key in _stretches(wanted):
        place.calc.getCellRangeByPosition(column, top, column, top + rows - 1).NumberFormat = key


def _stretches(wanted: list[tuple[int, int, Any]]) -> Iterator[tuple[int, int, int, Any]]:
    ordered = sorted(wanted, key=lambda one: (one[1], one[0]))
    for (column, value, _), group in groupby(enumerate(ordered), key=lambda o: (o[1][1], o[1][2], o[1][0] - o[0])):
        rows = [one[1][0] for one in group]
        yield column, rows[0], len(rows), value


def _set_formulas(place: Any, found: list[tuple[int, int, str]]) -> None:
    for column, top, rows, _ in _stretches([(row, column, 0) for row, column, _ in found]):
        texts = {row: text for row, c, text in found if c == column}
        stretch = place.calc.getCellRangeByPosition(column, top, column, top + rows - 1)
        stretch.setFormulaArray(tuple((_translated(place, texts[row]),) for row in range(top, top + rows)))


def fill_formula(place: Any, formula: str) -> None:
    """One formula into every cell, its references moving along. Raises Refused."""
    book = place.sheet.book
    if any(book.formats.kind(key) == "text" for key, _ in format_areas(place)):
        write(place, formula)  # in a text cell it is a text
        return
    first = _translated(place, formula)
    if place.row_count > _LONG:
        _fill_long(place, first)
        return
    place.calc.setFormulaArray(
        tuple(tuple(shifted(first, r, c) for c in range(place.column_count)) for r in range(place.row_count))
    )


def _fill_long(place: Any, formula: str) -> None:
    """The same for many rows: quick, but the formats of the first row go along, other than number formats."""
    before = list(format_areas(place))
    first = place.calc.getCellRangeByPosition(0, 0, place.column_count - 1, 0)
    first.setFormulaArray((tuple(shifted(formula, 0, c) for c in range(place.column_count)),))
    place.calc.fillAuto(place.sheet.book.app.office.uno.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)
    for key, areas in before:
        for top, left, rows, columns in areas:
            place.calc.getCellRangeByPosition(left, top, left + columns - 1, top + rows - 1).NumberFormat = key


def _translated(place: Any, formula: str) -> str:
    table = place.table if "[" in formula else None
    if formula.count("(") != formula.count(")") and '"' not in formula:
        raise Refused("Excel refuses this formula.")
    return to_calc(formula, table.name if table else "")
