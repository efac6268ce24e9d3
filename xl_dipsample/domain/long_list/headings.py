"""Which row holds an export's headings, and which heading stands for which field (docs/design.md, section 8).

The synonyms of reference/headings.csv rank from left to right. Headings are compared whole, never in part: what
seeks "age" must not find "Stage".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xl_dipsample.domain.long_list.factor_columns import not_taken, says_few_things, yes_no_columns
from xl_dipsample.domain.long_list.harm_columns import are_labels, further_columns, perhaps_harm
from xl_dipsample.domain.long_list.heading_fields import candidates, is_known
from xl_dipsample.domain.long_list.heading_placing import place
from xl_dipsample.domain.long_list.heading_words import heading_key
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import folded, trimmed
from xl_dipsample.domain.shared.errors import ExportProblem

__all__ = ["Match", "fields", "header_row", "heading_key", "is_known", "match"]

Forced = Mapping[str, str | tuple[str, ...]]  # field -> heading, of categories several: what --map says
NOT_USED = "not used"  # what the lead says of a heading that is no question
SEARCHED_ROWS, SEARCHED_WHEN_NONE = 50, 200  # titles, filters and blank rows of a report; a page of notes above it
_COLUMN = re.compile(r"Column (?P<number>[1-9]\d{0,3})")
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
    forced: Forced,
    sample_rows: Sequence[Sequence[object]] = (),
    unused: Iterable[str] = (),
    harms: Iterable[str] = (),
) -> Match:
    """Which heading stands for which field: `forced` (`--map`) first, then `remembered`, then what the heading says.

    Both maps are field -> heading, of categories several; an empty forced heading means that the field is not in the
    export, and "Gender #2" is the second column called Gender. `sample_rows` (all rows are best) show which columns
    are one Yes/No column per factor: their headings are known types of harm and their cells say Yes or No.

    What is not sure is not taken: `unsure` has it. `unused`: headings of which the lead said that they are nothing;
    `harms`: those called types of harm, of which there may be many.
    Raises ExportProblem when `--map` names what is not there.

    >>> match(["Child ID", "Case ID", "Stage"], {}, {"age": "Stage"}).taken
    {'age': (2,), 'case_id': (0,)}
    """
    keys = [heading_key(heading) for heading in headings]
    taken = {
        name: tuple(column for heading in several(told) for column in _forced_column(name, heading, keys))
        for name, told in forced.items()
    }
    for name, heading in remembered.items():
        if name not in taken and heading and name in fields() and name != "categories":
            columns = _positions(heading, keys)
            if len(columns) == 1 and columns[0] not in _flat(taken):
                taken[name] = columns
    put_away = {column for heading in unused for column in _positions(heading, keys)}
    wanted = forced.get("categories") != ""
    called = (*harms, remembered.get("categories", "")) if wanted else ()
    other = _flat(taken) | put_away
    chosen = {at for heading in called if heading for at in _column_of(heading, keys) if at not in other}
    harm = _Harm(headings, sample_rows if wanted else (), chosen, taken.pop("categories", None), wanted)
    placed = place(headings, sample_rows, fields(), taken | harm.first, put_away | harm.told)
    taken = {name: columns for name, columns in taken.items() if columns}
    taken |= {name: (column,) for name, column in placed.taken.items()}
    taken, yes_no, may_be = harm.settled(taken, placed.unsure.get("categories", ()), put_away)
    unplaced = tuple(column for column in range(len(headings)) if column not in _flat(taken) and column not in yes_no)
    asks_nfa = any(keys[column].replace(" ", "").rstrip("?") == "referralnfa" for column in taken.get("outcome", ()))
    asked = {**placed.unsure, "categories": may_be}
    silent = [at for at in unplaced if at not in may_be or not says_few_things(sample_rows, at)]
    notes = (*_twins(keys, unplaced), *(not_taken(headings, silent) if sample_rows and wanted else ()))
    unsure = {name: columns for name, columns in asked.items() if columns}
    return Match(taken, yes_no, unplaced, notes, asks_nfa, unsure)


@dataclass(frozen=True)
class _Harm:
    """The columns of types of harm, of which there may be many.

    `chosen`: those of an earlier import or of Headings; `forced`: those of `--map`, which stand for all that hold
    labels; None when it has none.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    chosen: set[int]
    forced: tuple[int, ...] | None
    wanted: bool

    @property
    def told(self) -> set[int]:
        return self.chosen | set(self.forced or ())

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The columns that were told and hold labels; without rows nobody can see, and all do."""
        held = [at for at in sorted(self.told) if not self.rows or are_labels(self.headings[at], self.rows, at)]
        return tuple(at for at in held if not self.forced or at in self.forced)

    @property
    def first(self) -> dict[str, tuple[int, ...]]:
        """What is placed before the other columns look for a place."""
        return {"categories": tuple(sorted(self.told))} if self.labels or not self.wanted else {}

    def settled(
        self, taken: Mapping[str, tuple[int, ...]], unsure: tuple[int, ...], put_away: set[int]
    ) -> tuple[dict[str, tuple[int, ...]], dict[int, str], tuple[int, ...]]:
        """What is taken, the Yes/No columns, and the columns that may be types of harm."""
        fields = {name: columns for name, columns in taken.items() if name != "categories"}
        away = _flat(fields) | put_away
        labels = set(self.labels) or set(taken.get("categories", ()))
        yes_no, may_be = yes_no_columns(self.headings, self.rows, away | set(self.labels), self.told - set(self.labels))
        labels -= set(yes_no)
        if self.rows and self.forced is None:
            alike = unsure if len({heading_key(self.headings[at]) for at in unsure}) == 1 else ()
            labels |= set(further_columns(self.headings, self.rows, labels, away | set(yes_no), alike))
        told = {"categories": tuple(sorted(labels))} if labels else {}
        asked = {
            column
            for column in (*unsure, *(at for at in may_be if "categories" not in candidates(self.headings[at])))
            if column not in labels and column not in yes_no
        }
        if self.rows and self.forced is None and not (labels or yes_no or asked):
            asked = set(perhaps_harm(self.headings, self.rows, away))
        return {**taken, **told} if labels else fields, yes_no, tuple(sorted(asked))


def several(told: str | tuple[str, ...]) -> tuple[str, ...]:
    """The headings that `--map` named for one field."""
    return told if isinstance(told, tuple) else (told,)


def _column_of(heading: str, keys: list[str]) -> tuple[int, ...]:
    """The columns of a heading on Headings; a column without one stands there by its number."""
    columns = _positions(heading, keys)
    numbered = _COLUMN.fullmatch(heading)
    if columns or numbered is None:
        return columns
    at = int(numbered["number"]) - 1
    return (at,) if at < len(keys) and not keys[at] else ()


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
