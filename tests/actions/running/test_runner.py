"""The runner opens, acts and saves; a refusal leaves no trace, and a working workbook gets a line in its log."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import bad_files
from tests.actions.typing_in import edit, include_all
from tests.actions.workbooks import PASSPHRASE, SilentUi, dipsample, laid_out_working_workbook, row, table
from xl_dipsample.actions.narrow import NarrowOptions
from xl_dipsample.actions.restore import RestoreOptions
from xl_dipsample.actions.running import marks, registry, snapshots
from xl_dipsample.actions.running.action import Action
from xl_dipsample.actions.running.runner import run_on_file, run_on_host
from xl_dipsample.domain.shared.errors import FileProblem, InvariantBroken, WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key import conflicts
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file import render
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.excel import refusals

ROWS = [row(number) for number in (1, 2, 3)]


def logged(workbook: Path) -> list[dict]:
    return [json.loads(line) for line in audit.log_path(workbook).read_text(encoding="utf-8").splitlines()]


def test_the_result_is_saved_and_logged_without_case_data(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    result = run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert len(table(path, "CaseCheck")) == result.figures["candidates"] == 3
    lines = logged(path)
    assert [one["action"] for one in lines] == ["import", "narrow"]
    assert "5001" not in json.dumps(lines)
    assert "Synthetic" not in json.dumps(lines)


def test_a_workbook_of_another_kind_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review"))
    before = path.read_bytes()
    with pytest.raises(WorkbookProblem, match="needs the working workbook") as caught:
        run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert caught.value.code == "wrong-kind"
    assert [one.name for one in tmp_path.iterdir()] == ["review.xlsx"]
    assert path.read_bytes() == before


def test_an_action_that_fails_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}

    def broken(*_: object, **__: object) -> None:
        raise InvariantBroken("counts", "The counts do not add up; nothing was changed.")

    monkeypatch.setattr(marks, "mark_step", broken)
    with pytest.raises(InvariantBroken):
        run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_a_file_that_was_made_goes_when_the_workbook_has_no_room_for_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    made = tmp_path / "made.docx"
    narrow = Action.load(registry.action("narrow"))

    def makes_one(host: FileHost, options: NarrowOptions) -> Result:
        result = narrow(host, options)
        made.write_bytes(b"synthetic")
        result.made.append(made)
        result.audit = {"rows": "a word is no count"}  # type: ignore[dict-item]
        return result

    monkeypatch.setattr(Action, "load", lambda _: makes_one)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="invalid literal"):
        run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert not made.exists()
    assert path.read_bytes() == before


def test_when_what_was_there_cannot_be_put_back_the_copy_of_it_stays(tmp_path: Path) -> None:
    """Excel may stop half-way, and again on the way back: then the snapshot is all that there is."""
    path = laid_out_working_workbook(tmp_path, ROWS)

    class Stopped(FileHost):
        def save(self) -> None:
            raise refusals.not_put_back("working.xlsx")

    before = path.read_bytes()
    with pytest.raises(WorkbookProblem, match="could not be put back"):
        run_on_host(registry.action("narrow"), Stopped.open(path, SilentUi()), NarrowOptions())
    newest = snapshots.list_of(FileHost.open(path, SilentUi()))[0]
    assert (newest.action, newest.path.read_bytes()) == ("narrow", before)


@pytest.mark.parametrize("subject", ["any", "working"])
def test_options_that_only_read_take_no_copy_and_leave_no_line(tmp_path: Path, subject: str) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    action = dataclasses.replace(registry.action("restore"), subject=subject)
    assert run_on_host(action, FileHost.open(path, SilentUi()), RestoreOptions(list=True)).ok
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_only_a_working_workbook_has_a_log_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review workbook lies in the share; its own sheet Audit keeps the line."""
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    working = laid_out_working_workbook(tmp_path / "work", ROWS)
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    edit(working, lambda host: host.write_value("sample_name", "Test sample"))
    dipsample("narrow", working)
    include_all(working)
    review = tmp_path / "share" / "review.xlsx"
    status, _, said = dipsample("pseudonymise", working, "--review", review, "--key", tmp_path / "key" / "key.xlsx")
    assert status == 0, said
    assert dipsample("analyse", review)[0] == 0
    assert [one.name for one in review.parent.iterdir()] == ["review.xlsx"]
    assert list(table(review, "Audit")["Action"])[-1] == "Refresh analysis"


def test_what_fails_after_saving_is_said_of_a_step_that_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)

    def gone(_: Path) -> list[Path]:
        raise PermissionError(13, "denied", "C:/share/working.xlsx")

    monkeypatch.setattr(conflicts, "conflict_copies", gone)
    result = run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert not result.ok
    said = next(one.text for one in result.messages if one.code == "after-saving")
    assert said.startswith(f"{path.name} is saved, but something after that failed: working.xlsx may not be read")
    assert len(table(path, "CaseCheck")) == 3
    assert [one["action"] for one in logged(path)] == ["import", "narrow"]
    assert snapshots.list_of(FileHost.open(path, SilentUi()))[0].action == "narrow"


def test_a_file_that_was_written_before_and_stays_is_named_when_the_workbook_cannot_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    narrow = Action.load(registry.action("narrow"))

    def writes_two(host: FileHost, options: NarrowOptions) -> Result:
        result = narrow(host, options)
        for name in ("key.xlsx", "made.docx"):
            (tmp_path / name).write_bytes(b"synthetic")
            result.files.append(str(tmp_path / name))
        result.made.append(tmp_path / "made.docx")
        path.touch()  # somebody saved it meanwhile
        return result

    monkeypatch.setattr(Action, "load", lambda _: writes_two)
    with pytest.raises(FileProblem) as caught:
        run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert caught.value.sentence == (
        f"Somebody saved {path.name} while this was running, and so it stays. Start the step again. "
        "Written before that, and kept: key.xlsx."
    )
    assert (tmp_path / "key.xlsx").exists()
    assert not (tmp_path / "made.docx").exists()


@pytest.mark.posix("a file of Linux that is always full")
def test_a_step_is_done_when_what_it_says_finds_no_room(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "xl_dipsample", "narrow", str(path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "Narrow down is done, but what it says could not be written out: see Start and Audit.\n",
    )
    assert len(table(path, "CaseCheck")) == 3


def test_what_could_not_be_read_again_never_takes_a_workbooks_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    before = path.read_bytes()
    monkeypatch.setattr(render, "render", lambda *_: bad_files.packed({"a.xml": b"<a/>"}))
    with pytest.raises(FileProblem):
        run_on_file(registry.action("narrow"), path, NarrowOptions(), SilentUi())
    assert path.read_bytes() == before
