"""What becomes of words that the team typed on My lists of the review workbook."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.domain.analysis import own_words
from xl_dipsample.domain.pseudonymise import words_from_review
from xl_dipsample.domain.pseudonymise.words_from_review import Returned, returned
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.workbook.specs import defaults, spec

FAMILY_HELP = {"List": "Outcome", "Word": "Family Help", "Side": "Progressed"}


def lists(kind: str, *rows: dict[str, object]) -> pd.DataFrame:
    """My lists of a new workbook with these rows at its end."""
    frame = defaults.default(spec.table(kind, "MyLists"))
    added = pd.DataFrame(list(rows), columns=frame.columns, dtype=object)
    return pd.concat([frame, added], ignore_index=True).astype(object)


def pressed(
    mine: pd.DataFrame, theirs: pd.DataFrame, aside: pd.DataFrame | None = None, given: pd.DataFrame | None = None
) -> Returned:
    tables = {"MyLists": theirs, "GivenWords": lists("review") if given is None else given}
    return returned(mine, tables if aside is None else {**tables, "WordsAside": aside})


def test_a_new_word_goes_to_the_end_of_the_leads_list_and_says_its_row() -> None:
    theirs = standing.noted(lists("review", FAMILY_HELP), standing.Corner("My lists", 9))
    found = pressed(lists("working"), theirs)
    assert found.rows == (9 + len(theirs) - 1,)
    assert lead_lists.Lists.of({"MyLists": found.mine}).side("Family Help") == "Progressed"
    assert (len(found.aside), found.back) == (0, 0)


def test_a_word_that_the_lead_has_by_now_is_settled_and_one_that_differs_waits_once() -> None:
    typed = {**FAMILY_HELP, "Codes and words that mean it": "FH"}
    theirs = lists("review", typed)
    same = pressed(lists("working", {**typed, "Codes and words that mean it": "fh; fhp"}), theirs)
    assert (same.rows, len(same.aside)) == ((), 0)
    other = lists("working", {**FAMILY_HELP, "Side": "Closed", "Child protection": "Yes"})
    waits = pressed(other, theirs)
    assert waits.aside["Why it waits"].tolist() == [
        "The lead's list has this word with: Side Closed, Child protection Yes, other codes and words that mean it."
    ]
    again = pressed(other, theirs, waits.aside)
    assert (len(again.aside), again.waiting) == (1, 0)
    assert len(pressed(lists("working", typed), theirs, waits.aside).aside) == 0, "the lead agrees by now"
    called = lists("working", {"List": "Outcome", "Word": "Family plan", "Side": "Progressed",
                               "Codes and words that mean it": "FH", "Was called": "Family Help"})  # fmt: skip
    assert len(pressed(called, theirs).aside) == 0, "it was renamed"


def test_a_word_that_the_lead_took_off_since_does_not_come_back_and_what_was_typed_over_it_waits() -> None:
    mine = lists("working")
    mine = mine[mine["Word"] != "Looked after"].reset_index(drop=True)
    assert pressed(mine, lists("review")).rows == ()
    theirs = lists("review")
    theirs.loc[theirs["Word"] == "Looked after", "Side"] = "Closed"
    waits = pressed(mine, theirs)
    assert waits.rows == ()
    assert waits.aside["Why it waits"].tolist() == ["It was typed over a word of the lead's, whose row stays as it is."]


def test_a_row_that_is_gone_there_is_counted_and_stays_the_leads() -> None:
    theirs = lists("review")
    found = pressed(lists("working"), theirs[theirs["Word"] != "Looked after"])
    assert (found.back, found.rows, len(found.aside)) == (1, (), 0)


def test_a_review_workbook_that_does_not_say_what_it_was_given_has_no_words_of_the_team() -> None:
    nothing = lists("review").iloc[:0]
    assert pressed(lists("working"), lists("review", FAMILY_HELP), given=nothing).rows == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"List": "Outcome", "Word": "x" * 300}, "It cannot stand: the word has more than 100 letters; shorten it."),
        ({"List": "Outcome", "Word": "Family; Help"}, "a semicolon or a line break"),
        ({"List": "Outcome", "Word": "Family\nHelp"}, "a semicolon or a line break"),
        ({"List": "Outcome", "Word": None, "Side": "Closed"}, "there is no Word"),
        ({"List": "Outcomes", "Word": "Family Help"}, "List is none of"),
        ({"List": "Outcome", "Word": "Family Help", "Side": "Over"}, "Side is none of"),
        ({"List": "Outcome", "Word": "Family Help", "Codes and words that mean it": "s17"}, "means another word"),
    ],
)
def test_a_word_that_cannot_stand_waits_with_its_reason_and_keeps_what_was_typed(
    row: dict[str, object], why: str
) -> None:
    found = pressed(lists("working"), lists("review", row))
    [aside] = found.aside.to_dict("records")
    assert why in aside["Why it waits"]
    assert {name: cell for name, cell in row.items() if aside[name] != cell} == {}
    assert found.rows == ()
    assert len(pressed(lists("working"), lists("review"), found.aside).aside) == 1, "also when the row itself is gone"


def test_one_word_twice_comes_once() -> None:
    found = pressed(lists("working"), lists("review", FAMILY_HELP, {**FAMILY_HELP, "Word": "family  help"}))
    assert len(found.rows) == 1
    assert len(found.aside) == 0
    unlike = pressed(lists("working"), lists("review", FAMILY_HELP, {**FAMILY_HELP, "Side": "Closed"}))
    assert (len(unlike.rows), len(unlike.aside)) == (1, 1)


def test_a_reviewers_own_word_is_said_with_its_number_and_its_rows() -> None:
    assert spec.table("review", "Review").first_row == own_words.FIRST_ROW
    assert set(own_words.headings()) == set(own_words.ANSWERS)
    rows = pd.DataFrame(
        {
            "Unique ID": ["A", "B", "C", "D", None],
            "Outcome": ["Family Help", "child in need", "Family Help", "Not mapped", "Family Help"],
            "Referred to?": ["None", "CAMHS; Zorbing", None, None, None],
            "In sample?": [None, None, "No", None, None],
        },
        dtype=object,
    )
    rows = standing.noted(rows, standing.Corner("Review", 7))
    found = own_words.own_words(rows, lead_lists.shipped())
    assert [one[:] for one in found] == [("Outcome", 1, 2, "Excel row 7"), ("Referred to?", 1, 2, "Excel row 8")]
    assert own_words.told(rows, lead_lists.shipped())[0] == (
        "1 of 2 outcomes are words that are not laid out yet (Excel row 7 of Review). Counted as Other words and on "
        "neither side: put them on My lists and press Pseudonymise, or choose a word of the list."
    )
    assert words_from_review.ASIDE in {table.name for table in spec.tables("review")}
