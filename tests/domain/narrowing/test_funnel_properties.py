"""What must hold for every long list, whatever is in it (hypothesis looks for one where it does not)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.focus.criteria import Criteria, default_categories
from xl_dipsample.domain.narrowing import case_decisions
from xl_dipsample.domain.narrowing.funnel import Narrowed, narrow
from xl_dipsample.workbook.specs import spec

OWN = ["Record", "Source row", "Case ID", "Name", "Date of birth", "Age", "Contact date", "End date", "Gender",
       "Ethnicity", "Type of harm", "Outcome", "Referred to?", "Check"]  # fmt: skip
SOURCE = ["Child", "Born", "Contact", "Closed", "Years", "Harm", "Note"]
ALONE = ("Duplicate row", "Outside the period", "Below the age cut-off", "Above the upper age", "No chosen category")
"""The stages that look at one row alone, but for the first."""
DECISIONS = pd.DataFrame(columns=spec.table("working", "CaseCheck").headings, dtype=object)

DAYS = ["01/11/2023", date(2023, 11, 15), "2023-11-30", "01/12/2023", "28/02/2024", "29 Feb 2024", None, "tbc", 45250]
BIRTHS = ["01/11/2011", "15/11/2011", date(2011, 11, 16), "29/02/2012", "11/2011", "2008-06-01", "05/2006", "1/1/2024",
          "14/03/1880", None, "NULL", "??"]  # fmt: skip
HARMS = ["CSE", "11A; 16A", "16A", "21", None, "18C", "24A", "Local code", "Gangs\nLocal code", '["10A", "3A"]']
rows = st.lists(
    st.tuples(
        st.sampled_from(["12", 12.0, " 12", "0012", "7", "8", None, "N/A"]),
        st.sampled_from(BIRTHS),
        st.sampled_from(DAYS),
        st.sampled_from(DAYS),
        st.sampled_from([None, 11, "12.5", "17", "?"]),
        st.sampled_from(HARMS),
        st.sampled_from(["", "a", "A", "a "]),
    ),
    min_size=1,
    max_size=9,
)
criterias = st.builds(
    Criteria,
    period_about=st.sampled_from(["Contact date", "End date"]),
    period_from=st.sampled_from([None, date(2023, 11, 1), date(2023, 11, 15)]),
    period_to=st.sampled_from([None, date(2023, 11, 30), date(2024, 2, 29)]),
    age_cut_off=st.integers(11, 13),
    upper_age=st.sampled_from([None, 15, 17]),
    unit=st.sampled_from(["Young person", "Contact"]),
    keep=st.sampled_from(["First", "Last"]),
    no_category=st.sampled_from(["Leave", "Case check"]),
    case_check=st.sampled_from(["Before review", "During review"]),
    initials=st.sampled_from(["", "QA"]),
)
decided = st.lists(
    st.tuples(
        st.sampled_from(["Include", "Exclude", "Unsure", None]),
        st.sampled_from(["Own words", None]),
        st.sampled_from(["AB", None]),
    ),
    max_size=9,
)
modest = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def long_list_of(cells: list[tuple[Any, ...]]) -> pd.DataFrame:
    """The table LongList of some source rows."""
    body = [
        [at, at + 1, case, None, born, years, contact, closed, None, None, harm, None, None, None,
         case, born, contact, closed, years, harm, note]
        for at, (case, born, contact, closed, years, harm, note) in enumerate(cells, start=1)
    ]  # fmt: skip
    return pd.DataFrame(body, columns=[*OWN, *SOURCE], dtype=object)


def decisions_of(given_: list[tuple[Any, ...]]) -> pd.DataFrame:
    """The table CaseCheck as people left it."""
    rows_ = [
        {"Record": at, "Decision": decision, "Reason": reason, "Initials": initials}
        for at, (decision, reason, initials) in enumerate(given_, start=1)
    ]
    return (
        pd.DataFrame(rows_, columns=DECISIONS.columns, dtype=object)
        .astype(object)
        .where(lambda cell: cell.notna(), None)
    )


def run(cells: list[tuple[Any, ...]], criteria: Criteria, typed: pd.DataFrame = DECISIONS) -> Narrowed:
    """Narrow some source rows down."""
    return narrow(long_list_of(cells), SOURCE, criteria, typed)


def before_the_unit_stage(narrowed: Narrowed) -> set[int]:
    """The rows that no stage up to the category took."""
    return set(narrowed.rows.loc[~narrowed.rows["stage"].isin(ALONE), "Record"])


@modest
@given(rows, criterias, decided)
def test_the_long_list_is_every_exclusion_and_the_sample_and_the_undecided(
    cells: list[tuple[Any, ...]], criteria: Criteria, given_: list[tuple[Any, ...]]
) -> None:
    narrowed = run(cells, criteria, decisions_of(given_))
    left = narrowed.rows[narrowed.rows["stage"] != ""]
    there = narrowed.rows[narrowed.rows["stage"] == ""]
    undecided = int((there["state"] == "Undecided").sum())
    assert narrowed.undecided == undecided
    assert len(left) + len(there) == len(cells)
    assert set(there["state"]) <= {"Included", "Undecided", "Sample"}
    assert (
        narrowed.exclusion_log[["Record", "Stage"]].to_numpy().tolist() == left[["Record", "stage"]].to_numpy().tolist()
    )

    funnel = narrowed.funnel.set_index("Stage")
    excluded = funnel["Excluded"].dropna()
    assert sum(excluded) == len(left)
    for stage, count in excluded.items():
        assert count == sum(1 for name in left["stage"] if str(stage).startswith(name)), stage
    assert funnel["Remaining"].iloc[0] == len(cells)
    assert funnel["Remaining"].iloc[-1] + undecided == len(there)


@modest
@given(rows, criterias, decided)
def test_every_row_still_there_is_on_case_check_once(
    cells: list[tuple[Any, ...]], criteria: Criteria, given_: list[tuple[Any, ...]]
) -> None:
    narrowed = run(cells, criteria, decisions_of(given_))
    candidates = narrowed.rows[narrowed.rows["stage"].isin(["", "Case check"])]
    assert sorted(narrowed.case_check["Record"]) == sorted(candidates["Record"])


@modest
@given(rows, criterias, decided)
def test_narrowing_again_changes_nothing(
    cells: list[tuple[Any, ...]], criteria: Criteria, given_: list[tuple[Any, ...]]
) -> None:
    typed = case_decisions.typed_rows(decisions_of(given_))
    once = run(cells, criteria, typed.rows)
    check = case_decisions.apply(once.case_check, typed)
    left = once.rows.loc[once.rows["stage"].isin(ALONE), "Record"]
    assert not check["Record"].isin(left).any()

    typed_again = case_decisions.typed_rows(check)
    again = run(cells, criteria, typed_again.rows)
    for name in ("rows", "funnel", "exclusion_log", "case_check"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(again, name))
    pd.testing.assert_frame_equal(check, case_decisions.apply(again.case_check, typed_again))


@modest
@given(rows, criterias)
def test_a_higher_cut_off_never_adds_a_row_before_the_unit_stage(
    cells: list[tuple[Any, ...]], criteria: Criteria
) -> None:
    higher = replace(criteria, age_cut_off=criteria.age_cut_off + 1)
    assert before_the_unit_stage(run(cells, higher)) <= before_the_unit_stage(run(cells, criteria))


@modest
@given(rows, criterias)
def test_a_higher_upper_age_or_one_more_category_or_a_longer_period_never_takes_a_row_before_the_unit_stage(
    cells: list[tuple[Any, ...]], criteria: Criteria
) -> None:
    narrower = before_the_unit_stage(run(cells, criteria))
    for wider in (
        replace(criteria, upper_age=None),
        replace(criteria, categories=(*default_categories(), "CCE")),
        replace(criteria, period_from=None),
        replace(criteria, period_to=None),
        replace(criteria, no_category="Case check"),
    ):
        assert narrower <= before_the_unit_stage(run(cells, wider))


@modest
@given(rows, criterias, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_the_stages_that_look_at_one_row(
    cells: list[tuple[Any, ...]], criteria: Criteria, rng: Any
) -> None:
    different = [(*cell[:-1], f"{at}") for at, cell in enumerate(cells)]
    shuffled = list(different)
    rng.shuffle(shuffled)

    def stages(order: list[tuple[Any, ...]]) -> dict[str, str]:
        found = run(order, criteria).rows["stage"]
        return {cell[-1]: stage if stage in ALONE else "" for cell, stage in zip(order, found, strict=True)}

    assert stages(different) == stages(shuffled)


@modest
@given(rows, criterias)
def test_a_young_person_is_there_once_and_a_row_without_case_id_is_never_merged(
    cells: list[tuple[Any, ...]], criteria: Criteria
) -> None:
    once_per_child = run(cells, replace(criteria, unit="Young person"))
    there = once_per_child.rows.loc[once_per_child.rows["stage"] == "", "Record"]
    children = [str(cells[row - 1][0]).strip().removesuffix(".0") for row in there]
    named = [child for child in children if child not in ("None", "N/A")]
    assert len(named) == len(set(named))
    left = once_per_child.rows.loc[once_per_child.rows["stage"].str.startswith("Another contact"), "Record"]
    assert all(cells[row - 1][0] not in (None, "N/A") for row in left)


@modest
@given(rows, criterias)
def test_two_rows_without_contact_date_are_not_one_contact(cells: list[tuple[Any, ...]], criteria: Criteria) -> None:
    narrowed = run([(*cell[:2], None, *cell[3:]) for cell in cells], replace(criteria, unit="Contact"))
    assert not narrowed.rows["stage"].str.startswith("Another contact").any()


@modest
@given(rows, criterias)
def test_including_everyone_leaves_nobody_undecided(cells: list[tuple[Any, ...]], criteria: Criteria) -> None:
    everyone = decisions_of([("Include", None, "AB")] * len(cells))
    narrowed = run(cells, criteria, everyone)
    assert narrowed.undecided == 0
    assert "Case check" not in set(narrowed.rows["stage"])
