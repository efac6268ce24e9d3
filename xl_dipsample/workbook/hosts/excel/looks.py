"""Which number format a column gets before its values, so that text stays text and a date is a date.

In a cell with the format "@" Excel takes a text as it is, but makes a text of a number too. So a column of texts
gets "@", any other column with texts in it gets an apostrophe before each of them, which Excel takes for "this is
text" and does not keep. A text that itself begins with an apostrophe needs one more, and so no "@".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

TEXT, ANY, WHOLE, DATE, MOMENT = "@", "General", "0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
OF_TYPE = {
    "text": TEXT,
    "long_text": TEXT,
    "choice": TEXT,
    "whole": WHOLE,
    "number": ANY,
    "date": DATE,
    "datetime": MOMENT,
}


@dataclass(frozen=True)
class Look:
    """A column's number format ('' to leave it as it is), and whether its texts need an apostrophe."""

    number_format: str
    prefixed: bool


def look(kind: str | None, cells: Iterable[Any], now: str | None = TEXT) -> Look:
    """How a column of these values must look; `kind`: the spec's type, None for people's own column.

    `now`: the format that the column has; it counts only for people's own, None when its cells differ.

    >>> look("text", ["0012", None]), look("text", ["0012", 4]), look("date", [None])
    (Look(number_format='@', prefixed=False), Look(number_format='General', prefixed=True), \
Look(number_format='dd/mm/yyyy', prefixed=False))
    """
    cells = list(cells)
    sorts = set(map(type, cells)) - {type(None)}
    others = sorts - {str}
    wanted = OF_TYPE.get(kind or "", "")
    if not wanted and now not in (TEXT, None):
        return Look(_kept(now or "", others), str in sorts)
    if not sorts:
        return Look(wanted, prefixed=False)
    if others:
        return Look(_for_figures(wanted, others), str in sorts)
    if wanted not in ("", TEXT) or any(value.startswith("'") for value in cells if value):
        return Look(wanted if wanted != TEXT and wanted else ANY, prefixed=True)
    return Look(TEXT, prefixed=False)


def of_value(value: Any) -> Look:
    """How one cell must look that stands alone; a blank one keeps its format."""
    return Look("", prefixed=False) if value is None else look(None, [value])


def _for_figures(wanted: str, others: set[type]) -> str:
    """The format of a column that holds something else than text."""
    if others <= {dt.date, dt.datetime}:
        return MOMENT if dt.datetime in others or wanted == MOMENT else DATE
    if others == {dt.time}:
        return "hh:mm:ss"
    if others == {int} and wanted == WHOLE:
        return WHOLE
    return ANY  # Excel gives a date among figures a format of its own


def _kept(now: str, others: set[type]) -> str:
    """People's own format where it suits the values; '' leaves it."""
    plain = now.lower() == "general"
    shows_dates = not plain and any(letter in now.lower() for letter in "dyh")
    if others & {dt.date, dt.datetime}:
        return "" if plain or shows_dates else _for_figures("", others)
    return ANY if shows_dates and others else ""
