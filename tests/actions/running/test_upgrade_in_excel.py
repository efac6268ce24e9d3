"""An older workbook that is open: a live spreadsheet program saves, closes and opens it again, on a person's word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.test_kept_versions import KEPT, opened, typed
from tests.addin.press.pressing import press
from tests.engines.fixtures import calc, office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions.running import snapshots, upgrade_first
from xl_dipsample.actions.running.confirm import STOP
from xl_dipsample.actions.running.upgrade_first import GO_ON
from xl_dipsample.workbook.specs import spec

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office
OLDEST = "2"


@pytest.fixture
def review(tmp_path: Path) -> Path:
    path = tmp_path / "in the share" / "review.xlsx"
    path.parent.mkdir()
    shutil.copy(KEPT / OLDEST / "review.xlsx", path)
    return path


def test_after_yes_it_is_renewed_opened_again_and_the_action_is_done(
    review: Path, calc: xw.App, tmp_path: Path
) -> None:
    """What was typed and not yet saved comes along."""
    before = typed(opened(review), "review")
    book = calc.books.open(str(review))
    table = book.sheets["Review"].tables["Review"].range
    place = table.rows[0].value.index("Summary of harm")
    table[1, place].value = "Typed a moment ago"
    shown, person = press(calc, "analyse", SimulatedWindows(tmp_path / "computer"), GO_ON)
    assert person.asked[0].startswith("review.xlsx was made with an older version of this tool.")
    assert "Refresh analysis: done" in shown
    assert "It was renewed, and everything that was typed in its tables is there" in shown
    now = calc.books.active
    assert now.name == "review.xlsx"
    assert now.names["spec_version"].refers_to_range.value in (spec.SPEC_VERSION, float(spec.SPEC_VERSION))
    now.close()
    host = opened(review)
    assert host.read_value("spec_version") == spec.SPEC_VERSION
    assert host.read_table("Review")["Summary of harm"].iloc[0] == "Typed a moment ago"
    lost = before - typed(host, "review")
    assert {name for name, *_ in lost} <= {"Review"}
    assert sum(lost.values()) <= 1  # the cell that was typed over
    copies = snapshots.list_of(host)
    assert [one.action for one in copies] == ["analyse", upgrade_first.ACTION]
    assert opened(copies[1].path).read_value("spec_version") == OLDEST
    assert [one.name for one in review.parent.iterdir()] == ["review.xlsx"]


def test_after_no_it_stays_as_it_is_and_open(review: Path, calc: xw.App, tmp_path: Path) -> None:
    before = review.read_bytes()
    calc.books.open(str(review))
    shown, _ = press(calc, "analyse", SimulatedWindows(tmp_path / "computer"), STOP)
    assert "has to be renewed first" in shown
    assert calc.books.active.name == "review.xlsx"
    calc.books.active.close()
    assert review.read_bytes() == before
    assert snapshots.list_of(opened(review)) == []


def test_what_cannot_be_renewed_is_open_again_as_it_was(
    review: Path, calc: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xl_dipsample.domain.shared.errors import WorkbookProblem

    def broken(*_: object) -> None:
        raise WorkbookProblem("too-long", "A text is too long.")

    monkeypatch.setattr(upgrade_first, "_renew", broken)
    calc.books.open(str(review))
    shown, _ = press(calc, "analyse", SimulatedWindows(tmp_path / "computer"), GO_ON)
    assert "A text is too long." in shown
    assert calc.books.active.name == "review.xlsx"
    calc.books.active.close()
    assert opened(review).read_value("spec_version") == OLDEST
    assert snapshots.list_of(opened(review)) == []
