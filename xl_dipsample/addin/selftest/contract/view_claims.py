"""Claims about what a person sees: filters, sorting, hidden columns. They hide nothing from us, and we lose nothing."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import pandas as pd

from xl_dipsample.addin.selftest.contract import as_a_person_claims, expect
from xl_dipsample.addin.selftest.contract.bench import Bench, case_checks, filled, reviews
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.workbook.host import Host

THEME = Theme("views")


def _filtered_workbook(bench: Bench) -> Host:
    """A case check of six rows of which the three of team North show."""
    path = bench.workbook(CaseCheck=case_checks(6))
    as_a_person_claims.filter_table(path, "CaseCheck", "Team", "North", hidden=(2, 4, 6))
    return bench.opened(path)


def _filters(bench: Bench, host: Host) -> list[str]:
    if bench.program:
        return bench.program.filtered(host, "CaseCheck")
    return as_a_person_claims.filter_in_file(host.path, "CaseCheck")


def _hidden(bench: Bench, host: Host) -> list[int]:
    if bench.program:
        return bench.program.hidden_rows(host, "CaseCheck")
    return as_a_person_claims.hidden_rows_in_file(host.path, "CaseCheck")


@THEME.everywhere
def a_filter_hides_no_row_from_us(bench: Bench) -> None:
    host = _filtered_workbook(bench)
    expect.same(_filters(bench, host), ["Team"], "the filter that a person set")
    expect.same(_hidden(bench, host), [2, 4, 6], "the rows that the person's filter hides")
    expect.same_table(host.read_table("CaseCheck"), case_checks(6), "CaseCheck")


@THEME.everywhere
def hidden_rows_are_written_too_and_the_filter_stays(bench: Bench) -> None:
    host = _filtered_workbook(bench)
    made = case_checks(6)
    filled(made, Initials=["AB", "CD", "EF", "GH", "IJ", "KL"])
    with host.transaction():
        host.write_table("CaseCheck", made)
    host.save()
    expect.same(_filters(bench, host), ["Team"], "the filter after the same rows were written")
    expect.same(_hidden(bench, host), [2, 4, 6], "the rows that the filter hides")
    expect.same_table(bench.again(host).read_table("CaseCheck"), made, "CaseCheck")


@THEME.everywhere
def after_other_rows_came_a_filter_hides_none_that_it_would_show(bench: Bench) -> None:
    host = _filtered_workbook(bench)
    made = case_checks(7)
    filled(made, Team=["South", "North", "North", "North", "South", "North", "North"])
    with host.transaction():
        host.write_table("CaseCheck", made)
    host.save()
    hidden = _hidden(bench, host)
    allowed = [1, 5] if _filters(bench, host) else []
    expect.same(hidden, allowed, "the hidden rows")
    expect.same_table(bench.again(host).read_table("CaseCheck"), made, "CaseCheck")


@THEME.everywhere
def a_filtered_table_can_be_emptied_and_shrunk(bench: Bench) -> None:
    host = _filtered_workbook(bench)
    with host.transaction():
        host.write_table("CaseCheck", case_checks(1))
    expect.same_table(bench.again(host).read_table("CaseCheck"), case_checks(1), "CaseCheck with one row")
    host = _filtered_workbook(bench)
    with host.transaction():
        host.write_table("CaseCheck", case_checks(0))
    expect.same(len(bench.again(host).read_table("CaseCheck")), 0, "the rows of the emptied CaseCheck")


@THEME.live
def a_transaction_that_fails_leaves_the_filter(bench: Bench) -> None:
    host = _filtered_workbook(bench)
    try:
        with host.transaction():
            host.write_table("CaseCheck", case_checks(9))
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    expect.same(_filters(bench, host), ["Team"], "the filter after the error")
    expect.same(_hidden(bench, host), [2, 4, 6], "the rows that the filter hides after the error")
    expect.same_table(host.read_table("CaseCheck"), case_checks(6), "CaseCheck after the error")


@THEME.everywhere
def a_sorted_table_is_read_as_it_stands_and_written_in_the_order_given(bench: Bench) -> None:
    turned = _turned(case_checks(5))
    path = bench.workbook(CaseCheck=turned)
    as_a_person_claims.sort_table(path, "CaseCheck", "Case ID")
    host = bench.opened(path)
    expect.same_table(host.read_table("CaseCheck"), turned, "CaseCheck, sorted by a person")
    host.write_table("CaseCheck", case_checks(6))
    expect.same_table(bench.again(host).read_table("CaseCheck"), case_checks(6), "CaseCheck, written")


@THEME.everywhere
def own_columns_follow_their_rows_when_a_person_sorted_the_table(bench: Bench) -> None:
    made = _turned(reviews(4))
    filled(made, Our_own=["fourth", "third", "second", "first"])
    path = bench.workbook("review", Review=made)
    as_a_person_claims.sort_table(path, "Review", "Unique ID")
    host = bench.opened(path)
    host.write_table("Review", reviews(4))
    read = bench.again(host).read_table("Review")
    expect.column(read, "Our own", ["first", "second", "third", "fourth"], "Review")


@THEME.everywhere
def hidden_columns_are_read_and_written_and_stay_hidden(bench: Bench) -> None:
    path = bench.workbook(CaseCheck=case_checks(3))
    as_a_person_claims.hide_column(path, "CaseCheck", "Team")
    host = bench.opened(path)
    expect.same_table(host.read_table("CaseCheck"), case_checks(3), "CaseCheck")
    made = case_checks(8)
    made["Team"] = "East"
    host.write_table("CaseCheck", made)
    host = bench.again(host)
    expect.same_table(host.read_table("CaseCheck"), made, "CaseCheck, written")
    if bench.program:
        hidden = bench.program.hidden_columns(host, "CaseCheck")
    else:
        hidden = as_a_person_claims.hidden_columns_in_file(path, "CaseCheck")
    expect.same(hidden, ["Team"], "the hidden columns")


def _turned(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[::-1].reset_index(drop=True)


@THEME.everywhere
def formulas_that_a_person_typed_are_told_by_row_and_heading(bench: Bench) -> None:
    path = bench.workbook(CaseCheck=filled(case_checks(4), Initials=["AB", "=AB", "+AB", None]))
    row = as_a_person_claims.type_formula(path, "CaseCheck", "Initials", 3, '"C"&"D"', "CD")
    host = bench.opened(path)
    expect.same(host.read_table("CaseCheck")["Initials"].tolist(), ["AB", "=AB", "CD", None], "what the cells show")
    expect.same(host.typed_formulas("CaseCheck"), [(row, "Initials")], "the cells with a formula")
    expect.same(host.typed_formulas("Focus"), [], "the formulas on Focus")
