"""Which cells stand in a briefing, and as which text: so that what is checked is what is shown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.privacy.names.text_check import Text
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.specs import spec

Cell = tuple[str, int, str]  # table, row from 0, heading
_NOT_XML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Used:
    """`cells`: what was taken. `shown`: every text in the document that came from cells, with those cells."""

    cells: dict[Cell, None] = field(default_factory=dict)
    shown: defaultdict[str, set[Cell]] = field(default_factory=lambda: defaultdict(set))

    def take(self, text: str, *cells: Cell) -> str:
        """The text, noted as coming from these cells."""
        self.cells |= dict.fromkeys(cells)
        if text:
            self.shown[text].update(cells)
        return text

    def spread(self, texts: Iterable[str]) -> None:
        """Note where else a text from cells stands: in a picture's words, beside a share, in an alt text."""
        shown = list(self.shown.items())
        for text in texts:
            for part, cells in shown:
                if part in text and part != text:
                    self.shown[text].update(cells)

    def texts(self, tables: Mapping[str, pd.DataFrame]) -> list[Text]:
        """The cells that were taken, whole, as the text check reads them: own words of ours are left out."""
        names = {name for name, _, _ in self.cells}
        frames = {name: tables[name] for name in tables if name in names or name == "Questions"}
        known = texts_of(frames)
        read = {one.table for one in known}
        found = [one for one in known if (one.table, one.index, one.column) in self.cells]
        return found + [_text(cell, tables) for cell in self.cells if cell[0] not in read and cell[0] in tables]

    def kept(self, texts: Iterable[Text], accepted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Pairs of a text in the document, and words that a person decided to keep in the cell it came from.

        `accepted`: pairs of scope and words.
        """
        words: defaultdict[str, list[str]] = defaultdict(list)
        for scope, said in accepted:
            words[scope].append(said)
        scopes = {(one.table, one.index, one.column): one.scope for one in texts}
        return [
            (shown, said)
            for shown, cells in self.shown.items()
            for cell in cells
            for said in words.get(scopes.get(cell, ""), ())
        ]


def one_line(value: object) -> str:
    r"""A cell as one line of text that XML can hold; '' for a blank cell or one that shows an error.

    >>> one_line("Ann's \x07 words,\n\n in  Welsh: ŵ")
    "Ann's words, in Welsh: ŵ"
    """
    return " ".join(_NOT_XML.sub(" ", excel_text(value)).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut at a word.

    >>> shortened("Concern raised by school", 16), shortened("Concern", 16)
    ('Concern raised…', 'Concern')
    """
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut[: cut.rfind(" ")] if " " in cut.strip() else cut[: most - 1]).rstrip(" ,;:.-–") + "…"


def rows_of(frame: pd.DataFrame, headings: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Every row with something in the first of the headings: its place, and these cells as lines of text."""
    return [(at, row) for at, row in enumerate(lines_of(frame, headings)) if row[headings[0]]]


def lines_of(frame: pd.DataFrame, headings: Sequence[str]) -> list[dict[str, str]]:
    """These cells of every row as lines of text.

    A heading that the table does not have (a workbook of another version) gives ''.
    """
    columns = {name: [one_line(cell) for cell in frame[name].tolist()] for name in headings if name in frame.columns}
    blank = [""] * len(frame)
    return [{name: columns.get(name, blank)[at] for name in headings} for at in range(len(frame))]


def _text(cell: Cell, tables: Mapping[str, pd.DataFrame]) -> Text:
    """A cell of a table that the text check does not know: nobody can have decided anything there."""
    table, index, column = cell
    known = spec.table("review", table)
    row = standing.first_row(tables[table], known.first_row) + index
    words = str(tables[table][column].tolist()[index] or "")
    where = f"{known.sheet}, Excel row {row}"
    return replace(Text(table, known.sheet, index, row, column, None, where, words), own=column not in known.headings)
