"""Pseudonymise and the key: second keyholder, another key, copies that a sync client made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.actions.with_key.key_place import act, codes, contents, file_of, laid_out, made_files
from tests.actions.workbooks import PASSPHRASE, SECOND, dipsample, table
from xl_dipsample.privacy.key import key_book, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key


@pytest.fixture(autouse=True)
def _alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCALAPPDATA", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("local data")))
    monkeypatch.delenv(passphrase.KEY_VARIABLE, raising=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made_files(tmp_path_factory.mktemp("made"))


@pytest.fixture
def place(made: dict[str, bytes], tmp_path: Path) -> Path:
    return laid_out(made, tmp_path)


def pseudonymise(place: Path, *more: object) -> tuple[int, dict[str, Any], str]:
    return dipsample(
        "pseudonymise", place / "work" / "working.xlsx", "--review", place / "share" / "review.xlsx", "--key",
        place / "key" / "key.xlsx", "--passphrase-file", file_of(place, "p", PASSPHRASE), *more,
    )  # fmt: skip


def test_pseudonymise_with_a_second_keyholder_leaves_a_file_that_verify_knows(place: Path) -> None:
    assert pseudonymise(place, "--second-keyholder-file", file_of(place, "s", SECOND))[0] == 0
    assert codes(act(place, "verify"))["second-agrees"] == "note"


def test_threat_12_no_second_keyholder_on_purpose_is_said_on_start_and_audit(place: Path) -> None:
    working = place / "work" / "working.xlsx"
    assert "no second keyholder, on purpose" in table(working, "Start")["What it found"].dropna().str.cat()
    assert "refused a second keyholder 1" in table(working, "Audit")["Figures"].iloc[-1]
    assert pseudonymise(place)[0] == 0
    assert "refused a second keyholder 0" in table(working, "Audit")["Figures"].iloc[-1]


def test_another_key_is_refused_by_pseudonymise_and_nothing_is_changed(place: Path) -> None:
    path = place / "key" / "key.xlsx"
    rows = open_key(path, PASSPHRASE).book.key.loc[:, list(key_book.ROW_COLUMNS)]
    other, _ = key_book.assign(key_book.KeyBook(), rows, "Other", "s2", "Young person")
    path.unlink()
    write_key(OpenKey(path, PASSPHRASE, other))
    before = contents(place)
    status, _, said = pseudonymise(place)
    assert (status, contents(place)) == (2, before)
    assert "it is the key of another sample" in said


def test_threat_15_pseudonymise_warns_of_copies_beside_key_and_review_workbook(place: Path) -> None:
    for folder, name in (("key", "key"), ("share", "review")):
        (place / folder / f"{name} (1).xlsx").write_bytes((place / folder / f"{name}.xlsx").read_bytes())
    status, result, said = pseudonymise(place)
    assert status == 0, said
    told = [one["text"] for one in result["messages"] if one["code"] == "conflict-copy"]
    assert len(told) == 2
    assert "key (1).xlsx" in told[0]
    assert "review (1).xlsx" in told[1]


def test_the_key_remembers_that_a_second_keyholder_was_refused(place: Path) -> None:
    book = open_key(place / "key" / "key.xlsx", PASSPHRASE).book
    assert book.keyholders["What"].tolist() == [keyholders.REFUSED]
