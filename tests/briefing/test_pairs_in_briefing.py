"""The pairs that the lead chose, as the briefing shows them. All cases are invented."""

from __future__ import annotations

import pandas as pd

from tests.actions import briefing_reviews
from xl_dipsample.briefing.pages import Pages, pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.word import Heading, Paragraph, Table, texts
from xl_dipsample.workbook.specs import spec

WHERE, MOVES = "Where it happened", "How many moves"
QUESTIONS = [[WHERE, "Choose several", "Online\nPark\nSchool"], [MOVES, "Number", None]]


def briefing(pairs: list[tuple[str, str]], *cases: tuple[object, ...]) -> Pages:
    """Of cases with outcome, where it happened, moves; `pairs`: question and what it stands beside."""
    tables = briefing_reviews.empty()
    names = ["Outcome", WHERE, MOVES]
    rows = [{"Unique ID": f"K{at:03}", **dict(zip(names, case, strict=True))} for at, case in enumerate(cases)]
    headings = [*spec.table("review", "Review").headings, WHERE, MOVES]
    tables["Review"] = pd.DataFrame(
        [[row.get(one) for one in headings] for row in rows], columns=headings, dtype=object
    )
    tables["Questions"] = pd.DataFrame(QUESTIONS, columns=["Heading", "Type", "Choices"], dtype=object)
    typed = [[f"Pair {at}", *pair] for at, pair in enumerate(pairs, 1)]
    tables["Pairs"] = pd.DataFrame(typed, columns=["Pair", "Question", "Beside"], dtype=object)
    return pages(Source(tables))


def below(made: Pages, title: str) -> tuple[Paragraph, Table | None]:
    """The paragraph and the table below a heading."""
    at = next(at for at, block in enumerate(made.blocks) if block == Heading(title, 2))
    said, table = made.blocks[at + 1], made.blocks[at + 2]
    assert isinstance(said, Paragraph)
    return said, table if isinstance(table, Table) else None


CASES = (
    ("Early help", "Online; Park", 0),
    ("Early help", "park", 2),
    ("Child in Need", "Online", 3.5),
    ("Child in Need", None, "a few"),
    (None, "School", None),
    ("Not mapped", "School", 1),
)


def test_a_pair_is_a_table_of_cases_with_both_answers() -> None:
    said, table = below(briefing([(WHERE, "Outcome")], *CASES), f"{WHERE} beside Outcome")
    assert said.text == (
        "Of the 3 cases with both answers; 3 do not have both. A case with several counts in each of them."
    )
    assert table is not None
    assert table.headings == (WHERE, "Early help", "Child in Need", "All")
    assert table.rows == (("Online", "1", "1", "2"), ("Park", "2", "0", "2"), ("All", "2", "1", "3"))


def test_a_number_stands_there_in_its_bands() -> None:
    _, table = below(briefing([("Outcome", MOVES)], *CASES), f"{MOVES} beside Outcome")
    assert table is not None
    assert [row[0] for row in table.rows] == ["0 or below", "Up to 2", "Up to 5", "No number", "All"]
    assert table.rows[-1] == ("All", "2", "2", "4")


def test_more_answers_than_a_page_has_room_for_stand_together_and_none_is_lost() -> None:
    outcomes = spec.lists()["outcome"][:9]
    cases = [(word, ("Online; Park", "School")[at % 2], at) for at, word in enumerate(outcomes)]
    made = briefing([("Outcome", "Outcome"), (MOVES, "Outcome")], *cases)
    _, table = below(made, f"Outcome beside {MOVES}")
    assert table is not None
    whole = [[int(cell) for cell in row[1:]] for row in table.rows]
    assert len(table.headings) <= 8
    assert whole[-1][-1] == 9 == sum(whole[-1][:-1]) == sum(row[-1] for row in whole[:-1])


def test_where_nothing_was_chosen_nothing_is_said_of_pairs() -> None:
    made = briefing([], *CASES)
    assert not [text for block in made.blocks for text in texts(block) if "beside each other" in text or WHERE in text]
    said, _ = below(briefing([(MOVES, "Gender")], *CASES), f"{MOVES} beside Gender")
    assert said.text == "No case has both answers yet."


def test_what_the_lead_and_reviewers_typed_is_searched_for_names() -> None:
    used = briefing([(WHERE, "Outcome")], ("Early help", "Online; a park of one's own", 1)).used
    assert {("Questions", 0, "Heading"), ("Questions", 0, "Choices"), ("Review", 0, WHERE)} <= set(used.cells)
