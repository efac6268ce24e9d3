"""What colleagues do to sheets: filters, hidden and renamed sheets, deleted rows, odd cells and initials."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.workbooks import PASSPHRASE, table
from tests.clicks.clicking import Desk, column_of, copied, day_of, typed, unchanged
from tests.clicks.conftest import Made

pytestmark = [pytest.mark.office, pytest.mark.campaign]  # a minute and more: make campaign


@pytest.fixture
def narrowed(made: Made, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A working workbook with undecided cases, under a name of its own."""
    return copied(made.narrowed, tmp_path / f"working {abs(hash(request.node.name)) % 10**8}.xlsx")


@pytest.fixture
def review(made: Made, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A review workbook, under a name of its own, and the key in a folder beside its own."""
    copied(made.key, tmp_path / "key" / "key.xlsx")
    (tmp_path / "panel").mkdir()
    return copied(made.review, tmp_path / "share" / f"review {abs(hash(request.node.name)) % 10**8}.xlsx")


def test_a_filter_a_hidden_sheet_and_a_sheet_of_ones_own_stay_and_hidden_rows_count(desk: Desk, narrowed: Path) -> None:
    """Guide: your filters, hidden columns and own columns stay; rows that a filter hides count like all others."""
    book = desk.open(narrowed)
    part = book.sheets["Long list"].tables["LongList"]
    part.autofilter.apply_values(part.header_row_range.value.index("Record") + 1, ["1"])
    book.sheets["Data checks"].visible = False
    book.sheets.add("My notes", after=book.sheets[-1])["B2"].value = "=1+1"
    before = len(table(narrowed, "LongList"))
    told = desk.click(narrowed, "check")
    assert told.done, told.text
    assert not book.sheets["Data checks"].visible
    assert part.data_body_range[1, 0].row_height == 0, "the filter is still there"
    assert "5 rows" in told.text or len(table(narrowed, "DataChecks")) > 0
    assert book.sheets["My notes"]["B2"].value == 2
    assert len(table(narrowed, "LongList")) == before


def test_a_row_of_long_list_that_was_deleted_by_hand_stops_narrow_until_it_is_explained(
    desk: Desk, narrowed: Path
) -> None:
    """Guide: rows that were imported and are no longer there stop it, and stand on What changed."""
    book = desk.open(narrowed)
    part = book.sheets["Long list"].tables["LongList"]
    part.data_body_range.rows[1].delete()
    told = desk.click(narrowed, "narrow")
    assert ": done." not in told.text.splitlines()[0], told.text
    assert "What changed" in told.text


def test_a_row_of_case_check_that_was_deleted_by_hand_comes_back_undecided(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """Every candidate stands on Case check after Narrow down; none is lost."""
    path = copied(made.decided, tmp_path / "row gone.xlsx")
    before = set(table(path, "CaseCheck")["Record"])
    desk.open(path).sheets["Case check"].tables["CaseCheck"].data_body_range.rows[0].delete()
    told = desk.click(path, "narrow")
    assert told.done, told.text
    cases = table(path, "CaseCheck")
    assert set(cases["Record"]) == before


def test_a_renamed_sheet_makes_no_difference(desk: Desk, narrowed: Path) -> None:
    """Guide: a table, sheet or column is gone: put it back under the name that the sentence gives."""
    book = desk.open(narrowed)
    book.sheets["Long list"].name = "Cases 2026"
    told = desk.click(narrowed, "check")
    assert told.done, told.text
    assert book.sheets["Cases 2026"].tables["LongList"]


def test_a_sheet_that_was_deleted_is_named(desk: Desk, narrowed: Path) -> None:
    """The same sentence: what is gone, and to put it back. (LibreOffice takes the sheet before's table along.)"""
    book = desk.open(narrowed)
    book.sheets["Case check"].delete()
    book.save()
    with unchanged(narrowed):
        told = desk.click(narrowed, "narrow")
    assert told.refused, told.text
    assert "is gone or has another name" in told.text
    assert "earlier copy" in told.text


def test_a_heading_that_was_typed_over_is_named(desk: Desk, narrowed: Path) -> None:
    """A column is gone: the sentence says which, and where."""
    book = desk.open(narrowed)
    part = book.sheets["Case check"].tables["CaseCheck"]
    part.header_row_range[0, part.header_row_range.value.index("Decision")].value = "Our decision"
    book.save()
    with unchanged(narrowed):
        told = desk.click(narrowed, "narrow")
    assert told.refused, told.text
    assert "Decision" in told.text


@pytest.mark.parametrize(
    ("sheet", "name", "setting", "value"),
    [
        ("Focus", "Focus", "Period from", "soon"),
        ("Focus", "Focus", "Period to", -5),
        ("Focus", "Focus", "Period is about", "the weather"),
        ("Criteria", "Criteria", "Age cut-off", "twelve"),
        ("Criteria", "Criteria", "Age cut-off", -1),
        ("Criteria", "Criteria", "Age cut-off", 12.5),
        ("Criteria", "Criteria", "Upper age", 3),
        ("Criteria", "Criteria", "Unit", "Household"),
        ("Criteria", "Criteria", "Keep", "x" * 5000),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_cell(
    desk: Desk, made: Made, tmp_path: Path, sheet: str, name: str, setting: str, value: object
) -> None:
    """Guide: a setting cannot be used: the sentence says which cell to change. Nothing was changed."""
    path = copied(made.narrowed, tmp_path / f"{setting} {abs(hash(str(value))) % 10**6}.xlsx")
    book = desk.open(path)
    at = column_of(book, sheet, name, "Setting").index(setting)
    typed(book, sheet, name, "Value", value, at)
    book.save()
    with unchanged(path):
        told = desk.click(path, "narrow")
    assert told.refused, told.text
    assert setting in told.text
    assert len(told.text) < 900
    book.close()


def test_the_ends_of_the_period_the_wrong_way_round_are_said(desk: Desk, narrowed: Path) -> None:
    """A setting cannot be used: the sentence names both."""
    book = desk.open(narrowed)
    settings = column_of(book, "Focus", "Focus", "Setting")
    for setting, day in (("Period from", day_of(2026, 3, 31)), ("Period to", day_of(2025, 9, 1))):
        typed(book, "Focus", "Focus", "Value", day, settings.index(setting))
    book.save()
    with unchanged(narrowed):
        told = desk.click(narrowed, "narrow")
    assert told.refused, told.text
    assert "Period" in told.text


def test_initials_and_decisions_that_are_filled_in_oddly_count_only_when_they_are_there(
    desk: Desk, narrowed: Path
) -> None:
    """Guide: a decision counts when it is complete: Include needs initials, Exclude a reason and initials."""
    book = desk.open(narrowed)
    odd: list[tuple[object, object, object]] = [
        ("include ", None, " ÅB "),  # small letters and spaces: a decision
        ("Include", None, "   "),  # initials of spaces are none
        ("Exclude", None, "AB"),  # no reason
        ("Perhaps", None, "AB"),  # no decision
    ]
    for number, (decision, reason, initials) in enumerate(odd):
        for column, value in (("Decision", decision), ("Reason", reason), ("Initials", initials)):
            typed(book, "Case check", "CaseCheck", column, value, number)
    told = desk.click(narrowed, "narrow")
    assert ": done, and it needs you" in told.text, told.text
    funnel = table(narrowed, "Funnel")
    assert int(funnel["Remaining"].iloc[-1]) in (0, 1)
    shown = column_of(book, "Case check", "CaseCheck", "Decision")
    assert shown[3] == "Perhaps", "what a person typed stays"
    assert "3" in told.text, told.text


@pytest.mark.parametrize("initials", [7, day_of(2026, 1, 2), "x" * 3000, "=NA()"])
def test_initials_that_are_no_letters_are_no_fault(desk: Desk, narrowed: Path, initials: object) -> None:
    """Whatever stands there: a sentence or a step, never a fault, and the decision stays typed."""
    book = desk.open(narrowed)
    typed(book, "Case check", "CaseCheck", "Decision", "Include")
    typed(book, "Case check", "CaseCheck", "Initials", initials)
    told = desk.click(narrowed, "narrow")
    assert told.done or told.refused, told.text
    assert column_of(book, "Case check", "CaseCheck", "Decision")[0] == "Include"


def test_a_unique_id_typed_over_or_twice_is_named_and_nothing_is_released(
    desk: Desk, review: Path, tmp_path: Path
) -> None:
    """Guide: Review has unique IDs that the key does not know: the sentence names them."""
    book = desk.open(review)
    ids = column_of(book, "Review", "Review", "Unique ID")
    key = tmp_path / "key" / "key.xlsx"
    for wrong in ("DS-000-0000", ids[1]):
        typed(book, "Review", "Review", "Unique ID", wrong)
        for action, answers in (("screen", (key, PASSPHRASE)), ("release", (key, tmp_path / "panel", PASSPHRASE))):
            told = desk.click(review, action, *answers)
            assert told.refused or ": done, and it needs you" in told.text, told.text
            assert not list((tmp_path / "panel").iterdir())
    typed(book, "Review", "Review", "Unique ID", ids[0])
    assert desk.click(review, "screen", key, PASSPHRASE).done


def test_odd_answers_in_review_are_counted_apart_and_no_fault(desk: Desk, review: Path) -> None:
    """Guide: what stands on no list counts as other words; nothing that was typed is changed."""
    book = desk.open(review)
    odd = {"In sample?": "maybe", "Outcome": 12, "Level of harm": "=1/0", "Age at time of contact": "fifteen",
           "Referred to?": ";;; ;", "Parenting concerns": day_of(2026, 1, 2), "Reviewer": True}  # fmt: skip
    for column, value in odd.items():
        typed(book, "Review", "Review", column, value)
    told = desk.click(review, "analyse")
    assert told.done or told.refused, told.text
    assert column_of(book, "Review", "Review", "In sample?")[0] == "maybe"
    assert str(column_of(book, "Review", "Review", "Outcome")[0]) == "12"


def test_a_row_of_terms_that_cannot_be_read_is_named_and_left_out(desk: Desk, review: Path) -> None:
    """Guide: the tool says which row it is, leaves it out and looks for the others."""
    book = desk.open(review)
    typed(book, "Lists", "Terms", book.sheets["Lists"].tables["Terms"].header_row_range.value[0], "((him|her")
    told = desk.click(review, "analyse")
    assert told.done, told.text
    assert "Excel row" in told.text


def test_review_without_any_row_is_a_sentence(desk: Desk, review: Path) -> None:
    """All rows deleted by hand: no fault, and nothing is published or released of it."""
    book = desk.open(review)
    part = book.sheets["Review"].tables["Review"]
    part.data_body_range.delete()
    for action in ("analyse", "second-read"):
        answers = (lambda choices: choices[0], review.parent / "second.xlsx") if action == "second-read" else ()
        told = desk.click(review, action, *answers)
        assert told.done or told.refused, told.text
    assert not (review.parent / "second.xlsx").exists()


def test_a_protected_sheet_is_named_and_after_unprotecting_the_step_is_done(desk: Desk, review: Path) -> None:
    """Guide: a sheet that you protected must be unprotected first: the sentence says so; nothing is changed."""
    book = desk.open(review)
    book.sheets["Harms"].api.Protect()
    with unchanged(review):
        told = desk.click(review, "analyse")
    assert told.refused, told.text
    assert "Harms" in told.text
    book.sheets["Harms"].api.Unprotect()
    assert desk.click(review, "analyse").done


def test_a_formula_among_the_case_ids_a_note_and_colours_are_no_fault(desk: Desk, narrowed: Path) -> None:
    """Cells that people turned into formulas or errors: the check names rows, and nothing stops with a fault."""
    book = desk.open(narrowed)
    typed(book, "Long list", "LongList", "Case ID", "=1/0")
    typed(book, "Long list", "LongList", "Date of birth", "TRUE", 1)
    typed(book, "Long list", "LongList", "Contact date", "31/02/2026", 2)
    book.sheets["Long list"].tables["LongList"].data_body_range[0, 0].color = (255, 0, 0)
    for action in ("check", "narrow"):
        told = desk.click(narrowed, action)
        assert told.done or told.refused, told.text


def test_who_is_this_and_undo_leave_a_workbook_closed_in_the_middle_alone(desk: Desk, review: Path) -> None:
    """The workbook is closed while the passphrase is asked: a sentence says so, no other workbook is used."""
    book = desk.open(review)

    def closes(choices: tuple[str, ...]) -> str:
        book.close()
        return choices[0]

    with unchanged(review):
        told = desk.click(review, "second-read", closes, review.parent / "second.xlsx")
    assert told.refused, told.text
