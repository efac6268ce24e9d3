"""What Refresh analysis renews, part by part: tables of the review workbook in, renewed tables out.

A part takes every table by name (the parts before it already renewed) and the result, to which it adds figures and
messages; it returns the tables that it made. No figure, message or table says more than Review does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from xl_dipsample.actions.renewing import (
    renew_findings,
    renew_harms,
    renew_language,
    renew_thresholds,
    renew_variations,
)
from xl_dipsample.domain.shared.result import Result

Renew = Callable[[Mapping[str, pd.DataFrame], Result], dict[str, pd.DataFrame]]

PARTS: tuple[tuple[str, Renew], ...] = (
    ("Types of harm", renew_harms.renew),
    ("Thresholds", renew_thresholds.renew),
    ("Variations", renew_variations.renew),
    ("Language", renew_language.renew),
    ("Findings", renew_findings.renew),
)
