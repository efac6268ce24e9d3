"""Every number in the table Agreement equals one worked out another way; and so do the differences that are listed."""

from __future__ import annotations

import random

import pandas as pd
import pytest
import reader_figures
from asked_of_the_product import tables_of
from made_up_samples import sample
from seeds import SAMPLES
from whole_numbers import alike

from xl_dipsample.actions.second_read import compared
from xl_dipsample.domain.review import second_reader as readers

DECIMALS = {"Read twice": None, "Same answer": None, "%": 1, "Kappa": 2, "Kappa from": 2, "Kappa to": 2}


def second_reading(review: pd.DataFrame, dice: random.Random) -> pd.DataFrame:
    """The same cases read by somebody else: some left out, most answers the same, some another case's."""
    rows = review.sample(frac=dice.choice([0.3, 1.0]), random_state=dice.randrange(99)).to_dict("records")
    made, unlike = [], dice.choice([0.0, 0.1, 0.5])
    for row in rows:
        other = dice.choice(rows)
        new = {heading: other[heading] if dice.random() < unlike else cell for heading, cell in row.items()}
        shown = row["Unique ID"]
        made.append(new | {"Unique ID": shown.lower() if shown and dice.random() < 0.2 else shown})
    return pd.DataFrame(made, columns=review.columns, dtype=object)


@pytest.mark.parametrize("seed", SAMPLES)
def test_every_number_of_agreement_is_what_the_two_tables_say(seed: int) -> None:
    made = sample(seed)
    second, tables = second_reading(made.review, random.Random(seed)), tables_of(made)
    asked = compared(tables["Questions"])
    pairs = readers.pairs(made.review, second, asked)
    rows = readers.agreement(pairs, asked).to_dict("records")
    expected = reader_figures.agreement(made.review, second)
    assert [row["Question"] for row in rows] == list(expected)
    for row in rows:
        exact = expected[row["Question"]]
        assert [one for one, places in DECIMALS.items() if not alike(row[one], exact[one], places)] == [], (row, exact)
    listed = readers.differences(pairs, tables["SecondReader"], asked)
    found = {(row["Unique ID"].lower(), row["Question"]) for row in listed.to_dict("records")}
    assert len(found) == len(listed)
    assert found == reader_figures.differing_answers(made.review, second)
