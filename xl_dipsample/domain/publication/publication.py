"""Which counts a publication copy has, what holds between them, and what of them may be shown.

Only counts of cases in the sample, by words of our own lists. What people typed beside the lists counts as "Other
words"; their words, dates, IDs, teams and names of settings are never published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.analysis.tallies import NOT_ANSWERED, NOT_FILLED, counted, masks
from xl_dipsample.domain.narrowing import stages
from xl_dipsample.domain.publication import public_cross
from xl_dipsample.domain.publication.feasible import Relation
from xl_dipsample.domain.publication.public_funnel import FUNNEL, LONG_LIST_CELL, funnel
from xl_dipsample.domain.publication.public_funnel import TITLE as FUNNEL_TITLE
from xl_dipsample.domain.publication.public_table import ALL, PublicTable
from xl_dipsample.domain.publication.suppression import Figures, Safe, suppress
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.lead_lists import Lists

OTHER_WORDS = "Other words"
TOO_SMALL = "its numbers are too small"
EVERYBODY = "All cases in the sample"


@dataclass(frozen=True)
class Question:
    """A column of Review that is counted. `several`: a case can count in several lines."""

    name: str
    title: str
    heading: str
    words: tuple[str, ...]
    several: bool = False
    blank: str = NOT_FILLED


@dataclass(frozen=True)
class Publication:
    """The tables to publish, what is hidden in them, and what was left out: pairs of title and reason."""

    tables: tuple[PublicTable, ...]
    safe: Safe
    left_out: tuple[tuple[str, str], ...]

    @property
    def numbers(self) -> int:
        """How many different counts the tables have."""
        return len(self.safe.figures.published())


class Counted(NamedTuple):
    """One question over the rows that count: its table, the rows of each cell, what everybody knows of the counts."""

    table: PublicTable
    masks: dict[str, pd.Series]
    relations: list[Relation]


def questions(lists: Lists) -> tuple[Question, ...]:
    """The columns that are published, the dearest first."""
    harms = (*lists.words(lead_lists.HARM), stages.NOTHING_RECORDED)
    bands = (*(band.words for band in review_rules.bands()), review_rules.age_not_known())
    return (
        Question("outcome", "Outcomes", "Outcome", lists.words(lead_lists.OUTCOME)),
        Question("scenario", "Scenarios", "Scenario", review_rules.scenarios(), blank=NOT_ANSWERED),
        Question("harm", "Types of harm", "Type of harm", harms, several=True),
        Question("age", "Age at time of contact", "Age band", bands),
        Question("gender", "Gender", "Gender", lists.words(lead_lists.GENDER)),
        Question("ethnicity", "Ethnicity", "Ethnicity", lists.words(lead_lists.ETHNICITY)),
        Question("referred", "Referred to", "Referred to?", lists.words(lead_lists.REFERRED), several=True),
    )


def count(rows: pd.DataFrame, question: Question) -> Counted:
    """One question over rows that count. A line of ours that is no answer ("Not mapped") is there when it counts."""
    words = [*question.words, review_rules.NOT_MAPPED]
    found = masks(rows, question.heading, words, several=question.several)
    labels = [*words, OTHER_WORDS, question.blank]
    cells = [f"{question.name}:{place}" for place in range(len(labels))]
    by_cell = dict(zip(cells, (*found.words, found.other, found.blank), strict=True))
    dull = {cell for cell in cells[len(question.words) :] if not by_cell[cell].any()}
    lines = [(label, (cell,)) for label, cell in zip(labels, cells, strict=True) if cell not in dull]
    table = PublicTable(
        question.name,
        question.title,
        question.heading.rstrip("?"),
        ("Number of cases",),
        ((EVERYBODY, (ALL,)), *lines),
        shares=True,
        several=question.several,
        zeros=tuple(sorted(dull)),
    )
    return Counted(table, by_cell, _relations(cells, several=question.several))


def _relations(cells: Sequence[str], *, several: bool) -> list[Relation]:
    """One word a case: the lines add up to all cases. Several: each case that is not blank counts at least once."""
    *answers, blank = cells
    if not several:
        return [Relation(((ALL, 1), *((cell, -1) for cell in cells)))]
    at_least = Relation((*((cell, 1) for cell in cells), (ALL, -1)), 0, None)
    return [at_least, *(Relation(((ALL, 1), (blank, -1), (cell, -1)), 0, None) for cell in answers)]


def publication(
    review_table: pd.DataFrame, funnel_table: pd.DataFrame | None, lists: Lists, *, rounded: bool = False
) -> Publication:
    """Everything that may be published of a review workbook's tables Review and Funnel, in the words of its lists."""
    rows = counted(review_table)
    counts: dict[str, int] = {ALL: len(rows)}
    relations: list[Relation] = []
    by_cell: dict[str, pd.Series] = {}
    tables: dict[str, PublicTable] = {}
    left_out: list[tuple[str, str]] = []
    stages_found = funnel(funnel_table, int(review_rules.has_left(review_table).sum()), len(rows))
    if isinstance(stages_found, str):
        left_out.append((FUNNEL_TITLE, stages_found))
    else:
        tables[FUNNEL] = stages_found.table
        counts |= stages_found.counts
        relations += stages_found.relations
    for question in questions(lists):
        found = count(rows, question)
        tables[question.name] = found.table
        by_cell |= found.masks
        relations += found.relations
    counts |= {cell: int(mask.sum()) for cell, mask in by_cell.items()}
    shown = {name: table.cells for name, table in tables.items()}
    safe = _safest(Figures(counts, tuple(relations), shown, _dear(counts)), rounded=rounded)
    left_out += [(tables[name].title, TOO_SMALL) for name in safe.dropped]
    safe, cross = public_cross.add_cross(safe, tables["outcome"], tables["scenario"], by_cell)
    made = [table for name, table in tables.items() if name in safe.figures.tables]
    if cross is None:
        left_out.append((public_cross.TITLE, TOO_SMALL))
    else:
        made.append(cross)
    return Publication(tuple(made), safe, tuple(left_out))


def _dear(counts: dict[str, int]) -> dict[str, int]:
    """How much rather a number is shown than what remained after a stage: all cases above everything."""
    dear = {cell: 1 if cell.startswith(f"{FUNNEL}:rest") else 3 for cell in counts}
    return dear | {ALL: 1000, LONG_LIST_CELL: 300}


def _safest(figures: Figures, *, rounded: bool) -> Safe:
    """With the number of all cases shown; hidden, as a last resort, when that saves tables."""
    shown = suppress(figures, rounded=rounded, fixed={ALL})
    if not shown.dropped:
        return shown
    hidden = suppress(figures, rounded=rounded)
    return hidden if len(hidden.dropped) < len(shown.dropped) else shown
