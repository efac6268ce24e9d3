"""The settings of Focus and Criteria as one value: what narrowing down needs to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared import columns_read, reference
from xl_dipsample.domain.shared.errors import SettingProblem

LABEL_FIELDS = ("Type of harm", "Outcome", "Ethnicity", "Gender", "Referred to?")


def guide_categories() -> tuple[str, ...]:
    """The guide's nine harm categories (section 3, step 3)."""
    return tuple(row["category"] for row in reference.table("harm_categories") if row["default_include"] == "yes")


@dataclass(frozen=True)
class Criteria:
    """Every rule of DESIGN section 7 that a person can set; the defaults are the guide's.

    >>> Criteria().age_cut_off
    12
    """

    period_about: str = "Contact date"
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    age_cut_off: int = 12
    upper_age: int | None = None
    unit: str = "Young person"
    keep: str = "First"
    no_category: str = "Leave"
    case_check: str = "Before review"
    categories: tuple[str, ...] = field(default_factory=guide_categories)
    means: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    initials: str = ""
    birth_month: bool = False
    contact_month: bool = False

    @property
    def period_set(self) -> bool:
        """Whether there is a first or a last day."""
        return self.period_from is not None or self.period_to is not None

    @classmethod
    def from_tables(
        cls, focus: pd.DataFrame, criteria: pd.DataFrame, categories: pd.DataFrame, label_table: pd.DataFrame
    ) -> Criteria:
        """Read the tables Focus, Criteria, Categories and Labels. Raises SettingProblem."""
        told = _settings(focus)
        rule = _settings(criteria)
        period_from = _date(told, "Period from")
        period_to = _date(told, "Period to")
        if period_from and period_to and period_from > period_to:
            raise SettingProblem(
                "period-turned", "On Focus, Period from is later than Period to; change one of the two dates."
            )
        return cls(
            period_about=_word(told, "Focus", "Period is about", ("Contact date", "End date")),
            period_from=period_from,
            period_to=period_to,
            age_cut_off=_whole(rule, "Age cut-off"),
            upper_age=_upper_age(rule),
            unit=_word(rule, "Criteria", "Unit", ("Young person", "Contact")),
            keep=_word(rule, "Criteria", "Keep", ("First", "Last")),
            no_category=_word(rule, "Criteria", "No category recorded", ("Leave", "Case check")),
            case_check=_word(rule, "Criteria", "Case check", ("Before review", "During review")),
            categories=_chosen(categories),
            means={name: label_mapping.means_of(label_table, name) for name in LABEL_FIELDS},
            initials=columns_read.trimmed(told.get("Initials")),
            birth_month=_word(rule, "Criteria", "Birth month in Review", ("No", "Yes")) == "Yes",
            contact_month=_word(rule, "Criteria", "Contact date in Review", ("Full date", "Month")) == "Month",
        )


def _settings(frame: pd.DataFrame) -> dict[str, object]:
    return dict(zip(frame["Setting"], frame["Value"], strict=True))


def _word(told: Mapping[str, object], sheet: str, setting: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words, however it was typed; a blank cell means the first, which is the default."""
    typed = label_mapping.normalise(columns_read.trimmed(told.get(setting)))
    if not typed:
        return allowed[0]
    for word in allowed:
        if label_mapping.normalise(word) == typed:
            return word
    raise SettingProblem(
        "setting-unknown", f"On {sheet}, {setting} is none of: {', '.join(allowed)}; choose one of them."
    )


def _date(told: Mapping[str, object], setting: str) -> dt.date | None:
    parsed = columns_read.parse_dates(pd.Series([told.get(setting)], dtype=object)).iloc[0]
    if parsed["state"] == "nothing":
        return None
    if parsed["state"] != "day":
        raise SettingProblem(
            "setting-no-date", f"On Focus, {setting} cannot be read as a date; type it as day/month/year or clear it."
        )
    day: dt.date = parsed["first"].date()
    return day


def _whole(rule: Mapping[str, object], setting: str) -> int:
    text = columns_read.trimmed(rule.get(setting))
    if not (text.isascii() and text.isdigit()) or int(text) > 120:
        raise SettingProblem(
            "setting-no-age", f"On Criteria, {setting} is not a whole number of years; type one, such as 12."
        )
    return int(text)


def _upper_age(rule: Mapping[str, object]) -> int | None:
    if not columns_read.trimmed(rule.get("Upper age")):
        return None
    upper = _whole(rule, "Upper age")
    if upper < _whole(rule, "Age cut-off"):
        raise SettingProblem(
            "ages-turned",
            "On Criteria, Upper age is below Age cut-off, so nobody would be left; change one of the two.",
        )
    return upper


def _chosen(frame: pd.DataFrame) -> tuple[str, ...]:
    words = []
    for category, chosen in zip(frame["Category"], frame["Chosen"], strict=True):
        typed = label_mapping.normalise(columns_read.trimmed(chosen))
        if typed not in ("yes", "no", ""):
            raise SettingProblem("setting-unknown", "On Categories, a Chosen cell is neither Yes nor No; choose one.")
        if typed == "yes" and columns_read.trimmed(category):
            words.append(columns_read.trimmed(category))
    if not words:
        raise SettingProblem(
            "no-category-chosen", "On Categories, no category is chosen; set Chosen to Yes for at least one."
        )
    return tuple(words)
