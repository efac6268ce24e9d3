"""The study: what it recorded holds what is claimed, a slice of it comes out again, in a campaign all of it does.

Answers are judged by people who answer wrongly: what a judge does not notice, he is not for.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.reference.planted import fixed_seeds as seeds
from tests.reference.planted.calibration import (
    EFFECTS,
    MEASURED,
    Beside,
    Found,
    Noise,
    beside_changed,
    beside_planted,
    found_changed,
    found_planted,
    main,
    noise_in_pairs,
    noise_in_samples,
    recorded,
)
from tests.reference.planted.judging import (
    Missed,
    graded_though_few,
    heard,
    heard_beside,
    heard_beside_of_two,
    heard_of_two,
    missed,
    missed_of_two,
)
from tests.reference.planted.patterns import CHANGES, PATTERNS
from tests.reference.planted.plain_tests import LEVEL, fisher
from tests.reference.planted.planted_questions import few
from tests.reference.planted.planted_samples import SIZES, Planted, planted
from tests.reference.planted.says import Grade, says_plainly, says_plainly_of_two, tables_of, tables_of_two

MOST_OF_A_THOUSAND = 64  # 50, and two standard errors of a share of 1,000
README = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
PLANTED, CHANGED = recorded("planted", Found), recorded("changed", Found)


def says_uncorrected(sample: Planted) -> dict[str, Grade]:
    """Everything below 0.05 is clear, whatever the size of a group."""
    return {name: "clear" if fisher(table) < LEVEL else "no sign" for name, table in tables_of(sample).items()}


def says_uncorrected_of_two(before: Planted, after: Planted) -> dict[str, Grade]:
    tables = tables_of_two(before, after)
    return {name: "clear" if fisher(table) < LEVEL else "no sign" for name, table in tables.items()}


def says_nothing(sample: Planted) -> dict[str, Grade]:
    return dict.fromkeys(tables_of(sample), "no sign")


def says_nothing_of_two(before: Planted, after: Planted) -> dict[str, Grade]:
    return dict.fromkeys(tables_of_two(before, after), "no sign")


def test_noise_alone_was_clear_no_oftener_than_the_correction_promises() -> None:
    rows = recorded("nothing", Noise)
    assert [(row.what, row.cases, row.samples) for row in rows] == [
        (what, cases, 1000) for cases in SIZES for what in ("samples", "pairs")
    ]
    assert [row for row in rows if row.clear_somewhere > MOST_OF_A_THOUSAND] == []


def test_noise_looked_like_something_as_often_as_the_tests_own_chances_say() -> None:
    """Over all six rows; one alone may be three standard errors off, and answers to one outcome go together."""
    rows = recorded("nothing", Noise)
    for row in rows:
        assert abs(row.mean_found - row.mean_by_chance) < 3 * 1.2 * (row.mean_by_chance / row.samples) ** 0.5, row
    found, by_chance = sum(row.mean_found for row in rows), sum(row.mean_by_chance for row in rows)
    assert found == pytest.approx(by_chance, rel=0.05)


def test_beside_a_pattern_nothing_was_clear_oftener_than_the_correction_promises() -> None:
    rows = recorded("beside", Beside)
    assert len(rows) == len(SIZES) * (len(PATTERNS) + len(CHANGES))
    assert {row.samples for row in rows} == {1000}
    assert [row for row in rows if row.clear_beside > MOST_OF_A_THOUSAND] == []


@pytest.mark.parametrize(
    ("rows", "names", "of"), [(PLANTED, PATTERNS, seeds.PLANTED), (CHANGED, CHANGES, seeds.CHANGED)]
)
def test_forty_samples_of_each_pattern_size_and_effect_are_recorded(
    rows: list[Found], names: dict[str, object], of: range
) -> None:
    there = [(row.pattern, row.effect, row.cases) for row in rows]
    assert there == [(name, effect, cases) for name in names for effect in EFFECTS for cases in SIZES]
    for row in rows:
        below, above = row.seeds_below_limit.split(), row.seeds_above_limit.split()
        assert len(below) == row.below_limit
        assert len(below) + len(above) == len({*below, *above}) == row.found == seeds.WANTED
        assert all(int(seed) in of[: row.tried] for seed in (*below, *above))
        assert row.tried >= row.found + row.under_ten + row.one_reading_only


def test_the_seeds_of_the_study_are_those_of_the_page() -> None:
    for name, one in vars(seeds).items():
        if isinstance(one, range):
            assert f"| `{name}` | {one.start:,} to {one.stop - 1:,} |" in README, name


def test_the_figures_of_the_page_are_those_that_were_recorded() -> None:
    for row in recorded("nothing", Noise):
        line = f"{row.clear_somewhere} | {row.mean_found:.3f} | {row.mean_by_chance:.3f} | {row.mean_few:.2f}"
        assert f"| {row.cases} {row.what} | {line} |" in README
    for row in (*PLANTED, *CHANGED):
        line = f"{row.tried} | {row.under_ten} | {row.one_reading_only} | {row.below_limit}"
        assert f"| {row.pattern}, {row.effect} | {row.cases} | {line} |" in README
    assert f"at most {max(row.clear_beside for row in recorded('beside', Beside))} of 1,000" in README


@pytest.mark.parametrize("row", [PLANTED[0], PLANTED[8], PLANTED[25], CHANGED[6]], ids=lambda row: row.pattern)
def test_a_recorded_line_comes_out_again(row: Found) -> None:
    """Its first seeds: at as many as give six, the same ones are below the limit, and above it."""
    again = (found_planted if row.pattern in PATTERNS else found_changed)(row.pattern, row.effect, row.cases, wanted=6)
    last = again.tried + (seeds.PLANTED if row.pattern in PATTERNS else seeds.CHANGED).start
    for now, then in (
        (again.seeds_below_limit, row.seeds_below_limit),
        (again.seeds_above_limit, row.seeds_above_limit),
    ):
        assert now.split() == [seed for seed in then.split() if int(seed) < last]


def test_who_says_what_the_plain_tests_say_misses_nothing() -> None:
    found = _shortened(PLANTED[1])
    assert missed(says_plainly, found) == Missed(10, (), ())
    changed = _shortened(CHANGED[4])
    assert missed_of_two(says_plainly_of_two, changed).not_even_a_lead == ()


def test_who_says_nothing_misses_everything() -> None:
    found, changed = _shortened(PLANTED[1]), _shortened(CHANGED[4])
    for one, told in ((missed(says_nothing, found), found), (missed_of_two(says_nothing_of_two, changed), changed)):
        assert list(one.not_clear) == [int(seed) for seed in told.seeds_below_limit.split()]
        assert len(one.not_even_a_lead) == one.samples == 10


def test_who_does_not_correct_is_heard_saying_what_is_not_there() -> None:
    """Nearly 40 of 100, where Holm leaves a handful; and beside a pattern the same."""
    plain, bold = heard(says_plainly, 88, seeds.NOTHING[:60]), heard(says_uncorrected, 88, seeds.NOTHING[:60])
    assert plain.clear_somewhere <= 6 < 12 < bold.clear_somewhere
    many = seeds.NOTHING_OF_TWO[:40]
    plain, bold = heard_of_two(says_plainly_of_two, 88, many), heard_of_two(says_uncorrected_of_two, 88, many)
    assert plain.clear_somewhere <= 4 < 8 < bold.clear_somewhere
    assert plain.mean_leads > 0 == bold.mean_leads


def test_what_is_planted_itself_is_not_heard_beside_it() -> None:
    name, change = "criminal exploitation ends in no further action", "more parenting concerns"

    def says_the_pattern(sample: Planted) -> dict[str, Grade]:
        return {PATTERNS[name].question: "clear", "Type of harm: Gangs, closed": "clear", "Gender: Male": "lead"}

    def says_a_stranger(sample: Planted) -> dict[str, Grade]:
        return {PATTERNS[name].question: "clear", "Gender: Male, closed": "clear"}

    def says_the_change(before: Planted, after: Planted) -> dict[str, Grade]:
        return {"Parenting concerns": "clear", "Parenting concerns: No": "clear", "Girls": "no sign"}

    many = seeds.BESIDE[:5]
    assert heard_beside(says_the_pattern, name, 45, many).clear_somewhere == 0
    assert heard_beside(says_the_pattern, name, 45, many).mean_leads == 1
    assert heard_beside(says_a_stranger, name, 45, many).clear_somewhere == 5
    assert heard_beside_of_two(says_the_change, change, 45, many).clear_somewhere == 0


def test_a_grade_for_a_group_under_ten_is_noticed() -> None:
    name = "one ethnic group closed more"
    assert graded_though_few(says_plainly, name, 45, most=5) == (5, ())
    number, graded = graded_though_few(says_nothing, name, 45, most=5)
    assert len(graded) == number == 5
    assert all(seed in seeds.PLANTED for seed in graded)


def test_a_slice_of_noise_comes_out_as_the_plain_tests_one_by_one_say() -> None:
    many = seeds.NOTHING[:20]
    row = noise_in_samples(45, many)
    grades = [says_plainly(sample) for sample in map(_of_45, many)]
    assert row.clear_somewhere == sum("clear" in one.values() for one in grades)
    assert row.leads_or_clear == sum(grade in ("lead", "clear") for one in grades for grade in one.values())
    assert row.mean_few == pytest.approx(
        sum(few(table) for seed in many for table in tables_of(_of_45(seed)).values()) / len(many), abs=1e-4
    )


def _of_45(seed: int) -> Planted:
    return planted(45, seed)


def _shortened(row: Found) -> Found:
    """Its first five seeds below the limit and its first five above."""
    below, above = (text.split()[:5] for text in (row.seeds_below_limit, row.seeds_above_limit))
    return replace(row, seeds_below_limit=" ".join(below), seeds_above_limit=" ".join(above))


@pytest.mark.campaign
def test_the_whole_study_comes_out_again(tmp_path: Path) -> None:
    main(tmp_path)
    for path in sorted(MEASURED.glob("*.csv")):
        assert (tmp_path / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name


@pytest.mark.campaign
@pytest.mark.parametrize("cases", SIZES)
def test_who_says_what_the_plain_tests_say_passes_all_that_is_asked(cases: int) -> None:
    for row in PLANTED:
        if row.cases == cases:
            one = missed(says_plainly, row)
            assert (one.samples, one.not_clear, one.not_even_a_lead) == (seeds.WANTED, (), ()), row.pattern
            assert graded_though_few(says_plainly, row.pattern, cases)[1] == ()
    for row in CHANGED:
        if row.cases == cases:
            assert missed_of_two(says_plainly_of_two, row).not_clear == (), row.pattern
    for pattern in PATTERNS:
        assert heard_beside(says_plainly, pattern, cases).clear_somewhere == beside_planted(pattern, cases).clear_beside
    for change in CHANGES:
        there = heard_beside_of_two(says_plainly_of_two, change, cases)
        assert there.clear_somewhere == beside_changed(change, cases).clear_beside
    assert heard_of_two(says_plainly_of_two, cases).clear_somewhere == noise_in_pairs(cases).clear_somewhere
