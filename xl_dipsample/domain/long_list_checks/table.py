"""Findings as people read them: the table DataChecks, and the words in Check of Long list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from xl_dipsample.domain.long_list_checks.all_checks import RULES
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import (
    COLUMNS,
    LEVELS,
    LONGEST_VALUE,
    SHOWN,
    CellRule,
    Level,
    ListRule,
    Rule,
)
from xl_dipsample.domain.shared.cell import trimmed


@dataclass(frozen=True)
class Counted:
    """The findings of one rule: how many, and where the first stands (row of Long list from 0, column)."""

    rule: Rule
    number: int
    position: int | None
    column: str | None

    @property
    def level(self) -> Level:
        """Error, Warning or Note."""
        return self.rule.level


def in_order() -> list[Rule]:
    """Errors first, then warnings, then notes; each in the order of the guide."""
    return sorted(RULES, key=lambda rule: LEVELS.index(rule.level))


def data_checks(found: pd.DataFrame, reading: Reading) -> tuple[pd.DataFrame, list[Counted]]:
    """The table DataChecks, and one `Counted` for each rule that found something, both errors first."""
    rows: list[tuple[object, ...]] = []
    counted: list[Counted] = []
    by_code = dict(list(found.groupby("code", sort=False))) if len(found) else {}
    for rule in in_order():
        if rule.code not in by_code:
            continue
        if isinstance(rule, ListRule):
            wholes = rule.finds(reading)
            rows += [
                (rule.level, rule.code, rule.sentence, None, rule.column or None, one.value, rule.to_do, one.alike)
                for one in wholes
            ]
            counted.append(Counted(rule, len(wholes), None, rule.column or None))
            continue
        cases = by_code[rule.code]
        if isinstance(rule, CellRule):  # of many columns; the others come in the order of the rows
            cases = cases.sort_values(["position", "column"], kind="stable")
        shown = _shown(rule, cases.head(SHOWN), reading, len(cases))
        rows += shown
        counted.append(Counted(rule, len(cases), int(cases["position"].iloc[0]), str(shown[0][4])))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object), counted


def errors_first(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several tables of findings as one: errors, warnings, notes; within a level in the order of the parts."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return parts[0]
    return pd.concat(filled, ignore_index=True).sort_values(
        "Level", kind="stable", key=lambda levels: levels.map(LEVELS.index), ignore_index=True
    )


def _shown(rule: Rule, cases: pd.DataFrame, reading: Reading, alike: int) -> list[tuple[object, ...]]:
    raw = reading.raw
    return [
        (
            rule.level,
            rule.code,
            rule.sentence,
            raw.at[position, "Record"],
            column,
            _as_people_read_it(raw.at[position, column])[:LONGEST_VALUE] or None,
            rule.to_do,
            alike,
        )
        for position, column in zip(cases["position"], cases["column"], strict=True)
    ]


def check_words(found: pd.DataFrame, reading: Reading) -> pd.Series:
    """The column Check of Long list: the sentences of a row's findings, errors first; None for none."""
    words = np.full(len(reading.raw), "", dtype=object)
    by_code = dict(list(found.groupby("code", sort=False))) if len(found) else {}
    for rule in in_order():
        if rule.code in by_code and not isinstance(rule, ListRule):
            at = by_code[rule.code]["position"].unique()
            words[at] = words[at] + f"{rule.sentence} "
    said = [text.rstrip() or None for text in words]
    return pd.Series(said, index=reading.raw.index, dtype=object)


def _as_people_read_it(value: object) -> str:
    """A cell as people read it: a date the British way."""
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else trimmed(value)
