"""What the runner notes in the workbook when an action is done: the row on Audit, the step on Start."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Mapping

import pandas as pd

from xl_dipsample import __version__
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import Action
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy import audit_lines
from xl_dipsample.workbook.host import Host

DONE, NEXT, WAITING = "Done", "Next", "Waiting"


def note(host: Host, action: Action, result: Result) -> None:
    """The action's row on Audit, then the steps that its result marks on Start."""
    append_audit(host, action.id, result.counts() if result.audit is None else result.audit)
    for one in result.steps:
        mark_step(host, one.step or action.label, one.found, done=one.done)


def mark_step(host: Host, step: str, found: str, *, done: bool) -> None:
    """Mark a step, by its name on Start, as done now, with what it found; the one after it is next, later ones wait.

    A step that is not `done` is the next one, whatever it was before, and the others stay as they are. What a later
    step found stays until it is done again. A step that Start does not list is no error.
    """
    table = host.read_table("Start")
    at = [position for position, what in enumerate(table["What to do"]) if what == step]
    if not at:
        return
    place = at[0]
    states = list(table["State"])
    states[place] = DONE if done else NEXT
    for position in range(place + 1, len(states)) if done else ():
        states[position] = NEXT if position == place + 1 else WAITING
    when, told = list(table["When"]), list(table["What it found"])
    when[place] = local_time()
    told[place] = found
    columns = {"State": states, "When": when, "What it found": told}
    as_they_are = {name: pd.Series(cells, index=table.index, dtype=object) for name, cells in columns.items()}
    host.write_table("Start", table.assign(**as_they_are))


def local_time() -> dt.datetime:
    """The time as a workbook keeps it: local, without a zone, to the second."""
    return dt.datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def append_audit(host: Host, action: str, figures: Mapping[str, int]) -> None:
    """Add a row to Audit: `figures` are counts by what they count ("left_blank" is shown as "left blank").

    Who is the initials on Focus; without them the user's name, in a working workbook only. Counts that are no whole
    numbers are refused by their type: nothing else than a count may get there.
    """
    label, table = registry.action(action).label, host.read_table("Audit")
    host.write_table("Audit", with_labelled_row(table, _who(host), label, figures, with_names=host.kind == "working"))


def with_row(table: pd.DataFrame, who: str | None, action: str, figures: Mapping[str, int]) -> pd.DataFrame:
    """The table Audit with one row more; an action, named by its id, is shown by the label of its button."""
    return with_labelled_row(table, who, registry.action(action).label, figures)


def with_labelled_row(
    table: pd.DataFrame, who: str | None, label: str, figures: Mapping[str, int], *, with_names: bool = False
) -> pd.DataFrame:
    """The same for what is no action of its own; the new line is tied to the one before (`audit_lines`).

    `with_names`: the workbook is not shared, and Who may be a name; in any other it is shortened to initials.
    """
    who = who if with_names or who is None else audit_lines.of_initials(who)
    counts = ", ".join(f"{name.replace('_', ' ')} {int(number)}" for name, number in figures.items())
    row = {"When": local_time(), "Who": who, "Action": label, "Figures": counts, "Version": __version__}
    added = pd.DataFrame([row], columns=list(row), dtype=object)
    whole = pd.concat([table, added], ignore_index=True).astype(object) if len(table) else added
    return audit_lines.chained(whole.where(whole.notna(), None), with_names=with_names)


def initials(host: Host) -> str | None:
    """The initials on Focus."""
    focus = host.read_table("Focus")
    found = [value for name, value in zip(focus["Setting"], focus["Value"], strict=True) if name == "Initials"]
    return trimmed(found[0]) or None if found else None


def _who(host: Host) -> str | None:
    found = initials(host)
    if found:
        return found
    if host.kind != "working":
        return None
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user on this computer, as in a container
        return None
