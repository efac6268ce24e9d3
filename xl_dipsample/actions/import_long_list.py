"""Import long list: the case system's export becomes the table LongList. The export itself is only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import known_reports, picked_questions, rows_by_hand, taken_packs
from xl_dipsample.actions.parts.choose_sheet import ordinal
from xl_dipsample.actions.parts.known_reports import LONG_LIST, MAIN, MORE_COLUMNS, MORE_ROWS, KnownReports
from xl_dipsample.actions.parts.made_anew import make_anew
from xl_dipsample.actions.parts.making_list import MakingList
from xl_dipsample.actions.parts.read_report import ReadReport, read_report
from xl_dipsample.actions.parts.told_of_headings import tell_of_headings
from xl_dipsample.actions.parts.told_of_report import found_in_ids
from xl_dipsample.actions.running.action import Button, action, argument, option
from xl_dipsample.domain.long_list import label_mapping, source_rows
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list_checks.found_by_import import looked_at, report_findings
from xl_dipsample.domain.narrowing.decisions_on_reimport import (
    Listed,
    carry_own_columns,
    move_decisions,
    remark,
    with_set_aside,
)
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.errors import FILE, ExportProblem, FileProblem, QuestionUnanswered
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.exports.export_reader import MOST_ROWS
from xl_dipsample.exports.preflight import MOST_COLUMNS
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

# What was counted or logged belongs to the list that was there before.
_OF_THE_OLD_LIST = ("ExclusionLog", "Funnel", "YoungPeople", "FunnelCategories", "FunnelGroups", "WhatIf")
_NEEDS_A_PERSON = frozenset(
    {
        "formulas-without-values",
        "unclosed-quote",
        "mixed-separators",
        "ragged-rows",
        "one-heading-twice",
        "hidden-sheet",
        "headings-wait",
        "cells-put-right",
        "cells-moved",
        "ids-above",
        "decisions-set-aside",
        "own-cells-set-aside",
        "report-total-differs",
        "doubtful-rows",
        "dates-not-sure",
        "dates-all-early",
        "rows-of-child-above",
        "dates-of-row-above",
        "rows-without-id",
        "ids-spelt-alike",
        "another-list",
        "other-order",
        "sheet-not-read",
        "harm-heading-not-taken",
        "census-elements",
        "census-codes",
        "census-no-episode",
        "census-year",
        "join-nobody",
        "join-zeros-count",
        "harm-before-contacts",
        "report-missing",
    }
)
_JOINED = ("matched", "unmatched", "ambiguous", "without_partner", "without_zeros")
_MISSING = (
    (("case_id",), "no-case-id", "case ID: rows of the same young person cannot be told"),
    (("contact_date",), "no-contact-date", "contact date: nobody's age at the contact is known"),
    (("date_of_birth", "birth_month", "age"), "no-age", "date of birth and no age: nobody's age is known"),
    (("categories",), "no-type-of-harm", "type of harm: Narrow down cannot apply that stage"),
)


@action(
    "import",
    "Import long list",
    "Fills Long list from the case system's export. The export is never changed.",
    place=20,
    subject="working",
    step=True,
    button=Button("Sample", "GetExternalDataFromText"),
)
class ImportOptions:
    """`maps`: FIELD=HEADING each; `join`: add the export's columns to the list that is there; `append`: its rows.

    `also`: further reports, each read after the one before; `sheet` and `maps` are of the first alone.
    """

    export: Path = argument(
        "the export: .xlsx .xlsm .xls .ods or .csv, or the CIN census as .xml",
        ask="main",
        question="Which file is the case system's export? Of several reports, choose all together",
        files="export",
    )
    sheet: str | None = option("the sheet that holds the list", default=None)
    maps: tuple[str, ...] = option("FIELD=HEADING: take this heading for this field", default=(), flag="--map")
    join: bool = option(
        "add columns from a second export by case ID",
        default=False,
        ask="added",
        question="Does what you chose add columns to the long list that is there, by case ID? No: it is the list "
        "itself, or more rows",
    )
    append: bool = option(
        "add the rows of another export of the same period",
        default=False,
        ask="added",
        question="Does what you chose add rows to the long list that is there, as another report of the same period? "
        "No: it takes the place of the list",
    )
    also: tuple[Path, ...] = option(
        "a further report of the same sample, read after the export: it adds columns by case ID",
        default=(),
        ask="others",
        question="You chose several reports. Which one is the long list, with a row for each case or contact?",
    )
    also_rows: bool = option(
        "the further reports add rows, not columns",
        default=False,
        ask="their rows",
        question="What do the other reports add to the long list?",
    )


def run(host: Host, options: ImportOptions) -> Result:
    """Read the export and fill Long list, Headings and Labels; decisions on Case check follow their rows.

    Raises FileProblem, ExportProblem, QuestionUnanswered: then nothing was written. Figures: rows, columns,
    left_blank, left_out (rows that are no cases), doubtful, totals_that_differ, sheet (its number; None in a .csv),
    header_row, taken, unplaced; with `join` also matched, unmatched, ambiguous, without_partner (rows of the second
    export), without_zeros; joined, appended and missing_reports tell of each other report.
    """
    try:
        with without_collecting():
            return _with_others(host, options)
    except (FileProblem, ExportProblem, QuestionUnanswered) as problem:
        raise type(problem)(problem.code, _of_the_export(problem.sentence)) from problem


def _with_others(host: Host, options: ImportOptions) -> Result:
    """The export, and then the further reports: all of them, or none."""
    result = _run(host, replace(options, also=()))
    for number, other in enumerate(options.also, 2):
        adding = ImportOptions(other, join=not options.also_rows, append=options.also_rows)
        try:
            more = _run(host, adding)
        except (FileProblem, ExportProblem, QuestionUnanswered) as problem:
            which = f"the {ordinal(number)} report, counted from the long list"
            raise type(problem)(problem.code, _of_the_export(problem.sentence, which)) from problem
        _take_in(result, more)
    if options.also:
        word = "added" if options.also_rows else "joined"
        told = f"{plural(len(options.also), 'further report')} {word}; {result.figures['rows']} rows in all"
        result.steps = [replace(one, found=f"{one.found}; {told}") for one in result.steps]
    return result


def _take_in(result: Result, more: Result) -> None:
    """What a further report came to, in the result of the first: the list's rows, its own numbers, its messages."""
    figures = result.figures | {"rows": more.figures["rows"]}
    for name in ("joined", "appended"):
        if name in more.figures:
            figures[name] = {**result.figures.get(name, {}), **more.figures[name]}
    result.figures, result.ok = figures, result.ok and more.ok
    result.audit = {**(result.audit or {}), "rows": more.figures["rows"]}
    result.messages += [one for one in more.messages if one not in result.messages]


def _of_the_export(sentence: str, which: str = "the export") -> str:
    """A refusal does not say what the export is called, which may be a child's name.

    >>> _of_the_export("There is no file {file}: check its name."), _of_the_export("{file} is empty.")
    ('There is no such file as the export: check its name.', 'The export is empty.')
    """
    said = sentence.replace(f"no file {FILE}", f"no such file as {FILE}").replace(FILE, which)
    return f"{said[0].upper()}{said[1:]}"


def _run(host: Host, options: ImportOptions) -> Result:
    _refuse_itself(host, options.export)
    forced = read_maps(options.maps)
    known = known_reports.read(host)
    listed = host.read_table("LongList")
    adds = _what_it_adds(options, listed)
    host.ui.progress("Reading the export", 0.0)
    read = read_report(options.export, adds, known, host.ui, sheet=options.sheet, forced=forced)
    result = Result("import")
    picked_questions.take_over(host, result)
    tell_of_headings(result, read)
    host.ui.progress("Writing the long list", 0.6)
    old = Listed(listed, source_rows.source_columns(listed, known.headings, _ours()))
    making = MakingList(result, known)
    whole = adds == LONG_LIST or _needs_all(read, known)
    if whole:
        make_anew(host, making, read, options.export)
        _check_size(making)
        _replace(host, making, old)
    else:
        rows_by_hand.refuse_to_add(host, old)
        making.last_record = rows_by_hand.last_record(host)
        making.frame, making.sources = listed, list(old.sources)
        making.found = report_findings.OfReport(report_findings.remembered(host.read_table("DataChecks")))
        making.reports = {one.number: one for one in known.reports}
        for number in {MAIN, *making.reports}:
            making.keep(number)
        if adds == MORE_ROWS:
            making.append(read)
        elif not making.join(read):
            return _nothing_joined(result, making, read)
        _check_size(making)
        _add(host, making, old)
    rows_by_hand.remember(host, result, old, Listed(making.frame, making.sources), added=not whole)
    known_reports.write(host, list(making.reports.values()), making.headings)
    _write_findings(host, making)
    _finish(host, making, read, adds, rows_before=len(listed))
    return result


def _what_it_adds(options: ImportOptions, listed: pd.DataFrame) -> str:
    """The long list itself, more columns, or more rows."""
    if options.join and options.append:
        raise ExportProblem("join-or-append", "--join adds columns and --append adds rows: choose one of them.")
    adds = MORE_COLUMNS if options.join else MORE_ROWS if options.append else LONG_LIST
    if adds != LONG_LIST and listed.empty:
        raise ExportProblem("nothing-to-join", "Long list is empty, so nothing can be joined: import it first.")
    return adds


def _needs_all(read: ReadReport, known: KnownReports) -> bool:
    """Whether the whole list must be made anew: this report is in it already, or its rows need the joined columns."""
    joined = any(one.adds == MORE_COLUMNS and one.columns for one in known.reports)
    return known.holds(read.report.number) or (read.report.adds == MORE_ROWS and joined)


def _nothing_joined(result: Result, making: MakingList, read: ReadReport) -> Result:
    """No row of the list was found in the report: the workbook stays as it is."""
    joined = result.figures["joined"][str(read.report.number)]
    result.figures = {"rows": len(making.frame), **result.figures, **joined}
    result.ok = False
    result.audit = {"rows": len(making.frame), **joined}
    return result


def _write_findings(host: Host, making: MakingList) -> None:
    before = host.read_table("DataChecks")
    found = report_findings.OfReport(making.found.found | found_in_ids(making.result, making.frame))
    if len(before) or found.found:
        host.write_table("DataChecks", looked_at.carried_over(found.table(), before))


def _ours() -> list[str]:
    return spec.table("working", "LongList").headings


def read_maps(maps: Iterable[str]) -> dict[str, str | tuple[str, ...]]:
    """Field -> heading from FIELD=HEADING; of categories all the headings. Raises ExportProblem.

    >>> read_maps(["team=Area = North", "categories=Factor 1", "categories=Factor 2"])
    {'team': 'Area = North', 'categories': ('Factor 1', 'Factor 2')}
    """
    read: dict[str, str | tuple[str, ...]] = {}
    harms: list[str] = []
    for one in maps:
        field, equals, heading = (part.strip() for part in one.partition("="))
        field = field.casefold()
        if not equals or not field:
            raise ExportProblem("map-form", "--map needs FIELD=HEADING, as in --map case_id=Reference: write it so.")
        if field == "categories" and heading:
            harms.append(heading)
        if field in read and not (field == "categories" and heading and read[field]):
            raise ExportProblem("map-twice", "--map names one field twice: name it once.")
        read[field] = tuple(dict.fromkeys(harms)) if field == "categories" and len(harms) > 1 else heading
    return read


def _refuse_itself(host: Host, export: Path) -> None:
    try:
        same = export.samefile(host.path)
    except OSError:  # preflight says what is wrong with it
        same = False
    if same:
        raise FileProblem(
            "export-is-workbook", f"{FILE} is the working workbook itself: name the case system's export."
        )


def _replace(host: Host, making: MakingList, old: Listed) -> None:
    """A new long list: people's decisions move to it, what was counted on the old one is emptied."""
    result, new = making.result, Listed(making.frame, making.sources)
    check, past = host.read_table("CaseCheck"), host.read_table("PastDecisions")
    moved = move_decisions(check, past, rows_by_hand.with_rows_of(check, old), new)
    carried = carry_own_columns(_own_columns(old), old, new)
    whole = pd.concat([new.frame, carried.columns], axis=1) if len(carried.columns.columns) else new.frame
    host.write_table("LongList", whole)
    host.write_table("CaseCheck", moved.check)
    if moved.set_aside or carried.set_aside:
        host.write_table("PastDecisions", with_set_aside(moved.past, carried))
    if moved.moved or moved.set_aside:
        result.figures |= {"decisions_moved": moved.moved, "decisions_set_aside": moved.set_aside}
        result.say(
            "note", "decisions-moved", f"Decided rows of Case check that are in the new list too: {moved.moved}."
        )
    if moved.set_aside:
        result.say(
            "warning",
            "decisions-set-aside",
            f"Decided rows of Case check that are not in the new list: {moved.set_aside}; what was typed there is kept "
            "on Lists, under past decisions, and comes back with the row.",
            sheet="Lists",
        )
    if carried.set_aside:
        result.say(
            "warning",
            "own-cells-set-aside",
            f"Rows with cells that people added to Long list and that are not in the new list: {carried.set_aside}; "
            "those cells are kept on Lists, under past decisions.",
            sheet="Lists",
        )
    _empty_old_counts(host)


def _own_columns(old: Listed) -> list[str]:
    """The columns of Long list that people added: neither ours nor the export's."""
    return [name for name in old.frame.columns if name not in _ours() and name not in old.sources]


def _add(host: Host, making: MakingList, old: Listed) -> None:
    """More columns or rows for the long list that is there; its rows and the decisions stay."""
    past = host.read_table("PastDecisions")
    host.write_table("LongList", making.frame)
    if len(past):
        now = Listed(making.frame.iloc[: len(old.frame)], making.sources)
        host.write_table("PastDecisions", remark(past, old, now))
    _empty_old_counts(host)


def _empty_old_counts(host: Host) -> None:
    for name in _OF_THE_OLD_LIST:
        if len(host.read_table(name)):
            host.write_table(name, pd.DataFrame(columns=spec.table("working", name).headings, dtype=object))


def _check_size(making: MakingList) -> None:
    """Raise ExportProblem when the long list would not hold it, or when there is nothing in it."""
    rows, columns = making.frame.shape
    if not rows:
        raise ExportProblem("no-rows", f"{FILE} has no cases below its headings: export it again with its cases.")
    if columns > MOST_COLUMNS:
        raise ExportProblem(
            "too-many-columns",
            f"{FILE} has too many columns: with ours they are {columns:,}, and Excel holds {MOST_COLUMNS:,}; "
            "export fewer.",
        )
    if rows > MOST_ROWS:
        raise ExportProblem(
            "too-many-rows", f"{FILE} has {rows:,} rows, and Long list holds {MOST_ROWS:,}: export a shorter period."
        )


def _finish(host: Host, making: MakingList, read: ReadReport, adds: str, rows_before: int) -> None:
    """Labels, figures, and what Audit and Start say: the same for a new list and for what was added."""
    result, chosen = making.result, read.chosen
    taken_packs.take(host).say(result)
    lists = Lists.of({name: host.read_table(name) for name in lead_lists.TABLES})
    host.write_table("Labels", label_mapping.label_table(making.frame, host.read_table("Labels"), lists))
    taken_packs.say_what_would_help(host, result)
    counts: Mapping[str, int] = {
        "rows": len(making.frame),
        "columns": sum(1 for heading in read.headings if heading),
        "left_blank": making.left_blank,
        "left_out": making.left_out,
    }
    place = {"sheet": chosen.sheet.number if chosen.sheet.name else None, "header_row": chosen.header_row or None}
    added = result.figures.get("joined" if adds == MORE_COLUMNS else "appended", {}).get(str(read.report.number), {})
    joined: dict[str, int] = {name: added[name] for name in _JOINED if name in added}
    result.figures = {**counts, **place, **result.figures, **joined}
    if adds == LONG_LIST:
        _say_what_is_missing(result, making.matches)
    result.ok = not any(message.code in _NEEDS_A_PERSON for message in result.messages)
    result.audit = {**counts, **joined}
    left = making.left_blank + making.left_out
    told = f"{counts['rows']} rows, {counts['columns']} columns; {left} rows that are no cases left out"
    if joined:
        told = f"{told}; {joined['matched']} rows joined"
    elif adds == MORE_ROWS:
        told = f"{told}; {counts['rows'] - rows_before} rows added"
    missing = result.figures.get("missing_reports", [])
    result.mark(f"{told}; reports missing: {len(missing)}" if missing else told)


def _say_what_is_missing(result: Result, matches: Sequence[Match]) -> None:
    for fields, code, words in _MISSING:
        if any(field in match.unsure for field in fields for match in matches):
            continue
        taken = any(match.taken.get(field) for field in fields for match in matches)
        if not taken and not ("categories" in fields and any(match.yes_no for match in matches)):
            result.say("warning", code, f"The export has no {words}; if it has, say so with --map {fields[0]}=HEADING.")
