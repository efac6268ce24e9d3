"""Is a table a list of children? Its headings are those that import would place as case ID with name or date of birth.

`may_be` is quick and looks at single cells; `is_one` reads the table as import does, and asks its cells as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache, lru_cache

from xl_dipsample.domain.long_list.column_evidence import supports
from xl_dipsample.domain.long_list.heading_fields import LONGEST, candidates
from xl_dipsample.domain.long_list.heading_words import heading_key, spelt
from xl_dipsample.domain.long_list.headings import match
from xl_dipsample.domain.long_list.report_reading.heading_rows import heading_rows
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import trimmed

CASE = ("case_id",)
CHILD = ("name", "forename", "surname", "date_of_birth")
_DIGITS = re.compile(r"\d\d|^\W*\d")
_NO_LETTERS = bytes(one for one in range(256) if not chr(one).isascii() or not chr(one).isalpha())
_LOWER = bytes(range(256)).lower()
_FIRST = re.compile(r"[a-zA-Z0-9]{2,}")

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


def may_hold(raw: bytes) -> bool:
    """Whether bytes of text, in whatever file, may have such headings: most files have not, and are done with here.

    >>> may_hold(b"<t>Child ID</t><t>D.O.B.</t>"), may_hold(b"<t>Team</t><t>Number</t>")
    (True, False)
    """
    squeezed = raw.translate(_LOWER, _NO_LETTERS)
    return any(word in squeezed for word in _child_words())


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
def _is_covered(word: str) -> bool:
    """Whether a word may be made of words that headings use: most words of texts are not, and are done with here."""
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(start in reached and word[start:end] in _vocabulary() for start in range(max(0, end - 16), end)):
            reached.add(end)
    return len(word) in reached


@cache
def _child_words() -> tuple[bytes, ...]:
    """What a heading of a name or a date of birth has in it, whatever stands around it: the shortest ones."""
    entries = [entry for row in reference.table("heading_words") if row["class"] in (*CHILD, "birth")
               for entry in reference.parts(row["words"])]  # fmt: skip
    entries += [entry for row in reference.table("headings") if row["field"] in CHILD
                for entry in reference.parts(row["synonyms"])]  # fmt: skip
    shortest: list[str] = []
    for word in sorted({"".join(spelt(entry)) for entry in entries}, key=len):
        if not any(one in word for one in shortest):
            shortest.append(word)
    return tuple(word.encode() for word in shortest)


@cache
def _vocabulary() -> frozenset[str]:
    words = {"of", "the", "a", "an", "in", "for", "and", "this", "to", "s", "their", "was"}
    for name, column in (("heading_words", "words"), ("headings", "synonyms")):
        for row in reference.table(name):
            for entry in reference.parts(row[column]):
                words.update(spelt(entry))
                words.add("".join(spelt(entry)))
    return frozenset(words | {f"{word}s" for word in words})
