"""The order of day and month is judged over a whole column, and never turned by a slip of the pen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from xl_dipsample.domain.shared.date_order import Order, date_order, in_order

DAYS = [date(2024, 1, 3) + timedelta(days=7 * week) for week in range(50)]


def texts(pattern: str, days: list[date] = DAYS) -> list[object]:
    return [day.strftime(pattern) for day in days]


@pytest.mark.parametrize(
    ("pattern", "order"),
    [
        ("%d/%m/%Y", "day first"),
        ("%d.%m.%y", "day first"),
        ("%Y-%m-%d", "day first"),
        ("%d %B %Y", "day first"),
        ("%m/%d/%Y", "month first"),
        ("%m/%d/%Y %H:%M", "month first"),
        ("%Y-%d-%m", "year day month"),
    ],
)
def test_a_column_says_its_order_and_every_cell_is_its_day(pattern: str, order: Order) -> None:
    cells = texts(pattern)
    assert date_order(cells) == order
    if order != "day first":
        assert [in_order(cell, order) for cell in cells] == DAYS


def test_one_slip_among_many_turns_nothing() -> None:
    assert date_order([*texts("%d/%m/%Y"), "04/25/2024"]) == "day first"
    assert date_order([*texts("%Y-%m-%d"), "2024-25-04"]) == "day first"


def test_both_orders_in_one_column_are_mixed() -> None:
    assert date_order([*texts("%d/%m/%Y"), *texts("%m/%d/%Y")]) == "mixed"


def test_one_text_that_only_month_first_can_mean_among_open_ones_is_mixed() -> None:
    assert date_order(["04/05/2024", "06/07/2024", "08/25/2024"]) == "mixed"


def test_a_heading_decides_where_the_cells_are_open() -> None:
    cells: list[object] = ["04/05/2024", "06/07/2024"]
    assert date_order(cells, "DOB (MM/DD/YYYY)") == "month first"
    assert date_order(cells, "DOB (DD/MM/YYYY)") == "day first"
    assert date_order(["25/04/2024"], "DOB (MM/DD/YYYY)") == "day first"


def turned(days: list[date]) -> list[object]:
    """What an American Excel makes of a British .csv."""
    return [datetime(d.year, d.day, d.month) if d.day <= 12 else d.strftime("%d/%m/%Y") for d in days]  # noqa: DTZ001


def test_a_column_that_excel_turned_half_is_swapped() -> None:
    assert date_order(turned(DAYS)) == "swapped"


def test_true_dates_beside_texts_are_not_called_swapped_when_a_true_one_is_late() -> None:
    assert date_order([*turned(DAYS), datetime(2024, 5, 28)]) == "day first"  # noqa: DTZ001
    assert date_order([datetime(2024, 5, 2), "28/05/2024"]) == "day first"  # noqa: DTZ001


def stamps(days: list[date], hour_in_summer: int) -> list[object]:
    return [
        f"{day - timedelta(days=1)}T{hour_in_summer}:00:00Z" if 4 <= day.month <= 10 else f"{day}T00:00:00Z"
        for day in days
        if day.month not in (3, 10) and day.day > 1
    ]


def test_midnights_told_in_utc_are_the_day_here() -> None:
    cells = stamps(DAYS, 23)
    assert date_order(cells) == "utc"
    assert [in_order(cell, "utc") for cell in cells] == [d for d in DAYS if d.month not in (3, 10) and d.day > 1]


def test_a_report_of_late_evenings_is_not_taken_for_midnights() -> None:
    evenings: list[object] = [f"2024-06-{day:02}T{hour}:00:00Z" for day in range(1, 20) for hour in (22, 23)]
    assert date_order(evenings) == "day first"
    assert date_order([*stamps(DAYS, 23), "2024-06-12T14:20:00Z"]) == "day first"


def test_a_column_without_dates_is_left_alone() -> None:
    assert date_order([None, "", "n/a", "North", 12.5, True]) == "day first"
    assert in_order("North", "month first") == "North"
