"""What a second export says about each row of the long list, by case ID and, where both have one, contact date."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.long_list.own_columns import Objects, objects
from xl_dipsample.domain.shared.cell import by_unique, is_nothing, trimmed
from xl_dipsample.domain.shared.columns_read import parse_dates

Whole = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class Partners:
    """For each row of the long list, the rows of the second export that are about it.

    These are the rows with its case ID and its contact date; when there is none of that date (or one side has no
    date), all rows with its case ID. `target` is the position of that set of rows; -1 where there is none.

    >>> second = pd.DataFrame({"Case ID": ["7", "7"], "Contact date": [None, None], "Team": ["North", "South"]})
    >>> partners = Partners(second, pd.Series(["7", "8"], dtype=object), pd.Series([None, None], dtype=object))
    >>> values, unsure = partners.agreed(second["Team"])
    >>> values.tolist(), unsure.tolist()
    ([None, None], [True, False])
    """

    def __init__(self, second: pd.DataFrame, ids: pd.Series, dates: pd.Series) -> None:
        """`second` has our columns Case ID and Contact date; `ids` and `dates` are the long list's."""
        codes, different = pd.factorize(pd.concat([second["Case ID"], ids], ignore_index=True).to_numpy(dtype=object))
        day = _days(pd.concat([second["Contact date"], dates], ignore_index=True))
        both = np.where((codes >= 0) & (day >= 0), codes.astype(np.int64) * (day.max(initial=0) + 1) + day, -1)
        of_both, combinations = pd.factorize(both)
        of_both = np.where(both < 0, -1, of_both)
        size = len(second)
        # One set of rows for each case ID, and behind these one for each case ID with a date.
        self._sets = np.concatenate([codes[:size], np.where(of_both[:size] < 0, -1, of_both[:size] + len(different))])
        self._rows = np.concatenate([np.arange(size), np.arange(size)])
        self._count = len(different) + len(combinations)
        self._rows, self._sets = self._rows[self._sets >= 0], self._sets[self._sets >= 0]
        filled = np.zeros(self._count + 1, dtype=bool)
        filled[self._sets] = True
        by_date = np.where(of_both[size:] < 0, -1, of_both[size:] + len(different))
        by_date = np.where((by_date >= 0) & filled[by_date], by_date, -1)
        by_case = np.where((codes[size:] >= 0) & filled[codes[size:]], codes[size:], -1)
        self.target: Whole = np.where(by_date >= 0, by_date, by_case)

    def agreed(self, values: pd.Series) -> tuple[Objects, Flags]:
        """For each row of the long list the value that its partners agree on; and whether they disagree."""
        codes, texts = by_unique(values, lambda value: None if is_nothing(value) else trimmed(value))
        of_text, _ = pd.factorize(np.array(texts, dtype=object))
        first, differ = self._summary(of_text[codes])
        cells = objects([*values.to_numpy(dtype=object), None])
        answers = cells[np.where(differ, -1, first)]
        answers[-1] = None
        unsure = differ & (np.arange(len(differ)) < len(differ) - 1)
        return answers[self.target], unsure[self.target]

    def _summary(self, codes: npt.NDArray[np.integer]) -> tuple[Whole, Flags]:
        """For each set the first row that says something (-1: none), and whether its rows say different things.

        Both have one element more, for no set at all.
        """
        of_row = codes[self._rows]
        said = of_row >= 0
        sets, rows, of_row = self._sets[said], self._rows[said], of_row[said].astype(np.int64)
        most = np.iinfo(np.int64).max
        first = np.full(self._count + 1, most, dtype=np.int64)
        low, high = first.copy(), np.full(self._count + 1, -1, dtype=np.int64)
        np.minimum.at(first, sets, rows)
        np.minimum.at(low, sets, of_row)
        np.maximum.at(high, sets, of_row)
        return cast("Whole", np.where(first == most, -1, first)), (high >= 0) & (low != high)


def _days(values: pd.Series) -> npt.NDArray[np.int64]:
    """Contact dates as whole numbers, -1 where there is no full day."""
    read = parse_dates(values)
    codes, _ = pd.factorize(read["first"].where(read["state"] == "day"))
    return codes.astype(np.int64)
