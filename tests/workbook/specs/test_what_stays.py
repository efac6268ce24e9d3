"""The columns that stay on Review: what Excel takes in them, and what it says."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.review.act_now import BY, FLAG, ON
from xl_dipsample.workbook.sheets.parts import text_lengths
from xl_dipsample.workbook.specs import spec, validation

REVIEW = spec.table("review", "Review")


def test_excel_takes_yes_initials_and_a_day_and_no_words_there() -> None:
    flag, by, on = (validation.rule(REVIEW.column(heading)) or {} for heading in (FLAG, BY, ON))
    assert (flag["validate"], spec.lists()[REVIEW.column(FLAG).list]) == ("list", ("Yes",))
    assert (by["validate"], by["minimum"], by["maximum"]) == ("length", 1, 5)
    assert on["validate"] == "date"
    assert {one["error_type"] for one in (flag, by, on)} == {"stop"}
    assert "Keep it" not in on["error_message"]
    assert by["error_message"].endswith("What happened belongs on the child's file.")


def test_whoever_selects_the_cell_reads_what_to_do_now() -> None:
    said = (validation.rule(REVIEW.column(FLAG)) or {})["input_message"]
    for words in ("Follow your procedure and tell your manager now", "the child's file", "This workbook tells nobody"):
        assert words in said


def test_what_is_typed_there_is_no_change_of_the_texts_that_were_checked() -> None:
    questions = pd.DataFrame(columns=["Heading", "Type", "Choices"], dtype=object)
    rows = pd.DataFrame([dict.fromkeys(REVIEW.headings)], dtype=object).assign(Reviewer="AB")
    flagged = rows.assign(**{FLAG: "Yes", BY: "CD", ON: "words"})
    first, second = (text_lengths.table(one, questions, "salt") for one in (rows, flagged))
    pd.testing.assert_frame_equal(first, second)
    assert not first.equals(text_lengths.table(rows.assign(Reviewer="EF"), questions, "salt"))
