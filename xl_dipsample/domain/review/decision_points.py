"""Two decision points: a second outcome beside the first, which the lead turns on.

Turned on, Pseudonymise adds one more question to those of the team: a column of Review with the words of the list of
Outcome. Every figure stays about Outcome; Summary sets the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.lead_lists import Lists

SETTING = "Second decision point"  # on Focus: Yes or No
FIRST, SECOND = lead_lists.OUTCOME, lead_lists.SECOND_OUTCOME
HELP = (
    "What was decided at the end of the assessment. Every figure is about Outcome; Summary shows what changed between "
    "the two."
)


def with_second(questions: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """The table Questions of the review workbook with the second outcome before the team's questions.

    >>> made = with_second(pd.DataFrame(columns=["Heading", "Type", "Choices"], dtype=object), lead_lists.shipped())
    >>> made.loc[0, "Heading"], made.loc[0, "Choices"].splitlines()[0]
    ('Outcome at the end of assessment', 'No further action')
    """
    row = {"Heading": SECOND, "Type": "Choose one", "Choices": "\n".join(lists.words(lead_lists.OUTCOME))}
    first = pd.DataFrame([[row.get(str(one)) for one in questions.columns]], columns=questions.columns, dtype=object)
    made = pd.concat([first, questions], ignore_index=True).astype(object)
    return made.where(made.notna(), None)


def without_second(questions: pd.DataFrame) -> pd.DataFrame:
    """The table Questions as the lead typed it: what Pseudonymise put there comes with Focus."""
    return questions.loc[[trimmed(one) != SECOND for one in questions["Heading"]]].reset_index(drop=True)


def is_on(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether a review workbook has the second outcome: Focus says Yes, and it stands among the questions."""
    focus, questions = tables.get("Focus"), tables.get("Questions")
    if focus is None or questions is None:
        return False
    said = dict(zip(focus["Setting"], focus["Value"], strict=True)).get(SETTING)
    return trimmed(said).casefold() == "yes" and SECOND in [trimmed(one) for one in questions["Heading"]]
