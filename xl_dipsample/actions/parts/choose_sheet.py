"""Which sheet of an export holds the long list, and which of its rows holds the headings.

Sheets and headings of an export are typed by people and may be names: a question that somebody is there to answer
shows them, a refusal or a message says the place instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xl_dipsample.domain.long_list.headings import header_row
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FILE, ExportProblem, QuestionUnanswered
from xl_dipsample.exports.export_reader import Export, ExportSheet
from xl_dipsample.exports.sheet_scan import letters
from xl_dipsample.workbook.host import Ui

_MEANT = 0.5  # a sheet with fewer than half of the best one's known headings is a list of codes or a summary


@dataclass(frozen=True)
class Chosen:
    """A sheet and the position of its row of headings in `sheet.rows`."""

    sheet: ExportSheet
    at: int

    @property
    def headings(self) -> list[object]:
        """The headings, one for every column."""
        return list(self.sheet.rows[self.at])

    @property
    def rows(self) -> list[list[object]]:
        """The rows below the headings."""
        return self.sheet.rows[self.at + 1 :]

    @property
    def source_rows(self) -> range:
        """The sheet's row numbers of `rows`."""
        first = self.sheet.first_row + self.at + 1
        return range(first, first + len(self.rows))

    @property
    def header_row(self) -> int:
        """The sheet's row number of the headings."""
        return self.sheet.first_row + self.at

    def column(self, at: int) -> str:
        """How a message calls the column at that position of `headings`.

        >>> Chosen(ExportSheet("", hidden=False, rows=[["Synthetic Name"]], first_column=3), 0).column(1)
        'column D'
        """
        return f"column {letters(self.sheet.first_column + at)}"


def ordinal(number: int) -> str:
    """A place in a row of things.

    >>> [ordinal(one) for one in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def choose_sheet(export: Export, wanted: str | None, also_known: Sequence[str], called: str, ui: Ui) -> Chosen:
    """The sheet that is wanted, or the only one that can be meant; asks when there are several.

    `also_known`: headings that `--map` or an earlier import named; `called`: what a question calls the export. A
    hidden sheet is meant only when no visible one can be. Raises ExportProblem: no such sheet, no known heading,
    nothing below the headings; QuestionUnanswered. Their sentences say FILE for its name.
    """
    if wanted is not None:
        return _with_headings(_by_name(export, wanted), also_known)
    found = [one for sheet in export.sheets if (one := _candidate(sheet, also_known)) is not None]
    if not found:
        raise _no_headings()
    full = [one for one in found if _has_rows(one)]
    if not full:
        raise _nothing_below(found[0])
    best = max(_known_in(one, also_known) for one in full)
    meant = [one for one in full if _known_in(one, also_known) >= _MEANT * best]
    meant = [one for one in meant if not one.sheet.hidden] or meant
    if len(meant) == 1:
        return meant[0]
    return _asked(meant, called, ui)


def _asked(meant: list[Chosen], called: str, ui: Ui) -> Chosen:
    """The sheet that somebody chooses. Raises QuestionUnanswered, which names none."""
    names = [one.sheet.name for one in meant]
    try:
        answer = ui.choose(f"Which sheet of {called} holds the long list?", names, "--sheet")
    except QuestionUnanswered as unanswered:
        places = [ordinal(one.sheet.number) for one in meant]
        raise QuestionUnanswered(
            unanswered.code,
            f"{FILE} has {len(meant)} sheets that can be the long list (the {', '.join(places[:-1])} and the "
            f"{places[-1]}), and nobody is here to say which: use --sheet with its name or its number.",
        ) from None
    return next(one for one in meant if one.sheet.name == answer)


def _by_name(export: Export, wanted: str) -> ExportSheet:
    """The sheet of that name; of that number, where no sheet has it as its name."""
    for same in (str, lambda text: str(text).strip().casefold()):
        for sheet in export.sheets:
            if same(sheet.name) == same(wanted):
                return sheet
    if not any(sheet.name for sheet in export.sheets):
        raise ExportProblem("no-such-sheet", f"{FILE} has no sheets, being a .csv: leave --sheet out.")
    for sheet in export.sheets:
        if str(sheet.number) == wanted.strip():
            return sheet
    numbers = f"1 to {len(export.sheets)}"
    raise ExportProblem(
        "no-such-sheet",
        f"{FILE} has no sheet of that name: give --sheet the name of another, or its number ({numbers}).",
    )


def _with_headings(sheet: ExportSheet, also_known: Sequence[str]) -> Chosen:
    found = _candidate(sheet, also_known)
    if found is None:
        raise _no_headings()
    if not _has_rows(found):
        raise _nothing_below(found)
    return found


def _candidate(sheet: ExportSheet, also_known: Sequence[str]) -> Chosen | None:
    at = header_row(sheet.rows, also_known)
    return None if at is None else Chosen(sheet, at)


def _known_in(chosen: Chosen, also_known: Sequence[str]) -> int:
    """How many of its headings are known: each is looked at as if it stood alone."""
    return sum(header_row([[heading]], also_known) is not None for heading in chosen.headings)


def _has_rows(chosen: Chosen) -> bool:
    return any(trimmed(cell) for row in chosen.rows for cell in row)


def _no_headings() -> ExportProblem:
    return ExportProblem(
        "no-headings",
        f"{FILE} has no row with a heading that is known, such as Child ID or Date of birth: "
        "export it with its headings, or say which heading is which with --map FIELD=HEADING.",
    )


def _nothing_below(found: Chosen) -> ExportProblem:
    return ExportProblem(
        "no-rows",
        f"{FILE} has nothing below its headings (row {found.header_row}): export it again with its cases.",
    )
