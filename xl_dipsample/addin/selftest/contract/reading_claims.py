"""Claims about reading."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import pandas as pd

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import LABELS, Bench, frame, labels
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.specs import spec

THEME = Theme("reading")


@THEME.everywhere
def a_new_workbook_says_its_kind_and_names_its_tables(bench: Bench) -> None:
    host = bench.host()
    expect.same(host.kind, "working", "the kind")
    wanted = {table.name for table in spec.tables("working")}
    expect.true(set(host.tables()) == wanted, "The tables' names are not those of a working workbook.")
    review = bench.host("review")
    expect.same(review.kind, "review", "the kind")


@THEME.everywhere
def the_one_blank_row_of_an_empty_table_is_no_row(bench: Bench) -> None:
    read = bench.host().read_table("LongList")
    expect.same(len(read), 0, "the rows of an empty long list")
    expect.same(list(read.columns), spec.table("working", "LongList").headings, "the headings of an empty long list")


@THEME.everywhere
def blank_values_of_every_sort_are_none(bench: Bench) -> None:
    host = bench.host()
    rows = [["Type of harm", blank, 1, None, None] for blank in ("", None, float("nan"), pd.NaT, pd.NA)]
    host.write_table("Labels", frame(LABELS, *rows))
    expect.column(host.read_table("Labels"), "Label as exported", [None] * 5, "Labels before saving")
    expect.column(bench.again(host).read_table("Labels"), "Label as exported", [None] * 5, "Labels")


@THEME.everywhere
def no_table_of_a_new_workbook_reads_as_anything_but_none_where_it_is_blank(bench: Bench) -> None:
    host = bench.host()
    for name in host.tables():
        read = host.read_table(name)
        for heading in read.columns:
            cells = read[heading].tolist()
            blank = all(cell is None or (not pd.isna(cell) and cell != "") for cell in cells)
            expect.true(blank, f"In {name}, column {heading}, a blank cell is not None.")


@THEME.everywhere
def what_is_read_is_the_callers_to_change(bench: Bench) -> None:
    host = bench.host()
    mine = host.read_table("Criteria")
    there = mine.loc[0, "Value"]
    mine.loc[0, "Value"] = 99
    expect.same(host.read_table("Criteria").loc[0, "Value"], there, "the age cut-off after a change of what was read")


@THEME.everywhere
def what_was_written_reads_the_same_before_and_after_saving(bench: Bench) -> None:
    host = bench.host()
    host.write_table("Labels", labels(3))
    expect.same_table(host.read_table("Labels"), labels(3), "Labels before saving")
    expect.same_table(bench.again(host).read_table("Labels"), labels(3), "Labels after saving")


@THEME.everywhere
def a_table_or_name_that_is_not_there_is_one_sentence(bench: Bench) -> None:
    host = bench.host()
    expect.refused(WorkbookProblem, ["Nowhere"], lambda: host.read_table("Nowhere"), "Reading a table that is gone")
    expect.refused(WorkbookProblem, ["nobody"], lambda: host.read_value("nobody"), "Reading a name that is gone")
