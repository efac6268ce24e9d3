"""Which sheet of an export holds the long list, and which of its rows holds the headings.

Sheets and headings of an export are typed by people and may be names: a question that somebody is there to answer
shows them, a refusal or a message says the place instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xl_dipsample.domain.long_list.headings import Match, header_row, heading_key, match
from xl_dipsample.domain.long_list.later_headings import LaterHeadings, later_headings
from xl_dipsample.domain.long_list.report_reading.heading_rows import HeadingRows, heading_rows
from xl_dipsample.domain.long_list.report_reading.report_columns import key, learn
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FILE, ExportProblem, QuestionUnanswered
from xl_dipsample.exports.export_reader import Export, ExportSheet
from xl_dipsample.exports.sheet_scan import letters
from xl_dipsample.workbook.host import Ui

_NO_MATCH = Match({}, {}, ())
ALL_ALIKE = "all"  # what --sheet says for every sheet upon which the list goes on
_BY_APPEND = "; if the list goes on from one to the other, import one and then the other with --append"
_MEANT = 0.5  # a sheet with fewer than half of the best one's known headings is a list of codes or a summary


@dataclass(frozen=True)
class Chosen:
    """A sheet and its one or two rows of headings; `more` are further sheets upon which the list goes on.

    `unread` are such sheets that are not read.
    """

    sheet: ExportSheet
    found: HeadingRows
    more: tuple[ExportSheet, ...] = ()
    unread: tuple[ExportSheet, ...] = ()
    later: LaterHeadings | None = None  # of the first sheet, where its rows were put under the first headings

    @property
    def headings(self) -> list[object]:
        """The headings, one for every column."""
        return list(self.found.headings)

    @property
    def above(self) -> list[list[object]]:
        """The rows before the cases, headings included."""
        return self.sheet.rows[: self.found.last + 1]

    @cached_property
    def rows(self) -> list[list[object]]:
        """The rows below the headings; put together once, and not to be changed."""
        below = self.sheet.rows[self.found.last + 1 :]
        return [*below, *(row for sheet in self.more for row in _aligned(sheet, self.sheet))] if self.more else below

    @property
    def merged(self) -> list[tuple[int, int, int]]:
        """Cells merged downwards below the headings of the first sheet: top, bottom and column, as in `rows`."""
        above = self.found.last + 1
        if self.later is not None and self.later.moved:
            return []
        return [(top - above, bottom - above, column) for top, bottom, column in self.sheet.merged if top >= above]

    @property
    def source_rows(self) -> Sequence[int]:
        """The sheet's row numbers of `rows`."""
        first = self.sheet.first_row + self.found.last + 1
        numbers = range(first, self.sheet.first_row + len(self.sheet.rows))
        further = (range(sheet.first_row, sheet.first_row + len(sheet.rows)) for sheet in self.more)
        return [*numbers, *(number for rows in further for number in rows)] if self.more else numbers

    @property
    def sheets(self) -> list[tuple[int, int]]:
        """The first position in `rows` of each sheet, and its number; none where there is one sheet."""
        firsts = [(0, self.sheet.number)]
        end = len(self.sheet.rows) - self.found.last - 1
        for sheet in self.more:
            firsts.append((end, sheet.number))
            end += len(sheet.rows)
        return firsts if self.more else []

    def with_rows(self, rows: Sequence[list[object]]) -> Chosen:
        """The same sheets with these `rows` below the headings, as many as before."""
        end = len(self.sheet.rows) - self.found.last - 1
        sheet = replace(self.sheet, rows=[*self.above, *rows[:end]])
        more = []
        for one in self.more:
            own = [*rows[end : end + len(one.rows)]]
            more.append(replace(one, rows=own, first_column=self.sheet.first_column))
            end += len(one.rows)
        return replace(self, sheet=sheet, more=tuple(more))

    @property
    def header_row(self) -> int:
        """The sheet's row number of the headings, the lower one of two."""
        return self.sheet.first_row + self.found.last

    def column(self, at: int) -> str:
        """How a message calls the column at that position of `headings`.

        >>> Chosen(ExportSheet("", hidden=False, rows=[[]], first_column=3), HeadingRows(0, 0, ())).column(1)
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


def under_first_headings(chosen: Chosen, also_known: Sequence[str]) -> Chosen:
    """The list with its rows under the first headings where later ones, or a further sheet's, have another order."""
    if chosen.sheet.is_a_return:
        return chosen
    later = later_headings(chosen.rows, chosen.headings, chosen.above, also_known)
    if not later.moved:
        return replace(chosen, later=later)
    return replace(chosen.with_rows(later.rows), found=replace(chosen.found, headings=later.headings), later=later)


def choose_sheet(export: Export, wanted: str | None, also_known: Sequence[str], called: str, ui: Ui) -> Chosen:
    """The sheet that is wanted, or the only one that can be meant; asks when there are several.

    `wanted` is a sheet's name or number, or "all" for the first that is meant and every one upon which it goes on;
    `also_known`: headings that `--map` or an earlier import named; `called`: what a question calls the export. A
    hidden sheet is meant only when no visible one can be. Raises ExportProblem: no such sheet, no known heading,
    nothing below the headings; QuestionUnanswered. Their sentences say FILE for its name.
    """
    together = wanted is not None and wanted.casefold() == ALL_ALIKE and not _is_named(export, wanted)
    if wanted is not None and not together:
        chosen = _with_headings(_by_name(export, wanted), also_known)
        return replace(
            chosen, unread=tuple(one for one in _alike(chosen, export, also_known) if not _holds(chosen, one))
        )
    found = [one for sheet in export.sheets if (one := _candidate(sheet, also_known)) is not None]
    if not found:
        raise _no_headings()
    full = [one for one in found if _has_rows(one)]
    if not full:
        raise _nothing_below(found[0])
    best = max(_known_in(one, also_known) for one in full)
    meant = [one for one in full if _known_in(one, also_known) >= _MEANT * best]
    meant = [one for one in meant if not one.sheet.hidden] or meant
    alike = _alike(meant[0], export, also_known)
    if len(meant) == 1 or (together and alike):
        return replace(meant[0], more=alike) if together else replace(meant[0], unread=alike)
    return _asked(meant, alike, called, ui)


def _is_named(export: Export, wanted: str) -> bool:
    return any(sheet.name.strip().casefold() == wanted.strip().casefold() for sheet in export.sheets)


def _alike(chosen: Chosen, export: Export, also_known: Sequence[str]) -> tuple[ExportSheet, ...]:
    """The other sheets upon which the list may go on.

    They have the same headings in any order, or none above rows like its own.
    """
    keys = _keys(chosen)
    others = [sheet for sheet in export.sheets if sheet is not chosen.sheet and sheet.rows]
    if not others:
        return ()
    found = {sheet.number: _candidate(sheet, also_known) for sheet in others}
    columns = learn(chosen.rows, {key(heading) for heading in chosen.headings}, _NO_MATCH)
    alike = []
    for sheet in others:
        one = found[sheet.number]
        if one is None:
            goes_on = any(map(columns.is_like_a_case, _aligned(sheet, chosen.sheet)))
        else:
            goes_on = (_keys(one) == keys or _meanings(one) == _meanings(chosen)) and _has_rows(one)
        if goes_on:
            alike.append(sheet)
    return tuple(alike)


def _holds(chosen: Chosen, sheet: ExportSheet) -> bool:
    """Whether the chosen sheet has every row of another one already, as a year has those of its months."""
    rows = {tuple(map(key, row)) for row in chosen.sheet.rows}
    return all(tuple(map(key, row)) in rows for row in _aligned(sheet, chosen.sheet))


def _aligned(sheet: ExportSheet, first: ExportSheet) -> list[list[object]]:
    """The rows of a further sheet with their cells under the columns of the first one."""
    shift = sheet.first_column - first.first_column
    if shift < 0 and any(trimmed(cell) for row in sheet.rows for cell in row[:-shift]):
        return sheet.rows  # it has columns that the first one has not
    return [["" for _ in range(shift)] + row[max(0, -shift) :] for row in sheet.rows] if shift else sheet.rows


def _keys(chosen: Chosen) -> list[str]:
    keys = [heading_key(heading) for heading in chosen.headings]
    while keys and not keys[-1]:
        keys.pop()
    return keys


def _meanings(chosen: Chosen) -> Counter[str]:
    """The field of each heading, or its words: what sheets of one report share, whatever the order of their columns."""
    headings = [trimmed(heading) for heading in chosen.headings]
    found = match(headings, {}, {})
    return Counter(found.field_of(at) or heading_key(heading) for at, heading in enumerate(headings) if heading)


def _asked(meant: list[Chosen], alike: tuple[ExportSheet, ...], called: str, ui: Ui) -> Chosen:
    """The sheet that somebody chooses, or all that are alike. Raises QuestionUnanswered, which names none."""
    names = [one.sheet.name for one in meant]
    together = f"The {len(alike) + 1} sheets with the headings of {names[0]}, one after the other"
    choices = [together, *names] if alike else names
    try:
        answer = ui.choose(f"Which sheet of {called} holds the long list?", choices, "--sheet")
    except QuestionUnanswered as unanswered:
        places = [ordinal(one.sheet.number) for one in meant]
        way = f", or --sheet {ALL_ALIKE} for the {len(alike) + 1} that have the same headings" if alike else _BY_APPEND
        raise QuestionUnanswered(
            unanswered.code,
            f"{FILE} has {len(meant)} sheets that can be the long list (the {', '.join(places[:-1])} and the "
            f"{places[-1]}), and nobody is here to say which: use --sheet with its name or its number{way}.",
        ) from None
    if alike and answer == together:
        return replace(meant[0], more=alike)
    chosen = next(one for one in meant if one.sheet.name == answer)
    others = (meant[0].sheet, *alike) if alike else ()
    return replace(chosen, unread=tuple(s for s in others if s is not chosen.sheet) if chosen.sheet in others else ())


def _by_name(export: Export, wanted: str) -> ExportSheet:
    """The sheet of that name; of that number, where no sheet has it as its name."""
    for same in (str, lambda text: str(text).strip().casefold()):
        for sheet in export.sheets:
            if same(sheet.name) == same(wanted):
                return sheet
    if not any(sheet.name for sheet in export.sheets):
        raise ExportProblem("no-such-sheet", f"{FILE} has no sheets: leave --sheet out.")
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
    if sheet.is_a_return:
        return Chosen(sheet, HeadingRows(0, 0, tuple(sheet.rows[0])))
    found = heading_rows(sheet.rows, also_known)
    return None if found is None else Chosen(sheet, found)


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
        f"{FILE} has nothing below its headings (Excel row {found.header_row}): export it again with its cases.",
    )
