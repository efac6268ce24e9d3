"""From the rows of an export to the table LongList: our own columns first, then every column as written.

Our columns hold what could be read without guessing (dates as dates, case IDs as text) and otherwise what was
exported. Nothing is filtered here but the rows of a report that are no cases (docs/design.md, section 8):
`report_shape` says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from xl_dipsample.domain.long_list.added_reports.harm_of_contacts import HarmOfContacts, dated, harm_of_contacts, union
from xl_dipsample.domain.long_list.added_reports.join_rows import Partners
from xl_dipsample.domain.long_list.added_reports.joined_ids import JoinedIds, joined_ids
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.own_columns import OWN_COLUMNS, Objects, date_orders, objects, own_columns
from xl_dipsample.domain.long_list.report_reading.report_shape import ReportShape, read_shape
from xl_dipsample.domain.shared.cell import folded, trimmed
from xl_dipsample.domain.shared.columns_read import case_ids
from xl_dipsample.domain.shared.date_order import Order
from xl_dipsample.domain.shared.errors import ExportProblem

__all__ = ["OWN_COLUMNS", "Imported", "headings_table", "join_columns", "long_list", "unique_name"]

ASKED = "Choose: "  # how a question on Headings begins
_LONGEST_HEADING = 255  # of a table in Excel
ENDING = re.compile(r" \(export(?: \d+)?\)$")
_MANY_ALIKE = frozenset({str, date, datetime, type(None)})  # no two of them are equal but those that look alike
# What --join may fill in; the case ID is what it joins by.
_FILLED = OWN_COLUMNS[OWN_COLUMNS.index("Name") : OWN_COLUMNS.index("Check")]


@dataclass(frozen=True)
class Joined:
    """Who found no partner when a report was joined, and how the others found theirs.

    `alone`: records of the long list without a row in the report; `strangers`: rows of the report (the sheet's
    numbers) that belong to nobody on the long list; `columns`: how many columns came; `harm`: how types of harm were
    placed, None where the report has none.
    """

    ids: JoinedIds
    alone: tuple[int, ...]
    strangers: tuple[int, ...]
    rows: int
    columns: int
    harm: HarmOfContacts | None
    placeless: tuple[int, ...]


@dataclass(frozen=True)
class Imported:
    """What import took from an export.

    `frame`: the table LongList; `source_columns`: the names of its columns that hold the export as written;
    `shape`: which of the rows are cases; `headings`: the table Headings without Report and Sheet; `figures` and
    `joined`: what `join_columns` counted and found; `date_orders`: of the fields whose dates are not simply day first.
    """

    frame: pd.DataFrame
    source_columns: list[str]
    shape: ReportShape
    headings: pd.DataFrame
    figures: dict[str, int] = field(default_factory=dict)
    joined: Joined | None = None
    names: dict[int, str] = field(default_factory=dict)  # the export's column -> its name in the frame
    date_orders: Mapping[str, Order] = field(default_factory=dict)  # field -> how its dates are written

    @property
    def left_blank(self) -> int:
        """How many blank rows were left out."""
        return self.shape.count("blank")

    @property
    def left_out(self) -> int:
        """How many other rows were left out, being no cases."""
        return len(self.shape.left) - self.left_blank


def long_list(
    headings: Sequence[object],
    rows: Sequence[Sequence[object]],
    source_rows: Sequence[int],
    match: Match,
    shape: ReportShape | None = None,
) -> Imported:
    """The table LongList: our 14 columns, then every column of the export as written.

    `rows` are those below the headings, `source_rows` their numbers in the sheet, `match` what
    `headings.match` said, `shape` which of them are cases, where that is known. Cells are Python objects, None
    where blank. A heading that clashes with one of ours, or with an earlier one, gets " (export)" behind it.
    """
    return _import(headings, rows, source_rows, match, shape)


def _import(
    headings: Sequence[object],
    rows: Sequence[Sequence[object]],
    source_rows: Sequence[int],
    match: Match,
    shape: ReportShape | None,
) -> Imported:
    width = max(len(headings), max(map(len, rows), default=0))
    shape = shape or read_shape(rows, headings, match)
    kept = shape.kept
    columns = _columns([rows[position] for position in kept], width)
    names = _source_names(headings, columns)
    orders = date_orders(columns, match, headings)
    own = own_columns(columns, match, orders)
    own["Record"] = objects(range(1, len(kept) + 1))
    own["Source row"] = objects(source_rows[position] for position in kept)
    data = {name: own[name] for name in OWN_COLUMNS}
    data.update({name: columns[at] for at, name in names.items()})
    frame = pd.DataFrame(_each_its_own(data), index=pd.RangeIndex(len(kept)), dtype=object, copy=False)
    headings_frame = headings_table(headings, names, match)
    return Imported(frame, list(names.values()), shape, headings_frame, names=names, date_orders=orders)


def _each_its_own(columns: dict[str, Objects]) -> dict[str, Objects]:
    """No two columns are one array, and each may be written to: the frame holds these very arrays, not copies."""
    seen: set[int] = set()
    own = {}
    for name, cells in columns.items():
        own[name] = cells if id(cells) not in seen and cells.flags.writeable else cells.copy()
        seen.add(id(cells))
    return own


def headings_table(headings: Sequence[object], names: Mapping[int, str], match: Match) -> pd.DataFrame:
    """The table Headings without its column Sheet: each heading once, the field it was taken for, and what is asked.

    `names` are the columns in LongList; a column without a heading stands here by the name that it got there. Of two
    columns of one heading that may both be a field, each stands here, as "Gender #1" and "Gender #2".
    """
    fields: dict[str, tuple[str | None, str, str | None]] = {}
    texts = [
        _heading_text(headings, column) or names.get(column, "")
        for column in range(max(len(headings), max(names, default=-1) + 1))
    ]
    for column, text in enumerate(texts):
        asked = question(match, column)
        shown = _numbered(texts, column) if asked else text
        key, taken_for = shown.casefold(), match.field_of(column)
        if shown and (key not in fields or taken_for is not None):
            fields[key] = (taken_for, fields.get(key, (None, shown))[1], asked)
    return pd.DataFrame(list(fields.values()), columns=["Field", "Heading", "Sure?"], dtype=object)


def _numbered(texts: Sequence[str], column: int) -> str:
    """The heading, with its number among those that are the same."""
    alike = [other for other, word in enumerate(texts) if word.casefold() == texts[column].casefold()]
    return f"{texts[column]} #{alike.index(column) + 1}" if len(alike) > 1 else texts[column]


def question(match: Match, column: int) -> str | None:
    """What Headings asks about a column that may be a field; None when nothing is asked.

    >>> question(Match({}, {}, (0,), unsure={"contact_date": (0, 3)}), 3)
    'Choose: contact date?'
    """
    may_be = [field.replace("_", " ") for field, columns in match.unsure.items() if column in columns]
    return f"{ASKED}{' or '.join(may_be)}?" if may_be else None


def unique_name(name: str, taken: set[str]) -> str:
    """A column name that no other has (Excel ignores case): " (export)", " (export 2)", … behind it.

    >>> unique_name("Gender", {"gender", "gender (export)"})
    'Gender (export 2)'
    """
    number, new = 1, name
    while new.casefold() in taken:
        ending = " (export)" if number == 1 else f" (export {number})"
        new = name[: _LONGEST_HEADING - len(ending)] + ending
        number += 1
    return new


def _columns(rows: list[Sequence[object]], width: int) -> list[Objects]:
    """The columns of the rows, ragged ones filled up; '' is None, everything else as written."""
    if any(len(row) != width for row in rows):
        rows = [(*row, *[None] * (width - len(row))) for row in rows]
    if not rows:
        return [np.empty(0, dtype=object) for _ in range(width)]
    return [objects(_shared(column)) for column in zip(*rows, strict=True)]


def _shared(cells: Sequence[object]) -> list[object]:
    """The cells with None for ''; equal texts and dates are one object, so that whoever looks again looks at few."""
    kinds = set(map(type, cells))
    if kinds <= _MANY_ALIKE:
        seen: dict[object, object] = {"": None}
        return list(map(seen.setdefault, cells, cells))
    if str in kinds and "" in cells:
        return [None if cell == "" else cell for cell in cells]
    return list(cells)


def _heading_text(headings: Sequence[object], column: int) -> str:
    return folded(trimmed(headings[column]))[:_LONGEST_HEADING] if column < len(headings) else ""


def _source_names(headings: Sequence[object], columns: list[Objects]) -> dict[int, str]:
    """Column -> its name in LongList. A column without heading and without cells is left out."""
    taken = {name.casefold() for name in OWN_COLUMNS}
    names: dict[int, str] = {}
    spelt: dict[str, str] = {}  # "notes" after "Notes" is "Notes (export)": the table Headings has it once
    for at, cells in enumerate(columns):
        text = _heading_text(headings, at)
        text = spelt.setdefault(text.casefold(), text)
        if not text and all(cell is None for cell in cells):
            continue
        names[at] = unique_name(text or f"Column {at + 1}", taken)
        taken.add(names[at].casefold())
    return names


def join_columns(
    long_list: pd.DataFrame,
    source_columns: Sequence[str],
    headings: Sequence[object],
    rows: Sequence[Sequence[object]],
    match: Match,
    shape: ReportShape | None = None,
    source_rows: Sequence[int] | None = None,
) -> Imported:
    """LongList with what a second export knows about the same case IDs; never a row more or less.

    Fills our own columns where they are blank, and puts the second export's columns behind the others (a heading
    that clashes gets " (export)", then " (export 2)"). Where a case ID stands in several rows of the second export,
    the row of the same contact date counts; without one, what the rows agree on. Types of harm are joined to those
    that the contact has already (`harm_of_contacts`).

    `figures`: matched and unmatched rows of LongList, and ambiguous ones (something was left out because the second
    export says two things). Raises ExportProblem when either list has no case IDs.
    """
    numbers = source_rows if source_rows is not None else range(1, len(rows) + 1)
    second = _import(headings, rows, numbers, match, shape)
    ids = case_ids(long_list["Case ID"])
    if match.column("case_id") is None:
        raise ExportProblem(
            "no-case-id", "The second export has no column of case IDs to join by. Name it with --map case_id=HEADING."
        )
    if not ids.notna().any():
        raise ExportProblem(
            "no-case-id",
            "The long list has no case IDs, so nothing can be joined to it. Import it with --map case_id=HEADING.",
        )
    by = joined_ids(ids, second.frame["Case ID"])
    partners = Partners(second.frame.assign(**{"Case ID": by.theirs}), by.ours, long_list["Contact date"])
    frame = long_list.copy()
    ambiguous = np.zeros(len(frame), dtype=bool)
    harm = _harm(frame, second, by)
    for name in _FILLED:
        if name == "Type of harm" and harm is not None:
            ambiguous |= harm.unsure
            continue
        values, unsure = partners.agreed(second.frame[name])
        blank = frame[name].isna().to_numpy()
        frame[name] = pd.Series(np.where(blank, values, frame[name].to_numpy()), index=frame.index, dtype=object)
        ambiguous |= unsure & blank
    harm_columns = {*match.taken.get("categories", ()), *match.yes_no}
    taken = {str(name).casefold() for name in frame.columns}
    added: dict[str, pd.Series] = {}
    for at, name in second.names.items():
        new = unique_name(ENDING.sub("", name), taken)
        taken.add(new.casefold())
        values, unsure = partners.agreed(second.frame[name])
        added[new] = pd.Series(values, index=frame.index, dtype=object)
        if at not in harm_columns:  # their labels are joined in Type of harm, so nothing is left out
            ambiguous |= unsure
    frame = pd.concat([frame, pd.DataFrame(added, index=frame.index, dtype=object)], axis=1)
    found = partners.target >= 0
    figures = {"matched": int(found.sum()), "unmatched": int((~found).sum()), "ambiguous": int(ambiguous.sum())}
    strangers = second.frame["Source row"][~by.theirs.isin(set(by.ours.dropna()))]
    joined = Joined(
        by,
        tuple(frame["Record"][~found]),
        tuple(strangers),
        len(second.frame),
        len(added),
        harm,
        tuple(second.frame["Source row"].iloc[list(harm.placeless)]) if harm else (),
    )
    sources = [*source_columns, *added]
    return replace(second, frame=frame, names={}, source_columns=sources, figures=figures, joined=joined)


def _harm(frame: pd.DataFrame, second: Imported, by: JoinedIds) -> HarmOfContacts | None:
    """Write the second export's types of harm beside those of the list; None when it has none."""
    labels = second.frame["Type of harm"]
    if not labels.notna().any():
        return None
    found = harm_of_contacts(dated(frame, by.ours), dated(second.frame, by.theirs), labels)
    both = [
        union([str(one) for one in pair if one is not None]) or None
        for pair in zip(frame["Type of harm"], found.values, strict=True)
    ]
    frame["Type of harm"] = pd.Series(objects(both), index=frame.index, dtype=object)
    return found
