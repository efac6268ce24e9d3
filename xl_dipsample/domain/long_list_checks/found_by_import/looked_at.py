"""Who looked at a finding: the initials on Data checks stay when the long list is checked again."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from xl_dipsample.domain.shared.cell import trimmed

LOOKED_AT = "Looked at (initials)"
_PLACE = ("Code", "Record", "Column")
_Place = tuple[str, ...]


def carried_over(findings: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """`findings`, the table DataChecks of now, with the initials that `before`, the table as it stands, has.

    A finding is the same when code, record and column are. Where several are at one place, or the finding is about
    the whole list, what stands there must be the same, too.
    """
    now, then = _places(findings), _places(before)
    several = {place for places in (now, then) for place, count in Counter(places).items() if count > 1}
    told: dict[_Place, object] = {}
    if LOOKED_AT in before.columns:
        for key, initials in zip(_keys(before, then, several), before[LOOKED_AT], strict=True):
            if trimmed(initials):
                told.setdefault(key, initials)
    kept = [told.get(key) for key in _keys(findings, now, several)]
    return findings.assign(**{LOOKED_AT: pd.Series(kept, index=findings.index, dtype=object)})


def _places(table: pd.DataFrame) -> list[_Place]:
    return list(zip(*(map(trimmed, table[name]) for name in _PLACE), strict=True))


def _keys(table: pd.DataFrame, places: list[_Place], several: set[_Place]) -> list[_Place]:
    """The place of every row, with its value where the place alone does not tell."""
    values = map(trimmed, table["Value"])
    return [
        (*place, value) if place in several or not place[1] else place
        for place, value in zip(places, values, strict=True)
    ]
