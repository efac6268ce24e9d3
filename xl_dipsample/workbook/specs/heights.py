"""How high a row must be for its wrapped text.

Excel finds out for itself when it loads a row without a height, other programs and previews do not. The estimate is
written as a height that is not fixed, so that Excel goes on adapting it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from xl_dipsample.workbook.specs.spec import Column

WRAPPED = ("long_text", "choice")  # the types of columns whose text wraps
MOST_ADAPTED = 3000  # rows: a longer table is left to Excel
LINE = 15.0  # points: one line of Arial 11
_MOST = 409.0  # Excel's limit
_TALLEST = math.ceil(_MOST / LINE)  # lines
_LETTERS = 1.18  # a letter of running text is narrower than a digit, which is what widths are counted in


def lines(text: str, width: float) -> int:
    r"""How many lines a text takes in a column `width` characters wide.

    >>> lines("one line", 20), lines("a\nb", 20), lines("twenty-one letters are here", 12)
    (1, 2, 3)
    """
    room = _room(width)
    return sum(_wrapped(part, room) for part in text.split("\n"))


def _room(width: float) -> float:
    """How many letters have room in a line."""
    return max(width * _LETTERS - 1, 1)


def _wrapped(text: str, room: float) -> int:
    """Lines of one paragraph, broken between words; a word that is too long is broken inside."""
    if len(text) <= room:
        return 1
    count, used = 1, 0.0
    for word in text.split(" "):
        length = len(word)
        if used and used + 1 + length > room:
            count, used = count + 1, 0.0
        if length > room:
            count += math.ceil(length / room) - 1
            length = int(length % room)
        used += length + (1 if used else 0)
    return count


def row_height(texts: Iterable[tuple[object, float]]) -> float | None:
    """The height in points for a row of (value, column width); None when one line is enough."""
    most = max((_lines(value, width) for value, width in texts if isinstance(value, str)), default=1)
    return min(most * LINE, _MOST) if most > 1 else None


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; `_TALLEST` for one that surely takes so many or more."""
    if len(text) > _TALLEST * (_room(width) + 1) + 2 and "  " not in text and "\n" not in text:
        return _TALLEST  # a line has room for so many letters and the blank that follows
    return lines(text, width)


def table_heights(columns: Sequence[Column], frame: pd.DataFrame) -> Iterator[float | None]:
    """The height of every row of a table, in order; None when one line is enough."""
    wrapped = [
        (frame[column.heading].tolist(), column.width)
        for column in columns
        if column.type in WRAPPED and column.heading in frame.columns
    ]
    for offset in range(len(frame)):
        yield row_height((values[offset], width) for values, width in wrapped)
