"""People's decisions on Case check: kept for every row, also for one that left and came back.

Source: docs/design.md, section 7.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xl_dipsample.domain.long_list.source_rows import fingerprints
from xl_dipsample.domain.narrowing import case_check
from xl_dipsample.domain.shared import columns_read

PAST_COLUMNS = ["Fingerprint", "Case ID", "Contact date", *case_check.TYPED, "Own columns"]


@dataclass(frozen=True)
class Typed:
    """Case check as people left it: `rows` holds Record, what was typed and people's own columns."""

    rows: pd.DataFrame
    own_columns: list[str]


def typed_rows(check: pd.DataFrame) -> Typed:
    """The rows of Case check in which somebody typed something."""
    own = [column for column in check.columns if column not in case_check.COLUMNS]
    typed_in = [*case_check.TYPED, *own]
    touched = check[typed_in].notna().any(axis=1) if len(check) else pd.Series(dtype=bool)
    return Typed(check.loc[touched, ["Record", "Case ID", "Contact date", *typed_in]].astype(object), own)


def with_past(typed: Typed, past: pd.DataFrame, long_list: pd.DataFrame, marks: pd.Series) -> Typed:
    """Add past decisions to the rows that they belong to: the same source cells, or the same case and contact date.

    `marks`: the fingerprint of each long-list row (same index). What somebody typed in Case check itself beats a
    past decision.
    """
    if past.empty:
        return typed
    by_mark = dict(zip(marks.iloc[::-1], long_list["Record"].iloc[::-1], strict=True))
    by_contact = _unambiguous(long_list)
    have = set(typed.rows["Record"])
    added = []
    for one in past.to_dict("records"):
        row = by_mark.get(one["Fingerprint"], by_contact.get(_contact_key(one["Case ID"], one["Contact date"])))
        if row is None or row in have:
            continue
        have.add(row)
        kept = json.loads(one["Own columns"]) if one["Own columns"] else {}
        kept = {name: cell for name, cell in kept.items() if name in typed.own_columns}  # a column removed since
        place = {"Record": row, "Case ID": one["Case ID"], "Contact date": one["Contact date"]}
        added.append(place | {name: one[name] for name in case_check.TYPED} | kept)
    rows = pd.concat([typed.rows, pd.DataFrame(added, dtype=object)], ignore_index=True) if added else typed.rows
    return Typed(rows.astype(object).where(rows.notna(), None), typed.own_columns)


def apply(candidates: pd.DataFrame, typed: Typed) -> pd.DataFrame:
    """Candidates (the table CaseCheck) with what people typed put back, own columns behind."""
    columns = [*case_check.TYPED, *typed.own_columns]
    told = typed.rows.set_index("Record").reindex(candidates["Record"])
    made = candidates.reset_index(drop=True)
    for name in columns:
        cells = told[name] if name in told.columns else pd.Series(None, index=told.index, dtype=object)
        made[name] = cells.astype(object).where(cells.notna(), None).to_numpy()
    return made


def past_decisions(
    typed: Typed, past: pd.DataFrame, candidates: pd.DataFrame, long_list: pd.DataFrame, marks: pd.Series
) -> pd.DataFrame:
    """The table PastDecisions: what people typed for rows that are no candidates now."""
    here = set(candidates["Record"])
    place = {row: i for i, row in enumerate(long_list["Record"])}
    kept: list[dict[Hashable, Any]] = []
    for one in typed.rows.to_dict("records"):
        if one["Record"] in here:
            continue
        known = one["Record"] in place
        listed = long_list.iloc[place[one["Record"]]] if known else one
        own = {name: one.get(name) for name in typed.own_columns if one.get(name) is not None}
        kept.append(
            {
                "Fingerprint": marks.iloc[place[one["Record"]]] if known else None,
                "Case ID": listed["Case ID"],
                "Contact date": listed["Contact date"],
                **{name: one[name] for name in case_check.TYPED},
                "Own columns": json.dumps(own, default=str, ensure_ascii=False) if own else None,
            }
        )
    used = ({one["Fingerprint"] for one in kept} - {None}) | _fingerprints_of(here, long_list, marks)
    contacts = {_contact_key(one["Case ID"], one["Contact date"]) for one in kept}
    contacts |= {key for key, row in _unambiguous(long_list).items() if row in here}
    for one in past.to_dict("records"):
        if one["Fingerprint"] in used or _contact_key(one["Case ID"], one["Contact date"]) in contacts - {None}:
            continue
        kept.append(one)
    return pd.DataFrame(kept, columns=PAST_COLUMNS, dtype=object)


def marks_of(long_list: pd.DataFrame, source_columns: list[str]) -> pd.Series:
    """The fingerprint of every row's source cells."""
    return fingerprints(long_list, source_columns)


def _fingerprints_of(rows: set[object], long_list: pd.DataFrame, marks: pd.Series) -> set[object]:
    return set(marks[long_list["Record"].isin(rows)])


def _contact_key(case_id: object, contact: object) -> tuple[str, str] | None:
    key = (columns_read.trimmed(case_id), columns_read.trimmed(contact))
    return key if all(key) else None


def _unambiguous(long_list: pd.DataFrame) -> dict[tuple[str, str] | None, object]:
    """Case ID and contact date -> Record, where exactly one row has them."""
    found: dict[tuple[str, str] | None, object] = {}
    twice: set[tuple[str, str] | None] = {None}
    for case_id, contact, row in zip(long_list["Case ID"], long_list["Contact date"], long_list["Record"], strict=True):
        key = _contact_key(case_id, contact)
        if key in found:
            twice.add(key)
        found[key] = row
    return {key: row for key, row in found.items() if key not in twice}
