"""The rules of narrowing down (docs/design.md, section 7), one claim each."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.long_lists import decided, long_list, narrowed
from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.narrowing import case_check, counts_beside_funnel, stages
from xl_dipsample.domain.shared import reference

DAY = dt.date
COUNTS = ["Long list", "After age and category", "Sample"]


def stage(row: dict[str, object], **settings: object) -> str:
    """Where one row leaves; '' when it is still there."""
    return str(narrowed(row, **settings).rows["stage"].iloc[0])


def test_the_long_list_is_counted_before_anything_leaves() -> None:
    funnel = narrowed({}, {"Type of harm": "16A"}).funnel
    assert list(funnel.iloc[0][["Stage", "Excluded", "Remaining"]]) == ["Long list", 0, 2]


def test_the_stages_stand_in_the_order_of_the_rules() -> None:
    names = list(narrowed({}, upper_age=17).funnel["Stage"])
    assert names == [
        "Long list", "Duplicate row", "Outside the period", "Below the age cut-off", "Above the upper age",
        "No chosen category", "Another contact of the same young person", "Case check", "Sample",
    ]  # fmt: skip


def test_the_upper_age_is_a_stage_only_when_it_is_set() -> None:
    assert stages.ABOVE not in set(narrowed({}).funnel["Stage"])


def test_a_row_equal_in_every_source_cell_is_a_duplicate_and_the_first_stays() -> None:
    rows = narrowed({"note": "same"}, {"note": " same\u00a0"}, {"note": "Same"}).rows
    assert list(rows["stage"]) == ["", stages.DUPLICATE, ""]


def test_both_ends_belong_to_the_period() -> None:
    period = {"period_from": DAY(2022, 9, 1), "period_to": DAY(2022, 9, 30)}
    assert stage({"Contact date": DAY(2022, 9, 1)}, **period) == ""
    assert stage({"Contact date": DAY(2022, 9, 30)}, **period) == ""
    assert stage({"Contact date": DAY(2022, 8, 31)}, **period) == stages.PERIOD
    assert stage({"Contact date": DAY(2022, 10, 1)}, **period) == stages.PERIOD


def test_the_period_can_be_about_the_end_date_and_age_stays_at_the_contact_date() -> None:
    about = {"period_about": "End date", "period_from": DAY(2023, 1, 1)}
    assert stage({"End date": DAY(2023, 2, 1)}, **about) == ""
    young = {"End date": DAY(2023, 2, 1), "Date of birth": DAY(2010, 12, 1)}
    assert stage(young, **about) == stages.BELOW


def test_a_row_without_the_date_that_the_period_is_about_stays_doubtful() -> None:
    row = narrowed({"Contact date": None, "Age": 14}, period_from=DAY(2022, 1, 1)).rows.iloc[0]
    assert row["stage"] == ""
    assert case_check.DATE_MISSING in row["doubts"]


def test_a_birthday_on_the_contact_date_counts() -> None:
    assert stage({"Date of birth": DAY(2010, 9, 1)}) == ""
    assert stage({"Date of birth": DAY(2010, 9, 2)}) == stages.BELOW


def test_29_february_has_its_birthday_on_1_march_in_other_years() -> None:
    born = DAY(2008, 2, 29)
    assert stage({"Date of birth": born, "Contact date": DAY(2021, 2, 28)}, age_cut_off=13) == stages.BELOW
    assert stage({"Date of birth": born, "Contact date": DAY(2021, 3, 1)}, age_cut_off=13) == ""
    assert stage({"Date of birth": born, "Contact date": DAY(2024, 2, 29)}, age_cut_off=16) == ""


@pytest.mark.parametrize(
    ("birth", "left", "text"),
    [("09/2010", "", "11-12"), ("10/2010", stages.BELOW, "11"), ("08/2010", "", "12"), ("March 2008", "", "14")],
)
def test_a_month_of_birth_is_tried_at_both_ends(birth: str, left: str, text: str) -> None:
    row = narrowed({"Date of birth": birth}).rows.iloc[0]
    assert (row["stage"], row["age_text"]) == (left, text)
    assert (case_check.AGE_NEAR in row["doubts"]) == ("-" in text)


def test_an_age_column_does_not_settle_a_month_of_birth() -> None:
    row = narrowed({"Date of birth": "09/2010", "Age": 11}).rows.iloc[0]
    assert (row["stage"], row["doubts"]) == ("", (case_check.AGE_NEAR,))


def test_without_a_date_of_birth_the_age_column_counts_in_whole_years_and_says_so() -> None:
    kept = narrowed({"Date of birth": None, "Age": "12.9"})
    assert kept.rows["age_text"].iloc[0] == "12"
    assert "age as exported" in kept.case_check["Why it is here"].iloc[0]
    assert stage({"Date of birth": "no date", "Age": "11.9"}) == stages.BELOW


@pytest.mark.parametrize("birth", [DAY(2022, 9, 2), DAY(1885, 1, 1)])
def test_an_impossible_date_of_birth_is_not_rescued_by_the_age_column(birth: dt.date) -> None:
    row = narrowed({"Date of birth": birth, "Age": 11}).rows.iloc[0]
    assert (row["stage"], row["doubts"]) == ("", (case_check.AGE_NOT_KNOWN,))


def test_one_chosen_category_is_enough() -> None:
    assert stage({"Type of harm": "16A, 11A"}) == ""
    assert stage({"Type of harm": "16A"}) == stages.CATEGORY
    assert stage({"Type of harm": "24A"}) == "", "criminal exploitation counts by default"
    nine = reference.parts(reference.table("category_presets")[0]["categories"])
    assert stage({"Type of harm": "24A"}, categories=nine) == stages.CATEGORY, "the guide's nine to the letter"


def test_3a_counts_only_if_the_lead_opts_in() -> None:
    assert stage({"Type of harm": "3A"}) == stages.CATEGORY
    opted_in = {"Type of harm": {"3a": "Domestic violence - other"}}
    assert stage({"Type of harm": "3A"}, means=opted_in) == ""


@pytest.mark.parametrize("label", [None, "21", "NULL"])
def test_no_category_recorded_leaves_or_goes_to_the_case_check(label: str | None) -> None:
    assert stage({"Type of harm": label}) == stages.CATEGORY
    kept = narrowed({"Type of harm": label}, no_category="Case check")
    assert kept.rows["stage"].iloc[0] == ""
    assert kept.rows["doubts"].iloc[0] == ()
    assert kept.case_check["Type of harm"].iloc[0] == "No category recorded"


def test_a_label_that_nobody_has_mapped_stays_doubtful() -> None:
    kept = narrowed({"Type of harm": "Local code 7"})
    assert kept.rows["doubts"].iloc[0] == (case_check.LABEL_NOT_MAPPED,)
    assert kept.case_check["Type of harm"].iloc[0] == "Not mapped"


def test_a_label_beside_a_chosen_category_makes_nothing_doubtful() -> None:
    assert narrowed({"Type of harm": "Local code 7; 11A"}).rows["doubts"].iloc[0] == ()


def test_later_stages_still_apply_to_a_doubtful_row() -> None:
    assert stage({"Date of birth": None, "Type of harm": "16A"}) == stages.CATEGORY


def test_18c_is_confirmed_in_the_file_but_not_doubtful() -> None:
    kept = narrowed({"Type of harm": "18C"})
    assert kept.rows["doubts"].iloc[0] == ()
    assert "confirm" in kept.case_check["Why it is here"].iloc[0]


def test_an_export_without_type_of_harm_shows_the_stage_as_not_applied() -> None:
    kept = narrowed({"Type of harm": None}, harm_column=False)
    row = kept.funnel[kept.funnel["Stage"] == stages.CATEGORY].iloc[0]
    assert (row["Excluded"], row["Remaining"], row["applied"]) == (None, 1, False)


def test_the_first_contact_of_a_young_person_is_kept_or_the_last() -> None:
    rows = ({"Case ID": "7", "Contact date": DAY(2022, 9, 5)}, {"Case ID": 7.0, "Contact date": DAY(2022, 9, 1)})
    assert list(narrowed(*rows).rows["stage"]) == [stages.ANOTHER, ""]
    assert list(narrowed(*rows, keep="Last").rows["stage"]) == ["", stages.ANOTHER]


def test_leading_zeros_make_another_young_person() -> None:
    assert list(narrowed({"Case ID": "0012"}, {"Case ID": "12"}).rows["stage"]) == ["", ""]


def test_rows_without_a_case_id_are_never_merged() -> None:
    assert list(narrowed({"Case ID": None}, {"Case ID": " "}).rows["stage"]) == ["", ""]


def test_a_sure_row_is_kept_before_a_doubtful_one() -> None:
    rows = ({"Case ID": "7", "Type of harm": "Local code 7"}, {"Case ID": "7", "Contact date": DAY(2022, 12, 1)})
    assert list(narrowed(*rows).rows["stage"]) == [stages.ANOTHER, ""]


def test_rows_without_a_date_come_after_those_with() -> None:
    rows = ({"Case ID": "7", "Contact date": None, "Age": 14}, {"Case ID": "7"})
    for keep in ("First", "Last"):
        assert list(narrowed(*rows, keep=keep).rows["stage"]) == [stages.ANOTHER, ""]


def test_types_of_harm_of_the_same_contact_date_are_joined_and_the_log_says_so() -> None:
    kept = narrowed(
        {"Case ID": "7", "Type of harm": "13A"},
        {"Case ID": "7", "Type of harm": "11A"},
        {"Case ID": "7", "Type of harm": "10A", "Contact date": DAY(2022, 12, 1)},
    )
    assert kept.case_check["Type of harm"].tolist() == ["CSE; Gangs"]
    assert kept.exclusion_log["Reason"].tolist() == [
        "Its types of harm were added to the row that is kept",
        "Another row of the same young person is kept",
    ]


def test_the_unit_contact_keeps_one_row_for_each_contact_date() -> None:
    rows = ({"Case ID": "7"}, {"Case ID": "7"}, {"Case ID": "7", "Contact date": DAY(2022, 12, 1)})
    assert list(narrowed(*rows, unit="Contact").rows["stage"]) == ["", stages.ANOTHER, ""]


@pytest.mark.parametrize(
    ("decision", "reason", "initials", "state"),
    [
        ("Include", None, "AB", "Included"),
        ("include ", None, "AB", "Included"),
        ("Include", None, None, "Undecided"),
        ("Exclude", "Other", "AB", "Excluded"),
        ("Exclude", None, "AB", "Undecided"),
        ("Exclude", "Other", None, "Undecided"),
        ("Unsure", "Other", "AB", "Undecided"),
        (None, None, None, "Undecided"),
    ],
)
def test_include_needs_initials_and_exclude_a_reason_too(decision, reason, initials, state) -> None:
    assert narrowed({}, decisions=decided((1, decision, reason, initials))).rows["state"].iloc[0] == state


def test_the_initials_on_focus_count_where_a_row_has_none() -> None:
    assert (
        narrowed({}, decisions=decided((1, "Include", None, None)), initials="QA").rows["state"].iloc[0] == "Included"
    )


def test_during_review_only_a_complete_exclude_counts() -> None:
    kept = narrowed(
        {}, {}, {}, {},
        decisions=decided((1, "Exclude", "Other", "AB"), (2, "Exclude", None, "AB"), (3, "Unsure", None, None)),
        case_check="During review",
    )  # fmt: skip
    assert list(kept.rows["state"]) == ["Excluded", "Sample", "Sample", "Sample"]
    assert kept.undecided == 0


def test_the_funnel_counts_the_included_as_sample_while_rows_are_undecided() -> None:
    kept = narrowed({}, {}, {}, decisions=decided((1, "Include", None, "AB"), (2, "Exclude", "Other", "AB")))
    assert kept.funnel.iloc[-2:][["Excluded", "Remaining"]].to_numpy().tolist() == [[1, 2], [0, 1]]
    assert kept.undecided == 1


@pytest.mark.parametrize("unrecorded", ["Leave", "Case check"])
def test_what_if_agrees_with_narrowing_down_by_those_settings(unrecorded: str) -> None:
    rows = [
        {"Case ID": str(i % 7), "Date of birth": DAY(2009 + i % 4, 1 + i % 12, 3), "Type of harm": harm}
        for i, harm in enumerate(["11A", "24A", "16A", "13A", None, "Local code 7", "10A", "3A"] * 4)
    ]
    start = narrowed(*rows, no_category=unrecorded)
    table = counts_beside_funnel.what_if(start, Criteria(no_category=unrecorded))
    presets = counts_beside_funnel.presets(Criteria())
    assert len(table) == 3 * len(presets) * 2
    for row in table.to_dict("records"):
        chosen = tuple(word for word in presets[row["Preset"]] if word != "CCE")
        chosen += ("CCE",) if row["CCE"] == "With CCE" else ()
        again = narrowed(*rows, age_cut_off=row["Age cut-off"], categories=chosen, no_category=unrecorded)
        assert len(again.case_check) == row["Before the case check"]
        left = dict(zip(again.funnel["Stage"], again.funnel["Excluded"], strict=True))
        assert left[stages.BELOW] == row["Below the age cut-off"]
        assert left[stages.CATEGORY] == row["No chosen category"]


def test_the_category_table_counts_a_rows_own_categories_until_the_sample() -> None:
    kept = narrowed(
        {"Case ID": "7", "Type of harm": "13A"},
        {"Case ID": "7", "Type of harm": "11A"},
        {"Type of harm": "16A"},
        {"Type of harm": "11A", "Date of birth": DAY(2015, 1, 1)},
        decisions=decided((1, "Include", None, "AB")),
    )
    table = counts_beside_funnel.by_category(kept, Criteria()).set_index("Category")
    assert table.loc["CSE", COUNTS].tolist() == [2, 1, 1]
    assert table.loc["Gangs", COUNTS].tolist() == [1, 1, 1]
    assert table.loc["Missing", COUNTS].tolist() == [0, 0, 0]


@pytest.mark.parametrize("no_category", ["Leave", "Case check"])
def test_what_hangs_on_a_category_is_what_another_choice_of_it_would_change(no_category: str) -> None:
    harms = ["11A", "24A", "16A", "13A", None, "Local code 7", "11A; 24A", "24A; 16A", "24A; Local code 7", "13A; 10A"]
    rows = [
        {"Case ID": str(i), "Date of birth": DAY(2009 + i % 4, 1 + i % 12, 3), "Type of harm": harm}
        for i, harm in enumerate(harms * 3)
    ]
    chosen = tuple(word for word in Criteria().categories if word not in ("CCE", "Gangs"))
    criteria = Criteria(categories=chosen, no_category=no_category)
    table = counts_beside_funnel.by_category(
        narrowed(*rows, categories=chosen, no_category=no_category), criteria
    ).set_index("Category")

    def left(categories: tuple[str, ...]) -> int:
        funnel = narrowed(*rows, categories=categories, no_category=no_category).funnel
        return int(funnel.loc[funnel["Stage"] == stages.CATEGORY, "Excluded"].iloc[0])

    for word in reference.words("harm_categories", "category"):
        was = word in chosen
        other = tuple(one for one in chosen if one != word) if was else (*chosen, word)
        hangs = left(other) - left(chosen) if was else left(chosen) - left(other)
        assert table.loc[word, ["Chosen", "Rows that hang on it"]].tolist() == ["Yes" if was else "No", hangs], word
    assert table.loc["CCE", "Rows that hang on it"] > 0
    assert table.loc[[stages.NOT_MAPPED, stages.NOTHING_RECORDED], "Chosen"].tolist() == [None, None]


def test_a_young_person_counts_once_in_each_group_also_with_an_unknown_ethnicity() -> None:
    rows = [{"Ethnicity": "WBRI", "Gender": "F"}, {"Ethnicity": None}, {"Ethnicity": "Local word", "Gender": "x"}]
    kept = narrowed(*rows)
    listed = long_list(*rows)
    table = counts_beside_funnel.by_group(listed, kept, Criteria())
    assert table.groupby("Group")["Long list"].sum().tolist() == [3, 3, 3]
