"""Ofsted's Annex A, the one list that every council has: each of its Lists 1 to 8 from export to Case check."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine

from tests.actions.workbooks import dipsample, include_all, table

SAMPLE = Path(__file__).parents[1] / "data" / "annex_a_sample.xlsx"
LISTS = [f"List {number}" for number in range(1, 9)]


@pytest.fixture(params=LISTS)
def imported(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A working workbook with one of the lists in it."""
    path = tmp_path / "working.xlsx"
    assert dipsample("new", path)[0] == 0
    status, _, said = dipsample("import", path, SAMPLE, "--sheet", request.param)
    assert status in (0, 1), said
    return path, request.param


def test_every_row_of_the_list_is_accounted_for(imported: tuple[Path, str]) -> None:
    path, _ = imported
    listed = table(path, "LongList")
    assert len(listed) > 0
    for action in ("check", "narrow"):
        status, result, said = dipsample(action, path)
        assert status in (0, 1), said
        assert result["ok"] is (status == 0)
    out, here = set(table(path, "ExclusionLog")["Record"]), set(table(path, "CaseCheck")["Record"])
    assert not out & here
    assert sorted(out | here) == list(listed["Record"]) == list(range(1, len(listed) + 1))
    funnel = result["figures"]["funnel"]
    assert funnel[0]["remaining"] == len(listed)
    excluded = sum(one["excluded"] or 0 for one in funnel)
    assert excluded + funnel[-1]["remaining"] + result["figures"]["undecided"] == len(listed)


def test_the_rows_are_those_of_the_sheet(imported: tuple[Path, str]) -> None:
    """What the list holds and what stands in Long list: the same cells, found by the sheet's own row numbers."""
    path, sheet = imported
    source = python_calamine.load_workbook(SAMPLE).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    listed = table(path, "LongList")
    for number, case_id in zip(listed["Source row"], listed["Case ID"], strict=True):
        cells = {str(cell).removesuffix(".0").strip() for cell in source[number - 1]}
        assert case_id is None or str(case_id) in cells
    after = [row for row in source[max(listed["Source row"]) :] if sum(str(cell).strip() != "" for cell in row) > 1]
    assert after == []


def test_once_every_case_is_decided_nothing_is_left_over(imported: tuple[Path, str]) -> None:
    path, _ = imported
    dipsample("narrow", path)
    include_all(path)
    status, result, said = dipsample("narrow", path)
    assert status == 0, said
    figures = result["figures"]
    assert figures["undecided"] == 0
    assert figures["long_list"] == figures["excluded"] + figures["sample"]


def test_which_list_is_meant_is_a_question(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    before = path.read_bytes()
    status, _, said = dipsample("import", path, SAMPLE)
    assert (status, path.read_bytes()) == (2, before)
    assert "--sheet" in said
