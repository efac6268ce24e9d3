"""A key and a review workbook that disagree: which unique IDs, and what to do."""

from __future__ import annotations

import dataclasses

import pytest
from key_writing import book_of, children

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy.key import ids, key_book
from xl_dipsample.privacy.key.key_and_review import disagreement, refuse_another_key


@pytest.fixture(scope="module")
def book() -> key_book.KeyBook:
    """Four children in use, and one of another sample."""
    book = key_book.commit(book_of(4), "s1")
    book, _ = key_book.assign(book, children(0, 1), "Other", "s2", "Young person")
    return key_book.commit(book, "s2")


def of(book: key_book.KeyBook, sample: str = "s1") -> list[str]:
    return book.key.loc[book.key["Sample ID"] == sample, "Unique ID"].tolist()


def said(book: key_book.KeyBook, shown: list[object], sample: str = "s1") -> str:
    return " ".join(disagreement(book, shown, sample).sentences("review.xlsx", "key.xlsx"))


def test_a_key_and_its_review_workbook_agree_whatever_the_order_and_way_of_writing(book: key_book.KeyBook) -> None:
    shown = [one.lower().replace("-", " ") for one in reversed(of(book))]
    found = disagreement(book, [*shown, None, "", shown[0]], "s1")
    assert not found
    assert found.shared == 4
    assert found.sentences("review.xlsx", "key.xlsx") == []


def test_an_id_that_the_key_does_not_know_is_named_and_refused(book: key_book.KeyBook) -> None:
    [stranger] = ids.new_ids(1, book.known_ids())
    found = disagreement(book, [*of(book), stranger], "s1")
    assert (found.unknown, found.shared) == ((stranger,), 4)
    with pytest.raises(
        PrivacyProblem, match=rf"^In review\.xlsx and not in key\.xlsx: {stranger}\. .*changed\.$"
    ) as refused:
        refuse_another_key(found, "review.xlsx", "key.xlsx")
    assert refused.value.code == "key-disagrees"


def test_the_key_of_another_sample_is_called_that(book: key_book.KeyBook) -> None:
    strangers = ids.new_ids(30, book.known_ids())
    assert "it is the key of another sample" in said(book, [*strangers])
    assert "it is the key of another sample" in said(book, of(book, "s2"), "s1")


def test_an_id_of_another_sample_of_the_same_key_is_named(book: key_book.KeyBook) -> None:
    [other] = of(book, "s2")
    found = disagreement(book, [*of(book), other], "s1")
    assert found.other_sample == (other,)
    with pytest.raises(PrivacyProblem):
        refuse_another_key(found, "review.xlsx", "key.xlsx")


def test_what_another_pseudonymise_mends_is_told_and_not_refused(book: key_book.KeyBook) -> None:
    ours = of(book)
    less, fresh = key_book.assign(book, children(1, 6), "Sample", "s1", "Young person")
    found = disagreement(less, ours[:2], "s1")
    assert found.retired == (ours[0],)
    assert found.missing == tuple(sorted(ours[2:]))
    assert found.pending == tuple(sorted(set(fresh) - set(ours)))
    refuse_another_key(found, "review.xlsx", "key.xlsx")
    words = found.sentences("review.xlsx", "key.xlsx")
    assert len(words) == 3
    assert all("Pseudonymise" in one for one in words)


def test_a_cell_that_holds_something_else_is_counted_and_never_repeated(book: key_book.KeyBook) -> None:
    ours = of(book)
    words = said(book, [*ours, "Synthetic Name", ours[0][:-1] + "0", 12])
    assert words.startswith("In review.xlsx, 3 rows")
    assert "Synthetic" not in words


def test_many_ids_are_counted_not_listed(book: key_book.KeyBook) -> None:
    strangers = ids.new_ids(30, book.known_ids())
    words = said(book, [of(book)[0], *strangers])
    assert " and 25 more" in words
    assert sum(one in words for one in strangers) == 5


def test_every_field_of_a_disagreement_makes_it_one(book: key_book.KeyBook) -> None:
    plain = disagreement(book, of(book), "s1")
    for field in dataclasses.fields(plain):
        if field.name != "shared":
            value = 1 if field.name == "not_ids" else ("DS-7GK-4MX3",)
            assert dataclasses.replace(plain, **{field.name: value}), field.name
