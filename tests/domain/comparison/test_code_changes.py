"""Codes that began or ended, and the periods of samples that lie on both sides."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from xl_dipsample.domain.comparison import code_changes
from xl_dipsample.domain.focus.sample_period import Period, census_year, period

PHYSICAL, SEXUAL, CCE = "Physical abuse - other", "Sexual abuse - other", "CCE"


@pytest.mark.parametrize(
    ("then", "now", "changed"),
    [
        (2019, 2020, set()),
        (2020, 2024, {PHYSICAL, SEXUAL, CCE}),
        (2021, 2022, {PHYSICAL, SEXUAL, CCE}),  # both codes were in use in the year to March 2021
        (2021, 2021, {PHYSICAL, SEXUAL}),
        (2022, 2025, set()),
        (2020, 2020, set()),
    ],
)
def test_a_note_stands_where_the_samples_lie_on_two_sides_of_a_change(then, now, changed):
    assert set(code_changes.notes(range(now, now + 1), range(then, then + 1))) == changed
    assert set(code_changes.notes(range(then, then + 1), range(now, now + 1))) == changed


def test_a_period_over_the_change_is_on_neither_side():
    assert set(code_changes.notes(range(2022, 2023), range(2021, 2023))) == {PHYSICAL, SEXUAL, CCE}


def test_of_a_period_that_is_not_known_nothing_is_said():
    assert code_changes.notes(None, range(2020, 2021)) == code_changes.notes(range(2020, 2021), None) == {}


def test_the_note_says_what_it_means():
    found = code_changes.notes(range(2024, 2025), range(2020, 2021))
    assert found[CCE] == (
        "code 24A began in the year to 31 March 2022: fewer before does not mean fewer children."
    )  # fmt: skip
    assert "18A" in found[PHYSICAL]
    assert "18B and 18C" in found[PHYSICAL]
    assert "19B and 19C" in found[SEXUAL]


def test_a_census_year_ends_on_31_march():
    assert [census_year(dt.date(2021, *day)) for day in ((1, 1), (3, 31), (4, 1), (12, 31))] == [2021, 2021, 2022, 2022]


def tables(first: object, last: object, contacts: list[object]) -> dict[str, pd.DataFrame]:
    focus = pd.DataFrame({"Setting": ["Period from", "Period to"], "Value": [first, last]}, dtype=object)
    ids = [f"DS-{number}" for number in range(len(contacts))]
    return {"Focus": focus, "Review": pd.DataFrame({"Unique ID": ids, "Contact date": contacts}, dtype=object)}


def test_the_period_is_that_of_focus_whatever_the_contacts():
    found = period(tables(dt.datetime(2023, 4, 1), "30/06/2023", [dt.date(2020, 1, 1)]))  # noqa: DTZ001
    assert (found.first, found.last, found.words) == (
        dt.date(2023, 4, 1), dt.date(2023, 6, 30), "01/04/2023 to 30/06/2023",
    )  # fmt: skip
    assert list(found.years) == [2024]


def test_without_a_period_the_contacts_say_it_in_months():
    found = period(tables(None, None, [dt.date(2023, 3, 15), "02/2022", None, "not known"]))
    assert found.words == "not set; contacts 02/2022 to 03/2023"
    assert list(found.years) == [2022, 2023]
    assert period(tables(None, None, [])) == Period()
    assert period({}).words == "not known"


def test_a_period_with_one_end_has_the_year_of_that_end():
    found = period(tables(dt.date(2023, 4, 1), None, []))
    assert (found.words, list(found.years)) == ("01/04/2023 to open", [2024])
