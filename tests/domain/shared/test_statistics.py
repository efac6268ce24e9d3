"""Wilson and Newcombe against published examples and against the definition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.shared.statistics import newcombe, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(7, 50, 0.0695, 0.2619), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_agrees_with_published_examples(k, n, low, high):
    assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_seen_lies_just_1_96_standard_errors_from_either_end(pair):
    k, n = pair
    for end in wilson(k, n):
        assert (k / n - end) ** 2 == pytest.approx(1.959963984540054**2 * end * (1 - end) / n, abs=1e-9)


def test_nobody_at_all_could_be_any_share():
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError):
        wilson(11, 10)


@pytest.mark.parametrize(
    ("pairs", "low", "high"),
    [
        # Newcombe (1998), table II, method 10.
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_agrees_with_the_paper(pairs, low, high):
    assert newcombe(*pairs) == pytest.approx((low, high), abs=5e-5)


def test_the_difference_of_two_shares_turns_round_with_them():
    low, high = newcombe(14, 167, 22, 217)
    assert newcombe(22, 217, 14, 167) == pytest.approx((-high, -low))
