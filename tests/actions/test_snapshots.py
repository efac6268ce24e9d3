"""A copy before every action: where it lies, how long, and that it is there before anything changes."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.typing_in import include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, laid_out_working_workbook, row, working_workbook
from tests.silent_ui import SilentUi
from xl_dipsample.actions.running import snapshots
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.files import folders
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file import host_of_a_file
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

ROWS = [row(number) for number in (1, 2, 3)]


@pytest.fixture(autouse=True)
def local_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's local data folder; made by whoever needs it."""
    folder = tmp_path / "local data"
    monkeypatch.setattr(snapshots.platformdirs, "user_data_path", lambda name, appauthor: folder / name)
    return folder


def review_workbook(folder: Path, name: str = "review.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(build("review", values={"sample_id": "S-7K3Q-92"}))
    return path


def opened(path: Path) -> FileHost:
    return FileHost.open(path, SilentUi())


def numbers(path: Path) -> list[int]:
    return [one.number for one in snapshots.list_of(opened(path))]


def test_a_working_workbook_s_copy_lies_beside_it_and_is_what_it_was_byte_for_byte(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path / "restricted folder", ROWS)
    before = path.read_bytes()
    assert dipsample("check", path)[0] in (0, 1)
    newest = snapshots.list_of(opened(path))[0]
    assert newest.path.parent.parent == path.parent
    assert newest.path.parent.name == "working undo copies"
    assert newest.path.read_bytes() == before
    assert newest.action == "check"


def test_a_review_workbook_s_copy_lies_in_the_user_s_local_data_and_nothing_lies_in_the_share(
    tmp_path: Path, local_data: Path
) -> None:
    path = review_workbook(tmp_path / "share")
    assert dipsample("analyse", path)[0] == 0
    assert [one.name for one in path.parent.iterdir()] == ["review.xlsx"]
    (newest,) = snapshots.list_of(opened(path))
    assert newest.path.is_relative_to(local_data / "xl_dipsample")


def test_two_review_workbooks_of_one_name_have_copies_of_their_own(tmp_path: Path) -> None:
    one, other = review_workbook(tmp_path / "a"), review_workbook(tmp_path / "b")
    assert dipsample("analyse", one)[0] == 0
    assert numbers(one) == [1]
    assert numbers(other) == []


def test_a_link_to_a_working_workbook_leaves_its_copies_in_the_restricted_folder(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path / "restricted", ROWS)
    (tmp_path / "desktop").mkdir()
    link = tmp_path / "desktop" / "sample.xlsx"
    link.symlink_to(path)
    taken = snapshots.take(opened(link), "narrow")
    assert taken.path.parent == path.parent / "working undo copies"
    assert [one.name for one in link.parent.iterdir()] == ["sample.xlsx"]


def test_a_folder_of_copies_that_is_a_link_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "restricted" / "working.xlsx"
    path.parent.mkdir()
    path.write_bytes(build("working"))
    (tmp_path / "share").mkdir()
    (path.parent / "working undo copies").symlink_to(tmp_path / "share")
    status, _, said = dipsample("check", path)
    assert status == 2, said
    assert not list((tmp_path / "share").iterdir())


def test_names_say_when_and_before_what_and_nothing_of_the_workbook(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    before = dt.datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
    dipsample("narrow", path)
    newest = snapshots.list_of(opened(path))[0]
    assert newest.path.name == f"{newest.number:04d} {newest.when:%Y-%m-%d %H%M%S} narrow.xlsx"
    assert before <= newest.when <= before + dt.timedelta(minutes=1)


def test_copies_of_the_same_second_do_not_collide(tmp_path: Path) -> None:
    host = opened(laid_out_working_workbook(tmp_path, ROWS))
    taken = [snapshots.take(host, "narrow") for _ in range(4)]
    assert len({one.path for one in taken}) == 4
    assert all(one.path.stat().st_size for one in taken)


def test_two_runs_that_chose_the_same_name_get_two_names(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    first = snapshots.take(opened(path), "narrow")
    again, _ = snapshots._reserved(first.path.parent, first.number, "narrow")
    assert again != first.path


@pytest.mark.parametrize("kind", ["working", "review"])
def test_the_last_ten_are_kept(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(build(kind, values={"sample_id": "S-7K3Q-92"}))  # type: ignore[arg-type]
    for _ in range(13):
        snapshots.keep(snapshots.take(opened(path), "check"))
    assert numbers(path) == list(range(13, 3, -1))


def test_people_s_own_files_among_the_copies_are_left_alone(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    folder = snapshots.folder_of(path, "working")
    mine = folder / "0001 my own copy.xlsx"
    mine.write_text("synthetic")
    (folder / "0002 2026-99-99 999999 narrow.xlsx").write_text("no such day")
    for _ in range(13):
        snapshots.keep(snapshots.take(opened(path), "check"))
    assert mine.exists()
    assert len(numbers(path)) == snapshots.KEPT


def test_a_review_workbook_s_copies_go_after_thirty_days_at_the_next_use_of_any_review_workbook(
    tmp_path: Path, local_data: Path
) -> None:
    old, other = review_workbook(tmp_path / "a"), review_workbook(tmp_path / "b")
    for number, days in enumerate((31, 29)):
        taken = snapshots.keep(snapshots.take(opened(old), "analyse"))
        when = f"{dt.datetime.now().astimezone() - dt.timedelta(days=days):{snapshots._TIME}}"
        taken.path.rename(taken.path.with_name(f"{number + 1:04d} {when} analyse.xlsx"))
    assert dipsample("analyse", other)[0] == 0
    assert len(list(local_data.rglob("*.xlsx"))) == 2
    assert numbers(old) == [2]


def test_a_copy_whose_file_is_old_goes_too_whatever_its_name_says(tmp_path: Path, local_data: Path) -> None:
    path = review_workbook(tmp_path / "a")
    taken = snapshots.keep(snapshots.take(opened(path), "analyse"))
    long_ago = (dt.datetime.now().astimezone() - dt.timedelta(days=31)).timestamp()
    os.utime(taken.path, (long_ago, long_ago))
    assert numbers(path) == []
    assert not list(local_data.rglob("*.xlsx"))


def test_a_working_workbook_s_copies_stay_however_old(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    taken = snapshots.take(opened(path), "narrow")
    os.utime(taken.path, (0, 0))
    assert taken.number in numbers(path)


def test_a_refused_action_leaves_no_copy_and_no_folder_for_one(tmp_path: Path, local_data: Path) -> None:
    path = tmp_path / "restricted" / "working.xlsx"
    path.parent.mkdir()
    assert dipsample("new", path)[0] == 0
    before = {one.name: one.stat().st_mtime_ns for one in path.parent.rglob("*")}
    assert dipsample("import", path, tmp_path / "there is none.csv")[0] == 2
    assert {one.name: one.stat().st_mtime_ns for one in path.parent.rglob("*")} == before
    assert not local_data.exists()


def test_a_copy_that_cannot_be_taken_refuses_the_action_before_anything_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}

    def full(*_: object) -> None:
        raise FileProblem("cannot-write", "The disk is full.")

    monkeypatch.setattr(host_of_a_file, "replace_file", full)
    status, _, said = dipsample("narrow", path)
    assert status == 2
    assert "nothing was started or changed" in said
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_a_file_where_the_folder_of_copies_should_be_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(build("working"))
    snapshots.folder_of(path, "working").write_text("synthetic")
    with pytest.raises(FileProblem, match="so nothing was started or changed"):
        snapshots.take(opened(path), "narrow")


def test_killed_while_the_copy_is_taken_the_next_run_tidies_up_and_works(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    folder = snapshots.folder_of(path, "working")
    (folder / "0002 2026-01-02 030405 narrow.xlsx").touch()
    for leftover in (".dipsample-abc.tmp", ".dipsample-0a1b.xlsx"):
        (folder / leftover).write_bytes(b"half a workbook")
    assert dipsample("narrow", path)[0] == 1
    assert [one.number for one in snapshots.list_of(opened(path))] == [2, 1]
    assert len(list(folder.iterdir())) == 2


def test_killed_between_the_copy_and_the_save_undo_still_goes_to_the_step_before(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    include_all(path)
    typed = path.read_bytes()
    killer = (
        "import os, sys; from xl_dipsample import cli;"
        "from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost;"
        "FileHost.save = lambda host: os.kill(os.getpid(), 9); cli.main(sys.argv[1:])"
    )
    done = subprocess.run([sys.executable, "-c", killer, "narrow", str(path)], capture_output=True, check=False)
    assert abs(done.returncode) == 9  # Windows gives the number without a sign
    assert path.read_bytes() == typed
    assert len(numbers(path)) == 3
    status, result, said = dipsample("restore", path)
    assert status == 0, said
    assert result["figures"]["put_back"] == 2, "the copy of the killed run is what the workbook is: no step"


def test_a_copy_can_be_taken_where_paths_have_spaces_and_letters_of_other_languages(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path / "Łódź team (2)", ROWS)
    renamed = path.rename(path.with_name("sample 2 – März.xlsx"))
    assert dipsample("narrow", renamed)[0] == 1
    assert snapshots.list_of(opened(renamed))[0].path.parent.name == "sample 2 – März undo copies"


def test_the_review_workbook_s_folder_never_holds_the_copies_of_a_working_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every folder that the copies could lie in or below is refused for the review workbook."""
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    working = working_workbook(tmp_path / "a" / "b", ROWS)
    set_cell(working, "Focus", "Sample name", "Test sample")
    dipsample("narrow", working)
    include_all(working)
    copies = snapshots.folder_of(working, "working")
    assert copies.is_dir()
    (tmp_path / "key").mkdir()
    for folder in (copies, working.parent, working.parent.parent):
        review = folder / "review.xlsx"
        assert folders.lies_in_or_below(copies, review)
        status, _, said = dipsample("pseudonymise", working, "--review", review, "--key", tmp_path / "key" / "key.xlsx")
        assert status == 2, said
        assert not review.exists()
