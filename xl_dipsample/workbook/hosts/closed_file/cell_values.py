"""Cell values as the hosts give and take them: None, bool, int, float, str, date, datetime, time, timedelta."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Column = npt.NDArray[np.object_]
_NOTHING = type(None)
_WHOLE = 1e15  # above that a float no longer holds every whole number


def one(value: Any, *, moments: bool = False) -> Any:
    """One value as we hold it; `moments`: a date is kept as a datetime.

    >>> one(3.0), one(""), one(float("nan")), one(pd.Timestamp("2026-03-01"))
    (3, None, None, datetime.date(2026, 3, 1))
    """
    if value is None or value is pd.NA or value is pd.NaT or value == "":
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (dt.date, np.datetime64)):
        return _date(value, moments=moments)
    if isinstance(value, (dt.time, dt.timedelta)):
        return value
    try:
        figure = float(value)
    except (TypeError, ValueError):
        return str(value)
    if math.isnan(figure):
        return None
    return int(figure) if abs(figure) < _WHOLE and figure.is_integer() else figure


def _date(value: Any, *, moments: bool) -> Any:
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, pd.Timestamp):
        value = value.tz_localize(None).to_pydatetime(warn=False)
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time()) if moments else value
    value = value.replace(tzinfo=None)
    return value if moments or value.time() != dt.time() else value.date()


def column(values: Sequence[Any] | Column, *, moments: bool = False) -> Column:
    """A column of values as we hold them; fast for columns of one type."""
    sorts = set(map(type, values))
    rest = sorts - {_NOTHING}
    if rest <= {str, dt.date} and not (moments and dt.date in rest):  # neither is ever false, but for ''
        return _texts(values)
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    if rest in ({int}, {bool}):
        return cells
    if rest == {float} and _NOTHING not in sorts:
        return _figures(cells)
    if rest == {float, str}:
        return _mixed(cells)
    cells[:] = [one(value, moments=moments) for value in cells]
    return cells


def _texts(values: Sequence[Any] | Column) -> Column:
    cells = np.empty(len(values), dtype=object)
    cells[:] = [value or None for value in values] if "" in values else values
    return cells


def _figures(cells: Column) -> Column:
    figures = cells.astype(float)
    with np.errstate(invalid="ignore"):
        whole = (np.abs(figures) < _WHOLE) & (np.floor(figures) == figures)
    if whole.all():
        return figures.astype(np.int64).astype(object)
    made = figures.astype(object)
    made[whole] = figures[whole].astype(np.int64)
    made[np.isnan(figures)] = None
    return made


def _mixed(cells: Column) -> Column:
    """Numbers and texts, which is what calamine gives for a column of numbers with blanks."""
    is_text = np.fromiter((type(value) is str for value in cells), dtype=bool, count=len(cells))
    made = np.empty(len(cells), dtype=object)
    made[~is_text] = _figures(cells[~is_text])
    made[is_text] = _texts(cells[is_text])
    return made


@dataclass(frozen=True)
class Coded:
    """A column as its different values, and for each cell the position of its own; -1 for a blank cell."""

    positions: npt.NDArray[np.int32]
    distinct: list[Any]

    def cells(self) -> Column:
        """The column: equal cells are one object."""
        box = np.empty(len(self.distinct) + 1, dtype=object)
        box[:-1] = self.distinct
        return box[self.positions]

    def is_short(self, most: int) -> bool:
        """Whether no text is longer than `most` characters."""
        return all(len(value) <= most for value in self.distinct if type(value) is str)


def coded(cells: Column, *, moments: bool = False) -> Coded | None:
    """A column of texts, dates and blanks by its different values; None where it has, or may need, anything else.

    >>> coded(np.array(["a", None, "a"], dtype=object)).distinct
    ['a']
    """
    found, different = pd.factorize(cells)
    distinct = different.tolist()
    sorts = set(map(type, distinct))  # neither is equal to anything of another type, so that this tells of every cell
    if not sorts or not sorts <= {str, dt.date} or (moments and dt.date in sorts) or "" in distinct:
        return None
    return Coded(found.astype(np.int32), distinct)


def codes(cells: Column) -> tuple[npt.NDArray[np.intp], list[Any]]:
    """For each cell the position of its value in the list of distinct values; -1 for a blank cell."""
    sorts = set(map(type, cells.tolist())) - {_NOTHING}
    if bool in sorts and len(sorts) > 1:  # 1 == True: they would be taken for one value
        filled = np.array([value is not None for value in cells], dtype=bool)
        positions = np.full(len(cells), -1, dtype=np.intp)
        positions[filled] = np.arange(filled.sum())
        return positions, list(cells[filled])
    found, distinct = pd.factorize(cells)
    return found, list(distinct)


def is_blank(frame: pd.DataFrame) -> bool:
    """Whether no cell of the frame is filled."""
    return bool(frame.isna().to_numpy().all())
