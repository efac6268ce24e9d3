"""What every action gives back; `--json` prints it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Message:
    """One sentence for the person. It never holds a cell's value."""

    level: Level
    code: str
    text: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass
class Result:
    """`ok` False: done, and something needs a person (exit status 1)."""

    action: str
    ok: bool = True
    figures: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)  # new files that may not stay when the workbook cannot be saved

    def as_json(self) -> dict[str, Any]:
        """The contract of `--json`."""
        return {name: value for name, value in asdict(self).items() if name != "made"}

    def say(self, level: Level, code: str, text: str, **where: Any) -> None:
        """Add a message."""
        self.messages.append(Message(level, code, text, **where))
