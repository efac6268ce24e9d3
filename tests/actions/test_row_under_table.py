"""A row that somebody typed under a table is read with it or refused in a sentence; never an error of the tool."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from tests.actions.workbooks import dipsample
from tests.filled_workbooks import built
from xl_dipsample.workbook.host import Kind

ACTIONS = {"working": ("check", "narrow"), "review": ("analyse",)}
TABLES = [
    *(("working", name) for name in ("Focus", "Criteria", "Categories", "Labels", "LongList", "CaseCheck", "Terms")),
    *(("review", name) for name in ("Review", "SecondReader", "Findings", "Actions", "Terms", "Focus", "Criteria")),
]


def type_under(path: Path, table: str, down: int, cells: list[object]) -> None:
    """Type a row `down` rows under a table; the table stays as long as it is, as it does when another program types."""
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book if table in one.tables)
    left, _, right, bottom = range_boundaries(sheet.tables[table].ref)
    for column in range(left, right + 1):
        sheet.cell(bottom + down, column).value = cells[(column - left) % len(cells)]
    book.save(path)


@pytest.mark.parametrize("down", [1, 2])
@pytest.mark.parametrize(("kind", "table"), TABLES, ids=[f"{kind} {table}" for kind, table in TABLES])
def test_a_row_under_a_table_is_never_an_error_of_the_tool(kind: Kind, table: str, down: int, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(built(kind))
    type_under(path, table, down, ["Synthetic row under the table", -1, "31/02/2024", True])
    for action in ACTIONS[kind]:
        before = path.read_bytes()
        status, _, said = dipsample(action, path)
        assert status in (0, 1, 2), said
        if status == 2:
            assert said.count("\n") == 1
            assert path.read_bytes() == before
