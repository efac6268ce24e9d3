"""Threat 10: the key is stolen. It is encrypted, and nothing that is printed shows what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from key_writing import PASSPHRASE, SENTINEL, book_of

from xl_dipsample.privacy.key import in_place, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

pytestmark = pytest.mark.usefixtures("local_data")
SECOND = "quilt-manor-eject-sudden-flaky-row"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book_of(2)))
    return tmp_path / "key.xlsx"


def test_threat_10_every_file_of_the_key_is_encrypted_backups_and_second_keyholders_file_too(path: Path) -> None:
    key, escrow = keyholders.added(open_key(path, PASSPHRASE), SECOND)
    write_key(key)
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


def test_threat_10_an_open_key_shows_neither_passphrase_nor_names_where_it_is_printed(path: Path) -> None:
    key = open_key(path, PASSPHRASE)
    for shown in (repr(key), str(key), f"{key}", repr([key]), repr(write_key(key))):
        for word in (PASSPHRASE, SENTINEL, "Unique ID"):
            assert word not in shown
    with pytest.raises(AttributeError):
        key.path = path.parent  # type: ignore[misc]
