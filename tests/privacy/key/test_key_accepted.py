"""What a person decided about words in texts is kept in the key; keys of the version before still open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from key_writing import PASSPHRASE, book_of

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy.key import key_book, sealed
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import VERSION, open_key, write_key

pytestmark = pytest.mark.usefixtures("local_data")


def decided(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(key_book.ACCEPTED_COLUMNS), dtype=object)


def one(
    text: str = "Rose", decision: object = "Not a name", row: str = "DS-7GK-4MX3", sample: str = "s1"
) -> tuple[object, ...]:
    return (row, sample, "Summary of harm", text, decision, "AB", "2026-11-02T10:00:00+00:00")


def test_decisions_come_back_from_the_encrypted_file_as_text(tmp_path: Path) -> None:
    rows = decided(one(), one("=cmd|x"), one("2 May"), one(" Grace "))
    book = key_book.with_accepted(book_of(1), rows)
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book))
    pd.testing.assert_frame_equal(open_key(tmp_path / "key.xlsx", PASSPHRASE).book.accepted, rows)
    assert b"Grace" not in (tmp_path / "key.xlsx").read_bytes()


def test_the_latest_decision_about_the_same_words_in_the_same_row_counts() -> None:
    book = key_book.with_accepted(key_book.KeyBook(), decided(one(decision="Replace"), one(row="DS-BBB-BBBC")))
    book = key_book.with_accepted(book, decided(one(), one(sample="s2")))
    kept = book.accepted[["Unique ID", "Sample ID", "Decision"]].to_numpy().tolist()
    assert sorted(kept) == [
        ["DS-7GK-4MX3", "s1", "Not a name"],
        ["DS-7GK-4MX3", "s2", "Not a name"],
        ["DS-BBB-BBBC", "s1", "Not a name"],
    ]


@pytest.mark.parametrize("blank", [None, "", float("nan")])
def test_a_blank_decision_takes_an_earlier_one_back(blank: object) -> None:
    book = key_book.with_accepted(key_book.KeyBook(), decided(one(), one("May")))
    book = key_book.with_accepted(book, decided(one(decision=blank)))
    assert book.accepted["Text"].tolist() == ["May"]


def test_a_moment_is_kept_as_text() -> None:
    row = (*one()[:-1], dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC))
    assert key_book.with_accepted(key_book.KeyBook(), decided(row)).accepted["When"].tolist() == [
        "2026-11-02T10:00:00+00:00"
    ]


def test_pseudonymising_again_keeps_the_decisions() -> None:
    book = key_book.with_accepted(book_of(2), decided(one()))
    rows = book.key.loc[:, list(key_book.ROW_COLUMNS)]
    again, _ = key_book.assign(book, rows, "Sample", "s1", "Young person")
    again = key_book.with_anchor(
        key_book.with_names(key_book.commit(again, "s1"), rows), "s1", 1, "a", dt.datetime.now(dt.UTC)
    )
    assert len(again.accepted) == 1


def first_version(path: Path, book: key_book.KeyBook) -> None:
    key = book.key.rename(columns={"Record": "Row"})
    sheets = [sealed.Sheet(name, "", frame) for name, frame in
              (("Key", key), ("Names", book.names), ("Anchors", book.anchors))]  # fmt: skip
    path.write_bytes(sealed.seal(sealed.build("dip-sample key", 1, (), sheets), PASSPHRASE))


def test_a_key_of_the_first_version_opens_and_is_written_in_the_present_one(tmp_path: Path) -> None:
    path, made = tmp_path / "key.xlsx", book_of(2)
    first_version(path, made)
    book = open_key(path, PASSPHRASE).book
    assert book.known_ids() == made.known_ids()
    assert book.accepted.columns.tolist() == list(key_book.ACCEPTED_COLUMNS)
    assert (len(book.accepted), len(book.keyholders)) == (0, 0)
    write_key(OpenKey(path, PASSPHRASE, key_book.with_accepted(book, decided(one()))))
    again = open_key(path, PASSPHRASE).book
    assert (again.known_ids(), len(again.accepted)) == (made.known_ids(), 1)


def test_a_present_key_without_one_of_its_sheets_was_edited(tmp_path: Path) -> None:
    path, book = tmp_path / "key.xlsx", book_of(1)
    sheets = [
        sealed.Sheet("Key", "", book.key),
        sealed.Sheet("Names", "", book.names),
        sealed.Sheet("Anchors", "", book.anchors),
    ]
    path.write_bytes(sealed.seal(sealed.build("dip-sample key", VERSION, (), sheets), PASSPHRASE))
    with pytest.raises(PrivacyProblem, match=r"Accepted of key\.xlsx was changed by hand"):
        open_key(path, PASSPHRASE)


def test_one_case_has_an_id_in_each_sample_of_the_key() -> None:
    rows = book_of(2).key.loc[:, list(key_book.ROW_COLUMNS)]
    book, first = key_book.assign(key_book.KeyBook(), rows, "Spring", "s1", "Young person")
    book, second = key_book.assign(key_book.commit(book, "s1"), rows.iloc[:1], "Autumn", "s2", "Young person")
    found = key_book.of_case(book, " 0 ")
    assert [(child.unique_id, child.sample, child.state) for child in found] == [
        (first.iloc[0], "Spring", "committed"),
        (second.iloc[0], "Autumn", "pending"),
    ]
    assert key_book.of_case(book, "00") == key_book.of_case(book, "") == []
