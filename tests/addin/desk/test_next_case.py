"""Next case and Previous case from the desk: the cell that is missing, up or down the sheet; nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from tests.domain.publication.published_reviews import review_of
from tests.engines.fixtures import calc, office
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk import next_case
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.workbook.build.build import build

__all__ = ["calc", "office"]
NEXT, PREVIOUS = "next-case", "previous-case"
MISSING = {1: "Outcome", 3: "Reviewer", 4: "Outcome"}  # rows from 0, and what is not filled in there


@pytest.fixture
def review(calc: xw.App, tmp_path: Path) -> xw.Book:
    """A review workbook of five synthetic cases, of which three are not complete, open on its first sheet."""
    frame = review_of(5, 7)
    for heading in review_columns.required():
        frame[heading] = [cell or "There" for cell in frame[heading]]
    for row, heading in MISSING.items():
        frame.loc[frame.index[row], heading] = None
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {"Review": frame}, {"sample_id": "synthetic"}))
    return calc.books.open(str(path))


def marked(app: xw.App, book: xw.Book) -> tuple[int, str]:
    """The marked cell of Review: its row from 0, and its heading."""
    assert book.sheets.active.name == "Review"
    table = book.sheets["Review"].tables["Review"]
    headings = table.header_row_range
    cell = app.selection
    return cell.row - table.data_body_range.row, headings.value[cell.column - headings.column]


def walk(app: xw.App, book: xw.Book, *presses: str) -> list[tuple[int, str]]:
    found = []
    for one in presses:
        assert next_case.go_to_case(app.pid, one) == ""
        found.append(marked(app, book))
    return found


@pytest.mark.office
def test_next_case_goes_down_to_what_is_missing_and_begins_again_at_the_top(calc: xw.App, review: xw.Book) -> None:
    assert walk(calc, review, *[NEXT] * 4) == [(1, "Outcome"), (3, "Reviewer"), (4, "Outcome"), (1, "Outcome")]


@pytest.mark.office
def test_previous_case_goes_up_to_what_is_missing_and_goes_on_at_the_bottom(calc: xw.App, review: xw.Book) -> None:
    saved = Path(str(review.fullname)).read_bytes()
    found = walk(calc, review, *[PREVIOUS] * 4)
    assert found == [(4, "Outcome"), (3, "Reviewer"), (1, "Outcome"), (4, "Outcome")]
    assert walk(calc, review, NEXT, NEXT, PREVIOUS) == [(1, "Outcome"), (3, "Reviewer"), (1, "Outcome")]
    assert Path(str(review.fullname)).read_bytes() == saved


@pytest.mark.office
def test_both_pass_over_a_row_that_a_filter_hides(calc: xw.App, review: xw.Book) -> None:
    body = review.sheets["Review"].tables["Review"].data_body_range
    body.rows[3].api.EntireRow.Hidden = True
    assert walk(calc, review, NEXT, NEXT, PREVIOUS) == [(1, "Outcome"), (4, "Outcome"), (1, "Outcome")]


@pytest.mark.office
def test_where_nothing_is_left_or_no_review_is_open_one_sentence_says_so(calc: xw.App, review: xw.Book) -> None:
    table = review.sheets["Review"].tables["Review"]
    headings = table.header_row_range.value
    for row, heading in MISSING.items():
        table.data_body_range[row, headings.index(heading)].value = "There"
    assert set(table.data_body_range.columns[headings.index("Check")].value) == {review_rules.COMPLETE}
    assert next_case.go_to_case(calc.pid, PREVIOUS) == next_case.ALL_DONE
    assert next_case.go_to_case(None, PREVIOUS) == next_case.NOWHERE
    review.close()
    calc.books.add()
    assert next_case.go_to_case(calc.pid, NEXT) == next_case.NOWHERE


def test_they_stand_first_in_their_group_on_ribbon_and_desk() -> None:
    group = [one.id for one in registry.EVERYTHING if one.button and one.button.group == "Review"]
    assert group[:2] == [NEXT, PREVIOUS]
