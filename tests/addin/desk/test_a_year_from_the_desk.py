"""A whole year from the desk alone: last year's sample, this year's of two reports, mapped, joined and compared.

Nothing is done on the command line. What people type into sheets is typed into the open workbook's cells.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.workbooks import PASSPHRASE, row, table, write_csv
from tests.addin.press.pressing import press
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.press.questions import NO, SAME, THEIR_COLUMNS, YES
from xl_dipsample.domain.shared import word_lists

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office
CONTACTS = ("Client ID", "Referral Date", "Assessment Start Date", "Sex", "Ethnicity", "Assessment factors")
PEOPLE = ("Client ID", "Child name", "DOB")
OUTCOMES = word_lists.words("outcome")
SERVICES = word_lists.words("referred_to")
CASES = 8


def csv_of(path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def typed(book: xw.Book, sheet: str, name: str, cells: dict[str, object], which: Callable[[dict], bool] = bool) -> None:
    """Type the same cells into the rows that are meant."""
    part = book.sheets[sheet].tables[name]
    headings, body = part.header_row_range.value, part.data_body_range
    for at, values in enumerate(body.options(ndim=2).value):
        if which(dict(zip(headings, values, strict=True))):
            for heading, value in cells.items():
                body[at, headings.index(heading)].value = value


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    for name in ("work", "key", "share/last year", "share/this year", "panel"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def test_a_full_year_is_done_from_the_desk_alone(calc: xw.App, folders: Path) -> None:
    windows = SimulatedWindows(folders / "computer")
    work, key = folders / "work", folders / "key" / "key.xlsx"
    earlier, now = work / "last year.xlsx", work / "this year.xlsx"
    reviews = [folders / "share" / name / "review.xlsx" for name in ("last year", "this year")]

    def done(action: str, *answers: object) -> str:
        shown, _ = press(calc, action, windows, *answers)
        assert ": done" in shown, shown
        return shown

    def decided(book: xw.Book) -> None:
        done("check")
        done("narrow")
        typed(book, "Case check", "CaseCheck", {"Decision": "Include", "Initials": "AB"})
        assert "Next: Pseudonymise" in done("narrow")

    def reviewed(book: xw.Book, outcome: str) -> None:
        typed(book, "Review", "Review", {"Outcome": outcome, "Level of harm": "In need", "Reviewer": "CD"})
        done("analyse")

    # last year
    calc.books.add()
    done("new", earlier, NO)
    done("import", write_csv(work / "last year.csv", [row(number) for number in range(CASES)]))
    decided(calc.books["last year.xlsx"])
    done("pseudonymise", reviews[0], key, NO, NO, PASSPHRASE, PASSPHRASE)
    reviewed(calc.books["review.xlsx"], OUTCOMES[0])
    calc.books["review.xlsx"].close()
    calc.books["last year.xlsx"].activate()

    # this year begins like it; the report's headings are for the lead to choose, and a second report has the names
    done("new", now, YES, earlier)
    contacts = csv_of(
        work / "contacts.csv",
        CONTACTS,
        [(5000 + n, f"{n + 1:02}/02/2024", f"{n + 2:02}/02/2024", "F", "WBRI", "11A") for n in range(2, CASES + 2)],
    )
    people = csv_of(
        work / "people.csv",
        PEOPLE,
        [(5000 + n, f"Synthetic Number{n}", "15/06/2009") for n in range(2, CASES + 2)],
    )
    done("import", contacts)
    book = calc.books["this year.xlsx"]
    typed(book, "Headings", "Headings", {"Field": "contact_date"}, lambda one: one["Heading"] == "Referral Date")
    done("import", [people, contacts], NO, NO, "contacts.csv", THEIR_COLUMNS)
    listed = table(now, "LongList")
    assert listed["Name"].notna().all()
    assert listed["Contact date"].notna().all()
    assert listed["Date of birth"].notna().all()
    decided(book)
    done("pseudonymise", reviews[1], key, NO, NO, PASSPHRASE)
    book = calc.books["review.xlsx"]
    part = book.sheets["Review"].tables["Review"]
    book.sheets["Review"].activate()
    part.data_body_range[0, part.header_row_range.value.index("Referred to?")].select()
    press(calc, "tick", windows, SERVICES[1:3])
    reviewed(book, OUTCOMES[1])
    assert table(reviews[1], "Review")["Referred to?"].iloc[0] == "; ".join(SERVICES[1:3])

    # beside last year's, checked, and out
    done("compare", SAME, reviews[0], NO, "", PASSPHRASE)
    samples = table(reviews[1], "Samples")
    assert len(samples) == 2
    assert CASES - 2 in samples.iloc[1].tolist(), "young people who are in both, by the key"
    done("screen", SAME, PASSPHRASE)
    done("release", SAME, folders / "panel", PASSPHRASE)
    done("briefing", SAME, folders / "share" / "this year" / "briefing.docx", PASSPHRASE)
    assert len(list((folders / "panel").glob("review release *.xlsx"))) == 1
