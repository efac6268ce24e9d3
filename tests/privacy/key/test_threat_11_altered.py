"""Threat 11: the key or the log is altered. A flipped byte in any region of either is noticed, or changes nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import olefile
import pandas as pd
import pytest
from key_writing import PASSPHRASE, book_of

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key import key_book, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import read_book, write_key

pytestmark = pytest.mark.usefixtures("local_data")
NOTICED = {"damaged", "wrong-passphrase", "not-encrypted", "another-kind", "key-edited", "key-newer"}
SECTOR = 512
SECOND = "quilt-manor-eject-sudden-flaky-row"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "key.xlsx"
    write_key(OpenKey(path, PASSPHRASE, book_of(3)))
    return path.read_bytes()


def regions(made: bytes) -> dict[str, list[int]]:
    """Places in the file, by what stands there: every part of the container, and every value of the encryption."""
    with olefile.OleFileIO(io.BytesIO(made)) as container:
        info = container.openstream("EncryptionInfo").read()
        data = container.openstream("EncryptedPackage").read()
        directory = (container.first_dir_sector + 1) * SECTOR
    at_info, at_data = _where(made, info), made.index(data[:SECTOR])
    found = {
        "container: signature": [0, 7],
        "container: header": list(range(24, 80, 4)),
        "container: directory": list(range(directory, directory + 4 * 128, 32)),
        "encryption: version": [at_info, at_info + 2, at_info + 4],
    }
    for value in re.finditer(rb'(\w+)="([^"]+)"', info):
        name = f"encryption: {value[1].decode()} at {value.start()}"
        if value[1] not in (b"xmlns", b"p", b"c"):
            found[name] = [at_info + value.start(2), at_info + value.end(2) - 3]
    found["data: its length"] = list(range(at_data, at_data + 8))
    sectors = range(at_data // SECTOR, (at_data + len(data) - 1) // SECTOR + 1)
    found["data: every sector"] = [sector * SECTOR + 17 for sector in sectors if sector * SECTOR + 17 > at_data + 8]
    found["data: its end"] = [at_data + len(data) - 1]
    return found


def _where(made: bytes, stream: bytes) -> int:
    """Where a stream starts: a short one is cut into small pieces, which lie one after another here."""
    at = made.index(stream[:64])
    assert made[at : at + len(stream)] == stream, "the stream lies in one piece"
    return at


def flipped(made: bytes, places: list[int]) -> Iterator[tuple[int, bytes]]:
    for place in places:
        yield place, made[:place] + bytes([made[place] ^ 0x01]) + made[place + 1 :]


def outcome(altered: bytes, before: key_book.KeyBook) -> str:
    try:
        after = read_book(altered, PASSPHRASE, "key.xlsx")
    except PrivacyProblem as problem:
        return problem.code
    for table in ("key", "names", "anchors", "accepted", "keyholders"):
        pd.testing.assert_frame_equal(getattr(after, table), getattr(before, table))
    return "nothing changed"


def test_threat_11_a_flipped_byte_in_every_region_of_the_key_is_noticed_or_changes_nothing(made: bytes) -> None:
    before = read_book(made, PASSPHRASE, "key.xlsx")
    found = regions(made)
    assert len(found) > 20
    for region, places in found.items():
        outcomes = {outcome(altered, before) for _, altered in flipped(made, places)}
        assert outcomes <= {*NOTICED, "nothing changed"}, region
        if region.startswith("data") or "saltValue" in region or "Hmac" in region or "Verifier" in region:
            assert outcomes <= NOTICED, region


@pytest.mark.campaign
def test_threat_11_a_flipped_byte_at_every_place_of_the_key_is_noticed_or_changes_nothing(made: bytes) -> None:
    before = read_book(made, PASSPHRASE, "key.xlsx")
    quiet = 0
    for _, altered in flipped(made, list(range(len(made)))):
        quiet += outcome(altered, before) == "nothing changed"
    assert quiet < len(made) // 4, "only padding of the container may change unnoticed"


def test_threat_11_a_shortened_or_lengthened_key_is_noticed_or_changes_nothing(made: bytes) -> None:
    before = read_book(made, PASSPHRASE, "key.xlsx")
    for size in range(0, len(made), 1500):
        assert outcome(made[:size], before) in NOTICED
    assert outcome(made + b"\x00" * 700, before) in {*NOTICED, "nothing changed"}


def test_threat_11_a_key_made_of_two_keys_with_one_passphrase_is_noticed(made: bytes, tmp_path: Path) -> None:
    write_key(OpenKey(tmp_path / "other.xlsx", PASSPHRASE, book_of(3)))
    other = (tmp_path / "other.xlsx").read_bytes()
    with olefile.OleFileIO(io.BytesIO(made)) as one, olefile.OleFileIO(io.BytesIO(other)) as two:
        ours, theirs = (container.openstream("EncryptedPackage").read() for container in (one, two))
    assert len(made) == len(other)
    start = made.index(ours[:SECTOR])
    mixed = made[: start + SECTOR] + other[start + SECTOR :]
    assert theirs[:64] != ours[:64]
    assert outcome(mixed, read_book(made, PASSPHRASE, "key.xlsx")) == "damaged"


def test_threat_11_a_byte_of_every_part_of_every_line_of_the_log_is_noticed(tmp_path: Path) -> None:
    log = tmp_path / "work.audit.jsonl"
    for number in range(4):
        audit.append(log, audit.Entry("AB", "narrow", {"rows": number}, {"xl_dipsample": "1"}))
    anchored, content = audit.head(log), log.read_bytes()
    lines = content.splitlines(keepends=True)
    start = 0
    for number, line in enumerate(lines, 1):
        for part in (
            b'"when": "',
            b'"who": "',
            b'"action": "',
            b'"rows": ',
            b'"xl_dipsample": "',
            b'"previous": "',
            b'"hash": "',
        ):
            place = start + line.index(part) + len(part)
            for bit in (0x01, 0x10):
                log.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
                assert audit.verify(log, anchored) in (number, number + 1), (number, part)
        place = start + len(line) - 1
        log.write_bytes(content[:place] + b" " + content[place + 1 :])
        assert audit.verify(log, anchored) is not None, "a line break less"
        start += len(line)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_threat_11_an_altered_second_keyholders_file_is_noticed(tmp_path: Path, place: float) -> None:
    path = tmp_path / "key.xlsx"
    key, escrow = keyholders.added(OpenKey(path, PASSPHRASE), SECOND)
    key = write_key(key).key
    file = passphrase.put_escrow(path, escrow)
    assert keyholders.state(key) == "agrees"
    content = file.read_bytes()
    at = int(len(content) * place)
    file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    assert keyholders.state(key) == "other"
