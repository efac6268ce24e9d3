"""Refresh analysis: what formulas cannot do, as values marked with their date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xl_dipsample.actions import renewing
from xl_dipsample.actions.parts import told_of_risk
from xl_dipsample.actions.running.action import Button, action
from xl_dipsample.domain.analysis import own_words
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.sharing import last_check, rows_without_id
from xl_dipsample.workbook.host import Host

if TYPE_CHECKING:
    import pandas as pd


@action(
    "analyse",
    "Refresh analysis",
    "Renews what formulas cannot do: Harms, the tables on Thresholds, Variations, Language and Findings.",
    place=110,
    subject="review",
    step=True,
    button=Button("Analyse", "RefreshAll"),
)
class AnalyseOptions:
    """Refresh analysis asks nothing."""


@without_collecting()
def run(host: Host, options: AnalyseOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Renew every table that follows from Review; what people typed beside them stays."""
    every = {name: host.read_table(name) for name in host.tables()}
    result = Result("analyse")
    told_of_risk.say(every, result)
    tables = review_columns.to_count(every)
    kept, complete = _progress(tables["Review"], result)
    rows_without_id.say(tables["Review"], result)
    for sentence in own_words.told(tables["Review"], Lists.of(tables)):
        result.say("warning", "own-words", sentence, sheet="Review")
    for share, (doing, renew) in enumerate(renewing.PARTS):
        host.ui.progress(doing, share / len(renewing.PARTS))
        for name, frame in renew(tables, result).items():
            host.write_table(name, frame)
            tables[name] = frame
    host.write_value("analysed_on", last_check.stamp(dt.datetime.now().astimezone()))
    last_check.say_without_key(host, result)
    result.mark(f"{complete} of {kept} complete")
    return result


def _progress(table: pd.DataFrame, result: Result) -> tuple[int, int]:
    kept = int(review_rules.in_sample(table).sum())
    complete = int((review_rules.review_check(table) == review_rules.COMPLETE).sum())
    result.figures = {"review": len(table), "in_sample": kept, "complete": complete}
    result.say("note", "analysed", f"{complete} of {kept} cases in the sample are complete.", sheet="Review")
    return kept, complete
