"""On made-up reports of many shapes no count is silently wrong.

The reports and their truth were written without sight of the reader. Here each goes through New, Import and Check:
a few in make test, two hundred of either kind in the campaign.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from reading_of_reports import Read, read_many

from tests.actions.workbooks import dipsample

PARTS = 2  # of the seeds, so that two cores share them
FEW, ALL = {"clean": 12, "shaped": 28}, 200
RIGHT = 0.9  # of the shaped reports: right without a question


def seeds(part: int, first: int, last: int) -> range:
    return range(first + part, last, PARTS)


@pytest.fixture(scope="module")
def new_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


def told(found: list[Read], verdict: str) -> list[tuple[str, tuple[str, ...], frozenset[str]]]:
    return [(one.report.path.name, one.wrong, one.asks) for one in found if one.verdict == verdict]


def judge(found: list[Read], *, clean: bool) -> None:
    assert told(found, "silently wrong") == []
    counted = Counter(one.verdict for one in found)
    if clean:
        assert counted["right"] == len(found), told(found, "asked")
    else:
        assert counted["right"] >= RIGHT * len(found) - 1, told(found, "asked")


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", ["clean", "shaped"])
def test_every_count_is_right_or_something_is_asked(kind: str, part: int, new_workbook: Path, tmp_path: Path) -> None:
    judge(read_many(kind, seeds(part, 0, FEW[kind]), new_workbook, tmp_path), clean=kind == "clean")


@pytest.mark.campaign
@pytest.mark.parametrize("kind", ["clean", "shaped"])
def test_of_two_hundred_reports_nine_in_ten_are_right_without_a_question(
    kind: str, new_workbook: Path, tmp_path: Path
) -> None:
    found = read_many(kind, range(ALL), new_workbook, tmp_path)
    judge(found, clean=kind == "clean")
    assert sum(one.verdict == "right" for one in found) >= RIGHT * ALL
