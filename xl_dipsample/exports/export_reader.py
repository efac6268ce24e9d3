"""An export as rows of cells: workbooks through calamine, .csv as text, the CIN census from .xml. It is only read."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from xl_dipsample.domain.long_list_checks.found_by_import.report_findings import Found
from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.exports import room, unseen
from xl_dipsample.exports.census import told_of_census
from xl_dipsample.exports.census.cin_census import read_census
from xl_dipsample.exports.census.cin_episodes import FIELDS
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.exports.csv_reader import CsvRows, read_csv
from xl_dipsample.exports.preflight import Facts, examine
from xl_dipsample.exports.sheet_scan import letters
from xl_dipsample.exports.zip_check import damaged

_AT_ONCE = 5_000  # rows whose texts are measured together
MOST_ROWS = room.MOST_ROWS
LONGEST_TEXT = room.LONGEST_TEXT
MOST_CELLS_TO_ASK = 200_000


@dataclass(frozen=True)
class Note:
    """Something that a person should know about the export. `text` holds no cell's value and no sheet's name."""

    code: str
    text: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    level: Literal["warning", "note"] = "warning"
    rows: tuple[int, ...] = ()  # every row that it is about, where these may be put right


@dataclass
class ExportSheet:
    """One sheet: `rows` are rectangular, blank cells are '' ; `first_row` and `first_column` count from 1.

    Cells are str, float, int, bool, datetime.date or datetime.datetime. In a .csv the rows are its records.
    """

    name: str
    hidden: bool
    rows: list[list[object]]
    first_row: int = 1
    first_column: int = 1
    number: int = 1  # of the sheet among the export's: what a message says, since its name may be anything
    fields: Mapping[str, str] = field(default_factory=dict)  # field -> heading, where the kind of file says it for sure
    findings: Found = field(default_factory=dict)  # for Data checks
    merged: Sequence[tuple[int, int, int]] = ()  # cells merged downwards: top, bottom and column, as in `rows`

    @property
    def is_a_return(self) -> bool:
        """Whether the rows come from a return of a known schema: headings first, then nothing but cases."""
        return bool(self.fields)


@dataclass
class Export:
    """Every sheet of an export, in order, and what to point out."""

    sheets: list[ExportSheet]
    notes: list[Note] = field(default_factory=list)


def read_export(path: Path, *, called: str | None = None) -> Export:
    """Read an export, every sheet of it: the list may go on upon another one.

    `called`: what a refusal calls the file, when not by its name.

    Raises FileProblem: whatever preflight refuses, too many rows or columns, a cell longer than Excel can hold.
    """
    try:
        facts = examine(path)
        with without_collecting():
            return _read(path, facts)
    except FileProblem as problem:
        raise problem.of(called or path.name) from problem


def _read(path: Path, facts: Facts) -> Export:
    if path.suffix.casefold() == ".csv":
        return _from_csv(path, facts)
    if path.suffix.casefold() == ".xml":
        return _from_census(path)
    try:
        with _silent():
            export = _from_workbook(path)
    except (CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a fault inside calamine surfaces; not an Exception
            raise damaged() from error
        raise
    for sheet in export.sheets:
        _check_limits(sheet)
        _check_texts(sheet)
    export.notes = [*_lost_values(path, facts, export.sheets), *_hidden(facts, export.sheets)]
    return export


@contextmanager
def _silent() -> Iterator[None]:
    """A fault inside calamine prints its own account, which may hold cells, beside Python: keep it from the screen."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # a program without a screen has nothing to print on
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _from_workbook(path: Path) -> Export:
    sheets, cells = [], 0
    with CalamineWorkbook.from_path(path) as book:
        metadata = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        for number, one in enumerate(metadata, 1):
            sheet = book.get_sheet_by_name(one.name)
            cells += sheet.width * sheet.height
            if cells > room.MOST_CELLS:  # a workbook can name one sheet many times
                raise room.too_many_cells()
            start = sheet.start or (0, 0)
            sheets.append(
                ExportSheet(
                    name=one.name,
                    hidden=one.visible != SheetVisibleEnum.Visible,
                    rows=_plain(sheet.to_python(skip_empty_area=True)),
                    first_row=start[0] + 1,
                    first_column=start[1] + 1,
                    number=number,
                    merged=_merged_down(sheet.merged_cell_ranges or (), start),
                )
            )
    return Export(sheets)


def _merged_down(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], start: tuple[int, int]
) -> list[tuple[int, int, int]]:
    """Top, bottom and column of the ranges with several rows, counted from the first cell that is read."""
    row, column = start
    return [(top - row, bottom - row, left - column) for (top, left), (bottom, _) in ranges if bottom > top]


def _plain(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Times of day and durations as text; everything else stays what it is."""
    kinds = set(map(type, chain.from_iterable(rows)))
    if not kinds & {dt.time, dt.timedelta}:
        return cast("list[list[object]]", rows)
    return [[_as_text(cell) for cell in row] for row in rows]


def _as_text(cell: object) -> object:
    return str(cell) if isinstance(cell, dt.time | dt.timedelta) else cell


def _check_limits(sheet: ExportSheet) -> None:
    """Raise FileProblem when Excel could not hold the sheet, naming the place."""
    width = max(map(len, sheet.rows), default=0) + sheet.first_column - 1
    if width > room.MOST_COLUMNS:
        raise room.too_many_columns(width)
    if len(sheet.rows) > MOST_ROWS:
        raise room.too_many_rows(f"{len(sheet.rows):,} rows")


def _check_texts(sheet: ExportSheet) -> None:
    """Raise FileProblem for the first text that no cell of Excel can hold, naming its place."""
    at_once = (sheet.rows[start : start + _AT_ONCE] for start in range(0, len(sheet.rows), _AT_ONCE))
    if all(_longest(rows) <= LONGEST_TEXT for rows in at_once):
        return
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row):
            if type(cell) is str and len(cell) > LONGEST_TEXT:
                raise FileProblem(
                    "long-text",
                    f"{FILE} has more than {LONGEST_TEXT:,} characters in one cell "
                    f"({_place(sheet)}Excel row {sheet.first_row + number}, column {letters(sheet.first_column + at)})"
                    ", more than Excel can hold: shorten it, and import it again.",
                )


def _longest(rows: Sequence[Sequence[object]]) -> int:
    return max(map(len, [cell for row in rows for cell in row if type(cell) is str]), default=0)


def _place(sheet: ExportSheet) -> str:
    return f"sheet {sheet.number}, " if sheet.name else ""


def _lost_values(path: Path, facts: Facts, sheets: Sequence[ExportSheet]) -> Iterator[Note]:
    """What was read as blank and is not: one note for each sheet and kind. Only then is openpyxl imported and asked."""
    for name, lost in facts.lost.items():
        yield _without_value(lost.number, name, lost.row, lost.column)
    blind = {part.casefold(): one for part, one in facts.sheets.items() if one.lost or one.errors}
    if not blind:
        return
    from xl_dipsample.exports import blank_cells

    parts = blank_cells.parts(path)
    for sheet in sheets:
        here = [one for part, one in blind.items() if parts.get(sheet.name, part) == part]  # all when no part is known
        if not here:
            continue
        formulas = any(one.lost for one in here)
        seen = blank_cells.ask(path, sheet.name, _is_blank(sheet), formulas=formulas) if _is_short(sheet) else None
        if seen is None:
            yield Note(
                code="formulas-without-values" if formulas else "error-cells",
                text="Some cells hold an error of Excel, or a formula without a value, and were read as blank: "
                "open the export in Excel, put them right, save it as a workbook (.xlsx), and import it again.",
                sheet=sheet.name,
            )
            continue
        if seen.formulas:
            yield _without_value(seen.formulas, sheet.name, *seen.first_formula)
        if seen.errors:
            row, column = seen.first_error
            words = ", ".join(f"{word} {number:,}" for word, number in sorted(seen.errors.items()))
            yield Note(
                code="error-cells",
                text=f"A sheet has cells with an error of Excel instead of a value ({words}), read as blank: "
                "mend them in the export, and import it again.",
                sheet=sheet.name,
                row=row,
                column=letters(column),
            )


def _is_short(sheet: ExportSheet) -> bool:
    """Whether openpyxl, which takes some ten seconds for a million cells, may be asked about each of them."""
    return sum(map(len, sheet.rows)) <= MOST_CELLS_TO_ASK


def _is_blank(sheet: ExportSheet) -> Callable[[int, int], bool]:
    """Whether the fast reader found nothing in a cell; rows and columns count from 1, as in Excel."""

    def blank(row: int, column: int) -> bool:
        across, down = column - sheet.first_column, row - sheet.first_row
        if not (0 <= down < len(sheet.rows) and 0 <= across < len(sheet.rows[down])):
            return True
        return sheet.rows[down][across] == ""

    return blank


def _without_value(number: int, sheet: str, row: int, column: str | int) -> Note:
    return Note(
        code="formulas-without-values",
        text=f"A sheet has {plural(number, 'formula')} without a value, "
        "read as blank: open the export in Excel, save it, and import it again.",
        sheet=sheet,
        row=row,
        column=letters(column) if isinstance(column, int) else column,
    )


def _hidden(facts: Facts, sheets: Sequence[ExportSheet]) -> Iterator[Note]:
    """What a person does not see in the export: characters in its cells, objects that can hold programs."""
    if facts.objects:
        yield Note(
            code="embedded-objects",
            text=f"The export holds {plural(facts.objects, 'part')} that can hold programs (embedded objects, controls)"
            "; nothing of them was read or run: ask who sent it what they are for.",
        )
    for sheet in sheets if facts.unseen else ():
        cells, (row, column) = unseen.cells_with(sheet.rows)
        if cells:
            yield Note(
                code="unseen-characters",
                text=f"{plural(cells, 'cell holds', 'cells hold')} characters that nobody sees (control characters),"
                " so that it can differ from what it looks like: write it anew in the export, and import it again.",
                sheet=sheet.name or None,
                row=sheet.first_row + row,
                column=letters(sheet.first_column + column),
            )


def _from_csv(path: Path, facts: Facts) -> Export:
    found = read_csv(path.read_bytes())
    sheet = ExportSheet(name="", hidden=False, rows=found.rows)
    _check_limits(sheet)
    if max(map(len, cast("Iterator[str]", chain.from_iterable(found.rows))), default=0) > LONGEST_TEXT:
        _check_texts(sheet)
    return Export([sheet], [*_csv_notes(found), *_hidden(facts, [sheet])])


def _from_census(path: Path) -> Export:
    """A row of headings and a row for each episode, numbered from 1 as they stand in the return."""
    census = read_census(path)
    fields = {name: census.headings[at] for name, at in FIELDS.items()}
    sheet = ExportSheet(
        name="",
        hidden=False,
        rows=[list(census.headings), *census.rows],
        first_row=0,
        fields=fields,
        findings=told_of_census.findings(census),
    )
    _check_limits(sheet)
    _check_texts(sheet)
    told = told_of_census.notes(census)
    return Export([sheet], [Note(code, text, level=level) for code, level, text in told])


def _csv_notes(found: CsvRows) -> Iterator[Note]:
    told = (
        ("unclosed-quote", found.unclosed, "a quotation mark that is never closed, so it was read without quotes"),
        ("mixed-separators", found.mixed, "another separator than the rest, so that cells are not where they belong"),
        ("ragged-rows", found.ragged, "more or fewer cells than the rest, so that cells may be in the wrong column"),
    )
    for code, records, words in told:
        if records:
            yield Note(
                code=code,
                text=f"{plural(len(records), 'row has', 'rows have')} {words} "
                f"(the first is Excel row {records[0]}): look there, put it right in the export, and import it again.",
                row=records[0],
                rows=tuple(records),
            )
