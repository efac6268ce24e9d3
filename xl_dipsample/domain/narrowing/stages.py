"""The stages of narrowing down, one function each (docs/design.md, section 7; the guide, section 3).

A stage gets the facts of the rows that are still there and says which of them leave: only those it is sure of.
Every function returns `Leaving`: for each row that leaves, its reason and the value that decided it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.shared import columns_read, reference

LONG_LIST = "Long list"
REMOVED = "Removed by hand"  # only when a person took rows out of Long list, and said why
DUPLICATE = "Duplicate row"
PERIOD = "Outside the period"
BELOW = "Below the age cut-off"
ABOVE = "Above the upper age"
CATEGORY = "No chosen category"
ANOTHER = "Another contact of the same young person"
CASE_CHECK = "Case check"
SAMPLE = "Sample"

NOTHING_RECORDED = "No category recorded"
NOT_MAPPED = "Not mapped"
CHOSEN, DECIDES = "Chosen", "Rows that hang on it"  # headings of FunnelCategories
NOT_APPLIED = "not applied"  # what Funnel says of a stage whose column the export does not have


@dataclass(frozen=True)
class Leaving:
    """The rows that leave at one stage: index labels, reasons, values; the rule in words."""

    index: pd.Index
    reason: list[str]
    value: list[object]
    rule: str


def duplicate_rows(long_list: pd.DataFrame, source_columns: list[str]) -> Leaving:
    """Rows equal to an earlier one in every source cell as written, trimmed; case counts."""
    if not source_columns:
        return Leaving(long_list.index[:0], [], [], "Every source cell is equal")
    left = np.arange(len(long_list))  # the rows that are equal to another one so far
    rows = np.zeros(len(long_list), dtype=np.int64)  # the same number for rows that are equal so far
    for name in source_columns:
        cells = _cell_codes(long_list[name].iloc[left])
        rows = pd.factorize(rows * (len(rows) + 2) + cells)[0].astype(np.int64)
        alike = np.bincount(rows)[rows] > 1
        left, rows = left[alike], rows[alike]
    rows = pd.factorize(rows)[0]  # numbered as they first occur
    again = pd.Series(rows).duplicated().to_numpy()
    first = long_list["Record"].to_numpy()[left][~again][rows[again]]
    return Leaving(
        long_list.index[left[again]],
        ["The same as an earlier row in every cell"] * int(again.sum()),
        [f"Record {record}" for record in first],
        "Every source cell is equal",
    )


def _cell_codes(column: pd.Series) -> np.ndarray:
    """A number for each cell, equal for equal trimmed texts; none is larger than there are cells."""
    codes, uniques = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
    different: list[object] = list(uniques)
    kinds = set(map(type, different))
    if kinds in ({int}, {dt.date}):  # different as values, different as texts
        return codes + 1
    texts = [columns_read.trimmed(value) for value in different]
    known = {text: code for code, text in enumerate(dict.fromkeys(["", *texts]))}
    return np.append([known[text] for text in texts], known[""]).astype(np.int64)[codes]


def outside_period(facts: pd.DataFrame, criteria: Criteria) -> Leaving:
    """The date that the period is about lies outside it; both ends of the period belong to it."""
    early = pd.Series(data=False, index=facts.index)
    late = early.copy()
    if criteria.period_from:
        early = facts["period_last"] < pd.Timestamp(criteria.period_from)
    if criteria.period_to:
        late = facts["period_first"] > pd.Timestamp(criteria.period_to)
    out = early | late
    words = np.where(
        early[out], f"{criteria.period_about} before the period", f"{criteria.period_about} after the period"
    )
    return Leaving(facts.index[out], words.tolist(), _days(facts["period_first"][out]), _period_rule(criteria))


def below_cut_off(facts: pd.DataFrame, criteria: Criteria) -> Leaving:
    """Age at the time of contact is below the cut-off, at both ends of a month of birth."""
    out = facts["age_old"] < criteria.age_cut_off
    return _by_age(
        facts[out], f"Younger than {criteria.age_cut_off} at the time of contact", f"Age cut-off {criteria.age_cut_off}"
    )


def above_upper_age(facts: pd.DataFrame, criteria: Criteria) -> Leaving:
    """Age at the time of contact is above the upper age, at both ends of a month of birth."""
    limit = np.inf if criteria.upper_age is None else criteria.upper_age
    out = facts["age_young"] > limit
    return _by_age(
        facts[out], f"Older than {criteria.upper_age} at the time of contact", f"Upper age {criteria.upper_age}"
    )


def _by_age(leaving: pd.DataFrame, reason: str, rule: str) -> Leaving:
    exported = leaving["age_exported"].to_numpy()
    reasons = np.where(exported, f"{reason} (age as exported)", reason).tolist()
    ages = [
        f"{int(a)}" if a == b else f"{int(a)}-{int(b)}"
        for a, b in zip(leaving["age_young"], leaving["age_old"], strict=True)
    ]
    return Leaving(leaving.index, reasons, list(ages), rule)


def no_chosen_category(facts: pd.DataFrame, criteria: Criteria) -> Leaving:
    """No category on the lead's list, and no label that nobody has mapped."""
    chosen = has_chosen(facts["categories"], criteria.categories)
    unmapped = facts["unmapped"].map(bool).astype(bool)
    nothing = facts["nothing"].astype(bool)
    out = ~chosen & ~unmapped
    if criteria.no_category == "Case check":
        out &= ~nothing
    reasons = np.where(nothing[out], NOTHING_RECORDED, "None of its categories is chosen").tolist()
    told = ["; ".join(labels) for labels in facts["labels"][out]]
    rule = f"Chosen on Categories; no category recorded: {criteria.no_category}"
    return Leaving(facts.index[out], reasons, list(told), rule)


def has_chosen(categories: pd.Series, chosen: Collection[str]) -> pd.Series:
    """Whether one of the row's categories is on the list."""
    wanted = frozenset(chosen)
    answers = {row: not wanted.isdisjoint(row) for row in set(categories)}
    return categories.map(answers).astype(bool)


def same_person_key(facts: pd.DataFrame, unit: str) -> pd.Series:
    """A key for each row; rows with equal keys are one young person (unit "Contact": on one contact date).

    A row without case ID is never merged; with the unit contact, nor is one whose contact date is not known.
    """
    alone = facts["case_id"].isna()
    key = facts["case_id"].astype(object)
    if unit == "Contact":
        alone |= facts["contact"].isna()
        key = key + "\n" + _days_text(facts["contact"])
    return key.where(~alone, pd.Series([("alone", i) for i in range(len(facts))], index=facts.index, dtype=object))


def another_contact(facts: pd.DataFrame, doubtful: pd.Series, criteria: Criteria) -> tuple[Leaving, pd.DataFrame]:
    """All but one of a young person's remaining rows.

    Kept: a sure row before a doubtful one, then the first (last) contact date, rows without a date after those
    with, then the first row. Returns also, for each kept row that takes over categories from rows of the same
    contact date, what it becomes: columns categories, unmapped, confirm.
    """
    keys, _ = pd.factorize(same_person_key(facts, criteria.unit))
    days = facts["contact"].astype("datetime64[s]").astype("int64").where(facts["contact"].notna(), 0)
    order = pd.DataFrame(
        {
            "key": keys,
            "doubtful": doubtful.to_numpy(),
            "no_date": facts["contact"].isna().to_numpy(),
            "day": (days if criteria.keep == "First" else -days).to_numpy(),
            "place": np.arange(len(facts)),
        }
    ).sort_values(["key", "doubtful", "no_date", "day", "place"], kind="stable")
    kept_place = order.groupby("key", sort=False)["place"].transform("first").sort_index().to_numpy()
    leaves = kept_place != np.arange(len(facts))
    joined = _taken_over(facts, kept_place, leaves)
    same_day = joined["gave"].to_numpy()[leaves]
    records = facts["record"].to_numpy()[kept_place][leaves]
    reasons = np.where(
        same_day, "Its types of harm were added to the row that is kept", "Another row of the same young person is kept"
    )
    rule = f"Unit {criteria.unit.lower()}, keep {criteria.keep.lower()}"
    leaving = Leaving(facts.index[leaves], reasons.tolist(), [f"Record {record} is kept" for record in records], rule)
    return leaving, joined.loc[joined["took"], ["categories", "unmapped", "confirm"]]


def _taken_over(facts: pd.DataFrame, kept_place: np.ndarray, leaves: np.ndarray) -> pd.DataFrame:
    """The union of harm over a kept row and the leaving rows of the same contact date (a known one)."""
    columns = {name: facts[name].tolist() for name in ("categories", "unmapped", "confirm")}
    gave = np.zeros(len(facts), dtype=bool)
    took = np.zeros(len(facts), dtype=bool)
    contact = facts["contact"].to_numpy()
    kept_contact = contact[kept_place]
    for place in np.flatnonzero(leaves & (contact == kept_contact)):
        kept = kept_place[place]
        gave[place] = took[kept] = True
        for cells in columns.values():
            if cells[place] != cells[kept]:
                cells[kept] = tuple(dict.fromkeys((*cells[kept], *cells[place])))
    columns["categories"] = [in_reference_order(row) if took[i] else row for i, row in enumerate(columns["categories"])]
    made = {name: pd.Series(cells, index=facts.index, dtype=object) for name, cells in columns.items()}
    return pd.DataFrame({**made, "gave": gave, "took": took}, index=facts.index)


def in_reference_order(categories: tuple[str, ...]) -> tuple[str, ...]:
    """The guide's order first, then a lead's own categories as they came."""
    order = reference.words("harm_categories", "category")
    return tuple(sorted(categories, key=lambda word: order.index(word) if word in order else len(order)))


def _days(column: pd.Series) -> list[object]:
    return [f"{day:%d/%m/%Y}" for day in column]


def _days_text(column: pd.Series) -> pd.Series:
    days: pd.Series = column.dt.strftime("%Y-%m-%d").astype(object).where(column.notna(), "")
    return days


def _period_rule(criteria: Criteria) -> str:
    first = f"{criteria.period_from:%d/%m/%Y}" if criteria.period_from else "any day"
    last = f"{criteria.period_to:%d/%m/%Y}" if criteria.period_to else "any day"
    return f"{criteria.period_about} from {first} to {last}"
