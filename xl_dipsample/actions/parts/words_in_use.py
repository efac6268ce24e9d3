"""What is said of the lead's lists: one word in two of them, and reasons on Case check that are on none."""

from __future__ import annotations

from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

SHEET, CASE_CHECK = "My lists", "Case check"


def say_twice(host: Host, lists: Lists, result: Result) -> None:
    """A note, once, when words stand in two lists: that is allowed, and each list counts its own."""
    mine = host.read_table(lead_lists.TABLE)
    listed: dict[str, list[int]] = {}
    for name in lead_lists.NAMES:
        for one in lists.entries[name]:
            listed.setdefault(lead_lists.key(one.word), []).append(one.row)
    twice = sorted(row for rows in listed.values() if len(rows) > 1 for row in rows)
    if twice:
        first = standing.first_row(mine, spec.table("working", lead_lists.TABLE).first_row)
        result.say(
            "note",
            "word-in-two-lists",
            f"A word that stands in two lists counts in each by itself ({standing.excel_rows(twice, first)} of My "
            "lists). That is allowed.",
            sheet=SHEET,
        )


def say_reasons(host: Host, lists: Lists, result: Result) -> None:
    """Reasons to exclude in words that the list does not have, or not any more: Exclusions counts them as Other."""
    table = host.read_table("CaseCheck")
    pairs = zip(table["Decision"].map(trimmed), table["Reason"].map(trimmed), strict=True)
    places = [
        at
        for at, (decision, reason) in enumerate(pairs)
        if decision.casefold() == "exclude" and reason and not lists.now(lead_lists.REASON, reason)
    ]
    if places:
        first = standing.first_row(table, spec.table("working", "CaseCheck").first_row)
        result.figures["own_reasons"] = len(places)
        result.say(
            "note",
            "reason-not-listed",
            f"{plural(len(places), 'reason is', 'reasons are')} on Case check in words that are not on My lists, or "
            f"not any more ({standing.excel_rows(places, first)}): counted as Other on Exclusions.",
            sheet=CASE_CHECK,
        )
