"""The dates and times that our sentences give are no case IDs; anything else in their place is read."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.privacy.names import Searcher
from xl_dipsample.privacy.scanner import Allowed, scan
from xl_dipsample.sharing.last_check import STAMP, stamps_of
from xl_dipsample.workbook.build.build import build

NOW = dt.datetime(2026, 11, 24, 5, 2, 15)  # noqa: DTZ001 - as the workbook keeps it


def searcher() -> Searcher:
    names = pd.DataFrame({"Name": ["Synthetic Zqname"], "Case ID": ["21523"]}, dtype=object)
    children = pd.DataFrame(columns=["Unique ID", "Name", "Case ID", "Date of birth"], dtype=object)
    return Searcher.of(names, children)


def rules(sentence: str, stamps: tuple[str, ...]) -> set[str]:
    audit = pd.DataFrame(
        [[NOW, "AB", "a test", sentence, "1"]], columns=["When", "Who", "Action", "Figures", "Version"]
    )
    data = build("review", {"Audit": audit.astype(object)}, {"sample_id": "S", "kind": "release"})
    return {one.rule for one in scan(data, searcher(), Allowed(stamps=stamps)) if one.rule == "case-id"}


def test_a_time_that_runs_into_a_count_is_no_case_id() -> None:
    sentence = f"As of {NOW.strftime(STAMP)}: 23 of 66"
    assert rules(sentence, ()) == {"case-id"}, "without knowing the time it looks like one"
    assert rules(sentence, stamps_of([NOW.strftime(STAMP)], NOW)) == set()


def test_a_case_id_beside_the_time_is_found_all_the_same() -> None:
    sentence = f"As of {NOW.strftime(STAMP)}: 21523"
    assert rules(sentence, stamps_of([NOW.strftime(STAMP)], NOW)) == {"case-id"}


def test_only_recent_dates_and_times_in_our_own_way_are_stamps() -> None:
    typed = ["Synthetic Zqname", "21523", "07/03/2009 00:00:00", "24/11/2026", None, 24]
    assert stamps_of(typed, NOW) == ()
