"""A spec that contradicts itself fails, and says in which file and line."""

from __future__ import annotations

import tomllib

import pytest

from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import SpecProblem
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.specs import spec

GOOD = """sheet = "Trial"
kinds = ["working"]
title = "Trial"
about = "A sheet."

[[table]]
name = "Trial"
anchor = "A5"
key = ["Row"]
columns = [
  { heading = "Row", type = "whole", width = 7, by = "us", help = "The row." },
  { heading = "Answer", type = "choice", list = "yes_no", width = 9, by = "people", help = "Yes or no." },
]
"""


def read(tmp_path, text):
    path = tmp_path / "99_trial.toml"
    path.write_text(text, encoding="utf-8")
    return spec.read_sheet(path)


def test_a_good_spec_is_read(tmp_path):
    sheet = read(tmp_path, GOOD)
    assert sheet.tables[0].headings == ["Row", "Answer"]
    assert sheet.tables[0].column("Answer").list == "yes_no"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('heading = "Answer"', 'heading = "Row"', 12, "twice"),
        ('type = "whole"', 'type = "integer"', 11, "type integer"),
        ('by = "people"', 'by = "anybody"', 12, "filled by anybody"),
        ('list = "yes_no"', 'list = "maybe"', 12, "no list maybe"),
        ('list = "yes_no", ', "", 12, "a choice needs a list"),
        ('by = "people"', 'by = "formula"', 12, "formula"),
        ('by = "us"', 'by = "us", formula = "scenario"', 11, "formula"),
        ('by = "us"', 'by = "us", required = true', 11, "only people"),
        ('help = "The row."', f'help = "{"x" * 256}"', 11, "255"),
        ('key = ["Row"]', 'key = ["Number"]', 7, "the key Number"),
        ('key = ["Row"]', 'key = ["Row"]\nrows = [[1]]', 7, "as many cells"),
        (
            'key = ["Row"]',
            'key = ["Row"]\nrows = [["A", ""]]\ncell_lists = { "B" = "yes_no" }',
            11,
            "B or the list yes_no",
        ),
    ],
)
def test_a_contradiction_names_file_and_line(tmp_path, old, new, line, what):
    with pytest.raises(SpecProblem) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.code == "spec-contradiction"
    assert caught.value.sentence.startswith(f"99_trial.toml, line {line}:")
    assert what in caught.value.sentence


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ("count = true, ", ""),
        ("count = 2, ", "count = 2 is taken, or beyond the last of 1"),
        ("count = 0, ", "count = 0 is taken, or beyond the last of 1"),
        ("crossed = true, ", "needs crossed and its question"),
        ('asked = "Is it so?", ', "needs crossed and its question"),
        ("example = [1], ", "the example has another number than words"),
        ("example = [1, 1, 1], ", ""),
        ("example = [1, 1, 1, 1], ", "the example has another number than words"),
        ('words = "maybe", ', "there is no list maybe"),
        ('choices = ["A", "B"], ', "choices need a list of their own"),
        ('words = "maybe.so", ', "there is no list maybe.so"),
        ("stays = true, ", ""),
        ("stays = true, count = true, ", "what stays is filled by people, not required, not shared"),
        ("stays = true, share = true, ", "what stays is filled by people, not required, not shared"),
        ("stays = true, required = true, ", "what stays is filled by people, not required, not shared"),
        ("letters = 5, ", "initials are a text that stays"),
    ],
)
def test_what_a_use_of_a_column_needs_is_named(tmp_path, new, what):
    text = GOOD.replace('name = "Trial"', 'name = "Review"').replace('list = "yes_no", ', f'list = "yes_no", {new}', 1)
    if not what:
        assert read(tmp_path, text).tables[0].column("Answer")
        return
    with pytest.raises(SpecProblem, match=r"99_trial.toml, line 12: ") as caught:
        read(tmp_path, text)
    assert what in caught.value.sentence


def test_only_people_can_fill_what_a_row_that_left_needs(tmp_path):
    text = GOOD.replace('name = "Trial"', 'name = "Review"').replace(
        "width = 7", "width = 7, required_when_left = true"
    )
    with pytest.raises(SpecProblem, match="only people"):
        read(tmp_path, text)


def test_what_is_counted_has_words_and_stands_in_review(tmp_path):
    for name, what in (("Trial", "columns of Review alone"), ("Review", "needs a list, or words")):
        text = GOOD.replace('name = "Trial"', f'name = "{name}"').replace("width = 7", "width = 7, group_by = true")
        with pytest.raises(SpecProblem, match=what):
            read(tmp_path, text)


def test_one_place_is_not_for_two(tmp_path):
    text = GOOD.replace('name = "Trial"', 'name = "Review"').replace("width = 7", "width = 7, second_reader = 1")
    with pytest.raises(SpecProblem, match="second_reader = 1 is taken"):
        read(tmp_path, text.replace("width = 9", "width = 9, second_reader = 1"))


def test_one_table_twice_in_a_workbook_is_refused(tmp_path):
    with pytest.raises(SpecProblem, match=r"99_trial.toml, line \d+: the table Trial is there twice"):
        read(tmp_path, GOOD + GOOD[GOOD.index("[[table]]") :])


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path):
    with pytest.raises(SpecProblem, match=r"^99_trial\.toml"):
        read(tmp_path, "sheet = ")


def test_a_table_with_a_place_lies_there_in_that_kind_alone(tmp_path):
    placed = GOOD.rstrip() + '\n[table.place.review]\nsheet = "Other"\nanchor = "B9"\n'
    both = placed.replace("[[table]]\n", '[[table]]\nkinds = ["working", "review"]\n', 1)
    found = [(table.kinds, table.sheet, table.anchor, table.first_row) for table in read(tmp_path, both).tables]
    assert found == [(("working",), "Trial", "A5", 6), (("review",), "Other", "B9", 10)]
    with pytest.raises(SpecProblem, match="has no use, or has not sheet and anchor"):
        read(tmp_path, placed)
    with pytest.raises(SpecProblem, match="has no use, or has not sheet and anchor"):
        read(tmp_path, both.replace('anchor = "B9"\n', ""))


# fmt: off
WORKING = ("Start", "Focus", "Questions", "Criteria", "Categories", "Labels", "Headings", "Reports", "My lists",
           "Long list", "Data checks", "Case check", "Exclusion log", "Funnel", "What changed", "Set aside", "Lists",
           "Audit")
REVIEW = ("Start", "Review", "One case", "Summary", "Charts", "Pivots", "Thresholds", "Variations", "Language",
          "Language patterns", "Second reader", "Findings", "Panel questions", "Actions", "Compare", "Funnel",
          "Exclusions", "Focus", "Criteria", "My lists", "Harms", "Set aside", "Lists", "Audit")
# fmt: on


@pytest.mark.parametrize(("kind", "order"), [("working", WORKING), ("review", REVIEW)])
def test_the_sheets_stand_in_the_order_of_the_design(kind, order):
    names = [sheet.name for sheet in spec.sheets(kind)]
    assert names == [name for name in order if name in names]


@pytest.mark.parametrize("kind", spec.KINDS)
def test_no_table_of_a_spec_file_is_without_a_sheet(kind):
    made = [spec.read_sheet(path) for path in (reference.template_folder() / "sheets").glob("*.toml")]
    wanted = {table.name for sheet in made for table in sheet.tables if kind in table.kinds}
    assert {table.name for table in spec.tables(kind)} == wanted


TYPED_ON = ("Questions", "Categories", "Labels", "Headings", "Reports", "Long list", "Data checks", "Case check")


@pytest.mark.parametrize(("kind", "names"), [("working", TYPED_ON), ("review", ("Panel questions", "Actions"))])
def test_one_table_lies_on_a_sheet_where_people_type_and_has_its_name(kind, names):
    found = {sheet.name: [table.name for table in sheet.tables] for sheet in spec.sheets(kind)}
    for name in names:
        assert found[name] == ["".join(word.capitalize() for word in name.split())], name


def test_labels_starts_in_the_row_that_its_messages_count_from():
    assert spec.table("working", "Labels").first_row == label_mapping.FIRST_ROW


def test_what_an_upgrade_renames_is_there_by_its_new_name_alone():
    told = tomllib.loads((reference.template_folder() / "upgrades.toml").read_text(encoding="utf-8"))
    assert int(told["version"][-1]["to"]) <= int(spec.SPEC_VERSION)
    steps = [step for version in told["version"] for step in version["step"]]
    every = {table.name: table for kind in spec.KINDS for table in spec.tables(kind)}
    for step in (one for one in steps if one["do"] == "rename_table"):
        assert (step["to"] in every, step["from"] in every) == (True, False)
    columns = [one for one in steps if one["do"] == "rename_column"]
    for step in (one for one in columns if one["table"] in every):  # the key's tables have no sheet file
        headings = every[step["table"]].headings
        assert (step["to"] in headings, step["from"] in headings) == (True, False)
    renamed = {one["table"] for one in columns if one["to"] == "Record"}
    assert renamed - {"Key"} == {
        name for name, table in every.items() if "Record" in table.headings and name != "WhatChanged"
    }  # which is new
    assert not [name for name, table in every.items() if "Row" in table.headings]


@pytest.mark.parametrize("kind", spec.KINDS)
def test_table_names_are_the_workbooks_only_once(kind):
    names = [table.name for table in spec.tables(kind)]
    assert len(names) == len(set(names))
    assert all(name.isalpha() for name in names)


@pytest.mark.parametrize("kind", spec.KINDS)
def test_every_live_sheet_has_its_layout(kind):
    for sheet in spec.sheets(kind):
        if sheet.live:
            assert sheets.layout(sheet.live, sheets.book(kind, {}, {})) is not None


def test_every_spec_file_is_used():
    files = list((reference.template_folder() / "sheets").glob("*.toml"))
    assert len({sheet.name for kind in spec.KINDS for sheet in spec.sheets(kind)}) == len(files)
