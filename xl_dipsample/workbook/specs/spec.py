"""The sheet specs: read from workbook_template/sheets/*.toml, checked, and offered as plain values.

The spec is the single source for the templates, the pandera schemas, the allow-lists and the column guide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from xl_dipsample.domain.shared import reference, sheet_files, version_records, word_lists
from xl_dipsample.domain.shared.errors import SpecProblem
from xl_dipsample.workbook.host import Kind

TYPES = ("text", "long_text", "whole", "number", "date", "datetime", "choice")
FILLED_BY = ("us", "people", "formula")
PROMPT_LENGTH = 255  # Excel's limit for the text of an input prompt
KINDS: tuple[Kind, ...] = ("working", "review")
Column = sheet_files.Column
# What is done with a column, its key in the sheet file, and where it shows.
USES: dict[str, Callable[[Column], sheet_files.Place]] = {
    "count": lambda one: one.count,
    "group_by": lambda one: one.group_by,
    "second_reader": lambda one: one.second_reader,
    "crossed": lambda one: one.crossed,
    "chart": lambda one: one.chart,
    "pivot": lambda one: one.pivot,
}
SPEC_VERSION = version_records.newest()  # stands in every workbook; make templates raises it when tables change


@dataclass(frozen=True)
class Need:
    """What one cell of a row asks of another: where the column `when` holds `equals`, `column` must be filled."""

    column: str
    when: str
    equals: str


@dataclass(frozen=True)
class Table:
    """One table: `anchor` is the cell of its first heading; `key` are the columns that tell its rows apart."""

    name: str
    sheet: str
    kinds: tuple[Kind, ...]
    anchor: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...] = ()
    cell_lists: dict[str, str] = field(default_factory=dict)  # key value -> list, for Setting / Value tables
    cell_types: dict[str, str] = field(default_factory=dict)
    cell_several: tuple[str, ...] = ()  # the keys whose Value may hold several words of its list
    open_columns: bool = False  # more columns than the spec's may follow
    needs: tuple[Need, ...] = ()

    @property
    def first_row(self) -> int:
        """The row of its first line below the headings, as Excel numbers rows."""
        return int(self.anchor.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) + 1

    @property
    def headings(self) -> list[str]:
        """The headings, in order."""
        return [column.heading for column in self.columns]

    @property
    def without_staying(self) -> Table:
        """The same table without the columns that stay in the review workbook itself."""
        return replace(self, columns=tuple(column for column in self.columns if not column.stays))

    def column(self, heading: str) -> Column:
        """The column of that heading. Raises KeyError."""
        for column in self.columns:
            if column.heading == heading:
                return column
        raise KeyError(heading)


@dataclass(frozen=True)
class Sheet:
    """One sheet: `live` names a layout in workbook/sheets/ (formulas that follow what people type)."""

    name: str
    kinds: tuple[Kind, ...]
    title: str
    about: str
    tables: tuple[Table, ...]
    live: str = ""
    read_only_in: tuple[Kind, ...] = ()
    when_filled: bool = False  # built only when there is something to put in it
    freeze_columns: int = -1  # the first columns that stay in sight beside the header row; -1: nothing is frozen
    row_height: float = 0  # of the table's rows, in points; 0: as the text needs
    print_area: str = ""  # what is printed, when it is not everything
    number: Mapping[str, str] = field(default_factory=dict)  # kind -> its place among the sheets' files


@cache
def sheets(kind: Kind) -> tuple[Sheet, ...]:
    """The sheets of one kind of workbook, in order, each with the tables that this kind has there."""
    every = _all_sheets(reference.template_folder() / "sheets")
    here = [one for sheet in every for one in sheet.tables if kind in one.kinds]
    chosen = sorted((sheet for sheet in every if kind in sheet.kinds), key=lambda sheet: sheet.number[kind])
    return tuple(replace(sheet, tables=_on(sheet, here)) for sheet in chosen)


def _on(sheet: Sheet, here: list[Table]) -> tuple[Table, ...]:
    """The tables that lie on a sheet: first its own, then those of other sheets that have their place there."""
    found = [one for one in here if one.sheet == sheet.name]
    return tuple(sorted(found, key=lambda one: one not in sheet.tables))


def tables(kind: Kind) -> Iterator[Table]:
    """Every table of one kind of workbook."""
    for sheet in sheets(kind):
        yield from sheet.tables


@cache
def table(kind: Kind, name: str) -> Table:
    """One table by its name. Raises KeyError."""
    for one in tables(kind):
        if one.name == name:
            return one
    raise KeyError(name)


def lists() -> Mapping[str, tuple[str, ...]]:
    """Every drop-down list by name.

    >>> lists()["yes_no"]
    ('Yes', 'No')
    """
    return word_lists.lists()


@cache
def _all_sheets(folder: Path) -> tuple[Sheet, ...]:
    return tuple(read_sheet(path) for path in sorted(folder.glob("*.toml")))


def read_sheet(path: Path) -> Sheet:
    """One spec file. Raises SpecProblem with the file's name and line when it contradicts itself."""
    raw, text = sheet_files.read(path), path.read_text(encoding="utf-8")
    kinds = tuple(raw["kinds"])
    found = tuple(made for one in raw.get("table", ()) for made in _tables(path, text, raw["sheet"], kinds, one))
    for kind in KINDS:
        names = [one.name for one in found if kind in one.kinds]
        for name in names:
            if names.count(name) > 1:
                raise _contradiction(path, text, f'name = "{name}"', f"the table {name} is there twice")
    return Sheet(
        name=raw["sheet"],
        kinds=kinds,
        title=raw["title"],
        about=raw["about"],
        tables=found,
        live=raw.get("live", ""),
        read_only_in=tuple(raw.get("read_only_in", ())),
        when_filled=raw.get("when_filled", False),
        freeze_columns=raw.get("freeze_columns", -1),
        row_height=raw.get("row_height", 0),
        print_area=raw.get("print_area", ""),
        number=dict.fromkeys(KINDS, path.name) | {kind: f"{at:02}" for kind, at in raw.get("number", {}).items()},
    )


def _tables(path: Path, text: str, sheet: str, kinds: tuple[Kind, ...], raw: dict[str, Any]) -> list[Table]:
    """The table as each kind of workbook has it: `place` names those where it lies on another sheet."""
    made = _table(path, text, sheet, kinds, raw)
    places: dict[Kind, dict[str, str]] = raw.get("place", {})
    for kind, at in places.items():
        if kind not in made.kinds or set(at) != {"sheet", "anchor"}:
            what = f"the place of {made.name} in {kind} has no use, or has not sheet and anchor"
            raise _contradiction(path, text, f"[table.place.{kind}]", what)
    at_home = tuple(kind for kind in made.kinds if kind not in places)
    away = [replace(made, kinds=(kind,), sheet=at["sheet"], anchor=at["anchor"]) for kind, at in places.items()]
    return [replace(made, kinds=at_home), *away]


def _table(path: Path, text: str, sheet: str, kinds: tuple[Kind, ...], raw: dict[str, Any]) -> Table:
    columns = tuple(map(sheet_files.column, raw["columns"]))
    made = Table(
        name=raw["name"],
        sheet=sheet,
        kinds=tuple(raw.get("kinds", kinds)),
        anchor=raw["anchor"],
        key=tuple(raw["key"]),
        columns=columns,
        rows=tuple(tuple(row) for row in raw.get("rows", ())),
        cell_lists=dict(raw.get("cell_lists", {})),
        cell_types=dict(raw.get("cell_types", {})),
        cell_several=tuple(raw.get("cell_several", ())),
        open_columns=raw.get("open_columns", False),
        needs=tuple(Need(**need) for need in raw.get("needs", ())),
    )
    _check_table(path, text, made)
    for one in (*columns, *sheet_files.derived(raw)):
        wrong = _wrong_use(one, made.name) or _wrong_place(one, (*columns, *sheet_files.derived(raw)))
        if wrong:
            raise _contradiction(path, text, f'heading = "{one.heading}"', wrong)
    return made


def _check_table(path: Path, text: str, made: Table) -> None:
    """Raise for the first thing in the table that contradicts something else."""
    named = f'name = "{made.name}"'
    for column in made.columns:
        wrong = _wrong_with(column, made)
        if wrong:
            raise _contradiction(path, text, f'heading = "{column.heading}"', wrong)
    needed = [heading for need in made.needs for heading in (need.column, need.when)]
    for what, headings in (("the key", made.key), ("the needed column", needed)):
        for heading in headings:
            if heading not in made.headings:
                raise _contradiction(path, text, named, f"{what} {heading} of {made.name} is none of its columns")
    for row in made.rows:
        if len(row) != len(made.columns):
            raise _contradiction(path, text, named, f"a row of {made.name} has not as many cells as columns")
    keys = {row[0] for row in made.rows}
    for key, name in made.cell_lists.items():
        if key not in keys or name not in lists():
            raise _contradiction(path, text, f'"{key}" = "{name}"', f"{key} or the list {name} is not there")


def _wrong_with(column: Column, made: Table) -> str:
    """What contradicts something else in one column; '' when nothing does."""
    rules = (
        (made.headings.count(column.heading) > 1, f"the heading {column.heading} is there twice in {made.name}"),
        (column.type not in TYPES, f"the type {column.type} is none of {', '.join(TYPES)}"),
        (column.by not in FILLED_BY, f"filled by {column.by} is none of {', '.join(FILLED_BY)}"),
        (bool(column.list) and column.list not in lists(), f"there is no list {column.list} in lists.toml"),
        (column.type == "choice" and not column.list, "a choice needs a list"),
        (
            (column.by == "formula") != bool(column.formula),
            "a formula column needs its formula's name, others have none",
        ),
        (column.required and column.by != "people", "only people can fill a required column"),
        (len(column.help) > PROMPT_LENGTH, "the help is longer than the 255 characters of a prompt"),
    )
    return next((sentence for broken, sentence in rules if broken), "")


def _wrong_use(column: Column, table_name: str) -> str:
    """What is missing for something that is to be done with a column; '' when nothing is."""
    listed = column.words or column.list
    try:
        words = len(word_lists.words(listed)) if listed else 0
    except (KeyError, FileNotFoundError):
        return f"there is no list {listed} in lists.toml or in reference/"
    shown = column.count or column.group_by or column.crossed or column.chart or column.pivot
    weights = column.example if column.list else ()
    used = any(use(column) for use in USES.values()) or column.required_when_left or bool(column.choices)
    rules = (
        (
            used and table_name != "Review",
            "columns of Review alone are counted, compared and crossed, or bring their own list",
        ),
        (
            bool(column.choices) and column.choices != word_lists.lists().get(column.list),
            "choices need a list of their own",
        ),
        (bool(shown) and not words, "what is counted needs a list, or words, to count"),
        (bool(column.crossed) != bool(column.asked), "a chart of decisions needs crossed and its question, asked"),
        (
            column.stays and (used or column.share or column.required or column.by != "people"),
            "what stays is filled by people, not required, not shared and used for nothing",
        ),
        (column.stays and table_name != "Review", "a column of Review alone can stay there"),
        (bool(column.letters) and (column.type != "text" or not column.stays), "initials are a text that stays"),
        (bool(column.chart) != bool(column.chart_title), "a chart of words needs chart and its question, chart_title"),
        (bool(weights) and len(weights) not in (words, words + 1), "the example has another number than words"),
        (column.required_when_left and column.by != "people", "only people can fill a required column"),
    )
    return next((sentence for broken, sentence in rules if broken), "")


def _wrong_place(column: Column, among: tuple[Column, ...]) -> str:
    """A place that is taken, or beyond the last; '' when every place of the column can be had."""
    for name, use in USES.items():
        place, others = use(column), [use(one) for one in among if use(one) is not False]
        if isinstance(place, bool):
            continue
        if not 1 <= place <= len(others) or [one for one in others if one is not True].count(place) > 1:
            return f"{name} = {place} is taken, or beyond the last of {len(others)}"
    return ""


def _contradiction(path: Path, text: str, near: str, what: str) -> SpecProblem:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.search(re.escape(near), line)]
    line = lines[-1] if lines else 1
    return SpecProblem("spec-contradiction", f"{path.name}, line {line}: {what}.")
