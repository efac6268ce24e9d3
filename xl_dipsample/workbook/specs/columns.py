"""The columns that one table really has: the spec's, then the team's own questions, then other people's own."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.analysis import number_bands
from xl_dipsample.domain.review import decision_points, review_columns
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.workbook.specs import spec

SEVERAL = "Choose several"
QUESTION_LIST = "question_{}"
_TYPES = {"Choose one": "choice", SEVERAL: "long_text", "Yes / No": "choice", "Date": "date", "Number": "number"}
_OWN = "Your team's question."
_ANSWERS = {
    "Choose one": "Choose one.",
    SEVERAL: "Several are allowed, joined by a semicolon",
    "Yes / No": "Yes or No.",
    "Date": "A date, as day/month/year.",
    "Number": "A number.",
}
_OWN_WIDTH, _QUESTION_WIDTH, _SOURCE_WIDTH = 22, 26, 18


@dataclass(frozen=True)
class Question:
    """One of the team's own review questions, as the table Questions has it."""

    heading: str
    type: str
    choices: tuple[str, ...]
    list: str  # the name of its drop-down list; '' when it has none
    help: str = ""  # what the cell says when it is marked, before what kind of answer it takes

    @property
    def column(self) -> spec.Column:
        """The question as a column of Review, with what is done with it: what our own say in 10_review.toml.

        What is chosen has a chart and a PivotTable, a number a chart of its bands; of texts and dates it is counted
        how many are there.
        """
        is_number = self.type == "Number"
        is_chosen = self.list == "yes_no" or (self.list != "" and len(set(self.choices)) <= lead_lists.MOST)
        return spec.Column(
            heading=self.heading,
            type=_TYPES.get(self.type, "long_text"),
            width=_QUESTION_WIDTH,
            by="people",
            help=decision_points.HELP if self.heading == decision_points.SECOND else self._told(),
            list=self.list,
            choices=self.choices if self.list.startswith("question_") else (),
            several=self.type == SEVERAL,
            words=number_bands.LIST if is_number else "",
            count=True,
            chart=is_number or is_chosen,
            chart_title=self.heading if is_number or is_chosen else "",
            pivot=is_chosen,
            of_answered=True,
            loose=self.type in ("Choose one", SEVERAL),
            share=True,
            optional=True,
        )

    def _told(self) -> str:
        """The help, then what kind of answer the cell takes; choices are listed where Excel has room for them."""
        begun = self.help if not self.help or self.help.endswith((".", "?", "!")) else f"{self.help}."
        whole = f"{begun or _OWN} {_ANSWERS.get(self.type, '')}".strip()
        if self.type != SEVERAL:
            return whole
        listed = f"{whole}: {'; '.join(self.choices)}"
        return listed if not self.help or len(listed) <= spec.PROMPT_LENGTH else f"{whole}."


def questions(frame: pd.DataFrame | None) -> list[Question]:
    """The team's questions; a row without a heading, or with one that is there already, is none."""
    found: list[Question] = []
    if frame is None:
        return found
    helps = frame["Help"] if "Help" in frame.columns else [None] * len(frame)
    for heading, kind, choices, told in zip(frame["Heading"], frame["Type"], frame["Choices"], helps, strict=True):
        name = trimmed(heading)
        if not name or name in [one.heading for one in found]:
            continue
        words = tuple(line.strip() for line in trimmed(choices).splitlines() if line.strip())
        typed = trimmed(kind)
        listed = ""
        if typed == "Yes / No":
            listed = "yes_no"
        elif words and typed in ("Choose one", SEVERAL):
            listed = QUESTION_LIST.format(len(found) + 1)
        found.append(Question(name, typed, words, listed, " ".join(trimmed(told).split())))
    return found


def of_review(frame: pd.DataFrame | None) -> tuple[spec.Column, ...]:
    """Every column of Review that something is done with: the spec's, then the questions of the table Questions."""
    ours = spec.table("review", "Review").headings
    asked = (one.column for one in questions(frame) if one.heading not in ours)
    return (*review_columns.columns(), *asked)


def question_lists(asked: list[Question]) -> dict[str, tuple[str, ...]]:
    """The drop-down lists that the questions bring along, by name."""
    return {one.list: one.choices for one in asked if one.list.startswith("question_")}


def of(table: spec.Table, frame: pd.DataFrame, asked: list[Question]) -> list[spec.Column]:
    """Every column to write, in order. Questions are columns of Review only."""
    found = list(table.columns)
    taken = set(table.headings)
    if table.name == "Review":
        for one in asked:
            if one.heading not in taken:
                found.append(one.column)
                taken.add(one.heading)
    # The export's columns stay on one line each: a long list is for scrolling.
    by, kind, width = ("us", "text", _SOURCE_WIDTH) if table.open_columns else ("people", "long_text", _OWN_WIDTH)
    others = [str(name) for name in frame.columns if name not in taken]
    return found + [spec.Column(heading=name, type=kind, width=width, by=by) for name in others]
