"""What a workbook's audit lines say of themselves. The key is not opened here, so nothing is vouched for.

A working workbook has a log beside it; every workbook has its sheet Audit. Each line is checked against the one before
it, and the sentence says so: how many lines, against what, and since when the key remembers none of them.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd

from xl_dipsample.addin.installing.what_is_in_the_way import Finding
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.privacy import audit, audit_lines
from xl_dipsample.workbook.host import Host, Ui

ANCHORS = {"pseudonymise"}  # the actions that leave the log's head in the key, as it was before their own line
ANCHORING_STEP = "Pseudonymise"  # on Audit of the review workbook: its own line is remembered, too
VERIFY = "dipsample key verify KEY --workbook WORKBOOK"


def looked_at(workbook: Path, ui: Ui) -> list[Finding]:
    """What can be said of a workbook's audit lines without the key's passphrase. Names no file and no person."""
    if not workbook.exists():
        return [audit_is_anchored(workbook)]
    from xl_dipsample.workbook.upgrading.read_older import open_to_read

    try:
        host = open_to_read(workbook, ui)
        kind = host.kind
        on_sheet = _of_sheet(host)
    except DipSampleError as problem:
        said = "That workbook cannot be read: open it in Excel, save and close it, and ask again."
        return [Finding("error", "audit-unread", f"{said} [{problem.code}]")]
    return [audit_is_anchored(workbook), on_sheet] if kind == "working" else [on_sheet]


def _of_sheet(host: Host) -> Finding:
    """The sheet Audit: what is wrong with its lines, or which of them were checked, and against what."""
    from xl_dipsample.workbook.specs import spec

    if host.kind == "release":
        return Finding(
            "warning",
            "audit-of-copy",
            "That is a copy for the panel, and nothing ties the lines of its Audit: name the review workbook instead.",
        )
    lines = host.read_table("Audit")
    seen = audit_lines.look(lines)
    if not seen.is_chained:
        return Finding(
            "warning",
            "audit-not-chained",
            f"The sheet Audit has {plural(seen.rows, 'line')}, and none could be checked: nothing ties them to each "
            "other, as in workbooks of earlier versions. The next step ties them, as they stand then.",
        )
    how = f"The sheet Audit has {plural(seen.rows, 'line')}, checked against each other by their numbers"
    first_row = standing.first_row(lines, spec.table("review", "Audit").first_row)
    faults = seen.faults(first_row)
    if faults:
        return Finding("error", "audit-changed", f"{how}. They were changed by hand: {'; '.join(faults)}.")
    return Finding(
        "note",
        "audit-lines",
        f"{how}: each follows from the one before it, however the sheet is sorted. {seen.who_said(first_row)} "
        f"{_remembered(host.kind, lines, seen)}",
    )


def _remembered(kind: str, lines: pd.DataFrame, seen: audit_lines.Seen) -> str:
    """How far the key knows the lines, by their own words."""
    anew = "whoever wrote all of them anew would not be noticed here"
    said = [trimmed(cell) for cell in lines["Action"]]
    places = [place for place, action in enumerate(said) if action == ANCHORING_STEP]
    if kind != "review" or not places:
        return f"No key remembers them: {anew}."
    numbers = [audit_lines.number_of(lines[audit_lines.CHAIN].iloc[place]) for place in places]
    number, place = max(zip(numbers, places, strict=True))
    when = lines["When"].iloc[place]
    day = f" of {when:%d/%m/%Y %H:%M}" if isinstance(when, dt.datetime) else ""
    return (
        f"They were not checked against the key, which was not opened: {VERIFY} does that. By their own words it "
        f"remembers the first {number}, up to {ANCHORING_STEP}{day}; the {seen.head.lines - number} after that can be "
        f"checked against each other alone: {anew}."
    )


def audit_is_anchored(workbook: Path) -> Finding:
    """What can be said of the log beside `workbook` without the key's passphrase. Names no file and no person."""
    path = audit.log_path(workbook)
    try:
        broken = audit.verify(path)
        lines = audit.head(path).lines
    except DipSampleError as problem:
        return Finding(
            "error", "audit-unread", f"The audit log cannot be read: check your rights to it. [{problem.code}]"
        )
    if lines == 0:
        return Finding(
            "warning", "audit-missing", "There is no audit log beside that workbook: was it moved without it?"
        )
    if broken is not None:
        return Finding(
            "error", "audit-changed", f"The audit log was changed by hand: line {broken} is not as the tool wrote it."
        )
    try:
        return _since(path.read_bytes().split(b"\n")[:lines])
    except (KeyError, ValueError, TypeError):  # whole, but not made by us
        return Finding("error", "audit-changed", "The audit log is not one that the tool wrote: ask who changed it.")


def _since(lines: list[bytes]) -> Finding:
    entries = [json.loads(line) for line in lines]
    anchors = [number for number, entry in enumerate(entries) if entry.get("action") in ANCHORS]
    if not anchors:
        return Finding(
            "warning",
            "audit-not-anchored",
            f"The lines of the audit log follow from each other ({len(lines)} lines), and by its own words no key "
            "remembers any of them: pseudonymise does that. Whether all of it was written anew, nobody can tell.",
        )
    number = anchors[-1]
    when = dt.datetime.fromisoformat(entries[number]["when"]).astimezone()
    text = (
        f"The lines of the audit log follow from each other ({len(lines)} lines). Whether they are the ones that were "
        "written, the key alone can tell, and it was not opened here: dipsample key verify KEY --workbook WORKBOOK. By "
        f"the log's own words it is not anchored since {when:%d/%m/%Y %H:%M}: the key remembers the {number} lines "
        f"before that; for the {len(lines) - number} since, it says nothing."
    )
    return Finding("note", "audit-anchored", text)
