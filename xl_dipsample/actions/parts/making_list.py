"""A long list in the making: the list's own report, then reports that add rows, then those that add columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from xl_dipsample.actions.parts import told_of_added, told_of_dates, told_of_report
from xl_dipsample.actions.parts.known_reports import MISSING, NO_PARTNER, READ, KnownReports, Report
from xl_dipsample.actions.parts.read_report import ReadReport
from xl_dipsample.domain.long_list.added_reports.append_rows import append_rows
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.import_rows import Imported, join_columns, long_list
from xl_dipsample.domain.long_list_checks.found_by_import import joined_checks, report_findings
from xl_dipsample.domain.long_list_checks.found_by_import.report_findings import OfReport
from xl_dipsample.domain.shared.result import Result


@dataclass
class MakingList:
    """`frame` is the table LongList, `sources` its columns as exported, `found` what goes to Data checks.

    `headings`: for each report its rows of the table Headings; `reports`: its row of Reports; `matches`: what was taken
    of those that were read now.
    """

    result: Result
    known: KnownReports
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: list[str] = field(default_factory=list)
    found: OfReport = field(default_factory=lambda: OfReport({}))
    headings: dict[int, pd.DataFrame] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    last_record: int = 0  # of a row that was removed by hand: its number is not given again
    left_blank: int = 0
    left_out: int = 0

    def keep(self, number: int) -> None:
        """Remember a report as it was remembered, though it was not read now."""
        self.headings[number] = self.known.rows_of(number)

    def begin(self, read: ReadReport) -> None:
        """The list's own report: its rows are the list."""
        imported = long_list(read.chosen.headings, read.chosen.rows, read.chosen.source_rows, read.match, read.shape)
        self.frame, self.sources = imported.frame, imported.source_columns
        found = told_of_report.found_in_report(self.result, read).found
        self.found = OfReport(found | told_of_dates.found_in_dates(self.result, read, imported.date_orders))
        self._read(read, imported, records=f"1 to {len(imported.frame)}")

    def append(self, read: ReadReport) -> None:
        """The rows of another report of the same period, below those that are there."""
        chosen, known = read.chosen, self.known
        imported = long_list(chosen.headings, chosen.rows, chosen.source_rows, read.match, read.shape)
        appended = append_rows(self.frame, self.sources, _headings(self.headings, known), imported, self.last_record)
        self.frame, self.sources = appended.frame, appended.sources
        found = dict(told_of_report.found_in_report(self.result, read, first_record=appended.first).found)
        found |= told_of_dates.found_in_dates(self.result, read, imported.date_orders)
        if appended.twice:
            found[joined_checks.TWICE] = ((f"records {report_findings.ranges(appended.twice)}", len(appended.twice)),)
        self._add_findings(read, found)
        told_of_added.tell_of_rows(self.result, read.report.number, len(imported.frame), appended)
        last = appended.first + len(imported.frame) - 1
        self._read(read, imported, records=f"{appended.first} to {last}")

    def join(self, read: ReadReport) -> bool:
        """The columns of another report, by case ID; False when no row of the list was found in it."""
        chosen = read.chosen
        imported = join_columns(
            self.frame, self.sources, chosen.headings, chosen.rows, read.match, read.shape, chosen.source_rows
        )
        joined = imported.joined
        if joined is None:
            raise AssertionError
        matched = imported.figures["matched"]
        told_of_added.tell_of_columns(self.result, read.report.number, imported.figures, joined)
        found = dict(told_of_report.found_in_report(self.result, read, first_record=None).found)
        found |= told_of_dates.found_in_dates(self.result, read, imported.date_orders)
        if matched:
            unsure = joined.harm.unsure if joined.harm is not None else np.zeros(len(self.frame), dtype=bool)
            found |= report_findings.of_joined(joined, tuple(self.frame["Record"][unsure]))
            self.frame, self.sources = imported.frame, imported.source_columns
        else:
            found[joined_checks.MISSING] = ((None, None),)
        self._add_findings(read, found)
        self._read(read, imported, columns=joined.columns if matched else 0, state=READ if matched else NO_PARTNER)
        return matched > 0

    def miss(self, report: Report, reason: str) -> None:
        """A report that was added before and cannot be read now: what it gave is said to be missing."""
        self.reports[report.number] = replace(report, state=MISSING, records="", columns=None)
        self.keep(report.number)
        self.found = report_findings.of_another(
            report.number, {joined_checks.MISSING: ((None, None),)}, self.found.found
        )
        told_of_added.tell_of_missing(self.result, report, self.known.gave(report.number), reason)

    def _add_findings(self, read: ReadReport, found: report_findings.Found) -> None:
        self.found = report_findings.of_another(read.report.number, found, self.found.found)

    def _read(
        self, read: ReadReport, imported: Imported, *, records: str = "", columns: int | None = None, state: str = READ
    ) -> None:
        number = read.report.number
        self.headings[number] = read.told(imported.headings)
        self.reports[number] = replace(read.report, records=records, columns=columns, state=state)
        if state == READ:
            self.matches.append(read.match)
        self.left_blank += imported.left_blank
        self.left_out += imported.left_out


def _headings(made: dict[int, pd.DataFrame], known: KnownReports) -> pd.DataFrame:
    tables: Sequence[pd.DataFrame] = [made[number] for number in sorted(made)] or [known.headings]
    return pd.concat(tables, ignore_index=True)
