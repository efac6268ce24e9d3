"""Clicks on a workbook that is not meant: another program's, a copy for others, last year's, one never saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from tests.actions.workbooks import PASSPHRASE, dipsample, table
from tests.clicks.clicking import Desk, copied, unchanged
from tests.clicks.conftest import VERSIONS, Made
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.questions import NO, YES

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def others(made: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Workbooks on which no button of the work is meant to work."""
    folder = tmp_path_factory.mktemp("others")
    book = openpyxl.Workbook()
    book.active["A1"] = "Budget"
    book.save(folder / "budget.xlsx")
    sheet = book.active
    for number, heading in enumerate(("Review", "Stars"), 1):
        sheet.cell(3, number, heading)
        sheet.cell(4, number, "three")
    sheet.title = "Review"
    sheet.add_table(Table(displayName="Review", ref="A3:B4"))
    book.save(folder / "restaurants.xlsx")
    for name in ("panel", "all"):
        (folder / name).mkdir()
    review, key = copied(made.review, folder / "share" / "review.xlsx"), copied(made.key, folder / "key" / "key.xlsx")
    passphrase = ("--passphrase-file", made.folder / "pass.txt")
    done = dipsample("release", review, "--key", key, "--to", folder / "panel", *passphrase)
    assert done[0] < 2, done
    done = dipsample("publish", made.large_review, folder / "all" / "published.xlsx")
    assert done[0] < 2, done
    return {
        "budget": folder / "budget.xlsx",
        "restaurants": folder / "restaurants.xlsx",
        "release": next((folder / "panel").glob("*.xlsx")),
        "published": folder / "all" / "published.xlsx",
        "second": copied(VERSIONS / "5" / "second reader.xlsx", folder / "second reader.xlsx"),
    }


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        *[("budget", one) for one in ("import", "pseudonymise", "restore", "tick", "briefing")],
        *[("restaurants", one) for one in ("analyse", "release", "tick")],
        *[("release", one) for one in ("screen", "release", "analyse", "restore", "publish")],
        *[("published", one) for one in ("check", "publish", "compare")],
        *[("second", one) for one in ("second-read", "analyse", "restore", "tick", "screen")],
    ],
)
def test_on_a_workbook_that_is_not_meant_a_button_says_so_before_it_asks(
    desk: Desk, others: dict[str, Path], kind: str, action: str
) -> None:
    """Guide: a button that cannot work now says why, and what to press first; nothing is changed."""
    with unchanged(others[kind]):
        told = desk.click(others[kind], action)
    assert told.refused, told.text
    assert told.asked == ()
    assert others[kind].stem in told.text or "workbook" in told.text


def test_on_a_workbook_that_was_never_saved_check_says_what_to_do(desk: Desk) -> None:
    """It is none of ours: one sentence, no question."""
    desk.app.books.add()
    told = desk.click(None, "check")
    assert told.refused, told.text
    assert told.asked == ()


def test_a_csv_that_was_opened_by_double_click_is_no_workbook_to_import_into(desk: Desk, made: Made) -> None:
    """Guide: open a working workbook, and import the .csv there; nothing happens to the export."""
    with unchanged(made.export):
        told = desk.click(made.export, "import")
    assert told.refused, told.text
    assert told.asked == ()


@pytest.mark.campaign
def test_a_working_workbook_beside_the_review_workbook_is_told_with_each_step(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """Guide: every step says it, until one of them is moved."""
    copied(made.review, tmp_path / "share" / "review.xlsx")
    working = copied(made.decided, tmp_path / "share" / "names by mistake.xlsx")
    told = desk.click(working, "check")
    assert "names by mistake.xlsx, which names children, lies review.xlsx" in told.text
    assert "needs you" in told.text


@pytest.mark.campaign
def test_a_renamed_workbook_goes_on_and_undo_says_that_its_copies_are_missing(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """Guide: there is nothing to undo, because the workbook was renamed without its copies."""
    first = copied(made.imported, tmp_path / "work" / "sample.xlsx")
    assert desk.click(first, "check").done
    desk.app.books["sample.xlsx"].close()
    second = first.rename(first.with_name("sample (final), 2nd – José.xlsx"))
    with unchanged(second):
        told = desk.click(second, "restore")
    assert told.refused, told.text
    assert desk.click(second, "check").done


@pytest.mark.campaign
def test_a_workbook_that_was_saved_under_another_name_on_screen_is_worked_on_under_its_new_name(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """Save As: the button works on the workbook in front, and the earlier file stays as it was."""
    first = copied(made.imported, tmp_path / "before.xlsx")
    desk.open(first).save(str(tmp_path / "after.xlsx"))
    with unchanged(first):
        told = desk.click(None, "check")
    assert told.done, told.text
    assert len(table(tmp_path / "after.xlsx", "DataChecks")) > 0


@pytest.mark.parametrize("name", ["working", "review"])
def test_no_to_renewing_last_years_workbook_changes_nothing(desk: Desk, tmp_path: Path, name: str) -> None:
    """Guide: a workbook of an earlier version is renewed after you have said yes."""
    path = copied(VERSIONS / "2" / f"{name}.xlsx", tmp_path / f"last year {name}.xlsx")
    with unchanged(path):
        told = desk.click(path, {"working": "check", "review": "analyse"}[name], lambda choices: choices[-1])
    assert told.refused, told.text
    assert len(told.asked) == 1
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith(".")] == [path.name]


def test_closing_the_question_whether_to_renew_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """Guide: Cancel changes nothing."""
    path = copied(VERSIONS / "4" / "working.xlsx", tmp_path / "cancelled.xlsx")
    with unchanged(path):
        told = desk.click(path, "narrow", Stopped)
    assert told.refused, told.text


@pytest.mark.campaign
def test_yes_renews_last_years_review_workbook_keeps_the_one_before_and_does_the_step(
    desk: Desk, tmp_path: Path
) -> None:
    """Guide: everything typed comes along; the one before is kept for Undo; the workbook is open again."""
    path = copied(VERSIONS / "3" / "review.xlsx", tmp_path / "share" / "last year.xlsx")
    before = table(VERSIONS / "3" / "review.xlsx", "Review")
    told = desk.click(path, "analyse", lambda choices: choices[0])
    assert desk.app.books.active.name == "last year.xlsx"
    after = table(path, "Review")
    assert list(after["Unique ID"]) == list(before["Unique ID"])
    assert list(after["Outcome"]) == list(before["Outcome"])
    assert told.done, told.text
    assert len(desk.click(path, "restore", Stopped).asked) == 1, "two copies: from before the step, and as it came"


def test_two_copies_of_one_sample_are_not_earlier_samples(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: it refuses a working workbook, a copy of this very sample, and changes nothing."""
    path = copied(made.large_review, tmp_path / "share" / "this one.xlsx")
    same = Path(shutil.copy(path, tmp_path / "share" / "copy.xlsx"))
    for answers in (
        (path, NO, "", NO),
        (same, NO, "", NO),
        (made.decided, NO, "", NO),
    ):
        with unchanged(path, same):
            told = desk.click(path, "compare", *answers)
        assert told.refused, (answers, told.text)


def test_an_earlier_sample_that_is_chosen_twice_counts_once(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: each earlier sample is compared once, however it was chosen."""
    path = copied(made.large_review, tmp_path / "share" / "this year.xlsx")
    earlier = copied(made.earlier_review, tmp_path / "share" / "the year before.xlsx")
    told = desk.click(path, "compare", earlier, YES, earlier, NO, "", NO)
    assert told.done, told.text
    assert len(table(path, "Samples")) == 2


@pytest.mark.campaign
def test_a_key_of_another_sample_opens_nothing_here(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: Review has unique IDs that the key does not know: one sentence, nothing changed."""
    path = copied(made.large_review, tmp_path / "share" / "other sample.xlsx")
    key = copied(made.key, tmp_path / "key" / "key.xlsx")
    (tmp_path / "panel").mkdir()
    with unchanged(path, key):
        told = desk.click(path, "screen", key, PASSPHRASE)
    assert told.refused, told.text
    with unchanged(path, key):
        told = desk.click(path, "briefing", tmp_path / "panel" / "briefing.docx", YES, key, PASSPHRASE)
    assert told.refused, told.text
    assert not list((tmp_path / "panel").iterdir())
