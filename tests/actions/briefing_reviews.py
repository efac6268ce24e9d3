"""Tables of review workbooks for briefings: one with nothing in it, and one in which everything is long. Invented."""

from __future__ import annotations

import datetime as dt
import itertools

import pandas as pd

from xl_dipsample.workbook.specs import defaults, spec

Tables = dict[str, pd.DataFrame]
SENTENCE = "Concern raised by school about older peers who offered gifts, and a strategy discussion was held. "
MANY = {"Findings": 30, "Actions": 20, "PanelQuestions": 20, "Compare": 40, "Recipe": 12}


def empty() -> Tables:
    """A review workbook as it is made: settings with their defaults, no case."""
    return {table.name: defaults.default(table) for table in spec.tables("review")}


def crowded(cases: int) -> Tables:
    """So many cases with 2,000-character texts, all types of harm, own words in every choice; everything else long."""
    tables = empty()
    tables["Review"] = _review(cases)
    for name in ("Focus", "Criteria"):
        tables[name]["Value"] = [SENTENCE * 5 for _ in tables[name]["Value"]]
    tables["Focus"].loc[tables["Focus"]["Setting"] == "Sample name", "Value"] = "A sample with a very long name " * 9
    tables["Categories"]["Chosen"] = "Yes"
    stages = ["Long list", "Duplicate row", "Outside the period", "Below the age cut-off", "Above the upper age",
              "No chosen category", "Another contact of the same young person", "Case check"]  # fmt: skip
    rows = [[stage, 100 if at else 0, cases + 100 * (len(stages) - at)] for at, stage in enumerate(stages)]
    rows += [["Left during review", None, None], ["Sample", None, None]]
    tables["Funnel"] = pd.DataFrame(rows, columns=["Stage", "Excluded", "Remaining"], dtype=object)
    for name, number in MANY.items():
        tables[name] = _long(name, number)
    return tables


def _review(cases: int) -> pd.DataFrame:
    headings = spec.table("review", "Review").headings
    words = spec.lists()
    levels, concerns, outcomes = (
        itertools.cycle(words[one]) for one in ("level_of_harm", "yes_no_not_clear", "outcome")
    )
    rows = []
    for number in range(cases):
        own = number % 2 == 0
        rows.append(
            {
                "Unique ID": f"K{number:04d}",
                "Type of harm": "; ".join(words["categories"]) + (f"; own harm {number} {SENTENCE}" if own else ""),
                "Outcome": f"own outcome {number} {SENTENCE}" if own else next(outcomes),
                "Reason for social care involvement (extract)": SENTENCE * 20,
                "Reason for closure or progression (extract)": SENTENCE * 20,
                "Level of harm": next(levels),
                "Parenting concerns": next(concerns) if number % 3 else "Yes",
                "Quote to use?": "Yes",
            }
        )
    return pd.DataFrame([[row.get(one) for one in headings] for row in rows], columns=headings, dtype=object)


def _long(name: str, number: int) -> pd.DataFrame:
    table = spec.table("review", name)
    fill: dict[str, object] = {
        "Keep?": None, "Done?": "No", "By when": dt.date(2026, 12, 24), "Go there": None, "Same?": "Differs",
        "Note": None, "Clear change": None,
    }  # fmt: skip
    rows = [[fill.get(one, f"{at} {SENTENCE * 4}") for one in table.headings] for at in range(number)]
    return pd.DataFrame(rows, columns=table.headings, dtype=object)
