"""Odd answers: Cancel, nothing, nonsense, a wrong file, the workbook itself, odd folders, a wrong passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.workbooks import PASSPHRASE, READING, row, table, write_csv
from tests.clicks.clicking import Desk, copied, unchanged
from tests.clicks.conftest import Made
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.questions import NO, YES

pytestmark = pytest.mark.office
LONG = "a very long answer " * 600


@pytest.fixture(scope="module")
def place(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of one sample as a council has them, each workbook at its place."""
    folder = tmp_path_factory.mktemp("place")
    copied(made.decided, folder / "work" / "decided.xlsx")
    copied(made.narrowed, folder / "work" / "narrowed.xlsx")
    copied(made.imported, folder / "work" / "imported.xlsx")
    copied(made.empty, folder / "work" / "empty.xlsx")
    copied(made.review, folder / "share" / "review.xlsx")
    copied(made.large_review, folder / "share" / "large review.xlsx")
    copied(made.earlier_review, folder / "share" / "earlier review.xlsx")
    copied(made.key, folder / "key" / "key.xlsx")
    (folder / "panel").mkdir()
    (folder / "notes.txt").write_text("not a workbook", encoding="utf-8")
    (folder / "garbage.xlsx").write_bytes(b"PK\x03\x04 no workbook at all")
    (folder / "nothing.csv").write_bytes(b"")
    (folder / "letter.docx").write_bytes(b"PK\x03\x04 a letter")
    write_csv(folder / "headings only.csv", [])
    return folder


CANCELLED: list[tuple[str | None, str, tuple[object, ...]]] = [
    (None, "new", ()),
    (None, "new", ("other.xlsx",)),
    ("work/empty.xlsx", "import", ()),
    ("work/imported.xlsx", "import", ("../export.csv",)),
    ("work/decided.xlsx", "pseudonymise", ()),
    ("work/decided.xlsx", "pseudonymise", ("share/new.xlsx",)),
    ("work/decided.xlsx", "pseudonymise", ("share/new.xlsx", "key/new key.xlsx")),
    ("work/decided.xlsx", "pseudonymise", ("share/new.xlsx", "key/new key.xlsx", NO)),
    ("work/decided.xlsx", "pseudonymise", ("share/new.xlsx", "key/new key.xlsx", NO, NO)),
    ("work/decided.xlsx", "pseudonymise", ("share/new.xlsx", "key/new key.xlsx", NO, NO, PASSPHRASE)),
    ("share/review.xlsx", "lookup", ()),
    ("share/review.xlsx", "screen", ()),
    ("share/review.xlsx", "screen", ("key/key.xlsx",)),
    ("share/review.xlsx", "release", ("key/key.xlsx",)),
    ("share/review.xlsx", "release", ("key/key.xlsx", "panel")),
    ("share/large review.xlsx", "publish", ()),
    ("share/large review.xlsx", "publish", ("published.xlsx",)),
    ("share/large review.xlsx", "compare", ()),
    ("share/large review.xlsx", "compare", ("share/earlier review.xlsx",)),
    ("share/large review.xlsx", "compare", ("share/earlier review.xlsx", NO)),
    ("share/large review.xlsx", "briefing", ("panel/briefing.docx",)),
    ("share/large review.xlsx", "second-read", ()),
    (None, "key", ()),
    (None, "demo", ()),
]


@pytest.mark.campaign
@pytest.mark.parametrize(("workbook", "action", "answers"), CANCELLED)
def test_cancel_at_any_question_changes_nothing_and_makes_nothing(
    desk: Desk, place: Path, workbook: str | None, action: str, answers: tuple[object, ...]
) -> None:
    """Guide: what is missing is asked in a window; Cancel changes nothing."""
    given = [place / one if isinstance(one, str) and one not in (YES, NO, PASSPHRASE) else one for one in answers]
    there = {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name}
    told = desk.click(place / workbook if workbook else None, action, *given, Stopped)
    assert told.refused, told.text
    assert told.left == 0, "the question was asked"
    assert {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name} == there


@pytest.mark.parametrize(
    "name", ["dip-sample", "sample.docx", "sample.xls", "no such folder/sample.xlsx", "work/empty.xlsx", "work"]
)
def test_a_new_workbook_needs_a_free_name_that_ends_in_xlsx(desk: Desk, place: Path, name: str) -> None:
    """Guide: choose a name that is free and ends in .xlsx, in a folder that exists."""
    there = sorted(place.rglob("*.x*"))
    with unchanged(place / "work" / "empty.xlsx"):
        told = desk.click(None, "new", place / name, NO)
    assert told.refused, told.text
    assert [one for one in sorted(place.rglob("*.x*")) if ".~lock" not in one.name] == [
        one for one in there if ".~lock" not in one.name
    ]


@pytest.mark.parametrize("name", ["garbage.xlsx", "notes.txt", "nowhere.xlsx", "key/key.xlsx"])
def test_a_new_sample_does_not_begin_like_what_is_no_sample(desk: Desk, place: Path, name: str) -> None:
    """One sentence; the new workbook is not there, or it could not be tried again under its name."""
    told = desk.click(None, "new", place / "like.xlsx", YES, place / name)
    assert told.refused, told.text
    assert not (place / "like.xlsx").exists()


@pytest.mark.parametrize(
    "name",
    ["work/empty.xlsx", "garbage.xlsx", "nothing.csv", "headings only.csv", "letter.docx", "notes.txt", "work",
     "no.csv", "key/key.xlsx"],
)  # fmt: skip
def test_what_is_no_export_is_said_in_a_sentence_and_the_list_stays_empty(desk: Desk, place: Path, name: str) -> None:
    """Guide: damaged, or not what its name says: export it again. Nothing was changed."""
    with unchanged(place / "work" / "empty.xlsx"):
        told = desk.click(place / "work" / "empty.xlsx", "import", place / name)
    assert told.refused, told.text


@pytest.mark.campaign
def test_an_export_in_a_folder_with_spaces_accents_and_brackets_is_imported(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """A path is a path: nothing about it is said, and the list is there."""
    folder = tmp_path / "Children's Services – Größe & Señor [2026] #1, 100%"
    folder.mkdir()
    working = copied(made.empty, folder / "my dip's sample.xlsx")
    export = write_csv(folder / "export; März.csv", [row(1), row(2)])
    told = desk.click(working, "import", export)
    assert told.done, told.text
    assert len(table(working, "LongList")) == 2


BAD_PLACES: dict[str, Callable[[Path], tuple[Path, Path]]] = {
    "the working workbook as the review workbook": lambda at: (at / "work/decided.xlsx", at / "key/k.xlsx"),
    "the working workbook as the key": lambda at: (at / "share2/r.xlsx", at / "work/decided.xlsx"),
    "one file for both": lambda at: (at / "share2/r.xlsx", at / "share2/r.xlsx"),
    "the key beside the review workbook": lambda at: (at / "share2/r.xlsx", at / "share2/k.xlsx"),
    "the key below it": lambda at: (at / "share2/r.xlsx", at / "share2/deep/k.xlsx"),
    "the review workbook beside the working one": lambda at: (at / "work/r.xlsx", at / "key/k.xlsx"),
    "no workbook": lambda at: (at / "share2/r.docx", at / "key/k.xlsx"),
    "a folder that is not there": lambda at: (at / "no/r.xlsx", at / "key/k.xlsx"),
    "another sample's review workbook": lambda at: (at / "share/large review.xlsx", at / "key/k.xlsx"),
    "a file that is no key": lambda at: (at / "share2/r.xlsx", at / "garbage.xlsx"),
}


@pytest.mark.campaign
@pytest.mark.parametrize("which", BAD_PLACES)
def test_no_sample_is_pseudonymised_to_a_place_where_it_may_not_lie(desk: Desk, place: Path, which: str) -> None:
    """Guide: key, reading list and working workbook may not lie in or below the review workbook's folder."""
    (place / "share2" / "deep").mkdir(parents=True, exist_ok=True)
    review, key = BAD_PLACES[which](place)
    there = {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name}
    told = desk.click(
        place / "work" / "decided.xlsx", "pseudonymise", review, key, NO, NO, PASSPHRASE, PASSPHRASE, PASSPHRASE
    )
    assert told.refused, told.text
    assert {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name} == there


@pytest.mark.campaign
def test_a_new_passphrase_that_is_short_easy_or_mistyped_is_asked_for_again_and_then_taken(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """Guide: one that is too short, too easy or mistyped is asked for again."""
    working = copied(made.decided, tmp_path / "work" / "w.xlsx")
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    given = ("", "short", "aaaaaaaaaaaaaaaaaaaa", PASSPHRASE, PASSPHRASE.upper(), PASSPHRASE, PASSPHRASE)
    told = desk.click(working, "pseudonymise", tmp_path / "share/r.xlsx", tmp_path / "key/k.xlsx", NO, NO, *given)
    assert told.done, told.text
    assert told.left == 0
    assert (tmp_path / "share/r.xlsx").is_file()
    assert not any(one in told.text for one in given if len(one) > 5)


@pytest.mark.campaign
def test_a_wrong_passphrase_three_times_and_then_the_right_one(desk: Desk, place: Path) -> None:
    """Guide: the passphrase is wrong: try again. Nothing is locked, and the right one opens the key."""
    unique_id = str(table(place / "share" / "review.xlsx", "Review")["Unique ID"].iloc[0])
    with unchanged(place / "key" / "key.xlsx"):
        for wrong in (READING, f"{PASSPHRASE} ", PASSPHRASE.upper()):
            told = desk.click(place / "share" / "review.xlsx", "lookup", place / "key" / "key.xlsx", unique_id, wrong)
            assert told.refused or "Synthetic Number" in told.text, told.text
            assert PASSPHRASE not in told.text
        told = desk.click(place / "share" / "review.xlsx", "lookup", place / "key" / "key.xlsx", unique_id, PASSPHRASE)
    assert "Synthetic Number" in told.text


@pytest.mark.parametrize("given", ["", "   ", "nobody", LONG, "=1+1", "99999999"])
def test_an_id_that_is_none_is_said_and_nobody_is_named(desk: Desk, place: Path, given: str) -> None:
    """Guide: the ID is mistyped or belongs to another sample, or the case is in no sample."""
    with unchanged(place / "key" / "key.xlsx"):
        told = desk.click(place / "share" / "review.xlsx", "lookup", place / "key" / "key.xlsx", given, PASSPHRASE)
    assert told.refused, told.text
    assert "Synthetic Number" not in told.text
    assert len(told.text) < 700, "a sentence, not the whole of what was typed"


@pytest.mark.campaign
def test_an_id_in_small_letters_with_spaces_around_it_is_found(desk: Desk, place: Path) -> None:
    """What a person types from paper: capitals and spaces are no mistake."""
    unique_id = str(table(place / "share" / "review.xlsx", "Review")["Unique ID"].iloc[0])
    asked = f"  {unique_id.lower()} "
    told = desk.click(place / "share" / "review.xlsx", "lookup", place / "key" / "key.xlsx", asked, PASSPHRASE)
    assert "Synthetic Number" in told.text


@pytest.mark.campaign
@pytest.mark.parametrize("given", ["Atlantis", LONG, "=cmd|' /C calc'!A0", "Westminster and Kensington"])
def test_an_authority_of_which_nothing_is_published_is_refused(desk: Desk, place: Path, given: str) -> None:
    """Guide: it refuses an authority of which nothing is published, and names those spelt alike."""
    path = place / "share" / "large review.xlsx"
    with unchanged(path):
        told = desk.click(path, "compare", place / "share" / "earlier review.xlsx", NO, given, NO)
    assert told.refused, told.text
    assert len(told.text) < 700


@pytest.mark.parametrize(
    ("action", "name", "after"),
    [
        ("publish", "published.csv", ([],)),
        ("publish", "share/large review.xlsx", ([],)),
        ("publish", "no folder/published.xlsx", ([],)),
        ("briefing", "panel/briefing.pdf", (NO,)),
        ("briefing", "letter.docx", (NO,)),
        ("briefing", "work/briefing.docx", (NO,)),
        ("briefing", "no folder/briefing.docx", (NO,)),
    ],
)
def test_a_document_is_not_written_where_it_may_not_be(
    desk: Desk, place: Path, action: str, name: str, after: tuple[object, ...]
) -> None:
    """Guide: the name has the wrong ending, or is there already, or the folder holds a working workbook."""
    there = {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name}
    told = desk.click(place / "share" / "large review.xlsx", action, place / name, *after)
    assert told.refused, told.text
    assert {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name} == there


@pytest.mark.campaign
@pytest.mark.parametrize("folder", ["share", ".", "key", "work", "nowhere", "notes.txt"])
def test_the_panels_copy_is_not_written_to_a_folder_where_it_may_not_lie(desk: Desk, place: Path, folder: str) -> None:
    """Guide: FOLDER is the review workbook's or one above it, holds the key or a working workbook, or is not there."""
    there = {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name}
    told = desk.click(
        place / "share" / "review.xlsx", "release", place / "key" / "key.xlsx", place / folder, PASSPHRASE
    )
    assert told.refused, told.text
    assert {one: one.read_bytes() for one in place.rglob("*") if one.is_file() and ".~lock" not in one.name} == there


@pytest.mark.parametrize("name", ["share/review.xlsx", "notes.txt", "garbage.xlsx", "work/decided.xlsx"])
def test_what_is_no_key_is_said(desk: Desk, place: Path, name: str) -> None:
    """One sentence, before or after the passphrase; nothing is changed."""
    with unchanged(place / "share" / "review.xlsx"):
        told = desk.click(place / "share" / "review.xlsx", "screen", place / name, PASSPHRASE)
    assert told.refused, told.text
    if name == "share/review.xlsx":
        assert "review.xlsx was chosen for two things" in told.text


@pytest.mark.campaign
def test_an_example_is_not_made_in_a_folder_with_other_files(desk: Desk, place: Path) -> None:
    """Guide: the folder holds other files: name an empty one."""
    told = desk.click(None, "demo", place / "work")
    assert told.refused, told.text
    told = desk.click(None, "demo", place / "notes.txt")
    assert told.refused, told.text


def test_a_sample_of_fewer_than_six_is_not_published(desk: Desk, place: Path) -> None:
    """Guide: the sample has fewer than 6 cases: nothing is written."""
    told = desk.click(place / "share" / "review.xlsx", "publish", place / "small.xlsx", [])
    assert told.refused, told.text
    assert not (place / "small.xlsx").exists()


@pytest.mark.campaign
def test_undo_where_no_button_was_pressed_says_so(desk: Desk, place: Path) -> None:
    """Guide: there is nothing to undo here, because no button was pressed."""
    with unchanged(place / "work" / "narrowed.xlsx"):
        told = desk.click(place / "work" / "narrowed.xlsx", "restore")
    assert told.refused, told.text
