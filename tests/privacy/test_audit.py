"""The audit log. Threat 11: the log is altered."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.audit import Entry, Head


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = audit.log_path(tmp_path / "work.xlsx")
    for number in range(5):
        audit.append(path, Entry("AB", "narrow", {"rows": number}, {"dipsample": "0.1.0"}))
    return path


def lines(log: Path) -> list[bytes]:
    return log.read_bytes().splitlines(keepends=True)


def test_every_action_is_one_line_that_says_who_when_what_and_how_many(log: Path) -> None:
    assert log.name == "work.audit.jsonl"
    records = [json.loads(line) for line in lines(log)]
    assert [record["counts"] for record in records] == [{"rows": number} for number in range(5)]
    assert list(records[0]) == ["when", "who", "action", "counts", "versions", "previous", "hash"]
    assert records[0]["previous"] == audit.START
    assert [record["previous"] for record in records[1:]] == [record["hash"] for record in records[:-1]]
    assert list(log.parent.iterdir()) == [log], "no lock is left"


def test_a_log_as_it_was_written_is_whole(log: Path) -> None:
    assert audit.verify(log) is None
    assert audit.verify(log, audit.head(log)) is None
    assert audit.head(log).lines == 5


def test_a_log_that_is_not_there_is_whole_and_empty(tmp_path: Path) -> None:
    assert audit.head(tmp_path / "no.jsonl") == Head()
    assert audit.verify(tmp_path / "no.jsonl") is None
    assert audit.verify(tmp_path / "no.jsonl", Head(3, "ab")) == 1


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_threat_11_an_edited_line_is_found(log: Path, number: int) -> None:
    content = lines(log)
    for old, new in ((b'"rows": ', b'"rows": 1'), (b"AB", b"CD"), (b"\n", b"\r\n"), (b"{", b"[")):
        changed = content.copy()
        changed[number - 1] = changed[number - 1].replace(old, new, 1)
        log.write_bytes(b"".join(changed))
        assert audit.verify(log) == number, (old, new)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_threat_11_a_removed_added_or_moved_line_is_found(log: Path, number: int) -> None:
    content = lines(log)
    log.write_bytes(b"".join(content[: number - 1] + content[number:]))
    assert audit.verify(log) == number
    log.write_bytes(b"".join([*content[:number], content[number - 1], *content[number:]]))
    assert audit.verify(log) == number + 1
    content[number - 1 : number + 1] = content[number - 1 : number + 1][::-1]
    log.write_bytes(b"".join(content))
    assert audit.verify(log) == number


def test_threat_11_a_flipped_bit_anywhere_is_found(log: Path) -> None:
    content = log.read_bytes()
    for place in range(0, len(content), 7):
        log.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert audit.verify(log, audit.Head(5, content[-67:-3].decode())) is not None, place


def test_threat_11_a_shortened_log_does_not_agree_with_the_key(log: Path) -> None:
    anchored = audit.head(log)
    content = lines(log)
    log.write_bytes(b"".join(content[:3]))
    assert audit.verify(log) is None, "by itself it looks whole"
    assert audit.verify(log, anchored) == 4
    log.unlink()
    assert audit.verify(log, anchored) == 1


def test_threat_11_a_log_written_anew_does_not_agree_with_the_key(log: Path) -> None:
    anchored = audit.head(log)
    log.unlink()
    for number in range(6):
        audit.append(log, Entry("AB", "narrow", {"rows": number + 1}))
    assert audit.verify(log) is None
    assert audit.verify(log, anchored) == 5


def test_lines_after_the_anchor_are_no_matter(log: Path) -> None:
    anchored = audit.head(log)
    head = audit.append(log, Entry("AB", "analyse"))
    assert head == audit.head(log)
    assert audit.verify(log, anchored) is None


def test_a_line_that_a_power_cut_left_unfinished_is_dropped_by_the_next(log: Path) -> None:
    with log.open("ab") as file:
        file.write(b'{"when": "2024-')
    assert audit.verify(log) is None
    audit.append(log, Entry("AB", "narrow"))
    assert audit.verify(log) is None
    assert len(lines(log)) == 6


def test_who_may_be_written_in_any_letters(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    for who in ('Zoë", "hash": "', "a\nb", "\u2028", "", '"}'):
        audit.append(log, Entry(who, "narrow"))
    assert audit.verify(log) is None
    assert audit.head(log).lines == 5


def test_only_whole_numbers_are_counted_so_that_no_case_data_slips_in(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        audit.append(tmp_path / "log.jsonl", Entry("AB", "narrow", {"name": "Ann Other"}))  # type: ignore[dict-item]
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(FileProblem):
        audit.append(tmp_path / "log.jsonl", Entry("AB", "narrow"))


def test_two_writers_never_spoil_the_chain(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"

    def write(_: int) -> int:
        try:
            audit.append(log, Entry("AB", "narrow"))
        except PrivacyProblem:  # the other one is at it
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        written = sum(pool.map(write, range(100)))
    assert audit.verify(log) is None
    assert audit.head(log).lines == written > 0
