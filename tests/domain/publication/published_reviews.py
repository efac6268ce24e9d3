"""Synthetic tables Review and Funnel, of any size, for tests of what is published."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pandas as pd

from xl_dipsample.workbook.specs import spec

_LISTS = spec.lists()


def review_of(cases: int, seed: int, *, left: int = 0, several_outcomes: float = 0.7) -> pd.DataFrame:
    """`cases` rows in the sample and `left` that left; the first words of each list are the commonest."""
    chance = random.Random(seed)

    def pick(words: Sequence[str], spread: float) -> str:
        return words[min(len(words) - 1, int(chance.expovariate(spread)))]

    def some(words: Sequence[str], numbers: Sequence[int]) -> str:
        return "; ".join(dict.fromkeys(pick(words, 0.5) for _ in range(chance.choice(numbers))))

    rows = [
        {
            "Unique ID": f"DS-{number:06d}",
            "Type of harm": some(_LISTS["categories"], (1, 1, 2, 3)),
            "Age at time of contact": chance.randint(11, 18),
            "Gender": pick([*_LISTS["gender"], "typed"], 1.0),
            "Ethnicity": pick(_LISTS["ethnicity"], 0.4),
            "Outcome": pick([*_LISTS["outcome"][:4], "Not mapped", ""], several_outcomes),
            "Referred to?": some(_LISTS["referred_to"], (0, 1, 1, 2)),
            "Level of harm": pick([*_LISTS["level_of_harm"][:2], ""], 1.0),
            "Parenting concerns": pick(_LISTS["yes_no"], 1.0),
            "In sample?": "No" if number >= cases else None,
        }
        for number in range(cases + left)
    ]
    headings = spec.table("review", "Review").headings
    return pd.DataFrame([[row.get(one) or None for one in headings] for row in rows], columns=headings, dtype=object)


def funnel_of(cases: int, left: int, *stages: tuple[str, int]) -> pd.DataFrame:
    """The table Funnel as the review workbook has it: `stages` with how many left at each."""
    rest = cases + left + sum(out for _, out in stages)
    rows: list[list[object]] = [["Long list", None, rest]]
    for name, out in stages:
        rest -= out
        rows.append([name, out, rest])
    rows += [["Left during review", left, rest - left], ["Sample", 0, rest - left]]
    return pd.DataFrame(rows, columns=["Stage", "Excluded", "Remaining"], dtype=object)
