"""Threat 6: what the lead no longer wants in the review workbook goes from Set aside too."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.pseudonymise import review_rows
from xl_dipsample.domain.publication import disclosure
from xl_dipsample.domain.shared import upgrade_steps

ASIDE = pd.DataFrame(
    [["DS-A", dt.date(2022, 9, 21), "06/2008", "typed"], ["DS-B", "09/2022", None, "typed"]],
    columns=["Unique ID", "Contact date", "DOB", "Reviewer"],
    dtype=object,
)


def test_threat_6_set_aside_loses_month_of_birth_and_day_of_contact_when_the_lead_takes_them_out() -> None:
    less = review_rows.with_less(ASIDE, Criteria(birth_month=False, contact_month=True))
    assert less["DOB"].tolist() == [None, None]
    assert less["Contact date"].tolist() == ["09/2022", "09/2022"]
    assert less["Reviewer"].tolist() == ["typed", "typed"]


def test_threat_6_set_aside_stays_whole_while_the_lead_wants_both() -> None:
    whole = review_rows.with_less(ASIDE, Criteria(birth_month=True, contact_month=False))
    pd.testing.assert_frame_equal(whole, ASIDE)


def test_threat_6_a_new_sample_shows_the_month_of_contact_and_no_month_of_birth() -> None:
    assert (Criteria().contact_month, Criteria().birth_month) == (True, False)


@pytest.mark.parametrize("value", [None, "", "Full date"])
def test_threat_6_a_sample_that_was_begun_with_the_day_keeps_it_when_it_is_renewed(value: object) -> None:
    older = pd.DataFrame({"Setting": ["Unit", "Contact date in Review"], "Value": [None, value]}, dtype=object)
    made = upgrade_steps.applied({"Criteria": older}, "3")["Criteria"].set_index("Setting")["Value"]
    assert made["Contact date in Review"] == "Full date"
    assert made["Unit"] is None


def test_threat_6_a_sample_that_chose_the_month_keeps_it() -> None:
    older = pd.DataFrame({"Setting": ["Contact date in Review"], "Value": ["Month"]}, dtype=object)
    assert upgrade_steps.applied({"Criteria": older}, "3")["Criteria"]["Value"].tolist() == ["Month"]


def test_threat_6_by_the_month_fewer_rows_are_like_no_other() -> None:
    days = [dt.date(2026, 3, day) for day in range(1, 11)]
    review = pd.DataFrame({"Gender": ["Female"] * 10, "Contact date": days}, dtype=object)
    assert disclosure.k_report(review).alone == 10
    assert disclosure.k_report(disclosure.by_month(review)).k == 10
