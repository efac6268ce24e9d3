"""Rows of Long list that a person deleted, pasted or typed: told against what was imported, before anything is counted.

A row that is gone stays in the total: somebody says why it was removed, or it is put back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.long_list.row_record import Kept
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.standing import excel_rows

REMOVED_COLUMNS = ["Record", "Case ID", "Reason", "Initials"]


class RowsGone(WorkbookProblem):
    """Imported rows are not on Long list, and nobody said why. `gone`: how many."""

    gone: int = 0


@dataclass(frozen=True)
class Seen:
    """`gone`: positions in what was kept; `doubled`, `strange`: positions on Long list, from 0.

    `doubled`: every row whose Record stands there more than once; `strange`: a Record that import never gave, or none.
    """

    gone: list[int]
    doubled: list[int]
    strange: list[int]


def nothing_removed() -> pd.DataFrame:
    """The frame of removed rows, with no row."""
    return pd.DataFrame(columns=REMOVED_COLUMNS, dtype=object)


def compare(records: Sequence[object], kept: Kept) -> Seen:
    """What the column Record of Long list, in any order, says of the rows that were imported.

    >>> import numpy as np
    >>> kept = Kept(np.array([1, 2, 3]), np.array([0, 0, 0]), ["a", "b", "c"])
    >>> compare([3, 1, 1, None], kept)
    Seen(gone=[1], doubled=[1, 2], strange=[3])
    """
    given = kept.records.tolist()
    if len(records) == len(given) and set(records) == set(given):
        return Seen([], [], [])
    known, counted = set(given), Counter(records)
    there = {one for one in counted if type(one) is int}
    return Seen(
        gone=[at for at, record in enumerate(given) if record not in there],
        doubled=[at for at, one in enumerate(records) if counted[one] > 1 and one in known],
        strange=[at for at, one in enumerate(records) if type(one) is not int or one not in known],
    )


def refuse_doubled(seen: Seen, first_row: int) -> None:
    """Raise WorkbookProblem for rows that would be counted twice, or that no import gave."""
    if seen.doubled:
        raise WorkbookProblem(
            "rows-doubled",
            f"On Long list, a Record stands in more than one row ({excel_rows(seen.doubled, first_row)}): a row was "
            "copied, so it would count twice. Delete the copy, or import the list again.",
        )
    if seen.strange:
        has = "row has" if len(seen.strange) == 1 else "rows have"
        raise WorkbookProblem(
            "rows-not-imported",
            f"On Long list, {len(seen.strange)} {has} no Record that import gave "
            f"({excel_rows(seen.strange, first_row)}): only what was imported is counted. Delete what was added or "
            "put the Record back; a case that is missing belongs into the export.",
        )


def refuse_gone(still_open: int, imported: int) -> None:
    """Raise RowsGone for rows that are gone and that nobody answers for."""
    if not still_open:
        return
    are = "is" if still_open == 1 else "are"
    problem = RowsGone(
        "rows-gone",
        f"{still_open:,} of the {plural(imported, 'row')} that {'was' if imported == 1 else 'were'} imported {are} no "
        "longer on Long list, so nothing was counted: import the list again, which puts them back and keeps decisions, "
        "or type on What changed, beside each, why it was removed, and initials (Check long list lists them there).",
    )
    problem.gone = still_open
    raise problem
