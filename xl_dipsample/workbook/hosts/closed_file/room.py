"""Whether a table, as it will be, has room on its sheet."""

from __future__ import annotations

from collections.abc import Iterable

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.references import Area
from xl_dipsample.workbook.hosts.closed_file.table_writes import TableWrite


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
