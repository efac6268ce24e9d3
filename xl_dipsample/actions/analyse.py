"""Refresh analysis: what formulas cannot do, as values marked with their date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xl_dipsample.actions import analysis, rows_without_id, sharing
from xl_dipsample.actions.audit_row import append_audit
from xl_dipsample.actions.result import Result
from xl_dipsample.actions.steps import mark_done
from xl_dipsample.domain import review
from xl_dipsample.workbook.collecting import without_collecting
from xl_dipsample.workbook.host import Host

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class AnalyseOptions:
    """Refresh analysis asks nothing."""


@without_collecting()
def run(host: Host, options: AnalyseOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Renew every table that follows from Review; what people typed beside them stays."""
    tables = {name: host.read_table(name) for name in host.tables()}
    result = Result("analyse")
    kept, complete = _progress(tables["Review"], result)
    rows_without_id.say(tables["Review"], result)
    for share, (doing, renew) in enumerate(analysis.PARTS):
        host.ui.progress(doing, share / len(analysis.PARTS))
        for name, frame in renew(tables, result).items():
            host.write_table(name, frame)
            tables[name] = frame
    host.write_value("analysed_on", sharing.stamp(dt.datetime.now().astimezone()))
    sharing.say_without_key(host, result)
    append_audit(host, "analyse", {name: n for name, n in result.figures.items() if type(n) is int})
    mark_done(host, "analyse", f"{complete} of {kept} complete")
    return result


def _progress(table: pd.DataFrame, result: Result) -> tuple[int, int]:
    kept = int(review.in_sample(table).sum())
    complete = int((review.review_check(table) == review.COMPLETE).sum())
    result.figures = {"review": len(table), "in_sample": kept, "complete": complete}
    result.say("note", "analysed", f"{complete} of {kept} cases in the sample are complete.", sheet="Review")
    return kept, complete
