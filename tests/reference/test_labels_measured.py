"""Labels that somebody else wrote, held against the product's own lists, with every pack of words picked.

What each of the writer's meanings is in the product's words was written down before any result was seen:
tests/data/labels/meanings_in_our_words.csv. docs/decisions/0033 has the figures of the first try and those of today.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from xl_dipsample.domain.focus import pack_words, picked_packs
from xl_dipsample.domain.focus.criteria import lists_of
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.specs import defaults, spec

LABELS = Path(__file__).parents[1] / "data" / "labels"
APART, OF_2026 = "labels_written_apart.csv", "words_of_2026.csv"
FIELDS = {"outcome": "Outcome", "service": "Referred to?", "harm": "Type of harm"}
NO_LABELS = pd.DataFrame(columns=list(label_mapping.COLUMNS), dtype=object)
MAPPED, PROPOSED, LEFT_RIGHTLY = "mapped rightly", "proposed rightly", "left to a person rightly"
LEFT, PROPOSED_WRONGLY, MAPPED_WRONGLY = "left though a word exists", "proposed wrongly", "mapped wrongly"
RIGHT = (MAPPED, PROPOSED, LEFT_RIGHTLY)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def meanings() -> dict[tuple[str, str], tuple[frozenset[str], bool]]:
    """Kind and meaning -> the product's words for it, and whether leaving it to a person is right."""
    return {
        (row["kind"], row["meaning"]): (frozenset(filter(None, row["words"].split("|"))), row["left"] == "yes")
        for row in rows("meanings_in_our_words.csv")
    }


@cache
def my_lists() -> pd.DataFrame:
    """My lists of a new workbook, with every pack of words."""
    mine = defaults.default(spec.table("working", "MyLists"))
    return pack_words.taken(mine, picked_packs.names(picked_packs.WORDS)).frame


def lists(mine: pd.DataFrame) -> Lists:
    return lists_of(mine, defaults.default(spec.table("working", "Categories")))


def labels(kind: str, label: str, of: Lists) -> list[tuple[str, str]]:
    """What the sheet Labels says of a cell that holds this label: Means and Perhaps of each of its parts."""
    frame = pd.DataFrame({FIELDS[kind]: [label]}, dtype=object)
    table = label_mapping.label_table(frame, NO_LABELS, of).fillna("")
    return list(zip(table["Means"], table["Perhaps"], strict=True))


def verdict(row: dict[str, str], of: Lists) -> str:
    """How the product deals with a label. A row of the census may be split: its parts are looked at together."""
    said = [meanings()[row["kind"], meaning] for meaning in row["meaning"].split(" / ")]
    words = frozenset[str]().union(*(one for one, _ in said))
    may_be_left = any(left for _, left in said) or row["side"] == "cannot be said"
    found = labels(row["kind"], row["label"], of)
    means, perhaps = {one for one, _ in found if one}, {one for _, one in found if one}
    if means - words:
        return MAPPED_WRONGLY
    if perhaps - words:
        return PROPOSED_WRONGLY
    if means:
        return MAPPED
    if perhaps:
        return PROPOSED
    return LEFT_RIGHTLY if may_be_left else LEFT


@cache
def verdicts(name: str) -> tuple[tuple[dict[str, str], str], ...]:
    of = lists(my_lists())
    return tuple((row, verdict(row, of)) for row in rows(name))


def share_right(name: str) -> float:
    return sum(found in RIGHT for _, found in verdicts(name)) / len(rows(name))


def test_every_meaning_of_the_writer_has_its_words_among_ours() -> None:
    of = lists(my_lists())
    used = {
        (row["kind"], one) for name in (APART, OF_2026) for row in rows(name) for one in row["meaning"].split(" / ")
    }
    assert used == set(meanings())
    for (kind, meaning), (words, left) in meanings().items():
        assert words <= set(label_mapping.allowed_means(FIELDS[kind], of)), meaning
        assert words or left, meaning


def test_two_hundred_labels_of_public_procedures_are_right_in_95_of_100() -> None:
    assert len(rows(APART)) == 200
    assert share_right(APART) >= 0.95, [row["label"] for row, found in verdicts(APART) if found not in RIGHT]


def test_the_words_of_2026_are_all_right() -> None:
    assert share_right(OF_2026) == 1, [row["label"] for row, found in verdicts(OF_2026) if found not in RIGHT]


@pytest.mark.parametrize("name", [APART, OF_2026])
def test_no_label_is_mapped_wrongly_and_none_is_proposed_wrongly(name: str) -> None:
    assert [row["label"] for row, found in verdicts(name) if found in (MAPPED_WRONGLY, PROPOSED_WRONGLY)] == []


def test_no_trap_is_taken_for_what_it_looks_like() -> None:
    traps = [(row, found) for name in (APART, OF_2026) for row, found in verdicts(name) if row["trap"] == "yes"]
    assert len(traps) >= 60
    assert {found for _, found in traps} <= {*RIGHT, LEFT}


def test_the_figures_in_the_decision_are_those_of_today() -> None:
    page = (Path(__file__).parents[2] / "docs" / "decisions" / "0033-ready-made-packs.md").read_text(encoding="utf-8")
    for name in (APART, OF_2026):
        for kind in ("all", *FIELDS):
            of_kind = Counter(found for row, found in verdicts(name) if kind in ("all", row["kind"]))
            if of_kind:
                figures = " | ".join(str(of_kind[one]) for one in (*RIGHT, LEFT, PROPOSED_WRONGLY, MAPPED_WRONGLY))
                assert f"| {name} | {kind} | after mending | {figures} |" in page


def test_a_word_that_maps_to_nothing_is_added_with_one_row_and_no_code() -> None:
    """Each of the words of 2026 as a row of My lists of a workbook that picked no pack: then it is known for sure."""
    names = {"outcome": "Outcome", "service": "Referred to?"}
    bare = defaults.default(spec.table("working", "MyLists"))
    for row in rows(OF_2026):
        if not any(means for means, _ in labels(row["kind"], row["label"], lists(bare))):
            line = {"List": names[row["kind"]], "Word": row["label"], "Side": None, "Child protection": None}
            if row["kind"] == "outcome":
                line |= {"Side": "Progressed", "Child protection": "No"}
            added = pd.concat([bare, pd.DataFrame([line], dtype=object)], ignore_index=True).astype(object)
            of = lists(added.where(added.notna(), None))
            assert labels(row["kind"], row["label"], of) == [(row["label"], "")], row["label"]
