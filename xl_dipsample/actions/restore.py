"""Undo last step: the workbook goes back to the copy that was taken before a step.

Tables and named cells are written back; the file itself is never swapped, so that it also works on a workbook that is
open in Excel. Sheets that people added, and formats, stay as they are. Audit keeps its rows and gains one.

Undo after Undo goes one step further back. Before each Undo a copy is taken as before every step, and `--to` with its
number goes forward again.
"""

from __future__ import annotations

import datetime as dt
import filecmp
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from xl_dipsample.actions.running import registry, snapshots, upgrade_first
from xl_dipsample.actions.running.action import Button, action, option
from xl_dipsample.actions.running.snapshots import Snapshot
from xl_dipsample.domain.long_list.source_rows import source_columns
from xl_dipsample.domain.narrowing.decisions_on_reimport import Listed, carry_own_columns
from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host, Kind
from xl_dipsample.workbook.hosts.closed_file import opening
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.upgrading.read_older import open_to_read

NAMED_CELLS = ("checked_for_sharing", "what_if_cut_off", "what_if_preset", "what_if_cce")
_NEVER_UNDONE = "Audit"


@action(
    "restore",
    "Undo last step",
    "Puts the workbook back as it was before the last button. Key and review workbook are not undone.",
    place=150,
    subject="any",
    button=Button("Help", "Undo"),
)
class RestoreOptions:
    """`list`: only say what can be put back; `to`: the number that the list shows, instead of the last step."""

    list: bool = option("only say what can be put back", default=False)
    to: int | None = option(
        "the number of the snapshot, as --list shows it",
        default=None,
        ask="copy",
        question="How far back? Everything since then is undone",
    )

    @property
    def only_reads(self) -> bool:
        """Whether nothing is changed: the runner then takes no snapshot and saves nothing."""
        return self.list


@dataclass
class Undone:
    """What putting back came to: tables written, rows by sheet whose typing went, columns by sheet that are gone."""

    tables: int = 0
    typed: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    homeless: int = 0  # rows of Long list whose own cells belong to no row any more


def run(host: Host, options: RestoreOptions) -> Result:
    """Put back the copy from before the last step, or the one that `to` names; with `list`, say which there are.

    Figures: put_back (the copy's own number), tables, typing_undone (rows); with `list`: snapshots, each with number,
    when and before, and next. Raises WorkbookProblem when there is nothing to undo: then nothing was written.
    """
    every = snapshots.list_of(host)
    offered = _offered(every)
    if options.list:
        return _listed(host, offered)
    own = every[0] if every and every[0] not in offered else None  # taken a moment ago, before this very Undo
    chosen = _numbered(host, offered, options.to) if options.to is not None else _last_step(offered, own)
    if chosen is None:
        raise _nothing(host)
    copy = _opened(host, chosen)
    _refuse_renewed(host, copy, chosen)
    host.ui.progress("Putting the tables back", 0.2)
    undone = put_back(host, copy)
    result = _told(host, chosen, offered, undone)
    result.audit = {name: result.figures[name] for name in ("put_back", "typing_undone")}
    return result


# ---- which copy


def ways_back(host: Host) -> list[tuple[int, str]]:
    """What can be put back, for a person to choose from: `to` and its words, the last step before all others.

    Nothing where the last step is all there is; nor of an older workbook: renewing it takes one more copy, which moves
    the numbers.
    """
    offered = _offered(snapshots.list_of(host))
    last = _last_step(offered, None)
    if offered == [last] or opening.is_older(host.read_value("spec_version")):
        return []
    found = [(one is not last, number, one) for number, one in enumerate(offered, 1)]
    return [(number, _words(number, one, "" if other else ": the last step")) for other, number, one in sorted(found)]


def _offered(every: Sequence[Snapshot]) -> list[Snapshot]:
    """The copies that can be put back; not those of an Undo that did not come to an end."""
    return [one for one in every if one.action != registry.UNDO or one.put_back is not None]


def _words(number: int, one: Snapshot, besides: str = "") -> str:
    return f"{number}: {_when(one)}, before {_label(one.action)}{besides}"


def _last_step(offered: Sequence[Snapshot], own: Snapshot | None) -> Snapshot | None:
    """The copy from before the last step that is not undone yet; None when there is none.

    A copy that is, byte for byte, what the workbook is now belongs to a step that was cut off before it saved.
    """
    below: float = float("inf")
    for one in offered:
        if one.number >= below:
            continue
        if one.put_back is not None:
            below = one.put_back
        elif own is None or not filecmp.cmp(one.path, own.path, shallow=False):
            return one
    return None


def _numbered(host: Host, offered: Sequence[Snapshot], number: int) -> Snapshot:
    if not offered:
        raise _nothing(host)
    if not 1 <= number <= len(offered):
        raise WorkbookProblem(
            "no-such-snapshot",
            f"There is no copy {number} of {host.path.name}: --list shows those that can be put back, 1 is the newest.",
        )
    return offered[number - 1]


def _opened(host: Host, chosen: Snapshot) -> Host:
    try:
        copy = open_to_read(chosen.path, host.ui, whole=True)
    except DipSampleError as problem:
        raise FileProblem(
            "snapshot-damaged",
            f"The copy from {_when(chosen)} cannot be used, so nothing was changed: --list shows the others, and --to "
            f"takes one. {problem.sentence}",
        ) from problem
    if not _is_of(host, copy):  # another workbook had this name before
        raise _nothing(host)
    return copy


def _is_of(host: Host, copy: Host) -> bool:
    return copy.kind == host.kind and copy.read_value("sample_id") == host.read_value("sample_id")


def _refuse_renewed(host: Host, copy: Host, chosen: Snapshot) -> None:
    """Pseudonymise builds a review workbook anew, from another workbook: going back would lose its new rows."""
    label = _label("pseudonymise")
    before, now = (
        sum(1 for action in one.read_table(_NEVER_UNDONE)["Action"] if action == label) for one in (copy, host)
    )
    if host.kind == "review" and now > before:
        raise WorkbookProblem(
            "renewed-since",
            f"{host.path.name} was renewed by {label} after {_when(chosen)}, and that cannot be undone here: the "
            f"workbook as it was then is {chosen.path}; open it there to look at it.",
        )


def _nothing(host: Host) -> WorkbookProblem:
    name = host.path.name
    if host.kind == "working":
        folder = snapshots.folder_of(host.path, host.kind).name
        why = (
            f"no copy from before a step lies beside it. If the workbook was moved or renamed, its copies are where "
            f'it was; move their folder along and name it "{folder}".'
        )
    else:
        why = (
            f"this computer has no copy of it from before a step. Copies are kept for {snapshots.DAYS} days, on the "
            "computer and for the place where the step was done."
        )
    return WorkbookProblem("nothing-to-undo", f"There is nothing to undo in {name} here: {why}")


# ---- putting back


def put_back(host: Host, copy: Host) -> Undone:
    """Write our tables and named cells as `copy` has them; what is the same already is not touched."""
    undone = Undone()
    there = set(host.tables())
    written: dict[str, pd.DataFrame] = {}
    for table in _tables(host.kind):
        if table.name == _NEVER_UNDONE or table.name not in there or table.name not in copy.tables():
            continue
        was, now = copy.read_table(table.name), host.read_table(table.name)
        if _same(was, now):
            continue
        typed = typing_gone(table, was, now)
        if typed:
            undone.typed[table.sheet] = undone.typed.get(table.sheet, 0) + typed
        if table.name == "LongList":
            written[table.name] = _long_list(host, copy, was, now, undone)
        else:
            written[table.name] = _columns(table, was, now, undone)
    for name, frame in written.items():
        host.write_table(name, frame)
    undone.tables = len(written)
    _values(host, copy)
    return undone


def _tables(kind: Kind) -> list[spec.Table]:
    return [table for sheet in spec.sheets(kind) for table in sheet.tables]


def _columns(table: spec.Table, was: pd.DataFrame, now: pd.DataFrame, undone: Undone) -> pd.DataFrame:
    """A table as it was, without the columns that are to stay: formulas, and people's that are as they were."""
    if table.open_columns:
        return was
    gone = [heading for heading in was.columns if heading not in now.columns]
    if gone:
        undone.gone[table.sheet] = undone.gone.get(table.sheet, 0) + len(gone)
    formulas = {column.heading for column in table.columns if column.formula}
    same_own = {name for name in was.columns if name not in table.headings and _same(was[[name]], now.get([name]))}
    return was[[heading for heading in was.columns if heading not in {*gone, *formulas, *same_own}]]


def _long_list(host: Host, copy: Host, was: pd.DataFrame, now: pd.DataFrame, undone: Undone) -> pd.DataFrame:
    """Long list as it was; columns that people added since then stay, beside the same rows."""
    ours = spec.table("working", "LongList").headings
    sources = [source_columns(frame, one.read_table("Headings"), ours) for frame, one in ((was, copy), (now, host))]
    own = [name for name in now.columns if name not in {*ours, *was.columns, *sources[1]}]
    carried = carry_own_columns(own, Listed(now, sources[1]), Listed(was, sources[0]))
    undone.homeless = carried.set_aside
    return pd.concat([was, carried.columns], axis=1) if own else was


def _values(host: Host, copy: Host) -> None:
    for name in NAMED_CELLS:
        try:
            was, now = copy.read_value(name), host.read_value(name)
        except WorkbookProblem:  # this kind of workbook has no such cell
            continue
        if was != now:
            host.write_value(name, was)


def _same(one: pd.DataFrame, other: pd.DataFrame | None) -> bool:
    """Whether the columns of `one` stand in `other` in the same way, for as many rows.

    >>> _same(pd.DataFrame({"A": [1]}, dtype=object), pd.DataFrame({"A": [1], "B": [2]}, dtype=object))
    True
    """
    if other is None or len(one) != len(other) or not set(one.columns) <= set(other.columns):
        return False
    for name in one.columns:
        left, right = one[name].tolist(), other[name].tolist()
        if left != right or list(map(type, left)) != list(map(type, right)):  # 1 equals True
            return False
    return True


def typing_gone(table: spec.Table, was: pd.DataFrame, now: pd.DataFrame) -> int:
    """In how many rows of `now` something stands, in columns that people fill, that `was` does not have there."""
    if table.open_columns:
        return 0
    by_people = {column.heading for column in table.columns if column.by == "people"}
    columns = [name for name in now.columns if (name in by_people or name not in table.headings) and name in was]
    earlier = dict(zip(_keys(table, was), was[columns].itertuples(index=False, name=None), strict=True))
    blank = (None,) * len(columns)
    return sum(
        any(cell is not None and cell != before for cell, before in zip(cells, earlier.get(key, blank), strict=True))
        for key, cells in zip(_keys(table, now), now[columns].itertuples(index=False, name=None), strict=True)
    )


def _keys(table: spec.Table, frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(frame[list(table.key)].itertuples(index=False, name=None))


# ---- what is said


def _told(host: Host, chosen: Snapshot, offered: Sequence[Snapshot], undone: Undone) -> Result:
    result = Result("restore")
    rows = sum(undone.typed.values())
    result.figures = {"put_back": chosen.number, "tables": undone.tables, "typing_undone": rows}
    result.say(
        "note",
        "put-back",
        f"The workbook is as it was before {_label(chosen.action)}, {_when(chosen)}. Everything since then is undone.",
    )
    if rows:
        sheets = ", ".join(f"{sheet} {number}" for sheet, number in undone.typed.items())
        result.say(
            "warning",
            "typing-undone",
            f"Rows in which somebody had typed since then, undone too: {sheets}. To have them again, put back copy 1 "
            "(--to 1): it is the workbook as it was just now.",
        )
    passed = [one.action for one in offered if one.number >= chosen.number]
    if host.kind == "working" and "pseudonymise" in passed:
        result.say(
            "warning",
            "not-undone",
            f"The key, the reading list and the review workbook that {_label('pseudonymise')} wrote are not undone: "
            "they stay as they are.",
        )
    if undone.gone:
        sheets = ", ".join(f"{sheet} {number}" for sheet, number in undone.gone.items())
        result.say("warning", "columns-gone", f"Columns that were deleted since then could not be put back: {sheets}.")
    if undone.homeless:
        result.say(
            "warning",
            "own-cells-gone",
            f"Rows of Long list with cells in columns that people added since then, and that are not in the list any "
            f"more: {undone.homeless}.",
            sheet="Long list",
        )
    return result


def _listed(host: Host, offered: Sequence[Snapshot]) -> Result:
    result = Result("restore")
    shown = [(number, one) for number, one in enumerate(offered, 1) if _usable(host, one)]
    following = _last_step([one for _, one in shown], None)
    result.figures["snapshots"] = [
        {"number": number, "when": one.when.isoformat(sep=" "), "before": one.action} for number, one in shown
    ]
    result.figures["next"] = next((number for number, one in shown if one == following), None)
    for number, one in shown:
        here = "; the next Undo goes here" if one == following else ""
        result.say("note", "snapshot", f"{_words(number, one, here)}.")
    if not shown:
        result.say("note", "nothing-to-undo", _nothing(host).sentence)
    return result


def _usable(host: Host, one: Snapshot) -> bool:
    try:
        return _is_of(host, open_to_read(one.path, host.ui))
    except DipSampleError:
        return False


def _label(action: str) -> str:
    if action == upgrade_first.ACTION:
        return "it was renewed for this version"
    try:
        return registry.action(action).label
    except KeyError:  # of another version
        return action


def _when(one: Snapshot, today: dt.date | None = None) -> str:
    """The time, and the day when it was another one.

    >>> from pathlib import Path
    >>> _when(Snapshot(Path(), 1, dt.datetime(2026, 3, 5, 14, 5), "narrow"), dt.date(2026, 3, 6))
    '5 March 2026 at 14:05'
    """
    time = f"{one.when:%H:%M}"
    if one.when.date() == (today or dt.datetime.now().astimezone().date()):
        return time
    return f"{one.when.day} {one.when:%B %Y} at {time}"
