"""Harms: one row per case and type of harm, for the pivots."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.shared.result import Result


def renew(tables: Mapping[str, pd.DataFrame], result: Result) -> dict[str, pd.DataFrame]:
    """The table Harms."""
    harms = tallies.harms_table(tables["Review"])
    result.figures["harms"] = len(harms)
    return {"Harms": harms}
