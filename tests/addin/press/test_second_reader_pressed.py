"""A press of Second reader: one question tells drawing from reading, the next one asks for the file."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.renewing.compared import unique_ids
from tests.actions.workbooks import dipsample
from tests.addin.press.pressing import Answers, press
from tests.domain.publication.published_reviews import review_of
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.excel_ui import ExcelUi
from xl_dipsample.addin.press.questions import Around, options_of
from xl_dipsample.workbook.build.build import build

__all__ = ["calc", "office"]
SECOND_READ = registry.action("second-read")
QUESTION, (DRAW, READ) = SECOND_READ.either, tuple(one.answer for one in SECOND_READ.arguments)


@pytest.mark.parametrize(("answer", "field"), [(DRAW, "draw"), (READ, "read")])
def test_one_question_and_then_the_file(tmp_path: Path, answer: str, field: str) -> None:
    person = Answers(answer, tmp_path / "second reader.xlsx")
    asked = options_of(SECOND_READ, ExcelUi(None, dialogs=person), Around(folder=tmp_path))
    assert person.left == 0
    assert person.asked[0] == QUESTION
    assert {name: getattr(asked.options, name) for name in ("draw", "read")} == {
        "draw": None, "read": None, field: tmp_path / "second reader.xlsx",
    }  # fmt: skip
    assert asked.places == {}
    assert person.proposed[1] == ((tmp_path, "second reader.xlsx") if field == "draw" else tmp_path)


def test_both_questions_can_stop_the_press(tmp_path: Path) -> None:
    for answers in ((Stopped,), (DRAW, Stopped), (READ, Stopped)):
        with pytest.raises(Stopped):
            options_of(SECOND_READ, ExcelUi(None, dialogs=Answers(*answers)), Around(folder=tmp_path))


def test_where_a_button_does_one_thing_or_another_each_answer_leads_to_what_is_asked_for() -> None:
    for action in registry.ACTIONS:
        answers = [one.answer for one in action.arguments if one.answer]
        assert bool(answers) is bool(action.either)
        assert len(set(answers)) == len(answers) != 1
        if action.either:
            assert {one.field for one in action.arguments if one.answer} == {
                one.field for one in action.arguments if one.ask
            }


@pytest.mark.office
def test_in_a_live_program_it_reads_and_no_button_works_on_the_second_readers_workbook(
    calc: xw.App, tmp_path: Path
) -> None:
    windows = SimulatedWindows(tmp_path / "computer")
    frame = review_of(20, 3).assign(Reviewer="AB", Outcome="Early help", **{"Unique ID": unique_ids(1)[:20]})
    path, out = tmp_path / "review.xlsx", tmp_path / "second reader.xlsx"
    path.write_bytes(build("review", {"Review": frame}, {"sample_id": "synthetic"}))
    assert dipsample("second-read", path, "--draw", out)[0] == 0
    calc.books.open(str(out))
    shown, _ = press(calc, "second-read", windows)
    assert "is a second reader's workbook" in shown
    table = calc.books.active.sheets["Review"].tables["Review"].range
    headings = table.rows[0].value
    for heading, word in (("Outcome", "early HELP"), ("Reviewer", "EF")):
        table[1, headings.index(heading)].value = word
    assert calc.books.active.sheets["Start"].range("A3").value == "0 of 5 cases are done: see Review."
    calc.books.active.save()
    calc.books.active.close()
    calc.books.open(str(path))
    shown, _ = press(calc, "second-read", windows, READ, out)
    assert "Second reader: done" in shown
    sheet = calc.books.active.sheets["Second reader"]
    assert "cases read twice: 1;" in sheet.range("A3").value
    body = sheet.tables["Agreement"].data_body_range.value
    assert [row[:3] for row in body if row[0] == "Outcome"] == [["Outcome", 1, 1]]
