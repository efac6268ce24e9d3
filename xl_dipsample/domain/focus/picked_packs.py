"""Which ready-made packs of words and questions the lead picked on Focus, and which of them were taken over already.

A pack is taken over once: a word or question of it that the lead deletes does not come back. A pack that is taken off
Focus is forgotten at the next press, so that picking it again brings its words or questions again. docs/decisions/0033.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.shared import standing, word_lists
from xl_dipsample.domain.shared.cell import folded, trimmed
from xl_dipsample.domain.shared.errors import SettingProblem

WORDS, QUESTIONS = "Word packs", "Question packs"  # the settings of Focus, and what the column Kind says
KINDS = (WORDS, QUESTIONS)
TABLE = "PacksTaken"
COLUMNS = ("Kind", "Pack")
FIRST_ROW = 6  # the first row of the table Focus as Excel numbers it; a test holds it against the sheet's spec


class Picked(NamedTuple):
    """What one setting picks: names of packs in the order of the shipped list; `unknown`: how many are no pack."""

    packs: tuple[str, ...]
    unknown: int


def names(kind: str) -> tuple[str, ...]:
    """The packs that are shipped, by the setting that picks them. Raises KeyError.

    >>> names("Word packs")[0]
    "The guide's own"
    """
    return tuple(word_lists.packs()[kind])


def picked(focus: pd.DataFrame, kind: str) -> tuple[str, ...]:
    """The packs that Focus picks, in the order of the shipped list; none when the cell is blank or has no row.

    Raises SettingProblem with the Excel row when it holds a name that is no pack; it does not say what stands there.

    >>> picked(pd.DataFrame({"Setting": ["Word packs"], "Value": ["services ; THE GUIDE'S OWN"]}), "Word packs")
    ("The guide's own", 'Services')
    """
    found = _read(focus, kind)
    if found.unknown:
        at = [trimmed(one) for one in focus["Setting"]].index(kind)
        known = "; ".join(names(kind)) or "none is shipped yet"
        raise SettingProblem(
            "pack-unknown",
            f"Excel row {standing.first_row(focus, FIRST_ROW) + at} of the sheet Focus: {kind} has a name that is no "
            f"pack. The packs are: {known}. Choose from the arrow beside the cell, with a semicolon between two.",
        )
    return found.packs


def newly_picked(focus: pd.DataFrame, taken: pd.DataFrame, kind: str) -> tuple[str, ...]:
    """The packs of Focus that were not taken over yet. `taken`: the table PacksTaken. Raises as `picked`."""
    pairs = zip(taken["Kind"], taken["Pack"], strict=True)
    before = {_key(pack) for of, pack in pairs if _key(of) == _key(kind)}
    return tuple(one for one in picked(focus, kind) if _key(one) not in before)


def record(focus: pd.DataFrame) -> pd.DataFrame:
    """The table PacksTaken once every pack that Focus picks has been taken over, of words and of questions.

    >>> record(pd.DataFrame({"Setting": ["Word packs"], "Value": ["Services"]})).to_numpy().tolist()
    [['Word packs', 'Services']]
    """
    rows = [(kind, one) for kind in KINDS for one in _read(focus, kind).packs]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _read(focus: pd.DataFrame, kind: str) -> Picked:
    cells = [
        trimmed(cell) for name, cell in zip(focus["Setting"], focus["Value"], strict=True) if trimmed(name) == kind
    ]
    typed = {_key(one) for one in (cells[0] if cells else "").replace("\n", ";").split(";") if one.strip()}
    known = tuple(one for one in names(kind) if _key(one) in typed)
    return Picked(known, len(typed) - len(known))


def _key(name: object) -> str:
    return folded(trimmed(name)).casefold().replace("\u2019", "'")
