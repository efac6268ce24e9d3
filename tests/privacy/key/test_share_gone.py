"""A network share that goes away half-way, a disk that is full, a folder that may not be written: one sentence, the
key as it was, and the next run goes on from there."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from key_writing import PASSPHRASE, key_bytes

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.files import locks
from xl_dipsample.privacy.key import in_place, key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

pytestmark = pytest.mark.usefixtures("local_data")
GONE = (errno.ENETUNREACH, errno.EIO, errno.ESTALE, errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return key_bytes(tmp_path_factory.mktemp("written"), 2)


@pytest.fixture
def path(written: bytes, tmp_path: Path) -> Path:
    (tmp_path / "key.xlsx").write_bytes(written)
    return tmp_path / "key.xlsx"


def fails(number: int, error: int, real: Callable[..., object]) -> Callable[..., object]:
    """A function of the operating system that fails from the number-th call on, as on a share that is gone."""
    calls = [0]

    def function(*given: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] >= number:
            raise OSError(error, os.strerror(error))
        return real(*given, **named)

    return function


@pytest.mark.parametrize("error", GONE)
@pytest.mark.parametrize("step", ["fsync", "fsync of the backup", "chmod", "reading again", "listing"])
def test_a_share_that_goes_away_at_any_step_leaves_the_old_key(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: int
) -> None:
    before, book = path.read_bytes(), key_book.commit(open_key(path, PASSPHRASE).book, "s1")
    where = {
        "fsync": (os, "fsync", 1),
        "fsync of the backup": (os, "fsync", 2),
        "chmod": (Path, "chmod", 1),
        "reading again": (Path, "read_bytes", 2),
        "listing": (Path, "glob", 2),
    }[step]
    with monkeypatch.context() as broken:
        broken.setattr(where[0], where[1], fails(where[2], error, getattr(*where[:2])))
        with pytest.raises(FileProblem, match=r"^key\.xlsx cannot be ") as problem:
            write_key(OpenKey(path, PASSPHRASE, book))
    assert problem.value.code in ("cannot-write", "cannot-read")
    assert path.read_bytes() == before
    write_key(OpenKey(path, PASSPHRASE, book))
    assert not list(path.parent.glob(".*.tmp"))
    assert set(open_key(path, PASSPHRASE).book.key["State"]) == {key_book.COMMITTED}


@pytest.mark.parametrize("error", GONE)
def test_a_share_that_is_gone_when_the_key_is_replaced_leaves_the_old_key(
    path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def gone(source: Path, target: Path) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "replace", gone)
    with pytest.raises(FileProblem):
        write_key(open_key(path, PASSPHRASE))
    assert path.read_bytes() == before


def test_a_share_that_takes_the_temporary_file_along_is_still_one_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_key(path, PASSPHRASE).book
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fails(1, errno.ENETUNREACH, os.fsync))
        broken.setattr(Path, "unlink", fails(1, errno.ENETUNREACH, Path.unlink))
        with pytest.raises(FileProblem, match="network is unreachable"):
            write_key(OpenKey(path, PASSPHRASE, book))
    assert list(path.parent.glob(".*.tmp"))
    write_key(OpenKey(path, PASSPHRASE, book))
    assert not list(path.parent.glob(".*.tmp")), "the next run tidies up"


def test_a_key_that_is_in_place_is_not_called_unwritten_when_only_the_folder_cannot_be_flushed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = key_book.commit(open_key(path, PASSPHRASE).book, "s1")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fails(3, errno.EINVAL, os.fsync))
        assert write_key(OpenKey(path, PASSPHRASE, book)).in_place
    assert set(open_key(path, PASSPHRASE).book.key["State"]) == {key_book.COMMITTED}


def test_a_lock_whose_share_is_gone_when_it_ends_hides_no_other_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> None:
        with locks.held(path):
            monkeypatch.setattr(Path, "unlink", fails(1, errno.ENETUNREACH, Path.unlink))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    monkeypatch.undo()
    assert path.with_name("key.xlsx.lock").exists()


def test_what_was_written_wrongly_never_takes_the_place_of_the_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, book, real = path.read_bytes(), open_key(path, PASSPHRASE).book, Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: real(self)[:-1] if self.suffix == ".tmp" else real(self))
    with pytest.raises(Exception, match="the old file is kept"):
        write_key(OpenKey(path, PASSPHRASE, book))
    monkeypatch.undo()
    assert path.read_bytes() == before


def lay_down_the_powers_of_root() -> None:
    """From here on the rights of files hold for this process too; it stays the owner of its files.

    Becoming somebody else would not do: the temporary folder can be root's alone, and the modules too.
    Source: capset(2), version 3: two times three words, effective, permitted and inheritable, all without a right.
    """
    version, every_right_gone = struct.pack("=Ii", 0x20080522, 0), bytes(24)
    if ctypes.CDLL(None, use_errno=True).capset(version, every_right_gone):
        raise OSError(ctypes.get_errno(), "the powers of root stay")


@pytest.mark.posix("writes where the rights of files hold")
def test_a_folder_that_may_not_be_written_is_one_sentence(path: Path) -> None:
    """Root may write everywhere, so the write happens in a child process that has laid that power down."""
    book, before, folder = open_key(path, PASSPHRASE).book, path.read_bytes(), path.parent
    folder.chmod(0o555)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                lay_down_the_powers_of_root()
            try:
                write_key(OpenKey(path, PASSPHRASE, book))
                said = "written"
            except FileProblem as problem:
                said = problem.sentence
            try:
                with locks.held(path):
                    pass
            except FileProblem as problem:
                said += "|" + problem.sentence
            os.write(writer, said.encode())
        finally:
            os._exit(0)
    os.close(writer)  # or a child that says nothing would be waited for without end
    os.waitpid(child, 0)
    said = os.read(reader, 4000).decode()
    os.close(reader)
    folder.chmod(0o755)
    assert said == (
        "key.xlsx cannot be written (permission denied): check the folder and your rights to it.|"
        "No lock file can be made beside key.xlsx: check your rights to its folder."
    )
    assert path.read_bytes() == before
    assert in_place.backups(path) == []
