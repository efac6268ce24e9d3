"""Claims about text: it stays as it was written, whatever it looks like."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import LABELS, Bench, filled, frame, long_list
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.workbook.specs import spec

THEME = Theme("text")

_LIKE_FORMULAS = ["=1+1", "+1", "-1", "@x", "-", "=", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "'quoted", "''"]
_LIKE_NUMBERS = ["0012", "12", "1.50", "1e5", "12%", "(3)", "1,000", "£5", "TRUE", "FALSE", " 7 ", "1 1/2", "#N/A"]
_LIKE_DATES = ["1/2/2026", "2026-03-01", "12:30", "Mar 26", "3-4", "02/2010"]


def _stay(bench: Bench, texts: list[str]) -> None:
    """In a text column of ours, a column of the export, and the column of values on Data checks."""
    host = bench.host()
    made = filled(long_list(len(texts), "From the export"), Case_ID=texts, From_the_export=texts)
    host.write_table("LongList", made)
    checks = spec.table("working", "DataChecks").headings
    blank = frame(checks, *[[None] * len(checks) for _ in texts])
    host.write_table("DataChecks", filled(blank, Value=texts))
    host = bench.again(host)
    for table, heading in (("LongList", "Case ID"), ("LongList", "From the export"), ("DataChecks", "Value")):
        expect.column(host.read_table(table), heading, texts, table)


@THEME.everywhere
def text_that_looks_like_a_formula_stays_text(bench: Bench) -> None:
    _stay(bench, _LIKE_FORMULAS)


@THEME.everywhere
def leading_zeros_and_text_that_looks_like_a_number_stay_text(bench: Bench) -> None:
    _stay(bench, _LIKE_NUMBERS)


@THEME.everywhere
def text_that_looks_like_a_date_stays_text(bench: Bench) -> None:
    _stay(bench, _LIKE_DATES)


@THEME.everywhere
def letters_of_every_alphabet_signs_and_line_breaks_stay(bench: Bench) -> None:
    _stay(bench, ["é😀&<>\"'", "Żółć", "王小明", "שלום", "مرحبا", "a\nb", "\n", "one\n\nthree", "e\u0301", "x\u00a0y"])


@THEME.everywhere
def text_in_a_column_of_dates_stays_text(bench: Bench) -> None:
    host = bench.host()
    texts = ["unknown", "02/2010", "=1+1", "0012", "2010"]
    host.write_table("LongList", filled(long_list(len(texts)), Date_of_birth=texts))
    expect.column(bench.again(host).read_table("LongList"), "Date of birth", texts, "LongList")


@THEME.everywhere
def the_longest_text_that_a_cell_holds_is_kept_whole(bench: Bench) -> None:
    host = bench.host()
    longest = "Synthetic. " * 2978 + "123456789"
    expect.same(len(longest), 32_767, "the length of the longest text")
    host.write_table("Labels", frame(LABELS, ["Outcome", longest, 1, None, None]))
    expect.column(bench.again(host).read_table("Labels"), "Label as exported", [longest], "Labels")


@THEME.everywhere
def a_text_too_long_for_a_cell_is_refused_with_its_place(bench: Bench) -> None:
    host = bench.host()
    good, bad = "😀" * 16_383, "😀" * 16_384  # two units each
    host.write_table("Labels", frame(LABELS, ["Outcome", good, 1, None, None]))
    two = frame(LABELS, ["Outcome", "x", 1, None, None], ["Outcome", bad, 1, None, None])
    expect.refused(
        FileProblem,
        ["Labels, Excel row 7, column "],
        lambda: host.write_table("Labels", two),
        "Writing a text that no cell can hold",
    )
    expect.column(bench.again(host).read_table("Labels"), "Label as exported", [good], "Labels")
