"""What Import says of columns whose dates are not simply written with the day first."""

from __future__ import annotations

from collections.abc import Mapping

from xl_dipsample.actions.parts.read_report import ReadReport
from xl_dipsample.domain.long_list.own_columns import DATES
from xl_dipsample.domain.long_list_checks.found_by_import import report_checks
from xl_dipsample.domain.long_list_checks.found_by_import.report_findings import Found
from xl_dipsample.domain.shared.date_order import Order
from xl_dipsample.domain.shared.result import Result

_CODES: dict[Order, str] = {
    "swapped": report_checks.DATES_UNSURE,
    "mixed": report_checks.DATES_UNSURE,
    "month first": report_checks.DATES_TURNED,
    "year day month": report_checks.DATES_TURNED,
    "utc": report_checks.DATES_UTC,
    "changed": report_checks.DATES_UNSURE,
    "either": report_checks.DATES_EITHER,
    "early": report_checks.DATES_EARLY,
}
_HOW: dict[Order, str] = {
    "swapped": "day and month of the true dates have changed places",
    "mixed": "some dates with the day first, some with the month first",
    "month first": "read with the month first",
    "year day month": "read as year, day, month",
    "utc": "read as the day that begins with the stamp",
    "changed": "up to the 12th of a month, day and month seem to have changed places: the months, or the days of the "
    "week, are not those of the later dates",
    "early": "no day is after the 12th of a month, so that the month may be written first",
    "either": "day and month may have changed places up to the 12th of a month",
}


def found_in_dates(result: Result, read: ReadReport, orders: Mapping[str, Order]) -> Found:
    """The findings for Data checks, each said as well; `orders` are those of the report's fields of dates."""
    found: dict[str, list[tuple[str | None, int | None]]] = {}
    for field, order in orders.items():
        column = read.match.column(field)
        if column is None:
            continue
        place, what = read.chosen.column(column), DATES[field].casefold()
        found.setdefault(_CODES[order], []).append((f"{DATES[field]}, {place}: {_HOW[order]}", None))
        if _CODES[order] == report_checks.DATES_UNSURE:
            says = f"its dates cannot be trusted: {_HOW[order]}. If Excel opened the file before, open it with "
            says += "Import alone: export it again and import the new file."
            result.say(
                "warning", "dates-not-sure", f"{place[0].upper()}{place[1:]} ({what}): {says}", sheet="Data checks"
            )
        elif order == "early":
            result.say(
                "warning",
                "dates-all-early",
                f"{place[0].upper()}{place[1:]} ({what}): {_HOW[order]}. It was read with the day first: compare some "
                "dates with the case system.",
                sheet="Data checks",
            )
        elif order == "either":
            result.say(
                "note",
                "dates-either",
                f"{place[0].upper()}{place[1:]} ({what}): nobody can tell from the report alone whether a program has "
                "changed the places of day and month up to the 12th: compare two or three with the case system.",
                sheet="Data checks",
            )
        else:
            way = "has stamps of midnight in another time zone, and was " if order == "utc" else "was "
            result.say(
                "warning",
                "dates-turned",
                f"{place[0].upper()}{place[1:]} ({what}) {way}{_HOW[order]}: compare some dates with the case system.",
                sheet="Long list",
            )
    return {code: tuple(values) for code, values in found.items()}
