"""Shares as cells give them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.shared.share_cells import difference, interval, percent, whole_number

SHARES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=200, deadline=None)
@given(SHARES)
def test_per_cents_are_rounded_half_up_and_never_say_nobody_or_everybody_wrongly(share):
    k, n = share
    words = percent(k, n)
    assert (words == "0%") == (k == 0)
    assert (words == "100%") == (k == n)
    if words[0].isdigit():
        assert -Fraction(1, 2) <= Fraction(100 * k, n) - int(words[:-1]) < Fraction(1, 2)


@settings(max_examples=100, deadline=None)
@given(SHARES, SHARES)
def test_the_later_sample_first_turns_the_difference_round(one, other):
    forth, back = difference(*one, *other), difference(*other, *one)
    if min(one[1], other[1]) < 10:
        assert forth.difference is forth.low is forth.high is None
        assert forth.sentence.endswith("too few cases to compare")
    else:
        assert abs(forth.difference + back.difference) < 1e-12
        assert abs(forth.low + back.high) < 1e-12
        assert forth.low <= forth.difference <= forth.high
        swap = {"a clear rise": "a clear fall", "a clear fall": "a clear rise", "no clear change": "no clear change"}
        assert swap[forth.sentence.split(": ")[1]] == back.sentence.split(": ")[1]


def test_a_count_is_a_whole_number_from_nothing_upwards_as_number_or_text():
    assert [whole_number(cell) for cell in (0, 3.0, "3", "3.0", " 1,234,567 ", "0012")] == [0, 3, 3, 3, 1234567, 12]
    for no_count in (None, "", -1, 1.5, "1.5", "1,23", "3 of 4", "٣", float("inf"), float("nan"), True, 1e300):
        assert whole_number(no_count) is None


def test_a_part_larger_than_its_whole_and_a_part_of_nothing_are_no_shares():
    assert interval(5, 4) is interval(0, 0) is interval("", 3) is None
    assert difference(5, 4, 1, 20) is difference(1, 20, 5, 4) is None
