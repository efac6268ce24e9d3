"""The table WhatChanged: rows that came, left, changed or are gone; settings and figures, before and now.

Values stand here, so that it is a sheet of the working workbook alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

import pandas as pd

from xl_dipsample.domain.long_list import row_record
from xl_dipsample.domain.long_list.row_record import Kept
from xl_dipsample.domain.narrowing.removed_rows import REMOVED_COLUMNS
from xl_dipsample.domain.shared.cell import trimmed

WHY, INITIALS = "Why it was removed", "Initials"
COLUMNS = ["What", "Record", "Which", "Before", "Now", "How many", "Noticed", WHY, INITIALS]
RUN_COLUMNS = ["What", "Which", "Value"]  # the table LastRun

GONE, BY_HAND = "Row gone", "Cells changed by hand"
CAME, LEFT, CHANGED, BACK = "Row came", "Row left", "Row changed", "Row is back"
SETTING, FIGURE = "Setting", "Figure"
OF_IMPORT = (CAME, LEFT, CHANGED, BACK)
OF_RUN = (SETTING, FIGURE)
ORDER = (GONE, BY_HAND, *OF_IMPORT, *OF_RUN)

MOST = 200  # lines of one kind; the rest is counted
_LONGEST = 300  # characters of a value


def lines(what: str, rows: Sequence[Mapping[str, object]], now: dt.datetime, *, whole: bool = False) -> pd.DataFrame:
    """Lines of one kind, at most 200 of them and one more that counts the others; `whole`: all of them."""
    shown = rows if whole else rows[:MOST]
    made = [{**dict.fromkeys(COLUMNS), "How many": 1, **row, "What": what, "Noticed": now} for row in shown]
    if len(rows) > len(shown):
        more = {"What": what, "Which": "and more", "How many": len(rows) - len(shown), "Noticed": now}
        made.append({**dict.fromkeys(COLUMNS), **more})
    return pd.DataFrame(made, columns=COLUMNS, dtype=object)


def merged(table: pd.DataFrame, new: Sequence[pd.DataFrame], kinds: Sequence[str]) -> pd.DataFrame:
    """The table with these lines instead of those of `kinds`; what people noted in columns of their own stays there."""
    parts = [one for one in (table[~table["What"].isin(kinds)], *new) if len(one)]
    if not parts:
        return table.iloc[:0][COLUMNS]
    whole = pd.concat([part[COLUMNS] for part in parts], ignore_index=True).astype(object)
    order = whole["What"].map({what: at for at, what in enumerate(ORDER)}).fillna(len(ORDER))
    whole = whole.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    return whole.where(whole.notna(), None)


def says_the_same(table: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two such tables say the same, whenever it was noticed."""
    told = [name for name in COLUMNS if name != "Noticed"]
    one, two = ([[trimmed(cell) for cell in row] for row in t[told].itertuples(index=False)] for t in (table, other))
    return one == two


# ---- rows that are gone


def gone_lines(kept: Kept, gone: Sequence[int], table: pd.DataFrame, now: dt.datetime) -> pd.DataFrame:
    """A line for each row that is gone, with what people typed beside it."""
    said = {row["Record"]: row for row in table[table["What"] == GONE].to_dict("records")}
    rows = []
    for at in gone:
        record = int(kept.records[at])
        was = said.get(record, {})
        typed = {name: was.get(name) for name in (WHY, INITIALS)}
        rows.append({"Record": record, "Which": kept.case_ids[at] or None, "Before": "imported", **typed})
    return lines(GONE, rows, now, whole=True)


def answered(told: pd.DataFrame, lead: str) -> tuple[pd.DataFrame, int]:
    """The rows of which a person said why they were removed (Record, Case ID, Reason, Initials), and how many are open.

    `told`: lines as `gone_lines` makes them; `lead`: the initials on Focus, which count where a line has none.
    """
    rows = [
        [row["Record"], row["Which"], trimmed(row[WHY]), trimmed(row[INITIALS]) or lead]
        for row in told.to_dict("records")
        if trimmed(row[WHY]) and (trimmed(row[INITIALS]) or lead)
    ]
    return pd.DataFrame(rows, columns=REMOVED_COLUMNS, dtype=object), len(told) - len(rows)


def by_hand_lines(kept: Kept, records: Sequence[int], now: dt.datetime) -> pd.DataFrame:
    """A line for each row with other cells than were imported."""
    known = dict(zip(kept.records.tolist(), kept.case_ids, strict=True))
    return lines(BY_HAND, [{"Record": one, "Which": known.get(one) or None} for one in records], now)


# ---- another import


def import_lines(
    kept: Kept,
    old: tuple[pd.DataFrame, Sequence[str]],
    new: tuple[pd.DataFrame, Sequence[str]],
    table: pd.DataFrame,
    now: dt.datetime,
) -> list[pd.DataFrame]:
    """Rows that came, left or changed since the list before, and rows that had been gone and are back.

    `kept`: what was imported before; `old`, `new`: Long list as it stood and as it is, with its columns to compare.
    """
    (was, before), (listed, after) = old, new
    old_marks: list[int | None] = kept.marks.tolist()
    common = sorted(set(before) & set(after))
    if set(before) == set(after):
        new_marks = row_record.marks(listed, after).tolist()
    else:  # of other columns nothing is known; a row that is gone by hand has no cells to compare any more
        there = dict(zip(was["Record"], row_record.marks(was, common).tolist(), strict=True))
        old_marks = [there.get(record) for record in kept.records.tolist()]
        new_marks = row_record.marks(listed, common).tolist()
    same_as: dict[int | None, deque[int]] = defaultdict(deque)
    for place, mark in enumerate(old_marks):
        if mark is not None:
            same_as[mark].append(place)
    found = [same_as[mark].popleft() if same_as.get(mark) else None for mark in new_marks]
    pairs, came, left = _by_case_id(kept, listed, found)
    records, ids = listed["Record"].tolist(), listed["Case ID"].tolist()
    places = {record: at for at, record in enumerate(was["Record"])}
    changed = []
    for old_at, new_at in pairs:
        at = places.get(int(kept.records[old_at]))
        told = ("", "") if at is None else _differing(was.iloc[at], listed.iloc[new_at], common)
        changed.append({"Record": records[new_at], "Which": ids[new_at], "Before": told[0], "Now": told[1]})
        if len(changed) == MOST:
            changed += [{}] * (len(pairs) - MOST)
            break
    said = {row["Record"]: row for row in table[table["What"] == GONE].to_dict("records")}
    back = []
    for position, same in enumerate(found):
        one = None if same is None else said.get(int(kept.records[same]))
        if one is not None:
            typed = {name: one[name] for name in (WHY, INITIALS)}
            back.append({"Record": records[position], "Which": ids[position], "Before": "gone", **typed})
    return [
        lines(CAME, [{"Record": records[at], "Which": ids[at]} for at in came], now),
        lines(LEFT, [{"Record": int(kept.records[at]), "Which": kept.case_ids[at] or None} for at in left], now),
        lines(CHANGED, changed, now),
        lines(BACK, back, now),
    ]


def _by_case_id(
    kept: Kept, listed: pd.DataFrame, found: Sequence[int | None]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Of rows without an equal: (old, new) of one case ID, which changed; new ones that came; old ones that left."""
    taken = {at for at in found if at is not None}
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for at, case_id in enumerate(kept.case_ids):
        if at not in taken and case_id:
            waiting[case_id].append(at)
    pairs, came = [], []
    for at, one in enumerate(found):
        if one is None:
            case_id = trimmed(listed["Case ID"].iloc[at])[: row_record.LONGEST_ID]
            if waiting.get(case_id):
                pairs.append((waiting[case_id].popleft(), at))
            else:
                came.append(at)
    paired = {one for one, _ in pairs}
    return pairs, came, [at for at in range(len(kept)) if at not in taken and at not in paired]


def _differing(was: pd.Series, now: pd.Series, columns: Sequence[str]) -> tuple[str, str]:
    texts = [(name, trimmed(was[name]), trimmed(now[name])) for name in columns]
    before = "; ".join(f"{name}: {one}" for name, one, two in texts if one != two)
    after = "; ".join(f"{name}: {two}" for name, one, two in texts if one != two)
    return before[:_LONGEST], after[:_LONGEST]


# ---- settings and figures


def this_run(settings: Mapping[str, object], funnel: pd.DataFrame) -> pd.DataFrame:
    """The table LastRun: every setting, and how many left and remained at each stage."""
    rows = [[SETTING, name, trimmed(value)[:_LONGEST]] for name, value in settings.items() if trimmed(value)]
    for stage, excluded, remaining in zip(funnel["Stage"], funnel["Excluded"], funnel["Remaining"], strict=True):
        rows.append([FIGURE, f"{stage}: left", trimmed(excluded)])
        rows.append([FIGURE, f"{stage}: remain", trimmed(remaining)])
    return pd.DataFrame(rows, columns=RUN_COLUMNS, dtype=object)


def run_lines(before: pd.DataFrame, after: pd.DataFrame, now: dt.datetime) -> list[pd.DataFrame]:
    """The settings and figures that are others than at the last run; nothing when there was none.

    >>> one = this_run({"Keep": "First"}, pd.DataFrame(columns=["Stage", "Excluded", "Remaining"]))
    >>> two = this_run({"Keep": "Last"}, pd.DataFrame(columns=["Stage", "Excluded", "Remaining"]))
    >>> run_lines(one, two, dt.datetime(2026, 1, 5))[0][["Which", "Before", "Now"]].to_numpy().tolist()
    [['Keep', 'First', 'Last']]
    """
    if before.empty:
        return []
    made = []
    for what in OF_RUN:
        was, is_now = (_values(table, what) for table in (before, after))
        rows = [
            {"Which": name, "Before": was.get(name), "Now": is_now.get(name)}
            for name in dict.fromkeys([*is_now, *was])
            if was.get(name) != is_now.get(name)
        ]
        made.append(lines(what, rows, now))
    return made


def _values(table: pd.DataFrame, what: str) -> dict[str, str]:
    own = table[table["What"] == what]
    return {str(name): trimmed(value) for name, value in zip(own["Which"], own["Value"], strict=True)}


# ---- in words


_WORDS = (
    (GONE, "rows gone"), (BY_HAND, "rows changed by hand"), (CAME, "rows came"), (LEFT, "rows left"),
    (CHANGED, "rows changed"), (BACK, "rows are back"), (SETTING, "settings changed"), (FIGURE, "figures changed"),
)  # fmt: skip
NOTHING = "Nothing has changed."


def counted(table: pd.DataFrame) -> dict[str, int]:
    """How many of each kind."""
    made = dict.fromkeys(ORDER, 0)
    for what, number in zip(table["What"], table["How many"], strict=True):
        if what in made and isinstance(number, (int, float)):
            made[what] += int(number)
    return made


def in_words(table: pd.DataFrame) -> str:
    """The table in one line, for Start.

    >>> in_words(lines(CAME, [{"Record": 3}], dt.datetime(2026, 1, 5)))
    'rows came: 1'
    """
    numbers = counted(table)
    return "; ".join(f"{words}: {numbers[what]}" for what, words in _WORDS if numbers[what]) or NOTHING


def words() -> tuple[tuple[str, str], ...]:
    """What each kind is called in that line, in its order."""
    return _WORDS
