"""What a killed desk leaves: Excel's settings and the step that was cut off, and nothing that is not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xl_dipsample.addin.desk import crash_journal
from xl_dipsample.addin.desk.crash_journal import Entry

SETTINGS = {"screen_updating": True, "display_alerts": True, "enable_events": True, "calculation": "automatic"}
ENTRY = Entry("narrow", 4711, "C:/sample/working.xlsx", 99, SETTINGS)


class App:
    """A program with three of the four settings; one of them cannot be set."""

    def __init__(self) -> None:
        object.__setattr__(self, "orders", [])
        for name, value in {"screen_updating": False, "display_alerts": False, "calculation": "manual"}.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        if name in ("enable_events", "display_alerts"):
            raise AttributeError(name)
        self.orders.append(name)
        object.__setattr__(self, name, value)


def test_what_was_in_work_is_read_back(tmp_path: Path) -> None:
    crash_journal.begin(tmp_path / "new folder", ENTRY)
    assert crash_journal.left(tmp_path / "new folder") == ENTRY


def test_a_press_that_ended_leaves_nothing(tmp_path: Path) -> None:
    crash_journal.begin(tmp_path, ENTRY)
    crash_journal.end(tmp_path)
    assert crash_journal.left(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    crash_journal.end(tmp_path)  # once more is no error


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        json.dumps({"action": "narrow"}),
        json.dumps({**vars(ENTRY), "settings": {"visible": False}}),
        json.dumps({**vars(ENTRY), "settings": 3}),
        json.dumps({**vars(ENTRY), "excel": "4711"}),
        json.dumps({**vars(ENTRY), "more": 1}),
    ],
)
def test_a_journal_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / crash_journal.FILE).write_text(text, encoding="utf-8")
    assert crash_journal.left(tmp_path) is None


def test_every_setting_that_the_program_has_is_put_back_whatever_befalls_the_others() -> None:
    app = App()
    assert crash_journal.settings_of(app) == {
        "screen_updating": False,
        "display_alerts": False,
        "calculation": "manual",
    }
    crash_journal.put_back(app, SETTINGS)
    assert app.orders == ["calculation", "screen_updating"]  # the opposite of the order in which they go off
    assert (app.calculation, app.screen_updating) == ("automatic", True)  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("synthetic", encoding="utf-8")
    crash_journal.begin(in_the_way, ENTRY)
    assert crash_journal.left(in_the_way) is None
