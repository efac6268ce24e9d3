"""Claims about dates.

Excel counts days from 1900 and holds 29 February 1900, a day that never was: before 1 March 1900 its day numbers are
one less than everybody else's. A date before 1900 is no date for Excel at all.
"""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import Bench, frame, long_list, moment
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.workbook.specs import spec

THEME = Theme("dates")


def _written(bench: Bench, heading: str, cells: list[object], *more: str) -> pd.DataFrame:
    host = bench.host()
    made = long_list(len(cells), *more)
    made[heading] = pd.Series(cells, dtype=object)
    host.write_table("LongList", made)
    return bench.again(host).read_table("LongList")


@THEME.everywhere
def whole_numbers_are_int_and_midnight_is_a_date(bench: Bench) -> None:
    host = bench.host()
    columns = [*spec.table("working", "LongList").headings, "Moment"]
    made = frame(columns, [3.0, *[None] * 5, pd.Timestamp("2026-03-01"), *[None] * 7, moment(2026, 3, 1)])
    host.write_table("LongList", made)
    read = bench.again(host).read_table("LongList").loc[0]
    expect.same(read["Record"], 3, "a whole number")
    expect.same(read["Contact date"], dt.date(2026, 3, 1), "a timestamp at midnight")
    expect.same(read["Moment"], dt.date(2026, 3, 1), "a moment at midnight")


@THEME.everywhere
def a_date_and_time_column_keeps_midnight_as_a_moment(bench: Bench) -> None:
    host = bench.host()
    columns = spec.table("working", "Audit").headings
    host.write_table("Audit", frame(columns, [moment(2026, 3, 1), "AB", "import", "4 rows", "0.1", None]))
    expect.same(bench.again(host).read_table("Audit").loc[0, "When"], moment(2026, 3, 1), "midnight on Audit")


@THEME.everywhere
def dates_are_dates_and_keep_their_day(bench: Bench) -> None:
    days = [dt.date(1900, 3, 1), dt.date(1970, 1, 1), dt.date(2008, 2, 29), dt.date(2026, 3, 29), dt.date(2026, 10, 25)]
    days += [dt.date(2099, 12, 31)]
    expect.column(_written(bench, "Date of birth", list(days)), "Date of birth", days, "LongList")


@THEME.everywhere
def dates_in_a_column_of_the_export_are_dates(bench: Bench) -> None:
    cells: list[object] = [dt.date(2026, 3, 1), None, "no date", dt.date(2012, 12, 12)]
    expect.column(_written(bench, "Closed on", cells, "Closed on"), "Closed on", cells, "LongList")


@THEME.everywhere
def a_time_of_day_is_kept_to_the_second(bench: Bench) -> None:
    moments: list[object] = [moment(2024, 5, 6, 7, 8), moment(2024, 5, 6, 23, 59, 59), moment(2026, 3, 29, 1, 30, 1)]
    expect.column(_written(bench, "Anything", moments, "Anything"), "Anything", moments, "LongList")


@THEME.everywhere
def dates_before_march_1900_come_back_as_they_were_written(bench: Bench) -> None:
    days: list[object] = [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1)]
    expect.column(_written(bench, "Date of birth", days), "Date of birth", days, "LongList")
