"""What Excel makes of a value that it is given."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.coercion import (
    DATE,
    MOMENT,
    Flag,
    Formula,
    Refused,
    Shown,
    moment,
    serial,
    written,
)

DAY = dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("12", 12.0), (" 12 ", 12.0), ("007", 7.0), ("1,234.5", 1234.5), ("-3", -3.0), ("1E3", 1000.0), ("(5)", -5.0),
        ("50%", Shown(0.5, "0%")), ("£3", Shown(3.0, "£#,##0.00")),
        ("2/1/2026", Shown(serial(DAY), DATE)), ("2026-02-01", Shown(serial(DAY), DATE)),
        ("25/12/2025", Shown(serial(dt.date(2025, 12, 25)), DATE)), ("1 Feb 2026", Shown(serial(DAY), "dd-mmm-yy")),
        ("12:00", Shown(0.5, "hh:mm:ss")), ("2026-02-01 12:00", Shown(serial(DAY) + 0.5, MOMENT)),
        ("TRUE", Flag(true=True)), ("false", Flag(true=False)),
        ("=A1", Formula("=A1")), ("+1+2", Formula("=+1+2")), ("#N/A", Formula("=#N/A")),
        ("'=A1", "=A1"), ("'12", "12"), ("words", "words"), ("11A", "11A"), ("31/31/2026", "31/31/2026"),
        ("=", "="), ("", ""), (None, ""), (3, 3.0), (True, Flag(true=True)),
        (DAY, Shown(serial(DAY), DATE)), (moment(46054.5), Shown(46054.5, MOMENT)),
    ],
)  # fmt: skip
def test_a_general_cell_takes_text_for_what_it_looks_like(value: object, made: object) -> None:
    assert written(value, "General") == made


@pytest.mark.parametrize(
    ("value", "made"),
    [("12", "12"), ("=A1", "=A1"), ("'x", "'x"), ("- none", "- none"), (12.0, "12"), (0.1, "0.1"), (True, "TRUE"),
     (DAY, "01/02/2026"), (None, "")],
)  # fmt: skip
def test_a_text_cell_keeps_text_and_makes_text_of_the_rest(value: object, made: str) -> None:
    assert written(value, "@") == made


@pytest.mark.parametrize("value", ["- none known", "@home", "x" * 32_768, object()])
def test_what_excel_refuses_is_refused(value: object) -> None:
    with pytest.raises(Refused) as refusal:
        written(value, "General")
    assert refusal.value.hresult == -2147352567


@given(st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)))  # noqa: DTZ001
def test_a_moment_comes_back_from_its_number_to_the_millisecond(when: dt.datetime) -> None:
    assert abs(moment(serial(when)).replace(tzinfo=None) - when) <= dt.timedelta(milliseconds=1)
