"""The plain tests that say what is significant: textbooks, scipy, statsmodels, and every small table."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from scipy.stats import fisher_exact, hypergeom
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

from tests.reference.planted.plain_tests import LEVEL, fisher, holm, own_chance, stratified
from tests.reference.planted.planted_questions import Table

TEA = (3, 1, 1, 3)  # Fisher, The Design of Experiments: which of eight cups had the milk first
TWINS = (2, 15, 10, 3)  # Fisher 1962: convicted twins of convicted men, fraternal and identical
# Agresti 1990, page 234: rabbits cured after an hour and a half or at once, at five levels of penicillin
RABBITS = [(0, 6, 0, 5), (3, 3, 0, 6), (6, 0, 2, 4), (5, 1, 6, 0), (2, 0, 5, 0)]


def small_tables() -> list[Table]:
    return list(itertools.product(range(6), repeat=4))


def test_it_is_what_scipy_says_of_small_tables() -> None:
    for table in small_tables()[1::5]:
        assert fisher(table) == pytest.approx(fisher_exact([table[:2], table[2:]]).pvalue, abs=1e-9), table


@pytest.mark.parametrize("cases", [45, 88, 206, 412])
def test_it_is_what_scipy_says_of_tables_as_large_as_samples(cases: int) -> None:
    chance = random.Random(cases)
    for _ in range(60):
        group, told = chance.randint(0, cases), chance.randint(0, cases)
        there = chance.randint(max(0, group + told - cases), min(group, told))
        table = (there, group - there, told - there, cases - group - told + there)
        assert fisher(table) == pytest.approx(fisher_exact([table[:2], table[2:]]).pvalue, rel=1e-7, abs=1e-12), table


def test_the_lady_who_got_six_cups_right() -> None:
    assert fisher(TEA) == pytest.approx(34 / 70)
    assert fisher((4, 0, 0, 4)) == pytest.approx(2 / 70)


def test_the_twins_of_convicted_men() -> None:
    assert fisher(TWINS) == pytest.approx(0.0005367, abs=5e-8)


def test_a_group_that_nobody_is_in_says_nothing() -> None:
    assert fisher((0, 0, 3, 4)) == fisher((0, 4, 0, 7)) == 1.0
    assert own_chance((0, 0, 3, 4)) == own_chance((0, 4, 0, 7)) == 0.0


def test_four_cups_of_eight_are_significant_by_chance_in_two_orders_of_seventy() -> None:
    assert own_chance(TEA) == pytest.approx(2 / 70)


@pytest.mark.parametrize("margins", [(20, 8, 10), (45, 3, 20), (88, 30, 11), (206, 14, 90)])
def test_the_own_chance_is_that_of_every_table_with_these_margins_that_scipy_finds_significant(
    margins: tuple[int, int, int],
) -> None:
    cases, told, group = margins
    chance = 0.0
    for there in range(max(0, group + told - cases), min(group, told) + 1):
        table = [[there, group - there], [told - there, cases - group - told + there]]
        chance += hypergeom.pmf(there, cases, told, group) if fisher_exact(table).pvalue < LEVEL else 0.0
    assert own_chance((1, group - 1, told - 1, cases - group - told + 1)) == pytest.approx(chance, abs=1e-12)
    assert 0 <= chance < LEVEL


def test_the_own_chance_is_how_often_shuffled_labels_are_significant() -> None:
    chance = np.random.default_rng(170_001)
    told = np.arange(60) < 21
    tables: list[Table] = []
    for _ in range(4000):
        there = int(chance.permutation(told)[:25].sum())
        tables.append((there, 25 - there, 21 - there, 14 + there))
    p_values = {table: fisher(table) for table in set(tables)}
    often = sum(p_values[table] < LEVEL for table in tables) / len(tables)
    expected = own_chance(tables[0])
    assert abs(often - expected) < 4 * (expected * (1 - expected) / len(tables)) ** 0.5


def test_holm_as_his_method_is_explained_everywhere() -> None:
    """Of 0.01, 0.04, 0.03 and 0.005 the first and the last stand: 0.03 is above 0.05 / 2, and 0.04 falls with it."""
    assert holm({"one": 0.01, "two": 0.04, "three": 0.03, "four": 0.005}) == {"one", "four"}
    assert holm({}) == set()
    assert holm({"alone": 0.05}) == {"alone"}


def test_holm_is_what_statsmodels_says() -> None:
    chance = random.Random(170_001)
    for size in [*range(1, 13), 12, 12]:
        p_values = {str(place): round(chance.random() ** 4, 4) for place in range(size)}
        rejected = multipletests(list(p_values.values()), alpha=LEVEL, method="holm")[0]
        assert holm(p_values) == {name for name, one in zip(p_values, rejected, strict=True) if one}


def test_one_level_alone_is_fishers_test() -> None:
    for table in small_tables()[1:]:
        if sum(table):
            assert stratified([table]) == pytest.approx(fisher(table), abs=1e-9), table


def test_penicillin_and_the_rabbits_that_waited() -> None:
    assert stratified(RABBITS) == pytest.approx(0.03994, abs=5e-6)


def test_every_way_to_fill_two_levels_adds_up_to_the_stratified_p() -> None:
    """Another way to the same number: all pairs of counts one by one."""
    tables = [(7, 5, 3, 11), (4, 9, 1, 8)]
    ways: dict[int, float] = {}
    for pair in itertools.product(*(range(min(one[0] + one[1], one[0] + one[2]) + 1) for one in tables)):
        chance = 1.0
        for there, table in zip(pair, tables, strict=True):
            chance *= hypergeom.pmf(there, sum(table), table[0] + table[2], table[0] + table[1])
        ways[sum(pair)] = ways.get(sum(pair), 0.0) + chance
    seen = ways[sum(table[0] for table in tables)]
    assert stratified(tables) == pytest.approx(sum(one for one in ways.values() if one <= seen * (1 + 1e-9)))


def test_with_many_cases_the_stratified_test_is_near_that_of_mantel_and_haenszel() -> None:
    tables = [(60, 140, 45, 155), (90, 110, 75, 125)]
    near = StratifiedTable([np.array([one[:2], one[2:]]) for one in tables]).test_null_odds(correction=True).pvalue
    assert stratified(tables) == pytest.approx(near, rel=0.05)


def test_what_each_level_denies_two_levels_together_do_not_say() -> None:
    """Simpson: concerns stand where harm is worse, and at each level of harm they change nothing."""
    levels = [(32, 8, 16, 4), (2, 18, 4, 36)]
    together = tuple(sum(numbers) for numbers in zip(*levels, strict=True))
    assert fisher((together[0], together[1], together[2], together[3])) < LEVEL
    assert stratified(levels) == pytest.approx(1.0)
