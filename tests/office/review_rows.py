"""Review tables as people leave them: blanks, own words, capitals, spaces, several words in a cell."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pandas as pd

from xl_dipsample.workbook.specs import spec

SEVERAL, YES_NO, NUMBER, ONE = "Who else [was] there?", "Was it 'online'?", "How many moves #", "School (now)"
QUESTIONS = pd.DataFrame(
    [
        [SEVERAL, "Choose several", "Friend\nSibling\nNobody"],
        [YES_NO, "Yes / No", None],
        [NUMBER, "Number", None],
        [ONE, "Choose one", "In school\nNot in school\nA*"],
    ],
    columns=["Heading", "Type", "Choices"],
    dtype=object,
)
LONG_LIST, OF_AGE = 217, 120


def tables(rows: int, seed: int) -> dict[str, pd.DataFrame]:
    """The tables of a review workbook with so many rows in Review. With an even seed some scenarios are empty."""
    stages = [["Long list", None, LONG_LIST], ["Below the age cut-off", LONG_LIST - rows, rows]]
    stages += [["Case check", 0, rows], ["Left during review", None, None], ["Sample", None, rows]]
    funnel = pd.DataFrame(stages, columns=["Stage", "Excluded", "Remaining"], dtype=object)
    return {
        "Review": review(rows, seed),
        "Questions": QUESTIONS,
        "Funnel": funnel,
        "YoungPeople": pd.DataFrame(
            [
                ["On the long list", 200, None, LONG_LIST],
                ["In the period", 190, None, 205],
                ["In the period and of age", OF_AGE, None, 130],
                ["Of these, without case ID", 1, None, 1],
                ["Of these, date or age not sure", 2, None, 2],
                ["In the sample", rows, None, rows],
            ],
            columns=["Who is counted", "Young people", "Contacts", "Rows"],
            dtype=object,
        ),
    }


def review(rows: int, seed: int) -> pd.DataFrame:
    """The table Review with the team's questions after the spec's columns."""
    chance = random.Random(seed)
    headings = [*spec.table("review", "Review").headings, *QUESTIONS["Heading"]]
    made = [{"Unique ID": f"K{number:03d}", **_typed(chance, many=bool(seed % 2))} for number in range(rows)]
    return pd.DataFrame([[row.get(heading) for heading in headings] for row in made], columns=headings, dtype=object)


def _typed(chance: random.Random, *, many: bool) -> dict[str, object]:
    words = spec.lists()
    levels, concerns = (words["level_of_harm"], ["Yes", "yes ", "No"]) if many else (["In need"], ["Yes"])

    def some(choices: Sequence[object], blank: float = 0.15) -> object:
        return None if chance.random() < blank else chance.choice(choices)

    def written(word: str) -> str:
        return chance.choice([word, word, word.lower(), word.upper(), f"  {word} "])

    harms = "; ".join(chance.sample(words["categories"], chance.choice([1, 1, 2, 3])))
    outcomes = [written(word) for word in words["outcome"][:7]]
    services = [written("Early help"), "Police;Housing or community safety", "police ; a friend; ", "None", "?;*", ";"]
    return {
        "Type of harm": some(
            [harms, harms, harms, "CSE; Not mapped", "No category recorded", "Missing from education"]
        ),
        "Contact date": dt.date(2025, 11, chance.randint(1, 28)),
        "Age at time of contact": some(["12", "13", "14", "15", "16", "17", "14-15", "15-16", "130"]),
        "Gender": some([*words["gender"], "Not mapped"]),
        "Ethnicity": some([*words["ethnicity"], "Not mapped"]),
        "Outcome": some([*outcomes, "*", "<12", "Not mapped", "Early", "No further*"]),
        "Referred to?": some([*services, "Early help; early help", "Not mapped"]),
        "Reason for social care involvement (extract)": some(["copied words", " "]),
        "Reason for closure or progression (extract)": some(["more copied words"]),
        "Level of harm": some([written(word) for word in levels]),
        "Parenting concerns": some([*concerns, "Perhaps"]),
        "Seen as": some([written(word) for word in words["seen_as"]]),
        "Engagement": some([*words["engagement"], "Engag?d"]),
        "Summary of harm": some(["assault at a party", "county lines"]),
        "Hard to find?": some(["Yes", "yes", "No"]),
        "In sample?": some(["Yes", "Yes ", "No", "no ", "?"], blank=0.6),
        "Reason if not in sample": some(["Other"], blank=0.5),
        "Reviewer": some(["AB", "CD"]),
        SEVERAL: some(["Friend", "friend; Sibling", "a dog", "Nobody; a dog", "Nobody;nobody"]),
        YES_NO: some(["Yes", "no", "maybe"]),
        NUMBER: some([0, 2, 3.5]),
        ONE: some(["In school", "A*", "A", "Not in school", "in", "a*"]),
    }
