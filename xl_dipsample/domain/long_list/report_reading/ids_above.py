"""A report that is grouped by child: its ID stands once, in a row of its own above the rows of its contacts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_reading.report_columns import Row, filled, is_date
from xl_dipsample.domain.long_list.report_reading.report_columns import shape as shape_of
from xl_dipsample.domain.long_list.report_reading.report_shape import ReportShape
from xl_dipsample.domain.shared.cell import trimmed

_FEWEST = 2  # groups
_MOST = 0.8
_KINDS = ("group heading", "note", "page title")
_ID = re.compile(r"(?<![\w/.-])(?=\S*\d{4})[A-Za-z]{0,8}[-/]?\d[\d-]*(?![\w/])")
_A_YEAR = re.compile(r"(?:19|20)\d\d")


def ids_above(rows: Sequence[Row], shape: ReportShape, match: Match) -> tuple[int, ...]:
    """Positions of the rows above groups of cases that hold an ID each; none where the cases have a column of IDs.

    >>> from xl_dipsample.domain.long_list.headings import match
    >>> from xl_dipsample.domain.long_list.report_reading.report_shape import read_shape
    >>> rows = [["Page, Ann (47110)"], ["01/02/2024", "NFA"], ["Wu, Bo (47111)"], ["13/02/2024", "NFA"]]
    >>> found = match(["Referral Date", "Outcome"], {}, {})
    >>> ids_above(rows, read_shape(rows, ["Referral Date", "Outcome"], found), found)
    (0, 2)
    """
    if match.column("case_id") is not None or "case_id" in match.unsure:
        return ()
    kept = set(shape.kept)
    above = [at for at, kind in shape.left.items() if kind in _KINDS and at + 1 in kept]
    held = {at: found for at in above if (found := _id_in(rows[at])) is not None}
    if len(held) < _FEWEST or len(held) < _MOST * len(above):
        return ()
    shapes = Counter(map(shape_of, held.values()))
    alike = shapes.most_common(1)[0][1] >= _MOST * len(held)
    return tuple(held) if alike and len(set(held.values())) >= _MOST * len(held) else ()


def _id_in(row: Row) -> str | None:
    """The only text of a row that may be an ID."""
    told = " ".join(trimmed(row[at]) for at in filled(row) if not is_date(row[at]))
    found = [one for one in _ID.findall(told) if not _A_YEAR.fullmatch(one) and not is_date(one)]
    return found[0] if len(found) == 1 else None
