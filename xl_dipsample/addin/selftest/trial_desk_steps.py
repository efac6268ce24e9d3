"""The whole way: from the ribbon, and from the desk alone, to the workbook that is open in the program.

The desk of these steps has no window and asks nobody; what it keeps for itself lies in the self-test's own folder.
"""

from __future__ import annotations

import copy
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import NoReturn

from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk.automation import Asked, Server
from xl_dipsample.addin.desk.desk import Desk
from xl_dipsample.addin.desk.desk_ui import DeskUi
from xl_dipsample.addin.desk.entry_of_desk import NAME
from xl_dipsample.addin.desk.presses import TAKEN, Press
from xl_dipsample.addin.press.dialogs import CannotAsk, Dialogs
from xl_dipsample.addin.press.press import DONE_BUT, NOT_DONE
from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.trial import Trial
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.hosts.excel import com

ACTION = "check"  # asks nothing, changes a table, and adds a line to Audit
RIBBON = "'dip_sampling.xlam'!Ribbon.Press"
_PATIENCE = 180.0  # seconds for a desk that loads its packages, and for the step

Serve = Callable[[Asked], AbstractContextManager[None]]


def the_desk_does_a_step_without_any_macro(trial: Trial) -> str:
    """Pressed at the desk: the open workbook has the step's line on Audit, and the program is set as before."""
    path = trial.made("working")
    called = com.full_name(trial.program.book(path))
    process = int(trial.program.app.pid)

    def press(desk: Desk) -> None:
        expect.same(desk.presses.press(Press(ACTION, process, called)), TAKEN, "the desk's answer to a press")

    return _changes_the_workbook(trial, path.name, press)


def the_ribbon_asks_the_desk_which_does_the_work(trial: Trial) -> str:
    """The button's macro in the program finds the desk, which does the step on the workbook that is on screen."""
    addin = trial.addin()
    if not trial.is_installed():
        raise expect.NotTried("The ribbon is not installed on this computer: run dipsample install first.")
    if not trial.windows.only_one(NAME):
        raise expect.NotTried("The desk is open: close its window, and run the self-test again.")
    trial.program.app.books.open(str(addin), update_links=False, read_only=True, add_to_mru=False)
    with _ended_when_it_hangs(int(trial.program.app.pid)):
        return through_the_ribbon(trial, trial.program.app.macro(RIBBON), _served)


def through_the_ribbon(trial: Trial, button: Callable[[str], object], serve: Serve) -> str:
    """Press `button`, which is the ribbon's macro, while `serve` answers it as the desk does."""
    path = trial.made("working")
    trial.program.book(path).activate()

    def press(desk: Desk) -> None:
        asked = Asked(desk.presses.press, desk.windows)
        with serve(asked):
            try:
                button(ACTION)
            except Exception as error:
                raise expect.ClaimFailed(
                    "The ribbon's button could not be pressed, or did not come back; perhaps macros are switched off."
                ) from error

    return _changes_the_workbook(trial, path.name, press)


def _changes_the_workbook(trial: Trial, name: str, press: Callable[[Desk], None]) -> str:
    before = trial.program.state()
    audited = len(_audit(trial, name))
    seen = _Seen()
    desk = _Unattended(_apart(trial), _Nobody(), seen)
    desk.presses.start()
    try:
        press(desk)
    finally:
        ended = desk.presses.end(_PATIENCE)
    expect.true(ended, "The desk was at work still after three minutes.")
    expect.same(seen.begins, [(ACTION, name)], "what the desk was asked for")
    failed = [text for text in seen.texts if NOT_DONE in text or DONE_BUT in text]
    expect.true(not failed, f"The desk said: {' '.join(' '.join(failed).split())}")
    lines = _audit(trial, name)
    expect.same(len(lines) - audited, 1, "the lines that the step added to Audit")
    expect.same(lines[-1], registry.action(ACTION).label, "the last line of Audit")
    expect.true(trial.program.state() == before, "The program is not set as it was before the press.")
    return f"{len(seen.doing)} signs of life, {len(seen.texts)} messages"


def _audit(trial: Trial, name: str) -> list[object]:
    host = trial.program.host_of(trial.program.app.books[name], trial.ui)
    return list(host.read_table("Audit")["Action"])


@contextmanager
def _served(asked: Asked) -> Iterator[None]:
    server = Server(asked)
    server.start()
    try:
        yield
    finally:
        server.end()


@contextmanager
def _ended_when_it_hangs(process: int) -> Iterator[None]:
    """A message box of the ribbon in an Excel without a window would wait for ever: then that Excel is ended."""
    watch = threading.Timer(_PATIENCE, os.kill, (process, signal.SIGTERM))
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _apart(trial: Trial) -> Windows:
    """The computer, with local data in the self-test's folder."""
    made = copy.copy(trial.windows)
    folder = trial.folder / "local data"
    folder.mkdir(exist_ok=True)
    made.local_data = lambda: folder  # type: ignore[method-assign]
    return made


class _Unattended(Desk):
    """A desk that shows no message box, for which nobody would press OK."""

    def ui_of_a_press(self) -> DeskUi:
        return _Silent(self.windows, self._dialogs, self._onlooker, self._stop)


class _Silent(DeskUi):
    def tell(self, text: str) -> None:
        self._onlooker.said(text, warning=False)

    def warn(self, text: str) -> None:
        self._onlooker.said(text, warning=True)


class _Nobody(Dialogs):
    """Every question is refused: the step asks none, and an Excel that stays busy is a claim that fails."""

    def _window(self) -> NoReturn:
        raise CannotAsk("nobody-asked", "The self-test asks nobody.")


class _Seen:
    """What the desk's window would be told."""

    def __init__(self) -> None:
        self.begins: list[tuple[str, str]] = []
        self.doing: list[str] = []
        self.texts: list[str] = []

    def begun(self, action: str, workbook: str) -> None:
        """A press began."""
        self.begins.append((action, workbook))

    def going_on(self, text: str, share: float | None) -> None:
        """What is done now."""
        del share
        self.doing.append(text)

    def said(self, text: str, *, warning: bool) -> None:
        """What a person would be told; that the list has mistakes is a warning."""
        del warning
        self.texts.append(text)

    def made(self, files: Sequence[str]) -> None:
        """The files that the step wrote; `check` writes none."""
