"""Review, A3: how many rows in the sample are complete."""

from __future__ import annotations

from xl_dipsample.domain.review import review_rules
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout
from xl_dipsample.workbook.specs import formulas

_NONE = "Empty: Pseudonymise fills this sheet."


def layout(book: Book) -> Layout:
    """How many rows in the sample are complete, in words."""
    frame = book.tables["Review"]
    there = review_rules.in_sample(frame)
    checks = review_rules.review_check(frame)
    complete, rows = int(((checks == review_rules.COMPLETE) & there).sum()), int(there.sum())
    there_is = table_places.true_where(f'TRIM({formulas.column("Unique ID")})<>""')
    has_left = table_places.true_where(f'TRIM({formulas.column("In sample?")})="No"')
    here = f"{there_is}*(1-{has_left})"
    count = f"SUMPRODUCT({here})"
    is_complete = table_places.true_where(f'{formulas.column("Check")}="{review_rules.COMPLETE}"')
    done = f"SUMPRODUCT({here}*{is_complete})"
    formula = f'=IF({count}=0,"{_NONE}",{done}&" of "&{count}&" complete")'
    return Layout(state=table_places.state(formula, f"{complete} of {rows} complete" if rows else _NONE))
