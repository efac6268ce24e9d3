"""The study: how often plain tests find something where nothing is, and at which seeds they find what is planted.

    python -m tests.reference.planted.calibration [FOLDER]

writes the four tables of `measured` anew and prints them; some minutes on one processor.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from tests.reference.planted import fixed_seeds as seeds
from tests.reference.planted.patterns import CHANGES, LARGE, MODERATE, PATTERNS
from tests.reference.planted.plain_tests import LEVEL, fisher
from tests.reference.planted.planted_questions import COMPARED, QUESTIONS, Table, beside, few, unchanged
from tests.reference.planted.planted_samples import SIZES, pair, planted
from tests.reference.planted.says import (
    LIMIT,
    Grade,
    by_chance,
    graded,
    plain_p,
    plain_p_of_two,
    tables_of,
    tables_of_two,
)

MEASURED = Path(__file__).parent / "measured"
EFFECTS = (LARGE, MODERATE)
P = tuple[float | None, float]  # as it is read first (None: a group is under ten), the largest of all readings


@dataclass(frozen=True)
class Noise:
    """Of so many samples (or pairs): in how many something is clear, and the mean of what looks like something."""

    what: str
    cases: int
    samples: int
    clear_somewhere: int
    leads_or_clear: int  # p < 0.05 before any correction, over all samples
    mean_found: float
    mean_by_chance: float  # what the exact tests' own chances add up to
    mean_few: float  # questions with a group under ten


@dataclass(frozen=True)
class Found:
    """The seeds at which a pattern of one effect is significant in the plain test."""

    pattern: str
    effect: str
    cases: int
    tried: int
    under_ten: int  # samples with a group under ten: not among those found
    one_reading_only: int  # significant as it is read first, but not in every reading: not among those found
    found: int
    below_limit: int  # of those found: p is below 0.05 / 12
    seeds_below_limit: str
    seeds_above_limit: str


@dataclass(frozen=True)
class Beside:
    """With a pattern planted: in how many samples something that nobody planted is clear."""

    pattern: str
    cases: int
    samples: int
    planted_is_clear: int
    clear_beside: int


def noise(what: str, cases: int, all_tables: Iterable[Mapping[str, Table]]) -> Noise:
    clear = found = number = left = 0
    expected = 0.0
    for tables in all_tables:
        grades = list(graded(tables).values())
        number += 1
        clear += "clear" in grades
        found += grades.count("clear") + grades.count("lead")
        left += grades.count("few")
        expected += by_chance(tables)
    means = (round(one / number, 4) for one in (found, expected, left))
    return Noise(what, cases, number, clear, found, *means)


def noise_in_samples(cases: int, many: Iterable[int] = seeds.NOTHING) -> Noise:
    return noise("samples", cases, (tables_of(planted(cases, seed)) for seed in many))


def noise_in_pairs(cases: int, many: Iterable[int] = seeds.NOTHING_OF_TWO) -> Noise:
    return noise("pairs", cases, (tables_of_two(*pair(cases, seed)) for seed in many))


def _found(
    name: str, effect: str, cases: int, seeds_tried: Iterable[int], p_values: Callable[[int], P], wanted: int
) -> Found:
    below: list[int] = []
    above: list[int] = []
    tried = under_ten = one_reading = 0
    for seed in seeds_tried:
        if len(below) + len(above) == wanted:
            break
        tried += 1
        first, largest = p_values(seed)
        if first is None:
            under_ten += 1
        elif largest < LEVEL:
            (below if largest < LIMIT else above).append(seed)
        else:
            one_reading += first < LEVEL
    texts = (" ".join(map(str, one)) for one in (below, above))
    return Found(name, effect, cases, tried, under_ten, one_reading, len(below) + len(above), len(below), *texts)


def found_planted(pattern: str, effect: str, cases: int, wanted: int = seeds.WANTED) -> Found:
    question = PATTERNS[pattern].question

    def p_values(seed: int) -> P:
        sample = planted(cases, seed, pattern, effect)
        table = QUESTIONS[question].table(sample.review)
        return (None, 1.0) if few(table) else (fisher(table), plain_p(sample, question))

    return _found(pattern, effect, cases, seeds.PLANTED, p_values, wanted)


def found_changed(change: str, effect: str, cases: int, wanted: int = seeds.WANTED) -> Found:
    share = CHANGES[change].share

    def p_values(seed: int) -> P:
        before, after = pair(cases, seed, change, effect)
        table = COMPARED[share].table(before.review, after.review)
        return (None, 1.0) if few(table) else (fisher(table), plain_p_of_two(before, after, share))

    return _found(change, effect, cases, seeds.CHANGED, p_values, wanted)


def beside_planted(pattern: str, cases: int, many: Iterable[int] = seeds.BESIDE) -> Beside:
    question = PATTERNS[pattern].question
    all_grades = (graded(tables_of(planted(cases, seed, pattern))) for seed in many)
    return _beside(pattern, cases, question, beside(question), all_grades)


def beside_changed(change: str, cases: int, many: Iterable[int] = seeds.BESIDE_OF_TWO) -> Beside:
    share = CHANGES[change].share
    all_grades = (graded(tables_of_two(*pair(cases, seed, change))) for seed in many)
    return _beside(change, cases, share, unchanged(share), all_grades)


def _beside(
    name: str, cases: int, question: str, others: list[str], all_grades: Iterable[Mapping[str, Grade]]
) -> Beside:
    number = clear = false = 0
    for grades in all_grades:
        number += 1
        clear += grades[question] == "clear"
        false += any(grades[one] == "clear" for one in others)
    return Beside(name, cases, number, clear, false)


def _noise_rows() -> Iterator[Noise]:
    for cases in SIZES:
        yield noise_in_samples(cases)
        yield noise_in_pairs(cases)


STUDY: dict[str, Callable[[], Iterator[Any]]] = {
    "nothing": _noise_rows,
    "planted": lambda: (
        found_planted(name, effect, cases) for name in PATTERNS for effect in EFFECTS for cases in SIZES
    ),
    "changed": lambda: (
        found_changed(name, effect, cases) for name in CHANGES for effect in EFFECTS for cases in SIZES
    ),
    "beside": lambda: (
        row for cases in SIZES for row in (
            *(beside_planted(name, cases) for name in PATTERNS), *(beside_changed(name, cases) for name in CHANGES),
        )
    ),
}  # fmt: skip
Row = TypeVar("Row", Noise, Found, Beside)


def recorded(name: str, kind: type[Row]) -> list[Row]:
    """The rows of a table of `measured`."""
    with (MEASURED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        types = {one.name: {"int": int, "float": float, "str": str}[str(one.type)] for one in fields(kind)}
        return [kind(**{key: types[key](value) for key, value in row.items()}) for row in csv.DictReader(file)]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows_of in STUDY.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer: csv.DictWriter[str] | None = None
            for row in rows_of():
                cells = asdict(row)
                if writer is None:
                    writer = csv.DictWriter(file, list(cells), lineterminator="\n")
                    writer.writeheader()
                writer.writerow(cells)
                file.flush()
                told = [str(value) for key, value in cells.items() if not key.startswith("seeds_")]
                sys.stdout.write(f"{name}: {', '.join(told)}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MEASURED)
