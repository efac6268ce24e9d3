"""What the live sheets count: for each question its column of Review and the words that are always listed.

A block depends on the lists and on the settings of the workbook (Categories, Questions), never on what is typed in
Review: the cells of a sheet stay where they are while people type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from xl_dipsample.domain.analysis import decision_line, number_bands
from xl_dipsample.domain.analysis.tallies import NOT_ANSWERED, NOT_FILLED, Flags, flags
from xl_dipsample.domain.review import decision_points, question_pairs, review_columns
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.sheet_files import Column, Place
from xl_dipsample.workbook.sheets.parts import count_formulas
from xl_dipsample.workbook.sheets.parts.layout import Book
from xl_dipsample.workbook.specs import columns, spec

BANDS = "Each band begins above the one before it."
OVERLAP = "A case can have several, so these percentages add up to more than 100."
ANSWERED = "Answered"
HARM, SCENARIO = "Type of harm", "Scenario"
SIDES = (decision_line.UNDER, decision_line.OVER, "On neither side", "No outcome yet")


@dataclass(frozen=True)
class Block:
    """One question: `words` are listed in order. `several`: a cell may hold more than one.

    `own_words` is False where every filled cell has one of the words (a formula column, or "answered").
    `of_answered`: its shares are of those who have an answer. `note`: how its lines are to be read.
    """

    title: str
    heading: str
    words: tuple[str, ...]
    several: bool = False
    own_words: bool = True
    blank: str = NOT_FILLED
    of_answered: bool = False

    @property
    def note(self) -> str:
        """How the lines are to be read; '' where nothing is to be said."""
        return OVERLAP if self.several else ""

    def answered(self, rows: pd.DataFrame) -> int:
        """How many rows that count have an answer."""
        return int((~flags(rows, self.heading, ())[-1]).sum())

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of every line, in order."""
        return (*self.words, *((count_formulas.OTHER_WORDS,) if self.own_words else ()), self.blank)

    def flags(self, rows: pd.DataFrame) -> Flags:
        """True where a row belongs to a line: one line of the array for each of `labels`; over rows that count."""
        if self.words == (ANSWERED,):
            nothing = flags(rows, self.heading, ())[-1]
            return np.array([~nothing, nothing])
        found = flags(rows, self.heading, self.words, several=self.several)
        return found if self.own_words else np.delete(found, len(self.words), axis=0)

    def numbers(self, rows: pd.DataFrame) -> list[int]:
        """The n of every line, in the order of `labels`, over rows that count."""
        counts: list[int] = self.flags(rows).sum(axis=1).tolist()
        return counts

    def tests(self, cells: Sequence[str]) -> list[str]:
        """The test of every line, in the order of `labels`; `cells` are the addresses of the words.

        "Other words" of a column with one word per cell is '': it is what the other lines leave of the whole.
        """
        if self.words == (ANSWERED,):
            return [count_formulas.filled(self.heading), count_formulas.blank(self.heading)]
        found = [
            (count_formulas.holds if self.several else count_formulas.equals)(self.heading, cell) for cell in cells
        ]
        if self.own_words:
            found.append(count_formulas.holds_other(self.heading, cells) if self.several else "")
        return [*found, count_formulas.blank(self.heading)]


@dataclass(frozen=True)
class NumberBlock(Block):
    """A question that is answered with a number; `words` are its bands. A cell with something else is Other words."""

    @property
    def note(self) -> str:
        """How the bands are to be read."""
        return BANDS

    def flags(self, rows: pd.DataFrame) -> Flags:
        """True where a row belongs to a band, holds no number, holds nothing."""
        nothing = flags(rows, self.heading, ())[-1]
        cells = rows[self.heading].tolist() if self.heading in rows.columns else [None] * len(rows)
        found = [number_bands.band_of(cell) for cell in cells]
        bands = [np.array([band == word for band in found], dtype=bool) for word in self.words]
        other = np.array([not band for band in found], dtype=bool) & ~nothing
        return np.array([*bands, other, nothing])

    def tests(self, cells: Sequence[str]) -> list[str]:
        """The test of every band; '' for what is no number, which the others leave."""
        del cells
        bands = [count_formulas.between(self.heading, one.above, one.up_to) for one in number_bands.bands()]
        return [*bands, "", count_formulas.blank(self.heading)]


@dataclass(frozen=True)
class LineBlock(Block):
    """The sides of the decision line. `places` are the addresses at which the words of the outcomes stand.

    `lists` says on which side each stands.
    """

    places: tuple[tuple[str, str], ...] = ()
    lists: Lists = field(default_factory=lead_lists.shipped)

    @property
    def labels(self) -> tuple[str, ...]:
        """Closed, progressed, on neither side, nothing yet: every case is in one of them."""
        return SIDES

    def flags(self, rows: pd.DataFrame) -> Flags:
        """True where a row belongs to a side, a line of the array for each of `labels`."""
        sides, nothing = decision_line.line(rows, self.lists, self.heading), flags(rows, self.heading, ())[-1]
        closed, progressed = ((sides == side).to_numpy(dtype=bool) for side in SIDES[:2])
        return np.array([closed, progressed, ~closed & ~progressed & ~nothing, nothing])

    def tests(self, cells: Sequence[str]) -> list[str]:
        """The test of every side; '' for neither side, which is what the others leave."""
        del cells
        at = dict(self.places)
        sides = (self.lists.on(decision_line.UNDER), self.lists.on(decision_line.OVER))
        tests = [count_formulas.one_of(self.heading, [at[word] for word in words if word in at]) for words in sides]
        return [*tests, "", count_formulas.blank(self.heading)]


def line(places: Mapping[str, str], book: Book, heading: str = decision_points.FIRST) -> LineBlock:
    """The decision line; `places`: the word of an outcome -> the address at which it stands; `heading`: its column."""
    return LineBlock("Decision line", heading, (), places=tuple(places.items()), lists=book.lists)


def harm(book: Book) -> Block:
    """Types of harm: the chosen ones first, then the others that the tool knows."""
    table = _table(book, "Categories")
    chosen = [excel_text(c) for c, yes in zip(table["Category"], table["Chosen"], strict=True) if _is_yes(yes)]
    rest = [excel_text(c) for c in table["Category"]]
    words = [*chosen, *rest, *review_columns.words(HARM, book.lists)]
    return Block("Types of harm", HARM, _distinct(words), several=True)


def of(heading: str, book: Book) -> Block:
    """What is counted in a column of Review; Type of harm has `harm`, because its words are the lead's."""
    return _of(review_columns.column(heading), book)


def _of(one: Column, book: Book) -> Block:
    """The same of any column. More choices than a formula can hold only count as answered."""
    heading = one.heading
    words = _distinct([excel_text(word) for word in review_columns.words_of(one, book.lists)])
    if one.of_answered and not 0 < len(words) <= count_formulas.MOST_WORDS:
        return Block(heading, heading, (ANSWERED,), own_words=False)
    if one.words == number_bands.LIST:
        return NumberBlock(heading, heading, words, of_answered=one.of_answered)
    blank = NOT_ANSWERED if heading == SCENARIO else NOT_FILLED
    return Block(heading, heading, words, one.several, one.own_words, blank, one.of_answered)


def counted(book: Book) -> list[Block]:
    """The blocks of Summary in their order: our own columns, then the questions of the team."""
    return [_block(one, book) for one in _used(book, lambda one: one.count)]


def charted(book: Book) -> list[tuple[Block, str]]:
    """What has a chart of its words, in the order of Charts, each with the question that it answers."""
    found = [(_block(one, book), one.chart_title) for one in _used(book, lambda one: one.chart)]
    return [(block, title) for block, title in found if block.words != (ANSWERED,)]


def crossed(book: Book) -> list[tuple[Block, str]]:
    """What is set against the decision line, in the order of Charts, each with the question that it answers."""
    return [(_block(one, book), one.asked) for one in _used(book, lambda one: one.crossed)]


def paired(book: Book) -> list[tuple[Block, Block]]:
    """The pairs that the lead chose: of each the two columns, the one with more lines first."""
    asked = columns.of_review(book.tables.get("Questions"))
    found = []
    for pair in question_pairs.pairs(book.tables.get(question_pairs.TABLE), asked):
        sides = [_block(one, book) for one in pair]
        found.append((sides[0], sides[1]))
    return [(a, b) if len(a.labels) >= len(b.labels) else (b, a) for a, b in found]


def _used(book: Book, use: Callable[[Column], Place]) -> tuple[Column, ...]:
    return review_columns.placed(columns.of_review(book.tables.get("Questions")), use)


def _block(one: Column, book: Book) -> Block:
    return harm(book) if one.heading == HARM else _of(one, book)


def _table(book: Book, name: str) -> pd.DataFrame:
    """A table of the workbook; an empty one with the spec's headings when it is not given."""
    found = book.tables.get(name)
    if found is None:
        found = pd.DataFrame(columns=spec.table("review", name).headings, dtype=object)
    return found


def _is_yes(value: object) -> bool:
    return excel_text(value).casefold() == "yes"


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """Each word once, capitals aside, blanks left out: two lines with one word would count its rows twice."""
    found: dict[str, str] = {}
    for word in words:
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())
