"""Threat 10: the key is stolen, or somebody guesses at it. Encrypted, and each further guess waits longer."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from key_writing import PASSPHRASE, SENTINEL, book_of

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy.key import in_place, keyholders, passphrase, wrong_tries
from xl_dipsample.privacy.key.key_file import open_key, write_key

pytestmark = pytest.mark.usefixtures("local_data")
SECOND = "quilt-manor-eject-sudden-flaky-row"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each try waited; the test does not."""
    waits: list[float] = []
    monkeypatch.setattr(wrong_tries.time, "sleep", waits.append)
    return waits


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_key(tmp_path / "key.xlsx", book_of(2), PASSPHRASE)
    return tmp_path / "key.xlsx"


def guess(path: Path, word: str = "a wrong one") -> str:
    with pytest.raises(PrivacyProblem) as refused:
        open_key(path, word)
    assert refused.value.code == "wrong-passphrase"
    assert word not in refused.value.sentence
    return refused.value.sentence


def test_threat_10_every_file_of_the_key_is_encrypted_backups_and_second_keyholders_file_too(path: Path) -> None:
    book, escrow = keyholders.added(open_key(path, PASSPHRASE), PASSPHRASE, SECOND)
    write_key(path, book, PASSPHRASE)
    passphrase.put_escrow(path, escrow)
    files = list(path.parent.iterdir())
    assert len(files) == 3
    for file in files:
        content = file.read_bytes()
        assert content.startswith(OLE), file.name
        for word in (SENTINEL, PASSPHRASE, SECOND):
            assert word.encode() not in content
            assert word.encode("utf-16-le") not in content
    assert len(in_place.backups(path)) == 1


def test_threat_10_each_further_guess_waits_longer_and_is_counted(path: Path, waited: list[float]) -> None:
    said = [guess(path) for _ in range(9)]
    assert all("number" not in one for one in said[:2]), "a typing mistake or two is nobody's guess"
    assert "wrong passphrase number 3, and the next try waits 1 s" in said[2]
    assert "wrong passphrase number 9, and the next try waits 30 s" in said[8]
    assert waited[:3] == [0, 0, 0]
    assert [round(one) for one in waited[3:]] == [1, 2, 4, 8, 16, 30]


def test_the_wait_is_real(path: Path) -> None:
    for _ in range(3):
        guess(path)
    started = time.monotonic()
    guess(path)
    assert time.monotonic() - started > 0.9


def test_threat_10_the_right_passphrase_has_to_wait_too_and_sets_the_count_back(
    path: Path, waited: list[float]
) -> None:
    for _ in range(5):
        guess(path)
    open_key(path, PASSPHRASE)
    assert round(waited[-1]) == 4, "otherwise a wait would tell a guesser that the guess was wrong"
    guess(path)
    assert waited[-1] == 0


def test_guesses_are_counted_for_each_key_by_itself_and_forgotten_after_a_day(
    path: Path, waited: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(path.read_bytes())
    for _ in range(4):
        guess(path)
    guess(other)
    assert waited[-1] == 0
    now = time.time()
    monkeypatch.setattr(wrong_tries.time, "time", lambda: now + wrong_tries.FORGOTTEN + 1)
    guess(path)
    assert waited[-1] == 0


def test_a_pause_between_two_tries_counts_towards_the_wait(
    path: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        guess(path)
    now = time.time()
    monkeypatch.setattr(wrong_tries.time, "time", lambda: now + 5)
    guess(path)
    assert round(waited[-1]) == 3


def test_threat_10_the_count_holds_no_passphrase_and_no_name(path: Path, local_data: Path, waited: list[float]) -> None:
    for word in ("a wrong one", "another wrong one", SECOND):
        guess(path, word)
    [file] = [one for one in local_data.rglob("*") if one.is_file()]
    content = file.read_text(encoding="utf-8")
    for word in ("wrong one", SECOND, path.name, path.stem, str(path.parent)):
        assert word not in content
    assert [number for number, _ in json.loads(content).values()] == [3]
    assert [one.name for one in path.parent.iterdir()] == [path.name], "nothing of it lies beside the key"


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": ["x", "y"]}', "\x00"])
def test_a_spoilt_count_keeps_nobody_from_the_key(
    path: Path, local_data: Path, waited: list[float], content: str
) -> None:
    guess(path)
    [file] = [one for one in local_data.rglob("*") if one.is_file()]
    file.write_text(content, encoding="utf-8")
    assert len(open_key(path, PASSPHRASE).key) == 2
    guess(path)
    assert waited[-1] == 0


def test_a_local_data_folder_that_cannot_be_written_keeps_nobody_from_the_key(
    path: Path, local_data: Path, waited: list[float]
) -> None:
    (local_data / "xl_dipsample").write_text("a file where the folder should be")
    guess(path)
    assert len(open_key(path, PASSPHRASE).key) == 2


def test_threat_10_guesses_at_the_second_keyholders_file_are_counted_too(path: Path, waited: list[float]) -> None:
    passphrase.write_escrow(path, PASSPHRASE, SECOND)
    for _ in range(4):
        with pytest.raises(PrivacyProblem):
            passphrase.open_escrow(path, "a wrong one")
    assert round(waited[-1]) == 1
    assert passphrase.open_escrow(path, SECOND) == PASSPHRASE
