"""One report, read: its sheet, which column was taken for what, and which rows are cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts.choose_sheet import ALL_ALIKE, Chosen, choose_sheet, under_first_headings
from xl_dipsample.actions.parts.known_reports import KnownReports, Report, with_place
from xl_dipsample.domain.long_list import headings as domain_headings
from xl_dipsample.domain.long_list.headings import NOT_USED, Forced, Match, several
from xl_dipsample.domain.long_list.report_reading.continued_rows import Continued, continued_rows, further_rows
from xl_dipsample.domain.long_list.report_reading.moved_cells import MovedCells, moved_cells
from xl_dipsample.domain.long_list.report_reading.printed_once import PrintedOnce, merged_down, printed_once
from xl_dipsample.domain.long_list.report_reading.report_shape import ReportShape, every_row, read_shape
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.errors import FILE, ExportProblem
from xl_dipsample.exports.export_reader import Note, read_export
from xl_dipsample.workbook.host import Ui

_HARM_ALONE = "Rows with a type of harm alone, read as going on with the case above them"


@dataclass(frozen=True)
class ReadReport:
    """`report` is its row of Reports, `notes` what the reader points out on the sheet that was read.

    `moved`: cells that did not stand under their headings. `not_followed`: columns of which Headings named a field
    that they were not taken for.
    """

    report: Report
    chosen: Chosen
    headings: list[str]
    match: Match
    shape: ReportShape
    unused: list[str]
    notes: tuple[Note, ...]
    moved: MovedCells
    not_followed: tuple[int, ...] = ()

    @cached_property
    def cases(self) -> list[list[object]]:
        """The rows that are cases."""
        return [self.chosen.rows[position] for position in self.shape.kept]

    def told(self, headings: pd.DataFrame) -> pd.DataFrame:
        """The table Headings of this report, without its number: what the lead said of a heading stays said."""
        told = headings.assign(Sheet=self.chosen.sheet.name or None)
        told["Field"] = [
            NOT_USED if field is None and trimmed(heading) in self.unused else field
            for field, heading in zip(told["Field"], told["Heading"], strict=True)
        ]
        return told


def read_report(
    path: Path, adds: str, known: KnownReports, ui: Ui, *, sheet: str | None = None, forced: Forced
) -> ReadReport:
    """Read the report that a person gives. Raises FileProblem, ExportProblem, QuestionUnanswered."""
    export = read_export(path, called=FILE)
    earlier = [one.number for one in known.reports if one.adds == adds] or [known.number_for(adds, path, ())]
    also_known = [heading for told in forced.values() for heading in several(told) if heading]
    also_known += [heading for number in earlier for heading in known.told(number)]
    chosen = under_first_headings(choose_sheet(export, sheet, also_known, path.name, ui), also_known)
    number = known.number_for(adds, path, chosen.headings)
    before = known.report(number)
    report = replace(before, number=number) if before else Report(number, adds)
    notes = tuple(note for note in export.notes if note.sheet in (None, chosen.sheet.name))
    return _matched(with_place(report, path), chosen, known, forced, notes)


def read_again(path: Path, report: Report, known: KnownReports, ui: Ui) -> ReadReport:
    """Read a remembered report once more. Raises as `read_report`, and ExportProblem when another one lies there."""
    export = read_export(path, called=FILE)
    also_known = known.told(report.number)
    named = any(sheet.name == report.sheet for sheet in export.sheets)
    wanted = report.sheet if report.sheet and (named or report.sheet == ALL_ALIKE) else None
    chosen = under_first_headings(choose_sheet(export, wanted, also_known, path.name, ui), also_known)
    if not known.alike(report.number, chosen.headings):
        raise ExportProblem("another-report", f"{FILE} is another report now: its headings are others.")
    notes = tuple(note for note in export.notes if note.sheet in (None, chosen.sheet.name))
    return _matched(with_place(report, path), chosen, known, {}, notes)


def _matched(
    report: Report, chosen: Chosen, known: KnownReports, forced: Forced, notes: tuple[Note, ...]
) -> ReadReport:
    headings = [trimmed(heading) for heading in chosen.headings]
    unused, harms = known.unused(report.number), known.harms(report.number)
    remembered = _sure_of_a_return(chosen, known.remembered(report.number), unused)
    rows = chosen.rows
    first = domain_headings.match(headings, remembered, forced, unused=unused, harms=harms)
    moved, once = MovedCells(), PrintedOnce()
    given = first.column("case_id")
    merged = merged_down(rows, chosen.merged)
    merged_ids = tuple(at for at, row in merged.items() if given is not None and row[given] != rows[at][given])
    if merged:
        chosen = _with_rows(chosen, merged)
        rows = chosen.rows
    if not chosen.sheet.is_a_return:
        moved = moved_cells(rows, headings, first)
        if moved.headings is not None:
            chosen = replace(chosen, found=replace(chosen.found, headings=moved.headings))
            headings = [trimmed(heading) for heading in moved.headings]
            first = domain_headings.match(headings, remembered, forced, unused=unused, harms=harms)
        if moved.rows:
            chosen = _with_rows(chosen, moved.rows)
            rows = chosen.rows
        sure = first
        if "categories" not in first.taken and not first.yes_no:  # a heading such as "Factor" needs its cells
            sure = domain_headings.match(headings, remembered, forced, rows, unused, harms)
        going_on = continued_rows(rows, sure)
        notes = (*notes, *_told_of_continued(going_on))
        if going_on.rows:
            chosen = _with_rows(chosen, going_on.rows)
            rows = chosen.rows
        once = printed_once(rows, sure)
        if once.rows:
            chosen = _with_rows(chosen, once.rows)
            rows = chosen.rows
    shape = (every_row if chosen.sheet.is_a_return else read_shape)(rows, headings, first, chosen.above)
    shape = shape.without_headers(once.headers)
    cases = [rows[position] for position in shape.kept]
    match = domain_headings.match(headings, remembered, forced, cases, unused, harms)
    further = {} if chosen.sheet.is_a_return else further_rows(rows, shape.kept, match)
    if further:
        chosen = _with_rows(chosen, further)
        doubtful = tuple(one for one in shape.doubtful if one not in further)
        shape = replace(shape, doubtful=doubtful, further=tuple(further))
    if once.rows or merged_ids:
        kept = set(shape.kept)
        rest = sorted(kept.intersection({*shape.further, *once.further, *merged_ids}))
        shape = replace(shape, further=tuple(rest), dated=tuple(one for one in once.dated if one in kept))
    settled = {chosen.source_rows[at] for at in (*moved.put_right, *_short_lines(rows, shape, len(headings)))}
    notes = _without_settled(notes, settled)
    report = replace(report, sheet=ALL_ALIKE if chosen.more else chosen.sheet.name)
    lost = () if forced else _not_followed(headings, known.named(report.number), match)
    return ReadReport(report, chosen, headings, match, shape, unused, notes, moved, lost)


def _not_followed(headings: Sequence[str], named: Sequence[tuple[str, str]], match: Match) -> tuple[int, ...]:
    """The columns of which Headings named a field, and which were not taken for it.

    Types of harm are left out: a column of them without labels is told by itself.
    """
    return tuple(
        headings.index(heading)
        for field, heading in named
        if headings.count(heading) == 1 and headings.index(heading) not in match.taken.get(field, ())
    )


def _without_settled(notes: tuple[Note, ...], rows: Collection[int]) -> tuple[Note, ...]:
    """Nobody need put right what was put right here, or was left out as a total."""
    return tuple(note for note in notes if not (note.code == "ragged-rows" and rows and set(note.rows) <= set(rows)))


def _short_lines(rows: Sequence[Sequence[object]], shape: ReportShape, columns: int) -> list[int]:
    """Footers, totals and titles that were left out: such a line has fewer cells than the list, as it should."""
    lines = [at for at, kind in shape.left.items() if kind in ("footer", "sub-total", "page title")]
    return [at for at in lines if 2 * sum(bool(trimmed(cell)) for cell in rows[at]) <= columns]


def _sure_of_a_return(chosen: Chosen, remembered: Mapping[str, str], unused: Collection[str]) -> dict[str, str]:
    """Field -> heading that a return of a known schema says itself; what the lead said on Headings goes before it."""
    settled = {trimmed(heading) for heading in (*remembered.values(), *unused)}
    sure = {field: heading for field, heading in chosen.sheet.fields.items() if heading not in settled}
    return sure | dict(remembered)


def _told_of_continued(continued: Continued) -> list[Note]:
    told = (
        ("rows-continued", _HARM_ALONE, continued.alone),
        ("rows-wrapped", "Rows that go on with a text of the row above, which ends with a comma", continued.wrapped),
    )
    return [Note(code, f"{words}: {number}.") for code, words, number in told if number]


def _with_rows(chosen: Chosen, changed: Mapping[int, list[object]]) -> Chosen:
    """The sheet, and those upon which it goes on, with these rows below its headings."""
    whole = [*chosen.rows]
    for position, row in changed.items():
        whole[position] = row
    return chosen.with_rows(whole)
