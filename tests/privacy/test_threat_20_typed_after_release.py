"""Threat 20, a name typed after the release: Start says "changed since", and the next action sees equal lengths too."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.actions import sharing_places
from tests.actions.sharing_places import NAME, Places
from tests.actions.typing_in import edit
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.sharing import last_check
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

SAFE, CHANGED = "Safe to share on ", "Changed since "


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of a sample that was found safe; each test takes a copy."""
    folder = tmp_path_factory.mktemp("released")
    with pytest.MonkeyPatch.context() as patch:
        sharing_places.with_passphrases(patch)
        made = sharing_places.made(folder)
        made.type_in("a quiet talk at school")
        assert made.release()[0] == 0
    return folder


@pytest.fixture
def places(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return sharing_places.copied(released, tmp_path, monkeypatch)


def start_says(path: Path) -> str:
    """What stands beside "Checked for sharing"."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Start"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return str(next(row[2] for row in rows if row[1] == "Checked for sharing"))


def test_start_says_when_it_was_safe(places: Places) -> None:
    assert start_says(places.review) == f"{SAFE}{places.value('checked_for_sharing')}"


@pytest.mark.parametrize(
    "column", [sharing_places.EXTRACT, "Summary of harm", "Reviewer", "Unique ID", "Age at time of contact"]
)
def test_start_says_that_something_was_typed_since(places: Places, column: str) -> None:
    places.type_in(f"{NAME} said so", column=column)
    assert start_says(places.review).startswith(CHANGED)


def test_a_row_that_was_added_or_removed_shows(places: Places) -> None:
    def fewer(host: FileHost) -> None:
        host.write_table("Review", host.read_table("Review").iloc[1:])

    edit(places.review, fewer)
    assert start_says(places.review).startswith(CHANGED)


def test_sorting_changes_nothing(places: Places) -> None:
    def turned(host: FileHost) -> None:
        host.write_table("Review", host.read_table("Review").iloc[::-1].reset_index(drop=True))

    edit(places.review, turned)
    assert start_says(places.review).startswith(SAFE)
    assert _host(places).kind == "review"
    assert last_check.changed_since(_host(places)) == ""


def test_an_edit_of_equal_length_is_seen_by_the_next_action_and_then_by_start(places: Places) -> None:
    places.type_in("a quiet talk at Zqfore")
    assert start_says(places.review).startswith(SAFE)  # what the formula cannot see

    told: list[Result] = []

    def next_action(host: FileHost) -> None:
        told.append(Result("analyse"))
        last_check.say_without_key(host, told[0])

    edit(places.review, next_action)
    assert "changed-since" in [one.code for one in told[0].messages]
    assert "names-not-checked" in [one.code for one in told[0].messages]
    assert start_says(places.review).startswith(CHANGED)
    assert "zqfore" not in repr(told[0]).casefold()


def test_checked_again_it_is_safe_again_or_not_safe(places: Places) -> None:
    places.type_in("a quiet talk at the park")
    assert places.release()[0] == 0
    assert start_says(places.review).startswith(SAFE)
    places.type_in(f"a quiet talk with {NAME}")
    assert places.release()[0] == 1
    assert start_says(places.review).startswith("Not safe on ")


def test_without_the_key_numbers_are_found_and_names_are_said_to_be_unchecked(places: Places) -> None:
    places.type_in(f"{NAME} rang from 07700 900123")
    result = Result("analyse")
    host = _host(places)
    found = last_check.say_without_key(host, result)
    assert [(one.sheet, one.row, one.rule) for one in found] == [("Review", 6, "phone")]
    assert any(one.text.startswith("Names not checked") for one in result.messages)


def test_the_marks_stay_in_the_review_workbook(places: Places) -> None:
    [copy] = places.panel.iterdir()
    assert "TextLengths" in _host(places).tables()
    data = copy.read_bytes()
    assert b"TextLengths" not in data
    book = openpyxl.load_workbook(copy)
    marks = set(places.table("TextLengths")["Text mark"])
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not marks & cells


def _host(places: Places) -> FileHost:
    return FileHost.open(places.review, None)  # type: ignore[arg-type]
