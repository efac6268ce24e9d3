"""Release copies of samples as they differ: rows, questions, settings, own words. All invented, none holds a name."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

import pandas as pd
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from tests.filled_workbooks import review as filled
from tests.office import review_rows
from xl_dipsample.privacy.names import Searcher
from xl_dipsample.workbook.build import release_copy


def _parts(between: str, *lines: str) -> list[str]:
    return [part for line in lines for part in line.split(between)]


FORENAMES = _parts(
    " ",
    "Amara Joshua Will Grace May Hope Summer Rose Zoe Oliver Noah Aisha Mohammed Ella Lily Jack Isla Theo Ivy Leo",
    "Daisy Harper Hunter Faith Joy Mark Frank Dawn Eve Skye",
)
SURNAMES = _parts(
    " ",
    "Smith Patel Khan White Young Street English O'Brien Begum Taylor Brown Hussain Green Black King Hall Wood Hill",
    "Price Long Church Banks Ford Day Field",
)
SENTENCES = _parts(
    ". ",
    "Concern raised by school about older peers. Police informed and a strategy discussion was held",
    "Parents agreed to a safety plan with a youth worker. No further action as the threshold was not met",
    "Missing twice in a month. Case closed after a home visit on the green near the church",
    "It may be that she will hope for grace",
)
LONG_LIST = 8_000


@cache
def searcher() -> Searcher:
    """A long list of invented children, case IDs of five digits, and a sample of them.

    Their names are put together by chance from published lists, those that are words in the first place.
    """
    dice = random.Random(5)
    forenames = [*FREQUENCY_LISTS["male_names"], *FREQUENCY_LISTS["female_names"], *FORENAMES]
    surnames = [*FREQUENCY_LISTS["surnames"], *SURNAMES]
    rows = [
        [
            f"DS-{number:05d}",
            f"{dice.choice(forenames)} {dice.choice(surnames)}".title(),
            str(dice.randrange(20_000, 99_999)),
            dt.date(2005, 1, 1) + dt.timedelta(days=dice.randrange(3000)),
        ]
        for number in range(LONG_LIST)
    ]
    frame = pd.DataFrame(rows, columns=["Unique ID", "Name", "Case ID", "Date of birth"], dtype=object)
    return Searcher.of(frame[["Name", "Case ID"]], frame.head(60))


def tables(seed: int, rows: int | None = None) -> dict[str, pd.DataFrame]:
    """A whole review workbook's tables; the seed chooses how many rows, which questions, how dates and DOB look."""
    dice = random.Random(seed)
    made, _ = filled()
    number = rows if rows is not None else dice.choice([0, 1, 6, 12, 25])
    made |= review_rows.tables(number, seed)
    table = made["Review"]
    for heading in [one for one in table.columns if "extract" in one or one == "Summary of harm"]:
        table[heading] = [". ".join(dice.sample(SENTENCES, dice.randint(1, 4))) for _ in range(number)]
    if dice.random() < 0.3:
        table["DOB"] = [f"{dice.randrange(2006, 2014)}-{dice.randrange(1, 13):02d}" for _ in range(number)]
    if dice.random() < 0.3:
        table["Contact date"] = "November 2025" if number else None
    if dice.random() < 0.3:
        made["Questions"] = made["Questions"].iloc[:0]
        made["Review"] = table[[one for one in table.columns if one not in set(review_rows.QUESTIONS["Heading"])]]
    made["Review"] = made["Review"].astype(object)
    return made


def copy(seed: int, rows: int | None = None) -> bytes:
    """The release copy of those tables."""
    return release_copy.made(
        release_copy.shared_tables(tables(seed, rows)), {"sample_id": f"{seed:016x}"}, "24/11/2026 10:12:00"
    )
