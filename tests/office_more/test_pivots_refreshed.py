"""PivotTables, refreshed by an engine that takes our page filter as Excel does: what they count, what is stored."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample
from tests.office_more import stored_values
from tests.office_more.onlyoffice import Opened
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

pytestmark = pytest.mark.office_more

HEADINGS = spec.table("review", "Review").headings
FIRST_ROW = 6
CASES, LEFT = 72, 10


@pytest.fixture
def everybody(tmp_path: Path) -> Path:
    """A review workbook of 72 cases, whom nobody has left."""
    made = pd.DataFrame({heading: [None] * CASES for heading in HEADINGS}, dtype=object)
    made["Unique ID"] = [f"K{number:02}" for number in range(CASES)]
    made["Type of harm"], made["Outcome"] = "CSE", ["Early help", "Child in Need", "No further action"] * (CASES // 3)
    made["Gender"], made["Age at time of contact"], made["Ethnicity"] = "Female", "14", "White British"
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {"Review": made, "Harms": tallies.harms_table(made)}))
    return path


def place(number: int) -> str:
    return f"{stored_values.letters(HEADINGS.index('In sample?') + 1)}{FIRST_ROW + number}"


def totals(book: Opened) -> set[str]:
    return {lines[-1][-1] for _, lines in book.pivots().values()}


def said(book: Opened) -> str:
    return book.shown()["Pivots"]["A3"]


def test_the_first_no_after_a_refresh_is_not_counted_by_the_next(everybody: Path) -> None:
    """All Yes, refresh, the first No, refresh, in one session; then nine more, and everybody comes back."""
    with Opened(everybody) as book:
        book.refresh()
        assert totals(book) == {str(CASES)}
        book.type("Review", place(0), "No")
        book.refresh()
        assert totals(book) == {str(CASES - 1)}
        for number in range(1, LEFT):
            book.type("Review", place(number), "No")
        book.refresh()
        assert totals(book) == {str(CASES - LEFT)}
        assert said(book) == f"These tables count the {CASES - LEFT} cases in the sample."
        for number in range(LEFT):
            book.type("Review", place(number), "Yes")
        book.refresh()
        assert totals(book) == {str(CASES)}
        book.type("Review", place(5), "no ")
        book.refresh()
        assert totals(book) == {str(CASES - 1)}


def test_the_last_no_that_goes_is_counted_by_the_next_refresh(everybody: Path) -> None:
    with Opened(everybody) as book:
        book.type("Review", place(3), "No")
        book.refresh()
        assert totals(book) == {str(CASES - 1)}
        book.type("Review", place(3), "")
        book.refresh()
        assert totals(book) == {str(CASES)}
        assert said(book) == f"These tables count the {CASES} cases in the sample."


def test_before_a_refresh_the_sheet_says_that_its_tables_are_behind(everybody: Path) -> None:
    with Opened(everybody) as book:
        book.type("Review", place(0), "No")
        book.calculate()
        assert said(book).startswith(f"These tables do not count the {CASES - 1} cases in the sample.")


@pytest.mark.parametrize("kind", ["review", "release"])
def test_a_refresh_shows_what_the_example_stores(workbooks: dict[str, Path], kind: str) -> None:
    stored = stored_values.pivots(workbooks[kind])
    with Opened(workbooks[kind]) as book:
        assert book.pivots() == stored
        book.refresh()
        assert book.pivots() == stored


def test_a_refresh_shows_what_analyse_leaves_behind(workbooks: dict[str, Path], tmp_path: Path) -> None:
    """The command line wrote into a workbook that people had typed in: a preview shows the numbers of that moment."""
    path = tmp_path / "review.xlsx"
    path.write_bytes(workbooks["review"].read_bytes())

    def fill(host: FileHost) -> None:
        review = host.read_table("Review")
        review.loc[:4, "In sample?"], review.loc[5:8, "Type of harm"] = "No", "CSE; Gangs"
        host.write_table("Review", review)

    edit(path, fill)
    assert dipsample("analyse", path)[0] in (0, 1)
    stored = stored_values.pivots(path)
    assert stored != stored_values.pivots(workbooks["review"])
    with Opened(path) as book:
        book.refresh()
        assert book.pivots() == stored
