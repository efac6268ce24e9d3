"""The live sheets of the analysis as layouts: what holds for every cell, whatever is typed in Review."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.sheets.parts import blocks, count_formulas
from xl_dipsample.workbook.specs import cell_styles, formulas, spec
from xl_dipsample.workbook.specs.pivot_parts import TOP_ROW

SHEETS = ("summary", "pivots", "charts", "thresholds", "variations")
HEADINGS = spec.table("review", "Review").headings
# Functions of Excel 2007 to 2016 that LibreOffice 7.4 has too; nothing here spills, nothing needs a prefix.
# fmt: off
KNOWN = {
    "AND", "FIND", "IF", "IFERROR", "INDEX", "ISERROR", "ISNUMBER", "LEFT", "LOOKUP", "LOWER", "MATCH",
    "MAX", "MID", "MIN", "N", "OR", "SQRT", "SUBSTITUTE", "SUMIF", "SUMPRODUCT", "TRIM", "VALUE",
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
    return sheets.layout(name, sheets.book("review", given, {}))


def formulas_of(name: str) -> list[str]:
    layout = made(name)
    return [cell.formula for cell in (*layout.cells, layout.state) if cell and cell.formula]


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
    of_the_long_list = ("Long list", "Young people in the period and of age", "Young people in the sample now")
    others: dict[object, object] = {"Left during review": 1} | dict.fromkeys(of_the_long_list, "not known")
    labels = {cell.row: cell.value for cell in made(name, rows).cells if cell.column == 1}
    for cell in made(name, rows).cells:
        if cell.formula and cell.style == "whole":
            assert cell.value == others.get(labels[cell.row], 0)


@pytest.mark.parametrize("name", SHEETS)
def test_every_style_of_a_live_cell_is_a_style(name):
    assert {cell.style for cell in made(name).cells} <= set(cell_styles.STYLES)


@pytest.mark.parametrize("name", SHEETS)
def test_a_label_is_referred_to_by_its_address_and_stands_there(name):
    """Words of a list stand in the formulas nowhere: whoever changes the label changes what is counted."""
    listed = {word for block in blocks.counted(sheets.book("review", {}, {})) for word in block.words}
    for formula in formulas_of(name):
        quoted = set(re.findall(r'"([^"]*)"', formula))
        assert not quoted & (listed - {"Yes", "No"})


def own_blocks() -> list[blocks.Block]:
    """What is counted of the team's questions: they come after our own columns."""
    ours = len(blocks.counted(sheets.book("review", {}, {})))
    return blocks.counted(sheets.book("review", {"Questions": QUESTIONS}, {}))[ours:]


def test_a_choice_of_the_team_is_listed_once_capitals_aside():
    block = own_blocks()[0]
    assert block.words == ("Yes", "no", "*")
    assert block.several


def test_more_choices_than_a_formula_can_nest_only_count_as_answered():
    block = own_blocks()[2]
    assert block.labels == ("Answered", "Not filled in yet")


def test_a_question_with_a_heading_of_ours_makes_no_second_block():
    found = own_blocks()
    assert [block.heading for block in found] == ["Was it 'online' [or not]?", "Free words", "Long"]


def test_chosen_categories_stand_first_and_none_is_left_out():
    chosen = pd.DataFrame(
        [["CSE", "No"], ["Gangs", "Yes"], ["Of our own", "yes"]], columns=["Category", "Chosen"], dtype=object
    )
    words = blocks.harm(sheets.book("review", {"Categories": chosen}, {})).words
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


QUESTIONS_OF_THE_GUIDE = [
    "How did the long list become the sample?",
    "What happened to young people at the close of assessment?",
    "Which services are young people referred to?",
    "Which types of harm do young people experience?",
    "Are some types of harm more likely to end in no further action?",
    "Do decisions follow the level of harm, or parenting concerns?",
    "Which scenarios are closed, and which progressed?",
    "Are more cases progressed at some ages?",
    "Are more cases progressed for girls or for boys?",
    "Are more cases progressed for some ethnic groups?",
]
ASKED = [one.asked for one in review_columns.crossed()]
# The guide's come first; a column of Review can ask one more.
QUESTIONS_ASKED = QUESTIONS_OF_THE_GUIDE + [asked for asked in ASKED if asked not in QUESTIONS_OF_THE_GUIDE]


def test_every_question_has_one_chart_that_can_be_read_without_being_seen():
    layout = made("charts")
    asked = [*QUESTIONS_ASKED, "Was it 'online' [or not]?"]  # a question of the team that is answered by choosing
    assert [chart.title for chart in layout.charts] == asked
    assert [cell.value for cell in layout.cells if cell.style == "section"] == asked
    assert all("numbers stand in the table" in chart.alt_text for chart in layout.charts)
    assert len({chart.alt_text for chart in layout.charts}) == len(layout.charts)


def test_a_chart_shows_the_numbers_of_a_table_of_its_sheet():
    layout = made("charts")
    there = {count_formulas.address(cell.row, cell.column): cell for cell in layout.cells}
    for chart in layout.charts:
        for series in chart.series:
            assert series.name.removeprefix("=Charts!") in there
            first, last = series.values.removeprefix("=Charts!").split(":")
            assert there[first].formula
            assert there[last].formula
            labels = series.categories.removeprefix("=Charts!").split(":")
            assert [re.sub(r"\D", "", one) for one in labels] == [re.sub(r"\D", "", one) for one in (first, last)]


def test_no_chart_lies_over_a_table_or_another_chart():
    """A row is 20 pixels at least, the first four columns together are over 700 pixels wide."""
    layout = made("charts")
    tops = [int(re.sub(r"\D", "", chart.anchor)) for chart in layout.charts]
    bottoms = [top + chart.height / 20 for top, chart in zip(tops, layout.charts, strict=True)]
    assert all(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False))
    for chart, top, bottom in zip(layout.charts, tops, bottoms, strict=True):
        column = ord(chart.anchor[0]) - ord("A") + 1
        assert not [c for c in layout.cells if c.column >= column and top <= c.row <= bottom]


def test_the_series_of_a_chart_differ_in_colour():
    for chart in made("charts").charts:
        assert len({series.colour for series in chart.series}) == len(chart.series)


def test_what_somebody_types_below_the_funnel_moves_nothing_on_charts():
    rows = [["Long list", None, 9], ["Left during review", None, None], ["Sample", None, 9]]
    funnel = pd.DataFrame(rows, columns=["Stage", "Excluded", "Remaining"], dtype=object)
    longer = pd.concat([funnel, pd.DataFrame([["a note", None, None]], columns=funnel.columns)], ignore_index=True)
    places = [[(c.row, c.column) for c in made("charts", Funnel=one.astype(object)).cells] for one in (funnel, longer)]
    assert places[0] == places[1]


def _answer(frame: pd.DataFrame, label: str) -> list[object]:
    """The cells right of a label in the block of the guide's questions, the first one of that label."""
    cells = made("thresholds", frame).cells
    top = next(cell.row for cell in cells if cell.value == "The question, and its answer")
    row = next(c.row for c in cells if c.row > top and c.column == 1 and str(c.value).startswith(label))
    return [cell.value for cell in sorted((c for c in cells if c.row == row), key=lambda c: c.column)][1:]


def _cases(number: int, outcome: str | None, level: str = "Significant harm", concerns: str = "No", **more: object):
    typed = {"Outcome": outcome, "Level of harm": level, "Parenting concerns": concerns, **more}
    return [{"Unique ID": "A", **typed} for _ in range(number)]


def test_at_child_protection_because_of_extra_familial_harm():
    rows = [
        *_cases(4, "Child Protection"),
        *_cases(7, "Child Protection", concerns="Yes"),
        *_cases(2, "Child Protection", level="In need"),
        *_cases(47, "Early help"),
        *_cases(3, "Child Protection", **{"In sample?": "No"}),
    ]
    frame = review(*rows)
    assert _answer(frame, "Because of extra-familial harm")[:3] == [4, 4 / 60, "of 60 in the sample"]
    assert _answer(frame, "The same cases")[:3] == [4, 4 / 13, "of 13 at child protection"]
    assert _answer(frame, "At child protection with parenting")[:3] == [7, 7 / 13, "of 13 at child protection"]
    assert _answer(frame, "All others at child protection")[:3] == [2, 2 / 13, "of 13 at child protection"]


def test_significant_harm_without_parenting_concerns_closed_and_progressed():
    rows = [*_cases(8, "Early help"), *_cases(2, "Looked after"), *_cases(3, None), *_cases(1, "Other")]
    frame = review(*rows, *_cases(9, "Early help", concerns="Yes"))
    assert _answer(frame, "Closed")[:3] == [8, 0.8, "of 10 closed or progressed"]
    assert _answer(frame, "Progressed")[:3] == [2, 0.2, "of 10 closed or progressed"]
    assert _answer(frame, "On neither side")[:3] == [4, 4 / 14, "of 14 in this scenario"]
    assert _answer(frame, "Progressed without parenting")[:3] == [2, 0.2, "of 10 closed or progressed"]
    assert _answer(frame, "Progressed with parenting")[:3] == [0, "few", "of 9 closed or progressed"]


def test_variations_says_as_of_when_and_how_many_tests_it_rests_on():
    rows = [*_cases(12, "Early help", Gender="Female"), *_cases(12, "Child in Need", Gender="Male")]
    frame = review(*rows, *_cases(2, None))
    table = variations.variations_table(frame, shipped())
    book = sheets.book("review", {"Review": frame, "Variations": table}, {"analysed_on": "24/11/2026 03:20:41"})
    tests = int(table["p of this test"].notna().sum())
    assert sheets.layout("variations", book).state.value == (
        "As of 24/11/2026 03:20:41: 24 cases above or below the line, 2 on neither side or without an outcome."
        f" Comparisons made: {tests}; clear differences: 2"
    )
    assert made("variations").state.value == "Empty: Refresh analysis fills this sheet."


def test_pivots_count_no_row_that_left_however_its_no_is_written():
    rows = review(*_cases(3, "Early help"), *_cases(1, "Early help", **{"In sample?": "No"}))
    assert made("pivots", rows).state.value == "These tables count the 3 cases in the sample."
    rows.loc[3, "In sample?"] = " no "
    assert made("pivots", rows).state.value == "These tables count the 3 cases in the sample."
    totals = [cell.value for cell in made("pivots", rows).refreshed if cell.row == TOP_ROW + 2 and cell.column > 10]
    lists = 4 + 1  # ours, and the question of the team with choices that can be counted
    assert totals == ["Grand Total", 3] * lists
    assert made("pivots").state.value == "Empty: no case is in the sample yet."


def test_an_address_goes_on_after_column_z():
    assert [count_formulas.address(1, column) for column in (1, 26, 27, 703)] == ["$A$1", "$Z$1", "$AA$1", "$AAA$1"]
