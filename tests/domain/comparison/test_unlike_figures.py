"""Which figures an unlike setting touches; and, with unlike types of harm, what is counted of the common ones."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from xl_dipsample.domain.comparison import comparison, unlike_figures
from xl_dipsample.domain.comparison.comparison import Counted, Sample, compare_table
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.specs import defaults, spec

HARMS = reference.words("harm_categories", "category")
STAGES = (
    "Duplicate row", "Outside the period", "Below the age cut-off", "Above the upper age", "No chosen category",
    "Another contact of the same young person", "Case check", "Left during review", "In the sample",
)  # fmt: skip


def unlike(*settings: str) -> tuple[recipe.Line, ...]:
    return tuple(recipe.Line(recipe.DIFFERS, one, "this", "that") for one in settings)


# setting -> the first stage that it touches; None: no stage, and nothing that is counted in Review
@pytest.mark.parametrize(
    ("setting", "first"),
    [
        ("Group of cases (in words)", "Duplicate row"),
        ("Period is about", "Outside the period"),
        ("Age cut-off", "Below the age cut-off"),
        ("Upper age", "Above the upper age"),
        ("No category recorded", "No chosen category"),
        ("Type of harm chosen: CCE", "No chosen category"),
        ("Unit", "Another contact of the same young person"),
        ("Keep", "Another contact of the same young person"),
        ("Part of the file", "Case check"),
        ("Main question", None),
    ],
)
def test_a_setting_touches_its_stage_of_the_funnel_what_follows_and_the_sample(setting: str, first: str | None) -> None:
    named = "types of harm chosen" if setting.startswith("Type of harm") else setting
    lines = unlike(setting)
    touched = [one for one in STAGES if unlike_figures.reasons(lines, "Funnel, in rows", one)]
    assert touched == ([] if first is None else list(STAGES[STAGES.index(first) :]))
    for part in ("Young people", "Contacts", "Outcome", "Decision", "Scenario", "Language", "Gender", "Type of harm"):
        assert unlike_figures.reasons(lines, part, "any") == ([] if first is None else [named])


def test_when_the_case_check_was_made_touches_where_rows_left_and_a_side_the_decisions() -> None:
    lines = unlike("Case check", "Side of the line: Early help")
    touched = [one for one in STAGES if unlike_figures.reasons(lines, "Funnel, in rows", one)]
    assert touched == ["Case check", "Left during review"]
    assert unlike_figures.reasons(lines, "Outcome", "Early help") == []
    assert unlike_figures.reasons(lines, "Decision", "Closed") == ["side of Early help"]


def test_each_figure_says_why_it_is_not_compared() -> None:
    key = ("Outcome", "Early help")
    now, then = (Sample(name, {}, range(2025, 2026), figures={key: Counted(k, 40)}) for name, k in (("a", 5), ("b", 9)))
    lines = unlike("Age cut-off", "Type of harm chosen: CCE", "Type of harm chosen: CSE")
    told = compare_table(now, [Sample("b", {}, then.years, lines, then.figures)])["Change to now"].tolist()[1]
    assert told.startswith("Not the same recipe: Age cut-off, types of harm chosen. 9 of 40 (23%) then, 5 of 40 (13%)")


def tables(seed: int, chosen: set[str]) -> dict[str, pd.DataFrame]:
    """A sample whose rows have a chosen type each, or none that is known."""
    dice = random.Random(seed)
    others = [
        "CSE; Gangs",
        "gangs",
        "CCE",
        "cce; Missing",
        "CCE; CSE",
        "Not mapped",
        "CCE; Not mapped",
        None,
        "Missing",
    ]
    cells = [cell for cell in others if cell is None or "mapped" in cell
             or {part.strip().casefold() for part in cell.split(";")} & {one.casefold() for one in chosen}]  # fmt: skip
    rows = [
        {
            "Unique ID": f"K{n}", "Type of harm": dice.choice(cells),
            "Outcome": dice.choice(["Child in Need", "early help", None, "own words"]),
            "In sample?": dice.choice([None, None, "No"]), "Gender": dice.choice(["Female", "Male"]),
        }
        for n in range(90)
    ]  # fmt: skip
    categories = defaults.default(spec.table("review", "Categories"))
    categories["Chosen"] = ["Yes" if word in chosen else "No" for word in categories["Category"]]
    return {"Review": pd.DataFrame(rows, dtype=object), "Categories": categories}


def in_both(made: dict[str, pd.DataFrame], chosen: set[str], alone: str) -> list[dict[str, object]]:
    """The cases that both samples could have, row by row."""
    found = []
    for row in made["Review"].to_dict("records"):
        held = {part.strip().casefold() for part in str(row["Type of harm"] or "").split(";")} - {""}
        decides = held & {one.casefold() for one in chosen}
        if str(row["In sample?"]) != "No" and ("not mapped" in held or not decides or decides != {alone}):
            found.append(row)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_with_unlike_types_of_harm_the_cases_with_a_common_one_are_compared_and_called_so(seed: int) -> None:
    all_of_ours = {"CSE", "Gangs", "Missing", "CCE"}
    now, then = tables(seed, all_of_ours), tables(seed + 100, all_of_ours - {"CCE"})
    lines = unlike("Type of harm chosen: CCE")
    alone = unlike_figures.in_one_alone(lines)
    assert alone == {"cce"}
    assert unlike_figures.only_harms(lines)
    assert not unlike_figures.only_harms(unlike("Type of harm chosen: CCE", "Upper age"))
    plain = [comparison.figures(one, HARMS, ()) for one in (now, then)]
    common = tuple(comparison.figures(unlike_figures.with_common_harm(one, alone), HARMS, ()) for one in (now, then))
    ours = Sample("now", now, None, figures=plain[0])
    made = compare_table(ours, [Sample("then", then, None, lines, plain[1], (common[0], common[1]))])
    told = {(row["Part"], row["Figure"]): row["Change to now"] for row in made.to_dict("records")
            if row["Sample"] == "then"}  # fmt: skip
    counts = {}
    for name, one, chosen in (("now", now, all_of_ours), ("then", then, all_of_ours - {"CCE"})):
        rows = in_both(one, chosen, "cce")
        have = [row for row in rows if row["Outcome"] is not None]
        counts[name] = {
            ("Outcome", "Early help"): (sum(row["Outcome"] == "early help" for row in have), len(have)),
            ("Gender", "Female"): (sum(row["Gender"] == "Female" for row in rows), len(rows)),
            ("Type of harm", "Gangs"): (sum("gangs" in str(row["Type of harm"]).casefold() for row in rows), len(rows)),
        }
    for key in (("Outcome", "Early help"), ("Gender", "Female"), ("Type of harm", "Gangs")):
        (a, n), (b, m) = counts["now"][key], counts["then"][key]
        pattern = f"Cases with a type of harm chosen in both: {b} of {m} ({percent(b, m)}) then, {a} of {n} "
        assert told[key].startswith(pattern), (key, told[key])
    assert told["Type of harm", "CCE"].startswith("Not the same recipe: types of harm chosen. ")


def percent(k: int, n: int) -> str:
    return f"{(200 * k + n) // (2 * n)}%"


def test_a_word_that_one_sample_alone_has_on_its_list_is_not_known_in_the_other_and_no_nought() -> None:
    now, then = tables(1, {"CSE", "Gangs"}), tables(2, {"CSE", "Gangs"})
    own = now["Categories"].iloc[[0]].assign(Category="Harm in school", Chosen="Yes")
    now["Categories"] = pd.concat([now["Categories"], own], ignore_index=True)
    mine = defaults.default(spec.table("review", "MyLists"))
    mine.loc[len(mine), ["List", "Word", "Side"]] = ["Outcome", "Family Help", "Progressed"]
    now["MyLists"] = mine
    harms = comparison.harm_words([now, then])
    ours, theirs = (comparison.figures(one, harms, ()) for one in (now, then))
    assert ours["Type of harm", "Harm in school"].count == 0
    table = compare_table(Sample("now", now, figures=ours), [Sample("then", then, figures=theirs)])
    told = {(row["Part"], row["Figure"]): row["Change to now"] for row in table.to_dict("records")
            if row["Sample"] == "then"}  # fmt: skip
    assert told["Type of harm", "Harm in school"] == "Not known in that sample."
    assert told["Outcome", "Family Help"] == "Not known in that sample."
    assert told["Type of harm", "Trafficking"].startswith("0 of "), "a type that both know and nobody has is nought"
