"""Claims about writing: types, headings, formulas."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import datetime as dt

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import Bench, filled, frame, long_list, moment, reviews
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.domain.shared.errors import WorkbookProblem

THEME = Theme("writing")


@THEME.everywhere
def what_is_written_is_read_back_with_its_types(bench: Bench) -> None:
    host = bench.host()
    made = filled(
        long_list(6, "Anything"),
        Case_ID=["0012", "12", " 7 ", "a\nb", "=1+1", "é😀&<>\"'"],
        Date_of_birth=[dt.date(2010, 2, 28), "unknown", dt.date(1900, 3, 1), None, dt.date(2010, 1, 1), "02/2010"],
        Anything=[1.5, True, "x", 3, moment(2024, 5, 6, 7, 8), None],
    )
    host.write_table("LongList", made)
    expect.same_table(host.read_table("LongList"), made, "LongList before saving")
    expect.same_table(bench.again(host).read_table("LongList"), made, "LongList after saving")


@THEME.everywhere
def booleans_stay_booleans_and_are_no_numbers(bench: Bench) -> None:
    host = bench.host()
    made = filled(long_list(4, "Anything"), Anything=[True, False, 1, 0])
    host.write_table("LongList", made)
    expect.column(bench.again(host).read_table("LongList"), "Anything", [True, False, 1, 0], "LongList")


@THEME.everywhere
def numbers_keep_every_digit_that_excel_holds(bench: Bench) -> None:
    host = bench.host()
    figures = [0.1, 1 / 3, 123456789012345, -7, 0, 1e-9, 1234567.891]
    made = filled(long_list(len(figures), "Anything"), Anything=figures)
    host.write_table("LongList", made)
    read = bench.again(host).read_table("LongList")["Anything"].tolist()
    for place, (found, wanted) in enumerate(zip(read, figures, strict=True), 1):
        expect.true(isinstance(found, (int, float)), f"Number {place} is {expect.described(found)}.")
        expect.true(abs(found - wanted) <= 1e-14 * abs(wanted), f"Number {place} lost digits.")
        expect.true(type(found) is type(wanted), f"Number {place} is {expect.described(found)}.")


@THEME.everywhere
def columns_are_matched_by_heading_and_the_others_of_ours_are_blank(bench: Bench) -> None:
    host = bench.host()
    host.write_table("Labels", frame(["Rows", "Field"], [4, "Outcome"]))
    read = bench.again(host).read_table("Labels")
    expect.same(read.to_numpy().tolist(), [["Outcome", None, 4, None, None]], "the row of Labels")


@THEME.everywhere
def a_heading_that_the_table_does_not_have_is_refused(bench: Bench) -> None:
    host = bench.host()
    surprise = frame(["Field", "Surprise"], ["Outcome", 1])
    expect.refused(
        WorkbookProblem, ["Labels"], lambda: host.write_table("Labels", surprise), "Writing an unknown heading"
    )
    expect.same(len(host.read_table("Labels")), 0, "the rows of Labels after the refusal")


@THEME.everywhere
def formula_columns_are_filled_down_whatever_is_written(bench: Bench) -> None:
    host = bench.host("review")
    made = reviews(3)
    made["Scenario"] = "typed over"
    made["Level of harm"] = ["In need", "Significant harm", None]
    made["Parenting concerns"] = ["No", "Yes", None]
    host.write_table("Review", made)
    read = bench.again(host).read_table("Review")["Scenario"].tolist()
    wanted = ["In need, no parenting concerns", "Significant harm, parenting concerns"]
    expect.same(read[:2], wanted, "the scenario of the first rows")
    expect.true(read[2] != "typed over", "A formula was typed over in the last row.")


@THEME.everywhere
def formula_columns_grow_with_the_table(bench: Bench) -> None:
    made = reviews(2)
    host = bench.host("review", Review=made)
    more = reviews(40)
    more["Level of harm"] = "In need"
    more["Parenting concerns"] = "No"
    host.write_table("Review", more)
    read = bench.again(host).read_table("Review")
    expect.column(read, "Scenario", ["In need, no parenting concerns"] * 40, "Review")
