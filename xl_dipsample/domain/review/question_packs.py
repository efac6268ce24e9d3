"""Question packs: questions for Review that are picked on Focus, with help, choices and where each comes from.

The packs are data, one file each in workbook_template/packs/questions: `name`, as packs.toml beside that folder offers
it; `sources`, by a short name, with document, publisher and year; and the questions. A question has a `key` (it never
changes), `heading`, `type` (one of question_types in lists.toml), `choices`, `help` (what is said when its cell is
marked), `why` it is asked, the `source` of that, and `since`: the first year of which a file can be expected to answer
it. docs/decisions/0034.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.lead_lists import key

HEADINGS = ("Heading", "Type", "Choices", "Help", "Why it is asked", "Pack")


@dataclass(frozen=True)
class Source:
    """Where a question comes from; `year` is a text, since a source can be undated."""

    document: str
    publisher: str
    year: str

    @property
    def sentence(self) -> str:
        """The source as it stands beside a question.

        >>> Source("It's Silent", "The Panel", "2025").sentence
        "Source: It's Silent, The Panel, 2025."
        """
        return f"Source: {self.document}, {self.publisher}, {self.year}."


@dataclass(frozen=True)
class PackQuestion:
    """One question of a pack."""

    key: str
    heading: str
    type: str
    choices: tuple[str, ...]
    help: str
    why: str
    source: Source
    since: int

    def row(self, pack: str) -> list[str | None]:
        """Its row on Questions, in the order of HEADINGS."""
        told = f"{self.why} {self.source.sentence} For files from {self.since} on."
        return [self.heading, self.type, "\n".join(self.choices) or None, self.help, told, pack]


@dataclass(frozen=True)
class QuestionPack:
    """A pack: the name that stands on Focus, and its questions in their order."""

    name: str
    questions: tuple[PackQuestion, ...]


@dataclass(frozen=True)
class Added:
    """The table Questions with packs in it; the headings that came, and those that were there already."""

    table: pd.DataFrame
    came: tuple[str, ...]
    there: tuple[str, ...]


@cache
def packs() -> tuple[QuestionPack, ...]:
    """The shipped packs, in the order of their files.

    >>> packs()[0].name, packs()[0].questions[0].heading
    ('Contexts', 'Where the harm happened')
    """
    folder = reference.template_folder() / "packs" / "questions"
    return tuple(_read(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml")))


def pack(name: str) -> QuestionPack | None:
    """The pack of that name, capitals and spaces aside; None when there is none.

    >>> pack(" decision  REASONS").name, pack("Zorbing")
    ('Decision reasons', None)
    """
    return next((one for one in packs() if key(one.name) == key(name)), None)


def added(table: pd.DataFrame, picked: Sequence[QuestionPack]) -> Added:
    """The table Questions with the questions of `picked` below what stands there.

    A question whose heading is there already, capitals and spaces aside, stays as it is and is not added again.
    """
    taken = {key(trimmed(heading)) for heading in table["Heading"]}
    rows, came, there = [], [], []
    for one in picked:
        for question in one.questions:
            if key(question.heading) in taken:
                there.append(question.heading)
                continue
            taken.add(key(question.heading))
            came.append(question.heading)
            rows.append(dict(zip(HEADINGS, question.row(one.name), strict=True)))
    filled = table.loc[[bool(trimmed(heading)) or _typed(row) for heading, row in _rows(table)]]
    whole = pd.DataFrame([*filled.to_dict("records"), *rows], columns=table.columns, dtype=object)
    return Added(whole.where(whole.notna(), None), tuple(came), tuple(there))


@cache
def texts() -> frozenset[str]:
    """Every text that a pack puts on Questions, as its cells hold it: nobody typed it, so it names nobody."""
    rows = (question.row(one.name) for one in packs() for question in one.questions)
    return frozenset(cell for row in rows for cell in row if cell)


def _rows(table: pd.DataFrame) -> list[tuple[object, list[object]]]:
    return list(zip(table["Heading"], table.to_numpy(dtype=object).tolist(), strict=True))


def _typed(row: list[object]) -> bool:
    return any(trimmed(cell) for cell in row)


def _read(raw: dict[str, Any]) -> QuestionPack:
    """A pack from its file. Raises TypeError or KeyError for one that is not as this module says."""
    sources = {name: Source(**cells) for name, cells in raw["sources"].items()}
    questions = tuple(
        PackQuestion(**{**cells, "choices": tuple(cells["choices"]), "source": sources[cells["source"]]})
        for cells in raw["question"]
    )
    return QuestionPack(raw["name"], questions)
