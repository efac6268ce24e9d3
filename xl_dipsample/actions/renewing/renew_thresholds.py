"""Thresholds: the guide's table, like cases together, those that ended differently first."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.result import Result


def renew(tables: Mapping[str, pd.DataFrame], result: Result) -> dict[str, pd.DataFrame]:
    """The table Thresholds."""
    del result
    return {"Thresholds": tallies.thresholds_table(tables["Review"], Lists.of(tables))}
