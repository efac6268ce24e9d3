"""Several files to join: one empty, the same twice, of another year, gone; headings chosen anew."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.actions.workbooks import row, table, write_csv
from tests.clicks.clicking import Desk, column_of, copied, day_of, typed, unchanged
from tests.clicks.conftest import Made
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.questions import NO, YES

pytestmark = [pytest.mark.office, pytest.mark.campaign]  # a minute and more: make campaign


@pytest.fixture
def working(made: Made, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return copied(made.imported, tmp_path / "work" / f"joined {abs(hash(request.node.name)) % 10**8}.xlsx")


def csv_of(path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


JOIN, APPEND = (YES,), (NO, YES)


@pytest.mark.parametrize("how", [JOIN, APPEND])
@pytest.mark.parametrize("kind", ["empty", "headings", "workbook"])
def test_a_further_report_in_which_nothing_is_changes_nothing(
    desk: Desk, working: Path, kind: str, how: tuple[str, ...]
) -> None:
    """Guide: what refuses changes nothing; the list and Reports stay as they were."""
    file = working.parent / "further.csv"
    if kind == "empty":
        file.write_bytes(b"")
    elif kind == "headings":
        write_csv(file, [])
    else:
        file = working
    with unchanged(working):
        told = desk.click(working, "import", file, *how)
    assert told.refused, told.text


def test_the_long_list_joined_with_itself_doubles_nothing(desk: Desk, working: Path, made: Made) -> None:
    """Guide: --join keeps the list and adds columns: the rows stay as many as they were."""
    before = table(working, "LongList")
    told = desk.click(working, "import", made.export, *JOIN)
    assert told.done or told.refused, told.text
    after = table(working, "LongList")
    assert list(after["Case ID"]) == list(before["Case ID"])
    assert list(after["Name"]) == list(before["Name"])


def test_the_same_report_added_below_counts_each_case_once(desk: Desk, working: Path, made: Made) -> None:
    """Guide: a case and date that both have is pointed out (J06) and counts once."""
    once = desk.click(working, "narrow")
    told = desk.click(working, "import", made.export, *APPEND)
    assert told.done or told.refused, told.text
    if told.done:
        assert "J06" in table(working, "DataChecks")["Code"].tolist() or "same" in told.text, told.text
    twice = desk.click(working, "narrow")
    assert once.done
    assert twice.done
    assert len(table(working, "CaseCheck")) == 4


def test_a_report_of_another_year_leaves_by_the_period_and_is_told(desk: Desk, working: Path) -> None:
    """Guide: fixed rules take rows out, and log each with its reason."""
    other = write_csv(
        working.parent / "last year.csv", [row(number, **{"Date of referral": "01/09/2012"}) for number in (11, 12)]
    )
    told = desk.click(working, "import", other, *APPEND)
    assert told.done, told.text
    book = desk.open(working)
    settings = column_of(book, "Focus", "Focus", "Setting")
    for setting, day in (
        ("Period from", day_of(2022, 1, 1)),
        ("Period to", day_of(2022, 12, 31)),
    ):
        typed(book, "Focus", "Focus", "Value", day, settings.index(setting))
    told = desk.click(working, "narrow")
    assert told.done, told.text
    log = table(working, "ExclusionLog")
    assert (log["Stage"] == "Outside the period").sum() == 2


def test_a_report_with_no_case_of_the_list_says_that_nothing_found_a_partner(desk: Desk, working: Path) -> None:
    """Guide: import says how many rows found a partner on either side, and which did not."""
    other = csv_of(working.parent / "strangers.csv", ("Case number", "School"), [(99001, "A"), (99002, "B")])
    before = list(table(working, "LongList")["Case ID"])
    told = desk.click(working, "import", other, *JOIN)
    assert told.done or told.refused, told.text
    assert list(table(working, "LongList")["Case ID"]) == before
    assert "partner" in told.text or "2" in told.text, told.text


def test_a_report_that_is_gone_is_said_by_import_and_no_to_narrow_changes_nothing(
    desk: Desk, working: Path, made: Made
) -> None:
    """Guide: importing again adds the reports again, or says which is missing; Narrow down asks."""
    other = csv_of(working.parent / "schools.csv", ("Case number", "School"), [(5001, "A"), (5002, "B")])
    told = desk.click(working, "import", other, *JOIN)
    assert told.done, told.text
    other.unlink()
    told = desk.click(working, "import", made.export, NO, NO)
    assert told.done, told.text
    assert "schools.csv" in told.text or "issing" in told.text
    with unchanged(working):
        told = desk.click(working, "narrow", lambda choices: choices[-1])
    assert told.refused, told.text
    assert len(told.asked) == 1
    assert desk.click(working, "narrow", lambda choices: choices[0]).done


def test_two_sheets_that_could_be_meant_are_asked_and_cancel_leaves_the_list(desk: Desk, working: Path) -> None:
    """Guide: two sheets could be meant: a question; Cancel changes nothing."""
    book = openpyxl.Workbook()
    for number, name in enumerate(("Team East", "Team West")):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = name
        sheet.append(list(row(1)))
        for each in range(3):
            sheet.append(list(row(20 + 10 * number + each).values()))
    path = working.parent / "two sheets.xlsx"
    book.save(path)
    with unchanged(working):
        told = desk.click(working, "import", path, NO, NO, Stopped)
    assert told.refused, told.text
    assert told.left == 0, told.asked
    told = desk.click(working, "import", path, NO, NO, lambda choices: next(one for one in choices if "West" in one))
    assert told.done, told.text
    assert set(table(working, "LongList")["Case ID"].astype(str)) == {"5030", "5031", "5032"}


def test_headings_chosen_oddly_are_said_and_then_remembered(desk: Desk, working: Path) -> None:
    """Guide: a column's field is chosen on Headings, and imported again; it is remembered."""
    export = csv_of(
        working.parent / "own words.csv",
        ("Our ref", "Who", "Born", "Seen on", "Worry"),
        [(f"A{n}", f"Synthetic Number{n}", "15/06/2008", "01/09/2022", "11A") for n in range(4)],
    )
    told = desk.click(working, "import", export, NO, NO)
    assert told.done or told.refused, told.text
    if told.refused:
        return
    book = desk.open(working)
    headings = column_of(book, "Headings", "Headings", "Heading")
    assert set(headings) >= {"Our ref", "Who", "Born", "Seen on", "Worry"}
    for heading, field in (("Our ref", "nonsense"), ("Who", "name"), ("Born", "name")):
        typed(book, "Headings", "Headings", "Field", field, headings.index(heading))
    told = desk.click(working, "import", export, NO, NO)
    assert told.done or told.refused, told.text
    assert "What was chosen on Headings could not be followed for column A, column B, column C" in told.text
