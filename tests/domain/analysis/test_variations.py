"""Variations: counts first, a test only where the numbers carry it, and "clear" only over all tests."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from xl_dipsample.domain.analysis import decision_line, variations
from xl_dipsample.domain.shared import lead_lists, reference
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook.specs import spec

HEADINGS = spec.table("review", "Review").headings
FAMILY = "p of this test"


def cases(number: int, **cells: object) -> list[dict[str, object]]:
    return [dict(cells) for _ in range(number)]


def table(rows: list[dict[str, object]]) -> pd.DataFrame:
    made = [{"Unique ID": f"K{place}"} | row for place, row in enumerate(rows)]
    frame = pd.DataFrame([[row.get(h) for h in HEADINGS] for row in made], columns=HEADINGS, dtype=object)
    return variations.variations_table(frame, shipped())


def row(made: pd.DataFrame, by: str, group: str) -> dict[str, object]:
    found = made[(made["By"] == by) & (made["Group"] == group)]
    assert len(found) == 1
    return dict(found.iloc[0])


def groups(made: pd.DataFrame, by: str) -> list[str]:
    return made.loc[made["By"] == by, "Group"].tolist()


UP, DOWN = {"Outcome": "Child in Need"}, {"Outcome": "No further action"}
# 21 of 30 with gangs progressed, 12 of 30 without: Fisher's p is 0.037.
THIRTY = [
    *cases(21, **{"Type of harm": "Gangs"}, **UP),
    *cases(9, **{"Type of harm": "Gangs"}, **DOWN),
    *cases(12, **{"Type of harm": "CSE"}, **UP),
    *cases(18, **{"Type of harm": "CSE"}, **DOWN),
]


def test_a_group_has_its_counts_its_percentages_and_its_interval():
    found = row(table(THIRTY), "Type of harm", "Gangs")
    counts = [found[h] for h in variations.HEADINGS[2:8]]
    assert counts == [30, 21, 70.0, 30, 12, 40.0]
    low, high = confint_proportions_2indep(21, 30, 12, 30, method="newcomb", compare="diff")
    assert (found["Difference from"], found["Difference to"]) == (round(100 * low, 1), round(100 * high, 1))
    assert found[FAMILY] == round(fisher_exact([[21, 9], [12, 18]]).pvalue, 6)


def test_one_p_below_5_in_100_among_several_tests_is_not_clear():
    found = row(table(THIRTY), "Type of harm", "Gangs")
    assert found[FAMILY] < 0.05
    assert found["p over all tests"] > 0.05
    assert found["In words"] == ("21 of 30 (70%) progressed; of the others 12 of 30 (40%): no clear difference")


def test_a_difference_that_survives_all_tests_is_said_with_its_interval():
    rows = [
        *cases(27, **{"Seen as": "Victim"}, **UP),
        *cases(3, **{"Seen as": "Victim"}, **DOWN),
        *cases(6, **{"Seen as": "Perpetrator"}, **UP),
        *cases(24, **{"Seen as": "Perpetrator"}, **DOWN),
    ]
    made = table(rows)
    low, high = confint_proportions_2indep(27, 30, 6, 30, method="newcomb", compare="diff")
    points = f"by {round(100 * low)} to {round(100 * high)} points"
    assert row(made, "Seen as", "Victim")["In words"] == (
        f"27 of 30 (90%) progressed; of the others 6 of 30 (20%): more often, {points}"
    )
    assert row(made, "Seen as", "Perpetrator")["In words"] == (
        f"6 of 30 (20%) progressed; of the others 27 of 30 (90%): less often, {points}"
    )
    assert variations.number_clear(made) == 2


def test_below_ten_cases_there_are_counts_and_no_test():
    rows = [*cases(9, Gender="Female", **UP), *cases(20, Gender="Male", **DOWN)]
    made = table(rows)
    few, many = row(made, "Gender", "Female"), row(made, "Gender", "Male")
    assert few["In words"] == "9 of 9 progressed: too few to compare"
    assert many["In words"] == "0 of 20 (0%) progressed; of the others 9 of 9: too few to compare"
    for found in (few, many):
        assert [found[h] for h in ("Difference from", "Difference to", FAMILY, "p over all tests")] == [None] * 4
    assert (few["% progressed"], few["Others %"], many["% progressed"], many["Others %"]) == (None, 0.0, 0.0, None)


def test_ten_cases_on_both_sides_are_enough():
    made = table([*cases(10, Gender="Female", **UP), *cases(10, Gender="Male", **DOWN)])
    assert row(made, "Gender", "Female")[FAMILY] == round(fisher_exact([[10, 0], [0, 10]]).pvalue, 6)
    assert variations.number_of_tests(made) == 2


def test_the_correction_runs_over_every_test_of_the_table():
    made = table(random_rows(150, 3))
    tested = made[made[FAMILY].notna()]
    alone = [
        fisher_exact([[k, n - k], [ok, on - ok]]).pvalue
        for k, n, ok, on in tested[["Progressed", "Cases", "Others progressed", "Other cases"]].to_numpy().tolist()
    ]
    assert len(alone) == variations.number_of_tests(made) > 20
    expected = multipletests(alone, method="holm")[1]
    assert tested["p over all tests"].tolist() == pytest.approx(list(expected), abs=1e-6)


def test_a_case_counts_in_each_of_its_types_of_harm():
    rows = [*cases(2, **{"Type of harm": "CSE; Gangs"}, **UP), *cases(1, **{"Type of harm": "gangs;"}, **DOWN)]
    made = table(rows)
    assert [row(made, "Type of harm", one)["Cases"] for one in ("CSE", "Gangs")] == [2, 3]
    assert row(made, "Type of harm", "Gangs")["Other cases"] == 0


def test_own_words_are_groups_after_those_of_the_list_and_the_blank_one_is_not_compared():
    rows = [
        *cases(12, **{"Seen as": "zealous"}, **UP),
        *cases(12, **{"Seen as": "a Child"}, **DOWN),
        *cases(1, **{"Seen as": "A child"}, **DOWN),
        *cases(1, **{"Seen as": "both"}, **DOWN),
        *cases(12, **UP),
    ]
    made = table(rows)
    assert groups(made, "Seen as") == ["Both", "A child", "zealous", "Not filled in yet"]
    assert row(made, "Seen as", "A child")["Cases"] == 13
    blank = row(made, "Seen as", "Not filled in yet")
    assert (blank["Cases"], blank["In words"], blank[FAMILY]) == (
        12,
        "12 of 12 (100%) progressed: not compared, nothing is filled in yet",
        None,
    )


def test_not_mapped_and_no_category_are_groups():
    harms = ["something else", "Not mapped", "No category recorded", "CCE", None]
    made = table([{"Type of harm": one, **UP} for one in harms])
    assert groups(made, "Type of harm") == [
        "CCE",
        "Not mapped",
        "No category recorded",
        "something else",
        "Not filled in yet",
    ]


def test_questions_come_in_their_order_and_groups_in_that_of_the_lists():
    made = table(random_rows(300, 5))
    order = [question.by for question in variations.questions(shipped())]
    assert order[:9] == [
        "Type of harm", "Ethnicity", "Ethnicity, broad group", "Gender", "Age band", "Seen as", "Engagement",
        "Level of harm", "Parenting concerns",
    ]  # fmt: skip
    assert list(dict.fromkeys(made["By"])) == [*order, variations.NEITHER]
    for question in variations.questions(shipped()):
        listed = [one for one in groups(made, question.by) if one in question.words]
        assert listed == sorted(listed, key=question.words.index)


def test_the_broad_groups_of_ethnicity_add_up_their_labels():
    labels = reference.table("ethnicity")
    made = table([{"Ethnicity": one["label"], **UP} for one in labels] + [{"Ethnicity": "own words", **UP}])
    for group in dict.fromkeys(one["group"] for one in labels):
        expected = sum(one["group"] == group for one in labels)
        assert row(made, "Ethnicity, broad group", group)["Cases"] == expected
    assert row(made, "Ethnicity, broad group", "Another group, in own words")["Cases"] == 1


def test_an_ethnicity_of_the_leads_own_counts_in_the_group_of_its_code_or_as_another_one():
    entries = [
        *shipped().entries["Ethnicity"],
        lead_lists.Entry("Somali", codes=("BAFR", "som")),
        lead_lists.Entry("Kurdish", codes=("kur",)),
        lead_lists.Entry("Showman", was=("Gypsy/Roma",)),
    ]
    lists = lead_lists.Lists({**shipped().entries, "Ethnicity": tuple(entries)})
    rows = [{"Unique ID": f"K{at}", "Ethnicity": word, **UP} for at, word in enumerate(
        ["Somali", "African", "Kurdish", "own words", "showman", "Not mapped", None])]  # fmt: skip
    made = variations.variations_table(pd.DataFrame([[one.get(h) for h in HEADINGS] for one in rows], columns=HEADINGS,
                                                    dtype=object), lists)  # fmt: skip
    found = made[made["By"] == variations.BROAD].set_index("Group")["Cases"].to_dict()
    assert found == {"White": 1, "Black or Black British": 2, "Another group, in own words": 2}


def test_every_outcome_on_neither_side_is_listed_with_its_count_and_not_compared():
    outcomes = ["Other", "Transferred to another service or area", "Own Words", "own words", "Not mapped", None, ""]
    made = table([{"Outcome": one, "Gender": "Female"} for one in outcomes])
    assert made["By"].unique().tolist() == [variations.NEITHER]
    assert made[["Group", "Cases", "In words"]].to_numpy().tolist() == [
        ["Transferred to another service or area", 1, variations.ON_NEITHER],
        ["Other", 1, variations.ON_NEITHER],
        ["Not mapped", 1, variations.ON_NO_LIST],
        ["Own Words", 2, variations.ON_NO_LIST],
        ["Not filled in yet", 2, variations.NO_OUTCOME],
    ]
    assert variations.number_of_tests(made) == 0


def test_rows_that_left_the_sample_count_nowhere():
    rows = [*cases(3, Gender="Female", **UP), {"Gender": "Female", "In sample?": "no", **UP}]
    assert row(table(rows), "Gender", "Female")["Cases"] == 3


def test_every_case_above_or_below_the_line_is_in_each_question_once():
    rows = random_rows(120, 11)
    made = table(rows)
    sides = decision_line.line(pd.DataFrame(rows, columns=HEADINGS, dtype=object), shipped())
    decided, progressed = int((sides != "").sum()), int((sides == "Progressed").sum())
    for by in ("Gender", "Age band", "Seen as", "Level of harm"):
        part = made[made["By"] == by]
        assert (part["Cases"].sum(), part["Progressed"].sum()) == (decided, progressed)
        assert (part["Cases"] + part["Other cases"] == decided).all()
        assert (part["Progressed"] + part["Others progressed"] == progressed).all()
    assert made.loc[made["By"] == variations.NEITHER, "Cases"].sum() == 120 - decided


def test_no_case_and_one_case():
    assert table([]).empty
    made = table([{"Gender": "Female", **UP}])
    assert row(made, "Gender", "Female")["In words"] == "1 of 1 progressed: too few to compare"


def random_rows(number: int, seed: int) -> list[dict[str, object]]:
    chance = random.Random(seed)
    lists = spec.lists()
    outcomes = [*lists["outcome"][:7], *lists["outcome"], "own words", None]
    return [
        {
            "Type of harm": "; ".join(chance.sample(lists["categories"], chance.choice([1, 1, 2]))),
            "Ethnicity": chance.choice([*lists["ethnicity"], "White British", None]),
            "Gender": chance.choice([*lists["gender"][:2], "female"]),
            "Age at time of contact": chance.choice(["12", "14", "15", "14-15", "16", None]),
            "Seen as": chance.choice([*lists["seen_as"], None]),
            "Engagement": chance.choice([*lists["engagement"], "own words"]),
            "Level of harm": chance.choice(lists["level_of_harm"]),
            "Parenting concerns": chance.choice(["Yes", "No"]),
            "Outcome": chance.choice(outcomes),
        }
        for _ in range(number)
    ]


def test_rows_in_another_order_change_nothing():
    rows = [{"Unique ID": f"K{place}"} | one for place, one in enumerate(random_rows(200, 8))]
    before = table(rows)
    random.Random(1).shuffle(rows)
    pd.testing.assert_frame_equal(table(rows), before)


def test_another_name_for_a_type_of_harm_changes_only_its_name():
    rows = random_rows(100, 2)
    renamed = [one | {"Type of harm": str(one["Type of harm"]).replace("Gangs", "Zz")} for one in rows]
    before, after = table(rows), table(renamed)
    numbers = list(variations.HEADINGS[2:])
    assert [row(after, "Type of harm", "Zz")[h] for h in numbers] == [
        row(before, "Type of harm", "Gangs")[h] for h in numbers
    ]


def test_a_thousand_cases():
    made = table(random_rows(1000, 4))
    assert variations.number_of_tests(made) > 40
    assert made["Cases"].map(lambda n: isinstance(n, int) and n > 0).all()
