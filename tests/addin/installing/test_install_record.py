"""The install record: what the VBA of worksheet functions reads to find Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.addin.installing.simulated_computer import computer
from xl_dipsample.addin.installing import install_record
from xl_dipsample.addin.installing.install_record import InstallProblem, InstallRecord
from xl_dipsample.domain.shared.errors import FileProblem

PATHS = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" ") | st.sampled_from("=\\:&%^!'éłØ李"))
RECORD = InstallRecord("C:\\a\\python.exe", "C:\\a\\pythonw.exe", "0.1.0", "C:\\a\\x.dll", "C:\\b.xlam", "C:\\c.xlam")


def test_the_file_is_utf_16_with_its_mark_and_windows_line_ends(tmp_path: Path) -> None:
    windows = computer(tmp_path).windows
    path = install_record.write(RECORD, windows)
    assert path == windows.local_data() / "install.txt"
    data = path.read_bytes()
    assert data[:2] == b"\xff\xfe"
    assert data[2:].decode("utf-16-le") == (
        "python=C:\\a\\python.exe\r\npythonw=C:\\a\\pythonw.exe\r\nversion=0.1.0\r\ndll=C:\\a\\x.dll\r\n"
        "addin=C:\\b.xlam\r\nfunctions=C:\\c.xlam\r\n"
    )


@given(python=PATHS, dll=PATHS, addin=PATHS)
def test_whatever_letters_a_path_holds_it_is_read_as_it_was_written(python: str, dll: str, addin: str) -> None:
    record = InstallRecord(python, python, "0.1.0", dll, addin)
    assert install_record.decoded(install_record.encoded(record)) == record


def test_a_line_break_in_a_path_cannot_add_a_line() -> None:
    with pytest.raises(InstallProblem, match="line break"):
        install_record.encoded(InstallRecord("C:\\a\r\npythonw=evil", "x", "1"))


def test_no_record_is_not_installed(tmp_path: Path) -> None:
    assert install_record.read(computer(tmp_path).windows) is None


def test_lines_that_a_reader_does_not_know_are_passed_over() -> None:
    data = install_record.encoded(RECORD) + "later=thing\r\n".encode("utf-16-le")
    assert install_record.decoded(data) == RECORD


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"python=x\r\n",
        install_record.encoded(RECORD)[:-1],
        install_record.encoded(RECORD)[:40],
        b"\xff\xfe" + "nothing to see".encode("utf-16-le"),
    ],
)
def test_a_damaged_record_is_one_sentence(tmp_path: Path, damage: bytes) -> None:
    windows = computer(tmp_path).windows
    install_record.record_path(windows).write_bytes(damage)
    with pytest.raises(FileProblem, match="run dipsample install again") as refused:
        install_record.read(windows)
    assert refused.value.code == "record-damaged"
