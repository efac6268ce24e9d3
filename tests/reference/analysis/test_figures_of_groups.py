"""Every number in the tables Variations, Harms and Thresholds equals one counted another way."""

from __future__ import annotations

from collections import Counter

import group_figures
import plain_cases as plain
import pytest
from asked_of_the_product import refreshed, state, tables_of
from made_up_samples import sample
from seeds import OFTEN, SAMPLES
from whole_numbers import alike, differing, is_blank, numbers_in

DECIMALS = {"p of this test": 6, "p over all tests": 6} | dict.fromkeys(
    ("% progressed", "Others %", "Difference from", "Difference to"), 1
)
CLEAR = " often, by "


@pytest.mark.parametrize("seed", SAMPLES)
def test_every_number_of_variations_is_what_the_rows_of_review_say(seed: int) -> None:
    made = sample(seed)
    tables = refreshed(tables_of(made), "Variations")
    expected = group_figures.variations(made)
    found = {(row["By"], row["Group"].lower()): row for row in tables["Variations"].to_dict("records")}
    assert len(found) == len(tables["Variations"])
    assert found.keys() == expected.keys()
    for key, numbers in expected.items():
        shown = {column: found[key][column] for column in [*group_figures.COUNTS, *DECIMALS]}
        off = [one for one in shown if not alike(shown[one], numbers.get(one), DECIMALS.get(one))]
        assert not off, (key, off, shown, numbers)
        is_clear = _is_clear(numbers)
        assert (CLEAR in found[key]["In words"]) == is_clear, (key, numbers)
        if "Progressed" in numbers:
            assert numbers_in(found[key]["In words"])[:2] == [numbers["Progressed"], numbers["Cases"]]
    assert numbers_in(state("variations", tables)) == _told(made.review, expected)


def _is_clear(numbers: dict[str, object]) -> bool:
    p, low, high = (numbers.get(one) for one in ("p over all tests", "Difference from", "Difference to"))
    return p is not None and float(str(p)) < 0.05 and not float(str(low)) <= 0 <= float(str(high))


def _told(review, expected) -> list[int]:
    """The numbers of the sentence in A3: cases on a side, cases on neither, tests, clear differences."""
    cases = plain.cases(review)
    if not expected:
        return []
    decided = sum(plain.side(case) != "" for case in cases)
    tests = sum(not is_blank(row.get("p of this test")) for row in expected.values())
    return [decided, len(cases) - decided, tests, sum(map(_is_clear, expected.values()))]


def test_the_samples_have_tests_and_clear_differences_among_them() -> None:
    every = [row for seed in range(OFTEN) for row in group_figures.variations(sample(seed)).values()]
    assert sum(not is_blank(row.get("p of this test")) for row in every) > 60
    assert any(_is_clear(row) for row in every)


@pytest.mark.parametrize("seed", SAMPLES)
def test_harms_has_a_row_for_each_case_and_type_of_harm(seed: int) -> None:
    made = sample(seed)
    table = refreshed(tables_of(made), "Types of harm")["Harms"]
    rows = Counter((row[0], row[1].lower(), *row[2:]) for row in table.itertuples(index=False, name=None))
    assert rows == group_figures.harms(made.review)


@pytest.mark.parametrize("seed", SAMPLES)
def test_thresholds_says_how_many_cases_are_alike_and_in_how_many_ways_they_ended(seed: int) -> None:
    made = sample(seed)
    table = refreshed(tables_of(made), "Thresholds")["Thresholds"]
    expected = group_figures.like_cases(made.review)
    assert sorted(table["Unique ID"]) == sorted(expected)
    found = {row["Unique ID"]: (row["Scenario"], *_like(row["Like cases"])) for row in table.to_dict("records")}
    assert (
        differing(
            {one: str(row) for one, row in found.items()},
            {one: str((scenario, size, max(outcomes, 1))) for one, (scenario, size, outcomes) in expected.items()},
        )
        == []
    )
    cells = {case["Unique ID"]: case for case in plain.cases(made.review)}
    for row in table.to_dict("records"):
        case = cells[row["Unique ID"]]
        for column in ("Type of harm", "Summary of harm", "Quote to use?", "Reason for closure or progression"):
            heading = column if column in case else f"{column} (extract)"
            assert plain.shown(row[column]) == (case[heading] or (plain.shown(row[column]) and plain.NOTHING))


def _like(words: str) -> tuple[int, int]:
    """How many cases, how many outcomes: "The only one", "2 cases", "2 cases, 2 outcomes"."""
    numbers = numbers_in(words)
    return (1, 1) if not numbers else (numbers[0], numbers[1] if len(numbers) > 1 else 1)
