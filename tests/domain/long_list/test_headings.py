"""Which row holds the headings, and which heading stands for which field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.long_list.headings import header_row, match
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import ExportProblem

# Of two events nobody can say which one the list is about: that is a question (test_heading_placing.py).
OF_AN_EVENT = {"contact_date", "end_date", "outcome"}
EVERY_SYNONYM = [
    (row["field"], word) for row in reference.table("headings") for word in reference.parts(row["synonyms"])
]


def taken(*headings: str, **forced: str) -> dict[str, str]:
    """field -> heading taken, for a export with these headings."""
    return {field: headings[columns[0]] for field, columns in match(headings, {}, forced).taken.items()}


@pytest.mark.parametrize(("field", "synonym"), EVERY_SYNONYM)
def test_every_synonym_is_taken_for_its_field_however_it_is_spaced(field: str, synonym: str) -> None:
    shapes = (synonym, synonym.upper(), f"\N{NO-BREAK SPACE}{synonym.title()} ", synonym.replace(" ", "\n"))
    for heading in (*shapes, f"{synonym}:"):
        assert taken("Row label", heading) == {field: heading}
    assert taken(synonym.replace(" ", "_")) == {field: synonym.replace(" ", "_")}


@pytest.mark.parametrize("heading", ["Stage", "Age band", "Language", "Gender of worker", "Agency", "Page"])
def test_a_heading_is_compared_whole(heading: str) -> None:
    assert taken(heading) == {}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_leftmost_synonym_wins_wherever_its_column_stands(data: st.DataObject) -> None:
    row = data.draw(
        st.sampled_from(
            [row for row in reference.table("headings") if "|" in row["synonyms"] and row["field"] not in OF_AN_EVENT]
        )
    )
    synonyms = reference.parts(row["synonyms"])
    some = data.draw(st.lists(st.sampled_from(synonyms), min_size=2, unique=True).map(lambda words: words))
    assert taken(*some)[row["field"]] == min(some, key=synonyms.index)


def test_run_together_words_are_the_same_heading_but_stand_behind() -> None:
    assert taken("ContactDate") == {"contact_date": "ContactDate"}
    assert taken("ContactDate", "Contact date") == {"contact_date": "Contact date"}


def test_the_same_heading_twice_for_a_field_is_a_question_that_map_answers() -> None:
    headings = ["Case ID", "Gender", "Stage", "gender "]
    found = match(headings, {}, {})
    assert "gender" not in found.taken
    assert found.unsure == {"gender": (1, 3)}
    assert match(headings, {}, {"gender": "Gender #2"}).taken["gender"] == (3,)
    assert match(headings, {}, {"gender": "Gender #1"}).taken["gender"] == (1,)
    assert "gender" not in match(headings, {}, {"gender": ""}).taken
    with pytest.raises(ExportProblem, match="2 columns"):
        match(headings, {}, {"gender": "Gender"})


def test_a_worse_heading_twice_is_no_question_when_a_better_one_is_there() -> None:
    assert taken("DOB", "DOB", "Date of birth")["date_of_birth"] == "Date of birth"


def test_one_heading_twice_that_no_field_takes_is_only_pointed_out() -> None:
    found = match(["Case ID", "Notes", "Notes", "Odd"], {}, {})
    assert [code for code, _ in found.notes] == ["one-heading-twice"]
    assert found.unplaced == (1, 2, 3)


def test_map_beats_what_was_remembered_which_beats_the_synonyms() -> None:
    headings = ["Contact date", "Started", "Opened"]
    assert match(headings, {}, {}).taken["contact_date"] == (0,)
    assert match(headings, {"contact_date": "started"}, {}).taken["contact_date"] == (1,)
    assert match(headings, {"contact_date": "Started"}, {"contact_date": "Opened"}).taken["contact_date"] == (2,)


def test_what_was_remembered_and_is_not_there_any_more_is_forgotten() -> None:
    assert match(["Contact date"], {"contact_date": "Started", "no such field": "Contact date"}, {}).taken == {
        "contact_date": (0,)
    }


def test_a_column_given_to_one_field_is_not_taken_for_another() -> None:
    assert match(["Date of referral", "Case ID"], {}, {"end_date": "Date of referral"}).taken == {
        "end_date": (0,),
        "case_id": (1,),
    }


@pytest.mark.parametrize(("field", "code"), [("case_id", "map-heading"), ("no_field", "unknown-field")])
def test_a_map_that_cannot_be_followed_is_refused(field: str, code: str) -> None:
    with pytest.raises(ExportProblem) as problem:
        match(["Gender"], {}, {field: "Not there"})
    assert problem.value.code == code


FACTORS = ["Case ID", "11A - Child sexual exploitation", "Gangs?", "Neglect", "Missing", "Team"]


def test_one_yes_no_column_per_factor_is_taken_by_what_its_cells_say() -> None:
    rows = [[1, "Yes", "", 1.0, 3.0, "North"], [2, "No", "Y", 0.0, 0.0, "South"], [3, None, "n", True, 1.0]]
    found = match(FACTORS, {}, {}, rows)
    assert found.yes_no == {1: "11A - Child sexual exploitation", 2: "Gangs", 3: "Neglect"}
    assert [found.field_of(column) for column in range(6)] == ["case_id", *["categories"] * 3, None, "team"]
    assert match(FACTORS, {}, {}).yes_no == {}
    assert match(FACTORS, {"categories": "Neglect"}, {}, rows).yes_no == found.yes_no
    assert match(FACTORS, {}, {"categories": ""}, rows).yes_no == {}


def test_other_alone_with_yes_and_no_is_not_a_factor() -> None:
    assert match(["Case ID", "Other"], {}, {}, [[1, "Yes"], [2, "No"]]).yes_no == {}


def test_titles_above_the_headings_are_skipped() -> None:
    rows = [
        ["Contacts, November", None, None],
        [None, None, None],
        ["Team:", "North", ""],
        ["Child ID", "Date of birth", "Stage"],
        [1, "03/04/2010", "Open"],
        ["Age", "Stage", "x"],
    ]
    assert header_row(rows) == 3
    assert header_row([[""] * 3, *rows[3:]]) == 1


def test_one_known_heading_is_enough_only_in_a_full_row() -> None:
    assert header_row([["Team", None, None], ["Number", "Reference", "Started"], [1, 2, 3]]) is None
    assert header_row([["Number", "Team", "Started"], [1, 2, 3]]) == 0
    assert header_row([["Case ID"], [1]]) == 0


def test_no_known_heading_means_no_row_of_headings() -> None:
    assert header_row([["a", "b"], [1, 2]]) is None
    assert header_row([]) is None
    assert header_row([["a", "b"], [1, 2]], also_known=["B #2"]) == 0


def test_headings_are_sought_in_the_first_50_rows_and_below_a_page_of_notes_in_the_first_200() -> None:
    title = [["Title", None]]
    assert header_row([*title * 49, ["Case ID", "Age"], *title * 20, ["Case ID", "Age", "DOB"]]) == 49
    assert header_row([*title * 199, ["Case ID", "Age"]]) == 199
    assert header_row([*title * 200, ["Case ID", "Age"]]) is None
