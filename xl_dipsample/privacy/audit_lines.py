"""The lines of a workbook's sheet Audit, each tied to the one before by its cell in the column Chain.

The cell holds the line's number and a mark, which is made from the line and from the mark before it. So a changed,
removed, added or copied line is found, and sorting the sheet changes nothing: lines are followed by their numbers.
Whoever writes all of them anew is found by the key alone, which remembers how far they went (`key_book.with_anchor`).

The review workbook lies in the share, so a mark may not be a way to try out names: it is made from when, action,
figures and version, where no name can stand, and from Who, in which only initials are written there (`of_initials`). In
the working workbook, which holds names anyway, Who may be the user's name, and the mark is made from all of it. Earlier
versions made none from a Who longer than initials: such lines are told apart, and nobody vouches for Who in them
(`Seen.who_open`). A mark has no vowels and no figures, so that no search takes it for a name or a number.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.plural import plural

CHAIN = "Chain"
SAID = ("Action", "Figures", "Version")
INITIALS = 3  # letters; a longer Who may be a name
LENGTH = 20  # letters of a mark, four bits each
MOST_NAMED = 5
_LETTERS = "bcdfghjklmnpqrst"
_START = ""  # what the first line is tied to
_CELL = re.compile(rf"([1-9]\d{{0,6}}) ([{_LETTERS}]{{{LENGTH}}})")
_WORD = re.compile(r"[^\W\d_]+")
_HALF_A_SECOND = dt.timedelta(milliseconds=500)


@dataclass(frozen=True)
class Head:
    """How far the lines go: the number of the last one, and its mark."""

    lines: int = 0
    mark: str = _START


@dataclass(frozen=True)
class Seen:
    """What was seen on a sheet Audit. Rows are positions in the table, from 0; lines are the tool's own numbers.

    `changed`: rows that are not as they were written. `copied`: rows whose number another row has, too. `added`: rows
    without a number and mark of ours. `missing`: numbers that no row has. `who_open`: rows whose mark was made without
    Who, which is longer than initials: what stands there may have been exchanged.
    """

    rows: int
    head: Head
    changed: list[int] = field(default_factory=list)
    copied: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    who_open: list[int] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every row is one that was written, and none between them is gone."""
        return not (self.changed or self.copied or self.added or self.missing)

    @property
    def is_chained(self) -> bool:
        """Whether any row has a mark; those of earlier versions have none."""
        return bool(self.marks)

    def holds(self, anchor: Head) -> bool:
        """Whether the line that a key remembers is there, as it was."""
        return anchor.lines == 0 or self.marks.get(anchor.lines) == anchor.mark

    def faults(self, first_row: int) -> list[str]:
        """What is wrong, in words; `first_row`: the Excel row of the table's first line. Names nobody."""
        ways = (
            (self.changed, "is not as it was written", "are not as they were written"),
            (self.copied, "is a copy of another line", "are copies of other lines"),
            (self.added, "was not written by this tool", "were not written by this tool"),
        )
        said = [
            f"{standing.excel_rows(places, first_row)} {one if len(places) == 1 else more}"
            for places, one, more in ways
            if places
        ]
        if self.missing:
            which = ", ".join(str(number) for number in self.missing[:MOST_NAMED])
            more = " and more" if len(self.missing) > MOST_NAMED else ""
            said.append(f"{plural(len(self.missing), 'line is', 'lines are')} missing (number {which}{more})")
        return said

    def who_said(self, first_row: int) -> str:
        """Of which lines Who was checked, in words; `first_row` as for `faults`."""
        if not self.who_open:
            return "Who was checked with them."
        where = standing.excel_rows(self.who_open, first_row)
        are = "is" if len(self.who_open) == 1 else "are"
        return (
            f"Who was checked with them, but not in {where}: it is longer than initials there, the lines {are} of an "
            "earlier version, and whether somebody else's name was put there nobody can tell."
        )


def of_initials(who: str) -> str:
    """Who as it may stand in a workbook that is shared: initials, of a name its first letters.

    >>> of_initials("A.B."), of_initials("May Cooper"), of_initials("rose"), of_initials("Anna-Lee van der Berg")
    ('A.B.', 'MC', 'R', 'ALV')
    """
    if len(_letters(who)) <= INITIALS:
        return who
    return "".join(word[0] for word in _WORD.findall(who))[:INITIALS].upper()


def number_of(cell: object) -> int:
    """The number of the line in a cell of the column Chain; 0 when it is none of ours."""
    found = _CELL.fullmatch(trimmed(cell))
    return int(found[1]) if found else 0


def chained(table: pd.DataFrame, *, with_names: bool = False) -> pd.DataFrame:
    """The table Audit with a mark on its last line, which is new; on every line when none had one.

    `with_names`: the workbook is not shared, so that a mark may be made from a name. The frame is a new one, with the
    column Chain whatever it had.
    """
    cells = [trimmed(cell) for cell in table[CHAIN]] if CHAIN in table.columns else [""] * len(table)
    head = look(table).head
    fresh = range(len(table)) if head.lines == 0 else range(len(table) - 1, len(table))
    made: list[str | None] = [cell or None for cell in cells]
    records = table.to_dict("records")
    for place in fresh:
        head = Head(head.lines + 1, _mark(head.lines + 1, head.mark, records[place], with_names=with_names))
        made[place] = f"{head.lines} {head.mark}"
    return table.assign(**{CHAIN: pd.Series(made, index=table.index, dtype=object)})


def look(table: pd.DataFrame) -> Seen:
    """Follow the lines of a table Audit by their numbers, however its rows are sorted."""
    records = table.to_dict("records")
    by_number: dict[int, list[tuple[int, str]]] = {}
    added = []
    for place, record in enumerate(records):
        cell = _CELL.fullmatch(trimmed(record.get(CHAIN)))
        if cell:
            by_number.setdefault(int(cell[1]), []).append((place, cell[2]))
        elif any(trimmed(value) for value in record.values()):
            added.append(place)
    last = max(by_number, default=0)
    marks: dict[int, str] = {}
    changed, copied, who_open = [], [], []
    for number in sorted(by_number):
        ways = [marks[number - 1]] if number - 1 in marks else [_START] if number == 1 else []
        here = by_number[number]
        sound = [one for one in here if any(one[1] in _marks(number, way, records[one[0]]) for way in ways)]
        next_ones = by_number.get(number + 1, []) if len(here) > 1 else []
        led_to = [one for one in here if any(m in _marks(number + 1, one[1], records[at]) for at, m in next_ones)]
        kept = (sound or led_to or here)[0]
        marks[number] = kept[1]
        copied += [place for place, _ in here if place != kept[0]]
        if ways and not sound:
            changed.append(kept[0])
        elif ways and _is_name(record := records[kept[0]]):
            who_open += [kept[0]] if any(kept[1] == _mark(number, way, record) for way in ways) else []
    missing = list(_gaps(by_number, last))
    return Seen(
        rows=len(records),
        head=Head(last, marks.get(last, _START)),
        changed=sorted(changed),
        copied=sorted(copied),
        added=added,
        missing=missing,
        who_open=sorted(who_open),
        marks=marks,
    )


def _gaps(numbers: dict[int, Any], last: int) -> Iterator[int]:
    """The numbers that are missing; a forged high number makes no endless list."""
    gap = 0
    for number in range(1, last):
        if number not in numbers:
            gap += 1
            yield number
            if gap > len(numbers) + MOST_NAMED:
                return


def _marks(number: int, before: str, record: dict[Any, Any]) -> set[str]:
    """The marks that a line may have: with the name in Who, or without it, as earlier versions made them."""
    return {_mark(number, before, record, with_names=with_names) for with_names in (True, False)}


def _mark(number: int, before: str, record: dict[Any, Any], *, with_names: bool = False) -> str:
    who = record.get("Who")
    said = [number, before, _when(record.get("When")), _who(who)]
    if with_names and _is_name(record):
        said.append(trimmed(who))
    said += [trimmed(record.get(heading)) for heading in SAID]
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
    return "".join(_LETTERS[int(figure, 16)] for figure in digest[:LENGTH])


def _when(cell: object) -> str:
    """The moment to the second, as every program keeps it.

    >>> _when(dt.datetime(2026, 3, 1, 9, 30, 0, 400)), _when(dt.date(2026, 3, 1))
    ('2026-03-01T09:30:00', '2026-03-01T00:00:00')
    """
    if isinstance(cell, dt.datetime):
        return (cell + _HALF_A_SECOND).replace(microsecond=0, tzinfo=None).isoformat()
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time()).isoformat()
    return trimmed(cell)


def _who(cell: object) -> str:
    """Who, where it is initials; of anything longer nothing but that it is longer.

    >>> _who("A.B."), _who(" qa "), _who("May Cooper") == _who("Rose Young")
    ('AB', 'QA', True)
    """
    letters = _letters(trimmed(cell))
    return letters if len(letters) <= INITIALS else "longer"


def _is_name(record: dict[Any, Any]) -> bool:
    return len(_letters(trimmed(record.get("Who")))) > INITIALS


def _letters(who: str) -> str:
    return "".join(sign for sign in who if sign.isalnum()).upper()
