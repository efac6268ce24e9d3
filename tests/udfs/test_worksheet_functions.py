"""The worksheet functions: as many rows out as in, and the same answers as the workbooks'."""

from __future__ import annotations

import datetime as dt
import doctest
import subprocess
import sys

import pytest

from udfs import functions
from udfs.functions import DIP_AGE, DIP_CATEGORY, DIP_INTERVAL, DIP_SCENARIO
from xl_dipsample.domain import review
from xl_dipsample.domain.statistics import wilson


def test_a_birthday_on_the_contact_date_counts() -> None:
    births: list[list[object]] = [[dt.datetime(2008, 6, 15)]] * 2  # noqa: DTZ001 - Excel's dates have no zone
    contacts: list[list[object]] = [[dt.datetime(2022, 6, 14)], [dt.datetime(2022, 6, 15)]]  # noqa: DTZ001
    assert DIP_AGE(births, contacts) == [["13"], ["14"]]


def test_an_age_that_nobody_knows_is_blank_and_hides_no_other() -> None:
    births: list[list[object]] = [[None], ["not a date"], ["01/01/2030"], ["06/2008"], [39614.0]]
    assert DIP_AGE(births, [["15/06/2022"]]) == [[""], [""], [""], ["13-14"], ["14"]]


def test_categories_are_the_words_of_the_reference_lists() -> None:
    cells: list[list[object]] = [["11A"], ["Gangs, CSE"], ["16A"], ["21"], [None], ["Zorbing"], ["Zorbing; 10A"]]
    assert [row[0] for row in DIP_CATEGORY(cells)] == [
        "CSE", "CSE; Gangs", "", "No category recorded", "No category recorded", "Not mapped", "Missing; Not mapped",
    ]  # fmt: skip


def test_the_scenario_is_that_of_the_review_table() -> None:
    levels: list[list[object]] = [["Significant harm"], ["In need"], ["Not clear from the file"], [None]]
    found = [row[0] for row in DIP_SCENARIO(levels, [["Yes"]])]
    assert found == [review.scenarios()[0], review.scenarios()[2], review.scenarios()[4], ""]


def test_the_interval_is_wilsons_and_blank_without_a_share() -> None:
    counts: list[list[object]] = [[7.0], [0.0], [5.0], [None], ["n/a"]]
    totals: list[list[object]] = [[50.0], [10.0], [4.0], [4.0], [4.0]]
    blank: list[object] = ["", ""]
    assert DIP_INTERVAL(counts, totals) == [list(wilson(7, 50)), list(wilson(0, 10)), blank, blank, blank]
    assert DIP_INTERVAL([[0]], [[0]]) == [blank]


def test_ranges_of_different_length_are_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="length"):
        DIP_AGE([["15/06/2008"]] * 2, [["15/06/2022"]] * 3)


def test_a_function_loads_no_action_and_no_workbook_code() -> None:
    told = "import sys, udfs.functions; print([m for m in sys.modules if m.startswith('xl_dipsample.')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    for part in ("actions", "workbook", "privacy", "cli"):
        assert f"xl_dipsample.{part}" not in done.stdout


def test_the_examples_of_the_help_are_true() -> None:
    tried = doctest.testmod(functions)
    assert (tried.attempted, tried.failed) == (4, 0)
