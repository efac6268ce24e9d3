"""Claims about transactions: all writes inside happen, or none."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

from collections.abc import Callable

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import LABELS, SAMPLE_ID, Bench, frame, labels, long_list
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.workbook.host import Host

THEME = Theme("all or nothing")


class _Stopped(Exception):
    """Raised in the middle of a transaction, as a bug or a refusal would be."""


def fail_after(host: Host, *writes: Callable[[], None]) -> None:
    """Make the writes in a transaction, then raise inside it; the error must come out as it was."""
    try:
        with host.transaction():
            for write in writes:
                write()
            raise _Stopped
    except _Stopped:
        return
    raise expect.ClaimFailed("An error inside a transaction did not come out of it.")


@THEME.everywhere
def a_transaction_that_fails_leaves_nothing(bench: Bench) -> None:
    host = bench.host()
    fail_after(
        host,
        lambda: host.write_table("Labels", frame(LABELS, ["Outcome", "x", 1, None, None])),
        lambda: host.write_value("sample_id", "other"),
    )
    expect.same(host.read_value("sample_id"), SAMPLE_ID, "the sample ID after the error")
    expect.true(host.read_table("Labels").empty, "Labels has rows after the error.")
    host = bench.again(host)
    expect.same(host.read_value("sample_id"), SAMPLE_ID, "the sample ID after the error, from the disk")
    expect.true(host.read_table("Labels").empty, "Labels has rows after the error, from the disk.")


@THEME.closed
def a_transaction_that_fails_leaves_the_file_as_it_was_byte_for_byte(bench: Bench) -> None:
    path = bench.workbook()
    host, before = bench.opened(path), path.read_bytes()
    fail_after(
        host,
        lambda: host.write_table("Labels", frame(LABELS, ["Outcome", "x", 1, None, None])),
        lambda: host.write_value("sample_id", "other"),
    )
    host.save()
    expect.true(path.read_bytes() == before, "The file is not what it was before.")


@THEME.everywhere
def what_was_there_before_a_failing_transaction_is_put_back(bench: Bench) -> None:
    host = bench.host()
    host.write_table("Labels", labels(3))
    host.write_table("LongList", long_list(5, "Team"))
    host.write_value("sample_id", "before")
    fail_after(
        host,
        lambda: host.write_table("LongList", long_list(50, "Team", "More")),
        lambda: host.write_table("Labels", labels(1)),
        lambda: host.write_value("sample_id", "after"),
    )
    for words in ("before saving", "after saving"):
        expect.same_table(host.read_table("Labels"), labels(3), f"Labels {words}")
        expect.same_table(host.read_table("LongList"), long_list(5, "Team"), f"LongList {words}")
        expect.same(host.read_value("sample_id"), "before", f"the sample ID {words}")
        host = bench.again(host)


@THEME.everywhere
def a_transaction_that_succeeds_is_saved_whole(bench: Bench) -> None:
    host = bench.host()
    with host.transaction():
        host.write_table("Labels", frame(LABELS, ["Outcome", "x", 1, None, None]))
        host.write_value("sample_id", "other")
    host = bench.again(host)
    expect.same(host.read_value("sample_id"), "other", "the sample ID")
    expect.same(len(host.read_table("Labels")), 1, "the rows of Labels")


@THEME.everywhere
def reading_inside_a_transaction_sees_what_was_written_in_it(bench: Bench) -> None:
    host = bench.host()
    with host.transaction():
        host.write_table("Labels", labels(2))
        host.write_value("sample_name", "Winter")
        expect.same_table(host.read_table("Labels"), labels(2), "Labels inside the transaction")
        expect.same(host.read_value("sample_name"), "Winter", "the named cell inside the transaction")
        focus = host.read_table("Focus").set_index("Setting")["Value"]
        expect.same(focus["Sample name"], "Winter", "the sample name on Focus inside the transaction")


@THEME.everywhere
def after_a_failing_transaction_the_next_one_works(bench: Bench) -> None:
    host = bench.host()
    fail_after(host, lambda: host.write_table("Labels", labels(4)))
    with host.transaction():
        host.write_table("Labels", labels(2))
    expect.same_table(bench.again(host).read_table("Labels"), labels(2), "Labels")
