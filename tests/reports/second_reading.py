"""A report of the second fresh set through New and Import, and what came of it beside its truth."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import second_fresh_reports
from second_fresh_reports import CANONICAL, Report

from tests.actions.workbooks import dipsample, table
from xl_dipsample.domain.long_list.harm_categories import parse_harm

_BROUGHT_LATER = {"no-type-of-harm", "no-age", "no-contact-date"}  # by the report that is joined


@dataclass(frozen=True)
class Came:
    """What came of one report. `codes`: of the warnings that Import said; empty `wrong`: as the truth has it."""

    report: Report
    status: int
    codes: frozenset[str]
    found: dict[str, list[str]]
    said: dict[str, str]
    wrong: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """right, refused, said (wrong, and Import itself warns), or silent (wrong, and Import says nothing)."""
        if self.status == 2:
            return "refused"
        if not self.wrong:
            return "right"
        return "said" if self.codes else "silent"


def came_of(name: str, new_workbook: Path, folder: Path, *, answered: bool = False) -> Came:
    """Import the report as it is, or with the answers that an officer would give; then those it joins or adds."""
    report = second_fresh_reports.REPORTS[name](folder)
    workbook = folder / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    asked = [("import", workbook, report.path, *(report.answers if answered else ()))]
    asked += [("import", workbook, one, "--join") for one in report.join]
    asked += [("import", workbook, one, "--append") for one in report.append]
    status, said, codes = 0, {}, set()
    for number, one in enumerate(asked):
        status, result, told = dipsample(*one)
        assert status in (0, 1, 2), told
        if status == 2:
            return Came(report, 2, frozenset(), {}, {"refused": told}, ("nothing was read",))
        said |= {message["code"]: message["text"] for message in result["messages"]}
        warned = {message["code"] for message in result["messages"] if message["level"] == "warning"}
        codes |= warned - (_BROUGHT_LATER if number + 1 < len(asked) else set())
    listed, checks = table(workbook, "LongList"), table(workbook, "DataChecks")
    found: dict[str, list[str]] = {}
    for code, value in zip(checks["Code"], checks["Value"], strict=True):
        found.setdefault(str(code), []).append(str(value))
    return Came(report, status, frozenset(codes), found, said, tuple(_differences(report, listed)))


def _differences(report: Report, listed: pd.DataFrame) -> list[str]:
    ids = [None if cell is None or cell != cell else str(cell) for cell in listed["Case ID"]]
    given = [one for one in ids if one]
    young = len(set(given)) + len(ids) - len(given)
    days = [cell.date() if hasattr(cell, "date") else cell for cell in listed["Contact date"]]
    true_days = Counter(case.contact for case in report.cases)
    born = Counter(cell.date() if hasattr(cell, "date") else cell for cell in listed["Date of birth"])
    true_born = Counter(case.born for case in report.cases)
    told = []
    if len(ids) != report.rows:
        told.append(f"{len(ids)} rows, not {report.rows}")
    if young != report.young_people:
        told.append(f"{young} young people, not {report.young_people}")
    wrong_days = sum((true_days - Counter(days)).values())
    if wrong_days:
        told.append(f"{wrong_days} contact dates are missing")
    wrong_born = sum(n for day, n in (true_born - born).items() if isinstance(day, date))
    if wrong_born:
        told.append(f"{wrong_born} dates of birth are missing")
    if report.harm:
        read = parse_harm(listed["Type of harm"].astype(object), {})
        counted = Counter(one for cell in read["categories"] for one in set(cell) if one in CANONICAL.values())
        if counted != report.by_harm:
            told.append(f"harm {dict(counted - report.by_harm)} too many, {dict(report.by_harm - counted)} too few")
    return told
