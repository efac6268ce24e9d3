"""The lists that the lead owns: what a row of My lists means, and what cannot stand."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.focus.criteria import lists_of
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.sheets.parts import count_formulas
from xl_dipsample.workbook.specs import defaults, spec

CATEGORIES = defaults.default(spec.table("working", "Categories"))
LABELS = pd.DataFrame(columns=["Field", "Label as exported", "Rows", "Means"], dtype=object)


def my_lists(*rows: dict[str, object], without: tuple[str, ...] = ()) -> pd.DataFrame:
    """My lists as shipped, without some words of it, and these rows at its end."""
    frame = defaults.default(spec.table("working", "MyLists"))
    frame = frame[~frame["Word"].isin(without)]
    added = pd.DataFrame(list(rows), columns=frame.columns, dtype=object)
    return pd.concat([frame, added], ignore_index=True).astype(object)


def outcome(word: object, **more: object) -> dict[str, object]:
    return {"List": "Outcome", "Word": word} | {name.replace("_", " "): cell for name, cell in more.items()}


def read(*rows: dict[str, object], without: tuple[str, ...] = ()) -> Lists:
    return lists_of(my_lists(*rows, without=without), CATEGORIES)


def words(lists: Lists, field: str, *cells: object) -> list[str]:
    """What the cells of a long list mean."""
    means = label_mapping.means_of(LABELS, field, lists)
    return label_mapping.map_words(label_mapping.FIELDS[field], pd.Series(cells, dtype=object), means)["word"].tolist()


def test_a_new_workbook_has_the_shipped_lists() -> None:
    assert read() == lead_lists.shipped()
    assert set(lead_lists.HEADINGS) == set(spec.table("working", "MyLists").headings)
    assert spec.table("working", "MyLists").first_row == lead_lists.FIRST_ROW


def test_a_new_row_is_a_new_word_with_its_side() -> None:
    lists = read(
        outcome("Family Help", Side="progressed"), outcome("ROTH plan", Side="Progressed", Child_protection="Yes")
    )
    assert lists.words("Outcome")[-2:] == ("Family Help", "ROTH plan")
    assert lists.protection == ("Child Protection", "ROTH plan")
    rows = pd.DataFrame({"Outcome": ["family  help", "ROTH plan", "Our own words"]}, dtype=object)
    assert decision_line.line(rows, lists).tolist() == ["Progressed", "Progressed", ""]


def test_a_word_with_two_spaces_stands_on_its_side_as_reviewers_choose_it() -> None:
    lists = read(outcome("Family  Help", Side="Progressed", Child_protection="Yes"))
    assert (lists.words("Outcome")[-1], lists.protection[-1]) == ("Family Help", "Family Help")
    rows = pd.DataFrame({"Outcome": ["Family  Help", "family help"]}, dtype=object)
    assert decision_line.line(rows, lists).tolist() == ["Progressed", "Progressed"]


def test_the_order_is_that_of_the_numbers_then_that_of_the_rows() -> None:
    lists = read(outcome("Second", Order=1.5), outcome("Last"), outcome("Last but one", Order=99))
    assert lists.words("Outcome")[:2] == ("No further action", "Second")
    assert lists.words("Outcome")[-2:] == ("Last but one", "Last")


def test_codes_and_words_of_a_row_mean_it_and_labels_choose_it() -> None:
    lists = read(outcome("Family Help", **{"Codes and words that mean it": "FH; family help plan\nfam help"}))
    assert words(lists, "Outcome", "fh", "Family Help Plan", "FAM  HELP", "Family help") == ["Family Help"] * 4
    table = pd.DataFrame([["Outcome", "Closed - other", 2, "family help"]], columns=LABELS.columns, dtype=object)
    assert label_mapping.means_of(table, "Outcome", lists)["closed - other"] == "Family Help"


def test_a_renamed_word_is_still_meant_by_what_it_was_called() -> None:
    renamed = outcome("Family Help", Side="Closed", Was_called="Early help")
    lists = read(renamed, without=("Early help",))
    assert words(lists, "Outcome", "Early help", "step down to early help", "b) EH") == ["Family Help"] * 3
    table = pd.DataFrame([["Outcome", "Stepped", 2, "Early help"]], columns=LABELS.columns, dtype=object)
    assert label_mapping.means_of(table, "Outcome", lists)["stepped"] == "Family Help"
    long_list = pd.DataFrame({"Outcome": ["Stepped"]}, dtype=object)
    assert label_mapping.label_table(long_list, table, lists)["Means"].tolist() == ["Family Help"]


def test_a_word_that_was_taken_off_means_nothing_any_more_and_labels_that_use_it_are_named() -> None:
    lists = read(without=("Looked after",))
    assert words(lists, "Outcome", "LAC", "Looked after", "CIN") == ["Not mapped", "Not mapped", "Child in Need"]
    table = pd.DataFrame([["Outcome", "Taken in", 2, "Looked after"]], columns=LABELS.columns, dtype=object)
    with pytest.raises(SettingProblem, match="Excel row 6 of the sheet Labels"):
        label_mapping.means_of(table, "Outcome", lists)


def test_a_category_of_the_leads_own_is_meant_by_its_labels_and_counted_after_the_others() -> None:
    own = pd.concat([CATEGORIES, pd.DataFrame([["Harm in school", "Yes"]], columns=["Category", "Chosen"])])
    lists = lists_of(my_lists(), own)
    table = pd.DataFrame([["Type of harm", "SCH", 2, "Harm in school"]], columns=LABELS.columns, dtype=object)
    means = label_mapping.means_of(table, "Type of harm", lists)
    found = label_mapping.parse_harm(pd.Series(["SCH; 11A", "harm in SCHOOL", "sch2"], dtype=object), means)
    assert found["categories"].tolist() == [("CSE", "Harm in school"), ("Harm in school",), ()]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (outcome(None, Side="Closed"), "word-empty"),
        (outcome("x" * 300), "word-long"),
        (outcome("Family Help; closed"), "word-separator"),
        (outcome("Family\nHelp"), "word-separator"),
        (outcome("EARLY  help"), "word-twice"),
        (outcome("Family Help", Side="Over"), "side-unknown"),
        (outcome("Family Help", Child_protection="Perhaps"), "protection-unknown"),
        (outcome("Family Help", **{"Codes and words that mean it": "s17"}), "code-twice"),
        (outcome("Family Help", **{"Was called": "child  in NEED"}), "was-a-word"),
        (outcome("nothing RECORDED"), "word-said"),
        (outcome("<*>"), "word-signs"),
        (outcome("Family Help") | {"List": "Outcomes and more"}, "list-unknown"),
    ],
)
def test_what_cannot_stand_is_said_with_its_excel_row_and_never_with_its_words(
    row: dict[str, object], code: str
) -> None:
    frame = standing.noted(my_lists(outcome("ROTH plan"), row), standing.Corner("My lists", 9))
    with pytest.raises(SettingProblem) as problem:
        lists_of(frame, CATEGORIES)
    assert problem.value.code == code
    assert f"Excel row {9 + len(frame) - 1} of the sheet My lists: " in problem.value.sentence
    assert "Family" not in problem.value.sentence
    there = Lists.of({"MyLists": frame})
    assert "ROTH plan" in there.words("Outcome"), "the other rows stand"


def test_a_list_has_fifty_words_at_most() -> None:
    added = [outcome(f"Outcome {place}") for place in range(50 - len(lead_lists.shipped().words("Outcome")))]
    assert len(read(*added).words("Outcome")) == lead_lists.MOST == count_formulas.MOST_WORDS
    with pytest.raises(SettingProblem, match=r"Excel row .* more than 50 words"):
        read(*added, outcome("One more"))


def test_one_word_may_stand_in_two_lists() -> None:
    assert "Early help" in read().words("Outcome")
    assert "Early help" in read().words("Referred to?")
