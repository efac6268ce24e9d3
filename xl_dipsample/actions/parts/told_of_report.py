"""What Import says about the report that the list came in, and what it leaves on Data checks for the next steps."""

from __future__ import annotations

from xl_dipsample.actions.parts.choose_sheet import Chosen, ordinal
from xl_dipsample.domain.long_list.report_shape import KINDS, ReportShape
from xl_dipsample.domain.long_list.report_totals import stated_totals
from xl_dipsample.domain.long_list_checks import looked_at, report_checks, report_findings
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host


def tell_of_report(host: Host, result: Result, shape: ReportShape, chosen: Chosen, *, joined: bool) -> None:
    """What was left out, what is doubtful, and what the report says of its own number: to the lead, and on Data checks.

    A report that is joined brings no rows; what was found in the first one stays on Data checks beside it.
    """
    totals = stated_totals(chosen.rows, shape, chosen.above)
    unread = [(sheet.number, len(sheet.rows)) for sheet in chosen.unread]
    found = report_findings.of_report(shape, totals, chosen.source_rows, unread)
    found = report_findings.OfReport(found.found | chosen.sheet.findings)
    doubtful = found.alike(report_checks.DOUBTFUL)
    result.figures |= {"doubtful": doubtful, "totals_that_differ": found.differing}
    if len(shape.left) > shape.count("blank"):
        kinds = ", ".join(f"{kind} {shape.count(kind)}" for kind in KINDS if kind != "blank" and shape.count(kind))
        result.say("note", "rows-left-out", f"Rows of the report that are no cases, and were left out: {kinds}.")
    if totals and not found.differing:
        result.say("note", "report-total-equal", "The numbers that the report itself states are what was read.")
    if found.differing:
        result.say(
            "warning",
            "report-total-differs",
            f"The report states another number than was read, in {found.differing} of its rows: compare them on Data "
            "checks (E01) before you narrow down.",
            sheet="Data checks",
        )
    if doubtful:
        result.say(
            "warning",
            "doubtful-rows",
            f"Rows that are in the list and may be no cases: {doubtful}; Data checks (E02) says which.",
            sheet="Data checks",
        )
    for number, _ in unread:
        result.say(
            "warning",
            "sheet-not-read",
            f"The {ordinal(number)} sheet has the same headings, or rows like these, and was not read; if the list "
            "goes on there, import it again with --sheet all.",
        )
    before = host.read_table("DataChecks")
    if joined:
        found = report_findings.beside(found, report_findings.remembered(before))
    if len(before) or found.found:
        host.write_table("DataChecks", looked_at.carried_over(found.table(), before))
