"""Presses of buttons through the desk: a person whose answers are known beforehand, and what they were shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import xlwings as xw

from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.desk.desk import Desk
from xl_dipsample.addin.desk.presses import TAKEN, Press
from xl_dipsample.addin.press.dialogs import Dialogs, Kinds, Stopped

OPTION = re.compile(r"(?<![\w-])--[a-z]")  # of the command line: nobody in Excel is told of one


class Answers(Dialogs):
    """A person at the keyboard: gives the answers in turn, `Stopped` closes the window.

    A function as an answer chooses from the choices. `asked` keeps the questions, `proposed` what came with them.
    """

    def __init__(self, *answers: object) -> None:
        super().__init__()
        self._answers = list(answers)
        self.asked: list[str] = []
        self.proposed: list[object] = []

    def _next(self, question: str, proposed: object = None) -> object:
        self.asked.append(question)
        self.proposed.append(proposed)
        assert self._answers, f"nobody expected to be asked: {question}"
        answer = self._answers.pop(0)
        if answer is Stopped:
            raise Stopped
        return answer

    def text(self, question: str, proposed: str = "") -> str:
        return str(self._next(question, proposed))

    def secret(self, question: str, offered: str = "") -> str:
        return str(self._next(question, offered))

    def choose(self, question: str, choices: Sequence[str]) -> str:
        found = self._next(question, tuple(choices))
        answer = str(found(tuple(choices)) if callable(found) else found)
        assert answer in choices
        return answer

    def ticks(self, question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
        answer = self._next(question, (tuple(choices), tuple(ticked)))
        assert isinstance(answer, (list, tuple))
        assert set(answer) <= set(choices), choices
        return [str(one) for one in choices if one in answer]

    def open_file(self, question: str, folder: Path | None, kinds: Kinds) -> Path:
        return Path(str(self._next(question, folder)))

    def open_files(self, question: str, folder: Path | None, kinds: Kinds) -> list[Path]:
        answer = self._next(question, folder)
        return [Path(str(one)) for one in (answer if isinstance(answer, (list, tuple)) else [answer])]

    def save_file(self, question: str, folder: Path | None, name: str, kinds: Kinds) -> Path:
        return Path(str(self._next(question, (folder, name))))

    def folder(self, question: str, folder: Path | None) -> Path:
        return Path(str(self._next(question, folder)))

    @property
    def left(self) -> int:
        return len(self._answers)


class Watching:
    """What the desk's window is told."""

    def __init__(self) -> None:
        self.begins: list[tuple[str, str]] = []
        self.doing: list[tuple[str, float | None]] = []
        self.texts: list[tuple[str, bool]] = []
        self.files: list[str] = []

    def begun(self, action: str, workbook: str) -> None:
        self.begins.append((action, workbook))

    def going_on(self, text: str, share: float | None) -> None:
        self.doing.append((text, share))

    def said(self, text: str, *, warning: bool) -> None:
        self.texts.append((text, warning))

    def made(self, files: Sequence[str]) -> None:
        self.files.extend(files)


def through_the_desk(
    asked: Press, windows: SimulatedWindows, person: Answers, watching: Watching | None = None
) -> Watching:
    """One press from its taking to its end."""
    seen = watching or Watching()
    desk = Desk(windows, person, seen)
    desk.presses.start()
    assert desk.presses.press(asked) == TAKEN
    assert desk.presses.end(300)
    return seen


def press(app: xw.App, action: str, windows: SimulatedWindows, *answers: object) -> tuple[str, Answers]:
    """Press a button in that Excel: what was shown, and what was asked. Every answer must have been wanted."""
    person = Answers(*answers)
    before = len(app.impl.alerts)
    through_the_desk(Press(action, app.pid), windows, person)
    assert person.left == 0, person.asked
    assert app.status_bar is False
    shown = app.impl.alerts[before:]
    assert all(title == "Dip-sampling" for title, _ in shown)
    assert not [text for text in (*person.asked, *(text for _, text in shown)) if OPTION.search(text)]
    return "\n---\n".join(text for _, text in shown), person
