"""Review, A3: how many rows in the sample are complete."""

from __future__ import annotations

from xl_dipsample.domain import review
from xl_dipsample.workbook import formulas
from xl_dipsample.workbook.live import places
from xl_dipsample.workbook.live.book import Book, Layout

_NONE = "Empty: Pseudonymise fills this sheet."


def layout(book: Book) -> Layout:
    """How many rows in the sample are complete, in words."""
    frame = book.tables["Review"]
    there = review.in_sample(frame)
    checks = review.review_check(frame)
    complete, rows = int(((checks == review.COMPLETE) & there).sum()), int(there.sum())
    there_is = places.true_where(f'TRIM({formulas.column("Unique ID")})<>""')
    has_left = places.true_where(f'TRIM({formulas.column("In sample?")})="No"')
    here = f"{there_is}*(1-{has_left})"
    count = f"SUMPRODUCT({here})"
    is_complete = places.true_where(f'{formulas.column("Check")}="{review.COMPLETE}"')
    done = f"SUMPRODUCT({here}*{is_complete})"
    formula = f'=IF({count}=0,"{_NONE}",{done}&" of "&{count}&" complete")'
    return Layout(state=places.state(formula, f"{complete} of {rows} complete" if rows else _NONE))
