"""How many rows of Review look alike: k-anonymity over what somebody could already know about a young person.

Source: Samarati and Sweeney (1998): a table is k-anonymous when every combination of its quasi-identifiers is shared
by at least k rows. docs/design.md, section 10: with 60 young people k of 5 cannot be reached, so this advises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed

# What a neighbour, a teacher or a relative may know; DOB holds the month of birth where the lead opted in.
QUASI_IDENTIFIERS = ("Age at time of contact", "Gender", "Ethnicity", "Contact date", "DOB")
CONTACT = "Contact date"
SMALL = 5


@dataclass(frozen=True)
class KReport:
    """`k`: the size of the smallest group of alike rows (0 without rows); `alone`: rows like no other.

    `below`: rows in groups of fewer than SMALL. `without`: for each column, the rows that would still be alone if it
    were not shown.
    """

    columns: tuple[str, ...]
    rows: int
    k: int
    alone: int
    below: int
    without: dict[str, int]

    @property
    def sentence(self) -> str:
        """What to tell the lead: counts only.

        >>> told = KReport(("Gender",), 3, 1, 1, 3, {"Gender": 0}).sentence
        >>> told.split("), ")[0].split(", which")[0], told.split(": ")[1]
        ('1 of 3 rows is like no other in Gender (k = 1', 'show less, or keep it to people who may know.')
        """
        if not self.rows or not self.columns:
            return "Review shows nothing by which its rows could be told apart."
        shown = _listed(self.columns)
        if not self.alone:
            return f"Every combination of {shown} is shared by at least {self.k} of {self.rows} rows (k = {self.k})."
        best = min(self.without, key=lambda column: self.without[column])
        verb = "is" if self.alone == 1 else "are"
        return (
            f"{self.alone} of {self.rows} rows {verb} like no other in {shown} (k = {self.k}, which means that whoever "
            "knows that much of a young person can tell which row is theirs). "
            f"Without {best} it would be {self.without[best]}: show less, or keep it to people who may know."
        )


def k_report(review: pd.DataFrame, columns: Sequence[str] = QUASI_IDENTIFIERS) -> KReport:
    """The report on the rows of Review; a column that is not there or holds nothing tells nobody apart.

    A blank counts as a value of its own: "ethnicity not recorded" is something that can be known.

    >>> k_report(pd.DataFrame({"Gender": ["Male", "Male", "Female"]}, dtype=object)).alone
    1
    """
    texts = {name: review[name].map(trimmed) for name in columns if name in review.columns}
    used = tuple(name for name, cells in texts.items() if cells.ne("").any())
    shown = pd.DataFrame({name: texts[name] for name in used}, index=review.index)
    sizes = _sizes(shown)
    return KReport(
        columns=used,
        rows=len(review),
        k=int(sizes.min()) if len(sizes) else 0,
        alone=int(sizes.eq(1).sum()),
        below=int(sizes.lt(SMALL).sum()),
        without={name: int(_sizes(shown.drop(columns=name)).eq(1).sum()) for name in used},
    )


def by_month(review: pd.DataFrame) -> pd.DataFrame:
    """Review as it would be with the month of contact alone: the days as months, everything else as it is.

    >>> import datetime as dt
    >>> shown = pd.DataFrame({"Contact date": [dt.date(2026, 3, 7), "03/2026", None]}, dtype=object)
    >>> by_month(shown)["Contact date"].tolist()
    ['03/2026', '03/2026', None]
    """
    if CONTACT not in review.columns:
        return review
    cells = [cell.strftime("%m/%Y") if isinstance(cell, dt.date) else cell for cell in review[CONTACT]]
    return review.assign(**{CONTACT: pd.Series(cells, index=review.index, dtype=object)})


def _sizes(shown: pd.DataFrame) -> pd.Series:
    """For every row, how many rows have its combination, itself included."""
    if not len(shown.columns):
        return pd.Series(len(shown), index=shown.index)
    key = shown.agg("\x1f".join, axis=1) if len(shown) else pd.Series(dtype=object)
    return key.map(key.value_counts())


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
