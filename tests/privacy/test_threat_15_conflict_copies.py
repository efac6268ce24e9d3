"""Threat 15: the file is open in Excel, or a sync client laid a second one beside it: noticed before it starts."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from key_writing import PASSPHRASE, book_of, children

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.privacy.key import conflicts, in_place, key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

pytestmark = pytest.mark.usefixtures("local_data")
HERE = socket.gethostname().split(".")[0]
COPIES = (
    "key-PCNAME.xlsx", "key-DESKTOP-7QX2.xlsx", "key-LAPTOP01-2.xlsx", f"key-{HERE}.xlsx", "key (1).xlsx",
    "key(2).xlsx", "key (Jo Bloggs's conflicted copy 2026-11-02).xlsx", "key - Copy.xlsx", "key - Copy (2).xlsx",
    "Copy of key.xlsx", "key.sync-conflict-20261102-101112-ABCDEFG.xlsx", "key [Conflict].xlsx", "KEY (1).XLSX",
    "key_conflict-20261102.xlsx",
)  # fmt: skip
OTHERS = (
    "key.xlsx.2026-11-02 101112.bak", "key second keyholder.xlsx", "key (not yet in place 2026-11-02 101112).xlsx",
    "key until 2026-11-02 101112.xlsx", "key until 2026-11-02 101112 (2).xlsx", "key.xlsx.lock", "~$key.xlsx",
    ".~lock.key.xlsx#", "key-2025.xlsx", "key 2025.xlsx", "key2.xlsx", "keys.xlsx", "monkey.xlsx", "key.xls",
    "key (1).txt", "reading list.xlsx", "key text check.xlsx", ".key.xlsx.0a1b.tmp",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book_of(2)))
    return tmp_path / "key.xlsx"


def laid_beside(path: Path, name: str, content: bytes | None = None) -> Path:
    copy = path.with_name(name)
    copy.write_bytes(path.read_bytes() if content is None else content)
    return copy


@pytest.mark.parametrize("name", COPIES)
def test_threat_15_a_copy_is_known_by_the_name_that_a_sync_client_gives_it(path: Path, name: str) -> None:
    copy = laid_beside(path, name)
    assert conflicts.conflict_copies(path) == [copy]
    assert name in conflicts.sentence(path, [copy])


def test_files_of_our_own_and_of_others_are_no_copies(path: Path) -> None:
    for name in OTHERS:
        laid_beside(path, name)
    assert conflicts.conflict_copies(path) == []
    assert conflicts.sentence(path, []) == ""


def test_names_with_signs_of_their_own_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "review [team] (1).xlsx"
    for name in (path.name, "review [team] (1) (1).xlsx", "review t.xlsx"):
        (tmp_path / name).touch()
    assert [one.name for one in conflicts.conflict_copies(path)] == ["review [team] (1) (1).xlsx"]


def test_a_folder_that_is_not_there_has_no_copies(tmp_path: Path) -> None:
    assert conflicts.conflict_copies(tmp_path / "none" / "key.xlsx") == []


def test_a_folder_called_like_a_copy_is_none(path: Path) -> None:
    path.with_name("key (1).xlsx").mkdir()
    assert conflicts.conflict_copies(path) == []


def test_many_copies_are_counted_not_listed(path: Path) -> None:
    for number in range(1, 6):
        laid_beside(path, f"key ({number}).xlsx")
    assert " and 2 more" in conflicts.sentence(path, conflicts.conflict_copies(path))


def test_threat_15_a_copy_with_ids_that_the_key_lacks_is_refused_before_the_key_is_written(path: Path) -> None:
    book = open_key(path, PASSPHRASE).book
    theirs = path.with_name("key-PCNAME.xlsx")
    laid_beside(path, theirs.name)
    more, _ = key_book.assign(open_key(theirs, PASSPHRASE).book, children(0, 5), "Sample", "s1", "Young person")
    write_key(OpenKey(theirs, PASSPHRASE, more))
    for backup in in_place.backups(theirs):
        backup.unlink()
    with pytest.raises(PrivacyProblem, match="3 unique IDs") as refused:
        conflicts.refuse_lost_ids(OpenKey(path, PASSPHRASE, book))
    assert refused.value.code == "key-conflict"
    assert theirs.name in refused.value.sentence
    ours = conflicts.refuse_lost_ids(open_key(theirs, PASSPHRASE))
    assert not ours.lost, "the other way round nothing is lost"


def test_threat_15_a_copy_without_ids_of_its_own_is_a_warning(path: Path) -> None:
    copy = laid_beside(path, "key (1).xlsx")
    found = conflicts.refuse_lost_ids(open_key(path, PASSPHRASE))
    assert found.same == (copy,)
    [told] = found.sentences(path)
    assert copy.name in told


@pytest.mark.parametrize("content", [b"", b"not encrypted", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off"])
def test_threat_15_a_copy_that_does_not_open_is_a_warning(path: Path, content: bytes) -> None:
    copy = laid_beside(path, "key - Copy.xlsx", content)
    found = conflicts.refuse_lost_ids(open_key(path, PASSPHRASE))
    assert found.closed == (copy,)
    assert copy.name in found.sentences(path)[0]


def test_looking_into_copies_counts_as_no_wrong_passphrase(path: Path, local_data: Path) -> None:
    from xl_dipsample.privacy.key import sealed

    plain = sealed.unseal(path.read_bytes(), PASSPHRASE, "key.xlsx")
    for number in range(1, 5):
        laid_beside(path, f"key ({number}).xlsx", sealed.seal(plain, "another passphrase"))
    book = open_key(path, PASSPHRASE).book
    assert len(conflicts.key_conflicts(OpenKey(path, PASSPHRASE, book)).closed) == 4
    assert not [file for file in local_data.rglob("*") if file.is_file()]


@pytest.mark.parametrize("lock_file", ["~$key.xlsx", ".~lock.key.xlsx#"])
def test_threat_15_a_key_that_is_open_in_excel_or_libreoffice_is_not_written(path: Path, lock_file: str) -> None:
    book, before = open_key(path, PASSPHRASE).book, path.read_bytes()
    path.with_name(lock_file).touch()
    with pytest.raises(FileProblem, match="open in another program"):
        write_key(OpenKey(path, PASSPHRASE, book))
    assert path.read_bytes() == before
