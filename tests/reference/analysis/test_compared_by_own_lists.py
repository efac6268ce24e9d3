"""Two samples, each with lists and types of harm of its own, side by side: every number of Compare, and every mark."""

from __future__ import annotations

from dataclasses import replace

import compared_figures
import plain_cases as plain
import plain_lists
import pytest
from asked_of_the_product import tables_of
from made_up_samples import HARMS, Sample
from own_list_samples import own_sample
from test_figures_by_own_lists import ALL, SEEDS
from whole_numbers import alike, is_blank

from xl_dipsample.domain.comparison import comparison, unlike_figures
from xl_dipsample.domain.focus import recipe

WHOLE = ("Funnel, in rows", "Young people", "Contacts")
COLUMNS = {"Change": 1, "Change from": 1, "Change to": 1}


def chosen(made: Sample) -> set[str]:
    """The types of harm that a sample chose, in small letters: Criteria as shipped, but for what the lead changed."""
    shipped = tables_of(replace(made, chosen={}, own_categories=[]))["Categories"]
    yes = {row["Category"] for row in shipped.to_dict("records") if row["Chosen"] == "Yes"} | set(made.own_categories)
    return {word.lower() for word in yes if made.chosen.get(word, "Yes") == "Yes"}


def in_both(made: Sample, ours: set[str], theirs: set[str]) -> Sample:
    """The rows that would be in both samples: with a type that both chose, or whose types decided nothing."""
    stays = []
    for cell in made.review["Type of harm"]:
        held = plain.parts(plain.shown(cell))
        decided = [one for one in held if one in ours | theirs]
        stays.append("not mapped" in held or not decided or any(one in ours & theirs for one in decided))
    return replace(made, review=made.review.loc[stays].reset_index(drop=True))


def on_another_side(one: Sample, other: Sample) -> bool:
    """Whether an outcome that somebody used stands on another side of the line in the other sample."""
    sides = []
    for made in (one, other):
        read = plain_lists.read(made.lists)
        old = {was: word.lower() for was, word in (read.now or {}).get("Outcome", {}).items()}
        names = {word.lower(): word.lower() for word in read.words["Outcome"]}
        sides.append((old | names, read))
    used = {plain.shown(cell).lower() for made in (one, other) for cell in made.review["Outcome"]}
    used = {next((names[word] for names, _ in sides if word in names), "") for word in used} - {""}
    found = []
    for word in used:
        called = [(names.get(word, ""), read) for names, read in sides]
        found.append(len({"C" if w in r.closed else "P" if w in r.progressed else "" for w, r in called}) > 1)
    return any(found)


def counted(made: Sample, own: list[str]) -> compared_figures.Figures:
    with plain.counting_by(made):
        return compared_figures.figures(made, own, [], set())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_of_compare_is_by_each_sample_s_own_lists_and_marked_where_they_are_unlike(seed: int) -> None:
    made = [own_sample(seed, number=60), own_sample((seed + 1) % ALL, number=60)]
    if seed % 3 == 1:
        made[1] = replace(made[1], own_categories=made[0].own_categories, chosen=made[0].chosen)
    tables = [tables_of(one) for one in made]
    lines = recipe.compare(tables[0], tables[1])
    harms, alone = comparison.harm_words(tables), unlike_figures.in_one_alone(lines)
    found, common = [comparison.figures(one, harms, []) for one in tables], None
    if unlike_figures.only_harms(lines):
        both = [comparison.figures(unlike_figures.with_common_harm(one, alone), harms, []) for one in tables]
        common = (both[0], both[1])
    now, then = (
        comparison.Sample(label, one, None, tuple(lines) if label == "Then" else (), figures, common)
        for label, one, figures in zip(("Now", "Then"), tables, found, strict=True)
    )
    own = list(dict.fromkeys(word for one in made for word in one.own_categories))
    ours, theirs = map(chosen, made)
    exact = [counted(one, own) for one in made]
    shared = [counted(in_both(one, ours, theirs), own) for one in made] if ours != theirs else exact
    assert alone == ours ^ theirs
    has_other_sides = on_another_side(*made)
    rows = comparison.compare_table(now, [then]).to_dict("records")
    assert len(rows) > 2 * len(HARMS)
    for row in rows:
        key, place = (row["Part"], row["Figure"]), ("Now", "Then").index(row["Sample"])
        if key[0] in WHOLE:
            continue
        full = exact[place].get(key, (None, None))
        assert [None if is_blank(row[one]) else row[one] for one in ("Count", "Of")] == list(full), row
        if place:
            pair = exact if key[0] == "Type of harm" and key[1].lower() in alone else shared
            is_alone = key[0] == "Type of harm" and key[1].lower() in alone
            expected = compared_figures.change(*(one.get(key, (None, None)) for one in pair))
            assert [c for c, at in COLUMNS.items() if not alike(row[c], expected[c], at)] == [], (row, expected)
            marked = row["Change to now"].startswith(comparison.NOT_SAME_RECIPE)
            assert marked == (is_alone or (key[0] == "Decision" and has_other_sides)), row
            assert (unlike_figures.COMMON in row["Change to now"]) == (ours != theirs and not is_alone)
