"""What became of tables, columns and settings since a workbook or a key was made: steps, version by version.

The steps stand in workbook_template/upgrades.toml. Frames in, frames out; nothing that somebody typed is left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.errors import SpecProblem

FILE = "upgrades.toml"
SETTING, VALUE = "Setting", "Value"  # the columns of a table of settings
AS_EXPORTED = "(export)"  # behind a name of somebody else's that ours gets, as import writes it

Frames = dict[str, pd.DataFrame]
Number = tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """One step. `of`: its words in upgrades.toml, by their names there."""

    do: str
    of: Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """The steps that lead to one version, in order."""

    to: str
    steps: tuple[Step, ...]


def as_number(version: object) -> Number:
    """A version as numbers that can be compared; what is no version counts as the oldest.

    >>> as_number("10") > as_number("9.1"), as_number("spoilt"), as_number(2)
    (True, (0,), (2,))
    """
    parts = str(version).split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else (0,)


def applied(tables: Mapping[str, pd.DataFrame], version: object) -> Frames:
    """The tables of a workbook of `version` as they are called now: frames of dtype object, None for blank.

    Cells stay what they are. Tables and columns that no step names are handed on untouched, people's own included.
    """
    made = dict(tables)
    for step in _steps_since(as_number(version)):
        _WAYS[step.do](made, step.of)
    return made


def versions() -> tuple[Version, ...]:
    """Every version with its steps, the earliest first. Raises SpecProblem, naming what is wrong in the file."""
    return _read(reference.template_folder() / FILE)


def _steps_since(number: Number) -> list[Step]:
    return [step for one in versions() if as_number(one.to) > number for step in one.steps]


@cache
def _read(path: Path) -> tuple[Version, ...]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SpecProblem("upgrades-unreadable", f"{path.name}: {error}.") from error
    found = (
        tuple(Version(str(one["to"]), tuple(_step(path, s) for s in one.get("step", ()))) for one in raw["version"])
        if "version" in raw
        else ()
    )
    numbers = [as_number(one.to) for one in found]
    if numbers != sorted(set(numbers)) or (0,) in numbers:
        raise SpecProblem("upgrades-order", f"{path.name}: every version stands there once, the earliest first.")
    return found


def _step(path: Path, raw: Mapping[str, Any]) -> Step:
    do = str(raw.get("do"))
    needed = _NEEDED.get(do)
    if needed is None:
        raise SpecProblem("upgrades-step", f"{path.name}: there is no step {do}; there are {', '.join(_NEEDED)}.")
    given = {name: raw[name] for name in raw if name != "do"}
    if set(given) != set(needed):
        raise SpecProblem("upgrades-step", f"{path.name}: the step {do} says {', '.join(needed)}, and nothing else.")
    return Step(do, given)


# ---- the steps: each changes the dictionary, never a frame that it was given


def _rename_table(tables: Frames, of: Mapping[str, Any]) -> None:
    if of["from"] in tables:
        if of["to"] in tables:  # somebody's own table
            tables[f"{of['to']} {AS_EXPORTED}"] = tables.pop(of["to"])
        tables[of["to"]] = tables.pop(of["from"])


def _rename_column(tables: Frames, of: Mapping[str, Any]) -> None:
    frame = tables.get(of["table"])
    if frame is None or of["from"] not in frame.columns:
        return
    taken = [str(one) for one in frame.columns if one != of["from"]]
    headings = [
        of["to"] if one == of["from"] else _beside(str(one), taken) if _same(one, of["to"]) else one
        for one in frame.columns
    ]
    tables[of["table"]] = frame.set_axis(headings, axis="columns")


def _rename_setting(tables: Frames, of: Mapping[str, Any]) -> None:
    frame = tables.get(of["table"])
    if frame is not None and len(frame.columns):
        first = frame.columns[0]
        cells = [of["to"] if cell == of["from"] else cell for cell in frame[first]]
        tables[of["table"]] = frame.assign(**{str(first): pd.Series(cells, index=frame.index, dtype=object)})


def _move_values(tables: Frames, of: Mapping[str, Any]) -> None:
    """A value that somebody typed at the new place already stays, and this one where it was."""
    frame, target = tables.get(of["table"]), tables.get(of["to_table"])
    at = [] if frame is None else [place for place, cell in enumerate(frame[SETTING]) if cell == of["from"]]
    if frame is None or not at or _value(target, of["to"]) is not None:
        return
    row = frame.iloc[at[0]]
    noted = [name for name in frame.columns if name not in (SETTING, VALUE) and row[name] is not None]
    if noted:  # what people wrote beside it stays
        cells = list(frame[VALUE])
        cells[at[0]] = None
        tables[of["table"]] = frame.assign(**{VALUE: pd.Series(cells, index=frame.index, dtype=object)})
    else:
        tables[of["table"]] = frame.drop(frame.index[at[0]]).reset_index(drop=True)
    target = tables[of["table"]] if of["table"] == of["to_table"] else target
    tables[of["to_table"]] = _with_setting(target, of["to"], row[VALUE])


def _value(frame: pd.DataFrame | None, setting: str) -> object:
    """What stands beside a setting; None when it is blank or not there."""
    if frame is None:
        return None
    return next((v for s, v in zip(frame[SETTING], frame[VALUE], strict=True) if s == setting), None)


def _setting_was(tables: Frames, of: Mapping[str, Any]) -> None:
    frame = tables.get(of["table"])
    if frame is not None and of["setting"] not in set(frame[SETTING]):
        value = None if of["value"] == "" else of["value"]
        tables[of["table"]] = _with_setting(frame, of["setting"], value)


def _blank_was(tables: Frames, of: Mapping[str, Any]) -> None:
    frame = tables.get(of["table"])
    if frame is None or of["setting"] not in set(frame[SETTING]):
        return
    value = frame.loc[frame[SETTING] == of["setting"], VALUE].tolist()[0]
    if trimmed(value) == "":
        tables[of["table"]] = _with_setting(frame, of["setting"], of["value"])


def _with_setting(frame: pd.DataFrame | None, setting: str, value: Any) -> pd.DataFrame:
    """The table of settings with this value, in a row of its own when there was none."""
    there = pd.DataFrame(columns=[SETTING, VALUE], dtype=object) if frame is None else frame
    cells = {str(name): list(there[name]) for name in there.columns}
    if setting in cells[SETTING]:
        cells[VALUE][cells[SETTING].index(setting)] = value
    else:
        row = {SETTING: setting, VALUE: value}
        for name, column in cells.items():
            column.append(row.get(name))
    return pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in cells.items()})


def _same(heading: object, other: object) -> bool:
    """Whether Excel takes two headings for one: it does not look at capital letters."""
    return str(heading).casefold() == str(other).casefold()


def _beside(heading: str, taken: list[str]) -> str:
    """The heading of a column of somebody else's that has the one that ours gets."""
    made, number = f"{heading} {AS_EXPORTED}", 2
    while any(_same(made, one) for one in taken):
        made, number = f"{heading} (export {number})", number + 1
    return made


_WAYS: dict[str, Callable[[Frames, Mapping[str, Any]], None]] = {
    "rename_table": _rename_table,
    "rename_column": _rename_column,
    "rename_setting": _rename_setting,
    "move_values": _move_values,
    "setting_was": _setting_was,
    "blank_was": _blank_was,
}
_NEEDED: dict[str, tuple[str, ...]] = {
    "rename_table": ("from", "to"),
    "rename_column": ("table", "from", "to"),
    "rename_setting": ("table", "from", "to"),
    "move_values": ("table", "from", "to_table", "to"),
    "setting_was": ("table", "setting", "value"),
    "blank_was": ("table", "setting", "value"),
}
