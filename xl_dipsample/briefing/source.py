"""What a briefing is made from, and the small words that its sections share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from xl_dipsample.briefing.texts_used import Used, one_line, shortened
from xl_dipsample.briefing.word import Block
from xl_dipsample.domain.analysis import figures_for_briefing as figures
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.analysis.figures_for_briefing import Line
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural

_MOST_LABEL = 44  # characters: longer words beside a bar would leave no room for it


class Room(NamedTuple):
    """How much of what may be long has room: numbers of lines, and the most characters of a text.

    `cross`: outcome by scenario stands there in numbers, too.
    """

    findings: int
    quotes: int
    lines: int
    compared: int
    questions: int
    actions: int
    letters: int
    cross: bool = False


class Section(NamedTuple):
    """The blocks of one part, and how many things it shows and leaves out."""

    blocks: list[Block]
    shown: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Source:
    """What a briefing is made from. `may_quote`: the unique IDs whose extracts may be used; None: all of them."""

    tables: Mapping[str, pd.DataFrame]
    analysed_on: str = ""
    may_quote: frozenset[str] | None = None

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of Review that count; their index is the place in the table."""
        return tallies.counted(self.tables["Review"].reset_index(drop=True))

    @cached_property
    def lists(self) -> Lists:
        """The workbook's lists."""
        return Lists.of(self.tables)

    @property
    def with_outcome(self) -> int:
        """How many cases have an outcome; "Not mapped" is none."""
        return int((~review_rules.not_filled(self.rows, "Outcome")).sum())

    @cached_property
    def quotes(self) -> list[int]:
        """The rows marked Quote to use?, unlike cases first."""
        return figures.quotable(self.rows)

    @property
    def unchecked(self) -> list[int]:
        """Those of them whose extracts may not be used."""
        if self.may_quote is None:
            return []
        ids = review_rules.texts(self.rows, "Unique ID")
        return [at for at in self.quotes if ids[at] not in self.may_quote]

    def setting(self, used: Used, table: str, name: str, most: int = 300) -> str:
        """The value of a setting on Focus or Criteria; '' when there is none."""
        frame = self.tables[table]
        for at, (setting, value) in enumerate(zip(frame["Setting"], frame["Value"], strict=True)):
            if one_line(setting) == name:
                return used.take(shortened(as_text(value), most), (table, at, "Value"))
        return ""

    def lines(self, used: Used, heading: str, words: Sequence[str], room: Room, *, several: bool = False) -> list[Line]:
        """The lines of one column of Review; own words beyond what has room stand together in the last."""
        found = figures.lines(self.rows, heading, words, several=several)
        known = [one for one in found if not one.own]
        own = [one for one in found if one.own]
        most = max(room.lines - len(known), 1)
        if len(own) > most:
            rest = own[most - 1 :]
            rows = tuple(sorted({row for one in rest for row in one.rows}))
            own = [*own[: most - 1], Line(f"Other words ({len(rest)} different)", rows)]
        shown = []
        for one in own:
            label = shortened(one_line(one.label), _MOST_LABEL)
            if one.own:
                used.take(label, *(("Review", row, heading) for row in one.rows))
            shown.append(replace(one, label=label))
        return known + shown


def cases(number: int) -> str:
    """A number of cases in words.

    >>> cases(1), cases(2)
    ('1 case', '2 cases')
    """
    return plural(number, "case")


def in_figure(whole: int, of: int, what: str) -> str:
    """How much is in a figure.

    >>> in_figure(43, 60, "an outcome")
    'Of the 43 cases with an outcome; 17 have none yet.'
    """
    if not whole:
        return f"No case has {what} yet."
    if whole == of:
        return f"Of all {cases(of)} in the sample." if of > 1 else "Of the one case in the sample."
    missing = of - whole
    return f"Of the {cases(whole)} with {what}; {plural(missing, 'has', 'have')} none yet."


def as_text(value: object) -> str:
    """A cell as one line; a date as day/month/year.

    >>> as_text(dt.date(2025, 9, 1)), as_text(12.0), as_text(None)
    ('01/09/2025', '12', '')
    """
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) and not pd.isna(value) else one_line(value)
