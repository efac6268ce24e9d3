"""The figures of the briefing: lines with their counts, the funnel as it stands now, decisions by scenario.

Only rows in the sample count. Words are compared as domain/review.py reads cells; what people typed in their own
words is listed in those words, and "Not mapped" stands as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.analysis.tallies import NOT_ANSWERED
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.share_cells import whole_number

LEFT, SAMPLE, LONG_LIST = "Left during review", "Sample", "Long list"
QUOTE = "Quote to use?"


@dataclass(frozen=True)
class Line:
    """One word with its number of cases. `rows`: the index labels of these cases. `own`: somebody's own word."""

    label: str
    rows: tuple[int, ...]
    own: bool = False

    @property
    def count(self) -> int:
        """How many cases."""
        return len(self.rows)


class Stage(NamedTuple):
    """One stage of the funnel. `left` is None where the stage was not applied."""

    name: str
    left: int | None
    remaining: int


class Decisions(NamedTuple):
    """One scenario: its cases, and on which side of the line their outcomes are."""

    scenario: str
    cases: int
    closed: int
    progressed: int
    neither: int


def lines(rows: pd.DataFrame, heading: str, words: Sequence[str], *, several: bool = False) -> list[Line]:
    """What stands in one column of the rows that count: known words in their order, then own words, most first.

    Words without any case are left out, and so are blank cells. `several`: a cell may hold more, between semicolons;
    a case then counts in each of its lines, once.

    >>> rows = pd.DataFrame({"Outcome": ["Other", "a talk", "other", None]}, dtype=object)
    >>> [(line.label, line.count, line.own) for line in lines(rows, "Outcome", ["Child in Need", "Other"])]
    [('Other', 2, False), ('a talk', 1, True)]
    """
    found: dict[str, list[int]] = {}
    written: dict[str, str] = {}
    for index, cell in review_rules.texts(rows, heading).items():
        parts = [part.strip() for part in cell.split(";")] if several else [cell]
        for part in dict.fromkeys(part.casefold() for part in parts if part):
            found.setdefault(part, []).append(int(str(index)))
        for part in parts:
            written.setdefault(part.casefold(), part)
    known = [Line(word, tuple(found[word.casefold()])) for word in _distinct(words) if word.casefold() in found]
    keys = {word.casefold() for word in words}
    own = [Line(written[key], tuple(places), own=True) for key, places in found.items() if key not in keys]
    return known + sorted(own, key=lambda line: (-line.count, line.label.casefold()))


def _distinct(words: Sequence[str]) -> list[str]:
    """Each word once, capitals aside."""
    return list({word.casefold(): word for word in reversed(words)}.values())[::-1]


def filled(rows: pd.DataFrame, heading: str) -> int:
    """How many rows have something in a column."""
    return int((review_rules.texts(rows, heading) != "").sum())


def funnel(table: pd.DataFrame, frame: pd.DataFrame) -> list[Stage]:
    """The stages of table Funnel; the last two follow In sample? of Review (`frame`) as it is now.

    An empty list when the table has no rows, or a stage whose count cannot be read.
    """
    stages: list[Stage] = []
    left_now = int(review_rules.has_left(frame).sum())
    for name, left, remaining in zip(table["Stage"], table["Excluded"], table["Remaining"], strict=True):
        stage = excel_text(name)
        before = stages[-1].remaining if stages else None
        if stage == LEFT and before is not None:
            stages.append(Stage(stage, left_now, before - left_now))
        elif stage == SAMPLE and before is not None and any(one.name == LEFT for one in stages):
            stages.append(Stage(stage, 0, before))
        else:
            count = whole_number(remaining)
            if count is None:
                return []
            stages.append(Stage(stage, whole_number(left), count))
    return stages


def decisions(rows: pd.DataFrame, lists: Lists) -> list[Decisions]:
    """For each scenario (all five, then "Not yet answered" if there is any): closed, progressed, neither.

    `rows` have the column Scenario as domain/summary.py's `counted` works it out. Neither: another outcome, or none.
    """
    sides = decision_line.line(rows, lists)
    scenario = rows["Scenario"].replace("", NOT_ANSWERED)
    found = []
    for words in (*review_rules.scenarios(), NOT_ANSWERED):
        here = sides[scenario == words]
        if not len(here) and words == NOT_ANSWERED:
            continue
        closed, progressed = (int((here == side).sum()) for side in (decision_line.UNDER, decision_line.OVER))
        found.append(Decisions(words, len(here), closed, progressed, len(here) - closed - progressed))
    return found


def cross(rows: pd.DataFrame, found: Sequence[Line]) -> dict[str, tuple[int, ...]]:
    """For each scenario, the cases of every line that are in it; "Not yet answered" last."""
    scenario = dict(zip(rows.index, rows["Scenario"].replace("", NOT_ANSWERED), strict=True))
    counts = [Counter(scenario[row] for row in one.rows) for one in found]
    return {words: tuple(one[words] for one in counts) for words in (*review_rules.scenarios(), NOT_ANSWERED)}


def quotable(rows: pd.DataFrame) -> list[int]:
    """The index labels of the cases whose quotes may be used, so that unlike cases come first.

    First one case of every pair of scenario and outcome, in the order of the scenarios; then the second of each pair,
    and so on.
    """
    marked = rows[review_rules.keys(rows, QUOTE) == "yes"]
    order = {words: place for place, words in enumerate(review_rules.scenarios())}
    pairs = pd.DataFrame(
        {
            "scenario": [order.get(words, len(order)) for words in marked["Scenario"]],
            "outcome": review_rules.keys(marked, "Outcome"),
            "id": review_rules.texts(marked, "Unique ID"),
        },
        index=marked.index,
    ).sort_values(["scenario", "outcome", "id"])
    turn = pairs.groupby(["scenario", "outcome"], dropna=False).cumcount()
    return [int(str(one)) for one in pairs.assign(turn=turn).sort_values("turn", kind="stable").index]
