"""What the lead typed and Pseudonymise carries into the share: Focus, Criteria, categories, questions, the file's name.

docs/design.md, section 10: the review workbook is scanned before it is put in place. A child's full name, case ID,
date of birth or number in these cells is refused; single names are not, since the lead and the reviewers have some
too. What reviewers copied from files is looked through by Check text for names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy.names import Searcher, text_check
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.specs import spec

TYPED = ("Focus", "Criteria", "Categories", "Questions", "Terms", "Actions")
REFUSED = frozenset({"name", "case-id", "date-of-birth", "nhs-number", "ni-number"})
STAFF = frozenset({"Focus, Lead", "Focus, Reviewers", "Focus, Initials"})  # somebody may be called as a child is


def refuse_identifiers(
    tables: Mapping[str, pd.DataFrame], searcher: Searcher, accepted: text_check.Accepted, review: Path
) -> None:
    """Raise PrivacyProblem when what the lead typed, or the review workbook's name, has an identifier of the key.

    `tables`: those of the new review workbook by name; `accepted`: what people decided to keep, as the key has it. The
    sentence says where, never what.
    """
    if any(hit.rule in REFUSED for hit in searcher.find([review.stem])):
        raise PrivacyProblem(
            "name-in-file-name",
            "The name of the review workbook has the name, case ID or date of birth of a young person in it: choose "
            "another name.",
        )
    places = []
    for name in (one for one in TYPED if one in tables):
        usual = spec.table("working", name)
        where = standing.corner(tables[name], standing.Corner(usual.sheet, usual.first_row))
        frame = standing.noted(tables[name].copy(deep=False), where)
        typed = [text for text in texts_of({name: frame}) if text.scope not in STAFF]
        found = text_check.strong_open(typed, searcher, accepted)
        places += [f"{where.sheet}, Excel row {place.row}" for place in found if place.rule in REFUSED]
    if places:
        named = "; ".join(dict.fromkeys(places[:5]))
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        raise PrivacyProblem(
            "name-in-settings",
            f"What is typed on {named}{more} has the name, case ID, date of birth or a number of a young person in it, "
            "and would be shared: take it out there, and press Pseudonymise again.",
        )
