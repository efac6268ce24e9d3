"""The rows of another report of the same period below those of the long list: two halves, teams or systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.long_list.import_rows import ENDING, Imported, unique_name
from xl_dipsample.domain.long_list.own_columns import objects
from xl_dipsample.domain.shared.cell import trimmed

_WITHOUT_A_COLUMN_OF_OURS = ("team",)


@dataclass(frozen=True)
class Appended:
    """`frame` is the table LongList with the new rows; `twice` are records of new rows that the list had already.

    That is: rows of a case and a contact date that are there before. `shared`: how many case IDs are in both.
    """

    frame: pd.DataFrame
    sources: list[str]
    first: int
    twice: tuple[int, ...]
    shared: int


def append_rows(
    listed: pd.DataFrame, sources: Sequence[str], known: pd.DataFrame, second: Imported, last_record: int = 0
) -> Appended:
    """Put the rows of `second` below `listed`. A column with the same heading is the same column.

    `sources` are the columns of `listed` that hold the export as written, `known` is the table Headings: a field
    that has no column of ours, such as the team, goes where the list has it. `last_record` was given
    before, to a row that may be gone.
    """
    names = _names(listed, sources, known, second)
    rows = second.frame.rename(columns=names)
    first = 1 + max((int(one) for one in listed["Record"] if isinstance(one, (int, float))), default=0)
    first = max(first, last_record + 1)
    rows["Record"] = objects(range(first, first + len(rows)))
    columns = [*listed.columns, *(name for name in rows.columns if name not in listed.columns)]
    whole = pd.concat([listed.reindex(columns=columns), rows.reindex(columns=columns)], ignore_index=True).astype(
        object
    )
    whole = whole.where(whole.notna(), None)
    added = [name for name in names.values() if name not in sources]
    before = set(_contacts(listed)) - {None}
    twice = tuple(record for record, one in zip(rows["Record"], _contacts(rows), strict=True) if one in before)
    shared = len(set(listed["Case ID"].dropna()) & set(rows["Case ID"].dropna()))
    return Appended(whole, [*sources, *added], first, twice, shared)


def _names(listed: pd.DataFrame, sources: Sequence[str], known: pd.DataFrame, second: Imported) -> dict[str, str]:
    """The second report's columns -> their names in the list; a column that people added is none of them."""
    there = {name.casefold(): name for name in sources}
    taken = {str(name).casefold() for name in listed.columns}
    names: dict[str, str] = {}
    for name in second.source_columns:
        if name.casefold() in there:
            names[name] = there[name.casefold()]
        else:
            names[name] = unique_name(ENDING.sub("", name), taken)
            taken.add(names[name].casefold())
    for field in _WITHOUT_A_COLUMN_OF_OURS:
        ours, theirs = _one(known, field), _one(second.headings, field)
        if ours in sources and theirs in names and ours not in names.values():
            names[theirs] = ours
    return names


def _one(headings: pd.DataFrame, field: str) -> str:
    found = [trimmed(one) for of, one in zip(headings["Field"], headings["Heading"], strict=True) if of == field]
    return found[0] if found else ""


def _contacts(frame: pd.DataFrame) -> list[tuple[str, str] | None]:
    pairs = zip(map(trimmed, frame["Case ID"]), map(trimmed, frame["Contact date"]), strict=True)
    return [pair if all(pair) else None for pair in pairs]
