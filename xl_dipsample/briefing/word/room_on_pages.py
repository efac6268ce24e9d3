"""How much room blocks take on paper, estimated on the safe side: at most six A4 pages is a promise."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xl_dipsample.briefing.word.content import Block, Bullets, Chart, Heading, Paragraph, Table

MOST_PAGES = 6
_PAGE = 25.7  # centimetres of text on a page
_WIDTH = 17.0
_LINE, _LETTER = 0.48, 0.19  # centimetres at 10.5 points: a line with its leading, a letter of mixed text
_TABLE_LINE, _TABLE_LETTER = 0.40, 0.175
_AROUND = {
    "Title": 0.5,
    "Subtitle": 0.5,
    "Lead": 0.45,
    "Normal": 0.2,
    "Intro": 0.2,
    "Note": 0.3,
    "Quote": 0.2,
    "Quote source": 0.3,
}
_SIZE = {
    "Title": 2.1,
    "Subtitle": 1.35,
    "Lead": 1.15,
    "Normal": 1.0,
    "Intro": 1.0,
    "Note": 0.87,
    "Quote": 1.0,
    "Quote source": 0.87,
}
_TURN = 0.97  # what a page holds: a chart or a row that no longer fits leaves a gap


def pages(blocks: Sequence[Block]) -> float:
    """The estimated number of pages, gaps at the ends of pages included."""
    return sum(map(_height, blocks)) / (_PAGE * _TURN)


def fits(blocks: Sequence[Block]) -> bool:
    """Whether the blocks take at most six pages."""
    return pages(blocks) <= MOST_PAGES


def _height(block: Block) -> float:
    """Centimetres."""
    match block:
        case Heading():
            return 1.3 if block.level == 1 else 0.95
        case Paragraph():
            size = _SIZE[block.style]
            return _lines(block.label + block.text, _WIDTH - 1, _LETTER * size) * _LINE * size + _AROUND[block.style]
        case Bullets():
            return sum(_lines(item, _WIDTH - 0.6, _LETTER) * _LINE + 0.11 for item in block.items)
        case Chart():
            return block.height + 0.3
        case Table():
            rows = [_row(block, block.headings), *(max(block.room, _row(block, row)) for row in block.rows)]
            return sum(rows) + 0.2
    raise TypeError


def _row(table: Table, cells: Sequence[str]) -> float:
    share = _WIDTH / sum(table.widths)
    tallest = max(
        _lines(cell, width * share - 0.36, _TABLE_LETTER) for cell, width in zip(cells, table.widths, strict=True)
    )
    return tallest * _TABLE_LINE + 0.14


def _lines(text: str, width: float, letter: float) -> int:
    """Lines of wrapped text; a word that does not fit starts a new one, so a line is not quite full."""
    return max(1, math.ceil(len(text) * letter * 1.06 / width)) if width > 0 else 1
