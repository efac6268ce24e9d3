"""A change of shares in words: points of a hundred, and never more certain than its interval."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.shared.share_cells import change_in_words, difference
from xl_dipsample.domain.shared.statistics import newcombe

ENDS = st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.01, 0.04, "a clear rise, higher by 1 to 4 points"),
        (-0.0153, -0.0021, "a clear fall, lower by 0.2 to 1.5 points"),
        (0.0961, 0.2651, "a clear rise, higher by 10 to 27 points"),
        (0.0001, 0.0002, "a clear rise, higher by under 0.1 points"),
        (0.0001, 0.02, "a clear rise, higher by under 0.1 to 2.0 points"),
        (0.0199, 0.0201, "a clear rise, higher by about 2 points"),
        (0.01, 0.0101, "a clear rise, higher by about 1 point"),
        (-0.0443, 0.0754, "no clear change (between 4 points lower and 8 points higher)"),
        (-0.002, 0.01, "no clear change (between under 1 point lower and 1 point higher)"),
        (0.0, 0.02, "no clear change (between 0 points lower and 2 points higher)"),
    ],
)
def test_the_words_of_an_interval(low, high, words):
    assert change_in_words(low, high) == words


@settings(max_examples=150, deadline=None)
@given(ENDS)
def test_turned_round_a_rise_is_a_fall_of_the_same_size(ends):
    low, high = ends
    forth, back = change_in_words(low, high), change_in_words(-high, -low)
    swapped = (
        forth.replace("rise, higher", "FALL").replace("fall, lower", "rise, higher").replace("FALL", "fall, lower")
    )
    if forth.startswith("no clear"):
        down, up = re.fullmatch(r"no clear change \(between (.*) lower and (.*) higher\)", forth).groups()
        swapped = f"no clear change (between {up} lower and {down} higher)"
    assert swapped == back


@settings(max_examples=100, deadline=None)
@given(st.integers(10, 300), st.integers(10, 300), st.floats(0, 1), st.floats(0, 1))
def test_it_agrees_with_the_worksheet_functions_sentence(n1, n2, share1, share2):
    then, now = (round(n1 * share1), n1), (round(n2 * share2), n2)
    sentence = difference(*then, *now).sentence
    words = change_in_words(*newcombe(*now, *then))
    assert words.split(",")[0].split(" (")[0] == sentence.rpartition(": ")[2]
