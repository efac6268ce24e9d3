"""Which row holds an export's headings, and which heading stands for which field (docs/design.md, section 8).

The synonyms of reference/headings.csv rank from left to right. Headings are compared whole, never in part: what
seeks "age" must not find "Stage".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xl_dipsample.domain.long_list.harm_categories import known_label
from xl_dipsample.domain.long_list.heading_fields import candidates, is_known
from xl_dipsample.domain.long_list.heading_placing import place
from xl_dipsample.domain.long_list.heading_words import heading_key
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import folded, trimmed
from xl_dipsample.domain.shared.errors import ExportProblem

__all__ = ["Match", "fields", "header_row", "heading_key", "is_known", "match"]

NOT_USED = "not used"  # what the lead says of a heading that is no question
SEARCHED_ROWS = 50  # titles, filters and blank rows of a report end well before
YES_WORDS = frozenset({"yes", "y", "1", "1.0", "true", "a) yes", "\u2713", "\u2714", "\u221a"})
NO_WORDS = frozenset({"no", "n", "0", "0.0", "false", "b) no", "\u2717", "\u2718"})
CROSS = "x"  # in a box it means yes, unless the column has a yes of its own
_MOSTLY = 0.5  # of a factor's cells: a footer, "?" or "N/K" in its column changes nothing
_SOME = 0.1  # with more other numbers than that, a column counts something, such as episodes
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

    Titles and blank rows above it are skipped. One known heading is enough in a row that is as full as any other.
    None when no row has a known heading. `also_known`: headings that `--map` or an earlier import named.

    >>> header_row([["Report for November"], [], ["Child ID", "DOB", "Stage"], [1, 2, 3]])
    2
    """
    told = {heading_key(_without_number(heading)) for heading in also_known}
    searched = rows[:SEARCHED_ROWS]
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
) -> Match:
    """Which heading stands for which field: `forced` (`--map`) first, then `remembered`, then what the heading says.

    Both maps are field -> heading; an empty forced heading means that the field is not in the export, and
    "Gender #2" is the second column called Gender. `sample_rows` (all rows are best) show which columns are one
    Yes/No column per factor: their headings are known types of harm and their cells say only Yes or No.

    What is not sure is not taken: `unsure` has it. `unused`: headings of which the lead said that they are nothing.
    Raises ExportProblem when `--map` names what is not there.

    >>> match(["Child ID", "Case ID", "Stage"], {}, {"age": "Stage"}).taken
    {'age': (2,), 'case_id': (0,)}
    """
    keys = [heading_key(heading) for heading in headings]
    taken = {name: _forced_column(name, heading, keys) for name, heading in forced.items()}
    for name, heading in remembered.items():
        if name not in taken and heading and name in fields() and not _is_factor(name, heading):
            columns = _positions(heading, keys)
            if len(columns) == 1 and columns[0] not in _flat(taken):
                taken[name] = columns
    put_away = {column for heading in unused for column in _positions(heading, keys)}
    placed = place(headings, sample_rows, fields(), taken, put_away)
    taken = {name: columns for name, columns in taken.items() if columns}
    taken |= {name: (column,) for name, column in placed.taken.items()}
    wanted = forced.get("categories") != ""
    yes_no = _yes_no_columns(headings, sample_rows, _flat(taken), wanted=wanted)
    unplaced = tuple(column for column in range(len(headings)) if column not in _flat(taken) and column not in yes_no)
    asks_nfa = any(keys[column].replace(" ", "").rstrip("?") == "referralnfa" for column in taken.get("outcome", ()))
    notes = (*_twins(keys, unplaced), *(_not_taken(headings, unplaced) if sample_rows and wanted else ()))
    unsure = {name: _left(columns, yes_no) for name, columns in placed.unsure.items() if _left(columns, yes_no)}
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


def _is_factor(field: str, heading: str) -> bool:
    """Whether a remembered heading was one Yes/No column of many, which their cells tell anew in each export."""
    return field == "categories" and known_label(_factor_label(heading)) is not None


def _factor_label(heading: object) -> str:
    return folded(trimmed(heading)).rstrip("? ")


def _without_number(heading: str) -> str:
    numbered = _NUMBERED.fullmatch(folded(heading))
    return numbered["heading"] if numbered else heading


def _flat(taken: Mapping[str, tuple[int, ...]]) -> set[int]:
    return {column for columns in taken.values() for column in columns}


def _yes_no_columns(
    headings: Sequence[str], rows: Sequence[Sequence[object]], away: set[int], *, wanted: bool
) -> dict[int, str]:
    """The columns that are one factor each: heading a known type of harm, cells only Yes, No or blank."""
    if not rows or not wanted:
        return {}
    labels = {
        column: _factor_label(heading)
        for column, heading in enumerate(headings)
        if column not in away and trimmed(heading)
    }
    known = {column: label for column, label in labels.items() if known_label(label) is not None}
    found = {column: label for column, label in known.items() if _says_yes_no(rows, column, label)}
    # "Other" or "Neglect" alone may be anything; beside a harm category, or among several, it is a factor.
    telling = any(meaning is not None and meaning.category for meaning in map(known_label, found.values()))
    return found if telling or len(found) > 1 else {}


def _says_yes_no(rows: Sequence[Sequence[object]], column: int, label: str) -> bool:
    """Whether most cells of a column that is called like a type of harm say Yes or No, or nothing.

    A heading that is a known type of harm is never dropped by what a few of its cells say: those are findings.
    """
    counted: Counter[str] = Counter()
    for value, number in Counter(row[column] for row in rows if len(row) > column).items():
        counted[trimmed(value).casefold()] += number
    del counted[""]
    sure = sum(counted[word] for word in YES_WORDS | NO_WORDS | {"null", "-", CROSS, label.casefold()})
    other = sum(number for word, number in counted.items() if word not in YES_WORDS | NO_WORDS and _is_number(word))
    return sure >= _MOSTLY * counted.total() and other <= _SOME * counted.total()


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdigit()


def _not_taken(headings: Sequence[str], unplaced: tuple[int, ...]) -> Iterable[tuple[str, str]]:
    """A heading that is a harm category, above cells of another kind, is no secret: the lead hears of it."""
    for column in unplaced:
        meaning = known_label(_factor_label(headings[column])) if trimmed(headings[column]) else None
        if meaning is not None and meaning.category:
            yield (
                "harm-heading-not-taken",
                f"A column is called {meaning.category}, but most of its cells say neither Yes nor No: not taken.",
            )


def _twins(keys: list[str], unplaced: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """One heading twice that no field takes: only pointed out. The heading is not said: people may have typed it."""
    counted = Counter(keys[column] for column in unplaced if keys[column])
    return tuple(
        ("one-heading-twice", f"{number} columns that were taken for nothing have one heading; Long list has them all.")
        for number in counted.values()
        if number > 1
    )
