"""The question packs as data, and how they get into the table Questions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from xl_dipsample.domain.language.terms import concerns
from xl_dipsample.domain.review import question_packs
from xl_dipsample.domain.review.question_packs import PackQuestion, QuestionPack
from xl_dipsample.domain.shared import reference, word_lists
from xl_dipsample.sharing import screened_texts
from xl_dipsample.workbook.sheets.parts import count_formulas
from xl_dipsample.workbook.specs import columns, defaults, spec, validation

PACKS = question_packs.packs()
ASKED = [(pack, one) for pack in PACKS for one in pack.questions]
EACH = pytest.mark.parametrize(("pack", "one"), ASKED, ids=[one.key for _, one in ASKED])
LONGEST_HEADING = 60
FILES = sorted((reference.template_folder() / "packs" / "questions").glob("*.toml"))


def nothing(*more: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[*spec.table("working", "Questions").headings, *more], dtype=object)


def as_column(pack: QuestionPack, one: PackQuestion) -> spec.Column:
    (asked,) = columns.questions(question_packs.added(nothing(), [QuestionPack(pack.name, (one,))]).table)
    return asked.column


def test_every_pack_that_can_be_picked_has_its_questions_and_says_what_they_ask_about() -> None:
    offered = word_lists.packs()["Question packs"]
    assert list(offered) == [pack.name for pack in PACKS]
    assert len(offered) >= 5
    assert all(pack.questions and offered[pack.name].endswith(".") for pack in PACKS)


def test_no_two_questions_of_all_packs_have_one_key_or_one_heading_and_none_has_that_of_another_column() -> None:
    keys = [one.key for _, one in ASKED]
    assert len(set(keys)) == len(keys)
    headings = [one.heading.casefold() for _, one in ASKED]
    assert len(set(headings)) == len(headings), "several packs can be picked together"
    ours = {column.heading.casefold() for kind in spec.KINDS for table in spec.tables(kind) for column in table.columns}
    assert not ours & set(headings)


@EACH
def test_a_question_is_whole(pack: QuestionPack, one: PackQuestion) -> None:
    assert one.key.split(".")[0].replace("_", " ") in pack.name.casefold().replace("-", " ")
    assert one.heading == one.heading.strip()
    assert 0 < len(one.heading) <= LONGEST_HEADING
    assert one.type in spec.lists()["question_types"]
    assert one.help.endswith((".", "?"))
    assert one.why.endswith(".")
    assert not set("\r\n\t") & set(one.heading + one.help + one.why)


@EACH
def test_choices_are_told_apart_can_be_joined_and_can_be_counted(pack: QuestionPack, one: PackQuestion) -> None:
    chosen = one.type in ("Choose one", columns.SEVERAL)
    assert bool(one.choices) == chosen
    if chosen:
        assert 2 <= len(one.choices) <= count_formulas.MOST_WORDS
        assert len({choice.casefold() for choice in one.choices}) == len(one.choices)
        assert all(choice == choice.strip() and choice and not set(";\r\n") & set(choice) for choice in one.choices)
        assert as_column(pack, one).list, "a drop-down"


@EACH
def test_a_reader_who_cannot_tell_has_something_to_choose(pack: QuestionPack, one: PackQuestion) -> None:
    assert {"Not clear from the file", "No reason recorded"} & set(one.choices), pack.name


@EACH
def test_where_a_question_comes_from_is_named_and_stands_beside_it(pack: QuestionPack, one: PackQuestion) -> None:
    source = one.source
    assert source.document
    assert source.publisher
    if source.year != "undated":
        assert 2015 <= int(source.year) <= 2026
        assert 2015 <= one.since <= int(source.year)
    row = dict(zip(question_packs.HEADINGS, one.row(pack.name), strict=True))
    assert row["Why it is asked"] == (
        f"{one.why} Source: {source.document}, {source.publisher}, {source.year}. For files from {one.since} on."
    )
    assert row["Pack"] == pack.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_source_is_named_that_no_question_comes_from(path: Path) -> None:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(raw) == {"name", "sources", "question"}
    assert {one["source"] for one in raw["question"]} == set(raw["sources"])


def test_the_sources_table_names_the_packs() -> None:
    told = (reference.template_folder() / "reference" / "SOURCES.md").read_text(encoding="utf-8")
    assert "`../packs/questions/`" in told


@EACH
def test_the_whole_help_is_said_where_the_cell_is_marked(pack: QuestionPack, one: PackQuestion) -> None:
    rule = (
        validation.several(as_column(pack, one))
        if one.type == columns.SEVERAL
        else validation.rule(as_column(pack, one))
    )
    assert rule is not None
    assert rule["input_message"].startswith(one.help)
    assert len(rule["input_message"]) <= spec.PROMPT_LENGTH
    assert not rule["input_message"].endswith("…")


@EACH
def test_no_question_uses_words_that_the_language_check_finds(pack: QuestionPack, one: PackQuestion) -> None:
    texts = (one.heading, *one.choices, one.help, one.why, pack.name, word_lists.packs()["Question packs"][pack.name])
    assert [(text, found) for text in texts if (found := concerns(text))] == []


def test_the_language_check_would_find_such_words_in_a_pack() -> None:
    blaming = ("Hard to engage", "Family not engaging", "Absconded", "Puts herself at risk", "Lifestyle choices")
    assert all(concerns(text) for text in blaming)


def test_picked_packs_come_below_what_stands_there_and_people_keep_their_own() -> None:
    mine = nothing("Our note")
    mine.loc[0, ["Heading", "Type", "Our note"]] = ["Who visited?", "Text", "ask the team"]
    made = question_packs.added(mine, PACKS[:2])
    assert made.table["Heading"].tolist() == [
        "Who visited?", *(one.heading for pack in PACKS[:2] for one in pack.questions),
    ]  # fmt: skip
    assert made.table.loc[0, "Our note"] == "ask the team"
    assert made.there == ()
    assert list(made.came) == made.table["Heading"].tolist()[1:]
    assert made.table["Pack"].tolist()[0] is None


def test_a_question_of_the_team_with_the_heading_of_a_pack_s_is_kept_as_it_is() -> None:
    heading = PACKS[0].questions[0].heading
    mine = nothing()
    mine.loc[0, ["Heading", "Type", "Choices"]] = [f" {heading.upper()} ", "Choose one", "Here\nThere"]
    made = question_packs.added(mine, PACKS[:1])
    assert made.there == (heading,)
    assert made.table.loc[0, "Choices"] == "Here\nThere"
    assert len(made.table) == len(PACKS[0].questions)
    again = question_packs.added(made.table, PACKS[:1])
    assert again.came == ()
    assert again.table.equals(made.table)


def test_a_blank_row_among_the_questions_does_not_stay_above_the_pack_s() -> None:
    mine = nothing()
    mine.loc[0] = [None] * len(mine.columns)
    assert question_packs.added(mine, PACKS[:1]).table["Heading"].tolist()[0] == PACKS[0].questions[0].heading


def test_what_a_pack_says_needs_no_search_for_names_and_what_a_person_types_there_does() -> None:
    table = question_packs.added(nothing(), PACKS).table
    assert screened_texts.texts_of({"Questions": table}) == []
    table.loc[0, "Help"] = "As Zebulon told us."
    table.loc[1, "Choices"] = f"{table.loc[1, 'Choices']}\nWith Zebulon"
    found = screened_texts.texts_of({"Questions": table})
    assert [(one.column, one.index) for one in found] == [("Choices", 1), ("Help", 0)]


def test_the_packs_that_focus_picks_need_no_search_for_names_and_other_words_there_do() -> None:
    focus = defaults.default(spec.table("review", "Focus"))
    at = focus["Setting"].tolist().index("Question packs")
    focus.loc[at, "Value"] = "; ".join(pack.name for pack in PACKS)
    assert screened_texts.texts_of({"Focus": focus}) == []
    focus.loc[at, "Value"] = f"{PACKS[0].name}; Zebulon Grace"
    assert [one.index for one in screened_texts.texts_of({"Focus": focus})] == [at]


def test_an_answer_that_is_a_choice_needs_no_search_and_any_other_word_does() -> None:
    several, one = PACKS[0].questions[0], PACKS[0].questions[1]
    table = question_packs.added(nothing(), PACKS[:1]).table
    review = pd.DataFrame(
        [
            ["DS-7GK-4MX3", "; ".join(several.choices[:3]), one.choices[0]],
            ["DS-7GK-4MX4", f"{several.choices[0]}; at Zebulon's", one.choices[1]],
            ["DS-7GK-4MX5", None, "with Zebulon"],
        ],
        columns=["Unique ID", several.heading, one.heading],
        dtype=object,
    )
    found = screened_texts.texts_of({"Questions": table, "Review": review.iloc[:, 1:]})
    assert [text.text for text in found if text.table == "Review" and text.index >= 0] == [
        f"{several.choices[0]}; at Zebulon's", "with Zebulon",
    ]  # fmt: skip


def test_a_team_s_own_question_can_have_a_help_text() -> None:
    mine = nothing()
    mine.loc[0, ["Heading", "Type", "Choices", "Help"]] = ["Where?", "Choose one", "Park\nSchool", "One place\nonly"]
    mine.loc[1, ["Heading", "Type", "Choices"]] = ["Which?", "Choose one", "Park\nSchool"]
    helped, plain = (one.column.help for one in columns.questions(mine))
    assert helped == "One place only. Choose one."
    assert plain == "Your team's question. Choose one."
