"""A made-up report through New, Import and Check, and what came of it beside the truth."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
from report_shapes import Report, clean_report, shaped_report

from tests.silent_ui import SilentUi
from xl_dipsample.actions.check import CheckOptions
from xl_dipsample.actions.import_long_list import ImportOptions
from xl_dipsample.actions.running.registry import action
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.domain.shared.errors import ExportProblem, QuestionUnanswered
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

Verdict = Literal["right", "asked", "silently wrong"]
ASKS = {"E01", "E02", "E03", "E13", "D20", "D24"}


@dataclass(frozen=True)
class Read:
    """What came of one report. `asks`: the codes of questions and of findings that want a person."""

    report: Report
    rows: int
    young_people: int
    asks: frozenset[str]
    wrong: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Right without a question; asked, whether right or not; or wrong and nothing said."""
        due = {"E01"} if self.report.must_raise else set()
        if due - self.asks:
            return "silently wrong"
        if not self.wrong and self.asks == due:
            return "right"
        return "asked" if self.asks else "silently wrong"


class NobodyThere(SilentUi):
    """Whoever is asked is not there."""

    def choose(self, question: str, choices: object, option: str) -> str:
        raise QuestionUnanswered("question-unanswered", f"{question} {option}")


def read_report(report: Report, new_workbook: Path, *, check: bool = True) -> Read:
    """Import the report into a copy of `new_workbook`, which New made, and check the list."""
    workbook = report.path.with_suffix(".working.xlsx")
    shutil.copyfile(new_workbook, workbook)
    try:
        run_on_file(action("import"), workbook, ImportOptions(report.path), NobodyThere())
    except (QuestionUnanswered, ExportProblem) as problem:
        return Read(report, 0, 0, frozenset({problem.code}), ("nothing was read",))
    if check:
        run_on_file(action("check"), workbook, CheckOptions(), NobodyThere())
    host = FileHost.open(workbook, NobodyThere(), read_only=True)
    listed, findings = host.read_table("LongList"), host.read_table("DataChecks")
    ids = [None if cell is None else str(cell) for cell in listed["Case ID"]]
    given = [one for one in ids if one]
    young = len(set(given)) + len(ids) - len(given)
    wrong = list(_differences(report, len(ids), young, listed["Type of harm"]))
    workbook.unlink()
    return Read(report, len(ids), young, frozenset(set(findings["Code"]) & ASKS), tuple(wrong))


def _differences(report: Report, rows: int, young: int, harm: pd.Series) -> list[str]:
    told = []
    if rows != report.cases:
        told.append(f"{rows} rows, not {report.cases}")
    if young != report.young_people:
        told.append(f"{young} young people, not {report.young_people}")
    said = Counter(label for cell in harm if isinstance(cell, str) for label in cell.split("; "))
    for factor, number in report.factor_yes.items():
        if said[factor] != number:
            told.append(f"{said[factor]} rows with a factor, not {number}")
    return told


Maker = Callable[[int, Path], Report]
MAKERS: dict[str, Maker] = {"clean": clean_report, "shaped": shaped_report}


def read_many(kind: str, seeds: range, new_workbook: Path, folder: Path, *, check: bool = True) -> list[Read]:
    """One `Read` for each seed."""
    found = []
    for seed in seeds:
        report = MAKERS[kind](seed, folder)
        found.append(read_report(report, new_workbook, check=check))
        report.path.unlink()
    return found
