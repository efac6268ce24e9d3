"""Which row holds an export's headings, and which heading stands for which field (docs/design.md, section 8).

The synonyms of reference/headings.csv rank from left to right. Headings are compared whole, never in part: what
seeks "age" must not find "Stage".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xl_dipsample.domain.long_list.factor_columns import factor_label, not_taken, yes_no_columns
from xl_dipsample.domain.long_list.heading_fields import candidates, is_known
from xl_dipsample.domain.long_list.heading_placing import place
from xl_dipsample.domain.long_list.heading_words import heading_key
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import folded, trimmed
from xl_dipsample.domain.shared.errors import ExportProblem

__all__ = ["Match", "fields", "header_row", "heading_key", "is_known", "match"]

NOT_USED = "not used"  # what the lead says of a heading that is no question
SEARCHED_ROWS, SEARCHED_WHEN_NONE = 50, 200  # titles, filters and blank rows of a report; a page of notes above it
_NUMBERED = re.compile(r"(?P<heading>.+?) ?#(?P<number>[1-9]\d?)")


@dataclass(frozen=True)
class Match:
    """Which columns (counted from 0) were taken for what; `notes` are pairs of code and sentence."""

    taken: dict[str, tuple[int, ...]]
    yes_no: dict[int, str]
    unplaced: tuple[int, ...]
    notes: tuple[tuple[str, str], ...] = ()
    outcome_is_nfa: bool = False  # the outcome's heading asks "Referral NFA?": Yes or No
    unsure: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # field -> the columns that may be it

    def column(self, field: str) -> int | None:
        """The first column taken for a field; None when there is none."""
        return next(iter(self.taken.get(field, ())), None)

    def field_of(self, column: int) -> str | None:
        """The field that a column was taken for; None when it was taken for nothing."""
        if column in self.yes_no:
            return "categories"
        return next((field for field, columns in self.taken.items() if column in columns), None)


def fields() -> tuple[str, ...]:
    """The fields of reference/headings.csv, which `--map FIELD=HEADING` may name.

    >>> fields()[0]
    'case_id'
    """
    return reference.words("headings", "field")


def header_row(rows: Sequence[Sequence[object]], also_known: Iterable[str] = ()) -> int | None:
    """The position of the row of headings among `rows`: the one with the most known headings of the first 50.

    Where those have none, of the first 200. Titles and blank rows above it are skipped. One known heading is enough in
    a row that is as full as any other. None when no row has a known heading. `also_known`: headings that `--map` or an
    earlier import named.

    >>> header_row([["Report for November"], [], ["Child ID", "DOB", "Stage"], [1, 2, 3]])
    2
    """
    told = {heading_key(_without_number(heading)) for heading in also_known}
    found = _best_row(rows[:SEARCHED_ROWS], told)
    if found is None and len(rows) > SEARCHED_ROWS:
        found = _best_row(rows[:SEARCHED_WHEN_NONE], told)
    return found


def _best_row(searched: Sequence[Sequence[object]], told: set[str]) -> int | None:
    widths = [sum(1 for cell in row if trimmed(cell)) for row in searched]
    best, best_count = None, 0
    for position, row in enumerate(searched):
        keys = {heading_key(cell): cell for cell in row if isinstance(cell, str)}
        count = sum(key in told or _is_sure(cell) for key, cell in keys.items())
        if count > best_count and (count > 1 or widths[position] == max(widths)):
            best, best_count = position, count
    return best


def match(
    headings: Sequence[str],
    remembered: Mapping[str, str],
    forced: Mapping[str, str],
    sample_rows: Sequence[Sequence[object]] = (),
    unused: Iterable[str] = (),
    harms: Iterable[str] = (),
) -> Match:
    """Which heading stands for which field: `forced` (`--map`) first, then `remembered`, then what the heading says.

    Both maps are field -> heading; an empty forced heading means that the field is not in the export, and
    "Gender #2" is the second column called Gender. `sample_rows` (all rows are best) show which columns are one
    Yes/No column per factor: their headings are known types of harm and their cells say only Yes or No.

    What is not sure is not taken: `unsure` has it. `unused`: headings of which the lead said that they are nothing;
    `harms`: those called types of harm, of which there may be many.
    Raises ExportProblem when `--map` names what is not there.

    >>> match(["Child ID", "Case ID", "Stage"], {}, {"age": "Stage"}).taken
    {'age': (2,), 'case_id': (0,)}
    """
    keys = [heading_key(heading) for heading in headings]
    chosen = {heading_key(heading) for heading in (*harms, forced.get("categories", "")) if heading}
    taken = {name: _forced_column(name, heading, keys) for name, heading in forced.items()}
    for name, heading in remembered.items():
        if name not in taken and heading and name in fields() and not (name == "categories" and factor_label(heading)):
            columns = _positions(heading, keys)
            if len(columns) == 1 and columns[0] not in _flat(taken):
                taken[name] = columns
    put_away = {column for heading in unused for column in _positions(heading, keys)}
    placed = place(headings, sample_rows, fields(), taken, put_away)
    taken = {name: columns for name, columns in taken.items() if columns}
    taken |= {name: (column,) for name, column in placed.taken.items()}
    wanted = forced.get("categories") != ""
    away = _flat({name: columns for name, columns in taken.items() if name != "categories"}) | put_away
    yes_no, may_be = yes_no_columns(headings, sample_rows if wanted else (), away, chosen)
    if set(taken.get("categories", ())) <= set(yes_no):
        taken.pop("categories", None)  # it is one of those columns
    unplaced = tuple(column for column in range(len(headings)) if column not in _flat(taken) and column not in yes_no)
    asks_nfa = any(keys[column].replace(" ", "").rstrip("?") == "referralnfa" for column in taken.get("outcome", ()))
    notes = (*_twins(keys, unplaced), *(not_taken(headings, unplaced) if sample_rows and wanted else ()))
    asked = dict(placed.unsure)
    if may_be:
        asked["categories"] = tuple(sorted({*asked.get("categories", ()), *may_be}))
    unsure = {name: _left(columns, yes_no) for name, columns in asked.items() if _left(columns, yes_no)}
    return Match(taken, yes_no, unplaced, notes, asks_nfa, unsure)


def _left(columns: Iterable[int], yes_no: Mapping[int, str]) -> tuple[int, ...]:
    return tuple(column for column in columns if column not in yes_no)


def _is_sure(cell: str) -> bool:
    return any(one.sure == "yes" for one in candidates(cell).values())


def _forced_column(name: str, heading: str, keys: list[str]) -> tuple[int, ...]:
    if name not in fields():
        raise ExportProblem(
            "unknown-field", f"--map names a field that there is not. The fields are: {', '.join(fields())}."
        )
    if not trimmed(heading):
        return ()
    columns = _positions(heading, keys)
    if len(columns) == 1:
        return columns
    if not columns:
        problem = "the export has no such heading. Copy the heading from the export"
    else:
        problem = f'{len(columns)} columns have this heading. Write " #1" behind it for the first of them'
    raise ExportProblem("map-heading", f"--map {name}: {problem}.")


def _positions(heading: str, keys: list[str]) -> tuple[int, ...]:
    key = heading_key(heading)
    columns = tuple(at for at, other in enumerate(keys) if other == key)
    numbered = _NUMBERED.fullmatch(folded(heading))
    if columns or numbered is None:
        return columns
    key, number = heading_key(numbered["heading"]), int(numbered["number"])
    return tuple(at for at, other in enumerate(keys) if other == key)[number - 1 : number]


def _without_number(heading: str) -> str:
    numbered = _NUMBERED.fullmatch(folded(heading))
    return numbered["heading"] if numbered else heading


def _flat(taken: Mapping[str, tuple[int, ...]]) -> set[int]:
    return {column for columns in taken.values() for column in columns}


def _twins(keys: list[str], unplaced: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """One heading twice that no field takes: only pointed out. The heading is not said: people may have typed it."""
    counted = Counter(keys[column] for column in unplaced if keys[column])
    return tuple(
        ("one-heading-twice", f"{number} columns that were taken for nothing have one heading; Long list has them all.")
        for number in counted.values()
        if number > 1
    )
