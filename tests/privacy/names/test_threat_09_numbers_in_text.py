"""Threat 9: dates of birth, NHS and National Insurance numbers, postcodes, phones and e-mail in extracts; made up."""

from __future__ import annotations

import pytest

from tests.privacy.names.made_up import SEARCHER, hits, strong
from xl_dipsample.domain.long_list_checks.id_checks import is_nhs_number


@pytest.mark.parametrize(
    "what",
    [
        "01/02/2012", "1/2/2012", "1.2.12", "01-02-12", "01 02 2012", "1 Feb 2012", "1 February 2012",
        "1st February 2012", "1st of February, 2012", "1st Feb '12", "1-Feb-2012", "February 1st, 2012", "2012-02-01",
        "2012/02/01", "01022012", "20120201", "1st February\n2012", "1 FEB 2012", "40940", "39478",
        "first of February 2012", "first February, two thousand and twelve", "February the first, 2012",
        "1st February twenty twelve", "First day of February 2012",
    ],
)  # fmt: skip
def test_a_sampled_childs_date_of_birth_is_found_in_every_format(what: str) -> None:
    text = f"The form says {what} at the top."
    assert [(text[hit.start : hit.end], hit.rule) for hit in hits(text)] == [(what, "date-of-birth")]


@pytest.mark.parametrize(
    "what",
    [
        "02/01/2013", "2/2012", "February 2012", "01/02/2013", "2010-07", "40941", "12/26/2009", "2 February",
        "1 February 2019", "first of February two thousand and nine", "the second of February 2012", "3 April",
        "seventh of May", "thirty-first of February 2012",
    ],
)  # fmt: skip
def test_other_dates_and_months_are_not_looked_for(what: str) -> None:
    assert hits(f"The form says {what} at the top.") == []


@pytest.mark.parametrize("what", ["12/25/2009", "12-25-09", "12.25.2009", "12 / 25 / 2009"])
def test_month_before_day_is_found_when_it_cannot_be_a_british_date(what: str) -> None:
    text = f"The form says {what} at the top."
    assert [(text[hit.start : hit.end], hit.tier, hit.rule) for hit in hits(text)] == [
        (what, "strong", "date-of-birth")
    ]


@pytest.mark.parametrize(
    "what", ["02/01/2012", "1 February", "1st of February", "first of February", "February 1st", "February the first"]
)
def test_what_may_be_the_row_s_own_child_s_birthday_waits_for_a_person(what: str) -> None:
    text = f"The form says {what}, they think."
    found = [(text[hit.start : hit.end], hit.tier, hit.rule) for hit in hits(text)]
    assert found == [(what, "weak", "maybe-date-of-birth")]


def test_the_serials_are_those_of_both_calendars_and_of_sampled_children_only() -> None:
    assert {40940, 39478} <= SEARCHER.serials
    assert len(SEARCHER.serials) == 6


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("943 476 5919", "nhs-number"), ("9434765919", "nhs-number"), ("943-476-5919", "nhs-number"),
        ("AB 12 34 56 C", "ni-number"), ("ab123456c", "ni-number"), ("M1 4BT", "postcode"), ("SW1A1AA", "postcode"),
        ("ls11 5th".upper(), "postcode"), ("m1\n4bt", "postcode"), ("07700 900123", "phone"), ("07700900123", "phone"),
        ("0161 496 0000", "phone"), ("(0161) 496 0000", "phone"), ("+44 7700 900123", "phone"),
        ("+44 (0)161 496 0000", "phone"), ("somebody@example.org", "e-mail"),
    ],
)  # fmt: skip
def test_a_number_or_address_with_a_known_shape_is_found(what: str, rule: str) -> None:
    text = f"It says {what}, they think."
    assert [(text[hit.start : hit.end], hit.rule) for hit in hits(text) if hit.tier == "strong"] == [(what, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918", "1111111111", "under s47 4th time", "a debt of 12,000 and 250 pounds", "BG 12 34 56 C",
        "section 17 and section 47", "between 10.00 and 11.30 on day 3", "95% of 2023/24",
    ],
)  # fmt: skip
def test_what_only_resembles_a_number_blocks_nothing(text: str) -> None:
    assert strong(text) == []


def test_every_wrong_last_figure_of_an_nhs_number_is_refused() -> None:
    assert [figure for figure in range(10) if is_nhs_number(f"943476591{figure}")] == [9]
