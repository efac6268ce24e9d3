"""Check before sharing: a copy only when nothing was found, the places when something was, and what stays behind."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.actions import sharing_places
from tests.actions.sharing_places import EXTRACT, NAME, Places
from tests.actions.workbooks import PASSPHRASE, READING, add_column, dipsample, edit
from tests.silent_ui import SilentUi
from xl_dipsample.privacy.key import ids, key_book, key_file
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.names import text_check
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
        patch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
        sharing_places.made(folder)
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return Places(*(tmp_path / one for one in ("work/working.xlsx", "key/key.xlsx", "share/review.xlsx", "panel")))


def _copies(places: Places) -> list[Path]:
    return sorted(places.panel.iterdir())


def _open(path: Path) -> FileHost:
    return FileHost.open(path, SilentUi(), read_only=True)


def test_a_safe_copy_is_written_and_says_that_nobody_edits_it(places: Places) -> None:
    status, result, said = places.release()
    assert status == 0, said
    [copy] = _copies(places)
    assert result["files"] == [str(copy)]
    assert copy.name.startswith("review release 2")
    host = _open(copy)
    assert host.kind == "release"
    start = openpyxl.load_workbook(copy)["Start"]
    assert "do not edit" in start["A3"].value
    assert str(places.value("checked_for_sharing")) in start["A3"].value
    assert len(host.read_table("Review")) == sharing_places.CHILDREN


def test_the_copy_has_no_drop_downs_lists_steps_or_set_aside_rows(places: Places) -> None:
    places.release()
    [copy] = _copies(places)
    assert not {"Start", "SetAside", "TextLengths"} & set(_open(copy).tables())
    book = openpyxl.load_workbook(copy)
    assert not [sheet.title for sheet in book if sheet.data_validations.dataValidation]
    assert not [name for name in book.defined_names if name.startswith("list_")]
    with zipfile.ZipFile(copy) as file:
        assert not [name for name in file.namelist() if "vba" in name.casefold() or "snapshot" in name.casefold()]


def test_a_name_is_not_safe_says_where_and_leaves_no_copy(places: Places) -> None:
    places.type_in(f"Talked with {NAME} at school")
    status, result, said = places.release()
    assert status == 1, said
    assert _copies(places) == []
    assert not result["ok"]
    [found] = [one for one in result["messages"] if one["code"] == "name"]
    assert (found["sheet"], found["row"], found["column"]) == ("Review", 6, EXTRACT)
    assert "zqfore" not in str(result).casefold() + said.casefold()
    assert str(places.value("checked_for_sharing")).startswith("Not safe on ")


def test_a_word_that_was_kept_in_its_row_passes_there_and_nowhere_else(places: Places) -> None:
    unique_id = places.type_in(f"Talked with {NAME} at school")
    _keep(places, unique_id, NAME)
    assert places.release()[0] == 0
    places.type_in(f"Talked with {NAME} at school", place=1)
    status, result, _ = places.release()
    assert status == 1
    assert [one["row"] for one in result["messages"] if one["code"] == "name"] == [7]


def _keep(places: Places, unique_id: str, words: str) -> None:
    book = key_file.open_key(places.key, PASSPHRASE).book
    kept = key_book._empty(key_book.ACCEPTED_COLUMNS)
    kept.loc[0] = [unique_id, places.value("sample_id"), EXTRACT, words, text_check.KEEP, "AB", None]
    key_file.write_key(OpenKey(places.key, PASSPHRASE, key_book.with_accepted(book, kept)))


def test_the_places_are_listed_when_the_scanner_alone_finds_something(places: Places) -> None:
    """As some programs write letters: the text check reads what people read, the scanner what a program would."""
    written = NAME.replace("Z", "&#90;")

    def plant(host: FileHost) -> None:
        frame = host.read_table("Exclusions")
        frame.loc[0] = ["Case check", written, 1]
        host.write_table("Exclusions", frame)

    edit(places.review, plant)
    status, result, _ = places.release()
    assert status == 1
    assert _copies(places) == []
    assert any(one["text"].startswith("Found by the rule name: sheet Exclusions, cell") for one in result["messages"])
    assert "zqfore" not in str(result).casefold()


@pytest.mark.parametrize("where", ["share", ".", "panel/../share"])
def test_the_copy_may_not_lie_in_or_above_the_review_workbooks_folder(places: Places, where: str) -> None:
    status, _, said = dipsample("release", places.review, "--key", places.key, "--to", places.panel.parent / where)
    assert status == 2
    assert "--to" in said
    assert not list(places.review.parent.glob("*release*"))


def test_the_key_may_not_lie_in_or_below_the_copys_folder(places: Places) -> None:
    (places.panel / "below").mkdir()
    moved = Path(shutil.copy(places.key, places.panel / "below" / "key.xlsx"))
    status, _, said = dipsample("release", places.review, "--key", moved, "--to", places.panel)
    assert status == 2
    assert "restricted folder" in said


@pytest.mark.parametrize("name", ["sample undo copies", "review text check.xlsx", "below/sample.audit.jsonl"])
def test_a_folder_with_what_lies_beside_identifiable_files_is_refused(places: Places, name: str) -> None:
    (places.panel / name).parent.mkdir(exist_ok=True)
    (places.panel / name).write_bytes(b"synthetic")
    status, _, said = dipsample("release", places.review, "--key", places.key, "--to", places.panel)
    assert status == 2
    assert "--to" in said
    assert not list(places.panel.glob("*release*"))


def test_a_folder_with_a_working_workbook_is_refused(places: Places) -> None:
    status, _, said = dipsample("release", places.review, "--key", places.key, "--to", places.working.parent)
    assert status == 2
    assert "working workbook" in said


def test_a_folder_that_is_not_there_is_refused(places: Places) -> None:
    assert dipsample("release", places.review, "--key", places.key, "--to", places.panel / "none")[0] == 2


def test_an_id_that_the_key_does_not_know_is_refused_with_its_name_and_nothing_changes(places: Places) -> None:
    [stranger] = ids.new_ids(1, set())
    places.type_in(stranger, column="Unique ID", place=2)
    before = places.review.read_bytes()
    status, _, said = places.release()
    assert status == 2
    assert stranger in said
    assert (places.review.read_bytes(), _copies(places)) == (before, [])


def test_what_is_no_unique_id_is_not_repeated_in_the_refusal(places: Places) -> None:
    places.type_in(NAME, column="Unique ID", place=2)
    status, _, said = places.release()
    assert status == 2
    assert "zqfore" not in said.casefold()


def test_people_s_own_columns_stay_behind_and_are_counted(places: Places) -> None:
    add_column(places.review, "Review", "Zqforebn says")
    status, result, said = places.release()
    assert status == 0, said
    assert result["figures"]["left_behind"]["columns of people's own"] == 1
    assert "Zqforebn says" not in _open(_copies(places)[0]).read_table("Review").columns
    assert "zqfore" not in str(result).casefold()


def test_with_own_columns_they_come_along_and_are_scanned(places: Places) -> None:
    add_column(places.review, "Review", "Own notes")
    places.type_in("nothing of note", column="Own notes")
    assert places.release("--own-columns")[0] == 0
    assert "Own notes" in _open(_copies(places)[0]).read_table("Review").columns
    places.type_in(f"asked {NAME}", column="Own notes")
    status, result, _ = places.release("--own-columns")
    assert status == 1
    assert [one["column"] for one in result["messages"] if one["code"] == "name"] == ["a column of your own"]
    assert places.release()[0] == 0


def test_comments_sheets_names_and_authors_stay_behind_and_are_counted(places: Places) -> None:
    book = openpyxl.load_workbook(places.review)
    book["Review"]["B6"].comment = Comment(NAME, NAME)
    book.create_sheet(NAME)["A1"] = NAME
    book.properties.creator = NAME
    book.save(places.review)
    status, result, said = places.release()
    assert status == 0, said
    left = result["figures"]["left_behind"]
    assert {"comments or notes": 1, "sheets of people's own": 1}.items() <= left.items()
    assert left["names of authors"] >= 1
    assert "zqfore" not in str(result).casefold()
    data = io.BytesIO(_copies(places)[0].read_bytes())
    with zipfile.ZipFile(data) as file:
        assert not [name for name in file.namelist() if b"zqfore" in file.read(name).lower()]


def test_the_rows_that_are_like_no_other_are_shown_and_the_acceptance_is_recorded(places: Places) -> None:
    def apart(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame["Gender"] = ["Male", *["Female"] * (len(frame) - 1)]
        host.write_table("Review", frame)

    edit(places.review, apart)
    status, result, _ = places.release()
    [told] = [one for one in result["messages"] if one["code"] == "k"]
    assert (status, told["level"], result["figures"]["k"]) == (0, "warning", 1)
    assert "--accept-k" in told["text"]
    assert "accepted" not in str(places.table("Audit")["Figures"].iloc[-1])
    _, result, _ = places.release("--accept-k")
    assert [one["level"] for one in result["messages"] if one["code"] == "k"] == ["note"]
    assert "k accepted 1" in str(places.table("Audit")["Figures"].iloc[-1])


def test_a_file_name_with_a_name_in_it_is_not_safe(places: Places) -> None:
    renamed = places.review.with_name(f"{NAME}.xlsx")
    places.review.rename(renamed)
    status, result, _ = dipsample("release", renamed, "--key", places.key, "--to", places.panel)
    assert status == 1
    assert [one["code"] for one in result["messages"] if one["level"] == "error"] == ["file-name", "not-safe"]


def test_a_second_copy_of_the_day_lies_beside_the_first(places: Places) -> None:
    places.release()
    places.release()
    assert len(_copies(places)) == 2


@pytest.mark.parametrize("command", ["release", "analyse", "screen"])
def test_no_action_takes_a_release_copy_as_its_review_workbook(places: Places, command: str) -> None:
    places.release()
    [copy] = _copies(places)
    before = copy.read_bytes()
    more = {"release": ["--key", places.key, "--to", places.panel], "screen": ["--key", places.key]}.get(command, [])
    status, _, said = dipsample(command, copy, *more)
    assert status == 2
    assert "release copy" in said
    assert copy.read_bytes() == before


def test_pseudonymise_does_not_renew_a_release_copy(places: Places) -> None:
    places.release()
    [copy] = _copies(places)
    status, _, said = dipsample("pseudonymise", places.working, "--review", copy, "--key", places.key)
    assert status == 2
    assert "not the review workbook" in said


def test_a_review_workbook_that_openpyxl_saved_again_is_taken(places: Places) -> None:
    openpyxl.load_workbook(places.review).save(places.review)
    assert places.release()[0] == 0
