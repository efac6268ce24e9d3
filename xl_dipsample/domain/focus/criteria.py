"""The settings of Focus and Criteria as one value: what narrowing down needs to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from xl_dipsample.domain.focus import picked_packs, settings_there
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.review import decision_points
from xl_dipsample.domain.shared import columns_read, lead_lists, reference, sheet_files, standing, word_lists
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.domain.shared.lead_lists import Lists

BIRTH_MONTH, CONTACT_DATE = "Birth month in Review", "Contact date in Review"
DAY = "Full date"
SHEETS = {lead_lists.TABLE: "My lists", lead_lists.CATEGORIES: "Categories"}
LABEL_FIELDS = ("Type of harm", "Outcome", "Ethnicity", "Gender", "Referred to?")


def default_categories() -> tuple[str, ...]:
    """What a new sample chooses: the guide's nine (section 3, step 3) and criminal exploitation.

    Factor 24A began in 2022, after the guide's list: such cases were recorded under gangs, trafficking or missing.
    """
    return tuple(row["category"] for row in reference.table("harm_categories") if row["default_include"] == "yes")


def added_categories() -> tuple[str, ...]:
    """What a new sample chooses beyond the guide's nine: a sample of before may lack it.

    >>> added_categories()
    ('CCE',)
    """
    guides = [row["category"] for row in reference.table("harm_categories") if row["in_guide"] == "yes"]
    return tuple(word for word in default_categories() if word not in guides)


def _default(sheet: str, setting: str) -> Any:
    """A field that is, unless somebody says otherwise, what a new workbook has on that sheet."""
    return field(default_factory=partial(sheet_files.default, sheet, setting))


@dataclass(frozen=True)
class Criteria:
    """Every rule of docs/design.md, section 7, that a person can set; the defaults are those of the sheet files.

    >>> Criteria(period_from=dt.date(2025, 11, 1)).period_set
    True
    """

    period_about: str = _default("Focus", "Period is about")
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    age_cut_off: int = _default("Criteria", "Age cut-off")
    upper_age: int | None = _default("Criteria", "Upper age")
    unit: str = _default("Criteria", "Unit")
    keep: str = _default("Criteria", "Keep")
    no_category: str = _default("Criteria", "No category recorded")
    case_check: str = _default("Criteria", "Case check")
    categories: tuple[str, ...] = field(default_factory=default_categories)
    means: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: Lists = field(default_factory=lead_lists.shipped)
    initials: str = ""
    birth_month: bool = field(default_factory=lambda: sheet_files.default("Criteria", BIRTH_MONTH) == "Yes")
    second_outcome: bool = False
    contact_month: bool = field(default_factory=lambda: sheet_files.default("Criteria", CONTACT_DATE) == "Month")

    @property
    def period_set(self) -> bool:
        """Whether there is a first or a last day."""
        return self.period_from is not None or self.period_to is not None

    @classmethod
    def from_tables(
        cls,
        focus: pd.DataFrame,
        criteria: pd.DataFrame,
        categories: pd.DataFrame,
        label_table: pd.DataFrame,
        my_lists: pd.DataFrame,
    ) -> Criteria:
        """Read the tables Focus, Criteria, Categories, Labels and MyLists. Raises SettingProblem."""
        lists = lists_of(my_lists, categories)
        for sheet, table in (("Focus", focus), ("Criteria", criteria)):
            settings_there.refuse_missing(sheet, table)
        for kind in picked_packs.KINDS:
            picked_packs.picked(focus, kind)  # raises for a name that is no pack
        told = _settings(focus)
        rule = _settings(criteria)
        period_from = _date(told, "Period from")
        period_to = _date(told, "Period to")
        if period_from and period_to and period_from > period_to:
            raise SettingProblem(
                "period-turned", "On Focus, Period from is later than Period to; change one of the two dates."
            )
        return cls(
            period_about=_word(told, "Focus", "Period is about"),
            period_from=period_from,
            period_to=period_to,
            age_cut_off=_whole(rule, "Age cut-off"),
            upper_age=_upper_age(rule),
            unit=_word(rule, "Criteria", "Unit"),
            keep=_word(rule, "Criteria", "Keep"),
            no_category=_word(rule, "Criteria", "No category recorded"),
            case_check=_word(rule, "Criteria", "Case check"),
            categories=_chosen(categories),
            means={name: label_mapping.means_of(label_table, name, lists) for name in LABEL_FIELDS},
            lists=lists,
            initials=columns_read.trimmed(told.get("Initials")),
            birth_month=_word(rule, "Criteria", BIRTH_MONTH) == "Yes",
            second_outcome=_word(told, "Focus", decision_points.SETTING) == "Yes",
            contact_month=_word(rule, "Criteria", CONTACT_DATE) == "Month",
        )


def lists_of(my_lists: pd.DataFrame, categories: pd.DataFrame) -> Lists:
    """The lead's lists. Raises SettingProblem for the first row that cannot stand, naming its Excel row."""
    tables = {lead_lists.TABLE: my_lists, lead_lists.CATEGORIES: categories}
    lists = Lists.of(tables)
    for one in lists.problems:
        raise SettingProblem(
            one.code, f"Excel row {lead_lists.excel_row(one, tables)} of the sheet {SHEETS[one.table]}: {one.told}."
        )
    return lists


def _settings(frame: pd.DataFrame) -> dict[str, object]:
    return dict(zip(frame["Setting"], frame["Value"], strict=True))


def _word(told: Mapping[str, object], sheet: str, setting: str) -> str:
    """One of the words of the setting's list, however it was typed; a blank cell means the default."""
    typed = label_mapping.normalise(columns_read.trimmed(told.get(setting)))
    if not typed:
        default: str = sheet_files.default(sheet, setting)
        return default
    allowed = word_lists.words(sheet_files.choices(sheet, setting))
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
    text, usual = columns_read.trimmed(rule.get(setting)), sheet_files.default("Criteria", "Age cut-off")
    if not (text.isascii() and text.isdigit()) or int(text) > 120:
        raise SettingProblem(
            "setting-no-age", f"On Criteria, {setting} is not a whole number of years; type one, such as {usual}."
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
    first = standing.first_row(frame, lead_lists.FIRST_ROW)
    for row, (category, chosen) in enumerate(zip(frame["Category"], frame["Chosen"], strict=True), first):
        typed = label_mapping.normalise(columns_read.trimmed(chosen))
        if typed not in ("yes", "no", ""):
            raise SettingProblem(
                "setting-unknown",
                f"Excel row {row} of the sheet Categories: Chosen is neither Yes nor No; choose one.",
            )
        if typed == "yes" and columns_read.trimmed(category):
            words.append(columns_read.trimmed(category))
    if not words:
        raise SettingProblem(
            "no-category-chosen", "On Categories, no category is chosen; set Chosen to Yes for at least one."
        )
    return tuple(words)
