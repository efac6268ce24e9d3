"""Fisher's exact test and Holm's correction: textbook values, scipy and statsmodels as oracles, what always holds."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests

from xl_dipsample.domain.shared.statistics import fisher, holm

sizes = st.integers(0, 120)
p_values = st.lists(st.floats(0, 1), max_size=30)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n1, n2 = draw(sizes), draw(sizes)
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def test_the_lady_who_tasted_tea():
    """Fisher (1935): 3 of 4 against 1 of 4; 1, 16, 36, 16 and 1 of 70 ways."""
    assert fisher(3, 4, 1, 4) == pytest.approx((1 + 16 + 16 + 1) / 70, abs=1e-15)
    assert fisher(4, 4, 0, 4) == pytest.approx(2 / 70, abs=1e-15)


def test_an_empty_group_or_one_answer_for_everybody_shows_nothing():
    assert fisher(0, 0, 3, 10) == 1
    assert fisher(5, 5, 7, 7) == 1
    assert fisher(0, 5, 0, 7) == 1
    assert fisher(0, 0, 0, 0) == 1


@pytest.mark.parametrize("table", [(-1, 3, 0, 3), (4, 3, 0, 3), (0, 3, 4, 3), (0, 3, -1, 3)])
def test_a_count_outside_its_group_is_refused(table):
    with pytest.raises(ValueError):
        fisher(*table)


def test_fisher_equals_scipy_for_every_small_table():
    for n1, n2 in itertools.product(range(1, 6), range(1, 6)):
        for k1, k2 in itertools.product(range(n1 + 1), range(n2 + 1)):
            expected = fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]).pvalue
            assert fisher(k1, n1, k2, n2) == pytest.approx(expected, rel=1e-9)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_fisher_equals_scipy(table):
    k1, n1, k2, n2 = table
    expected = fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]).pvalue if n1 and n2 else 1.0
    assert fisher(*table) == pytest.approx(expected, rel=1e-7, abs=1e-300)


@given(tables())
@settings(max_examples=100, deadline=None)
def test_the_groups_and_the_answers_may_change_places(table):
    k1, n1, k2, n2 = table
    p = fisher(*table)
    assert 0 <= p <= 1
    assert fisher(k2, n2, k1, n1) == p
    assert fisher(n1 - k1, n1, n2 - k2, n2) == p


def test_a_thousand_cases_need_no_more_than_a_moment():
    assert fisher(300, 500, 250, 500) == pytest.approx(0.0018270076470658, rel=1e-12)
    assert 0 < fisher(500, 500, 0, 500) < 1e-290


def test_holm_by_hand():
    """Holm (1979): 0.01 x 4, then 0.02 x 3, then 0.03 x 2 which may not become smaller, then 0.5."""
    assert holm([0.03, 0.01, 0.5, 0.02]) == pytest.approx([0.06, 0.04, 0.5, 0.06])


def test_holm_of_no_tests_and_of_one():
    assert holm([]) == []
    assert holm([0.04]) == [0.04]


@pytest.mark.parametrize("seed", range(4))
def test_holm_equals_statsmodels(seed):
    chance = random.Random(seed)
    values = [chance.random() ** 4 for _ in range(10 + 10 * seed)] + [0.01, 0.01, 0, 1]
    assert holm(values) == pytest.approx(list(multipletests(values, method="holm")[1]), abs=1e-12)


@given(p_values)
@settings(max_examples=100, deadline=None)
def test_holm_makes_no_p_smaller_and_keeps_their_order(values):
    corrected = holm(values)
    assert all(p <= c <= 1 for p, c in zip(values, corrected, strict=True))
    for one, other in itertools.combinations(range(len(values)), 2):
        if values[one] < values[other]:
            assert corrected[one] <= corrected[other]


@given(p_values, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_holm_does_not_depend_on_the_order(values, chance):
    order = list(range(len(values)))
    chance.shuffle(order)
    shuffled = holm([values[place] for place in order])
    corrected = holm(values)
    assert all(math.isclose(shuffled[at], corrected[place]) for at, place in enumerate(order))
