"""Findings: the sentences, word for word, on small synthetic reviews."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.domain.findings.findings_reviews import CATEGORIES, OUTCOMES, frame, generated, review
from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.findings import Cell, Figure, Finding, findings
from xl_dipsample.domain.findings.sentences import data
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook.sheets.parts import blocks
from xl_dipsample.workbook.sheets.parts.layout import Book
from xl_dipsample.workbook.specs import defaults, spec

COMPLETE = {
    "Type of harm": "CSE",
    "Outcome": "Child in Need",
    "Referred to?": "Police",
    "Reason for social care involvement (extract)": "words",
    "Reason for closure or progression (extract)": "words",
    "Level of harm": "In need",
    "Parenting concerns": "Yes",
    "Reviewer": "QX",
}


def tables(rows: list[dict[str, object]], **given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of a review workbook; every row is complete but for what it says itself."""
    whole = [{**COMPLETE, "Unique ID": f"K{place:04d}", **row} for place, row in enumerate(rows)]
    return defaults.frames("review", {"Review": review(whole), **given})


def said(made: dict[str, pd.DataFrame]) -> dict[str, Finding]:
    """The findings by what they are about."""
    found = findings(made, blocks.harm(Book("review", made, {})).words)
    assert len({one.about for one in found}) == len(found)
    return {one.about: one for one in found}


def sentence(about: str, rows: list[dict[str, object]], **given: pd.DataFrame) -> str:
    return said(tables(rows, **given))[about].sentence


def outcomes(**numbers: int) -> list[dict[str, object]]:
    """Rows with outcomes by the first letters of their words; `blank` has none, `own` is on no list."""
    words = {"cin": "Child in Need", "eh": "early help", "nfa": "No further action", "cp": "Child Protection"}
    words |= {"own": "sent to gran", "blank": None, "unmapped": "Not mapped"}  # type: ignore[dict-item]
    return [{"Outcome": words[short]} for short, number in numbers.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (outcomes(cin=34, eh=26), "Most cases (34 of 60, 57%) closed at Child in Need."),
        (
            outcomes(cin=34, eh=9, blank=10, unmapped=7),
            "Most cases with an outcome (34 of 43, 79%) closed at Child in Need. No outcome yet: 17 of 60 cases (28%).",
        ),
        (
            outcomes(cin=21, eh=20, nfa=19),
            (
                "The most common outcome is Child in Need (21 of 60 cases, 35%); no outcome has more than half of the "
                "cases."
            ),
        ),
        (
            outcomes(cin=10, eh=10),
            (
                "The most common outcomes are Early help and Child in Need (10 of 20 cases each, 50%); no outcome has "
                "more than half of the cases."
            ),
        ),
        (
            outcomes(cin=5, eh=3, own=4),
            (
                "Of the outcomes on the list, the most common is Child in Need (5 of 12 cases, 42%). In 4 of 12 cases "
                "(33%) it is in words that are on no list."
            ),
        ),
        (
            outcomes(cin=4, eh=4, own=4),
            (
                "Of the outcomes on the list, the most common are Early help and Child in Need (4 of 12 cases each, "
                "33%). In 4 of 12 cases (33%) it is in words that are on no list."
            ),
        ),
        (outcomes(own=3), "In 3 of 3 cases the outcome is in words that are on no list."),
        (outcomes(nfa=4, cin=2), "Most cases (4 of 6) ended with no further action."),
        (outcomes(cp=12), "All cases (12 of 12, 100%) went to Child Protection."),
        (outcomes(eh=1), "The only case (1 of 1) went to early help."),
    ],
    ids=[
        "majority",
        "half filled",
        "no majority",
        "tie at half",
        "own words",
        "tie beside own words",
        "only own words",
        "few",
        "all",
        "one",
    ],
)
def test_the_outcome_of_most_cases_is_said_with_counts(rows: list[dict[str, object]], expected: str) -> None:
    assert sentence("Most common outcome", rows) == expected


def test_an_outcome_without_words_of_its_own_is_named_as_it_is() -> None:
    assert sentence("Most common outcome", [{"Outcome": "Other"}] * 3) == ("All cases (3 of 3) have the outcome Other.")
    assert set(data()["went"]) <= set(OUTCOMES)


@pytest.mark.parametrize("outcome", data()["went"])
def test_each_outcome_of_the_list_has_words_of_its_own(outcome: str) -> None:
    said_of_all = f"All cases (3 of 3) {data()['went'][outcome]}."
    assert sentence("Most common outcome", [{"Outcome": outcome}] * 3) == said_of_all


def test_no_further_action_and_going_on_are_of_the_cases_with_an_outcome() -> None:
    found = said(tables(outcomes(nfa=12, cin=20, cp=4, eh=4, own=3, blank=17)))["No further action, and going on"]
    assert found.sentence == (
        "12 of 43 cases with an outcome (28%) ended with no further action; 24 of 43 cases with an outcome (56%) went "
        "on to Child in Need or above. In 3 of 43 cases (7%) the outcome is a word that is not laid out yet, and "
        "stands on neither side."
    )
    assert found.source == Figure("Summary", "Outcome", "No further action")


def test_words_of_no_list_are_a_finding_with_their_number_and_their_rows() -> None:
    made = tables([{"Outcome": "Family Help"}, {"Referred to?": "None; Zorbing"}, {"Outcome": "Family  help"}, {}])
    found = said(made)["Words that are not laid out yet"]
    assert found.sentence == (
        "Words that are not laid out yet: Outcome in 2 of 4 cases, Excel rows 6, 8 of Review; Referred to? in 1 of 4 "
        "cases, Excel row 7 of Review. They count as Other words, and an outcome among them stands on neither side: "
        "put them on My lists and press Pseudonymise, or choose a word of the list."
    )
    assert found.source == Figure("Summary", "Outcome", "Other words")
    assert "Words that are not laid out yet" not in said(tables([{}] * 3))


def test_every_outcome_that_is_child_protection_is_named() -> None:
    made = tables([{"Outcome": "ROTH plan"}, {"Outcome": "Child Protection"}, {}])
    mine = made["MyLists"]
    mine.loc[len(mine)] = ["Outcome", "ROTH plan", None, "Progressed", "Yes", None, None]
    made["GivenWords"] = mine
    assert said(made)["Child Protection and harm outside the home"].sentence.startswith(
        "2 of 3 cases had an outcome of child protection (Child Protection, ROTH plan); among them"
    )
    none = said(tables([{}] * 3))["Child Protection and harm outside the home"].sentence
    assert none == "0 of 3 cases had an outcome of child protection (Child Protection)."


def test_a_type_of_harm_of_the_leads_own_that_no_word_of_the_export_means_is_not_said_to_be_absent() -> None:
    counts = [[word, 5, 0, 0] for word in CATEGORIES] + [["Harm in school", 0, 0, 0]]
    chosen = defaults.default(spec.table("review", "Categories"))
    chosen.loc[len(chosen), ["Category", "Chosen"]] = ["Harm in school", "Yes"]
    found = said(tables([{}] * 3, FunnelCategories=frame("FunnelCategories", counts), Categories=chosen))
    assert found["Types of harm never recorded"].sentence == (
        "Types of harm of your own are in no word of the export (0 rows): Harm in school. Say on Labels or Categories "
        "which words mean them; until then they cannot be counted."
    )


def test_the_sample_stands_against_the_young_people_in_the_period_and_of_age() -> None:
    rows: list[dict[str, object]] = [{}] * 60 + [{"In sample?": "No", "Reason if not in sample": "Other"}] * 4
    funnel = frame("Funnel", [["Long list", None, 1412], ["Sample", None, 60]])
    people = counts_of(449, 291, 64, contacts=False)
    assert sentence("Size of the sample", rows, Funnel=funnel, YoungPeople=people) == (
        "The sample holds 60 of 291 young people in the period and of age (21%). In rows: 60 of 1,412 rows of the long "
        "list. During review 4 of the 64 cases drawn left."
    )
    found = said(tables(rows, Funnel=funnel, YoungPeople=people))["Size of the sample"]
    assert found.source == Figure("Summary", "Sample", "Young people in the sample now")
    contacts = counts_of(449, 291, 59, contacts=True)
    assert sentence("Size of the sample", rows[:62] + [{}] * 2, Funnel=funnel, YoungPeople=contacts) == (
        "The sample holds 62 of 301 contacts in the period and of age (21%); how many young people is not known, since "
        "contacts left during review. In rows: 62 of 1,412 rows of the long list. During review 2 of the 64 cases "
        "drawn left."
    )
    assert sentence("Size of the sample", [{}] * 64, Funnel=funnel, YoungPeople=contacts) == (
        "The sample holds 59 of 291 young people in the period and of age (20%). These are 64 of 301 contacts in the "
        "period and of age (21%). In rows: 64 of 1,412 rows of the long list."
    )


def counts_of(listed: int, of_age: int, drawn: int, *, contacts: bool) -> pd.DataFrame:
    """The table YoungPeople of 64 rows drawn; ten more contacts than young people of age."""
    more = of_age + 10 if contacts else None
    return frame(
        "YoungPeople",
        [
            ["On the long list", listed, listed + 10 if contacts else None, 1412],
            ["In the period", listed, listed + 10 if contacts else None, 1000],
            ["In the period and of age", of_age, more, 600],
            ["Of these, without case ID", 2, 2 if contacts else None, 2],
            ["Of these, date or age not sure", 0, 0 if contacts else None, 0],
            ["In the sample", drawn, 64 if contacts else None, 64],
        ],
    )


def test_types_of_harm_that_were_not_exported_are_told_apart_from_types_that_no_row_has() -> None:
    counts = frame("FunnelCategories", [*([word, 0, 0, 0] for word in CATEGORIES), ["Not mapped", 3, 3, 0]])
    funnel = frame("Funnel", [["Long list", 0, 12], ["No chosen category", "not applied", 12], ["Sample", 0, 3]])
    found = said(tables([{"Type of harm": None}] * 3, Funnel=funnel, FunnelCategories=counts))
    assert found["Types of harm not exported"].sentence == (
        "The export holds no types of harm: how often they are recorded is not known, and the stage No chosen category "
        "was not applied."
    )
    assert found["Types of harm not exported"].source == Cell("Funnel", 1, "Excluded")
    assert "Types of harm never recorded" not in found
    funnel.loc[1, "Excluded"] = 0
    found = said(tables([{"Type of harm": None}] * 3, Funnel=funnel, FunnelCategories=counts))
    assert "Types of harm not exported" not in found
    assert found["Types of harm never recorded"].sentence.startswith("No row of the long list (0) has these chosen ")
    assert found["Types of harm never recorded"].sentence.endswith(
        "Is that what happens here? It may be in labels that nobody has mapped: 3 rows."
    )


def test_the_sample_of_an_earlier_version_stands_against_the_rows_of_the_long_list() -> None:
    rows: list[dict[str, object]] = [{}] * 60 + [{"In sample?": "No", "Reason if not in sample": "Other"}] * 4
    funnel = frame("Funnel", [["Long list", None, 412], ["Sample", None, 60]])
    assert sentence("Size of the sample", rows, Funnel=funnel) == (
        "The sample holds 60 of 412 rows of the long list (15%); young people were not counted by the version that "
        "made it. During review 4 of the 64 cases drawn left."
    )
    assert sentence("Size of the sample", rows[:60]) == "The sample holds 60 cases."
    shorter = frame("Funnel", [["Long list", None, 12], ["Sample", None, 60]])
    assert sentence("Size of the sample", rows[:60], Funnel=shorter) == "The sample holds 60 cases."


def test_how_much_is_in_is_said_until_everything_is() -> None:
    rows: list[dict[str, object]] = [{}] * 43 + [{"Level of harm": None}] * 17
    assert next(iter(said(tables(rows)))) == "How much is in"
    assert (
        sentence("How much is in", rows) == "Reviewed completely: 43 of 60 cases (72%). What follows can still change."
    )
    assert "How much is in" not in said(tables(rows[:43]))


def test_types_of_harm_that_tie_are_named_together() -> None:
    rows: list[dict[str, object]] = [{"Type of harm": "Gangs; CSE"}] * 12 + [{"Type of harm": "Missing"}] * 8
    rows += [{"Type of harm": "Not mapped"}] * 5
    assert sentence("Most common type of harm", rows) == (
        "The most common types of harm are CSE and Gangs (12 of 20 cases each, 60%), followed by Missing (8 of 20, "
        "40%). A case can have several. No type of harm is known for 5 of 25 cases (20%)."
    )
    own: list[dict[str, object]] = [{"Type of harm": "gangs"}] * 4 + [{"Type of harm": "Cuckooing"}] * 5
    assert sentence("Most common type of harm", own).startswith(
        "Of the types of harm on the list, the most common is Gangs (4 of 9 cases)"
    )
    own[0] = {"Type of harm": "gangs; CSE"}
    own[1:4] = [{"Type of harm": "Gangs; CSE"}] * 3
    assert sentence("Most common type of harm", own) == (
        "Of the types of harm on the list, the most common are CSE and Gangs (4 of 9 cases each). A case can have "
        "several."
    )


def test_types_that_only_the_long_list_has_are_asked_about() -> None:
    counts = [[word, {"Gangs": 12, "CSE": 30, "Trafficking": 0, "CCE": 9}.get(word, 5), 0, 0] for word in CATEGORIES]
    rows: list[dict[str, object]] = [
        {"Type of harm": "; ".join(one for one in CATEGORIES if one not in ("Gangs", "Trafficking", "CCE", "Missing"))}
    ] * 3
    nine = defaults.default(spec.table("review", "Categories"))
    nine.loc[nine["Category"] == "CCE", "Chosen"] = "No"
    found = said(tables(rows, FunnelCategories=frame("FunnelCategories", counts), Categories=nine))
    assert found["On the long list, not in the sample"] == Finding(
        "On the long list, not in the sample",
        "On the long list but not in the sample: Gangs (12 rows) and Missing (5 rows). Were they screened out, and "
        "is that right?",
        Cell("FunnelCategories", CATEGORIES.index("Gangs"), "Long list"),
    )
    assert "chosen types of harm: Trafficking." in found["Types of harm never recorded"].sentence


def test_no_further_action_by_type_needs_ten_cases_with_an_outcome() -> None:
    rows: list[dict[str, object]] = [{"Type of harm": "Gangs", "Outcome": "No further action"}] * 8
    rows += [{"Type of harm": "Gangs"}] * 12 + [{"Type of harm": "CSE"}] * 15
    rows += [{"Type of harm": "Missing", "Outcome": "No further action"}] * 9
    rows += [{"Type of harm": "Missing", "Outcome": None}]
    found = said(tables(rows))["No further action by type of harm"]
    assert found.sentence == (
        "No further action by type of harm: Gangs 8 of 20 cases (40%) and CSE 0 of 15 cases (0%). Small differences "
        "can be chance. Types with fewer than 10 cases that have an outcome are left out."
    )
    assert found.source == Figure("Charts", "Type of harm", "Gangs", "No further action")
    assert "No further action by type of harm" not in said(tables(rows[20:35]))


def test_child_protection_is_set_beside_harm_without_parenting_concerns() -> None:
    outside = {"Level of harm": "Significant harm", "Parenting concerns": "No"}
    rows: list[dict[str, object]] = [{"Outcome": "Child Protection", **outside}] * 4
    rows += [{"Outcome": "Child Protection", "Level of harm": None}] * 2 + [{"Outcome": "Child Protection"}] * 3
    rows += [{"Outcome": "No further action", **outside}] * 7 + [{"Outcome": None, **outside}] * 2 + [{}] * 42
    found = said(tables(rows))
    assert found["Child Protection and harm outside the home"].sentence == (
        "9 of 58 cases with an outcome (16%) had an outcome of child protection (Child Protection); among them, with "
        "significant harm and no parenting concerns: 4 of 9 cases. Scenario not answered yet: 2 of 9 cases."
    )
    assert found["Significant harm without parenting concerns"].sentence == (
        "With significant harm and no parenting concerns: 13 of 58 cases with a scenario (22%). Of these, 4 of 13 "
        "cases (31%) went on to Child in Need or above, 7 of 13 cases (54%) closed below that, 2 of 13 cases (15%) had "
        "another outcome or none yet."
    )


def test_level_of_harm_and_parenting_concerns_are_set_side_by_side() -> None:
    rows: list[dict[str, object]] = [{}] * 20 + [{"Outcome": "Early help"}] * 10
    rows += [{"Parenting concerns": "No", "Level of harm": "significant harm"}] * 4
    rows += [{"Parenting concerns": "No", "Outcome": "Early help"}] * 2 + [{"Outcome": "Other"}] * 9
    made = tables(rows)
    made["Variations"] = variations.variations_table(made["Review"], shipped())
    found = said(made)["Level of harm, parenting concerns and decisions"]
    assert found.sentence == (
        "Went on to Child in Need or above: with parenting concerns 20 of 30 cases (67%), without 4 of 6 cases, "
        "significant harm 4 of 4 cases, in need 20 of 32 cases (63%). Do decisions follow the level of harm, or "
        "parenting concerns?"
    )
    assert isinstance(found.source, Cell)
    assert made["Variations"].loc[found.source.row, ["By", "Group", "Progressed"]].tolist() == [
        "Parenting concerns", "Yes", 20
    ]  # fmt: skip


def test_no_service_and_hard_to_find_are_counted() -> None:
    rows: list[dict[str, object]] = [{"Referred to?": "None"}] * 8 + [{"Referred to?": None}] * 2
    rows += [{"Hard to find?": "yes"}] * 3
    found = said(tables(rows))
    assert found["No service offered"].sentence == (
        "Referred to no service: 8 of 11 cases with an answer (73%). Not answered yet: 2 of 13 cases (15%)."
    )
    assert found["Hard to find"].sentence.startswith("For 3 of 13 cases (23%) the information was hard to find.")


def test_clear_differences_are_taken_from_variations_and_others_are_not() -> None:
    lines = [
        [
            "Gender",
            "Female",
            30,
            21,
            None,
            30,
            12,
            None,
            None,
            None,
            "21 of 30 (70%) progressed: more often, by 5 to 50 points",
        ],
        ["Gender", "Male", 30, 12, None, 30, 21, None, None, None, "12 of 30 (40%) progressed: no clear difference"],
    ]
    made = tables([{}] * 12)
    headings = list(made["Variations"].columns)[:11]
    made["Variations"] = pd.DataFrame(lines, columns=headings, dtype=object)
    found = said(made)
    assert found["Variation: Gender, Female"] == Finding(
        "Variation: Gender, Female",
        "Gender, Female: 21 of 30 (70%) progressed: more often, by 5 to 50 points.",
        Cell("Variations", 0, "Progressed"),
    )
    assert "Variation: Gender, Male" not in found


def test_a_real_clear_difference_of_variations_becomes_a_finding() -> None:
    rows: list[dict[str, object]] = [{"Gender": "Female"}] * 40
    rows += [{"Gender": "Male", "Outcome": "No further action"}] * 40
    made = tables(rows)
    made["Variations"] = variations.variations_table(made["Review"], shipped())
    found = said(made)
    assert "Variation: Gender, Male" not in found, "the same two groups once more"
    assert found["Variation: Gender, Female"].sentence.startswith(
        "Gender, Female: 40 of 40 (100%) progressed; of the others 0 of 40 (0%): more often"
    )


def test_the_clearest_difference_stands_first() -> None:
    words = "21 of 30 (70%) progressed: more often, by 5 to 50 points"
    lines = [["Gender", "Female", 30, 21, words, 0.04], ["Seen as", "Victim", 30, 21, words, 0.001]]
    made = tables([{}] * 12)
    headings = ["By", "Group", "Cases", "Progressed", "In words", "p over all tests"]
    made["Variations"] = pd.DataFrame(lines, columns=headings, dtype=object)
    found = [about for about in said(made) if about.startswith("Variation")]
    assert found == ["Variation: Seen as, Victim", "Variation: Gender, Female"]


def test_language_counts_what_nobody_dismissed() -> None:
    lines = [
        ["All cases", "In the sample", "Any concern", 12, 40, 2, ""],
        ["All cases", "In the sample", "Blames the child", 7, 40, 2, ""],
        ["All cases", "In the sample", "Adultifies", 7, 40, 0, ""],
        ["All cases", "In the sample", "Implies consent", 0, 40, 0, ""],
        ["Outcome", "Child in Need", "Any concern", 9, 20, 2, ""],
        ["Outcome", "Child in Need", "Implies consent", 9, 20, 2, ""],
    ]
    patterns = frame("LanguagePatterns", lines)
    found = said(tables([{}] * 43, LanguagePatterns=patterns))["Language"]
    assert found.sentence == (
        "Wording to look at twice: 12 of 40 cases with a text to read (30%). The most common concerns are Blames the "
        "child and Adultifies (7 of 40 each, 18%)."
    )
    assert found.source == Cell("LanguagePatterns", 0, "Cases")
    one = frame("LanguagePatterns", lines[:2])
    assert sentence("Language", [{}] * 40, LanguagePatterns=one) == (
        "Wording to look at twice: 12 of 40 cases (30%). The most common concern is Blames the child (7 of 40, 18%)."
    )
    nothing = frame("LanguagePatterns", [["All cases", "In the sample", "Any concern", 0, 43, 0, ""]])
    assert sentence("Language", [{}] * 43, LanguagePatterns=nothing) == "Wording to look at twice: 0 of 43 cases (0%)."


def test_the_second_readers_agreement_is_said_for_the_outcome_and_the_least() -> None:
    headings = ["Question", "Read twice", "Same answer"]
    lines = [["Level of harm", 12, 6], ["Outcome", 12, 10], ["Seen as", 8, 1], ["Engagement", 12, 6]]
    made = tables([{}] * 12)
    made["Agreement"] = pd.DataFrame(lines, columns=headings, dtype=object)
    found = said(made)["Second reader"]
    assert found.sentence == (
        "Two readers gave the same answer on Outcome in 10 of 12 cases (83%). They agreed least on Level of harm (6 of "
        "12, 50%) and Engagement (6 of 12, 50%)."
    )
    assert found.source == Cell("Agreement", 1, "Same answer")


def test_clear_changes_of_the_same_recipe_are_taken_from_compare() -> None:
    headings = ["Part", "Figure", "Sample", "Count", "Of", "Change to now"]
    clear = "5 of 50 (10%) then, 20 of 60 (33%) now: a clear rise, higher by 8 to 37 points"
    lines = [
        ["Outcomes", "Child in Need", "Spring 2025", 21, 60, "21 of 60 then, 22 of 60 now: no clear change"],
        ["Outcomes", "Early help", "Spring 2025", 5, 50, clear],
        ["Outcomes", "Other", "Spring 2024", 5, 50, f"Not the same recipe: {clear}"],
    ]
    made = tables([{}] * 12)
    made["Compare"] = pd.DataFrame(lines, columns=headings, dtype=object)
    found = [one for one in said(made).values() if one.about.startswith("Compared")]
    assert found == [
        Finding("Compared: Outcomes, Early help, Spring 2025", f"Early help: {clear} (beside Spring 2025).",
                Cell("Compare", 1, "Count")),
    ]  # fmt: skip


def test_what_a_choice_of_types_costs_is_said_for_those_that_are_chosen_and_those_that_are_not() -> None:
    rows = [["Gangs", 9, 9, 9, "Yes", 2], ["CSE", 9, 9, 9, "Yes", 7], ["CCE", 9, 0, 0, "No", 4], ["Missing", 1, 1, 1]]
    made = tables([{"Type of harm": "CSE"}] * 3, FunnelCategories=frame("FunnelCategories", rows))
    assert said(made)["What the choice of types of harm decided"] == Finding(
        "What the choice of types of harm decided",
        "Rows of the long list that left, and would have stayed if that type of harm were chosen: CCE (4 rows). "
        "Rows that stayed for one chosen type of harm alone: CSE (7 rows) and Gangs (2 rows).",
        Cell("FunnelCategories", 2, "Rows that hang on it"),
    )
    nothing = tables([{"Type of harm": "CSE"}] * 3, FunnelCategories=frame("FunnelCategories", rows[3:]))
    assert "What the choice of types of harm decided" not in said(nothing)


def test_there_are_at_most_fifteen_sentences_and_room_for_each_kind() -> None:
    made = tables(
        [{"Type of harm": "CSE", "Hard to find?": "Yes", "Outcome": one} for one in OUTCOMES * 3],
        FunnelCategories=frame("FunnelCategories", [["Gangs", 0, 0, 0], ["Missing", 4, 0, 0]]),
    )
    lines = [
        ["Gender", f"G{place}", 30, 21, "21 of 30 progressed: more often, by 5 to 50 points"] for place in range(9)
    ]
    made["Variations"] = pd.DataFrame(lines, columns=["By", "Group", "Cases", "Progressed", "In words"], dtype=object)
    changes = [["Outcomes", f"F{place}", "Then", 5, "5 of 50 then: a clear fall"] for place in range(9)]
    made["Compare"] = pd.DataFrame(
        changes, columns=["Part", "Figure", "Sample", "Count", "Change to now"], dtype=object
    )
    found = list(said(made))
    assert len(found) == data()["most"] == 15
    assert {"Variation: Gender, G0", "Compared: Outcomes, F0, Then"} <= set(found)


@pytest.mark.parametrize("number", [0, 1, 9, 1000])
def test_no_case_one_few_and_a_thousand(number: int) -> None:
    made = generated(number, 3)
    found = said(made)
    if number == 0:
        assert not found
    for one in found.values():
        assert "{" not in one.sentence
        assert one.sentence.endswith((".", "?"))
        assert "because" not in one.sentence.lower()
        if number < 10 and one.about != "Size of the sample":
            assert "%" not in one.sentence


def test_everybody_left_says_nothing() -> None:
    assert not said(tables([{"In sample?": "No"}] * 3))


def test_nothing_is_said_about_who_read() -> None:
    rows: list[dict[str, object]] = [{}] * 5
    changed = [{**row, "Reviewer": "ZZ"} for row in rows]
    assert said(tables(rows)) == said(tables(changed))
