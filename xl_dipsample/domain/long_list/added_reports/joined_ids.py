"""By which IDs two reports are joined: as they stand, or without zeros at the front where a program took those away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class JoinedIds:
    """`ours` and `theirs` are the IDs to join by, texts or None.

    `without_zeros`: how many rows of ours have a partner only because zeros at the front do not count; `alike`: how
    many would have one, but two different IDs of one report would become the same.
    """

    ours: pd.Series
    theirs: pd.Series
    without_zeros: int = 0
    alike: int = 0


def joined_ids(ours: pd.Series, theirs: pd.Series) -> JoinedIds:
    """How to join by case ID. Zeros at the front count wherever either report has two IDs that differ by them alone.

    >>> found = joined_ids(pd.Series(["0012", "7"]), pd.Series(["12", "7"]))
    >>> found.ours.tolist(), found.theirs.tolist(), found.without_zeros
    (['12', '7'], ['12', '7'], 1)
    >>> joined_ids(pd.Series(["0012", "12"]), pd.Series(["00012"])).alike
    2
    """
    here, there = set(ours.dropna()), set(theirs.dropna())
    alone = {bare(one) for one in there - here} - {""}
    would = {one for one in here - there if bare(one) in alone}
    if not would:
        return JoinedIds(ours, theirs)
    rows = int(ours.isin(would).sum())
    if _fold(here) or _fold(there):
        return JoinedIds(ours, theirs, alike=rows)
    return JoinedIds(_bared(ours), _bared(theirs), without_zeros=rows)


def bare(one: str) -> str:
    """An ID without zeros at its front."""
    return one.lstrip("0")


def _fold(ids: Iterable[str]) -> bool:
    return any(number > 1 for number in Counter(map(bare, ids)).values())


def _bared(ids: pd.Series) -> pd.Series:
    return pd.Series([one and (bare(one) or one) for one in ids], index=ids.index, dtype=object)
