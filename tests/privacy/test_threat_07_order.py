"""Threat 7: the order of the review table links its rows to the export."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from tests.domain import long_lists
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.narrowing.funnel import narrow
from xl_dipsample.domain.pseudonymise import review_rows
from xl_dipsample.privacy.key import key_book

CASES, RUNS = 40, 200
FIRST = dt.date(2022, 1, 1)


def test_threat_7_over_200_assignments_the_order_in_review_is_not_related_to_the_order_in_the_export() -> None:
    listed = long_lists.long_list(*({"Contact date": FIRST + dt.timedelta(days=n)} for n in range(CASES)))
    criteria = Criteria(case_check="During review")
    narrowed = narrow(listed, ["note"], criteria, long_lists.NO_DECISIONS)
    asked = listed.assign(Fingerprint=None)
    headings = ["Unique ID", "Type of harm", "Contact date", "Outcome", "Scenario", "In sample?"]
    related: dict[str, list[float]] = {"Review": [], "Harms": []}
    for _ in range(RUNS):
        _, unique_ids = key_book.assign(key_book.KeyBook(), asked, "Sample", "s1", "Young person")
        made = review_rows.new_rows(listed, narrowed, unique_ids, criteria, headings)
        assert len(made) == CASES
        row_of = dict(zip(unique_ids, range(CASES), strict=True))
        for name, frame in (("Review", made), ("Harms", tallies.harms_table(made))):
            place = pd.Series([row_of[one] for one in frame["Unique ID"]])
            related[name].append(place.corr(pd.Series(range(len(place)))))  # both are ranks
    for found in related.values():
        correlations = pd.Series(found)
        noise = (CASES - 1) ** -0.5
        assert abs(correlations.mean()) < 5 * noise / RUNS**0.5
        assert 0.8 * noise < correlations.std() < 1.2 * noise
