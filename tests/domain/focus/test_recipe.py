"""The recipe: what must be the same to compare samples, and what may differ."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.domain.focus import recipe
from xl_dipsample.workbook.specs import defaults, spec

TABLES = ("Focus", "Criteria", "Categories")


def sample(**changed: object) -> dict[str, pd.DataFrame]:
    """The settings of a new review workbook; `changed` by the first column of Focus, Criteria or Categories."""
    made = {name: defaults.default(spec.table("review", name)) for name in TABLES}
    for setting, value in changed.items():
        for frame in made.values():
            at = frame.iloc[:, 0] == setting
            frame.loc[at, "Chosen" if "Chosen" in frame.columns else "Value"] = value
    return made


def verdict(now: dict[str, pd.DataFrame], then: dict[str, pd.DataFrame]) -> dict[str, str]:
    return {line.setting: line.verdict for line in recipe.compare(now, then)}


@pytest.mark.parametrize(
    "setting",
    ["Main question", "Group of cases (in words)", "Part of the file", "Period is about", "Age cut-off", "Upper age",
     "Unit", "Keep", "No category recorded", "Case check"],
)  # fmt: skip
def test_every_setting_on_focus_and_criteria_belongs_to_the_recipe(setting):
    lines = recipe.compare(sample(), sample(**{setting: "another"}))
    assert (lines[0].verdict, lines[0].setting) == (recipe.DIFFERS, setting)
    assert recipe.differing(lines) == 1
    assert recipe.in_words(lines) == "1 setting differs"


def test_settings_are_all_on_focus_and_criteria_but_dates_and_names():
    focus = {row[0] for row in spec.table("review", "Focus").rows}
    criteria = {row[0] for row in spec.table("review", "Criteria").rows}
    compared = {line.setting for line in recipe.compare(sample(), sample()) if "Type of harm" not in line.setting}
    assert compared == (focus | criteria | {recipe.LABELS}) - set(recipe.NO_RECIPE)
    assert set(recipe.NO_RECIPE) < focus | criteria


@pytest.mark.parametrize("setting", recipe.NO_RECIPE)
def test_dates_and_names_do_not(setting):
    assert recipe.differing(recipe.compare(sample(), sample(**{setting: "another"}))) == 0


def test_a_chosen_type_of_harm_belongs_to_it_and_one_that_is_not_listed_was_not_chosen():
    lines = recipe.compare(sample(), sample(CCE="No"))
    assert (lines[0].setting, lines[0].now, lines[0].then) == ("Type of harm chosen: CCE", "Yes", "No")
    shorter = sample()
    shorter["Categories"] = shorter["Categories"].iloc[:9]
    assert recipe.differing(recipe.compare(sample(CCE="No"), shorter)) == 0
    assert recipe.differing(recipe.compare(sample(CCE="yes"), shorter)) == 1


def test_capitals_spaces_and_numbers_as_text_make_no_difference():
    one = sample(**{"Main question": "What  is DECIDED? ", "Age cut-off": 12})
    other = sample(**{"Main question": "what is decided?", "Age cut-off": "12"})
    assert recipe.differing(recipe.compare(one, other)) == 0


def test_what_differs_comes_first_then_what_cannot_be_compared():
    verdicts = [line.verdict for line in recipe.compare(sample(**{"Age cut-off": 10}), sample())]
    assert verdicts == sorted(verdicts, key=recipe.ORDER.index)
    assert set(verdicts) == {recipe.DIFFERS, recipe.UNKNOWN, recipe.SAME}


def test_the_labels_cannot_be_compared_and_that_is_said_but_not_counted():
    lines = recipe.compare(sample(), sample())
    assert verdict(sample(), sample())[recipe.LABELS] == recipe.UNKNOWN
    assert recipe.in_words(lines) == "The same"


def test_a_setting_that_an_older_workbook_lacks_is_not_known_and_no_difference():
    older = sample()
    older["Criteria"] = older["Criteria"][older["Criteria"]["Setting"] != "Case check"]
    assert verdict(sample(), older)["Case check"] == recipe.UNKNOWN
    assert recipe.in_words(recipe.compare(sample(), older)) == "The same; 1 not known"
    del older["Categories"]
    assert verdict(sample(), older)["Type of harm chosen: CSE"] == recipe.UNKNOWN
    assert recipe.differing(recipe.compare(sample(), older)) == 0


def with_outcomes(*used, **sides):
    """A sample in which these outcomes were used, with a side each on My lists."""
    tables = sample()
    mine = defaults.default(spec.table("review", "MyLists"))
    for word, side in sides.items():
        mine.loc[len(mine)] = ["Outcome", word.replace("_", " "), None, side, "No", None, None]
    review = pd.DataFrame({"Outcome": used}, dtype=object)
    return {**tables, "MyLists": mine, "Review": review}


def test_a_word_on_my_lists_that_nobody_used_makes_no_difference():
    lines = recipe.compare(with_outcomes("Early help", Family_Help="Progressed"), with_outcomes("Child in Need"))
    assert (recipe.differing(lines), recipe.unlike_sides(lines), recipe.in_words(lines)) == (0, 0, "The same")


def test_another_side_of_an_outcome_that_is_used_touches_the_decisions_alone():
    now = with_outcomes("Family Help", "Early help", Family_Help="Progressed")
    then = with_outcomes("family  help", Family_Help="Closed")
    lines = recipe.compare(now, then)
    assert lines[0] == recipe.Line("Differs", "Side of the line: Family Help", "Progressed", "Closed")
    assert (recipe.differing(lines), recipe.unlike_sides(lines)) == (0, 1)
    assert recipe.in_words(lines) == "The same; 1 outcome on another side of the line"
    before = {name: table for name, table in with_outcomes("Early help").items() if name != "MyLists"}
    assert recipe.unlike_sides(recipe.compare(with_outcomes("Early help"), before)) == 0
    own = recipe.compare(now, before)
    assert (own[0].now, own[0].then) == ("Progressed", "Not on the list")


def test_an_outcome_that_is_on_neither_side_in_both_or_child_protection_in_one_alone_touches_no_decision():
    now = with_outcomes("Family Help", "Context talk", Family_Help="Progressed", Context_talk="Neither")
    then = with_outcomes("Family Help", "Context talk", Family_Help="Progressed")
    then["MyLists"].loc[then["MyLists"]["Word"] == "Family Help", "Child protection"] = "Yes"
    assert recipe.unlike_sides(recipe.compare(now, then)) == 0


def with_rows(made: dict[str, pd.DataFrame], **rows: int) -> dict[str, pd.DataFrame]:
    """The sample with what Funnel counts of types of harm."""
    counts = [[word.replace("_", " "), number] for word, number in rows.items()]
    return made | {"FunnelCategories": pd.DataFrame(counts, columns=["Category", "Long list"], dtype=object)}


def test_a_type_of_harm_that_no_row_has_makes_no_difference_whoever_chose_it():
    now, then = with_rows(sample(), CCE=0), with_rows(sample(CCE="No"), CCE=0)
    assert recipe.differing(recipe.compare(now, then)) == 0
    said = {line.setting: line.now for line in recipe.compare(now, then)}
    assert said["Type of harm chosen: CCE"] == "Yes (no row has it)"
    assert recipe.differing(recipe.compare(now, with_rows(sample(CCE="No"), CCE=2))) == 1
    assert recipe.differing(recipe.compare(now, sample(CCE="No"))) == 1, "nobody knows whether rows had it"
    own = sample()
    own["Categories"].loc[len(own["Categories"]), ["Category", "Chosen"]] = ["Harm in school", "Yes"]
    assert recipe.differing(recipe.compare(with_rows(own, Harm_in_school=0), sample())) == 0
    assert recipe.differing(recipe.compare(with_rows(own, Harm_in_school=3), sample())) == 1
