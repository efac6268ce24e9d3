"""What an action says first when a child may be at risk now: how many flags nobody has acted on, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.actions.running.confirm import confirm
from xl_dipsample.domain.review import act_now, review_columns
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

OPTION = "go on though a child is flagged Act now? and nobody has acted yet"
TABLES = (review_columns.TABLE, act_now.SET_ASIDE)


def say(tables: Mapping[str, pd.DataFrame], result: Result) -> None:
    """Say how many flags are open, and which cells hold something else than belongs there. No figure keeps it.

    >>> result = Result("analyse")
    >>> say({"Review": pd.DataFrame([("DS-7GK-4MX3", "Yes")], columns=["Unique ID", "Act now?"])}, result)
    >>> print(result.messages[0].text[:44])
    1 case is flagged Act now? and not acted on:
    """
    number = act_now.still_open(tables)
    if number:
        text = f"{_flagged(number)}: follow your procedure and tell your manager now. This workbook tells nobody."
        result.say("warning", "act-now-open", f"{text} Start lists {'it' if number == 1 else 'them'}.", sheet="Start")
    for name in TABLES:
        if name in tables:
            _say_what_does_not_belong(name, tables[name], result)


def ask(host: Host, go_on: str, result: Result, *, said: bool) -> None:
    """As `say`; while flags are open, a person is asked whether to go on. `said`: they said so beforehand.

    Raises WorkbookProblem when they stop.
    """
    tables = {name: host.read_table(name) for name in TABLES if name in host.tables()}
    say(tables, result)
    number = act_now.still_open(tables)
    if not number or said:
        return
    problem = WorkbookProblem(
        "act-now-open",
        f"{_flagged(number)}: follow your procedure and tell your manager now. Type on Review who acted and when, and "
        "start this step again.",
    )
    question = f"{_flagged(number)}: see Start. {go_on}"
    confirm(host.ui, question, go_on, "--at-risk-open, or type on Review who acted and when", problem)


def say_set_aside(tables: Mapping[str, pd.DataFrame], result: Result) -> None:
    """Say how many open flags stand in rows that were set aside."""
    number = act_now.still_open({name: frame for name, frame in tables.items() if name == act_now.SET_ASIDE})
    if number:
        result.say(
            "warning",
            "act-now-set-aside",
            f"{_flagged(number)}, and left Review: follow your procedure and tell your manager now. Set aside has the "
            f"{'row' if number == 1 else 'rows'}; type there who acted and when.",
            sheet="Set aside",
        )


def _flagged(number: int) -> str:
    return f"{plural(number, 'case is', 'cases are')} flagged {act_now.FLAG} and not acted on"


def _say_what_does_not_belong(name: str, frame: pd.DataFrame, result: Result) -> None:
    """One message for each column, with its rows: what stands there may be a name, and is not shown."""
    table = spec.table("review", name)
    found = list(act_now.not_that(frame))
    first = standing.first_row(frame, table.first_row)
    for heading in dict.fromkeys(one.heading for one in found):
        positions = [one.position for one in found if one.heading == heading]
        to_do = next(one.to_do for one in found if one.heading == heading)
        result.say(
            "warning",
            "act-now-cell",
            f"On {table.sheet}, {standing.excel_rows(positions, first)} of {heading}: {to_do}. Words belong on the "
            "child's file.",
            sheet=table.sheet,
            row=first + positions[0],
            column=heading,
        )
