"""Claims about tables: their size, their columns, their neighbours."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import LABELS, Bench, frame, labels
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.workbook.specs import spec

THEME = Theme("tables")


@THEME.everywhere
def a_table_shrinks_and_can_be_emptied(bench: Bench) -> None:
    host = bench.host()
    host.write_table("Labels", labels(9))
    host = bench.again(host)
    host.write_table("Labels", frame(LABELS, ["Outcome", "one", 1, "Not chosen", None]))
    host = bench.again(host)
    read = host.read_table("Labels").to_numpy().tolist()
    expect.same(read, [["Outcome", "one", 1, "Not chosen", None]], "the one row that is left")
    host.write_table("Labels", frame(LABELS))
    host = bench.again(host)
    expect.same(host.read_table("Labels").shape, (0, 5), "the size of the emptied table")
    host.write_table("Labels", labels(2))
    expect.same_table(bench.again(host).read_table("Labels"), labels(2), "Labels, filled again")


@THEME.everywhere
def the_long_list_takes_the_columns_it_is_given(bench: Bench) -> None:
    host = bench.host()
    ours = spec.table("working", "LongList").headings
    wide = frame([*ours, "Surname", "Notes & <more>", "Three"], [1, *[None] * 13, "x", "y", "z"])
    host.write_table("LongList", wide)
    host = bench.again(host)
    expect.same_table(host.read_table("LongList"), wide, "the wide long list")
    narrow = frame([*ours, "Team"], [1, *[None] * 13, "North"])
    host.write_table("LongList", narrow)
    expect.same_table(bench.again(host).read_table("LongList"), narrow, "the narrow long list")


@THEME.everywhere
def headings_that_look_like_numbers_formulas_or_dates_stay(bench: Bench) -> None:
    host = bench.host()
    ours = spec.table("working", "LongList").headings
    more = ["2025", "0012", "=1+1", "1/2/2026", "Line\nbreak", "@x", "[brackets] #'"]
    wide = frame([*ours, *more], [1, *[None] * 13, *more])
    host.write_table("LongList", wide)
    expect.same_table(bench.again(host).read_table("LongList"), wide, "the long list")


@THEME.everywhere
def tables_side_by_side_do_not_disturb_each_other(bench: Bench) -> None:
    host = bench.host()
    before, categories = host.read_table("Criteria"), host.read_table("Categories")
    host.write_table("Labels", labels(40))
    host = bench.again(host)
    expect.same_table(host.read_table("Criteria"), before, "Criteria")
    expect.same_table(host.read_table("Categories"), categories, "Categories")
    expect.same(len(host.read_table("Labels")), 40, "the rows of Labels")


@THEME.everywhere
def a_table_that_is_written_changes_no_other_table(bench: Bench) -> None:
    host = bench.host()
    before = {name: host.read_table(name) for name in host.tables() if name != "Labels"}
    host.write_table("Labels", labels(5))
    host = bench.again(host)
    formulas = {column.heading for table in spec.tables("working") for column in table.columns if column.formula}
    for name, wanted in before.items():
        plain = [heading for heading in wanted.columns if heading not in formulas and name != "Steps"]
        expect.same_table(host.read_table(name)[plain], wanted[plain], name)
