"""One pass over the texts of a column for all cell rules together."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from xl_dipsample.domain.long_list_checks.all_checks import CELL_RULES
from xl_dipsample.domain.shared.cell import by_unique

_ANY = re.compile("|".join(f"(?:{rule.pattern})" for rule in CELL_RULES))
_EACH = {rule.code: re.compile(rule.pattern) for rule in CELL_RULES}


class Scan:
    """Remembers what each column holds, so that the second rule of a column costs nothing."""

    def __init__(self) -> None:
        self._seen: dict[object, dict[str, pd.Series]] = {}

    def __call__(self, cells: pd.Series) -> Mapping[str, pd.Series]:
        """Code of each cell rule -> True where the text of a cell is wrong."""
        if cells.name not in self._seen:
            codes, answers = by_unique(cells, _wrong)
            self._seen[cells.name] = {
                code: pd.Series(np.array([code in answer for answer in answers])[codes], index=cells.index)
                for code in _EACH
            }
        return self._seen[cells.name]


def _wrong(cell: object) -> tuple[str, ...]:
    if not isinstance(cell, str) or not _ANY.search(cell):
        return ()
    return tuple(code for code, pattern in _EACH.items() if pattern.search(cell))
