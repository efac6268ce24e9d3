"""Synthetic review tables for the findings: blanks, own words, capitals, several types of harm, rows that left."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pandas as pd

from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.specs import defaults, spec

CATEGORIES = list(reference.words("harm_categories", "category"))
OUTCOMES = list(reference.words("outcomes", "outcome"))
OWN_OUTCOMES = ["sent to gran", "Private work", "*"]


def frame(name: str, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """A table of the review workbook with these rows; columns that a row does not reach are blank."""
    headings = spec.table("review", name).headings
    return pd.DataFrame([[*row, *[None] * (len(headings) - len(row))] for row in rows], columns=headings, dtype=object)


def review(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """The table Review; what a row does not say is blank."""
    headings = spec.table("review", "Review").headings
    return pd.DataFrame([[row.get(heading) for heading in headings] for row in rows], columns=headings, dtype=object)


def generated(number: int, seed: int) -> dict[str, pd.DataFrame]:
    """Every table of a review workbook with so many rows in Review."""
    chance = random.Random(seed)
    few = chance.random() < 0.3  # sometimes one outcome has the majority, sometimes many share
    own = chance.random() < 0.5
    full = chance.random() < 0.3
    rows = [_row(chance, place, few=few, own=own, full=full) for place in range(number)]
    listed = [["Long list", None, number + chance.randrange(400)], ["Sample", None, number]]
    counts = [
        [word, chance.choice([0, 3, 12, 40]), 2, 1, chance.choice(["Yes", "No"]), chance.choice([0, 0, 1, 17])]
        for word in CATEGORIES
    ]
    given = {
        "Review": review(rows),
        "Funnel": frame("Funnel", listed),
        "FunnelCategories": frame("FunnelCategories", [*counts, ["Not mapped", 4, 1, 1]]),
    }
    return defaults.frames("review", given)


def _row(chance: random.Random, place: int, *, few: bool, own: bool, full: bool) -> dict[str, object]:
    def some(words: Sequence[object], blank: float = 0.15) -> object:
        return None if not full and chance.random() < blank else chance.choice(words)

    def written(word: str) -> str:
        return chance.choice([word, word, word.lower(), word.upper(), f"  {word} "])

    harms = "; ".join(written(word) for word in chance.sample(CATEGORIES[:6], chance.choice([1, 1, 2, 3])))
    outcomes = ["Child in Need"] * (8 if few else 1) + OUTCOMES
    return {
        "Unique ID": f"K{place:03d}",
        "Type of harm": some(
            [harms] * 6 + ["Not mapped", "No category recorded"] + (["Cuckooing; CSE"] if own else [])
        ),
        "Gender": some(["Female", "Male"]),
        "Ethnicity": some(["White British", "Caribbean"]),
        "Age at time of contact": str(chance.randint(12, 17)),
        "Outcome": some([written(word) for word in outcomes] + ["Not mapped"] + (OWN_OUTCOMES if own else [])),
        "Referred to?": some(["None", "none ", "Police; Early help", "Not mapped", "a friend"]),
        "Reason for social care involvement (extract)": some(["copied words"]),
        "Reason for closure or progression (extract)": some(["more copied words"]),
        "Level of harm": some([written("Significant harm"), written("In need"), "Not clear from the file"]),
        "Parenting concerns": some(["Yes", "yes ", "No", "NO", "Not clear from the file"]),
        "Hard to find?": some(["Yes", "yes", "No"], blank=0.6),
        "In sample?": some(["Yes", "No", "no "], blank=0.9) if place % 3 == 0 else None,
        "Reviewer": some(["AB", "CD"]),
    }
