"""Every check fires on what it is for, and stays silent on a clean list."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from check_examples import CLEAN, EXAMPLES, NINE, Example, clean, columns, read_example, reading

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list_checks import schema
from xl_dipsample.domain.long_list_checks.all_checks import LIST_RULES, RULES, rule
from xl_dipsample.domain.long_list_checks.rule import CellRule, FrameRule, ListRule
from xl_dipsample.domain.long_list_checks.typed_list import dtypes, typed
from xl_dipsample.domain.shared.schema_failures import failures


def found(example: Example) -> pd.DataFrame:
    return schema.findings(read_example(example), columns())


def codes_in(frame: pd.DataFrame, row: int, criteria: Criteria | None = None) -> set[str]:
    cases = schema.findings(reading(frame, criteria), columns())
    return set(cases.loc[cases["position"] == row, "code"])


def test_every_check_has_an_example() -> None:
    assert list(EXAMPLES) == [one.code for one in RULES]


def test_there_are_at_least_thirty_checks_and_no_code_twice() -> None:
    assert len({one.code for one in RULES}) == len(RULES) >= 30


def test_a_clean_list_has_no_findings() -> None:
    assert schema.findings(reading(clean()), columns()).empty


@pytest.mark.parametrize("code", EXAMPLES)
def test_it_fires_where_it_should_and_nowhere_else(code: str) -> None:
    example = EXAMPLES[code]
    cases = found(example)
    positions = sorted(cases.loc[cases["code"] == code, "position"])
    assert positions == ([-1] if example.fires is None else list(example.fires))
    assert (example.fires is None) == isinstance(rule(code), ListRule)


def test_every_pair_of_column_and_check_has_its_own_sentence() -> None:
    pairs = [("any" if isinstance(one, CellRule) else one.column, one.sentence) for one in RULES]
    assert len(set(pairs)) == len(pairs)
    assert len({one.sentence for one in RULES}) == len(RULES)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_a_check_is_said_in_whole_sentences(one: object) -> None:
    for text in (one.sentence, one.to_do):
        assert text[0].isupper()
        assert text.endswith(".")
        assert len(text) < 200


def test_the_column_of_every_check_is_one_of_the_long_list() -> None:
    headings = {heading for heading, _ in columns()} | {""}
    assert {one.column for one in RULES if not isinstance(one, CellRule)} <= headings


def test_a_value_that_cannot_be_read_hides_no_other() -> None:
    frame = clean()
    for row, cell in enumerate(["31/02/2010", "12/12/2023", "13/06/1801", None]):
        frame.at[row, "Date of birth"] = cell
    frame.at[3, "Age"] = "x"
    assert "D01" in codes_in(frame, 0)
    assert "D06" in codes_in(frame, 1)
    assert "D07" in codes_in(frame, 2)
    assert "A02" in codes_in(frame, 3)


def test_the_schema_is_made_from_the_spec_and_coerces_nothing() -> None:
    read = reading(clean())
    made = schema.schema(read, columns(), typed(read, columns()))
    assert list(made.columns)[: len(columns())] == [heading for heading, _ in columns()]
    assert not any(column.coerce for column in made.columns.values())
    assert str(made.columns["Date of birth"].dtype).startswith("datetime64")


def test_a_rule_about_the_data_sees_the_typed_list_that_pandera_checks() -> None:
    read = reading(clean())
    frame = typed(read, columns())
    frame.loc[4, "Date of birth"] = pd.Timestamp("2023-12-30")
    frame.loc[5, "Gender"] = "Not mapped"
    wrong = failures(schema.schema(read, columns(), frame), frame)
    assert sorted(wrong.values.tolist()) == [["D06", "Date of birth", 4], ["L04", "Gender", 5]]


def test_a_rule_that_compares_columns_is_found_at_the_column_that_it_speaks_of() -> None:
    kinds = dtypes(columns())
    for one in RULES:
        if isinstance(one, FrameRule):
            assert one.column in kinds, one.code
            assert set(one.looks_at) <= set(kinds), one.code


def test_columns_that_depend_on_each_other_keep_the_types_of_the_spec() -> None:
    read = reading(clean())
    frame = typed(read, columns())
    wrong = frame.astype({"Contact date, latest": object})
    with pytest.raises(Exception, match="expected series 'Contact date, latest' to have type datetime64"):
        failures(schema.schema(read, columns(), frame), wrong)


def test_data_of_another_type_than_the_spec_says_is_a_bug_and_raised() -> None:
    with_numbers = clean()
    with_numbers["Outcome"] = with_numbers["Record"].astype("int64")
    with pytest.raises(Exception, match="expected series 'Outcome' to have type object"):
        schema.findings(reading(with_numbers), columns())


def test_a_check_that_breaks_is_a_bug_and_raised() -> None:
    broken = reading(clean().drop(columns="Outcome"))
    with pytest.raises(Exception, match="Outcome"):
        schema.findings(broken, [pair for pair in columns() if pair[0] != "Outcome"])


def test_a_birthday_on_the_contact_date_is_counted_for_the_age_column() -> None:
    frame = clean()
    frame.at[0, "Date of birth"], frame.at[0, "Contact date"] = dt.date(2008, 2, 29), dt.date(2023, 3, 1)
    frame.at[0, "Age"] = 16
    assert "A03" not in codes_in(frame, 0)
    frame.at[0, "Age"] = 17
    assert "A03" in codes_in(frame, 0)


def test_zeros_at_the_front_of_equal_ids_are_no_finding() -> None:
    frame = clean()
    frame["Case ID"] = pd.Series([f"00{value}" for value in frame["Case ID"]], dtype=object)
    assert schema.findings(reading(frame), columns()).empty


@pytest.mark.parametrize("text", ["-1", "+44 7700 900123", "-", "- not known", "--", "+ 1", "3-4", "a=b"])
def test_text_that_is_no_formula_is_not_taken_for_one(text: str) -> None:
    frame = clean()
    frame.at[4, "Factors"] = text
    assert "T01" not in codes_in(frame, 4)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=A1", "-SUM(1)"])
def test_text_that_begins_like_a_formula_is_pointed_out(text: str) -> None:
    frame = clean()
    frame.at[4, "Factors"] = text
    assert "T01" in codes_in(frame, 4)


@pytest.mark.parametrize("name", ["Zzz Zzz", "ZZTest", "DO NOT USE", "Mickey  Mouse", "Dummy Child", "test"])
def test_what_staff_type_to_try_a_system_is_a_test_record(name: str) -> None:
    frame = clean()
    frame.at[4, "Name"] = name
    assert "N03" in codes_in(frame, 4)


@pytest.mark.parametrize("name", ["Lizzie Testa", "Izzy Train", "Max Xu", "Zoë Contest", "Dumi Mouseley"])
def test_a_real_name_is_no_test_record(name: str) -> None:
    frame = clean()
    frame.at[4, "Name"] = name
    assert not codes_in(frame, 4)


def test_a_code_in_its_last_and_first_year_is_fine() -> None:
    frame = clean()
    frame.at[4, "Type of harm"], frame.at[4, "Contact date"] = "18A; 18B", dt.date(2021, 3, 1)
    assert not codes_in(frame, 4) & {"K01", "K02"}


def test_24a_before_2022_was_not_yet_in_use() -> None:
    frame = clean()
    frame.at[4, "Type of harm"], frame.at[4, "Contact date"] = "24A Child criminal exploitation", dt.date(2021, 11, 1)
    assert "K02" in codes_in(frame, 4)


def test_a_category_that_is_chosen_is_not_left_out() -> None:
    frame = clean()
    frame.at[4, "Type of harm"] = "24A"
    assert "V01" not in set(schema.findings(reading(frame, Criteria()), columns())["code"])
    assert "V01" in set(schema.findings(reading(frame, Criteria(categories=NINE)), columns())["code"])


def test_one_child_with_two_spellings_of_its_name_has_one_name() -> None:
    frame = clean()
    frame.at[4, "Case ID"] = CLEAN.at[3, "Case ID"]
    frame.at[3, "Name"], frame.at[4, "Name"] = "O'NEILL, Anna-Mae", "anna mae oneill"
    assert "P03" not in codes_in(frame, 4)


def test_an_unknown_gender_contradicts_nothing() -> None:
    frame = clean()
    frame.at[4, "Case ID"] = CLEAN.at[3, "Case ID"]
    frame.at[4, "Gender"] = "Not recorded"
    assert "P02" not in codes_in(frame, 4)


def test_a_list_rule_says_how_many_rows_it_is_about() -> None:
    for one in LIST_RULES:
        example = EXAMPLES[one.code]
        wholes = one.finds(read_example(example))
        assert wholes
        assert all(whole.alike is None or whole.alike > 0 for whole in wholes)


def test_a_heading_that_two_joined_exports_share_is_no_heading_twice() -> None:
    frame = clean().assign(**{"Child ID (export)": CLEAN["Child ID"]})
    read = reading(frame)
    read.headings = ["Child ID", "Factors", "Child ID"]
    assert "V11" not in set(schema.findings(read, columns())["code"])
