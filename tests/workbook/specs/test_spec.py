"""A spec that contradicts itself fails, and says in which file and line."""

from __future__ import annotations

import pytest

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


def test_one_table_twice_in_a_workbook_is_refused(tmp_path):
    with pytest.raises(SpecProblem, match=r"99_trial.toml, line \d+: the table Trial is there twice"):
        read(tmp_path, GOOD + GOOD[GOOD.index("[[table]]") :])


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path):
    with pytest.raises(SpecProblem, match=r"^99_trial\.toml"):
        read(tmp_path, "sheet = ")


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
