"""Tables such as a workbook has in the middle of the work, for tests of how it is built and looks. All invented."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

import pandas as pd

from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.specs import defaults, spec

Tables = dict[str, pd.DataFrame]
Values = dict[str, CellValue]
QUESTIONS = [
    ["Was a return home interview held?", "Yes / No", None, "Within 72 hours.", "It is offered to everybody.", None],
    ["Where did the harm happen?", "Choose several", "School\nPark\nOnline", None, None, None],
    ["Who referred?", "Choose one", "School\nPolice\nHealth", None, None, None],
    ["Days until the visit", "Number", None, None, None, None],
    ["Visited on", "Date", None, None, None, None],
]
FORMULA_LIKE = "=1+1"
_WHEN = dt.datetime.fromisoformat("2025-12-01 09:30")


def table(kind: Kind, name: str, rows: list[list[object]], more: tuple[str, ...] = ()) -> pd.DataFrame:
    """A frame with the spec's headings, and `more` after them."""
    return pd.DataFrame(rows, columns=[*spec.table(kind, name).headings, *more], dtype=object)


def filled(kind: Kind) -> tuple[Tables, Values]:
    """Tables and named cells of one kind of workbook."""
    return (working if kind == "working" else review)()


@cache
def built(kind: Kind) -> bytes:
    """The file of one such workbook; made once, because to build one takes a second."""
    return build(kind, *filled(kind))


def settings(kind: Kind) -> pd.DataFrame:
    """Focus with everything agreed."""
    frame = defaults.default(spec.table(kind, "Focus"))
    answers = {
        "Main question": "What is decided about harm outside the home, and where do those cases go next?",
        "Group of cases (in words)": "All Child and Family Assessments closed in November 2025",
        "Part of the file": "Child and Family Assessment",
        "Period from": dt.date(2025, 11, 1),
        "Period to": dt.date(2025, 11, 30),
        "Sample name": "November 2025",
        "Reviewers": "AB, CD",
    }
    frame["Value"] = [answers.get(name, value) for name, value in zip(frame["Setting"], frame["Value"], strict=True)]
    return frame


def counts(kind: Kind) -> Tables:
    """The tables of Funnel."""
    dice = random.Random(7)
    stages: list[list[object]] = [
        ["Long list", 0, 412], ["Duplicate row", 6, 406], ["Outside the period", 18, 388],
        ["Below the age cut-off", 141, 247], ["No chosen category", 121, 126],
        ["Another contact of the same young person", 14, 112], ["Case check", 22, 90],
    ]  # fmt: skip
    stages += [["Sample", 0, 61]] if kind == "working" else [["Left during review", None, None], ["Sample", 0, None]]
    words = [*reference.words("harm_categories", "category"), "Not mapped", "No category recorded"]
    groups = [("Age band", "age_bands"), ("Gender", "gender"), ("Ethnicity", "ethnicity")]
    return {
        "Funnel": table(kind, "Funnel", stages),
        "FunnelCategories": table(
            kind, "FunnelCategories", [[w, *(dice.randrange(99) for _ in "abc"), "Yes", len(w)] for w in words]
        ),
        "FunnelGroups": table(
            kind,
            "FunnelGroups",
            [[g, w, dice.randrange(200), dice.randrange(60)] for g, name in groups for w in spec.lists()[name]],
        ),
    }


def working() -> tuple[Tables, Values]:
    """A working workbook whose case check has begun."""
    kind: Kind = "working"
    decisions = [("Include", None), ("Exclude", "Other"), ("Unsure", None), (None, None), ("Exclude", None)]
    made = {
        "Focus": settings(kind),
        "Questions": table(kind, "Questions", QUESTIONS),
        "Labels": table(
            kind,
            "Labels",
            [["Type of harm", "CSE - suspected", 12, "CSE", None], ["Type of harm", "zz", 3, None, None]],
        ),
        "LongList": table(
            kind,
            "LongList",
            [
                [
                    i,
                    i + 3,
                    f"{i:06d}",
                    f"Given{i} Family{i}",
                    dt.date(2010, 1, i),
                    None,
                    dt.date(2025, 11, i),
                    None,
                    "F",
                    "WBRI",
                    "CSE; Gangs",
                    "NFA",
                    None,
                    None,
                    f"Team {i % 3}",
                    FORMULA_LIKE,
                ]
                for i in range(1, 21)
            ],
            ("Team", "Notes"),
        ),
        "DataChecks": table(
            kind,
            "DataChecks",
            [
                [
                    "Error",
                    "D03",
                    "The date of birth is later than the contact date.",
                    7,
                    None,
                    "Date of birth",
                    "2030-01-01",
                    "Correct the date in the case system, export again, and import once more.",
                    3,
                    "AB",
                ]
            ],
        ),
        "CaseCheck": table(
            kind,
            "CaseCheck",
            [
                [
                    i,
                    f"{i:06d}",
                    f"Given{i} Family{i}",
                    dt.date(2025, 11, i),
                    "Team 1",
                    "14-15" if i % 4 else str(i % 18),
                    "CSE; Missing",
                    "every candidate is confirmed in the file",
                    *decisions[i % 5],
                    "AB" if i % 2 else None,
                    None,
                ]
                for i in range(1, 21)
            ],
        ),
        "WhatIf": table(
            kind,
            "WhatIf",
            [
                [age, preset, cce, 100 + age, 120, 130 - age]
                for age in (11, 12, 13)
                for preset in ("Your choice", "Guide", "DfE extra-familial harm")
                for cce in ("Without CCE", "With CCE")
            ],
        ),
        "Audit": table(kind, "Audit", [[_WHEN, "ab", "Narrow down", "412 rows", "0.1.0", f"1 {'bcdf' * 5}"]]),
    }
    return made | counts(kind), {"sample_id": "S-7K3Q-92"}


def _a_finding(kind: Kind) -> pd.DataFrame:
    row = dict.fromkeys(spec.table(kind, "Findings").headings)
    told = {
        "About": "Most common outcome",
        "Finding": "A synthetic sentence (3 of 12).",
        "Where it comes from": "Summary!B83",
    }
    return pd.DataFrame([row | told], dtype=object)


def review() -> tuple[Tables, Values]:
    """A review workbook in which people have typed, with questions and a column of the team's own."""
    kind: Kind = "review"
    dice = random.Random(4)
    words = spec.lists()
    extract = "Police reported that the young person was found with older people; a friend had told the school."
    rows: list[dict[str, object]] = []
    for i in range(1, 31):
        row: dict[str, object] = {
            "Unique ID": f"DS-{i:04d}-K",
            "Type of harm": dice.choice(["CSE; Missing", "Gangs", "CSE"]),
            "Contact date": dt.date(2025, 11, 1 + i % 28),
            "Age at time of contact": dice.choice(["12", "15", "14-15"]),
            "Gender": dice.choice(words["gender"]),
            "Ethnicity": dice.choice(words["ethnicity"]),
            "Outcome": dice.choice([*words["outcome"], "Not mapped"]),
            "My own notes": "look again" if i == 3 else None,
            "Where did the harm happen?": "School; Park" if i % 2 else None,
        }
        if i < 22:
            row |= {
                "Referred to?": dice.choice(words["referred_to"]),
                "Reason for social care involvement (extract)": extract,
                "Reason for closure or progression (extract)": FORMULA_LIKE,
                "Level of harm": dice.choice(words["level_of_harm"]),
                "Parenting concerns": dice.choice(words["yes_no_not_clear"]),
                "Reviewer": "AB",
            }
        if i in (5, 9):
            row |= {"In sample?": "No", "Reason if not in sample": "Other"}
        rows.append(row)
    frame = pd.DataFrame(rows, dtype=object)
    made = {
        "Focus": settings(kind),
        "Questions": table(kind, "Questions", QUESTIONS),
        "Review": frame.where(frame.notna(), None),
        "Findings": _a_finding(kind),
    }
    return made | counts(kind), {"sample_id": "S-7K3Q-92"}
