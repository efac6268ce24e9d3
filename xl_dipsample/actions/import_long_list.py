"""Import long list: the case system's export becomes the table LongList. The export itself is only read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import rows_by_hand
from xl_dipsample.actions.parts.choose_sheet import Chosen, choose_sheet, ordinal
from xl_dipsample.actions.parts.told_of_report import tell_of_report
from xl_dipsample.actions.running.action import Button, action, argument, option
from xl_dipsample.domain.long_list import headings as domain_headings
from xl_dipsample.domain.long_list import label_mapping, source_rows
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.import_rows import Imported, join_columns
from xl_dipsample.domain.long_list.import_rows import long_list as read_long_list
from xl_dipsample.domain.long_list.report_shape import ReportShape, read_shape
from xl_dipsample.domain.narrowing.decisions_on_reimport import (
    Listed,
    carry_own_columns,
    move_decisions,
    remark,
    with_set_aside,
)
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FILE, ExportProblem, FileProblem, QuestionUnanswered
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.exports.export_reader import MOST_ROWS, read_export
from xl_dipsample.exports.preflight import MOST_COLUMNS
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

# What was counted or logged belongs to the list that was there before.
_OF_THE_OLD_LIST = ("ExclusionLog", "Funnel", "FunnelCategories", "FunnelGroups", "WhatIf")
_NEEDS_A_PERSON = frozenset(
    {
        "formulas-without-values",
        "unclosed-quote",
        "mixed-separators",
        "ragged-rows",
        "one-heading-twice",
        "hidden-sheet",
        "headings-wait",
        "decisions-set-aside",
        "own-cells-set-aside",
        "report-total-differs",
        "doubtful-rows",
        "sheet-not-read",
        "harm-heading-not-taken",
    }
)
_JOINED = ("matched", "unmatched", "ambiguous")
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
    """`maps`: FIELD=HEADING each; `join`: add the export's columns to the long list that is there, by case ID."""

    export: Path = argument(
        "the export: .xlsx .xlsm .xls .ods or .csv",
        ask="open",
        question="Which file is the case system's export?",
        files="export",
    )
    sheet: str | None = option("the sheet that holds the list", default=None)
    maps: tuple[str, ...] = option("FIELD=HEADING: take this heading for this field", default=(), flag="--map")
    join: bool = option("add columns from a second export by case ID", default=False)


def run(host: Host, options: ImportOptions) -> Result:
    """Read the export and fill Long list, Headings and Labels; decisions on Case check follow their rows.

    Raises FileProblem, ExportProblem, QuestionUnanswered: then nothing was written. Figures: rows, columns,
    left_blank, left_out (rows that are no cases), doubtful, totals_that_differ, sheet (its number; None in a .csv),
    header_row, taken, unplaced; with `join` also matched, unmatched, ambiguous.
    """
    try:
        with without_collecting():
            return _run(host, options)
    except (FileProblem, ExportProblem, QuestionUnanswered) as problem:
        raise type(problem)(problem.code, _of_the_export(problem.sentence)) from problem


def _of_the_export(sentence: str) -> str:
    """A refusal does not say what the export is called, which may be a child's name.

    >>> _of_the_export("There is no file {file}: check its name."), _of_the_export("{file} is empty.")
    ('There is no such file as the export: check its name.', 'The export is empty.')
    """
    said = sentence.replace(f"no file {FILE}", f"no such file as {FILE}").replace(FILE, "the export")
    return f"{said[0].upper()}{said[1:]}"


def _run(host: Host, options: ImportOptions) -> Result:
    _refuse_itself(host, options.export)
    forced = read_maps(options.maps)
    known = host.read_table("Headings")
    remembered, unused = remembered_headings(known), unused_headings(known)
    host.ui.progress("Reading the export", 0.0)
    export = read_export(options.export, called=FILE)
    also_known = [heading for heading in (*forced.values(), *remembered.values()) if heading]
    chosen = choose_sheet(export, options.sheet, also_known, options.export.name, host.ui)
    headings = [trimmed(heading) for heading in chosen.headings]
    rows = chosen.rows
    first = domain_headings.match(headings, remembered, forced, unused=unused)
    shape = read_shape(rows, headings, first, chosen.above)
    match = domain_headings.match(headings, remembered, forced, [rows[position] for position in shape.kept], unused)
    result = Result("import")
    _tell(result, chosen, match, headings)
    for note in export.notes:
        if note.sheet in (None, chosen.sheet.name):
            result.say("warning", note.code, note.text, row=note.row, column=note.column)
    host.ui.progress("Writing the long list", 0.6)
    listed = host.read_table("LongList")
    old = Listed(listed, _sources(listed, known))
    if options.join:
        rows_by_hand.refuse_to_join(host, listed, old.sources)
        imported = _join(host, chosen, match, shape, old, result)
    else:
        imported = _replace(host, chosen, match, shape, old, result)
    rows_by_hand.remember(host, result, old, Listed(imported.frame, imported.source_columns), joined=options.join)
    _write_headings(host, imported, known if options.join else known.iloc[:0], chosen.sheet.name, unused)
    tell_of_report(host, result, shape, chosen, joined=options.join)
    _finish(host, result, imported, chosen, match, headings)
    return result


def read_maps(maps: Iterable[str]) -> dict[str, str]:
    """Field -> heading from FIELD=HEADING. Raises ExportProblem.

    >>> read_maps(["team=Area = North"])
    {'team': 'Area = North'}
    """
    read: dict[str, str] = {}
    for one in maps:
        field, equals, heading = one.partition("=")
        field = field.strip().casefold()
        if not equals or not field:
            raise ExportProblem("map-form", "--map needs FIELD=HEADING, as in --map case_id=Reference: write it so.")
        if field in read:
            raise ExportProblem("map-twice", "--map names one field twice: name it once.")
        read[field] = heading.strip()
    return read


def remembered_headings(known: pd.DataFrame) -> dict[str, str]:
    """Field -> heading of an earlier import; fields that several columns were taken for are told anew each time."""
    pairs = [(field, heading) for field, heading in zip(known["Field"], known["Heading"], strict=True) if field]
    fields = [str(field) for field, _ in pairs]
    return {str(field): trimmed(heading) for field, heading in pairs if fields.count(str(field)) == 1}


def unused_headings(known: pd.DataFrame) -> list[str]:
    """The headings of which the lead said on Headings that they are no field."""
    pairs = zip(known["Field"], known["Heading"], strict=True)
    return [trimmed(heading) for field, heading in pairs if trimmed(field) == domain_headings.NOT_USED]


def _refuse_itself(host: Host, export: Path) -> None:
    try:
        same = export.samefile(host.path)
    except OSError:  # preflight says what is wrong with it
        same = False
    if same:
        raise FileProblem(
            "export-is-workbook", f"{FILE} is the working workbook itself: name the case system's export."
        )


def _sources(listed: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    return source_rows.source_columns(listed, known, spec.table("working", "LongList").headings)


def _replace(host: Host, chosen: Chosen, match: Match, shape: ReportShape, old: Listed, result: Result) -> Imported:
    """A new long list: people's decisions move to it, what was counted on the old one is emptied."""
    imported = read_long_list(chosen.headings, chosen.rows, chosen.source_rows, match, shape)
    _check_size(imported)
    new = Listed(imported.frame, imported.source_columns)
    check, past = host.read_table("CaseCheck"), host.read_table("PastDecisions")
    moved = move_decisions(check, past, rows_by_hand.with_rows_of(check, old), new)
    carried = carry_own_columns(_own_columns(old), old, new)
    whole = pd.concat([imported.frame, carried.columns], axis=1) if len(carried.columns.columns) else imported.frame
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
    return imported


def _own_columns(old: Listed) -> list[str]:
    """The columns of Long list that people added: neither ours nor the export's."""
    ours = spec.table("working", "LongList").headings
    return [name for name in old.frame.columns if name not in ours and name not in old.sources]


def _join(host: Host, chosen: Chosen, match: Match, shape: ReportShape, old: Listed, result: Result) -> Imported:
    """More columns for the long list that is there; its rows and the decisions stay."""
    if old.frame.empty:
        raise ExportProblem("nothing-to-join", "Long list is empty, so nothing can be joined: import it first.")
    imported = join_columns(old.frame, old.sources, chosen.headings, chosen.rows, match, shape)
    _check_size(imported)
    result.figures |= imported.figures
    past = host.read_table("PastDecisions")
    host.write_table("LongList", imported.frame)
    if len(past):
        host.write_table("PastDecisions", remark(past, old, Listed(imported.frame, imported.source_columns)))
    matched, rows = imported.figures["matched"], len(imported.frame)
    result.say("note", "joined", f"{matched} of {rows} rows of Long list were found in the second export.")
    if imported.figures["ambiguous"]:
        result.say(
            "warning",
            "join-ambiguous",
            "Rows for which the second export says two things, so that cells were left blank: "
            f"{imported.figures['ambiguous']}.",
            sheet="Long list",
        )
    _empty_old_counts(host)
    return imported


def _empty_old_counts(host: Host) -> None:
    for name in _OF_THE_OLD_LIST:
        if len(host.read_table(name)):
            host.write_table(name, pd.DataFrame(columns=spec.table("working", name).headings, dtype=object))


def _check_size(imported: Imported) -> None:
    """Raise ExportProblem when the long list would not hold it, or when there is nothing in it."""
    rows, columns = imported.frame.shape
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


def _write_headings(host: Host, imported: Imported, earlier: pd.DataFrame, sheet: str, unused: Collection[str]) -> None:
    """Remember which heading was taken for which field; a heading stands there once for each sheet."""
    told = imported.headings.assign(Sheet=sheet or None)[spec.table("working", "Headings").headings]
    told["Field"] = [
        domain_headings.NOT_USED if field is None and trimmed(heading) in unused else field
        for field, heading in zip(told["Field"], told["Heading"], strict=True)
    ]
    whole = pd.concat([earlier, told], ignore_index=True).astype(object) if len(earlier) else told.astype(object)
    whole = whole.where(whole.notna(), None)
    key = [(trimmed(row["Heading"]).casefold(), row["Sheet"] or "") for row in whole.to_dict("records")]
    first = {one: at for at, one in reversed(list(enumerate(key)))}
    for at, one in enumerate(key):
        if whole["Field"].iloc[first[one]] is None and whole["Field"].iloc[at] is not None:
            first[one] = at
    host.write_table("Headings", whole.iloc[sorted(first.values())].reset_index(drop=True))


def _tell(result: Result, chosen: Chosen, match: Match, headings: list[str]) -> None:
    """Which column was taken for what, and what could not be placed.

    A heading that is one of our synonyms is said; of any other, which may be a name, the column's letter.
    """
    names = taken_headings(chosen, match, headings)
    result.figures["taken"] = names
    unplaced = [chosen.column(column).removeprefix("column ") for column in match.unplaced if headings[column]]
    result.figures["unplaced"] = unplaced
    for field, name in names.items():
        result.say("note", "heading-taken", f"{name[0].upper()}{name[1:]} was taken for {field.replace('_', ' ')}.")
    if unplaced:
        which = f"column {unplaced[0]}" if len(unplaced) == 1 else f"{len(unplaced)} columns ({', '.join(unplaced)})"
        result.say(
            "note",
            "headings-unplaced",
            f"Taken for nothing, and kept on Long list: {which} of the sheet that was read.",
        )
    for field, columns in match.unsure.items():
        places = ", ".join(_shown(chosen, match, headings, column) for column in columns)
        result.say(
            "warning",
            "headings-wait",
            f"Which column is the {field.replace('_', ' ')}? It could be: {places}. Choose it on Headings and import "
            f"again, or say it with --map {field}=HEADING.",
            sheet="Headings",
        )
    for code, text in match.notes:
        result.say("warning", code, text, row=chosen.header_row)
    if chosen.sheet.hidden:
        place = ordinal(chosen.sheet.number)
        result.say("warning", "hidden-sheet", f"The list stands on a hidden sheet, the {place}; is it the right one?")


def taken_headings(chosen: Chosen, match: Match, headings: list[str]) -> dict[str, str]:
    """Field -> the column taken for it: its heading in quotes, or its letter; several are joined by "; "."""
    columns: dict[str, list[int]] = {field: list(places) for field, places in match.taken.items()}
    if match.yes_no:
        columns["categories"] = [*columns.get("categories", []), *match.yes_no]
    return {
        field: "; ".join(_shown(chosen, match, headings, column) for column in places)
        for field, places in columns.items()
    }


def _shown(chosen: Chosen, match: Match, headings: list[str], column: int) -> str:
    heading = headings[column]
    ours = domain_headings.is_known(heading) or column in match.yes_no  # a type of harm, as our tables have it
    return f'"{heading}"' if ours else chosen.column(column)


def _finish(host: Host, result: Result, imported: Imported, chosen: Chosen, match: Match, headings: list[str]) -> None:
    """Labels, figures, and what Audit and Start say: the same for a new list and a joined one."""
    host.write_table("Labels", label_mapping.label_table(imported.frame, host.read_table("Labels")))
    counts: Mapping[str, int] = {
        "rows": len(imported.frame),
        "columns": sum(1 for heading in headings if heading),
        "left_blank": imported.left_blank,
        "left_out": imported.left_out,
    }
    place = {"sheet": chosen.sheet.number if chosen.sheet.name else None, "header_row": chosen.header_row}
    result.figures = {**counts, **place, **result.figures}
    if "matched" not in result.figures:
        _say_what_is_missing(result, match)
    result.ok = not any(message.code in _NEEDS_A_PERSON for message in result.messages)
    joined: dict[str, int] = {name: result.figures[name] for name in _JOINED if name in result.figures}
    result.audit = {**counts, **joined}
    left = imported.left_blank + imported.left_out
    told = f"{counts['rows']} rows, {counts['columns']} columns; {left} rows that are no cases left out"
    result.mark(f"{told}; {joined['matched']} rows joined" if joined else told)


def _say_what_is_missing(result: Result, match: Match) -> None:
    for fields, code, words in _MISSING:
        if any(field in match.unsure for field in fields):
            continue
        if not any(match.taken.get(field) for field in fields) and not ("categories" in fields and match.yes_no):
            result.say("warning", code, f"The export has no {words}; if it has, say so with --map {fields[0]}=HEADING.")
