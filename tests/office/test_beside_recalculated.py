"""Pairs and two decision points on Summary: what LibreOffice calculates is what each row says."""

from __future__ import annotations

import random
from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest
import review_rows
import validator

from tests.silent_ui import SilentUi
from xl_dipsample.domain.review import decision_points
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.workbook import sheets as live_sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import defaults, spec

pytestmark = pytest.mark.office

OUTCOMES = lead_lists.shipped().words("Outcome")
SIDES = ["Closed", "Progressed", "On neither side", "No outcome yet"]
SECOND = decision_points.SECOND


def _tables() -> dict[str, pd.DataFrame]:
    tables, chance = review_rows.tables(40, 1), random.Random(9)
    tables["Questions"] = decision_points.with_second(tables["Questions"], lead_lists.shipped())
    tables["Review"][SECOND] = pd.Series([chance.choice([*OUTCOMES[:8], "own", None]) for _ in range(40)], dtype=object)
    tables["Focus"] = defaults.default(spec.table("review", "Focus"))
    tables["Focus"].loc[tables["Focus"]["Setting"] == decision_points.SETTING, "Value"] = "Yes"
    pairs = [
        ["Pair 1", review_rows.SEVERAL, "Scenario"],
        ["Pair 2", review_rows.NUMBER, review_rows.YES_NO],
        ["Pair 3", SECOND, "Outcome"],
    ]
    tables["Pairs"] = pd.DataFrame(pairs, columns=["Pair", "Question", "Beside"], dtype=object)
    return tables


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, pd.DataFrame], openpyxl.Workbook]:
    """Built with nobody's answers, typed into by the host; then calculated from nothing."""
    tables, folder = _tables(), tmp_path_factory.mktemp("beside")
    path = folder / "review.xlsx"
    blank = tables["Review"].copy()
    blank[[SECOND, *review_rows.QUESTIONS["Heading"]]] = None
    path.write_bytes(build("review", tables | {"Review": blank}))
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        host.write_table("Review", tables["Review"])
    host.save()
    assert validator.validate(path) == []
    path.write_bytes(libreoffice.without_values(path.read_bytes()))
    sheets = openpyxl.load_workbook(libreoffice.recalculate(path, folder / "made"), data_only=True)
    return tables, sheets


def _plain(cell: object) -> str:
    return "" if cell is None or cell != cell else " ".join(str(cell).split()).casefold()


def _rows(tables: dict[str, pd.DataFrame]) -> list[dict[str, str]]:
    rows = [{str(name): _plain(cell) for name, cell in row.items()} for row in tables["Review"].to_dict("records")]
    return [row for row in rows if row["Unique ID"] and row["In sample?"] != "no"]


def _table(sheet: openpyxl.worksheet.worksheet.Worksheet, title: str) -> dict[tuple[str, str], int]:
    """(line, column) -> n, of the cross table below a title."""
    lines = list(sheet.iter_rows(values_only=True))
    start = next(at for at, line in enumerate(lines) if line[0] == title)
    heads = [head for head in lines[start + 1][1:] if head]
    found = {}
    for line in lines[start + 2 :]:
        if not isinstance(line[1], int) or line[0] == "On another side at the second point":
            break
        found |= {(line[0], head): n for head, n in zip(heads, line[1:], strict=False)}
    return found


def test_every_formula_shows_what_python_computed(made):
    tables, sheets = made
    for address, value in live_sheets.cached_values("review", tables, {})["Summary"].items():
        found = sheets["Summary"][address].value
        expected = pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
        assert ("" if found is None else found) == expected, address


def test_a_pair_counts_the_cases_with_each_two_answers(made):
    tables, sheets = made
    found = _table(sheets["Summary"], f"Scenario beside {review_rows.SEVERAL}")
    rows = _rows(tables)
    assert found["All cases in the sample", "All"] == len(rows)
    for word in ("Friend", "Sibling", "Nobody"):
        having = [
            row for row in rows if word.casefold() in [one.strip() for one in row[review_rows.SEVERAL].split(";")]
        ]
        assert found["All cases in the sample", word] == len(having)
        unclear = [row for row in having if not (row["Level of harm"] and row["Parenting concerns"])]
        assert found["Not yet answered", word] == len(unclear)


def test_a_number_is_set_beside_another_answer_in_its_bands(made):
    tables, sheets = made
    found = _table(sheets["Summary"], f"{review_rows.NUMBER} beside {review_rows.YES_NO}")
    for band, number in (("0 or below", "0"), ("Up to 2", "2"), ("Up to 5", "3.5"), ("Up to 10", "none of them")):
        for head, said in (("Yes", "yes"), ("No", "no"), ("Other words", "maybe"), ("Not filled in yet", "")):
            both = [r for r in _rows(tables) if (r[review_rows.NUMBER], r[review_rows.YES_NO]) == (number, said)]
            assert found[band, head] == len(both)


def _side(cell: str) -> str:
    words = [word.casefold() for word in OUTCOMES]
    place = words.index(cell) if cell in words else 99
    return SIDES[0 if place < 3 else 1 if place < 7 else 2 if cell else 3]


def test_what_changed_between_two_decision_points_is_counted_by_side(made):
    tables, sheets = made
    found = _table(sheets["Summary"], "What changed between the two decision points")
    moves = [(_side(row["Outcome"]), _side(row[SECOND])) for row in _rows(tables)]
    for one in SIDES:
        for other in SIDES:
            assert found[one, other] == moves.count((one, other))
    line = next(
        r for r in sheets["Summary"].iter_rows(values_only=True) if r[0] == "On another side at the second point"
    )
    sure = [move for move in moves if set(move) <= set(SIDES[:2])]
    changed = sum(one != other for one, other in sure)
    assert (line[1], line[3]) == (changed, f"of {len(sure)} closed or progressed at both points")


def test_the_second_outcome_changes_no_figure_of_the_first(tmp_path: Path, made):
    tables, _ = made
    without = {**tables, "Review": tables["Review"].assign(**{SECOND: None})}
    for name in ("Thresholds", "Variations", "Funnel"):
        with_it, empty = (live_sheets.cached_values("review", one, {}).get(name) for one in (tables, without))
        assert with_it == empty
