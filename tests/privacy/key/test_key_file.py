"""The key as a file. Threats 10 (key stolen), 11 (key altered), 13 (crash while it is written)."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import olefile
import pandas as pd
import pytest
import xlsxwriter
from key_writing import PASSPHRASE, SENTINEL, book_of
from msoffcrypto.format.ooxml import OOXMLFile

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.files import atomic
from xl_dipsample.privacy.key import in_place, key_book, sealed
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import VERSION, open_key, write_key

pytestmark = pytest.mark.usefixtures("local_data")

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a key with three children."""
    path = tmp_path_factory.mktemp("made") / "key.xlsx"
    write_key(OpenKey(path, PASSPHRASE, book_of(3)))
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    (tmp_path / "key.xlsx").write_bytes(made)
    return tmp_path / "key.xlsx"


def code_of(path: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises((PrivacyProblem, FileProblem)) as refused:
        open_key(path, passphrase)
    assert refused.value.sentence.endswith(".")
    assert path.name in refused.value.sentence
    assert SENTINEL not in refused.value.sentence
    return refused.value.code


def test_what_was_written_is_what_is_read(tmp_path: Path) -> None:
    cases = [
        "0012",
        "1e5",
        "=1+1",
        "@x",
        "+1",
        "-1",
        "'quoted",
        " spaced ",
        "12.0",
        "TRUE",
        "1/2/2024",
        "http://x.org",
        "ü€😀",
        "x\r\ny",
    ]
    rows = pd.DataFrame(
        {
            "Case ID": cases,
            "Name": [f"O'Neil {number}" for number in range(len(cases))],
            "Date of birth": [dt.date(2010, 2, 28), "03/2010", None, dt.date(1899, 1, 1), 40179, 1.5, "", *[None] * 7],
            "Contact date": dt.date(2024, 2, 29),
            "Record": range(1, len(cases) + 1),
            "Fingerprint": None,
        },
        dtype=object,
    )
    book, _ = key_book.assign(key_book.KeyBook(), rows, "Sample", "s1", "Young person")
    book = key_book.with_anchor(
        key_book.with_names(book, rows), "s1", 7, "ab" * 32, dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    )
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book))
    again = open_key(tmp_path / "key.xlsx", PASSPHRASE).book
    expected = book.key.copy()
    expected.loc[3, "Date of birth"] = "1899-01-01"  # before Excel's calendar: kept as text
    pd.testing.assert_frame_equal(again.key, expected)
    pd.testing.assert_frame_equal(again.names, book.names)
    assert key_book.anchor(again, "s1") == (7, "ab" * 32)
    assert [type(cell) for cell in again.key["Record"]] == [int] * len(cases)


def test_an_empty_key_can_be_written_and_read(tmp_path: Path) -> None:
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, key_book.KeyBook()))
    assert open_key(tmp_path / "key.xlsx", PASSPHRASE).book.known_ids() == []


def test_threat_10_the_key_is_encrypted_as_excel_does_it_with_100_000_rounds(made: bytes) -> None:
    assert not zipfile.is_zipfile(io.BytesIO(made))
    with olefile.OleFileIO(io.BytesIO(made)) as container:
        assert ["EncryptedPackage"] in container.listdir()
        info = container.openstream("EncryptionInfo").read()
    assert info[:8] == b"\x04\x00\x04\x00\x40\x00\x00\x00", "ECMA-376 agile encryption"
    assert b'spinCount="100000"' in info
    assert info.count(b'cipherAlgorithm="AES"') == info.count(b'hashAlgorithm="SHA512"') == 2
    for encoding in ("utf-8", "utf-16-le"):
        assert SENTINEL.encode(encoding) not in made
    assert OOXMLFile(io.BytesIO(made)).is_encrypted()


def test_two_keys_of_the_same_children_have_nothing_in_common(tmp_path: Path, made: bytes) -> None:
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book_of(3)))
    other = (tmp_path / "key.xlsx").read_bytes()
    with olefile.OleFileIO(io.BytesIO(made)) as one, olefile.OleFileIO(io.BytesIO(other)) as two:
        assert one.openstream("EncryptedPackage").read()[8:64] != two.openstream("EncryptedPackage").read()[8:64]


def test_text_in_the_key_is_text_for_excel_too(made: bytes) -> None:
    plain = zipfile.ZipFile(io.BytesIO(sealed.unseal(made, PASSPHRASE, "key.xlsx")))
    assert b"quotePrefix" in plain.read("xl/styles.xml")
    assert not [name for name in plain.namelist() if b"<f>" in plain.read(name)]


@pytest.mark.parametrize("wrong", [PASSPHRASE.upper(), PASSPHRASE + " ", PASSPHRASE[:-1], "", "x" * 300, "ü"])
def test_a_wrong_passphrase_is_one_clear_sentence(path: Path, wrong: str) -> None:
    assert code_of(path, wrong) == "wrong-passphrase"


def test_what_is_no_key_is_said_to_be_none(tmp_path: Path, made: bytes) -> None:
    path = tmp_path / "key.xlsx"
    assert code_of(path) == "no-such-file"
    assert code_of(tmp_path) == "cannot-read", "a folder"
    for content in (b"", b"Name,Case ID\n", made[:4]):
        path.write_bytes(content)
        assert code_of(path) == "not-encrypted"
    path.write_bytes(sealed.unseal(made, PASSPHRASE, "key.xlsx"))
    assert code_of(path) == "not-encrypted", "the key saved without its passphrase"
    path.write_bytes(made[: len(made) // 2])
    assert code_of(path) == "damaged"


def test_another_encrypted_workbook_is_no_key(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.add_worksheet("Info").write_string(0, 0, "Kind")
    path.write_bytes(sealed.seal(memory.getvalue(), PASSPHRASE))
    assert code_of(path) == "another-kind"
    path.write_bytes(sealed.seal(sealed.build("dip-sample reading list", 1, (), ()), PASSPHRASE))
    assert code_of(path) == "another-kind"


def test_a_key_of_a_newer_version_is_refused(path: Path) -> None:
    path.write_bytes(sealed.seal(sealed.build("dip-sample key", VERSION + 1, (), ()), PASSPHRASE))
    assert code_of(path) == "key-newer"


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_key_calls_a_record_a_row_and_is_read(path: Path, version: int) -> None:
    book = book_of(2)
    older = [("Key", book.key.rename(columns={"Record": "Row"})), ("Names", book.names), ("Anchors", book.anchors)]
    newer = [("Accepted", book.accepted), ("Keyholders", book.keyholders)]
    sheets = [sealed.Sheet(name, "", frame) for name, frame in (older + newer if version > 1 else older)]
    path.write_bytes(sealed.seal(sealed.build("dip-sample key", version, (), sheets), PASSPHRASE))
    read = open_key(path, PASSPHRASE)
    pd.testing.assert_frame_equal(read.key, book.key)
    write_key(path, read, PASSPHRASE)
    pd.testing.assert_frame_equal(open_key(path, PASSPHRASE).key, book.key)


def test_a_key_that_somebody_edited_is_refused(path: Path) -> None:
    book = book_of(2)
    twice = book.key.assign(**{"Unique ID": "DS-7GK-4MX3"})
    wrong = book.key.assign(**{"Unique ID": ["DS-7GK-4MX3", "DS-7GK-4MX4"]})
    less = book.key.drop(columns="State")
    for frame in (twice, wrong, less):
        sheets = [
            sealed.Sheet("Key", "", frame),
            sealed.Sheet("Names", "", book.names),
            sealed.Sheet("Anchors", "", book.anchors),
        ]
        path.write_bytes(sealed.seal(sealed.build("dip-sample key", 1, (), sheets), PASSPHRASE))
        assert code_of(path) == "key-edited"


def test_threat_11_a_changed_byte_anywhere_is_noticed_or_changes_nothing(path: Path, made: bytes) -> None:
    before = open_key(path, PASSPHRASE).book
    places = sorted(random.Random(11).sample(range(len(made)), 25))
    noticed = 0
    for place in places:
        path.write_bytes(made[:place] + bytes([made[place] ^ 0x41]) + made[place + 1 :])
        try:
            after = open_key(path, PASSPHRASE).book
        except PrivacyProblem:
            noticed += 1
        else:  # padding of the container, which nobody reads
            pd.testing.assert_frame_equal(after.key, before.key)
            pd.testing.assert_frame_equal(after.names, before.names)
    assert noticed > len(places) // 2


def test_threat_11_a_changed_byte_of_the_encrypted_data_is_always_noticed(path: Path, made: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(made)) as container:
        data = container.openstream("EncryptedPackage").read()
    start = made.index(data[:512])
    for at in range(8, 512, 60):
        path.write_bytes(made[: start + at] + bytes([made[start + at] ^ 1]) + made[start + at + 1 :])
        assert code_of(path) == "damaged"


def test_the_old_key_is_backed_up_dated_encrypted_and_a_few_are_kept(path: Path) -> None:
    book = open_key(path, PASSPHRASE).book
    for number in range(in_place.BACKUPS + 2):
        before = path.read_bytes()
        book = write_key(
            OpenKey(path, PASSPHRASE, key_book.with_anchor(book, "s1", number, "", dt.datetime.now(dt.UTC)))
        ).key.book
        copies = list(path.parent.glob("key.xlsx.20*.bak"))
        assert before in [copy.read_bytes() for copy in copies]
    assert len(copies) == in_place.BACKUPS
    assert sorted(path.parent.iterdir()) == sorted([path, *copies]), "nothing else is left"
    numbers = sorted(key_book.anchor(open_key(copy, PASSPHRASE).book, "s1")[0] for copy in copies)  # type: ignore[index]
    assert numbers == list(range(1, in_place.BACKUPS + 1)), "the newest are the ones kept"


def test_a_key_that_changed_since_it_was_opened_is_not_overwritten(path: Path) -> None:
    mine, theirs = open_key(path, PASSPHRASE).book, open_key(path, PASSPHRASE).book
    write_key(OpenKey(path, PASSPHRASE, key_book.commit(theirs, "s1")))
    as_they_left_it = path.read_bytes()
    with pytest.raises(PrivacyProblem, match="run this again"):
        write_key(OpenKey(path, PASSPHRASE, mine))
    assert path.read_bytes() == as_they_left_it


def test_a_new_key_never_overwrites_a_file_that_is_there(path: Path, made: bytes) -> None:
    with pytest.raises(PrivacyProblem):
        write_key(OpenKey(path, PASSPHRASE, book_of(1)))
    assert path.read_bytes() == made


def test_a_key_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="folder"):
        write_key(OpenKey(tmp_path / "no" / "key.xlsx", PASSPHRASE, book_of(1)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lock_file", ["~$key.xlsx", ".~lock.key.xlsx#"])
def test_a_key_that_is_open_in_excel_or_libreoffice_is_not_written(path: Path, made: bytes, lock_file: str) -> None:
    book = open_key(path, PASSPHRASE).book
    (path.parent / lock_file).touch()
    with pytest.raises(FileProblem, match="open in another program"):
        write_key(OpenKey(path, PASSPHRASE, book))
    assert path.read_bytes() == made
    assert len(list(path.parent.iterdir())) == 2


def test_a_key_behind_a_link_is_renewed_where_it_lies(path: Path) -> None:
    link = path.with_name("link.xlsx")
    link.symlink_to(path)
    write_key(OpenKey(link, PASSPHRASE, key_book.commit(open_key(link, PASSPHRASE).book, "s1")))
    assert link.is_symlink()
    assert set(open_key(path, PASSPHRASE).book.key["State"]) == {"committed"}


def hold(monkeypatch: pytest.MonkeyPatch, path: Path, times: int, windows_error: int) -> None:
    """A virus scanner holds the file while os.replace is tried so many times: Windows says so by an error number."""
    left, really = [times], os.replace

    def replace(source: Path, target: Path) -> None:
        if left[0] and target == path:
            left[0] -= 1
            error = PermissionError("held")
            error.winerror = windows_error  # type: ignore[attr-defined, unused-ignore]
            raise error
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(atomic, "WAITS", (0.01,) * 3)


@pytest.mark.parametrize("windows_error", [5, 32, 33])
def test_a_key_that_a_scanner_holds_for_a_moment_is_tried_again(
    path: Path, windows_error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = key_book.commit(open_key(path, PASSPHRASE).book, "s1")
    hold(monkeypatch, path, 3, windows_error)
    written = write_key(OpenKey(path, PASSPHRASE, book))
    assert written.in_place
    assert set(open_key(path, PASSPHRASE).book.key["State"]) == {"committed"}


def test_a_key_that_stays_held_goes_beside_it_and_is_not_forgotten(
    path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = key_book.commit(open_key(path, PASSPHRASE).book, "s1")
    with monkeypatch.context() as held:
        hold(held, path, 99, 32)
        written = write_key(OpenKey(path, PASSPHRASE, book))
    assert not written.in_place
    assert path.read_bytes() == made
    assert written.path.name in written.sentence
    assert set(open_key(written.path, PASSPHRASE).book.key["State"]) == {"committed"}
    assert code_of(path) == "key-not-in-place"
    with pytest.raises(PrivacyProblem, match="not yet in place"):
        write_key(written.key)
    path.unlink()
    written.path.rename(path)
    write_key(written.key)  # what the sentence says to do is enough


def test_another_error_while_replacing_leaves_the_old_key_and_nothing_else(
    path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_space)
    with pytest.raises(FileProblem, match="no space left"):
        write_key(open_key(path, PASSPHRASE))
    assert path.read_bytes() == made
    assert not list(path.parent.glob(".*"))


# ---- what reaches the disk ----------------------------------------------------------------------------------------


def environment(folder: Path) -> dict[str, str]:
    """Every place that a library might lay something in is the folder that we look at."""
    for name in ("home", "temporary", "restricted"):
        (folder / name).mkdir(exist_ok=True)
    home, temporary = str(folder / "home"), str(folder / "temporary")
    return {
        **os.environ,
        "HOME": home,
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "XDG_CACHE_HOME": home,
    }


def plain_text_in(folder: Path) -> list[str]:
    """Files under a folder that are not encrypted, whatever they are."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".lock")]
    return [str(file) for file in files if file.read_bytes()[:8] not in (b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")] + [
        str(file)
        for file in files
        for encoding in ("utf-8", "utf-16-le")
        if SENTINEL.encode(encoding) in file.read_bytes()
    ]


def test_plain_text_is_never_written_to_any_file(tmp_path: Path) -> None:
    """Python's own audit events: every file that the process opens for writing, and with which first bytes it ends."""
    path = tmp_path / "restricted" / "key.xlsx"
    script = [sys.executable, str(HERE / "key_writing.py"), "watch", str(path)]
    run = subprocess.run(script, env=environment(tmp_path), capture_output=True, text=True, check=True, timeout=60)
    opened = run.stdout.split("\n")[:-1]
    assert opened, "the watch works"
    allowed = (".key.xlsx.", "key.xlsx.")
    assert [
        name for name in opened if Path(name).parent != path.parent or not Path(name).name.startswith(allowed)
    ] == []
    assert plain_text_in(tmp_path) == []
    assert list((tmp_path / "temporary").iterdir()) == []


def test_threat_13_killed_at_any_instant_the_key_is_the_old_or_the_new_and_nothing_is_plain(tmp_path: Path) -> None:
    path = tmp_path / "restricted" / "key.xlsx"
    script = [sys.executable, str(HERE / "key_writing.py"), "write", str(path)]
    instants = random.Random(13)
    one_write = 0.0
    killed_while_writing = rounds = 0
    while rounds < 6 or (not killed_while_writing and rounds < 40):
        known = open_key(path, PASSPHRASE).book.known_ids() if rounds else []
        with subprocess.Popen(script, env=environment(tmp_path), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            started = time.monotonic()
            told = ""
            if not rounds or instants.random() < 0.5:
                told = process.stdout.readline()
            one_write = one_write or time.monotonic() - started  # as long as this computer takes
            time.sleep(instants.uniform(0, one_write))
            process.kill()
            told += process.stdout.read()
        rounds += 1
        killed_while_writing += any(path.parent.glob(".*.tmp"))
        assert plain_text_in(tmp_path) == []
        after = set(open_key(path, PASSPHRASE).book.known_ids())
        assert set(known) <= after, "no ID is ever lost"
        assert set(told.split("\n")[:-1]) <= after, "an ID that was handed out has a row"
    assert killed_while_writing, "at least once the kill came while a temporary file was there"
    assert len(after) > rounds // 4
    write_key(open_key(path, PASSPHRASE))
    assert not list(path.parent.glob(".*.tmp")), "the next run tidies up"
