"""Formats before values, so that text stays text and a date is a date."""

from __future__ import annotations

import datetime as dt

import pytest

from xl_dipsample.workbook.hosts.excel import convert
from xl_dipsample.workbook.hosts.excel.looks import Look, look, of_value

DAY, MOMENT = dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("kind", "values", "wanted"),
    [
        ("text", ["0012", "=1+1", None], Look("@", prefixed=False)),
        ("text", ["0012", "'x"], Look("General", prefixed=True)),
        ("text", ["0012", 12], Look("General", prefixed=True)),
        ("text", [None], Look("@", prefixed=False)),
        ("text", [DAY], Look("dd/mm/yyyy", prefixed=False)),
        ("date", [DAY, None], Look("dd/mm/yyyy", prefixed=False)),
        ("date", [DAY, "unknown"], Look("dd/mm/yyyy", prefixed=True)),
        ("date", ["unknown"], Look("dd/mm/yyyy", prefixed=True)),
        ("date", [MOMENT], Look("dd/mm/yyyy hh:mm", prefixed=False)),
        ("date", [DAY, 3], Look("General", prefixed=False)),
        ("datetime", [MOMENT], Look("dd/mm/yyyy hh:mm", prefixed=False)),
        ("whole", [1, 2], Look("0", prefixed=False)),
        ("whole", [1, 2.5], Look("General", prefixed=False)),
        ("whole", [1, "many"], Look("0", prefixed=True)),
        ("number", [1.5, True, None], Look("General", prefixed=False)),
    ],
)
def test_a_column_gets_the_format_that_keeps_its_values(kind: str, values: list[object], wanted: Look) -> None:
    assert look(kind, values) == wanted


@pytest.mark.parametrize(
    ("now", "values", "wanted"),
    [
        ("0.00%", [0.5], Look("", prefixed=False)),
        ("0.00%", ["half"], Look("", prefixed=True)),
        ("0.00%", [DAY], Look("dd/mm/yyyy", prefixed=False)),
        ("d mmm yyyy", [DAY, "soon"], Look("", prefixed=True)),
        ("d mmm yyyy", [5], Look("General", prefixed=False)),
        ("General", [DAY], Look("", prefixed=False)),
        ("@", ["0012"], Look("@", prefixed=False)),
        ("@", [5], Look("General", prefixed=False)),
        (None, ["0012", 5], Look("General", prefixed=True)),
    ],
)
def test_peoples_own_column_keeps_its_format_where_that_is_safe(now: str, values: list[object], wanted: Look) -> None:
    assert look(None, values, now) == wanted


def test_one_cell_gets_its_format_and_a_blank_one_keeps_its_own() -> None:
    assert of_value("=1") == Look("@", prefixed=False)
    assert of_value(3) == Look("General", prefixed=False)
    assert of_value(None) == Look("", prefixed=False)


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), DAY])
def test_a_date_goes_out_and_comes_back_also_before_march_1900(day: dt.date) -> None:
    out = convert.to_excel([day])
    assert out[0].date() == (day if day >= dt.date(1900, 3, 1) else day - dt.timedelta(days=1))
    assert convert.from_excel(out)[0].date() == day


def test_the_noise_of_a_days_fraction_is_rounded_off() -> None:
    noisy = dt.datetime(2026, 3, 1, 7, 7, 59, 999_999)  # noqa: DTZ001
    assert convert.from_excel([noisy]) == [dt.datetime(2026, 3, 1, 7, 8)]  # noqa: DTZ001


def test_new_error_values_have_their_words_and_whole_numbers_stay() -> None:
    assert convert.from_excel([-2146826238, 7, True]) == ["#CALC!", 7, True]
