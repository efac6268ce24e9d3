"""What the lead asks beside our own columns: pairs, and a second decision point; from Focus to Summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.typing_in import edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, row, table, working_workbook
from tests.silent_ui import SilentUi
from xl_dipsample.domain.review.decision_points import SECOND, SETTING
from xl_dipsample.domain.review.question_pairs import is_counted, pairs, problems
from xl_dipsample.domain.shared.sheet_files import Column
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.sheets import book, layout
from xl_dipsample.workbook.specs import columns, spec
from xl_dipsample.workbook.upgrading.read_older import open_to_read

WHERE, STORY, MOVES = "Where it happened", "What else?", "How many moves"
QUESTIONS = [[WHERE, "Choose one", "Online\nPark"], [STORY, "Text", None], [MOVES, "Number", None]]
FIRST = spec.table("working", "Pairs").first_row
CHANGED = "What changed between the two decision points"


def ask(path: Path, questions: list[list[object]], *typed: tuple[object, object]) -> None:
    """Type the questions, and the pairs on Focus, from the first row down."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("Questions").iloc[:0]
        for one in questions:
            frame.loc[len(frame)] = [*one, *[None] * (len(frame.columns) - 3)]
        host.write_table("Questions", frame)
        chosen = host.read_table("Pairs")
        chosen[["Question", "Beside"]] = None
        for at, pair in enumerate(typed):
            chosen.loc[at] = [f"Pair {at + 1}", *pair]
        host.write_table("Pairs", chosen)

    edit(path, fill)


@pytest.fixture
def working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
    path = working_workbook(tmp_path / "work", [row(n, Outcome="NFA") for n in (1, 2, 3)])
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    dipsample("narrow", path)
    include_all(path)
    return path


def pseudonymise(working: Path) -> tuple[int, str]:
    folder = working.parent.parent
    places = ("--review", folder / "share" / "review.xlsx", "--key", folder / "key" / "key.xlsx")
    status, _, said = dipsample("pseudonymise", working, *places)
    return status, said


def titles(review: Path) -> list[object]:
    """The titles on Summary."""
    host = FileHost.open(review, SilentUi(), read_only=True)
    made = layout("summary", book("review", {name: host.read_table(name) for name in host.tables()}, {}))
    return [cell.value for cell in made.cells if cell.style == "section"]


def test_pairs_and_a_second_outcome_reach_summary_and_go_again(working: Path, tmp_path: Path) -> None:
    ask(working, QUESTIONS, (WHERE, "Outcome"), (None, None), ("age band", MOVES))
    set_cell(working, "Focus", SETTING, "Yes")
    dipsample("check", working)
    assert not [
        one for one in table(working, "DataChecks")["Column"] if "Focus" in str(one)
    ]  # a question is a word of that list, too
    assert pseudonymise(working) == (0, "")
    review = tmp_path / "share" / "review.xlsx"
    assert titles(review)[-3:] == [f"Outcome beside {WHERE}", f"{MOVES} beside Age band", CHANGED]
    asked = columns.questions(table(review, "Questions"))[0]
    assert (asked.heading, asked.choices) == (SECOND, spec.lists()["outcome"])
    edit(review, lambda host: host.write_table("Review", host.read_table("Review").assign(**{SECOND: "Early help"})))
    dipsample("new", tmp_path / "next.xlsx", "--like", working)
    assert table(tmp_path / "next.xlsx", "Pairs").equals(table(working, "Pairs"))
    (tmp_path / "of review").mkdir()
    dipsample("new", tmp_path / "of review" / "next.xlsx", "--like", review)
    assert list(table(tmp_path / "of review" / "next.xlsx", "Questions")["Heading"]) == [WHERE, STORY, MOVES]

    ask(working, QUESTIONS)
    set_cell(working, "Focus", SETTING, "No")
    assert pseudonymise(working) == (0, "")
    assert not any("beside" in str(title) or title in (CHANGED, SECOND) for title in titles(review))
    assert SECOND not in list(table(review, "Questions")["Heading"])
    assert set(table(review, "Review")[SECOND]) == {"Early help"}  # what was typed stays, as with any question


WRONG = {
    (WHERE, None): "a pair has two sides, and one of them is blank; choose it, or clear the row",
    ("Somewhere", "Outcome"): "Question names no column of Review; choose one that the arrow beside the cell offers",
    (WHERE, STORY): "Beside names a column that has no choices to count; choose a question with choices, or a number",
    ("Reviewer", WHERE): "Question names a column that has no choices to count; choose a question with choices, or a "
    "number",
    ("outcome ", "Outcome"): "both sides are one column; choose two different ones",
}


def test_a_pair_that_cannot_stand_is_said_with_its_excel_row(working: Path, tmp_path: Path) -> None:
    for number, (pair, told) in enumerate(WRONG.items()):
        above = [(WHERE, "Gender")] * (number % 3)
        ask(working, QUESTIONS, *above, pair)
        before = working.read_bytes()
        status, said = pseudonymise(working)
        assert (status, f"Excel row {FIRST + len(above)} of the sheet Focus: {told}." in said) == (2, True), said
        assert working.read_bytes() == before
        assert not list((tmp_path / "share").iterdir())
    ask(working, QUESTIONS, *[(WHERE, "Gender")] * 3, (WHERE, "Outcome"))
    assert (
        f"Excel row {FIRST + 3} of the sheet Focus: there are more than three pairs; clear one of them."
        in pseudonymise(working)[1]
    )


def test_a_question_called_as_the_second_outcome_is_refused(working: Path) -> None:
    ask(working, [*QUESTIONS, [SECOND.upper(), "Text", None]])
    set_cell(working, "Focus", SETTING, "Yes")
    told = (
        f"Excel row 9 of the sheet Questions has the heading of the column that {SETTING} on Focus adds; give it "
        "another heading, or choose No there."
    )
    status, said = pseudonymise(working)
    assert (status, told in said) == (2, True), said


def test_a_column_that_may_not_be_shared_stands_in_no_pair(working: Path) -> None:
    ask(working, QUESTIONS, ("Kept back", WHERE))
    asked = columns.of_review(table(working, "Questions"))
    kept_back = Column("Kept back", "choice", 9, "people", list="yes_no", count=True)
    found = problems(table(working, "Pairs"), [*asked, kept_back])
    told = "Question names a column that may not be shared, so it stands in no table; choose another"
    assert [(one.position, one.told) for one in found] == [(0, told)]
    assert pairs(table(working, "Pairs"), [*asked, kept_back]) == []


def test_more_choices_than_can_be_counted_make_no_side_of_a_pair() -> None:
    many = columns.Question("Many", "Choose one", tuple(map(str, range(51))), "question_1").column
    assert [is_counted(many), many.pivot] == [False, False]


def test_a_sample_that_was_begun_before_has_one_decision_point() -> None:
    older = Path(__file__).parents[2] / "data" / "versions" / "5" / "working.xlsx"
    focus = open_to_read(older, SilentUi(), whole=True).read_table("Focus").set_index("Setting")["Value"]
    assert focus[SETTING] == "No"
