"""Several columns of types of harm on one report: "Factor 1" to "Factor 3", "Factors" and "Factors (cont.)".

A column goes on with the types of harm when its heading is one of theirs but for words such as "Secondary" or
"Other" (reference/factor_headings.csv, kind more) or is blank behind one of theirs, as below a merged heading, and
when its cells say types of harm that are known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import islice

from xl_dipsample.domain.long_list.factor_columns import factor_label, may_be_factor, says_yes_no
from xl_dipsample.domain.long_list.harm_categories import read_harm
from xl_dipsample.domain.long_list.heading_fields import candidates
from xl_dipsample.domain.long_list.heading_words import spelt
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import is_nothing, trimmed

_MOSTLY, _SOME = 0.5, 0.3
_SEVERAL = re.compile(r"[;|\r\n]")  # between the labels of one cell
_LOOKED_AT = 400  # filled cells

Rows = Sequence[Sequence[object]]


def further_columns(
    headings: Sequence[str], rows: Rows, first: Iterable[int], away: Collection[int], alike: Collection[int] = ()
) -> list[int]:
    """The columns that go on with the types of harm of the columns `first`; `away` are something else.

    `alike`: columns of one heading, each of which may be the types of harm.

    >>> rows = [["1", "CSE", None], ["2", "Gangs", "Missing"]]
    >>> further_columns(["Case ID", "Factor 1", "Factor 2"], rows, [], {0})
    [1, 2]
    """
    known = set(first)
    found = sorted(known)
    open_columns = [at for at, heading in enumerate(headings) if at not in away and at not in found]
    for at in open_columns:
        if (at in alike or _goes_on(headings[at])) and _share_known(rows, at) >= _SOME:
            found.append(at)
    for at in open_columns:
        if not trimmed(headings[at]) and at - 1 in found and _share_known(rows, at) >= _MOSTLY:
            found.append(at)
    return sorted(set(found) - known)


def are_labels(heading: str, rows: Rows, column: int) -> bool:
    """Whether a column that the lead called types of harm holds labels; else it is one type, which its heading says.

    >>> are_labels("CSE Risk Level", [["High"], ["None"]], 0), are_labels("Reason", [["CSE"], ["Other"]], 0)
    (False, True)
    """
    if says_yes_no(rows, column, factor_label(heading) or ""):
        return False
    if not _names_harm(heading) or _share_known(rows, column) >= _SOME:
        return True
    cells = [trimmed(row[column]) for row in rows if column < len(row) and not is_nothing(row[column])]
    return sum(_SEVERAL.search(cell) is not None for cell in cells) > _SOME * len(cells)


def perhaps_harm(headings: Sequence[str], rows: Rows, away: Collection[int]) -> list[int]:
    """On a report of which no column was taken for types of harm: those that sound like one, or whose cells are some.

    >>> perhaps_harm(["Ref", "What?", "Town"], [["1", "CSE/Gangs", "York"], ["2", "CCE", "Ryde"]], [])
    [1]
    """
    open_columns = [at for at in range(len(headings)) if at not in away]
    return [at for at in open_columns if _names_harm(headings[at]) or _share_known(rows, at) >= _MOSTLY]


def _names_harm(heading: str) -> bool:
    return bool(trimmed(heading)) and (factor_label(heading) is not None or may_be_factor(heading))


def _goes_on(heading: str) -> bool:
    """Whether a heading is one for types of harm, but for a word that says that there is more."""
    words = spelt(heading)
    plain = [word for word in words if word not in _more()]
    if not plain or (plain == words and not trimmed(heading)[-1:].isdigit()):
        return False
    one = candidates(" ".join(plain)).get("categories")
    return one is not None and one.sure != "no" and not one.events - {"assessment"}


@cache
def _more() -> frozenset[str]:
    rows = reference.table("factor_headings")
    return frozenset(word for row in rows if row["kind"] == "more" for word in reference.parts(row["words"]))


def _share_known(rows: Rows, column: int) -> float:
    """How many of the cells that say something say a type of harm that is known."""
    cells = (row[column] for row in rows if column < len(row) and not is_nothing(row[column]))
    reads = [read for read in (read_harm(cell, {}) for cell in islice(cells, _LOOKED_AT)) if not read.nothing]
    return sum(bool(read.categories or read.known) for read in reads) / len(reads) if reads else 0.0
