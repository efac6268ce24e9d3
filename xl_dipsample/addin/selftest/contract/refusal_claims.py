"""Claims about what is refused: each with one sentence, and the workbook as before."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from xl_dipsample.addin.selftest.contract import as_a_person_claims, expect
from xl_dipsample.addin.selftest.contract.bench import SAMPLE_ID, Bench, case_checks, labels
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.addin.selftest.contract.nobody import NobodyThere
from xl_dipsample.domain.shared.errors import DipSampleError, WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

THEME = Theme("refusals")


@THEME.everywhere
def a_workbook_that_is_not_ours_is_refused(bench: Bench) -> None:
    path = bench.folder / "somebody else.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Sheet1").write_string(0, 0, "Synthetic")
    book.close()
    expect.refused(WorkbookProblem, [path.name], lambda: bench.opened(path), "Opening a workbook that is not ours")


@THEME.everywhere
def a_workbook_of_a_newer_version_is_refused(bench: Bench) -> None:
    path = bench.workbook()
    newer = FileHost.open(path, NobodyThere())
    newer.write_value("spec_version", "999")
    newer.save()
    expect.refused(WorkbookProblem, [path.name, "newer"], lambda: bench.opened(path), "Opening a newer workbook")


@THEME.live
def a_protected_sheet_is_refused_by_name_and_nothing_is_written(bench: Bench) -> None:
    path = bench.workbook(CaseCheck=case_checks(3), Labels=labels(2))
    sheet = as_a_person_claims.protect_sheet(path, "CaseCheck")

    def act() -> None:
        host = bench.opened(path)
        with host.transaction():
            host.write_table("Labels", labels(5))
            host.write_table("CaseCheck", case_checks(4))

    expect.refused(DipSampleError, [sheet], act, "Writing on a protected sheet")
    _expect_untouched(bench, path)


def _expect_untouched(bench: Bench, path: Path) -> None:
    """The tables on the disk are what they were; read without the program's help."""
    copy = bench.folder / "as it is.xlsx"
    copy.write_bytes(path.read_bytes())
    read = FileHost.open(copy, NobodyThere(), read_only=True)
    expect.same(len(read.read_table("CaseCheck")), 3, "the rows of CaseCheck afterwards")
    expect.same(len(read.read_table("Labels")), 2, "the rows of Labels afterwards")


@THEME.live
def a_workbook_that_can_only_be_read_is_refused_by_name(bench: Bench) -> None:
    path = bench.workbook()

    def act() -> None:
        host = bench.live.opened_to_be_read(path)
        with host.transaction():
            host.write_value("sample_id", "other")
        host.save()

    expect.refused(DipSampleError, [path.name], act, "Writing to a workbook that can only be read")
    expect.same(bench.opened(path).read_value("sample_id"), SAMPLE_ID, "the sample ID on the disk")
