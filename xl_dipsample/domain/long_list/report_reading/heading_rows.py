"""The one or two rows of headings of a report, as one heading for every column.

Where a second row of headings stands above (groups, merged over their columns), the lower row's own words count; the
upper row's where the lower one is empty. Both count where two columns of the lower one are called the same, where the
lower one alone does not say for sure what the two say together ("Referral" above "Date"), and where the group is about
somebody else ("Mother" above "DOB").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from xl_dipsample.domain.long_list.heading_fields import LONGEST, candidates
from xl_dipsample.domain.long_list.headings import header_row, heading_key, is_known
from xl_dipsample.domain.long_list.report_reading.report_columns import Row, filled, is_date, key
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import folded, trimmed

_LONGEST = 60  # characters: what is longer is a title
_MOST_OF_THEM = 0.6
_LOOKED_BELOW = 30  # rows
_OF_A_PERSON = frozenset(
    {"case_id", "name", "forename", "surname", "date_of_birth", "birth_month", "age", "gender", "ethnicity"}
)
_OTHER_PEOPLE = ("worker", "parent", "relative")


@dataclass(frozen=True)
class HeadingRows:
    """`first` and `last` are positions of rows; `headings` has one cell for every column, as written."""

    first: int
    last: int
    headings: tuple[object, ...]


def heading_rows(rows: Sequence[Row], also_known: Iterable[str] = ()) -> HeadingRows | None:
    """Where the headings stand and what they are; None when no row has a known heading.

    >>> found = heading_rows([["Case ID", "Child", ""], ["", "DOB", "Gender"], [1, "2/3/2010", "F"]])
    >>> found.first, found.last, found.headings
    (0, 1, ('Case ID', 'DOB', 'Gender'))
    """
    also_known = tuple(also_known)
    at = header_row(rows, also_known)
    if at is None:
        return None
    at = _first_like(rows, at)
    alone = tuple(rows[at])
    if at + 1 < len(rows) and _may_be_lower(rows, at + 1):
        merged = _merged(rows[at], rows[at + 1], rows[at + 2 : at + 2 + _LOOKED_BELOW])
        if _known(merged, also_known) > _known(alone, also_known):
            return HeadingRows(at, at + 1, merged)
    if at and _may_be_upper(rows[at - 1], rows[at]):
        return HeadingRows(at - 1, at, _merged(rows[at - 1], rows[at], rows[at + 1 : at + 1 + _LOOKED_BELOW]))
    return HeadingRows(at, at, alone)


def _first_like(rows: Sequence[Row], at: int) -> int:
    """The first row with most of these headings: a page break may repeat them with one more."""
    words = {key(cell) for cell in rows[at]} - {""}
    wanted = max(2, _MOST_OF_THEM * len(words))
    for before in range(at):
        if len(words & {key(cell) for cell in rows[before]}) >= wanted:
            return before
    return at


def _known(headings: Sequence[object], also_known: Sequence[str]) -> int:
    also = set(map(heading_key, also_known))
    return len({heading_key(one) for one in headings if trimmed(one) and (is_known(one) or heading_key(one) in also)})


def _may_be_upper(upper: Row, lower: Row) -> bool:
    """Whether a row above may be groups of headings: short words, fewer than there are headings, each above one.

    A title in one cell looks like that, too, and changes nothing: the lower row's words count.
    """
    places = filled(upper)
    words = all(isinstance(upper[at], str) and not is_date(upper[at]) for at in places)
    short = all(len(trimmed(upper[at])) <= _LONGEST and not trimmed(upper[at]).endswith(":") for at in places)
    return bool(places) and words and short and len(places) <= len(filled(lower))


def _may_be_lower(rows: Sequence[Row], at: int) -> bool:
    """Whether a row below may be the lower one of two: words alone, none of which stands below it again."""
    places = filled(rows[at])
    if not places or not all(isinstance(rows[at][one], str) and not is_date(rows[at][one]) for one in places):
        return False
    below = rows[at + 1 : at + 1 + _LOOKED_BELOW]
    return any(filled(row) and key(rows[at][places[0]]) not in {key(cell) for cell in row} for row in below)


def _merged(upper: Row, lower: Row, below: Sequence[Row]) -> tuple[object, ...]:
    width = max(len(upper), len(lower))
    above, own = ([*row, *[None] * (width - len(row))] for row in (upper, lower))
    several = len(filled(upper)) > 1
    twice = {word for word, number in Counter(key(cell) for cell in own).items() if word and number > 1}
    used = {at for row in below for at in filled(row)}
    group, merged = "", []
    for at in range(width):
        group = folded(trimmed(above[at])) or group
        if not trimmed(own[at]):
            takes = trimmed(above[at]) and at in used and (several or is_known(above[at]))
            merged.append(above[at] if takes else own[at])
        elif several and group and (key(own[at]) in twice or _says_more(group, trimmed(own[at]))):
            merged.append(f"{group} {folded(trimmed(own[at]))}")
        else:
            merged.append(own[at])
    return tuple(merged)


def _says_more(group: str, own: str) -> bool:
    """Whether a heading means something else, or means it for sure, with its group before it.

    >>> _says_more("Referral", "Date"), _says_more("Mother", "DOB"), _says_more("Assessment", "Team")
    (True, True, False)
    """
    if len(group) + len(own) >= LONGEST:
        return False
    alone, both = candidates(own), candidates(f"{group} {own}")
    if any(one.sure == "yes" for one in alone.values()):
        return not _OF_A_PERSON.isdisjoint(alone) and _people().search(group.casefold()) is not None
    return any(one.sure == "yes" for one in both.values())


@cache
def _people() -> re.Pattern[str]:
    """The words of listed_columns.csv for people who are not the young person."""
    words = [
        word
        for row in reference.table("listed_columns")
        if row["role"] in _OTHER_PEOPLE
        for word in reference.parts(row["words"])
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
