"""Review, A3: how many rows in the sample are complete."""

from __future__ import annotations

from xl_dipsample.domain import review
from xl_dipsample.workbook import formulas
from xl_dipsample.workbook.live import places
from xl_dipsample.workbook.live.book import Book, Layout

_NONE = "Empty: Pseudonymise fills this sheet."


def layout(book: Book) -> Layout:
    """ "12 of 60 complete", of the rows in the sample."""
    frame = book.tables["Review"]
    there = review.in_sample(frame)
    checks = review.review_check(frame)
    complete, rows = int(((checks == review.COMPLETE) & there).sum()), int(there.sum())
    here = f'(TRIM({formulas.column("Unique ID")})<>"")*(TRIM({formulas.column("In sample?")})<>"No")'
    count = f"SUMPRODUCT({here})"
    done = f'SUMPRODUCT({here}*({formulas.column("Check")}="{review.COMPLETE}"))'
    formula = f'=IF({count}=0,"{_NONE}",{done}&" of "&{count}&" complete")'
    return Layout(state=places.state(formula, f"{complete} of {rows} complete" if rows else _NONE))
