"""The reports that a long list is made of, as the sheet Reports remembers them: what each adds, where it lies.

A folder that a workbook names is looked into only when it is on this computer or on the share of the workbook or of
the report that is given: a workbook from elsewhere must not make this computer knock at a stranger's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

import numpy as np
import pandas as pd

from xl_dipsample.domain.long_list.headings import NOT_USED, heading_key
from xl_dipsample.domain.long_list_checks.found_by_import import joined_checks
from xl_dipsample.domain.long_list_checks.found_by_import.report_findings import Found
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

LONG_LIST, MORE_ROWS, MORE_COLUMNS = "Long list", "More rows", "More columns"
READ, MISSING, NO_PARTNER = "Read", "Missing", "No partner"
MAIN = 1
ALIKE = 0.5  # of the headings of both: it is the same report, of another day or another period


@dataclass(frozen=True)
class Report:
    """A row of the table Reports. `columns`: how many of Long list are from it, where it was joined."""

    number: int
    adds: str
    file: str = ""
    folder: str = ""
    sheet: str = ""
    records: str = ""
    columns: int | None = None
    state: str = READ
    needed: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether nobody has said that it is not."""
        return self.needed.casefold() != "no"

    @property
    def is_wanting(self) -> bool:
        """Whether the list goes without it though it should not."""
        return self.state != READ and self.is_needed


@dataclass(frozen=True)
class KnownReports:
    """`reports` in the order of their numbers; `headings` is the table Headings."""

    reports: tuple[Report, ...]
    headings: pd.DataFrame

    def report(self, number: int) -> Report | None:
        """The report of that number; None when there is none."""
        return next((one for one in self.reports if one.number == number), None)

    def rows_of(self, number: int) -> pd.DataFrame:
        """Its rows of the table Headings."""
        mine = np.array([_number(cell) == number for cell in self.headings["Report"]], dtype=bool)
        return self.headings[mine]

    def remembered(self, number: int) -> dict[str, str]:
        """Field -> heading; fields that several columns were taken for are told anew each time."""
        rows = self.rows_of(number)
        pairs = [(str(field), heading) for field, heading in zip(rows["Field"], rows["Heading"], strict=True) if field]
        fields = [field for field, _ in pairs]
        return {field: trimmed(heading) for field, heading in pairs if fields.count(field) == 1}

    def named(self, number: int) -> list[tuple[str, str]]:
        """Field and heading of every choice but types of harm and what is not used."""
        rows = self.rows_of(number)
        pairs = [
            (trimmed(field), trimmed(heading)) for field, heading in zip(rows["Field"], rows["Heading"], strict=True)
        ]
        return [(field, heading) for field, heading in pairs if field not in ("", NOT_USED, "categories")]

    def told(self, number: int) -> list[str]:
        """The headings that an earlier import or the lead has named for a field."""
        return [*self.remembered(number).values(), *self.harms(number)]

    def unused(self, number: int) -> list[str]:
        """The headings of which the lead said on Headings that they are no field."""
        return self._called(number, NOT_USED)

    def harms(self, number: int) -> list[str]:
        """The headings that were types of harm, by an earlier import or by what the lead chose."""
        return self._called(number, "categories")

    def _called(self, number: int, wanted: str) -> list[str]:
        rows = self.rows_of(number)
        pairs = zip(rows["Field"], rows["Heading"], strict=True)
        return [trimmed(heading) for field, heading in pairs if trimmed(field) == wanted]

    def gave(self, number: int) -> list[str]:
        """What it was taken for, in words: ["name", "date of birth"]."""
        fields = dict.fromkeys(trimmed(field) for field in self.rows_of(number)["Field"])
        told = {"categories": "type of harm"}
        return [
            told.get(field, field.replace("_", " ")) for field in fields if field and field not in (NOT_USED, "case_id")
        ]

    def others(self) -> list[Report]:
        """Those that are added to the long list: rows first, then columns, which all rows get."""
        added = [one for one in self.reports if one.adds != LONG_LIST and one.is_needed]
        return sorted(added, key=lambda one: (one.adds != MORE_ROWS, one.number))

    def alike(self, number: int, headings: Sequence[object]) -> bool:
        """Whether a report with these headings may be the one of that number."""
        ours = {heading_key(heading) for heading in self.rows_of(number)["Heading"]}
        theirs = {heading_key(heading) for heading in headings if trimmed(heading)}
        return len(ours & theirs) >= ALIKE * max(len(ours | theirs), 1)

    def number_for(self, adds: str, path: Path, headings: Sequence[object]) -> int:
        """Which report a file is: one that is there, one that is missing, or a new one, by its place and headings."""
        if adds == LONG_LIST:
            return MAIN
        same = [one for one in self.reports if one.adds == adds and self.alike(one.number, headings)]
        here = [one for one in same if one.file.casefold() == path.name.casefold()]
        wanting = [one for one in same if one.state != READ]
        found = [one for one in here if one.state != READ or _same_folder(one.folder, path.parent)] or wanting
        return found[0].number if found else 1 + max((one.number for one in self.reports), default=MAIN)

    def holds(self, number: int) -> bool:
        """Whether the list that is there has this report."""
        one = self.report(number)
        return one is not None and one.state == READ


def read(host: Host) -> KnownReports:
    """What the workbook remembers. A list of a version without numbers of reports is one report."""
    rows = host.read_table("Reports")
    reports = [
        Report(
            _number(row["Report"]),
            trimmed(row["Adds"]),
            trimmed(row["File"]),
            trimmed(row["Folder"]),
            trimmed(row["Sheet"]),
            trimmed(row["Records"]),
            int(row["Columns"]) if isinstance(row["Columns"], (int, float)) else None,
            trimmed(row["State"]),
            trimmed(row["Still needed?"]),
        )
        for row in rows.to_dict("records")
        if trimmed(row["Adds"]) in (LONG_LIST, MORE_ROWS, MORE_COLUMNS)
    ]
    return KnownReports(tuple(sorted(reports, key=lambda one: one.number)), host.read_table("Headings"))


def wanting(host: Host) -> int:
    """How many reports the list goes without though nobody has said that they are not needed."""
    return sum(one.is_wanting for one in read(host).reports)


def still_missing(host: Host, found: Found) -> Found:
    """What import found, without the reports of which the lead has said since then that they are not needed."""
    names = [f"report {one.number}" for one in read(host).reports if one.is_wanting]
    missing = tuple(one for one in found.get(joined_checks.MISSING, ()) if one[0] in names)
    return {**found, joined_checks.MISSING: missing} if joined_checks.MISSING in found else found


def write(host: Host, reports: Sequence[Report], headings: dict[int, pd.DataFrame]) -> None:
    """Remember the reports, and which heading of each was taken for which field."""
    numbers = sorted(headings)
    columns = spec.table("working", "Headings").headings
    whole = pd.concat([headings[number].assign(Report=number)[columns] for number in numbers], ignore_index=True)
    host.write_table("Headings", whole.astype(object).where(whole.notna(), None))
    rows = [
        (one.number, one.adds, *(text or None for text in (one.file, one.folder, one.sheet, one.records)), one.columns,
         one.state, one.needed or None)
        for one in sorted(reports, key=lambda one: one.number)
    ]  # fmt: skip
    host.write_table("Reports", pd.DataFrame(rows, columns=spec.table("working", "Reports").headings, dtype=object))


def for_the_next_sample(reports: pd.DataFrame) -> pd.DataFrame:
    """The table Reports as a new workbook takes it over: each is missing until that period's own is given."""
    added = reports[reports["Adds"] != LONG_LIST]
    return added.assign(Folder=None, Records=None, Columns=None, State=MISSING).astype(object).reset_index(drop=True)


def place(report: Report, given: Path, workbook: Path) -> Path | None:
    """Where a remembered file is now: in its folder, or beside the report that is given. None when it is nowhere."""
    if not report.file or not report.folder or any(mark in report.file for mark in "/\\"):
        return None
    folders = [Path(report.folder)] if _may_be_looked_into(report.folder, given, workbook) else []
    for folder in (*folders, given.parent):
        path = folder / report.file
        if path.is_file() and not _is_same(path, given):
            return path
    return None


def with_place(report: Report, path: Path) -> Report:
    """The report, read from that file."""
    return replace(report, file=path.name, folder=str(path.absolute().parent))


def _may_be_looked_into(folder: str, given: Path, workbook: Path) -> bool:
    """Whether a folder is on this computer, or on a share that this press is about anyway.

    >>> here = Path("/lists/list.csv")
    >>> _may_be_looked_into("//stranger/share", here, here), _may_be_looked_into("/lists", here, here)
    (False, True)
    """
    share = PureWindowsPath(folder).drive
    if not share.startswith("\\\\"):
        return True
    near = {PureWindowsPath(str(path.absolute())).drive.casefold() for path in (given, workbook)}
    return share.casefold() in near


def _same_folder(folder: str, other: Path) -> bool:
    return bool(folder) and Path(folder) == other.absolute()


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _number(cell: object) -> int:
    return int(cell) if isinstance(cell, (int, float)) and cell == cell else MAIN
