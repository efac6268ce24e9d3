"""A few clicks in the desk's real window: a button twice fast, Esc and again, Stop from the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.workbooks import table
from tests.addin.desk.test_desk_window import Running, asked, start
from tests.clicks.conftest import Made
from tests.screens import screen

__all__ = ["screen", "start"]
pytestmark = [pytest.mark.office, pytest.mark.campaign]  # a minute and more: make campaign


def test_a_button_pressed_twice_fast_and_another_in_between_is_one_step(
    start: Callable[..., Running], screen: str, made: Made, tmp_path: Path
) -> None:
    """One step at a time: the second press changes nothing, and the window says why."""
    path = Path(shutil.copy(made.imported, tmp_path / "working.xlsx"))
    lines = len(table(path, "Audit"))
    desk = start(path)
    desk.until("desk._open is not None")
    desk.ask("desk._buttons['check'].focus_force()")
    desk.keys("Return", "Return", "space")
    desk.until("'Check long list: done' in desk._said.get('1.0', 'end')")
    desk.until("not desk.desk.presses.at_work")
    assert len(table(path, "Audit")) == lines + 1
    # a question closed with Esc, then the same button again
    desk.ask("desk._buttons['import'].focus_force()")
    for _ in range(2):
        desk.ask("desk.press('import')")
        with asked(screen, "case system's export"):
            desk.keys("Escape")
        desk.until("not desk.desk.presses.at_work")
    assert str(desk.ask("desk._said.get('1.0', 'end')")).count("Import long list: not done.") in (1, 2)
    assert len(table(path, "LongList")) == 5
