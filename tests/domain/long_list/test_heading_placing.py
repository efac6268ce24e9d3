"""Headings by meaning: against lists of headings that were written by somebody who had not seen the rules."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from xl_dipsample.domain.long_list.heading_placing import place
from xl_dipsample.domain.long_list.headings import match

DATA = Path(__file__).parents[2] / "data" / "headings"
FIELDS = (
    "case_id", "name", "forename", "surname", "date_of_birth", "birth_month", "contact_date", "end_date", "age",
    "gender", "ethnicity", "categories", "outcome", "referred_to",
)  # fmt: skip
NOT_A_FIELD = ("none", "other_person", "other_id")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cells(values: str) -> list[list[object]]:
    """Sample cells as a sheet holds them: a whole number is one."""
    found = [one.strip() for one in values.split(" | ")]
    return [[int(one) if one.isdigit() and not one.startswith("0") else one] for one in found]


def judged(row: dict[str, str]) -> str:
    """Of one heading above its cells: right, asked, missed or wrong; for a trap: left, asked or wrong."""
    wanted = {"harm": "categories"}.get(row["field"], row["field"])
    placed = place([row["heading"].replace("\\n", "\n")], cells(row["values"]), FIELDS, {})
    if wanted in NOT_A_FIELD:
        return "wrong" if placed.taken else "asked" if placed.unsure else "left"
    if wanted in placed.taken or (wanted == "date_of_birth" and "birth_month" in placed.taken):
        return "right"
    return "asked" if wanted in placed.unsure else "wrong" if placed.taken else "missed"


def test_of_headings_that_systems_write_85_in_100_are_right_95_right_or_asked_and_none_wrong() -> None:
    listed = [row for row in rows("headings_of_systems.csv") if row["field"] != "harm_flag"]
    found = [(row["heading"], row["field"] in NOT_A_FIELD, judged(row)) for row in listed]
    assert [heading for heading, _, verdict in found if verdict == "wrong"] == []
    fields = [verdict for _, trap, verdict in found if not trap]
    assert len(fields) >= 150
    assert fields.count("right") >= 0.85 * len(fields)
    assert fields.count("right") + fields.count("asked") >= 0.95 * len(fields)


def test_on_whole_reports_no_column_is_taken_for_another_field() -> None:
    wrong, right, wanted = [], 0, 0
    for report in rows("whole_reports.csv"):
        headings = [heading.strip() for heading in report["headings"].split(" | ")]
        pairs = [pair.split("=", 1) for pair in report["truth"].split(" | ")]
        truth = {{"harm": "categories"}.get(field, field): heading.strip() for field, heading in pairs}
        placed = place(headings, [], FIELDS, {})
        for field in FIELDS:
            taken = headings[placed.taken[field]] if field in placed.taken else None
            if truth.get(field, "?") != "?":
                wanted += 1
                right += taken == truth[field]
            if taken is not None and truth.get(field) not in (taken, "?") and field != "birth_month":
                wrong.append((report["report"], field, taken))
    assert wrong == []
    assert right >= 0.9 * wanted


@pytest.mark.parametrize(
    ("headings", "waits"),
    [
        (["Referral Date", "Assessment Start Date"], {"contact_date": (0, 1)}),
        (["Ref", "Contact Date"], {"case_id": (0,)}),
        (["Case ID", "Gender", "gender"], {"gender": (1, 2)}),
        (["Case ID", "Category"], {"categories": (1,)}),
    ],
)
def test_what_nobody_can_be_sure_of_waits_for_the_lead(headings: list[str], waits: dict[str, tuple[int, ...]]) -> None:
    found = match(headings, {}, {})
    assert found.unsure == waits
    assert not set(waits) & set(found.taken)


def test_cells_that_are_something_else_make_a_heading_a_question() -> None:
    assert match(["Contact date"], {}, {}, [["03/02/2026"], ["04/02/2026"]]).taken == {"contact_date": (0,)}
    found = match(["Contact date"], {}, {}, [["by telephone"], ["by letter"]])
    assert found.taken == {}
    assert found.unsure == {"contact_date": (0,)}


def test_on_a_list_of_contacts_the_date_of_the_contact_is_meant() -> None:
    headings = ["Person ID", "Contact Date", "Contact Outcome", "Referral Date"]
    assert match(headings, {}, {}).taken["contact_date"] == (1,)


def test_a_heading_that_the_lead_called_not_used_is_no_question_any_more() -> None:
    assert match(["Case ID", "Category"], {}, {}, unused=["Category"]).unsure == {}


def test_what_the_lead_chose_is_taken_the_next_time() -> None:
    headings = ["Person ID", "Referral Date", "Assessment Start Date"]
    assert match(headings, {"contact_date": "Referral Date"}, {}).taken["contact_date"] == (1,)
    assert match(["DOB", "DOB"], {"date_of_birth": "DOB #2"}, {}).taken["date_of_birth"] == (1,)


FLAGS = [row for row in rows("headings_of_systems.csv") if row["field"] == "harm_flag"]


@pytest.mark.parametrize("row", FLAGS, ids=[row["heading"] for row in FLAGS])
def test_a_column_of_yes_and_no_that_sounds_like_harm_is_taken_or_asked_about(row: dict[str, str]) -> None:
    flags = cells(row["values"])
    found = match([row["heading"], "CSE"], {}, {}, [[*flag, "Yes"] for flag in flags])
    assert 0 in found.yes_no or 0 in found.unsure["categories"]
    chosen = match([row["heading"], "CSE"], {}, {}, [[*flag, "Yes"] for flag in flags], harms=[row["heading"]])
    assert set(chosen.yes_no) == {0, 1}
    assert chosen.unsure == {}


def test_most_columns_of_one_harm_each_are_taken_without_a_question() -> None:
    found = [match([row["heading"], "CSE"], {}, {}, [[*one, "Yes"] for one in cells(row["values"])]) for row in FLAGS]
    assert sum(0 in one.yes_no for one in found) >= 0.75 * len(FLAGS)


@pytest.mark.parametrize("heading", ["Consent given?", "Disabled", "Interpreter Y/N", "Police informed"])
def test_other_columns_of_yes_and_no_are_neither_taken_nor_asked_about(heading: str) -> None:
    found = match([heading, "CSE"], {}, {}, [["Yes", "Yes"], ["No", "No"]])
    assert set(found.yes_no) == {1}
    assert found.unsure == {}


def test_what_sounds_like_harm_above_other_cells_is_no_question() -> None:
    assert match(["Violence notes", "CSE"], {}, {}, [["see file", "Yes"], ["threats at school", "No"]]).unsure == {}
