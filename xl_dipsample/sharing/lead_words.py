"""What the lead typed and Pseudonymise carries into the share: Focus, Criteria, categories, questions, the file's name.

docs/design.md, section 10: the review workbook is scanned before it is put in place. A child's full name, case ID,
date of birth or number in these cells is refused; an e-mail address, a phone number, a postcode or a single name is
shown to decide; what is worth a look, and links, are named. What reviewers copied from files is
looked through by Check text for names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.names import Searcher, text_check
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

MOST_PLACES = 5
_LEADS_OUT = re.compile(
    r"""^\s*[=@]\s*[\w'\[(+-]          # a formula
    | \b(?:https?|ftp|file|mailto):      # a link
    | \bwww\.\w
    | (?<!\w)\\\\[\w.-]+\\            # a share
    | \b[a-z]:\\                        # a drive
    | \[[^\]]+\.xl\w+\]               # another workbook
    """,
    re.IGNORECASE | re.VERBOSE,
)
TYPED = ("Focus", "Criteria", "Categories", "Questions", "Pairs", "MyLists", "Terms", "Actions")
WITH_VALUES = (*TYPED, "Labels")  # what the lead types and Review's words come from
REFUSED = frozenset({"name", "case-id", "date-of-birth", "nhs-number", "ni-number"})
_NOWHERE: Mapping[tuple[str, int], str] = MappingProxyType({})
STAFF = frozenset({"Focus, Lead", "Focus, Reviewers", "Focus, Initials"})  # somebody may be called as a child is


def refuse_identifiers(
    tables: Mapping[str, pd.DataFrame],
    searcher: Searcher,
    accepted: text_check.Accepted,
    review: Path,
    elsewhere: Mapping[tuple[str, int], str] = _NOWHERE,
) -> None:
    """Raise PrivacyProblem when what the lead typed, or the review workbook's name, has an identifier of the key.

    `tables`: those of the new review workbook by name; `accepted`: what people decided to keep, as the key has it. The
    sentence says where, never what; `elsewhere`: what a table's Excel row is called that is not the lead's as yet.
    """
    if any(hit.rule in REFUSED for hit in searcher.find([review.stem])):
        raise PrivacyProblem(
            "name-in-file-name",
            "The name of the review workbook has the name, case ID or date of birth of a young person in it: choose "
            "another name.",
        )
    places = []
    for name in (one for one in TYPED if one in tables):
        typed = typed_texts({name: tables[name]})
        found = text_check.strong_open(typed, searcher, accepted)
        rows = [place.row for place in found if place.rule in REFUSED]
        places += [elsewhere.get((name, row)) or in_working(name, row) for row in rows]
    if places:
        named = "; ".join(dict.fromkeys(places[:5]))
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        raise PrivacyProblem(
            "name-in-settings",
            f"What is typed on {named}{more} has the name, case ID, date of birth or a number of a young person in it, "
            "and would be shared: take it out there, and press Pseudonymise again.",
        )


def in_working(table: str, row: int) -> str:
    """Where the lead finds it: the sheet of the working workbook, and the Excel row that `typed_texts` gave."""
    return f"{spec.table('working', table).sheet}, Excel row {row}"


def typed_texts(tables: Mapping[str, pd.DataFrame]) -> list[text_check.Text]:
    """What the lead typed that goes into the share, but for the names of the staff themselves."""
    wanted = {name: _as_in_working(name, tables[name]) for name in TYPED if name in tables}
    return [text for text in texts_of(wanted) if text.scope not in STAFF]


def _as_in_working(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the place where its rows stand in the working workbook, not where they will stand in the share."""
    usual = spec.table("working", name)
    where = standing.corner(frame, standing.Corner(usual.sheet, usual.first_row))
    return standing.noted(frame.copy(deep=False), where)


def say_worth_a_look(found: Sequence[text_check.Finding], result: Result) -> None:
    """Name the places of what is only worth a look: it goes along."""
    places = dict.fromkeys(in_working(spot.text.table, spot.text.row) for one in found for spot in one.spots)
    if places:
        result.say("warning", "typed-worth-a-look", f"Worth a look, since it goes along: {_listed(places)} may have a "
                   "name of somebody.")  # fmt: skip


def say_links(texts: Sequence[text_check.Text], result: Result) -> None:
    """Name the cells with a formula, a link or a reference to another file in them: they lead out of the share."""
    places = dict.fromkeys(in_working(one.table, one.row) for one in texts if _LEADS_OUT.search(one.text))
    if places:
        result.say(
            "warning",
            "typed-link",
            f"A formula, a link or the place of another file is typed on {_listed(places)}, and goes along as plain "
            "text: take it out if others may not see it.",
        )


def say_formulas(host: Host, result: Result) -> None:
    """Name the cells of what the lead typed in which a formula stands: what it showed goes along."""
    there = host.tables()
    places = dict.fromkeys(
        in_working(name, row) for name in WITH_VALUES if name in there for row, _ in host.typed_formulas(name)
    )
    if places:
        result.say(
            "warning",
            "typed-formula",
            f"A formula stands on {_listed(places)}. The formula stays here, and what it showed goes along as plain "
            "text: see that this is what others may see, or type it instead.",
        )


def _listed(places: Iterable[str]) -> str:
    every = list(places)
    more = f" and {len(every) - MOST_PLACES} more" if len(every) > MOST_PLACES else ""
    return "; ".join(every[:MOST_PLACES]) + more
