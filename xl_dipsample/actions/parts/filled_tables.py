"""What is wrong in the tables that people fill in: a word that is on no list, a date that is none, a missing reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from xl_dipsample.domain.long_list_checks.rule import COLUMNS, LONGEST_VALUE, SHOWN
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.specs.table_schema import WORD, TableRule, wrong_cells


@dataclass(frozen=True)
class Found:
    """One cell: `cell` is where people see it ("I7"), `row` its row in Excel, `value` what stands there."""

    rule: TableRule
    sheet: str
    row: int
    column: str
    cell: str
    value: str


def findings(host: Host) -> list[Found]:
    """Every wrong cell of every table of the workbook that has a column for people."""
    there = host.tables()
    return [
        found
        for one in spec.tables("working")
        if one.name in there and any(column.by == "people" for column in one.columns)
        for found in _in_table(one, host.read_table(one.name))
    ]


def _in_table(one: spec.Table, frame: pd.DataFrame) -> list[Found]:
    usual = standing.Corner(one.sheet, one.first_row, xl_cell_to_rowcol(one.anchor)[1] + 1)
    _, top, left = standing.corner(frame, usual)
    headings = list(frame.columns)
    return [
        Found(
            rule=wrong.rule,
            sheet=one.sheet,
            row=top + wrong.position,
            column=wrong.column,
            cell=xl_rowcol_to_cell(top - 1 + wrong.position, left - 1 + headings.index(wrong.column)),
            value=trimmed(frame[wrong.column].iloc[wrong.position])[:LONGEST_VALUE],
        )
        for wrong in wrong_cells(one, frame)
        if (one.name, wrong.rule) != ("Labels", WORD)  # the lead's lists say its words, and were asked before
    ]


def rows(found: Sequence[Found]) -> pd.DataFrame:
    """The findings as rows of Data checks: Record is blank, Column says sheet and cell."""
    alike = Counter(one.rule.code for one in found)
    shown: Counter[str] = Counter()
    listed = []
    for one in sorted(found, key=lambda one: one.rule.code):
        shown[one.rule.code] += 1
        if shown[one.rule.code] <= SHOWN:
            where = f"{one.sheet} {one.cell}"
            rule = one.rule
            listed.append(
                (rule.level, rule.code, rule.sentence, None, where, one.value or None, rule.to_do, alike[rule.code])
            )
    return pd.DataFrame(listed, columns=list(COLUMNS), dtype=object)


def tell(result: Result, found: Sequence[Found]) -> None:
    """One message for each rule, with the place of its first cell, and the figures; never what stands in a cell."""
    for code, number in sorted(Counter(one.rule.code for one in found).items()):
        first = next(one for one in found if one.rule.code == code)
        result.figures["warnings"] += number
        result.figures["by_code"][code] = number
        result.say(
            "warning",
            code,
            f"{plural(number, 'cell')}: {first.rule.sentence}",
            sheet=first.sheet,
            row=first.row,
            column=first.column,
        )
