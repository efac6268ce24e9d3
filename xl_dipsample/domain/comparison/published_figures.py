"""What the Department for Education publishes for a local authority: the factors identified at the end of assessments.

Source: dfe_factors_published.csv (see SOURCES.md there). Figures of authorities are exact, those of England and the
regions are rounded to the nearest 10. What is suppressed or was not collected is a letter there, and nothing here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.shared import reference, share_cells
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.domain.shared.statistics import FEW

TABLE = "dfe_factors_published"
ENGLAND = "England"
HEADINGS = ("Authority", "Factor", "Year", "Count", "Of", "%", "England %", "In words")
NOTE = (
    "Published by the Department for Education: counts of assessments (episodes), not of young people; one assessment "
    "can have several factors, so they overlap. Figures of England and of regions are rounded to the nearest 10."
)


class Factor(NamedTuple):
    """A published factor that belongs to a harm category; `years` in which the code was in use."""

    code: str
    words: str
    category: str
    first: int
    last: int


@dataclass(frozen=True)
class Published:
    """One figure: episodes with the factor, of all with factors. None: not published."""

    count: int | None
    of: int | None


@cache
def factors() -> tuple[Factor, ...]:
    """The published factors of the harm categories, in the categories' order; opt-in ones (3A) are not among them."""
    known = {row["code"]: row for row in reference.table("dfe_factors")}
    columns = set(reference.table(TABLE)[0])
    made = []
    for row in reference.table("harm_categories"):
        for code in (*reference.parts(row["dfe_factors"]), *reference.parts(row["ambiguous_factors"])):
            if code in columns:
                of = known[code]
                words = f"{of['label']} ({code})"
                made.append(Factor(code, words, row["category"], int(of["first_year"]), int(of["last_year"] or 9999)))
    return tuple(made)


def years() -> list[int]:
    """The years that are published, each named by its end on 31 March."""
    return sorted({int(row["year"]) for row in reference.table(TABLE)})


def authority(asked: str) -> str:
    """The published name of an area, whatever the capitals, spaces and punctuation.

    Raises SettingProblem when there is none; it names those that are spelt alike, and takes none of them by itself.

    >>> authority("  hackney "), authority("st helens"), authority("Kingston-upon-Thames")
    ('Hackney', 'St. Helens', 'Kingston upon Thames')
    """
    names = {_folded(row["area"]): row["area"] for row in reference.table(TABLE)}
    wanted = _folded(asked)
    if wanted in names:
        return names[wanted]
    near = [folded for folded in names if wanted and (wanted in folded or folded in wanted)]
    near += [one for one in difflib.get_close_matches(wanted, list(names), 3, 0.7) if one not in near]
    listed = ", ".join(names[one] for one in near[:3])
    hint = f"Did you mean {listed}?" if listed else "Write its name as the Department for Education does."
    raise SettingProblem("no-such-authority", f"No figures are published for an authority of that name. {hint}")


def published(area: str, year: int, code: str) -> Published:
    """What is published for one area, year and factor.

    >>> published("Hackney", 2018, "13A"), published("Hackney", 2022, "13A")
    (Published(count=116, of=4401), Published(count=None, of=None))
    """
    row = _rows().get((year, area), {})
    return Published(_number(row.get(code, "")), _number(row.get("episodes", "")))


def nearest_years(asked: Iterable[range | None]) -> list[int]:
    """The published years in which the samples' periods fall; the latest published one for what lies after them."""
    known = years()
    wanted = {year for one in asked for year in (one or (known[-1],))}
    return sorted({min(max(year, known[0]), known[-1]) for year in wanted})


def context_table(area: str, shown: Sequence[int]) -> pd.DataFrame:
    """The table Context: a row for each factor and year of `shown`, the years in order; None where not published.

    From the second year on, "In words" tells the change since the first year that has a figure.
    """
    rows = [row for factor in factors() for row in _lines(area, factor, sorted(set(shown)))]
    return pd.DataFrame(rows, columns=list(HEADINGS), dtype=object)


def _lines(area: str, factor: Factor, shown: Collection[int]) -> list[list[object]]:
    lines: list[list[object]] = []
    first: tuple[int, Published] | None = None
    for year in shown:
        if not factor.first <= year <= factor.last:
            continue
        here, england = published(area, year, factor.code), published(ENGLAND, year, factor.code)
        words = _in_words(first, here)
        if first is None and here.count is not None and here.of:
            first = (year, here)
        lines.append([area, factor.words, str(year), here.count, here.of, _percent(here), _percent(england), words])
    return lines


def _in_words(first: tuple[int, Published] | None, here: Published) -> str:
    if here.count is None or not here.of:
        return "Not published for this year."
    if first is None or first[1].count is None or not first[1].of:
        return f"{share_cells.in_words(here.count, here.of)} assessments with factors."
    year, then = first
    found = share_cells.difference(then.count, then.of, here.count, here.of)
    told = f"{share_cells.in_words(first[1].count, first[1].of)} in the year to March {year}, "
    told += f"{share_cells.in_words(here.count, here.of)} in this one: "
    if found is None or found.low is None or found.high is None:
        return f"{told}too few to compare."
    return f"{told}{share_cells.change_in_words(found.low, found.high)}."


def _percent(figure: Published) -> float | None:
    """Per cent to one decimal; None where there is none, or fewer than 10 in all."""
    if figure.count is None or figure.of is None or figure.of < FEW:
        return None
    return round(100 * figure.count / figure.of, 1)


@cache
def _rows() -> dict[tuple[int, str], dict[str, str]]:
    return {(int(row["year"]), row["area"]): row for row in reference.table(TABLE)}


def _number(cell: str) -> int | None:
    return int(cell) if cell.isdigit() else None


def _folded(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", name.casefold().replace("&", " and ")).strip()
