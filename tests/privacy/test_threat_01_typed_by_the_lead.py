"""Threat 1, by hand: the lead types a child's name on Focus, in a category's note or a question, or names the file so.

All people are made up.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.actions.typing_in import edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

NAME, CASE, BORN = "Zebulon Quxleigh", "7351902", "07/03/2008"


@pytest.fixture
def working(tmp_path: Path) -> Path:
    rows = [row(1, **{"Name": NAME, "Case number": CASE, "DOB": BORN}), row(2)]
    path = working_workbook(tmp_path / "work", rows)
    dipsample("narrow", path)
    include_all(path)
    dipsample("narrow", path)
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    return path


def pseudonymise(working: Path, tmp_path: Path, review: str = "review.xlsx") -> tuple[int, str]:
    secret = tmp_path / "pass.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    status, _, said = dipsample(
        "pseudonymise", working, "--review", tmp_path / "share" / review, "--key", tmp_path / "key" / "key.xlsx",
        "--passphrase-file", secret,
    )  # fmt: skip
    return status, said


@pytest.mark.parametrize("typed", [f"How is {NAME}?", f"Why was {CASE} closed?", f"The one born {BORN}"])
def test_an_identifier_on_focus_is_refused_with_its_place_and_nothing_is_written(
    working: Path, tmp_path: Path, typed: str
) -> None:
    set_cell(working, "Focus", "Main question", typed)
    status, said = pseudonymise(working, tmp_path)
    assert status == 2
    assert "Focus, Excel row " in said
    assert not any(part in said for part in (*NAME.split(), CASE, BORN))
    assert list((tmp_path / "share").iterdir()) == []
    assert list((tmp_path / "key").iterdir()) == []


def test_a_name_in_a_question_or_a_category_is_refused(working: Path, tmp_path: Path) -> None:
    def ask(host: FileHost) -> None:
        table = host.read_table("Questions")
        table.loc[0] = [f"Is {NAME} safe?", *[None] * (len(table.columns) - 1)]
        host.write_table("Questions", table.astype(object).where(table.notna(), None))

    edit(working, ask)
    status, said = pseudonymise(working, tmp_path)
    assert status == 2, said
    assert "What is typed on Questions, Excel row 6 has" in said
    assert "Zebulon" not in said
    assert list((tmp_path / "share").iterdir()) == []


def test_a_name_in_the_name_of_the_file_is_refused(working: Path, tmp_path: Path) -> None:
    status, said = pseudonymise(working, tmp_path, f"review {NAME}.xlsx")
    assert status == 2
    assert "Quxleigh" not in said
    assert list((tmp_path / "share").iterdir()) == []


def test_the_leads_own_name_may_be_that_of_a_child(working: Path, tmp_path: Path) -> None:
    set_cell(working, "Focus", "Lead", NAME)
    status, said = pseudonymise(working, tmp_path)
    assert status == 0, said


def test_what_this_program_put_there_is_scanned_before_it_is_in_place(tmp_path: Path) -> None:
    """A contact date that is another sampled child's date of birth: the dates of two columns were mixed up."""
    rows = [row(1, Name=NAME, DOB=BORN), row(2, **{"DOB": "01/02/1990", "Date of referral": BORN})]
    working = working_workbook(tmp_path / "work", rows)
    set_cell(working, "Criteria", "Contact date in Review", "Full date")
    dipsample("narrow", working)
    include_all(working)
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    status, said = pseudonymise(working, tmp_path)
    assert status == 2
    assert "sheet Review, cell C" in said
    assert "date-of-birth" in said
    assert not any(part in said for part in (*NAME.split(), BORN))
    assert [*(tmp_path / "share").iterdir(), *(tmp_path / "key").iterdir()] == []


def test_what_people_typed_comes_along_with_a_note_and_is_no_reason_to_refuse(working: Path, tmp_path: Path) -> None:
    assert pseudonymise(working, tmp_path)[0] == 0
    review = tmp_path / "share" / "review.xlsx"

    def type_in(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[0, "Reason for social care involvement (extract)"] = f"{NAME} was seen; Zebulon said so."
        frame.loc[0, "Summary of harm"] = "Zebulon"
        frame.loc[1, "Reviewed on"] = dt.date(2008, 3, 7)
        host.write_table("Review", frame)

    edit(review, type_in)
    set_cell(working, "Focus", "Lead", "Zebulon Other")
    secret = tmp_path / "pass.txt"
    status, result, said = dipsample(
        "pseudonymise", working, "--review", review, "--key", tmp_path / "key" / "key.xlsx", "--passphrase-file", secret
    )
    assert status == 0, said
    [told] = [one["text"] for one in result["messages"] if one["code"] == "names-in-texts"]
    assert "Check text for names" in told
    assert "Zebulon" not in str(result)


def ask(working: Path, words: str) -> None:
    """A question of the team's own."""

    def typed(host: FileHost) -> None:
        table = host.read_table("Questions")
        table.loc[0] = [words, *[None] * (len(table.columns) - 1)]
        host.write_table("Questions", table.astype(object).where(table.notna(), None))

    edit(working, typed)


def decide(path: Path, word: str, instead: str | None = None) -> None:
    """Somebody decides every row of the Text check list."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[5]}
    for number in range(6, sheet.max_row + 1):
        if sheet.cell(number, headings["Mark"]).value:
            sheet.cell(number, headings["Decision"]).value = word
            if instead:
                sheet.cell(number, headings["Replace with"]).value = instead
    book.save(path)


@pytest.mark.parametrize(
    "typed",
    [
        "Ask panel.person@example.org first?",
        "Ring 020 7946 0958 before?",
        "Did they live in SW1A 1AA?",
        "Is Zebulon safe?",
    ],
)
def test_threat_1_what_a_question_says_of_somebody_is_shown_to_decide_before_anything_is_written(
    working: Path, tmp_path: Path, typed: str
) -> None:
    ask(working, typed)
    status, said = pseudonymise(working, tmp_path)
    assert status == 2
    assert "Questions, Excel row 6" in said
    assert not any(word in said for word in ("example.org", "7946", "SW1A", "Zebulon"))
    assert list((tmp_path / "share").iterdir()) == []
    listed = tmp_path / "key" / "review text check.xlsx"
    assert [one.name for one in (tmp_path / "key").iterdir()] == [listed.name]
    decide(listed, "Keep in this row")
    status, said = pseudonymise(working, tmp_path)
    assert status == 0, said
    assert pseudonymise(working, tmp_path)[0] == 0, "nobody is asked twice"


def test_threat_1_a_replacement_goes_into_both_workbooks(working: Path, tmp_path: Path) -> None:
    set_cell(working, "Focus", "Main question", "How do we respond to Zebulon?")
    assert pseudonymise(working, tmp_path)[0] == 2
    decide(tmp_path / "key" / "review text check.xlsx", "Replace", "young people")
    status, said = pseudonymise(working, tmp_path)
    assert status == 0, said
    for path in (working, tmp_path / "share" / "review.xlsx"):
        settings = table(path, "Focus").set_index("Setting")["Value"]
        assert settings["Main question"] == "How do we respond to young people?"


def test_threat_1_half_a_list_decides_nothing(working: Path, tmp_path: Path) -> None:
    set_cell(working, "Focus", "Main question", "How do we respond to Zebulon?")
    assert pseudonymise(working, tmp_path)[0] == 2
    assert pseudonymise(working, tmp_path)[0] == 2
    assert list((tmp_path / "share").iterdir()) == []
    assert "Zebulon" in str(table(working, "Focus").to_numpy())


@pytest.mark.parametrize(
    "typed",
    [
        "=HYPERLINK(A1)",
        "See https://example.org/x",
        "\\\\server\\share\\notes",
        "[other.xlsx]Sheet1!A1",
        "Look in C:\\cases",
    ],
)
def test_threat_17_formulas_links_and_other_files_that_the_lead_typed_are_named(
    working: Path, tmp_path: Path, typed: str
) -> None:
    set_cell(working, "Focus", "Main question", typed)
    secret = tmp_path / "pass.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    places = ("--review", tmp_path / "share" / "review.xlsx", "--key", tmp_path / "key" / "key.xlsx")
    status, result, said = dipsample("pseudonymise", working, *places, "--passphrase-file", secret)
    assert status == 0, said
    [told] = [one["text"] for one in result["messages"] if one["code"] == "typed-link"]
    assert "Focus, Excel row " in told


@pytest.mark.parametrize(
    ("sheet", "heading", "lead"),
    [("Focus", "Value", "Main question"), ("Categories", "Note", "CSE"), ("Labels", "Means", None)],
)
def test_threat_17_a_real_formula_in_a_cell_of_the_lead_is_named(
    working: Path, tmp_path: Path, sheet: str, heading: str, lead: str | None
) -> None:
    """Its value alone comes along, so nobody would see on the share where that came from."""
    book = openpyxl.load_workbook(working)
    page = book[sheet]
    at = next(cell for row in page.iter_rows() for cell in row if cell.value == heading)
    first = [cell.value for cell in page["A"]]
    row = first.index(lead) + 1 if lead else at.row + 1
    page.cell(row, at.column).value = "='[cases.xlsx]Sheet1'!A1" if lead else '="Missing"'
    book.save(working)
    secret = tmp_path / "pass.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    places = ("--review", tmp_path / "share" / "review.xlsx", "--key", tmp_path / "key" / "key.xlsx")
    _, result, said = dipsample("pseudonymise", working, *places, "--passphrase-file", secret)
    told = [one["text"] for one in result["messages"] if one["code"] == "typed-formula"]
    assert [f"{sheet}, Excel row {row}." in one for one in told] == [True], said


def test_a_text_that_only_looks_like_a_formula_is_no_formula(working: Path, tmp_path: Path) -> None:
    set_cell(working, "Focus", "Main question", "=1+1 is what?")
    assert FileHost.open(working, None, read_only=True).typed_formulas("Focus") == []  # type: ignore[arg-type]
