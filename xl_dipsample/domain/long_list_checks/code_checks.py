"""Checks of the census codes: used before they began, after they ended, or against themselves.

Source: reference/dfe_factors.csv, first and last year of each factor.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

from xl_dipsample.domain.long_list.harm_categories import lookup
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import ReadingRule
from xl_dipsample.domain.shared import reference

_CODE = re.compile(r"[(\[\"' ]*0?(\d{1,2}[A-F])\b|.*[(\[]0?(\d{1,2}[A-F])[)\]]$", re.IGNORECASE)
ALWAYS = (0, 9999)


@cache
def _years() -> dict[str, tuple[int, int]]:
    """Code -> its first and last year."""
    return {
        row["code"]: (int(row["first_year"] or ALWAYS[0]), int(row["last_year"] or ALWAYS[1]))
        for row in reference.table("dfe_factors")
    }


def code_of(label: str) -> str | None:
    """The census code in a label, if there is one.

    >>> code_of("18a - Physical abuse"), code_of("Gangs (13A)"), code_of("Gangs")
    ('18A', '13A', None)
    """
    found = _CODE.match(label)
    code = (found[1] or found[2]).upper() if found else None
    return code if code in _years() else None


def _span(labels: tuple[str, ...]) -> tuple[int, int]:
    """The years in which every code of a cell was in use; the second can be below the first."""
    spans = [_years()[code] for code in map(code_of, labels) if code]
    return max((a for a, _ in spans), default=ALWAYS[0]), min((b for _, b in spans), default=ALWAYS[1])


def _year_and_spans(reading: Reading) -> tuple[pd.Series, pd.DataFrame]:
    """The year of the contact (otherwise of the end), and the span of each row's codes."""
    year = reading.contact["first"].fillna(reading.end["first"]).dt.year
    labels = reading.harm["labels"]
    known = {one: _span(one) for one in set(labels)}
    spans = np.array([known[one] for one in labels], dtype=float).reshape(-1, 2)
    return year, pd.DataFrame(spans, columns=["first", "last"], index=labels.index)


def _too_late(reading: Reading) -> pd.Series:
    year, spans = _year_and_spans(reading)
    return year > spans["last"]


def _too_early(reading: Reading) -> pd.Series:
    year, spans = _year_and_spans(reading)
    return year < spans["first"]


def _none_and_some(reading: Reading) -> pd.Series:
    """A label for "no factors" beside one that names something."""
    means = reading.criteria.means.get("Type of harm", {})

    def contradicts(labels: tuple[str, ...]) -> bool:
        kinds = [meaning.kind if (meaning := lookup(label, means)) else "" for label in labels]
        return "nothing" in kinds and any(kind != "nothing" for kind in kinds)

    labels = reading.harm["labels"]
    answers = {one: contradicts(one) for one in set(labels)}
    return labels.map(answers).astype(bool)


RULES = (
    ReadingRule(
        "K01",
        "Warning",
        "Type of harm",
        "A code was no longer in use in the year of the contact (18A and 19A ended in 2021).",
        "Check the contact date, or look in the file for the code that took its place (18B, 18C, 19B, 19C).",
        _too_late,
    ),
    ReadingRule(
        "K02",
        "Warning",
        "Type of harm",
        "A code was not yet in use in the year of the contact (18B, 18C, 19B, 19C since 2021, 24A since 2022).",
        "Check the contact date, or whether the code was added later.",
        _too_early,
    ),
    ReadingRule(
        "K03",
        "Warning",
        "Type of harm",
        "It says that no factor was identified, and names one too.",
        "Look in the file which of the two is right; the named one counts.",
        _none_and_some,
    ),
)
