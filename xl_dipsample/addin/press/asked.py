"""What the questions of a press came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """The action's own options, and the places to remember when it is done."""

    options: Any
    places: dict[str, str]
