"""Which texts of a review workbook are checked for names: what people can have typed, and what was made from it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.values import trimmed
from xl_dipsample.privacy.text_check import Text
from xl_dipsample.workbook import columns, spec

FREE = ("Review", "SetAside", "Focus", "Questions", "Criteria", "Categories", "Findings", "Actions", "Compare")
COPIES = ("Thresholds", "Language")  # made from Review by Refresh analysis; people decide in Review
UNIQUE_ID = "Unique ID"
INITIALS = ("Reviewer", "Initials")  # what is only worth a look would be every one of them
_FORMULA, _PEOPLE = "formula", "people"


@dataclass(frozen=True)
class _Column:
    """How one column is read: words that are no finding, and whether what is only worth a look is shown."""

    known: frozenset[str]
    weak: bool
    own: bool  # added by people: numbers and dates in it are read, too


def texts_of(frames: Mapping[str, pd.DataFrame]) -> list[Text]:
    """Every text of the tables given (by name, as a host reads them) that can hold a name, table by table.

    Cells that are as in the template, words of our own drop-down lists, formulas and unique IDs are left out.
    """
    asked = columns.questions(frames.get("Questions"))
    found: list[Text] = []
    for name in (*FREE, *COPIES):
        if name in frames:
            found += _of_table(spec.table("review", name), frames[name], asked)
    return found


def _of_table(table: spec.Table, frame: pd.DataFrame, asked: list[columns.Question]) -> Iterator[Text]:
    top = xl_cell_to_rowcol(table.anchor)[0] + 1  # the row of the headings, from 1
    ids = frame[UNIQUE_ID].tolist() if UNIQUE_ID in frame.columns else [None] * len(frame)
    scopes = _scopes(table, frame, ids)
    for heading in frame.columns:
        how = _how(table, str(heading), asked)
        if how is None:
            continue
        if how.own and heading not in [one.heading for one in asked]:
            where = f"{table.sheet}, headings"
            yield Text(table.name, table.sheet, -1, top, heading, None, where, heading, by_hand=True, own=True)
        for index, value in enumerate(frame[heading].tolist()):
            words = _words(value, how)
            if words is None:
                continue
            yield Text(
                table.name, table.sheet, index, top + 1 + index, str(heading), trimmed(ids[index]) or None,
                scopes[index], words,
                weak=how.weak and isinstance(value, str),
                by_hand=table.name == "Questions",
                whole=not isinstance(value, str),
                copy_of=table.name in COPIES,
                own=how.own,
            )  # fmt: skip


def _words(value: object, how: _Column) -> str | None:
    """The text of a cell that is to be checked, None for others."""
    if isinstance(value, str):
        parts = {part.strip() for part in value.split(";")} if ";" in value else {value.strip()}
        return None if parts <= how.known else value
    if not how.own or value is None or isinstance(value, bool):
        return None
    return trimmed(value.date() if isinstance(value, dt.datetime) else value)


def _how(table: spec.Table, heading: str, asked: list[columns.Question]) -> _Column | None:
    """How a column is read; None for one that is not."""
    if heading == UNIQUE_ID:
        return None
    of_table = table if heading in table.headings else spec.table("review", "Review")
    if heading not in of_table.headings:
        choices = next((one.choices for one in asked if one.heading == heading), ())
        return _Column(frozenset(choices), weak=True, own=True)
    column = of_table.column(heading)
    if column.by == _FORMULA:
        return None
    known = {str(cell) for row in of_table.rows for cell in row} | set(spec.lists().get(column.list, ()))
    if heading in ("Type of harm", "Category"):
        known |= set(spec.lists()["categories"])
    typed = column.by == _PEOPLE or (table.name, heading) == ("Findings", "Finding")
    return _Column(frozenset(known), weak=typed and heading not in INITIALS and table.name not in COPIES, own=False)


def _scopes(table: spec.Table, frame: pd.DataFrame, ids: list[object]) -> list[str]:
    """Whose decisions count in each row: the unique ID's; without one, those of the row as it is now."""
    settings = {str(row[0]) for row in table.rows}
    first = frame[table.key[0]].tolist() if table.key[0] in frame.columns else [None] * len(frame)
    found = []
    for index, unique_id in enumerate(ids):
        name = trimmed(unique_id) or None
        if name is None:
            setting = trimmed(first[index])
            row = [setting] if setting else [trimmed(cell) for cell in frame.iloc[index]]
            name = f"{table.sheet}, {setting if setting in settings else _mark(row)}"
        found.append(name)
    return found


def _mark(row: list[str]) -> str:
    return hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).hexdigest()[:12]
