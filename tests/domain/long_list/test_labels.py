"""What labels mean: harm, outcome, ethnicity, gender, services, and the table in which the lead sees them."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.long_list.harm_categories import Harm, read_harm
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.domain.shared.lead_lists import shipped

BY_LIST = shipped().means
EVERY_FACTOR = reference.table("dfe_factors")
NO_TABLE = pd.DataFrame(columns=["Field", "Label as exported", "Rows", "Means"], dtype=object)


def harm(value: object, **means: str) -> Harm:
    return read_harm(value, {label_mapping.normalise(label): word for label, word in means.items()})


def word(field: str, value: object, means: dict[str, str] | None = None) -> str:
    return str(label_mapping.map_words(field, pd.Series([value], dtype=object), means or {})["word"].iloc[0])


def long_list(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({name.replace("_", " "): cells for name, cells in columns.items()}, dtype=object)


@pytest.mark.parametrize("factor", EVERY_FACTOR, ids=lambda row: row["code"])
def test_every_factor_is_known_by_its_code_by_its_label_and_by_both(factor: dict[str, str]) -> None:
    code, words = factor["code"], factor["label"]
    read = {harm(text) for text in (code, code.lower(), f"{code} - {words}", f"{code}: {words}", f" {code} ")}
    if code not in ("20", "21"):
        read |= {harm(words), harm(f"{words} ({code})"), harm(f"0{code}"), harm(f"{code} {words}")}
    assert not {one.unmapped for one in read} - {()}
    role = factor["role"]
    chosen = role.startswith("chosen") or role == "offered"
    assert {one.categories for one in read} == {(factor["category"],) if chosen else ()}
    assert {bool(one.confirm) for one in read} == {role.endswith("confirm")}
    assert {one.nothing for one in read} == {role == "none"}
    assert {one.known for one in read} == {role in ("known", "opt-in")}


@pytest.mark.parametrize("category", reference.table("harm_categories"), ids=lambda row: row["category"])
def test_every_category_is_known_by_its_word_and_its_synonyms(category: dict[str, str]) -> None:
    for text in (category["category"], *reference.parts(category["label_synonyms"])):
        for shape in (text, text.upper(), text.title(), f"  {text}.", f"b) {text}", text.replace(" - ", "\N{EN DASH}")):
            if shape.count("\N{EN DASH}") == 0:
                assert harm(shape).categories == (category["category"],), shape
                assert len(harm(shape).labels) == 1


def test_the_same_word_with_another_dash_is_the_same_word() -> None:
    assert harm("Physical abuse \N{EN DASH} other").categories == ("Physical abuse - other",)
    assert harm("Sexual Abuse : Child on Child").categories == ("Sexual abuse - other",)


@pytest.mark.parametrize(
    "text",
    [
        "11A,13A", "11A, 13A", "11A;13A", "11A / 13A", "11A/13A", "11A\n13A", "11A\r\n13A", "11A|13A",
        "11A 13A", '["11A","13A"]',
        '["11A", "13A"]', "['11A', '13A']", "[11A, 13A]", '[["11A"], "13A"]', "CSE; Gangs", "CSE,Gangs",
        "11A - CSE; 13A - Gangs", "11A - CSE, 13A - Gangs", "11A - CSE\n13A - Gangs", "11A - CSE/13A - Gangs",
        "11A: Child sexual exploitation, Gangs", "Child sexual exploitation/Gang affiliation", "11A, 13A, 11a",
        "gangs; ; cse;", "11A; 13A; 16A", "Gangs, CSE, Neglect", "a) CSE, b) Gangs", "(11A), (13A)",
    ],
)  # fmt: skip
def test_lists_are_split_however_they_are_written(text: str) -> None:
    assert harm(text).categories == ("CSE", "Gangs")
    assert not harm(text).unmapped


def test_categories_stand_in_the_order_of_the_reference_table_and_labels_as_exported() -> None:
    read = harm("Gangs; 11A; 2a; gangs")
    assert read.categories == ("Drug - child", "CSE", "Gangs")
    assert read.labels == ("Gangs", "11A", "2a")


def test_a_label_that_somebody_mapped_is_not_split_at_its_slash_or_comma() -> None:
    text = "Anti-social behaviour / exclusion"
    assert harm(text).unmapped == ("exclusion",)
    mapped = {label_mapping.normalise(text): "Gangs"}
    assert read_harm(text, mapped) == Harm(("Gangs",), (text,), nothing=False)
    assert read_harm(f"{text}, 11A; Neglect", mapped).labels == (text, "11A", "Neglect")
    long = "Weapons, threats / knives"
    assert read_harm(f"CSE, {long}, Missing", {label_mapping.normalise(long): "Gangs"}).labels == (
        "CSE",
        long,
        "Missing",
    )


def test_codes_that_nothing_separates_are_a_question_for_the_lead() -> None:
    assert harm("11A CSE 13A Gangs").unmapped == ("11A CSE 13A Gangs",)


def test_a_slash_inside_words_that_nobody_knows_does_not_separate() -> None:
    assert harm("Online / cyber harm").labels == ("Online / cyber harm".replace(" / ", "/"),)
    assert harm("Zorbing, Online harm").unmapped == ("Zorbing", "Online harm")


NO_CATEGORY = [None, "", "NULL", "N/A", "[]", '[""]', "21", 21.0, "No", "None", "No factors identified"]


@pytest.mark.parametrize("value", NO_CATEGORY)
def test_no_category_recorded(value: object) -> None:
    read = harm(value)
    assert (read.nothing, read.categories, read.unmapped, read.known) == (True, (), (), False)


def test_nothing_beside_a_category_does_not_count() -> None:
    assert not harm("21, 11A").nothing
    assert not harm("21; Zorbing").nothing


def test_a_need_code_is_another_field_and_matches_nothing() -> None:
    words = "Socially unacceptable behaviour"
    for text in ("N6", f"N6 - {words}", f"n6: {words}", f"N6 {words}", "N1 - Abuse or Neglect", "N0"):
        assert harm(text).categories == ()
        assert harm(text).unmapped == (text,)


def test_a_child_in_an_abusive_relationship_counts_only_when_the_lead_says_so() -> None:
    assert harm("3A").categories == ()
    assert harm("3A").known
    opted_in = read_harm("3a, 16A", {"3a": "Domestic violence - other"})
    assert opted_in.categories == ("Domestic violence - other",)
    assert harm("3A - Domestic violence - other").unmapped  # the code says one thing, the words another


def test_plain_physical_abuse_is_for_the_lead_to_map() -> None:
    assert harm("Physical abuse").unmapped == ("Physical abuse",)
    read = harm("Physical abuse (not said by whom), Sexual abuse: adult on child, 18B")
    assert read.categories == ("Physical abuse - other", "Sexual abuse - other")
    assert read.confirm == ("Physical abuse (not said by whom)", "Sexual abuse: adult on child")
    kept = read_harm("18C", {"18c": "Physical abuse - other"})
    assert kept.confirm == ("18C",)
    assert not read_harm("18C", {"18c": "Not chosen"}).confirm


def test_the_leads_word_beats_the_reference() -> None:
    assert read_harm("11A", {"11a": "Not chosen"}) == Harm((), ("11A",), nothing=False, known=True)
    assert read_harm("Zorbing", {"zorbing": "Nothing recorded"}).nothing
    assert read_harm("Missing", {"missing": "Nothing recorded"}).nothing


def test_missing_is_a_category_and_missing_from_education_is_not_it() -> None:
    assert harm("Missing").categories == ("Missing",)
    assert harm("Missing from education").unmapped == ("Missing from education",)


CODES = [row["code"] for row in EVERY_FACTOR]
JOINS = [", ", ",", ";", "; ", "\n", " / ", "|", "json", "quoted"]


@settings(max_examples=120, deadline=None)
@given(chosen=st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True), join=st.sampled_from(JOINS))
def test_a_list_says_what_its_codes_say_one_by_one(chosen: list[str], join: str) -> None:
    text = {"json": json.dumps(chosen), "quoted": str(chosen)}.get(join) or join.join(chosen)
    whole, alone = harm(text), [harm(code) for code in chosen]
    assert whole.labels == tuple(chosen)
    assert set(whole.categories) == {category for one in alone for category in one.categories}
    assert whole.known == any(one.known for one in alone)
    assert whole.nothing == all(one.nothing for one in alone)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text("11A,;/|[]\"' \nN-:()", max_size=30), st.floats(), st.booleans()))
def test_no_harm_cell_makes_reading_fail_and_every_label_is_accounted_for(value: object) -> None:
    read = harm(value)
    assert set(read.unmapped) | set(read.confirm) <= set(read.labels)
    assert read.nothing is False or not (read.categories or read.unmapped or read.known)
    assert read.nothing or read.categories or read.unmapped or read.known


def test_parse_harm_gives_python_objects_for_every_row() -> None:
    frame = label_mapping.parse_harm(pd.Series(["11A", None, "11A"], index=[5, 6, 9], dtype=object), {})
    assert frame.index.tolist() == [5, 6, 9]
    assert frame["categories"].tolist() == [("CSE",), (), ("CSE",)]
    assert frame["nothing"].tolist() == [False, True, False]
    assert label_mapping.parse_harm(pd.Series([], dtype=object), {}).empty


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("ethnicity", "a) WBRI", "White British"), ("ethnicity", "wbri", "White British"),
        ("ethnicity", "WBRI - White British", "White British"), ("ethnicity", "A1", "White British"),
        ("ethnicity", "White - British", "White British"), ("ethnicity", "Black African", "African"),
        ("ethnicity", "Black or Black British - African", "African"),
        ("ethnicity", "s) NOBT", "Information not yet obtained"), ("ethnicity", "Gypsy / Roma", "Gypsy/Roma"),
        ("ethnicity", "Mixed: White and Asian", "White and Asian"),
        ("ethnicity", "Any other Asian background", "Any other Asian background"), ("ethnicity", None, "Unknown"),
        ("gender", "b) Female", "Female"), ("gender", "F", "Female"), ("gender", 1.0, "Male"),
        ("gender", "2", "Female"), ("gender", "c) Not stated/recorded", "Not stated or recorded"),
        ("gender", "", "Not stated or recorded"), ("gender", "n/k", "Not stated or recorded"),
        ("outcome", "NFA", "No further action"), ("outcome", "(NFACore)", "No further action"),
        ("outcome", "Closed to team (NFACore)", "No further action"),
        ("outcome", "RC8 - Case closed after assessment, no further action", "No further action"),
        ("outcome", "Section 47", "Strategy discussion / section 47"), ("outcome", "NULL", "Not recorded"),
        ("outcome", "Unknown", "Not recorded"), ("outcome", "Something else entirely", "Not mapped"),
        ("referred_to", "N/A", "None"), ("referred_to", "None", "None"), ("referred_to", None, "Not recorded"),
        ("referred_to", "YOT", "Youth justice service"), ("referred_to", "No further action (CIN)", "Not mapped"),
    ],
)  # fmt: skip
def test_words_of_an_export_become_words_of_the_reference(field: str, value: object, expected: str) -> None:
    assert word(field, value) == expected


@pytest.mark.parametrize(
    ("field", "table", "column", "others"),
    [
        ("outcome", "outcomes", "outcome", "synonyms"), ("gender", "gender", "gender", "synonyms"),
        ("ethnicity", "ethnicity", "label", "code"), ("referred_to", "referred_to", "service", "synonyms"),
    ],
)  # fmt: skip
def test_every_word_of_the_reference_is_understood(field: str, table: str, column: str, others: str) -> None:
    for row in reference.table(table):
        for text in (row[column], *reference.parts(row[others])):
            for shape in (text, text.upper(), f" {text}\N{NO-BREAK SPACE}"):
                assert word(field, shape) == row[column], text


def test_the_leads_word_comes_first_here_too() -> None:
    assert word("outcome", "Closed", {"closed": "No further action"}) == "No further action"
    assert word("outcome", "NFA", {"nfa": "Advice and information"}) == "Advice and information"
    assert word("outcome", "Zorbing", {"zorbing": "Nothing recorded"}) == "Not recorded"


def test_the_table_of_labels_counts_rows_and_puts_the_unmapped_first() -> None:
    rows = long_list(
        Type_of_harm=["11A; Zorbing", "11a", "16A", None, "21"],
        Outcome=["NFA", "NFA", "Odd", None, "N/A"],
        Gender=["F"] * 5,
    )
    table = label_mapping.label_table(rows, NO_TABLE, shipped())
    assert list(table.columns) == ["Field", "Label as exported", "Rows", "Means", "Perhaps"]
    assert [tuple(row) for row in table.drop(columns="Perhaps").to_numpy()] == [
        ("Type of harm", "Zorbing", 1, None),
        ("Outcome", "Odd", 1, None),
        ("Type of harm", "11A", 2, "CSE"),
        ("Type of harm", "16A", 1, "Not chosen"),
        ("Type of harm", "21", 1, "Nothing recorded"),
        ("Outcome", "NFA", 2, "No further action"),
        ("Gender", "F", 5, "Female"),
    ]


def test_what_a_person_wrote_stays_also_when_the_label_is_gone() -> None:
    rows = long_list(Type_of_harm=["Zorbing / gliding", "3A"], Outcome=["Odd", "NFA"])
    earlier = pd.DataFrame(
        [
            ["Type of harm", "Zorbing / gliding", 9, "Gangs"],
            ["Type of harm", "3a", 9, "domestic violence - other"],
            ["Type of harm", "Gone", 9, "CCE"],
            ["Type of harm", "16A", 9, "Not chosen"],
            ["Outcome", "ODD ", 9, "Other"],
            ["Outcome", "Nobody said", 9, None],
        ],
        columns=NO_TABLE.columns,
        dtype=object,
    )
    table = label_mapping.label_table(rows, earlier, shipped())
    assert [tuple(row) for row in table.drop(columns="Perhaps").to_numpy()] == [
        ("Type of harm", "3A", 1, "Domestic violence - other"),
        ("Type of harm", "Zorbing / gliding", 1, "Gangs"),
        ("Type of harm", "Gone", 0, "CCE"),
        ("Outcome", "NFA", 1, "No further action"),
        ("Outcome", "Odd", 1, "Other"),
    ]
    again = label_mapping.label_table(rows, table, shipped())
    assert again.equals(table)


def test_a_meaning_of_another_field_is_refused_without_saying_what_stands_there() -> None:
    table = pd.DataFrame([["Outcome", "Secret label", 1, "Gangs"]], columns=NO_TABLE.columns, dtype=object)
    with pytest.raises(SettingProblem) as problem:
        label_mapping.means_of(table, "Outcome", shipped())
    assert problem.value.code == "means-of-another-field"
    assert "Excel row 6 of the sheet Labels" in problem.value.sentence
    assert "Secret" not in problem.value.sentence
    assert "Gangs" not in problem.value.sentence
    assert label_mapping.means_of(table, "Gender", shipped()) == BY_LIST("Gender")


def test_means_are_read_whatever_their_case_and_blank_ones_are_left_out() -> None:
    table = pd.DataFrame(
        [["Gender", 1.0, 1, " female "], ["Gender", "x", 1, None], ["Type of harm", "A  b", 1, "not chosen"]],
        columns=NO_TABLE.columns,
        dtype=object,
    )
    assert label_mapping.means_of(table, "gender", shipped()) == BY_LIST("Gender") | {"1": "Female"}
    assert label_mapping.means_of(table, "Type of harm", shipped()) == BY_LIST("Type of harm") | {"a b": "Not chosen"}
    assert label_mapping.means_of(NO_TABLE, "Type of harm", shipped()) == BY_LIST("Type of harm")
