"""What an action sees of a workbook: tables and named cells, nothing more.

Two hosts satisfy this protocol: `FileHost` (a closed file on any computer) and `ExcelHost` (open in Excel).
One contract test suite runs against both.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol

import pandas as pd

Kind = Literal["working", "review", "release", "second"]  # second: what a second reader fills in, blind
CellValue = object  # str | int | float | bool | datetime.date | datetime.datetime | None


class Ui(Protocol):
    """How an action speaks with the person: message boxes in Excel, a terminal otherwise."""

    def tell(self, text: str) -> None:
        """Show one message."""

    def ask(self, question: str, option: str) -> str:
        """Ask for words. Raises QuestionUnanswered, naming `option`, when nobody is there."""

    def ask_secret(self, question: str, option: str) -> str:
        """Ask for a passphrase without showing it. Raises QuestionUnanswered."""

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        """Ask for one of `choices`. Raises QuestionUnanswered."""

    def progress(self, text: str, share: float | None = None) -> None:
        """Say what is going on; `share` from 0 to 1 when it is known."""


class Host(Protocol):
    """An open workbook, the subject of an action."""

    @property
    def path(self) -> Path:
        """Where the workbook lies."""

    @property
    def kind(self) -> Kind:
        """Which of our workbooks this is."""

    @property
    def ui(self) -> Ui:
        """How to speak with the person."""

    def tables(self) -> list[str]:
        """The names of the tables in the workbook."""

    def read_table(self, name: str) -> pd.DataFrame:
        """The body of a table: columns are its headings, dtype object, None for a blank cell.

        Whole numbers are int, other numbers float, dates datetime.date (datetime.datetime with a time of day),
        text str. The one blank row of an empty table is no row. Formula columns hold their cached values.
        The frame knows where the table stands (domain/shared/standing.py).
        Raises WorkbookProblem when the table is not there.
        """

    def rows_below(self, name: str) -> list[int]:
        """The rows, as Excel numbers them, below a table and in none, where something stands in its columns."""

    def typed_formulas(self, name: str) -> list[tuple[int, str]]:
        """Where a formula stands in a table of the specs, in a column that is to hold none: Excel row and heading.

        The table's frame has what each shows. A text that looks like a formula is none.
        """

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        """Replace the body of a table and resize it.

        Columns are matched by heading. Formula columns are never written but filled down; columns that people
        added stay, matched by the table's key. The columns of LongList alone may change. Text stays text.
        """

    def read_value(self, name: str) -> CellValue:
        """The value of a named cell. Raises WorkbookProblem when the name is not there."""

    def write_value(self, name: str, value: CellValue) -> None:
        """Set a named cell."""

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside happen, or none."""

    def save(self) -> None:
        """Write to disk, atomically."""

    def save_copy(self, path: Path) -> None:
        """Write a copy elsewhere, atomically; the subject stays the same."""

    def open_after(self, path: Path) -> None:
        """Open another workbook when the action is done (Excel); told on a terminal."""
