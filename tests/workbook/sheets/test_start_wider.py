"""Start says when a sample was chosen before the default became wider."""

from __future__ import annotations

import pytest

from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.sheets import start_sheet
from xl_dipsample.workbook.specs import defaults


@pytest.mark.parametrize("kind", ["working", "review"])
@pytest.mark.parametrize(("chosen", "said"), [("Yes", "is chosen here."), ("No", "a new sample chooses, too: CCE")])
def test_start_says_that_the_default_is_wider_where_cce_is_not_chosen(kind: str, chosen: str, said: str) -> None:
    tables = defaults.frames(kind, {})
    tables["Categories"].loc[tables["Categories"]["Category"] == "CCE", "Chosen"] = chosen
    made = start_sheet.layout(sheets.book(kind, tables, {}))
    (row,) = [cell.row for cell in made.cells if cell.value == "Categories"]
    (told,) = [cell for cell in made.cells if (cell.row, cell.column) == (row, 3)]
    assert str(told.value).endswith(said)
    assert 'Categories[Category])="CCE"' in str(told.formula)
