"""Nothing, text, ages and case IDs."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.shared.columns_read import case_ids, is_nothing, parse_ages, trimmed


def ages(*values: object) -> list[object]:
    frame = parse_ages(pd.Series(values, dtype=object))
    return [years if state == "ok" else state for years, state in zip(frame["years"], frame["state"], strict=True)]


def ids(*values: object) -> list[object]:
    return case_ids(pd.Series(values, dtype=object)).tolist()


@pytest.mark.parametrize("value", ["Missing", "None", "Unknown", "No", "0", 0, 1, False, "N6", dt.date(2010, 1, 1)])
def test_an_answer_is_not_nothing(value: object) -> None:
    assert not is_nothing(value)


@pytest.mark.parametrize("value", ["N/A", "n/a", "NA", "#N/A", "#REF!", "#multivalue", "(blank)", " - ", "\t", None])
def test_system_words_are_nothing(value: object) -> None:
    assert is_nothing(value)


def test_text_is_trimmed_of_no_break_spaces_and_numbers_have_no_point() -> None:
    assert trimmed("\N{NO-BREAK SPACE} A\N{NO-BREAK SPACE}b \n") == "A\N{NO-BREAK SPACE}b"
    assert [trimmed(value) for value in (12.0, 12.5, 7, True, dt.date(2010, 4, 3), None, math.nan)] == [
        "12", "12.5", "7", "TRUE", "2010-04-03", "", "",
    ]  # fmt: skip
    assert trimmed(dt.datetime.fromisoformat("2010-04-03T09:05")) == "2010-04-03 09:05:00"


def test_ages_are_whole_years_however_they_are_written() -> None:
    assert ages(13, 13.97, "13.5", "13", "13 years", "13 yrs", "13y 4m") == [13.0] * 7
    assert ages("13 years, 4 months", "13y4m", "13 years old") == [13.0] * 3
    assert ages("11 months", "18 months", "6 weeks", "<1", 0, "0.4", 120.9) == [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 120.0]


def test_an_impossible_age_is_unreadable_and_a_missing_one_nothing() -> None:
    assert ages(-1, "-1", 121, "150", "thirteen", "13/04/2010", dt.date(2010, 1, 1), math.inf) == ["unreadable"] * 8
    assert ages(None, "", "NULL", "Not known", "-", math.nan) == ["nothing"] * 6


def test_a_case_id_keeps_its_leading_zeros_and_loses_a_point_zero() -> None:
    assert ids(12.0, 12, "12", " 12 ", "12.0", "0012", "00012.0", "A-12/3") == [
        "12", "12", "12", "12", "12", "0012", "00012", "A-12/3",
    ]  # fmt: skip
    assert ids(None, "", "NULL", "\N{NO-BREAK SPACE}", "N/A") == [None] * 5
    assert ids(12.5, 1e15, 1e20) == ["12.5", "1000000000000000", "100000000000000000000"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 10**15).map(float), st.integers(0, 10**15)), min_size=1, max_size=5))
def test_a_number_and_its_text_are_the_same_case_id(numbers: list[float]) -> None:
    alone = [ids(number)[0] for number in numbers]  # the hot path for numbers only, and the one for mixed columns
    assert ids(*numbers) == alone == ids(*(str(number) for number in numbers)) == ids(*numbers, "x")[:-1]


def test_the_index_is_kept() -> None:
    values = pd.Series([5.0, 6.0], index=[9, 4], dtype=object)
    assert case_ids(values).index.tolist() == parse_ages(values).index.tolist() == [9, 4]
    assert case_ids(values.iloc[:0]).empty
