"""What a working workbook's audit log says of itself. The key is not opened here, so nothing is vouched for."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from xl_dipsample.addin.installing.what_is_in_the_way import Finding
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.privacy import audit

ANCHORS = {"pseudonymise"}  # the actions that leave the log's head in the key, as it was before their own line


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
