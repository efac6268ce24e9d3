"""Narrow down: the funnel on a working workbook. It can be run again at any time; decisions are kept."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from xl_dipsample.actions.parts import known_reports, picked_questions, rows_by_hand, taken_packs, words_in_use
from xl_dipsample.actions.running.action import Button, action, option
from xl_dipsample.actions.running.confirm import confirm
from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import label_mapping, source_rows
from xl_dipsample.domain.long_list.import_rows import ASKED
from xl_dipsample.domain.long_list_checks.found_by_import import report_findings
from xl_dipsample.domain.narrowing import case_decisions, counts_beside_funnel, people_counted, stages
from xl_dipsample.domain.narrowing.funnel import Narrowed, narrow
from xl_dipsample.domain.narrowing.removed_rows import RowsGone
from xl_dipsample.domain.shared import columns_read, standing
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

# The fields that decide who is counted: while one of these waits on Headings, Narrow down asks.
DECIDES = ("case id", "contact date", "end date", "date of birth", "birth month", "age", "categories")
GO_ON = "Narrow down all the same"


@action(
    "narrow",
    "Narrow down",
    "Runs the funnel: fills Exclusion log, Case check and Funnel. Decisions are kept.",
    place=40,
    subject="working",
    step=True,
    button=Button("Sample", "Filter"),
)
class NarrowOptions:
    """Every setting stands on Focus and Criteria; the option answers what Narrow down asks about the report."""

    total_differs: bool = option("go on though the report states another number of cases than was read", default=False)
    headings_wait: bool = option("go on though headings wait for the lead to choose what they are", default=False)
    reports_missing: bool = option("go on though a report that was added before is missing", default=False)


@dataclass(frozen=True)
class Working:
    """What a working workbook holds, read once: its long list, criteria and typed decisions, narrowed down."""

    listed: pd.DataFrame
    source_columns: list[str]
    criteria: Criteria
    harm_column: bool
    narrowed: Narrowed
    check: pd.DataFrame
    past: pd.DataFrame
    by_hand: rows_by_hand.ByHand

    @cached_property
    def people(self) -> pd.DataFrame:
        """The table YoungPeople."""
        return people_counted.table(self.narrowed, self.criteria)


def read_and_narrow(host: Host) -> Working:
    """Narrow the long list of a working workbook down without writing anything.

    Raises RowsGone, WorkbookProblem when it holds other rows than were imported, and nobody said why.
    """
    listed = host.read_table("LongList")
    if listed.empty:
        raise WorkbookProblem("long-list-empty", "Long list is empty; press Import long list first.")
    headings = host.read_table("Headings")
    criteria = read_criteria(host)
    sources = source_rows.source_columns(listed, headings, spec.table("working", "LongList").headings)
    by_hand = rows_by_hand.look(host, listed, sources)
    harm_column = source_rows.has_harm_column(listed, headings)
    past = host.read_table("PastDecisions")
    typed = case_decisions.typed_rows(host.read_table("CaseCheck"))
    marks = None
    if len(past) or len(typed.rows):
        marks = case_decisions.marks_of(listed, sources)
        typed = case_decisions.with_past(typed, past, listed, marks)
    team = source_rows.column_of(listed, headings, "team")
    narrowed = narrow(
        standing.plain(listed),
        sources,
        criteria,
        typed.rows,
        harm_column=harm_column,
        team_column=team,
        removed=by_hand.removed,
    )
    if marks is not None:
        past = case_decisions.past_decisions(typed, past, narrowed.case_check, listed, marks)
    check = case_decisions.apply(narrowed.case_check, typed)
    return Working(listed, sources, criteria, harm_column, narrowed, check, past, by_hand)


def read_criteria(host: Host) -> Criteria:
    """The settings of Focus and Criteria. Raises SettingProblem."""
    return Criteria.from_tables(
        *(host.read_table(name) for name in ("Focus", "Criteria", "Categories", "Labels", "MyLists"))
    )


def run(host: Host, options: NarrowOptions) -> Result:
    """Fill Exclusion log, Case check and Funnel.

    Raises SettingProblem, WorkbookProblem, InvariantBroken; QuestionUnanswered while the report states another number
    than was read, and nobody has looked at it.
    """
    _ask_about_total(host, options)
    _ask_about_headings(host, options)
    _ask_about_reports(host, options)
    host.ui.progress("Reading the long list", 0.0)
    packs = taken_packs.take(host)
    try:
        work = read_and_narrow(host)
    except RowsGone as problem:
        stopped = Result("narrow")
        packs.say(stopped)
        return rows_by_hand.stopped(host, problem, stopped)
    host.ui.progress("Writing the exclusion log", 0.6)
    write_tables(host, work)
    result = _result(work)
    packs.say(result)
    taken_packs.say_what_would_help(host, result)
    picked_questions.take_over(host, result)
    words_in_use.say_reasons(host, work.criteria.lists, result)
    rows_by_hand.note(host, work.by_hand, result)
    rows_by_hand.note_run(host, funnel_table(work.narrowed), result)
    people = plural(result.figures["young_people"]["sample"], "young person", "young people")
    result.mark(f"{plural(result.figures['candidates'], 'row')} on Case check, {people} in the sample")
    if not work.narrowed.undecided:
        result.mark("nothing left to decide", step="Case check")
    return result


def _ask_about_total(host: Host, options: NarrowOptions) -> None:
    differing = report_findings.not_looked_at(host.read_table("DataChecks"))
    if not differing or options.total_differs:
        return
    question = (
        f"The report states another number of cases than was read: see E01 on Data checks ({differing}). "
        "Narrow down all the same"
    )
    problem = WorkbookProblem(
        "total-differs",
        "The report states another number of cases than was read: look at E01 on Data checks, and put your initials "
        "there.",
    )
    confirm(host.ui, question, GO_ON, "--total-differs, or your initials on Data checks", problem)


def _ask_about_headings(host: Host, options: NarrowOptions) -> None:
    table = host.read_table("Headings")
    asked = [
        columns_read.trimmed(asked).removeprefix(ASKED)
        for field, asked in zip(table["Field"], table["Sure?"], strict=True)
        if not columns_read.trimmed(field)
    ]
    waiting = sum(any(word in one for word in DECIDES) for one in asked)
    if not waiting or options.headings_wait:
        return
    question = (
        f"{plural(waiting, 'heading waits', 'headings wait')} on Headings for you to choose what they are; until then "
        "their columns are taken for nothing. Narrow down all the same"
    )
    problem = WorkbookProblem(
        "headings-wait",
        "Headings wait for you to choose what they are: choose on the sheet Headings, and import the list again.",
    )
    confirm(host.ui, question, GO_ON, "--headings-wait, or choose on Headings and import again", problem)


def _ask_about_reports(host: Host, options: NarrowOptions) -> None:
    missing = known_reports.wanting(host)
    if not missing or options.reports_missing:
        return
    question = (
        f"{plural(missing, 'report')} that gave the list rows or columns before {'is' if missing == 1 else 'are'} "
        "missing: see Reports. Narrow down all the same"
    )
    problem = WorkbookProblem(
        "reports-missing",
        "A report that gave the list rows or columns before is missing: import it again, or say on Reports that it is "
        "not needed.",
    )
    confirm(host.ui, question, GO_ON, "--reports-missing, or import it again", problem)


def write_tables(host: Host, work: Working) -> None:
    """Every table that narrowing fills."""
    narrowed, criteria = work.narrowed, work.criteria
    host.write_table("ExclusionLog", narrowed.exclusion_log)
    host.write_table("CaseCheck", work.check)
    host.write_table("PastDecisions", work.past)
    host.write_table("Funnel", funnel_table(narrowed))
    host.write_table("YoungPeople", work.people)
    host.write_table("FunnelCategories", counts_beside_funnel.by_category(narrowed, criteria))
    host.write_table("FunnelGroups", counts_beside_funnel.by_group(work.listed, narrowed, criteria))
    host.write_table("WhatIf", counts_beside_funnel.what_if(narrowed, criteria, harm_column=work.harm_column))
    host.write_table("Labels", label_mapping.label_table(work.listed, host.read_table("Labels"), work.criteria.lists))


def funnel_table(narrowed: Narrowed) -> pd.DataFrame:
    """The table Funnel; a stage that was not applied says so in words."""
    shown = narrowed.funnel[["Stage", "Excluded", "Remaining"]].copy()
    shown.loc[~narrowed.funnel["applied"].astype(bool), "Excluded"] = stages.NOT_APPLIED
    return shown


def _result(work: Working) -> Result:
    narrowed = work.narrowed
    result = Result("narrow")
    result.figures = {
        "long_list": int(narrowed.funnel.iloc[0]["Remaining"]),
        "excluded": len(narrowed.exclusion_log),
        "candidates": len(work.check),
        "sample": int(narrowed.in_sample.sum()),
        "undecided": narrowed.undecided,
        "doubtful": sum(map(bool, narrowed.rows["doubts"])),
        "funnel": [_stage(row) for row in narrowed.funnel.to_dict("records")],
    }
    for stage in result.figures["funnel"]:
        gone = stage["excluded"]
        told = stages.NOT_APPLIED if gone is None else f"{plural(gone, 'row')} left, {stage['remaining']} remain"
        result.say("note", "stage", f"{stage['stage']}: {told}.", sheet="Funnel")
    _say_of_whom(work, result)
    _say_of_categories(work, result)
    if not work.harm_column:
        result.say(
            "warning",
            "stage-not-applied",
            "The export has no type of harm, so the stage No chosen category was not applied; join a second export "
            "that has it, or look at each case on Case check.",
            sheet="Funnel",
        )
    waiting = sum(any("label" in one for one in told) for told in narrowed.rows["doubts"] if told)
    if waiting:
        result.say(
            "warning",
            "label-not-mapped",
            f"{waiting} rows have labels that nobody has mapped; say what they mean on Labels and narrow down again.",
            sheet="Labels",
        )
    if narrowed.undecided:
        result.ok = False
        result.say(
            "warning",
            "undecided",
            f"Provisional: {narrowed.undecided} of {len(work.check)} cases are not decided; decide them on Case check.",
            sheet="Case check",
        )
    return result


def _say_of_whom(work: Working, result: Result) -> None:
    """The headline: young people, of whom; with contacts and rows beside it."""
    found = people_counted.of_working({"Funnel": funnel_table(work.narrowed), people_counted.TABLE: work.people})
    if found is None:
        return
    names = {people_counted.LISTED: "long_list", people_counted.OF_AGE: "of_age", people_counted.SAMPLE: "sample"}
    result.figures["young_people"] = {name: found.number(who, 0) for who, name in names.items()}
    result.say("note", "of-whom", f"{found.in_words()}. {found.doubts_in_words()}.", sheet="Funnel")


def _say_of_categories(work: Working, result: Result) -> None:
    """How many rows each choice of a type of harm decides; types of the lead's own are counted, not named."""
    if not work.harm_column:
        return
    table = counts_beside_funnel.by_category(work.narrowed, work.criteria)
    known = label_mapping.categories()
    figures: dict[str, dict[str, int]] = {"Yes": {}, "No": {}}
    columns = (table[name] for name in ("Category", stages.CHOSEN, stages.DECIDES))
    for word, chosen, rows in zip(*columns, strict=True):
        if chosen is not None and rows:
            name = word if word in known else "types of your own"
            figures[chosen][name] = figures[chosen].get(name, 0) + rows
    result.figures["hang_on"] = {"chosen": figures["Yes"], "not_chosen": figures["No"]}
    for chosen, code, told in (
        ("No", "left-for-choice", "Rows that left, and would stay if that type of harm were chosen"),
        ("Yes", "stayed-for-choice", "Rows that stay for one chosen type of harm alone"),
    ):
        if figures[chosen]:
            named = ", ".join(f"{word} {rows}" for word, rows in figures[chosen].items())
            result.say("note", code, f"{told}: {named}.", sheet="Funnel")


def _stage(row: dict[Hashable, Any]) -> dict[str, Any]:
    stage = {"stage": row["Stage"], "excluded": row["Excluded"], "remaining": row["Remaining"]}
    if not row["applied"]:
        stage |= {"excluded": None, "applied": False}
    return stage


def refuse_stale(host: Host, work: Working) -> None:
    """The funnel on the sheets must be the one that the settings give now."""
    shown = host.read_table("CaseCheck")
    if host.read_table("Funnel").empty:
        raise WorkbookProblem("not-narrowed", "The long list is not narrowed down yet; press Narrow down first.")
    shown = shown[shown["Record"].notna()].sort_values("Record", kind="stable")  # people may have sorted the sheet
    same = list(shown["Record"]) == list(work.check["Record"]) and all(
        [columns_read.trimmed(cell) for cell in shown[name]]
        == [columns_read.trimmed(cell) for cell in work.check[name]]
        for name in ("Case ID", "Contact date", "Age at time of contact", "Type of harm")
    )
    if not same:
        raise WorkbookProblem(
            "narrow-again",
            "Settings or the long list changed since Narrow down, so Case check is out of date; narrow down again.",
        )
