"""Words that the team added on My lists of the review workbook: to the lead's list, or aside with the reason.

The lead's rows are the lead's: what somebody typed over one of them is set aside, as is a new word that the lead has
with another side or other codes, or that cannot stand. Nothing that was typed is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.lead_lists import Lists, key

ASIDE = "WordsAside"  # the table of the review workbook
TYPED = ("List", "Word", "Side", "Child protection", "Codes and words that mean it")
WHY = "Why it waits"
OVERTYPED = "It was typed over a word of the lead's, whose row stays as it is."
UNLIKE = "The lead's list has this word with: {other}."
_SETTLED = ("Side", "Child protection", "Codes and words that mean it")


@dataclass(frozen=True)
class Returned:
    """`mine`: the lead's table with the new words at its end; `rows`: Excel rows of these in the review workbook.

    `aside`: the table WordsAside; its last `waiting` rows are new. `back`: words of the lead that were gone there.
    """

    mine: pd.DataFrame
    rows: tuple[int, ...]
    aside: pd.DataFrame
    waiting: int
    back: int


def returned(mine: pd.DataFrame, earlier: Mapping[str, pd.DataFrame]) -> Returned:
    """What comes back from the earlier review workbook.

    `mine`: the table MyLists of the working workbook; `earlier`: the tables of the review workbook, by name. A
    workbook that does not say which words it was given has none of the team's.
    """
    given, theirs = earlier.get(lead_lists.GIVEN), earlier.get(lead_lists.TABLE)
    old = [row for row in _rows(earlier.get(ASIDE)) if any(row[name] for name in TYPED if name in row)]
    open_ = [row for row in old if _unlike(row, _there(mine, row)) is not None]
    if given is None or theirs is None or not any(row["Word"] for row in _rows(given)):
        return Returned(mine, (), _aside(open_), 0, 0)
    was = {_key(row): row for row in _rows(given)}
    first = standing.first_row(theirs, lead_lists.FIRST_ROW)
    made, places, new = mine, [], []
    for at, row in enumerate(_rows(theirs)):
        if not any(row.values()) or (_key(row) in was and _same(row, was[_key(row)])):
            continue
        there = _there(made, row)
        if there is None and _key(row) not in was:
            why = _cannot_stand(made, row)
            if not why:
                made = _with(made, row)
                places.append(first + at)
                continue
        else:
            why = OVERTYPED if there is None else _unlike(row, there) or ""
            if why and there is not None and _key(row) in was:
                why = f"{OVERTYPED} {why}"
        if why:
            new.append(row | {WHY: why})
    new = [row for row in new if not any(_same(row, one) and _key(row) == _key(one) for one in open_)]
    back = sum(_key(row) not in {_key(one) for one in _rows(theirs)} for row in was.values() if row["Word"])
    return Returned(made, tuple(places), _aside([*open_, *new]), len(new), back)


def _rows(table: pd.DataFrame | None) -> list[dict[str, str]]:
    if table is None or not {"List", "Word"} <= set(table.columns):
        return []
    shown = [name for name in (*TYPED, WHY) if name in table.columns]
    columns = [[trimmed(cell) for cell in table[name]] for name in shown]
    return [dict(zip(shown, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return key(row["List"]), key(row["Word"])


def _settings(row: Mapping[str, str]) -> tuple[str, str, frozenset[str]]:
    """Side, child protection and codes as they are told apart; a blank side is Neither, a blank protection No."""
    outcome = key(row["List"]) == key(lead_lists.OUTCOME)
    side = key(row.get("Side", "")) or key(lead_lists.NEITHER)
    protects = key(row.get("Child protection", "")) or "no"
    codes = frozenset(map(key, lead_lists.parts_of(row.get("Codes and words that mean it", ""))))
    return side if outcome else "", protects if outcome else "", codes


def _same(row: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return _settings(row) == _settings(other)


def _there(mine: pd.DataFrame, row: Mapping[str, str]) -> dict[str, str] | None:
    """The lead's row of the same word, also one that was called so; None when there is none."""
    rows = _rows(mine)
    found = next((one for one in rows if _key(one) == _key(row)), None)
    if found is not None or "Was called" not in mine.columns:
        return found
    called = [tuple(map(key, lead_lists.parts_of(trimmed(cell)))) for cell in mine["Was called"]]
    pairs = zip(rows, called, strict=True)
    return next((one for one, was in pairs if key(one["List"]) == _key(row)[0] and _key(row)[1] in was), None)


def _unlike(row: Mapping[str, str], there: Mapping[str, str] | None) -> str | None:
    """In what the lead's row says something else; '' when the lead has no such word any more, None when it agrees.

    Codes that the team did not type are no difference, nor are codes that the lead has besides.
    """
    if there is None:
        return ""
    (side, protects, codes), (its, its_protects, its_codes) = _settings(row), _settings(there)
    other = []
    if side != its:
        other.append(f"Side {there.get('Side') or lead_lists.NEITHER}")
    if protects != its_protects:
        other.append(f"Child protection {there.get('Child protection') or 'No'}")
    if not codes <= its_codes:
        other.append("other codes and words that mean it")
    return UNLIKE.format(other=", ".join(other)) if other else None


def _cannot_stand(mine: pd.DataFrame, row: Mapping[str, str]) -> str:
    """Why the row cannot stand on the lead's list, in words; '' when it can."""
    before = Lists.of({lead_lists.TABLE: mine}).problems
    after = Lists.of({lead_lists.TABLE: _with(mine, row)}).problems
    new = [one for one in after if one not in before]
    return f"It cannot stand: {new[0].told}." if new else ""


def _with(mine: pd.DataFrame, row: Mapping[str, str]) -> pd.DataFrame:
    """The lead's table with one row more; it keeps its place on the sheet."""
    line = {name: row.get(name) or None for name in TYPED}
    added = pd.DataFrame([[line.get(str(name)) for name in mine.columns]], columns=mine.columns, dtype=object)
    made = pd.concat([mine, added], ignore_index=True).astype(object)
    made.attrs = dict(mine.attrs)
    return made.where(made.notna(), None)


def _aside(rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    lines = [[row.get(name) or None for name in (*TYPED, WHY)] for row in rows]
    return pd.DataFrame(lines, columns=[*TYPED, WHY], dtype=object)
