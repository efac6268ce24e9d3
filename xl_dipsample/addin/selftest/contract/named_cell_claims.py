"""Claims about named cells."""

# ruff: noqa: D103 - the name of a claim says what it claims

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.bench import Bench
from xl_dipsample.addin.selftest.contract.claim import Theme

THEME = Theme("named cells")


@THEME.everywhere
def a_named_cell_is_written_and_read(bench: Bench) -> None:
    host = bench.host()
    expect.same(host.read_value("sample_id"), "S-1", "the sample ID of a new workbook")
    host.write_value("sample_id", "=S-2")
    expect.same(host.read_value("sample_id"), "=S-2", "the sample ID before saving")
    expect.same(bench.again(host).read_value("sample_id"), "=S-2", "the sample ID after saving")


@THEME.everywhere
def a_named_cell_holds_text_that_looks_like_something_else(bench: Bench) -> None:
    host = bench.host()
    for text in ("0012", "1/2/2026", "TRUE", "-", "@x", "a\nb", "é😀"):
        host.write_value("sample_id", text)
        host = bench.again(host)
        expect.same(host.read_value("sample_id"), text, "the sample ID")


@THEME.everywhere
def a_named_cell_inside_a_table_and_the_table_agree(bench: Bench) -> None:
    host = bench.host()
    host.write_value("sample_name", "Winter")
    focus = host.read_table("Focus").set_index("Setting")["Value"]
    expect.same(focus["Sample name"], "Winter", "the sample name on Focus")
    changed = host.read_table("Focus").copy()
    changed.loc[changed["Setting"] == "Sample name", "Value"] = "Spring"
    host.write_table("Focus", changed)
    expect.same(host.read_value("sample_name"), "Spring", "the named cell before saving")
    expect.same(bench.again(host).read_value("sample_name"), "Spring", "the named cell after saving")


@THEME.everywhere
def settings_of_several_types_in_one_column_keep_their_types(bench: Bench) -> None:
    host = bench.host()
    focus = host.read_table("Focus")
    answers: dict[str, object] = {"Period from": dt.date(2025, 9, 1), "Period to": dt.date(2026, 3, 31), "Lead": "0012"}
    focus["Value"] = pd.Series(
        [answers.get(one, now) for one, now in zip(focus["Setting"], focus["Value"], strict=True)], dtype=object
    )
    host.write_table("Focus", focus)
    read = bench.again(host).read_table("Focus").set_index("Setting")["Value"]
    for setting, wanted in answers.items():
        expect.same(read[setting], wanted, f"the setting {setting}")


@THEME.everywhere
def a_named_cell_can_be_emptied(bench: Bench) -> None:
    host = bench.host()
    host.write_value("sample_name", None)
    expect.same(host.read_value("sample_name"), None, "the sample name before saving")
    expect.same(bench.again(host).read_value("sample_name"), None, "the sample name after saving")
