"""What Import says about a report, and what it leaves on Data checks for the next steps."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from xl_dipsample.actions.parts.choose_sheet import Chosen, ordinal
from xl_dipsample.actions.parts.known_reports import MAIN
from xl_dipsample.actions.parts.read_report import ReadReport
from xl_dipsample.domain.long_list.report_reading.ids_above import ids_above
from xl_dipsample.domain.long_list.report_reading.report_shape import KINDS
from xl_dipsample.domain.long_list.report_reading.report_totals import stated_totals
from xl_dipsample.domain.long_list_checks.found_by_import import report_checks, report_findings
from xl_dipsample.domain.long_list_checks.found_by_import.report_findings import Found, OfReport
from xl_dipsample.domain.long_list_checks.id_checks import MISSING, SPELT_ALIKE
from xl_dipsample.domain.shared.result import Result

_SAYS_WHERE = (
    (
        report_checks.ANOTHER,
        "another-list",
        "another list below or beside the first, under headings of its own, which were not followed;",
    ),
    (
        report_checks.ANOTHER_ORDER,
        "other-order",
        "later headings in another order; the rows below them were read by those headings.",
    ),
    (
        report_checks.PUT_RIGHT,
        "cells-put-right",
        "cells that stood beside their headings, and were put under them again: compare some with the case system.",
    ),
    (
        report_checks.MOVED,
        "cells-moved",
        "more cells in some rows than it has headings, so that cells may stand under the wrong heading.",
    ),
    (report_checks.IDS_ABOVE, "ids-above", "rows above its cases that seem to hold the case ID, which was not read."),
)

_OF_IDS = (
    (MISSING, "rows-without-id", "Rows without a case ID, each of which counts as a young person of its own"),
    (
        SPELT_ALIKE,
        "ids-spelt-alike",
        "Rows whose case ID differs from another only by capitals, blanks or dashes, and counts as another child",
    ),
)


def found_in_report(result: Result, read: ReadReport, *, first_record: int | None = 1) -> OfReport:
    """What was left out, what is doubtful, and what the report says of its own number: said, and for Data checks.

    `first_record`: of its rows on Long list; None for a report that brings columns.
    """
    shape, chosen = read.shape, read.chosen
    totals = stated_totals(chosen.rows, shape, chosen.above)
    unread = [(sheet.number, len(sheet.rows)) for sheet in chosen.unread]
    found = report_findings.of_report(shape, totals, chosen.source_rows, unread, first_record, chosen.sheets)
    found = report_findings.OfReport(
        found.found | chosen.sheet.findings | _of_later_headings(chosen) | _of_cells_elsewhere(read)
    )
    doubtful = found.alike(report_checks.DOUBTFUL)
    which = "The report" if read.report.number == MAIN else f"Report {read.report.number}"
    of = "the report" if read.report.number == MAIN else f"report {read.report.number}"
    for figure, number in (("doubtful", doubtful), ("totals_that_differ", found.differing)):
        result.figures[figure] = result.figures.get(figure, 0) + number
    if len(shape.left) > shape.count("blank"):
        kinds = ", ".join(f"{kind} {shape.count(kind)}" for kind in KINDS if kind != "blank" and shape.count(kind))
        result.say("note", "rows-left-out", f"Rows of {of} that are no cases, and were left out: {kinds}.")
    if totals and not found.differing:
        result.say("note", "report-total-equal", f"The numbers that {of} itself states are what was read.")
    if found.differing:
        result.say(
            "warning",
            "report-total-differs",
            f"{which} states another number than was read, in {found.differing} of its rows: compare them on Data "
            "checks (E01) before you narrow down.",
            sheet="Data checks",
        )
    if doubtful:
        result.say(
            "warning",
            "doubtful-rows",
            f"Rows that are in {'the list' if first_record is not None else of} and may be no cases: {doubtful}; "
            "Data checks (E02) says which.",
            sheet="Data checks",
        )
    for rows, finding, code, words in (
        (shape.further, report_checks.FURTHER, "rows-of-child-above", "an ID that got the ID and name"),
        (shape.dated, report_checks.DATED, "dates-of-row-above", "a contact date that got that"),
    ):
        if rows:
            says = f"Rows of {of} without {words} of the row above: {len(rows)}; Data checks ({finding}) says which."
            result.say("warning", code, says, sheet="Data checks")
    for finding, code, words in _SAYS_WHERE:
        if found.found.get(finding):
            result.say("warning", code, f"{which} has {words} Data checks ({finding}) says where.", sheet="Data checks")
    _tell_of_sheets(result, chosen)
    return found


def _tell_of_sheets(result: Result, chosen: Chosen) -> None:
    for sheet in chosen.unread:
        result.say(
            "warning",
            "sheet-not-read",
            f"The {ordinal(sheet.number)} sheet has the same headings, or rows like these, and was not read; if the "
            "list goes on there, import it again with --sheet all.",
        )


def found_in_ids(result: Result, long_list: pd.DataFrame) -> Found:
    """Case IDs that are missing or spelt in two ways, in the list as a whole: said, and for Data checks."""
    found = report_findings.of_ids(long_list)
    for finding, code, words in _OF_IDS:
        if finding in found:
            number = sum(alike or 0 for _, alike in found[finding])
            result.say("warning", code, f"{words}: {number}; Data checks ({finding}) says which.", sheet="Data checks")
    return found


def _of_later_headings(chosen: Chosen) -> Found:
    """Where later headings stand; a place is said, no heading."""
    if chosen.later is None:
        return {}
    another = [f"from {_places(chosen, [at])}" for at in chosen.later.another]
    if chosen.later.beside is not None:
        another.append(f"from {chosen.column(chosen.later.beside)} on, beside the first list")
    told = {
        report_checks.ANOTHER: another,
        report_checks.ANOTHER_ORDER: [f"from {_places(chosen, [at])}" for at in chosen.later.moved],
    }
    return {code: tuple((one, None) for one in values) for code, values in told.items() if values}


def _of_cells_elsewhere(read: ReadReport) -> Found:
    """Which rows have cells beside their headings, put right where that was sure; which hold IDs above their cases."""
    moved, chosen = read.moved, read.chosen
    whole = "the whole list: " if moved.whole else ""
    told = (
        (report_checks.PUT_RIGHT, whole, moved.put_right),
        (report_checks.MOVED, whole, moved.unsure),
        (report_checks.IDS_ABOVE, "", ids_above(chosen.rows, read.shape, read.match)),
    )
    return {code: ((f"{of}{_places(chosen, positions)}", len(positions)),) for code, of, positions in told if positions}


def _places(chosen: Chosen, positions: Sequence[int]) -> str:
    return report_findings.places(positions, chosen.source_rows, chosen.sheets)
