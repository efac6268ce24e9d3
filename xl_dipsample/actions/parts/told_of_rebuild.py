"""What Pseudonymise says of the review workbook that it builds anew: rows that were others, words that stay behind."""

from __future__ import annotations

from collections.abc import Collection

from xl_dipsample.actions.review_workbook import Earlier
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result


def say(earlier: Earlier, unique_ids: Collection[object], result: Result) -> None:
    """Say what was put back, and what is only in the old file; `unique_ids`: those of the new Review."""
    missing = [one for one in earlier.rows.missing if one in unique_ids]
    if missing:
        result.figures["rows_put_back"] = len(missing)
        result.say(
            "warning",
            "rows-put-back",
            f"{plural(len(missing), 'row was', 'rows were')} missing in Review and "
            f"{'is' if len(missing) == 1 else 'are'} "
            "there again, without what was typed in them. If one is not to count, choose No under In sample?, with a "
            "reason.",
            sheet="Review",
        )
    if earlier.rows.doubled or earlier.rows.strange:
        faults = bool(earlier.rows.doubled) + bool(earlier.rows.strange)  # what is missing is told above
        for said in earlier.said_of_rows[:faults]:
            result.say("warning", "review-rows", f"Before: {said}", sheet="Review")
        result.say(
            "warning",
            "review-rows-mended",
            "Every unique ID stands once in the new Review. What was typed in a row that was there twice, or under "
            "another unique ID, is on Set aside where it has no place.",
            sheet="Set aside",
        )
    for one in earlier.below:
        result.say(
            "warning",
            "below-not-carried",
            f"On {one.place} of the earlier review workbook: words below the table did not come along; they are only "
            "in the old file.",
            sheet=one.sheet,
        )
    if not len(earlier.tables.get("GivenRows", ())):
        result.say(
            "note",
            "given-rows-remembered",
            "From now on the review workbook remembers which unique IDs it was given, and says when a row is gone.",
        )
