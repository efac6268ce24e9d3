"""Claims about columns that people added to a table of ours."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import pandas as pd

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import Bench, case_checks, filled, reviews
from xl_dipsample.addin.selftest.contract.claim import Theme

THEME = Theme("own columns")


@THEME.everywhere
def columns_that_people_added_stay_with_their_rows(bench: Bench) -> None:
    made = reviews(3)
    filled(made, Our_own=["first", "second", "third"])
    host = bench.host("review", Review=made)
    turned = made.drop(columns="Our own").iloc[[2, 0]].reset_index(drop=True)
    extra = reviews(4).iloc[[3]]
    host.write_table("Review", pd.concat([turned, extra], ignore_index=True))
    read = bench.again(host).read_table("Review")
    wanted = [["DS-002", "third"], ["DS-000", "first"], ["DS-003", None]]
    expect.same(read[["Unique ID", "Our own"]].to_numpy().tolist(), wanted, "the rows of Review")


@THEME.everywhere
def columns_that_people_added_can_be_written_too(bench: Bench) -> None:
    made = reviews(2)
    filled(made, Our_own=["first", "second"])
    host = bench.host("review", Review=made)
    filled(made, Our_own=["changed", None])
    host.write_table("Review", made)
    expect.column(bench.again(host).read_table("Review"), "Our own", ["changed", None], "Review")


@THEME.everywhere
def what_people_typed_in_their_columns_stays_as_they_typed_it(bench: Bench) -> None:
    made = case_checks(4)
    filled(made, Our_notes=["0012", "=1+1", "a\nb", "1/2/2026"])
    host = bench.host(CaseCheck=made)
    host.write_table("CaseCheck", case_checks(6))
    read = bench.again(host).read_table("CaseCheck")
    expect.column(read, "Our notes", ["0012", "=1+1", "a\nb", "1/2/2026", None, None], "CaseCheck")
