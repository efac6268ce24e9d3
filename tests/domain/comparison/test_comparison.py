"""Figures of samples side by side: counts as plain Python counts them, intervals as statsmodels gives them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from xl_dipsample.domain.analysis.tallies import NOT_ANSWERED, NOT_FILLED
from xl_dipsample.domain.comparison import comparison
from xl_dipsample.domain.comparison.comparison import Counted, Sample, compare_table, figures, harm_words
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.language.terms import known_terms
from xl_dipsample.domain.shared import reference

OUTCOMES = reference.words("outcomes", "outcome")
CLOSED = {"No further action", "Advice and information", "Early help"}
PROGRESSED = {"Child in Need", "Strategy discussion / section 47", "Child Protection", "Looked after"}
HARMS = reference.words("harm_categories", "category")


def review(number: int, seed: int) -> pd.DataFrame:
    """Rows as people leave them: half filled, own words, capitals, several types of harm, some left."""
    dice = random.Random(seed)
    rows = [
        {
            "Unique ID": f"DS-{n}",
            "Type of harm": dice.choice([None, "CSE; Gangs", "cse", "Missing;CSE", "Something else", "Not mapped"]),
            "Age at time of contact": dice.choice(["13", "14-15", 16, None]),
            "Gender": dice.choice(["Female", "male ", None]),
            "Ethnicity": dice.choice(["White British", "African", "own words"]),
            "Outcome": dice.choice([*OUTCOMES, "child in need", None, "Not mapped", "rang off", "#NAME?"]),
            "Level of harm": dice.choice(["Significant harm", "In need", None]),
            "Parenting concerns": dice.choice(["Yes", "no", "Not clear from the file", None]),
            "Reason for closure or progression (extract)": dice.choice(["She is promiscuous.", "Fine.", None]),
            "In sample?": dice.choice(["Yes", None, "No"]),
        }
        for n in range(number)
    ]
    return pd.DataFrame(rows, dtype=object)


def funnel(total: int, **excluded: int | None) -> pd.DataFrame:
    rows = [["Long list", 0, total], *([stage.replace("_", " "), out, None] for stage, out in excluded.items())]
    return pd.DataFrame(rows, columns=["Stage", "Excluded", "Remaining"], dtype=object)


def counted(frame: pd.DataFrame) -> comparison.Figures:
    tables = {"Review": frame, "Funnel": funnel(400, Duplicate_row=3, Case_check=None)}
    return figures(tables, harm_words([]), known_terms())


def slowly(frame: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    """The figures row by row, from the sheet's own words."""
    rows = [row for row in frame.to_dict("records") if str(row["In sample?"]).casefold() != "no"]
    found: Counter[tuple[str, str]] = Counter()
    with_outcome = with_scenario = 0
    for row in rows:
        outcome = str(row["Outcome"] or "").strip().casefold()
        if outcome in ("", "not mapped", "#name?"):
            found["Outcome", "No outcome yet"] += 1
        else:
            with_outcome += 1
            known = [word for word in OUTCOMES if word.casefold() == outcome]
            found["Outcome", known[0] if known else "Other words"] += 1
            side = (
                "Progressed" if known and known[0] in PROGRESSED else "Closed" if known and known[0] in CLOSED else ""
            )
            found["Decision", side or "Neither"] += 1
        harms = {part.strip().casefold() for part in str(row["Type of harm"] or "").split(";")} - {""}
        for word in (*HARMS, "Not mapped"):
            found["Type of harm", word] += word.casefold() in harms
        found["Type of harm", "Other words"] += "something else" in harms
        found["Type of harm", NOT_FILLED] += not harms
        if row["Level of harm"] and row["Parenting concerns"]:
            with_scenario += 1
            concerns = {"yes": "parenting concerns", "no": "no parenting concerns"}
            concern = concerns.get(row["Parenting concerns"].casefold())
            found["Scenario", f"{row['Level of harm']}, {concern}" if concern else "Not clear"] += 1
        else:
            found["Scenario", NOT_ANSWERED] += 1
        if row["Reason for closure or progression (extract)"]:
            found["texts", ""] += 1
            found["Language", "Any concern"] += "promiscuous" in row["Reason for closure or progression (extract)"]
    whole = {
        "Outcome": with_outcome,
        "Decision": with_outcome,
        "Scenario": with_scenario,
        "Language": found["texts", ""],
    }
    of = {key: whole.get(key[0], len(rows)) for key in found}
    of |= {("Outcome", "No outcome yet"): len(rows), ("Scenario", NOT_ANSWERED): len(rows)}
    del found["texts", ""]
    return {key: (count, of[key]) for key, count in found.items()}


@pytest.mark.parametrize(("number", "seed"), [(60, 1), (60, 2), (35, 3), (1, 4), (0, 5)])
def test_every_figure_is_what_a_person_counting_row_by_row_gets(number, seed):
    frame = review(number, seed) if number else review(1, 1).iloc[:0]
    found = counted(frame)
    expected = slowly(frame)
    for key, (count, of) in expected.items():
        assert found[key] == Counted(count, of), key
    for key, one in found.items():
        if key[0] in ("Outcome", "Decision", "Scenario") and key not in expected:
            assert one.count == 0, key


def test_the_funnel_is_of_the_long_list_and_follows_who_left_during_review():
    frame = review(60, 1)
    found = counted(frame)
    left = int((frame["In sample?"] == "No").sum())
    assert found["Funnel, in rows", "Duplicate row"] == Counted(3, 400)
    assert found["Funnel, in rows", "Left during review"] == Counted(left, 400)
    assert found["Funnel, in rows", "In the sample"] == Counted(60 - left, 400)
    assert found["Funnel, in rows", "Case check"] == Counted(None, 400), "a stage that was not applied is no 0"


def test_rows_in_another_order_and_columns_of_ones_own_change_nothing():
    frame = review(50, 9)
    mixed = frame.sample(frac=1, random_state=1).reset_index(drop=True).assign(Mine="words")
    assert counted(frame) == counted(mixed)


ANOTHER_GROUP = (recipe.Line(recipe.DIFFERS, "Group of cases (in words)", "a", "b"),)


def sample(
    label: str, *, years: int | None = 2025, same: bool = True, **found: tuple[int | None, int | None]
) -> Sample:
    made = {("Outcome", name.replace("_", " ")): Counted(*numbers) for name, numbers in found.items()}
    return Sample(label, {}, None if years is None else range(years, years + 1), () if same else ANOTHER_GROUP, made)


def line(now: tuple[int | None, int | None], then: tuple[int | None, int | None], **more: object) -> pd.Series:
    table = compare_table(sample("now", Early_help=now), [sample("then", **more, Early_help=then)])
    assert table["Sample"].tolist() == ["now", "then"]
    return table.iloc[1]


@pytest.mark.parametrize(
    ("then", "now"),
    [((14, 167), (22, 217)), ((5, 42), (25, 69)), ((40, 60), (10, 60)), ((7, 50), (0, 10)), ((0, 12), (11, 11))],
)
def test_shares_and_changes_have_the_intervals_of_wilson_and_newcombe(then, now):
    found = line(now, then)
    low, high = proportion_confint(*then, method="wilson")
    assert (found["%"], found["From"], found["To"]) == (
        round(100 * then[0] / then[1], 1), round(100 * low, 1), round(100 * high, 1),
    )  # fmt: skip
    down, up = confint_proportions_2indep(*now, *then, method="newcomb")
    assert found["Change"] == round(100 * (now[0] / now[1] - then[0] / then[1]), 1)
    assert (found["Change from"], found["Change to"]) == pytest.approx((100 * down, 100 * up), abs=0.0501)
    assert pd.notna(found["Clear change"]) is bool(down > 0 or up < 0)


def test_a_change_is_a_sentence_with_its_counts():
    assert line((22, 217), (14, 167))["Change to now"] == (
        "14 of 167 (8%) then, 22 of 217 (10%) now: no clear change (between 4 points lower and 8 points higher)"
    )
    assert line((160, 3241), (70, 3281))["Change to now"] == (
        "70 of 3281 (2%) then, 160 of 3241 (5%) now: a clear rise, higher by 2 to 4 points"
    )


def test_below_ten_cases_there_are_counts_and_nothing_else():
    found = line((3, 9), (30, 60))
    assert found["Change to now"] == "30 of 60 then, 3 of 9 now: too few cases to compare"
    assert found[["Change", "Change from", "Change to", "Clear change"]].isna().all()
    table = compare_table(sample("now", Early_help=(3, 9)), [])
    assert table.loc[0, ["Count", "Of"]].tolist() == [3, 9]
    assert table.loc[0, ["%", "From", "To"]].isna().all()


def test_samples_of_another_recipe_are_never_compared_silently():
    found = line((25, 69), (5, 42), same=False)
    assert found["Change to now"].startswith("Not the same recipe: Group of cases (in words). 5 of 42 (12%) then")
    assert line((3, 9), (3, 9), same=False)["Change to now"].startswith("Not the same recipe: ")
    unknown = line((3, 9), (None, None), same=False)["Change to now"]
    assert unknown == "Not the same recipe: Group of cases (in words). Not known in that sample."


def test_a_figure_that_one_sample_does_not_have_is_said_to_be_unknown():
    assert line((3, 30), (None, None))["Change to now"] == "Not known in that sample."
    assert line((None, None), (3, 30))["Change to now"] == "Not known in this sample."
    assert compare_table(sample("now", A=(None, 4)), [sample("then", A=(None, None))]).empty
    assert "no share" in line((0, 0), (3, 30))["Change to now"]
    assert "no share" in line((50, 40), (3, 30))["Change to now"], "a funnel that belongs to another sample"


def test_nothing_is_called_clear_where_codes_changed_in_between():
    both = [
        Sample(name, {}, range(year, year + 1), (), {("Type of harm", "CCE"): Counted(n, 60),
                                                       ("Type of harm", "CSE"): Counted(n, 60)})
        for name, year, n in (("now", 2025, 40), ("then", 2020, 5))
    ]  # fmt: skip
    table = compare_table(both[0], both[1:]).set_index(["Figure", "Sample"])
    cce = table.loc[("CCE", "then")]
    assert "not comparable as it is, since code 24A began" in cce["Change to now"]
    assert "5 of 60 (8%) then, 40 of 60 (67%) now" in cce["Change to now"]
    assert cce[["Change", "Clear change"]].isna().all()
    assert table.loc[("CSE", "then"), "Clear change"] == 1


def test_clear_changes_are_numbered_the_surest_first():
    now = sample("now", A=(30, 60), B=(50, 60), C=(30, 60))
    then = sample("then", A=(15, 60), B=(5, 60), C=(29, 60))
    table = compare_table(now, [then])
    numbers = dict(zip(table["Figure"], table["Clear change"], strict=True)) if len(table) else {}
    assert {name: number for name, number in numbers.items() if number is not None} == {"B": 1, "A": 2}


def test_words_that_nobody_has_are_left_out_of_age_gender_and_ethnicity_only():
    frame = review(40, 6)
    made = Sample("now", {}, None, (), counted(frame))
    table = compare_table(made, [])
    listed = set(zip(table["Part"], table["Figure"], strict=True))
    assert ("Ethnicity", "Bangladeshi") not in listed
    assert ("Ethnicity", "White British") in listed
    assert {("Outcome", word) for word in OUTCOMES} <= listed
    assert {("Type of harm", word) for word in HARMS} <= listed


def test_another_side_of_the_line_marks_the_decisions_alone():
    figures = {("Outcome", "Early help"): Counted(5, 40), ("Decision", "Closed"): Counted(15, 40)}
    now, then = (Sample(name, {}, range(2025, 2026), figures=figures) for name in ("now", "then"))
    table = compare_table(
        now, [replace(then, unlike=(recipe.Line(recipe.DIFFERS, "Side of the line: X", "Closed", "Neither"),))]
    )
    marked = table[table["Change to now"].str.startswith("Not the same recipe: ")]
    assert marked["Part"].tolist() == ["Decision"]
    assert len(compare_table(now, [then])) == len(table) == 4
