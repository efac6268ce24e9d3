"""What of a long list is searched for in texts: names, other names, parents, workers, schools, streets and numbers.

Which columns of an export hold them, their headings say: workbook_template/reference/listed_columns.csv. A column that
is not sure to hold no name is taken; single cells that cannot be one ("Yes", a team) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from xl_dipsample.domain.long_list.heading_words import spelt
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.privacy.key.key_book import CHILD

ALIAS, PARENT, RELATIVE, WORKER, SCHOOL, PLACE, NUMBER = (
    "alias", "parent", "relative", "worker", "school", "place", "number",
)  # fmt: skip
_LONGEST = {SCHOOL: 80, PLACE: 120, NUMBER: 40}
_NO_PERSON = re.compile(
    r"\d|\b(?:yes|no|y|n|unknown|other|none|true|false|team|duty|service|mash|hub|agency|police|school|not|na|male"
    r"|female|mother|father|both|parents?|self|carer)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:[;|\n]|\s/\s|\s&\s)\s*")
_NUMBERS = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9\s\-/.]{3,}[A-Za-z0-9]")


def role_of(heading: str) -> str | None:
    """What the cells of a column of the export are, by its heading; None for what is no name and no number.

    >>> [role_of(one) for one in ("Mother", "Forename(s)", "Allocated social worker", "UPN", "School", "Street")]
    ['parent', 'child', 'worker', 'number', 'school', 'place']
    >>> [role_of(one) for one in ("Type of school", "Mother's date of birth", "Team", "Outcome")]
    [None, None, None, None]
    """
    words = tuple(spelt(heading))
    return next((role for role, needs, bars in _rules() if _said(needs, words) and not _said(bars, words)), None)


def roles_in(headings: Collection[str]) -> dict[str, str]:
    """Heading -> role, of those headings that have one."""
    return {heading: role for heading in headings if (role := role_of(str(heading))) is not None}


def entries(long_list: pd.DataFrame, source_columns: Sequence[str]) -> pd.DataFrame:
    """Name, Case ID and Role of everything that is searched for: each once.

    `long_list`: our own columns Name and Case ID, and `source_columns` as the export has them.
    """
    cases = [trimmed(cell) or None for cell in long_list["Case ID"]]
    rows = [(name, case, CHILD) for name, case in zip(long_list["Name"], cases, strict=True) if name or case]
    columns = roles_in([one for one in source_columns if one in long_list.columns])
    known = [_words(name) for name in long_list["Name"]]
    children = [heading for heading, role in columns.items() if role == CHILD]
    for at, parts in enumerate(zip(*(long_list[heading] for heading in children), strict=True) if children else ()):
        name = " ".join(trimmed(part) for part in parts if _is_person(trimmed(part)))
        if name and not _words(name) <= known[at]:
            rows.append((name, cases[at], CHILD))
    for heading, role in columns.items():
        if role != CHILD:
            for cell, case in zip(long_list[heading], cases, strict=True):
                rows += [(text, case, role) for text in _texts(cell, role) if text != case]
    return pd.DataFrame(list(dict.fromkeys(rows)), columns=["Name", "Case ID", "Role"], dtype=object)


def _texts(cell: Any, role: str) -> Iterator[str]:
    text = trimmed(cell)
    if not text or is_nothing(text) or len(text) > _LONGEST.get(role, 60):
        return
    if role == NUMBER:
        number = text.removesuffix(".0")
        if _NUMBERS.fullmatch(number):
            yield number
    elif role in (SCHOOL, PLACE):
        yield text
    else:
        yield from (part for part in _SEVERAL.split(text) if _is_person(part))


def _is_person(text: str) -> bool:
    """Whether a cell can be somebody's name.

    >>> [_is_person(text) for text in ("Synthetic Name", "Yes", "MASH team", "12", "Maria O'Example-Name")]
    [True, False, False, False, True]
    """
    return bool(text) and not is_nothing(text) and len(text.split()) <= 6 and _NO_PERSON.search(text) is None


def _words(name: object) -> set[str]:
    return set(trimmed(name).casefold().replace(",", " ").split())


def _said(wanted: Collection[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(one)] == one for one in wanted for at in range(len(words)))


@cache
def _rules() -> tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]], ...]:
    def phrases(cell: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(one.split()) for one in reference.parts(cell))

    rows: Sequence[Mapping[str, str]] = reference.table("listed_columns")
    return tuple((row["role"], phrases(row["words"]), phrases(row["but_not"])) for row in rows)
