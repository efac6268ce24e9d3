"""Threats 10 and 12: a new passphrase is strong, and one that is short, weak or mistyped is asked for again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.workbooks import PASSPHRASE, SECOND, dipsample
from tests.privacy.key.test_passphrase import Answers
from xl_dipsample.domain.shared.errors import PrivacyProblem, QuestionUnanswered
from xl_dipsample.privacy.key import in_place, key_book, key_file
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.passphrase import KEY_VARIABLE, MOST_ASKED, read_passphrase


@pytest.fixture(autouse=True)
def _no_passphrase_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def asked(*answers: str) -> tuple[str, list[str]]:
    somebody = Answers(*answers)
    return read_passphrase(None, None, somebody, "Passphrase of the key", new=True), somebody.questions


@pytest.mark.parametrize(
    ("first", "why"),
    [
        (["short"], "needs 14 characters"),
        (["Safeguarding2026"], "easy to guess"),
        (["our key password"], "easy to guess"),
        ([""], "is empty"),
        ([PASSPHRASE, PASSPHRASE + "x"], "not the same"),
    ],
)
def test_threat_12_a_passphrase_that_will_not_do_is_asked_for_again_with_the_reason(first: list[str], why: str) -> None:
    text, questions = asked(*first, PASSPHRASE, PASSPHRASE)
    assert text == PASSPHRASE
    assert why in questions[len(first)]
    assert "one you could take: " in questions[len(first)]  # the six words stay the easy way


def test_nobody_is_asked_for_ever() -> None:
    with pytest.raises(PrivacyProblem):
        asked(*["short"] * MOST_ASKED)
    with pytest.raises(QuestionUnanswered):
        asked("short")


def test_the_count_of_guesses_is_loaded_only_when_a_passphrase_is_set() -> None:
    code = "import sys; import xl_dipsample.privacy.key.passphrase; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key with two earlier copies, one of which has another passphrase."""
    path = tmp_path / "key.xlsx"
    key_file.write_key(OpenKey(path, PASSPHRASE, key_book.KeyBook()))
    key_file.write_key(key_file.open_key(path, PASSPHRASE))
    (tmp_path / "new.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "old.txt").write_text(PASSPHRASE, encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    key_file.write_key(OpenKey(other / "key.xlsx", SECOND + "-else", key_book.KeyBook()))
    (other / "key.xlsx").rename(tmp_path / "key.xlsx.2020-01-01 101010.bak")
    return path


def change(key: Path, wanted: str) -> tuple[int, dict, str]:
    files = ("--passphrase-file", key.with_name("old.txt"), "--new-passphrase-file", key.with_name("new.txt"))
    return dipsample("key", "passphrase", key, *files, "--old-copies", wanted)


def opens(path: Path, secret: str) -> bool:
    try:
        key_file.read_book(path.read_bytes(), secret, path.name)
    except PrivacyProblem:
        return False
    return True


def test_earlier_copies_get_the_new_passphrase_and_it_says_which(key: Path) -> None:
    before = in_place.backups(key)
    status, result, _ = change(key, "renew")
    said = {one["code"]: one["text"] for one in result["messages"]}
    now = in_place.backups(key)
    assert set(before) <= set(now)
    ours = [one for one in now if "2020-01-01" not in one.name]
    assert ours
    assert all(opens(one, SECOND) and not opens(one, PASSPHRASE) for one in ours)
    assert all(one.name in said["backups-changed"] for one in ours)
    assert "key.xlsx.2020-01-01 101010.bak" in said["backups-left"]
    assert status == 1


def test_earlier_copies_are_deleted_and_it_says_which(key: Path) -> None:
    _, result, _ = change(key, "delete")
    assert [one.name for one in in_place.backups(key)] == ["key.xlsx.2020-01-01 101010.bak"]
    assert "Earlier copies deleted: key.xlsx." in str(result["messages"])


def test_any_other_word_is_refused_before_anything_changes(key: Path) -> None:
    before = key.read_bytes()
    status, _, said = change(key, "burn")
    assert (status, key.read_bytes()) == (2, before)
    assert "keep" in said
