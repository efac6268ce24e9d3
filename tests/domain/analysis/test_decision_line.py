"""The decision line: every outcome of the reference list is on the side that the guide's questions need."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.lead_lists import shipped


def side(*outcomes: object) -> list[str]:
    return decision_line.line(pd.DataFrame({"Outcome": outcomes}, dtype=object), shipped()).tolist()


def test_child_in_need_and_above_is_progressed():
    above = ("Child in Need", "Strategy discussion / section 47", "Child Protection", "Looked after")
    assert side(*above) == ["Progressed"] * 4
    assert above == shipped().on("Progressed")


def test_what_ends_below_child_in_need_is_closed():
    below = ("No further action", "Advice and information", "Early help")
    assert side(*below) == ["Closed"] * 3
    assert below == shipped().on("Closed")


def test_transferred_other_own_words_and_blanks_are_on_neither_side():
    others = ("Transferred to another service or area", "Other", "Not recorded", "Not mapped", "own words", "", None)
    assert side(*others) == [""] * 7


def test_every_outcome_on_a_list_is_a_word_of_the_reference_table():
    listed = [*shipped().on("Progressed"), *shipped().on("Closed")]
    assert set(listed) <= set(reference.words("outcomes", "outcome"))
    assert len(set(listed)) == len(listed)


def test_capitals_and_spaces_make_no_difference_and_an_error_is_nothing():
    assert side("  CHILD  IN need ", "early help", "#NAME?", float("nan")) == ["Progressed", "Closed", "", ""]


def test_the_sides_keep_the_rows_index():
    rows = pd.DataFrame({"Outcome": ["Early help", "Other"]}, index=[7, 3], dtype=object)
    assert decision_line.line(rows, shipped()).index.tolist() == [7, 3]


def test_rows_without_the_column_are_on_neither_side():
    assert decision_line.line(pd.DataFrame({"Unique ID": ["A"]}, dtype=object), shipped()).tolist() == [""]
