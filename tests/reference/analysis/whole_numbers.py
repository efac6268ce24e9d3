"""Comparing what the product shows with what the second calculation gives."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping

import pandas as pd


def is_blank(cell: object) -> bool:
    return cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)) or cell == ""


def alike(shown: object, exact: object, decimals: int | None = None) -> bool:
    """Words are the same, whole numbers equal, others equal but for rounding to so many decimals."""
    if is_blank(shown) or is_blank(exact):
        return is_blank(shown) and is_blank(exact)
    if isinstance(shown, str) or isinstance(exact, str):
        return shown == exact
    off = 1e-9 if decimals is None else 0.5 * 10**-decimals + 1e-9
    return abs(float(str(shown)) - float(str(exact))) <= off


def differing(found: Mapping[Hashable, object], expected: Mapping[Hashable, object]) -> list[tuple[object, ...]]:
    """What differs: the place, what is shown, what was expected."""
    return [(key, found[key], expected[key]) for key in expected if not alike(found[key], expected[key])]


def numbers_in(sentence: str) -> list[int]:
    """The whole numbers of a sentence, in their order."""
    return [int(one) for one in re.findall(r"\d+", sentence)]
