"""The packs that Focus picks: which they are, which are new, and what is remembered of them."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.domain.focus import picked_packs, recipe
from xl_dipsample.domain.focus.picked_packs import QUESTIONS, WORDS
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.workbook.specs import defaults, spec, table_schema, validation


def focus(words: object = None, questions: object = None) -> pd.DataFrame:
    frame = defaults.default(spec.table("working", "Focus"))
    told = {WORDS: words, QUESTIONS: questions}
    cells = [told.get(name, value) for name, value in zip(frame["Setting"], frame["Value"], strict=True)]
    return frame.assign(Value=pd.Series(cells, dtype=object))


def taken(*packs: str) -> pd.DataFrame:
    return pd.DataFrame([(WORDS, one) for one in packs], columns=list(picked_packs.COLUMNS), dtype=object)


def test_several_packs_are_picked_however_they_are_typed_and_in_the_order_of_the_shipped_list() -> None:
    first, second = picked_packs.names(WORDS)[:2]
    assert picked_packs.picked(focus(f" {second.upper()};\n{first.replace(chr(39), chr(0x2019))}; "), WORDS) == (
        first,
        second,
    )
    assert picked_packs.picked(focus(), WORDS) == ()
    assert picked_packs.picked(focus().iloc[:3], WORDS) == (), "a workbook of before has no such row"


def test_a_name_that_is_no_pack_is_told_with_its_excel_row_and_not_with_its_words() -> None:
    frame = standing.noted(focus("Families First; Zorbing"), standing.Corner("Focus", 9))
    with pytest.raises(SettingProblem) as problem:
        picked_packs.picked(frame, WORDS)
    assert problem.value.code == "pack-unknown"
    row = 9 + frame["Setting"].tolist().index(WORDS)
    assert problem.value.sentence.startswith(
        f"Excel row {row} of the sheet Focus: Word packs has a name that is no pack."
    )
    assert "Families First" in problem.value.sentence
    assert "Zorbing" not in problem.value.sentence


def test_a_pack_is_new_until_it_was_taken_over_and_again_when_it_was_taken_off_in_between() -> None:
    picks = focus("Families First; Services")
    assert picked_packs.newly_picked(picks, taken("services"), WORDS) == ("Families First",)
    assert picked_packs.newly_picked(picks, picked_packs.record(picks), WORDS) == ()
    off = picked_packs.record(focus("Services"))
    assert picked_packs.newly_picked(picks, off, WORDS) == ("Families First",)
    assert picked_packs.newly_picked(picks, taken("Families First"), WORDS) == ("Services",)


def test_the_record_holds_names_of_packs_and_nothing_else_that_somebody_typed() -> None:
    made = picked_packs.record(focus("Families First; Zorbing"))
    assert made.to_numpy().tolist() == [[WORDS, "Families First"]]
    assert list(made.columns) == spec.table("working", picked_packs.TABLE).headings


def test_the_place_of_focus_is_that_of_its_sheet() -> None:
    assert spec.table("working", "Focus").first_row == picked_packs.FIRST_ROW
    assert {WORDS, QUESTIONS} <= set(defaults.default(spec.table("working", "Focus"))["Setting"])


def test_what_a_sample_picked_is_no_part_of_its_recipe() -> None:
    lines = recipe.compare({"Focus": focus("Services")}, {"Focus": focus("Families First")})
    assert recipe.differing(lines) == 0
    assert {WORDS, QUESTIONS}.isdisjoint(line.setting for line in lines)


def test_the_cell_offers_the_packs_and_takes_several_of_them() -> None:
    table = spec.table("working", "Focus")
    assert set(table.cell_several) == {WORDS, QUESTIONS}
    wrong = [
        (frame["Setting"].tolist()[one.position], one.rule.code)
        for frame in (focus("Families First; services"), focus("Families First; Zorbing"))
        for one in table_schema.wrong_cells(table, frame)
    ]
    assert wrong == [(WORDS, "W01")]
    offered = validation.several(spec.Column(WORDS, "text", 40, "people", list="word_packs"))
    assert offered["source"] == "=list_word_packs"
    assert offered["show_error"] is False
