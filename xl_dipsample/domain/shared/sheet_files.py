"""The sheet files, workbook_template/sheets/*.toml, as they are written: columns and what settings are by default.

Everybody who reads these files reads them here: the specs of the workbook check them and build from them, the domain
takes from them what is done with a column of Review and where narrowing down starts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import SpecProblem

Place = bool | int  # True: at the next free place, in the order of the columns; a number: at that place, from 1


@dataclass(frozen=True)
class Column:
    """One column of a table. `width` in characters; `list` names a list of lists.toml.

    What is done with it from `required_when_left` on, and `choices`, the table Review alone can say.
    """

    heading: str
    type: str
    width: float
    by: str
    help: str = ""
    list: str = ""
    choices: tuple[str, ...] = ()  # the words of this list, when they stand here and not in lists.toml
    loose: bool = False  # the list is a suggestion: own words are allowed
    share: bool = False  # may stand in the review workbook and what follows from it
    required: bool = False
    optional: bool = False
    formula: str = ""  # the name of a formula in workbook/formulas.py
    looks: str = ""  # a style of its own, cell_... in workbook/styles.py; '' for that of the type
    required_when_left: bool = False  # asked for in a row whose In sample? is No
    several: bool = False  # a cell may hold more than one word, joined by semicolons
    words: str = ""  # what is counted when there is no drop-down: a list of lists.toml, or a reference "table.column"
    also: tuple[str, ...] = ()  # words that are counted besides, and that nobody is offered
    count: Place = False  # a block on Summary
    group_by: Place = False  # groups on Variations
    second_reader: Place = False  # both readers' answers are compared
    crossed: Place = False  # a chart of decisions on Charts
    asked: str = ""  # the question that this chart answers
    stays: bool = False  # stands in Review and on its Start alone: nothing counts, compares or passes it on
    letters: int = 0  # initials of so many letters at most, and no other text
    chart: Place = False  # a chart of its words on Charts
    chart_title: str = ""  # the question that this one answers
    pivot: Place = False  # a PivotTable on Pivots
    of_answered: bool = False  # its shares are of those who have an answer, not of the sample
    example: tuple[Any, ...] = ()  # the made-up sample: a weight for each word, one more for blank; or texts to choose

    @property
    def own_words(self) -> bool:
        """Whether a cell can hold words of no list, or nothing: what Excel works out holds one of its words."""
        return self.by != "formula"


def read(path: Path) -> dict[str, Any]:
    """One sheet file. Raises SpecProblem with the file's name when it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SpecProblem("spec-unreadable", f"{path.name}: {error}.") from error


def column(raw: Mapping[str, Any]) -> Column:
    """A column from one line of a sheet file. Raises TypeError for a key that no column has."""
    cells: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Column(**cells)


def derived(raw: Mapping[str, Any]) -> tuple[Column, ...]:
    """What is worked out from a table's columns and stands in no column of its own, but is used like one."""
    return tuple(column({"type": "text", "width": 0, "by": "formula", **one}) for one in raw.get("derived", ()))


@cache
def table(sheet: str, name: str) -> Mapping[str, Any]:
    """The table `name` of the file NN_`sheet`.toml, as it is written. Raises KeyError.

    >>> table("review", "Review")["columns"][0]["heading"]
    'Unique ID'
    """
    for path in sorted((reference.template_folder() / "sheets").glob(f"[0-9]*_{sheet}.toml")):
        for one in read(path)["table"]:
            if one["name"] == name:
                found: Mapping[str, Any] = one
                return found
    raise KeyError(name)


def default(sheet: str, setting: str) -> Any:
    """What a setting of Focus or Criteria is in a new workbook; None for a blank cell. Raises KeyError.

    >>> default("Criteria", "Upper age") is None
    True
    """
    cell = {row[0]: row[1] for row in table(sheet.lower(), sheet)["rows"]}[setting]
    return None if cell == "" else cell


def choices(sheet: str, setting: str) -> str:
    """The list of lists.toml that a setting of Focus or Criteria is chosen from. Raises KeyError.

    >>> choices("Criteria", "Keep")
    'keeps'
    """
    name: str = table(sheet.lower(), sheet)["cell_lists"][setting]
    return name
