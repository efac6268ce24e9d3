"""The cases of a sample read in plain Python, by the words of the design and of the sheets' own help texts.

Nothing here imports the product: what it counts is counted a second time, another way.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pandas as pd
import plain_lists
from made_up_samples import COLUMNS, ETHNICITIES, GENDERS, HARMS, LISTS, OUTCOMES, SERVICES, TEMPLATE, Sample
from plain_lists import PlainLists

Case = dict[str, str]
CLOSED = {"no further action", "advice and information", "early help", "closed: context referral",
          "transferred to another service or area"}  # fmt: skip
PROGRESSED = {"child in need", "strategy discussion / section 47", "child protection", "looked after", "family help",
              "roth plan"}  # fmt: skip
PROTECTED = ["Child Protection", "ROTH plan"]
SEVEN = ["Outcome", "Referred to?", "Reason for social care involvement (extract)",
         "Reason for closure or progression (extract)", "Level of harm", "Parenting concerns", "Reviewer"]  # fmt: skip
EXTRACTS = SEVEN[2:4]
SCENARIOS = {
    ("significant harm", "yes"): "Significant harm, parenting concerns",
    ("significant harm", "no"): "Significant harm, no parenting concerns",
    ("in need", "yes"): "In need, parenting concerns",
    ("in need", "no"): "In need, no parenting concerns",
}
OTHER, NOTHING, NOT_MAPPED, NO_CATEGORY = "Other words", "Not filled in yet", "Not mapped", "No category recorded"
LISTED = {
    "Type of harm": [*HARMS, NOT_MAPPED, NO_CATEGORY],
    "Gender": [*GENDERS, NOT_MAPPED],
    "Ethnicity": [*ETHNICITIES, NOT_MAPPED],
    "Outcome": [*OUTCOMES, NOT_MAPPED],
    "Referred to?": [*SERVICES, NOT_MAPPED],
    "Level of harm": LISTS["level_of_harm"],
    "Parenting concerns": LISTS["yes_no_not_clear"],
    "Seen as": LISTS["seen_as"],
    "Engagement": LISTS["engagement"],
}
# Columns that came since: their own lines say what is done with them.
NEW = {name: column for name, column in COLUMNS.items() if name not in LISTED and column.get("list") in LISTS}
LISTED |= {name: LISTS[column["list"]] for name, column in NEW.items() if column.get("count")}
_LED = ("Gender", "Ethnicity", "Outcome", "Referred to?")  # columns whose words are the lead's
_BY: list[PlainLists] = [PlainLists({name: LISTED[name][:-1] for name in _LED}, CLOSED, PROGRESSED, PROTECTED, {})]


def lists() -> PlainLists:
    """The lists by which is counted now."""
    return _BY[-1]


@contextmanager
def counting_by(sample: Sample) -> Iterator[None]:
    """Within this everything is counted by the lists of the sample, where it has its own."""
    _BY.append(_BY[0] if sample.lists is None else plain_lists.read(sample.lists))
    try:
        yield
    finally:
        _BY.pop()


def listed(heading: str) -> list[str]:
    """The words of a column that are always listed."""
    return [*lists().words[heading], NOT_MAPPED] if heading in _LED else list(LISTED[heading])


SEVERAL = {"Type of harm", "Referred to?"} | {name for name, column in NEW.items() if column.get("several")}


def shown(cell: object) -> str:
    """A cell as Excel's TRIM shows it: no spaces at the ends, single ones inside; nothing for blank and errors."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    words = " ".join(part for part in str(cell).split(" ") if part)
    return "" if words.startswith("#") else words


def cases(review: pd.DataFrame) -> list[Case]:
    """The cases that count: a unique ID, and In sample? is not No; every cell as it is shown."""
    return [one for one in rows(review) if one["In sample?"].lower() != "no"]


def rows(review: pd.DataFrame) -> list[Case]:
    """Every row with a unique ID."""
    if id(review) not in _READ:
        every = [_case(review, row) for row in review.itertuples(index=False, name=None)]
        _READ[id(review)] = (review, [one for one in every if one["Unique ID"]])
    return _READ[id(review)][1]


def _case(review: pd.DataFrame, row: tuple[object, ...]) -> Case:
    """Every cell as it is shown; and which hold a number, since a number written as text is none to a formula."""
    made = dict(zip(map(str, review.columns), map(shown, row), strict=True))
    for name, cell in zip(review.columns, row, strict=True):
        if isinstance(cell, int | float) and not math.isnan(cell):
            made[f"{name} is a number"] = "yes"
    return made


_READ: dict[int, tuple[pd.DataFrame, list[Case]]] = {}  # each frame is read once; it is kept, so that its id is its own


def left(review: pd.DataFrame) -> int:
    """How many left during review."""
    return len(rows(review)) - len(cases(review))


def parts(cell: str) -> list[str]:
    """The words of a cell that may hold several, in small letters, each once."""
    return list(dict.fromkeys(part.strip().lower() for part in cell.split(";") if part.strip()))


def is_filled(case: Case, heading: str) -> bool:
    return case[heading].lower() not in ("", "not mapped")


def is_complete(case: Case) -> bool:
    return all(is_filled(case, heading) for heading in SEVEN)


def scenario(case: Case) -> str:
    """One of the four, Not clear, or '' until both questions are answered."""
    level, concerns = case["Level of harm"].lower(), case["Parenting concerns"].lower()
    return SCENARIOS.get((level, concerns), "Not clear") if level and concerns else ""


def side(case: Case) -> str:
    """Closed, Progressed, or '' for neither."""
    return side_of(case["Outcome"])


def side_of(outcome: str) -> str:
    """The same of the words of an outcome."""
    word = outcome.lower()
    return "Closed" if word in lists().closed else "Progressed" if word in lists().progressed else ""


def age_band(case: Case) -> str:
    """The band of an age or of both ends of two ages; over 120 and everything else: not known."""
    ends = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(?: ?- ?([0-9]+(?:\.[0-9]+)?))?", case["Age at time of contact"])
    found = {_band(float(age)) for age in ends.groups() if age} if ends else set()
    return found.pop() if len(found) == 1 else "Not known"


def _band(age: float) -> str:
    if age > 120:
        return "Not known"
    if age < 10:
        return "Under 10"
    if age >= 18:
        return "18 and over"
    lower = int(age) // 2 * 2
    return f"{lower} to {lower + 1}"


@cache
def _broad() -> dict[str, str]:
    with (TEMPLATE / "reference" / "ethnicity.csv").open(encoding="utf-8", newline="") as file:
        return {row["label"].lower(): row["group"] for row in csv.DictReader(file)}


def broad_group(case: Case) -> str:
    """The broad ethnic group; '' where nothing is known, another group for words that the table does not have."""
    said = case["Ethnicity"].lower()
    if said in ("", "not mapped"):
        return ""
    return _broad().get(said) or lists().broad.get(said, "Another group, in own words")
