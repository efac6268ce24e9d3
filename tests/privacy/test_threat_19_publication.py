"""Threat 19: a publication reveals by subtraction.

The attacker here has nothing but the published workbook, its labels and common sense: which lines add up to which
total, that each case with an answer counts at least once where it can count in several lines, that stages follow from
each other. They even know which of the hidden numbers are small. Linear programming says what they can work out.
"""

from __future__ import annotations

import io
from functools import partial

import openpyxl
import pandas as pd
import pytest

from tests.domain.publication.published_reviews import funnel_of, review_of
from tests.domain.publication.suppression_attacker import intervals
from xl_dipsample.actions.publish import as_workbook
from xl_dipsample.domain.publication.feasible import Relation
from xl_dipsample.domain.publication.publication import publication
from xl_dipsample.domain.shared.lead_lists import shipped

as_published = partial(publication, lists=shipped())

ALL = "All cases in the sample"
SEVERAL = {"Types of harm", "Referred to"}
LISTS = {"Outcomes": "Outcome", "Scenarios": "Scenario", "Age": "Age", "Gender": "Gender", "Ethnicity": "Ethnicity"}
CROSS = "Outcomes by scenario"
SAMPLES = [(7, 1), (9, 2), (14, 3), (25, 4), (60, 5), (60, 6), (61, 7), (90, 8), (160, 9), (300, 10), (300, 11)]
Read = dict[str, dict[tuple[str, str], object]]


LEFT, REMAINED = "Rows that left at this stage", "Rows that remained"


def read(data: bytes) -> Read:
    """Sheet -> (line, column) -> what stands there."""
    found: Read = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for table in sheet.tables.values():
            (heads, *lines) = [[cell.value for cell in row] for row in sheet[table.ref]]
            found[sheet.title] = {
                (line[0], head): cell for line in lines for head, cell in zip(heads[1:], line[1:], strict=True)
            }
    return {name: cells for name, cells in found.items() if name not in {"Contents", "Notes"}}


def cell_of(sheet: str, line: str, column: str) -> str:
    """One name for one number, wherever it stands."""
    if (line == ALL and column in {"Number of cases", "All"}) or (
        sheet == "Funnel" and (line, column) == ("Sample", REMAINED)
    ):
        return "all"
    if sheet == CROSS and column == "All" and not line.startswith("All other"):
        return f"Outcomes/{line}"
    if sheet == CROSS and line == ALL and not column.startswith("All other"):
        return f"Scenarios/{column}"
    return f"{sheet}/{line}" if column == "Number of cases" else f"{sheet}/{line}/{column}"


def what_is_said(published: Read) -> dict[str, object]:
    """Every number or letter that the workbook shows, percentages aside."""
    said: dict[str, object] = {}
    for sheet, cells in published.items():
        for (line, column), shown in cells.items():
            if "Percentage" not in column and shown != "z":
                cell = cell_of(sheet, line, column)
                assert said.setdefault(cell, shown) == shown, "one number is shown in two ways"
    return said


def common_sense(published: Read) -> list[Relation]:
    """What must hold between the numbers, from the labels alone."""
    made = []
    for sheet, cells in published.items():
        lines = list(dict.fromkeys(line for line, _ in cells if line != ALL))
        if sheet in LISTS:
            made.append(Relation((("all", -1), *((f"{sheet}/{line}", 1) for line in lines))))
        elif sheet in SEVERAL:
            blank = [f"{sheet}/{line}" for line in lines if line == "Not filled in yet"]
            made.append(Relation((("all", -1), *((f"{sheet}/{line}", 1) for line in lines)), 0, None))
            for line in lines:
                if line != "Not filled in yet":
                    made.append(Relation((("all", 1), (f"{sheet}/{line}", -1), *((b, -1) for b in blank)), 0, None))
        elif sheet == "Funnel":
            before = cell_of(sheet, lines[0], REMAINED)
            for line in lines[1:]:
                out = [] if line == "Sample" else [(f"Funnel/{line}/{LEFT}", -1)]
                made.append(Relation(((before, 1), (cell_of(sheet, line, REMAINED), -1), *out)))
                before = cell_of(sheet, line, REMAINED)
        else:
            columns = list(dict.fromkeys(column for _, column in cells if column != "All"))
            made += [
                Relation(((cell_of(sheet, line, "All"), -1), *((cell_of(sheet, line, one), 1) for one in columns)))
                for line in [ALL, *lines]
            ]
            made += [
                Relation(((cell_of(sheet, ALL, one), -1), *((cell_of(sheet, line, one), 1) for line in lines)))
                for one in ["All", *columns]
            ]
    return made


def attacked(review: pd.DataFrame, funnel: pd.DataFrame, *, rounded: bool) -> dict[str, tuple[float, float, bool]]:
    """For every c in the workbook: its interval, and whether it is a small number."""
    made = as_published(review, funnel, rounded=rounded)
    truth = read(as_workbook(made.__class__(made.tables, made.safe.__class__(
        made.safe.figures, frozenset(), frozenset(), (), rounded=False), made.left_out)))  # fmt: skip
    true = what_is_said(truth)
    published = read(as_workbook(made))
    limits: dict[str, tuple[float, float | None]] = {}
    for cell, shown in what_is_said(published).items():
        if shown == "c":
            limits[cell] = (1, 5) if int(str(true[cell])) <= 5 else (6, None)
        else:
            number = int(str(shown))
            limits[cell] = (max(6, number - 2), number + 2) if rounded and number else (number, number)
    hidden = [cell for cell, shown in what_is_said(published).items() if shown == "c"]
    found = intervals(limits, common_sense(published), hidden)
    return {cell: (*found[cell], limits[cell] == (1, 5)) for cell in hidden}


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize(("cases", "seed"), SAMPLES)
def test_no_hidden_number_of_the_published_workbook_can_be_worked_out(cases: int, seed: int, *, rounded: bool) -> None:
    left = seed % 4
    funnel = funnel_of(cases, left, ("Below the age cut-off", 3 + seed), ("No chosen category", 40), ("Case check", 2))
    found = attacked(review_of(cases, seed, left=left), funnel, rounded=rounded)
    assert found
    for low, high, small in found.values():
        assert high - low >= 4 - 1e-6
        assert not small or (low <= 1 + 1e-6 and high >= 5 - 1e-6)


@pytest.mark.parametrize(("cases", "seed"), [(200, 13), (300, 17), (900, 18)])
def test_a_cross_table_is_attacked_with_all_the_others(cases: int, seed: int) -> None:
    """Large enough for outcomes by scenario, with small numbers in it."""
    review, funnel = review_of(cases, seed, several_outcomes=0.8), funnel_of(cases, 0, ("Case check", 3))
    made = as_published(review, funnel)
    assert CROSS in {table.title for table in made.tables}
    assert any(cell.startswith("cross:") for cell in made.safe.small)
    for low, high, small in attacked(review, funnel, rounded=False).values():
        assert high - low >= 4 - 1e-6
        assert not small or (low <= 1 + 1e-6 and high >= 5 - 1e-6)


def test_where_cases_count_in_several_lines_what_must_hold_gives_nothing_back() -> None:
    """17 of 20 went to one service and 4 to another, everybody to one: so at least 3 went to the other."""
    review = review_of(20, 1)
    review["Referred to?"] = pd.Series(["Police"] * 16 + ["Police; Early help"] + ["Early help"] * 3, dtype=object)
    made = as_published(review, None)
    words = {label: cell for table in made.tables if table.name == "referred" for label, (cell,) in table.lines}
    assert (made.safe.shown(words["Early help"]), made.safe.shown(words["Police"])) == ("c", "c")
    low, high, _ = attacked(review, funnel_of(20, 0), rounded=False)["Referred to/Early help"]
    assert (low, high) == (1, 5)


def test_without_the_second_step_the_attacker_gets_small_numbers_back() -> None:
    """The same attack on the same workbook with the small numbers hidden alone."""
    review, funnel = review_of(60, 5), funnel_of(60, 0, ("Case check", 2))
    made = as_published(review, funnel)
    assert made.safe.secondary
    alone = made.safe.__class__(made.safe.figures, made.safe.small, frozenset(), (), rounded=False)
    published = read(as_workbook(made.__class__(made.tables, alone, made.left_out)))
    said = what_is_said(published)
    limits = {cell: (1, 5) if shown == "c" else (int(str(shown)), int(str(shown))) for cell, shown in said.items()}
    found = intervals(limits, common_sense(published), [cell for cell, shown in said.items() if shown == "c"])
    assert any(low == high for low, high in found.values())


def test_percentages_stand_only_beside_two_numbers_that_are_shown() -> None:
    for cases, seed in SAMPLES:
        for cells in read(as_workbook(as_published(review_of(cases, seed), funnel_of(cases, 0)))).values():
            for (line, column), shown in cells.items():
                if "Percentage" in column and "c" in {cells[line, "Number of cases"], cells[ALL, "Number of cases"]}:
                    assert shown == "c"


def test_rounded_percentages_come_from_the_rounded_numbers() -> None:
    cells = read(as_workbook(as_published(review_of(83, 3), None, rounded=True)))["Gender"]
    whole = int(str(cells[ALL, "Number of cases"]))
    assert whole == 85
    for (line, column), shown in cells.items():
        if "Percentage" in column and shown != "c":
            part = int(str(cells[line, "Number of cases"]))
            assert shown == int(100 * part / whole + 0.5)
