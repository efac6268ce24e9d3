"""Claims about tables as long as real ones."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import Bench, filled, long_list
from xl_dipsample.addin.selftest.contract.claim import Theme

THEME = Theme("long tables")
ROWS, FEW = 5_000, 50


def _rows(count: int) -> pd.DataFrame:
    """Rows in which text, dates and numbers stand; all synthetic."""
    numbers = range(count)
    return filled(
        long_list(count, "Team", "Visits", "Closed"),
        Case_ID=[f"{number:07}" for number in numbers],
        Name=[f"Synthetic person {number}" for number in numbers],
        Date_of_birth=[dt.date(2008, 1, 1) + dt.timedelta(days=number % 3000) for number in numbers],
        Contact_date=[None if number % 7 == 0 else dt.date(2026, 1, 1 + number % 28) for number in numbers],
        Team=[("North", "=South", "0012", None)[number % 4] for number in numbers],
        Visits=[number / 4 if number % 4 else number // 4 for number in numbers],
        Closed=[bool(number % 2) for number in numbers],
    )


@THEME.everywhere
def five_thousand_rows_are_written_and_read_whole(bench: Bench) -> None:
    host = bench.host()
    made = _rows(ROWS)
    host.write_table("LongList", made)
    expect.same_table(host.read_table("LongList"), made, "LongList before saving")
    expect.same_table(bench.again(host).read_table("LongList"), made, "LongList after saving")


@THEME.everywhere
def a_long_table_shrinks_to_a_short_one_and_nothing_is_left_below(bench: Bench) -> None:
    host = bench.host()
    host.write_table("LongList", _rows(1_000))
    host = bench.again(host)
    host.write_table("LongList", _rows(FEW))
    expect.same_table(bench.again(host).read_table("LongList"), _rows(FEW), "LongList")


@THEME.live
def the_number_of_calls_does_not_grow_with_the_rows(bench: Bench) -> None:
    few, many = _calls(bench, FEW), _calls(bench, ROWS)
    expect.true(many <= few, f"{FEW} rows took {few} calls to the program, {ROWS:,} rows took {many}.")


def _calls(bench: Bench, count: int) -> int:
    """How many calls to the program it takes to write a table of so many rows and to read it again."""
    host = bench.host()
    made = _rows(count)
    host.write_table("LongList", _rows(2))  # so that both start from a table that has rows and columns of its own
    host = bench.again(host)
    before = bench.live.calls()
    if before is None:
        raise expect.NotTried("This program does not count the calls that reach it.")
    with host.transaction():
        host.write_table("LongList", made)
    expect.same(len(host.read_table("LongList")), count, "the rows of LongList")
    return (bench.live.calls() or 0) - before
