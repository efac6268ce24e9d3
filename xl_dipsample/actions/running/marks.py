"""The steps on Start: what is done, what comes next."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.actions.running.registry import ACTIONS
from xl_dipsample.workbook.host import Host

DONE, NEXT, WAITING = "Done", "Next", "Waiting"


def mark_done(host: Host, step: str, found: str, now: dt.datetime | None = None) -> None:
    """Mark a step as done at `now` (local time) with what it found; the one after it is next, later ones wait.

    `step` is an action's id, or what Start calls a step that people do ("Case check"). What a later step found
    stays until it is done again. A step that Start does not list is no error: some actions are no steps.
    """
    label = next((one.label for one in ACTIONS if one.id == step), step)
    table = host.read_table("Start")
    at = [position for position, what in enumerate(table["What to do"]) if what == label]
    if not at:
        return
    place = at[0]
    states = list(table["State"])
    states[place] = DONE
    for position in range(place + 1, len(states)):
        states[position] = NEXT if position == place + 1 else WAITING
    when, told = list(table["When"]), list(table["What it found"])
    when[place] = local_time(now)
    told[place] = found
    columns = {"State": states, "When": when, "What it found": told}
    as_they_are = {name: pd.Series(cells, index=table.index, dtype=object) for name, cells in columns.items()}
    host.write_table("Start", table.assign(**as_they_are))


def local_time(now: dt.datetime | None = None) -> dt.datetime:
    """The time as a workbook keeps it: local, without a zone, to the second."""
    moment = now if now is not None else dt.datetime.now().astimezone()
    return moment.replace(tzinfo=None, microsecond=0)
