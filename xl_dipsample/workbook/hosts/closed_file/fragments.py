"""Cells as XML, a column at a time: each distinct value is written once and then taken for every row that has it.

A fragment is a cell without its beginning: ' s="3"><v>12</v></c>' follows '<c r="B7"'.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xl_dipsample.workbook.hosts.closed_file import cell_text, cell_values
from xl_dipsample.workbook.hosts.closed_file import number_formats as s
from xl_dipsample.workbook.hosts.closed_file.fill_down import Fill

_FORMULA_STARTS = frozenset("=+-@\t\r")
_CARE = re.compile(r"[\n\t]|  |" + cell_text.NEEDS_CARE.pattern)
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)$")
_DAY_ZERO = dt.date(1899, 12, 30)
_LEAP_BUG = dt.date(1900, 3, 1)  # Excel counts a 29 February 1900
_DAYS_TO_1904 = 1462
_DAY = 86_400
_LOOKED_AT = 1_000  # cells


@dataclass(frozen=True)
class Look:
    """How the cells of one column look: a base style, and the variants for values that it does not fit."""

    styles: s.Styles
    base: int
    since_1904: bool = False

    def of(self, value: Any) -> int:
        """The style for one value."""
        if isinstance(value, str):
            return self.for_text(like_formula=value[:1] in _FORMULA_STARTS)
        if isinstance(value, bool) or value is None:
            return self.base
        return self._fitting(_wanted(value))

    def for_text(self, *, like_formula: bool) -> int:
        """The style for text; text that begins as a formula would must stay text when somebody edits the cell."""
        fits = self.styles.quotes(self.base) or not like_formula
        if fits and self.styles.sort(self.base) in (s.GENERAL, s.TEXT):
            return self.base
        return self.styles.like(self.base, s.TEXT, quote=True)

    def _fitting(self, wanted: str) -> int:
        shown = self.styles.sort(self.base)
        if wanted == s.NUMBER:
            fits, variant = shown in (s.GENERAL, s.NUMBER), s.GENERAL
        elif wanted == s.DATE:
            fits, variant = shown in (s.DATE, s.DATETIME), s.DATE
        else:
            fits, variant = shown == wanted, wanted
        return self.base if fits else self.styles.like(self.base, variant, quote=False)


_GOOD = {
    "date": (s.DATE, s.DATETIME),
    "datetime": (s.DATETIME,),
    "whole": (s.GENERAL, s.NUMBER),
    "number": (s.GENERAL, s.NUMBER),
}
_INSTEAD = {"date": s.DATE, "datetime": s.DATETIME, "whole": s.GENERAL, "number": s.GENERAL}


def base_style(styles: s.Styles, first: int, type_: str | None) -> int:
    """The style of a whole column, given that of its first cell, which may be a variant for that cell's value."""
    shown = styles.sort(first)
    if type_ is None:
        return styles.like(first, None, quote=False) if styles.quotes(first) and shown != s.TEXT else first
    if type_ in _GOOD:
        return first if shown in _GOOD[type_] else styles.like(first, _INSTEAD[type_], quote=False)
    return styles.like(first, s.TEXT, quote=True)


def _wanted(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return s.DATETIME if value.time() != dt.time() else s.DATE
    if isinstance(value, dt.date):
        return s.DATE
    if isinstance(value, dt.time):
        return s.TIME
    return s.SPAN if isinstance(value, dt.timedelta) else s.NUMBER


def serial(value: dt.date | dt.time | dt.timedelta, *, since_1904: bool = False) -> float | int | None:
    """A date, time of day or span as Excel counts days; None for a date before Excel's first.

    >>> serial(dt.date(2020, 1, 2)), serial(dt.date(1900, 1, 1)), serial(dt.date(1850, 1, 1))
    (43832, 1, None)
    >>> serial(dt.datetime(2020, 1, 2, 12))
    43832.5
    """
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / _DAY
    clock = value if isinstance(value, dt.time) else value.time() if isinstance(value, dt.datetime) else dt.time()
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    if isinstance(value, dt.time):
        return seconds / _DAY
    day = value.date() if isinstance(value, dt.datetime) else value
    days = (day - _DAY_ZERO).days - (day < _LEAP_BUG) - (_DAYS_TO_1904 if since_1904 else 0)
    if days < (0 if since_1904 else 1):
        return None
    return days + seconds / _DAY if seconds else days


def fragment(value: Any, look: Look) -> str:
    """One cell's fragment."""
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        count = serial(value, since_1904=look.since_1904)
        if count is None:
            return fragment(value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else str(value), look)
        return f"{style(look.of(value))}><v>{count!r}</v></c>"
    if value is None:
        return f"{style(look.base)}/>"
    if isinstance(value, bool):
        return f'{style(look.base)} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)) and abs(value) < float("inf"):
        return f"{style(look.of(value))}><v>{value!r}</v></c>"
    words = str(value)
    return f'{style(look.of(words))} t="inlineStr"><is>{cell_text.element(words)}</is></c>'


def style(number: int) -> str:
    """The style as an attribute."""
    return f' s="{number}"' if number else ""


def column(cells: cell_values.Column, look: Look, ending: str, known: cell_values.Coded | None = None) -> list[str]:
    """The pieces of a column, one per row: from behind the row's number up to the next one, `ending` last.

    `known`: its different values, when somebody looked already.
    """
    if known is None and _all_differ(cells):
        return _figures(cells.tolist(), look, ending) or []
    positions, distinct = (known.positions, known.distinct) if known else cell_values.codes(cells)
    made = (
        _plain_texts(distinct, look, ending)
        or _figures(distinct, look, ending)
        or pieces([fragment(value, look) for value in distinct], ending)
    )
    made += pieces([fragment(None, look)], ending)  # position -1
    taken: list[str] = np.array(made, dtype=object)[positions].tolist()
    return taken


def _all_differ(cells: cell_values.Column) -> bool:
    """Whether a column is of whole numbers that do not repeat, as far as its beginning shows."""
    top = cells[:_LOOKED_AT].tolist()
    return len(set(top)) == len(top) == _LOOKED_AT and set(map(type, cells.tolist())) == {int}


def pieces(made: Sequence[str], ending: str) -> list[str]:
    """Fragments as `column` gives them."""
    return [f'"{one}{ending}' for one in made]


def _plain_texts(distinct: list[Any], look: Look, ending: str) -> list[str] | None:
    """Pieces of texts that need no care at all, which nearly all columns of text are; None otherwise."""
    if set(map(type, distinct)) != {str} or list(map(str.strip, distinct)) != distinct:
        return None
    if _CARE.search("".join(distinct)) or not _FORMULA_STARTS.isdisjoint({words[0] for words in distinct}):
        return None
    before = f'"{style(look.for_text(like_formula=False))} t="inlineStr"><is><t>'
    after = f"</t></is></c>{ending}"
    return [f"{before}{words}{after}" for words in distinct]


def _figures(distinct: list[Any], look: Look, ending: str) -> list[str] | None:
    """Pieces of whole numbers; None when there is anything else."""
    if set(map(type, distinct)) != {int}:
        return None
    before, after = f'"{style(look.of(0))}><v>', f"</v></c>{ending}"
    return [f"{before}{value}{after}" for value in distinct]


def formula_column(fill: Fill, top: int, cells: Sequence[Any], look: Look) -> list[str]:
    """The fragments of a column that is filled down; a cell's value is the formula's cached value."""
    before = style(look.base)
    return [f"{before}{cached(fill.element(row), value, look)}" for row, value in enumerate(cells, top)]


def cached(formula: str, value: Any, look: Look) -> str:
    """The rest of a formula's cell after its style: type, formula, value."""
    sort, shown = cached_value(value, look)
    return f"{sort}>{formula}{shown}</c>"


def cached_value(value: Any, look: Look) -> tuple[str, str]:
    """The type of a formula's cell as an attribute, and the element with its value."""
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, (int, float)):
        return "", f"<v>{value!r}</v>"
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return "", f"<v>{serial(value, since_1904=look.since_1904) or 0!r}</v>"
    sort = "e" if _ERROR.match(str(value)) else "str"
    return f' t="{sort}"', f"<v>{cell_text.escaped(str(value))}</v>"
