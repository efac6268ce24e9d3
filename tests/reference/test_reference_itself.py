"""The oracle does what section 7 says, by hand-made examples; and the generator makes every kind of dirt."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from dirty_rows import make_export
from narrow_slowly import (
    ABOVE,
    AGE_NEAR_LIMIT,
    AGE_NOT_KNOWN,
    ANOTHER,
    BELOW,
    CASE_CHECK,
    CATEGORY,
    DATE_MISSING,
    DUPLICATE,
    LABEL_NOT_MAPPED,
    PERIOD,
    STAGES,
    Columns,
    Verdict,
    narrow_slowly,
)
from python_calamine import CalamineWorkbook
from writers import write

COLUMNS = Columns(case_id=0, date_of_birth=1, contact_date=2, harm=3, age=4, end_date=5)
SETTINGS = {
    "Period is about": "Contact date",
    "Period from": None,
    "Period to": None,
    "Age cut-off": 12,
    "Upper age": None,
    "Unit": "Young person",
    "Keep": "First",
    "No category recorded": "Leave",
    "Case check": "Before review",
    "Categories": ("Missing", "CSE", "Gangs", "Physical abuse - other"),
    "Initials": "",
}


def row(
    case: Any = "1", born: Any = "01/01/2008", contact: Any = "15/06/2023", harm: Any = "CSE", *more: Any
) -> list[Any]:
    """A row that stays, unless something is changed."""
    age, ended = (*more, None, None)[:2]
    return [case, born, contact, harm, age, ended]


def judged(*rows: list[Any], means: Any = None, decisions: Any = None, **settings: Any) -> list[Verdict]:
    """The verdicts with some settings changed."""
    changed = {name.replace("_", " ").capitalize(): value for name, value in settings.items()}
    changed = {"Age cut-off" if name == "Age cut off" else name: value for name, value in changed.items()}
    assert set(changed) <= set(SETTINGS)
    return narrow_slowly(list(rows), COLUMNS, SETTINGS | changed, means, decisions)


def stages(*rows: list[Any], **more: Any) -> list[str]:
    return [verdict.stage for verdict in judged(*rows, **more)]


def one(*cells: Any, means: Any = None, **settings: Any) -> Verdict:
    return judged(row(*cells), means=means, **settings)[0]


def test_the_table_of_section_7_names_these_stages_in_this_order() -> None:
    assert STAGES == (DUPLICATE, PERIOD, BELOW, ABOVE, CATEGORY, ANOTHER, CASE_CHECK)


def test_a_birthday_on_the_contact_date_counts_and_the_day_before_does_not() -> None:
    assert one("1", "15/06/2011").stage == ""
    assert one("1", "16/06/2011").stage == BELOW


def test_29_february_has_its_birthday_on_1_march_in_other_years() -> None:
    assert one("1", "29/02/2012", "28/02/2023", age_cut_off=11).stage == BELOW
    assert one("1", "29/02/2012", "01/03/2023", age_cut_off=11).stage == ""
    assert one("1", "29/02/2012", "29/02/2024", age_cut_off=12).stage == ""


def test_a_month_of_birth_is_tried_at_both_ends() -> None:
    assert one("1", "06/2011").doubts == {AGE_NEAR_LIMIT}
    assert one("1", "06/2011", "15/06/2023", "CSE", 17).age_text == "11-12"
    assert one("1", "07/2011").stage == BELOW
    assert one("1", "05/2011").age_text == "12"
    sure = one("1", "06/2008")
    assert (sure.age_text, sure.doubts) == ("14-15", set())
    assert one("1", "06/2008", upper_age=14).doubts == {AGE_NEAR_LIMIT}
    assert one("1", "06/2008", upper_age=13).stage == ABOVE


@pytest.mark.parametrize("born", [None, "NULL", "tbc", "31/02/2010", "01/01/1900", date(1900, 1, 1)])
def test_without_a_readable_date_of_birth_the_age_column_counts(born: Any) -> None:
    verdict = one("1", born, "15/06/2023", "CSE", "13.5")
    assert (verdict.age_text, verdict.age_as_exported, verdict.doubts) == ("13", True, set())
    assert one("1", born, "15/06/2023", "CSE", "11.9").stage == BELOW
    assert one("1", born).doubts == {AGE_NOT_KNOWN}


@pytest.mark.parametrize("born", ["16/06/2023", "14/03/1880", "March 1880"])
def test_an_impossible_date_of_birth_makes_the_age_not_known_whatever_the_age_column_says(born: str) -> None:
    assert one("1", born, "15/06/2023", "CSE", 13).doubts == {AGE_NOT_KNOWN}


@pytest.mark.parametrize(
    "cell",
    ["05/03/2024", "5/3/24", "2024-03-05", "05 Mar 2024", 45356, 45356.4, "45356", datetime(2024, 3, 5, 9, 30)],  # noqa: DTZ001
)
def test_a_day_is_read_in_every_way_systems_write_it(cell: Any) -> None:
    assert one("1", "05/03/2012", cell).age_text == "12"
    assert one("1", "06/03/2012", cell).stage == BELOW


def test_both_ends_of_the_period_belong_to_it() -> None:
    period = {"period_from": date(2023, 6, 1), "period_to": date(2023, 6, 30)}
    days = ("31/05/2023", "01/06/2023", "30/06/2023 23:59", "01/07/2023", None)
    rows = [row(str(at), contact=day) for at, day in enumerate(days)]
    assert stages(*rows, **period) == [PERIOD, "", "", PERIOD, ""]
    assert judged(*rows, **period)[4].doubts == {DATE_MISSING, AGE_NOT_KNOWN}
    assert DATE_MISSING not in judged(*rows)[4].doubts


def test_age_is_at_the_contact_date_even_when_the_period_is_about_the_end() -> None:
    late = row("1", "20/06/2011", "15/06/2023", "CSE", None, "25/06/2023")
    assert stages(late, period_is_about="End date", period_from=date(2023, 6, 20)) == [BELOW]
    assert stages(late, period_is_about="End date", period_from=date(2023, 6, 26)) == [PERIOD]


def test_duplicates_are_equal_but_for_outer_blanks_and_the_case_of_letters_counts() -> None:
    assert stages(row(" A1"), row("A1\u00a0"), row("a1")) == ["", DUPLICATE, ""]
    assert stages(row("1", None), row("1", "  ", "15/06/2023"), row("1", "NULL")) == ["", DUPLICATE, ANOTHER]


def test_blank_rows_and_footers_are_no_rows() -> None:
    blank, footer = [None, "", " ", "\u00a0", None, None], [None, None, None, "Total: 2", None, None]
    verdicts = judged(row("1"), blank, row("2"), footer)
    assert [(verdict.row, verdict.index) for verdict in verdicts] == [(1, 0), (2, 2)]


@pytest.mark.parametrize(
    ("harm", "stage", "doubts"),
    [
        ("11A", "", set()),
        ("16A Neglect; 11A Child sexual exploitation", "", set()),
        ('["Neglect", "Gangs"]', "", set()),
        ("16A", CATEGORY, set()),
        ("3A", CATEGORY, set()),
        ("24A", CATEGORY, set()),
        ("21", CATEGORY, set()),
        (21.0, CATEGORY, set()),
        ("N/A", CATEGORY, set()),
        ("N6", "", {LABEL_NOT_MAPPED}),
        ("N6 - Socially unacceptable behaviour", "", {LABEL_NOT_MAPPED}),
        ("Missing from education", "", {LABEL_NOT_MAPPED}),
        ("Missing from education / Missing", "", set()),
        ("16A\nlocal code", "", {LABEL_NOT_MAPPED}),
    ],
)
def test_what_a_type_of_harm_means(harm: Any, stage: str, doubts: set[str]) -> None:
    verdict = one("1", "01/01/2008", "15/06/2023", harm)
    assert (verdict.stage, verdict.doubts) == (stage, doubts)


def test_no_category_recorded_may_go_to_the_case_check_but_a_known_one_that_is_not_chosen_may_not() -> None:
    verdicts = judged(row("1", harm="21"), row("2", harm=None), row("3", harm="16A"), no_category_recorded="Case check")
    assert [(verdict.stage, verdict.doubts) for verdict in verdicts] == [("", set()), ("", set()), (CATEGORY, set())]


def test_the_lead_may_say_what_a_label_means() -> None:
    def meaning(word: str) -> Verdict:
        return one("1", "01/01/2008", "15/06/2023", "Local code", means={("Type of harm", "local CODE"): word})

    assert meaning("Gangs").categories == ("Gangs",)
    assert meaning("Not chosen").stage == CATEGORY
    assert meaning("Nothing recorded").stage == CATEGORY
    assert meaning("CCE").stage == CATEGORY


@pytest.mark.parametrize(("code", "asked"), [("18A", True), ("18B", False), ("18C", True), ("11A", False)])
def test_codes_that_do_not_say_who_harmed_are_to_be_confirmed(code: str, asked: bool) -> None:  # noqa: FBT001
    verdict = one("1", "01/01/2008", "15/06/2023", code)
    assert (verdict.confirm, verdict.doubts) == (asked, set())


def test_a_young_person_keeps_one_row_and_the_types_of_harm_of_that_day() -> None:
    rows = [row("1", contact="15/06/2023"), row("1.0", harm="Gangs", contact="14/06/2023"),
            row(1, harm="Missing", contact="14/06/2023"), row("01", contact="14/06/2023")]  # fmt: skip
    verdicts = judged(*rows)
    assert [verdict.stage for verdict in verdicts] == [ANOTHER, "", ANOTHER, ""]
    assert verdicts[1].categories == ("Missing", "Gangs")
    assert stages(*rows, keep="Last") == ["", ANOTHER, ANOTHER, ""]
    assert stages(*rows, unit="Contact") == ["", "", ANOTHER, ""]


def test_a_sure_row_is_kept_before_a_doubtful_one_and_a_dated_before_one_without() -> None:
    doubtful = row("1", harm="Local code", contact="01/06/2023")
    assert stages(doubtful, row("1", contact="15/06/2023")) == [ANOTHER, ""]
    undated = row("1", None, None, "CSE", 15)
    assert stages(undated, row("1"), keep="Last") == [ANOTHER, ""]
    assert stages(row(None), row("NULL"), row(None, harm="Gangs")) == ["", "", ""]


@pytest.mark.parametrize(
    ("decided", "initials", "before", "during"),
    [
        (("Include", "", "AB"), "", "Included", "Sample"),
        (("Include", "", ""), "QA", "Included", "Sample"),
        (("Include", "", " "), "", "Undecided", "Sample"),
        (("Exclude", "Own words", "AB"), "", "Excluded", "Excluded"),
        (("Exclude", " ", "AB"), "QA", "Undecided", "Sample"),
        (("Exclude", "Own words", ""), "", "Undecided", "Sample"),
        (("Unsure", "Own words", "AB"), "QA", "Undecided", "Sample"),
        (("", "", ""), "QA", "Undecided", "Sample"),
    ],
)
def test_a_decision_counts_when_it_is_complete(decided: Any, initials: str, before: str, during: str) -> None:
    for when, state in (("Before review", before), ("During review", during)):
        verdict = judged(row(), decisions={1: decided}, initials=initials, case_check=when)[0]
        assert verdict.state == state
        assert verdict.stage == (CASE_CHECK if state == "Excluded" else "")


def test_the_generator_makes_every_kind_of_dirt_and_reaches_every_rule() -> None:
    made: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for seed in range(120):
        export = make_export(random.Random(seed))
        made += export.made
        for verdict in narrow_slowly(export.rows, export.columns, export.settings, export.means, export.decisions):
            reached[verdict.stage] += 1
            reached[f"state {verdict.state}"] += 1
            reached.update(verdict.doubts)
            reached["confirm"] += verdict.confirm is True
            reached["as exported"] += verdict.age_as_exported
            reached["two ages"] += "-" in verdict.age_text
            reached["several categories"] += len(verdict.categories) > 1
    wanted = [*STAGES, "", AGE_NOT_KNOWN, AGE_NEAR_LIMIT, DATE_MISSING, LABEL_NOT_MAPPED, "confirm", "as exported"]
    wanted += ["two ages", "several categories"]
    wanted += [f"state {state}" for state in ("Included", "Excluded", "Undecided", "Sample")]
    assert {name for name in wanted if reached[name] < 10} == set()
    assert {kind for kind, count in made.items() if kind.startswith("repeated row") and count < 3} == set()
    kinds = ("born on 29 February", "born in 1880", "1900-01-01", "month of birth only", "JSON array", "footer",
             "padded case ID", "leading zeros beside none", "unknown label", "type of harm: yes/no", "blank row",
             "lead maps an unknown label", "lead says Nothing recorded", "lead says Not chosen")  # fmt: skip
    assert {kind for kind in kinds if made[kind] < 5} == set()


def test_the_same_seed_makes_the_same_export() -> None:
    assert make_export(random.Random(7)) == make_export(random.Random(7))


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "ods", "xls"])
def test_a_file_that_the_writers_make_holds_what_they_say(kind: str, tmp_path: Path) -> None:
    cells = [["Heading", "Other", "More"], [" a\u00a0", 12.0, date(2010, 2, 28)], ["x; y\nz", "0012", 13.5],
             [date(1900, 3, 1), "=1+1", datetime(2024, 3, 5, 9, 30)]]  # fmt: skip  # noqa: DTZ001
    path, held = write(cells, kind, tmp_path)
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() == held == cells
