"""A save happens whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.silent_ui import SilentUi
from tests.workbook import person_workbook as pw
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.files import atomic
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    replace_file(b"one", path)
    replace_file(b"two", path)
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.posix("looks at the rights that Linux keeps with a file")
def test_the_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"one")
    path.chmod(0o640)
    replace_file(b"two", path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_bytes_that_are_no_whole_zip_never_take_the_place_of_a_workbook(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "a.xlsx", "working")
    before = path.read_bytes()
    with pytest.raises(FileProblem):
        replace_file(before[:-40], path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace", "fdopen"])
def test_a_failure_at_any_step_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = pw.make(tmp_path / "a.xlsx", "working")
    before = path.read_bytes()
    host = FileHost.open(path, SilentUi())
    host.write_value("sample_id", "new")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, full)
        with pytest.raises(FileProblem, match=r"a\.xlsx cannot be written"):
            host.save()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    host.save()
    assert FileHost.open(path, SilentUi()).read_value("sample_id") == "new"


def test_a_file_that_a_scanner_holds_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, attempts, really = tmp_path / "a.bin", [], os.replace

    def held(source: str, target: str) -> None:
        attempts.append(source)
        if len(attempts) < 3:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        really(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(atomic, "WAITS", (0.0, 0.0, 0.0))
    replace_file(b"x", path)
    assert len(attempts) == 3
    assert path.read_bytes() == b"x"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no folder"):
        replace_file(b"x", tmp_path / "none" / "a.bin")
