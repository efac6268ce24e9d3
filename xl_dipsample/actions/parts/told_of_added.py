"""What Import says about the reports that are added to the long list: who was found, who was not, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from xl_dipsample.actions.parts.known_reports import MORE_ROWS, Report
from xl_dipsample.domain.long_list.added_reports.append_rows import Appended
from xl_dipsample.domain.long_list.import_rows import Joined
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result


def tell_of_columns(result: Result, number: int, figures: dict[str, int], joined: Joined) -> None:
    """How many rows found a partner, on both sides, and how."""
    counts = {**figures, "without_partner": len(joined.strangers), "without_zeros": joined.ids.without_zeros}
    result.figures.setdefault("joined", {})[str(number)] = counts
    matched, unmatched = figures["matched"], figures["unmatched"]
    if not matched:
        _tell_of_nobody(result, number, joined)
        return
    result.say(
        "warning" if unmatched else "note",
        "joined",
        f"{matched} of {plural(matched + unmatched, 'row')} of Long list were found in report {number}; {unmatched} "
        f"have no partner there. {len(joined.strangers)} of its {plural(joined.rows, 'row')} belong to nobody on "
        "Long list." + (" Data checks says which (J01, J02)." if unmatched or joined.strangers else ""),
        sheet="Data checks" if unmatched or joined.strangers else None,
    )
    if joined.ids.without_zeros:
        result.say(
            "warning",
            "join-without-zeros",
            f"{plural(joined.ids.without_zeros, 'row')} of Long list match report {number} only without zeros at the "
            "front of the case ID, and were joined so. Compare one or two in the case system.",
        )
    _tell_of_zeros_that_count(result, number, joined)
    if figures["ambiguous"]:
        result.say(
            "warning",
            "join-ambiguous",
            f"Rows for which report {number} says two things, so that cells were left blank: {figures['ambiguous']}.",
            sheet="Long list",
        )
    _tell_of_harm(result, number, joined)


def _tell_of_harm(result: Result, number: int, joined: Joined) -> None:
    harm = joined.harm
    if harm is None:
        return
    ways = (
        (harm.by_date, "by the same date"),
        (harm.by_order, "as the last contact before the date"),
        (harm.by_case, "by the case alone"),
    )
    told = ", ".join(f"{count} {way}" for count, way in ways if count) or "none"
    result.say("note", "harm-placed", f"Rows of Long list with types of harm from report {number}: {told}.")
    if joined.placeless:
        result.say(
            "warning",
            "harm-before-contacts",
            f"Rows of report {number} whose date lies before every contact of their case, so that their types of harm "
            f"were left out: {len(joined.placeless)} (J07 on Data checks).",
            sheet="Data checks",
        )


def _tell_of_nobody(result: Result, number: int, joined: Joined) -> None:
    if joined.ids.alike:
        _tell_of_zeros_that_count(result, number, joined)
        return
    result.say(
        "warning",
        "join-nobody",
        f"No row of Long list was found in report {number}, so nothing was joined: its case IDs are others. Say which "
        "of its columns holds the case system's own number, with --map case_id=HEADING, or export it with that number.",
    )


def _tell_of_zeros_that_count(result: Result, number: int, joined: Joined) -> None:
    if joined.ids.alike:
        result.say(
            "warning",
            "join-zeros-count",
            f"{plural(joined.ids.alike, 'row')} of Long list would match report {number} without zeros at the front of "
            "the case ID, but then two different IDs of one report would be the same; they were not joined. Write "
            "the IDs alike: export both reports with that column as text.",
        )


def tell_of_rows(result: Result, number: int, rows: int, appended: Appended) -> None:
    """How many rows came, and how many of them the list had already."""
    counts = {"rows": rows, "twice": len(appended.twice), "in_both": appended.shared}
    result.figures.setdefault("appended", {})[str(number)] = counts
    result.say(
        "note",
        "appended",
        f"{plural(rows, 'row')} of report {number} were put below the list, from record {appended.first} on. Case IDs "
        f"that are in both: {appended.shared}.",
    )
    if appended.twice:
        result.say(
            "warning",
            "appended-twice",
            f"Rows of report {number} about a case and contact date that the list had already: {len(appended.twice)}; "
            "Data checks (J06) says which. Each counts once.",
            sheet="Data checks",
        )


def tell_of_missing(result: Result, report: Report, gave: Sequence[str], reason: str) -> None:
    """A report is missing. Its name may be a child's: it stands on Reports."""
    option = "--append" if report.adds == MORE_ROWS else "--join"
    what = "rows" if report.adds == MORE_ROWS else ", ".join(gave) or "columns"
    result.figures.setdefault("missing_reports", []).append(report.number)
    result.say(
        "warning",
        "report-missing",
        f"Report {report.number} on Reports is missing, and with it what it gave: {what}. {reason} Import it again "
        f"({option}), correct its folder on Reports and import the long list again, or say there that it is "
        "not needed.",
        sheet="Reports",
    )
