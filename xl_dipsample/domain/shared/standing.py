"""Where the rows of a table stand on their sheet, as Excel numbers rows: what a message calls the Excel row.

People sort tables and put rows above them, so no number that is stored can say it. A host notes with each table that it
reads where its body begins; the row of a message is worked out from there and from the place in the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

_NOTED = "standing"
_SHOWN = 10  # Excel rows in a sentence


class Corner(NamedTuple):
    """The first cell below the headings: sheet, Excel row, column (both from 1)."""

    sheet: str
    row: int
    column: int = 1

    def __deepcopy__(self, _: object) -> Corner:
        """Itself: pandas copies what is noted with a frame at each step, and there is nothing in it to change."""
        return self


def noted(frame: pd.DataFrame, corner: Corner) -> pd.DataFrame:
    """Note with a frame where its table's body begins. Gives the frame."""
    frame.attrs[_NOTED] = corner
    return frame


def corner(frame: pd.DataFrame, otherwise: Corner) -> Corner:
    """Where the body of the frame's table begins; `otherwise` when no host has read it.

    >>> corner(noted(pd.DataFrame({"A": [1]}), Corner("Labels", 9, 2)), Corner("Labels", 6)).row
    9
    """
    found: Corner = frame.attrs.get(_NOTED, otherwise)
    return found


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows without what was noted: pandas copies it to every column that is made of them."""
    made = frame.copy(deep=False)
    made.attrs = {}
    return made


def first_row(frame: pd.DataFrame, otherwise: int) -> int:
    """The Excel row of the frame's first row; `otherwise` when no host has read it.

    >>> first_row(noted(pd.DataFrame({"A": [1]}), Corner("Labels", 9)), 6), first_row(pd.DataFrame(), 6)
    (9, 6)
    """
    return corner(frame, Corner("", otherwise)).row


def excel_rows(positions: Sequence[int], first_row: int) -> str:
    """The rows of a table as Excel numbers them, from their positions in its frame.

    >>> excel_rows([0], 6), excel_rows([0, 3], 6)
    ('Excel row 6', 'Excel rows 6, 9')
    """
    listed = ", ".join(str(first_row + at) for at in positions[:_SHOWN])
    return f"Excel {'row' if len(positions) == 1 else 'rows'} {listed}{' and more' if len(positions) > _SHOWN else ''}"
