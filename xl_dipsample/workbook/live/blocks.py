"""What the live sheets count: for each question its column of Review and the words that are always listed.

A block depends on the lists and on the settings of the workbook (Categories, Questions), never on what is typed in
Review: the cells of a sheet stay where they are while people type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain import reference, review
from xl_dipsample.domain.summary import NOT_ANSWERED, NOT_FILLED, masks
from xl_dipsample.workbook import columns, spec
from xl_dipsample.workbook.live import counts
from xl_dipsample.workbook.live.book import Book

OVERLAP = "A case can have several, so these percentages add up to more than 100."
ANSWERED = "Answered"


@dataclass(frozen=True)
class Block:
    """One question: `words` are listed in order. `several`: a cell may hold more than one.

    `own_words` is False where every filled cell has one of the words (a formula column, or "answered").
    """

    title: str
    heading: str
    words: tuple[str, ...]
    several: bool = False
    own_words: bool = True
    blank: str = NOT_FILLED

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of every line, in order."""
        return (*self.words, *((counts.OTHER_WORDS,) if self.own_words else ()), self.blank)

    def masks(self, rows: pd.DataFrame) -> list[pd.Series]:
        """True where a row belongs to a line, for every line in the order of `labels`; over rows that count."""
        if self.words == (ANSWERED,):
            nothing = masks(rows, self.heading, ()).blank
            return [~nothing, nothing]
        found = masks(rows, self.heading, self.words, several=self.several)
        return [*found.words, *([found.other] if self.own_words else []), found.blank]

    def numbers(self, rows: pd.DataFrame) -> list[int]:
        """The n of every line, in the order of `labels`, over rows that count."""
        return [int(mask.sum()) for mask in self.masks(rows)]

    def tests(self, cells: Sequence[str]) -> list[str]:
        """The test of every line, in the order of `labels`; `cells` are the addresses of the words.

        "Other words" of a column with one word per cell is '': it is what the other lines leave of the whole.
        """
        if self.words == (ANSWERED,):
            return [counts.filled(self.heading), counts.blank(self.heading)]
        found = [(counts.holds if self.several else counts.equals)(self.heading, cell) for cell in cells]
        if self.own_words:
            found.append(counts.holds_other(self.heading, cells) if self.several else "")
        return [*found, counts.blank(self.heading)]


def harm(book: Book) -> Block:
    """Types of harm: the chosen ones first, then the others that the tool knows."""
    table = _table(book, "Categories")
    chosen = [review.text(c) for c, yes in zip(table["Category"], table["Chosen"], strict=True) if _is_yes(yes)]
    rest = [review.text(c) for c in table["Category"]]
    words = [*chosen, *rest, *reference.words("harm_categories", "category"), review.NOT_MAPPED, "No category recorded"]
    return Block("Types of harm", "Type of harm", _distinct(words), several=True)


def outcome() -> Block:
    """What happened at the close of the assessment."""
    return Block("Outcome", "Outcome", _distinct([*spec.lists()["outcome"], review.NOT_MAPPED]))


def referred_to() -> Block:
    """Services: a cell may hold several."""
    words = _distinct([*spec.lists()["referred_to"], review.NOT_MAPPED])
    return Block("Referred to?", "Referred to?", words, several=True)


def scenario() -> Block:
    """The four scenarios and "Not clear"."""
    return Block("Scenario", "Scenario", review.scenarios(), own_words=False, blank=NOT_ANSWERED)


def standard(book: Book) -> list[Block]:
    """The blocks of every review workbook, in the order of Summary."""
    lists = spec.lists()
    return [
        harm(book),
        Block("Age band", "Age band", lists["age_bands"], own_words=False),
        Block("Gender", "Gender", _distinct([*lists["gender"], review.NOT_MAPPED])),
        Block("Ethnicity", "Ethnicity", _distinct([*lists["ethnicity"], review.NOT_MAPPED])),
        outcome(),
        referred_to(),
        Block("Level of harm", "Level of harm", lists["level_of_harm"]),
        Block("Parenting concerns", "Parenting concerns", lists["yes_no_not_clear"]),
        scenario(),
        Block("Seen as", "Seen as", lists["seen_as"]),
        Block("Engagement", "Engagement", lists["engagement"]),
    ]


def questions(book: Book) -> list[Block]:
    """A block for each question of the team; Review has a column for each."""
    asked = columns.questions(book.tables.get("Questions"))
    ours = spec.table("review", "Review").headings
    return [_question(one) for one in asked if one.heading not in ours]


def _question(one: columns.Question) -> Block:
    """Choices are listed; any other kind of answer only counts as answered, and so do choices beyond what fits."""
    words: tuple[str, ...] = ()
    if one.type == "Yes / No":
        words = spec.lists()["yes_no"]
    elif one.type in ("Choose one", columns.SEVERAL):
        words = _distinct([review.text(choice) for choice in one.choices])
    if not words or len(words) > counts.MOST_WORDS:
        return Block(one.heading, one.heading, (ANSWERED,), own_words=False)
    return Block(one.heading, one.heading, words, several=one.type == columns.SEVERAL)


def _table(book: Book, name: str) -> pd.DataFrame:
    """A table of the workbook; an empty one with the spec's headings when it is not given."""
    found = book.tables.get(name)
    if found is None:
        found = pd.DataFrame(columns=spec.table("review", name).headings, dtype=object)
    return found


def _is_yes(value: object) -> bool:
    return review.text(value).casefold() == "yes"


def _distinct(words: list[str]) -> tuple[str, ...]:
    """Each word once, capitals aside, blanks left out: two lines with one word would count its rows twice."""
    found: dict[str, str] = {}
    for word in words:
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())
