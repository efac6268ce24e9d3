"""One table that is to be written: what goes into it, worked out before any XML is touched."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file import cell_text, cell_values
from xl_dipsample.workbook.hosts.closed_file.references import LAST_COLUMN, Area, letters
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.specs import spec

MOST_ROWS = 1_048_570
LONGEST_HEADING = 255
_LONG = 500  # rows: in shorter tables, to look for equal cells takes longer than to write them


@dataclass(frozen=True)
class TableWrite:
    """A table as it will be. `frame` has every column; `formulas` are filled down, their cells are cached values."""

    table: TablePart
    spec: spec.Table | None
    frame: pd.DataFrame
    given: frozenset[str]  # the headings that the caller gave
    formulas: frozenset[str]
    old_body: Area
    same_rows: bool  # the rows are the same as before, by key: a filter still fits
    coded: Mapping[str, cell_values.Coded] = field(default_factory=dict)  # columns of which it is known already

    @property
    def area(self) -> Area:
        """The table's area afterwards, headings included; an empty table keeps one blank row."""
        top, left = self.table.area.top, self.table.area.left
        bottom = self.table.top + max(1, len(self.frame)) - 1
        return Area(top, left, bottom + self.table.has_totals, left + len(self.frame.columns) - 1)

    @property
    def right(self) -> int:
        """The last column that the table has before or after."""
        return max(self.area.right, self.old_body.right)

    def type_of(self, heading: str) -> str | None:
        """The spec's type of a column; None for one that is not in the spec."""
        if self.spec and heading in self.spec.headings:
            return self.spec.column(heading).type
        return "text" if self.spec and self.spec.open_columns else None


def prepared(
    table: TablePart, of_spec: spec.Table | None, frame: pd.DataFrame, old: pd.DataFrame, old_body: Area
) -> TableWrite:
    """Work out every column of the table.

    Raises FileProblem for a text that no cell can hold or too many rows, WorkbookProblem for a heading that the
    table does not have.
    """
    given = [str(heading) for heading in frame.columns]
    headings = given if of_spec and of_spec.open_columns else table.headings
    _check_headings(table, given, headings)
    if len(frame) > MOST_ROWS:
        raise FileProblem(
            "too-many-rows",
            f"The table {table.name} would get {len(frame):,} rows; a sheet holds {MOST_ROWS:,}. Use a shorter period.",
        )
    formulas = {column.heading for column in table.columns if column.formula and column.heading in headings}
    formulas |= {column.heading for column in of_spec.columns if column.formula} if of_spec else set()
    count = len(frame)
    key = of_spec.key if of_spec else ()
    made: dict[str, cell_values.Column] = {}
    coded: dict[str, cell_values.Coded] = {}
    places: list[int] | None = None
    for place, heading in enumerate(headings):
        if heading in given:
            cells, moments = frame.iloc[:, given.index(heading)], _moments(of_spec, heading)
            long = count >= _LONG and cells.dtype == object
            found = cell_values.coded(cells.to_numpy(), moments=moments) if long else None
            if found is not None:
                made[heading], coded[heading] = found.cells(), found
            else:
                values = cells.to_numpy().tolist() if cells.dtype == object else list(cells)
                made[heading] = cell_values.column(values, moments=moments)
        elif heading in formulas or (of_spec and heading in of_spec.headings) or heading not in old:
            made[heading] = np.full(count, None, dtype=object)
        else:
            places = _places(frame, old, key) if places is None else places
            made[heading] = _taken(old[heading], places)
        if heading not in coded or not coded[heading].is_short(cell_text.LONGEST // 2):
            _check_lengths(table, letters(table.area.left + place), made[heading])
    whole = pd.DataFrame(made, index=range(count), columns=list(headings), dtype=object, copy=False)
    return TableWrite(
        table=table,
        spec=of_spec,
        frame=whole,
        given=frozenset(given),
        formulas=frozenset(formulas),
        old_body=old_body,
        same_rows=_same_rows(whole, old, key),
        coded=coded,
    )


def _moments(of_spec: spec.Table | None, heading: str) -> bool:
    return bool(of_spec and heading in of_spec.headings and of_spec.column(heading).type == "datetime")


def _check_headings(table: TablePart, given: Sequence[str], headings: Sequence[str]) -> None:
    seen: set[str] = set()
    for place, heading in enumerate(given, 1):
        folded = heading.casefold()
        if folded in seen or not heading.strip() or len(heading) > LONGEST_HEADING:
            raise WorkbookProblem(
                "bad-heading",
                f"Heading {place} for the table {table.name} is blank, longer than {LONGEST_HEADING} characters, or"
                " there twice. Give every column a short heading of its own.",
            )
        seen.add(folded)
        if heading not in headings:
            raise WorkbookProblem(
                "no-such-heading",
                f"The table {table.name} on the sheet {table.sheet} has no column for heading {place} of what is to be"
                " written. Put the column back, or use an earlier copy of the workbook.",
            )
    if table.area.left + len(headings) - 1 > LAST_COLUMN:
        raise FileProblem(
            "too-many-columns", f"The table {table.name} would be wider than a sheet. Export fewer columns."
        )


def _check_lengths(table: TablePart, column: str, cells: cell_values.Column) -> None:
    """The column is called by its letters: a heading that people typed may be a name."""
    sorts = set(map(type, cells))
    if str not in sorts:
        return
    texts = filter(None, cells) if sorts <= {str, type(None)} else (one for one in cells if type(one) is str)
    if max(map(len, texts), default=0) <= cell_text.LONGEST // 2:
        return
    for row, value in enumerate(cells, table.top):
        if isinstance(value, str) and cell_text.too_long(value):
            raise FileProblem(
                "text-too-long",
                f"In the table {table.name}, Excel row {row}, column {column}, the text is longer than the"
                f" {cell_text.LONGEST:,} characters that a cell can hold. Shorten it.",
            )


def _keys(frame: pd.DataFrame, key: Sequence[str]) -> list[tuple[str, ...]]:
    columns = [[str(cell_values.one(value)) for value in frame[heading]] for heading in key]
    return list(zip(*columns, strict=True))


def _places(frame: pd.DataFrame, old: pd.DataFrame, key: Sequence[str]) -> list[int]:
    """For each new row the old row of the same key, -1 for none; without a key, rows keep their places."""
    if not key or not all(heading in frame and heading in old for heading in key):
        return [row if row < len(old) else -1 for row in range(len(frame))]
    free: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for row, one in enumerate(_keys(old, key)):
        free[one].append(row)
    return [free[one].popleft() if free.get(one) else -1 for one in _keys(frame, key)]


def _taken(old: pd.Series[Any], places: list[int]) -> cell_values.Column:
    cells = np.empty(len(old) + 1, dtype=object)
    cells[:-1] = list(old)
    cells[-1] = None
    return cells[places] if places else np.empty(0, dtype=object)


def _same_rows(new: pd.DataFrame, old: pd.DataFrame, key: Sequence[str]) -> bool:
    if len(new) != len(old) or not key or not all(heading in new and heading in old for heading in key):
        return False
    return _keys(new, key) == _keys(old, key)


def check(write: TableWrite, others: Iterable[tuple[str, Area]], strays: Iterable[tuple[int, int]]) -> None:
    """Raise WorkbookProblem when the table would run over something.

    `others`: the sheet's other tables as they will be; `strays`: row and column of filled cells in no table.
    """
    table, area = write.table, write.area
    if table.has_totals and area.bottom != table.area.bottom:
        raise WorkbookProblem(
            "totals-row",
            f"The table {table.name} on the sheet {table.sheet} has a totals row. Switch it off (Table Design,"
            " Total Row), and try again.",
        )
    in_the_way = [name for name, other in others if area.meets(other)]
    if in_the_way or any(area.meets(Area(row, column, row, column)) for row, column in strays):
        what = f"the table {in_the_way[0]}" if in_the_way else "other cells"
        raise WorkbookProblem(
            "no-room",
            f"The table {table.name} on the sheet {table.sheet} would run over {what} below or beside it. Move them"
            " away from the table, and try again.",
        )
