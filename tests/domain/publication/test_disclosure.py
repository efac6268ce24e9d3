"""The k report: how many rows of Review look alike."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pycanon import anonymity

from xl_dipsample.domain.publication.disclosure import QUASI_IDENTIFIERS, SMALL, k_report

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["12", "13", "14-15"]),
        st.sampled_from(["Male", "Female"]),
        st.sampled_from(["White British", "Any other", ""]),
        st.sampled_from(["2026-01", "2026-02"]),
        st.sampled_from(["", "2012-03"]),
    ),
    min_size=1,
    max_size=40,
)


def review(rows: list[tuple[str, ...]]) -> pd.DataFrame:
    return pd.DataFrame([[cell or None for cell in row] for row in rows], columns=list(QUASI_IDENTIFIERS), dtype=object)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_k_is_what_pycanon_finds(rows: list[tuple[str, ...]]) -> None:
    """An independent package gives the same k over the same columns."""
    assert k_report(review(rows)).k == anonymity.k_anonymity(review(rows).fillna("-"), list(QUASI_IDENTIFIERS))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_rows_alone_are_those_that_nobody_else_equals(rows: list[tuple[str, ...]]) -> None:
    told = k_report(review(rows))
    assert told.alone == sum(rows.count(row) == 1 for row in rows)
    assert told.below == sum(rows.count(row) < SMALL for row in rows)
    for at, name in enumerate(QUASI_IDENTIFIERS):
        if name in told.without:
            rest = [row[:at] + row[at + 1 :] for row in rows]
            others = [one for one in QUASI_IDENTIFIERS if one != name and one in told.columns]
            assert told.without[name] == (sum(rest.count(row) == 1 for row in rest) if others else int(len(rows) == 1))


def test_unknown_ethnicity_is_a_group_of_its_own() -> None:
    rows = [("13", "Male", "White British", "2026-01", "")] * 3 + [("13", "Male", "", "2026-01", "")]
    told = k_report(review(rows))
    assert (told.k, told.alone, told.rows) == (1, 1, 4)


def test_the_full_contact_date_tells_more_rows_apart_than_its_month() -> None:
    days = [("13", "Male", "White British", f"2026-01-{day:02}", "") for day in range(1, 11)]
    assert k_report(review(days)).alone == 10
    assert k_report(review([(*row[:3], row[3][:7], "") for row in days])).k == 10


def test_the_sentence_has_counts_and_no_value_of_a_row() -> None:
    told = k_report(review([("13", "Male", "White British", "2026-01", ""), ("17", "Female", "", "2026-02", "")]))
    assert told.sentence.startswith("2 of 2 rows are like no other in Age at time of contact, Gender, ")
    assert not any(word in told.sentence for word in ("13", "17", "Male", "White", "2026"))


def test_no_rows_are_no_report() -> None:
    assert (k_report(review([])).k, k_report(review([])).rows) == (0, 0)
