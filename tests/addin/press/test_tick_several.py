"""Tick several: the marked cell of Review gets the ticked words; anywhere else one sentence, and nothing changes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlwings as xw

from tests.actions.workbooks import dipsample
from tests.addin.press.pressing import press
from tests.domain.publication.published_reviews import review_of
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.domain.shared import word_lists
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import columns, spec

__all__ = ["calc", "office"]
QUESTION = "Which places?"
PLACES = ("1-2", "School", "Town centre")
SERVICES = word_lists.words("referred_to")


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "computer")


@pytest.fixture
def review(calc: xw.App, tmp_path: Path) -> xw.Book:
    """A review workbook of three cases with a question of the team's own, open on its sheet Review."""
    frame = review_of(3, 7).assign(**{"Referred to?": [None, f"{SERVICES[2]}; Somewhere else", SERVICES[0].upper()]})
    asked = pd.DataFrame([[QUESTION, columns.SEVERAL, "\n".join(PLACES)]], columns=["Heading", "Type", "Choices"])
    asked = asked.reindex(columns=spec.table("review", "Questions").headings).astype(object)
    frame[QUESTION] = pd.Series([None] * 3, dtype=object)
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {"Review": frame, "Questions": asked}, {"sample_id": "synthetic"}))
    book = calc.books.open(str(path))
    book.sheets["Review"].activate()
    return book


def cell(book: xw.Book, row: int, heading: str) -> xw.Range:
    table = book.sheets["Review"].tables["Review"]
    return table.data_body_range[row, table.header_row_range.value.index(heading)]


@pytest.mark.office
def test_the_ticked_words_stand_in_the_marked_cell_in_the_lists_order(
    calc: xw.App, review: xw.Book, windows: SimulatedWindows
) -> None:
    saved = Path(str(review.fullname)).read_bytes()
    cell(review, 0, "Referred to?").select()
    shown, person = press(calc, "tick", windows, [SERVICES[4], SERVICES[1]])
    assert shown == ""
    assert cell(review, 0, "Referred to?").value == f"{SERVICES[1]}; {SERVICES[4]}"
    assert person.proposed == [(SERVICES, ())]
    assert cell(review, 1, "Referred to?").value == f"{SERVICES[2]}; Somewhere else"
    assert Path(str(review.fullname)).read_bytes() == saved, "typing saves nothing"
    assert not list(Path(str(review.fullname)).parent.glob("*undo*"))


@pytest.mark.office
def test_what_stands_there_is_ticked_already_and_own_words_stay_while_they_are_ticked(
    calc: xw.App, review: xw.Book, windows: SimulatedWindows
) -> None:
    cell(review, 1, "Referred to?").select()
    _, person = press(calc, "tick", windows, ["Somewhere else", SERVICES[0]])
    assert person.proposed == [((*SERVICES, "Somewhere else"), (SERVICES[2], "Somewhere else"))]
    assert cell(review, 1, "Referred to?").value == f"{SERVICES[0]}; Somewhere else"
    cell(review, 2, "Referred to?").select()
    _, person = press(calc, "tick", windows, [])
    assert person.proposed == [(SERVICES, (SERVICES[0],))], "capital letters make no other word"
    assert cell(review, 2, "Referred to?").value is None


@pytest.mark.office
def test_it_works_for_types_of_harm_and_for_the_teams_own_questions(
    calc: xw.App, review: xw.Book, windows: SimulatedWindows
) -> None:
    harms = word_lists.words("categories")
    cell(review, 0, "Type of harm").select()
    _, person = press(calc, "tick", windows, harms[:2])
    assert "Pseudonymise writes the case system's words here again" in person.asked[0]
    assert cell(review, 0, "Type of harm").value == "; ".join(harms[:2])
    cell(review, 0, QUESTION).select()
    _, person = press(calc, "tick", windows, ["1-2"])
    assert "Pseudonymise" not in person.asked[0]
    assert person.proposed == [(PLACES, ())]
    assert cell(review, 0, QUESTION).value == "1-2", "a word is no date"


@pytest.mark.office
def test_cancel_leaves_the_cell_as_it_is(calc: xw.App, review: xw.Book, windows: SimulatedWindows) -> None:
    cell(review, 1, "Referred to?").select()
    shown, _ = press(calc, "tick", windows, Stopped)
    assert "nothing was changed" in shown
    assert cell(review, 1, "Referred to?").value == f"{SERVICES[2]}; Somewhere else"


@pytest.mark.office
def test_anywhere_else_one_sentence_says_where(calc: xw.App, review: xw.Book, windows: SimulatedWindows) -> None:
    table = review.sheets["Review"].tables["Review"]
    where = table.header_row_range.value.index("Referred to?")
    places = [
        cell(review, 0, "Outcome"),
        table.header_row_range[where],
        table.data_body_range[0:2, where],
        review.sheets["Review"].range("A1"),
    ]
    for one in places:
        one.select()
        shown, person = press(calc, "tick", windows)
        assert "mark one cell of Review" in shown
        assert "Referred to?" in shown
        assert person.asked == []
    review.sheets["Start"].activate()
    shown, _ = press(calc, "tick", windows)
    assert "mark one cell of Review" in shown
    calc.books.add()
    shown, _ = press(calc, "tick", windows)
    assert "mark one cell of Review" in shown


def test_on_the_command_line_there_is_no_cell() -> None:
    status, _, said = dipsample("tick")
    assert status == 2
    assert "a cell that is marked in Excel" in said
