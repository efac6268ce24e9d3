"""What the press in work leaves behind if the desk is killed: Excel's settings, and which step was cut off.

One small file in the person's own local data, there only while a press is in work. It holds no case data: the action,
the workbook's place, Excel's process, and four settings of Excel.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from xl_dipsample.workbook.hosts.excel.busy import patient
from xl_dipsample.workbook.hosts.excel.quiet import ALL

FILE = "press in work.json"


@dataclass(frozen=True)
class Entry:
    """A press in work. `desk`: the process that does it; `settings`: Excel's, as they were before it."""

    action: str
    excel: int | None
    workbook: str
    desk: int = field(default_factory=os.getpid)
    settings: dict[str, Any] = field(default_factory=dict)


def begin(folder: Path, entry: Entry) -> None:
    """Write the entry. That it cannot be written is no reason to stop."""
    new = folder / f"{FILE}.new"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(asdict(entry)), encoding="utf-8")
        new.replace(folder / FILE)


def end(folder: Path) -> None:
    """The press is over, whatever came of it."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def left(folder: Path) -> Entry | None:
    """What a desk that was killed left; None when nothing was in work, or the file makes no sense."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        entry = Entry(**found)
    except (OSError, ValueError, TypeError):
        return None
    known = {name for name, _ in ALL}
    fits = isinstance(entry.action, str) and isinstance(entry.workbook, str) and isinstance(entry.settings, dict)
    fits = fits and (entry.excel is None or type(entry.excel) is int) and type(entry.desk) is int
    return entry if fits and set(entry.settings) <= known else None


def settings_of(app: Any) -> dict[str, Any]:
    """The settings that a press switches off for a while, as they are; those that the program has."""
    found = {}
    for name, _ in ALL:
        with suppress(NotImplementedError, AttributeError):
            found[name] = patient(getattr)(app, name)
    return found


def put_back(app: Any, settings: dict[str, Any]) -> None:
    """Give Excel back the settings that it had, in the opposite order; each whatever befalls the others."""
    for name, _ in reversed(ALL):
        if name in settings:
            with suppress(Exception):  # a program without it, or one that refuses: the others count
                patient(setattr)(app, name, settings[name])
