"""One row on Audit for every action: who, when, which action, counts. No case data."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Mapping

import pandas as pd

from xl_dipsample import __version__
from xl_dipsample.actions.running.marks import local_time
from xl_dipsample.actions.running.registry import ACTIONS
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.workbook.host import Host


def append_audit(host: Host, action: str, figures: Mapping[str, int], now: dt.datetime | None = None) -> None:
    """Add a row to Audit: `figures` are counts by what they count ("left_blank" is shown as "left blank").

    Who is the initials on Focus; without them the user's name, in a working workbook only. Counts that are no whole
    numbers are refused by their type: nothing else than a count may get there.
    """
    host.write_table("Audit", with_row(host.read_table("Audit"), _who(host), action, figures, now))


def with_row(
    table: pd.DataFrame, who: str | None, action: str, figures: Mapping[str, int], now: dt.datetime | None = None
) -> pd.DataFrame:
    """The table Audit with one row more; an action is shown by the label of its button."""
    counts = ", ".join(f"{name.replace('_', ' ')} {int(number)}" for name, number in figures.items())
    label = next((one.label for one in ACTIONS if one.id == action), action)
    row = {"When": local_time(now), "Who": who, "Action": label, "Figures": counts, "Version": __version__}
    added = pd.DataFrame([row], columns=list(row), dtype=object)
    whole = pd.concat([table, added], ignore_index=True).astype(object) if len(table) else added
    return whole.where(whole.notna(), None)


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
