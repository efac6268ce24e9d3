"""Next case and Previous case: to the row of Review that is not complete, in the column that is missing.

They change nothing. A row that a filter hides is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xl_dipsample.actions.running.registry import WAYS

NOWHERE = "Open the review workbook: its sheet Review has the cases."
ALL_DONE = "Every case that Review shows is complete."


def go_to_case(process: int | None, navigation: str) -> str:
    """Mark the cell to fill in; why it cannot be, or ''. `process`: Excel's; `navigation`: the button's id."""
    from xl_dipsample.addin.press import press

    try:
        app = None if process is None else press.excel(process)
        book = press.book_of(app)
        return NOWHERE if app is None or book is None else _go(app, book, WAYS[navigation])
    except Exception:  # no such workbook, or Excel does not answer
        return NOWHERE


def _go(app: Any, book: Any, way: int) -> str:
    from xl_dipsample.workbook.hosts.excel import com

    sheet = book.sheets["Review"]
    table = sheet.tables["Review"]
    head, body = table.header_row_range, table.data_body_range
    headings = [str(one) for one in head.value]
    checks = _column(body, headings.index("Check"))
    on_it = book.sheets.active.name == sheet.name and app.selection is not None
    here = app.selection.row - body.row + 1 if on_it else 0
    row = next((at for at in incomplete(checks, here, way) if com.all_rows_show(body.rows[at])), None)
    if row is None:
        return ALL_DONE
    missing = first_missing(checks[row])
    sheet.activate()
    body[row, headings.index(missing) if missing in headings else 0].select()
    return ""


def incomplete(checks: Sequence[object], here: int, way: int) -> Iterator[int]:
    """The rows that are not complete, counted from 0, from the one beside row `here` on; then from the other end.

    `here`: the cursor's row, counted from 1; any other number when it stands elsewhere. `way`: 1 down, -1 up.

    >>> checks = ["Missing: Outcome", "Complete", "Missing: Reviewer"]
    >>> list(incomplete(checks, 1, 1)), list(incomplete(checks, 1, -1)), list(incomplete(checks, 0, -1))
    ([2, 0], [2, 0], [2, 0])
    """
    from xl_dipsample.domain.review.review_rules import COMPLETE, LEFT, NO_ID

    many, done = len(checks), (COMPLETE, LEFT, NO_ID, "", None)
    if not 1 <= here <= many:
        here = 0 if way > 0 else many + 1
    places = ((here - 1 + way * step) % many for step in range(1, many + 1))
    return (at for at in places if checks[at] not in done)


def first_missing(check: object) -> str:
    """The heading of the first cell to fill in.

    >>> first_missing("Missing: Outcome, Reviewer")
    'Outcome'
    """
    from xl_dipsample.domain.review.review_rules import MISSING

    text = str(check)
    return text.removeprefix(MISSING).split(", ")[0] if text.startswith(MISSING) else ""


def _column(body: Any, at: int) -> list[object]:
    found = body.columns[at].value
    return list(found) if isinstance(found, list) else [found]
