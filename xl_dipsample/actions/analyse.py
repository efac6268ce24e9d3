"""Refresh analysis: what formulas cannot do, as values marked with their date."""

from __future__ import annotations

from dataclasses import dataclass

from xl_dipsample.actions import sharing
from xl_dipsample.actions.audit_row import append_audit
from xl_dipsample.actions.result import Result
from xl_dipsample.actions.steps import mark_done
from xl_dipsample.domain import review, summary
from xl_dipsample.workbook.host import Host


@dataclass(frozen=True)
class AnalyseOptions:
    """Refresh analysis asks nothing."""


def run(host: Host, options: AnalyseOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Rebuild Harms and the sorted table on Thresholds from Review."""
    table = host.read_table("Review")
    harms = summary.harms_table(table)
    host.write_table("Harms", harms)
    host.write_table("Thresholds", summary.thresholds_table(table))
    kept = int(review.in_sample(table).sum())
    complete = int((review.review_check(table) == review.COMPLETE).sum())
    result = Result("analyse")
    result.figures = {"review": len(table), "in_sample": kept, "complete": complete, "harms": len(harms)}
    result.say("note", "analysed", f"{complete} of {kept} cases in the sample are complete.", sheet="Review")
    sharing.say_without_key(host, result)
    append_audit(host, "analyse", result.figures)
    mark_done(host, "analyse", f"{complete} of {kept} complete")
    return result
