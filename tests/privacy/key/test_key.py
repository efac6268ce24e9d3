"""What the key says: who keeps which ID."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.privacy.key import key_book

PERSON, CONTACT = "Young person", "Contact"
JANUARY, MARCH = dt.date(2024, 1, 5), dt.date(2024, 3, 5)


def row(case: Any, day: Any = JANUARY, name: Any = "Ann Other", mark: Any = None, number: int = 1) -> dict[str, Any]:
    return {
        "Case ID": case,
        "Name": name,
        "Date of birth": dt.date(2010, 2, 3),
        "Contact date": day,
        "Record": number,
        "Fingerprint": mark,
    }


def rows(*records: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(records), columns=list(key_book.ROW_COLUMNS), dtype=object)


def run(
    book: key_book.KeyBook, *records: dict[str, Any], unit: str = PERSON, sample: str = "s1"
) -> tuple[key_book.KeyBook, list[str]]:
    book, unique_ids = key_book.assign(book, rows(*records), f"Sample {sample}", sample, unit)
    return book, unique_ids.tolist()


def states(book: key_book.KeyBook) -> dict[str, str]:
    return dict(zip(book.key["Unique ID"], book.key["State"], strict=True))


def test_every_row_of_a_new_sample_gets_its_own_pending_id_on_the_index_of_the_rows() -> None:
    asked = rows(row("1"), row("2"), row(None, mark="f1"))
    asked.index = pd.Index([10, 7, 99])
    book, unique_ids = key_book.assign(key_book.KeyBook(), asked, "Sample", "s1", PERSON)
    assert unique_ids.index.tolist() == [10, 7, 99]
    assert unique_ids.dtype == object
    assert unique_ids.nunique() == 3
    assert states(book) == dict.fromkeys(unique_ids, key_book.PENDING)
    assert book.key.columns.tolist() == list(key_book.KEY_COLUMNS)


def test_the_same_children_keep_their_ids_whatever_the_order_and_rows() -> None:
    book, [one, two, none] = run(key_book.KeyBook(), row("1"), row("2"), row(None, mark="f1"))
    book = key_book.commit(book, "s1")
    again, ids = run(book, row(None, mark="f1", number=8), row("2", number=9), row("1", number=4), row("3"))
    assert ids[:3] == [none, two, one]
    assert ids[3] not in {one, two, none}
    assert states(again) == {one: "committed", two: "committed", none: "committed", ids[3]: "pending"}
    assert again.key["Record"].tolist() == [4, 9, 8, 1]


def test_a_case_id_is_the_same_as_text_trimmed_and_leading_zeros_count() -> None:
    book, [one] = run(key_book.KeyBook(), row("12"))
    _, ids = run(book, row(" 12\u00a0"))
    assert ids == [one]
    _, ids = run(book, row(12.0))
    assert ids == [one]
    _, ids = run(book, row("0012"))
    assert ids != [one]


def test_another_contact_of_a_young_person_is_still_the_same_young_person() -> None:
    book, [one] = run(key_book.KeyBook(), row("1", JANUARY))
    book, ids = run(book, row("1", MARCH))
    assert ids == [one]
    assert book.key["Contact date"].tolist() == [MARCH]


def test_with_the_unit_contact_each_contact_date_has_its_own_id() -> None:
    book, first = run(key_book.KeyBook(), row("1", JANUARY), row("1", MARCH), row("1", None), unit=CONTACT)
    assert len(set(first)) == 3
    as_held_elsewhere = [
        row("1", None),
        row("1", pd.Timestamp(MARCH)),
        row("1", dt.datetime.combine(JANUARY, dt.time())),
    ]
    book, again = run(book, *as_held_elsewhere, unit=CONTACT)
    assert again == first[::-1]
    assert set(states(book).values()) == {"pending"}


def test_changing_the_unit_from_young_person_to_contact_keeps_the_id_of_the_contact_that_was_there() -> None:
    book, [one] = run(key_book.KeyBook(), row("1", MARCH))
    book, ids = run(book, row("1", JANUARY), row("1", MARCH), unit=CONTACT)
    assert ids[1] == one
    assert ids[0] != one
    _, ids = run(book, row("1", MARCH))
    assert ids == [one]


def test_an_id_of_a_row_that_left_is_retired_and_taken_up_again_when_the_row_returns() -> None:
    book, [one, two] = run(key_book.KeyBook(), row("1"), row("2"))
    book = key_book.commit(book, "s1")
    book, ids = run(book, row("2"), row("3"))
    assert states(book) == {one: "retired", two: "committed", ids[1]: "pending"}
    assert key_book.find(book, one) == key_book.Child(one, "Ann Other", "1", "Sample s1", "retired", "05/01/2024")
    book, ids = run(book, row("1"), row("2"))
    assert ids == [one, two]
    assert states(book)[one] == "pending"


def test_commit_marks_the_pending_rows_of_its_own_sample_only() -> None:
    book, [one] = run(key_book.KeyBook(), row("1"), sample="s1")
    book, [two] = run(book, row("1"), sample="s2")
    assert one != two, "a child in two samples has two IDs"
    book = key_book.commit(book, "s2")
    assert states(book) == {one: "pending", two: "committed"}
    book, _ = run(book, sample="s2")
    assert states(book) == {one: "pending", two: "retired"}
    assert states(key_book.commit(book, "s2")) == {one: "pending", two: "retired"}


def test_names_and_dates_of_birth_are_renewed() -> None:
    book, [one] = run(key_book.KeyBook(), row("1", name="Ann Other"))
    book, _ = run(book, {**row("1", name="Ann Another"), "Date of birth": "03/2010"})
    assert len(book.key) == 1
    assert key_book.find(book, one) == key_book.Child(one, "Ann Another", "1", "Sample s1", "pending", "05/01/2024")
    assert book.key["Date of birth"].tolist() == ["03/2010"]


def test_a_fingerprint_is_kept_only_where_there_is_no_case_id() -> None:
    book, [one, two] = run(key_book.KeyBook(), row("1", mark="f1"), row(None, mark="f2"))
    assert book.key["Fingerprint"].tolist() == [None, "f2"]
    _, ids = run(book, row(None, mark="f1"), row("1", mark="f9"), row(None, mark="f2"))
    assert ids[1:] == [one, two]
    assert ids[0] not in {one, two}


def test_rows_alike_in_everything_still_get_an_id_each_and_keep_them() -> None:
    book, first = run(key_book.KeyBook(), row(None, mark="f1"), row(None, mark="f1"), row("1"), row("1"), row(None))
    assert len(set(first)) == 5
    _, again = run(book, row(None, mark="f1"), row(None, mark="f1"), row("1"), row("1"), row(None))
    assert again[:4] == first[:4]
    assert again[4] not in first, "a row without case ID and fingerprint cannot be known again"


def test_blanks_of_every_kind_are_none() -> None:
    book, _ = run(key_book.KeyBook(), row("1", day=pd.NaT, name=float("nan")), row("2", day=None, name=""))
    assert book.key["Name"].tolist() == [None, None]
    assert book.key["Contact date"].tolist() == [None, None]
    assert set(book.key.dtypes) == {pd.Series(dtype=object).dtype}


def test_a_workbook_without_sample_id_is_refused() -> None:
    with pytest.raises(WorkbookProblem):
        key_book.assign(key_book.KeyBook(), rows(row("1")), "Sample", "", PERSON)


def test_names_are_every_distinct_pair_and_earlier_ones_stay() -> None:
    first = pd.DataFrame(
        {"Case ID": ["1", "1", None, "2"], "Name": ["A", "A", None, None], "x": [1, 2, 3, 4]}, dtype=object
    )
    book = key_book.with_names(key_book.with_names(key_book.KeyBook(), first), first.assign(Name="B"))
    pairs = [["A", "1"], [None, "2"], ["B", "1"], ["B", None], ["B", "2"]]
    assert book.names.to_numpy().tolist() == [[*pair, None] for pair in pairs]


def test_the_audit_anchor_is_kept_per_sample() -> None:
    now = dt.datetime(2024, 5, 6, tzinfo=dt.UTC)
    book = key_book.with_anchor(key_book.KeyBook(), "s1", 3, "aa", now)
    book = key_book.with_anchor(book, "s2", 1, "bb", now)
    book = key_book.with_anchor(book, "s1", 4, "cc", now)
    assert key_book.anchor(book, "s1") == (4, "cc")
    assert key_book.anchor(book, "s2") == (1, "bb")
    assert key_book.anchor(book, "s3") is None


CHILDREN = st.lists(st.sampled_from("ABCDEFG"), unique=True, max_size=7)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CHILDREN, st.sampled_from(["s1", "s2"]), st.booleans()), max_size=6))
def test_over_any_runs_a_child_has_one_id_per_sample_and_no_id_two_children(
    runs: list[tuple[list[str], str, bool]],
) -> None:
    book, seen = key_book.KeyBook(), {}
    for children, sample, finished in runs:
        book, ids = run(book, *(row(child) for child in children), sample=sample)
        for child, unique_id in zip(children, ids, strict=True):
            assert seen.setdefault((sample, child), unique_id) == unique_id
        here = book.key[book.key["Sample ID"] == sample]
        assert set(here.loc[here["State"] != "retired", "Unique ID"]) == set(ids)
        book = key_book.commit(book, sample) if finished else book
    assert sorted(book.key["Unique ID"]) == sorted(seen.values())
    assert len(set(seen.values())) == len(seen)


def test_five_thousand_rows_take_no_time_to_speak_of() -> None:
    many = [row(str(number), name=f"Child {number}", number=number) for number in range(5000)]
    book, first = run(key_book.KeyBook(), *many)
    _, again = run(book, *many[::-1])
    assert again == first[::-1]
