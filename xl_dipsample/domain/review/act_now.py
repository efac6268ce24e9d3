"""A child who may be at risk now: which rows are flagged, and which of them nobody has acted on yet.

A row is acted on once it has initials and a real date. What is flagged counts wherever it stands: in a row that left
the sample, without a unique ID, on Set aside. The same rule stands on Start as a formula, in risk_on_start.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared.cell import excel_text, trimmed

FLAG, BY, ON = "Act now?", "Acted by", "Acted on"
NO = "No"
SET_ASIDE = "SetAside"
FIRST_DAY = dt.date(1901, 1, 1)
FIRST_NUMBER = 367  # the same day, as a spreadsheet counts days
_FIGURE = re.compile(r"\d")


class NotThat(NamedTuple):
    """A cell with something else than belongs there: position of its row from 0, heading, what to do."""

    position: int
    heading: str
    to_do: str


def open_rows(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that are flagged and not acted on yet, in the order of the frame.

    Anything but "No" is a flag: what somebody typed beside the list rather counts once too often.

    >>> rows = [("Yes", None, None), ("Yes", "AB", dt.date(2026, 3, 7)), ("yes ", "AB", "soon"), (None, None, None)]
    >>> open_rows(pd.DataFrame(rows, columns=[FLAG, BY, ON], dtype=object)).tolist()
    [True, False, True, False]
    """
    flags = review_rules.keys(frame, FLAG)
    cells = zip(flags, _cells(frame, BY), _cells(frame, ON), strict=True)
    found = [flag not in ("", NO.casefold()) and not (_are_initials(by) and is_day(on)) for flag, by, on in cells]
    return pd.Series(found, index=frame.index, dtype=bool)


def _cells(frame: pd.DataFrame, heading: str) -> list[object]:
    return frame[heading].tolist() if heading in frame.columns else [None] * len(frame)


def _are_initials(cell: object) -> bool:
    return isinstance(cell, str) and 0 < len(excel_text(cell)) <= letters()


def letters() -> int:
    """How many letters initials have at most."""
    return review_columns.column(BY).letters


def is_day(cell: object) -> bool:
    """Whether a cell holds a date, or the number of one."""
    if isinstance(cell, dt.datetime):
        return cell.date() >= FIRST_DAY
    if isinstance(cell, dt.date):
        return cell >= FIRST_DAY
    return isinstance(cell, int | float) and not isinstance(cell, bool) and cell >= FIRST_NUMBER


def still_open(tables: Mapping[str, pd.DataFrame]) -> int:
    """How many rows of Review and of Set aside are open."""
    return sum(int(open_rows(tables[name]).sum()) for name in (review_columns.TABLE, SET_ASIDE) if name in tables)


def not_that(frame: pd.DataFrame) -> Iterator[NotThat]:
    """Every cell of the three columns with something else than belongs there, row by row.

    >>> rows = pd.DataFrame([("urgent", "Synthetic words", "soon"), ("Yes", "AB", None)], columns=[FLAG, BY, ON])
    >>> [(one.position, one.heading) for one in not_that(rows)]
    [(0, 'Act now?'), (0, 'Acted by'), (0, 'Acted on')]
    """
    there = [heading for heading in (FLAG, BY, ON) if heading in frame.columns]
    for position, cells in enumerate(zip(*(frame[heading].tolist() for heading in there), strict=True)):
        for heading, cell in zip(there, cells, strict=True):
            to_do = _to_do(heading, cell) if trimmed(cell) else ""
            if to_do:
                yield NotThat(position, heading, to_do)


def _to_do(heading: str, cell: object) -> str:
    if heading == FLAG:
        return "" if excel_text(cell).casefold() in ("yes", NO.casefold()) else "choose Yes, or clear the cell"
    if heading == ON:
        return "" if is_day(cell) else "type the day as day/month/year"
    fits = _are_initials(cell) and not _FIGURE.search(excel_text(cell))
    return "" if fits else f"type initials of {letters()} letters at most"
