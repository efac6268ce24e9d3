"""What a briefing is made of: headings, paragraphs, lists, tables and charts, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["Title", "Subtitle", "Lead", "Normal", "Intro", "Note", "Quote", "Quote source"]


@dataclass(frozen=True)
class Heading:
    """A heading of the first or second level; it stays with what follows."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Paragraph:
    """One paragraph in one of the document's styles; `label` are the words that lead in to the text.

    An "Intro" stays on the page of what follows it.
    """

    text: str
    style: Style = "Normal"
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    """A real list: a screen reader says how many there are."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with one row of headings.

    `about`: what a screen reader says before it. `widths`: shares of the page's width, one per column. `numbers`: the
    columns that stand on the right. `room`: the least height of a row in centimetres, for writing by hand.
    """

    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: frozenset[int] = frozenset()
    room: float = 0.0


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name, a value per category, its colour ("#12436D")."""

    name: str
    values: tuple[int, ...]
    colour: str


@dataclass(frozen=True)
class Chart:
    """Horizontal bars, the first category on top; several series are stacked and have a legend.

    `alt_text`: what the picture says, with its numbers, for whoever cannot see it. `height`: centimetres.
    `numbers`: every bar shows its value. `words`: the share of the width that the categories take.
    """

    title: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    height: float
    axis: str = "Cases"
    numbers: bool = True
    words: float = 0.34


Block = Heading | Paragraph | Bullets | Table | Chart


def texts(block: Block) -> Iterator[str]:
    """Every text of a block as it stands in the document, alt texts included."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield block.label + block.text
        case Bullets():
            yield from block.items
        case Table():
            yield block.about
            for row in (block.headings, *block.rows):
                yield from row
        case Chart():
            yield from (block.title, block.alt_text, block.axis, *block.categories)
            yield from (one.name for one in block.series)
