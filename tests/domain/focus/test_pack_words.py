"""The words of the packs: each with its source, none against another, and the lead's own list wins."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.focus import pack_words, picked_packs
from xl_dipsample.domain.focus.criteria import lists_of
from xl_dipsample.domain.focus.picked_packs import WORDS
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.lead_lists import Lists, key
from xl_dipsample.workbook.specs import defaults, spec

CATEGORIES = defaults.default(spec.table("working", "Categories"))
PACKS = picked_packs.names(WORDS)


def my_lists(*rows: dict[str, object], without: tuple[str, ...] = ()) -> pd.DataFrame:
    frame = defaults.default(spec.table("working", "MyLists"))
    frame = frame[~frame["Word"].isin(without)]
    added = pd.DataFrame(list(rows), columns=frame.columns, dtype=object)
    return pd.concat([frame, added], ignore_index=True).astype(object)


def read(frame: pd.DataFrame) -> Lists:
    return lists_of(frame, CATEGORIES)


@pytest.mark.parametrize("row", pack_words.rows(), ids=lambda row: f"{row['pack']}, {row['list']}, {row['word']}")
def test_every_word_names_its_source_and_since_when(row: dict[str, str]) -> None:
    assert row["pack"] in PACKS
    assert row["list"] in lead_lists.NAMES
    assert len(row["source"]) > 10
    assert re.fullmatch(r"(19|20)\d\d", row["since"])
    assert re.fullmatch(r"|(19|20)\d\d", row["until"])
    assert (row["side"] in lead_lists.SIDES) == (row["list"] == "Outcome")
    if row["list"] == "Outcome" and row["word"] not in lead_lists.shipped().words("Outcome"):
        assert row["note"], "why it stands on that side"
    known = {one["word"] for one in pack_words.rows() if one["list"] == row["list"]}
    assert not row["after"] or row["after"] in {*known, *lead_lists.shipped().words(row["list"])}


def test_every_pack_of_the_setting_has_words() -> None:
    assert {row["pack"] for row in pack_words.rows()} | {pack_words.GUIDES_OWN} == set(PACKS)
    assert all(pack_words.of(pack) for pack in PACKS)


def test_all_packs_together_stand_in_a_new_workbook_without_a_contradiction() -> None:
    made = pack_words.taken(my_lists(), PACKS)
    lists = read(made.frame)
    assert (made.left, made.no_room, made.sides_kept) == (0, 0, ())
    for pack in PACKS[1:]:
        for one in pack_words.of(pack):
            assert one.word in lists.words(one.list)
            means = lists.means(one.list)
            assert all(means[key(code)] == one.word for code in one.codes), one.word
    assert lists.words("Outcome").index("Family Help") == lists.words("Outcome").index("Child in Need") + 1
    assert lists.words("Outcome")[-2:] == ("Other", "Not recorded")


def test_the_sides_of_the_line_are_those_of_the_data() -> None:
    lists = read(pack_words.taken(my_lists(), PACKS).frame)
    assert lists.side("Family Help plan") == "Progressed"
    assert lists.side("Family Help (targeted early help)") == "Closed"
    assert lists.side("Context conference") == ""
    assert {"ROTH plan", "ROTH conference", "Child Protection"} <= set(lists.protection)
    assert "Multi-agency child protection team (MACPT)" not in lists.protection


def test_the_guides_own_changes_nothing_of_a_new_workbook_and_brings_back_what_was_deleted() -> None:
    again = pack_words.taken(my_lists(), [pack_words.GUIDES_OWN])
    assert (again.words, again.codes, again.moved) == (0, 0, 0)
    assert again.frame.equals(my_lists())
    back = read(pack_words.taken(my_lists(without=("Early help",)), [pack_words.GUIDES_OWN]).frame)
    assert back.words("Outcome") == lead_lists.shipped().words("Outcome")


def test_a_word_that_is_there_is_not_doubled_and_keeps_the_leads_side() -> None:
    mine = my_lists(
        {"List": "outcome", "Word": "family  help", "Side": "Closed", "Codes and words that mean it": "FH; fgdm"}
    )
    made = pack_words.taken(mine, ["Families First"])
    lists = read(made.frame)
    assert [word for word in lists.words("Outcome") if key(word) == "family help"] == ["family help"]
    assert lists.side("family help") == "Closed"
    assert made.sides_kept == (len(mine) - 1,)
    assert lists.means("Outcome")["family help team"] == "family help", "its codes are merged"
    assert lists.means("Outcome")["fgdm"] == "family help", "a code that the lead gave another word stays there"
    assert made.left == 1


def test_a_word_that_the_lead_renamed_gets_the_codes_under_its_new_name() -> None:
    mine = my_lists({"List": "Outcome", "Word": "Our safety plan", "Side": "Progressed", "Was called": "ROTH plan"})
    lists = read(pack_words.taken(mine, ["Families First"]).frame)
    assert "ROTH plan" not in lists.words("Outcome")
    assert lists.means("Outcome")["roth pathway"] == "Our safety plan"


def test_a_wider_word_of_a_new_workbook_gives_its_code_to_the_packs_word() -> None:
    made = pack_words.taken(my_lists(), ["Services"])
    means = read(made.frame).means("Referred to?")
    assert means["mace"] == "Multi-agency child exploitation panel (MACE)"
    assert means["rhi"] == "Return home interview"
    assert means["cse team"] == "Exploitation team"
    assert made.moved == 3


def test_a_full_list_takes_no_more_and_says_how_many_found_no_room() -> None:
    room = lead_lists.MOST - len(lead_lists.shipped().words("Outcome"))
    mine = my_lists(*({"List": "Outcome", "Word": f"Our outcome {number}"} for number in range(room)))
    made = pack_words.taken(mine, ["Families First"])
    assert made.no_room == sum(one.list == "Outcome" for one in pack_words.of("Families First"))
    assert len(read(made.frame).words("Outcome")) == lead_lists.MOST


OWN = st.sampled_from([one.word for pack in PACKS for one in pack_words.of(pack)] + ["Our word", "FAMILY HELP"])
CODES = st.lists(
    st.sampled_from([code for pack in PACKS for one in pack_words.of(pack) for code in one.codes]),
    max_size=3,
    unique=True,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Outcome", "Referred to?"]), OWN, CODES, st.sampled_from(lead_lists.SIDES)),
        max_size=4,
    ),
    st.lists(st.sampled_from(PACKS), unique=True),
    st.lists(st.sampled_from(lead_lists.shipped().words("Outcome")), max_size=3),
)
def test_whatever_the_lead_has_stays_and_packs_make_no_problem(
    own: list[tuple[str, str, list[str], str]], packs: list[str], without: list[str]
) -> None:
    rows = [
        {
            "List": name,
            "Word": word,
            "Side": side if name == "Outcome" else None,
            lead_lists.HEADINGS[5]: "; ".join(codes),
        }
        for name, word, codes, side in own
    ]
    mine = my_lists(*rows, without=tuple(without))
    before = Lists.of({"MyLists": mine})
    made = pack_words.taken(mine, packs)
    after = Lists.of({"MyLists": made.frame})
    assert len(after.problems) <= len(before.problems)
    assert made.frame["Word"].tolist()[: len(mine)] == mine["Word"].tolist()
    assert made.frame["Side"].tolist()[: len(mine)] == mine["Side"].tolist()
    again = pack_words.taken(made.frame, packs)
    assert (again.words, again.codes, again.moved) == (0, 0, 0), "taking over twice adds nothing"
