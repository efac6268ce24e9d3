"""Threat 6: what the lead no longer wants in the review workbook goes from Set aside too."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.pseudonymise import review_rows

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
