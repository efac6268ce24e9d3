"""Is a table a list of children? Its headings are those that import would place as case ID with name or date of birth.

`may_be` is quick and looks at single cells; `is_one` reads the table as import does, and asks its cells as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache, lru_cache
from html import unescape

from xl_dipsample.domain.long_list.column_evidence import supports
from xl_dipsample.domain.long_list.heading_fields import LONGEST, candidates
from xl_dipsample.domain.long_list.heading_words import heading_key, spelt
from xl_dipsample.domain.long_list.headings import SEARCHED_ROWS, header_row, match
from xl_dipsample.domain.long_list.report_reading.heading_rows import heading_rows
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import trimmed

CASE = ("case_id",)
CHILD = ("name", "forename", "surname", "date_of_birth")
_DIGITS = re.compile(r"\d\d|^\W*\d")
_FIRST = re.compile(r"[a-zA-Z0-9]{2,}")
_MOST_KNOWN = 200_000

Rows = Sequence[Sequence[object]]


def may_be(rows: Rows, told: Set[str] = frozenset()) -> bool:
    """Whether a row has a heading for a case ID, and some row one for a name or a date of birth.

    `told`: keys (`heading_key`) of headings that somebody has chosen for these fields.

    >>> may_be([["Child ID", "DOB"], [1, 2]]), may_be([["Child ID", "Stage"]]), may_be([["ID", "Name"]])
    (True, False, False)
    """
    return may_have((cell for row in rows for cell in row if type(cell) is str), told)


def may_have(texts: Iterable[str], told: Set[str] = frozenset()) -> bool:
    """The same of texts of which nobody knows yet where they stand."""
    cells = [text for text in texts if text and len(text) <= LONGEST]
    if told and any(heading_key(cell) in told for cell in cells):
        return True
    found: set[str] = set()
    for cell in cells:
        found |= _stands_for(cell)
    return len(found) > 1


def may_hold(texts: Set[bytes], told: Set[str] = frozenset()) -> bool:
    """The same of texts as they are written in a file, UTF-8, `&amp;` for an ampersand: thousands of them.

    >>> may_hold({b"Child ID", b"D.O.B."}), may_hold({b"Team", b"Child ID"})
    (True, False)
    """
    found: set[str] = set()
    known = _nothing_for(frozenset(told))
    nothing = []
    for raw in texts - known:
        if not told and not _may_be_heading(raw):
            nothing.append(raw)
            continue
        text = _plain(raw)
        if told and len(text) <= LONGEST and heading_key(text) in told:
            return True
        stands = _stands_for(text) if text and len(text) <= LONGEST else frozenset()
        found |= stands
        if not stands:
            nothing.append(raw)
    if len(known) > _MOST_KNOWN:
        known.clear()
    known.update(nothing)
    return len(found) > 1


def has_headings(texts: Iterable[bytes]) -> bool:
    """Whether one of these texts is surely a heading, of whatever: then import looks for no others further below.

    >>> has_headings({b"Team", b"Ethnicity", b"north"}), has_headings({b"Notes for readers", b"north"})
    (True, False)
    """
    return any(_may_be_heading(raw) and _is_heading(_plain(raw)) for raw in texts)


def may_begin_below(rows: Rows) -> bool:
    """Whether import finds no headings in the first rows, and would look for them further below."""
    return header_row(rows[:SEARCHED_ROWS]) is None


@lru_cache(maxsize=8)
def _nothing_for(_told: frozenset[str]) -> set[bytes]:
    """Texts that stand for nothing, as far as they were met: most are met again, in the next file."""
    return set()


def _may_be_heading(raw: bytes) -> bool:
    """Quick: no for most texts, and for every one that begins with a figure."""
    return not raw[:1].isdigit() and _may_begin(raw.partition(b" ")[0])


@lru_cache(maxsize=65_536)
def _may_begin(word: bytes) -> bool:
    """Whether a heading may begin with this, up to its first blank."""
    first = _FIRST.search(_plain(word))
    return first is None or _is_covered(first[0].lower())


def _plain(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    return unescape(text) if "&" in text else text


def is_one(rows: Rows, remembered: dict[str, str] | None = None) -> bool:
    """Whether import would place these rows' headings so. `remembered`: field -> heading that somebody has chosen.

    >>> is_one([["Child ID", "DOB"], ["5001", "15/06/2008"]]), is_one([["Child ID", "DOB"], ["see notes", "yes"]])
    (True, False)
    """
    remembered = remembered or {}
    found = heading_rows(rows, tuple(remembered.values()))
    if found is None:
        return False
    headings = [trimmed(heading) for heading in found.headings]
    below = rows[found.last + 1 :]
    placed = match(headings, remembered, {}, below)

    def has(fields: Iterable[str]) -> bool:
        return any(placed.column(field) is not None for field in fields) or any(
            _is_sure(headings[column], field) and supports(field, below, column) is not False
            for field in fields
            for column in placed.unsure.get(field, ())
        )

    return has(CASE) and has(CHILD)


def _is_sure(heading: str, field: str) -> bool:
    one = candidates(heading).get(field)
    return one is not None and one.sure == "yes"


@lru_cache(maxsize=65_536)
def _stands_for(cell: str) -> frozenset[str]:
    """What of the two, case and child, a heading stands for, surely."""
    first = _FIRST.search(cell)
    if (first and not _is_covered(first[0].lower())) or _DIGITS.search(cell) or not _is_covered("".join(spelt(cell))):
        return frozenset()
    sure = {field for field, one in candidates(cell).items() if one.sure == "yes"}
    return frozenset((["case"] if sure & set(CASE) else []) + (["child"] if sure & set(CHILD) else []))


@lru_cache(maxsize=65_536)
def _is_heading(cell: str) -> bool:
    if not cell or len(cell) > LONGEST or not _is_covered("".join(spelt(cell))):
        return False
    return any(one.sure == "yes" for one in candidates(cell).values())


@lru_cache(maxsize=65_536)
def _is_covered(word: str) -> bool:
    """Whether a word may be made of words that headings use: most words of texts are not, and are done with here."""
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(start in reached and word[start:end] in _vocabulary() for start in range(max(0, end - 16), end)):
            reached.add(end)
    return len(word) in reached


@cache
def _vocabulary() -> frozenset[str]:
    words = {"of", "the", "a", "an", "in", "for", "and", "this", "to", "s", "their", "was"}
    for name, column in (("heading_words", "words"), ("headings", "synonyms")):
        for row in reference.table(name):
            for entry in reference.parts(row[column]):
                words.update(spelt(entry))
                words.add("".join(spelt(entry)))
    return frozenset(words | {f"{word}s" for word in words})
