"""Words that the team added on My lists of the review workbook: Pseudonymise puts them on the lead's My lists.

That is before the long list is read, so that a word counts at once. When something refuses afterwards, nothing of it
stays: both workbooks are as they were.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.actions.review_workbook import Earlier
from xl_dipsample.domain.analysis import own_words
from xl_dipsample.domain.pseudonymise.words_from_review import ASIDE, Returned, returned
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

SHEET = "My lists"


def bring(host: Host, earlier: Earlier | None) -> Returned | None:
    """Put new words on My lists of the working workbook; what cannot come is to be set aside."""
    if earlier is None:
        return None
    mine = host.read_table(lead_lists.TABLE)
    found = returned(mine, earlier.tables)
    if found.rows:
        host.write_table(lead_lists.TABLE, found.mine)
    return found


def aside(found: Returned | None) -> dict[str, pd.DataFrame]:
    """The table WordsAside of the new review workbook; nothing where nothing waits."""
    return {ASIDE: found.aside} if found is not None and len(found.aside) else {}


def places(found: Returned | None) -> dict[tuple[str, int], str]:
    """What the rows of new words are called while they stand in the review workbook alone."""
    if found is None:
        return {}
    top = standing.first_row(found.mine, spec.table("working", lead_lists.TABLE).first_row)
    first = top + len(found.mine) - len(found.rows)
    return {
        (lead_lists.TABLE, first + at): f"{SHEET} of the review workbook, Excel row {row}"
        for at, row in enumerate(found.rows)
    }


def say(found: Returned | None, tables: Mapping[str, pd.DataFrame], lists: Lists, result: Result) -> None:
    """What came, what waits beside My lists of the new review workbook, and words of Review that are on no list."""
    if found is not None and found.rows:
        result.figures["words_added"] = len(found.rows)
        result.say(
            "note",
            "words-came",
            f"{plural(len(found.rows), 'word')} that the team added on My lists of the review workbook (there "
            f"{standing.excel_rows([row - found.rows[0] for row in found.rows], found.rows[0])}) stand last on your My "
            "lists now: look at side and codes.",
            sheet=SHEET,
        )
    if found is not None and len(found.aside):
        result.figures["words_aside"] = len(found.aside)
        rows = standing.excel_rows(range(len(found.aside)), spec.table("review", ASIDE).first_row)
        result.say(
            "warning",
            "words-aside",
            f"{plural(len(found.aside), 'word')} of the team could not go to your My lists: beside My lists of the "
            f"review workbook, {rows} say why. Make yours the same, or delete the row there.",
            sheet=SHEET,
        )
    if found is not None and found.back:
        result.say(
            "note",
            "words-back",
            f"{plural(found.back, 'word')} of your list had been taken out of My lists of the review workbook, and "
            "stand there again: words are taken out in the working workbook.",
            sheet=SHEET,
        )
    for sentence in own_words.told(tables["Review"], lists):
        result.say("warning", "own-words", sentence, sheet="Review")
