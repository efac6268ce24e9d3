"""Rows of Review against the unique IDs that Pseudonymise gave: deleted, copied, or with another ID.

What is kept for it is unique IDs and nothing else: the review workbook is shared, and a mark of words would confirm a
name to whoever guesses it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.plural import plural

_AN_ID = re.compile(r"DS-[0-9A-Z]{3}-[0-9A-Z]{4}")
_SHOWN = 10
_FAR = 3  # so many characters may differ between an ID and the one that was meant


@dataclass(frozen=True)
class Seen:
    """What is wrong with the rows of Review.

    `missing`: unique IDs that were given and are not there; `doubled`: IDs that stand in several rows; `doubled_rows`:
    the positions of these rows, from 0; `strange`: positions of rows with an ID that was never given.
    """

    missing: list[str]
    doubled: list[str]
    doubled_rows: list[int]
    strange: list[int]

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.missing or self.doubled or self.strange)


def compare(there: Sequence[object], given: Sequence[object]) -> Seen:
    """What the column Unique ID of Review says of the rows that were given; of none given, only what stands twice.

    >>> compare(["DS-2", "DS-2", "DS-x", None], ["DS-1", "DS-2"])
    Seen(missing=['DS-1'], doubled=['DS-2'], doubled_rows=[0, 1], strange=[2])
    """
    texts, known = [excel_text(one) for one in there], dict.fromkeys(filter(None, map(excel_text, given)))
    counted = Counter(filter(None, texts))
    doubled = [one for one, number in counted.items() if number > 1]
    return Seen(
        missing=[one for one in known if one not in counted],
        doubled=doubled,
        doubled_rows=[at for at, one in enumerate(texts) if counted[one] > 1],
        strange=[at for at, one in enumerate(texts) if known and one and one not in known],
    )


def sentences(
    seen: Seen, there: Sequence[object], first_row: int, *, of: str = "Review", unnamed: Sequence[int] = ()
) -> list[str]:
    """What is wrong, one sentence for each kind, with the Excel rows.

    `there`: the column Unique ID; `of`: what the table is called; `unnamed`: positions of filled rows without an ID.

    >>> found = compare(["DS-7GK-4MX3", "DS-7GK-4MX3"], ["DS-7GK-4MX3"])
    >>> sentences(found, ["DS-7GK-4MX3", "DS-7GK-4MX3"], 6)
    ['On Review, DS-7GK-4MX3 stands twice (Excel rows 6, 7): delete the copy.']
    """
    texts = [excel_text(one) for one in there]
    made = []
    if seen.doubled:
        told = [_doubled(one, [at for at, text in enumerate(texts) if text == one], first_row) for one in seen.doubled]
        copies = "the copy" if len(seen.doubled_rows) == 2 else "the copies"
        made.append(f"On {of}, {_listed(told)}: delete {copies}.")
    near = {at: nearest(texts[at], seen.missing) for at in seen.strange}
    if seen.strange:
        has = "has a unique ID" if len(near) == 1 else "have unique IDs"
        told = [_strange(first_row + at, texts[at], meant) for at, meant in near.items()]
        made.append(f"On {of}, {_listed(told)} {has} that Pseudonymise never gave: put the right one there.")
    missing = [_shown(one) for one in seen.missing if one not in near.values()]
    if missing:
        what = plural(len(missing), "row that Pseudonymise gave is", "rows that Pseudonymise gave are")
        rows = f"; without a unique ID: Excel row {_listed([first_row + at for at in unnamed])}" if unnamed else ""
        it = "it" if len(missing) == 1 else "them"
        made.append(
            f"On {of}, {what} missing ({_listed(missing)}{rows}): put {it} back, with Undo or Pseudonymise; if one is "
            "not to count, type its unique ID in a row of its own, In sample? No, the reason and your initials as "
            "Reviewer."
        )
    return made


def _doubled(text: str, positions: Sequence[int], first_row: int) -> str:
    often = "twice" if len(positions) == 2 else f"{len(positions)} times"
    return f"{_shown(text)} stands {often} ({standing.excel_rows(positions, first_row)})"


def _strange(row: int, text: str, meant: str) -> str:
    said = [text] if _AN_ID.fullmatch(text) else []
    said += [f"perhaps {meant}, which is missing"] if meant else []
    return f"Excel row {row} ({'; '.join(said)})" if said else f"Excel row {row}"


def nearest(text: str, missing: Sequence[str]) -> str:
    """The missing unique ID that a wrong one may have been meant for; '' when none is near.

    >>> nearest("DS-7GK-4MX", ["DS-7GK-4MX3", "DS-222-2222"]), nearest("Synthetic", ["DS-7GK-4MX3"])
    ('DS-7GK-4MX3', '')
    """
    near = sorted((distance(text.upper(), one), one) for one in missing)
    return near[0][1] if near and near[0][0] <= _FAR else ""


def distance(one: str, two: str) -> int:
    """How many characters have to be put in, taken out, changed or swapped with their neighbour.

    >>> distance("DS-7GK", "DS-7KG"), distance("DS-7", "DS-77")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def _shown(text: str) -> str:
    """A unique ID; what is none may be a name that somebody typed there, and is not shown."""
    return text if _AN_ID.fullmatch(text) else "a unique ID"


def _listed(what: Sequence[object]) -> str:
    return ", ".join(map(str, what[:_SHOWN])) + (" and more" if len(what) > _SHOWN else "")
