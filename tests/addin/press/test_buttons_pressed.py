"""One press of each button, from the ribbon's command to the workbook, in a live spreadsheet program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.typing_in import include_all
from tests.actions.workbooks import (
    PASSPHRASE,
    READING,
    SECOND,
    dipsample,
    row,
    table,
    working_workbook,
    write_csv,
)  # fmt: skip
from tests.addin.press.pressing import press
from tests.domain.publication.published_reviews import funnel_of, review_of
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press.questions import NO, OTHER, SAME, YES
from xl_dipsample.workbook.build.build import build

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working workbook of four synthetic cases, one of them too young; narrowed, and every case included."""
    folder = tmp_path_factory.mktemp("made")
    rows = [row(number) for number in range(1, 5)]
    rows[2]["DOB"] = "02/03/2019"
    working = working_workbook(folder, rows)
    shutil.copy(working, folder / "imported.xlsx")
    assert dipsample("narrow", working)[0] == 1
    include_all(working)
    assert dipsample("narrow", working)[0] == 0
    return folder


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "computer")


def opened(app: xw.App, path: Path, at: Path) -> Path:
    """A copy of a workbook in a folder of its own, open on screen."""
    at.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, at)
    app.books.open(str(at))
    return at


def test_new(calc: xw.App, tmp_path: Path, windows: SimulatedWindows) -> None:
    path = tmp_path / "sample.xlsx"
    calc.books.add()  # on an Excel without any workbook xlwings finds no window
    shown, person = press(calc, "new", windows, path, NO)
    assert "New dip-sample: done." in shown
    assert str(path) in shown
    assert person.proposed == [(None, "dip-sample.xlsx"), (NO, YES)]
    assert calc.books.active.name == "sample.xlsx"


def test_import(calc: xw.App, tmp_path: Path, windows: SimulatedWindows) -> None:
    working = tmp_path / "working.xlsx"
    assert dipsample("new", working)[0] == 0
    export = write_csv(tmp_path / "export.csv", [row(1), row(2)])
    calc.books.open(str(working))
    shown, person = press(calc, "import", windows, export)
    assert "Import long list: done" in shown
    assert "Next: Check long list." in shown
    assert person.proposed == [tmp_path]  # the folder of the workbook
    assert list(calc.books.active.sheets["Long list"].tables["LongList"].data_body_range.columns[0].value) == [1, 2]
    assert len(table(working, "LongList")) == 2  # saved


@pytest.mark.parametrize("action", ["check", "narrow"])
def test_check_and_narrow_ask_nothing(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows, action: str
) -> None:
    path = opened(calc, made / "imported.xlsx", tmp_path / "working.xlsx")
    shown, person = press(calc, action, windows)
    assert person.asked == []
    label = registry.action(action).label
    assert shown.startswith(f"{label}: done")
    assert "Next: " in shown
    assert len(table(path, "DataChecks" if action == "check" else "ExclusionLog")) > 0
    assert calc.books.active.name == "working.xlsx"


def test_pseudonymise_then_again_with_the_places_of_the_last_time_then_who_is_this(
    calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    working = opened(calc, made / "working.xlsx", tmp_path / "work" / "working.xlsx")
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    review, key, reading = tmp_path / "share/review.xlsx", tmp_path / "key/key.xlsx", tmp_path / "key/reading list.xlsx"
    passphrases = (PASSPHRASE, PASSPHRASE, SECOND, SECOND, READING, READING)
    shown, person = press(calc, "pseudonymise", windows, review, key, YES, reading, YES, *passphrases)
    assert "Pseudonymise: done" in shown, shown
    assert str(review) in shown
    for path in (review, key, reading):
        assert path.is_file()
    assert calc.books.active.name == "review.xlsx"  # opened afterwards; the working workbook is open still
    assert len(table(review, "Review")) == 3
    offered = [one for one in person.proposed if isinstance(one, str) and one.count("-") == 5]
    assert offered, "a new passphrase comes with one to take"
    calc.books["working.xlsx"].activate()
    calc.books["review.xlsx"].close()
    shown, person = press(calc, "pseudonymise", windows, SAME, PASSPHRASE, READING)
    assert "Pseudonymise: done" in shown, shown
    assert str(key) in person.asked[0]
    # who is this?
    unique_id = str(table(review, "Review")["Unique ID"].iloc[0])
    book = calc.books["review.xlsx"]
    book.activate()
    sheet = book.sheets["Review"]
    sheet.activate()
    sheet.tables["Review"].data_body_range[0, 0].select()
    before = review.read_bytes()
    shown, person = press(calc, "lookup", windows, SAME, unique_id, PASSPHRASE)
    assert "Synthetic Number" in shown
    assert unique_id in shown
    assert person.proposed[1] == unique_id
    assert shown.count("---") == 0  # one message
    assert review.read_bytes() == before
    told = (windows.local_data() / "places.json").read_text(encoding="utf-8")
    assert "Synthetic" not in told
    assert unique_id not in told
    del working


def test_the_places_can_be_chosen_anew(calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows) -> None:
    opened(calc, made / "working.xlsx", tmp_path / "work" / "working.xlsx")
    for name in ("share", "key", "share2"):
        (tmp_path / name).mkdir()
    places = (tmp_path / "share" / "review.xlsx", tmp_path / "key" / "key.xlsx", NO)
    press(calc, "pseudonymise", windows, *places, NO, PASSPHRASE, PASSPHRASE)
    calc.books["working.xlsx"].activate()
    other = tmp_path / "share2" / "review.xlsx"
    _, person = press(calc, "pseudonymise", windows, OTHER, other, places[1], NO, NO, PASSPHRASE)
    assert other.is_file()
    assert person.proposed[1] == (tmp_path / "share", "review.xlsx")


@pytest.fixture(scope="module")
def reviewed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the key, and below it the folder of the review workbook."""
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "share").mkdir()
    (folder / "key").mkdir()
    copy = Path(shutil.copy(made / "working.xlsx", folder / "working.xlsx"))
    (folder / "pass.txt").write_text(PASSPHRASE, encoding="utf-8")
    done = dipsample(
        "pseudonymise", copy, "--review", folder / "share" / "review.xlsx", "--key", folder / "key" / "key.xlsx",
        "--passphrase-file", folder / "pass.txt",
    )  # fmt: skip
    assert done[0] == 0, done
    return folder


def test_analyse(calc: xw.App, reviewed: Path, tmp_path: Path, windows: SimulatedWindows) -> None:
    review = opened(calc, reviewed / "share" / "review.xlsx", tmp_path / "share" / "review.xlsx")
    shown, person = press(calc, "analyse", windows)
    assert shown.startswith("Refresh analysis: done"), shown
    assert person.asked == []
    assert len(table(review, "Harms")) == 3


def test_check_text_for_names_lists_what_it_found_beside_the_key_and_opens_the_list(
    calc: xw.App, reviewed: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    review = opened(calc, reviewed / "share" / "review.xlsx", tmp_path / "share" / "review.xlsx")
    key = tmp_path / "key" / "key.xlsx"
    key.parent.mkdir()
    shutil.copy(reviewed / "key" / "key.xlsx", key)
    sheet = calc.books.active.sheets["Review"]
    body = sheet.tables["Review"].data_body_range
    summary = sheet.tables["Review"].header_row_range.value.index("Summary of harm")
    body[0, summary].value = "Synthetic Number1 was seen with others"
    shown, _ = press(calc, "screen", windows, key, PASSPHRASE)
    assert shown.startswith("Check text for names: done"), shown
    assert "Number1" not in shown
    assert calc.books.active.name == "review text check.xlsx"
    assert [file.name for file in review.parent.glob("[!.]*")] == ["review.xlsx"]  # and LibreOffice's lock


def test_check_before_sharing_writes_the_panels_copy(
    calc: xw.App, reviewed: Path, tmp_path: Path, windows: SimulatedWindows
) -> None:
    opened(calc, reviewed / "share" / "review.xlsx", tmp_path / "share" / "review.xlsx")
    for name in ("key", "panel"):
        (tmp_path / name).mkdir()
    key = Path(shutil.copy(reviewed / "key" / "key.xlsx", tmp_path / "key" / "key.xlsx"))
    shown, _ = press(calc, "release", windows, key, tmp_path / "panel", PASSPHRASE)
    assert shown.startswith("Check before sharing: done"), shown
    assert len(list((tmp_path / "panel").glob("review release *.xlsx"))) == 1


def test_a_publication_copy_is_made(calc: xw.App, tmp_path: Path, windows: SimulatedWindows) -> None:
    tables = {"Review": review_of(60, 5, left=2), "Funnel": funnel_of(60, 2, ("Case check", 3))}
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables, {"sample_id": "S-1"}))
    calc.books.open(str(path))
    out = tmp_path / "publication.xlsx"
    shown, _ = press(calc, "publish", windows, out, [])
    assert shown.startswith("Publication copy: done"), shown
    assert out.is_file()


def test_earlier_samples_are_put_beside_this_one_and_a_briefing_is_made(
    calc: xw.App, tmp_path: Path, windows: SimulatedWindows
) -> None:
    (tmp_path / "share").mkdir()
    paths = [tmp_path / "share" / name for name in ("review.xlsx", "review 2025.xlsx", "review 2024.xlsx")]
    for number, path in enumerate(paths):
        tables = {"Review": review_of(40, 5 + number), "Funnel": funnel_of(40, 0, ("Case check", 3))}
        path.write_bytes(build("review", tables, {"sample_id": f"S-{number}", "sample_name": f"Sample {number}"}))
    calc.books.open(str(paths[0]))
    shown, person = press(calc, "compare", windows, paths[1], YES, paths[2], NO, "", NO)
    assert shown.startswith("Compare samples: done"), shown
    assert len(person.asked) == 6, "two files, whether there are more, the authority, the key"
    assert len(table(paths[0], "Samples")) == 3
    assert len(table(paths[0], "Compare")) > 20
    assert [one.name for one in calc.books] == ["review.xlsx"]
    document = tmp_path / "share" / "briefing.docx"
    shown, _ = press(calc, "briefing", windows, document, NO)
    assert shown.startswith("Make briefing: done"), shown
    assert "ames not checked" in shown
    assert document.is_file()


def test_undo(calc: xw.App, made: Path, tmp_path: Path, windows: SimulatedWindows) -> None:
    path = opened(calc, made / "imported.xlsx", tmp_path / "working.xlsx")
    press(calc, "narrow", windows)
    assert len(table(path, "CaseCheck")) == 3
    shown, _ = press(calc, "restore", windows)
    assert "Undo last step: done" in shown, shown
    assert len(table(path, "CaseCheck")) == 0


def test_the_example_opens_its_review_workbook_and_leaves_what_was_open(
    calc: xw.App, tmp_path: Path, windows: SimulatedWindows
) -> None:
    calc.books.add()
    folder = tmp_path / "example"
    shown, _ = press(calc, "demo", windows, folder)
    assert "Try an example: done." in shown
    assert "The key opens with:" in shown
    assert calc.books.active.name == "review.xlsx"
    assert len(calc.books) == 2


def test_help_me(calc: xw.App, windows: SimulatedWindows) -> None:
    calc.books.add()
    shown, person = press(calc, "doctor", windows)
    assert shown.startswith("Help me: done")
    assert person.asked == []
    assert len(shown.splitlines()) < 30


def test_every_button_has_a_press_in_a_test() -> None:
    sources = [one.read_text(encoding="utf-8") for one in Path(__file__).parents[2].rglob("test_*.py")]
    pressed = {action for source in sources for action in re.findall(r'\bpress\(calc, "([a-z-]+)"', source)}
    pressed |= {"check"}  # by test_check_and_narrow_ask_nothing
    assert {one.id for one in registry.ACTIONS if one.button} == pressed
