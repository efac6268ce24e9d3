"""A report without a day after the 12th: the order of day and month is open, unless another column tells it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.own_columns import date_orders, objects

TAKEN = Match({"contact_date": (0,), "date_of_birth": (1,)}, {}, ())
AMERICAN = [f"{month:02}/{day:02}/2024" for month in range(4, 10) for day in range(1, 13)]


def orders(contact: list[object], born: list[object]) -> dict[str, str]:
    columns = [objects([*one, *[None] * (100 - len(one))]) for one in (contact, born)]
    assert all(isinstance(one, np.ndarray) for one in columns)
    return dict(date_orders(columns, TAKEN, ["Contact date", "DOB"]))


def test_days_that_are_all_early_are_said() -> None:
    assert orders([*AMERICAN], []) == {"contact_date": "early"}


def test_another_column_that_only_the_day_first_can_mean_settles_it() -> None:
    assert orders([*AMERICAN], ["25/03/2010", "13/04/2011"]) == {}


def test_another_column_that_only_the_month_first_can_mean_settles_it() -> None:
    told = orders([*AMERICAN], ["03/25/2010", "04/13/2011", "05/14/2011"])
    assert told == {"contact_date": "month first", "date_of_birth": "month first"}


@pytest.mark.parametrize(
    "days",
    [
        [f"01/{month:02}/{year}" for year in (2023, 2024) for month in range(1, 13)],  # the first of each month
        [f"{day:02}/05/2024" for day in range(1, 13)],  # the first days of one month
        [f"{day:02}/{month:02}/2024" for day in (2, 5, 9) for month in (4, 5, 6)],  # nine dates: chance may do that
    ],
)
def test_days_that_are_early_for_a_reason_are_not(days: list[object]) -> None:
    assert orders(days, []) == {}


def test_true_dates_that_are_all_early_are_said_unless_another_column_has_later_ones() -> None:
    true: list[object] = [date(2024, month, day) for month in range(1, 13) for day in range(4, 8)]
    assert orders(true, []) == {"contact_date": "early"}
    assert orders(true, [date(2010, 3, 5), date(2010, 4, 6)]) == {"contact_date": "early"}
    assert orders(true, [date(2010, 3, 25), date(2010, 4, 6)]) == {}
