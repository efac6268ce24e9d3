"""Decisions follow their rows when the long list is imported anew (docs/design.md, section 7).

Identical source cells first, then case ID and contact date where that can be one row only. What finds no row is
kept among the past decisions, with the columns that people added; nothing that somebody typed is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.long_list.source_rows import fingerprints
from xl_dipsample.domain.narrowing.case_decisions import PAST_COLUMNS, typed_rows
from xl_dipsample.domain.shared.columns_read import trimmed

_REFRESHED = ("Record", "Case ID", "Name", "Contact date")
_TYPED_IN_PAST = PAST_COLUMNS[3:-1]
_OWN = "Own columns"


@dataclass(frozen=True)
class Listed:
    """A long list: `frame` is the table LongList, `sources` its columns that hold the export as written."""

    frame: pd.DataFrame
    sources: list[str]


@dataclass(frozen=True)
class Moved:
    """`check` is the new CaseCheck, `past` the new PastDecisions; how many typed rows were moved and set aside."""

    check: pd.DataFrame
    past: pd.DataFrame
    moved: int
    set_aside: int


def move_decisions(check: pd.DataFrame, past: pd.DataFrame, old: Listed, new: Listed) -> Moved:
    """Give every row of `check` in which somebody typed its Record in the new list; the other rows leave.

    A row that is not in the new list goes to PastDecisions.
    """
    typed = typed_rows(check)
    if typed.rows.empty:
        return Moved(check.iloc[:0], past, 0, 0)
    kept = check.loc[typed.rows.index]
    targets, marks = match_rows(kept["Record"].tolist(), old, new)
    found = [target is not None for target in targets]
    follow = kept[found].copy()
    places = [target for target in targets if target is not None]
    for name in _REFRESHED:
        follow[name] = pd.Series(list(new.frame[name].iloc[places]), index=follow.index, dtype=object)
    order = sorted(range(len(places)), key=places.__getitem__)
    lost = kept[[not one for one in found]]
    lost_marks = [mark for mark, one in zip(marks, found, strict=True) if not one]
    rows = [
        _past_row(row, mark, typed.own_columns) for row, mark in zip(lost.to_dict("records"), lost_marks, strict=True)
    ]
    whole = pd.DataFrame([*rows, *past.to_dict("records")], columns=PAST_COLUMNS, dtype=object)
    whole = whole.where(whole.notna(), None)
    return Moved(follow.iloc[order].reset_index(drop=True).astype(object), whole, len(places), len(rows))


@dataclass(frozen=True)
class Carried:
    """Columns that people added to Long list, on the new list's rows; `lost` are the past rows of what fits nowhere."""

    columns: pd.DataFrame
    lost: list[dict[Hashable, object]]

    @property
    def set_aside(self) -> int:
        """How many rows fit nowhere."""
        return len(self.lost)


def carry_own_columns(own: Sequence[str], old: Listed, new: Listed) -> Carried:
    """What people typed in columns of their own on the old long list, beside the same rows of the new one.

    An export that has such a heading itself keeps it; people's column gets " (own)" behind its name.
    """
    names = {name: f"{name} (own)" if name in new.frame.columns else name for name in own}
    box = pd.DataFrame(None, index=new.frame.index, columns=list(names.values()), dtype=object)
    filled = old.frame[list(own)].notna().any(axis=1) if own else pd.Series(data=False, index=old.frame.index)
    if not filled.any():
        return Carried(box, [])
    rows = old.frame.loc[filled].to_dict("records")
    targets, marks = match_rows([row["Record"] for row in rows], old, new)
    lost = []
    for row, target, mark in zip(rows, targets, marks, strict=True):
        if target is None:
            blank: dict[Hashable, object] = dict.fromkeys(_TYPED_IN_PAST)
            lost.append(_past_row({**row, **blank}, mark, own))
        else:
            box.iloc[target] = [row[name] for name in own]
    return Carried(box, lost)


def with_set_aside(past: pd.DataFrame, carried: Carried) -> pd.DataFrame:
    """PastDecisions with the cells that fit nowhere: beside the decision of the same row where there is one."""
    rows: list[dict[Hashable, object]] = past.to_dict("records")
    for one in carried.lost:
        same = next((row for row in rows if one["Fingerprint"] and row["Fingerprint"] == one["Fingerprint"]), None)
        if same is None:
            rows.append({**one})
        else:
            kept = json.loads(str(same[_OWN])) if same[_OWN] else {}
            same[_OWN] = json.dumps({**json.loads(str(one[_OWN])), **kept}, ensure_ascii=False)
    whole = pd.DataFrame(rows, columns=PAST_COLUMNS, dtype=object)
    return whole.where(whole.notna(), None)


def match_rows(rows: Sequence[object], old: Listed, new: Listed) -> tuple[list[int | None], list[str | None]]:
    """For each number of `rows` (Record of the old list) the position of its row in the new list, and its old mark.

    None where the new list has no such row, or where more than one could be it.
    """
    place = {row: at for at, row in enumerate(old.frame["Record"])}
    at = [place.get(row) for row in rows]
    there = [one for one in at if one is not None]
    old_marks = iter(fingerprints(old.frame.iloc[there], old.sources)) if there else iter(())
    marks = [None if one is None else next(old_marks) for one in at]
    by_mark: dict[str, list[int]] = {}
    for position, mark in enumerate(fingerprints(new.frame, new.sources)):
        by_mark.setdefault(mark, []).append(position)
    targets: list[int | None] = []
    for mark in marks:
        same = by_mark.get(mark) if mark else None
        targets.append(same.pop(0) if same else None)
    _match_contacts(targets, at, old, new)
    return targets, marks


def _match_contacts(targets: list[int | None], at: list[int | None], old: Listed, new: Listed) -> None:
    """Fill in what the case ID and the contact date alone can settle."""
    if all(target is not None for target in targets):
        return
    old_keys, new_keys = _contacts(old.frame), _contacts(new.frame)
    once_before, once_now = _once(old_keys), _once(new_keys)
    where = {key: position for position, key in enumerate(new_keys)}
    taken = {target for target in targets if target is not None}
    for number, one in enumerate(at):
        if targets[number] is not None or one is None:
            continue
        key = old_keys[one]
        if key in once_before and key in once_now and where[key] not in taken:
            targets[number] = where[key]
            taken.add(where[key])


def _contacts(frame: pd.DataFrame) -> list[Hashable]:
    """Case ID and contact date of every row; None where either is missing."""
    pairs = zip(map(trimmed, frame["Case ID"]), map(trimmed, frame["Contact date"]), strict=True)
    return [pair if all(pair) else None for pair in pairs]


def _once(keys: Iterable[Hashable]) -> set[Hashable]:
    return {key for key, count in Counter(keys).items() if count == 1 and key is not None}


def _past_row(row: dict[Hashable, object], mark: str | None, own_columns: Sequence[str]) -> dict[Hashable, object]:
    own = {name: row[name] for name in own_columns if row[name] is not None}
    typed: dict[Hashable, object] = {name: row[name] for name in _TYPED_IN_PAST}
    contact: dict[Hashable, object] = {"Case ID": row["Case ID"], "Contact date": row["Contact date"]}
    return {
        "Fingerprint": mark,
        **contact,
        **typed,
        _OWN: json.dumps(own, default=str, ensure_ascii=False) if own else None,
    }


def remark(past: pd.DataFrame, old: Listed, new: Listed) -> pd.DataFrame:
    """PastDecisions with the marks that the same rows (by Record) have after columns were joined to the list."""
    if past.empty:
        return past
    before = fingerprints(old.frame, old.sources)
    after = fingerprints(new.frame, new.sources)
    renewed = dict(zip(before, after, strict=True))
    marks = [renewed.get(mark, mark) for mark in past["Fingerprint"]]
    return past.assign(Fingerprint=pd.Series(marks, index=past.index, dtype=object))
