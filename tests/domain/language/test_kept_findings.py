"""Decisions stay with their findings: through changes elsewhere, and with the right one of two like words."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.domain.language.kept_hits import keep
from xl_dipsample.domain.language.term_hits import CLOSURE, DECISION, HEADINGS, INVOLVEMENT, concern_list, findings
from xl_dipsample.domain.language.terms import known_terms

TERMS = known_terms()
CONCERNS = concern_list(TERMS)
FIRST = "In March a neighbour said that her boyfriend was waiting outside the school gates every day."
SECOND = "Later in May her aunt thought that the new boyfriend had sent her money and a second phone."


def found(text, column=CLOSURE, case="DS-1"):
    return findings(pd.DataFrame([{"Unique ID": case, column: text}], dtype=object), TERMS)


def decided(text, *decisions, **more):
    table = keep(found(text), None, CONCERNS).table
    return table.assign(**{DECISION: pd.Series(decisions, dtype=object), **more})


def decisions_after(old, text):
    kept = keep(found(text), old, CONCERNS)
    return [decision or "" for decision in kept.table[DECISION]], kept.lost


def test_a_first_time_numbers_the_findings_and_decides_nothing():
    table = keep(found(f"{FIRST} {SECOND}"), None, CONCERNS).table
    assert list(table.columns) == list(HEADINGS)
    assert table["No."].tolist() == [1, 2]
    assert table[DECISION].tolist() == [None, None]


def test_nothing_changed_keeps_every_decision_and_number():
    old = decided(f"{FIRST} {SECOND}", "Confirm", "Dismiss")
    assert decisions_after(old, f"{FIRST} {SECOND}") == (["Confirm", "Dismiss"], 0)
    assert keep(found(f"{FIRST} {SECOND}"), old, CONCERNS).table.to_numpy().tolist() == old.to_numpy().tolist()


@pytest.mark.parametrize(
    "text",
    [
        f"Something new stands here. {FIRST} {SECOND} And here.",
        f"{FIRST} Between them there is now a sentence of some length, so that all moves on. {SECOND}",
        FIRST.replace("March", "early spring") + SECOND.replace("phone", "telephone from him"),
        f"{FIRST}\n\n{SECOND}",
        f"{FIRST} {SECOND}".replace("her boyfriend was waiting", "her boyfriend has been waiting"),
        f"{FIRST} {SECOND}".replace("boyfriend", "BOYFRIEND"),
    ],
)
def test_words_elsewhere_in_the_text_may_change(text):
    assert decisions_after(decided(f"{FIRST} {SECOND}", "Confirm", "Dismiss"), text) == (["Confirm", "Dismiss"], 0)


def test_of_two_like_words_each_keeps_its_own_decision():
    old = decided(f"{FIRST} {SECOND}", "Confirm", "Dismiss")
    assert decisions_after(old, SECOND) == (["Dismiss"], 1)
    assert decisions_after(old, FIRST) == (["Confirm"], 1)
    assert decisions_after(old, f"{SECOND} {FIRST}") == (["Dismiss", "Confirm"], 0)
    assert decisions_after(old, f"Her boyfriend came. {FIRST} {SECOND}") == (["", "Confirm", "Dismiss"], 0)


def test_the_same_sentence_twice_keeps_its_two_decisions_in_their_order():
    old = decided(f"{FIRST} {FIRST} {FIRST}", "Confirm", None, "Dismiss")
    assert decisions_after(old, f"{FIRST} {FIRST} {FIRST}") == (["Confirm", "", "Dismiss"], 0)


def test_words_in_another_sentence_case_or_column_get_no_decision():
    old = decided(FIRST, "Dismiss")
    assert decisions_after(old, "The parents know nothing of a boyfriend and worry about debts.") == ([""], 1)
    assert decisions_after(old, "Nothing of the kind.") == ([], 1)
    for other in (found(FIRST, column=INVOLVEMENT), found(FIRST, case="DS-2")):
        kept = keep(other, old, CONCERNS)
        assert (kept.table[DECISION].tolist(), kept.lost) == ([None], 1)


def test_a_text_that_is_only_the_words_keeps_its_decision():
    assert decisions_after(decided("boyfriend", "Confirm"), "Boyfriend") == (["Confirm"], 0)
    assert decisions_after(decided("a boyfriend, then", "Confirm"), "not a boyfriend") == ([""], 1)


def test_a_concern_that_was_renamed_keeps_its_decisions_and_another_one_does_not():
    old = decided(FIRST, "Confirm")
    renamed = found(FIRST).assign(Concern="Hides the harm")
    assert keep(renamed, old, ["Hides the harm"]).table[DECISION].tolist() == ["Confirm"]
    both = keep(renamed, old, ["Hides the harm", *CONCERNS])
    assert (both.table[DECISION].tolist(), both.lost) == ([None], 1)


def test_numbers_follow_their_findings_and_none_is_given_twice():
    old = decided(f"{FIRST} {SECOND}", "Confirm", None)
    table = keep(found(f"The boyfriend left. {SECOND}"), old, CONCERNS).table
    assert table["No."].tolist() == [3, 2]
    old.loc[:, "No."] = [7, 7]
    assert sorted(keep(found(f"{FIRST} {SECOND}"), old, CONCERNS).table["No."]) == [7, 8]


def test_a_table_of_an_earlier_version_and_the_blank_row_of_an_empty_one_are_understood():
    old = decided(FIRST, " confirm ").drop(columns=["No.", "Around it"])
    assert keep(found(FIRST), old, CONCERNS).table[[*HEADINGS]]["No."].tolist() == [1]
    assert decisions_after(old, FIRST) == (["confirm"], 0)
    blank = pd.DataFrame([dict.fromkeys(HEADINGS)], dtype=object)
    assert decisions_after(blank, FIRST) == ([""], 0)


def test_what_people_typed_in_a_column_of_their_own_counts_as_decided():
    old = decided(FIRST, None, **{"My notes": "ask the team"})
    assert decisions_after(old, "Nothing of the kind.") == ([], 1)
    assert decisions_after(decided(FIRST, None), "Nothing of the kind.") == ([], 0)
