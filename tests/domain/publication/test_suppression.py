"""Small numbers: what is shown as "c", and that nobody gets it back. All counts are synthetic."""

from __future__ import annotations

import json

import highspy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain.publication.suppression_attacker import assert_nothing_comes_back, attack
from xl_dipsample.domain.publication.feasible import Relation, is_possible
from xl_dipsample.domain.publication.suppression import Figures, Safe, audit, suppress, to_nearest_five


def adds_up(total: str, *parts: str) -> Relation:
    return Relation(((total, 1), *((part, -1) for part in parts)))


def one_table(*numbers: int) -> Figures:
    """Lines 0, 1, 2, ... that add up to "all"."""
    counts = {str(place): number for place, number in enumerate(numbers)}
    relation = adds_up("all", *counts)
    return Figures(counts | {"all": sum(numbers)}, (relation,), {"table": ("all", *counts)}, {"all": 100})


def only_small(figures: Figures) -> Safe:
    """What hiding the small numbers and nothing else would publish."""
    small = {cell for cell, count in figures.counts.items() if 1 <= count <= 5}
    return Safe(figures, frozenset(small), frozenset(), (), rounded=False)


@st.composite
def linked(draw: st.DrawFn) -> Figures:
    """Lists that share a total, one of them with cases in several lines, and a cross table of the first two."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    number = st.one_of(st.just(0), st.integers(1, 5), st.integers(6, 40))
    inner = {f"x{i}.{j}": draw(number) for i in range(rows) for j in range(columns)}
    counts = dict(inner)
    relations = []
    for i in range(rows):
        line = [f"x{i}.{j}" for j in range(columns)]
        counts[f"a{i}"] = sum(inner[cell] for cell in line)
        relations.append(adds_up(f"a{i}", *line))
    for j in range(columns):
        line = [f"x{i}.{j}" for i in range(rows)]
        counts[f"b{j}"] = sum(inner[cell] for cell in line)
        relations.append(adds_up(f"b{j}", *line))
    counts["all"] = whole = sum(inner.values())
    assume(whole > 5)
    first, second = [f"a{i}" for i in range(rows)], [f"b{j}" for j in range(columns)]
    relations += [adds_up("all", *first), adds_up("all", *second)]
    left = [draw(st.integers(0, 12)) for _ in range(draw(st.integers(1, 3)))]
    counts["rest"] = whole + sum(left)
    gone = {f"g{k}": out for k, out in enumerate(left)}
    relations.append(adds_up("rest", "all", *gone))
    several = {f"s{k}": draw(st.integers(0, whole)) for k in range(3)}
    several["s3"] = max(0, whole - sum(several.values()))
    relations.append(Relation((*((cell, 1) for cell in several), ("all", -1)), 0, None))
    relations += [Relation((("all", 1), (cell, -1)), 0, None) for cell in several]
    tables = {
        "first": ("all", *first),
        "second": ("all", *second),
        "several": ("all", *several),
        "funnel": ("all", "rest", *gone),
        "cross": (*first, *second, *inner),
    }
    return Figures(counts | gone | several, tuple(relations), tables, {"all": 1000})


def test_1_to_5_are_hidden_and_0_is_shown_as_0() -> None:
    safe = suppress(one_table(0, 1, 5, 6, 30))
    assert [safe.shown(str(place)) for place in range(3)] == [0, "c", "c"]
    assert safe.shown("4") == 30
    assert safe.shown("all") == 42


def test_hiding_the_small_numbers_alone_gives_them_back() -> None:
    assert attack(only_small(one_table(3, 20, 30)))["0"] == (3, 3)


@given(st.integers(1, 5), st.lists(st.integers(6, 50), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_single_small_number_is_always_given_back_by_its_total(small: int, others: list[int]) -> None:
    low, high = attack(only_small(one_table(small, *others)))["0"]
    assert (round(low, 6), round(high, 6)) == (small, small)
    assert_nothing_comes_back(suppress(one_table(small, *others)))


def test_several_small_numbers_can_give_each_other_back() -> None:
    figures = one_table(1, 1, 1, 30, 12)
    assert attack(only_small(figures))["0"] == (1, 1), "three cells that add up to 3"
    safe = suppress(figures)
    assert safe.secondary == {"4"}, "the smallest of the others is hidden too"
    assert_nothing_comes_back(safe)


def test_nothing_more_is_hidden_when_the_small_numbers_protect_each_other() -> None:
    safe = suppress(one_table(3, 2, 4, 5, 4, 60))
    assert safe.secondary == frozenset()
    assert_nothing_comes_back(safe)


@given(linked())
@settings(max_examples=40, deadline=None)
def test_no_hidden_number_can_be_narrowed_from_all_tables_together(figures: Figures) -> None:
    assert_nothing_comes_back(suppress(figures))


@given(linked())
@settings(max_examples=25, deadline=None)
def test_nor_when_every_number_is_rounded(figures: Figures) -> None:
    assert_nothing_comes_back(suppress(figures, rounded=True))


@given(linked())
@settings(max_examples=20, deadline=None)
def test_the_quick_audit_never_claims_more_than_linear_programming(figures: Figures) -> None:
    safe = suppress(figures)
    exact = attack(safe)
    for cell, (low, high) in audit(safe).items():
        assert exact[cell][0] - 1e-6 <= low <= figures.counts[cell] <= high <= exact[cell][1] + 1e-6


@given(linked())
@settings(max_examples=20, deadline=None)
def test_every_number_that_is_not_hidden_is_the_true_one_and_the_same_numbers_are_hidden_every_time(
    figures: Figures,
) -> None:
    safe = suppress(figures)
    for cell in safe.figures.published() - safe.hidden:
        assert safe.shown(cell) == figures.counts[cell]
    assert not any(figures.counts[cell] < 6 for cell in safe.secondary)
    assert suppress(figures) == safe


def test_the_same_number_in_two_tables_is_hidden_in_both() -> None:
    """A line of the first table is the total of the second."""
    counts = {"all": 60, "a": 40, "b": 20, "a1": 3, "a2": 37, "c": 25, "d": 35}
    relations = (adds_up("all", "a", "b"), adds_up("a", "a1", "a2"), adds_up("all", "c", "d"))
    figures = Figures(counts, relations, {"first": ("all", "a", "b", "c", "d"), "second": ("a", "a1", "a2")})
    safe = suppress(figures)
    assert safe.shown("a1") == safe.shown("a2") == "c"
    assert_nothing_comes_back(safe)


def test_where_cases_count_in_several_lines_each_case_counts_at_least_once() -> None:
    """All 20 have a service; 17 have the first: so at least 3 have the second, although the lines do not add up."""
    counts = {"all": 20, "first": 17, "second": 4}
    relations = (
        Relation((("first", 1), ("second", 1), ("all", -1)), 0, None),
        Relation((("all", 1), ("first", -1)), 0, None),
        Relation((("all", 1), ("second", -1)), 0, None),
    )
    figures = Figures(counts, relations, {"table": ("all", "first", "second")}, {"all": 100})
    assert attack(only_small(figures))["second"] == (3, 5)
    safe = suppress(figures)
    assert safe.hidden == {"first", "second"}
    assert_nothing_comes_back(safe)


def test_a_table_of_small_numbers_alone_is_dropped_when_its_total_must_stay() -> None:
    counts = {"all": 7, "a": 3, "b": 4}
    figures = Figures(counts, (adds_up("all", "a", "b"),), {"whole": ("all",), "halves": ("all", "a", "b")})
    safe = suppress(figures, fixed={"all"})
    assert safe.dropped == ("halves",)
    assert (safe.shown("all"), safe.hidden) == (7, frozenset())


def test_the_total_is_hidden_as_a_last_resort() -> None:
    counts = {"all": 7, "a": 3, "b": 4}
    figures = Figures(counts, (adds_up("all", "a", "b"),), {"halves": ("all", "a", "b")})
    safe = suppress(figures)
    assert safe.hidden == {"all", "a", "b"}
    assert_nothing_comes_back(safe)


def test_a_reader_of_rounded_numbers_knows_each_within_two() -> None:
    """10 and 15 may be 8 to 12 and 13 to 17, all 30 may be 28 to 32: the small number is hidden by that alone."""
    figures = one_table(3, 10, 15)
    safe = suppress(figures, rounded=True)
    assert safe.hidden == {"0"}
    assert_nothing_comes_back(safe)


def test_rounding_is_to_the_nearest_5_and_always_the_same() -> None:
    assert [to_nearest_five(count) for count in range(6, 14)] == [5, 5, 10, 10, 10, 10, 10, 15]


def test_a_table_that_breaks_a_relation_by_one_is_no_witness() -> None:
    relation = (adds_up("all", "a", "b"),)
    bounds = {"all": (9, 9), "a": (1, 5), "b": (6, 60)}
    assert is_possible({"all": 9, "a": 3, "b": 6}, bounds, relation)
    assert not is_possible({"all": 9, "a": 3, "b": 7}, bounds, relation)
    assert not is_possible({"all": 9, "a": 0, "b": 9}, bounds, relation)


def test_counts_that_break_a_relation_are_refused() -> None:
    with pytest.raises(ValueError, match="relation"):
        suppress(Figures({"all": 9, "a": 3}, (adds_up("all", "a"),), {"t": ("all", "a")}))


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    suppress(one_table(1, 2, 30, 40))
    assert json.dumps(capfd.readouterr()) == '["", ""]'


def test_a_solver_that_is_wrong_makes_us_hide_more_and_never_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it proposes is checked: here every number that it gives is one too large."""

    class Wrong:
        def __init__(self, solution: object) -> None:
            self.col_value = [value + 1 for value in solution.col_value]  # type: ignore[attr-defined]

    right = highspy.Highs.getSolution
    monkeypatch.setattr(highspy.Highs, "getSolution", lambda model: Wrong(right(model)))
    figures = one_table(3, 2, 4, 5, 4, 60)
    assert suppress(figures).dropped == ("table",), "nothing is called safe"
    assert set(audit(only_small(figures)).values()) == {(2, 2), (3, 3), (4, 4), (5, 5)}
