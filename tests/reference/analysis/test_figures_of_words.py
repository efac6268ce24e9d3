"""Every number on Language and Language patterns equals one counted another way from the texts."""

from __future__ import annotations

import random
from collections import Counter

import pandas as pd
import pytest
import word_figures
from asked_of_the_product import refreshed, state, tables_of
from made_up_samples import Sample, sample
from plain_cases import shown
from seeds import OFTEN, SAMPLES
from whole_numbers import alike, numbers_in

TYPICAL = {"Typical for": None, "Closed": None, "Progressed": None, "Per 1,000 closed": 1, "Per 1,000 progressed": 1,
           "Cases": None, "Log-likelihood": 2}  # fmt: skip
MOST = 25


def decided(made: Sample):
    """Refreshed, then decided by somebody, then refreshed again."""
    tables = refreshed(tables_of(made), "Language")
    dice = random.Random(len(made.review))
    words = [dice.choice(["Confirm", "Dismiss", "dismiss ", None, None]) for _ in range(len(tables["Language"]))]
    tables["Language"] = tables["Language"].assign(
        Decision=pd.Series(words, index=tables["Language"].index, dtype=object)
    )
    return tables, refreshed(tables, "Language")


@pytest.mark.parametrize("seed", SAMPLES)
def test_every_row_of_language_and_every_count_of_the_patterns_is_what_the_texts_say(seed: int) -> None:
    made = sample(seed)
    before, tables = decided(made)
    rows = tables["Language"].to_dict("records")
    found = Counter((row["Unique ID"], row["Column"], word_figures.small(row["Term"]), row["Concern"]) for row in rows)
    assert found == word_figures.found(made)
    assert [shown(row["Decision"]) for row in rows] == [shown(cell) for cell in before["Language"]["Decision"]]
    lines = {
        (row["By"], row["Group"].lower(), row["Concern"]): (row["Cases"], row["Of"], row["Confirmed"])
        for row in tables["LanguagePatterns"].to_dict("records")
    }
    assert len(lines) == len(tables["LanguagePatterns"])
    assert lines == word_figures.patterns(made, tables["Language"])
    for row in tables["LanguagePatterns"].to_dict("records"):
        assert numbers_in(row["In words"])[:2] == [row["Cases"], row["Of"]]
    n, of, _ = lines["All cases", "in the sample", "Any concern"]
    assert numbers_in(state("language_patterns", tables))[:2] == [n, of]
    told = [shown(row["Decision"]).lower() for row in rows]
    numbers = [len(told) - told.count(""), len(told), told.count("confirm"), told.count("dismiss")]
    assert numbers_in(state("language", tables)) == (numbers if told else [])


def sides(seed: int) -> Sample:
    """A sample with many closed and many progressed cases."""
    return sample(seed, number=60)


@pytest.mark.parametrize("seed", SAMPLES)
def test_typical_words_and_words_that_stand_together_are_what_the_extracts_say(seed: int) -> None:
    made = sides(seed)
    tables = refreshed(tables_of(made), "Language")
    typical = {row["Word"]: row for row in tables["TypicalWords"].to_dict("records")}
    expected = word_figures.typical(made.review)
    for side in ("Closed", "Progressed"):
        here = {word: row for word, row in typical.items() if row["Typical for"] == side}
        _are_the_highest(here, {word: row for word, row in expected.items() if row["Typical for"] == side})
    for word, row in typical.items():
        assert [one for one, places in TYPICAL.items() if not alike(row[one], expected[word][one], places)] == []
    pairs = {frozenset((row["Word"], row["Beside it"])): row for row in tables["Collocations"].to_dict("records")}
    assert len(pairs) == len(tables["Collocations"])
    stand = word_figures.together(made.review)
    _are_the_highest(pairs, stand)
    for pair, row in pairs.items():
        numbers = ("Together", "Cases", "Log-likelihood")
        assert [one for one in numbers if not alike(row[one], stand[pair][one], 2)] == [], (row, stand[pair])
        assert stand[pair]["Word"] in ("", row["Word"])


def _are_the_highest(listed, possible) -> None:
    """As many as there are, 25 at most; none left out has a higher log-likelihood than one that is listed."""
    assert listed.keys() <= possible.keys()
    assert len(listed) == min(MOST, len(possible))
    out = [row["Log-likelihood"] for key, row in possible.items() if key not in listed]
    if out:
        assert max(out) <= min(possible[key]["Log-likelihood"] for key in listed) + 1e-9


def test_the_samples_have_typical_words_and_more_pairs_than_are_listed() -> None:
    every = [sides(seed).review for seed in range(OFTEN)]
    assert sum(len(word_figures.typical(review)) for review in every) > 20
    assert sum(len(word_figures.together(review)) > MOST for review in every) >= 3


@pytest.mark.parametrize("cells", [(5, 9, 40, 70), (0, 8, 20, 30), (12, 3, 100, 400)])
def test_the_log_likelihood_of_the_second_calculation_is_that_of_a_library(cells) -> None:
    from scipy.stats import chi2_contingency

    a, b, c, d = cells
    found = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")
    assert word_figures.g2(a, b, c, d) == pytest.approx(found.statistic)
