"""Threat 18 for the key: whatever file is given as a key is refused with a sentence, soon, and changes nothing."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import olefile
import openpyxl
import pytest
from key_writing import PASSPHRASE, SENTINEL, book_of
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from tests.actions.workbooks import dipsample
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import KIND, write_key

pytestmark = pytest.mark.usefixtures("local_data")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "key.xlsx"
    write_key(OpenKey(path, PASSPHRASE, book_of(3)))
    return path.read_bytes()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    return tmp_path / "key.xlsx"


def refused(place: Path, data: bytes) -> str:
    """The sentence with which a file that is given as a key is refused."""
    place.write_bytes(data)
    started = time.monotonic()
    status, result, said = dipsample("key", "verify", place)
    assert time.monotonic() - started < 20
    assert (status, result) == (2, {}), said
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert SENTINEL not in said
    assert place.read_bytes() == data
    assert {one.name for one in place.parent.iterdir()} == {place.name}
    return said


def with_info(made: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The key with another description of its encryption, of the same length."""
    with olefile.OleFileIO(io.BytesIO(made)) as container:
        info = container.openstream("EncryptionInfo").read()
    assert info in made
    new = change(info)
    assert len(new) == len(info)
    return made.replace(info, new)


@pytest.mark.parametrize("written", [b'"4000000000"', b"'99999999999'", b'"1000001"'])
def test_a_key_that_asks_for_hours_of_hashing_is_refused_at_once(place: Path, made: bytes, written: bytes) -> None:
    def change(info: bytes) -> bytes:
        start = info.index(b"<?xml")
        end = info.index(b"?>", start) + 2
        more = info[end:].replace(b'spinCount="100000"', b"spinCount=" + written)
        header = b'<?xml version="1.0"?>'.ljust(len(info) - start - len(more))
        return info[:start] + header + more

    started = time.process_time()
    assert "damaged or was altered" in refused(place, with_info(made, change))
    assert time.process_time() - started < 2


def test_a_key_whose_description_defines_words_of_its_own_is_refused(place: Path, made: bytes) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "cccc">]>'

    def change(info: bytes) -> bytes:
        at = info.index(b"<encryption")
        return info[:at] + bomb + info[at + len(bomb) :]

    refused(place, with_info(made, change))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def workbook(version: object = 1, headings: tuple[str, ...] = (), sheet: str = "Key") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for at, heading in enumerate(headings, 1):
        page.cell(5, at, heading)
    info = book.create_sheet("Info")
    for row in (("Kind", KIND), ("Version", version)):
        info.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


INNER = {
    "nothing": b"",
    "no zip": b"synthetic",
    "an empty zip": zipped(),
    "a zip of something else": zipped(**{"a.txt": b"synthetic"}),
    "a workbook without sheets": zipped(**{"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
    "a part that is no XML": zipped(**{"xl/workbook.xml": b"\x00" * 2000, "[Content_Types].xml": b"<"}),
    "a version in words": workbook("one"),
    "a version with a raised figure": workbook("\u00b2"),
    "a version of a thousand figures": workbook("9" * 1000),
    "a version to come": workbook(999),
    "no table": workbook(1),
    "one heading twice": workbook(1, ("Unique ID", "Unique ID", "Sample ID")),
}


@pytest.mark.parametrize("what", INNER)
def test_an_encrypted_file_with_something_else_inside_is_refused(place: Path, what: str) -> None:
    refused(place, ECMA376Agile.encrypt(PASSPHRASE, io.BytesIO(INNER[what])))  # our own sealing takes workbooks alone


OUTER = {
    "an empty file": b"",
    "text": b"synthetic",
    "a plain workbook": workbook(),
    "a container's first bytes": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a container of nothing": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000,
    "a container of everything": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000,
}


@pytest.mark.parametrize("what", OUTER)
def test_a_file_that_is_no_key_is_refused(place: Path, what: str) -> None:
    refused(place, OUTER[what])


def mutants(made: bytes, count: int) -> list[bytes]:
    """Keys cut, doubled, filled with one byte, and with pieces exchanged, at places that a seed chose."""
    draw = random.Random(20261124)
    found = []
    for _ in range(count):
        at, size = draw.randrange(len(made)), draw.choice([1, 4, 64, 512, 4096])
        piece = draw.choice([b"\x00", b"\xff", b"<", draw.randbytes(1)]) * size
        other = draw.randrange(len(made))
        found.append(
            draw.choice(
                [
                    made[:at] + piece + made[at + size :],
                    made[:at] + made[at + size :],
                    made[:at] + made[other : other + size] + made[at:],
                    made[:at] + made[other : other + size] + made[at + size :],
                ]
            )
        )
    return found


def never_a_bug(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    status, _, said = dipsample("key", "verify", place)
    assert status in (0, 1, 2), said
    assert SENTINEL not in said
    assert place.read_bytes() == data


def test_a_mutated_key_never_ends_in_a_bug(place: Path, made: bytes) -> None:
    for data in mutants(made, 25):
        never_a_bug(place, data)


@pytest.mark.campaign
@pytest.mark.posix("asks Linux how much memory was used")
def test_a_thousand_mutated_keys_never_end_in_a_bug_or_fill_the_memory(place: Path, made: bytes) -> None:
    import resource

    for data in mutants(made, 1000):
        never_a_bug(place, data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000  # kilobytes


@pytest.mark.campaign
def test_a_flip_at_every_place_of_a_key_never_ends_in_a_bug(place: Path, made: bytes) -> None:
    for at in range(len(made)):
        never_a_bug(place, made[:at] + bytes([made[at] ^ 0xFF]) + made[at + 1 :])
