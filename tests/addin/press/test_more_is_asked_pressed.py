"""What no button asked before, pressed in a live spreadsheet program: each answer is seen in what was made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.typing_in import add_column, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook
from tests.addin.press.pressing import press
from tests.domain.publication.published_reviews import funnel_of, review_of
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press import questions
from xl_dipsample.addin.press.questions import NO, SAME, YES
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key.key_file import open_key
from xl_dipsample.workbook.build.build import build

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office
NEW = "anthem-boggle-crisp-devout-ember-fable"
(TASK,) = (dict(one.choices) for one in registry.action("key").arguments if one.field == "task")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Working workbook, key and review workbook of four synthetic cases."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("key", "share"):
        (folder / name).mkdir()
    working = working_workbook(folder / "work", [*map(row, range(1, 4)), row(4, DOB="15/06/2006")])
    dipsample("narrow", working)
    include_all(working)
    (folder / "pass.txt").write_text(PASSPHRASE, encoding="utf-8")
    done = dipsample(
        "pseudonymise", working, "--review", folder / "share" / "review.xlsx", "--key", folder / "key" / "key.xlsx",
        "--passphrase-file", folder / "pass.txt", "--no-second-keyholder",
    )  # fmt: skip
    assert done[0] == 0, done
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(made, tmp_path / "place"))


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "computer")


def beginning(words: str) -> Callable[[tuple[str, ...]], str]:
    """The choice that begins so."""
    return lambda choices: next(one for one in choices if one.startswith(words))


def test_a_new_sample_begins_like_an_earlier_one(
    calc: xw.App, place: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    earlier = next((place / "work").glob("*.xlsx"))
    set_cell(earlier, "Criteria", "Age cut-off", 14)
    calc.books.add()
    path = tmp_path / "next year.xlsx"
    shown, _ = press(calc, "new", windows, path, YES, earlier)
    assert shown.startswith("New dip-sample: done."), shown
    criteria = table(path, "Criteria").set_index("Setting")["Value"]
    assert criteria["Age cut-off"] == 14


def test_undo_goes_further_back_than_the_last_step_and_forward_again(
    calc: xw.App, place: Path, windows: SimulatedWindows
) -> None:
    path = next((place / "work").glob("*.xlsx"))
    calc.books.open(str(path))
    press(calc, "narrow", windows)
    shown, person = press(calc, "restore", windows, lambda copies: copies[2])
    assert "Undo last step: done" in shown, shown
    (copies,) = person.proposed
    assert isinstance(copies, tuple)
    assert copies[0].startswith("1: ")
    assert copies[0].endswith("before Narrow down: the last step")
    assert str(copies[2]).startswith("3: ")
    assert f"as it was before {str(copies[2]).split('before ')[1]}" in shown
    undone = {name: len(table(path, name)) for name in ("LongList", "CaseCheck", "ExclusionLog")}
    shown, person = press(calc, "restore", windows, beginning("1: "))
    assert "as it was before Undo last step" in shown
    assert {name: len(table(path, name)) for name in undone} != undone


def test_who_is_this_takes_a_case_id(calc: xw.App, place: Path, windows: SimulatedWindows) -> None:
    review = place / "share" / "review.xlsx"
    key = open_key(place / "key" / "key.xlsx", PASSPHRASE).book.key
    calc.books.open(str(review))
    shown, _ = press(calc, "lookup", windows, place / "key" / "key.xlsx", key["Case ID"].iloc[0], PASSPHRASE)
    assert str(key["Unique ID"].iloc[0]) in shown
    assert str(key["Name"].iloc[0]) not in shown
    assert str(key["Unique ID"].iloc[1]) not in shown


def test_the_key_gets_another_passphrase_is_verified_and_gets_a_second_keyholder(
    calc: xw.App, place: Path, windows: SimulatedWindows
) -> None:
    working, key = next((place / "work").glob("*.xlsx")), place / "key" / "key.xlsx"
    calc.books.open(str(working))
    before = audit.head(audit.log_path(working)).lines
    on_screen = f"{working.name}, which is open"
    shown, _ = press(
        calc, "key", windows, TASK["passphrase"], key, on_screen, "Delete them", PASSPHRASE, NEW, NEW,
    )  # fmt: skip
    assert shown.startswith("Look after the key: done"), shown
    assert len(open_key(key, NEW).book.key) == 4
    assert audit.head(audit.log_path(working)).lines == before + 1
    second = "walnut-sprout-ledge-ivory-crumb-hasty"
    shown, _ = press(calc, "key", windows, SAME, TASK["keyholder"], questions.NONE, NEW, second, second)
    assert "opens with the second keyholder's passphrase" in shown, shown
    shown, _ = press(calc, "key", windows, SAME, TASK["verify"], on_screen, YES, second, NEW)
    assert shown.startswith("Look after the key: done"), shown


def test_a_publication_copy_is_rounded_and_searched_with_the_key(
    calc: xw.App, tmp_path: Path, windows: SimulatedWindows
) -> None:
    tables = {"Review": review_of(60, 5, left=2), "Funnel": funnel_of(60, 2, ("Case check", 3))}
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables, {"sample_id": "S-1"}))
    calc.books.open(str(path))
    rounded, _ = (questions.tick_of(one) for one in registry.action("publish").arguments if questions.tick_of(one))
    shown, _ = press(calc, "publish", windows, tmp_path / "publication.xlsx", [rounded])
    assert "each rounded to the nearest 5" in shown, shown


def test_the_panels_copy_takes_peoples_own_columns_and_records_what_the_panel_may_see(
    calc: xw.App, place: Path, windows: SimulatedWindows
) -> None:
    review, panel = place / "share" / "review.xlsx", place / "panel"
    panel.mkdir()
    add_column(review, "Review", "Notes of ours")
    calc.books.open(str(review))
    shown, person = press(calc, "release", windows, place / "key" / "key.xlsx", panel, PASSPHRASE, YES, YES)
    assert "Check before sharing: done" in shown, shown
    assert "--accept-k" not in shown
    assert "1 column of people's own" in person.asked[-2]
    (copy,) = panel.glob("*.xlsx")
    assert "Notes of ours" in table(copy, "Review").columns
    assert "k accepted 1" in str(table(review, "Audit").tail(1).to_dict())


def test_who_says_no_to_rows_like_no_other_is_told_what_to_press_and_of_no_option(
    calc: xw.App, place: Path, windows: SimulatedWindows
) -> None:
    review, panel = place / "share" / "review.xlsx", place / "panel"
    panel.mkdir()
    calc.books.open(str(review))
    shown, person = press(calc, "release", windows, place / "key" / "key.xlsx", panel, PASSPHRASE, NO)
    assert "May the panel see this?" in person.asked[-1]
    assert "If the panel may see this, check again and answer Yes when that is asked" in shown, shown


def test_the_proposed_roles_are_offered_once_the_list_could_be_looked_at(
    calc: xw.App, place: Path, windows: SimulatedWindows
) -> None:
    review, key = place / "share" / "review.xlsx", place / "key" / "key.xlsx"
    calc.books.open(str(review))
    review_table = calc.books.active.sheets["Review"].tables["Review"]
    summary = review_table.header_row_range.value.index("Summary of harm")
    review_table.data_body_range[0, summary].value = "Synthetic Number1 was seen with others"
    _, person = press(calc, "screen", windows, key, PASSPHRASE)
    assert len(person.asked) == 2, person.asked
    calc.books["review text check.xlsx"].close()
    calc.books["review.xlsx"].activate()
    _, person = press(calc, "screen", windows, SAME, PASSPHRASE, YES)
    assert "no decision on the Text check list" in person.asked[-1]
    assert "Number1" not in str(table(review, "Review")["Summary of harm"].iloc[0])


def test_help_me_looks_at_the_log_of_the_working_workbook_on_screen(
    calc: xw.App, place: Path, windows: SimulatedWindows
) -> None:
    calc.books.open(str(next((place / "work").glob("*.xlsx"))))
    shown, person = press(calc, "doctor", windows)
    assert person.asked == []
    assert "audit log" in shown
