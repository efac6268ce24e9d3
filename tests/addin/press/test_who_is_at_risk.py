"""Who is this? from the list on Start: the marked unique ID is proposed, and the name is in the message alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.sharing_places import Places, copied, made_once
from tests.addin.press.pressing import press
from tests.engines.fixtures import calc, office
from tests.privacy.threat_search import search
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.domain.review.act_now import FLAG

__all__ = ["calc", "office"]
pytestmark = pytest.mark.office
NAMED = ("zqfore", "zqsur")  # what every child's name begins with


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    (tmp_path / "first").mkdir()
    made_once(tmp_path / "first")
    return copied(tmp_path / "first", tmp_path / "second", monkeypatch)


def test_the_unique_id_marked_on_start_is_proposed_and_the_name_stands_nowhere(
    calc: xw.App, places: Places, tmp_path: Path, windows: SimulatedWindows
) -> None:
    children = places.table("Review")["Unique ID"].tolist()
    book = calc.books.open(str(places.review))
    body = book.sheets["Review"].tables["Review"].data_body_range
    at = book.sheets["Review"].tables["Review"].header_row_range.value.index(FLAG)
    for row in range(len(children)):
        body[row, at].value = "Yes"  # as a reviewer types it, and Start follows
    start = book.sheets["Start"]
    start.activate()
    cells = {cell.value: cell for cell in start["C22:F30"] if cell.value in children}
    assert sorted(cells) == sorted(children)
    cells[children[3]].select()
    shown, person = press(calc, "lookup", windows, places.key, children[3])  # its passphrase stands in the environment
    assert person.proposed[1] == children[3]
    assert shown.startswith(f"{children[3]}: Zqfore")
    book.save()
    assert search(places.review.read_bytes(), NAMED) == {}
    assert len(places.table("Audit")) == 1, "Pseudonymise alone"
    logs = [one for one in tmp_path.rglob("*") if one.is_file() and "log" in one.name and one.parent.name != "work"]
    assert [one.name for one in logs if search(one.read_bytes(), NAMED)] == []


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "computer")
