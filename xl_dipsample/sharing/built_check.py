"""The new review workbook, looked through by the independent scanner before Pseudonymise puts it in place.

docs/design.md, section 10: build, scan, put in place. What this program put there comes from closed lists of words, so
an identifier in it means that something went wrong: refused, with the place. What people typed earlier came along as
it was and may hold names; they decide about it with Check text for names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy import scanner
from xl_dipsample.privacy.names import RULES, Searcher
from xl_dipsample.privacy.names.birth_dates import serials
from xl_dipsample.sharing import own_cells
from xl_dipsample.sharing.lead_words import REFUSED
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.specs import spec

# Tables that this program fills for every case; in what it derives from people's texts, those texts may stand.
FILLED = ("Review", "Harms", "Funnel", "YoungPeople", "FunnelCategories", "FunnelGroups", "Exclusions")
MOST_NAMED = 3


def refuse_identifiers(
    data: bytes,
    tables: Mapping[str, pd.DataFrame],
    earlier: Mapping[str, pd.DataFrame],
    searcher: Searcher,
    review: Path,
) -> None:
    """Raise PrivacyProblem when the scanner finds something in the bytes of a review workbook that people did not type.

    `tables`: what it was built from; `earlier`: the tables of the one that it replaces. The sentence says where.
    """
    allowed = scanner.Allowed.of(release_copy.template())
    doubted = own_cells.mixed_up(tables, searcher.births)
    ours = own_cells.made(tables, searcher.births, doubted=doubted)
    known = scanner.Allowed(allowed.known | frozenset(typed(tables, earlier)), made=ours)
    found = [one for one in scanner.scan(data, searcher, known) if _is_ours(one)]
    if found:
        places = "; ".join(f"{one.part}, {one.place}" if one.place else one.part for one in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        raise PrivacyProblem(
            "review-not-safe",
            f"Nothing was written: {review.name} would say who a child is ({places}{more}; the first by the rule "
            f"{found[0].rule}). See what Long list has for it, such as a date of birth in another column, correct the "
            "export and import it again.",
        )


def refuse_own_birth(review: pd.DataFrame, births: Mapping[str, dt.date], rows: Mapping[str, tuple[int, int]]) -> None:
    """Raise PrivacyProblem when a row would show the child's own date of birth as its contact date.

    `births`: unique ID -> date of birth; `rows`: unique ID -> Record and Excel row of Long list.
    """
    same = [
        rows[unique_id]
        for unique_id, day in zip(review["Unique ID"], review["Contact date"], strict=True)
        if isinstance(day, dt.date) and births.get(unique_id) == day
    ]
    if same:
        said = "; ".join(f"record {record} (Excel row {row})" for record, row in sorted(same)[:MOST_NAMED])
        more = f" and {len(same) - MOST_NAMED} more" if len(same) > MOST_NAMED else ""
        raise PrivacyProblem(
            "birth-as-contact",
            f"Nothing was written: on Long list, {said}{more} has one day as date of birth and as contact date, and "
            "Review would show it. Correct the export and import it again, or choose Month for Contact date in Review "
            "on Criteria, and press Pseudonymise again.",
        )


def _is_ours(one: scanner.Finding) -> bool:
    """Whether a finding is this program's doing: an identifier anywhere, a single name in a table that it fills."""
    sheets = {f"sheet {spec.table('review', name).sheet}" for name in FILLED}
    if one.rule in REFUSED:
        return True
    return one.rule in RULES and one.part in sheets and not one.place.endswith("formula")


def typed(tables: Mapping[str, pd.DataFrame], earlier: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Every cell that people typed, or that was made from what they typed, as the scanner reads it."""
    ours = {column.heading for column in spec.table("review", "Review").columns if column.by != "people"}
    for name, frame in (*earlier.items(), *tables.items()):
        whole = name not in FILLED or tables.get(name) is not frame
        for heading in frame.columns:
            if whole or (name == "Review" and heading not in ours):
                yield str(heading)
                for cell in frame[heading].tolist():
                    yield from _as_read(cell)


def _as_read(cell: object) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
        yield from (part.strip() for part in cell.replace(";", "\n").splitlines())
    elif isinstance(cell, dt.date):
        yield from map(str, serials([cell.date() if isinstance(cell, dt.datetime) else cell]))
    elif isinstance(cell, (int, float)):
        yield repr(cell)
        yield str(cell).removesuffix(".0")


def say_what_came_along(earlier: Mapping[str, pd.DataFrame], searcher: Searcher, result: Result) -> None:
    """A note when texts that people typed came along with what may say who a child is."""
    texts = {cell for name in ("Review", "SetAside") if name in earlier for cell in earlier[name].to_numpy().ravel()
             if isinstance(cell, str)}  # fmt: skip
    if any(searcher.find_in_parts(text) for text in sorted(texts)):
        result.say(
            "note",
            "names-in-texts",
            "Texts that people typed came along, and some may say who a child is: press Check text for names before "
            "anything is shared.",
            sheet="Review",
        )
