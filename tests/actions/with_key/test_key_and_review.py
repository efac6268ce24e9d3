"""Screen, release and publish with a key that does not belong to the review workbook. All data are synthetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.actions.screening import BORN, CASES, NAMES, SAMPLE, Screened, screened
from tests.actions.workbooks import PASSPHRASE, dipsample, edit
from tests.privacy.threat_search import search
from xl_dipsample.privacy.key import ids, in_place, key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

ACTIONS = ("screen", "release", "publish")


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    made = screened(tmp_path)
    (tmp_path / "panel").mkdir()
    return made


def press(files: Screened, action: str) -> tuple[int, dict[str, Any], str]:
    root = files.review.parents[1]
    more: dict[str, list[object]] = {"screen": [], "release": ["--to", root / "panel"], "publish": []}
    out = [root / "panel" / "out.xlsx"] if action == "publish" else []
    secret = files.key.with_name("passphrase.txt")
    return dipsample(action, files.review, *out, "--key", files.key, "--passphrase-file", secret, *more[action])


def set_id(files: Screened, place: int, words: str | None) -> None:
    def fill(host: Any) -> None:
        frame = host.read_table("Review")
        frame.loc[place, "Unique ID"] = words
        host.write_table("Review", frame)

    edit(files.review, fill)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_id_that_the_key_does_not_know_is_named_and_refused(files: Screened, action: str) -> None:
    [stranger] = ids.new_ids(1, set(files.ids))
    set_id(files, 0, stranger)
    before = files.review.read_bytes()
    status, _, said = press(files, action)
    assert (status, files.review.read_bytes()) == (2, before)
    assert stranger in said
    assert not files.list.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_an_id_of_another_sample_of_the_same_key_is_refused(files: Screened, action: str) -> None:
    book = open_key(files.key, PASSPHRASE).book
    one = book.key.iloc[:1][list(key_book.ROW_COLUMNS)]
    book, other = key_book.assign(book, one, "Synthetic spring", "another", "Young person")
    write_key(OpenKey(files.key, PASSPHRASE, book))
    set_id(files, 0, other.iloc[0])
    status, _, said = press(files, action)
    assert status == 2
    assert "of another sample" in said


@pytest.mark.parametrize("action", ACTIONS)
def test_a_cell_that_is_no_unique_id_is_refused_and_not_repeated(files: Screened, action: str) -> None:
    set_id(files, 0, NAMES[0])
    status, _, said = press(files, action)
    assert status == 2
    assert search(said.encode(), [*NAMES[0].split(), CASES[0]], BORN[:1]) == {}


@pytest.mark.parametrize("action", ACTIONS)
def test_the_key_of_another_sample_is_refused_even_when_review_is_empty(files: Screened, action: str) -> None:
    book = open_key(files.key, PASSPHRASE).book
    book.key["Sample ID"] = "another"
    write_key(OpenKey(files.key, PASSPHRASE, book))
    for place in range(len(files.ids)):
        set_id(files, place, None)
    status, _, said = press(files, action)
    assert status == 2
    assert "the key of another sample" in said


@pytest.mark.parametrize("action", ACTIONS)
def test_a_copy_of_the_key_with_ids_that_it_lacks_is_refused(files: Screened, action: str) -> None:
    theirs = files.key.with_name("key-PCNAME.xlsx")
    book = open_key(files.key, PASSPHRASE).book
    theirs.write_bytes(files.key.read_bytes())
    less = replace(book, key=book.key.iloc[1:].reset_index(drop=True))
    write_key(OpenKey(files.key, PASSPHRASE, less))
    for backup in in_place.backups(files.key):
        backup.unlink()
    status, _, said = press(files, action)
    assert status == 2
    assert "1 unique IDs" in said
    assert theirs.name in said


@pytest.mark.parametrize("action", ["screen", "release"])
def test_a_row_that_is_missing_and_a_harmless_copy_of_the_key_are_warnings(files: Screened, action: str) -> None:
    files.key.with_name("key (1).xlsx").write_bytes(files.key.read_bytes())

    def fill(host: Any) -> None:
        host.write_table("Review", host.read_table("Review").iloc[1:])

    edit(files.review, fill)
    gone = sorted(files.ids)[0]
    status, result, said = press(files, action)
    assert status in (0, 1), said
    told = {one["code"]: one["text"] for one in result["messages"] if one["level"] == "warning"}
    assert gone in told["key-disagrees"]
    assert "key (1).xlsx" in told["conflict-copy"]
    assert SAMPLE not in str(result["messages"])
