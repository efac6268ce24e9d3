"""Labels of today, with every pack picked: what is taken for sure, what is proposed, what is left to a person."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.focus import pack_words, picked_packs
from xl_dipsample.domain.focus.criteria import lists_of
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared import label_words, lead_lists, reference_words
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.specs import defaults, spec

NO_LABELS = pd.DataFrame(columns=list(label_mapping.COLUMNS), dtype=object)
with (Path(__file__).parents[2] / "data" / "pack_labels" / "labels.csv").open(encoding="utf-8", newline="") as file:
    LABELS = list(csv.DictReader(file))


@cache
def all_packs() -> Lists:
    """The lists of a new workbook with every pack."""
    mine = defaults.default(spec.table("working", "MyLists"))
    frame = pack_words.taken(mine, picked_packs.names(picked_packs.WORDS)).frame
    return lists_of(frame, defaults.default(spec.table("working", "Categories")))


def read(field: str, *labels: str) -> list[tuple[str, object, object]]:
    """Each label with what Labels says of it: Means, Perhaps."""
    table = label_mapping.label_table(pd.DataFrame({field: list(labels)}, dtype=object), NO_LABELS, all_packs())
    return list(zip(table["Label as exported"], table["Means"], table["Perhaps"], strict=True))


@pytest.mark.parametrize("row", LABELS, ids=lambda row: f"{row['field']}: {row['label']}")
def test_a_label_is_taken_for_sure_or_proposed_or_left_to_a_person(row: dict[str, str]) -> None:
    ((_, means, perhaps),) = read(row["field"], row["label"])
    sure = row["sure"] == "sure"
    assert (means, perhaps) == ((row["word"], None) if sure else (None, row["word"] or None))


TAKEN_BACK = (
    "not progressed", "ended", "declined", "threshold not met", "refused", "closed", "withdrawn", "pending",
    "previously", "considered", "cancelled", "not agreed", "unsubstantiated", "historic", "sibling",
)  # fmt: skip
SHAPES = (
    "{word} {back}",
    "{word} ({back})",
    "{word}: {back}",
    "{word} - {back}",
    "{back} {word}",
    "{back}: {word}",
    "{back} ({word})",
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.sampled_from(["Outcome", "Referred to?"]).flatmap(
        lambda field: st.tuples(
            st.just(field), st.sampled_from([one for one in all_packs().means(field) if len(one) > 2])
        )
    ),
    st.sampled_from(TAKEN_BACK),
    st.sampled_from(SHAPES),
)
def test_what_takes_a_label_back_is_never_taken_for_it(label: tuple[str, str], back: str, shape: str) -> None:
    """Of every word of every pack, every code and spelling, in every shape: only what closes may be closed besides."""
    field, known = label
    for _, means, perhaps in read(field, shape.format(word=known, back=back)):
        closes = {"No further action", "None"}
        assert means in {None, *closes}
        assert perhaps in {None, *closes}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([row for row in LABELS if row["sure"] == "sure" and row["field"] != "Type of harm"]),
    st.sampled_from(["{0}", " {0} ", "{0}.", "{0}s", "Referred to {0}", "referral to the {0}"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_capitals_ends_and_what_says_nothing_change_no_meaning(row: dict[str, str], shape: str, case: object) -> None:
    label = case(shape.format(row["label"]))  # type: ignore[operator]
    for _, means, perhaps in read(row["field"], label):
        assert {means, perhaps} <= {None, row["word"]}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_two_known_things_in_one_label_are_left_to_a_person(data: st.DataObject) -> None:
    entries = [one for one in all_packs().entries["Outcome"] if one.word not in ("Other", "Not recorded")]
    first, second = (data.draw(st.sampled_from(entries)) for _ in range(2))
    if first.word == second.word:
        return
    ((_, means, perhaps),) = read("Outcome", f"{first.word}, then {second.word}")
    assert (means, perhaps) == (None, None)


def test_a_proposal_counts_for_nothing_until_somebody_chooses_it() -> None:
    lists = all_packs()
    means = label_mapping.means_of(NO_LABELS, "Outcome", lists)
    cells = pd.Series(["CIN plan required"], dtype=object)
    assert read("Outcome", "CIN plan required") == [("CIN plan required", None, "Child in Need")]
    assert reference_words.map_words("outcome", cells, means)["word"].tolist() == ["Not mapped"]


def test_a_word_of_the_leads_own_is_understood_in_the_same_ways() -> None:
    mine = defaults.default(spec.table("working", "MyLists"))
    own = pd.DataFrame(
        [["Outcome", "Safety circle", None, "Neither", "No", "SC plan", None, None]], columns=mine.columns
    )
    lists = lists_of(
        pd.concat([mine, own], ignore_index=True).astype(object), defaults.default(spec.table("working", "Categories"))
    )
    rows = pd.DataFrame({"Outcome": ["Progressed to safety circles", "Safety circle ended"]}, dtype=object)
    table = label_mapping.label_table(rows, NO_LABELS, lists)
    assert dict(zip(table["Label as exported"], table["Means"], strict=True)) == {
        "Safety circle ended": None,
        "Progressed to safety circles": "Safety circle",
    }


def test_a_word_that_was_taken_off_the_list_is_neither_meant_nor_proposed() -> None:
    means = {**lead_lists.shipped().means("Outcome"), "early help": ""}
    known = reference_words.known_labels("outcome", means)
    assert label_words.same("outcome", "Referred to early help", known) is None
    assert label_words.like("outcome", "Early help required", known) is None


def test_a_text_about_a_case_is_no_label_and_costs_nothing() -> None:
    text = "The young person was seen at home with the family, and a CIN plan is required. " * 400
    assert read("Outcome", text) == [(text.strip(), None, None)]
