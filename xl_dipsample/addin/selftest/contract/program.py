"""Claims about the program that has the workbook open: it is afterwards as the person left it."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.all_or_nothing_claims import fail_after
from xl_dipsample.addin.selftest.contract.bench import SAMPLE_ID, Bench, labels, long_list
from xl_dipsample.addin.selftest.contract.claim import Theme
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.workbook.host import Host

THEME = Theme("program")
_FEWEST_WRITES = 3  # two tables and a named cell


def _same_state(found: dict[str, object], wanted: dict[str, object], when: str) -> None:
    for name, value in wanted.items():
        expect.same(found.get(name), value, f"{name} {when}")


@THEME.live
def the_program_is_set_as_before_after_a_write(bench: Bench) -> None:
    host = bench.host()
    for calculation in ("manual", "automatic"):
        bench.live.set_calculation(calculation)
        before = bench.live.state()
        with host.transaction():
            host.write_table("Labels", labels(3))
        host.save()
        _same_state(bench.live.state(), before, f"after a write, calculation {calculation}")


@THEME.live
def the_program_is_set_as_before_after_an_error(bench: Bench) -> None:
    host = bench.host()
    for calculation in ("manual", "automatic"):
        bench.live.set_calculation(calculation)
        before = bench.live.state()
        fail_after(host, lambda: host.write_table("Labels", labels(3)))
        _same_state(bench.live.state(), before, f"after an error, calculation {calculation}")


@THEME.live
def the_sheet_in_front_stays_in_front(bench: Bench) -> None:
    host = bench.host()
    wanted = bench.live.select_and_show(host, "Criteria")
    with host.transaction():
        host.write_table("LongList", long_list(3))
        host.write_value("sample_name", "Winter")
    expect.same(bench.live.in_front(host), wanted, "the sheet in front")


@THEME.live
def an_error_in_the_middle_of_writing_puts_everything_back(bench: Bench) -> None:
    host = bench.host()
    host.write_table("LongList", long_list(4, "Team"))
    host.write_table("Labels", labels(2))
    before = bench.live.state()
    refused = 0
    while _stopped_at(bench, host, refused):
        expect.same_table(host.read_table("LongList"), long_list(4, "Team"), f"LongList after error {refused + 1}")
        expect.same_table(host.read_table("Labels"), labels(2), f"Labels after error {refused + 1}")
        expect.same(host.read_value("sample_id"), SAMPLE_ID, f"the sample ID after error {refused + 1}")
        _same_state(bench.live.state(), before, f"after error {refused + 1}")
        refused += 1
    expect.true(refused >= _FEWEST_WRITES, "No write was refused, so nothing was tried.")
    expect.same_table(host.read_table("LongList"), long_list(30, "Team", "More"), "LongList in the end")


def _stopped_at(bench: Bench, host: Host, write: int) -> bool:
    """Write two tables and a named cell while the program refuses one write; False when it had fewer writes."""
    with bench.live.refusing(write) as refused:
        try:
            with host.transaction():
                host.write_table("LongList", long_list(30, "Team", "More"))
                host.write_table("Labels", labels(3))
                host.write_value("sample_id", "other")
        except DipSampleError:
            expect.true(refused, "A write failed that the program did not refuse.")
    return bool(refused)
