"""Look after the key: verify, change the passphrase, add a second keyholder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.actions.typing_in import edit
from tests.actions.with_key.key_place import (
    NEW,
    THIRD,
    Person,
    act,
    codes,
    contents,
    file_of,
    refusal,
    with_second,
)
from tests.actions.workbooks import PASSPHRASE, SECOND
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key import in_place, key_book, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

pytestmark = pytest.mark.usefixtures("alone")


# ---- verify -------------------------------------------------------------------------------------------------------


def test_verify_of_a_sound_key_says_what_it_holds_and_changes_nothing(place: Path) -> None:
    with_second(place)
    before = contents(place)
    result = act(place, "verify", workbook=place / "work" / "working.xlsx")
    assert result.ok, result.messages
    assert result.figures["unique_ids"] == result.figures["committed"] == 3
    assert {"key-sound": "note", "second-agrees": "note", "log-agrees": "note"}.items() <= codes(result).items()
    review = act(place, "verify", workbook=place / "share" / "review.xlsx")
    assert review.ok, review.messages
    assert (codes(review)["ids-agree"], review.figures["shared_ids"]) == ("note", 3)
    assert contents(place) == before


def test_verify_says_that_there_is_no_second_keyholder_on_purpose(place: Path) -> None:
    result = act(place, "verify")
    assert not result.ok
    assert codes(result)["second-refused"] == "warning"
    assert codes(result)["no-workbook"] == "note"


def test_threat_11_verify_finds_an_altered_and_a_shortened_log(place: Path) -> None:
    working = place / "work" / "working.xlsx"
    log = audit.log_path(working)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:1]))
    assert codes(act(place, "verify", workbook=working))["log-shortened"] == "error"
    log.write_bytes(b"".join([lines[0].replace(b'"action": "', b'"action": "x'), *lines[1:]]))
    result = act(place, "verify", workbook=working)
    assert codes(result)["log-altered"] == "error"
    assert any("Line 1 of" in one.text for one in result.messages)
    assert not result.ok


def test_threat_11_verify_of_a_damaged_key_names_the_newest_copy_that_opens(place: Path) -> None:
    with_second(place)
    path = place / "key" / "key.xlsx"
    backup = in_place.backups(path)[-1]
    content = path.read_bytes()
    path.write_bytes(content[:-3000] + b"\x00" * 3000)
    problem = refusal(place, "verify")
    assert (problem.code, backup.name in problem.sentence) == ("damaged", True)


def test_verify_names_the_ids_on_which_key_and_review_workbook_disagree(place: Path) -> None:
    review = place / "share" / "review.xlsx"

    def shorten(host: Any) -> None:
        frame = host.read_table("Review")
        gone.append(str(frame["Unique ID"].iloc[0]))
        host.write_table("Review", frame.iloc[1:].reset_index(drop=True))

    gone: list[str] = []
    edit(review, shorten)
    result = act(place, "verify", workbook=review)
    assert codes(result)["key-disagrees"] == "warning"
    assert any(gone[0] in one.text and "Pseudonymise" in one.text for one in result.messages)


def test_verify_says_when_the_workbook_is_of_another_sample_or_lies_with_the_key(place: Path) -> None:
    path = place / "key" / "key.xlsx"
    write_key(OpenKey(place / "other.xlsx", PASSPHRASE, key_book.KeyBook()))
    path.write_bytes((place / "other.xlsx").read_bytes())
    assert codes(act(place, "verify", workbook=place / "work" / "working.xlsx"))["no-anchor"] == "warning"
    result = act(place, "verify", workbook=place / "share" / "review.xlsx")
    assert codes(result)["key-disagrees"] == "error"
    moved = place / "key" / "review.xlsx"
    moved.write_bytes((place / "share" / "review.xlsx").read_bytes())
    assert codes(act(place, "verify", workbook=moved))["folder-shared"] == "error"


def test_threat_15_verify_tells_of_copies_beside_the_key_and_how_many_ids_only_they_have(place: Path) -> None:
    path = place / "key" / "key.xlsx"
    copy = path.with_name("key-PCNAME.xlsx")
    copy.write_bytes(path.read_bytes())
    book = open_key(copy, PASSPHRASE).book
    rows = book.key.loc[:, list(key_book.ROW_COLUMNS)].assign(**{"Case ID": ["x1", "x2", "x3"]})
    more, _ = key_book.assign(book, rows, "Other", "s2", "Young person")
    write_key(OpenKey(copy, PASSPHRASE, more))
    result = act(place, "verify")
    assert codes(result)["conflict-copy"] == "warning"
    assert any("key-PCNAME.xlsx has 3 unique IDs" in one.text for one in result.messages)
    assert result.figures["conflict_copies"] == 1
    for task in ("passphrase", "keyholder"):
        problem = refusal(
            place, task, new_passphrase_file=file_of(place, "n", NEW), second_keyholder_file=file_of(place, "s", SECOND)
        )
        assert problem.code == "key-conflict"


def test_verify_says_that_ids_are_pending_and_that_states_were_edited(place: Path) -> None:
    path = place / "key" / "key.xlsx"
    book = open_key(path, PASSPHRASE).book
    book.key.loc[0, "State"], book.key.loc[1, "State"] = "pending", "gone"
    write_key(OpenKey(path, PASSPHRASE, book))
    result = act(place, "verify")
    assert {"pending": "warning", "key-edited": "error"}.items() <= codes(result).items()


def test_threat_12_verify_tries_the_second_keyholders_file_with_its_passphrase(place: Path) -> None:
    with_second(place)
    second = file_of(place, "s", SECOND)
    assert codes(act(place, "verify", second_keyholder_file=second))["second-agrees"] == "note"
    wrong = act(place, "verify", second_keyholder_file=file_of(place, "w", THIRD))
    assert (codes(wrong)["second-agrees"], wrong.figures["second_keyholders"]) == ("warning", 0)
    passphrase.escrow_path(place / "key" / "key.xlsx").unlink()
    assert codes(act(place, "verify"))["second-missing"] == "warning"


# ---- the passphrase -----------------------------------------------------------------------------------------------


def test_the_passphrase_changes_together_with_the_second_keyholders_file_and_the_log(place: Path) -> None:
    with_second(place)
    path, working = place / "key" / "key.xlsx", place / "work" / "working.xlsx"
    lines = audit.head(audit.log_path(working)).lines
    result = act(
        place, "passphrase", new_passphrase_file=file_of(place, "n", NEW),
        second_keyholder_file=file_of(place, "s", SECOND), workbook=working,
    )  # fmt: skip
    assert result.ok
    assert codes(result)["old-opens-backups"] == "warning"
    assert codes(result)["second-renewed"] == "note"
    key = open_key(path, NEW)
    assert keyholders.state(key) == "agrees"
    assert passphrase.escrow_holds(path, SECOND) == [NEW]
    head = audit.head(audit.log_path(working))
    assert head.lines == lines + 1
    sample = str(key.book.key["Sample ID"].iloc[0])
    assert key_book.anchor(key.book, sample)[0] == lines  # type: ignore[index]
    assert audit.verify(audit.log_path(working), audit.Head(*key_book.anchor(key.book, sample))) is None  # type: ignore[misc]


def test_threat_12_a_lost_passphrase_is_replaced_with_the_second_keyholders_alone(place: Path) -> None:
    with_second(place)
    second, new = file_of(place, "s", SECOND), file_of(place, "n", NEW)
    act(place, "passphrase", passphrase_file=None, second_keyholder_file=second, new_passphrase_file=new)
    assert len(open_key(place / "key" / "key.xlsx", NEW).book.key) == 3


def test_with_a_person_there_everything_is_asked_for(place: Path) -> None:
    with_second(place)
    person = Person(second_keyholder=SECOND, New_passphrase=NEW, same_passphrase=NEW, Passphrase_of_the_key=PASSPHRASE)
    act(place, "passphrase", person, passphrase_file=None)
    assert len(person.asked) == 5, "whether it is lost, both passphrases, and the new one twice"
    assert len(open_key(place / "key" / "key.xlsx", NEW).book.key) == 3


def test_a_lost_passphrase_is_replaced_when_the_second_keyholder_types_theirs(place: Path) -> None:
    with_second(place)
    person = Person(
        has_to_open_it="Yes", of_the_second_keyholder=SECOND, New_passphrase=NEW, same_passphrase=NEW
    )  # fmt: skip
    act(place, "passphrase", person, passphrase_file=None)
    assert len(open_key(place / "key" / "key.xlsx", NEW).book.key) == 3
    assert passphrase.escrow_holds(place / "key" / "key.xlsx", SECOND) == [NEW]
    assert not any("Passphrase of the key" in one for one in person.asked)


def test_verify_tries_the_second_keyholders_passphrase_when_they_are_here(place: Path) -> None:
    with_second(place)
    person = Person(keyholder_here="Yes", of_the_second_keyholder=THIRD)
    wrong = codes(act(place, "verify", person))
    right = codes(act(place, "verify", Person(keyholder_here="Yes", of_the_second_keyholder=SECOND)))
    assert wrong != right
    assert "error" in wrong.values() or "warning" in wrong.values()


def test_without_the_second_keyholder_the_change_is_refused_and_names_the_option(place: Path) -> None:
    with_second(place)
    problem = refusal(place, "passphrase", new_passphrase_file=file_of(place, "n", NEW))
    assert "--second-keyholder-file" in problem.sentence


def test_another_second_passphrase_makes_another_second_keyholder_and_says_so(place: Path) -> None:
    with_second(place)
    result = act(
        place, "passphrase", new_passphrase_file=file_of(place, "n", NEW),
        second_keyholder_file=file_of(place, "t", THIRD),
    )  # fmt: skip
    assert codes(result)["second-replaced"] == "warning"
    assert passphrase.escrow_holds(place / "key" / "key.xlsx", THIRD) == [NEW]


def test_weak_unchanged_or_missing_passphrases_are_refused(place: Path) -> None:
    weak = file_of(place, "weak", "passwordpassword")
    assert refusal(place, "passphrase", new_passphrase_file=weak).code == "passphrase-weak"
    assert "--new-passphrase-file" in refusal(place, "passphrase").sentence
    same = file_of(place, "same", PASSPHRASE)
    assert refusal(place, "passphrase", new_passphrase_file=same).code == "passphrase-not-new"
    assert refusal(place, "keyholder", second_keyholder_file=same).code == "passphrase-same"
    assert refusal(place, "keyholder", second_keyholder_file=weak).code == "passphrase-weak"
    wrong = file_of(place, "wrong", NEW)
    assert refusal(place, "verify", passphrase_file=wrong).code == "wrong-passphrase"


# ---- the second keyholder -----------------------------------------------------------------------------------------


def test_a_second_keyholder_is_added_and_renewed(place: Path) -> None:
    path = place / "key" / "key.xlsx"
    first = act(place, "keyholder", second_keyholder_file=file_of(place, "s", SECOND))
    assert "second-replaced" not in codes(first)
    assert passphrase.escrow_holds(path, SECOND) == [PASSPHRASE]
    again = act(place, "keyholder", second_keyholder_file=file_of(place, "t", THIRD))
    assert codes(again)["second-replaced"] == "warning"
    assert passphrase.escrow_holds(path, THIRD) == [PASSPHRASE]
    assert codes(act(place, "verify"))["second-agrees"] == "note"


@pytest.mark.parametrize("name", ["~$key.xlsx", "~$key second keyholder.xlsx", "key.xlsx.lock"])
def test_what_somebody_has_open_is_refused(place: Path, name: str) -> None:
    content = (
        "{}"
        if name.startswith("~")
        else json.dumps(
            {"user": "a", "machine": "another", "process": 1, "since": "2025-01-01T00:00:00+00:00", "token": "x"}
        )
    )
    (place / "key" / name).write_text(content, encoding="utf-8")
    given = {"second_keyholder_file": file_of(place, "s", SECOND), "new_passphrase_file": file_of(place, "n", NEW)}
    for task in ("keyholder", "passphrase"):
        assert refusal(place, task, **given).code in ("open-elsewhere", "locked")


def test_an_unknown_task_a_missing_key_and_another_workbook_are_refused(place: Path) -> None:
    assert "verify, passphrase, keyholder" in refusal(place, "eat").sentence
    second = file_of(place, "s", SECOND)
    review = place / "share" / "review.xlsx"
    assert refusal(place, "keyholder", second_keyholder_file=second, workbook=review).code == "wrong-kind"
    (place / "key" / "key.xlsx").unlink()
    for task in ("verify", "passphrase", "keyholder"):
        assert refusal(place, task).code == "no-such-file"
