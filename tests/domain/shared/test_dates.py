"""Dates as exports write them, read without guessing."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.shared.dates import FIRST_SERIAL, LAST_SERIAL, SERIAL_EPOCH, month_text, parse_dates, read_date

moment = dt.datetime.fromisoformat  # a workbook's times have no zone
THE_DAY = dt.date(2010, 4, 3)

DAY_FORMATS = [
    "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d\\%m\\%Y", "%d / %m / %Y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y",
    "%d%b%Y", "%d. %B %Y", "%A, %d %B %Y", "%a %d/%m/%Y", "%B %d, %Y", "%b %d %Y", "%Y %B %d", "%Y-%m-%d", "%Y/%m/%d",
    "%Y%m%d", "%d%m%Y", "%Y-%m-%dT00:00:00", "%Y-%m-%d 23:59:59.999", "%Y-%m-%dT12:30:00Z", "%Y-%m-%dT12:30:00+01:00",
    "%d/%m/%Y 14:30", "%d/%m/%Y 14:30:59", "%d/%m/%Y 2:30 PM", "%d-%b-%Y 00:00", "%d %B %Y, 9:05am", "'%d/%m/%Y",
    "%d\N{EN DASH}%m\N{EN DASH}%Y", "\N{NO-BREAK SPACE}%d/%m/%Y ", "%dth %B %Y", "%d of %B %Y",
]  # fmt: skip
SHORT_FORMATS = ["%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%d-%b-%y", "%d %B %y", "%d %b '%y", "%d/%m/%y 14:30"]
MONTH_FORMATS = ["%m/%Y", "%m-%Y", "%m.%Y", "%Y-%m", "%Y/%m", "%B %Y", "%b %Y", "%b-%Y", "%Y %B"]


def read(value: object) -> tuple[str, object, object]:
    row = parse_dates(pd.Series([value], dtype=object)).iloc[0]
    return row["state"], *(None if pd.isna(row[name]) else row[name].date() for name in ("first", "last"))


@settings(max_examples=150, deadline=None)
@given(day=st.dates(dt.date(1900, 1, 2), dt.date(2099, 12, 31)), form=st.sampled_from(DAY_FORMATS))
def test_formatting_a_day_and_reading_it_gives_the_day_back(day: dt.date, form: str) -> None:
    assert read(day.strftime(form)) == ("day", day, day)


@settings(max_examples=60, deadline=None)
@given(age=st.integers(-300, 98 * 365), form=st.sampled_from(SHORT_FORMATS))
def test_a_two_digit_year_is_the_nearest_that_a_birth_or_contact_can_have(age: int, form: str) -> None:
    day = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=age)
    assert read(day.strftime(form)) == ("day", day, day)


@settings(max_examples=60, deadline=None)
@given(day=st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)), form=st.sampled_from(MONTH_FORMATS))
def test_a_month_has_its_first_and_last_day(day: dt.date, form: str) -> None:
    first = day.replace(day=1)
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    assert read(day.strftime(form)) == ("month", first, last)


@settings(max_examples=60, deadline=None)
@given(serial=st.integers(FIRST_SERIAL, LAST_SERIAL), clock=st.floats(0, 0.999))
def test_a_serial_is_its_day_as_number_or_text(serial: int, clock: float) -> None:
    day = SERIAL_EPOCH + dt.timedelta(days=serial)
    for value in (serial, float(serial), serial + clock, str(serial), f"{serial}.0", np.int64(serial)):
        assert read(value) == ("day", day, day)


@settings(max_examples=40, deadline=None)
@given(at=st.datetimes(moment("1900-01-02"), moment("2150-01-01")))
def test_a_time_of_day_is_left_off(at: dt.datetime) -> None:
    for value in (at, pd.Timestamp(at), np.datetime64(at), at.isoformat(), str(at)):
        assert read(value) == ("day", at.date(), at.date())


def test_days_come_first_and_month_lengths_count() -> None:
    assert read("03/04/2010")[1] == THE_DAY
    assert read("3.4.10")[1] == THE_DAY
    assert read("29/02/2012")[1] == dt.date(2012, 2, 29)
    assert read("Apr  3 2010 12:00AM")[1] == THE_DAY  # how SQL Server writes it
    assert read("2010-04-03 00:00:00.0000000")[1] == THE_DAY
    assert read("Sept-2010")[2] == dt.date(2010, 9, 30)


@pytest.mark.parametrize(
    "value",
    [
        "04/25/2010", "12/31/2010", "31/02/2010", "29/02/2011", "2010-25-04", "32/01/2010", "0/1/2010", "10-Apr",
        "2010", 2010, 2010.0, "3/4-2010", "soon", "tbc", "?", "03/04/2010 25:00", "03/04/2010?", "13/2010", "2010-13",
        "1234567", 99999, -5, "03/04/0210", "3/4/201", "03/04/2010 to 05/04/2010", "April", "9/9", "see notes",
    ],
)  # fmt: skip
def test_what_could_be_something_else_is_unreadable(value: object) -> None:
    assert read(value) == ("unreadable", None, None)


@pytest.mark.parametrize(
    "value",
    [
        None, "", " ", "\N{NO-BREAK SPACE}", "NULL", "null", "N/A", "#N/A", "#MULTIVALUE", "#VALUE!", "-", "n/k",
        "Not known", "Unknown", "Ongoing", "00/00/0000", "0000-00-00", "01/01/1900", "1/1/1900", "1900-01-01",
        "1900-01-01T00:00:00", "01-Jan-1900 00:00", "1 January 1900", dt.date(1900, 1, 1), moment("1900-01-01"),
        pd.Timestamp(1900, 1, 1), 1, 1.0, "1", 0, "0", dt.time(0, 0), dt.date(1899, 12, 30), float("nan"), pd.NaT,
    ],
)  # fmt: skip
def test_the_ways_in_which_systems_say_nothing_are_no_date(value: object) -> None:
    assert read(value) == ("nothing", None, None)


def test_a_very_old_date_is_read_so_that_check_can_say_so() -> None:
    assert read("12/05/1888") == ("day", dt.date(1888, 5, 12), dt.date(1888, 5, 12))


def test_one_unreadable_cell_hides_no_other_and_the_index_is_kept() -> None:
    values = pd.Series(["rubbish", "03/04/2010", None, "rubbish"], index=[7, 3, 9, 1], dtype=object)
    frame = parse_dates(values)
    assert frame.index.tolist() == [7, 3, 9, 1]
    assert frame["state"].tolist() == ["unreadable", "day", "nothing", "unreadable"]
    assert frame["first"].dtype.kind == "M"
    assert parse_dates(values.iloc[:0]).empty


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=25), st.integers(), st.floats(), st.text("0123456789/-. T:", max_size=20)))
def test_no_cell_makes_reading_fail(value: object) -> None:
    read_one = read_date(value)
    assert (read_one.first is None) == (read_one.state in ("nothing", "unreadable"))


def test_a_month_of_birth_is_read_from_a_column_of_months() -> None:
    assert [month_text(value) for value in ("2010/03", "Mar-2010", 201003.0, dt.date(2010, 3, 1), "NULL", "?")] == [
        *["2010-03"] * 4,
        None,
        None,
    ]
