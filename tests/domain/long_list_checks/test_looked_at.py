"""Who looked at a finding stays beside it, and beside no other."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.long_list_checks.found_by_import.looked_at import LOOKED_AT, carried_over

Finding = tuple[str, int | None, str | None, str | None]


def findings(*rows: Finding) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["Code", "Record", "Column", "Value"], dtype=object)


def looked_at(now: tuple[Finding, ...], before: tuple[Finding, ...], *initials: str | None) -> list[str | None]:
    earlier = findings(*before).assign(**{LOOKED_AT: pd.Series(initials, dtype=object)})
    return carried_over(findings(*now), earlier)[LOOKED_AT].tolist()


DATE = ("D01", 3, "Date of birth", "31/02/2010")


def test_the_same_code_record_and_column_keep_their_initials_whatever_the_order() -> None:
    other = ("D01", 4, "Date of birth", "31/02/2010")
    assert looked_at((other, DATE), (DATE, other), "AB", None) == [None, "AB"]
    assert looked_at((("D01", 3, "Date of birth", "30/02/2010"),), (DATE,), "AB") == ["AB"], "the value was changed"


def test_another_code_record_or_column_gets_none() -> None:
    for other in (("D02", *DATE[1:]), ("D01", 5, *DATE[2:]), (*DATE[:2], "Contact date", DATE[3])):
        assert looked_at((other,), (DATE,), "AB") == [None]


def test_of_several_at_one_place_the_value_tells() -> None:
    one, two, three = (("L02", 3, "Outcome", word) for word in ("A", "B", "C"))
    assert looked_at((two, one, three), (one, two), "AB", "CD") == ["CD", "AB", None]


def test_about_the_whole_list_the_value_tells() -> None:
    one, two = (("V01", None, "Type of harm", word) for word in ("CCE", "Gangs"))
    assert looked_at((two,), (one,), "AB") == [None]
    assert looked_at((two, one), (one,), "AB") == [None, "AB"]
    alone = ("V11", None, None, None)
    assert looked_at((alone,), (alone,), "AB") == ["AB"]


def test_a_first_check_has_none() -> None:
    assert carried_over(findings(DATE), findings())[LOOKED_AT].tolist() == [None]
