"""Presses of the ribbon's buttons in tests: a person whose answers are known beforehand, and what they were shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlwings as xw

from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.press import entry
from xl_dipsample.addin.press.dialogs import Dialogs, Kinds, Stopped


class Answers(Dialogs):
    """A person at the keyboard: gives the answers in turn, `Stopped` closes the window. `asked` keeps the questions."""

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
        answer = str(self._next(question, tuple(choices)))
        assert answer in choices
        return answer

    def open_file(self, question: str, folder: Path | None, kinds: Kinds) -> Path:
        return Path(str(self._next(question, folder)))

    def save_file(self, question: str, folder: Path | None, name: str, kinds: Kinds) -> Path:
        return Path(str(self._next(question, (folder, name))))

    def folder(self, question: str, folder: Path | None) -> Path:
        return Path(str(self._next(question, folder)))

    @property
    def left(self) -> int:
        return len(self._answers)


def press(app: xw.App, action: str, windows: SimulatedWindows, *answers: object) -> tuple[str, Answers]:
    """Press a button in that Excel: what was shown, and what was asked. Every answer must have been wanted."""
    person = Answers(*answers)
    before = len(app.impl.alerts)
    assert entry.main([action, "--pid", str(app.pid)], windows=windows, dialogs=person) == 0
    assert person.left == 0, person.asked
    assert app.status_bar is False
    shown = app.impl.alerts[before:]
    assert all(title == "Dip-sampling" for title, _ in shown)
    return "\n---\n".join(text for _, text in shown), person
