"""Every name-like and identifier column of an export goes into the key's search list, with its role. All synthetic."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.names_listed import entries, role_of

PLACED = {
    "Mother": "parent", "Mother's name": "parent", "FATHER_NAME": "parent", "Parent/Carer 1": "parent",
    "Main carer": "parent", "Alias": "alias", "Known as": "alias", "AKA": "alias", "Preferred name": "alias",
    "Allocated worker": "worker", "Allocated Social Worker": "worker", "Key worker name": "worker", "GP": "worker",
    "School": "school", "School name": "school", "Education setting": "school", "Home address": "place",
    "Street": "place", "UPN": "number", "NHS No": "number", "Referral ID": "number", "LAchildID": "number",
    "Forename(s)": "child", "Given names": "child", "Surname (legal)": "child", "Sibling 1": "relative",
    "Mobile": "number", "Person posing risk": "relative",
}  # fmt: skip
NOT_PLACED = (
    "Type of school", "Mother's date of birth", "Team", "Team name", "Outcome", "School exclusion", "Age",
    "Parental mental health", "Domestic abuse: parent subject, type", "Worker team", "Date of referral",
    "Number of siblings", "Contact type", "Gender name", "School year",
)  # fmt: skip


@pytest.mark.parametrize(("heading", "role"), PLACED.items())
def test_a_column_is_known_by_its_heading(heading: str, role: str) -> None:
    assert role_of(heading) == role


@pytest.mark.parametrize("heading", NOT_PLACED)
def test_a_column_of_something_else_is_left_alone(heading: str) -> None:
    assert role_of(heading) is None


def long_list(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"Name": ["Zqfore Zqsur"], "Case ID": ["7351902"]} | {k: [v] for k, v in columns.items()},
                        dtype=object)  # fmt: skip


def listed(**columns: object) -> set[tuple[str, str]]:
    frame = entries(long_list(**columns), list(columns))
    return set(zip(frame["Name"], frame["Role"], strict=True)) - {("Zqfore Zqsur", "child")}


def test_a_forename_that_import_did_not_recognise_is_searched_with_the_surname() -> None:
    assert listed(Forenames="Zqother", Surname="Zqsur") == {("Zqother Zqsur", "child")}
    assert listed(Forename="Zqfore", Surname="Zqsur") == set()


def test_several_people_in_one_cell_are_several() -> None:
    assert listed(Siblings="Zqone Zqsur; Zqtwo Zqsur") == {("Zqone Zqsur", "relative"), ("Zqtwo Zqsur", "relative")}


@pytest.mark.parametrize("cell", ["Yes", "N", "Unknown", "NULL", "MASH team", "3", "", None, "see notes 12/03/2024"])
def test_a_cell_that_is_nobody_s_name_is_left_out(cell: object) -> None:
    assert listed(Mother=cell) == set()


def test_numbers_are_kept_as_they_are_written() -> None:
    assert listed(UPN="Z330730522019") == {("Z330730522019", "number")}
    assert listed(**{"Referral ID": 4567890.0}) == {("4567890", "number")}
    assert listed(**{"Referral ID": "tbc"}) == set()


def test_earlier_entries_stay_and_a_key_without_roles_gets_them() -> None:
    old = key_book.with_names(
        key_book.KeyBook(), pd.DataFrame([["Zqold Zqname", "1234567"]], columns=["Name", "Case ID"])
    )
    new = key_book.with_names(old, entries(long_list(Mother="Zqmum Zqsur"), ["Mother"]))
    assert new.names.to_numpy().tolist() == [
        ["Zqold Zqname", "1234567", None], ["Zqfore Zqsur", "7351902", None], ["Zqmum Zqsur", "7351902", "parent"],
    ]  # fmt: skip
