"""Claims about copies."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import SAMPLE_ID, Bench, labels
from xl_dipsample.addin.selftest.contract.claim import Theme

THEME = Theme("copies")


@THEME.everywhere
def a_copy_has_what_was_written_and_the_subject_stays(bench: Bench) -> None:
    host = bench.host()
    path = host.path
    host.write_value("sample_id", "copied")
    host.save_copy(bench.folder / "copy.xlsx")
    copied = bench.opened(bench.folder / "copy.xlsx").read_value("sample_id")
    expect.same(copied, "copied", "the sample ID of the copy")
    expect.true(host.path == path, "The subject moved to another path.")
    expect.same(path.name, "working.xlsx", "the subject's name")
    expect.same(bench.opened(path).read_value("sample_id"), SAMPLE_ID, "the subject's sample ID on the disk")


@THEME.everywhere
def a_copy_of_a_workbook_that_was_not_changed_holds_the_same(bench: Bench) -> None:
    host = bench.host(Labels=labels(3))
    host.save_copy(bench.folder / "copy.xlsx")
    copy = bench.opened(bench.folder / "copy.xlsx")
    expect.same(copy.kind, "working", "the copy's kind")
    expect.same_table(copy.read_table("Labels"), labels(3), "Labels in the copy")
    expect.true(set(copy.tables()) == set(host.tables()), "The copy has other tables.")


@THEME.everywhere
def after_a_copy_the_subject_can_be_written_and_saved(bench: Bench) -> None:
    host = bench.host()
    host.save_copy(bench.folder / "copy.xlsx")
    host.write_table("Labels", labels(2))
    expect.same_table(bench.again(host).read_table("Labels"), labels(2), "Labels")
    copied = bench.opened(bench.folder / "copy.xlsx").read_table("Labels")
    expect.same(len(copied), 0, "the rows of Labels in the copy")
