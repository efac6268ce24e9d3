"""What every action gives back; `--json` prints it, and the runner notes from it on Audit, on Start and in the log."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Message:
    """One sentence for the person. It never holds a cell's value.

    `row`: as Excel numbers the rows of `sheet` at this moment; without a sheet, of the export.
    """

    level: Level
    code: str
    text: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def excel_row(self) -> str:
        """The row in words, '' for none.

        >>> Message("note", "a", "A.", sheet="Long list", row=14).excel_row
        'Excel row 14'
        """
        if not self.row:
            return ""
        return f"Excel row {self.row}" + ("" if self.sheet else " of the export")


@dataclass(frozen=True)
class StepMark:
    """What a step found, for Start. `step`: what Start calls a step that people do; '' for the action's own.

    `done` False: it stays the next one to do.
    """

    found: str
    step: str = ""
    done: bool = True


@dataclass
class Result:
    """`ok` False: done, and something needs a person (exit status 1).

    `audit`: the counts for the row on Audit, where they are others than the whole numbers among the figures.
    """

    action: str
    ok: bool = True
    figures: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)  # new files that may not stay when the workbook cannot be saved
    audit: dict[str, int] | None = None
    steps: list[StepMark] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The contract of `--json`."""
        return {name: value for name, value in asdict(self).items() if name not in ("made", "audit", "steps")}

    def say(self, level: Level, code: str, text: str, **where: Any) -> None:
        """Add a message."""
        self.messages.append(Message(level, code, text, **where))

    def mark(self, found: str, step: str = "", *, done: bool = True) -> None:
        """Add what Start is to say of a step."""
        self.steps.append(StepMark(found, step, done))

    def counts(self) -> dict[str, int]:
        """The whole numbers among the figures."""
        return {name: value for name, value in self.figures.items() if type(value) is int}
