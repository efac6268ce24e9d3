"""What became of Long list since it was imported: told before anything is counted, and on the sheet What changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from xl_dipsample.actions.running.marks import initials, local_time
from xl_dipsample.domain.long_list import row_record
from xl_dipsample.domain.long_list.import_rows import OWN_COLUMNS
from xl_dipsample.domain.long_list.row_record import Kept
from xl_dipsample.domain.narrowing import removed_rows, what_changed
from xl_dipsample.domain.narrowing.decisions_on_reimport import Listed
from xl_dipsample.domain.narrowing.removed_rows import RowsGone
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

SHEET = "What changed"
_KEPT, _CHANGED, _RUN = "ImportedRows", "WhatChanged", "LastRun"
_MEANT = ("Codes and words that mean it", "Was called")
_OF_LISTS = "My lists: "
_READ = [name for name in OWN_COLUMNS if name not in ("Record", "Source row", "Check")]


@dataclass(frozen=True)
class ByHand:
    """`removed`: the rows that a person removed and said why; `changed`: the records of rows with other cells."""

    removed: pd.DataFrame
    changed: list[int]
    lines: list[pd.DataFrame]


def look(host: Host, listed: pd.DataFrame, sources: Sequence[str]) -> ByHand:
    """What was deleted or retyped since the import. `sources`: the columns that hold the export's cells.

    Raises RowsGone while nobody says why rows are gone; WorkbookProblem for rows that were copied or typed in.
    """
    kept = row_record.unpacked(host.read_table(_KEPT))
    if kept is None:  # imported by an earlier version
        return ByHand(removed_rows.nothing_removed(), [], [])
    seen = removed_rows.compare(listed["Record"].tolist(), kept)
    removed_rows.refuse_doubled(seen, standing.first_row(listed, spec.table("working", "LongList").first_row))
    now = local_time()
    gone = what_changed.gone_lines(kept, seen.gone, host.read_table(_CHANGED), now)
    removed, still_open = what_changed.answered(gone, initials(host) or "")
    removed_rows.refuse_gone(still_open, len(kept))
    changed = _changed(kept, listed, sources)
    return ByHand(removed, changed, [gone, what_changed.by_hand_lines(kept, changed, now)])


def _changed(kept: Kept, listed: pd.DataFrame, sources: Sequence[str]) -> list[int]:
    marks = dict(zip(listed["Record"].tolist(), row_record.marks(listed, _compared(sources)).tolist(), strict=True))
    return [
        record
        for record, mark in zip(kept.records.tolist(), kept.marks.tolist(), strict=True)
        if marks.get(record, mark) != mark
    ]


def _compared(sources: Sequence[str]) -> list[str]:
    """Our columns that figures are made from, and the export's."""
    return [*_READ, *sources]


def stopped(host: Host, problem: RowsGone, result: Result) -> Result:
    """The result of an action that counts nothing because rows are gone: they are listed, and that is all."""
    kept = row_record.unpacked(host.read_table(_KEPT))
    listed = host.read_table("LongList")
    if kept is not None:
        table = host.read_table(_CHANGED)
        seen = removed_rows.compare(listed["Record"].tolist(), kept)
        lines = what_changed.gone_lines(kept, seen.gone, table, local_time())
        _write(host, table, [lines], [what_changed.GONE])
        result.figures = {"imported": len(kept), "rows": len(listed), "rows_gone": problem.gone}
    result.ok = False
    result.say("error", problem.code, problem.sentence, sheet=SHEET)
    return result


def note(host: Host, found: ByHand, result: Result) -> None:
    """List what was found on What changed, and say how much it is."""
    _write(host, host.read_table(_CHANGED), found.lines, [what_changed.GONE, what_changed.BY_HAND])
    if len(found.removed):
        result.figures["removed_by_hand"] = len(found.removed)
        result.say(
            "note",
            "rows-removed",
            f"{plural(len(found.removed), 'row')} of Long list removed by hand, with reason and initials: see What "
            "changed.",
            sheet=SHEET,
        )
    if found.changed:
        result.figures["changed_by_hand"] = len(found.changed)
        result.say(
            "warning",
            "rows-changed",
            f"{plural(len(found.changed), 'row')} of Long list {'has' if len(found.changed) == 1 else 'have'} other "
            "cells than were imported: see What changed for which. If that was a mistake, import the list again.",
            sheet=SHEET,
        )


def note_run(host: Host, funnel: pd.DataFrame, result: Result) -> None:
    """Settings and figures against those of the last run; when none is another, what stands there stays."""
    before, after = host.read_table(_RUN), what_changed.this_run(_settings(host), funnel)
    if before.to_numpy().tolist() == after.to_numpy().tolist():
        return
    host.write_table(_RUN, after)
    if not before["Which"].map(trimmed).str.startswith(_OF_LISTS).any():  # a run of before remembered no lists
        after = after[~after["Which"].str.startswith(_OF_LISTS)]
    lines = what_changed.run_lines(before, after, local_time())
    if before.empty:
        return
    _write(host, host.read_table(_CHANGED), lines, what_changed.OF_RUN)
    settings, figures = (sum(one["How many"]) for one in lines)
    result.figures |= {"settings_changed": settings, "figures_changed": figures}
    result.say(
        "note",
        "changed-since",
        f"Since Narrow down was pressed last: {plural(settings, 'setting')} changed, {plural(figures, 'figure')} "
        "changed; before and now stand on What changed.",
        sheet=SHEET,
    )


def _settings(host: Host) -> dict[str, object]:
    """Everything on the sheets that decide who is counted, by a name that a person knows."""
    made: dict[str, object] = {}
    for name in ("Focus", "Criteria"):
        frame = host.read_table(name)
        made |= {f"{name}: {one}": value for one, value in zip(frame["Setting"], frame["Value"], strict=True)}
    frame = host.read_table("Categories")
    made |= {f"Categories: {one}": value for one, value in zip(frame["Category"], frame["Chosen"], strict=True)}
    for one, codes, was in zip(*(frame[name] for name in ("Category", *_MEANT)), strict=True):
        made |= {f"Categories, what means it: {one}": trimmed(codes), f"Categories, was called: {one}": trimmed(was)}
    made |= _words(host.read_table(lead_lists.TABLE))
    frame = host.read_table("Labels")
    for field, label, means in zip(frame["Field"], frame["Label as exported"], frame["Means"], strict=True):
        made[f"Labels: {field}, {label}"] = means
    return made


# ---- import


def refuse_to_add(host: Host, old: Listed) -> None:
    """A list that a report is added to is remembered anew, so what is gone must be told before. Raises as `look`."""
    look(host, old.frame, old.sources)


def last_record(host: Host) -> int:
    """The highest number of a row that was imported, there still or removed by hand; 0 when nothing is kept."""
    kept = _known(host)
    return 0 if kept is None else int(kept.records.max(initial=0))


def with_rows_of(check: pd.DataFrame, old: Listed) -> Listed:
    """The old list with the rows that are gone and stand on Case check: by case ID and contact date they are found."""
    there = set(old.frame["Record"])
    gone = check[[record is not None and record not in there for record in check["Record"]]]
    if gone.empty:
        return old
    rows = gone[["Record", "Case ID", "Contact date"]].reindex(columns=old.frame.columns).astype(object)
    whole = pd.concat([old.frame, rows.where(rows.notna(), None)], ignore_index=True).astype(object)
    return Listed(whole.where(whole.notna(), None), old.sources)


def remember(host: Host, result: Result, old: Listed, new: Listed, *, added: bool) -> None:
    """Keep what was imported, and say what another import brought. `added`: a report was added to the rows there."""
    kept = _known(host)
    whole = row_record.kept(new.frame, _compared(new.sources))
    if added and kept is not None:
        whole = _with_removed(whole, kept)
    host.write_table(_KEPT, row_record.packed(whole))
    if added:
        return
    table = host.read_table(_CHANGED)
    if kept is None:
        if len(old.frame):
            result.say(
                "note",
                "rows-remembered",
                "From now on the workbook remembers which rows were imported, and says when some are gone.",
            )
        return
    before, after = (old.frame, _compared(old.sources)), (new.frame, _compared(new.sources))
    lines = what_changed.import_lines(kept, before, after, table, local_time())
    _write(host, table, lines, [what_changed.GONE, what_changed.BY_HAND, *what_changed.OF_IMPORT])
    _tell_import(result, what_changed.counted(pd.concat(lines)))


def _known(host: Host) -> Kept | None:
    """What was kept; None also when somebody spoilt it, since another import is the way on."""
    try:
        return row_record.unpacked(host.read_table(_KEPT))
    except WorkbookProblem:
        return None


def _with_removed(whole: Kept, kept: Kept) -> Kept:
    """The rows that are there and those that were removed with a reason, in the order of their records."""
    there = set(whole.records.tolist())
    gone = [at for at, record in enumerate(kept.records.tolist()) if record not in there]
    if not gone:
        return whole
    records = np.concatenate([whole.records, kept.records[gone]])
    order = records.argsort(kind="stable")
    ids = [*whole.case_ids, *(kept.case_ids[at] for at in gone)]
    return Kept(
        records[order], np.concatenate([whole.marks, kept.marks[gone]])[order], [ids[at] for at in order.tolist()]
    )


def _tell_import(result: Result, counts: dict[str, int]) -> None:
    came, left, changed = (counts[what] for what in (what_changed.CAME, what_changed.LEFT, what_changed.CHANGED))
    if came or left or changed:
        result.figures |= {"rows_came": came, "rows_left": left, "rows_changed": changed}
        result.say(
            "note",
            "list-changed",
            f"Since the import before, {plural(came, 'row')} came, {left:,} left and {changed:,} changed: see What "
            "changed for which.",
            sheet=SHEET,
        )
    back = counts[what_changed.BACK]
    if back:
        result.figures["rows_back"] = back
        result.say(
            "note",
            "rows-back",
            f"{plural(back, 'row that was', 'rows that were')} gone from Long list {'is' if back == 1 else 'are'} "
            "there again: see What changed.",
            sheet=SHEET,
        )


def _write(host: Host, table: pd.DataFrame, lines: Sequence[pd.DataFrame], kinds: Sequence[str]) -> None:
    """Write the sheet only when it says something else."""
    made = what_changed.merged(table, lines, kinds)
    if not what_changed.says_the_same(table, made):
        host.write_table(_CHANGED, made)


def _words(mine: pd.DataFrame) -> dict[str, object]:
    """Each word of My lists, with its side, what means it and what it was called; Order changes no figure."""
    told = {"Side": "", "Child protection": "child protection ", "Codes and words that mean it": "means ",
            "Was called": "was called "}  # fmt: skip
    made: dict[str, object] = {}
    for row in mine.to_dict("records"):
        name, word = trimmed(row["List"]), trimmed(row["Word"])
        if name or word:
            said = [f"{words}{trimmed(row[heading])}" for heading, words in told.items() if trimmed(row[heading])]
            made[f"{_OF_LISTS}{name}, {word}"] = "; ".join(said) or "on the list"
    return made
