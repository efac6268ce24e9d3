"""Every number in the table Compare equals one worked out another way, for this sample and two earlier ones."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

import compared_figures
import pandas as pd
import pytest
import word_figures
from asked_of_the_product import Tables, refreshed, tables_of
from compared_figures import CHANGED_SINCE_2020, GROUPS
from made_up_samples import Sample, sample
from plain_cases import shown
from seeds import ALL, SAMPLES
from whole_numbers import alike, is_blank

from xl_dipsample.domain.comparison import comparison
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.language.terms import terms_of

DECIMALS = dict.fromkeys(("%", "From", "To", "Change", "Change from", "Change to"), 1)
UNLIKE = (recipe.Line(recipe.DIFFERS, "Group of cases (in words)", "ours", "theirs"),)
LABELS = ("This one", "Before", "Long before")


@cache
def decided(made: Sample) -> Tables:
    """Refreshed; the same words in the same place of a case are confirmed or dismissed alike."""
    tables = refreshed(tables_of(made), "Language")
    found: list[str | None] = [
        random.Random(f"{row['Unique ID']}{row['Column']}{row['Term'].lower()}{row['Concern']}").choice(
            ["Dismiss", "Confirm", None]
        )
        for row in tables["Language"].to_dict("records")
    ]
    return tables | {"Language": tables["Language"].assign(Decision=pd.Series(found, dtype=object))}


def dismissed(language: pd.DataFrame) -> set[compared_figures.Hit]:
    return {
        (row["Unique ID"], row["Column"], word_figures.small(row["Term"]), row["Concern"])
        for row in language.to_dict("records")
        if shown(row["Decision"]) == "Dismiss"
    }


@pytest.mark.parametrize("seed", SAMPLES)
def test_every_number_of_compare_is_what_the_samples_say(seed: int) -> None:
    samples = [sample(seed), sample(seed + 1), sample((seed + 7) % ALL)]
    tables = [decided(one) for one in samples]
    terms = terms_of(tables[0]["Terms"]).terms
    harms = comparison.harm_words(tables)
    counted = [
        comparison.Sample(label, one, years, UNLIKE if label == "Before" else (), comparison.figures(one, harms, terms))
        for label, one, years in zip(LABELS, tables, (range(2025, 2026), None, range(2020, 2021)), strict=True)
    ]
    found = comparison.compare_table(counted[0], counted[1:]).to_dict("records")
    own = ["County lines"] if any(one.own_categories for one in samples) else []
    exact = [
        compared_figures.figures(one, own, samples[0].terms, dismissed(there["Language"]))
        for one, there in zip(samples, tables, strict=True)
    ]
    keys = [key for key in exact[0] if _is_listed(key, exact)]
    assert {(row["Part"], row["Figure"], row["Sample"]) for row in found} == {(*k, one) for k in keys for one in LABELS}
    assert len(found) == len(keys) * len(LABELS)
    sureness = {}
    for row in found:
        key, place = (row["Part"], row["Figure"]), LABELS.index(row["Sample"])
        comparable = not (key[0] == "Type of harm" and key[1] in CHANGED_SINCE_2020 and place == 2)
        numbers = compared_figures.shares(*exact[place][key]) | compared_figures.change(
            exact[0][key], exact[place][key], comparable=comparable and place > 0
        )
        assert [None if is_blank(row[one]) else row[one] for one in ("Count", "Of")] == list(exact[place][key]), row
        assert [one for one, places in DECIMALS.items() if not alike(row[one], numbers[one], places)] == [], (
            row,
            numbers,
        )
        assert row["Change to now"].startswith("Not the same recipe: ") == (place == 1)
        if not is_blank(row["Clear change"]):
            sureness[row["Clear change"]] = _sureness(numbers)
        assert is_blank(row["Clear change"]) == (_sureness(numbers) == 0)
    assert sorted(sureness) == list(range(1, len(sureness) + 1))
    in_order = [sureness[number] for number in sorted(sureness)]
    assert all(one >= other - 1e-9 for one, other in pairwise(in_order))


def _sureness(numbers: dict[str, float | None]) -> float:
    """How far the interval is from 0; 0 where it is not clear or not known."""
    low, high = numbers["Change from"], numbers["Change to"]
    return 0.0 if low is None or high is None else max(low, -high, 0.0)


def _is_listed(key: tuple[str, str], exact: list[compared_figures.Figures]) -> bool:
    """Figures that no sample has are not listed, nor are ages, genders and ethnicities that no case has."""
    counts = [figures[key][0] for figures in exact]
    return any(counts) if key[0] in GROUPS else any(n is not None for n in counts)
