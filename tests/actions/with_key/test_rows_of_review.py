"""Rows of Review that somebody deleted, copied or gave another unique ID: told before any figure, never called safe."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.actions.sharing_places import Places, copied, made_once
from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pseudonymised sample of six; each test takes a copy."""
    folder = tmp_path_factory.mktemp("rows") / "all"
    folder.mkdir()
    made_once(folder)
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return copied(first, tmp_path, monkeypatch)


def rows(places: Places, *positions: int) -> list[str]:
    """Leave these rows in Review, in this order, as a person does; the unique IDs that were there."""
    was = []

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        was.extend(frame["Unique ID"])
        host.write_table("Review", frame.iloc[list(positions)].reset_index(drop=True))

    edit(places.review, fill)
    return was


def every_action(places: Places) -> list[tuple[int, str]]:
    """Status and sentence of everything that shows figures of Review."""
    beside = places.panel
    asked = (
        ("analyse", places.review),
        ("screen", places.review, "--key", places.key),
        ("release", places.review, "--key", places.key, "--to", beside),
        ("second-read", places.review, "--draw", beside / "second.xlsx"),
        ("compare", places.review, places.review.with_name("other.xlsx")),
        ("briefing", places.review, beside / "briefing.docx"),
        ("publish", places.review, beside / "publication.xlsx"),
    )
    return [(status, said) for status, _, said in (dipsample(*one) for one in asked)]


def start_says(places: Places) -> str:
    shown = openpyxl.load_workbook(places.review, data_only=True)["Start"]
    said = {shown.cell(at, 2).value: shown.cell(at, 3).value for at in range(1, shown.max_row + 1)}
    return str(said["Rows of Review"])


def test_a_copied_row_is_named_with_both_its_excel_rows_and_nothing_is_called_safe(places: Places) -> None:
    was = rows(places, *range(6), 2)
    before = places.review.read_bytes()
    for status, said in every_action(places):
        assert status == 2
        assert said.strip() == f"On Review, {was[2]} stands twice (Excel rows 8, 12): delete the copy."
    assert list(places.panel.iterdir()) == []
    assert places.review.read_bytes() == before
    assert start_says(places) == "6 given; missing: 0, twice: 1, with another unique ID: 0"


def test_a_deleted_row_is_named_before_any_figure_with_the_way_on(places: Places) -> None:
    was = rows(places, 0, 1, 3, 4, 5)
    for status, said in every_action(places):
        assert status == 2
        assert said.startswith(f"On Review, 1 row that Pseudonymise gave is missing ({was[2]}): put it back")
    assert start_says(places) == "6 given; missing: 1, twice: 0, with another unique ID: 0"


def test_a_mistyped_unique_id_is_told_with_the_missing_one_that_it_may_be(places: Places) -> None:
    was = places.type_in("x", column="Summary of harm", place=3)
    places.type_in(was[:-1], column="Unique ID", place=3)
    status, _, said = dipsample("analyse", places.review)
    assert status == 2
    assert said.strip() == (
        f"On Review, Excel row 9 (perhaps {was}, which is missing) has a unique ID that Pseudonymise never gave: put "
        "the right one there."
    )
    assert start_says(places) == "6 given; missing: 1, twice: 0, with another unique ID: 1"


def test_a_name_that_somebody_typed_as_unique_id_is_not_repeated(places: Places) -> None:
    for place in (1, 2):
        places.type_in("Zqforebn Zqsurbm", column="Unique ID", place=place)
    for status, said in every_action(places):
        assert status == 2
        assert "zqfore" not in said.casefold()


def test_sorting_review_is_no_change(places: Places) -> None:
    rows(places, 5, 3, 1, 0, 2, 4)
    assert dipsample("analyse", places.review)[0] == 0
    assert start_says(places) == "6 given, all there"


def test_a_row_that_was_removed_on_purpose_stands_there_with_its_reason_and_leaves_on_the_funnel(
    places: Places,
) -> None:
    was = rows(places, 0, 1, 3, 4, 5)

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[5, ["Unique ID", "In sample?", "Reason if not in sample", "Reviewer"]] = [was[2], "No", "Other", "AB"]
        host.write_table("Review", frame.where(frame.notna(), None))

    edit(places.review, fill)
    assert dipsample("analyse", places.review)[0] == 0
    shown = openpyxl.load_workbook(places.review, data_only=True)["Funnel"]
    stages = {shown.cell(at, 1).value: (shown.cell(at, 2).value, shown.cell(at, 3).value) for at in range(6, 20)}
    assert stages["Left during review"] == (1, 5)


def test_pseudonymise_puts_rows_back_and_says_what_it_mended(places: Places) -> None:
    was = rows(places, 0, 1, 3, 4, 5, 5)
    places.type_in("typed in the copy", place=5)
    book = openpyxl.load_workbook(places.review)
    book["Review"]["C40"] = "typed below the table"
    book.save(places.review)
    status, result, said = dipsample("pseudonymise", places.working, "--review", places.review, "--key", places.key)
    assert status == 0, said
    told = {one["code"]: one["text"] for one in result["messages"]}
    assert told["rows-put-back"].startswith("1 row was missing in Review and is there again")
    assert told["review-rows"].startswith(f"Before: On Review, {was[5]} stands twice (Excel rows 10, 11)")
    assert told["below-not-carried"].startswith("On Review, row 40 of the earlier review workbook")
    assert sorted(places.table("Review")["Unique ID"]) == sorted(was)
    assert "typed in the copy" in str(places.table("Review").to_numpy().tolist())
    assert "given-rows-remembered" not in told
    assert dipsample("analyse", places.review)[0] == 0


def test_words_below_review_are_said_by_every_action(places: Places) -> None:
    book = openpyxl.load_workbook(places.review)
    book["Review"]["B14"] = "a case typed below the table"
    book.save(places.review)
    for arguments in (
        ("analyse", places.review),
        ("release", places.review, "--key", places.key, "--to", places.panel),
    ):
        _, result, _ = dipsample(*arguments)
        told = [(one["sheet"], one["row"]) for one in result["messages"] if one["code"] == "below-table"]
        assert told == [("Review", 14)]


def test_an_earlier_sample_with_copied_rows_is_not_compared(places: Places, first: Path, tmp_path: Path) -> None:
    rows(places, *range(6), 0)
    earlier = places.review.with_name("earlier.xlsx")
    places.review.rename(earlier)
    places.review.write_bytes((first / "share" / "review.xlsx").read_bytes())
    edit(earlier, lambda host: host.write_value("sample_id", "another"))
    status, _, said = dipsample("compare", places.review, earlier)
    assert status == 2
    assert said.startswith("On Review of earlier.xlsx, DS-")


def test_a_review_workbook_without_the_record_says_nothing_until_pseudonymise_and_then_once(places: Places) -> None:
    edit(places.review, lambda host: host.write_table("GivenRows", host.read_table("GivenRows").iloc[:0]))
    rows(places, 0, 1, 2)
    assert dipsample("analyse", places.review)[0] == 0
    assert start_says(places) == "Not known: they are remembered from the next Pseudonymise on"
    said = []
    for _ in range(2):
        result = dipsample("pseudonymise", places.working, "--review", places.review, "--key", places.key)[1]
        said.append([one["code"] for one in result["messages"]].count("given-rows-remembered"))
    assert said == [1, 0]
    assert len(places.table("Review")) == 6


def test_the_record_in_the_shared_workbook_is_unique_ids_and_nothing_else(places: Places) -> None:
    """A mark of words would confirm a name to whoever guesses it; values before stand in the working workbook alone."""
    given = table(places.review, "GivenRows")
    assert list(given.columns) == spec.table("review", "GivenRows").headings == ["Unique ID"]
    assert given["Unique ID"].tolist() == places.table("Review")["Unique ID"].tolist()
    ours = {"ImportedRows", "WhatChanged", "LastRun"}
    assert ours & set(FileHost.open(places.review, None, read_only=True).tables()) == set()  # type: ignore[arg-type]
    assert ours <= set(FileHost.open(places.working, None, read_only=True).tables())  # type: ignore[arg-type]
    status, _, said = places.release()
    assert status == 0, said
    [copy] = places.panel.iterdir()
    assert "GivenRows" not in FileHost.open(copy, None, read_only=True).tables()  # type: ignore[arg-type]


def test_a_deleted_setting_of_the_review_workbook_is_refused(places: Places) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Criteria")
        host.write_table("Criteria", frame[frame["Setting"] != "Unit"].reset_index(drop=True))

    edit(places.review, fill)
    for status, said in every_action(places):
        assert status == 2
        assert said.startswith("On Criteria, the row of Unit is missing")
        assert "press Pseudonymise again" in said
