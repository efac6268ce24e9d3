"""Threat 12: the passphrase is lost. A second keyholder opens the key, at every instant, also while it changes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from changing_passphrase import FIRST, OTHER, SECOND
from key_writing import book_of

from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, PrivacyProblem
from xl_dipsample.files import atomic
from xl_dipsample.privacy.key import in_place, key_book, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, read_book, write_key

pytestmark = pytest.mark.usefixtures("local_data")
THIRD = "walnut-sprout-ledge-ivory-crumb-hasty"
HERE = Path(__file__).parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A key of two children with a second keyholder."""
    key, escrow = keyholders.added(OpenKey(tmp_path / "key.xlsx", FIRST, book_of(2)), SECOND)
    write_key(key)
    passphrase.put_escrow(tmp_path / "key.xlsx", escrow)
    return tmp_path / "key.xlsx"


def state(path: Path, word: str) -> str:
    return keyholders.state(open_key(path, word))


def change(path: Path, old: str, new: str, second: str | None = SECOND) -> keyholders.Change:
    return keyholders.change(open_key(path, old), new, second)


def test_threat_12_the_second_keyholder_opens_the_key_when_the_passphrase_is_lost(path: Path) -> None:
    assert keyholders.opens(path, SECOND) == FIRST
    assert state(path, FIRST) == "agrees"


def test_threat_12_after_a_change_the_second_keyholders_file_holds_the_new_passphrase_alone(path: Path) -> None:
    done = change(path, FIRST, OTHER)
    assert (done.second, done.tidy) == (True, True)
    assert passphrase.escrow_holds(path, SECOND) == [OTHER]
    assert keyholders.opens(path, SECOND) == OTHER
    assert state(path, OTHER) == "agrees"
    assert keyholders.last_change(done.key.book)
    with pytest.raises(PrivacyProblem, match="does not open"):
        open_key(path, FIRST)
    assert open_key(path, OTHER).book.known_ids() == done.key.book.known_ids()


def test_the_backups_open_with_the_passphrase_of_their_time(path: Path) -> None:
    ids = open_key(path, FIRST).book.known_ids()
    change(path, FIRST, OTHER)
    [backup] = in_place.backups(path)
    assert read_book(backup.read_bytes(), FIRST, backup.name).known_ids() == ids


def test_a_change_without_a_second_keyholder_needs_none_but_is_refused_when_there_is_one(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(PrivacyProblem, match="has to change too"):
        change(path, FIRST, OTHER, None)
    assert path.read_bytes() == before
    passphrase.escrow_path(path).unlink()
    assert not change(path, FIRST, OTHER, None).second
    assert state(path, OTHER) == "missing"


def test_the_passphrase_that_it_has_or_the_second_keyholders_is_no_new_one(path: Path) -> None:
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    for new in (FIRST, SECOND):
        with pytest.raises(PrivacyProblem):
            change(path, FIRST, new)
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before


def test_threat_12_a_file_of_an_earlier_passphrase_is_noticed(path: Path) -> None:
    escrow = passphrase.escrow_path(path)
    old = escrow.read_bytes()
    change(path, FIRST, OTHER)
    escrow.write_bytes(old)  # as from a backup, or a sync client
    assert state(path, OTHER) == "other"
    with pytest.raises(PrivacyProblem, match="earlier passphrase") as refused:
        keyholders.opens(path, SECOND)
    assert refused.value.code == "escrow-stale"


def test_threat_12_a_passphrase_that_was_changed_in_excel_makes_the_file_stale_and_that_is_noticed(path: Path) -> None:
    from xl_dipsample.privacy.key import sealed

    path.write_bytes(sealed.seal(sealed.unseal(path.read_bytes(), FIRST, path.name), OTHER))
    assert state(path, OTHER) == "other"


def test_a_file_that_a_key_of_an_earlier_version_does_not_know_is_said_to_be_unknown(path: Path) -> None:
    book = open_key(path, FIRST).book
    write_key(OpenKey(path, FIRST, key_book.KeyBook(book.key, book.names, book.anchors, read_from=book.read_from)))
    assert state(path, FIRST) == "unknown"


def test_no_second_keyholder_on_purpose_is_remembered_until_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "key.xlsx"
    key = keyholders.refused(keyholders.refused(OpenKey(path, FIRST, book_of(1))))
    assert len(key.book.keyholders) == 1
    key = write_key(key).key
    assert keyholders.state(open_key(path, FIRST)) == "refused"
    key, escrow = keyholders.added(key, SECOND)
    passphrase.put_escrow(path, escrow)
    assert keyholders.state(key) == "agrees"


# ---- while it changes ---------------------------------------------------------------------------------------------


def fail_at(number: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number-th file that is put in place fails, as on a share that is gone."""
    real, done = in_place.put, [0]

    def put(*given: object, **named: object) -> object:
        done[0] += 1
        if done[0] == number:
            raise FileProblem("cannot-write", "key.xlsx cannot be written (network name no longer available).")
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(in_place, "put", put)
    return done


@pytest.mark.parametrize(
    ("number", "word", "expected"), [(1, FIRST, "agrees"), (2, FIRST, "agrees"), (3, OTHER, "both")]
)
def test_threat_12_a_change_that_fails_half_way_leaves_a_file_that_opens_the_key(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, word: str, expected: str
) -> None:
    done = fail_at(number, monkeypatch)
    if number < 3:
        with pytest.raises(FileProblem):
            change(path, FIRST, OTHER)
    else:
        assert not change(path, FIRST, OTHER).tidy
    monkeypatch.undo()
    assert done[0] >= number
    assert keyholders.opens(path, SECOND) == word
    assert state(path, word) == expected, "what is not as it should be is said"


def test_threat_12_a_held_key_keeps_its_passphrase_and_nothing_lies_beside_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target).name == path.name:
            raise OSError(16, "busy")
        really(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(atomic, "WAITS", ())
    with pytest.raises(PrivacyProblem, match="held by another program"):
        change(path, FIRST, OTHER)
    monkeypatch.undo()
    assert not in_place.not_in_place(path)
    assert passphrase.escrow_holds(path, SECOND) == [FIRST]
    assert state(path, FIRST) == "agrees"
    assert open_key(path, FIRST).book.known_ids()


def test_threat_12_killed_at_random_instants_of_a_change_the_second_keyholder_opens_the_key(
    path: Path, local_data: Path
) -> None:
    """Some kills, as many as it takes to hit all sorts of instants; the campaign makes a hundred."""
    killed_while_changing(path, 3)


@pytest.mark.campaign
def test_threat_12_killed_at_a_hundred_instants_of_a_change_the_second_keyholder_opens_the_key(
    path: Path, local_data: Path
) -> None:
    killed_while_changing(path, 100)


def killed_while_changing(path: Path, wanted: int) -> None:
    ids, instants, changed = open_key(path, FIRST).book.known_ids(), random.Random(12), set()
    script = [sys.executable, str(HERE / "changing_passphrase.py"), str(path)]
    both = rounds = 0
    one_change = 0.0
    while rounds < wanted or (rounds < 60 and not (both and changed == {FIRST, OTHER})):
        with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            started = time.monotonic()
            if not rounds or instants.random() < 0.5:
                assert process.stdout.readline() == "changed\n"
            one_change = one_change or time.monotonic() - started  # as long as this computer takes
            time.sleep(instants.uniform(0, one_change))
            process.kill()
        rounds += 1
        both += len(passphrase.escrow_holds(path, SECOND)) == 2
        word = keyholders.opens(path, SECOND)
        changed.add(word)
        assert open_key(path, word).book.known_ids() == ids
        assert state(path, word) in ("agrees", "both", "other")
    assert changed == {FIRST, OTHER}, "kills came after whole changes too"
    assert both, "at least one kill came in the middle of a change"


def test_adding_another_second_keyholder_ends_the_one_before(path: Path) -> None:
    key, escrow = keyholders.added(open_key(path, FIRST), THIRD)
    write_key(key)
    assert keyholders.opens(path, SECOND) == FIRST, "until the new file is there, the old one opens the key"
    passphrase.put_escrow(path, escrow)
    assert keyholders.opens(path, THIRD) == FIRST
    with pytest.raises(DipSampleError):
        keyholders.opens(path, SECOND)
    assert state(path, FIRST) == "agrees"
