"""Threat 16: reviewers' typing is lost when the review workbook is built again."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.pseudonymise import review_rows

TODAY = dt.date(2025, 3, 1)
PEOPLE = ["Outcome", "Summary of harm", "Reviewer"]
OURS = ["Unique ID", "Type of harm", "Contact date", *PEOPLE]
OWN = ["Our note", "A question", "Gone column"]
IDS = [f"DS-{one}" for one in "ABCDEF"]

# A typed word says where it was typed, so that none can stand for another.
typed = st.sampled_from(["", "yes", "Not mapped"])
any_id = st.sampled_from([*IDS, "ds-a", None])


@st.composite
def frames(draw: st.DrawFn, name: str, *, aside: bool) -> pd.DataFrame:
    """Review or Set aside as people may leave it: rows copied, IDs cleared or mistyped, columns added."""
    own = draw(st.lists(st.sampled_from(OWN), unique=True))
    columns = [*OURS, *own, *(["Set aside on"] if aside else [])]
    rows = []
    for number, unique_id in enumerate(draw(st.lists(any_id, max_size=7))):
        row: dict[str, object] = dict.fromkeys(columns)
        row |= {"Unique ID": unique_id, "Type of harm": "CSE", "Contact date": dt.date(2022, 9, 1)}
        for heading in (*PEOPLE, *own):
            word = draw(typed)
            row[heading] = f"{name} {number} {heading}" if word == "yes" else word or None
        rows.append(row)
    return pd.DataFrame(rows, columns=columns, dtype=object)


def new_table(unique_ids: list[str]) -> pd.DataFrame:
    made = pd.DataFrame(None, index=range(len(unique_ids)), columns=[*OURS, "A question"], dtype=object)
    made["Unique ID"] = sorted(unique_ids)
    made["Outcome"] = "Export's"
    return made.astype(object).where(made.notna(), None)


def typed_cells(frame: pd.DataFrame) -> Counter[tuple[object, str, object]]:
    """(unique ID, heading, words) of every cell that somebody filled."""
    headings = [one for one in frame.columns if one in PEOPLE or one in OWN]
    return Counter(
        (row["Unique ID"], heading, row[heading])
        for row in frame.to_dict("records")
        for heading in headings
        if row[heading] not in (None, "Not mapped", "Export's")
    )


@settings(max_examples=150, deadline=None)
@given(
    old=frames("review", aside=False),
    aside=frames("aside", aside=True),
    sample=st.lists(st.sampled_from(IDS), unique=True),
)
def test_threat_16_every_typed_cell_is_in_review_or_set_aside_under_its_own_id(old, aside, sample) -> None:
    made = review_rows.carry_over(new_table(sample), old, aside, PEOPLE, OURS, TODAY)
    assert list(made.review["Unique ID"]) == sorted(sample)
    kept = typed_cells(made.review) | typed_cells(made.set_aside)
    assert not typed_cells(old) - kept
    assert not typed_cells(aside) - kept
    again = review_rows.carry_over(new_table(sample), made.review, made.set_aside, PEOPLE, OURS, TODAY)
    pd.testing.assert_frame_equal(again.review, made.review)
    assert typed_cells(again.set_aside) == typed_cells(made.set_aside)


@settings(max_examples=100, deadline=None)
@given(old=frames("review", aside=False), sample=st.lists(st.sampled_from(IDS), unique=True))
def test_threat_16_what_was_typed_beats_the_export_and_nobody_gets_the_words_of_another(old, sample) -> None:
    made = review_rows.carry_over(new_table(sample), old, old.iloc[:0], PEOPLE, OURS, TODAY)
    first = old.dropna(subset=["Unique ID"])
    for row in made.review.to_dict("records"):
        mine = first[first["Unique ID"] == row["Unique ID"]]
        for heading in PEOPLE:
            words = [cell for cell in mine[heading] if cell not in (None, "Not mapped")]
            expected = words[0] if words else "Export's" if heading == "Outcome" else None
            assert row[heading] == expected


def test_threat_16_a_row_that_a_reviewer_copied_keeps_both_versions() -> None:
    old = pd.DataFrame(
        [["DS-A", "first words"], ["DS-A", "other words"], [None, "no ID"], [None, "nor here"]],
        columns=["Unique ID", "Reviewer"],
        dtype=object,
    )
    made = review_rows.carry_over(new_table(["DS-A"]), old, old.iloc[:0], PEOPLE, OURS, TODAY)
    assert made.review["Reviewer"].tolist() == ["first words"]
    assert made.set_aside["Reviewer"].tolist() == ["other words", "no ID", "nor here"]
