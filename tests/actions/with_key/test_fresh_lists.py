"""What a lead does with words of their own that nobody had in mind: swapped, renamed halfway, spelt like the tool's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.actions.typing_in import edit, set_cell
from tests.actions.with_key.test_lists_to_review import add_words
from tests.actions.workbooks import PASSPHRASE, dipsample, table
from xl_dipsample.domain.review import decision_points
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import columns, spec


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)


def working(place: Path) -> Path:
    return place / "work" / "working.xlsx"


def review(place: Path) -> Path:
    return place / "share" / "review.xlsx"


def press(place: Path) -> tuple[int, str]:
    places = ("--review", review(place), "--key", place / "key" / "key.xlsx", "--no-second-keyholder")
    status, _, said = dipsample("pseudonymise", working(place), *places)
    return status, said


def type_in(path: Path, name: str, heading: str, *cells: object) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table(name).astype(object)
        for at, cell in enumerate(cells):
            frame.loc[at, heading] = cell
        host.write_table(name, frame)

    edit(path, fill)


def rename(path: Path, of: str, now: dict[str, str]) -> None:
    """Give words of a list other names, the old ones in Was called."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("MyLists").astype(object)
        for at, row in frame.iterrows():
            if row["List"] == of and row["Word"] in now:
                frame.loc[at, ["Word", "Was called"]] = [now[row["Word"]], row["Word"]]
        host.write_table("MyLists", frame)

    edit(path, fill)


def test_a_renamed_word_is_renamed_wherever_its_list_is_typed(place: Path) -> None:
    set_cell(working(place), "Focus", "Second decision point", "Yes")
    assert press(place)[0] == 0
    reason = lead_lists.shipped().words(lead_lists.REASON)[0]
    type_in(review(place), "Review", "Outcome", "Early help")
    type_in(review(place), "Review", decision_points.SECOND, "Child in Need", "early HELP", "Own words")
    type_in(review(place), "Review", "Referred to?", "Police; Early help; Own words")
    type_in(review(place), "Review", "Reason if not in sample", None, None, reason)
    rename(working(place), "Outcome", {"Early help": "Targeted help"})
    rename(working(place), "Referred to?", {"Early help": "Family Help"})
    rename(working(place), "Exclusion reason", {reason: "Harm at home"})
    assert press(place) == (0, "")
    now = table(review(place), "Review")
    assert now.loc[0, "Outcome"] == "Targeted help"
    assert now[decision_points.SECOND].tolist() == ["Child in Need", "Targeted help", "Own words"]
    assert now.loc[0, "Referred to?"] == "Police; Family Help; Own words"
    assert now.loc[2, "Reason if not in sample"] == "Harm at home"


def test_every_column_of_review_with_a_list_of_the_leads_is_known_by_that_list() -> None:
    listed = {
        one.heading: lead_lists.DROP_DOWNS[one.list]
        for one in spec.table("review", "Review").columns
        if one.list in lead_lists.DROP_DOWNS
    }
    more = {decision_points.SECOND: lead_lists.OUTCOME, "Type of harm": lead_lists.HARM}
    assert listed | more == lead_lists.IN_REVIEW
    asked = decision_points.with_second(
        pd.DataFrame(columns=spec.table("review", "Questions").headings), lead_lists.shipped()
    )
    assert columns.questions(asked)[0].heading in lead_lists.IN_REVIEW


def test_a_second_reader_who_read_before_a_word_was_renamed_did_not_disagree(place: Path, tmp_path: Path) -> None:
    type_in(review(place), "Review", "Reviewer", "AB", "AB", "AB")
    type_in(review(place), "Review", "Outcome", "Early help", "Early help", "Early help")
    second = tmp_path / "share" / "second.xlsx"
    assert dipsample("second-read", review(place), "--draw", second)[0] == 0
    type_in(second, "Review", "Outcome", "Early help", "Early help", "Child in Need")
    rename(working(place), "Outcome", {"Early help": "Targeted help"})
    assert press(place)[0] == 0
    assert dipsample("second-read", review(place), "--read", second)[0] == 0
    agreed = table(review(place), "Agreement").set_index("Question")
    assert agreed.loc["Outcome", ["Read twice", "Same answer"]].tolist() == [3, 2]


def test_two_words_that_changed_names_with_each_other_are_refused_and_nothing_changes(place: Path) -> None:
    type_in(review(place), "Review", "Outcome", "Child in Need", "Early help")
    rename(working(place), "Outcome", {"Early help": "Child in Need", "Child in Need": "Early help"})
    before = {path: path.read_bytes() for path in (working(place), review(place))}
    for action in ("check", "narrow"):
        status, _, said = dipsample(action, working(place))
        assert (status, said.count("\n")) == (2, 1)
        assert said.startswith("Excel row 8 of the sheet My lists: Was called has a word that the list has now")
    assert press(place)[0] == 2
    assert {path: path.read_bytes() for path in before} == before


def test_the_team_cannot_add_a_word_that_the_tool_itself_says(place: Path) -> None:
    row = {"List": "Outcome", "Word": "not  Mapped", "Side": "Progressed"}
    add_words(review(place), row)
    assert press(place)[0] == 0
    aside = table(review(place), "WordsAside")
    assert aside.loc[0, "Why it waits"].startswith("It cannot stand: the tool itself says this where there is no word")
    assert "not  Mapped" not in table(working(place), "MyLists")["Word"].tolist()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"Category": "Own", "Chosen": "Perhaps"}, "Chosen is neither Yes nor No; choose one."),
        ({"Codes and words that mean it": "SCH"}, "there is no Category; type one, or delete the row."),
        ({"Category": "Not chosen", "Chosen": "Yes"}, "the tool itself says this where there is no word;"),
    ],
)
def test_a_category_that_cannot_stand_is_said_with_its_excel_row(place: Path, row: dict[str, str], said: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Categories").astype(object)
        frame.loc[len(frame)] = [row.get(str(heading)) for heading in frame.columns]
        host.write_table("Categories", frame)

    edit(working(place), fill)
    last = 5 + len(table(working(place), "Categories"))
    status, _, told = dipsample("narrow", working(place))
    assert status == 2
    assert told.startswith(f"Excel row {last} of the sheet Categories: {said}")


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("Mood", "has the heading of another column of Review, capital letters aside"),
        ("mOOd ", "has the heading of another column of Review, capital letters aside"),
        ("x" * 256, "has a heading of more than 255 letters, which Excel does not take; shorten it."),
    ],
)
def test_a_question_that_cannot_be_a_column_is_refused_with_its_row(place: Path, second: str, said: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Questions").iloc[:0].astype(object)
        for heading in ("Mood", second):
            line = {"Heading": heading, "Type": "Choose one", "Choices": "A\nB"}
            frame.loc[len(frame)] = [line.get(str(one)) for one in frame.columns]
        host.write_table("Questions", frame)

    edit(working(place), fill)
    status, told = press(place)
    assert status == 2
    assert told.startswith(f"Excel row 7 of the sheet Questions {said}")
    assert "xxx" not in told
