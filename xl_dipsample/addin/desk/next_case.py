"""Next case: goes to the next row of Review that is not complete, in the column that is missing. Changes nothing."""

from __future__ import annotations

from typing import Any

NOWHERE = "Open the review workbook: its sheet Review has the cases."
ALL_DONE = "Every case that Review shows is complete."


def go_to_next_case(process: int | None) -> str:
    """Mark the cell to fill in next; why it cannot be, or ''. `process`: Excel's."""
    from xl_dipsample.addin.press import press

    try:
        app = None if process is None else press.excel(process)
        book = press.book_of(app)
        if app is None or book is None:
            return NOWHERE
        table = book.sheets["Review"].tables["Review"]
        head, body = table.header_row_range, table.data_body_range
        if head is None or body is None:
            return NOWHERE
        headings = [str(one) for one in head.value]
        checks = _column(body, headings.index("Check"))
        here = app.selection.row - body.row + 1 if app.selection is not None else 0
    except Exception:  # no such workbook, or Excel does not answer
        return NOWHERE
    row = next_incomplete(checks, here)
    if row is None:
        return ALL_DONE
    missing = first_missing(checks[row])
    column = headings.index(missing) if missing in headings else 0
    book.sheets["Review"].activate()
    body[row, column].select()
    return ""


def next_incomplete(checks: list[Any], here: int) -> int | None:
    """The first row, counted from 0, at or below the one after the cursor that is not complete, then from the top.

    >>> next_incomplete(["Complete", "Missing: Outcome", "Complete"], 2), next_incomplete(["Complete"], 0)
    (1, None)
    """
    from xl_dipsample.domain.review.review_rules import COMPLETE, LEFT, NO_ID

    many, done = len(checks), (COMPLETE, LEFT, NO_ID, "", None)
    start = here if 0 <= here < many else 0
    return next((at % many for at in range(start, start + many) if checks[at % many] not in done), None)


def first_missing(check: object) -> str:
    """The heading of the first cell to fill in.

    >>> first_missing("Missing: Outcome, Reviewer")
    'Outcome'
    """
    from xl_dipsample.domain.review.review_rules import MISSING

    text = str(check)
    return text.removeprefix(MISSING).split(", ")[0] if text.startswith(MISSING) else ""


def _column(body: Any, at: int) -> list[Any]:
    found = body.columns[at].value
    return list(found) if isinstance(found, list) else [found]
