"""Check long list: looks for mistakes in the long list and in what people filled in. Changes no data."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.actions.parts import (
    filled_tables,
    known_reports,
    picked_questions,
    rows_by_hand,
    taken_packs,
    words_in_use,
)
from xl_dipsample.actions.running.action import Button, action
from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import source_rows
from xl_dipsample.domain.long_list_checks import schema, table
from xl_dipsample.domain.long_list_checks.found_by_import import looked_at, report_findings
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.table import Counted
from xl_dipsample.domain.narrowing.removed_rows import RowsGone
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Level as MessageLevel
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.exports.sheet_scan import letters
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

MESSAGE_LEVELS: dict[str, MessageLevel] = {"Error": "error", "Warning": "warning", "Note": "note"}
FIGURES = {"Error": "errors", "Warning": "warnings", "Note": "notes"}


@action(
    "check",
    "Check long list",
    "Looks for mistakes in the long list and says what to do about each.",
    place=30,
    subject="working",
    step=True,
    button=Button("Sample", "ErrorChecking"),
)
class CheckOptions:
    """Check long list asks nothing."""


def run(host: Host, options: CheckOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Fill Data checks and the column Check of Long list. Raises WorkbookProblem, SettingProblem.

    The result's figures: rows, errors, warnings, notes (findings, each row counted), by_code. `ok` is False when
    there are errors.
    """
    host.ui.progress("Reading the long list", 0.0)
    listed = host.read_table("LongList")
    packs = taken_packs.take(host)
    now = dt.datetime.now().astimezone().replace(tzinfo=None)
    reading = read(host, listed, now.date())
    try:
        by_hand = rows_by_hand.look(host, listed, reading.source_columns)
    except RowsGone as problem:
        stopped = Result("check")
        packs.say(stopped)
        return rows_by_hand.stopped(host, problem, stopped)
    host.ui.progress("Checking", 0.4)
    found = schema.findings(reading, columns())
    findings, counted = table.data_checks(found, reading)
    typed = filled_tables.findings(host)
    host.ui.progress("Writing what was found", 0.8)
    shown = table.errors_first([findings, filled_tables.rows(typed)])
    host.write_table("DataChecks", looked_at.carried_over(shown, host.read_table("DataChecks")))
    _write_words(host, listed, table.check_words(found, reading))
    result = _result(listed, counted)
    packs.say(result)
    picked_questions.take_over(host, result)
    filled_tables.tell(result, typed)
    words_in_use.say_twice(host, reading.criteria.lists, result)
    words_in_use.say_reasons(host, reading.criteria.lists, result)
    rows_by_hand.note(host, by_hand, result)
    result.mark(summary(result))
    return result


def columns() -> tuple[tuple[str, str], ...]:
    """Heading and type of each column of Long list that can hold a mistake: the spec's, but for our own Check."""
    return tuple((one.heading, one.type) for one in spec.table("working", "LongList").columns if one.heading != "Check")


def read(host: Host, listed: pd.DataFrame, today: dt.date) -> Reading:
    """What the rules look at. Raises WorkbookProblem, SettingProblem."""
    if listed.empty:
        raise WorkbookProblem("long-list-empty", "Long list is empty; press Import long list first.")
    own = spec.table("working", "LongList").headings
    for heading in own:
        if heading not in listed.columns:
            raise WorkbookProblem(
                "heading-missing", f"The table LongList has no heading {heading}; put it back or import again."
            )
    headings = host.read_table("Headings")
    criteria = Criteria.from_tables(
        *(host.read_table(name) for name in ("Focus", "Criteria", "Categories", "Labels", "MyLists"))
    )
    return Reading(
        raw=standing.plain(listed).reset_index(drop=True),
        source_columns=source_rows.source_columns(listed, headings, own),
        criteria=criteria,
        headings=[str(heading) for heading in headings["Heading"]],
        today=today,
        of_report=known_reports.still_missing(host, report_findings.remembered(host.read_table("DataChecks"))),
    )


def _write_words(host: Host, listed: pd.DataFrame, words: pd.Series) -> None:
    """Long list is long: it is written once, and only when something has changed."""
    before = listed["Check"].tolist()
    after = words.tolist()
    if before != after:
        host.write_table("LongList", listed.assign(Check=pd.Series(after, index=listed.index, dtype=object)))


def _result(listed: pd.DataFrame, counted: list[Counted]) -> Result:
    result = Result("check", figures={"rows": len(listed), "errors": 0, "warnings": 0, "notes": 0, "by_code": {}})
    usual = spec.table("working", "LongList")
    _, first, left = standing.corner(listed, standing.Corner(usual.sheet, usual.first_row))
    for one in counted:
        result.figures[FIGURES[one.level]] += one.number
        result.figures["by_code"][one.rule.code] = one.number
        result.say(
            MESSAGE_LEVELS[one.level],
            one.rule.code,
            _told(one),
            sheet="Data checks" if one.position is None else "Long list",
            row=None if one.position is None else first + one.position,
            column=_shown(one.column, listed, left),
        )
    result.ok = result.figures["errors"] == 0
    return result


def _shown(heading: str | None, listed: pd.DataFrame, left: int) -> str | None:
    """A column of ours by its heading; one of the export's, whose heading may be a name, by its letter."""
    if heading is None or heading in spec.table("working", "LongList").headings or heading not in listed.columns:
        return heading
    return f"column {letters(list(listed.columns).index(heading) + left)}"


def _told(one: Counted) -> str:
    """How often, and the sentence; never what stands in a cell."""
    if one.position is None:
        return one.rule.sentence
    return f"{plural(one.number, 'row')}: {one.rule.sentence}"


def summary(result: Result) -> str:
    """The figures in words, for Start."""
    figures = result.figures
    return f"{figures['errors']} errors, {figures['warnings']} warnings and {figures['notes']} notes on Data checks"
