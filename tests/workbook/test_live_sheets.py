"""Summary, Charts and Thresholds as layouts: what holds for every cell, whatever is typed in Review."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from xl_dipsample.workbook import formulas, live, spec, styles
from xl_dipsample.workbook.live import blocks, counts

SHEETS = ("summary", "charts", "thresholds")
HEADINGS = spec.table("review", "Review").headings
# Functions of Excel 2007 to 2016 that LibreOffice 7.4 has too; nothing here spills, nothing needs a prefix.
# fmt: off
KNOWN = {
    "AND", "FIND", "IF", "IFERROR", "INDEX", "ISERROR", "ISNUMBER", "LEFT", "LOOKUP", "LOWER", "MATCH",
    "MAX", "MID", "MIN", "N", "OR", "SQRT", "SUBSTITUTE", "SUMPRODUCT", "TRIM", "VALUE",
}
# fmt: on
QUESTIONS = pd.DataFrame(
    [
        ["Was it 'online' [or not]?", "Choose several", "Yes\nno\nYES\n\n*"],
        ["Free words", "Text", None],
        ["Long", "Choose one", "\n".join(f"choice {n}" for n in range(60))],
        ["Outcome", "Yes / No", None],
    ],
    columns=["Heading", "Type", "Choices"],
    dtype=object,
)


def review(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{h: row.get(h) for h in HEADINGS} for row in rows], columns=HEADINGS, dtype=object)


def made(name: str, frame: pd.DataFrame | None = None, **tables: pd.DataFrame):
    given = {"Questions": QUESTIONS, **tables} | ({} if frame is None else {"Review": frame})
    return live.layout(name, live.book("review", given, {}))


def formulas_of(name: str) -> list[str]:
    return [cell.formula for cell in made(name).cells if cell.formula]


@pytest.mark.parametrize("name", SHEETS)
def test_no_cell_moves_while_people_type(name):
    empty = made(name)
    typed = made(name, review({"Unique ID": "A", "Type of harm": "Something new; CSE", "Outcome": "own words"}))
    assert [(c.row, c.column, c.formula, c.style) for c in empty.cells] == [
        (c.row, c.column, c.formula, c.style) for c in typed.cells
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_no_two_cells_of_a_sheet_stand_in_one_place(name):
    places = [(cell.row, cell.column) for cell in made(name).cells]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", SHEETS)
def test_every_formula_is_one_that_excel_2016_and_libreoffice_know(name):
    for formula in [*formulas_of(name), *(formulas.column_formula(c.formula) for c in _formula_columns())]:
        bare = re.sub(r'"[^"]*"|Review\[.*?\](?=[^\]\'])', "", formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= KNOWN
        assert len(formula) < 8192
        assert "COUNTIF" not in formula


def _formula_columns() -> list[spec.Column]:
    return [column for column in spec.table("review", "Review").columns if column.formula]


@pytest.mark.parametrize("name", SHEETS)
def test_every_count_takes_only_rows_in_the_sample(name):
    rows = review({"Unique ID": "A", "In sample?": "No", "Outcome": "Early help", "Type of harm": "CSE"}, {})
    others = {"Left during review": 1, "Long list": "not known"}
    labels = {cell.row: cell.value for cell in made(name, rows).cells if cell.column == 1}
    for cell in made(name, rows).cells:
        if cell.formula and cell.style == "whole":
            assert cell.value == others.get(labels[cell.row], 0)


@pytest.mark.parametrize("name", SHEETS)
def test_every_style_of_a_live_cell_is_a_style(name):
    assert {cell.style for cell in made(name).cells} <= set(styles.STYLES)


@pytest.mark.parametrize("name", SHEETS)
def test_a_label_is_referred_to_by_its_address_and_stands_there(name):
    """Words of a list stand in the formulas nowhere: whoever changes the label changes what is counted."""
    listed = {word for block in blocks.standard(live.book("review", {}, {})) for word in block.words}
    for formula in formulas_of(name):
        quoted = set(re.findall(r'"([^"]*)"', formula))
        assert not quoted & (listed - {"Yes", "No"})


def test_a_choice_of_the_team_is_listed_once_capitals_aside():
    block = blocks.questions(live.book("review", {"Questions": QUESTIONS}, {}))[0]
    assert block.words == ("Yes", "no", "*")
    assert block.several


def test_more_choices_than_a_formula_can_nest_only_count_as_answered():
    block = blocks.questions(live.book("review", {"Questions": QUESTIONS}, {}))[2]
    assert block.labels == ("Answered", "Not filled in yet")


def test_a_question_with_a_heading_of_ours_makes_no_second_block():
    found = blocks.questions(live.book("review", {"Questions": QUESTIONS}, {}))
    assert [block.heading for block in found] == ["Was it 'online' [or not]?", "Free words", "Long"]


def test_chosen_categories_stand_first_and_none_is_left_out():
    chosen = pd.DataFrame(
        [["CSE", "No"], ["Gangs", "Yes"], ["Of our own", "yes"]], columns=["Category", "Chosen"], dtype=object
    )
    words = blocks.harm(live.book("review", {"Categories": chosen}, {})).words
    assert words[:3] == ("Gangs", "Of our own", "CSE")
    assert set(spec.lists()["categories"]) < set(words)
    assert words[-2:] == ("Not mapped", "No category recorded")


def test_summary_says_that_categories_overlap():
    assert blocks.OVERLAP in [cell.value for cell in made("summary").cells]


def test_below_ten_cases_counts_are_shown_and_nothing_else():
    nine = review(*[{"Unique ID": f"A{n}", "Outcome": "Early help"} for n in range(9)])
    shown = {c.column: c.value for c in _line(nine, "Early help")}
    assert (shown[2], shown[3], shown[4], shown[5], shown[6]) == (9, "few", "of 9 in the sample", "few", "few")
    ten = pd.concat([nine, review({"Unique ID": "B"})], ignore_index=True)
    assert {c.column: c.value for c in _line(ten, "Early help")}[3] == 0.9


def _line(frame: pd.DataFrame, label: str):
    cells = made("summary", frame).cells
    row = next(cell.row for cell in cells if cell.value == label and cell.column == 1)
    return [cell for cell in cells if cell.row == row]


def test_a_long_list_that_nobody_knows_is_said_in_words():
    assert {c.column: c.value for c in _line(review(), "Long list")}[2] == "not known"


def test_the_table_of_cases_stands_clear_of_the_formulas_above_it():
    anchor = int(re.sub(r"\D", "", spec.table("review", "Thresholds").anchor))
    rows = [cell.row for cell in made("thresholds").cells]
    note = anchor - 1
    assert max(rows) == note
    assert max(row for row in rows if row < note - 1) < note - 3


def test_every_chart_asks_a_question_and_can_be_read_without_being_seen():
    charts = made("charts").charts
    assert len(charts) == 3
    for chart in charts:
        assert chart.title.endswith("?")
        assert "numbers stand in the table" in chart.alt_text


def test_the_series_of_a_stacked_chart_differ_in_colour():
    stacked = next(chart for chart in made("charts").charts if chart.kind == "stacked_bar")
    assert len({series.colour for series in stacked.series}) == len(stacked.series) == 6


def test_an_address_goes_on_after_column_z():
    assert [counts.address(1, column) for column in (1, 26, 27, 703)] == ["$A$1", "$Z$1", "$AA$1", "$AAA$1"]
