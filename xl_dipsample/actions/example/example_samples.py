"""The two samples of the example, a year apart: how each is drawn, and what its files are called. All synthetic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

RETURNING = 6  # young people of the later sample who were in the earlier one, too


@dataclass(frozen=True)
class Example:
    """One sample. `outcomes`: what the export says, as often as it stands here; `year` is in every file name."""

    name: str
    year: str
    seed: int
    young_people: int
    first_number: int
    period_from: dt.date
    period_to: dt.date
    outcomes: tuple[str | None, ...]

    @property
    def decided_on(self) -> dt.date:
        """The day of the case check."""
        return self.period_to + dt.timedelta(days=20)

    @property
    def export(self) -> str:
        """The file name of the case system's export."""
        return f"export {self.year} (synthetic).xlsx".replace("  ", " ")

    @property
    def working(self) -> str:
        """The file name of the working workbook."""
        return f"working {self.year}.xlsx".replace(" .", ".")

    @property
    def review(self) -> str:
        """The file name of the review workbook."""
        return f"review {self.year}.xlsx".replace(" .", ".")


EARLIER = Example(
    "Example sample 2025 (synthetic)",
    "2025",
    20250331,
    250,
    10009,
    dt.date(2024, 9, 1),
    dt.date(2025, 3, 31),
    ("NFA", "NFA", "NFA", "NFA", "NFA", "Early help", "CIN", "CIN", "CPP", "(NFACore)", None),
)
NOW = Example(
    "Example sample 2026 (synthetic)",
    "",
    20260331,
    320,
    20417,
    dt.date(2025, 9, 1),
    dt.date(2026, 3, 31),
    ("NFA", "NFA", "Early help", "CIN", "CIN", "CIN", "CPP", "S47", "(NFACore)", "Step down to early help", None),
)
