"""An officer who has Excel and the desk: clicks a button, answers what is asked, and reads what is said.

What should happen is taken from the guide's pages alone, and stands at each story.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from tests.addin.press.pressing import Answers, through_the_desk
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.desk.presses import Press
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.questions import OTHER


class Officer(Answers):
    """Gives the answers in turn; a question for which no answer is left is noted, and its window closed."""

    def __init__(self, *answers: object) -> None:
        super().__init__(*answers)
        self.unexpected: list[str] = []

    def _next(self, question: str, proposed: object = None) -> object:
        if not self.left:
            self.unexpected.append(question)
            raise Stopped
        return super()._next(question, proposed)

    def choose(self, question: str, choices: Sequence[str]) -> str:
        if OTHER in choices and not (self._answers and (callable(self._answers[0]) or self._answers[0] in choices)):
            return OTHER
        found = self._next(question, tuple(choices))
        answer = str(found(tuple(choices)) if callable(found) else found)
        if answer not in choices:
            self.unexpected.append(f"{question} {tuple(choices)}, not {answer}")
            raise Stopped
        return answer


@dataclass(frozen=True)
class Told:
    """What was said at the end of a press, and the questions before it."""

    text: str
    asked: tuple[str, ...]
    left: int

    @property
    def done(self) -> bool:
        return ": done" in self.text.splitlines()[0]

    @property
    def refused(self) -> bool:
        """One sentence says why, and nothing was done."""
        return ": not done." in self.text.splitlines()[0] and len(self.text.splitlines()) > 1


class Desk:
    """One Excel and one desk for several stories; workbooks are opened where they are clicked first."""

    def __init__(self, app: xw.App, windows: SimulatedWindows) -> None:
        self.app, self.windows = app, windows

    def open(self, path: Path) -> xw.Book:
        """The workbook in front: opened, or brought forward."""
        for one in self.app.books:
            if Path(one.fullname) == path:
                one.activate()
                return one
        return self.app.books.open(str(path))

    def click(self, path: Path | None, action: str, *answers: object) -> Told:
        """Click a button on that workbook, or on what is in front."""
        if path is not None:
            self.open(path)
        person = Officer(*answers)
        seen = through_the_desk(Press(action, self.app.pid), self.windows, person)
        said = "\n".join(text for text, _ in seen.texts)
        assert said, "nothing was said"
        assert not person.unexpected, (person.unexpected, said)
        assert "Reference " not in said, said
        assert self.app.status_bar is False
        return Told(said, tuple(person.asked), person.left)


def copied(source: Path, at: Path) -> Path:
    """A copy of a workbook in a folder of its own."""
    at.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(source, at))


@contextmanager
def unchanged(*paths: Path) -> Iterator[None]:
    """These files stay, byte for byte."""
    before = [one.read_bytes() for one in paths]
    yield
    assert [one.read_bytes() for one in paths] == before


def typed(book: xw.Book, sheet: str, name: str, column: str, value: object, row: int = 0) -> None:
    """Type into one cell of a table; rows count from 0."""
    part = book.sheets[sheet].tables[name]
    part.data_body_range[row, part.header_row_range.value.index(column)].value = value


def column_of(book: xw.Book, sheet: str, name: str, column: str) -> list[object]:
    """What stands in a column of a table on screen."""
    part = book.sheets[sheet].tables[name]
    found = part.data_body_range.columns[part.header_row_range.value.index(column)].value
    return list(found) if isinstance(found, list) else [found]


def day_of(year: int, month: int, day: int) -> dt.datetime:
    """A date as it is typed into a cell."""
    return dt.datetime(year, month, day)  # noqa: DTZ001
