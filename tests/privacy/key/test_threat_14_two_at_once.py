"""Threat 14: two people write one key at once, each for a sample of their own. No unique ID is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from key_writing import PASSPHRASE

from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

SCRIPT = Path(__file__).parent / "adding_children.py"


def both_at_once(path: Path, rounds: int) -> None:
    write_key(OpenKey(path, PASSPHRASE, key_book.KeyBook()))
    commands = [[sys.executable, str(SCRIPT), str(path), sample, str(rounds)] for sample in ("spring", "autumn")]
    with subprocess.Popen(commands[0]) as one, subprocess.Popen(commands[1]) as two:
        assert one.wait(1800) == two.wait(1800) == 0
    book = open_key(path, PASSPHRASE).book
    assert book.key["Sample ID"].value_counts().to_dict() == {"spring": rounds, "autumn": rounds}
    assert len(set(book.known_ids())) == 2 * rounds
    assert set(book.key["State"]) == {key_book.COMMITTED}
    assert not [file.name for file in path.parent.iterdir() if file.name.endswith((".lock", ".tmp"))]


def test_threat_14_two_processes_write_one_key_and_every_child_keeps_its_row(tmp_path: Path) -> None:
    both_at_once(tmp_path / "key.xlsx", 5)


@pytest.mark.campaign
def test_threat_14_two_processes_write_one_key_a_hundred_rounds_each(tmp_path: Path) -> None:
    both_at_once(tmp_path / "key.xlsx", 100)
